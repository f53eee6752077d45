"""`iter(function, sentinel)` calls the function until it returns the sentinel."""

chunks = ["spam", "ham", "", "never seen"]


def read():
    return chunks.pop(0)


for chunk in iter(read, ""):
    print(chunk)
print("left:", chunks)
