"""Arithmetic of ints around the sizes at which their representation changes."""

EDGES = sorted({s * (2**n + d) for n in (0, 1, 31, 32, 60, 61, 62, 63, 64, 65, 127, 128, 129, 192, 255, 256, 257, 320) for d in (-1, 0, 1) for s in (1, -1)})

checksum = 0
for a in EDGES:
    for b in EDGES:
        row = [a + b, a - b, a * b, a & b, a | b, a ^ b, a < b, a == b]
        if b:
            quotient, rest = divmod(a, b)
            assert quotient * b + rest == a and (rest == 0 or (rest < 0) == (b < 0)) and abs(rest) < abs(b), (a, b)
            assert (a // b, a % b) == (quotient, rest), (a, b)
            row += [quotient, rest]
        for value in row:
            checksum = (checksum * 31 + value) % (2**89 - 1)
print(checksum)

for a in EDGES:
    for count in (0, 1, 7, 61, 63, 64, 65, 130, 400):
        assert a << count == a * 2**count and a >> count == a // 2**count, (a, count)
    assert -a == 0 - a and ~a == -a - 1 and abs(a) == max(a, -a), a
    assert int(str(a)) == a and int(hex(a), 16) == a and int(bin(a), 2) == a and int(oct(a), 8) == a, a
    assert int.from_bytes(a.to_bytes(48, "little", signed=True), "little", signed=True) == a, a
    assert hash(a) == hash(int(str(a))) and {a: 1}[int(str(a))] == 1, a
print([float(a) for a in EDGES][::9])
print([a.bit_length() for a in EDGES if a > 0])

# Quotients whose estimates from the leading digits are wrong.
for n in (2, 3, 5, 9):
    base = 2**64
    u = base**n * (base // 2)
    v = base ** (n - 1) * (base // 2) + base ** (n - 1) - 1
    print(n, divmod(u, v)[0] % 10**18, divmod(-u, v)[1] % 10**18, (u - 1) // (v + 1) % 10**18)

big = 7**2000
print(big % 10**9, big // 7**1990, big % 7**1999, -big // (7**1000 + 1) % 10**9, sum([big, -big, 2**70, 5]))
print(pow(3, 2**70, 10**9 + 7), pow(-7, 5, 2**61 - 1), pow(5, 117, 19), pow(5, -1, 2**80 + 1), pow(2, 10, -1000))
print(2**100 // -1, -(2**63) // -1, (2**62) * 2, -(2**61), 2**61 - 1 + 1, (-5) ** 55 % 10**9)
print(int("1_000" * 8), int("-" + "9" * 19), int("9223372036854775808"), int("-9223372036854775808"), int("z" * 13, 36))
