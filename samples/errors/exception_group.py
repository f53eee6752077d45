"""A group of exceptions is drawn as a tree."""

raise ExceptionGroup("two things", [ValueError("one"), TypeError("two")])
