"""The last line of a traceback is the name of the class and what `__str__` says."""


class OutOfStock(Exception):
    def __init__(self, item, wanted):
        self.item = item
        self.wanted = wanted

    def __str__(self):
        return f"{self.wanted} x {self.item} wanted, none left"


class Silent(Exception):
    pass


try:
    raise Silent
except Silent:
    raise OutOfStock("plum", 3)
