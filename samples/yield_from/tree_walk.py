"""A binary search tree walked in order by two `yield from`."""


class Node:
    def __init__(self, value):
        self.value = value
        self.left = self.right = None

    def insert(self, value):
        side = "left" if value < self.value else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Node(value))
        else:
            child.insert(value)

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.value
        if self.right:
            yield from self.right


root = Node(50)
for value in (30, 70, 20, 40, 60, 80, 35):
    root.insert(value)
print(*root)
