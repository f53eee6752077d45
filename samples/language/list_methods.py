"""The methods of lists, slices included."""

numbers = [3, 1, 2]
numbers.append(5)
numbers.extend(range(2))
numbers.insert(1, 9)
numbers.insert(-100, "first")
print(numbers, len(numbers), numbers.index(2), numbers.count(1))
print(numbers.pop(), numbers.pop(0), numbers)
numbers.remove(9)
numbers.reverse()
print(numbers, numbers.copy() is numbers, [1, 2] + [3], [0] * 3, 3 in numbers)
numbers.sort()
print(numbers, sorted(numbers, reverse=True))
letters = list("abcdef")
print(letters[1:3], letters[:-2], letters[::2], letters[::-1], letters[4:1:-1], letters[10:])
letters[1:3] = ["X", "Y", "Z"]
letters[0:0] = ["start"]
letters[-1:] = []
print(letters)
letters[::2] = "1234"
del letters[1], letters[:1]
print(letters)
same = letters
same += ["!"]
same *= 2
print(letters, same is letters)
letters.clear()
print(letters, [1, 2] < [1, 2, 0], [1, [2]] == [1, [2]], [[]] * 2, bool([]))
nested = []
nested.append(nested)
print(nested)
one = [1]
for action in (lambda: [].pop(), lambda: one[1], lambda: one.remove(2), lambda: one.index(2), lambda: one["a"]):
    try:
        action()
    except (IndexError, ValueError, TypeError) as error:
        print(type(error).__name__ + ":", error)
try:
    letters[::2], numbers[::2] = [], [1, 2, 3, 4, 5]
except ValueError as error:
    print("ValueError:", error)
