"""What cannot be awaited: numbers, lists, plain generators; and a coroutine cannot be iterated."""


class Wrong:
    def __await__(self):
        return [1]


def plain():
    yield 1


async def wait_for(thing):
    await thing


for thing in (5, [], plain(), Wrong()):
    try:
        wait_for(thing).send(None)
    except TypeError as error:
        print("TypeError:", error)

coroutine = wait_for(None)
for action in (iter, next, list):
    try:
        action(coroutine)
    except TypeError as error:
        print("TypeError:", error)
coroutine.close()
