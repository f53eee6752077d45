"""The Mandelbrot set with complex numbers."""


def escapes(c, limit):
    z = 0j
    for step in range(limit):
        if abs(z) > 2.0:
            return step
        z = z * z + c
    return limit


def main():
    total = 0
    for row in range(210):
        for column in range(270):
            total += escapes(complex(column / 90.0 - 2.2, row / 84.0 - 1.25), 120)
    print(total)


main()
