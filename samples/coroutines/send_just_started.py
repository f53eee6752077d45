"""A coroutine that has not started can only be sent None."""


async def quiet():
    return "over"


coroutine = quiet()
try:
    coroutine.send(1)
except TypeError as error:
    print("TypeError:", error)
try:
    coroutine.send(None)
except StopIteration as stop:
    print(stop.value)
try:
    coroutine.send(None)
except RuntimeError as error:
    print("RuntimeError:", error)
