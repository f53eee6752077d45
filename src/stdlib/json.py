"""JSON: values as text, and back."""

__version__ = "2.0.9"
__all__ = ["dump", "dumps", "load", "loads", "JSONDecoder", "JSONDecodeError", "JSONEncoder"]

import codecs
from _json import loads as _loads
from .decoder import JSONDecoder, JSONDecodeError
from .encoder import JSONEncoder

_default_encoder = JSONEncoder()
_default_decoder = JSONDecoder()


def _encoder(cls, plain, keywords, options):
    if plain and not keywords and cls is None:
        return _default_encoder
    if cls is None:
        cls = JSONEncoder
    return cls(**options, **keywords)


def dump(obj, fp, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
         separators=None, default=None, sort_keys=False, **kw):
    """Write obj as JSON to fp, a file-like object that supports write()."""
    plain = (not skipkeys and ensure_ascii and check_circular and allow_nan and indent is None and separators is None
             and default is None and not sort_keys)
    encoder = _encoder(cls, plain, kw, {
        "skipkeys": skipkeys, "ensure_ascii": ensure_ascii, "check_circular": check_circular, "allow_nan": allow_nan,
        "indent": indent, "separators": separators, "default": default, "sort_keys": sort_keys,
    })
    for chunk in encoder.iterencode(obj):
        fp.write(chunk)


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None,
          separators=None, default=None, sort_keys=False, **kw):
    """Return obj as a text in JSON."""
    plain = (not skipkeys and ensure_ascii and check_circular and allow_nan and indent is None and separators is None
             and default is None and not sort_keys)
    encoder = _encoder(cls, plain, kw, {
        "skipkeys": skipkeys, "ensure_ascii": ensure_ascii, "check_circular": check_circular, "allow_nan": allow_nan,
        "indent": indent, "separators": separators, "default": default, "sort_keys": sort_keys,
    })
    return encoder.encode(obj)


def detect_encoding(b):
    """The encoding of bytes that begin as JSON does: by its mark, or by where zeros stand."""
    starts = b.startswith
    if starts((codecs.BOM_UTF32_BE, codecs.BOM_UTF32_LE)):
        return "utf-32"
    if starts((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)):
        return "utf-16"
    if starts(codecs.BOM_UTF8):
        return "utf-8-sig"
    if len(b) >= 4:
        if not b[0]:
            return "utf-16-be" if b[1] else "utf-32-be"
        if not b[1]:
            return "utf-16-le" if b[2] or b[3] else "utf-32-le"
    elif len(b) == 2:
        if not b[0]:
            return "utf-16-be"
        if not b[1]:
            return "utf-16-le"
    return "utf-8"


def load(fp, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None,
         **kw):
    """Read a value from fp, a file-like object with a JSON document that supports read()."""
    return loads(fp.read(), cls=cls, object_hook=object_hook, parse_float=parse_float, parse_int=parse_int,
                 parse_constant=parse_constant, object_pairs_hook=object_pairs_hook, **kw)


def loads(s, *, cls=None, object_hook=None, parse_float=None, parse_int=None, parse_constant=None, object_pairs_hook=None,
          **kw):
    """Return the value of s, a str, bytes or bytearray with a JSON document."""
    if isinstance(s, str):
        if s.startswith("\ufeff"):
            raise JSONDecodeError("Unexpected UTF-8 BOM (decode using utf-8-sig)", s, 0)
    else:
        if not isinstance(s, (bytes, bytearray)):
            raise TypeError(f"the JSON object must be str, bytes or bytearray, not {s.__class__.__name__}")
        s = s.decode(detect_encoding(s), "surrogatepass")
    if (cls is None and object_hook is None and parse_int is None and parse_float is None and parse_constant is None
            and object_pairs_hook is None and not kw):
        return _default_decoder.decode(s)
    if cls is None:
        cls = JSONDecoder
    if object_hook is not None:
        kw["object_hook"] = object_hook
    if object_pairs_hook is not None:
        kw["object_pairs_hook"] = object_pairs_hook
    if parse_float is not None:
        kw["parse_float"] = parse_float
    if parse_int is not None:
        kw["parse_int"] = parse_int
    if parse_constant is not None:
        kw["parse_constant"] = parse_constant
    return cls(**kw).decode(s)
