"""A name that is none, but is an attribute of `self`."""


class Account:
    def __init__(self):
        self.balance = 100

    def show(self):
        print(balance)


Account().show()
