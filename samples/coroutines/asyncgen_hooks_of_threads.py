# oracle: 3.13
"""Each thread has hooks for async generators of its own; the one that began a generator is remembered by that."""
import sys
import threading


async def numbers(name):
    try:
        yield name
    finally:
        print("finally", name)


def begin(name):
    made = numbers(name)
    try:
        made.__anext__().send(None)
    except StopIteration as item:
        print("item", item.value)
    return made


def hook(name):
    return lambda generator: print(name, generator.__name__, threading.current_thread().name)


def work():
    print(tuple(sys.get_asyncgen_hooks()))
    sys.set_asyncgen_hooks(hook("thread begins"), hook("thread drops"))
    shared.append(begin("in a thread"))
    begin("dropped in a thread")


shared = []
sys.set_asyncgen_hooks(hook("main begins"), hook("main drops"))
mine = [begin("in the main thread")]
thread = threading.Thread(target=work, name="worker")
thread.start()
thread.join()
shared.clear()
thread = threading.Thread(target=mine.clear, name="clearing")
thread.start()
thread.join()
begin("at last")
sys.set_asyncgen_hooks(None, None)
