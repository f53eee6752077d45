"""The carets of a call that does not fit."""


def area(width, height, *, unit):
    return width * height


print("starting")
print(area(3, area(1, 2, 3, unit="m"), unit="m"))
