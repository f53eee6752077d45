"""An object that is made from itself cannot be pickled."""
# oracle: 3.13
import functools
import pickle


class Endless:
    def __reduce__(self):
        return Endless, (self,)


class Deep:
    def __init__(self, inner):
        self.inner = inner


partial = functools.partial(print)
partial.__setstate__((partial, (), {}, {}))
for obj in (Endless(), [Endless()], partial):
    try:
        pickle.dumps(obj)
    except RecursionError as error:
        print(type(error).__name__)

# One that refers to itself by its state can.
ring = Deep(None)
ring.inner = ring
twin = pickle.loads(pickle.dumps(ring))
print(twin.inner is twin)
