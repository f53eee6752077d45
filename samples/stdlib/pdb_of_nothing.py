"""Nothing was raised, or what was has no traceback: there is nothing to look at."""

import pdb

for given in None, ValueError(1):
    try:
        pdb.post_mortem(given)
    except ValueError as error:
        print(error)
