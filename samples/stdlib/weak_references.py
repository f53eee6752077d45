"""A weak reference does not keep its object alive, and says when it is gone."""
import weakref


class Node:
    def __init__(self, name):
        self.name = name

    def greet(self):
        return self.name


node = Node("a")
plain = weakref.ref(node)
told = weakref.ref(node, lambda gone: print("gone:", gone() is None))
print(plain() is node, plain is weakref.ref(node), weakref.getweakrefcount(node), node.__weakref__ is plain)
method = weakref.WeakMethod(node.greet)
proxy = weakref.proxy(node)
print(method()(), proxy.name, isinstance(proxy, Node))
weakref.finalize(node, print, "finalized")
del node
print(plain(), method())
try:
    proxy.name
except ReferenceError as error:
    print(error)
for value in (1, "text", (), [], object()):
    try:
        weakref.ref(value)
    except TypeError as error:
        print(error)
