# oracle: 3.13
"""`weakref.finalize` calls what is still to be called at the end of the program, the latest first."""
import atexit
import sys
import weakref


class Plain:
    pass


def late():
    print("late", without.alive, sys.is_finalizing())
    weakref.finalize(kept, print, "made late")


class Last:
    def __del__(self):
        print("at last", sys.is_finalizing(), second.alive)


atexit.register(print, "registered before the first of them is called after them")
kept, dropped, last = Plain(), Plain(), Last()
weakref.finalize(kept, print, "first")
second = weakref.finalize(kept, print, "second", end="!\n")
without = weakref.finalize(kept, print, "never")
without.atexit = False
weakref.finalize(dropped, print, "dropped")
weakref.finalize(kept, late)
weakref.finalize(Plain, print, "of a class")
atexit.register(print, "registered later")
del dropped
print("the program is over")
