"""Ints a little beyond a machine word: every operator, around each size at which something changes."""

import operator
from math import gcd

sizes = [0, 1, 5, 2**31, 2**61 - 1, 2**61, 2**62, 2**63 - 1, 2**63, 2**64 - 1, 2**64, 2**100, 2**127, 2**128 - 1, 2**128]
numbers = sorted({sign * (size + near) for size in sizes for near in (-1, 0, 1) for sign in (1, -1)})
operators = (operator.add, operator.sub, operator.mul, operator.floordiv, operator.mod)
operators += (operator.and_, operator.or_, operator.xor, operator.truediv)
for op in operators:
    checksum = failures = 0
    for a in numbers:
        for b in numbers:
            try:
                checksum = (checksum * 31 + sum(map(ord, str(op(a, b))))) % (2**89 - 1)
            except ZeroDivisionError:
                failures += 1
    print(op.__name__, checksum, failures)
checksum = 0
for a in numbers:
    for count in (0, 1, 2, 61, 62, 63, 64, 65, 127, 128, 129, 500):
        checksum = (checksum * 31 + (a << count) % 1_000_003 + (a >> count)) % (2**89 - 1)
    for b in numbers:
        checksum = (checksum * 31 + gcd(a, b) + (a < b) + 2 * (a == b)) % (2**89 - 1)
print("shifts, gcd, order", checksum)
print(gcd(), gcd(-12), gcd(2**70, 2**65 * 3, 2**66), gcd(0, -(2**80)), gcd(2**200 + 1, 2**130 - 1), gcd(6, 2**64))
for count in (-1, -(2**70), 2**70):
    for a in (2**70, -(2**70), 0):
        try:
            print(a >> count, end=" ")
        except (ValueError, OverflowError) as error:
            print(error, end="; ")
print()

# A generator of random numbers, and a hash, as people write them.
state = 88172645463325252
for _ in range(1000):
    state ^= state << 13 & 0xFFFF_FFFF_FFFF_FFFF
    state ^= state >> 7
    state ^= state << 17 & 0xFFFF_FFFF_FFFF_FFFF
print(state)
fnv = 0xCBF29CE484222325
for byte in b"every frame can be suspended":
    fnv = ((fnv ^ byte) * 0x100000001B3) & 0xFFFF_FFFF_FFFF_FFFF
print(hex(fnv), f"{fnv}|{-fnv:,}|{fnv % 97}|{fnv // 3:x}")
print(f"{0} {7} {-7} {10} {99} {100} {-100} {12345} {2**60} {-(2**61)} {2**61} {True} {7!r:>4} {-5!s} {1_000_000}")
print(f"{5}", f"{5}ä", f"ü{-10}{state}{'x'}{99}", f"{'\ud800'}{42}".encode("utf-8", "surrogatepass"))
