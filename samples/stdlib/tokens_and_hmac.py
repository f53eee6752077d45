# oracle: 3.13
"""tokenize, hmac, locale."""

import hmac
import io
import locale
import token
import tokenize

SOURCE = '''def f(a, b=0x1F):  # comment
    """doc
    more"""
    if a != b and (a
                   or b):
        return a ** 2.5e3 // 1_0j

    x = 'it\\'s' + rb"\\x00"
\ty: int = a if b else ...
'''
SOURCE = SOURCE.replace("\ty", "    y")


def show(text):
    try:
        for t in tokenize.generate_tokens(io.StringIO(text).readline):
            print(t.start, t.end, token.tok_name[t.exact_type], repr(t.string))
    except (tokenize.TokenError, IndentationError) as error:
        print(type(error).__name__, error)


show(SOURCE)
show("x = 1")
show("(1,")
show("a\n  b\n c\n")
print(next(tokenize.tokenize(io.BytesIO(b"# -*- coding: latin-1 -*-\nx").readline)).string)
print(tokenize.untokenize(tokenize.generate_tokens(io.StringIO(SOURCE).readline)) == SOURCE)
print(hmac.new(b"key", b"msg", "sha256").hexdigest(), hmac.digest(b"k" * 100, b"m", "md5").hex(), hmac.compare_digest("a", "b"))
h = hmac.new(b"key", digestmod="sha1")
h.update(b"x")
print(h.copy().hexdigest(), h.name, h.digest_size, h.block_size)
print(locale.localeconv()["decimal_point"], locale.str(1.5), locale.format_string("%d", 1000), locale.atoi("5"), locale.setlocale(locale.LC_ALL, "C"))
for bad in (lambda: hmac.new(b"k", b"m"), lambda: hmac.new("k", b"m", "md5"), lambda: locale.setlocale(locale.LC_ALL, "xx_YY")):
    try:
        bad()
    except Exception as error:
        print(type(error).__name__, error)
