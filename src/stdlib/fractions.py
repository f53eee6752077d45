"""Numbers that are one int over another."""

import functools
import math
import numbers
import operator
import re
import sys

__all__ = ["Fraction"]

_PRIME = sys.hash_info.modulus
_INFINITY = sys.hash_info.inf


@functools.lru_cache(maxsize=1 << 14)
def _hash_of(numerator, denominator):
    # What other numbers of the same value hash to: the numerator times the inverse of the denominator.
    try:
        inverse = pow(denominator, -1, _PRIME)
    except ValueError:
        hash_ = _INFINITY
    else:
        hash_ = hash(hash(abs(numerator)) * inverse)
    result = hash_ if numerator >= 0 else -hash_
    return -2 if result == -1 else result


# The texts that are fractions: 1/3, 0.5, 1e-3.
_DIGITS = r"\d+(?:_\d+)*"
_LITERAL = re.compile(
    rf"\s*(?P<sign>[-+]?)(?=\d|\.\d)(?P<whole>{_DIGITS}|)"
    rf"(?:(?:\s*/\s*(?P<below>{_DIGITS}))?|(?:\.(?P<places>{_DIGITS}|))?(?:e(?P<power>[-+]?{_DIGITS}))?)\s*",
    re.IGNORECASE)

# A format: as it is, or as a float would be shown.
_SPEC = re.compile(
    r"(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ]?)(?P<z>z?)(?P<alt>#?)(?P<zero>0(?=[0-9])|)(?P<width>[0-9]*)"
    r"(?P<comma>[,_]?)(?:\.(?=[,_0-9])(?P<precision>[0-9]*)(?P<places_comma>[,_]?))?(?P<kind>[eEfFgG%]?)", re.DOTALL)


def _lowest(n, d):
    # n / d in its lowest terms; d is not zero.
    divisor = math.gcd(n, d)
    if d < 0:
        divisor = -divisor
    return Fraction._made(n // divisor, d // divisor)


def _nearest(n, d):
    # The int nearest to n / d, the even one of two.
    whole, rest = divmod(n, d)
    return whole + (2 * rest > d or 2 * rest == d and whole % 2)


def _scaled(n, d, power):
    # n / d as a multiple of a power of ten: the nearest one.
    return _nearest(n, d * 10 ** power) if power >= 0 else _nearest(n * 10 ** -power, d)


def _figures(n, d, count):
    # n / d to so many figures, and the power of ten that the last of them stands for.
    if n == 0:
        return 0, 1 - count
    power = len(str(n)) - len(str(d)) - count
    if n * 10 ** max(0, -power - count) >= d * 10 ** max(0, power + count):
        power += 1
    found = _scaled(n, d, power)
    if found == 10 ** count:
        found, power = found // 10, power + 1
    return found, power


def _aligned(spec, sign, body, default):
    width = int(spec["width"] or 0)
    fill = spec["fill"] or " "
    align = spec["align"] or default
    missing = width - len(sign) - len(body)
    if missing <= 0:
        return sign + body
    if align == "=":
        return sign + fill * missing + body
    before = {"<": 0, ">": missing, "^": missing // 2}[align]
    return fill * before + sign + body + fill * (missing - before)


def _operators(exact, loose, with_complex=True):
    # An operator and its reflection: exact among rational numbers, as floats with floats.
    def forward(a, b):
        if isinstance(b, Fraction):
            return exact(a, b)
        if isinstance(b, int):
            return exact(a, Fraction(b))
        if isinstance(b, float) or with_complex and isinstance(b, complex):
            return loose(float(a), b)
        return NotImplemented

    def reflected(b, a):
        if isinstance(a, numbers.Rational):
            return exact(Fraction(a), b)
        if isinstance(a, numbers.Real):
            return loose(float(a), float(b))
        if with_complex and isinstance(a, numbers.Complex):
            return loose(complex(a), float(b))
        return NotImplemented

    forward.__name__ = f"__{loose.__name__}__"
    reflected.__name__ = f"__r{loose.__name__}__"
    return forward, reflected


class Fraction(numbers.Rational):
    """Rational numbers: Fraction(numerator, denominator), Fraction(number), Fraction('1/3'), Fraction('0.5')."""

    __slots__ = ("_numerator", "_denominator")

    def __new__(cls, numerator=0, denominator=None):
        self = super(Fraction, cls).__new__(cls)
        if denominator is None:
            if type(numerator) is int:
                self._numerator = numerator
                self._denominator = 1
                return self
            if isinstance(numerator, numbers.Rational):
                self._numerator = numerator.numerator
                self._denominator = numerator.denominator
                return self
            if (isinstance(numerator, float)
                    or not isinstance(numerator, type) and hasattr(numerator, "as_integer_ratio")):
                self._numerator, self._denominator = numerator.as_integer_ratio()
                return self
            if not isinstance(numerator, str):
                raise TypeError("argument should be a string or a Rational instance or have the as_integer_ratio() method")
            match = _LITERAL.fullmatch(numerator)
            if match is None:
                raise ValueError("Invalid literal for Fraction: %r" % numerator)
            places = (match["places"] or "").replace("_", "")
            top = int(match["whole"] or 0) * 10 ** len(places) + int(places or 0)
            denominator = int(match["below"] or 1) * 10 ** len(places)
            power = int(match["power"] or 0)
            if power >= 0:
                top *= 10 ** power
            else:
                denominator *= 10 ** -power
            numerator = -top if match["sign"] == "-" else top
        elif type(numerator) is int is type(denominator):
            pass
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            numerator, denominator = (numerator.numerator * denominator.denominator,
                                      denominator.numerator * numerator.denominator)
        else:
            raise TypeError("both arguments should be Rational instances")
        if denominator == 0:
            raise ZeroDivisionError(f"Fraction({numerator}, 0)")
        divisor = math.gcd(numerator, denominator)
        if denominator < 0:
            divisor = -divisor
        self._numerator = numerator // divisor
        self._denominator = denominator // divisor
        return self

    @classmethod
    def from_number(cls, number):
        """The fraction that is exactly a number."""
        if type(number) is int:
            return cls._made(number, 1)
        if isinstance(number, numbers.Rational):
            return cls._made(number.numerator, number.denominator)
        if isinstance(number, float) or not isinstance(number, type) and hasattr(number, "as_integer_ratio"):
            return cls._made(*number.as_integer_ratio())
        raise TypeError("argument should be a Rational instance or have the as_integer_ratio() method")

    @classmethod
    def from_float(cls, f):
        """The fraction that is exactly a float."""
        if isinstance(f, numbers.Integral):
            return cls(f)
        if not isinstance(f, float):
            raise TypeError("%s.from_float() only takes floats, not %r (%s)" % (cls.__name__, f, type(f).__name__))
        return cls._made(*f.as_integer_ratio())

    @classmethod
    def from_decimal(cls, dec):
        """The fraction that is exactly a Decimal."""
        if isinstance(dec, numbers.Integral):
            return cls(int(dec))
        if not hasattr(dec, "as_integer_ratio") or isinstance(dec, (float, Fraction)):
            raise TypeError("%s.from_decimal() only takes Decimals, not %r (%s)" % (cls.__name__, dec, type(dec).__name__))
        return cls._made(*dec.as_integer_ratio())

    @classmethod
    def _made(cls, numerator, denominator, /):
        obj = super(Fraction, cls).__new__(cls)
        obj._numerator = numerator
        obj._denominator = denominator
        return obj

    def is_integer(self):
        """Is it whole?"""
        return self._denominator == 1

    def as_integer_ratio(self):
        """Numerator and denominator."""
        return self._numerator, self._denominator

    def limit_denominator(self, max_denominator=1000000):
        """The closest fraction whose denominator is no larger than this."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        if self._denominator <= max_denominator:
            return Fraction(self)
        # Continued fractions: of the last two bounds one is the closest.
        p0, q0, p1, q1 = 0, 1, 1, 0
        n, d = self._numerator, self._denominator
        while True:
            a = n // d
            q2 = q0 + a * q1
            if q2 > max_denominator:
                break
            p0, q0, p1, q1 = p1, q1, p0 + a * p1, q2
            n, d = d, n - a * d
        k = (max_denominator - q0) // q1
        if 2 * d * (q0 + k * q1) <= self._denominator:
            return Fraction._made(p1, q1)
        return Fraction._made(p0 + k * p1, q0 + k * q1)

    @property
    def numerator(a):
        return a._numerator

    @property
    def denominator(a):
        return a._denominator

    def __repr__(self):
        return "%s(%s, %s)" % (self.__class__.__name__, self._numerator, self._denominator)

    def __str__(self):
        return str(self._numerator) if self._denominator == 1 else f"{self._numerator}/{self._denominator}"

    def __format__(self, format_spec, /):
        """As it is, or as a float would be shown, with any precision."""
        spec = _SPEC.fullmatch(format_spec)
        if spec is not None:
            positive = "" if spec["sign"] == "-" else spec["sign"]
            if spec["kind"]:
                if not (spec["align"] and spec["zero"]):
                    return self._like_float(spec, positive)
            elif not spec["z"] and not spec["zero"] and spec["precision"] is None:
                return self._as_it_is(spec, positive)
        raise ValueError(f"Invalid format specifier {format_spec!r} for object of type {type(self).__name__!r}")

    def _as_it_is(self, spec, positive):
        body = format(abs(self._numerator), spec["comma"])
        if self._denominator > 1 or spec["alt"]:
            body += "/" + format(self._denominator, spec["comma"])
        return _aligned(spec, "-" if self._numerator < 0 else positive, body, ">")

    def _like_float(self, spec, positive):
        kind = spec["kind"]
        precision = int(spec["precision"] or 6)
        n, d = abs(self._numerator), self._denominator
        suffix = ""
        if kind in "fF%":
            digits = _scaled(n, d, -precision - 2 * (kind == "%"))
            places = precision
            if kind == "%":
                suffix = "%"
        else:
            count = max(precision, 1) if kind in "gG" else precision + 1
            digits, power = _figures(n, d, count)
            if kind in "eE" or power > 0 or power + count <= -4:
                places = count - 1
                suffix = f"{'E' if kind in 'EG' else 'e'}{power + places:+03d}"
            else:
                places = -power
        negative = self._numerator < 0 and not (spec["z"] and not digits)
        sign = "-" if negative else positive
        text = str(digits).zfill(places + 1)
        whole, rest = text[:len(text) - places], text[len(text) - places:]
        if kind in "gG" and not spec["alt"]:
            rest = rest.rstrip("0")
        if spec["places_comma"]:
            rest = spec["places_comma"].join(rest[at:at + 3] for at in range(0, len(rest), 3))
        if rest or spec["alt"]:
            rest = "." + rest
        rest += suffix
        comma = spec["comma"]
        if spec["zero"]:
            room = int(spec["width"] or 0) - len(sign) - len(rest)
            # Of four characters one is a comma.
            whole = whole.zfill(3 * room // 4 + 1 if comma else room)
        if comma:
            head = (len(whole) - 1) % 3 + 1
            whole = comma.join([whole[:head]] + [whole[at:at + 3] for at in range(head, len(whole), 3)])
        return _aligned(spec, sign, whole + rest, ">")

    def _add(a, b):
        return _lowest(a._numerator * b._denominator + b._numerator * a._denominator, a._denominator * b._denominator)

    __add__, __radd__ = _operators(_add, operator.add)

    def _sub(a, b):
        return _lowest(a._numerator * b._denominator - b._numerator * a._denominator, a._denominator * b._denominator)

    __sub__, __rsub__ = _operators(_sub, operator.sub)

    def _mul(a, b):
        return _lowest(a._numerator * b._numerator, a._denominator * b._denominator)

    __mul__, __rmul__ = _operators(_mul, operator.mul)

    def _div(a, b):
        if not b._numerator:
            raise ZeroDivisionError(f"Fraction({b._denominator}, 0)")
        return _lowest(a._numerator * b._denominator, a._denominator * b._numerator)

    __truediv__, __rtruediv__ = _operators(_div, operator.truediv)

    def _floordiv(a, b):
        return (a.numerator * b.denominator) // (a.denominator * b.numerator)

    __floordiv__, __rfloordiv__ = _operators(_floordiv, operator.floordiv, False)

    def _divmod(a, b):
        da, db = a.denominator, b.denominator
        div, mod = divmod(a.numerator * db, da * b.numerator)
        return div, Fraction(mod, da * db)

    __divmod__, __rdivmod__ = _operators(_divmod, divmod, False)

    def _mod(a, b):
        da, db = a.denominator, b.denominator
        return Fraction((a.numerator * db) % (b.numerator * da), da * db)

    __mod__, __rmod__ = _operators(_mod, operator.mod, False)

    def __pow__(a, b, modulo=None):
        if modulo is not None:
            return NotImplemented
        if isinstance(b, numbers.Rational):
            if b.denominator != 1:
                return float(a) ** float(b)
            power = b.numerator
            if power >= 0:
                return Fraction._made(a._numerator ** power, a._denominator ** power)
            if a._numerator > 0:
                return Fraction._made(a._denominator ** -power, a._numerator ** -power)
            if a._numerator == 0:
                raise ZeroDivisionError("Fraction(%s, 0)" % a._denominator ** -power)
            return Fraction._made((-a._denominator) ** -power, (-a._numerator) ** -power)
        if isinstance(b, (float, complex)):
            return float(a) ** b
        return NotImplemented

    def __rpow__(b, a, modulo=None):
        if modulo is not None:
            return NotImplemented
        if b._denominator == 1 and b._numerator >= 0:
            return a ** b._numerator
        if isinstance(a, numbers.Rational):
            return Fraction(a.numerator, a.denominator) ** b
        if b._denominator == 1:
            return a ** b._numerator
        return a ** float(b)

    def __pos__(a):
        return Fraction._made(a._numerator, a._denominator)

    def __neg__(a):
        return Fraction._made(-a._numerator, a._denominator)

    def __abs__(a):
        return Fraction._made(abs(a._numerator), a._denominator)

    def __int__(a, _index=operator.index):
        if a._numerator < 0:
            return _index(-(-a._numerator // a._denominator))
        return _index(a._numerator // a._denominator)

    def __trunc__(a):
        return -(-a._numerator // a._denominator) if a._numerator < 0 else a._numerator // a._denominator

    def __floor__(a):
        return a._numerator // a._denominator

    def __ceil__(a):
        return -(-a._numerator // a._denominator)

    def __round__(self, ndigits=None):
        if ndigits is None:
            return _nearest(self._numerator, self._denominator)
        shift = 10 ** abs(ndigits)
        if ndigits > 0:
            return Fraction(round(self * shift), shift)
        return Fraction(round(self / shift) * shift)

    def __hash__(self):
        return _hash_of(self._numerator, self._denominator)

    def __eq__(a, b):
        if type(b) is int:
            return a._numerator == b and a._denominator == 1
        if isinstance(b, numbers.Rational):
            return a._numerator == b.numerator and a._denominator == b.denominator
        if isinstance(b, numbers.Complex) and b.imag == 0:
            b = b.real
        if isinstance(b, float):
            return 0.0 == b if math.isnan(b) or math.isinf(b) else a == a.from_float(b)
        return NotImplemented

    def _richcmp(self, other, op):
        if isinstance(other, numbers.Rational):
            return op(self._numerator * other.denominator, self._denominator * other.numerator)
        if isinstance(other, float):
            return op(0.0, other) if math.isnan(other) or math.isinf(other) else op(self, self.from_float(other))
        return NotImplemented

    def __lt__(a, b):
        return a._richcmp(b, operator.lt)

    def __gt__(a, b):
        return a._richcmp(b, operator.gt)

    def __le__(a, b):
        return a._richcmp(b, operator.le)

    def __ge__(a, b):
        return a._richcmp(b, operator.ge)

    def __bool__(a):
        return bool(a._numerator)

    def __reduce__(self):
        return self.__class__, (self._numerator, self._denominator)

    def __copy__(self):
        if type(self) == Fraction:
            return self
        return self.__class__(self._numerator, self._denominator)

    def __deepcopy__(self, memo):
        return self.__copy__()
