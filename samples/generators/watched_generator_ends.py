# A generator that somebody refers to weakly ends as any other.
import weakref
def g():
    yield 1
    raise ValueError
x=g(); w=weakref.ref(x)
print(next(x))
try: next(x)
except ValueError: print('VE')
print(list(x))
