"""Send a number, get the average so far: a generator as an object with one method."""


def average():
    total = 0
    count = 0
    mean = None
    while True:
        number = yield mean
        total += number
        count += 1
        mean = total / count


running = average()
next(running)
for number in (10, 20, 60):
    print(number, running.send(number))
