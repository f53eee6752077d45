"""Two expressions side by side."""

print([1, 2 3])
