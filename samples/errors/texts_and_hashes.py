"""Texts that are none, and exceptions and classes that cannot be hashed."""

class E(Exception):
    def __eq__(self, o): return True
try: print(hash(E()))
except TypeError as e: print(e)
try: print({E()})
except TypeError as e: print(e)
class F(E): pass
try: print(hash(F()) and 1)
except TypeError as e: print(e)
class R:
    def __repr__(self): return None
class S(R):
    def __str__(self): return 3
for f in (str, repr, ascii, format, "{}".format, lambda x: f"{x}", lambda x: "%s" % x, lambda x: "%r" % x, print, lambda x: str([x]), lambda x: f"{x!a}"):
    for v in R(), S():
        try: f(v)
        except TypeError as e: print(e)
print(R().__str__(), object.__str__(R()))


class Meta(type):
    def __eq__(cls, other):
        return NotImplemented


class C(metaclass=Meta):
    pass


try:
    {C: 1}
except TypeError as e:
    print(e)
