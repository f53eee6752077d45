"""A `for` loop, written out: the same steps by hand."""


def by_hand(iterable):
    iterator = iter(iterable)
    while True:
        try:
            item = next(iterator)
        except StopIteration:
            break
        print("by hand:", item)
    else:
        print("never here: break leaves past the else")


by_hand([1, 2])
for item in [1, 2]:
    print("by for:", item)
else:
    print("the loop ran to its end")
for item in [1, 2]:
    break
else:
    print("not printed after break")
