"""A delegate that ends while something is thrown through its delegator knows nothing of that any more."""
import gc


def inner():
    try:
        yield 1
    except KeyError:
        return "ended"


def outer(delegate, keeps):
    got = yield from delegate
    yield got, keeps


def middle(delegate):
    return (yield from delegate)


for depth in (1, 2, 3):
    for how in ("throw", "close", "send"):
        first = inner()
        chain = first
        for _ in range(depth - 1):
            chain = middle(chain)
        delegator = outer(chain, [0] * 100)
        next(delegator)
        try:
            if how == "throw":
                print(delegator.throw(KeyError("thrown"))[0])
            elif how == "close":
                print(delegator.close())
            else:
                print(next(first, "first ended"))
                print(delegator.send(None)[0])
        except StopIteration as stop:
            print("stopped", stop.value)
        del delegator, chain
        gc.collect()
        others = [inner() for _ in range(50)]
        print(how, first.gi_running, first.gi_suspended, first.gi_yieldfrom, first.close(), list(first))
