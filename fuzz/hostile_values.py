# Values that a careless native trips over. `H` has them all; this text is the head of every program of `calls`.
import sys

sys.setrecursionlimit(400)


class Wild(Exception):
    pass


turn = 0
victims = []


def whim(default):
    """What a special method does this time: a wrong answer, an exception, damage to a container, or the right thing."""
    global turn
    turn = (turn * 1103515245 + 12345) % 2147483648
    choice = turn >> 12 & 15
    if choice == 0:
        raise Wild
    if choice == 1:
        return None
    if choice == 2:
        return "text"
    if choice == 3:
        return -1
    if choice == 4:
        return 10**30
    if choice == 5:
        for victim in victims:
            victim.clear()
    if choice == 6:
        for victim in victims:
            if type(victim) is dict:
                victim[turn] = turn
            elif type(victim) is set:
                victim.add(turn)
            elif len(victim) < 1000:
                victim.append(turn)
    if choice == 7:
        return Odd()
    if choice == 8:
        return NotImplemented
    if choice == 9:
        raise StopIteration(turn)
    if choice == 10:
        return (i for i in (1, 2))
    return default


class Odd:
    def __init__(self, *args, **keywords): self.x = 1
    def __repr__(self): return whim("odd")
    def __str__(self): return whim("odd")
    def __format__(self, spec): return whim("odd")
    def __bytes__(self): return whim(b"odd")
    def __eq__(self, other): return whim(True)
    def __ne__(self, other): return whim(False)
    def __lt__(self, other): return whim(True)
    def __le__(self, other): return whim(True)
    def __gt__(self, other): return whim(True)
    def __ge__(self, other): return whim(False)
    def __hash__(self): return whim(1)
    def __bool__(self): return whim(True)
    def __len__(self): return whim(3)
    def __length_hint__(self): return whim(3)
    def __iter__(self): return whim(iter([1, 2, 3]))
    def __next__(self): return whim(5)
    def __reversed__(self): return whim(iter([3]))
    def __contains__(self, item): return whim(True)
    def __getitem__(self, key):
        if isinstance(key, int) and key > 4:
            raise IndexError
        return whim(key)
    def __setitem__(self, key, value): whim(None)
    def __delitem__(self, key): whim(None)
    def __missing__(self, key): return whim(None)
    def __index__(self): return whim(2)
    def __int__(self): return whim(2)
    def __float__(self): return whim(2.5)
    def __complex__(self): return whim(2j)
    def __round__(self, *n): return whim(2)
    def __trunc__(self): return whim(2)
    def __floor__(self): return whim(2)
    def __ceil__(self): return whim(2)
    def __abs__(self): return whim(2)
    def __neg__(self): return whim(-2)
    def __pos__(self): return whim(2)
    def __invert__(self): return whim(-3)
    def __add__(self, other): return whim(self)
    def __radd__(self, other): return whim(self)
    def __iadd__(self, other): return whim(self)
    def __sub__(self, other): return whim(self)
    def __rsub__(self, other): return whim(self)
    def __mul__(self, other): return whim(self)
    def __rmul__(self, other): return whim(self)
    def __imul__(self, other): return whim(self)
    def __truediv__(self, other): return whim(self)
    def __rtruediv__(self, other): return whim(self)
    def __floordiv__(self, other): return whim(self)
    def __mod__(self, other): return whim(self)
    def __rmod__(self, other): return whim(self)
    def __divmod__(self, other): return whim((1, 2))
    def __pow__(self, *others): return whim(self)
    def __rpow__(self, *others): return whim(self)
    def __lshift__(self, other): return whim(self)
    def __and__(self, other): return whim(self)
    def __or__(self, other): return whim(self)
    def __ror__(self, other): return whim(self)
    def __matmul__(self, other): return whim(self)
    def __call__(self, *args, **keywords): return whim(self)
    def __enter__(self): return whim(self)
    def __exit__(self, *args): return whim(True)
    def __await__(self): return whim(iter([1]))
    def __aiter__(self): return whim(self)
    def __anext__(self): return whim(self)
    def __aenter__(self): return whim(self)
    def __aexit__(self, *args): return whim(self)
    def __getattr__(self, name): return whim(self)
    def __get__(self, instance, owner): return whim(self)
    def __set__(self, instance, value): whim(None)
    def __delete__(self, instance): whim(None)
    def __set_name__(self, owner, name): whim(None)
    def __instancecheck__(self, instance): return whim(True)
    def __subclasscheck__(self, cls): return whim(True)
    def __mro_entries__(self, bases): return whim(())
    def __class_getitem__(cls, key): return whim(cls)
    def __dir__(self): return whim(["x"])
    def __sizeof__(self): return whim(8)
    def __reduce_ex__(self, protocol): return whim((list, ()))
    def __copy__(self): return whim(self)
    def __deepcopy__(self, memo): return whim(self)
    def __fspath__(self): return whim("x")
    def __del__(self):
        whim(None)
        victims.append({self.x: self})
        del victims[20:]
    def keys(self): return whim(["a", "b"])
    def send(self, value): return whim(1)
    def throw(self, *args): return whim(1)
    def close(self): return whim(1)


class OddMeta(type):
    def __instancecheck__(cls, instance): return whim(True)
    def __subclasscheck__(cls, other): return whim(True)
    def __call__(cls, *args, **keywords): return whim(super().__call__(*args, **keywords))
    def __getattribute__(cls, name): return whim(super().__getattribute__(name))
    def __eq__(cls, other): return whim(True)
    def __hash__(cls): return whim(2)
    def __iter__(cls): return whim(iter([1]))
    def __prepare__(name, bases, **keywords): return whim({})
    def mro(cls): return whim(super().mro())


class OddGetattribute:
    def __getattribute__(self, name): return whim(self)


class Slots:
    __slots__ = ("a", "b")


def generator():
    try:
        x = yield 1
        yield from [x, 2]
        yield whim(3)
    finally:
        whim(None)


async def coroutine():
    try:
        return await Odd()
    finally:
        whim(None)


async def async_generator():
    try:
        yield 1
        yield await Odd()
    finally:
        whim(None)


def delegator():
    yield from running


def half_made(cls):
    try:
        return cls.__new__(cls)
    except BaseException:
        return None


def subclass_of(cls):
    try:
        class Sub(cls):
            pass
        return Sub
    except BaseException:
        return None


looped_list = [1]
looped_list.append(looped_list)
looped_dict = {1: 2}
looped_dict[3] = looped_dict
looped_tuple = ([],)
looped_tuple[0].append(looped_tuple)
looped_error = ValueError("e")
looped_error.args = (looped_error,)
running = delegator()
deep = []
for _ in range(5000):
    deep = [deep]
deep_tuple = ()
for _ in range(5000):
    deep_tuple = (deep_tuple,)
odd_class = None
try:
    odd_class = OddMeta("odd_class", (), {})
except BaseException:
    pass
victims.extend([[3, 1, 2], {1: 2, "a": Odd()}, {1, 2, "x"}, bytearray(b"abc")])

H = [
    None, True, 0, 1, -1, 2, 3, 255, 256, 1114112, 55296, 2**31, -2**31, 2**32, 2**61, 2**62, -2**62, 2**63 - 1, 2**63,
    -2**63, 2**64, 10**30, -10**30, 0.0, -0.0, 1.5, float("nan"), float("inf"), -float("inf"), 1e308, 5e-324, 1j,
    complex("nan"), "", "a", "abc", "\ud800", "\U0001f600", "a\0b", "%s%d%(a)s", "{}{0.x[1]}{a!r:>{b}}", "a" * 1000,
    "%999999999d", "{:999999999}", "١٢", "ǆ", b"", b"abc", b"\xff\x00", bytearray(b"xyz"), (), (1, 2), [], [1, 2, 3],
    [3, "a", None], {}, {"a": 1}, set(), {1, 2}, frozenset([1]), range(0), range(10), range(-2**70, 2**70, 2**60),
    slice(None), slice(1, None, -1), slice(2**70, -2**70, 3), slice("a"), int, str, list, dict, type, object, Exception,
    BaseException, ExceptionGroup, ValueError("x"), ExceptionGroup("g", [ValueError(1), KeyError(2)]), looped_list,
    looped_dict, looped_tuple, looped_error, deep, deep_tuple, Odd, odd_class, OddMeta, OddGetattribute(), Slots, Slots(),
    generator, generator(), coroutine, async_generator, async_generator(), running, whim, len, [].append, "".join,
    lambda *a, **k: whim(1), property(whim), staticmethod(whim), classmethod(whim), super, NotImplemented, Ellipsis,
    iter([1, 2]), iter(range(3)), map(whim, [1]), zip([1], [2]), enumerate([1]), reversed([1]), {}.keys(), {1: 2}.items(),
    type("T", (int,), {})(5), type("T", (str,), {})("s"), type("T", (list,), {})([1]), type("T", (dict,), {})({1: 1}),
    type("T", (tuple,), {})((1,)), type("T", (float,), {})(1.0), memoryview if "memoryview" in dir(__builtins__) else 0,
    int.__add__, list.append, (lambda: 0).__code__, list[int], int | str, sys, Odd.__dict__,
    "utf-8", "utf-16", "ignore", "surrogateescape", "x", "__class__", "__dict__", "append", "r", "eval", "exec", "single",
] + victims + [Odd() for _ in range(8)]
import builtins
for name in dir(builtins):
    kind = getattr(builtins, name)
    if isinstance(kind, type):
        H.append(half_made(kind))
        derived = subclass_of(kind)
        H.append(derived)
        H.append(half_made(derived) if derived else 1)


def t(f):
    """Tries one thing; what comes out of it takes part in what follows."""
    try:
        value = f()
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        value = error
    if len(H) < 400:
        H.append(value)
