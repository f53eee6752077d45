"""Exceptions raised and caught, in the same function and one call away."""


def refuse(number):
    raise ValueError(number)


def main():
    caught = 0
    for number in range(1_200_000):
        try:
            raise KeyError
        except KeyError:
            caught += 1
    for number in range(700_000):
        try:
            refuse(number)
        except ValueError as error:
            caught += error.args[0] & 1
    print(caught)


main()
