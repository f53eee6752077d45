"""help() shows signatures and docstrings, of a class with what it inherits."""


def plain(a, b=1, *args, c: int = 2, **kw) -> int:
    """Do it.

    At length
      and indented.
    """


# What stands above
# is told as well.
def commented(x):
    return x


async def waits():
    "It waits."


class Base:
    "The base."

    __slots__ = ()
    kind = "base"

    def method(self):
        "Of the base."

    def untold(self):
        pass


class Derived(Base):
    """One more.

    With a second paragraph."""

    __slots__ = ("slot",)
    level = 5

    def __init__(self, v):
        "Made of v."
        self.slot = v

    def method(self, k=None):
        pass

    @property
    def changing(self):
        "Can be set."

    @changing.setter
    def changing(self, v):
        pass

    @property
    def fixed(self):
        return 2

    @classmethod
    def make(cls, a):
        "Another way."

    @staticmethod
    def helper(a):
        "Needs none."

    def _private(self):
        pass

    async def later(self):
        "In time."

    alias = later


for thing in (plain, commented, waits, Derived, Derived(3), Derived.method, Derived(3).method, Derived.changing,
              Derived.make, len, lambda x, y: 1, "nothing.like.this"):
    help(thing)
    print("-" * 20)
