"""How many digits an int may have on its way from or to text is for the program to say."""

import sys


def complaint(function):
    try:
        print(function())
    except (ValueError, OverflowError, TypeError) as error:
        print(error)


print(sys.get_int_max_str_digits())
complaint(lambda: str(10**4300))
sys.set_int_max_str_digits(5000)
print(len(str(10**4300)), sys.get_int_max_str_digits())
complaint(lambda: int("9" * 5001))
sys.set_int_max_str_digits(maxdigits=0)
print(int("9" * 6000) % 1000)
complaint(lambda: sys.set_int_max_str_digits(639))
complaint(lambda: sys.set_int_max_str_digits(-1))
complaint(lambda: sys.set_int_max_str_digits(2**40))
complaint(lambda: sys.set_int_max_str_digits("a"))
print(hash(range(0, 2**100, 2)) == hash(range(0, 2**100 - 1, 2)), range(0, 2**100, 2) == range(0, 2**100 - 1, 2))
complaint(lambda: len(range(2**63)))
print(1 + 0j in range(3), 2**53 + 1 == complex(2**53), 2**53 == complex(2**53))
