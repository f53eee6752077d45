"""The same scheduler for plain generators: what they yield is printed as it comes."""

from collections import deque


def countdown(name, start):
    while start:
        yield f"{name} {start}"
        start -= 1
    return f"{name} lifts off"


ready = deque([countdown("Ariane", 3), countdown("Soyuz", 2)])
while ready:
    rocket = ready.popleft()
    try:
        print(next(rocket))
        ready.append(rocket)
    except StopIteration as stop:
        print(stop.value)
