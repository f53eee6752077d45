"""Numbers and strings made into text: f-strings, `format`, `%`, `str`, `repr`."""


def main():
    size = 0
    for n in range(120_000):
        x = n * 0.37
        size += len(f"{n} of {x:.2f}: {n:05d} {n % 255:02x} {str(n):>8}|{x:8.3f}")
        size += len("%d/%s %5.1f" % (n, "abc", x))
        size += len("{}-{:>6}-{}".format(n, n % 100, "end")) + len(str(x)) + len(repr("it is"))
    print(size)


main()
