# A list that grew while its own items were still borrowed.
numbers = [1, 2, 3]
numbers.extend(numbers)
assert numbers == [1, 2, 3, 1, 2, 3]
