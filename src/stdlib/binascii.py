"""Bytes as text in base 64, base 16, quoted-printable and uuencode, and checksums."""

from _binascii import Error, a2b_base64, a2b_uu, b2a_base64, b2a_uu, crc32, crc_hqx, unhexlify


class Incomplete(Exception):
    """Data that ends too soon."""


a2b_hex = unhexlify


def hexlify(data, sep=None, bytes_per_sep=1):
    """Bytes as hexadecimal digits."""
    if isinstance(data, str):
        raise TypeError("a bytes-like object is required, not 'str'")
    data = bytes(memoryview(data))
    return (data.hex() if sep is None else data.hex(sep, bytes_per_sep)).encode("ascii")


b2a_hex = hexlify


def a2b_qp(data, header=False):
    """The bytes that quoted-printable text stands for."""
    if isinstance(data, str):
        try:
            data = data.encode("ascii")
        except UnicodeEncodeError:
            raise ValueError("string argument should contain only ASCII characters") from None
    data = bytes(data)
    out = bytearray()
    at, size = 0, len(data)
    while at < size:
        byte = data[at]
        if byte == 0x5F and header:
            out.append(0x20)
            at += 1
        elif byte != 0x3D:
            out.append(byte)
            at += 1
        elif at + 1 >= size:
            break
        elif data[at + 1] in b"\r\n":
            # A line that only goes on in the next one.
            end = data.find(b"\n", at)
            at = size if end < 0 else end + 1
        elif data[at + 1] == 0x3D:
            out.append(0x3D)
            at += 2
        else:
            digits = data[at + 1:at + 3]
            if len(digits) == 2 and all(digit in b"0123456789abcdefABCDEF" for digit in digits):
                out.append(int(digits, 16))
                at += 3
            else:
                out.append(0x3D)
                at += 1
    return bytes(out)


def b2a_qp(data, quotetabs=False, istext=True, header=False):
    """Bytes as quoted-printable text, with lines of at most 76 characters."""
    data = bytes(data)
    newline = b"\r\n" if data[:1] != b"\n" and data[data.find(b"\n") - 1:][:1] == b"\r" and b"\n" in data else b"\n"
    out = bytearray()
    column = 0
    size = len(data)
    at = 0
    while at < size:
        byte = data[at]
        following = data[at + 1] if at + 1 < size else None
        ends_line = following == 0x0A or following == 0x0D and data[at + 2:at + 3] == b"\n"
        if istext and (byte == 0x0A or byte == 0x0D and following == 0x0A):
            out += newline
            column = 0
            at += 1 if byte == 0x0A else 2
            continue
        quoted = (
            byte > 126
            or byte == 0x3D
            or header and byte == 0x5F
            or byte == 0x2E and column == 0 and (following is None or following in b"\r\n\0")
            or byte in b"\r\n" and not istext
            or byte in b"\t " and (following is None or quotetabs and not (header and byte == 0x20))
            or byte in b"\t " and istext and ends_line and not (header and byte == 0x20)
            or byte < 33 and byte not in b"\r\n\t "
        )
        piece = b"=%02X" % byte if quoted else b"_" if header and byte == 0x20 else bytes((byte,))
        room = 76 if following is None or istext and ends_line else 75
        if column + len(piece) > room:
            out += b"=" + newline
            column = 0
        out += piece
        column += len(piece)
        at += 1
    return bytes(out)
