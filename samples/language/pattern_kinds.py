"""What counts as a sequence or a mapping in a pattern: the nearest ancestor that is one of the two decides."""

from collections import OrderedDict, UserDict, UserList, deque
from collections.abc import Mapping, MutableSequence, Sequence


def kind(subject):
    match subject:
        case [*_]:
            return "sequence"
        case {}:
            return "mapping"
        case _:
            return "neither"


class Numbers(Sequence):
    def __len__(self): return 3

    def __getitem__(self, index): return index * 10 if 0 <= index < 3 else [].pop()


match Numbers():
    case [first, *_, last]:
        print(first, last)

print(kind(UserList()), kind(UserDict()), kind(deque()), kind(OrderedDict()), kind(range(0)), kind("ab"), kind({1}))


class ListFirst(UserList, Mapping): ...
class DictFirst(UserDict, Sequence): ...
class DictThenList(dict, MutableSequence): insert = None


print(kind(ListFirst()), kind(DictFirst()), kind(DictThenList()))


class Plain: ...
class Below(Plain): ...


print(kind(Plain()), kind(Below()))
Sequence.register(Plain)
print(kind(Plain()), kind(Below()))


@Mapping.register
class Late:
    keys = lambda self: []


print(kind(Late()))
