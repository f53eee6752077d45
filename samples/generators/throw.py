"""`throw` raises an exception at the yield where the generator waits; what it yields next is the answer."""
# trace


def sturdy():
    try:
        yield "working"
    except ValueError as error:
        yield f"survived {error}"


worker = sturdy()
print(next(worker))
print(worker.throw(ValueError("a stone")))
