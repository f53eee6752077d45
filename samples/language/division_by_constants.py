"""Quotients and remainders where the divisor stands in the program, of all sorts of numbers."""

numbers = 0, 1, -1, 5, -5, 2**61 - 1, -(2**61), 2**61, -(2**70), 7.5, -7.5, True, -0.0

for n in numbers:
    print(n, "//", n // 1, n // 2, n // 16, n // 16384, n // 3, n // -1, n // -4)
    print(n, "%", n % 1, n % 2, n % 16, n % 16384, n % 3, n % -1, n % -4)

for divide in lambda: 1 // 0, lambda: 1 % 0, lambda: "%d" % 2, lambda: "a" // 2:
    try:
        print(divide())
    except (ZeroDivisionError, TypeError) as error:
        print(repr(error))
