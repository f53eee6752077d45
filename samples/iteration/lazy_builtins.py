"""map, filter, zip, enumerate and reversed give iterators: nothing is computed before it is asked for."""


def loud(number):
    print("computing", number)
    return number * 10


tens = map(loud, [1, 2, 3])
print("made", type(tens).__name__)
print(next(tens))
print(list(tens))
print(list(filter(None, [0, 1, "", "a"])), list(filter(lambda n: n % 2, range(6))))
print(list(zip("ab", range(10))), list(map(pow, [2, 3], [5, 2])))
print(list(enumerate("xy", start=1)), list(reversed([1, 2, 3])))
try:
    list(zip([1, 2], [1], strict=True))
except ValueError as error:
    print("ValueError:", error)
