# What goes into the brackets of generic names, and what comes out: parameters, defaults, `ParamSpec`, `TypeVarTuple`,
# forms that are refused, what cannot be derived from, and what the aliases say of themselves.
import collections.abc
import copy
import pickle
import types
import typing
from typing import *


def told(text):
    try:
        print(text, "->", eval(text))
    except Exception as error:
        print(text, "->", type(error).__name__, error)


T = TypeVar("T")
U = TypeVar("U")
D = TypeVar("D", default=str)
P = ParamSpec("P")
Ts = TypeVarTuple("Ts")


class A(Generic[T, U, D]): ...
class B(Generic[T]):
    __magic__ = usual = 1
class C(Generic[T, P]): ...
class Z(Generic[P]): ...
class V(Generic[T, *Ts]): ...


for line in """
A[int]
A[int, str]
A[int, str, int, int]
B[int, str]
B[()]
T.__typing_prepare_subst__(A, ())
D.__typing_prepare_subst__(A, (int, str))
list[T][()]
list[T][int, str]
Dict[T, U][int]
C[int]
C[int, [str, int]].__args__
Z[int, str].__args__
Z[[int, str]].__args__
Z[P][int, str]
V[()]
V[int, str, *tuple[int, ...]]
V[T, *Ts][int, str]
Generic[D, T]
Generic[*Ts, D]
Generic[Ts]
Callable[*Ts, T].__args__
Callable[P, T][[int], str]
Callable[P, T][int, str]
Callable[Concatenate[int, P], T][[str], int]
Callable[Concatenate[int, P], T][Concatenate[str, P], int]
collections.abc.Callable[Concatenate[int, P], T][[str], int]
Concatenate[int, P][[str, float]]
Concatenate[int, ...][[str]]
Callable["P", int]
Callable[[int]]
P.__typing_subst__(42)
P.__typing_subst__([int, None])
Ts.__typing_subst__(int)
T.__typing_subst__(*Ts)
T.__typing_subst__(Final[int])
T.__typing_subst__(Generic[T])
T.__typing_subst__(ClassVar)
T.__typing_subst__(())
List[Union]
Union[ClassVar[int]]
Optional[int, str]
Optional[Final]
ClassVar[Final[int]]
Required[Final[int]]
Annotated[Final[int], 1]
Annotated[*Ts, 1]
Annotated[list[T], 1][int]
Literal[int]
Literal[[], []].__args__
Literal[1, 1, True, 1.0].__args__
Unpack[Ts][int]
Tuple[*Ts][int, str]
tuple[*tuple[int, str]].__args__
Tuple[int, ...]
List[()]
Generator[int].__args__
Generator[int, str, int, int]
ContextManager[int].__args__
Hashable[int]
List[T][int][str]
issubclass(List, list)
issubclass(list[int], list)
issubclass(Tuple, Tuple)
issubclass(List, Union[List, Tuple])
iter(List)
iter(Callable[[T], str])
list(List[int])
type("X", (type(Self),), {})
types.new_class("X", (ClassVar[int],))
types.new_class("X", (type(List[int]),))
types.new_class("X", (NewType("N", int),))
types.new_class("X", (Annotated[int, 1],)).__mro__
types.new_class("X", (List[int],)).__mro__
Literal[1]()
List[int].__name__, List[int].__module__, Optional[int].__name__, Annotated[int, 1].__qualname__
Optional[int] is Optional[int], List[int] is List[int], Literal[1] is Literal[True]
get_type_hints(object.__str__)
get_type_hints(1)
[name for name in dir(B[int]) if name in ("__magic__", "usual")]
copy.copy(list[int]), copy.deepcopy(int | str), copy.copy(Callable[[int], str])
pickle.loads(pickle.dumps(Callable[[int], str])) is Callable[[int], str]
pickle.loads(pickle.dumps(List[int])) is List[int]
pickle.loads(pickle.dumps(Annotated[int, 1])), pickle.loads(pickle.dumps(Unpack[tuple[int]]))
""".strip().split("\n"):
    told(line)


class Base(typing.Sequence[T]): ...
class Derived(List[T], Base[T]): ...


print(Derived.__bases__, Derived.__parameters__)

Loop = Union["Loop", int]


class Holder:
    loop: "Type[Loop]"
    one: "ClassVar[int]"


print(get_type_hints(Holder))


class Movie(TypedDict):
    title: str
    year: ReadOnly[int]


class Later(Movie):
    year: int


print(sorted(Later.__readonly_keys__), sorted(Later.__mutable_keys__))
try:
    class Wrong(Movie):
        title: ReadOnly[str]
except TypeError as error:
    print(error)


class Namer:
    def __set_name__(self, owner, name):
        print("named", owner.__qualname__, name)
        if name == "bad":
            raise ValueError("no")


def named():
    class Entry(NamedTuple):
        value: object = Namer()
        other = Namer()
    print(Entry.__qualname__, Entry._fields)
    class Refused(NamedTuple):
        bad = Namer()


try:
    named()
except ValueError as error:
    print(error, error.__notes__)
