"""A value returned on the way out is what `close` returns."""


def tally():
    total = 0
    try:
        while True:
            total += yield
    except GeneratorExit:
        return total


t = tally()
next(t)
t.send(3)
t.send(4)
print(t.close())
print(t.close())
