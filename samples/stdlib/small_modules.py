"""html, urllib.parse, colorsys, getopt, uuid, secrets, timeit, platform, cmd: small things."""

import cmd
import colorsys
import getopt
import html
import io
import platform
import secrets
import timeit
import urllib.parse as up
import uuid


def attempt(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as error:
        print(type(error).__name__, error)


print(html.escape("<a href='x'>&\""), html.escape("\"'", quote=False), html.unescape("&lt;&amp;&#65;&#x42;&eacute;&nope;&notit;&#128;&#0;&hellip &copy2"))
for url in ("http://user:pw@host.org:80/a/b;p?q=1&r=2#frag", "//x/y", "mailto:a@b", "a/b?c", "", "http://[::1]:99/x", "HTTP://X.org", "http://h:bad/", "file:///tmp/x", "x:y:z", "?q", "#f"):
    attempt(up.urlparse, url)
    attempt(up.urlsplit, url)
    s = up.urlsplit(url)
    print(s.geturl(), s.hostname, s.username, s.password)
    attempt(lambda: s.port)
attempt(up.urlparse, "http://[::1/")
attempt(up.urlparse, b"http://x/y")
attempt(up.urlparse, "a", b"b")
for rel in ("g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", "g#s", "..", "../g", "../../../g", "./../g", "g;x=1/../y", "", "http:g", "mailto:x"):
    print(rel, up.urljoin("http://a/b/c/d;p?q", rel))
print(up.quote("a b/ü?&=~"), up.quote("a/b", safe=""), up.quote_plus("a b+c"), up.quote(b"\xff"), up.unquote("a%20b%C3%BC%zz%"), up.unquote_plus("a+b%2B"), up.unquote_to_bytes("%ff%4"))
print(up.urlencode({"a": 1, "b c": "ü&"}), up.urlencode([("x", [1, 2])], doseq=True), up.urlencode({"x": [1]}), up.parse_qs("a=1&a=2&b=&c"), up.parse_qsl("a=1&b=%20+", keep_blank_values=True), up.parse_qs("a=1;b=2", separator=";"))
print(up.urldefrag("http://x/y#z"), up.urlunparse(("http", "h", "p", "", "q", "f")), up.urlunsplit(("", "", "a", "", "")), up.parse_qs(b"a=%ff"))
attempt(up.urlencode, "ab")
attempt(up.parse_qsl, "a", strict_parsing=True)
attempt(up.quote, 5)
for f in ("rgb_to_hsv", "rgb_to_hls", "rgb_to_yiq", "hsv_to_rgb", "hls_to_rgb", "yiq_to_rgb"):
    print(f, [tuple(round(x, 9) for x in getattr(colorsys, f)(*c)) for c in ((0, 0, 0), (1, 1, 1), (0.2, 0.4, 0.6), (0.9, 0.1, 0.3), (0.5, 0.5, 0.1))])
attempt(getopt.getopt, ["-a", "-bx", "--long", "--val=3", "--val", "4", "rest", "-c"], "ab:", ["long", "val="])
attempt(getopt.gnu_getopt, ["-a", "x", "-b", "1", "--", "-c"], "ab:")
for args in (["-z"], ["-b"], ["--nope"], ["--lo"], ["--long=1"], ["--va"]):
    attempt(getopt.getopt, args, "ab:", ["long", "lodge", "val="])
u = uuid.UUID("12345678-1234-5678-9234-567812345678")
print(u, repr(u), u.hex, u.int, u.bytes, u.fields, u.urn, u.variant, u.version, u.node, u.clock_seq, u.time, u.bytes_le, u == uuid.UUID(int=u.int), u < uuid.MAX)
print(uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_URL, "x"), uuid.uuid4().version, uuid.uuid1().version, uuid.uuid7().version, uuid.uuid8(1, 2, 3), uuid.NIL, len({uuid.uuid4() for _ in range(50)}))
for bad in (lambda: uuid.UUID("x"), lambda: uuid.UUID(), lambda: uuid.UUID(int=-1), lambda: uuid.UUID(bytes=b"a"), lambda: setattr(u, "int", 1), lambda: uuid.UUID(int=1, version=9)):
    attempt(bad)
print(len(secrets.token_bytes(5)), len(secrets.token_hex(4)), secrets.choice([1]), secrets.randbelow(1), secrets.compare_digest("a", "a"), secrets.compare_digest(b"a", b"b"))
print(timeit.timeit("x += 1", "x = 0", number=10) >= 0, len(timeit.repeat(lambda: None, number=3, repeat=2)), timeit.timeit("f(y)", globals={"f": abs, "y": -1}, number=2) >= 0)
attempt(timeit.timeit, "1 +")
attempt(timeit.timeit, 5)
print(type(platform.system()), platform.python_version_tuple()[:2], len(platform.uname()))


class Shell(cmd.Cmd):
    intro = "hi"
    prompt = "> "
    use_rawinput = False

    def do_add(self, arg):
        """add NUMBERS: their sum"""
        print(sum(map(int, arg.split())), file=self.stdout)

    def do_quit(self, arg):
        return True

    def help_topic(self):
        print("about topic", file=self.stdout)


out = io.StringIO()
Shell(stdin=io.StringIO("add 1 2\nhelp\nhelp add\nhelp topic\nhelp nope\n?\n\nfoo bar\n!x\nquit\n"), stdout=out).cmdloop()
print(out.getvalue())
Shell(stdout=out).columnize([f"word{n}" for n in range(30)], 60)
print(out.getvalue()[-260:])
