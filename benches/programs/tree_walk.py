"""A balanced tree walked in order by a recursive generator."""


class Tree:
    def __init__(self, left, value, right):
        self.left = left
        self.value = value
        self.right = right

    def walk(self):
        if self.left is not None:
            yield from self.left.walk()
        yield self.value
        if self.right is not None:
            yield from self.right.walk()


def build(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Tree(build(low, middle), middle, build(middle + 1, high))


def main():
    tree = build(0, 65_535)
    total = 0
    for turn in range(12):
        position = 0
        for value in tree.walk():
            total += value ^ position ^ turn
            position += 1
    print(total)


main()
