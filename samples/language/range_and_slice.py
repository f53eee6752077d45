"""Ranges are sequences that compute their items; slices are objects."""

r = range(10, 50, 7)
print(r, list(r), len(r), r[2], r[-1], r[1:4], r[::-1], 24 in r, 25 in r, r.index(31), r.count(5))
print(r.start, r.stop, r.step, range(0) == range(5, 5), range(0, 3, 2) == range(0, 4, 2), bool(range(0)))
print(list(range(5, 0, -2)), 10**29 in range(0, 10**30, 10), range(10**20)[-1], range(10**30)[5:7])
print(hash(range(3)) == hash(range(0, 3, 1)), list(reversed(range(3))), sum(range(101)))
s = slice(1, None, 2)
print(s, s.start, s.stop, s.step, "abcdef"[s], s.indices(5), slice(3) == slice(None, 3, None))
print([1, 2, 3, 4][slice(-2, None)], slice(-1, -10, -1).indices(4))


class Show:
    def __getitem__(self, key):
        return key


show = Show()
print(show[1:2], show[::3], show[1, 2:3], show[...], show[()], show[:, None])
for arguments in ((1, 2, 0), ("a",), (1.5,)):
    try:
        range(*arguments)
    except (ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
