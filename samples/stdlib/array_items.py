# oracle: 3.13
"""array: items, slices, buffers, mistakes."""

from array import array, typecodes, ArrayType
import array as A
print(typecodes, ArrayType is array, array)
def t(f,*a):
    try: print(repr(f(*a)))
    except BaseException as e: print(type(e).__name__, e)
for c in 'bBhHiIlLqQ':
    for v in (-1<<70, -(1<<63)-1, -(1<<31)-1, -32769, -129, -1, 256, 65536, 1<<32, 1<<64, 1<<70, 1.5, 'x'):
        print(c, v, end=' '); t(lambda: array(c,[v]))
for c in 'fd': t(lambda: array(c,[1,2.5,True])); t(lambda: array(c,['x']))
t(lambda: array('w','abc\U0001f600')); t(lambda:array('w',b'abc'))
t(lambda: array(1)); t(lambda: array()); t(lambda: array('i',1)); t(lambda: array('i','abc')); t(lambda:array('f',b'123'));t(lambda:array('i',b'12345678'))
t(lambda: array('i',[1],2)); t(lambda: array('i',x=2))
a=array('i',range(5))
t(lambda: a[10]); t(lambda: a['x']); t(lambda: a[1.5]); t(lambda:a.__setitem__(10,1)); t(lambda:a.__setitem__(slice(0,2),[1,2])); t(lambda:a.__setitem__(slice(0,2),array('h',[1])))
t(lambda:a.__setitem__(slice(0,4,2),array('i',[1])))
t(lambda: a.__delitem__(10)); t(lambda: a.pop(100)); t(lambda: array('i').pop()); t(lambda: a.remove(77)); t(lambda: a.index(77)); t(lambda:a.append('x')); t(lambda:a.append(1<<40))
t(lambda: a+[1]); t(lambda: a+array('h',[1])); t(lambda:a*2); t(lambda:2*a); t(lambda:a*'x'); t(lambda:a.__iadd__([1])); t(lambda: a.extend(array('h',[1]))); t(lambda: a.extend([1,'x']))
print(a)
t(lambda: a.fromlist([1,'x'])); t(lambda: a.fromlist((1,))); print(a)
t(lambda: a.frombytes(b'123')); t(lambda: a.frombytes('abc')); t(lambda:a.fromunicode('abc')); t(lambda: a.tounicode())
t(lambda: array('w','ab').tounicode()); t(lambda: array('w','ab').tolist()); t(lambda: hash(a))
t(lambda: a.buffer_info()[1]); t(lambda: a.byteswap()); t(lambda:a); t(lambda: array('b',[1]).__reduce_ex__(2)); t(lambda: array('b',[1]).__reduce_ex__(3)[2:])
t(lambda: a==array('q',a.tolist())); t(lambda: array('i',[1,2])<array('d',[1,3])); t(lambda:a<[1]); t(lambda: a==[1]); t(lambda: array('i')==array('d'))
t(lambda: memoryview(array('i',[1,2])).format); t(lambda: memoryview(array('i',[1,2])).tolist()); t(lambda:memoryview(array('d',[1,2])).nbytes); t(lambda: memoryview(array('w','ab')).format)
m=memoryview(a); t(lambda: a.append(1)); t(lambda: a.pop()); t(lambda:a.extend([1])); t(lambda:a.__delitem__(0)); m[0]=9; print(a[0]); m.release()
t(lambda: bytes(array('h',[1,2]))); t(lambda: bytearray(array('h',[1,2]))); t(lambda: b'ab'+array('b',[1])); t(lambda: b''.join([array('b',[1])]))
t(lambda: a.itemsize); t(lambda: a.typecode); t(lambda: a.index(2,1)); t(lambda:a.index(2,1,2)); t(lambda:a.count(2)); t(lambda: 2.0 in a); t(lambda: 'x' in a)
t(lambda: a.insert(-100,5)); t(lambda: a.insert(100,6)); t(lambda: a.insert(2,7)); print(a); a.reverse(); print(a); t(lambda: a.clear()); print(a)
class S(array): pass
s=S('i',[1,2]); s.x=1; t(lambda:s); t(lambda:s+s); t(lambda:type(s[:])); t(lambda: type(s*2)); 
import copy; t(lambda: copy.copy(s)); t(lambda: copy.deepcopy(array('i',[1])))
t(lambda: array[int])
a=array('i',[1,2,3]); it=iter(a); next(it); a.append(4); print(list(it)); print(next(it,'end')); a.append(5); print(next(it,'end'))
import collections.abc as c; print(isinstance(a,c.MutableSequence), isinstance(a,c.Buffer))
a[1:2]=array('i',[7,8,9]); print(a); del a[::2]; print(a); a[::-1]; print(a[::-1], a[5:1], a[-2:]); a+=array('i',[1]); print(a); a*=2; print(a); a*=0; print(a)
match array('i',[1,2]):
    case [x,y]: print('seq',x,y)
    case _: print('no')
