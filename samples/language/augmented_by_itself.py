"""What stands on both sides of an augmented assignment is read before it is changed."""


def doubled(value):
    value += value
    value += value
    return value


def grown_in_place():
    text = "a" + str(1)
    text += text
    items = [1]
    items += items
    return text, items


print(doubled("ab"), doubled([1]), doubled((2,)), doubled(3), grown_in_place())
