# An event loop is told when an async generator is first iterated, and when one is dropped before its end.
import sys


async def numbers():
    yield 1
    yield 2


def first(agen):
    print("first iteration of", agen.__name__)


def last(agen):
    print("dropped", agen.__name__)
    try:
        agen.aclose().send(None)
    except StopIteration:
        print("closed")


sys.set_asyncgen_hooks(firstiter=first, finalizer=last)
print(sys.get_asyncgen_hooks() == (first, last))
agen = numbers()
for _ in range(2):
    try:
        agen.__anext__().send(None)
    except StopIteration as item:
        print(item.value)
del agen
sys.set_asyncgen_hooks(None, None)
