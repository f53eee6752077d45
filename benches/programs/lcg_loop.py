"""A linear congruential generator: products beyond 49 bits, reduced again."""


def main():
    x = 42
    i = 0
    while i < 5_000_000:
        x = (x * 1103515245 + 12345) % 2147483648
        i += 1
    print(x)


main()
