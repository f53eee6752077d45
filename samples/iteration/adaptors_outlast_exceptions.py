# What a function raises passes through `map`, `filter`, `zip` and `enumerate`, and does not end them.


def reciprocal(n):
    return 12 // n


def drain(iterator):
    items = []
    while True:
        try:
            items.append(next(iterator))
        except ZeroDivisionError:
            items.append("division by zero")
        except StopIteration:
            print(items)
            return


drain(map(reciprocal, [1, 0, 3]))
drain(filter(reciprocal, [1, 0, 3]))
drain(zip("ab", map(reciprocal, [0, 4, 2])))
drain(enumerate(map(reciprocal, [1, 0, 3]), 1))
