"""statistics: averages, spreads, pairs of series, the normal distribution, densities."""
from statistics import *
from fractions import Fraction as F
from decimal import Decimal as D
def show(f, *a, **k):
    try: print(f.__name__, repr(f(*a, **k)))
    except Exception as e: print(f.__name__, type(e).__name__, "" if isinstance(e, TypeError) else e)
sets = [[1,2,3,4], [1.5,2.5,2.5,2.75,3.25,4.75], [F(1,2),F(1,3),F(5,7)], [D('0.5'),D('0.75'),D('0.625'),D('0.375')], [], [5], [1,2.5,F(1,4)], [True,False,True], [1e300,1e-300,3.0], [-1,2], [0,3,0], [float('inf'),1.0], [float('nan'),1.0], ['a','b'], [1,1,2,2,3]]
for s in sets:
    for f in [mean, fmean, geometric_mean, harmonic_mean, median, median_low, median_high, median_grouped, mode, multimode, stdev, pstdev, variance, pvariance, quantiles]:
        show(f, s)
    show(quantiles, s, n=10, method='inclusive'); show(variance, s, 2); show(harmonic_mean, s, weights=[1]*len(s)); show(fmean, s, weights=[2]*len(s))
show(quantiles, [1,2,3], n=0); show(quantiles, [1,2], method='x'); show(fmean, [1,2], [1]); show(harmonic_mean, [1,2], [1]); show(harmonic_mean, [1,2],[0,0]); show(mean, iter([1,2,4]))
x = [1,2,3,4,5,6.5]; y = [2.1,3.9,6.2,8.1,9.7,13]
show(covariance, x, y); show(correlation, x, y); show(correlation, x, y, method='ranked'); show(linear_regression, x, y); show(linear_regression, x, y, proportional=True); show(correlation, x, [1]*6); show(covariance, [1], [2]); show(correlation, [1,2],[1]); show(linear_regression, [1,1],[1,2]); show(correlation, [1,2,2,3],[3,1,1,2], method='ranked')
n = NormalDist(100, 15); near = lambda *values: [f'{value:.12g}' for value in values]; print(n, near(n.pdf(110), n.cdf(120), n.inv_cdf(0.9), n.inv_cdf(1e-12), n.inv_cdf(0.55), *n.quantiles(4)), n.zscore(130), n + 5, 2*n, n/3, -n, 10-n, n+NormalDist(1,8), n-NormalDist(1,8), near(n.overlap(NormalDist(110, 10)), n.overlap(NormalDist(110,15))), n == NormalDist(100.0,15), hash(n)==hash(NormalDist(100,15)), n.mean, n.variance, n.median)
print(NormalDist.from_samples([1,2,3.5]), NormalDist(5,2).samples(3, seed=1))
show(NormalDist, 1, -1); show(NormalDist(1,0).pdf, 1); show(n.inv_cdf, 0); show(n.overlap, 3)
for k in 'normal logistic sigmoid rectangular triangular parabolic quartic triweight cosine gauss'.split():
    print(k, near(*(kde([1,2,4.5], 0.75, k)(v) for v in (0, 1.5, 4))), near(*(kde([1,2,4.5], 0.75, k, cumulative=True)(v) for v in (0, 1.5, 4)), kde_random([1,2,4.5], 0.75, k, seed=3)()))
show(kde, [], 1); show(kde, [1], 0); show(kde, [1], 1, 'x'); show(kde, ['a'], 1)
