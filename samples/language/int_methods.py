"""Division, rounding, conversion and the methods of integers."""

print(7 // 2, -7 // 2, 7 // -2, 7 % 3, -7 % 3, 7 % -3, divmod(-7, 2), 7 / 2)
print(int(3.99), int(-3.99), int("12"), int(True), round(25, -1), round(35, -1), abs(-5))
print((255).to_bytes(2, "big"), int.from_bytes(b"\x01\x00", "little"), (-1).to_bytes(2, "little", signed=True))
print((10).bit_length(), (0b1011).bit_count(), (5).real, (5).imag, (6).numerator, (5).is_integer())
print(True + True, True == 1, isinstance(True, int), False or 0, not 0, bool("no"), 5 & 3, 5 | 3, 5 ^ 3, ~5)
print(0xFF, 0o17, 0b11, 1_000_000, sum([1, 2, 3]), min(3, 1, 2), max([4, 9]), max("b", "a", key=ord))
for bad in ("x", "", "1.5", "0x10"):
    try:
        int(bad)
    except ValueError as error:
        print("ValueError:", error)
try:
    1 % 0
except ZeroDivisionError as error:
    print("ZeroDivisionError:", error)
