"""A `with` inside a generator stays open while the generator is suspended."""


class Door:
    def __enter__(self):
        print("door opens")
        return self

    def __exit__(self, kind, error, traceback):
        print("door closes", kind.__name__ if kind else None)


def visit():
    with Door():
        yield "first room"
        yield "second room"


for room in visit():
    print(room)
guest = visit()
print(next(guest))
guest.close()
guest = visit()
next(guest)
try:
    guest.throw(OSError("fire"))
except OSError as error:
    print("outside:", error)
