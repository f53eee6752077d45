"""Callbacks of the cycle collector, and what becomes of one that fails."""

import gc
import sys

gc.collect()
told = []


class Failing:
    def __call__(self, phase, info):
        raise LookupError(phase)

    def __repr__(self):
        return "<failing>"


def watch(phase, info):
    told.append((phase, sorted(info)))


def hook(unraisable):
    print(unraisable.err_msg, unraisable.object, repr(unraisable.exc_value))


gc.callbacks.append(watch)
gc.callbacks.append(Failing())
sys.unraisablehook = hook
gc.collect()
sys.unraisablehook = sys.__unraisablehook__
gc.callbacks.pop()
gc.collect()
gc.callbacks.remove(watch)
gc.collect()
print(told)
