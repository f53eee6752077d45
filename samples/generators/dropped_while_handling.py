"""A generator that ignores GeneratorExit goes while it handles that: what its frame holds is part of a cycle."""
import sys, gc
gc.disable()
class Kept:
    def __init__(s, n): s.n = n
    def __del__(s): print('del', s.n)
def hook(u): print('unraisable', repr(u.exc_value))
sys.unraisablehook = hook
def g():
    k = Kept('g')
    try: yield 1
    except GeneratorExit as e:
        yield 2
x = g(); next(x); del x; print('gone'); gc.collect(); print('collected')
def g():
    k = Kept('g2')
    try: yield 1
    except GeneratorExit:
        yield 2
x = g(); next(x); del x; print('gone'); gc.collect(); print('collected')
def g():
    k = Kept('g3')
    try: yield 1
    finally:
        yield 2
x = g(); next(x); del x; print('gone'); gc.collect(); print('collected')
def g():
    k = Kept('g4')
    try: raise ValueError
    except ValueError as e:
        yield 1
    yield 2
x = g(); next(x); del x; print('gone'); gc.collect(); print('collected')
def g():
    k = Kept('g5')
    try: raise ValueError
    except ValueError as e:
        try: yield 1
        except GeneratorExit: yield 3
    yield 2
x = g(); next(x); del x; print('gone'); gc.collect(); print('collected')
