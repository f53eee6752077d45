"""`await` asks for `__await__`, which gives an iterator; the iterator's return value is the value of the await."""


class Ready:
    def __init__(self, value):
        self.value = value

    def __await__(self):
        print("__await__ is called")
        return self.value
        yield


class Countdown:
    def __init__(self, start):
        self.left = start

    def __await__(self):
        return self

    def __next__(self):
        if self.left == 0:
            raise StopIteration("lift-off")
        self.left -= 1
        return self.left + 1

    def __iter__(self):
        return self


async def main():
    print(await Ready(5))
    print(await Countdown(3))


coroutine = main()
try:
    while True:
        print("suspended with", coroutine.send(None))
except StopIteration:
    print("done")
