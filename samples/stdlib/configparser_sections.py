"""configparser: sections, defaults, interpolation, conversions, mistakes."""

import configparser
import io

TEXT = """
[DEFAULT]
base = /srv
level: 3

# a comment
[server]
Host = example.org
port = 8080
path = %(base)s/www
long = one
  two

  three
flag = yes
empty =
ratio = 0.5
; another
[client]
name = me
level = 5
"""

c = configparser.ConfigParser()
c.read_string(TEXT)
print(c.sections(), c.defaults(), list(c), len(c))
s = c["server"]
print(s["host"], s.getint("port"), s["path"], repr(s["long"]), s.getboolean("flag"), repr(s["empty"]), s.getfloat("ratio"))
print(s.get("nope"), s.get("nope", "d"), s.getint("nope", 7), c.get("server", "nope", fallback=None), c.getint("client", "level"))
print(list(s), list(s.items())[:3], s, s.name, "HOST" in s, "x" in s, c.has_option("server", "base"), c.options("client"))
print(c.get("server", "path", raw=True), c.get("server", "path", vars={"base": "/other"}))
out = io.StringIO()
c.write(out)
print(out.getvalue())
c["new"] = {"a": 1, "b": "x"}
c.set("new", "C", "3")
c.remove_option("new", "a")
print(dict(c["new"]), c.remove_section("client"), c.remove_section("client"))
del c["new"]["b"]
print(dict(c["new"]))


def attempt(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as error:
        print(type(error).__name__, error)


attempt(c.get, "none", "x")
attempt(c.get, "server", "nope")
attempt(lambda: c["none"])
attempt(lambda: s["nope"])
attempt(c.set, "server", "x", 1)
attempt(c.add_section, "server")
attempt(c.add_section, "DEFAULT")
attempt(c.getint, "server", "host")
attempt(c.getboolean, "server", "host")
for text in ("x = 1", "[a]\nx\n", "[a]\nx=1\nx=2", "[a]\n[a]", "[a]\nx = %(y)s", "[a]\nx = %(x)s", "[a]\nx = %y", "[a]\n x=1\n  y"):
    p = configparser.ConfigParser()

    def read():
        p.read_string(text)
        return dict(p["a"])

    attempt(read)
p = configparser.ConfigParser(allow_no_value=True, inline_comment_prefixes="#", interpolation=configparser.ExtendedInterpolation())
p.read_string("[a]\nkey\nx = 1 # c\n[b]\ny = ${a:x}${z}\nz = $$")
print(dict(p["a"]), dict(p["b"]))
r = configparser.RawConfigParser(defaults={"d": "1"}, delimiters=":")
r.optionxform = str
r.read_dict({"S": {"Key": "v", "%": "%(x)s"}})
print(dict(r["S"]), r.items("S"))
q = configparser.ConfigParser(converters={"list": lambda v: v.split(",")})
q.read_string("[a]\nx=1,2")
print(q.getlist("a", "x"), q["a"].getlist("x"), q["a"].getlist("y", ["d"]))
print(q.read(["/nowhere/at/all.ini"]))
