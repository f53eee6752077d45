"""`iter` gets an iterator, `next` moves it on, StopIteration says that it is over."""
# trace

letters = iter("ab")
print(next(letters))
print(next(letters))
try:
    next(letters)
except StopIteration as end:
    print("over:", repr(end))
print(next(letters, "a default instead"))
