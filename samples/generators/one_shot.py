"""A generator can be read once; to read again, make another."""


def vowels():
    yield from "aeiou"


letters = vowels()
print(list(letters))
print(list(letters))
print(list(vowels()))
print(sum(n for n in range(4)), iter(letters) is letters)
