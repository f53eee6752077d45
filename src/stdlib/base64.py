"""Bytes as text of few characters: 16, 32, 64 or 85 of them."""

__all__ = [
    "encode", "decode", "encodebytes", "decodebytes", "b64encode", "b64decode", "b32encode", "b32decode", "b32hexencode",
    "b32hexdecode", "b16encode", "b16decode", "b85encode", "b85decode", "a85encode", "a85decode", "z85encode", "z85decode",
    "standard_b64encode", "standard_b64decode", "urlsafe_b64encode", "urlsafe_b64decode",
]

import binascii

MAXLINESIZE = 76
MAXBINSIZE = MAXLINESIZE // 4 * 3

_URLSAFE = bytes.maketrans(b"+/", b"-_"), bytes.maketrans(b"-_", b"+/")


def _text_bytes(s):
    """What is to be decoded, as bytes."""
    if isinstance(s, str):
        if not s.isascii():
            raise ValueError("string argument should contain only ASCII characters")
        return s.encode()
    if isinstance(s, (bytes, bytearray)):
        return s
    try:
        return memoryview(s).tobytes()
    except TypeError:
        raise TypeError(
            f"argument should be a bytes-like object or ASCII string, not {type(s).__name__!r}"
        ) from None


def _data_bytes(b):
    """What is to be encoded, as bytes."""
    return b if isinstance(b, bytes) else memoryview(b).tobytes()


def _replacing(old, new, given):
    """The table that replaces some characters by others, of which so many must have been given."""
    assert len(old) == len(new) == 2, repr(given)
    return bytes.maketrans(old, new)


# Base 64


def b64encode(s, altchars=None):
    """Bytes in base 64, if need be with two other characters for '+' and '/'."""
    text = binascii.b2a_base64(s, newline=False)
    return text if altchars is None else text.translate(_replacing(b"+/", altchars, altchars))


def b64decode(s, altchars=None, validate=False):
    """The bytes that base 64 stands for."""
    s = _text_bytes(s)
    if altchars is not None:
        altchars = _text_bytes(altchars)
        s = s.translate(_replacing(altchars, b"+/", altchars))
    return binascii.a2b_base64(s, strict_mode=validate)


def standard_b64encode(s):
    """Bytes in base 64."""
    return b64encode(s)


def standard_b64decode(s):
    """The bytes that base 64 stands for."""
    return b64decode(s)


def urlsafe_b64encode(s):
    """Bytes in base 64, with '-' and '_' for '+' and '/'."""
    return b64encode(s).translate(_URLSAFE[0])


def urlsafe_b64decode(s):
    """The bytes that base 64 with '-' and '_' stands for."""
    return b64decode(_text_bytes(s).translate(_URLSAFE[1]))


# Base 32 and base 16

_PLAIN_32 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_HEX_32 = b"0123456789ABCDEFGHIJKLMNOPQRSTUV"


def _encode_32(alphabet, s):
    s = _data_bytes(s)
    out = bytearray()
    for at in range(0, len(s), 5):
        group = s[at:at + 5]
        number = int.from_bytes(group, "big") << 8 * (5 - len(group))
        digits = bytes(alphabet[number >> shift & 31] for shift in range(35, -1, -5))
        used = (len(group) * 8 + 4) // 5
        out += digits[:used] + b"=" * (8 - used)
    return bytes(out)


def _decode_32(alphabet, s, casefold, map01=None):
    s = bytes(_text_bytes(s))
    if len(s) % 8:
        raise binascii.Error("Incorrect padding")
    if map01 is not None:
        one = _text_bytes(map01)
        s = s.translate(_replacing(b"01", b"O" + one, one))
    if casefold:
        s = s.upper()
    digits = s.rstrip(b"=")
    padding = len(s) - len(digits)
    values = {digit: value for value, digit in enumerate(alphabet)}
    out = bytearray()
    for at in range(0, len(digits), 8):
        number = 0
        group = digits[at:at + 8]
        for digit in group:
            try:
                number = number << 5 | values[digit]
            except KeyError:
                raise binascii.Error("Non-base32 digit found") from None
        out += (number << 5 * (8 - len(group))).to_bytes(5, "big")
    if padding not in (0, 1, 3, 4, 6) or padding and not digits:
        raise binascii.Error("Incorrect padding")
    if padding:
        del out[len(out) - (5 * padding + 7) // 8:]
    return bytes(out)


def b32encode(s):
    """Bytes in base 32."""
    return _encode_32(_PLAIN_32, s)


def b32decode(s, casefold=False, map01=None):
    """The bytes that base 32 stands for; small letters and the digits 0 and 1 if they are allowed."""
    return _decode_32(_PLAIN_32, s, casefold, map01)


def b32hexencode(s):
    """Bytes in base 32 with the extended hexadecimal alphabet."""
    return _encode_32(_HEX_32, s)


def b32hexdecode(s, casefold=False):
    """The bytes that base 32 with the extended hexadecimal alphabet stands for."""
    return _decode_32(_HEX_32, s, casefold)


def b16encode(s):
    """Bytes in base 16."""
    return binascii.hexlify(s).upper()


def b16decode(s, casefold=False):
    """The bytes that base 16 stands for."""
    s = _text_bytes(s)
    if casefold:
        s = s.upper()
    if s.translate(None, b"0123456789ABCDEF"):
        raise binascii.Error("Non-base16 digit found")
    return binascii.unhexlify(s)


# Base 85

_A85 = bytes(range(33, 118))
_B85 = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`{|}~"
_Z85 = b"0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#"
_A85_ENDS = b"<~", b"~>"


def _five_digits(alphabet, word):
    digits = bytearray(5)
    for place in range(4, -1, -1):
        word, digit = divmod(word, 85)
        digits[place] = alphabet[digit]
    return bytes(digits)


def _groups_85(data, alphabet, pad, short=None):
    """The groups of digits for each four bytes; `short` has others for some words."""
    missing = -len(data) % 4
    filled = data + bytes(missing)
    groups = []
    for at in range(0, len(filled), 4):
        word = int.from_bytes(filled[at:at + 4], "big")
        groups.append(short.get(word) if short and word in short else _five_digits(alphabet, word))
    if missing and not pad:
        if groups[-1] == b"z":
            groups[-1] = alphabet[:1] * 5
        groups[-1] = groups[-1][:-missing]
    return groups


def a85encode(b, *, foldspaces=False, wrapcol=0, pad=False, adobe=False):
    """Bytes in Ascii85."""
    short = {0: b"z"}
    if foldspaces:
        short[0x20202020] = b"y"
    result = b"".join(_groups_85(_data_bytes(b), _A85, pad, short))
    if adobe:
        result = _A85_ENDS[0] + result
    if wrapcol:
        wrapcol = max(1 + bool(adobe), wrapcol)
        lines = [result[at:at + wrapcol] for at in range(0, len(result), wrapcol)]
        if adobe and len(lines[-1]) + 2 > wrapcol:
            lines.append(b"")
        result = b"\n".join(lines)
    return result + _A85_ENDS[1] if adobe else result


def a85decode(b, *, foldspaces=False, adobe=False, ignorechars=b" \t\n\r\v"):
    """The bytes that Ascii85 stands for."""
    b = bytes(_text_bytes(b))
    if adobe:
        if not b.endswith(_A85_ENDS[1]):
            raise ValueError(f"Ascii85 encoded byte sequences must end with {_A85_ENDS[1]!r}")
        b = b[2 if b.startswith(_A85_ENDS[0]) else 0:-2]
    out = bytearray()
    digits = []

    def take(digit):
        digits.append(digit)
        if len(digits) == 5:
            word = 0
            for one in digits:
                word = word * 85 + one
            if word > 0xFFFFFFFF:
                raise ValueError("Ascii85 overflow")
            out.extend(word.to_bytes(4, "big"))
            digits.clear()

    for byte in b:
        if 33 <= byte <= 117:
            take(byte - 33)
        elif byte == 0x7A or foldspaces and byte == 0x79:
            if digits:
                raise ValueError(f"{chr(byte)} inside Ascii85 5-tuple")
            out += b"    " if byte == 0x79 else bytes(4)
        elif byte not in ignorechars:
            raise ValueError(f"Non-Ascii85 digit found: {chr(byte)}")
    missing = -len(digits) % 5
    for _ in range(missing):
        take(84)
    return bytes(out[:len(out) - missing] if missing else out)


def b85encode(b, pad=False):
    """Bytes in base 85, with the alphabet of git."""
    return b"".join(_groups_85(_data_bytes(b), _B85, pad))


def _decode_85(b, alphabet, name):
    b = bytes(_text_bytes(b))
    values = {digit: value for value, digit in enumerate(alphabet)}
    missing = -len(b) % 5
    b += alphabet[-1:] * missing
    out = bytearray()
    for at in range(0, len(b), 5):
        word = 0
        for place, digit in enumerate(b[at:at + 5], at):
            if digit not in values:
                raise ValueError(f"bad {name} character at position {place}") from None
            word = word * 85 + values[digit]
        if word > 0xFFFFFFFF:
            raise ValueError(f"{name} overflow in hunk starting at byte {at}") from None
        out += word.to_bytes(4, "big")
    return bytes(out[:len(out) - missing] if missing else out)


def b85decode(b):
    """The bytes that base 85 with the alphabet of git stands for."""
    return _decode_85(b, _B85, "base85")


def z85encode(s):
    """Bytes in base 85, with the alphabet of ZeroMQ."""
    return b"".join(_groups_85(_data_bytes(s), _Z85, False))


def z85decode(s):
    """The bytes that base 85 with the alphabet of ZeroMQ stands for."""
    return _decode_85(s, _Z85, "z85")


# Lines, as in mails


def encode(input, output):
    """Write what a binary file gives to another in base 64, in lines."""
    while data := input.read(MAXBINSIZE):
        while len(data) < MAXBINSIZE and (more := input.read(MAXBINSIZE - len(data))):
            data += more
        output.write(binascii.b2a_base64(data))


def decode(input, output):
    """Write what lines in base 64 stand for to another file."""
    while line := input.readline():
        output.write(binascii.a2b_base64(line))


def _flat_bytes(s):
    try:
        view = memoryview(s)
    except TypeError as error:
        raise TypeError(f"expected bytes-like object, not {type(s).__name__}") from error
    if view.format not in ("c", "b", "B"):
        raise TypeError(f"expected single byte elements, not {view.format!r} from {type(s).__name__}")
    if view.ndim != 1:
        raise TypeError(f"expected 1-D data, not {view.ndim}-D data from {type(s).__name__}")
    return view.tobytes()


def encodebytes(s):
    """Bytes in base 64, in lines of 76 characters."""
    s = _flat_bytes(s)
    return b"".join(binascii.b2a_base64(s[at:at + MAXBINSIZE]) for at in range(0, len(s), MAXBINSIZE))


def decodebytes(s):
    """The bytes that lines in base 64 stand for."""
    return binascii.a2b_base64(_flat_bytes(s))
