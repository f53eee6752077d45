"""Unpacking what does not fit."""

for name, age in [("Ann", 30), ("Bob", 40, "extra")]:
    print(name, age)
