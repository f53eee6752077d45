"""A suspended generator that nobody holds any more is closed at once."""
# trace


def holder():
    try:
        yield "holding"
    finally:
        print("let go")


h = holder()
print(next(h))
h = None
print("after the drop")
