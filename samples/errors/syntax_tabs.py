"""Tabs and spaces that do not agree."""

if True:
        a = 1
	b = 2
