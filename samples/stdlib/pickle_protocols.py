"""pickle: every protocol, and what comes back."""

import pickle, collections, copyreg, datetime, decimal, fractions, enum
print(pickle.DEFAULT_PROTOCOL, pickle.HIGHEST_PROTOCOL, pickle.format_version)
class P:
    def __init__(s,x): s.x=x
    def __eq__(s,o): return s.__dict__==o.__dict__
class Sl:
    __slots__=('a','b')
class St:
    def __init__(s): s.v=1
    def __getstate__(s): return {'v':s.v,'w':2}
    def __setstate__(s,st): s.__dict__.update(st)
class L(list): pass
class D(dict): pass
class N(collections.namedtuple('N','a b')): pass
class E(enum.Enum): A=1; B=2
class Nx:
    def __new__(cls,a,*,k): o=object.__new__(cls); o.a=a; o.k=k; return o
    def __getnewargs_ex__(s): return (s.a,),{'k':s.k}
class R:
    def __reduce__(s): return (int,('42',))
class RR:
    def __reduce__(s): return 'SING'
SING=RR()
class Out:
    class In: pass
    def m(self): return 1
    @classmethod
    def c(cls): return 2
def f(): pass
l=[1,2]; l.append(l)
d={}; d['me']=d
t=([],); t[0].append(t)
objs=[None,True,False,0,1,255,256,65535,65536,-1,2**31-1,2**31,-2**31,2**40,-2**70,2**3000,1.5,float('inf'),'', 'abc','é\n\\','x'*300,b'',b'ab\xff',b'y'*300,bytearray(b'zz'),(),(1,),(1,2),(1,2,3),(1,2,3,4),[],[1],[1,2],list(range(5)),{}, {1:2},{'a':[1],'b':(2,)},set(),{1,2},frozenset([1]),frozenset(),P(3),[P(1)]*2,St(),L([1,2]),D(a=1),N(1,2),E.A,Nx(1,k=2),R(),SING,Out.In(),Out.In,f,len,int,type(None),Ellipsis,NotImplemented,range(3),slice(1,2),1j,complex,collections.OrderedDict(a=1),collections.deque([1,2],3),collections.Counter('aab'),collections.defaultdict(int,{1:2}),datetime.date(2020,1,2),datetime.datetime(2020,1,2,3,4,5,6),datetime.timedelta(1,2),decimal.Decimal('1.5'),fractions.Fraction(1,3),ValueError('x',1),KeyError('k'),[1,2].append,Out().m,Out.c,'abc'.upper,['a','a','a'],[[],[]],l,d,t,'\ud800',list(range(1001)),dict.fromkeys(range(1001)),memoryview,object(),object,super]
for o in objs:
    for p in range(6):
        try: s=pickle.dumps(o,p)
        except BaseException as e: print(p,repr(o)[:40],type(e).__name__,e); continue
        try: r=pickle.loads(s)
        except BaseException as e: print('LOAD',p,repr(o)[:40],type(e).__name__,e); continue
        print(p, s if len(s)<120 else (len(s),hash(s) if 0 else s[:40],s[-20:]), ascii(r)[:60] if type(r).__repr__ is not object.__repr__ and ' at 0x' not in ascii(r) else type(r).__name__)
