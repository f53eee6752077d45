"""A line that goes back to nowhere."""

if True:
        a = 1
    b = 2
