"""How objects say they are made again: `__reduce_ex__`, `__getnewargs__`, `__getstate__`, `copyreg`, and copies by them."""

import copy
import copyreg


class Plain:
    def __init__(self): self.x = [1]


class Slots:
    __slots__ = ("a", "b")


class Numbers(list): ...
class Table(dict): ...
class Text(str): ...
class Pair(tuple): ...


class ByName:
    def __new__(cls, *, size):
        made = object.__new__(cls)
        made.size = size
        return made

    def __getnewargs_ex__(self): return (), {"size": self.size}


class Stateful:
    def __getstate__(self): return {"kept": 1}

    def __setstate__(self, state): self.state = state


def shown(reduction):
    if isinstance(reduction, str):
        return reduction
    return tuple(part.__name__ if callable(part) else list(part) if hasattr(part, "__next__") else part for part in reduction)


slots = Slots()
slots.b = 2
for thing in (Plain(), slots, Numbers([1]), Table(a=1), Text("t"), Pair((1, 2)), ByName(size=3), Stateful(), ValueError(1)):
    print(shown(thing.__reduce_ex__(4)))
    print(type(copy.copy(thing)).__name__, type(copy.deepcopy(thing)).__name__)
print(shown(Plain().__reduce_ex__(0)), shown(Text("t").__reduce__()))
print(copy.copy(ByName(size=3)).size, copy.copy(Stateful()).state, copy.deepcopy(Numbers([[1]])), copy.copy(slots).b)

shared = [1]
twice = copy.deepcopy(Table(a=shared, b=shared))
print(twice["a"] is twice["b"], twice["a"] is shared)
loop = Plain()
loop.me = (loop,)
print(copy.deepcopy(loop).me[0] is loop, (again := copy.deepcopy(loop)).me[0] is again)


class Registered:
    def __init__(self, value): self.value = value


copyreg.pickle(Registered, lambda thing: (Registered, (thing.value + "!",)))
print(copy.copy(Registered("a")).value, copy.deepcopy(Registered("b")).value)


class Same:
    def __reduce_ex__(self, protocol): return "Same"


same = Same()
print(copy.copy(same) is same, copy.deepcopy(same) is same)


class Wrong:
    def __getnewargs__(self): return 1


class WrongToo:
    def __getnewargs_ex__(self): return 1, 2


for call in (
    lambda: copy.copy(Wrong()), lambda: copy.copy(WrongToo()), lambda: copy.copy(staticmethod(len)),
    lambda: slots.__reduce_ex__(1), lambda: copyreg.pickle(int, 1), lambda: copyreg.constructor(1), lambda: copy.copy(copy),
):
    try:
        print(call())
    except TypeError as error:
        print(error)
