# Operations on sets ask members whether they are equal in an order that programs can see.
class Eq:
    def __init__(self, name, value):
        self.name = name
        self.value = value

    def __hash__(self):
        return 1

    def __eq__(self, other):
        log.append(f"{self.name}={getattr(other, 'name', other)}")
        return self.value == getattr(other, "value", other)

    def __repr__(self):
        return self.name


def attempt(text):
    log.clear()
    left, right = set(one), kind(two)
    log.append(";")
    try:
        result = eval(text, {"left": left, "right": right})
    except TypeError as error:
        result = error
    print(text, kind.__name__, one, two, "->", left if result is None else result, *log)


log = []
a1, a2, b1, b2, b3 = Eq("a1", 1), Eq("a2", 2), Eq("b1", 1), Eq("b2", 2), Eq("b3", 3)
for one in ([a1, a2], [a1], [b2, b1, b3], [a1, 1.0]):
    for two in ([b1, b2], [a1], [b1, b2, b3, a1], [1]):
        for kind in (set, list, iter, dict.fromkeys):
            for method in ("union", "intersection", "difference", "symmetric_difference", "issubset", "issuperset", "isdisjoint",
                           "update", "intersection_update", "difference_update", "symmetric_difference_update"):
                attempt(f"left.{method}(right)")
        kind = set
        for operator in "|", "&", "-", "^", "<=", "<", "==":
            attempt(f"left {operator} right")
        for operator in "|", "&", "-", "^":
            kind = dict.fromkeys
            attempt(f"right.keys() {operator} left")
log.clear()
print((a1, a2) == (b1,), (a1,) == (a2, b1), [a1] == [a1, b1], *log)
