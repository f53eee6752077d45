"""ast: trees, their texts, literals, visitors."""

import ast
srcs=["x=1","def f(a,/,b:int=1,*c,d,e=2,**k)->str:\n  '''doc'''\n  return a+b*c-d**-e\n","class A(B,metaclass=M):\n  x:int\n  y:str='a'\n  def m(self): pass\n","if a:\n  b\nelif c: d\nelse: e","for i,j in x,y:\n  break\nelse:\n  continue","while (n:=f()): pass","try:\n  a\nexcept (A,B) as e:\n  raise X from e\nelse: b\nfinally: c","try: a\nexcept* E: b","with a as b, c: pass","async def f():\n async with a: pass\n async for x in y: await z\n return [i async for i in x]","import a.b as c, d\nfrom . import x\nfrom ..a import b as c","a[1:2,::3]; a[b]; a.b.c; (1).real; 1.5.real","[*a, *b]; {**a, 'x':1}; {1,2}; (); (1,); a, b = b, a","lambda: 0; lambda x, *y: x","x if y else z; not a; -b; a and b or c; (a or b) and c","f'{a!r:>{w}} {{}} {b}' 'x' f\"{c['d']}\"","a<b<=c!=d is not e not in f","global x\ndel a, b[0]","match x:\n case 1|2: pass\n case [a,*_]: pass\n case {'k':v,**r}: pass\n case C(1,y=2) as z if z: pass\n case None: pass\n case _: pass","x: int\n(y): int = 1\na.b: int","def f[T:int,*U,**P](): yield; yield 1; x = yield 2; yield from y","type X[T] = list[T]","@d\n@e(1)\nclass A: pass","print(*a, b=1, **c)","(a+b)*c; a+(b*c); a**(b**c); (a**b)**c; -(a**b); (-a)**b; a-(b-c)","x = b'a\\xff'; y = 1e400; z=1j; w=...; s='a\\nb\"\\''","[x for x in y if z if w for q in r]; {k:v for k,v in d}; {x for x in y}; (x for x in y); f(x for x in y)","assert x, 'm'\nassert y","x += 1; y //= 2; z @= w","nonlocal_ = 1\nawait_ = (yield_)","'''module doc'''\nx=1","x = (yield)" if 0 else "pass","t'{x!r} a'","a = b = c","return_=(1, *a)","def f():\n  nonlocal x" if 0 else "pass", "x[a, b]; x[(a,)]; x[*a]; x[()]","(a, b), c = d","for x in (1,2): pass","if (a, b): pass", "def f(): return 1, 2", "not (a and b)", "(lambda: 1)()", "a if (b if c else d) else e","(a if b else c) if d else e","await_ = lambda: (yield)","'%s' % (a,)","x = {}", "raise", "async def f(): await (await x)", "-1 ** 2; (-1)**2; 2**-1; ~x; +x; not not x; - -x"]
for s in srcs:
    t=ast.parse(s)
    print(ast.dump(t)); print(ast.unparse(t)); 
    try: assert ast.dump(ast.parse(ast.unparse(t)))==ast.dump(t), 'round'
    except Exception as e: print('!!',type(e),e)
print(ast.dump(ast.parse("a.b[c]=d\n(é)=1"),include_attributes=True)); print(ast.dump(ast.parse("f(x, y=1)\nif a: b"),indent=2)); print(ast.dump(ast.parse('x',mode='eval'),annotate_fields=False,show_empty=True))
print(ast.dump(ast.parse('x=[]'),False)); print(repr(ast.parse('x')), ast.parse('f(a,b,c)\ny\nz').body); print(ast.dump(ast.Name('x')), ast.dump(ast.List([])))
for s in ("1","-1","+1.5","1+2j","'a'","[1,(2,),{3},{4:5}]","None","b'x'","set()","1+1","x","f()","[","-'a'","{**a}","...","  7","1_000", "{1:2, **{}}", "(1).real", "'a' 'b'", "--1", "1j-1"):
    try: print(repr(ast.literal_eval(s)))
    except Exception as e: print(type(e).__name__, str(e).split('0x')[0])
class V(ast.NodeVisitor):
    def visit_Name(self,n): print('name',n.id); self.generic_visit(n)
V().visit(ast.parse('a+b*c(d)'))
class T(ast.NodeTransformer):
    def visit_Name(self,n): return ast.copy_location(ast.Constant(42),n) if n.id=='x' else n
    def visit_Pass(self,n): return None
t=T().visit(ast.parse('y = x + 1\npass')); ns={}; exec(compile(ast.fix_missing_locations(t),'<t>','exec'),ns); print(ns['y'], ast.unparse(t))
print(eval(compile(ast.Expression(ast.BinOp(ast.Constant(1),ast.Add(),ast.Constant(2))),'','eval')) if 0 else eval(compile(ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(1),ast.Add(),ast.Constant(2)))),'','eval')))
for f in (lambda: compile(ast.Module([],[]),'','eval'), lambda: compile(ast.Expression(ast.Constant(1)),'','eval'), lambda: compile(5,'','exec'), lambda: ast.Name(1,2,3,4), lambda: ast.parse('a b'), lambda: ast.parse('x','f','zz'), lambda: ast.dump(5)):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
print([type(n).__name__ for n in ast.walk(ast.parse('a=b+1'))]); print(ast.get_docstring(ast.parse('"""  doc\n   more\n"""'))); src='x = (a +\n  b)\ny'; m=ast.parse(src); print(ast.get_source_segment(src,m.body[0]), '|', ast.get_source_segment(src,m.body[0].value)); print(ast.compare(ast.parse('a'),ast.parse(' a' .strip())), isinstance(ast.parse('a').body[0],ast.stmt), ast.Name._fields, ast.stmt._attributes)
