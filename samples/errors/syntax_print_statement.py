"""print as it was in Python 2."""

print "hello"
