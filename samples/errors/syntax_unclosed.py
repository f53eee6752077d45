"""A bracket that is never closed."""

items = [1,
         2,
print("after")
