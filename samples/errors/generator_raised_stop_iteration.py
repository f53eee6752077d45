"""StopIteration inside a generator becomes RuntimeError, and shows where it came from."""


def first_of(iterators):
    for iterator in iterators:
        yield next(iterator)


print(list(first_of([iter("ab"), iter("")])))
