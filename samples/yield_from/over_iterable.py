"""`yield from` works on whatever has `__iter__` or `__getitem__`."""


class Deck:
    def __iter__(self):
        return iter(["ace", "king"])


class Digits:
    def __getitem__(self, index):
        if index > 2:
            raise IndexError
        return index


class Once:
    done = False

    def __iter__(self):
        return self

    def __next__(self):
        if self.done:
            raise StopIteration("the value of yield from")
        self.done = True
        return "once"


def everything():
    yield from Deck()
    yield from Digits()
    result = yield from Once()
    yield result


print(list(everything()))
