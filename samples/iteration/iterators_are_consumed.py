"""`in`, unpacking and `zip` take items from an iterator, and what they took is gone."""

numbers = iter(range(10))
print(3 in numbers, next(numbers))
first, second, *rest = numbers
print(first, second, rest)
numbers = iter(range(5))
print(list(zip(numbers, numbers)), list(numbers))
