"""Arrays of numbers or characters, stored as the machine stores them."""

import struct
from _array import array, typecodes
from collections.abc import MutableSequence

__all__ = ["ArrayType", "array", "typecodes"]

ArrayType = array

# What pickles call the formats of items: a letter of `struct` and the order of bytes.
_FORMATS = "B b <H >H <h >h <I >I <i >i <Q >Q <q >q <f >f <d >d <utf-16 >utf-16 <utf-32 >utf-32".split()
_LETTERS = {"l": "q", "L": "Q"}

MutableSequence.register(array)


def _machine_format(typecode):
    if typecode in "bB":
        return _FORMATS.index(typecode)
    letter = "utf-32" if typecode in "uw" else _LETTERS.get(typecode, typecode)
    return _FORMATS.index("<" + letter)


def _array_reconstructor(arraytype, typecode, mformat_code, items, /):
    """The array that a pickle describes."""
    if not isinstance(arraytype, type):
        raise TypeError(f"first argument must be a type object, not {type(arraytype).__name__}")
    if not issubclass(arraytype, array):
        raise TypeError(f"{arraytype.__name__} is not a subtype of array.array")
    if typecode not in typecodes:
        raise ValueError("second argument must be a valid type code")
    if not 0 <= mformat_code < len(_FORMATS):
        raise ValueError("third argument must be a valid machine format code.")
    if not isinstance(items, bytes):
        raise TypeError(f"fourth argument should be bytes, not {type(items).__name__}")
    form = _FORMATS[mformat_code]
    if "utf" in form:
        return arraytype(typecode, items.decode(form[1:] + ("-le" if form[0] == "<" else "-be")))
    if len(items) % struct.calcsize(form):
        raise ValueError("string length not a multiple of item size")
    return arraytype(typecode, [item for item, in struct.iter_unpack(form, items)])
