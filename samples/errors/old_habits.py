"""What Python 2 wrote, and objects that are no context managers."""

import sys
import weakref


def attempt(action):
    try:
        action()
    except TypeError as error:
        print(error)


def enter(thing):
    with thing:
        pass


attempt(lambda: print >> sys.stderr)
attempt(lambda: print >> 3)
attempt(lambda: print << 3)
attempt(lambda: max >> 3)
attempt(lambda: 3 >> print)
for thing in attempt, len, attempt.__get__(1), [].append, 1, type, None, enter.__code__, ValueError("x"):
    attempt(lambda: enter(thing))


class Key:
    pass


class Keyed:
    def __init__(self, data):
        self.data = data

    def keys(self):
        return list(self.data)

    def __getitem__(self, key):
        return self.data[key]


keys = [Key(), Key()]
weak = weakref.WeakKeyDictionary()
weak.update(Keyed({keys[0]: 1}))
weak.update([(keys[1], 2)])
print(sorted(weak.values()))
