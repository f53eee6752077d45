"""Encodings by name, handlers of errors, and encoding and decoding piece by piece."""

from _codecs import character, decode_part, is_native, name_of
from _prelude import _type_name

__all__ = ["register", "lookup", "encode", "decode", "register_error", "lookup_error", "open", "CodecInfo", "Codec",
           "IncrementalEncoder", "IncrementalDecoder", "StreamWriter", "StreamReader", "getencoder", "getdecoder",
           "getincrementalencoder", "getincrementaldecoder", "getreader", "getwriter", "iterencode", "iterdecode",
           "strict_errors", "ignore_errors", "replace_errors", "xmlcharrefreplace_errors", "backslashreplace_errors",
           "namereplace_errors", "BOM", "BOM_UTF8", "BOM_UTF16", "BOM_UTF16_LE", "BOM_UTF16_BE", "BOM_UTF32",
           "BOM_UTF32_LE", "BOM_UTF32_BE"]

BOM_UTF8 = b"\xef\xbb\xbf"
BOM = BOM_LE = BOM_UTF16 = BOM_UTF16_LE = b"\xff\xfe"
BOM_BE = BOM_UTF16_BE = b"\xfe\xff"
BOM_UTF32 = BOM_UTF32_LE = b"\xff\xfe\0\0"
BOM_UTF32_BE = b"\0\0\xfe\xff"


class CodecInfo(tuple):
    """What an encoding can do: a tuple of encode, decode, a reader and a writer of streams, and more as attributes."""

    def __new__(cls, encode, decode, streamreader=None, streamwriter=None, incrementalencoder=None,
                incrementaldecoder=None, name=None, *, _is_text_encoding=None):
        info = tuple.__new__(cls, (encode, decode, streamreader, streamwriter))
        info.name = name
        info.encode = encode
        info.decode = decode
        info.incrementalencoder = incrementalencoder
        info.incrementaldecoder = incrementaldecoder
        info.streamwriter = streamwriter
        info.streamreader = streamreader
        info._is_text_encoding = _is_text_encoding is None or _is_text_encoding
        return info

    def __repr__(self):
        return f"<{type(self).__module__}.{type(self).__qualname__} object for encoding {self.name} at {id(self):#x}>"


class Codec:
    def encode(self, input, errors="strict"):
        raise NotImplementedError

    def decode(self, input, errors="strict"):
        raise NotImplementedError


class IncrementalEncoder:
    """Encodes a text that comes in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors
        self.buffer = ""

    def encode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return 0

    def setstate(self, state):
        pass


class IncrementalDecoder:
    """Decodes bytes that come in pieces."""

    def __init__(self, errors="strict"):
        self.errors = errors

    def decode(self, input, final=False):
        raise NotImplementedError

    def reset(self):
        pass

    def getstate(self):
        return b"", 0

    def setstate(self, state):
        pass


class BufferedIncrementalDecoder(IncrementalDecoder):
    """Keeps the beginning of a character whose end has not come yet."""

    def __init__(self, errors="strict"):
        super().__init__(errors)
        self.buffer = b""

    def _buffer_decode(self, input, errors, final):
        raise NotImplementedError

    def decode(self, input, final=False):
        data = self.buffer + input
        text, used = self._buffer_decode(data, self.errors, final)
        self.buffer = data[used:]
        return text

    def reset(self):
        self.buffer = b""

    def getstate(self):
        return self.buffer, 0

    def setstate(self, state):
        self.buffer = state[0]


# Registering and finding.

_searches = []
_found = {}
_handlers = {}
_marked = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be"), "utf-8-sig": ("utf-8", "utf-8")}


def register(search_function, /):
    if not callable(search_function):
        raise TypeError("argument must be callable")
    _searches.append(search_function)


def unregister(search_function, /):
    if search_function in _searches:
        _searches.remove(search_function)
        _found.clear()


def lookup(encoding, /):
    if not isinstance(encoding, str):
        raise TypeError(f"lookup() argument must be str, not {_type_name(encoding)}")
    key = encoding.lower().replace(" ", "_")
    info = _found.get(key)
    if info is not None:
        return info
    native = name_of(encoding)
    if native is not None:
        info = _native_codec(native)
    else:
        info = _python_codecs.get(key.replace("-", "_"))
        for search in _searches:
            if info is not None:
                break
            info = search(key)
            if info is not None and not (isinstance(info, tuple) and len(info) == 4):
                raise TypeError("codec search functions must return 4-tuples")
        if info is None:
            raise LookupError(f"unknown encoding: {encoding}")
    _found[key] = info
    return info


def text_codec(encoding, doing):
    """The codec that `str.encode` and `bytes.decode` use."""
    info = lookup(encoding)
    if not getattr(info, "_is_text_encoding", True):
        raise LookupError(f"{encoding!r} is not a text encoding; use codecs.{doing}() to handle arbitrary codecs")
    return info


def encode(obj, encoding="utf-8", errors="strict"):
    return lookup(encoding)[0](obj, errors)[0]


def decode(obj, encoding="utf-8", errors="strict"):
    return lookup(encoding)[1](obj, errors)[0]


def getencoder(encoding):
    return lookup(encoding).encode


def getdecoder(encoding):
    return lookup(encoding).decode


def getincrementalencoder(encoding):
    encoder = lookup(encoding).incrementalencoder
    if encoder is None:
        raise LookupError(encoding)
    return encoder


def getincrementaldecoder(encoding):
    decoder = lookup(encoding).incrementaldecoder
    if decoder is None:
        raise LookupError(encoding)
    return decoder


def getreader(encoding):
    return lookup(encoding).streamreader


def getwriter(encoding):
    return lookup(encoding).streamwriter


def iterencode(iterator, encoding, errors="strict", **kwargs):
    encoder = getincrementalencoder(encoding)(errors, **kwargs)
    for text in iterator:
        if data := encoder.encode(text):
            yield data
    if data := encoder.encode("", True):
        yield data


def iterdecode(iterator, encoding, errors="strict", **kwargs):
    decoder = getincrementaldecoder(encoding)(errors, **kwargs)
    for data in iterator:
        if text := decoder.decode(data):
            yield text
    if text := decoder.decode(b"", True):
        yield text


# Handlers of errors.


def register_error(errors, handler, /):
    if not callable(handler):
        raise TypeError("handler must be callable")
    _handlers[errors] = handler


def lookup_error(name, /):
    handler = _handlers.get(name)
    if handler is None:
        handler = _native_handlers.get(name)
    if handler is None:
        raise LookupError(f"unknown error handler name '{name}'")
    return handler


def _no_error(exception):
    raise TypeError(f"don't know how to handle {_type_name(exception)} in error callback")


def strict_errors(exception):
    if isinstance(exception, Exception):
        raise exception
    raise TypeError("codec must pass exception instance")


def ignore_errors(exception):
    if not isinstance(exception, UnicodeError):
        _no_error(exception)
    return "", exception.end


def replace_errors(exception):
    if isinstance(exception, UnicodeDecodeError):
        return "\ufffd", exception.end
    count = exception.end - exception.start if isinstance(exception, UnicodeError) else _no_error(exception)
    return ("?" if isinstance(exception, UnicodeEncodeError) else "\ufffd") * count, exception.end


def _replaced(name):
    """A native handler as a function of an exception."""

    def handler(exception):
        if isinstance(exception, UnicodeEncodeError):
            bad = exception.object[exception.start:exception.end]
            if name == "surrogateescape":
                if not all("\udc80" <= c <= "\udcff" for c in bad):
                    raise exception
                return bytes(ord(c) - 0xdc00 for c in bad), exception.end
            if name == "surrogatepass":
                encoding = exception.encoding if name_of(exception.encoding) else "utf-8"
                return bad.encode(encoding, "surrogatepass"), exception.end
            return bad.encode("ascii" if name != "namereplace" else "ascii", name).decode("ascii"), exception.end
        if isinstance(exception, UnicodeDecodeError) and name not in ("xmlcharrefreplace", "namereplace"):
            bad = exception.object[exception.start:exception.end]
            if name == "backslashreplace":
                return "".join(f"\\x{byte:02x}" for byte in bad), exception.end
            if name == "surrogateescape":
                escaped = ""
                for byte in bad[:4]:
                    if byte < 128:
                        break
                    escaped += chr(0xdc00 + byte)
                if not escaped:
                    raise exception
                return escaped, exception.start + len(escaped)
            text = exception.object[exception.start:exception.start + 3].decode("utf-8", "surrogatepass")
            return text, exception.start + 3
        if isinstance(exception, UnicodeTranslateError) and name == "backslashreplace":
            bad = exception.object[exception.start:exception.end]
            return bad.encode("ascii", name).decode("ascii"), exception.end
        _no_error(exception)

    handler.__name__ = handler.__qualname__ = f"{name}_errors"
    return handler


xmlcharrefreplace_errors = _replaced("xmlcharrefreplace")
backslashreplace_errors = _replaced("backslashreplace")
namereplace_errors = _replaced("namereplace")
_native_handlers = {
    "strict": strict_errors,
    "ignore": ignore_errors,
    "replace": replace_errors,
    "xmlcharrefreplace": xmlcharrefreplace_errors,
    "backslashreplace": backslashreplace_errors,
    "namereplace": namereplace_errors,
    "surrogateescape": _replaced("surrogateescape"),
    "surrogatepass": _replaced("surrogatepass"),
}


def _ask(handler, error, length, what, kinds):
    answer = handler(error)
    if not isinstance(answer, tuple) or len(answer) != 2 or not isinstance(answer[0], kinds) \
            or not isinstance(answer[1], int):
        raise TypeError(f"{what} error handler must return ({' or '.join(['str', 'bytes'][:len(kinds)])}, int) tuple"
                        if len(kinds) == 1 else f"{what} error handler must return (str/bytes, int) tuple")
    replacement, place = answer
    if place < 0:
        place += length
    if not 0 <= place <= length:
        raise IndexError(f"position {answer[1]} from error handler out of bounds")
    return replacement, place


def encode_with_handler(text, encoding, handler):
    """`text.encode(encoding, ...)` with a handler written in Python."""
    parts = []
    at = 0
    now = encoding
    plain = _marked.get(name_of(encoding), (encoding,))[0]
    while True:
        rest = text[at:]
        try:
            parts.append(rest.encode(now))
            return b"".join(parts)
        except UnicodeEncodeError as found:
            error = found
        parts.append(rest[:error.start].encode(now))
        now = plain
        error = UnicodeEncodeError(error.encoding, text, at + error.start, at + error.end, error.reason)
        replacement, at = _ask(handler, error, len(text), "encoding", (str, bytes))
        if isinstance(replacement, str):
            try:
                replacement = replacement.encode(plain)
            except UnicodeEncodeError:
                raise error from None
        parts.append(replacement)


def decode_with_handler(data, encoding, handler):
    """`data.decode(encoding, ...)` with a handler written in Python."""
    parts = []
    at = 0
    encoding, at = _read_mark(data, encoding)
    while True:
        rest = data[at:]
        try:
            parts.append(rest.decode(encoding))
            return "".join(parts)
        except UnicodeDecodeError as found:
            error = found
        parts.append(rest[:error.start].decode(encoding))
        error = UnicodeDecodeError(error.encoding, data, at + error.start, at + error.end, error.reason)
        replacement, at = _ask(handler, error, len(data), "decoding", (str,))
        parts.append(replacement)


def _read_mark(data, encoding):
    """The encoding that the mark at the beginning tells, and where the text begins."""
    little, big = _marked.get(name_of(encoding), (encoding, None))
    if big is None:
        return encoding, 0
    for mark, plain in ((BOM_UTF8, "utf-8"), (BOM_UTF32_LE, "utf-32-le"), (BOM_UTF32_BE, "utf-32-be"),
                        (BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be")):
        if plain in (little, big) and data.startswith(mark):
            return plain, len(mark)
    return little, 0


# The native encodings.


def _native_codec(name):
    plain, big = _marked.get(name, (name, None))
    width = {"utf-16": 2, "utf-32": 4, "utf-8-sig": 3}.get(name, 0)

    def encode(input, errors="strict"):
        return input.encode(name, errors), len(input)

    def decode(input, errors="strict"):
        return str(input, name, errors) if len(input) else "", len(input)

    class NativeEncoder(IncrementalEncoder):
        def __init__(self, errors="strict"):
            super().__init__(errors)
            self._begun = False

        def encode(self, input, final=False):
            now = plain if self._begun else name
            self._begun = self._begun or bool(input) or final
            return input.encode(now, self.errors) if input else b""

        def reset(self):
            self._begun = False

        def getstate(self):
            return int(self._begun)

        def setstate(self, state):
            self._begun = bool(state)

    class NativeDecoder(BufferedIncrementalDecoder):
        def __init__(self, errors="strict"):
            super().__init__(errors)
            self._now = name

        def _buffer_decode(self, data, errors, final):
            if self._now in _marked:
                if len(data) < width and not final:
                    return "", 0
                self._now, start = _read_mark(data, self._now)
            else:
                start = 0
            if is_native(errors):
                text, used = decode_part(data[start:], self._now, errors, final)
                return text, start + used
            try:
                text, used = decode_part(data[start:], self._now, "strict", final)
            except UnicodeDecodeError:
                return decode_with_handler(data[start:], self._now, lookup_error(errors)), len(data)
            return text, start + used

        def reset(self):
            super().reset()
            self._now = name

        def getstate(self):
            return self.buffer, 0 if self._now == name else 1 + (self._now == big)

        def setstate(self, state):
            self.buffer = state[0]
            self._now = (name, plain, big)[state[1]]

    return _info(name, encode, decode, NativeEncoder, NativeDecoder)


def _info(name, encode, decode, encoder=None, decoder=None, is_text=True):
    class Reader(StreamReader):
        pass

    class Writer(StreamWriter):
        pass

    Reader.encode = Writer.encode = staticmethod(encode)
    Reader.decode = Writer.decode = staticmethod(decode)
    Reader._name = name
    return CodecInfo(encode, decode, Reader, Writer, encoder, decoder, name, _is_text_encoding=is_text)


class _Stream:
    def __init__(self, stream, errors="strict"):
        self.stream = stream
        self.errors = errors

    def __getattr__(self, name):
        return getattr(self.stream, name)

    def __enter__(self):
        return self

    def __exit__(self, *args):
        self.stream.close()


class StreamWriter(_Stream, Codec):
    """Writes text to a file of bytes."""

    def write(self, object):
        self.stream.write(self.encode(object, self.errors)[0])

    def writelines(self, list):
        self.write("".join(list))

    def reset(self):
        pass


class StreamReader(_Stream, Codec):
    """Reads text from a file of bytes."""

    def __init__(self, stream, errors="strict"):
        super().__init__(stream, errors)
        self._decoder = getincrementaldecoder(self._name)(errors)
        self._text = ""

    def read(self, size=-1, chars=-1, firstline=False):
        wanted = chars if chars >= 0 else -1
        while wanted < 0 or len(self._text) < wanted:
            data = self.stream.read(-1 if size is None or size < 0 and wanted < 0 else max(size, 72))
            self._text += self._decoder.decode(data, not data)
            if not data or wanted < 0 and size is not None and size >= 0:
                break
        end = len(self._text) if wanted < 0 else wanted
        text, self._text = self._text[:end], self._text[end:]
        return text

    def readline(self, size=None, keepends=True):
        while True:
            lines = self._text.splitlines(True)
            if len(lines) > 1 or lines and not lines[0].endswith("\r") and lines[0].splitlines() != lines:
                break
            data = self.stream.read(72)
            if not data:
                self._text += self._decoder.decode(b"", True)
                lines = self._text.splitlines(True)
                break
            self._text += self._decoder.decode(data)
        line = lines[0] if lines else ""
        self._text = self._text[len(line):]
        return line if keepends else "".join(line.splitlines())

    def readlines(self, sizehint=None, keepends=True):
        return self.read().splitlines(keepends)

    def __iter__(self):
        return self

    def __next__(self):
        line = self.readline()
        if not line:
            raise StopIteration
        return line

    def reset(self):
        self._decoder.reset()
        self._text = ""


def open(filename, mode="r", encoding=None, errors="strict", buffering=-1):
    import builtins

    if encoding is None:
        return builtins.open(filename, mode, buffering)
    if "b" not in mode:
        mode += "b"
    file = builtins.open(filename, mode, buffering)
    info = lookup(encoding)
    return (info.streamreader if "r" in mode else info.streamwriter)(file, errors)


# Encodings written in Python.

_ESCAPES = {"\\": "\\", "'": "'", '"': '"', "a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t",
            "v": "\v", "\n": ""}
_PLAIN = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def _number(c):
    code = ord(c)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _unicode_escape_encode(input, errors="strict"):
    text = "".join(_PLAIN.get(c) or (c if " " <= c <= "~" else _number(c)) for c in input)
    return text.encode("ascii"), len(input)


def _raw_unicode_escape_encode(input, errors="strict"):
    text = "".join(c if c < "\u0100" else _number(c) for c in input)
    return text.encode("latin-1"), len(input)


def _bytes_of(input):
    return input.encode() if isinstance(input, str) else bytes(input)


def _escape_error(codec, data, start, end, reason, errors):
    error = UnicodeDecodeError(codec, data, start, end, reason)
    return _ask(lookup_error(errors), error, len(data), "decoding", (str,))


def _unicode_escape_decode(input, errors="strict"):
    data = _bytes_of(input)
    text = data.decode("latin-1")
    parts = []
    at = 0
    while (start := text.find("\\", at)) >= 0:
        parts.append(text[at:start])
        kind = text[start + 1:start + 2]
        if kind in _ESCAPES and kind:
            parts.append(_ESCAPES[kind])
            at = start + 2
        elif "0" <= kind <= "7":
            end = start + 2
            while end < start + 4 and "0" <= text[end:end + 1] <= "7":
                end += 1
            parts.append(chr(int(text[start + 1:end], 8)))
            at = end
        elif kind in ("x", "u", "U"):
            at = _hexadecimal("unicodeescape", data, text, start, kind, errors, parts)
        elif kind == "N":
            end = text.find("}", start) if text[start + 2:start + 3] == "{" else -1
            found = character(text[start + 3:end]) if end > start + 3 else None
            if found is not None:
                parts.append(found)
                at = end + 1
            else:
                reason = "malformed \\N character escape" if end < 0 else "unknown Unicode character name"
                stop = len(text) if end < 0 else end + 1
                more, at = _escape_error("unicodeescape", data, start, stop, reason, errors)
                parts.append(more)
        elif not kind:
            more, at = _escape_error("unicodeescape", data, start, start + 1, "\\ at end of string", errors)
            parts.append(more)
        else:
            parts.append("\\" + kind)
            at = start + 2
    parts.append(text[at:])
    return "".join(parts), len(data)


def _hexadecimal(codec, data, text, start, kind, errors, parts):
    """Read the digits of an escape; the place after it."""
    wanted = {"x": 2, "u": 4, "U": 8}[kind]
    end = start + 2
    while end < start + 2 + wanted and text[end:end + 1] in _DIGITS and end < len(text):
        end += 1
    if end == start + 2 + wanted:
        code = int(text[start + 2:end], 16)
        if code <= 0x10ffff:
            parts.append(chr(code))
            return end
        reason = "illegal Unicode character"
    else:
        reason = f"truncated \\{kind}{kind.upper() if kind == 'x' else 'X'}{'X' * (wanted - 1)} escape"
    more, at = _escape_error(codec, data, start, end, reason, errors)
    parts.append(more)
    return at


_DIGITS = "0123456789abcdefABCDEF"


def _raw_unicode_escape_decode(input, errors="strict"):
    data = _bytes_of(input)
    text = data.decode("latin-1")
    parts = []
    at = 0
    while (start := text.find("\\", at)) >= 0:
        parts.append(text[at:start])
        kind = text[start + 1:start + 2]
        if kind in ("u", "U"):
            at = _hexadecimal("rawunicodeescape", data, text, start, kind, errors, parts)
        else:
            parts.append(text[start:start + 2])
            at = start + 2
    parts.append(text[at:])
    return "".join(parts), len(data)


def _rot13(input, errors="strict"):
    def turned(c):
        if "a" <= c <= "z" or "A" <= c <= "Z":
            base = 97 if c >= "a" else 65
            return chr((ord(c) - base + 13) % 26 + base)
        return c

    return "".join(map(turned, input)), len(input)


def _hex_encode(input, errors="strict"):
    return bytes(input).hex().encode(), len(input)


def _hex_decode(input, errors="strict"):
    return bytes.fromhex(bytes(input).decode()), len(input)


def _not_here(name):
    def refuse(input, errors="strict"):
        raise NotImplementedError(f"the codec {name} is not there yet")

    return _info(name, refuse, refuse, is_text=False)


_rot13_codec = _info("rot13", _rot13, _rot13, is_text=False)
_hex_codec = _info("hex", _hex_encode, _hex_decode, is_text=False)
_base64_codec = _not_here("base64")
_escape_codec = _info("unicode-escape", _unicode_escape_encode, _unicode_escape_decode)
_python_codecs = {
    "unicode_escape": _escape_codec,
    "unicodeescape": _escape_codec,
    "raw_unicode_escape": _info("raw-unicode-escape", _raw_unicode_escape_encode, _raw_unicode_escape_decode),
    "rot13": _rot13_codec,
    "rot_13": _rot13_codec,
    "hex": _hex_codec,
    "hex_codec": _hex_codec,
    "base64": _base64_codec,
    "base64_codec": _base64_codec,
    "base_64": _base64_codec,
}
