"""A generator need not end: its reader decides how much of it exists."""


def powers():
    value = 1
    while True:
        yield value
        value *= 2


for power in powers():
    if power > 100:
        break
    print(power, end=" ")
print()
big = powers()
for _ in range(200):
    last = next(big)
print(last)
