"""Operations that change nothing give the object itself."""


def concatenated():
    text = "abc"
    same = text
    same += ""
    return same is text, ("" + text) is text


print(*concatenated())
data, large = bytes(b"some bytes"), 10**30
print(data.strip() is data, data.removeprefix(b"x") is data, data.split(b"x")[0] is data, data.partition(b"x")[0] is data)
print(+large is large, int(large) is large, large.real is large, large.__index__() is large, +True)


class Set(set):
    def __init__(self, members=(), tag="tag"):
        super().__init__(members)
        self.tag = tag


print(Set([1], 2).__reduce__()[1:])


class Bare:
    pass


Bare.__annotations__
print(dir(Bare())[:3])
