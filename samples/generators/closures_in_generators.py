"""A generator's variables live as long as it does, also for functions made inside it."""


def counters():
    count = 0

    def bump():
        nonlocal count
        count += 1
        return count

    while True:
        yield bump
        print("count inside:", count)


source = counters()
bump = next(source)
bump(), bump()
next(source)
source.close()
print(bump())
