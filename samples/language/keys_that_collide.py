# A search in a set that comes by the same place again ends all the same.
class Key:
    def __init__(self, value):
        self.value = value

    def __hash__(self):
        return 1

    def __eq__(self, other):
        return self.value == other.value


print((Key(1), 1) in {(Key(2), 1)})
print(len({(Key(2), 1)} - {(Key(1), 1)}))
print(len({(Key(n), 1) for n in range(20)} & {(Key(n), 1) for n in range(10, 30)}))
