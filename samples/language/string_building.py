"""Building text: join, +=, repetition, tables."""

parts = []
for number in range(5):
    parts.append(str(number))
print(", ".join(parts), "+".join("abc"), "".join([]))
text = ""
for letter in "abc":
    text += letter * 2
    text = "<" + text + ">"
print(text, len(text))
rows = [("name", "amount"), ("pears", 12), ("plums", 7)]
for left, right in rows:
    print(f"{left:<8}{right:>8}")
print("-" * 16, "=" * 0, sep="|")
print("first", "second", sep=", ", end=".\n")
print()
print(*"abc", sep="-")
print("a\\b", 'it\'s', "tab\tx", """three
lines "quoted"
here""", r"raw\n", "\x41\u00e9\U0001f600", "line \
continues")
print(print("returns None"), str(None), str([None, True, 1.0, "s", b"b", ...]))
