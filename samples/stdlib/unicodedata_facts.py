"""unicodedata: facts of characters."""

import unicodedata as u
print(u.unidata_version)
for c in 'aA1½²٣é你ﬁ(‏\u0301½Ⅷ\ud800\u0378 \n😀가':
    print(ascii(c), u.category(c), u.bidirectional(c), u.combining(c), u.east_asian_width(c), u.mirrored(c), u.decomposition(c), u.decimal(c,None), u.digit(c,None), u.numeric(c,None), u.name(c,'?'))
print(u.lookup('LATIN SMALL LETTER A'), ascii(u.normalize('NFD','éfi가ﬁ')), ascii(u.normalize('NFKC','ﬁ²e\u0301')), u.is_normalized('NFC','e\u0301'), u.is_normalized('NFC','é'))
for f in (lambda: u.lookup('nope'), lambda: u.name('\n'), lambda: u.category('ab'), lambda: u.category(1), lambda: u.decimal('a'), lambda: u.digit('a'), lambda: u.numeric('a'), lambda: u.normalize('X','a'), lambda: u.name(1), lambda:u.decimal('ab'), lambda:u.normalize('NFC',1), lambda: u.category()):
    try: print(f())
    except Exception as e: print(type(e).__name__, e)
