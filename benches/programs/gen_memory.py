"""One million suspended generators, each with three locals, held at once.

`compare.py` reads the peak memory of this program and takes off that of gen_memory_baseline.py. The ballast makes
both larger than the process that starts them, whose own size a new process inherits as its first peak.
"""


def suspended(number):
    second = number
    third = second
    yield number
    yield second
    yield third


def main():
    ballast = [None] * 4_000_000
    held = [None] * 1_000_000
    for number in range(1_000_000):
        generator = suspended(number & 1)
        next(generator)
        held[number] = generator
    return ballast, held


main()
