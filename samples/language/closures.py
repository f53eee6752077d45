"""A function keeps the variables it uses from around it, and shares them with its siblings."""


def account(balance):
    def deposit(amount):
        nonlocal balance
        balance += amount
        return balance

    def show():
        return f"balance {balance}"

    return deposit, show


deposit, show = account(100)
deposit(50)
print(show(), deposit(25), show())
other, show_other = account(0)
print(show_other(), show())

late = [lambda: n for n in range(3)]
early = [lambda n=n: n for n in range(3)]
print([f() for f in late], [f() for f in early])


def compose(*functions):
    def composed(value):
        for function in functions:
            value = function(value)
        return value

    return composed


print(compose(str, len, lambda n: n * 10)(12345))


def outer():
    def reads():
        return x

    try:
        reads()
    except NameError as error:
        print("NameError:", error)
    x = 1
    return reads()


print(outer(), deposit.__closure__[0].cell_contents, deposit.__code__.co_freevars)
