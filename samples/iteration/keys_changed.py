"""A container that changes under an iteration or a sort is noticed, even when its size stays the same."""

import functools


def complaint(function):
    try:
        print(function())
    except (RuntimeError, ValueError) as error:
        print(type(error).__name__, error, sep=": ")


def exchange():
    table = {0: 0, 1: 1}
    for key in table:
        if key == 0:
            del table[0]
            table[0] = 0


def grow():
    table = {1: 1}
    for key in table:
        table[key + 1] = 1


complaint(exchange)
complaint(grow)


def sort_with_side_effect(effect):
    items = [3, 1, 2]

    def compare(a, b):
        effect(items)
        return a - b

    items.sort(key=functools.cmp_to_key(compare))
    return items


complaint(lambda: sort_with_side_effect(lambda items: None))
complaint(lambda: sort_with_side_effect(lambda items: items.append(0)))
complaint(lambda: sort_with_side_effect(lambda items: (items.append(0), items.pop())))


class Counted:
    hashed = 0

    def __init__(self, number):
        self.number = number

    def __hash__(self):
        Counted.hashed += 1
        return self.number

    def __eq__(self, other):
        return self.number == other.number


table = dict.fromkeys(map(Counted, range(5)))
members = set(table)
members = members.difference(table)
frozenset(table).union(table)
print(Counted.hashed, len(members))
