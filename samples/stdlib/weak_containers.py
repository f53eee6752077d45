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
