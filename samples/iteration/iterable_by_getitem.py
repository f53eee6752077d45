"""An object with `__getitem__` alone is iterable too: 0, 1, 2, ... until IndexError."""


class Shelf:
    books = ["Emma", "Ulysses"]

    def __getitem__(self, index):
        print("asked for", index)
        return self.books[index]


for title in Shelf():
    print(title)
print("Emma" in Shelf())
print(hasattr(Shelf(), "__iter__"), type(iter(Shelf())).__name__)
