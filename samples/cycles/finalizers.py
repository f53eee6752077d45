# PEP 442: finalisers of a cycle run once each, while all of it is whole; then it is looked at again; then it is cleared.
import gc
import weakref

gc.collect()
saved = []


class Node:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name, 'sees', self.other.name)


def ring(*names, kind=Node):
    nodes = [kind(name) for name in names]
    for node, other in zip(nodes, nodes[1:] + nodes[:1]):
        node.other = other
    return nodes[0]


print('-- in the order of creation')
node = ring('a', 'b', 'c')
del node
print('collected', gc.collect() >= 3)
print('collected', gc.collect())

print('-- one comes back, and with it what it refers to')


class Phoenix(Node):
    def __del__(self):
        super().__del__()
        if self.name == 'x':
            saved.append(self)


node = ring('x', 'y', kind=Phoenix)
del node
print('collected', gc.collect())
print(saved[0].name, saved[0].other.name, saved[0].other.other.name)
print(gc.is_finalized(saved[0]), gc.is_finalized(saved[0].other), gc.is_finalized(Node))
del saved[:]
print('no second time', gc.collect() >= 2)

print('-- generators')


def careful(name):
    me = yield
    try:
        yield
    finally:
        print('finally of', name, me is not None)


def suspended(name):
    generator = careful(name)
    next(generator)
    generator.send(generator)


suspended('first')
suspended('second')
gc.collect()
gc.collect()

print('-- weak references are empty before finalisers run')


class Watched:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print('del', self.name, [weak() for weak in watchers])


def called(weak):
    print('called', watchers.index(weak), weak())


one, two = Watched('one'), Watched('two')
one.other, two.other = two, one
one.own = weakref.ref(two, lambda weak: print('garbage is not called'))
watchers = [weakref.ref(one, called), weakref.ref(two, called), weakref.ref(one, called), weakref.ref(two)]
del one, two
print('collected', gc.collect() >= 2)

print('-- what a finaliser makes lives on')


class Maker:
    def __del__(self):
        self.made = Maker.Made()
        saved.append([self.made])

    class Made:
        pass


maker = Maker()
maker.me = maker
del maker
gc.collect()
print(type(saved.pop()[0]).__name__)

print('-- a finaliser that collects, and one that fails')


class Collects:
    def __del__(self):
        print('nested', gc.collect())


thing = Collects()
thing.me = thing
del thing
print('collected', gc.collect())
