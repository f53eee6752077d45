"""An attribute that is nearly right is suggested; one that is private only within a method of the same object."""

import sys


class Account:
    def __init__(self):
        self.balance = 100

    def withdraw(self, amount):
        self.blance -= amount


class Vault:
    _secret = 1

    def open(self):
        return self.secret


for look in lambda: Vault().open(), lambda: Vault().secret:
    try:
        look()
    except AttributeError as error:
        sys.excepthook(type(error), error, error.__traceback__)
Account().withdraw(5)
