"""Notes are printed below the exception."""

error = ValueError("bad line")
error.add_note("in file one.txt")
error.add_note("line 12\nand the one after")
raise error
