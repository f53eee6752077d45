"""A generator that loops over itself."""


def permutations(items):
    if not items:
        yield []
        return
    for place in range(len(items)):
        for rest in permutations(items[:place] + items[place + 1 :]):
            yield [items[place]] + rest


for order in permutations(["a", "b", "c"]):
    print("".join(order))
