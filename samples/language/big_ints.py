"""Integers have no limit: they grow as needed, and arithmetic on them is exact."""

factorial = 1
for n in range(2, 31):
    factorial *= n
print(factorial, factorial.bit_length())
print(2**200, -(2**100) // 3, -(2**100) % 1000)
print((1 << 100) - 1, (1 << 100) >> 90, -1 >> 5, ~(1 << 70))
print(10**40 // 10**38, 10**40 % 7, divmod(-(10**30), 10**15 + 1))
print(pow(3, 200, 10**9 + 7), pow(7, -1, 31), 2**-2)
print((2**64 - 1) & 0xFF00FF, 2**65 | 1, (2**65 + 5) ^ 2**65)
print(2**61 + 2**61, 2**62 - 1 + 1, -(2**62) - 1, (2**31) ** 2, 4611686018427387904 * -2)
print(10**20 == 100000000000000000000, 10**20 > 1e19, hash(2**70) == hash(2.0**70), 2**70 == float(2**70))
print(int("123456789" * 5), int("-ff", 16), int("0b101", 0), int(" 42 "), int("1_000"))
print(hex(2**70), oct(511), bin(-10), f"{2**70:x}", f"{10**12:,}")
