"""A coroutine dropped before it ran is a warning like any other: filtered, recorded, made an error, with its origin."""
import sys
import warnings


async def work():
    pass


async def items():
    yield


def forget():
    for _ in range(3):
        work()


def names(origin):
    return [(line, name) for _, line, name in origin]


with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("default")
    forget()
    items().asend(None)
    items().aclose()
    work().close()
for warning in told:
    print(warning.category.__name__, warning.message, warning.lineno)

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    forget()

sys.unraisablehook = lambda what: print("unraisable:", repr(what.exc_value))
with warnings.catch_warnings():
    warnings.simplefilter("error")
    work()

sys.set_coroutine_origin_tracking_depth(2)
with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")

    def make():
        return work()

    made = make()
    print(names(made.cr_origin), sys.get_coroutine_origin_tracking_depth())
    del made
print(str(told[0].message).replace(__file__, "FILE"))
sys.set_coroutine_origin_tracking_depth(0)
late = work()
print(late.cr_origin)
late.close()

with warnings.catch_warnings(record=True) as told:
    warnings.simplefilter("always")
    g = (n for n in [1])
    try:
        g.throw(ValueError, "three arguments", None)
    except ValueError as e:
        print(repr(e))
print(told[0].category.__name__, told[0].message)

# Where what gives the warning fails, that is told, and the warning is given by what nobody can replace; what makes an error
# of the warning is no such failure.
given = warnings._warn_unawaited_coroutine
sys.unraisablehook = lambda told: print(told.err_msg[:44], repr(told.exc_value), file=sys.stderr)


async def broken():
    pass


warnings._warn_unawaited_coroutine = lambda coroutine: 1 / 0
broken()
warnings._warn_unawaited_coroutine = given
warnings.simplefilter("error")
broken()
