"""The methods of strings."""

s = "  Hello, World  "
print(repr(s.strip()), repr(s.lstrip()), repr(s.rstrip()), s.strip().strip("Hd"))
s = "Hello, World"
print(s.upper(), s.lower(), s.swapcase(), "hello world".title(), "hELLO".capitalize(), "Straße".casefold())
print(s.find("o"), s.rfind("o"), s.find("x"), s.index("World"), s.count("l"), s.find("o", 5), s.count(""))
print(s.replace("l", "L"), s.replace("l", "L", 1), s.startswith("Hell"), s.endswith(("x", "ld")), s.startswith("W", 7))
print("a,b,,c".split(","), "a b  c ".split(), "a,b,c".split(",", 1), "a,b,c".rsplit(",", 1), "".split(), "".split(","))
print("one\ntwo\r\nthree".splitlines(), "a\nb\n".splitlines(True), "-".join(["x", "y"]), ",".join("abc"))
print("key=value=x".partition("="), "key=value=x".rpartition("="), "none".partition("="))
print("ab".center(6, "*"), "ab".ljust(5) + "|", "ab".rjust(5), "42".zfill(5), "-42".zfill(5), "a\tb".expandtabs(4))
print("abc".isalpha(), "12".isdigit(), "a1".isalnum(), " ".isspace(), "Ab".isupper(), "ab".islower(), "x_1".isidentifier())
print("prefix-name".removeprefix("prefix-"), "name.py".removesuffix(".py"), "abc".translate({97: "A", 98: None, "c": 1}))
print("abc".translate(str.maketrans("ab", "xy", "c")), "é".encode(), "naïve".encode("latin-1"), "x".encode("utf-16-le"))
print("a" < "b" < "ba", "abc" * 2, 2 * "ab", "b" in "abc", "" in "abc", "abc"[1], "abc"[-1], "abcdef"[1:5:2], "abc"[::-1])
print(len("日本語"), "日本語"[1], "日本語".index("語"), ord("é"), chr(128512), "a\u0301", len("\N{BULLET}"))
print(repr("it's"), repr('say "hi"'), repr("both ' and \""), repr("tab\tnew\nnull\0é\x7f\u200b"), ascii("é日😀"))
for action in (lambda: "abc".index("z"), lambda: "abc"[5], lambda: "a" + 1, lambda: "-".join([1])):
    try:
        action()
    except (ValueError, IndexError, TypeError) as error:
        print(type(error).__name__ + ":", error)
