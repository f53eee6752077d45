"""Two iterators over one list know nothing of each other; one iterator under two names is one position."""

colours = ["red", "green", "blue"]
first = iter(colours)
second = iter(colours)
print(next(first), next(first), next(second))
same = first
print(next(same), list(first), list(second))
