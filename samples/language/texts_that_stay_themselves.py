# An operation that changes nothing of an immutable object gives the object itself.
s = "hello" + str(1)
same = {
    "%s": "%s" % s, "%s of a tuple": "%s" % (s,), "{}": "{}".format(s), "{!s}": "{!s}".format(s), "f": f"{s}",
    "zfill": s.zfill(2), "ljust": s.ljust(2), "center": s.center(1), "strip": s.strip(), "replace": s.replace("z", "q"),
    "expandtabs": s.expandtabs(), "slice": s[:], "times": s * 1, "plus": s + "", "join": "".join([s]), "str": str(s),
    "split": s.split(",")[0], "partition": s.partition(",")[0], "removeprefix": s.removeprefix("z"), "format": format(s),
}
print([name for name, made in same.items() if made is not s])


class Text(str):
    pass


t = Text("sub")
made = ["%s" % t, "{}".format(t), f"{t}", t.zfill(1), t.expandtabs(), t.ljust(1), t.strip(), t[:], "".join([t])]
print({type(each).__name__ for each in made}, any(each is t for each in made))

b = bytes([65, 66])
same = {
    "join": b"".join([b]), "zfill": b.zfill(1), "ljust": b.ljust(1), "rjust": b.rjust(1), "replace": b.replace(b"z", b"y"),
    "translate": b.translate(None), "strip": b.strip(), "bytes": bytes(b), "times": b * 1, "split": b.split(b",")[0],
}
print([name for name, made in same.items() if made is not b])
a = bytearray(b)
print([made is a for made in (a.zfill(1), a.ljust(1), a.replace(b"z", b"y"), a.translate(None), bytearray().join([a]))])

n = (1, 2, 3)
print(n + () is n, () + n is n, ().__add__(n) is n, n.__add__(()) is n, n[:] is n, n * 1 is n)
