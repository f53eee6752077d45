"""Bytes as text: the bases and their errors, checksums, uuencode, quoted-printable."""
import base64, binascii
data = bytes(range(256)); 
def attempt(f, *a, **k):
    try: r = f(*a, **k)
    except Exception as e: r = f"{type(e).__module__}.{type(e).__name__}: {e}"
    print(f.__name__, r)
for n in range(0, 12):
    d = data[n*7:n*8]
    for f, g in [(base64.b64encode, base64.b64decode),(base64.b32encode, base64.b32decode),(base64.b32hexencode, base64.b32hexdecode),(base64.b16encode, base64.b16decode),(base64.b85encode, base64.b85decode),(base64.a85encode, base64.a85decode),(base64.z85encode, base64.z85decode),(base64.urlsafe_b64encode, base64.urlsafe_b64decode)]:
        e = f(d); print(e, g(e) == d)
print(base64.encodebytes(data)); print(base64.decodebytes(base64.encodebytes(data)) == data)
for s in [b'abc', b'a', b'ab=', b'ab==', b'ab=c', b'====', b'ab==cd', b'YWJj\n', 'é', 5, b'!!YWJj', b'YW=J=j', b'abcde']:
    attempt(base64.b64decode, s); attempt(base64.b64decode, s, validate=True)
for s in [b'AAAAAAA', b'A=======', b'AA======', b'AA11====', 'aa======', b'ME======', b'========', b'MFRGG===', b'MFRGG=A=']:
    attempt(base64.b32decode, s); attempt(base64.b32decode, s, casefold=True, map01='I')
for s in [b'abc', b'AB', b'ab', b'GG', b'A']: attempt(base64.b16decode, s); attempt(base64.b16decode, s, True)
for s in [b'~~~~~', b'a b', b'||||||', b'z', b'zzzz', 'abcde', b'\xff']:
    attempt(base64.b85decode, s); attempt(base64.a85decode, s)
for k in [dict(adobe=True), dict(wrapcol=10), dict(wrapcol=10, adobe=True), dict(pad=True), dict(foldspaces=True)]:
    attempt(base64.a85encode, b'    hello world\0\0\0\0\0\0' , **k)
attempt(base64.a85decode, b'<~87cURD]i,"Ebo80~>', adobe=True); attempt(base64.a85decode, b'<~87cURD]i,"Ebo80', adobe=True); attempt(base64.a85decode,b'abzc'); attempt(base64.a85decode,b's8W-"'); attempt(base64.a85decode,b'y+<', foldspaces=True)
attempt(base64.b64encode, b'\xfb\xff', b'-_'); attempt(base64.b64encode, 'x'); attempt(base64.encodebytes, 'x'); attempt(base64.b64encode, memoryview(b'abc')); attempt(base64.b64encode, b'ab', b'a')
attempt(binascii.hexlify, b'abc', ':'); attempt(binascii.hexlify, b'abcd', '-', 2); attempt(binascii.hexlify, bytearray(b'ab')); attempt(binascii.unhexlify, 'abc'); attempt(binascii.unhexlify, 'zz'); attempt(binascii.unhexlify, b'00fF'); attempt(binascii.hexlify, 'x')
attempt(binascii.crc32, b'hello'); attempt(binascii.crc32, b'lo', binascii.crc32(b'hel')); attempt(binascii.crc_hqx, b'hello', 0); attempt(binascii.crc32, b'x', -1); attempt(binascii.crc32, 'x')
attempt(binascii.b2a_uu, b'hello world\0\0'); attempt(binascii.b2a_uu, b'hello world\0\0', backtick=True); attempt(binascii.a2b_uu, binascii.b2a_uu(b'hello world')); attempt(binascii.b2a_uu, bytes(46)); attempt(binascii.a2b_uu, b'!~'); attempt(binascii.a2b_uu, b'#86)Cxx')
for d in [b'hello=world', b'a'*100, b'tab\t\nx \n.\n', 'é'.encode(), b'a_b c', b'line\r\nend', b' ', b'x\r', b'a\nb\r\n']:
    for k in [{}, dict(quotetabs=True), dict(istext=False), dict(header=True)]:
        attempt(binascii.b2a_qp, d, **k)
for d in [b'a=20b', b'a=\nb', b'a=', b'a==b', b'a_b', b'=zz', b'=4', b'a=\r\nb']: attempt(binascii.a2b_qp, d); attempt(binascii.a2b_qp, d, header=True)
