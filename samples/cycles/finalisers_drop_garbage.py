"""A finaliser of garbage drops what other garbage held: that goes there and then, and not at the end of the collection."""
import gc
import weakref

gc.disable()


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def suspended(name):
    try:
        yield
    finally:
        print("finally", name)


class Owner:
    def __init__(self, name, thing):
        self.name, self.thing, self.me = name, thing, self

    def __del__(self):
        print("owner", self.name)
        self.thing = None
        print("has dropped it")


def started(name):
    made = suspended(name)
    next(made)
    return made


for thing in (Named("thing"), started("generator"), [Named("in a list")]):
    Owner("one", thing)
    del thing
    print("collected", gc.collect() > 0)

print("two of them")
Owner("first", Named("of the first"))
Owner("second", started("of the second"))
gc.collect()

print("what another one still has")
pair = Owner("a", Named("shared")), Owner("b", None)
pair[1].thing = pair[0].thing
del pair
gc.collect()

print("watched")
owner = Owner("watched", Named("its thing"))
watch = weakref.ref(owner, lambda ref: print("gone", ref()))
inner = weakref.ref(owner.thing, lambda ref: print("nobody hears", ref()))
owner.thing.watch = inner
del owner, inner
gc.collect()

print("resurrected")
saved = []


class Stays(Owner):
    def __del__(self):
        super().__del__()
        saved.append(self)


Stays("stays", Named("its thing"))
gc.collect()
print(len(saved), saved[0].thing)
saved.clear()
print(gc.collect() > 0)
