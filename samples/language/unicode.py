"""Text is a sequence of code points, whatever they are."""

word = "Grüße, 世界 😀"
print(word, len(word), word[-1], word[::-1], word.upper(), word.encode().hex())
print([ord(c) for c in "aé世😀"], "😀" in word, word.find("世"), word.split(), word.replace("😀", ":)"))
für = "identifiers too"
print(für, "é" == "e\u0301", "ﬁ".upper(), "İ".lower(), "ß".upper(), "ǆ".title(), "Σας".lower())
print("½".isnumeric(), "²".isdigit(), "٣".isdecimal(), int("٣"), "Ａ".isalpha(), "\u00a0".isspace(), sorted(["é", "z", "a"]))
print(repr("\ud800"), repr("\u200b"), repr("\xa0"), ascii("世"), "\N{GREEK SMALL LETTER PI}", "a\0b".split("\0"))
