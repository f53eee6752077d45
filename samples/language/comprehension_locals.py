"""The variables of a comprehension are among the locals while it runs, and gone afterwards."""

import sys


def in_a_function():
    rows = [1, 2]
    print([eval("row * 10") for row in rows])
    print([sorted(locals()) for row in rows])
    print([sorted(vars()) for row in rows], [dir() for row in rows])
    print([[sorted(locals()) for column in rows] for row in rows])
    print({row: "row" in locals() for row in rows}, {eval("row") for row in rows})
    print([sorted(sys._getframe().f_locals) for last in rows])
    print(["%(first)s-%(second)s" % locals() for first, second in [(1, 2), (3, 4)]])
    print(sorted(locals()))


def shadowing():
    row = "outside"
    print([locals()["row"] for row in (1, 2)], locals()["row"])
    print([(lambda: sorted(locals()))() for row in (1, 2)])


def captured():
    functions = [(lambda: item) for item in (1, 2) if locals()["item"]]
    print([function() for function in functions])


def left_by_an_exception():
    try:
        [1 // item for item in (1, 0)]
    except ZeroDivisionError:
        print("item" in locals())


in_a_function()
shadowing()
captured()
left_by_an_exception()

print([eval("inner + 1") for inner in (1, 2)])
print(["inner" in locals() for inner in (1,)], ["inner" in globals() for inner in (1,)], "inner" in locals())
[exec("outer_name = inner") for inner in (1,)]
print("outer_name" in globals())


class Body:
    names = [sorted(locals()) for item in (1, 2)]
    values = [eval("item") for item in (1, 2)]
    print("item" in locals(), "names" in locals())


print(Body.names, Body.values)

exec("print([sorted(vars()) for item in (1, 2)])", {}, {"before": 1})


def order():
    x = 1
    y = 2
    shown = [[list(sys._getframe().f_locals) for v in (1,)], (lambda: x)]
    print(shown[0])
    shown = [(lambda: (v, y), dict(sys._getframe().f_locals)) for v in (1,)]
    print({name: value for name, value in shown[0][1].items() if name in "vxy"})


order()
