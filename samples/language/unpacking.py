"""Taking things apart, and putting them together with stars."""

a, b = 1, 2
a, b = b, a
(c, d), [e, *f] = (3, 4), "567"
print(a, b, c, d, e, f)
first, *middle, last = range(5)
*start, end = "xy"
only, *nothing = [1]
print(first, middle, last, start, end, only, nothing)
x = y = [0]
x.append(1)
i, numbers = 0, [10, 20]
i, numbers[i] = 1, "changed"
print(y, i, numbers)
for n, (letter, *rest) in enumerate(["ab", "cde"]):
    print(n, letter, rest)
print([*range(3), *"ab"], (*[1], 2), {**{"a": 1}, "a": 2}, {*[1, 1]}, *[7, 8])
tuple_without_parentheses = 1, *[2, 3]
print(tuple_without_parentheses)


def two(values):
    a, b = values


def at_least_two(values):
    a, *b, c = values


for function, values in ((two, [1]), (two, (1, 2, 3)), (two, "abcd"), (two, iter([])), (two, 5), (at_least_two, {1: 2})):
    try:
        function(values)
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
