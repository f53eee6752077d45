"""KeyError shows the key as `repr` does."""

capitals = {"France": "Paris"}
print(capitals["Atlantis"])
