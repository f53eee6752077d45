"""Strings made by f-strings, join, += and methods."""


def sentences(count):
    length = 0
    for turn in range(count):
        words = []
        for i in range(1_000):
            words.append(f"item {i}: {i * turn}")
        text = ", ".join(words)
        length += len(text)
        for part in text.split(", "):
            if part.startswith("item 1"):
                length += len(part.upper())
    return length


def grow(count):
    length = 0
    built = ""
    for i in range(count):
        built += "ab"
        if len(built) > 80:
            length += built.count("a")
            built = ""
    return length


def main():
    print(sentences(900), grow(3_000_000))


main()
