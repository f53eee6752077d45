"""`str.format` and `format`."""

print("{} {} {}".format(1, "two", 3.0), "{1} {0} {1}".format("a", "b"), "{x} {y!r}".format(x=1, y="q"), "{{}}".format())
print("{0[1]} {0[0]} {d[key]} {o.real}".format([10, 20], d={"key": "v"}, o=5), "{:>{w}}|{:^{w}}".format("r", "c", w=5))
print("{:05d} {:+.2f} {:<6}| {:>6}| {:,} {:#x} {:b} {:e} {:.0%}".format(42, 2.5, "ab", "cd", 1234567, 255, 5, 12345.0, 0.5))
print(format(3.14159, ".3f"), format(42), format("x", "^5"), format(255, "X"), format(1e6, ","), format(-7, "08d"))
print("{name} is {age:d}".format_map({"name": "Al", "age": 5}))
for template, arguments in (("{} {}", (1,)), ("{x}", ()), ("{", ()), ("{:q}", (1,)), ("{0} {}", (1, 2)), ("}", ())):
    try:
        template.format(*arguments)
    except (IndexError, KeyError, ValueError) as error:
        print(type(error).__name__ + ":", error)
