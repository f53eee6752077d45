# The module gc: switches, thresholds, callbacks, what refers to what.
import gc

print(gc.isenabled(), gc.disable(), gc.isenabled(), gc.enable(), gc.isenabled())
print(gc.get_threshold(), gc.get_debug(), gc.garbage, gc.callbacks)
gc.set_threshold(500, 5)
print(gc.get_threshold())
gc.set_threshold(2000, 10)

for wrong in [
    lambda: gc.collect(3),
    lambda: gc.collect(-1),
    lambda: gc.collect('2'),
    lambda: gc.set_threshold(),
    lambda: gc.set_threshold(1, 2, 3, 4),
    lambda: gc.get_objects(3),
    lambda: gc.get_objects(-2),
    lambda: gc.get_objects('all'),
]:
    try:
        print(wrong())
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)

gc.collect()


def tell(phase, info):
    print(phase, info)


gc.callbacks.append(tell)
me = []
me.append(me)
del me
print(gc.collect())
me = []
me.append(me)
del me
print(gc.collect(0))
gc.callbacks.clear()

print([len(gc.get_stats()), sorted(gc.get_stats()[2]), type(gc.get_count())])


class Plain:
    pass


class Slotted:
    __slots__ = ()


values = [1, 1.5, 'a', b'a', None, 2j, range(3), object(), int, print.__class__]
print([gc.is_tracked(value) for value in values])
values = [[], {}, set(), frozenset([1]), ([],), Plain(), Plain, tell, print, slice(1), iter([]), ValueError(), gc]
print([gc.is_tracked(value) for value in values])

print(sorted(gc.get_referents([1, 2], {3: 4}, (5, [6])), key=str))
print(gc.get_referents(), gc.get_referents(1, 'a'), gc.get_referrers())
target = Plain()
holder = {'key': target}
pair = (target, 2)
print(any(found is holder for found in gc.get_referrers(target)), pair in gc.get_referrers(target))
print(any(found is target for found in gc.get_objects()), any(found is target for found in gc.get_objects(0)))

gc.freeze()
print(gc.get_freeze_count() > 100, gc.get_objects(0).count(target))
gc.unfreeze()
print(gc.get_freeze_count())

gc.set_debug(gc.DEBUG_SAVEALL)
me = []
me.append(me)
del me
print(gc.collect(), gc.garbage)
gc.set_debug(0)
gc.garbage.clear()
print(gc.collect())
