"""`sys.exit()` is a success."""

import sys

print("goodbye")
sys.exit()
