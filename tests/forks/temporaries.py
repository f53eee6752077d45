# Frames that are suspended within an expression are copied with what they have put aside so far: of every step of each of
# these a copy is made, and the original, the copy and a copy of the copy come to what a frame that was never copied comes to.
import contextlib
import itertools
import types
from copy import copy, deepcopy


class Pause:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        return (yield self.value)


@types.coroutine
def pause(value):
    return (yield value)


async def in_awaits():
    log = []
    log.append(await Pause(1))
    log.append(("x", await pause(2), *[await Pause(3)]))
    log += [await Pause(4), await Pause(5)]
    return log


def in_expressions():
    def f(*a, **k):
        return a, k

    r = f(1, (yield "a"), c=(yield "b"), *[(yield "c")])
    r2 = {(yield "k"): (yield "v"), **{"z": (yield "w")}}
    r3 = f"{(yield 'f1')}-{(yield 'f2')!r:>5}"
    x = [1, 2, 3]
    x[(yield "i")] += (yield "j")
    r4 = (yield 1) < (yield 2) < (yield 3)
    return r, r2, r3, x, r4


def in_loops():
    out = []
    for i in range(3):
        for j, c in enumerate("ab"):
            for k, v in {"p": 1, "q": 2}.items():
                for z in zip([1, 2], (3, 4)):
                    out.append((i, j, c, k, v, z, (yield len(out))))
    return out


def beside_its_iterator():
    out = []
    it = iter([1, 2, 3, 4, 5])
    for a in it:
        out.append((a, (yield a), next(it, None)))
    return out


def nested(n):
    r = yield n
    if n:
        r = (r, (yield from nested(n - 1)))
    return r


def in_delegations():
    x = yield from nested(3)
    y = yield from map(str, range(3))
    z = yield from (i * i for i in range(3))
    w = yield from itertools.chain([1], (i for i in [2, 3]))
    return x, y, z, w


def in_closures():
    n = 0

    def inc():
        nonlocal n
        n += 1
        return n

    out = []
    while n < 4:
        out.append((inc(), (yield n)))
    sq = {i: [j for j in range(i)] for i in range(3)}
    out.append(sq)
    lam = lambda: (yield n)
    out.append((yield from lam()))
    return out


def in_targets():
    a, *b = (yield 1), (yield 2), (yield 3)
    d = ((c := (yield 4)), (yield 5), 1)
    del a
    assert (yield 6) or True, (yield 7)
    global G
    G = yield 8
    return b, c, d


async def items(n):
    for i in range(n):
        r = yield i
        await Pause(("in", r))


async def in_async_loops():
    out = []
    async for x in items(3):
        out.append((x, await Pause(x)))
    out.append([y async for y in items(2)])
    out.append({y: await Pause(y) async for y in items(2) if await Pause("if")})
    async with contextlib.AsyncExitStack():
        out.append(await Pause("st"))
    return out


def resumed(frame, sent, count=None):
    """What it gives when it is resumed with one number after the other; for good, or `count` times."""
    given = []
    while count is None or len(given) < count:
        try:
            given.append(frame.send(sent))
        except StopIteration as stop:
            return given + [("returned", stop.value)]
        except Exception as error:
            return given + [repr(error)]
        sent = (sent or 0) + 1
    return given


for make in in_awaits, in_expressions, in_loops, beside_its_iterator, in_delegations, in_closures, in_targets, in_async_loops:
    whole = resumed(make(), None)
    for at in range(1, len(whole)):
        for duplicate in copy, deepcopy:
            frame = make()
            resumed(frame, None, at)
            second = duplicate(frame)
            if duplicate is copy:
                frames = [second]
            else:
                frames = [frame, second, duplicate(second)]
            for each in frames:
                goes_on = resumed(each, at)
                if goes_on != whole[at:]:
                    print(make.__name__, duplicate.__name__, at, goes_on, whole[at:])
print("all")
