"""del, assert, chained comparisons, conditional expressions, and/or, augmented assignment, annotations."""


def loud(value):
    print("evaluating", value)
    return value


x0 = 0
print(loud(1) < loud(5) < loud(3) < loud(9))
print(1 < 2 > 0 == 0 != 1, 1 == 1 in [1], not 1 == 2, None is None is not x0)
print(loud(0) and loud(1), loud("") or loud("b"), "yes" if loud(1) else loud("never"))
x = [1, 2, 3, 4]
del x[0], x[-1]
print(x)
try:
    assert x == [2, 3], "fine"
    assert not x, f"x is {x}"
except AssertionError as error:
    print("AssertionError:", error)
try:
    assert 0
except AssertionError as error:
    print(repr(error))
total = 10
total -= 3
total *= 2
total //= 3
total **= 3
total %= 50
total <<= 2
total |= 1
total ^= 8
total >>= 1
total /= 4
print(total)
annotated: int = 5
declared: str
print(annotated)
if x: print("one line"); print("two statements")
pass; ...
print(1 if 0 else 2 if 0 else 3, (lambda: (yield))().__class__.__name__, "a" "b", (1), (1,), -2**2, 2**-1, not not 1)
