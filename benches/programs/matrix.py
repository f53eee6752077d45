"""Products of matrices as lists of lists: nested loops, zip, comprehensions."""


def product(a, b):
    columns = list(zip(*b))
    return [[sum(x * y for x, y in zip(row, column)) for column in columns] for row in a]


def by_index(a, b):
    n = len(a)
    result = [[0] * n for _ in range(n)]
    for i in range(n):
        row = a[i]
        into = result[i]
        for j in range(n):
            total = 0
            for k in range(n):
                total += row[k] * b[k][j]
            into[j] = total
    return result


def main():
    n = 90
    a = [[(i * j) % 7 - 3 for j in range(n)] for i in range(n)]
    b = [[(i + j) % 5 - 2 for j in range(n)] for i in range(n)]
    for _ in range(3):
        assert product(a, b) == by_index(a, b)
        a = [[x % 11 for x in row] for row in product(a, b)]
    print(sum(map(sum, a)))


main()
