"""An exception in `__exit__` replaces the one in the body, which becomes its context."""


class Leaky:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        raise OSError("could not close")


with Leaky() as leaky:
    raise ValueError("in the body")
