"""Decimal arithmetic after the General Decimal Arithmetic specification (IBM, version 1.70)."""

__all__ = [
    "Decimal", "Context", "DecimalTuple", "DefaultContext", "BasicContext", "ExtendedContext", "DecimalException", "Clamped",
    "InvalidOperation", "DivisionByZero", "Inexact", "Rounded", "Subnormal", "Overflow", "Underflow", "FloatOperation",
    "DivisionImpossible", "InvalidContext", "ConversionSyntax", "DivisionUndefined", "ROUND_DOWN", "ROUND_HALF_UP",
    "ROUND_HALF_EVEN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_UP", "ROUND_HALF_DOWN", "ROUND_05UP", "setcontext", "getcontext",
    "localcontext", "IEEEContext", "MAX_PREC", "MAX_EMAX", "MIN_EMIN", "MIN_ETINY", "IEEE_CONTEXT_MAX_BITS", "HAVE_THREADS",
    "HAVE_CONTEXTVAR",
]

import contextvars
import math
import numbers
import re
import sys
from _decimal import _install as _put_natives_in_front
from collections import namedtuple

DecimalTuple = namedtuple("DecimalTuple", "sign digits exponent", module="decimal")

ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR = "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR"
ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN = "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_HALF_EVEN"
ROUND_05UP = "ROUND_05UP"
_ROUNDINGS = (
    ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP,
)

MAX_PREC = MAX_EMAX = 999999999999999999
MIN_EMIN = -MAX_EMAX
MIN_ETINY = MIN_EMIN - (MAX_PREC - 1)
IEEE_CONTEXT_MAX_BITS = 512
HAVE_THREADS = HAVE_CONTEXTVAR = True
__version__ = "1.70"
__libmpdec_version__ = "2.5.1"


# Signals


class DecimalException(ArithmeticError):
    """Something about a result that a program may want to know."""


class Clamped(DecimalException):
    """An exponent was changed to fit."""


class InvalidOperation(DecimalException):
    """There is no such result."""


class ConversionSyntax(InvalidOperation):
    """A text that is no number."""


class DivisionImpossible(InvalidOperation):
    """A quotient with more digits than the precision has."""


class DivisionUndefined(InvalidOperation, ZeroDivisionError):
    """Zero divided by zero."""


class InvalidContext(InvalidOperation):
    """A context that makes no sense."""


class DivisionByZero(DecimalException, ZeroDivisionError):
    """A number divided by zero."""


class Inexact(DecimalException):
    """Digits were lost that were not zero."""


class Rounded(DecimalException):
    """Digits were lost."""


class Subnormal(DecimalException):
    """A result below the smallest exponent."""


class Overflow(Inexact, Rounded):
    """A result too large."""


class Underflow(Inexact, Rounded, Subnormal):
    """A result too small to be exact."""


class FloatOperation(DecimalException, TypeError):
    """Decimals and floats were mixed."""


_SIGNALS = (
    InvalidOperation, FloatOperation, DivisionByZero, Overflow, Underflow, Subnormal, Inexact, Rounded, Clamped,
)


_SHOWN = (
    Clamped, InvalidOperation, DivisionByZero, Inexact, FloatOperation, Overflow, Rounded, Subnormal, Underflow,
)
_NO_SIGNAL = (
    "valid values for signals are:\n  [InvalidOperation, FloatOperation, DivisionByZero,\n"
    "   Overflow, Underflow, Subnormal, Inexact, Rounded,\n   Clamped]"
)


def _signal_of(condition):
    return InvalidOperation if issubclass(condition, InvalidOperation) else condition


# Integers as digits. `str` and `int` refuse very long ones.


def _text(n):
    """The digits of a natural number."""
    if n.bit_length() < 12000:
        return str(n)
    half = n.bit_length() * 3 // 20
    high, low = divmod(n, 10 ** half)
    return _text(high) + _text(low).rjust(half, "0")


def _number(digits):
    """The natural number of these digits."""
    if len(digits) < 4000:
        return int(digits or "0")
    half = len(digits) // 2
    return _number(digits[:-half]) * 10 ** half + _number(digits[-half:])


def _count(n):
    """How many digits a natural number has; zero has one."""
    if n.bit_length() < 12000:
        return len(str(n))
    guess = int((n.bit_length() - 1) * 0.30102999566398120)
    return guess + (n >= 10 ** guess)


def _rounds_up(rounding, negative, quotient, rest, divisor):
    """Does a quotient with this rest grow by one?"""
    if not rest:
        return False
    if rounding == ROUND_DOWN:
        return False
    if rounding == ROUND_UP:
        return True
    if rounding == ROUND_CEILING:
        return not negative
    if rounding == ROUND_FLOOR:
        return negative
    if rounding == ROUND_05UP:
        return quotient % 5 == 0
    double = 2 * rest
    if double != divisor:
        return double > divisor
    return rounding == ROUND_HALF_UP or rounding == ROUND_HALF_EVEN and quotient % 2 == 1


def _divide_round(n, divisor, negative, rounding):
    quotient, rest = divmod(n, divisor)
    return quotient + _rounds_up(rounding, negative, quotient, rest, divisor), rest != 0


# Contexts


class _Flags(dict):
    """Which signals are set, or trapped; it knows no other keys."""

    def __setitem__(self, key, value):
        if key not in self:
            raise KeyError(_NO_SIGNAL)
        super().__setitem__(key, bool(value))

    def __missing__(self, key):
        raise KeyError(_NO_SIGNAL)

    def __delitem__(self, key):
        raise ValueError("signal keys cannot be deleted")

    def __repr__(self):
        return "{" + ", ".join(f"{signal!r}:{value!r}" for signal, value in self.items()) + "}"


def _flags(given, what):
    if isinstance(given, dict):
        if set(given) != set(_SIGNALS):
            raise KeyError("invalid error flag")
        return _Flags({signal: bool(given[signal]) for signal in _SIGNALS})
    if given and not isinstance(given, list):
        raise TypeError("argument must be a signal dict")
    for signal in given or ():
        if signal not in _SIGNALS:
            raise TypeError(_NO_SIGNAL)
    return _Flags({signal: bool(given) and signal in given for signal in _SIGNALS})


def _setting(name, low, high, complaint):
    slot = "_" + name

    def read(self):
        return getattr(self, slot)

    def write(self, value):
        if not isinstance(value, int):
            raise TypeError(f"'{type(value).__name__}' object cannot be interpreted as an integer")
        if not low <= value <= high:
            raise ValueError(complaint)
        setattr(self, slot, int(value))

    return property(read, write)


class Context:
    """How operations round, which exponents they allow, and what they signal."""

    def __init__(self, prec=None, rounding=None, Emin=None, Emax=None, capitals=None, clamp=None, flags=None, traps=None):
        base = DefaultContext if "DefaultContext" in globals() else None

        def given(value, name, otherwise):
            return value if value is not None else otherwise if base is None else getattr(base, name)

        self.prec = given(prec, "prec", 28)
        self.rounding = given(rounding, "rounding", ROUND_HALF_EVEN)
        self.Emin = given(Emin, "Emin", -999999)
        self.Emax = given(Emax, "Emax", 999999)
        self.capitals = given(capitals, "capitals", 1)
        self.clamp = given(clamp, "clamp", 0)
        self.flags = _flags(flags, "flags")
        if traps is None:
            traps = [InvalidOperation, DivisionByZero, Overflow] if base is None else dict(base.traps)
        self.traps = _flags(traps, "traps")

    prec = _setting("prec", 1, MAX_PREC, "valid range for prec is [1, MAX_PREC]")
    Emin = _setting("Emin", MIN_EMIN, 0, "valid range for Emin is [MIN_EMIN, 0]")
    Emax = _setting("Emax", 0, MAX_EMAX, "valid range for Emax is [0, MAX_EMAX]")
    capitals = _setting("capitals", 0, 1, "valid values for capitals are [0, 1]")
    clamp = _setting("clamp", 0, 1, "valid values for clamp are [0, 1]")

    @property
    def rounding(self):
        return self._rounding

    @rounding.setter
    def rounding(self, value):
        if value not in _ROUNDINGS:
            raise TypeError(
                "valid values for rounding are:\n  [ROUND_CEILING, ROUND_FLOOR, ROUND_UP, ROUND_DOWN,\n"
                "   ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN,\n   ROUND_05UP]"
            )
        self._rounding = value

    def __setattr__(self, name, value):
        if name in ("flags", "traps"):
            value = _flags(value, name)
        elif name not in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp") and name[1:] not in _SETTINGS:
            raise AttributeError(f"'decimal.Context' object has no attribute '{name}'")
        object.__setattr__(self, name, value)

    def __repr__(self):
        flags, traps = (
            "[" + ", ".join(signal.__name__ for signal in _SHOWN if those[signal]) + "]" for those in (self.flags, self.traps)
        )
        return (
            f"Context(prec={self.prec}, rounding={self.rounding}, Emin={self.Emin}, Emax={self.Emax}, "
            f"capitals={self.capitals}, clamp={self.clamp}, flags={flags}, traps={traps})"
        )

    def __reduce__(self):
        flags, traps = ([signal for signal, set_ in those.items() if set_] for those in (self.flags, self.traps))
        return type(self), (
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, flags, traps,
        )

    def copy(self):
        """Another context like this one."""
        return Context(
            self.prec, self.rounding, self.Emin, self.Emax, self.capitals, self.clamp, dict(self.flags), dict(self.traps)
        )

    __copy__ = copy
    __hash__ = None

    def clear_flags(self):
        """Forget what was signalled."""
        self.flags = []

    def clear_traps(self):
        """Trap nothing."""
        self.traps = []

    def Etiny(self):
        """The smallest exponent."""
        return self.Emin - self.prec + 1

    def Etop(self):
        """The largest exponent of a number with all its digits."""
        return self.Emax - self.prec + 1

    def radix(self):
        """Ten."""
        return Decimal(10)

    def _raise(self, *conditions):
        """Set the flags of what happened; raise what is trapped."""
        trapped = []
        for condition in conditions:
            signal = _signal_of(condition)
            self.flags[signal] = True
            if self.traps[signal]:
                trapped.append(condition)
        if trapped:
            trapped.sort(key=lambda condition: _SIGNALS.index(_signal_of(condition)))
            raise _signal_of(trapped[0])(trapped)

    def _invalid(self, condition=InvalidOperation):
        self._raise(condition)
        return _NAN

    def _working(self, prec):
        """A wide context for results on the way."""
        return Context(prec, ROUND_HALF_EVEN, MIN_EMIN, MAX_EMAX, 1, 0, [], [])

    def create_decimal(self, num="0", /):
        """A number rounded to this context."""
        if isinstance(num, str) and num != num.strip() or isinstance(num, str) and "_" in num:
            return self._invalid(ConversionSyntax)
        made = Decimal(num, self)
        if made._kind and made._n and _count(made._n) > self.prec - self.clamp and made._kind != "F":
            return self._invalid(ConversionSyntax)
        return made._fixed(self)

    def create_decimal_from_float(self, f, /):
        """A float rounded to this context."""
        return Decimal.from_float(f)._fixed(self)


_SETTINGS = ("prec", "rounding", "Emin", "Emax", "capitals", "clamp")

_PATTERN = re.compile(
    r"([-+])?(?:(?=\.?\d)(\d*)(?:\.(\d*))?(?:e([-+]?\d+))?|(inf(?:inity)?)|(s)?(nan)(\d*))", re.IGNORECASE
)


def _made(negative, n, e, kind=""):
    """A number as it stands."""
    self = object.__new__(Decimal)
    self._negative, self._n, self._e, self._kind = negative, n, e, kind
    return self


def _rounded(context, negative, n, e):
    """A number of any length, as the context has it."""
    prec, emin, emax = context._prec, context._Emin, context._Emax
    tiny = emin - prec + 1
    if not n:
        top = emax - prec + 1 if context._clamp else emax
        fit = min(max(e, tiny), top)
        if fit != e:
            context._raise(Clamped)
        return _made(negative, 0, fit)
    size = _count(n)
    below = size + e - 1 < emin
    lowest = max(tiny, e + size - prec)
    happened = []
    if e < lowest:
        n, inexact = _divide_round(n, 10 ** (lowest - e), negative, context._rounding) if lowest - e <= size + 1 else (
            int(_rounds_up(context._rounding, negative, 0, 1, 3)), True
        )
        e = lowest
        happened.append(Rounded)
        if inexact:
            happened.append(Inexact)
        if n == 10 ** prec:
            n //= 10
            e += 1
    if below:
        happened.append(Subnormal)
        if Inexact in happened:
            happened.append(Underflow)
            if not n:
                happened.append(Clamped)
    if n and _count(n) + e - 1 > emax:
        context._raise(Overflow, Inexact, Rounded)
        away = {ROUND_CEILING: not negative, ROUND_FLOOR: negative, ROUND_DOWN: False, ROUND_05UP: False}
        if away.get(context._rounding, True):
            return _made(negative, 0, 0, "F")
        return _made(negative, 10 ** prec - 1, emax - prec + 1)
    if context._clamp and n and e > emax - prec + 1:
        n *= 10 ** (e - (emax - prec + 1))
        e = emax - prec + 1
        happened.append(Clamped)
    if happened:
        context._raise(*happened)
    return _made(negative, n, e)


def _nan(context, *numbers):
    """What an operation on NaNs gives; None if there is none."""
    for number in numbers:
        if number._kind == "N":
            context._raise(InvalidOperation)
            return _quiet(context, number)
    for number in numbers:
        if number._kind == "n":
            return _quiet(context, number)
    return None


def _quiet(context, number):
    room = context.prec - context.clamp
    return _made(number._negative, number._n % 10 ** room if _count(number._n) > room else number._n, 0, "n")


def _compared(a, b):
    """-1, 0 or 1 for two numbers that are no NaNs."""
    if a._kind or b._kind:
        left = (-1 if a._negative else 1) if a._kind else 0
        right = (-1 if b._negative else 1) if b._kind else 0
        return (left > right) - (left < right)
    if not a._n or not b._n:
        left = a._n and (-1 if a._negative else 1)
        right = b._n and (-1 if b._negative else 1)
        return (left > right) - (left < right)
    if a._negative != b._negative:
        return -1 if a._negative else 1
    sign = -1 if a._negative else 1
    left, right = _count(a._n) + a._e, _count(b._n) + b._e
    if left == right:
        left, right = a._n, b._n
        if a._e > b._e:
            left *= 10 ** (a._e - b._e)
        else:
            right *= 10 ** (b._e - a._e)
    return sign * ((left > right) - (left < right))


def _operand(value):
    """A Decimal or an int as a Decimal; NotImplemented for anything else."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, int):
        return _made(value < 0, abs(value), 0)
    return NotImplemented


def _needed(value):
    made = _operand(value)
    if made is NotImplemented:
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")
    return made


def _operator(name):
    """The operators that an operation of contexts stands behind."""

    def forward(self, other):
        other = _operand(other)
        return other if other is NotImplemented else _OPERATIONS[name](getcontext(), self, other)

    def reflected(self, other):
        other = _operand(other)
        return other if other is NotImplemented else _OPERATIONS[name](getcontext(), other, self)

    return forward, reflected


def _order(accept):
    def compare(self, other):
        other = self._comparable(other, False)
        if other is NotImplemented:
            return other
        a, b = (self, other) if not isinstance(other, tuple) else other
        if a._is_nan() or b._is_nan():
            getcontext()._raise(InvalidOperation)
            return False
        return accept(_compared(a, b))

    return compare


class Decimal:
    """A decimal number, with its exponent."""

    __slots__ = ("_negative", "_n", "_e", "_kind")

    def __new__(cls, value="0", context=None):
        self = object.__new__(cls)
        negative, n, e, kind = cls._parts(value, context)
        self._negative, self._n, self._e, self._kind = negative, n, e, kind
        return self

    @staticmethod
    def _parts(value, context):
        if isinstance(value, Decimal):
            return value._negative, value._n, value._e, value._kind
        if isinstance(value, int):
            return value < 0, abs(int(value)), 0, ""
        if isinstance(value, str):
            found = _PATTERN.fullmatch(value.strip().replace("_", ""))
            if not found:
                made = (context or getcontext())._invalid(ConversionSyntax)
                return made._negative, made._n, made._e, made._kind
            sign, whole, part, power, infinite, signals, nan, payload = found.groups()
            if infinite:
                return sign == "-", 0, 0, "F"
            if nan:
                return sign == "-", _number(payload), 0, "N" if signals else "n"
            part = part or ""
            return sign == "-", _number(whole + part), int(power or 0) - len(part), ""
        if isinstance(value, (list, tuple)):
            return Decimal._parts_of_tuple(value)
        if isinstance(value, float):
            (context or getcontext())._raise_float()
            made = Decimal.from_float(value)
            return made._negative, made._n, made._e, made._kind
        raise TypeError(f"conversion from {type(value).__name__} to Decimal is not supported")

    @staticmethod
    def _parts_of_tuple(value):
        if len(value) != 3:
            raise ValueError("argument must be a sequence of length 3")
        sign, digits, exponent = value
        if not isinstance(sign, int) or sign not in (0, 1):
            raise ValueError("sign must be an integer with the value 0 or 1")
        if exponent == "F":
            return sign == 1, 0, 0, "F"
        if isinstance(exponent, str) and exponent not in ("n", "N"):
            raise ValueError("string argument in the third position must be 'F', 'n' or 'N'")
        if not isinstance(exponent, (int, str)):
            raise ValueError("exponent must be an integer")
        if not all(isinstance(digit, int) and 0 <= digit <= 9 for digit in digits):
            raise ValueError("coefficient must be a tuple of digits")
        n = _number("".join(map(str, digits)))
        return (sign == 1, n, 0, exponent) if isinstance(exponent, str) else (sign == 1, n, exponent, "")

    @classmethod
    def from_float(cls, f, /):
        """A float or an int, exactly."""
        if isinstance(f, int):
            made = _made(f < 0, abs(int(f)), 0)
        elif not isinstance(f, float):
            raise TypeError("argument must be int or float")
        elif f != f or f in (math.inf, -math.inf):
            made = _made(math.copysign(1, f) < 0, 0, 0, "n" if f != f else "F")
        else:
            top, below = abs(f).as_integer_ratio()
            twos = below.bit_length() - 1
            made = _made(math.copysign(1, f) < 0, top * 5 ** twos, -twos)
        return made if cls is Decimal else cls(made)

    @classmethod
    def from_number(cls, number, /):
        """A Decimal, float or int, exactly."""
        if isinstance(number, (int, float)):
            return cls.from_float(number)
        if isinstance(number, Decimal):
            return number if type(number) is cls is Decimal else cls(number)
        raise TypeError(f"Cannot convert {number!r} to Decimal")

    # What it is

    def _is_nan(self):
        return self._kind == "n" or self._kind == "N"

    def _fixed(self, context):
        if self._kind:
            return _quiet_kept(context, self) if self._is_nan() else self
        return _rounded(context, self._negative, self._n, self._e)

    def as_tuple(self):
        """Sign, digits and exponent."""
        digits = () if self._is_nan() and not self._n else tuple(map(int, _text(self._n)))
        return DecimalTuple(int(self._negative), digits, self._kind or self._e)

    def as_integer_ratio(self):
        """Numerator and denominator."""
        if self._is_nan():
            raise ValueError("cannot convert NaN to integer ratio")
        if self._kind:
            raise OverflowError("cannot convert Infinity to integer ratio")
        if self._e >= 0:
            top, below = self._n * 10 ** self._e, 1
        else:
            top, below = self._n, 10 ** -self._e
            shared = math.gcd(top, below)
            top, below = top // shared, below // shared
        return -top if self._negative else top, below

    def adjusted(self):
        """The exponent of the first digit."""
        return 0 if self._kind else self._e + _count(self._n) - 1

    def is_nan(self):
        return self._is_nan()

    def is_qnan(self):
        return self._kind == "n"

    def is_snan(self):
        return self._kind == "N"

    def is_infinite(self):
        return self._kind == "F"

    def is_finite(self):
        return not self._kind

    def is_signed(self):
        return self._negative

    def is_zero(self):
        return not self._kind and not self._n

    def is_canonical(self):
        return True

    def canonical(self):
        return self

    def conjugate(self):
        return self

    real = property(lambda self: self)
    imag = property(lambda self: Decimal(0))

    def radix(self):
        return Decimal(10)

    def is_normal(self, context=None):
        return not self._kind and self._n != 0 and self.adjusted() >= (context or getcontext()).Emin

    def is_subnormal(self, context=None):
        return not self._kind and self._n != 0 and self.adjusted() < (context or getcontext()).Emin

    def number_class(self, context=None):
        """The name of the kind of number it is."""
        if self._is_nan():
            return "sNaN" if self._kind == "N" else "NaN"
        kind = "Infinity" if self._kind else "Zero" if not self._n else (
            "Subnormal" if self.is_subnormal(context) else "Normal"
        )
        return ("-" if self._negative else "+") + kind

    # As text

    def __str__(self):
        return self._shown()

    def _shown(self, eng=False, context=None):
        sign = "-" if self._negative else ""
        if self._kind == "F":
            return sign + "Infinity"
        if self._kind:
            return sign + ("sNaN" if self._kind == "N" else "NaN") + (_text(self._n) if self._n else "")
        digits = _text(self._n)
        left = self._e + len(digits)
        if self._e <= 0 and left > -6:
            point = left
        elif not eng:
            point = 1
        elif not self._n:
            point = (left + 1) % 3 - 1
        else:
            point = (left - 1) % 3 + 1
        if point <= 0:
            text = "0." + "0" * -point + digits
        elif point >= len(digits):
            text = digits + "0" * (point - len(digits))
        else:
            text = digits[:point] + "." + digits[point:]
        if left != point:
            letter = "E" if (context or getcontext()).capitals else "e"
            text += f"{letter}{left - point:+d}"
        return sign + text

    def __repr__(self):
        return f"Decimal('{self}')"

    def to_eng_string(self, context=None):
        """As text, with an exponent that is a multiple of three."""
        return self._shown(True, context)

    def __format__(self, spec, /):
        return _formatted(self, spec)

    # As other numbers

    def _whole(self):
        if self._is_nan():
            raise ValueError("cannot convert NaN to integer")
        if self._kind:
            raise OverflowError("cannot convert Infinity to integer")
        whole = self._n * 10 ** self._e if self._e >= 0 else self._n // 10 ** -self._e
        return -whole if self._negative else whole

    def __int__(self):
        return self._whole()

    __trunc__ = __int__

    def __float__(self):
        if self._kind == "N":
            raise ValueError("cannot convert signaling NaN to float")
        if self._kind == "n":
            return -math.nan if self._negative else math.nan
        if self._kind:
            return -math.inf if self._negative else math.inf
        return float(f"{'-' if self._negative else ''}{_text(self._n)}e{self._e}")

    def __complex__(self):
        return complex(float(self))

    def __bool__(self):
        return bool(self._kind) or self._n != 0

    def __hash__(self):
        if self._kind == "N":
            raise TypeError("Cannot hash a signaling NaN value")
        if self._kind == "n":
            return object.__hash__(self)
        if self._kind:
            return -sys.hash_info.inf if self._negative else sys.hash_info.inf
        modulus = sys.hash_info.modulus
        value = self._n * pow(10, self._e, modulus) % modulus
        value = -value if self._negative else value
        return -2 if value == -1 else value

    def _to_whole(self, rounding):
        if self._kind or self._e >= 0:
            return self._whole()
        n, _ = _divide_round(self._n, 10 ** -self._e, self._negative, rounding)
        return -n if self._negative else n

    def __floor__(self):
        return self._to_whole(ROUND_FLOOR)

    def __ceil__(self):
        return self._to_whole(ROUND_CEILING)

    def __round__(self, n=None):
        if n is None:
            if self._is_nan():
                raise ValueError("cannot convert NaN to integer")
            if self._kind:
                raise OverflowError("cannot convert Infinity to integer")
            return self._to_whole(ROUND_HALF_EVEN)
        if not isinstance(n, int):
            raise TypeError("optional arg must be an integer")
        return self.quantize(_made(False, 1, -n))

    def __reduce__(self):
        return type(self), (str(self),)

    def __copy__(self):
        return self if type(self) is Decimal else type(self)(self)

    def __deepcopy__(self, memo):
        return self.__copy__()

    # Comparisons

    def _comparable(self, other, equality):
        """The other number; a pair where both must be made whole to compare them."""
        if isinstance(other, (Decimal, int)):
            return _operand(other)
        if isinstance(other, float):
            context = getcontext()
            if equality:
                context.flags[FloatOperation] = True
            else:
                context._raise_float()
            return Decimal.from_float(other)
        if isinstance(other, numbers.Rational):
            if self._kind:
                return self, _made(other < 0, abs(other.numerator), 0)
            return _made(self._negative, self._n * other.denominator, self._e), _operand(int(other.numerator))
        if equality and isinstance(other, numbers.Complex) and other.imag == 0:
            return self._comparable(other.real, True)
        return NotImplemented

    def __eq__(self, other):
        other = self._comparable(other, True)
        if other is NotImplemented:
            return other
        a, b = (self, other) if not isinstance(other, tuple) else other
        if a._is_nan() or b._is_nan():
            if "N" in (a._kind, b._kind):
                getcontext()._raise(InvalidOperation)
            return False
        return _compared(a, b) == 0

    __lt__ = _order(lambda order: order < 0)
    __le__ = _order(lambda order: order <= 0)
    __gt__ = _order(lambda order: order > 0)
    __ge__ = _order(lambda order: order >= 0)

    # Operators

    __add__, __radd__ = _operator("add")
    __sub__, __rsub__ = _operator("subtract")
    __mul__, __rmul__ = _operator("multiply")
    __truediv__, __rtruediv__ = _operator("divide")
    __floordiv__, __rfloordiv__ = _operator("divide_int")
    __mod__, __rmod__ = _operator("remainder")
    __divmod__, __rdivmod__ = _operator("divmod")

    def __pow__(self, other, modulo=None):
        other = _operand(other)
        if other is NotImplemented:
            return other
        if modulo is not None:
            modulo = _operand(modulo)
            if modulo is NotImplemented:
                return modulo
        return _power(getcontext(), self, other, modulo)

    def __rpow__(self, other):
        other = _operand(other)
        return other if other is NotImplemented else _power(getcontext(), other, self)

    def __neg__(self):
        return _minus(getcontext(), self)

    def __pos__(self):
        return _plus(getcontext(), self)

    def __abs__(self):
        return _absolute(getcontext(), self)

    def copy_abs(self):
        """Without its sign."""
        return _made(False, self._n, self._e, self._kind)

    def copy_negate(self):
        """With the other sign."""
        return _made(not self._negative, self._n, self._e, self._kind)

    def copy_sign(self, other, context=None):
        """With the sign of another."""
        return _made(_needed(other)._negative, self._n, self._e, self._kind)

    def same_quantum(self, other, context=None):
        """Do both have the same exponent?"""
        other = _needed(other)
        if self._kind or other._kind:
            return self._is_nan() and other._is_nan() or self._kind == other._kind == "F"
        return self._e == other._e

    def compare_total(self, other, context=None):
        """The place of the two in an order in which no two numbers are equal."""
        return _made_int(_total_order(self, _needed(other)))

    def compare_total_mag(self, other, context=None):
        """The same without their signs."""
        return _made_int(_total_order(self.copy_abs(), _needed(other).copy_abs()))

    def quantize(self, exp, rounding=None, context=None):
        """With the exponent of another number."""
        return _quantize(context or getcontext(), self, _needed(exp), rounding)

    def to_integral_value(self, rounding=None, context=None):
        """Rounded to an integer, quietly."""
        context = context or getcontext()
        if self._kind:
            return _nan(context, self) or self
        return self if self._e >= 0 else _rescaled(self, 0, rounding or context.rounding)[0]

    to_integral = to_integral_value

    def to_integral_exact(self, rounding=None, context=None):
        """Rounded to an integer, signalling what was lost."""
        context = context or getcontext()
        if self._kind:
            return _nan(context, self) or self
        if self._e >= 0:
            return self
        made, inexact = _rescaled(self, 0, rounding or context.rounding)
        context._raise(*([Inexact, Rounded] if inexact else [Rounded]))
        return made


numbers.Number.register(Decimal)
_NAN = _made(False, 0, 0, "n")


def _made_int(number):
    return _made(number < 0, abs(number), 0)


def _quiet_kept(context, number):
    """A NaN whose digits fit; what signals goes on signalling."""
    return _made(number._negative, _quiet(context, number)._n, 0, number._kind)


def _raise_float(self):
    self.flags[FloatOperation] = True
    if self.traps[FloatOperation]:
        raise FloatOperation([FloatOperation])


Context._raise_float = _raise_float


def _rescaled(number, exponent, rounding):
    """A finite number with another exponent, and whether something was lost."""
    if number._e >= exponent:
        return _made(number._negative, number._n * 10 ** (number._e - exponent), exponent), False
    far = exponent - number._e
    if far > _count(number._n) + 1:
        up = _rounds_up(rounding, number._negative, 0, 1, 3) if number._n else False
        return _made(number._negative, int(up), exponent), number._n != 0
    n, inexact = _divide_round(number._n, 10 ** far, number._negative, rounding)
    return _made(number._negative, n, exponent), inexact


def _total_order(a, b):
    if a._negative != b._negative:
        return -1 if a._negative else 1
    sign = -1 if a._negative else 1
    rank = {"": 0, "F": 1, "N": 2, "n": 3}
    left, right = rank[a._kind], rank[b._kind]
    if left == right:
        if left >= 2:
            left, right = a._n, b._n
        elif order := _compared(a, b):
            return order
        else:
            left, right = a._e, b._e
    return sign * ((left > right) - (left < right))


# Operations: each takes the context and its numbers


def _plus(context, a):
    if a._kind:
        return _nan(context, a) or a
    negative = a._negative and (a._n != 0 or context.rounding == ROUND_FLOOR)
    return _rounded(context, negative, a._n, a._e)


def _minus(context, a):
    if a._kind:
        return _nan(context, a) or a.copy_negate()
    negative = not a._negative and (a._n != 0 or context.rounding == ROUND_FLOOR)
    return _rounded(context, negative, a._n, a._e)


def _absolute(context, a):
    if a._kind:
        return _nan(context, a) or a.copy_abs()
    return _rounded(context, False, a._n, a._e)


def _add(context, a, b):
    if a._kind or b._kind:
        if found := _nan(context, a, b):
            return found
        if a._kind and b._kind and a._negative != b._negative:
            return context._invalid()
        return a if a._kind else b
    if not a._n and not b._n:
        negative = a._negative and b._negative or a._negative != b._negative and context._rounding == ROUND_FLOOR
        return _rounded(context, negative, 0, min(a._e, b._e))
    if a._e != b._e:
        a, b = _near(context, a, b)
    e = min(a._e, b._e)
    left = a._n * 10 ** (a._e - e) if a._e > e else a._n
    right = b._n * 10 ** (b._e - e) if b._e > e else b._n
    total = (-left if a._negative else left) + (-right if b._negative else right)
    if not total:
        negative = context._rounding == ROUND_FLOOR if a._negative != b._negative else a._negative
        return _rounded(context, negative, 0, e)
    return _rounded(context, total < 0, abs(total), e)


def _near(context, a, b):
    """Two numbers to add; one so small that only its being there counts is replaced by one less far away."""
    large, small = (a, b) if a._e > b._e else (b, a)
    if not large._n or not small._n:
        if not large._n:
            return a, b
        # Zero only asks for its exponent, as far as the precision goes.
        low = max(small._e, large._e + _count(large._n) - context._prec - 1)
        zero = _made(small._negative, 0, min(low, large._e) if low > small._e else small._e)
        return (large, zero) if large is a else (zero, large)
    low = large._e + min(-1, _count(large._n) - context._prec - 2)
    if _count(small._n) + small._e - 1 < low:
        small = _made(small._negative, 1, low)
    return (large, small) if large is a else (small, large)


def _subtract(context, a, b):
    if b._is_nan() or a._is_nan():
        return _nan(context, a, b)
    return _add(context, a, b.copy_negate())


def _multiply(context, a, b):
    negative = a._negative != b._negative
    if a._kind or b._kind:
        if found := _nan(context, a, b):
            return found
        if not a or not b:
            return context._invalid()
        return _made(negative, 0, 0, "F")
    return _rounded(context, negative, a._n * b._n, a._e + b._e)


def _divide(context, a, b):
    negative = a._negative != b._negative
    if a._kind or b._kind:
        if found := _nan(context, a, b):
            return found
        if a._kind and b._kind:
            return context._invalid()
        if a._kind:
            return _made(negative, 0, 0, "F")
        context._raise(Clamped)
        return _made(negative, 0, context.Etiny())
    if not b._n:
        if not a._n:
            return context._invalid(DivisionUndefined)
        context._raise(DivisionByZero)
        return _made(negative, 0, 0, "F")
    e = a._e - b._e
    if not a._n:
        return _rounded(context, negative, 0, e)
    more = _count(b._n) - _count(a._n) + context._prec + 1
    top, below = (a._n * 10 ** more, b._n) if more >= 0 else (a._n, b._n * 10 ** -more)
    quotient, rest = divmod(top, below)
    e -= more
    if rest:
        # Something follows: enough that no rounding mode takes it for exact, or for half.
        quotient = quotient * 10 + 1
        e -= 1
    else:
        wanted = a._e - b._e
        while e < wanted and quotient % 10 == 0:
            quotient //= 10
            e += 1
    return _rounded(context, negative, quotient, e)


def _integer_quotient(context, a, b):
    """Quotient and rest as integers, and the exponent of the rest; None if the quotient is too long."""
    e = min(a._e, b._e)
    if not a._n or a.adjusted() < b.adjusted() - 1:
        return 0, a._n * 10 ** (a._e - e), e
    if a.adjusted() - b.adjusted() > context.prec + 1:
        return None
    quotient, rest = divmod(a._n * 10 ** (a._e - e), b._n * 10 ** (b._e - e))
    return (quotient, rest, e) if quotient < 10 ** context.prec else None


def _divmod(context, a, b):
    negative = a._negative != b._negative
    if found := _nan(context, a, b):
        return found, found
    if a._kind:
        if b._kind:
            made = context._invalid()
            return made, made
        made = _made(negative, 0, 0, "F")
        return made, context._invalid()
    if b._kind:
        return _made(negative, 0, 0), _plus_kept(context, a)
    if not b._n:
        if not a._n:
            made = context._invalid(DivisionUndefined)
            return made, made
        context._raise(DivisionByZero, InvalidOperation)
        return _made(negative, 0, 0, "F"), _NAN
    parts = _integer_quotient(context, a, b)
    if parts is None:
        made = context._invalid(DivisionImpossible)
        return made, made
    quotient, rest, e = parts
    return _rounded(context, negative, quotient, 0), _rounded(context, a._negative, rest, e)


def _plus_kept(context, a):
    return _rounded(context, a._negative, a._n, a._e)


def _divide_int(context, a, b):
    negative = a._negative != b._negative
    if found := _nan(context, a, b):
        return found
    if a._kind:
        return context._invalid() if b._kind else _made(negative, 0, 0, "F")
    if not b._kind and not b._n:
        if not a._n:
            return context._invalid(DivisionUndefined)
        context._raise(DivisionByZero)
        return _made(negative, 0, 0, "F")
    if b._kind:
        return _made(negative, 0, 0)
    parts = _integer_quotient(context, a, b)
    return context._invalid(DivisionImpossible) if parts is None else _rounded(context, negative, parts[0], 0)


def _remainder(context, a, b):
    if found := _nan(context, a, b):
        return found
    if a._kind:
        return context._invalid()
    if not b._kind and not b._n:
        return context._invalid(InvalidOperation if a._n else DivisionUndefined)
    if b._kind:
        return _plus_kept(context, a)
    parts = _integer_quotient(context, a, b)
    return context._invalid(DivisionImpossible) if parts is None else _rounded(context, a._negative, *parts[1:])


def _remainder_near(context, a, b):
    if found := _nan(context, a, b):
        return found
    if a._kind:
        return context._invalid()
    if b._kind:
        return _plus_kept(context, a)
    if not b._n:
        return context._invalid(InvalidOperation if a._n else DivisionUndefined)
    parts = _integer_quotient(context, a, b)
    if parts is None:
        return context._invalid(DivisionImpossible)
    quotient, rest, e = parts
    divisor = b._n * 10 ** (b._e - e)
    negative = a._negative
    if 2 * rest > divisor or 2 * rest == divisor and quotient % 2:
        rest = divisor - rest
        negative = not negative
        quotient += 1
        if quotient >= 10 ** context.prec:
            return context._invalid(DivisionImpossible)
    return _rounded(context, negative if rest else a._negative, rest, e)


def _fma(context, a, b, c):
    if "N" in (a._kind, b._kind) or a._is_nan() or b._is_nan():
        return _nan(context, a, b, c)
    if a._kind or b._kind:
        if not a or not b:
            return context._invalid() if not c._kind == "N" else _nan(context, c)
        product = _made(a._negative != b._negative, 0, 0, "F")
    else:
        product = _made(a._negative != b._negative, a._n * b._n, a._e + b._e)
    return _add(context, product, c)


def _sqrt(context, a):
    if a._kind:
        if found := _nan(context, a):
            return found
        return context._invalid() if a._negative else a
    if not a._n:
        return _rounded(context, a._negative, 0, a._e >> 1)
    if a._negative:
        return context._invalid()
    ideal = a._e >> 1
    n, e = a._n, a._e
    if e & 1:
        n, e = n * 10, e - 1
    shift = max(0, context.prec + 1 - (_count(n) + 1) // 2)
    n, e = n * 100 ** shift, e // 2 - shift
    root = math.isqrt(n)
    if root * root != n:
        root, e = root * 10 + 1, e - 1
    else:
        while e < ideal and root % 10 == 0:
            root, e = root // 10, e + 1
    return _half_even(context, False, root, e)


def _quantize(context, a, b, rounding=None):
    if a._kind or b._kind:
        if found := _nan(context, a, b):
            return found
        return a if a._kind and b._kind else context._invalid()
    e = b._e
    if not context.Etiny() <= e <= context.Emax or a._n and (
        a.adjusted() > context.Emax or a.adjusted() - e + 1 > context.prec
    ):
        return context._invalid()
    made, inexact = _rescaled(a, e, rounding or context.rounding)
    if made._n and (made.adjusted() > context.Emax or _count(made._n) > context.prec):
        return context._invalid()
    if a._n and a._e < e:
        context._raise(*([Inexact, Rounded] if inexact else [Rounded]))
    return _rounded(context, made._negative, made._n, made._e)


def _normalize(context, a):
    if a._kind:
        return _nan(context, a) or a
    made = _rounded(context, a._negative, a._n, a._e)
    if made._kind:
        return made
    if not made._n:
        return _made(made._negative, 0, 0)
    n, e = made._n, made._e
    top = context.Etop() if context.clamp else context.Emax
    while n % 10 == 0 and e < top:
        n, e = n // 10, e + 1
    return _made(made._negative, n, e)


def _compare(context, a, b):
    return _nan(context, a, b) or _made_int(_compared(a, b))


def _compare_signal(context, a, b):
    if a._is_nan() or b._is_nan():
        if "N" not in (a._kind, b._kind):
            context._raise(InvalidOperation)
        return _nan(context, a, b)
    return _made_int(_compared(a, b))


def _extreme(sign, bare):
    """The larger or smaller of two numbers, perhaps by their sizes; a quiet NaN counts less than a number."""

    def chosen(context, a, b):
        if a._is_nan() or b._is_nan():
            if "N" in (a._kind, b._kind) or a._is_nan() and b._is_nan():
                return _nan(context, a, b)
            return (b if a._is_nan() else a)._fixed(context)
        order = _compared(a.copy_abs(), b.copy_abs()) if bare else _compared(a, b)
        order = order or _total_order(a, b)
        return (a if order * sign >= 0 else b)._fixed(context)

    return chosen


def _beside(context, a, up):
    """The next number above or below."""
    if found := _nan(context, a):
        return found
    if a._kind:
        if a._negative != up:
            return a
        return _made(a._negative, 10 ** context.prec - 1, context.Etop())
    wide = context.copy()
    wide.clear_traps()
    wide.rounding = ROUND_CEILING if up else ROUND_FLOOR
    made = _rounded(wide, a._negative, a._n, a._e)
    if made._kind or _compared(made, a):
        return made
    return _add(wide, made, _made(not up, 1, context.Etiny() - 1))


def _next_toward(context, a, b):
    if found := _nan(context, a, b):
        return found
    order = _compared(a, b)
    if not order:
        return a.copy_sign(b)
    made = _beside(context, a, order < 0)
    if made._kind:
        context._raise(Overflow, Inexact, Rounded)
    elif made.adjusted() < context.Emin:
        context._raise(Underflow, Subnormal, Inexact, Rounded, *(() if made._n else (Clamped,)))
    return made


def _logb(context, a):
    if a._kind:
        return _nan(context, a) or a.copy_abs()
    if not a._n:
        context._raise(DivisionByZero)
        return _made(True, 0, 0, "F")
    return _made_int(a.adjusted())._fixed(context)


def _scaleb(context, a, b):
    if found := _nan(context, a, b):
        return found
    if b._kind or b._e != 0 or b._n > 2 * (context.Emax + context.prec):
        return context._invalid()
    return a if a._kind else _rounded(context, a._negative, a._n, a._e + int(b))


def _logical(combine):
    """An operation on the digits of numbers made of 0 and 1."""

    def applied(context, *operands):
        rows = []
        for operand in operands:
            digits = _text(operand._n)
            if operand._kind or operand._negative or operand._e or set(digits) - {"0", "1"}:
                return context._invalid()
            rows.append(digits[-context.prec:].rjust(context.prec, "0"))
        return _made(False, _number("".join(str(combine(*map(int, column))) for column in zip(*rows))), 0)

    return applied


def _moved(turn):
    """The digits turned round or pushed out."""

    def applied(context, a, b):
        if found := _nan(context, a, b):
            return found
        if b._kind or b._e or b._n > context.prec:
            return context._invalid()
        if a._kind:
            return a
        digits = _text(a._n)[-context.prec:].rjust(context.prec, "0")
        by = int(b)
        if turn:
            by %= context.prec
            digits = digits[by:] + digits[:by]
        else:
            digits = (digits + "0" * by)[-context.prec:] if by >= 0 else digits[:by]
        return _made(a._negative, _number(digits), a._e)

    return applied


# Transcendental functions. Each has an approximation on integers, scaled by a power of ten; it is taken again with more
# digits until rounding is certain.


def _inverse_tanh(d, scale):
    """atanh(1/d)"""
    power = scale // d
    total, k = power, 1
    while power:
        power //= d * d
        k += 2
        total += power // k
    return total


def _ln10(digits):
    scale = 10 ** (digits + 10)
    total = 46 * _inverse_tanh(31, scale) + 34 * _inverse_tanh(49, scale) + 20 * _inverse_tanh(161, scale)
    return total // 10 ** 10


def _exp_of(x, digits):
    """exp of x / 10**digits: an integer with some more than `digits` digits, and a power of ten."""
    extra = 12
    ten = _ln10(digits + extra + _count(abs(x)))
    wide = 10 ** (digits + extra)
    k_scale = 10 ** _count(abs(x))
    k = x * 10 ** extra * k_scale // ten
    r = x * 10 ** extra - k * ten // k_scale
    halvings = int(digits ** 0.5) // 2 + 4
    guard = halvings
    scale = wide * 10 ** guard
    r = (r * 10 ** guard) >> halvings
    term = total = scale
    n = 1
    while term:
        term = term * r // scale // n
        total += term
        n += 1
    for _ in range(halvings):
        total = total * total // scale
    return total // 10 ** (guard + extra), k - digits


def _ln_of(n, e, digits):
    """ln of n * 10**e (n > 0), times 10**digits, off by less than some units."""
    size = _count(n)
    k = size + e - 1
    extra = 8
    work = digits + extra
    scale = 10 ** work
    m = n * 10 ** (work - size + 1) if work >= size - 1 else n // 10 ** (size - 1 - work)
    # The float's logarithm is right to many digits; what is missing is that of a number very near to one.
    guess = int(math.log(m // 10 ** (work - 18) / 10 ** 18) * 10 ** 16) * 10 ** (work - 16)
    near, power = _exp_of(guess, work)
    near = near * 10 ** (power + work) if power + work >= 0 else near // 10 ** -(power + work)
    z = (m - near) * scale // (m + near)
    square = z * z // scale
    total, term, i = 0, z, 1
    while term not in (0, -1):
        total += term // i
        term = term * square // scale
        i += 2
    return (guess + 2 * total + k * _ln10(work + _count(abs(k)) + 1) // 10 ** (_count(abs(k)) + 1)) // 10 ** extra


def _certain(context, approximate, rounding=ROUND_HALF_EVEN):
    """Round what comes of approximations with more and more digits."""
    for guard in (8, 24, 72):
        n, e = approximate(context.prec + guard)
        sign, n = n < 0, abs(n)
        spare = _count(n) - context.prec
        if spare > 6:
            unit = 10 ** 4
            low, high = (n - unit) // 10 ** (spare - 1), (n + unit) // 10 ** (spare - 1)
            if low == high:
                return _rounded_by(rounding, context, sign, n * 10 + 1, e - 1)
    # So near to a number of few digits that it is one.
    unit = 10 ** (spare - 4)
    n = (n + unit // 2) // unit
    made = _rounded_by(rounding, context, sign, n, e + spare - 4)
    context._raise(Inexact, Rounded)
    return made


def _rounded_by(rounding, context, negative, n, e):
    """A number rounded in a way of its own."""
    saved = context.rounding
    context.rounding = rounding
    try:
        return _rounded(context, negative, n, e)
    finally:
        context.rounding = saved


def _half_even(context, negative, n, e):
    return _rounded_by(ROUND_HALF_EVEN, context, negative, n, e)


def _exp(context, a):
    if a._kind:
        return _nan(context, a) or (_made(False, 0, 0) if a._negative else a)
    if not a._n:
        return _made(False, 1, 0)
    if a.adjusted() > _count(max(context.Emax, -context.Etiny())) + 1:
        far = context.Etiny() - 2 if a._negative else context.Emax + 2
        return _half_even(context, False, 1, far)
    if a.adjusted() < -context.prec - 1:
        # One and a little.
        e = -context.prec - 2
        return _half_even(context, False, 10 ** -e + (-1 if a._negative else 1), e)

    def approximate(digits):
        digits += max(0, a.adjusted() + 2)
        x = a._n * 10 ** (a._e + digits) if a._e + digits >= 0 else a._n // 10 ** -(a._e + digits)
        return _exp_of(-x if a._negative else x, digits)

    return _certain(context, approximate)


def _log_of_special(context, a):
    """The logarithm of what is no positive number, whatever its base."""
    if a._kind:
        if found := _nan(context, a):
            return found
        return context._invalid() if a._negative else a
    if not a._n:
        return _made(True, 0, 0, "F")
    return context._invalid()


def _ln(context, a):
    if a._kind or a._negative or not a._n:
        return _log_of_special(context, a)
    if not _compared(a, _made(False, 1, 0)):
        return _made(False, 0, 0)
    return _certain(context, lambda digits: _log_parts(a, digits))


def _log_parts(a, digits):
    """ln of a number, with so many digits even where it is near to one."""
    e = -digits - 3
    off = a._n - 10 ** -a._e if a._e < 0 else a._n
    if a._e < 0 and a.adjusted() in (0, -1):
        e -= max(0, -a._e - _count(abs(off)) + 1)
    return _ln_of(a._n, a._e, -e), e


def _log10(context, a):
    if a._kind or a._negative or not a._n:
        return _log_of_special(context, a)
    if a._n == 10 ** (_count(a._n) - 1):
        return _made_int(a.adjusted())._fixed(context)

    def approximate(digits):
        top, e = _log_parts(a, digits + 4)
        return top * 10 ** (-e) // _ln10(-e), e

    return _certain(context, approximate)


def _power(context, a, b, modulo=None):
    if modulo is not None:
        return _modular_power(context, a, b, modulo)
    if found := _nan(context, a, b):
        return found
    whole = not b._kind and (b._e >= 0 or b._n % 10 ** -b._e == 0)
    odd = whole and b._n != 0 and b._e <= 0 and b._n // 10 ** -b._e % 2 == 1
    negative = a._negative and odd
    if not b:
        return _made(False, 1, 0) if a else context._invalid()
    if a._negative and a and not whole:
        return context._invalid()
    if a._kind or not a._n:
        large = bool(a._kind) != b._negative
        return _made(negative, 0, 0, "F") if large else _made(negative, 0, 0)
    size = _made(False, a._n, a._e)
    order = _compared(size, _made(False, 1, 0))
    if b._kind:
        if a._negative:
            return context._invalid()
        if not order:
            context._raise(Inexact, Rounded)
            return _made(False, 10 ** (context.prec - 1), 1 - context.prec)
        return _made(False, 0, 0) if (order > 0) == b._negative else _made(False, 0, 0, "F")
    if whole:
        times = b._n * 10 ** b._e if b._e >= 0 else b._n // 10 ** -b._e
        if not order:
            if b._negative or a._n == 1:
                return _rounded(context, negative, 1, 0) if a._n == 1 else _divide(context, _made(negative, 1, 0), size)
            times = min(times, context.prec * 2)
        zeros = _count(a._n) - 1
        if a._n == 10 ** zeros:
            # Of the zeros only so many count as the precision has.
            kept = min(zeros * times, context.prec + 2)
            power = _made(negative, 10 ** kept, a._e * times + zeros * times - kept)
            return _divide(context, _made(False, 1, 0), power) if b._negative else _rounded(context, negative, power._n, power._e)
        if a._n.bit_length() * times <= 400 * context.prec + 20000:
            power = _made(negative, a._n ** times, a._e * times)
            return _divide(context, _made(False, 1, 0), power) if b._negative else _rounded(context, negative, power._n, power._e)
    if not order:
        context._raise(Inexact, Rounded)
        return _made(False, 10 ** (context.prec - 1), 1 - context.prec)
    # Far outside, the logarithm is enough to tell.
    steep = a.adjusted() if order > 0 else a.adjusted() + 1
    if steep and b.adjusted() + _count(abs(steep)) > _count(context.Emax) + 3:
        grows = (order > 0) != b._negative
        return _rounded(context, negative, 1, context.Emax + 2 if grows else context.Etiny() - 2 * context.prec)

    def approximate(digits):
        digits += max(0, b.adjusted() + 1) + _count(abs(a.adjusted())) + 4
        logarithm, e = _log_parts(size, digits)
        x = b._n * logarithm
        e += b._e
        x = x * 10 ** (e + digits) if e + digits >= 0 else x // 10 ** -(e + digits)
        return _exp_of(-x if b._negative else x, digits)

    made = _certain(context, approximate, context.rounding)
    return made.copy_negate() if negative else made


def _modular_power(context, a, b, modulo):
    if found := _nan(context, a, b, modulo):
        return found
    for number in a, b, modulo:
        if number._kind or number._e < 0 and number._n % 10 ** -number._e:
            return context._invalid()
    if b._negative or not modulo._n or modulo.adjusted() >= context.prec or not a._n and not b._n:
        return context._invalid()
    value = pow(int(a.copy_abs()), int(b), abs(int(modulo)))
    return _made(a._negative and int(b) % 2 == 1, value, 0)


_OPERATIONS = {
    "abs": _absolute,
    "add": _add,
    "compare": _compare,
    "compare_signal": _compare_signal,
    "divide": _divide,
    "divide_int": _divide_int,
    "divmod": _divmod,
    "exp": _exp,
    "fma": _fma,
    "ln": _ln,
    "log10": _log10,
    "logb": _logb,
    "logical_and": _logical(lambda a, b: a & b),
    "logical_invert": _logical(lambda a: 1 - a),
    "logical_or": _logical(lambda a, b: a | b),
    "logical_xor": _logical(lambda a, b: a ^ b),
    "max": _extreme(1, False),
    "max_mag": _extreme(1, True),
    "min": _extreme(-1, False),
    "min_mag": _extreme(-1, True),
    "minus": _minus,
    "multiply": _multiply,
    "next_minus": lambda context, a: _beside(context, a, False),
    "next_plus": lambda context, a: _beside(context, a, True),
    "next_toward": _next_toward,
    "normalize": _normalize,
    "plus": _plus,
    "remainder": _remainder,
    "remainder_near": _remainder_near,
    "rotate": _moved(True),
    "scaleb": _scaleb,
    "shift": _moved(False),
    "sqrt": _sqrt,
    "subtract": _subtract,
}
_OF_NUMBERS = (
    "compare", "compare_signal", "exp", "fma", "ln", "log10", "logb", "logical_and", "logical_invert", "logical_or",
    "logical_xor", "max", "max_mag", "min", "min_mag", "next_minus", "next_plus", "next_toward", "normalize",
    "remainder_near", "rotate", "scaleb", "shift", "sqrt",
)
_ALSO_OF_CONTEXTS = (
    "adjusted", "canonical", "compare_total", "compare_total_mag", "copy_abs", "copy_negate", "copy_sign", "is_canonical",
    "is_finite", "is_infinite", "is_nan", "is_normal", "is_qnan", "is_signed", "is_snan", "is_subnormal", "is_zero",
    "number_class", "quantize", "same_quantum", "to_eng_string", "to_integral_exact", "to_integral_value",
)
_IN_CONTEXT = (
    "is_normal", "is_subnormal", "number_class", "quantize", "to_eng_string", "to_integral_exact", "to_integral_value",
)


def _install(cls, name, function):
    function.__name__ = name
    function.__qualname__ = f"{cls.__name__}.{name}"
    setattr(cls, name, function)


def _install_operations():
    def of_number(operation, count):
        if count == 1:
            return lambda self, context=None: operation(context or getcontext(), self)
        if count == 2:
            return lambda self, other, context=None: operation(context or getcontext(), self, _needed(other))
        return lambda self, other, third, context=None: operation(
            context or getcontext(), self, _needed(other), _needed(third)
        )

    def of_context(operation):
        return lambda self, /, *args, **named: operation(self, *map(_needed, args), *map(_needed, named.values()))

    def by_method(name):
        method = getattr(Decimal, name)
        if name in _IN_CONTEXT:
            return lambda self, a, /, *args: method(_needed(a), *args, context=self)
        return lambda self, a, /, *args: method(_needed(a), *args)

    single = {"exp", "ln", "log10", "logb", "logical_invert", "next_minus", "next_plus", "normalize", "sqrt"}
    for name in _OF_NUMBERS:
        count = 1 if name in single else 3 if name == "fma" else 2
        _install(Decimal, name, of_number(_OPERATIONS[name], count))
    for name, operation in _OPERATIONS.items():
        _install(Context, name, of_context(operation))
    for name in _ALSO_OF_CONTEXTS:
        if name != "adjusted":
            _install(Context, name, by_method(name))
    Context.to_integral = Context.to_integral_value

    def power(self, /, a, b, modulo=None):
        return _power(self, _needed(a), _needed(b), None if modulo is None else _needed(modulo))

    def to_sci_string(self, a, /):
        return _needed(a)._shown(False, self)

    _install(Context, "power", power)
    _install(Context, "to_sci_string", to_sci_string)


_install_operations()


# Formats

_SPEC = re.compile(
    r"(?:(?P<fill>.)?(?P<align>[<>=^]))?(?P<sign>[-+ ])?(?P<no_neg_0>z)?(?P<alt>\#)?(?P<zeropad>0)?(?P<width>(?!0)\d+)?"
    r"(?P<thousands>[,_])?(?:\.(?=[\d,_])(?P<precision>\d+)?)?(?P<type>[eEfFgGn%])?",
    re.DOTALL,
)


def _grouped(digits, separator, width):
    """Digits in groups of three, with zeros in front up to a width."""
    if not separator:
        return digits.rjust(width, "0")
    while True:
        groups = [digits[max(end - 3, 0):end] for end in range(len(digits), 0, -3)]
        text = separator.join(reversed(groups))
        if len(text) >= width:
            return text
        digits = "0" + digits


def _formatted(number, spec):
    found = _SPEC.fullmatch(spec)
    if not found:
        raise ValueError("invalid format string")
    fill, align, zero = found["fill"], found["align"], found["zeropad"]
    if zero and align:
        # An explicit alignment goes before the zero.
        zero = None
        fill = fill or "0"
    width = int(found["width"] or 0)
    precision = None if found["precision"] is None else int(found["precision"])
    letter = found["type"]
    separator = found["thousands"] or ""
    if letter == "n":
        if separator:
            raise ValueError("invalid format string")
        letter = "g"
    context = getcontext()
    if letter is None:
        letter = "g" if not context.capitals else "G"
    plus = found["sign"] if found["sign"] in ("+", " ") else ""
    negative = number._negative
    if number._kind:
        body = str(number.copy_abs()) + ("%" if letter == "%" else "")
        return _aligned("-" if negative else plus, body, fill or " ", align or ">", width)
    n, e = number._n, number._e
    if letter == "%":
        e += 2
    if precision is not None:
        if letter in "eE":
            n, e = _significant(n, e, precision + 1, negative, context.rounding)
        elif letter in "fF%":
            made, _ = _rescaled(_made(negative, n, e), -precision, context.rounding)
            n, e = made._n, made._e
        elif _count(n) > max(precision, 1):
            n, e = _significant(n, e, max(precision, 1), negative, context.rounding)
    if not n and e > 0 and letter in "fF%":
        e = 0
    if found["no_neg_0"] and not n:
        negative = False
    digits = _text(n)
    left = e + len(digits)
    if letter in "eE":
        point = 1 - precision if not n and precision is not None else 1
    elif letter in "fF%":
        point = left
    else:
        point = left if e <= 0 and left > -6 else 1
    if point < 0:
        whole, part = "0", "0" * -point + digits
    elif point > len(digits):
        whole, part = digits + "0" * (point - len(digits)), ""
    else:
        whole, part = digits[:point] or "0", digits[point:]
    power = left - point
    tail = "." + part if part or found["alt"] else ""
    if power or letter in "eE":
        tail += f"{'E' if letter in 'EG' else 'e'}{power:+d}"
    if letter == "%":
        tail += "%"
    sign = "-" if negative else plus
    body = _grouped(whole, separator, width - len(sign) - len(tail) if zero else 0) + tail
    return _aligned(sign, body, fill or " ", align or ">", width)


def _significant(n, e, count, negative, rounding):
    """A number with so many digits."""
    if not n:
        return 0, e
    spare = _count(n) - count
    if spare <= 0:
        return n * 10 ** -spare, e + spare
    n, _ = _divide_round(n, 10 ** spare, negative, rounding)
    return (n // 10, e + spare + 1) if n == 10 ** count else (n, e + spare)


def _aligned(sign, body, fill, align, width):
    missing = width - len(sign) - len(body)
    if missing <= 0:
        return sign + body
    if align == "=":
        return sign + fill * missing + body
    text = sign + body
    if align == "<":
        return text + fill * missing
    if align == ">":
        return fill * missing + text
    return fill * (missing // 2) + text + fill * (missing - missing // 2)


# The current context

DefaultContext = Context()
BasicContext = Context(
    prec=9, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow, Underflow, Clamped]
)
ExtendedContext = Context(prec=9, rounding=ROUND_HALF_EVEN, traps=[], flags=[])
_current = contextvars.ContextVar("decimal_context")


def getcontext():
    """The current context."""
    try:
        return _current.get()
    except LookupError:
        context = DefaultContext.copy()
        context.clear_flags()
        _current.set(context)
        return context


def setcontext(context, /):
    """Make a context the current one."""
    if not isinstance(context, Context):
        raise TypeError("argument must be a context")
    if context in (DefaultContext, BasicContext, ExtendedContext):
        context = context.copy()
        context.clear_flags()
    _current.set(context)


class _Local:
    def __init__(self, context):
        self._context = context

    def __enter__(self):
        self._before = getcontext()
        setcontext(self._context)
        return self._context

    def __exit__(self, *exception):
        setcontext(self._before)


def localcontext(ctx=None, **kwargs):
    """A copy of a context that is the current one within a `with`."""
    if ctx is None:
        ctx = getcontext()
    elif not isinstance(ctx, Context):
        raise TypeError("optional argument must be a context")
    ctx = ctx.copy()
    for name, value in kwargs.items():
        if name not in (*_SETTINGS, "flags", "traps"):
            raise TypeError(f"this function got an unexpected keyword argument '{name}'")
        setattr(ctx, name, value)
    return _Local(ctx)


def IEEEContext(bits, /):
    """The context of an interchange format of so many bits."""
    if bits <= 0 or bits > IEEE_CONTEXT_MAX_BITS or bits % 32:
        raise ValueError("argument must be a multiple of 32, with a maximum of 512")
    emax = 3 * 2 ** (bits // 16 + 3)
    return Context(prec=9 * bits // 32 - 2, rounding=ROUND_HALF_EVEN, Emin=1 - emax, Emax=emax, clamp=1, traps=[])


_put_natives_in_front(Decimal(0), _current, Inexact, Rounded)
