"""An iterator has `__next__` and returns itself from `__iter__`, so it fits wherever an iterable does."""


class Squares:
    def __init__(self, stop):
        self.position = 0
        self.stop = stop

    def __iter__(self):
        return self

    def __next__(self):
        if self.position == self.stop:
            raise StopIteration
        self.position += 1
        return self.position**2


squares = Squares(4)
print(iter(squares) is squares)
print(next(squares), next(squares))
for square in squares:
    print("left:", square)
print("nothing left:", list(squares))
