"""`yield from` a string yields its characters."""


def spell(word):
    yield from word
    yield "."


print(list(spell("hé!")))
