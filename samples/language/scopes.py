"""Where a name is looked up: local, enclosing, global, builtin."""

x = "global"


def reads():
    return x


def shadows():
    x = "local"
    return x


def writes():
    global x, made
    x = "changed"
    made = "by a function"


def fails():
    try:
        print(x)
    except UnboundLocalError as error:
        print("UnboundLocalError:", error)
    x = 1
    del x
    try:
        x
    except UnboundLocalError as error:
        print("UnboundLocalError:", error)


print(reads(), shadows(), x)
writes()
print(x, made)
fails()


class Body:
    x = "class"
    y = x + "!"

    def method(self):
        return x


print(Body.y, Body().method())
len = lambda thing: "shadowed"
print(len([]))
del len
print(len([]))
try:
    del undefined
except NameError as error:
    print("NameError:", error)
print([x for x in range(3)], x, sorted(locals()) == sorted(globals()))
