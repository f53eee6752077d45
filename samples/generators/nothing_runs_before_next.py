"""Calling a generator function runs none of its body; the first `next` does."""
# trace


def greeter():
    print("the body starts")
    yield "hello"


waiting = greeter()
print("called")
print(next(waiting))
