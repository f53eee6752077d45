"""Ints beyond a machine word, conversions, and the functions of `math`."""

import math


def main():
    state, total = 88172645463325252, 0
    for n in range(600_000):
        state ^= (state << 13) & 0xFFFF_FFFF_FFFF_FFFF
        state ^= state >> 7
        state ^= (state << 17) & 0xFFFF_FFFF_FFFF_FFFF
        total += (state * 6364136223846793005 + 1442695040888963407) % 1_000_003
        if n % 8 == 0:
            total += math.gcd(n, state) + int(math.sqrt(n)) + math.floor(n / 7) + divmod(n, 11)[1] + abs(-n)
    a, b = 0, 1
    for _ in range(15_000):
        a, b = b, a + b
    factorial = 1
    for n in range(1, 700):
        factorial *= n
    total += factorial % (10**9 + 7) + pow(3, b, 10**9 + 7) + len(str(factorial)) + int(str(b)[:50])
    total += sum(int(str(n)) for n in range(200_000)) + sum(int(digit) for digit in str(2**4_000))
    print(total)


main()
