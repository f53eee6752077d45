"""Pancakes flipped until the first lies on top, for every order of a stack."""


def orders(n):
    """Every order of range(n), each by swapping two of the one before (Heap's algorithm), in the same list."""
    stack = list(range(n))
    counters = [0] * n
    yield stack
    at = 1
    while at < n:
        if counters[at] < at:
            other = counters[at] if at % 2 else 0
            stack[other], stack[at] = stack[at], stack[other]
            yield stack
            counters[at] += 1
            at = 1
        else:
            counters[at] = 0
            at += 1


def main():
    most = checksum = 0
    sign = 1
    for stack in orders(9):
        flips = 0
        top = stack[0]
        if top:
            turned = stack[:]
            while top:
                turned[: top + 1] = turned[top::-1]
                flips += 1
                top = turned[0]
            if flips > most:
                most = flips
        checksum += sign * flips
        sign = -sign
    print(checksum, most)


main()
