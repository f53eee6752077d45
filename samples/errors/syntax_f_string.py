"""An f-string with nothing in its braces."""

name = f"hello {}"
