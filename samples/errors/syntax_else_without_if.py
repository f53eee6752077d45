"""`else` with nothing before it."""

else:
    pass
