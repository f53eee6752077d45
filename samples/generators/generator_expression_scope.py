"""The first iterable is evaluated at once, the rest when an item is wanted."""


def loud(name, values):
    print("evaluating", name)
    return values


pairs = ((a, b) for a in loud("outer", [1, 2]) for b in loud("inner", "xy") if b != "y" or a > 1)
print("made")
print(list(pairs))
factor = 2
scaled = (factor * n for n in [1, 2, 3])
factor = 100
print(list(scaled))
print("".join(c.upper() for c in "abc"), max(len(w) for w in ["to", "three"]), any(n > 2 for n in range(9)))
