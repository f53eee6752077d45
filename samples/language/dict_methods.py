"""Dicts keep the order in which keys came in."""

ages = {"ann": 31, "bob": 27}
ages["cid"] = 45
ages["ann"] = 32
print(ages, len(ages), ages["bob"], ages.get("dan"), ages.get("dan", 0), "ann" in ages, 31 in ages.values())
print(list(ages), list(ages.keys()), list(ages.values()), list(ages.items()), list(reversed(ages)))
print(ages.setdefault("dan", 5), ages.setdefault("dan", 6), ages.pop("dan"), ages.pop("dan", "gone"), ages.popitem())
ages.update({"eve": 1}, fay=2)
ages.update([("gus", 3)])
print(ages, ages | {"ann": 0}, {**ages, "z": 26}, dict(a=1, b=2), dict([(1, 2)]), dict.fromkeys("ab", 0))
ages |= {"hal": 9}
del ages["eve"]
ages["eve"] = "last now"
print(ages)
print({1: "int", 1.0: "float", True: "bool"}, {"a": 1, "b": 2} == {"b": 2, "a": 1})
keys = ages.keys()
print(sorted(keys & {"ann", "bob", "zoe"}), sorted(keys - {"ann"})[:2], keys.isdisjoint(["nobody"]))
print(ages.keys(), {}.values(), {1: 2}.items(), ages.copy() == ages)
ages.clear()
print(ages, keys)
for action in (lambda: {}["missing"], lambda: {}.popitem(), lambda: {[]: 1}, lambda: {}.pop("x")):
    try:
        action()
    except (KeyError, TypeError) as error:
        print(type(error).__name__ + ":", error)
