"""Averages, spreads, and how two series go together."""

__all__ = [
    "NormalDist", "StatisticsError", "correlation", "covariance", "fmean", "geometric_mean", "harmonic_mean", "kde",
    "kde_random", "linear_regression", "mean", "median", "median_grouped", "median_high", "median_low", "mode", "multimode",
    "pstdev", "pvariance", "quantiles", "stdev", "variance",
]

import math
import random
from bisect import bisect_left, bisect_right
from collections import Counter, namedtuple
from decimal import Decimal, localcontext
from fractions import Fraction
from functools import reduce
from math import fsum, sumprod
from numbers import Rational, Real

LinearRegression = namedtuple("LinearRegression", ("slope", "intercept"))


class StatisticsError(ValueError):
    """The data cannot be summed up that way."""


# What is exact is worked out in fractions; the answer has the type of the data.


def _common_type(a, b):
    """The type in which values of both types are answered for."""
    if a is b or b is int or b is bool:
        return a
    if a is int:
        return b
    if issubclass(b, a):
        return b
    if issubclass(a, b) or issubclass(b, int):
        return a
    if issubclass(a, int):
        return b
    for exact, rounded in ((a, b), (b, a)):
        if issubclass(exact, Fraction) and issubclass(rounded, float):
            return rounded
    raise TypeError(f"don't know how to coerce {a.__name__} and {b.__name__}")


def _ratio(x):
    """Numerator and denominator of a number; what has none stands before None."""
    try:
        return x.as_integer_ratio()
    except AttributeError:
        pass
    except (OverflowError, ValueError):
        return x, None
    try:
        return x.numerator, x.denominator
    except AttributeError:
        raise TypeError(f"can't convert type '{type(x).__name__}' to numerator/denominator") from None


def _gathered(by_denominator):
    """The sum of numerators that were added up for each denominator."""
    if None in by_denominator:
        return by_denominator[None]
    return sum((Fraction(top, below) for below, top in by_denominator.items()), Fraction(0))


def _exact_sum(data):
    """The type, the sum and the number of the data."""
    kinds = {}
    by_denominator = {}
    count = 0
    for value in data:
        kinds[type(value)] = None
        top, below = _ratio(value)
        by_denominator[below] = by_denominator.get(below, 0) + top
        count += 1
    return reduce(_common_type, kinds, int), _gathered(by_denominator), count


def _exact_squares(data, center=None):
    """The type, the sum of the squared distances from the center (the mean, if none is given), the center, and the number."""
    if center is not None:
        kind, total, count = _exact_sum((d := value - center) * d for value in data)
        return kind, total, center, count
    kinds = {}
    sums, squares = {}, {}
    count = 0
    for value in data:
        kinds[type(value)] = None
        top, below = _ratio(value)
        sums[below] = sums.get(below, 0) + top
        squares[below] = squares.get(below, 0) + top * top
        count += 1
    kind = reduce(_common_type, kinds, int)
    if not count:
        return kind, Fraction(0), Fraction(0), 0
    if None in sums:
        total = sums[None]
        return kind, total, total, count
    total = _gathered(sums)
    square = sum((Fraction(top, below * below) for below, top in squares.items()), Fraction(0))
    return kind, (count * square - total * total) / count, total / count, count


def _as_type(value, kind):
    """An exact result as the data's type would have it."""
    if type(value) is kind:
        return value
    if issubclass(kind, int) and value.denominator != 1:
        kind = float
    try:
        return kind(value)
    except TypeError:
        if issubclass(kind, Decimal):
            return kind(value.numerator) / kind(value.denominator)
        raise


def _root(value, kind):
    """The square root of an exact value, rounded once."""
    if not isinstance(value, Rational):
        raise ValueError("inf or nan encountered in data")
    top, below = value.numerator, value.denominator
    if issubclass(kind, Decimal):
        return _decimal_root(top, below)
    if not top:
        return 0.0
    # So many bits that the last one, set when anything was lost, decides every rounding.
    shift = max(0, 130 + below.bit_length() - top.bit_length())
    shift += shift & 1
    scaled, rest = divmod(top << shift, below)
    root = math.isqrt(scaled)
    if rest or root * root != scaled:
        root |= 1
    return root / (1 << shift // 2)


def _decimal_root(top, below):
    if not top:
        return Decimal("0.0")
    with localcontext() as context:
        digits = context.prec
        context.prec = digits + 20
        near = (Decimal(top) / Decimal(below)).sqrt()
    # The halves beside it decide whether the nearest one was hit.
    root = +near
    exact = Fraction(top, below)
    up, down = root.next_plus(), root.next_minus()
    if exact > (Fraction(*root.as_integer_ratio()) + Fraction(*up.as_integer_ratio())) ** 2 / 4:
        return up
    if exact < (Fraction(*root.as_integer_ratio()) + Fraction(*down.as_integer_ratio())) ** 2 / 4:
        return down
    return root


def _need(count, least, name):
    if count < least:
        raise StatisticsError(f"{name} requires at least {('one data point', 'two data points')[least - 1]}")


def _refuse_negative(values, complaint):
    for value in values:
        if value < 0:
            raise StatisticsError(complaint)
        yield value


# Averages


def mean(data):
    """The arithmetic mean, exactly."""
    kind, total, count = _exact_sum(data)
    _need(count, 1, "mean")
    return _as_type(total / count, kind)


def fmean(data, weights=None):
    """The arithmetic mean as a float, weighted if weights are given."""
    if weights is None:
        try:
            count = len(data)
        except TypeError:
            data = list(data)
            count = len(data)
        total = fsum(data)
        _need(count, 1, "fmean")
        return total / count
    weights = weights if isinstance(weights, (list, tuple)) else list(weights)
    try:
        top = sumprod(data, weights)
    except ValueError:
        raise StatisticsError("data and weights must be the same length")
    below = fsum(weights)
    if not below:
        raise StatisticsError("sum of weights must be non-zero")
    return top / below


def geometric_mean(data):
    """The mean by products, as a float."""
    count = 0
    zero = False
    logarithms = []
    for count, value in enumerate(data, 1):
        if value > 0.0 or math.isnan(value):
            logarithms.append(math.log(value))
        elif value == 0.0:
            zero = True
        else:
            raise StatisticsError("No negative inputs allowed", value)
    if not count:
        raise StatisticsError("Must have a non-empty dataset")
    total = fsum(logarithms)
    if math.isnan(total):
        return math.nan
    if zero:
        return math.nan if total == math.inf else 0.0
    return math.exp(total / count)


def harmonic_mean(data, weights=None):
    """The reciprocal of the mean of the reciprocals."""
    complaint = "harmonic mean does not support negative values"
    data = list(data)
    count = len(data)
    _need(count, 1, "harmonic_mean")
    if count == 1 and weights is None:
        value = data[0]
        if not isinstance(value, (Real, Decimal)):
            raise TypeError("unsupported type")
        if value < 0:
            raise StatisticsError(complaint)
        return value
    if weights is None:
        weights = [1] * count
        whole = count
    else:
        weights = list(weights)
        if len(weights) != count:
            raise StatisticsError("Number of weights does not match data size")
        _, whole, _ = _exact_sum(_refuse_negative(weights, complaint))
    try:
        data = _refuse_negative(data, complaint)
        kind, total, _ = _exact_sum(weight / value if weight else 0 for weight, value in zip(weights, data))
    except ZeroDivisionError:
        return 0
    if total <= 0:
        raise StatisticsError("Weighted sum must be positive")
    return _as_type(whole / total, kind)


def _sorted(data, complaint="no median for empty data"):
    data = sorted(data)
    if not data:
        raise StatisticsError(complaint)
    return data


def median(data):
    """The value in the middle, or the mean of the two there."""
    data = _sorted(data)
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def median_low(data):
    """The value in the middle, the lower of two."""
    data = _sorted(data)
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The value in the middle, the higher of two."""
    data = _sorted(data)
    return data[len(data) // 2]


def median_grouped(data, interval=1.0):
    """The median of values that each stand for the middle of an interval."""
    data = _sorted(data)
    count = len(data)
    value = data[count // 2]
    below = bisect_left(data, value)
    among = bisect_right(data, value, lo=below) - below
    try:
        interval = float(interval)
        value = float(value)
    except ValueError:
        raise TypeError("Value cannot be converted to a float")
    return value - interval / 2.0 + interval * (count / 2 - below) / among


def mode(data):
    """The value that comes most often, the first of several."""
    best = Counter(iter(data)).most_common(1)
    if not best:
        raise StatisticsError("no mode for empty data")
    return best[0][0]


def multimode(data):
    """The values that come most often."""
    times = Counter(data)
    most = max(times.values(), default=0)
    return [value for value in times if times[value] == most]


def quantiles(data, *, n=4, method="exclusive"):
    """The points that cut the data into n parts of equal probability."""
    if n < 1:
        raise StatisticsError("n must be at least 1")
    data = sorted(data)
    size = len(data)
    if size < 2:
        if size == 1:
            return data * (n - 1)
        raise StatisticsError("must have at least one data point")
    if method not in ("inclusive", "exclusive"):
        raise ValueError(f"Unknown method: {method!r}")
    cuts = []
    for part in range(1, n):
        if method == "inclusive":
            at, over = divmod(part * (size - 1), n)
        else:
            at = min(max(part * (size + 1) // n, 1), size - 1)
            over = part * (size + 1) - at * n
            at -= 1
        cuts.append((data[at] * (n - over) + data[at + 1] * over) / n)
    return cuts


# Spreads


def variance(data, xbar=None):
    """The variance of a sample."""
    kind, squares, _, count = _exact_squares(data, xbar)
    _need(count, 2, "variance")
    return _as_type(squares / (count - 1), kind)


def pvariance(data, mu=None):
    """The variance of a whole population."""
    kind, squares, _, count = _exact_squares(data, mu)
    _need(count, 1, "pvariance")
    return _as_type(squares / count, kind)


def stdev(data, xbar=None):
    """The standard deviation of a sample."""
    kind, squares, _, count = _exact_squares(data, xbar)
    _need(count, 2, "stdev")
    return _root(squares / (count - 1), kind)


def pstdev(data, mu=None):
    """The standard deviation of a whole population."""
    kind, squares, _, count = _exact_squares(data, mu)
    _need(count, 1, "pstdev")
    return _root(squares / count, kind)


# Two series


def _paired(x, y, what):
    count = len(x)
    if len(y) != count:
        raise StatisticsError(f"{what} requires that both inputs have same number of data points")
    if count < 2:
        raise StatisticsError(f"{what} requires at least two data points")
    return count


def _centered(values, count):
    center = fsum(values) / count
    return center, [value - center for value in values]


def covariance(x, y, /):
    """How two series vary together, as of a sample."""
    count = _paired(x, y, "covariance")
    return sumprod(_centered(x, count)[1], _centered(y, count)[1]) / (count - 1)


def _ranks(data):
    """The rank of each value around zero; equal ones share the mean of theirs."""
    order = sorted(range(len(data)), key=data.__getitem__)
    ranks = [0.0] * len(data)
    at = 0
    while at < len(order):
        end = at
        while end < len(order) and data[order[end]] == data[order[at]]:
            end += 1
        shared = (at + end - 1) / 2 - (len(data) - 1) / 2
        for place in order[at:end]:
            ranks[place] = shared
        at = end
    return ranks


def _root_of_product(a, b):
    root = math.sqrt(a * b)
    if not math.isfinite(root):
        if math.isinf(root) and not math.isinf(a) and not math.isinf(b):
            scale = 2.0 ** -512
            return _root_of_product(scale * a, scale * b) / scale
        return root
    if not root:
        if a and b:
            scale = 2.0 ** 537
            return _root_of_product(scale * a, scale * b) / scale
        return root
    return root + sumprod((a, root), (b, -root)) / (2.0 * root)


def correlation(x, y, /, *, method="linear"):
    """Pearson's correlation, or Spearman's if ranks are to count."""
    count = _paired(x, y, "correlation")
    if method not in ("linear", "ranked"):
        raise ValueError(f"Unknown method: {method!r}")
    if method == "ranked":
        x, y = _ranks(x), _ranks(y)
    else:
        x, y = _centered(x, count)[1], _centered(y, count)[1]
    try:
        return sumprod(x, y) / _root_of_product(sumprod(x, x), sumprod(y, y))
    except ZeroDivisionError:
        raise StatisticsError("at least one of the inputs is constant")


def linear_regression(x, y, /, *, proportional=False):
    """The line that goes nearest to the points."""
    count = _paired(x, y, "linear regression")
    if not proportional:
        x_center, x = _centered(x, count)
        y_center, y = _centered(y, count)
    try:
        slope = (sumprod(x, y) + 0.0) / sumprod(x, x)
    except ZeroDivisionError:
        raise StatisticsError("x is constant")
    return LinearRegression(slope=slope, intercept=0.0 if proportional else y_center - slope * x_center)


# The normal distribution. The inverse is Wichura's algorithm AS 241, with his coefficients (1988): the ranges are the
# middle, the shoulders and the tails; each is the quotient of two polynomials, highest power first.

_MIDDLE = (
    (2.50908_09287_30122_6727e3, 3.34305_75583_58812_8105e4, 6.72657_70927_00870_0853e4, 4.59219_53931_54987_1457e4,
     1.37316_93765_50946_1125e4, 1.97159_09503_06551_4427e3, 1.33141_66789_17843_7745e2, 3.38713_28727_96366_6080e0),
    (5.22649_52788_52854_5610e3, 2.87290_85735_72194_2674e4, 3.93078_95800_09271_0610e4, 2.12137_94301_58659_5867e4,
     5.39419_60214_24751_1077e3, 6.87187_00749_20579_0830e2, 4.23133_30701_60091_1252e1, 1.0),
)
_SHOULDER = (
    (7.74545_01427_83414_07640e-4, 2.27238_44989_26918_45833e-2, 2.41780_72517_74506_11770e-1, 1.27045_82524_52368_38258e0,
     3.64784_83247_63204_60504e0, 5.76949_72214_60691_40550e0, 4.63033_78461_56545_29590e0, 1.42343_71107_49683_57734e0),
    (1.05075_00716_44416_84324e-9, 5.47593_80849_95344_94600e-4, 1.51986_66563_61645_71966e-2, 1.48103_97642_74800_74590e-1,
     6.89767_33498_51000_04550e-1, 1.67638_48301_83803_84940e0, 2.05319_16266_37758_82187e0, 1.0),
)
_TAIL = (
    (2.01033_43992_92288_13265e-7, 2.71155_55687_43487_57815e-5, 1.24266_09473_88078_43860e-3, 2.65321_89526_57612_30930e-2,
     2.96560_57182_85048_91230e-1, 1.78482_65399_17291_33580e0, 5.46378_49111_64114_36990e0, 6.65790_46435_01103_77720e0),
    (2.04426_31033_89939_78564e-15, 1.42151_17583_16445_88870e-7, 1.84631_83175_10054_68180e-5, 7.86869_13114_56132_59100e-4,
     1.48753_61290_85061_48525e-2, 1.36929_88092_27358_05310e-1, 5.99832_20655_58879_37690e-1, 1.0),
)


def _polynomial(coefficients, x):
    value = coefficients[0]
    for coefficient in coefficients[1:]:
        value = value * x + coefficient
    return value


def _normal_quantile(p, mu, sigma):
    q = p - 0.5
    if abs(q) <= 0.425:
        above, below = _MIDDLE
        r = 0.180625 - q * q
        x = _polynomial(above, r) * q / _polynomial(below, r)
        return mu + x * sigma
    r = math.sqrt(-math.log(p if q <= 0.0 else 1.0 - p))
    above, below = _SHOULDER if r <= 5.0 else _TAIL
    r -= 1.6 if r <= 5.0 else 5.0
    x = _polynomial(above, r) / _polynomial(below, r)
    return mu + (-x if q < 0.0 else x) * sigma


class NormalDist:
    """A normal distribution."""

    __slots__ = {"_mu": "Where its middle is", "_sigma": "How wide it is"}

    def __init__(self, mu=0.0, sigma=1.0):
        if sigma < 0.0:
            raise StatisticsError("sigma must be non-negative")
        self._mu, self._sigma = float(mu), float(sigma)

    @classmethod
    def from_samples(cls, data):
        """The distribution that the data seem to come from."""
        data = list(data)
        _need(len(data), 2, "stdev")
        kind, squares, center, count = _exact_squares(data)
        return cls(float(center), _root(squares / (count - 1), float))

    mean = property(lambda self: self._mu, doc="The arithmetic mean.")
    median = property(lambda self: self._mu, doc="The median.")
    mode = property(lambda self: self._mu, doc="The mode.")
    stdev = property(lambda self: self._sigma, doc="The standard deviation.")
    variance = property(lambda self: self._sigma * self._sigma, doc="The variance.")

    def _needs_width(self, name):
        if not self._sigma:
            raise StatisticsError(f"{name}() not defined when sigma is zero")

    def samples(self, n, *, seed=None):
        """Some values drawn at random."""
        draw = random.random if seed is None else random.Random(seed).random
        return [_normal_quantile(draw(), self._mu, self._sigma) for _ in range(n)]

    def pdf(self, x):
        """The density at a value."""
        self._needs_width("pdf")
        off, variance = x - self._mu, self.variance
        return math.exp(off * off / (-2.0 * variance)) / math.sqrt(math.tau * variance)

    def cdf(self, x):
        """How probable values up to this one are."""
        self._needs_width("cdf")
        return 0.5 * math.erfc((self._mu - x) / (self._sigma * math.sqrt(2.0)))

    def inv_cdf(self, p):
        """Up to which value this probability goes."""
        if p <= 0.0 or p >= 1.0:
            raise StatisticsError("p must be in the range 0.0 < p < 1.0")
        return _normal_quantile(p, self._mu, self._sigma)

    def quantiles(self, n=4):
        """The points that cut it into n parts of equal probability."""
        return [self.inv_cdf(part / n) for part in range(1, n)]

    def overlap(self, other):
        """How much of the area under both curves they share."""
        if not isinstance(other, NormalDist):
            raise TypeError("Expected another NormalDist instance")
        low, high = self, other
        if (high._sigma, high._mu) < (low._sigma, low._mu):
            low, high = high, low
        low_variance, high_variance = low.variance, high.variance
        if not low_variance or not high_variance:
            raise StatisticsError("overlap() not defined when sigma is zero")
        apart = high_variance - low_variance
        between = abs(high._mu - low._mu)
        if not apart:
            return 1.0 - math.erf(between / (2.0 * low._sigma * math.sqrt(2.0)))
        # The curves cross at two places; between them one is above, outside the other.
        a = low._mu * high_variance - high._mu * low_variance
        b = low._sigma * high._sigma * math.sqrt(between * between + apart * math.log(high_variance / low_variance))
        crossings = (a + b) / apart, (a - b) / apart
        return 1.0 - sum(abs(high.cdf(x) - low.cdf(x)) for x in crossings)

    def zscore(self, x):
        """How many standard deviations a value is above the mean."""
        self._needs_width("zscore")
        return (x - self._mu) / self._sigma

    def __add__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu + other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu + other, self._sigma)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, NormalDist):
            return NormalDist(self._mu - other._mu, math.hypot(self._sigma, other._sigma))
        return NormalDist(self._mu - other, self._sigma)

    def __rsub__(self, other):
        return -(self - other)

    def __mul__(self, factor):
        return NormalDist(self._mu * factor, self._sigma * abs(factor))

    __rmul__ = __mul__

    def __truediv__(self, divisor):
        return NormalDist(self._mu / divisor, self._sigma / abs(divisor))

    def __pos__(self):
        return NormalDist(self._mu, self._sigma)

    def __neg__(self):
        return NormalDist(-self._mu, self._sigma)

    def __eq__(self, other):
        return self.__getstate__() == other.__getstate__() if isinstance(other, NormalDist) else NotImplemented

    def __hash__(self):
        return hash(self.__getstate__())

    def __repr__(self):
        return f"{type(self).__name__}(mu={self._mu!r}, sigma={self._sigma!r})"

    def __getstate__(self):
        return self._mu, self._sigma

    def __setstate__(self, state):
        self._mu, self._sigma = state


# Densities from samples: each sample spreads as a kernel says. A kernel is its density, its cumulated density, the inverse of
# that, and how far it reaches.


def _by_steps(cdf, pdf, guess):
    """The inverse of a cumulated density by Newton's steps from a guess."""

    def inverse(p):
        flipped = p > 0.5
        p = 1.0 - p if flipped else p
        x = guess(p)
        for _ in range(100):
            off = cdf(x) - p
            if abs(off) <= 1e-12:
                break
            x -= off / pdf(x)
        return -x if flipped else x

    return inverse


def _kernels():
    pi, sqrt, exp = math.pi, math.sqrt, math.exp
    quartic = lambda t: 15 / 16 * (1.0 - t * t) ** 2, lambda t: sumprod((3 / 16, -5 / 8, 15 / 16, 1 / 2), (t**5, t**3, t, 1.0))
    triweight = (
        lambda t: 35 / 32 * (1.0 - t * t) ** 3,
        lambda t: sumprod((-5 / 32, 21 / 32, -35 / 32, 35 / 32, 1 / 2), (t**7, t**5, t**3, t, 1.0)),
    )
    cosine = lambda t: pi / 4 * math.cos(pi / 2 * t), lambda t: 1 / 2 * math.sin(pi / 2 * t) + 1 / 2
    start = lambda p: math.cos((math.acos(2.0 * p - 1.0) + pi) / 3.0) * 2.0 if 0.0 < p < 1.0 else 2.0 * p - 1.0
    normal = NormalDist()
    named = {
        "normal": (
            lambda t: exp(-1 / 2 * t * t) / sqrt(math.tau), lambda t: 1 / 2 * math.erfc(-t / sqrt(2.0)), normal.inv_cdf, None,
        ),
        "logistic": (
            lambda t: 1 / 2 / (1.0 + math.cosh(t)),
            lambda t: 1.0 - 1.0 / (exp(t) + 1.0),
            lambda p: math.log(p / (1.0 - p)),
            None,
        ),
        "sigmoid": (
            lambda t: 1 / pi / math.cosh(t),
            lambda t: 2 / pi * math.atan(exp(t)),
            lambda p: math.log(math.tan(p * pi / 2)),
            None,
        ),
        "rectangular": (lambda t: 1 / 2, lambda t: 1 / 2 * t + 1 / 2, lambda p: 2.0 * p - 1.0, 1.0),
        "triangular": (
            lambda t: 1.0 - abs(t),
            lambda t: t * t * (1 / 2 if t < 0.0 else -1 / 2) + t + 1 / 2,
            lambda p: sqrt(2.0 * p) - 1.0 if p < 1 / 2 else 1.0 - sqrt(2.0 - 2.0 * p),
            1.0,
        ),
        "parabolic": (
            lambda t: 3 / 4 * (1.0 - t * t),
            lambda t: sumprod((-1 / 4, 3 / 4, 1 / 2), (t**3, t, 1.0)),
            lambda p: 2.0 * math.cos((math.acos(2.0 * p - 1.0) + pi) / 3.0),
            1.0,
        ),
        "quartic": (*quartic, _by_steps(quartic[1], quartic[0], start), 1.0),
        "triweight": (*triweight, _by_steps(triweight[1], triweight[0], start), 1.0),
        "cosine": (*cosine, lambda p: 2.0 * math.asin(2.0 * p - 1.0) / pi, 1.0),
    }
    for name, also in (("normal", "gauss"), ("rectangular", "uniform"), ("parabolic", "epanechnikov"), ("quartic", "biweight")):
        named[also] = named[name]
    return named


def _kernel(data, h, kernel):
    if not len(data):
        raise StatisticsError("Empty data sequence")
    if not isinstance(data[0], (int, float)):
        raise TypeError("Data sequence must contain ints or floats")
    if h <= 0.0:
        raise StatisticsError(f"Bandwidth h must be positive, not h={h!r}")
    try:
        return _kernels()[kernel]
    except KeyError:
        raise StatisticsError(f"Unknown kernel name: {kernel!r}") from None


def kde(data, h, kernel="normal", *, cumulative=False):
    """The density (or the cumulated one) that samples suggest, as a function."""
    density, cumulated, _, reach = _kernel(data, h, kernel)
    if reach is None:
        spread = cumulated if cumulative else density

        def estimate(x):
            """The estimate at x."""
            total = fsum(spread((x - sample) / h) for sample in data)
            return total / len(data) if cumulative else total / (len(data) * h)

        return estimate
    width = h * reach
    ordered = sorted(data)

    def near(x):
        """The estimate at x, to which only the samples near it add."""
        nonlocal ordered
        if len(ordered) != len(data):
            ordered = sorted(data)
        low, high = bisect_left(ordered, x - width), bisect_right(ordered, x + width)
        within = ordered[low:high]
        if cumulative:
            return fsum((low, *(cumulated((x - sample) / h) for sample in within))) / len(data)
        return fsum(density((x - sample) / h) for sample in within) / (len(data) * h)

    near.__name__ = "estimate"
    return near


def kde_random(data, h, kernel="normal", *, seed=None):
    """A function that draws from the density that samples suggest."""
    inverse = _kernel(data, h, kernel)[2]
    source = random.Random(seed)
    draw, choice = source.random, source.choice

    def rand():
        """A value drawn at random."""
        return choice(data) + h * inverse(draw())

    return rand
