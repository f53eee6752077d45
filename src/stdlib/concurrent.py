"""Calling things and having their results later."""
