"""Builtins and local variables are suggested, too; a name like no other is not."""


def shout(message):
    try:
        return xyzzy
    except NameError:
        return pritn(mesage)


shout("hello")
