"""What decides how an object becomes bytes, a float or a truth; plain objects that take no attributes."""

import copy


class Text(str):
    def __bytes__(self):
        return b"text"

    def __float__(self):
        return 9.5


class Data(bytes):
    def __bytes__(self):
        return b"data"


class Refusing:
    __bytes__ = None

    def __index__(self):
        return 3


class Silent:
    __len__ = None


class Buffer(bytearray):
    pass


def complaint(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error, sep=": ")


complaint(bytes, Text("8"))
complaint(float, Text("8"))
complaint(bytes, Data(b"8"))
complaint(Data, Data(b"8"))
complaint(bytes, Refusing())
complaint(bytearray, Refusing())
complaint(bool, Silent())
complaint(b"abc".hex, None)
complaint(setattr, object(), "name", 1)
complaint(lambda: object().__dict__)

buffer = Buffer(b"ab")
buffer.name = "b"
for other in copy.copy(buffer), copy.deepcopy(buffer):
    print(type(other).__name__, other, other.name)
print(bytearray(b"a\xff").__reduce__(), bytearray(b"a\xff").__reduce_ex__(4))
