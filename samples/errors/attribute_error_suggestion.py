"""An attribute that is nearly right is suggested."""


class Account:
    def __init__(self):
        self.balance = 100

    def withdraw(self, amount):
        self.blance -= amount


Account().withdraw(5)
