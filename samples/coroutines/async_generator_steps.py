# `asend`, `athrow` and `aclose` give objects with a state of their own: each is one step, to be awaited once.
import types


@types.coroutine
def pause(value):
    return (yield value)


async def numbers():
    try:
        for n in range(3):
            try:
                got = yield n
                print("got", got, await pause("paused"))
            except KeyError as error:
                print("caught", repr(error))
    finally:
        print("finally")


def show(label, action):
    try:
        print(label, action())
    except BaseException as error:
        print(label, "raised", repr(error))


agen = numbers()
first = agen.__anext__()
print(type(first).__name__, first is first.__await__())
show("first", lambda: first.send(None))
show("first again", lambda: first.send(None))
second = agen.asend("sent")
show("second", lambda: second.send(None))
print("running:", agen.ag_running)
show("another meanwhile", lambda: agen.asend(None).send(None))
show("second goes on", lambda: second.send("resumed"))
print("running:", agen.ag_running)
show("athrow", lambda: agen.athrow(KeyError("thrown")).send(None))
close = agen.aclose()
print(type(close).__name__)
show("value for a new aclose", lambda: close.send(1))
show("aclose", lambda: close.send(None))
show("after the end", lambda: agen.__anext__().send(None))
show("aclose after the end", lambda: agen.aclose().send(None))
