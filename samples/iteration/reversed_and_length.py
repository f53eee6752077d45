"""`reversed` uses `__reversed__`, or `__len__` with `__getitem__`."""


class Steps:
    def __len__(self):
        return 3

    def __getitem__(self, index):
        return f"step {index}"


class Echo:
    def __reversed__(self):
        return iter(["backwards"])


print(list(reversed(Steps())))
print(list(reversed(Echo())))
