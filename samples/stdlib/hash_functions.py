"""hashlib: digests, going on from a copy, keys from passwords."""

# oracle: 3.13
import hashlib
import io

NAMES = "md5 sha1 sha224 sha256 sha384 sha512 sha3_224 sha3_256 sha3_384 sha3_512".split()
for name in NAMES:
    made = hashlib.new(name, b"abc")
    print(made.name, made.digest_size, made.block_size, made.hexdigest())
    again = made.copy()
    again.update(b"d" * 1000)
    print(again.hexdigest() == getattr(hashlib, name)(b"abc" + b"d" * 1000).hexdigest(), made.digest() == again.digest())
print(hashlib.sha256(bytearray(b"x")).hexdigest(), hashlib.sha256(memoryview(b"x")).hexdigest())
print(hashlib.file_digest(io.BytesIO(b"abc"), "sha256").hexdigest())
print(hashlib.pbkdf2_hmac("sha256", b"password", b"salt", 10).hex())
print(hashlib.pbkdf2_hmac("sha1", b"p" * 100, b"salt", 2, 50).hex())
for attempt in lambda: hashlib.sha256("text"), lambda: hashlib.new("none"), lambda: hashlib.md5(5):
    try:
        attempt()
    except (TypeError, ValueError) as error:
        print(type(error).__name__)
print(sorted(hashlib.algorithms_guaranteed))
