"""`sys.exit` with anything else prints it to stderr and ends with 1."""

import sys

print("to stdout")
sys.exit("nothing more to do")
