"""The `%` operator on strings."""

print("%s %r %d %i %5.2f|%-5d|%05d|%+d|%x %X %o %c%c %%" % ("s", "r", 1, 2.9, 3.14159, 4, 5, 6, 255, 255, 8, "c", 100))
print("%(name)s is %(age)d" % {"name": "Al", "age": 30}, "%s" % [1, 2], "%s" % (("a", "b"),), "%-8s|%8s|" % ("ab", "cd"))
print("%e %g %g %.3g %#x %#o" % (12345.678, 1e-5, 1e6, 1234.5, 255, 8), "%*d|%-*d|" % (5, 42, 5, 42), "%.2s" % "abc", "%5s" % None)
for template, arguments in (("%d", "x"), ("%s %s", (1,)), ("%s", (1, 2)), ("%(a)s", 1), ("%y", 1), ("%", 1)):
    try:
        template % arguments
    except (TypeError, ValueError) as error:
        print(type(error).__name__ + ":", error)
print("%05s|%-05s|%05r|%05a" % (-1, -1, -1, -1), "%05s" % -1, "%05.1s" % 12, "%05d" % -3)
