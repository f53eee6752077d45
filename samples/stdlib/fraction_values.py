"""Fractions: made of texts and numbers, reckoned with, rounded and formatted."""

from fractions import Fraction as F
import math, operator, random
r=random.Random(3)
vals=[F(1,3),F(-7,4),F(5),F(0),2,-3,0.5,-1.25,1j,True,float('inf')]
for op in (operator.add,operator.sub,operator.mul,operator.truediv,operator.floordiv,operator.mod,divmod,operator.pow,operator.eq,operator.lt,operator.ge):
    for a in vals:
        for b in vals:
            if not isinstance(a,F) and not isinstance(b,F): continue
            try: print(op.__name__,a,b,repr(op(a,b)))
            except Exception as e: print(op.__name__,a,b,type(e).__name__,e)
for s in ['1/3',' -3/4 ','1.5','.5','1e3','1_000/7','x','1/0','','1/ 2','3.','-.5e-2', '1__0', 'inf','٣']:
    try: print(repr(s),F(s))
    except Exception as e: print(repr(s),type(e).__name__,e)
for args in [(1,2),(2,4),(-1,-3),(1,0),(0.5,),('a',1),(1,0.5),(F(1,2),F(3,4)),(None,),(1.5+2j,),(float('nan'),),(float('inf'),)]:
    try: print(args,repr(F(*args)))
    except Exception as e: print(args,type(e).__name__,e)
for f in [F(22,7),F(-1,3),F(10**20,3),F(0),F(5),F(1,1000000),F(99999,100000)]:
    for spec in ['','.3f','10','<10','^+12','.2e','g','.3g','%','.0f',',.2f','010.2f','#','_','#.3g','z.0f','=10','*>12','.3G','08,.1f','.6_f','q','5d']:
        try: print(f,spec,repr(format(f,spec)))
        except Exception as e: print(f,spec,type(e).__name__,e)
    print(round(f),round(f,2),round(f,-1),int(f),math.floor(f),math.ceil(f),math.trunc(f),float(f),bool(f),abs(f),-f,+f,f.limit_denominator(10),f.is_integer(),f.as_integer_ratio(),str(f),f.real,f.imag,f.conjugate())
print(F(1,2) in {0.5}, F(3)==3, hash(F(3))==hash(3), sum([F(1,2)]*3), F.from_float(0.1), F.from_number(0.25), F(math.pi).limit_denominator(1000), pow(F(2),3), 2**F(1,2), F(2)**-2, F(-2)**F(1,2), max(F(1,2),0.3))
for f in [lambda: F.from_float('a'), lambda: F.from_decimal(1.5), lambda: F(1).limit_denominator(0), lambda: F(0)**-1, lambda: F(1)<1j, lambda: F.from_number('a'), lambda: F(1)+'a']:
    try: print(f())
    except Exception as e: print(type(e).__name__,e)
import copy; print(copy.deepcopy(F(1,2)), F(1,2).__reduce__())
for _ in range(300):
    a,b=F(r.randrange(-99,99),r.randrange(1,50)),F(r.randrange(-99,99),r.randrange(1,50)); print(a+b,a-b,a*b,a and b/a,a<b,a==b, b and divmod(a,b))
