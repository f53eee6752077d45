"""cmath: branch cuts, special values, errors."""

import cmath

inf, nan = cmath.inf, cmath.nan
NAMES = "acos acosh asin asinh atan atanh cos cosh exp log sinh sqrt tan tanh phase polar".split()
VALUES = [0.0, -0.0, 1.0, -2.5, 710.0, inf, -inf, nan]


def shown(number):
    """Few digits: the last ones are the C library's."""
    if isinstance(number, complex):
        return f"({number.real:.9g}, {number.imag:.9g})"
    return f"{number:.9g}" if isinstance(number, float) else tuple(map(shown, number))


for name in NAMES:
    for real in VALUES:
        row = []
        for imag in VALUES:
            try:
                row.append(shown(getattr(cmath, name)(complex(real, imag))))
            except (ValueError, OverflowError) as error:
                row.append(str(error))
        print(name, real, *row)
for length in VALUES:
    for angle in VALUES:
        try:
            print(length, angle, shown(cmath.rect(length, angle)))
        except ValueError as error:
            print(length, angle, error)


class Complex:
    def __complex__(self):
        return 3j


class Float:
    def __float__(self):
        return 2.0


print(shown(cmath.exp(Complex())), shown(cmath.exp(Float())), shown(cmath.log(8, 2)), shown(cmath.log(-1, 1j)))
print(cmath.isclose(1, 1 + 1e-10j), cmath.isclose(1, 2), cmath.isinf(complex(nan, inf)), cmath.isnan(nan), cmath.isfinite(1j))
for wrong in "x", None:
    try:
        cmath.exp(wrong)
    except TypeError as error:
        print(error)
