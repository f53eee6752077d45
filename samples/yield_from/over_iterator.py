"""`yield from` an iterator goes on where that stands."""


def rest(iterator):
    yield from iterator


letters = iter("abcde")
next(letters)
print(list(rest(letters)))
print(list(rest(map(str, [1, 2]))), list(rest(zip("ab", [1, 2]))))
