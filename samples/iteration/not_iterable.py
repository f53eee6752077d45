"""What has neither `__iter__` nor `__getitem__` cannot be iterated, and what has no `__next__` cannot be moved on."""


class Wrong:
    def __iter__(self):
        return 5


def attempt(action):
    try:
        print(action())
    except TypeError as error:
        print("TypeError:", error)


attempt(lambda: iter(5))
attempt(lambda: next([1, 2]))
attempt(lambda: list(Wrong()))
attempt(lambda: [*None])
attempt(lambda: sum(x for x in 3.5))
