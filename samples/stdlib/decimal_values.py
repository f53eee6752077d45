"""decimal: formats, conversions, contexts, signals, mixed types."""
import decimal
from decimal import *
from fractions import Fraction
D = Decimal
def show(name, f):
    try: print(name, repr(f()))
    except Exception as e: print(name, type(e).__name__, e)
for spec in ['', 'e', '.3e', 'E', '.2f', 'f', ',.2f', '010.1f', '+.3g', 'g', '.0%', '%', '<12', '*^20.4f', '=+12.2f', ' .1f', ',', '020,.2f', '.10', '>8', 'n', '=8', '08', '12,']:
    for v in ['1234567.891', '-0.04', '0', '1E+5', '0E-9', 'NaN', '-Infinity', '0.000012345']:
        show(f'{spec!r} {v}', lambda: format(D(v), spec))
for v in ['  12.5  ', '1_000', '١٢', 'abc', '', '1e', '.', 'inf', '-nan12', 'sNaN', '1.e5', '.5', '+1E-7', '0x1']: show(v, lambda: D(v))
for v in [(0,(1,2,3),-2), (1,(),'F'), (0,(1,),'n'), (2,(1,),0), (0,(1,),'x'), (0,(10,),0), (1,2), 0.1, True, 10**50, Fraction(1,2), None, b'1', [0,[1],2], float('inf')]: show(v, lambda: D(v))
for a, b in [(1, 2), (0.5, 1), (Fraction(1,2), 1), ('x', 1)]:
    for o in ['__add__', '__radd__', '__lt__', '__eq__', '__pow__']:
        show((a, o), lambda: getattr(D('0.5'), o)(a))
print(D('0.5') == Fraction(1,2), D('0.5') < Fraction(2,3), D(1) == 1.0, D('0.1') == 0.1, hash(D('0.5')) == hash(0.5), hash(D('1E+400')) == hash(10**400), {1: 'a'}[D('1.0')])
print(sum([D('0.1')]*3), max(D(1), D('1.0')), sorted([D(3), 1, 2.5, D('-inf')]), divmod(D(-7), 2), -7 // D(2), 7 % D(-3), 2 ** D('0.5'), pow(D(3), 5, 7))
for n in [None, 0, 1, -1, 2]: show(n, lambda: round(D('125.455'), n))
print(int(D('-3.9')), float(D('1e-400')), complex(D('1.5')), bool(D('-0')), D('3.7').__floor__(), D('3.2').__ceil__(), abs(D('-1.50')), +D('1.23456789012345678901234567890'))
print(getcontext()); c = Context(prec=6, rounding=ROUND_HALF_UP, traps=[]); print(c, c.create_decimal('3.14159265'), c.divide(1, 3), c.sqrt(2), c.power(2, 10), c.to_sci_string(D('1E+3')), c.divide(D(1), D(0)), c.flags[DivisionByZero])
with localcontext() as ctx:
    ctx.prec = 50; print(D(2).sqrt(), D(1).exp(), D(10).ln(), D(2).log10(), D(1)/7, D('1.0000001').ln(), D('-700').exp())
with localcontext(prec=3, rounding=ROUND_UP): print(D(1)/3, D('1.001')+0)
for r in [ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_05UP]:
    print(r, [str(D(x).quantize(D(1), rounding=r)) for x in ['-2.5', '-1.5', '-0.5', '-0.1', '0.1', '0.5', '1.5', '2.5', '5.1', '10.1']])
show('1/0', lambda: D(1)/0); show('0/0', lambda: D(0)/0); show('inf-inf', lambda: D('inf')-D('inf')); show('big', lambda: D('1e999999')*10); show('q', lambda: D('1e30').quantize(D('1e-5'))); show('snan', lambda: D('sNaN')+1); show('lt', lambda: D('nan') < 1); show('int', lambda: int(D('nan'))); show('int', lambda: int(D('inf'))); show('sqrt', lambda: D(-1).sqrt()); show('mod', lambda: D('1e50') % 3); show('//', lambda: D(1) // 0)
show('prec', lambda: Context(prec=0)); show('emin', lambda: Context(Emin=1)); show('rounding', lambda: setattr(getcontext(), 'rounding', 'x')); show('attr', lambda: setattr(getcontext(), 'foo', 1)); show('set', lambda: setcontext(1)); show('flag', lambda: getcontext().flags[1]); show('kw', lambda: localcontext(foo=1))
getcontext().traps[FloatOperation] = True
show('float', lambda: D(1.5)); show('float', lambda: D(1) < 1.5); show('float', lambda: D(1) == 1.5); show('from', lambda: D.from_float(1.5))
print(D('123.4500').normalize(), D('1E+3').to_eng_string(), D('12345').scaleb(-2), D('1.5').as_integer_ratio(), D('1.20').as_tuple(), D.from_float(0.1), D(3).fma(2, 3), D('7').compare(D('8')), D('1.1').next_plus(), ExtendedContext.copy(), BasicContext.prec)
class My(Decimal):
    def __repr__(self): return 'My' + str(self)
print(My('1.5'), repr(My(2)), My(1) + 1, type(My(1) + 1).__name__, My.from_float(0.5).__repr__(), repr(My('3').__copy__()))
import copy, math; print(copy.deepcopy(D('1.5')), math.floor(D('2.7')), math.ceil(D('2.1')), math.trunc(D('-2.7')), D('2.50').real, D(5).imag, isinstance(D(1), __import__('numbers').Number))

# Plain numbers and odd ones, in contexts that round, signal and trap differently.
literals = ("1.25", "-3.5", "0.00", "-0", "9.99999", "123456789012345678901234567890.5", "1E+5", "7E-8", "2.5E-7", "NaN", "-Infinity")
operations = {
    "+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b, "<": lambda a, b: a < b,
    "==": lambda a, b: a == b, "quantize": lambda a, b: a.quantize(b), "round": lambda a, b: round(a, 1), "neg": lambda a, b: -a,
    "of": lambda a, b: (hash(a) == hash(Fraction(a)), int(a), float(a), bool(a), 2 + a, a * 3),
}
contexts = (
    decimal.Context(), decimal.Context(prec=5), decimal.Context(prec=4, rounding=decimal.ROUND_FLOOR),
    decimal.Context(prec=3, Emin=-5, Emax=5), decimal.Context(prec=6, Emax=8, Emin=-8, clamp=1), decimal.Context(prec=4, traps=[decimal.Inexact]),
)
for number, context in enumerate(contexts):
    with decimal.localcontext(context) as current:
        for n, (name, operation) in enumerate(operations.items()):
            line = []
            for m, text in enumerate(literals):
                a, b = decimal.Decimal(text), decimal.Decimal(literals[(m + n + number) % len(literals)])
                try:
                    line.append(str(operation(a, b)))
                except (ArithmeticError, ValueError, TypeError) as error:
                    line.append(type(error).__name__)
                if (m + n) % 7 == 0:
                    current.clear_flags()
            print(name, *line, *(signal.__name__ for signal, is_set in current.flags.items() if is_set))


class Money(decimal.Decimal):
    pass


print(Money("1.5") + Money(2), Money(2) == decimal.Decimal(2), {decimal.Decimal("1.50"): "there"}[Money("1.5")], type(Money(1) + 1))
