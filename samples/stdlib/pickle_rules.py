"""pickle: mistakes, persistent ids, buffers, reducers, deep nesting."""

import pickle, io, copyreg
def t(f,*a,**k):
    import re
    try: print(re.sub('0x[0-9a-f]+','0x',repr(f(*a,**k))))
    except BaseException as e: print(type(e).__name__, re.sub('0x[0-9a-f]+','0x',str(e)), [re.sub('0x[0-9a-f]+','0x',n) for n in getattr(e,'__notes__',[])])
def out():
    def inner(): pass
    class C: pass
    return inner, C, C()
for x in (lambda:0, *out(), (i for i in ()), open('/dev/null'), __import__('sys'), [1,[lambda:0]], {'a':lambda:0}, {1,2}, [(i for i in ())], type('Q',(),{}), type('Q',(),{})(), memoryview(b''), {}.keys(), print, out().__class__, staticmethod(len), property()): t(pickle.dumps,x)
class A:
    def __init__(s): s.f=lambda:0
t(pickle.dumps,A())
class B:
    def __reduce__(s): return 5
class B1:
    def __reduce__(s): return (1,)
class B2:
    def __reduce__(s): return (1,())
class B3:
    def __reduce__(s): return (int,1)
class B4:
    def __getstate__(s): raise ValueError('no')
class B5:
    __slots__=('x',)
for c in (B,B1,B2,B3,B4,B5): t(pickle.dumps,c()); t(pickle.dumps,c(),0)
for b in (b'', b'\x80', b'garbage', b'\x80\x09.', b'(', b'.', b'\x80\x04\x95\x10', b'cos\nnope\n.', b'cnomod\nx\n.', b'I1', b'K', b'\x80\x04K\x01', b'h\x01.', b'}K\x01s.', b'X'): t(pickle.loads,b)
t(pickle.dumps,1,6); t(pickle.dumps,1,-1); t(pickle.dumps,1,protocol=2); t(pickle.loads,pickle.dumps([1])+b'extra')
b=io.BytesIO(); pickle.dump(1,b); pickle.dump('x',b); b.seek(0); print(pickle.load(b),pickle.load(b)); t(pickle.load,b); t(pickle.load,5); t(pickle.dump,1,5)
class PP(pickle.Pickler):
    def persistent_id(self,o): return ('pid',o.imag) if isinstance(o,complex) else None
    def reducer_override(self,o): return (str,('over',)) if isinstance(o,A) else NotImplemented
class UP(pickle.Unpickler):
    def persistent_load(self,p): return ['P',p]
    def find_class(self,m,n): print('fc',m,n); return super().find_class(m,n)
b=io.BytesIO(); PP(b).dump([1j,A(),2j]); print(b.getvalue()); t(UP(io.BytesIO(b.getvalue())).load); t(pickle.loads,b.getvalue())
b=io.BytesIO(); p=pickle.Pickler(b,2); x=[1]; p.dump(x); p.dump(x); print(b.getvalue()); p.clear_memo(); p.dump(x); print(b.getvalue(), p.bin, p.fast)
class Z: 
    def __init__(s,v): s.v=v
copyreg.pickle(Z, lambda z:(Z,(z.v*2,))); print(pickle.loads(pickle.dumps(Z(2))).v)
b=io.BytesIO(); p=pickle.Pickler(b); p.dispatch_table={Z: lambda z:(Z,(z.v*5,))}; p.dump(Z(1)); print(pickle.loads(b.getvalue()).v)
class Nd:
    def __init__(s,n): s.next=n
n=None
for i in range(300): n=Nd(n)
m=pickle.loads(pickle.dumps(n)); c=0
while m: c+=1; m=m.next
print(c)
x=[]
for i in range(300): x=[x]
print(len(pickle.dumps(x)), pickle.loads(pickle.dumps(x))==x)
print(pickle.loads(b"\x80\x02]q\x00(K\x01K\x02e.", encoding='bytes'), pickle.loads(b"U\x02abq\x00."), pickle.loads(b"U\x02abq\x00.",encoding='bytes'), pickle.loads(b"S'ab\\n'\n."), pickle.loads(b"c__builtin__\nxrange\n(I3\ntR."))
bufs=[]; s=pickle.dumps(pickle.PickleBuffer(b'abc'),5,buffer_callback=bufs.append); print(s, bufs and memoryview(bufs[0]).tobytes()); print(memoryview(pickle.loads(s,buffers=bufs)).tobytes()); print(pickle.loads(pickle.dumps(pickle.PickleBuffer(bytearray(b'q')),5)))
print(isinstance(pickle.PicklingError(),pickle.PickleError), pickle.PickleError.__mro__)
big=[b'q'*70000,'z'*70000]; s=pickle.dumps(big); print(len(s), s[:30], pickle.loads(s)==big)
import copy; print(copy.copy(A).__name__)
