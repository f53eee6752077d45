"""Sorting: ints, strings, tuples, by key functions, stable and reversed."""


def numbers(count, seed):
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2147483648
        yield seed


def main():
    total = 0
    for turn in range(3):
        values = list(numbers(60_000, turn))
        total += sorted(values)[1000]
        total += sorted(values, key=lambda value: value % 1000)[1000]
        words = [str(value) for value in values]
        words.sort()
        total += int(words[500])
        pairs = [(value % 100, word) for value, word in zip(values, words)]
        pairs.sort(reverse=True)
        total += pairs[700][0]
        pairs.sort(key=lambda pair: pair[1])
        total += pairs[800][0]
    print(total)


main()
