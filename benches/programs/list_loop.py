"""A list filled by append, then read and written by index."""


def main():
    total = 0
    for _ in range(6):
        numbers = []
        i = 0
        while i < 600_000:
            numbers.append(i)
            i += 1
        i = 0
        while i < 600_000:
            numbers[i] = numbers[i] + 1
            total += numbers[i]
            i += 1
    print(total)


main()
