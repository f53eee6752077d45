"""`:=` gives a name to a value in the middle of an expression."""

items = [3, 1, 4, 1, 5]
if (n := len(items)) > 3:
    print(n, "items")
while (item := items.pop()) != 4:
    print("popped", item)
print(item, items)
print([half for n in range(6) if (half := n / 2) > 1], half, (y := 3) + y, any((found := w).startswith("b") for w in ["ab", "bc"]), found)
