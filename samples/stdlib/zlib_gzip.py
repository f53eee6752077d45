# oracle: 3.13
"""zlib and gzip: there and back."""

import zlib, gzip, io
d=b'hello world '*100
for w in (15,-15,31):
    c=zlib.compress(d,6,w) 
    print(zlib.decompress(c,w)==d, len(c)<100)
print(zlib.adler32(b'abc'), zlib.crc32(b'abc'), zlib.adler32(d*100), zlib.crc32(d,5))
o=zlib.compressobj(); s=o.compress(d)+o.flush(zlib.Z_SYNC_FLUSH)+o.compress(d)+o.flush(); print(zlib.decompress(s)==d+d)
o=zlib.decompressobj(); r=b''
for i in range(0,len(s),7): r+=o.decompress(s[i:i+7])
print(r==d+d, o.eof, o.unused_data)
o=zlib.decompressobj(); x=o.decompress(s+b'rest',10); print(x, len(o.unconsumed_tail)>0); 
while not o.eof: x+=o.decompress(o.unconsumed_tail, 100)
print(x==d+d, o.unused_data)
for bad in (b'abc', b'', s[:-3], b'x\x9cabcdefghij'):
    try: print(zlib.decompress(bad))
    except zlib.error as e: print(e)
print(gzip.decompress(gzip.compress(d))==d)
b=io.BytesIO()
with gzip.GzipFile(fileobj=b, mode='wb', mtime=0) as f: f.write(b'line1\nline2\n')
b.seek(0)
with gzip.open(b) as f: print(f.readlines())
b.seek(0)
with gzip.open(b,'rt') as f: print(f.read())
import os,tempfile
p=os.path.join(tempfile.mkdtemp(),'a.gz')
with gzip.open(p,'wt') as f: f.write('héllo\n')
print(gzip.open(p,'rt').read(), gzip.open(p).read())
try: gzip.decompress(b'abc')
except Exception as e: print(type(e), e)
