"""What all authors share: a source of chance, a page to write on, and the head of every program."""

import random

#: What every program begins with. `show` prints values so that sets and long texts look the same everywhere; `note`
#: prints an exception with what it came from.
HEAD = '''\
def text(value):
    kind = type(value).__name__
    try:
        if isinstance(value, (set, frozenset)):
            return f"{kind} {sorted(map(ascii, value))}"
        shown = ascii(value)
    except Exception as error:
        shown = f"unshown: {type(error).__name__}: {error}"
    # How long an address is must not decide what is cut.
    first, *rest = shown.split(" at 0x")
    shown = " at 0x..".join([first, *[part.lstrip("0123456789abcdef") for part in rest]])
    return f"{kind} {shown if len(shown) < 300 else shown[:100] + '...'}"


def show(*values):
    print(*map(text, values), sep=" | ")


def note(error, *place):
    story = []
    while error is not None and len(story) < 6:
        try:
            told = ascii(str(error))
        except Exception as second:
            told = f"untold: {type(second).__name__}"
        story.append(f"{type(error).__name__}: {told[:300]}")
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    print(*place, "!!", " <- ".join(story))


def check(thunk):
    line = thunk.__code__.co_firstlineno
    try:
        print(line, text(thunk()))
    except Exception as error:
        note(error, line)


'''


class Author:
    """Writes one program; the same seed writes the same program."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.depth = 0
        self.numbers = 0

    def one(self, items):
        return self.random.choice(items)

    def some(self, least, most, make):
        return [make() for _ in range(self.random.randint(least, most))]

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def weighted(self, choices):
        """One of the things in `choices`, pairs of a thing and its weight."""
        things, weights = zip(*choices)
        return self.random.choices(things, weights)[0]

    def number(self):
        """A number that stands nowhere else in the program."""
        self.numbers += 1
        return self.numbers

    def line(self, text):
        self.lines.append("    " * self.depth + text)

    def indented(self, opening, body, *args):
        """`opening`, and under it what `body` writes, which is something."""
        self.line(opening)
        self.depth += 1
        before = len(self.lines)
        body(*args)
        if len(self.lines) == before:
            self.line("pass")
        self.depth -= 1

    def program(self):
        self.write()
        return HEAD + "\n".join(self.lines) + "\n"
