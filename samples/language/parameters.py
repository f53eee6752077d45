"""Every kind of parameter: positional only, either, by keyword only, with defaults, and the rest."""


def every(a, b=2, /, c=3, *rest, d, e=5, **others):
    print(a, b, c, rest, d, e, others)


every(1, d=4)
every(1, 20, 30, 40, 50, d=4, e=60, f=7, a="not the parameter")
every(*[1, 2], *(3, 4), **{"d": 5}, **{"x": 6})


def keyword_only(*, name="nobody"):
    return name


def collect(*args, **kwargs):
    return args, kwargs


print(keyword_only(), keyword_only(name="Eve"), collect(), collect(1, *"ab", k=2))


def remember(item, seen=[]):
    seen.append(item)
    return seen


print(remember(1), remember(2), remember(3, []), remember.__defaults__)
print((lambda x, *y, z=0: (x, y, z))(1, 2, 3, z=4))


def order(label):
    print("evaluating", label)
    return label


collect(order("first"), *[order("second")], key=order("third"), **{"k": order("fourth")})
