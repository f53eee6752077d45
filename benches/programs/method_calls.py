"""A method that updates an attribute and reads it back."""


class Counter:
    def __init__(self):
        self.value = 0

    def add(self, amount):
        self.value += amount
        return self.value


def main():
    counter = Counter()
    total = 0
    i = 0
    while i < 5_000_000:
        total += counter.add(3)
        i += 1
    print(counter.value, total)


main()
