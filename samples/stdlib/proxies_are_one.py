"""For each object there is one weak proxy without a callback; those with one, and references, stand beside it."""
import weakref


class Thing:
    def __repr__(self):
        return "thing"


class Callable(Thing):
    def __call__(self):
        return "called"


def numbers():
    yield 1
    yield 2


for make in (Thing, Callable, numbers):
    thing = make()
    first, second = weakref.proxy(thing), weakref.proxy(thing, None)
    print(type(first).__name__, first is second, weakref.getweakrefcount(thing))
    told = lambda proxy: print("told", type(proxy).__name__)
    one, two = weakref.proxy(thing, told), weakref.proxy(thing, told)
    print(one is two, one is first, weakref.getweakrefcount(thing))
    ref = weakref.ref(thing)
    known = weakref.getweakrefs(thing)
    print([type(item).__name__ for item in known], known[0] is ref, known[1] is first, known[2] is two, known[3] is one)
    del first, second, known
    print(weakref.getweakrefcount(thing))
    del two
    print(weakref.getweakrefcount(thing), weakref.proxy(thing) is weakref.proxy(thing))
    del thing
    for use in (str, bool, next, lambda proxy: proxy.name, lambda proxy: proxy()):
        try:
            print(use(one))
        except (ReferenceError, TypeError) as error:
            print(type(error).__name__, error)

for refused in (lambda: weakref.proxy(1), lambda: weakref.ProxyType(), lambda: weakref.ref(weakref.proxy(Thing))):
    try:
        print(refused())
    except TypeError as error:
        print(error)
