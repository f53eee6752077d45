"""Sets and dicts made from iterators whose items are hashed by code of the program."""


class Key:
    def __init__(self, name):
        self.name = name

    def __hash__(self):
        return len(self.name)

    def __eq__(self, other):
        return self.name == other.name

    def __repr__(self):
        return self.name


def keys():
    return iter([Key("a"), Key("bb"), Key("a"), Key("cc")])


def shown(members):
    return sorted(map(repr, members))


print(shown(set(keys())), shown(frozenset(keys())), shown({Key("d")}.union(keys())))
print(shown(set(zip(keys(), [1, 2, 1, 4]))), shown(set(reversed([Key("x"), Key("x")]))))
members = {Key("z")}
members.update(keys())
print(shown(members), shown(members & set(keys())), shown(members.difference(keys())), members.issuperset(keys()))
members.symmetric_difference_update(keys())
print(shown(members), members.isdisjoint(keys()), shown(members.intersection(keys())))

print(dict(zip(keys(), range(4))), dict(enumerate(keys())), dict({1: 2}.items()), dict(iter([(Key("p"), 1)])))
print(dict([(1, 2)], a=3), dict(a=1, b=2), dict(), dict({"x": 1}), dict(zip("ab", [1, 2]), b=3))
print(list(), list("ab"), list({1: 2}), set(), set("aa"), list(x * x for x in range(3)), list(zip("ab", "cd")))
for wrong in (
    lambda: dict([(1, 2), (3,)]),
    lambda: dict(zip([[]], [1])),
    lambda: dict([1]),
    lambda: dict(5),
    lambda: dict(iter([(1, 2), 7])),
    lambda: set([[]]),
    lambda: list(5),
    lambda: set(1, 2),
    lambda: list(1, 2),
    lambda: dict(1, 2),
    lambda: list(x=1),
    lambda: dict(zip((1, 2), (3, 4), (5, 6))),
):
    try:
        print(wrong())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)


class Names(list):
    pass


class Sums(dict):
    def __missing__(self, key):
        return sum(key)


class Doubled(dict):
    def __getitem__(self, key):
        return 2 * dict.__getitem__(self, key)


sums, doubled = Sums({(1, 2): "known"}), Doubled(a=1)
print(Names("ab"), type(Names()).__name__, sums[1, 2], sums[3, 4], doubled["a"], doubled.get("a"))
sums[5, 6] = "set"
print(sums[5, 6], (5, 6) in sums, len(sums), bool(Sums()), {(1, 2), (1, 2), (1, 2.0)}, {1.0: "f"}[True])
