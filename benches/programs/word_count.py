"""Words counted: splitting, lower case, dict updates, sorting by count."""

TEXT = """The frame that yields is not gone. It waits, with all its values, for the one who resumes it; and
who resumes it gives it a value, or an exception, or nothing at all. A generator is a frame that waits.
A coroutine is a frame that waits for another. An event loop is the one who knows who waits for what."""


def count(text, counts):
    for word in text.split():
        word = word.strip(".,;:!?").lower()
        if word:
            counts[word] = counts.get(word, 0) + 1


def letters(text, counts):
    for c in text:
        if c.isalpha():
            counts[c] = counts.get(c, 0) + 1


def main():
    words, chars = {}, {}
    for _ in range(24_000):
        count(TEXT, words)
    for _ in range(4_000):
        letters(TEXT, chars)
    top = sorted(words.items(), key=lambda pair: (-pair[1], pair[0]))[:5]
    print(top, sorted(chars.items(), key=lambda pair: -pair[1])[:3])


main()
