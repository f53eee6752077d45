"""send, throw and close find methods of those names on any inner iterator."""


class Box:
    def __iter__(self):
        return self

    def __next__(self):
        return "next"

    def send(self, value):
        return f"sent {value}"

    def throw(self, error):
        return f"thrown {error!r}"

    def close(self):
        print("box closed")


def outer():
    yield from Box()


g = outer()
print(next(g), g.send(5), g.throw(ValueError("x")), next(g), sep=", ")
g.close()
