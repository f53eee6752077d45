"""Containers whose entries go away with what they hold weakly."""
import weakref


class Key:
    def __init__(self, name):
        self.name = name

    def __repr__(self):
        return f"Key({self.name})"

    def __eq__(self, other):
        return isinstance(other, Key) and self.name == other.name

    def __hash__(self):
        return hash(self.name)


a, b = Key("a"), Key("b")
by_key = weakref.WeakKeyDictionary({a: 1, b: 2})
by_name = weakref.WeakValueDictionary(a=a, b=b)
members = weakref.WeakSet([a, b])
print(by_key[Key("a")], sorted(by_name), len(members), Key("b") in members)
del a
print(list(by_key.items()), dict(by_name), list(members))

import copy
import weakref


class Kept:
    def __init__(self, name): self.name = name


one, two = Kept("one"), Kept("two")
by_key, by_value = weakref.WeakKeyDictionary({one: [two]}), weakref.WeakValueDictionary({("k",): two})
deep_key, deep_value = copy.deepcopy(by_key), copy.deepcopy(by_value)
print(list(deep_key)[0] is one, deep_key[one][0] is two, deep_key[one][0].name, deep_value["k",] is two)
print(copy.copy(by_key)[one] is by_key[one])
