"""Trees made and dropped: allocation, tuples, instances, recursion."""


class Node:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right

    def count(self):
        if self.left is None:
            return 1
        return 1 + self.left.count() + self.right.count()


def tree(depth):
    if depth == 0:
        return Node(None, None)
    return Node(tree(depth - 1), tree(depth - 1))


def pairs(depth):
    if depth == 0:
        return (None, None)
    return (pairs(depth - 1), pairs(depth - 1))


def count(pair):
    left, right = pair
    if left is None:
        return 1
    return 1 + count(left) + count(right)


def main():
    total = 0
    for _ in range(60):
        total += tree(12).count()
        total += count(pairs(12))
    print(total)


main()
