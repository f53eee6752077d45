"""Recursion by `yield from`: nested lists laid flat, however deep."""


def flat(items):
    for item in items:
        if isinstance(item, list):
            yield from flat(item)
        else:
            yield item


print(list(flat([1, [2, [3, [], [4]], 5], [[[6]]]])))
