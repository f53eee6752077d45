"""An object is iterable when its `__iter__` returns an iterator; each `for` asks for a new one."""


class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        print("__iter__ is called")
        return iter(range(self.start, 0, -1))


launch = Countdown(3)
for number in launch:
    print(number)
print(list(launch))
