# Sets compare their members, which are sets.
v = w = print
for _ in range(100_000):
    v = frozenset([v])
    w = frozenset([w])
try:
    v in [w]
except RecursionError:
    pass
