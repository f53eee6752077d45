"""The largest singular value of an infinite matrix, cut off: generators into sum, a function for each element."""


def element(i, j):
    return 1.0 / ((i + j) * (i + j + 1) // 2 + i + 1)


def times(vector):
    n = len(vector)
    return [sum(element(i, j) * vector[j] for j in range(n)) for i in range(n)]


def transposed_times(vector):
    n = len(vector)
    return [sum(element(j, i) * vector[j] for j in range(n)) for i in range(n)]


def main():
    u = [1.0] * 300
    for _ in range(8):
        v = transposed_times(times(u))
        u = transposed_times(times(v))
    product = sum(a * b for a, b in zip(u, v))
    square = sum(b * b for b in v)
    print(f"{(product / square) ** 0.5:.9f}")


main()
