"""An adaptor that has handed an item out does not keep it."""
import itertools


class Item:
    def __init__(self, number):
        self.number = number

    def __bool__(self):
        return self.number != 1

    def __del__(self):
        print("gone", self.number)


def items():
    for number in range(3):
        yield Item(number)
    print("end")


def show(name, iterator):
    print("--", name)
    for item in iterator:
        print("got", getattr(item, "number", item))
        del item
        print("next")


show("filter(None)", filter(None, items()))
show("filter", filter(lambda item: item.number != 1, items()))
show("map", map(lambda item: item.number, items()))
show("map of two", map(lambda item, other: item.number, items(), items()))
show("map to itself", map(lambda item: item, items()))
show("takewhile", itertools.takewhile(lambda item: item.number < 2, items()))
show("dropwhile", itertools.dropwhile(lambda item: item.number < 1, items()))
show("filterfalse", itertools.filterfalse(lambda item: item.number == 1, items()))
show("chain", itertools.chain(items(), items()))
show("islice", itertools.islice(items(), 2))
show("starmap", itertools.starmap(lambda item: item.number, ((item,) for item in items())))
show("compress", itertools.compress(items(), [1, 0, 1]))
show("iter", iter(items().__next__, 5))
