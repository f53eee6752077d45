"""`sys.exit` with a number ends the program with that exit code, after the finally blocks."""

import sys


def leave():
    try:
        sys.exit(3)
    finally:
        print("finally runs")


leave()
print("never printed")
