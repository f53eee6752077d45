"""A line that is further in than it may be."""

x = 1
    y = 2
