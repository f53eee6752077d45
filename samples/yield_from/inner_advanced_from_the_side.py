"""Someone else may move the inner generator on while the outer one delegates to it."""


def inner():
    received = yield "one"
    while received != "stop":
        received = yield f"got {received}"
    return "stopped"


def outer(part):
    result = yield from part
    yield f"outer saw {result}"


part = inner()
g = outer(part)
print(next(g))
print(part.send("from the side"))
print(g.send("from above"))
part.close()
print(next(g))
print(list(g))
