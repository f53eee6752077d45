"""`string.Formatter`: `str.format` in steps that a subclass can replace."""

import string

plain = string.Formatter()
for template in (
    "a{b}c", "{{}}", "{a!r:>{w}}", "{!r}", "{a[}]}", "x{:{}}y", "{0[a].b!s:x}", "{", "}", "{a!}", "{a!rr}", "{a!r", "{a[b}",
    "{a:}}", "}}{", "{a{b}c}",
):
    try:
        print(template, list(plain.parse(template)))
    except ValueError as error:
        print(template, error)
for args, kwargs in (
    (("{0} {1}", 1, 2), {}), (("{} {}", 1, 2), {}), (("{0} {}", 1), {}), (("{} {0}", 1), {}),
    (("{x.real} {y[0]} {z[k]}",), {"x": 1, "y": [5], "z": {"k": 6}}), (("{:{}}|", "a", 5), {}), (("{x}",), {}),
    (("{0}",), {}), (("{a!q}",), {"a": 1}), (("{a!r} {a!s} {a!a}",), {"a": "é"}), (("{:{:{}}}", 1, 2, 3), {}),
):
    try:
        print(repr(plain.format(*args, **kwargs)))
    except (ValueError, LookupError) as error:
        print(type(error).__name__, error)


class Strict(string.Formatter):
    def get_value(self, key, args, kwargs): return super().get_value(key, args, {"default": "d", **kwargs})

    def check_unused_args(self, used, args, kwargs): print("used", sorted(map(str, used)))

    def convert_field(self, value, conversion):
        return value.upper() if conversion == "u" else super().convert_field(value, conversion)


print(Strict().format("{0!u} {default} {x}", "loud", x=1, y=2))
