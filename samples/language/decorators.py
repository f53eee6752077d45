"""A decorator takes a function or class and gives back what stands in its place."""


def shout(function):
    def wrapper(*args):
        return function(*args).upper() + "!"

    return wrapper


def repeat(times):
    print("repeat is called with", times)

    def decorate(function):
        print("decorating", function.__name__)
        return lambda *args: " ".join(function(*args) for _ in range(times))

    return decorate


@repeat(2)
@shout
def greet(name):
    return f"hello {name}"


print(greet("ann"))


def register(kind, registry={}):
    registry[kind.__name__] = kind
    kind.registry = registry
    return kind


@register
class Apple:
    pass


@register
class Pear:
    pass


print(sorted(Pear.registry), Apple.registry is Pear.registry)


class Memo:
    def __init__(self, function):
        self.function = function
        self.known = {}

    def __call__(self, argument):
        if argument not in self.known:
            self.known[argument] = self.function(argument)
        return self.known[argument]


@Memo
def fibonacci(n):
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


print(fibonacci(90), len(fibonacci.known))
