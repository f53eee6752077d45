"""Queens on a board, by backtracking over recursive generators and sets."""


def place(n, row, columns, rising, falling):
    if row == n:
        yield ()
        return
    for column in range(n):
        if column in columns or row + column in rising or row - column in falling:
            continue
        columns.add(column)
        rising.add(row + column)
        falling.add(row - column)
        for rest in place(n, row + 1, columns, rising, falling):
            yield (column,) + rest
        columns.remove(column)
        rising.remove(row + column)
        falling.remove(row - column)


def main():
    solutions = list(place(9, 0, set(), set(), set()))
    ten = sum(1 for _ in place(10, 0, set(), set(), set()))
    print(len(solutions), solutions[0], ten)


main()
