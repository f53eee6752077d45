"""Two outer generators that delegate to one inner generator take turns with its items."""


def numbers():
    for number in range(6):
        yield number
    return "used up"


def relay(name, source):
    result = yield from source
    print(name, "got", result)


shared = numbers()
a = relay("a", shared)
b = relay("b", shared)
print(next(a), next(b), next(a), next(shared), next(b), next(a))
print(list(b), list(a))
