"""The simplest format specifications and directives, at their edges."""

for value in (0, 5, -5, 123456789, -1234567, True, 2**70, 1.5, -0.0, 2.675, 1e22, 0.1 + 0.2, float("inf"), "ab", "äöü", ""):
    shown = []
    for spec in ("", "d", "5", "05", "<6", ">6", "^7", "06d", ",", "10,", ".2f", "8.3f", "08.2f", "+d", "x", "08x", "b", ".3", "s", "5s", "^5s", "c", "%", "e", "z", "1000"):
        try:
            text = format(value, spec)
        except (ValueError, OverflowError) as error:
            text = f"{type(error).__name__}"
        shown.append(text if len(text) < 60 else str(len(text)))
    print(value, shown)

for template in ("%d", "%5d|", "%-5d|", "%05d", "%x", "%s", "%5s|", "%-5s|", "%.2f", "%8.2f", "%-8.1f|", "%08.3f", "%i", "%r", "%c", "%+d", "%.3d", "%e", "%%%d%%", "%"):
    shown = []
    for value in (7, -42, True, 2**65, 3.5, -0.0, "x", "é"):
        try:
            shown.append(template % value)
        except (TypeError, ValueError, OverflowError) as error:
            shown.append(type(error).__name__)
    print(template, shown)
print("%s: %d%%, %s" % ("done", 50, None), "%s" % (1,), "%s %s" % ("a", 2.5), "%d" % 3.99, "%5.1f|%-6s|%x" % (2.25, "ab", 255))
for template, values in (("%s", ()), ("%s", (1, 2)), ("%d", "x"), ("%q", 1), ("%(a)s", 1), ("%*d", (5, 1))):
    try:
        print(template % values)
    except (TypeError, ValueError) as error:
        print(type(error).__name__, error)
print("{} {:>4} {:.1f} {!r:>5} {:{}}|".format(1, "a", 2.25, "q", 7, 3), "{:%H}".format(3) if False else "", f"{12:>{6}}|{3.14159:.{2}f}")
print("a-b-c".replace("-", ""), "none".replace("x", "y") is not None, "abc"[::-1], "äbc"[::-1], "abcdef"[4:0:-2], "x,y".rsplit(",", 1))
print("\x1c a b\u2003c\u00a0".split(), " \u3000ab\u2028 ".strip(), "a\x1fb".split(), "ab cd".title(), "aB1c d".swapcase(), "ÄB ßx".lower(), "äb ßx".upper(), "o'neil's 2nd".title(), "hELLO wORLD".capitalize())
print("aXbXc".partition("X"), "aXbXc".rpartition("X"), "abc".partition("X"), ",".join(["é", "b"]), "é".join("abc"), "".join(["x"]), "-".join([]), repr("it's"), repr('a"b\'c\\'), repr("tab\t"), "banana".count("an"), "aaa".count("aa"))
