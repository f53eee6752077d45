"""What is all of a text stays the object it is, of whatever class; and how what spells no number is shown."""


class Text(str):
    def __repr__(self):
        return Text(f"Text<{str.__str__(self)}>")


class Data(bytes):
    def __repr__(self):
        return "shown by Data"


class Speaks:
    def __str__(self):
        return Text("str")

    __repr__ = __str__

    def __format__(self, spec):
        return Text("format" + spec)


text, data, speaks = Text("abc"), Data(b"abc"), Speaks()


def told(name, value):
    print(f"{name:12}", type(value).__name__, str.__str__(value) if isinstance(value, str) else bytes(value), value is text or value is data)


told("% ()", text % ())
told("% {}", text % {})
told("'' % ()", Text("") % ())
told("%%", Text("a%%") % ())
told("%s", "%s" % speaks)
told("%r", "%r" % speaks)
told("%a", "%a" % speaks)
told("%s.", "%s." % speaks)
told("%9s", "%1s" % speaks)
told("%s%s", "%s%s" % ("", speaks))
told("format", text.format())
told("format_map", text.format_map({}))
told("{}", "{}".format(speaks))
told("{}{}", "{}{}".format("", speaks))
told("{}{} again", "{}{}".format(speaks, ""))
told("{!s}", "{!s}".format(speaks))
told("{:s}", "{:s}".format(text))
told("f", f"{speaks}")
told("f !s", f"{speaks!s}")
told("f !r", f"{speaks!r}")
told("f !a", f"{speaks!a}")
told("f ''", f"{speaks}{''}")
told("partition", text.partition("x")[0])
told("rpartition", text.rpartition("x")[2])
told("separator", "abc".partition(Text("b"))[1])
told("bytes", data.partition(b"x")[0])

for make in (int, float, lambda value: int(value, 7), lambda value: int(value, 0)):
    for value in (Text("x"), Data(b"x"), "x", b"x"):
        try:
            make(value)
        except ValueError as error:
            print(error)

for value, start in ((5, ""), ([1], b""), (iter([]), bytearray())):
    try:
        sum(value, start)
    except TypeError as error:
        print(error)
try:
    "{0}".translate(object)
except TypeError as error:
    print(error)
