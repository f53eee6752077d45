"""The inner loop of the Mandelbrot set, on floats."""


def escape(cr, ci, limit):
    zr = 0.0
    zi = 0.0
    steps = 0
    while steps < limit:
        zr2 = zr * zr
        zi2 = zi * zi
        if zr2 + zi2 > 4.0:
            break
        zi = 2.0 * zr * zi + ci
        zr = zr2 - zi2 + cr
        steps += 1
    return steps


def main():
    total = 0
    for row in range(220):
        for column in range(240):
            total += escape(column / 90.0 - 2.0, row / 100.0 - 1.1, 500)
    print(total)


main()
