"""Dicts counted into, read, and walked, with int and str keys."""


def main():
    counts = {}
    i = 0
    while i < 3_000_000:
        key = i * 7919 % 1009
        counts[key] = counts.get(key, 0) + 1
        i += 1
    names = {}
    for number in range(1009):
        names["key" + str(number)] = number
    total = 0
    for _ in range(700):
        for name, number in names.items():
            if name in names:
                total += number + counts[number]
    print(len(counts), total)


main()
