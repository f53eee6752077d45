"""Iterating over a deque, natively and in all the other ways."""

from collections import deque

queue = deque([1, 2, 3])
forward = iter(queue)
print(type(forward).__name__, next(forward), forward.__length_hint__(), list(forward), next(forward, "over"))
print(list(queue), sum(queue), sorted(queue, reverse=True), max(queue), list(zip(queue, queue)), list(map(str, queue)))
print([x for x in reversed(queue)], queue[0], queue[-1], len(queue), bool(queue), bool(deque()), 2 in queue)
try:
    for item in queue:
        queue.append(item)
except RuntimeError as error:
    print(error, len(queue))
left = iter(queue)
queue.popleft()
for _ in range(2):
    try:
        print(next(left))
    except RuntimeError as error:
        print("RuntimeError", error)
    except StopIteration:
        print("StopIteration")
bounded = deque(maxlen=2)
for n in range(5):
    bounded.append(n)
print(bounded, bounded.pop(), bounded.popleft(), bounded)
for wrong in (bounded.pop, bounded.popleft, lambda: bounded[0], lambda: deque(5)):
    try:
        wrong()
    except (IndexError, TypeError) as error:
        print(type(error).__name__, error)


class Backward(deque):
    def __iter__(self):
        return reversed(self)


print(list(Backward([1, 2, 3])), sum(Backward([1, 2])), [x for x in Backward("ab")])
