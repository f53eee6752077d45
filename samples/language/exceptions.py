"""try, except, else, finally, and what a `return` in each of them does."""


def attempt(divisor):
    try:
        print("try", divisor)
        result = 10 / divisor
    except ZeroDivisionError as error:
        print("except:", error)
        return "from except"
    except (TypeError, ValueError):
        print("another kind")
        raise
    else:
        print("else")
        return result
    finally:
        print("finally")


print(attempt(4))
print(attempt(0))
try:
    attempt("x")
except TypeError as error:
    print("outside:", error)


def loop():
    for number in range(5):
        try:
            if number == 1:
                continue
            if number == 3:
                break
            print("body", number)
        finally:
            print("cleanup", number)


loop()
try:
    error
except NameError:
    print("the name of an exception is gone after its block")
try:
    try:
        raise KeyError("k")
    except KeyError:
        raise
except LookupError as caught:
    print(repr(caught), caught.args, str(caught), isinstance(caught, Exception))
print(repr(ValueError()), repr(ValueError(1, "two")), str(ValueError(1, "two")), str(ValueError()), repr(OSError("gone")))


class Refused(Exception):
    def __init__(self, who, why):
        super().__init__(who, why)
        self.why = why

    def __str__(self):
        return f"{self.args[0]} was refused: {self.why}"


try:
    raise Refused("Bob", "no ticket")
except Exception as error:
    print(error, "|", repr(error), "|", error.why)
for wrong in (5, "text", None, int):
    try:
        raise wrong
    except TypeError as error:
        print("TypeError:", error)
try:
    try:
        1 / 0
    except "not a class":
        pass
except TypeError as error:
    print("TypeError:", error)
