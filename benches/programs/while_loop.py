"""Integer arithmetic in a `while` loop."""


def main():
    i = 0
    total = 0
    while i < 12_000_000:
        total = total + i
        i = i + 1
    print(total)


main()
