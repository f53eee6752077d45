"""A generator expression is a generator without a name for its function."""
# trace

squares = (n * n for n in range(3))
print(next(squares))
print(list(squares))
