"""itertools: products, permutations, combinations."""

from itertools import combinations, combinations_with_replacement, permutations, product

print(["".join(p) for p in product("ab", "xy")], list(product([0, 1], repeat=2)), list(product()))
print(["".join(p) for p in permutations("abc")], len(list(permutations(range(5)))), list(permutations([1, 2], 1)))
print(["".join(c) for c in combinations("abcd", 2)], list(combinations([1, 2], 3)))
print(["".join(c) for c in combinations_with_replacement("ab", 2)])
