"""Floats print as the shortest text that reads back the same, and round half to even."""

print(0.1 + 0.2, 1e16, 1e15, 1.0, 1e-5, 0.0001, 123456789.123456789, 5e-324, 1.7976931348623157e308)
print(1e400, -1e400, 1e400 - 1e400, -0.0, 0.0 == -0.0, float("nan") == float("nan"))
print(7.5 // 2, -7.5 // 2, 7.5 % 2, -7.5 % 2, divmod(7.5, -2), 2.0**0.5, 2**0.5, 10**-2)
print(round(0.5), round(1.5), round(2.5), round(2.675, 2), round(1234.5678, -2), round(-0.5))
print(int(1e20), float("1e3"), float(" -inf "), float("1_0.5"), 3.0 == 3, 3.5.is_integer(), (4.0).is_integer())
print((0.75).as_integer_ratio(), (255.5).hex(), float.fromhex("0x1.8p1"), hash(2.0) == hash(2), hash(0.5) == hash(0.5))
print(f"{3.14159:.2f} {3.14159:10.3f}| {1234567.891:,.1f} {0.00012345:.3g} {1e10:g} {12.5:e} {0.256:.1%} {2.0:g}")
print(str(1e22), repr(1e21), 100000.0 * 1000000, 1 / 3, 2 / 3, 10 / 5)
print(1 < 1.5 < 2, 2**53 == 2.0**53, 2**53 + 1 == 2.0**53, 1e300 * 1e10 == float("inf"))
try:
    int(float("inf"))
except OverflowError as error:
    print("OverflowError:", error)
try:
    1.0 / 0
except ZeroDivisionError as error:
    print("ZeroDivisionError:", error)
