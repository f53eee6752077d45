"""A bracket closed that was never opened."""

x = 1 + 2)
