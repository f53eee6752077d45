"""What is sent to the outer generator arrives in the inner one."""
# trace


def inner():
    first = yield "give me one"
    second = yield "and another"
    return first + second


def outer():
    total = yield from inner()
    yield f"together {total}"


g = outer()
print(next(g), g.send(3), g.send(4), sep="; ")
