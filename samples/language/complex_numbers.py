"""Complex numbers, made with `j`."""

z = 3 + 4j
print(z, abs(z), z.real, z.imag, z.conjugate(), -z, z * z, z / 2, z**2, z == 3 + 4j)
print(1j * 1j, complex(1, -0.0), complex("1+2j"), repr(2j), (1 + 0j) == 1, hash(1 + 0j) == hash(1))
try:
    z < 1j
except TypeError as error:
    print("TypeError:", error)
