# Files in memory and iterators of deques say how to make them again.
import io, pickle, copy, collections
from collections import deque
for x in io.StringIO('a\r\nb', newline=None), io.StringIO('a\nb', newline=''), io.StringIO(), io.BytesIO(b'abc'):
    x.read(1)
    print(x.__getstate__(), x.__reduce_ex__(4)[1:])
    y = type(x)()
    x.note = 1
    y.__setstate__(x.__getstate__())
    print(y.read(), y.note, sorted(set(vars(y)) - {name for name in vars(y) if name[0] == "_"}))
    for bad in (1, (), (1,2,3), ('a','',-1,None), ('a','x',0,None), (b'a', 1, {}), ('', '', 0, 5), ('', '', 'x', None), (b'', -1, None), (b'', 0, 3), (b'',0.5,None), (0,0,None)):
        try: print(bad, y.__setstate__(bad))
        except Exception as e: print(bad, type(e).__name__, e)
    y.close()
    for f in (y.__getstate__, lambda: y.__setstate__(x.__getstate__()), lambda: copy.copy(y)):
        try: print(f())
        except Exception as e: print(type(e).__name__, e)
class S(io.StringIO):
    __slots__ = ('q',)
class T(io.BytesIO):
    def __init__(self, a): super().__init__(a); self.z = 1
s = T(b'xyz'); s.read(1); t = copy.copy(s); print(type(t), t.z, t.read(), pickle.loads(pickle.dumps(s)).read())
d = deque([1,2,3])
for it in iter(d), reversed(d):
    next(it)
    print(it.__reduce__(), it.__length_hint__()); c = copy.copy(it); print(list(c), list(it))
print(list(type(reversed(d))(d)), list(type(iter(d))(d, 2)), list(type(reversed(d))(d, 1)))
for args in ((), (1,), (d, 'x'), (d, 1, 2), (d, -3), (d, 9)):
    try: print(list(type(reversed(d))(*args)))
    except Exception as e: print(type(e).__name__, e)
