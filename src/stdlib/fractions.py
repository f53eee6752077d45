"""Numbers that are one int over another."""

import math
import numbers
import operator
import re
import sys

__all__ = ["Fraction"]

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


def _parsed(text):
    # Numerator and denominator that a text stands for.
    match = _LITERAL.fullmatch(text)
    if not match:
        raise ValueError(f"Invalid literal for Fraction: {text!r}")
    whole, below, power = (int(match[part] or default) for part, default in (("whole", 0), ("below", 1), ("power", 0)))
    places = (match["places"] or "").replace("_", "")
    scale = 10 ** len(places)
    above = (whole * scale + int(places or 0)) * 10 ** max(power, 0)
    return -above if match["sign"] == "-" else above, below * scale * 10 ** max(-power, 0)


def _ratio(number):
    # Numerator and denominator of a number that is exactly a fraction, in their lowest terms; None of another.
    if isinstance(number, _RATIONAL):
        return number.numerator, number.denominator
    if isinstance(number, float) or hasattr(number, "as_integer_ratio") and not isinstance(number, type):
        return number.as_integer_ratio()
    return None


def _reduced(n, d):
    # n / d in its lowest terms.
    if not d:
        raise ZeroDivisionError(f"Fraction({n}, 0)")
    common = math.gcd(n, d)
    return (n // common, d // common) if d > 0 else (-n // common, -d // common)


def _lowest(n, d):
    # The fraction n / d; d is not zero.
    common = math.gcd(n, d) if d > 0 else -math.gcd(n, d)
    return Fraction._made(n // common, d // common)


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


# What a fraction is reckoned with, on its right and on its left, and what that is made before.
_RIGHT = (int, lambda number: Fraction(number)), (float, lambda number: number), (complex, lambda number: number)
_LEFT = (numbers.Rational, lambda number: Fraction(number)), (numbers.Real, float), (numbers.Complex, complex)


def _operators(exact, loose, kinds=3):
    # The methods of an operator and of its reflection: exact among rational numbers, as floats with others.
    def made(other, sides):
        for kind, make in sides[:kinds]:
            if isinstance(other, kind):
                return make(other)
        return NotImplemented

    def forward(left, right):
        if type(right) is int:
            right = Fraction(right)
        elif not isinstance(right, Fraction):
            right = made(right, _RIGHT)
            if right is NotImplemented:
                return right
        return exact(left, right) if isinstance(right, Fraction) else loose(float(left), right)

    def reflected(right, left):
        left = made(left, _LEFT)
        if left is NotImplemented:
            return left
        return exact(left, right) if isinstance(left, Fraction) else loose(left, float(right))

    forward.__name__, reflected.__name__ = f"__{loose.__name__}__", f"__r{loose.__name__}__"
    return forward, reflected


def _over_one(a, b):
    # Two fractions as numerators over the same denominator.
    return a._numerator * b._denominator, b._numerator * a._denominator, a._denominator * b._denominator


def _sum(a, b):
    first, second, below = _over_one(a, b)
    return _lowest(first + second, below)


def _difference(a, b):
    first, second, below = _over_one(a, b)
    return _lowest(first - second, below)


def _product(a, b):
    return _lowest(a._numerator * b._numerator, a._denominator * b._denominator)


def _quotient(a, b):
    if not b._numerator:
        raise ZeroDivisionError(f"Fraction({b._denominator}, 0)")
    return _lowest(a._numerator * b._denominator, a._denominator * b._numerator)


def _times(a, b):
    # How often b goes into a.
    first, second, _ = _over_one(a, b)
    return first // second


def _rest(a, b):
    first, second, below = _over_one(a, b)
    return _lowest(first % second, below)


def _times_and_rest(a, b):
    first, second, below = _over_one(a, b)
    times, rest = divmod(first, second)
    return times, _lowest(rest, below)


def _ordering(test):
    # The method of one of the comparisons < <= > >=.
    def compare(self, other):
        if isinstance(other, _RATIONAL):
            return test(self._numerator * other.denominator, other.numerator * self._denominator)
        if isinstance(other, float):
            return compare(self, Fraction(other)) if math.isfinite(other) else test(0.0, other)
        return NotImplemented

    compare.__name__ = f"__{test.__name__}__"
    return compare


class Fraction(numbers.Rational):
    """Rational numbers: Fraction(numerator, denominator), Fraction(number), Fraction('1/3'), Fraction('0.5')."""

    __slots__ = "_numerator", "_denominator"

    def __new__(cls, numerator=0, denominator=None):
        if type(numerator) is int and (denominator is None or type(denominator) is int):
            ratio = (numerator, 1) if denominator is None else _reduced(numerator, denominator)
        elif denominator is None:
            ratio = _reduced(*_parsed(numerator)) if isinstance(numerator, str) else _ratio(numerator)
            if ratio is None:
                raise TypeError("argument should be a string or a Rational instance or have the as_integer_ratio() method")
        elif isinstance(numerator, numbers.Rational) and isinstance(denominator, numbers.Rational):
            (a, b), (c, d) = _ratio(numerator), _ratio(denominator)
            ratio = _reduced(a * d, c * b)
        else:
            raise TypeError("both arguments should be Rational instances")
        self = object.__new__(cls)
        self._numerator, self._denominator = ratio
        return self

    @classmethod
    def _made(cls, above, below):
        # With these two as they are.
        made = object.__new__(cls)
        made._numerator, made._denominator = above, below
        return made

    @classmethod
    def from_number(cls, number):
        """The fraction that is exactly a number."""
        ratio = _ratio(number)
        if ratio is None:
            raise TypeError("argument should be a Rational instance or have the as_integer_ratio() method")
        return cls._made(*ratio)

    @classmethod
    def from_float(cls, f):
        """The fraction that is exactly a float."""
        return cls._from(f, isinstance(f, float), "from_float", "floats")

    @classmethod
    def from_decimal(cls, dec):
        """The fraction that is exactly a Decimal."""
        # Without that module there are none.
        decimal = sys.modules.get("decimal")
        return cls._from(dec, decimal and isinstance(dec, decimal.Decimal), "from_decimal", "Decimals")

    @classmethod
    def _from(cls, number, fits, method, kind):
        if not fits and not isinstance(number, numbers.Integral):
            found = f"{number!r} ({type(number).__name__})"
            raise TypeError(f"{cls.__name__}.{method}() only takes {kind}, not {found}")
        return cls._made(*_ratio(number))

    numerator = property(operator.attrgetter("_numerator"), doc="What stands above the line.")
    denominator = property(operator.attrgetter("_denominator"), doc="What stands below the line.")

    def as_integer_ratio(self):
        """Numerator and denominator."""
        return self._numerator, self._denominator

    def is_integer(self):
        """Is it whole?"""
        return self._denominator == 1

    def limit_denominator(self, max_denominator=1000000):
        """The closest fraction whose denominator is no larger than this."""
        if max_denominator < 1:
            raise ValueError("max_denominator should be at least 1")
        n, d = self.as_integer_ratio()
        if d <= max_denominator:
            return Fraction(self)
        limit = math.floor(max_denominator)
        # Term by term of the continued fraction we come nearer, until the denominator is too large.
        above, below, above_before, below_before = 1, 0, 0, 1
        while True:
            term, rest = divmod(n, d)
            if below_before + term * below > limit:
                break
            above, above_before = above_before + term * above, above
            below, below_before = below_before + term * below, below
            n, d = d, rest
        # A part of the last term may do even better.
        term = (limit - below_before) // below
        part = Fraction._made(above_before + term * above, below_before + term * below)
        return min(Fraction._made(above, below), part, key=lambda near: abs(near - self))

    def __repr__(self):
        return f"{type(self).__name__}({self._numerator}, {self._denominator})"

    def __str__(self):
        above, below = self.as_integer_ratio()
        return f"{above}/{below}" if below != 1 else f"{above}"

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

    __add__, __radd__ = _operators(_sum, operator.add)
    __sub__, __rsub__ = _operators(_difference, operator.sub)
    __mul__, __rmul__ = _operators(_product, operator.mul)
    __truediv__, __rtruediv__ = _operators(_quotient, operator.truediv)
    __floordiv__, __rfloordiv__ = _operators(_times, operator.floordiv, kinds=2)
    __mod__, __rmod__ = _operators(_rest, operator.mod, kinds=2)
    __divmod__, __rdivmod__ = _operators(_times_and_rest, divmod, kinds=2)

    def __pow__(a, b, modulo=None):
        if modulo is None and isinstance(b, _RATIONAL):
            return a._to(b.numerator) if b.denominator == 1 else float(a) ** float(b)
        return float(a) ** b if modulo is None and isinstance(b, (float, complex)) else NotImplemented

    def _to(self, power):
        n, d = self.as_integer_ratio()
        if power < 0:
            (n, d), power = _reduced(d, n), -power
        return Fraction._made(n ** power, d ** power)

    def __rpow__(b, a, modulo=None):
        if modulo is not None:
            return NotImplemented
        power, whole = b._numerator, b.is_integer()
        if isinstance(a, _RATIONAL) and not (whole and power >= 0):
            return Fraction(a) ** b
        return a ** (power if whole else float(b))

    def __neg__(self):
        return Fraction._made(-self._numerator, self._denominator)

    def __pos__(self):
        return Fraction._made(self._numerator, self._denominator)

    def __abs__(self):
        return Fraction._made(abs(self._numerator), self._denominator)

    def __floor__(self):
        return self._numerator // self._denominator

    def __ceil__(self):
        return -(-self._numerator // self._denominator)

    def __trunc__(self):
        return self.__floor__() if self._numerator >= 0 else self.__ceil__()

    def __int__(self):
        return operator.index(self.__trunc__())

    def __round__(self, ndigits=None):
        n, d = self.as_integer_ratio()
        if ndigits is None:
            return _nearest(n, d)
        shift = 10 ** abs(ndigits)
        return Fraction(_nearest(n * shift, d), shift) if ndigits > 0 else Fraction(_nearest(n, d * shift) * shift)

    def __hash__(self):
        # As of any other number of this value: modulo a prime, where division is a multiplication.
        n, d = self.as_integer_ratio()
        prime = sys.hash_info.modulus
        value = abs(n) % prime * pow(d, -1, prime) % prime if d % prime else sys.hash_info.inf
        if n < 0:
            value = -value
        return value if value != -1 else -2

    def __eq__(self, other):
        if not isinstance(other, _RATIONAL):
            if isinstance(other, numbers.Complex) and not other.imag:
                other = other.real
            if not isinstance(other, float):
                return NotImplemented
            if not math.isfinite(other):
                return False
        return (self._numerator, self._denominator) == _ratio(other)

    __lt__, __le__, __gt__, __ge__ = map(_ordering, (operator.lt, operator.le, operator.gt, operator.ge))

    def __bool__(self):
        return bool(self._numerator)

    def __reduce__(self):
        return type(self), self.as_integer_ratio()

    def __copy__(self):
        # There is no need of a second one that cannot change either.
        return self if type(self) is Fraction else type(self)(*self.as_integer_ratio())

    def __deepcopy__(self, memo):
        return self.__copy__()


# The most usual ones first.
_RATIONAL = Fraction, int, numbers.Rational
