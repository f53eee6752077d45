"""Numbers that are none."""

x = 12abc
