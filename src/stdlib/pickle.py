"""Objects as bytes, and bytes as objects again.

A pickle is a program for a small machine with a stack. What writes one keeps the objects that are half written on a stack
of its own, so that they may be nested at any depth.
"""

import io
import struct
import sys
from copyreg import _extension_cache, _extension_registry, _inverted_registry, dispatch_table
from functools import partial
from itertools import islice
from types import FunctionType

__all__ = ["DEFAULT_PROTOCOL", "HIGHEST_PROTOCOL", "PickleBuffer", "PickleError", "Pickler", "PicklingError", "Unpickler",
           "UnpicklingError", "dump", "dumps", "load", "loads"]

format_version = "5.0"
compatible_formats = ["1.0", "1.1", "1.2", "1.3", "2.0", "3.0", "4.0", "5.0"]
HIGHEST_PROTOCOL = 5
DEFAULT_PROTOCOL = 5

# The instructions, by their names in the documentation of `pickletools`.
MARK, STOP, POP, POP_MARK, DUP = b"(", b".", b"0", b"1", b"2"
FLOAT, INT, BININT, BININT1, LONG, BININT2 = b"F", b"I", b"J", b"K", b"L", b"M"
NONE, PERSID, BINPERSID, REDUCE = b"N", b"P", b"Q", b"R"
STRING, BINSTRING, SHORT_BINSTRING, UNICODE, BINUNICODE = b"S", b"T", b"U", b"V", b"X"
APPEND, BUILD, GLOBAL, DICT, EMPTY_DICT, APPENDS = b"a", b"b", b"c", b"d", b"}", b"e"
GET, BINGET, INST, LONG_BINGET, LIST, EMPTY_LIST = b"g", b"h", b"i", b"j", b"l", b"]"
OBJ, PUT, BINPUT, LONG_BINPUT, SETITEM = b"o", b"p", b"q", b"r", b"s"
TUPLE, EMPTY_TUPLE, SETITEMS, BINFLOAT = b"t", b")", b"u", b"G"
TRUE, FALSE = b"I01\n", b"I00\n"
PROTO, NEWOBJ, EXT1, EXT2, EXT4 = b"\x80", b"\x81", b"\x82", b"\x83", b"\x84"
TUPLE1, TUPLE2, TUPLE3, NEWTRUE, NEWFALSE, LONG1, LONG4 = b"\x85", b"\x86", b"\x87", b"\x88", b"\x89", b"\x8a", b"\x8b"
BINBYTES, SHORT_BINBYTES = b"B", b"C"
SHORT_BINUNICODE, BINUNICODE8, BINBYTES8, EMPTY_SET, ADDITEMS, FROZENSET = b"\x8c", b"\x8d", b"\x8e", b"\x8f", b"\x90", b"\x91"
NEWOBJ_EX, STACK_GLOBAL, MEMOIZE, FRAME = b"\x92", b"\x93", b"\x94", b"\x95"
BYTEARRAY8, NEXT_BUFFER, READONLY_BUFFER = b"\x96", b"\x97", b"\x98"

# A frame is ended when it has grown to this, and not made for less than that.
_FULL_FRAME = 64 * 1024
_LEAST_FRAME = 4
# Items that are put into a container at once.
_BATCH = 1000

# What modules and names were called in Python 2, which the first three protocols write for.
_OLD_MODULES = {"builtins": "__builtin__", "copyreg": "copy_reg", "queue": "Queue", "configparser": "ConfigParser",
                "_thread": "thread", "socketserver": "SocketServer"}
_OLD_NAMES = {
    ("builtins", "range"): ("__builtin__", "xrange"),
    ("functools", "reduce"): ("__builtin__", "reduce"),
    ("sys", "intern"): ("__builtin__", "intern"),
    ("builtins", "chr"): ("__builtin__", "unichr"),
    ("builtins", "str"): ("__builtin__", "unicode"),
    ("builtins", "int"): ("__builtin__", "long"),
    ("builtins", "zip"): ("itertools", "izip"),
    ("builtins", "map"): ("itertools", "imap"),
    ("builtins", "filter"): ("itertools", "ifilter"),
    ("itertools", "filterfalse"): ("itertools", "ifilterfalse"),
    ("itertools", "zip_longest"): ("itertools", "izip_longest"),
    ("collections", "UserDict"): ("UserDict", "IterableUserDict"),
    ("collections", "UserList"): ("UserList", "UserList"),
    ("collections", "UserString"): ("UserString", "UserString"),
}
_NEW_MODULES = {old: new for new, old in _OLD_MODULES.items()}
_NEW_NAMES = {old: new for new, old in _OLD_NAMES.items()}
_NEW_NAMES["__builtin__", "basestring"] = "builtins", "str"


def _is_exception(name):
    import builtins

    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, BaseException)


def _old_name(module, name):
    if (module, name) in _OLD_NAMES:
        return _OLD_NAMES[module, name]
    if module == "builtins" and _is_exception(name):
        return "exceptions", name
    return _OLD_MODULES.get(module, module), name


def _new_name(module, name):
    if (module, name) in _NEW_NAMES:
        return _NEW_NAMES[module, name]
    if module == "exceptions":
        return "builtins", name
    return _NEW_MODULES.get(module, module), name


class PickleError(Exception):
    pass


class PicklingError(PickleError):
    pass


class UnpicklingError(PickleError):
    pass


for _class in (PickleError, PicklingError, UnpicklingError):
    _class.__module__ = "_pickle"


class PickleBuffer:
    """Memory that may be handed over beside a pickle."""

    __slots__ = ("_view", "__weakref__")

    def __init__(self, buffer, /):
        self._view = memoryview(buffer)

    def __buffer__(self, flags):
        return memoryview(self._view)

    def raw(self):
        """The memory as plain bytes, in one dimension."""
        if not self._view.contiguous:
            raise BufferError("cannot extract raw buffer from non-contiguous buffer")
        return self._view.cast("B")

    def release(self):
        """Let go of the memory."""
        self._view.release()


def encode_long(x):
    """A number as the fewest bytes, the lowest first, in two's complement."""
    if x == 0:
        return b""
    size = (x.bit_length() >> 3) + 1
    data = x.to_bytes(size, "little", signed=True)
    if x < 0 and size > 1 and data[-1] == 0xFF and data[-2] & 0x80:
        data = data[:-1]
    return data


def decode_long(data):
    """The number of such bytes."""
    return int.from_bytes(data, "little", signed=True)


def whichmodule(obj, name):
    """The module in which a function or class is to be found."""
    module = getattr(obj, "__module__", None)
    if module is not None:
        return module
    for module_name, module in sys.modules.copy().items():
        if module_name == "__main__" or module_name == "__mp_main__" or module is None:
            continue
        try:
            if _dotted(module, name.split(".")) is obj:
                return module_name
        except AttributeError:
            pass
    return "__main__"


def _dotted(obj, path):
    for name in path:
        obj = getattr(obj, name)
    return obj


def _type_name(obj):
    cls = type(obj)
    return _class_name(cls)


def _class_name(cls):
    module = cls.__module__
    return cls.__qualname__ if module in ("builtins", "__main__") else f"{module}.{cls.__qualname__}"


_NO_REDUCER = object()
_ENDED = object()


class Pickler:
    """Writes pickles into a file."""

    def __init__(self, file, protocol=None, fix_imports=True, buffer_callback=None):
        if protocol is None:
            protocol = DEFAULT_PROTOCOL
        if protocol < 0:
            protocol = HIGHEST_PROTOCOL
        elif protocol > HIGHEST_PROTOCOL:
            raise ValueError(f"pickle protocol must be <= {HIGHEST_PROTOCOL}")
        if buffer_callback is not None and protocol < 5:
            raise ValueError("buffer_callback needs protocol >= 5")
        try:
            self._file_write = file.write
        except AttributeError:
            raise TypeError("file must have a 'write' attribute") from None
        self._buffer_callback = buffer_callback
        # Objects that were written by their identity: their number, and they themselves so that they stay.
        self.memo = {}
        # How often each object is being reduced within itself.
        self._within = {}
        self.proto = int(protocol)
        self.bin = int(protocol >= 1)
        self.fast = 0
        self.fix_imports = fix_imports and protocol < 3
        self._pieces = []
        self._size = 0
        self._framing = False

    def clear_memo(self):
        """Forget which objects were written."""
        self.memo.clear()

    def dump(self, obj):
        """Write the pickle of an object."""
        if not hasattr(self, "_file_write"):
            raise PicklingError(f"Pickler.__init__() was not called by {type(self).__name__}.__init__()")
        self._pieces, self._size = [], 0
        self._out = []
        if self.proto >= 2:
            self._out.append(PROTO + bytes([self.proto]))
        self._framing = self.proto >= 4
        self._run(obj)
        self._write(STOP)
        self._end_frame()
        self._file_write(b"".join(self._out))
        self._out = None

    # ---- bytes and frames

    def _write(self, data):
        self._pieces.append(data)
        self._size += len(data)

    def _end_frame(self):
        if not self._pieces:
            return
        if self._framing and self._size >= _LEAST_FRAME:
            self._out.append(FRAME + struct.pack("<Q", self._size))
        self._out += self._pieces
        self._pieces, self._size = [], 0

    def _write_large(self, head, data):
        """What is large stands between frames."""
        if self._framing and len(data) >= _FULL_FRAME:
            self._end_frame()
            self._out += (head, data)
        else:
            self._write(head + data)

    def _memoize(self, obj):
        if self.fast:
            return
        number = len(self.memo)
        self.memo[id(obj)] = number, obj
        if self.proto >= 4:
            self._write(MEMOIZE)
        elif not self.bin:
            self._write(b"p%d\n" % number)
        elif number < 256:
            self._write(BINPUT + bytes([number]))
        else:
            self._write(LONG_BINPUT + struct.pack("<I", number))

    def _get(self, number):
        if not self.bin:
            return b"g%d\n" % number
        if number < 256:
            return BINGET + bytes([number])
        return LONG_BINGET + struct.pack("<I", number)

    # ---- objects

    def _run(self, obj):
        """Write an object and all that belongs to it."""
        stack = []
        child = obj
        while True:
            error = None
            try:
                work = self._start(child)
            except BaseException as raised:
                work, error = None, raised
            if work is not None:
                stack.append(work)
            while True:
                if not stack:
                    if error is not None:
                        raise error
                    return
                try:
                    child = next(stack[-1], _ENDED) if error is None else stack[-1].throw(error)
                except BaseException as raised:
                    stack.pop()
                    error = raised
                    continue
                if child is not _ENDED:
                    break
                stack.pop()

    def _start(self, obj):
        """Write what can be written at once; else what gives the parts one after the other, and writes between."""
        if self._size >= _FULL_FRAME and self._framing:
            self._end_frame()
        pid = self.persistent_id(obj)
        if pid is not None:
            return self._persistent(pid)
        return self._start_plain(obj)

    def _start_plain(self, obj):
        cls = type(obj)
        write = _ATOMS.get(cls)
        if write is not None:
            return write(self, obj)
        known = self.memo.get(id(obj))
        if known is not None:
            self._write(self._get(known[0]))
            return None
        write = _WRITERS.get(cls)
        if write is not None:
            return write(self, obj)
        override = getattr(self, "reducer_override", None)
        if override is not None:
            reduced = override(obj)
            if reduced is not NotImplemented:
                return self._reduced(obj, reduced)
        if cls is type:
            return self._class(obj)
        if cls is FunctionType:
            return self._global(obj, None)
        reducer = getattr(self, "dispatch_table", dispatch_table).get(cls, _NO_REDUCER)
        if reducer is not _NO_REDUCER:
            return self._reduced(obj, reducer(obj))
        if issubclass(cls, type):
            return self._global(obj, None)
        reducer = getattr(obj, "__reduce_ex__", None)
        if reducer is not None:
            reduced = reducer(self.proto)
        else:
            reducer = getattr(obj, "__reduce__", None)
            if reducer is None:
                raise PicklingError(f"Can't pickle {cls.__name__!r} object: {obj!r}")
            reduced = reducer()
        return self._reduced(obj, reduced)

    def persistent_id(self, obj):
        """What stands for an object that is kept elsewhere; None for one that is to be written."""
        return None

    def _persistent(self, pid):
        if self.bin:
            yield pid
            self._write(BINPERSID)
        else:
            try:
                self._write(PERSID + str(pid).encode("ascii") + b"\n")
            except UnicodeEncodeError:
                raise PicklingError("persistent IDs in protocol 0 must be ASCII strings") from None

    def _none(self, obj):
        self._write(NONE)

    def _bool(self, obj):
        if self.proto >= 2:
            self._write(NEWTRUE if obj else NEWFALSE)
        else:
            self._write(TRUE if obj else FALSE)

    def _int(self, obj):
        if -0x80000000 <= obj <= 0x7FFFFFFF:
            if not self.bin:
                self._write(b"I%d\n" % obj)
            elif 0 <= obj <= 0xFF:
                self._write(BININT1 + bytes([obj]))
            elif 0 <= obj <= 0xFFFF:
                self._write(BININT2 + obj.to_bytes(2, "little"))
            else:
                self._write(BININT + obj.to_bytes(4, "little", signed=True))
        elif self.proto >= 2:
            data = encode_long(obj)
            if len(data) < 256:
                self._write(LONG1 + bytes([len(data)]) + data)
            else:
                self._write(LONG4 + struct.pack("<i", len(data)) + data)
        else:
            self._write(LONG + repr(obj).encode() + b"L\n")

    def _float(self, obj):
        if self.bin:
            self._write(BINFLOAT + struct.pack(">d", obj))
        else:
            self._write(FLOAT + repr(obj).encode() + b"\n")

    def _bytes(self, obj):
        if self.proto < 3:
            if not obj:
                return self._reduced(obj, (bytes, ()))
            return self._reduced(obj, (_encode, (str(obj, "latin1"), "latin1")))
        size = len(obj)
        if size <= 0xFF:
            self._write(SHORT_BINBYTES + bytes([size]) + obj)
        elif size > 0xFFFFFFFF and self.proto >= 4:
            self._write_large(BINBYTES8 + struct.pack("<Q", size), obj)
        else:
            self._write_large(BINBYTES + struct.pack("<I", size), obj)
        self._memoize(obj)

    def _bytearray(self, obj):
        if self.proto < 5:
            return self._reduced(obj, (bytearray, (bytes(obj),) if obj else ()))
        self._write_large(BYTEARRAY8 + struct.pack("<Q", len(obj)), bytes(obj))
        self._memoize(obj)

    def _buffer(self, obj):
        if self.proto < 5:
            raise PicklingError("PickleBuffer can only be pickled with protocol >= 5")
        view = obj.raw()
        inside = True
        if self._buffer_callback is not None:
            inside = bool(self._buffer_callback(obj))
        if not inside:
            self._write(NEXT_BUFFER)
            if view.readonly:
                self._write(READONLY_BUFFER)
            return None
        return self._bytes(view.tobytes()) if view.readonly else self._bytearray(bytearray(view))

    def _str(self, obj):
        if self.bin:
            data = obj.encode("utf-8", "surrogatepass")
            size = len(data)
            if size <= 0xFF and self.proto >= 4:
                self._write(SHORT_BINUNICODE + bytes([size]) + data)
            elif size > 0xFFFFFFFF and self.proto >= 4:
                self._write_large(BINUNICODE8 + struct.pack("<Q", size), data)
            else:
                self._write_large(BINUNICODE + struct.pack("<I", size), data)
        else:
            text = obj
            for c in "\\\0\n\r\x1a":
                text = text.replace(c, "\\u%04x" % ord(c))
            self._write(UNICODE + text.encode("raw-unicode-escape") + b"\n")
        self._memoize(obj)

    def _tuple(self, obj):
        if not obj:
            self._write(EMPTY_TUPLE if self.bin else MARK + TUPLE)
            return
        size = len(obj)
        short = size <= 3 and self.proto >= 2
        if not short:
            self._write(MARK)
        for number, item in enumerate(obj):
            try:
                yield item
            except BaseException as error:
                error.add_note(f"when serializing {_type_name(obj)} item {number}")
                raise
        # A part of it may have held it, and then it was written on the way.
        known = self.memo.get(id(obj))
        if known is not None:
            if short:
                self._write(POP * size)
            else:
                self._write(POP_MARK if self.bin else POP * (size + 1))
            self._write(self._get(known[0]))
            return
        self._write((TUPLE1, TUPLE2, TUPLE3)[size - 1] if short else TUPLE)
        self._memoize(obj)

    def _list(self, obj):
        self._write(EMPTY_LIST if self.bin else MARK + LIST)
        self._memoize(obj)
        yield from self._appended(obj, obj)

    def _appended(self, items, owner):
        number = 0
        for batch, marked in _batches(items, self.bin):
            if marked:
                self._write(MARK)
            for item in batch:
                try:
                    yield item
                except BaseException as error:
                    error.add_note(f"when serializing {_type_name(owner)} item {number}")
                    raise
                number += 1
            self._write(APPENDS if marked else APPEND)

    def _dict(self, obj):
        self._write(EMPTY_DICT if self.bin else MARK + DICT)
        self._memoize(obj)
        yield from self._items_set(obj.items(), obj)

    def _items_set(self, items, owner):
        for batch, marked in _batches(items, self.bin):
            if marked:
                self._write(MARK)
            for key, value in batch:
                try:
                    yield key
                except BaseException as error:
                    error.add_note(f"when serializing {_type_name(owner)} key")
                    raise
                try:
                    yield value
                except BaseException as error:
                    error.add_note(f"when serializing {_type_name(owner)} item {key!r}")
                    raise
            self._write(SETITEMS if marked else SETITEM)

    def _set(self, obj):
        if self.proto < 4:
            yield from self._reduced(obj, (set, (list(obj),)))
            return
        self._write(EMPTY_SET)
        self._memoize(obj)
        items = iter(obj)
        while batch := list(islice(items, _BATCH)):
            self._write(MARK)
            for item in batch:
                try:
                    yield item
                except BaseException as error:
                    error.add_note(f"when serializing {_type_name(obj)} element")
                    raise
            self._write(ADDITEMS)

    def _frozenset(self, obj):
        if self.proto < 4:
            yield from self._reduced(obj, (frozenset, (list(obj),)))
            return
        self._write(MARK)
        for item in obj:
            try:
                yield item
            except BaseException as error:
                error.add_note(f"when serializing {_type_name(obj)} element")
                raise
        known = self.memo.get(id(obj))
        if known is not None:
            self._write(POP_MARK + self._get(known[0]))
            return
        self._write(FROZENSET)
        self._memoize(obj)

    def _class(self, obj):
        for only in (None, ..., NotImplemented):
            if obj is type(only):
                return self._reduced(obj, (type, (only,)))
        return self._global(obj, None)

    def _global(self, obj, name):
        if name is None:
            name = getattr(obj, "__qualname__", None) or obj.__name__
        path = name.split(".")
        module_name = whichmodule(obj, name)
        if "<locals>" in path:
            raise PicklingError(f"Can't pickle local object {obj!r}")
        if obj is _encode:
            return self._by_name(obj, module_name, name, path)
        try:
            __import__(module_name)
            module = sys.modules[module_name]
        except (ImportError, ValueError, KeyError) as error:
            raise PicklingError(f"Can't pickle {obj!r}: {error}") from error
        try:
            found = _dotted(module, path)
        except AttributeError:
            raise PicklingError(f"Can't pickle {obj!r}: it's not found as {module_name}.{name}")
        if found is not obj:
            raise PicklingError(f"Can't pickle {obj!r}: it's not the same object as {module_name}.{name}")
        if self.proto >= 2:
            code = _extension_registry.get((module_name, name))
            if code is not None:
                if code <= 0xFF:
                    self._write(EXT1 + bytes([code]))
                elif code <= 0xFFFF:
                    self._write(EXT2 + struct.pack("<H", code))
                else:
                    self._write(EXT4 + struct.pack("<i", code))
                return None
        return self._by_name(obj, module_name, name, path)

    def _by_name(self, obj, module_name, name, path):
        if self.proto >= 4:
            yield module_name
            if name == module_name:
                # Two texts, though they may be one object here.
                self._str(name)
            else:
                yield name
            self._write(STACK_GLOBAL)
        else:
            for _ in path[1:]:
                yield getattr
                if self.proto < 2:
                    self._write(MARK)
            first = path[0]
            if self.fix_imports:
                module_name, first = _old_name(module_name, first)
            try:
                text = f"{module_name}\n{first}\n".encode("utf-8" if self.proto >= 3 else "ascii")
            except UnicodeEncodeError:
                raise PicklingError(f"can't pickle global identifier {module_name + '.' + first!r} "
                                    f"using pickle protocol {self.proto}") from None
            self._write(GLOBAL + text)
            for inner in path[1:]:
                yield inner
                self._write((TUPLE if self.proto < 2 else TUPLE2) + REDUCE)
        self._memoize(obj)

    def _reduced(self, obj, reduced):
        if isinstance(reduced, str):
            return self._global(obj, reduced)
        return self._reduced_noted(obj, reduced)

    def _reduced_noted(self, obj, reduced):
        # Nothing that goes wrong in here comes without a note of what was being written.
        within = self._within.get(id(obj), 0)
        self._within[id(obj)] = within + 1
        try:
            if within > sys.getrecursionlimit():
                # It is made from itself, without end.
                raise RecursionError("maximum recursion depth exceeded")
            if not isinstance(reduced, tuple):
                raise PicklingError(f"__reduce__ must return a string or tuple, not {_type_name(reduced)}")
            if not 2 <= len(reduced) <= 6:
                raise PicklingError("tuple returned by __reduce__ must contain 2 through 6 elements")
            yield from self._made(obj, *reduced)
        except BaseException as error:
            error.add_note(f"when serializing {_type_name(obj)} object")
            raise
        finally:
            if within:
                self._within[id(obj)] = within
            else:
                del self._within[id(obj)]

    def _made(self, obj, func, args, state=None, items=None, pairs=None, setter=None):
        if not callable(func):
            raise PicklingError(f"first item of the tuple returned by __reduce__ must be callable, not {_type_name(func)}")
        if not isinstance(args, tuple):
            raise PicklingError(f"second item of the tuple returned by __reduce__ must be a tuple, not {_type_name(args)}")
        if items is not None and not hasattr(items, "__next__"):
            raise PicklingError("fourth item of the tuple returned by __reduce__ must be an iterator, "
                                f"not {_type_name(items)}")
        if pairs is not None and not hasattr(pairs, "__next__"):
            raise PicklingError("fifth item of the tuple returned by __reduce__ must be an iterator, "
                                f"not {_type_name(pairs)}")
        if setter is not None and not callable(setter):
            raise PicklingError("sixth item of the tuple returned by __reduce__ must be a function, "
                                f"not {_type_name(setter)}")
        kind = getattr(func, "__name__", "")
        if self.proto >= 2 and kind in ("__newobj__", "__newobj_ex__"):
            if not args:
                raise PicklingError(f"{kind} expected at least 1 argument, got 0")
            cls = args[0]
            if not hasattr(cls, "__new__"):
                raise PicklingError(f"first argument to {kind}() has no __new__")
            if obj is not None and cls is not obj.__class__:
                raise PicklingError(f"first argument to {kind}() must be {obj.__class__!r}, not {cls!r}")
            keywords = {}
            if kind == "__newobj_ex__":
                cls, positional, keywords = args
            else:
                positional = args[1:]
            if kind == "__newobj_ex__" and self.proto < 4:
                yield partial(cls.__new__, cls, *positional, **keywords)
                yield ()
                self._write(REDUCE)
            else:
                name = _class_name(cls)
                yield from self._noted(cls, f"when serializing {name} class")
                yield from self._noted(positional, f"when serializing {name} __new__ arguments")
                if kind == "__newobj_ex__":
                    yield from self._noted(keywords, f"when serializing {name} __new__ arguments")
                    self._write(NEWOBJ_EX)
                else:
                    self._write(NEWOBJ)
        else:
            yield from self._noted(func, f"when serializing {_type_name(obj)} reconstructor")
            yield from self._noted(args, f"when serializing {_type_name(obj)} reconstructor arguments")
            self._write(REDUCE)
        known = self.memo.get(id(obj))
        if known is not None:
            self._write(POP + self._get(known[0]))
        else:
            self._memoize(obj)
        if items is not None:
            yield from self._appended(items, obj)
        if pairs is not None:
            yield from self._items_set(pairs, obj)
        if state is None:
            return
        if setter is None:
            yield from self._noted(state, f"when serializing {_type_name(obj)} state")
            self._write(BUILD)
        else:
            yield from self._noted(setter, f"when serializing {_type_name(obj)} state setter")
            yield obj
            yield from self._noted(state, f"when serializing {_type_name(obj)} state")
            self._write(TUPLE2 + REDUCE + POP)

    def _noted(self, obj, note):
        try:
            yield obj
        except BaseException as error:
            error.add_note(note)
            raise


def _batches(items, several):
    """The items in the portions in which they are written, and whether a mark comes before; one at a time in the oldest
    protocol. A single item needs no mark; the last of a list or dict has one if there were more before."""
    is_whole = not hasattr(items, "__next__") and len(items) > 1
    items = iter(items)
    while batch := list(islice(items, _BATCH if several else 1)):
        yield batch, several and (is_whole or len(batch) > 1)


# The function by which old protocols spell bytes, under the name it has there.
def _encode(text, encoding):
    return text.encode(encoding)


_encode.__module__, _encode.__name__, _encode.__qualname__ = "_codecs", "encode", "encode"

_ATOMS = {type(None): Pickler._none, bool: Pickler._bool, int: Pickler._int, float: Pickler._float}
_WRITERS = {bytes: Pickler._bytes, bytearray: Pickler._bytearray, str: Pickler._str, tuple: Pickler._tuple,
            list: Pickler._list, dict: Pickler._dict, set: Pickler._set, frozenset: Pickler._frozenset,
            PickleBuffer: Pickler._buffer}


class _Bytes:
    """Reads a pickle that is there as a whole."""

    def __init__(self, data):
        self._data = bytes(data)
        self._at = 0

    def read(self, size):
        piece = self._data[self._at:self._at + size]
        self._at += len(piece)
        return piece

    def readline(self):
        end = self._data.find(b"\n", self._at) + 1 or len(self._data)
        piece = self._data[self._at:end]
        self._at = end
        return piece


class Unpickler:
    """Reads pickles from a file."""

    def __init__(self, file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
        try:
            self._file_read, self._file_readline = file.read, file.readline
        except AttributeError:
            raise TypeError("file must have 'read' and 'readline' attributes") from None
        self._buffers = iter(buffers) if buffers is not None else None
        self.memo = {}
        self.encoding = encoding
        self.errors = errors
        self.proto = 0
        self.fix_imports = fix_imports

    def load(self):
        """The object of the next pickle."""
        if not hasattr(self, "_file_read"):
            raise UnpicklingError(f"Unpickler.__init__() was not called by {type(self).__name__}.__init__()")
        self._stack = []
        self._marks = []
        read, steps = self._file_read, _STEPS
        while True:
            key = read(1)
            if not key:
                raise EOFError("Ran out of input")
            if key == STOP:
                return self._pop()
            step = steps.get(key)
            if step is None:
                shown = key.decode("ascii") if key[0] in range(32, 127) and key not in b"\\'" else None
                what = shown if shown is not None else f"\\x{key[0]:02x}"
                raise UnpicklingError(f"invalid load key, '{what}'.")
            step(self)

    # ---- what the steps need

    def _read(self, size):
        if size < 0:
            raise UnpicklingError("pickle data was truncated")
        data = self._file_read(size)
        if len(data) < size:
            raise UnpicklingError("pickle data was truncated")
        return data

    def _number(self, form):
        return struct.unpack(form, self._read(struct.calcsize(form)))[0]

    def _line(self):
        line = self._file_readline()
        if not line.endswith(b"\n"):
            raise UnpicklingError("pickle data was truncated")
        return line[:-1]

    def _pop(self):
        if len(self._stack) <= (self._marks[-1] if self._marks else 0):
            raise UnpicklingError("unexpected MARK found" if self._marks else "unpickling stack underflow")
        return self._stack.pop()

    def _top(self):
        if len(self._stack) <= (self._marks[-1] if self._marks else 0):
            raise UnpicklingError("unexpected MARK found" if self._marks else "unpickling stack underflow")
        return self._stack[-1]

    def _to_mark(self):
        if not self._marks:
            raise UnpicklingError("could not find MARK")
        start = self._marks.pop()
        items = self._stack[start:]
        del self._stack[start:]
        return items

    def _push(self, value):
        self._stack.append(value)

    def persistent_load(self, pid):
        """The object that stands elsewhere under this."""
        raise UnpicklingError("A load persistent id instruction was encountered, "
                              "but no persistent_load function was specified.")

    def find_class(self, module_name, global_name, /):
        """What a module has under a name."""
        if self.proto < 3 and self.fix_imports:
            module_name, global_name = _new_name(module_name, global_name)
        if (module_name, global_name) == ("_codecs", "encode"):
            return _encode
        __import__(module_name)
        module = sys.modules[module_name]
        if self.proto >= 4 and "." in global_name:
            path = global_name.split(".")
            try:
                return _dotted(module, path)
            except AttributeError:
                raise AttributeError(f"Can't resolve path {global_name!r} on module {module!r}")
        return getattr(module, global_name)

    # ---- the steps

    def _proto(self):
        proto = self._read(1)[0]
        if proto > HIGHEST_PROTOCOL:
            raise ValueError(f"unsupported pickle protocol: {proto}")
        self.proto = proto

    def _frame(self):
        self._number("<Q")

    def _mark(self):
        self._marks.append(len(self._stack))

    def _drop(self):
        if self._marks and self._marks[-1] == len(self._stack):
            self._marks.pop()
        else:
            self._pop()

    def _persid(self):
        try:
            pid = self._line().decode("ascii")
        except UnicodeDecodeError:
            raise UnpicklingError("persistent IDs in protocol 0 must be ASCII strings") from None
        self._push(self.persistent_load(pid))

    def _int(self):
        data = self._line()
        if data in (b"00", b"01"):
            self._push(data == b"01")
        else:
            self._push(int(data, 0))

    def _long(self):
        data = self._line()
        self._push(int(data.removesuffix(b"L"), 0))

    def _long4(self):
        size = self._number("<i")
        if size < 0:
            raise UnpicklingError("LONG pickle has negative byte count")
        self._push(decode_long(self._read(size)))

    def _string(self):
        data = self._line()
        if len(data) < 2 or data[:1] != data[-1:] or data[:1] not in (b"'", b'"'):
            raise UnpicklingError("the STRING opcode argument must be quoted")
        from ast import literal_eval

        self._push(self._old_text(literal_eval("b" + data.decode("latin-1"))))

    def _old_text(self, data):
        return data if self.encoding == "bytes" else data.decode(self.encoding, self.errors)

    def _binstring(self):
        size = self._number("<i")
        if size < 0:
            raise UnpicklingError("BINSTRING pickle has negative byte count")
        self._push(self._old_text(self._read(size)))

    def _text(self, size):
        self._push(str(self._read(size), "utf-8", "surrogatepass"))

    def _bytearray8(self):
        self._push(bytearray(self._read(self._number("<Q"))))

    def _next_buffer(self):
        if self._buffers is None:
            raise UnpicklingError("pickle stream refers to out-of-band data but no *buffers* argument was given")
        try:
            self._push(next(self._buffers))
        except StopIteration:
            raise UnpicklingError("not enough out-of-band buffers") from None

    def _readonly_buffer(self):
        view = memoryview(self._pop())
        self._push(view if view.readonly else view.toreadonly())

    def _tuple_of(self, count):
        items = [self._pop() for _ in range(count)]
        self._push(tuple(items[::-1]))

    def _dict(self):
        items = self._to_mark()
        if len(items) % 2:
            raise UnpicklingError("odd number of items for DICT")
        self._push(dict(zip(items[::2], items[1::2])))

    def _instance(self, cls, args):
        if args or not isinstance(cls, type) or hasattr(cls, "__getinitargs__"):
            self._push(cls(*args))
        else:
            self._push(cls.__new__(cls))

    def _inst(self):
        module, name = self._line().decode("ascii"), self._line().decode("ascii")
        self._instance(self.find_class(module, name), self._to_mark())

    def _obj(self):
        items = self._to_mark()
        if not items:
            raise UnpicklingError("unpickling stack underflow")
        self._instance(items[0], items[1:])

    def _newobj(self, keywords=None):
        args = self._pop()
        cls = self._pop()
        kind = "NEWOBJ" if keywords is None else "NEWOBJ_EX"
        if not isinstance(cls, type):
            raise UnpicklingError(f"{kind} class argument must be a type, not {type(cls).__name__}")
        if not isinstance(args, tuple):
            raise UnpicklingError(f"{kind} expected an arg tuple, got {type(args).__name__}"
                                  if keywords is None else f"{kind} args argument must be a tuple, not {type(args).__name__}")
        self._push(cls.__new__(cls, *args, **(keywords or {})))

    def _newobj_ex(self):
        keywords = self._pop()
        if not isinstance(keywords, dict):
            raise UnpicklingError(f"NEWOBJ_EX kwargs argument must be a dict, not {type(keywords).__name__}")
        self._newobj(keywords)

    def _global(self):
        module, name = self._line().decode("utf-8"), self._line().decode("utf-8")
        self._push(self.find_class(module, name))

    def _stack_global(self):
        name = self._pop()
        module = self._pop()
        if type(name) is not str or type(module) is not str:
            raise UnpicklingError("STACK_GLOBAL requires str")
        self._push(self.find_class(module, name))

    def _extension(self, code):
        if code in _extension_cache:
            self._push(_extension_cache[code])
            return
        key = _inverted_registry.get(code)
        if key is None:
            if code <= 0:
                raise UnpicklingError("EXT specifies code <= 0")
            raise ValueError(f"unregistered extension code {code}")
        found = _extension_cache[code] = self.find_class(*key)
        self._push(found)

    def _reduce(self):
        args = self._pop()
        func = self._pop()
        self._push(func(*args))

    def _recall(self, number):
        if number not in self.memo:
            raise UnpicklingError(f"Memo value not found at index {number}")
        self._push(self.memo[number])

    def _remember(self, number):
        if number < 0:
            raise ValueError("negative PUT argument")
        self.memo[number] = self._top()

    def _append(self):
        value = self._pop()
        self._top().append(value)

    def _appends(self):
        items = self._to_mark()
        target = self._top()
        extend = getattr(target, "extend", None)
        if extend is not None:
            extend(items)
            return
        for item in items:
            target.append(item)

    def _setitem(self):
        value = self._pop()
        key = self._pop()
        self._top()[key] = value

    def _setitems(self):
        items = self._to_mark()
        target = self._top()
        for at in range(0, len(items), 2):
            target[items[at]] = items[at + 1]

    def _additems(self):
        items = self._to_mark()
        target = self._top()
        if isinstance(target, set):
            target.update(items)
        else:
            for item in items:
                target.add(item)

    def _build(self):
        state = self._pop()
        obj = self._top()
        setter = getattr(obj, "__setstate__", _ENDED)
        if setter is not _ENDED:
            setter(state)
            return
        slots = None
        if isinstance(state, tuple) and len(state) == 2:
            state, slots = state
        if state:
            if not isinstance(state, dict):
                raise UnpicklingError("state is not a dictionary")
            attributes = obj.__dict__
            for key, value in state.items():
                attributes[sys.intern(key) if type(key) is str else key] = value
        if slots:
            for key, value in slots.items():
                setattr(obj, key, value)


_STEPS = {
    PROTO: Unpickler._proto,
    FRAME: Unpickler._frame,
    MARK: Unpickler._mark,
    POP: Unpickler._drop,
    POP_MARK: lambda self: self._to_mark() and None,
    DUP: lambda self: self._push(self._top()),
    PERSID: Unpickler._persid,
    BINPERSID: lambda self: self._push(self.persistent_load(self._pop())),
    NONE: lambda self: self._push(None),
    NEWTRUE: lambda self: self._push(True),
    NEWFALSE: lambda self: self._push(False),
    INT: Unpickler._int,
    BININT: lambda self: self._push(self._number("<i")),
    BININT1: lambda self: self._push(self._read(1)[0]),
    BININT2: lambda self: self._push(self._number("<H")),
    LONG: Unpickler._long,
    LONG1: lambda self: self._push(decode_long(self._read(self._read(1)[0]))),
    LONG4: Unpickler._long4,
    FLOAT: lambda self: self._push(float(self._line())),
    BINFLOAT: lambda self: self._push(self._number(">d")),
    STRING: Unpickler._string,
    BINSTRING: Unpickler._binstring,
    SHORT_BINSTRING: lambda self: self._push(self._old_text(self._read(self._read(1)[0]))),
    BINBYTES: lambda self: self._push(self._read(self._number("<I"))),
    SHORT_BINBYTES: lambda self: self._push(self._read(self._read(1)[0])),
    BINBYTES8: lambda self: self._push(self._read(self._number("<Q"))),
    BYTEARRAY8: Unpickler._bytearray8,
    NEXT_BUFFER: Unpickler._next_buffer,
    READONLY_BUFFER: Unpickler._readonly_buffer,
    UNICODE: lambda self: self._push(self._line().decode("raw-unicode-escape")),
    BINUNICODE: lambda self: self._text(self._number("<I")),
    SHORT_BINUNICODE: lambda self: self._text(self._read(1)[0]),
    BINUNICODE8: lambda self: self._text(self._number("<Q")),
    TUPLE: lambda self: self._push(tuple(self._to_mark())),
    EMPTY_TUPLE: lambda self: self._push(()),
    TUPLE1: lambda self: self._tuple_of(1),
    TUPLE2: lambda self: self._tuple_of(2),
    TUPLE3: lambda self: self._tuple_of(3),
    EMPTY_LIST: lambda self: self._push([]),
    EMPTY_DICT: lambda self: self._push({}),
    EMPTY_SET: lambda self: self._push(set()),
    FROZENSET: lambda self: self._push(frozenset(self._to_mark())),
    LIST: lambda self: self._push(self._to_mark()),
    DICT: Unpickler._dict,
    INST: Unpickler._inst,
    OBJ: Unpickler._obj,
    NEWOBJ: Unpickler._newobj,
    NEWOBJ_EX: Unpickler._newobj_ex,
    GLOBAL: Unpickler._global,
    STACK_GLOBAL: Unpickler._stack_global,
    EXT1: lambda self: self._extension(self._read(1)[0]),
    EXT2: lambda self: self._extension(self._number("<H")),
    EXT4: lambda self: self._extension(self._number("<i")),
    REDUCE: Unpickler._reduce,
    GET: lambda self: self._recall(int(self._line())),
    BINGET: lambda self: self._recall(self._read(1)[0]),
    LONG_BINGET: lambda self: self._recall(self._number("<I")),
    PUT: lambda self: self._remember(int(self._line())),
    BINPUT: lambda self: self._remember(self._read(1)[0]),
    LONG_BINPUT: lambda self: self._remember(self._number("<I")),
    MEMOIZE: lambda self: self._remember(len(self.memo)),
    APPEND: Unpickler._append,
    APPENDS: Unpickler._appends,
    SETITEM: Unpickler._setitem,
    SETITEMS: Unpickler._setitems,
    ADDITEMS: Unpickler._additems,
    BUILD: Unpickler._build,
}


def dump(obj, file, protocol=None, *, fix_imports=True, buffer_callback=None):
    """Write the pickle of an object into a file."""
    Pickler(file, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)


def dumps(obj, protocol=None, *, fix_imports=True, buffer_callback=None):
    """The pickle of an object."""
    out = io.BytesIO()
    Pickler(out, protocol, fix_imports=fix_imports, buffer_callback=buffer_callback).dump(obj)
    return out.getvalue()


def load(file, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """The object of the next pickle in a file."""
    return Unpickler(file, fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()


def loads(data, /, *, fix_imports=True, encoding="ASCII", errors="strict", buffers=()):
    """The object of a pickle."""
    try:
        view = memoryview(data)
    except TypeError:
        raise TypeError(f"a bytes-like object is required, not '{type(data).__name__}'") from None
    return Unpickler(_Bytes(view), fix_imports=fix_imports, encoding=encoding, errors=errors, buffers=buffers).load()
