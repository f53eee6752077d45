"""Any number of generators can wait at once; each keeps its own place."""


def counter(start, step):
    while True:
        yield start
        start += step


alive = [counter(n, n) for n in range(1, 5)]
for _ in range(3):
    print([next(one) for one in alive])
crowd = [counter(n, 1) for n in range(10_000)]
for one in crowd:
    next(one)
print(sum(next(one) for one in crowd))
