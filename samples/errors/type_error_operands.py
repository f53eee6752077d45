"""Operands that do not fit: carets point at the operation."""

price = 5
label = "price: "
print(label + price * 2)
