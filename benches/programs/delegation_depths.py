"""Nanoseconds of processor time for an item that comes up through 1 to 100,000 levels of delegation, the chain being there.

Run it by itself: it prints a table of `yield from` and `await`, and what a node of a tree costs that is walked by a
recursive generator, for chains and for balanced trees of growing size. CPython stops where its stack does.
"""

import sys
import time

DEPTHS = 1, 10, 100, 1_000, 10_000, 100_000


def source():
    while True:
        yield 1


def relay(inner):
    yield from inner


class Pauses:
    def __await__(self):
        while True:
            yield 1


async def waits(inner):
    await inner


def chain(make, end, depth):
    for _ in range(depth):
        end = make(end)
    return end


def per_item(resume, items):
    resume(None)
    start = time.process_time()
    for _ in range(items):
        resume(None)
    return (time.process_time() - start) / items * 1e9


class Tree:
    def __init__(self, left, value, right):
        self.left, self.value, self.right = left, value, right

    def walk(self):
        if self.left is not None:
            yield from self.left.walk()
        yield self.value
        if self.right is not None:
            yield from self.right.walk()


def balanced(low, high):
    if low >= high:
        return None
    middle = (low + high) // 2
    return Tree(balanced(low, middle), middle, balanced(middle + 1, high))


def leaning(size):
    tree = None
    for value in range(size):
        tree = Tree(tree, value, None)
    return tree


def per_node(tree, size):
    start = time.process_time()
    count = sum(1 for _ in tree.walk())
    assert count == size
    return (time.process_time() - start) / size * 1e9


def main(items):
    sys.setrecursionlimit(max(DEPTHS) + 1000)
    per_node(balanced(0, 100), 100)
    print("levels   yield from       await   balanced tree   leaning tree")
    for depth in DEPTHS:
        figures = [
            per_item(chain(relay, source(), depth).send, items),
            per_item(chain(waits, Pauses(), depth).send, items),
            per_node(balanced(0, depth), depth),
            per_node(leaning(depth), depth),
        ]
        print(f"{depth:6}" + "".join(f"{figure:{width}.1f}" for figure, width in zip(figures, (13, 12, 16, 15))), flush=True)


main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000)
