"""Slices of the builtin sequences, read and assigned; what other classes are given."""

import itertools

sequences = [list(range(6)), tuple("abcdef"), "añ€𝄞zz", b"012345", range(10, 60, 10), "", [], ()]
parts = [None, 0, 1, 3, 6, 99, -1, -2, -6, -99, 2**70, -(2**70), True]
for sequence in sequences:
    total = {}
    for start, stop, step in itertools.product(parts, parts, [None, 1, 2, -1, -3, 2**65, -(2**65)]):
        picked = sequence[start:stop:step]
        assert type(picked) is type(sequence)
        total[len(picked)] = total.get(len(picked), 0) + 1
        assert picked == sequence[slice(start, stop, step)]
    print(sequence, total, sequence[1:4], sequence[::-1], sequence[-2:], sequence[:-2], sequence[4:1:-2])

text = (1, 2, 3)
print(text[:] is text, text[0:3] is text, text[0:99:1] is text, "ab"[:] is "ab"[:])

for wrong in (0, "a", 1.5, [], ()):
    for sequence in ([1], (1,), "a", b"a", range(1)):
        try:
            print(sequence[::wrong])
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)


class Index:
    def __init__(self, n):
        self.n = n

    def __index__(self):
        print("index", self.n)
        return self.n


print([0, 1, 2, 3][Index(1) : Index(3)], "abcd"[: Index(2) : Index(-1)], (0, 1, 2)[Index(1) :])


class Shows:
    def __getitem__(self, key):
        return key

    def __setitem__(self, key, value):
        print("set", key, value)

    def __delitem__(self, key):
        print("del", key)


shows = Shows()
print(shows[1:2], shows[:], shows["a":None:()], shows[1:2, ::3], shows[...])
shows[1:2] = "x"
shows[::2], shows[:] = 1, 2
del shows[3:], shows[:, 1]
try:
    shows[0:1] += 1
except TypeError as error:
    print(error)


def assigned(items, start, stop, step, value):
    items = list(items)
    try:
        items[start:stop:step] = value
    except (TypeError, ValueError) as error:
        return f"{type(error).__name__}: {error}"
    return items


six = range(6)
for value in ([], [7], (7, 8), "ab", range(3), (x for x in (1, 2, 3)), {5: 6}, 4, None, [1, 2, 3, 4, 5, 6]):
    again = list(value) if hasattr(value, "__next__") else value
    for start, stop, step in [(1, 3, None), (1, 3, 1), (None, None, None), (4, 1, None), (99, None, None), (None, None, 2),
                              (None, None, -1), (3, 0, -1), (-2, None, 1), (0, 0, 1), (1, 4, -1)]:
        print(assigned(six, start, stop, step, again), end="; ")
    print()

items = [1, 2, 3, 4]
items[1:3] = items
print(items)
items[:] = items[::-1]
print(items)
items[2:4], items[0] = items[:2], 9
print(items)
items[:0] = items
items[len(items):] = "z"
print(items)
items[::2] = [None] * len(items[::2])
print(items)


def order(name, value):
    print(name, end=" ")
    return value


order("object", items)[order("start", 0) : order("stop", 2) : order("step", None)] = order("value", [5, 6])
print(order("object", items)[order("start", 0) : order("stop", 2) : order("step", 1)])
text = "abcdef"
print(text[(text := "xyz"), 0][1:2] if False else text[(n := 1) : n + 2], n)
del items[1:3], items[-1:], items[::2]
print(items)


class Tracked:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("dropped", self.name)


tracked = [Tracked(n) for n in range(4)]
tracked[1:3] = [None, None]
print("assigned")
tracked[:] = tracked[:1]
print("cut")
tracked += [Tracked(4), Tracked(5), Tracked(6)]
del tracked[1:3]
tracked[:] = []
print("emptied")
