"""Wrapping, shortening, indenting text; what the numeric tower says of the builtin numbers."""

import numbers
import textwrap as t
s = "The quick brown-fox jumped -- over the lazy dog's back; it didn't re-enter. And--so on: --option --foo-bar=1 a-b-c x-y well-known e-mail  two  spaces"
for w in (5, 10, 13, 20, 33, 70): print(t.wrap(s, w))
print(t.wrap(s, 12, break_long_words=False, break_on_hyphens=False))
print(t.fill("Hello. This is it!  Yes? no.", 12, fix_sentence_endings=True))
print(t.shorten("Hello  world this is long", 15), t.shorten("Hello world", 3, placeholder="."), t.shorten("Helloworldisverylong x", 10))
print(t.wrap("a b c d e f", 8, max_lines=2), t.wrap("aaa bbb ccc", 7, max_lines=1, placeholder="..."))
print(repr(t.dedent("\n    a\n      b\n\n    c\n   \n")), repr(t.dedent("\ta\n\t b")), repr(t.dedent("\ta\n    b")))
print(repr(t.indent("a\n\nb\n  \nc", "> ")), repr(t.indent("a\n\nb", "> ", lambda l: True)))
print(t.wrap("", 10), t.wrap("   ", 10), t.wrap("  x  y", 4), t.wrap("\tx\ty\nz", 10, tabsize=4), t.wrap("x\ty", 10, expand_tabs=False, replace_whitespace=False))
print(t.wrap("abc def", 5, initial_indent="* ", subsequent_indent="  "))
print(t.wrap("supercalifragilistic-expialidocious a-verylongwordindeed-yes", 10))
print(t.wrap("foo-bar--baz---qux 'quoted--text' (paren-thesis) 12-34 a1-b2 x--y ----- --", 6))
print(t.wrap("  leading", 20, drop_whitespace=False), t.wrap("a   b    c", 4, drop_whitespace=False))
for f in (lambda: t.wrap("x", 0), lambda: t.shorten("x y z", 2), lambda: t.dedent(1), lambda: t.wrap("a b", 3, max_lines=1, placeholder="....")):
    try: print(f())
    except (ValueError, TypeError) as e: print(type(e).__name__, e)

for kind in (numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral):
    print(kind.__name__, [isinstance(value, kind) for value in (True, 1, 1.5, 1j, "1")], len(kind.__abstractmethods__))


class Half(numbers.Integral):
    def __int__(self): return 2
    def __floordiv__(self, other): return 2 // other
    def __mod__(self, other): return 2 % other


Half.__abstractmethods__ = frozenset()
half = Half()
print(float(half), complex(half), divmod(half, 3), half.denominator, half.imag, [0, 1, 2][half])
print(t.wrap("this-is-a-useful-feature-of-x-rays a_b-c_d 1-a-b", 10))
