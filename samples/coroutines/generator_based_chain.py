"""The older style: coroutines made of `yield from` alone, driven the same way."""

import types


@types.coroutine
def fetch(name):
    print("asking for", name)
    reply = yield name
    return f"{name}={reply}"


@types.coroutine
def old_style():
    first = yield from fetch("a")
    second = yield from fetch("b")
    return first, second


async def new_style():
    return await fetch("a"), await old_style()


for style in (old_style, new_style):
    coroutine = style()
    sent = None
    try:
        while True:
            sent = coroutine.send(sent).upper()
    except StopIteration as stop:
        print(style.__name__, type(coroutine).__name__, stop.value)
