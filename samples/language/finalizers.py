"""`__del__` runs as soon as the last reference goes."""
# oracle: 3.13


class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("goodbye", self.name)


a = Noisy("a")
b = a
del a
print("still one reference")
b = None
print("none left")
Noisy("never kept")


def scope():
    local = Noisy("local")
    print("in scope")


scope()
items = [Noisy("first"), Noisy("second")]
items.pop(0)
print("popped")
items.clear()
print("cleared")
[Noisy("in expression").name, print("after the expression")]
x = Noisy("replaced")
x = Noisy("kept to the end")
print("end of the program")
