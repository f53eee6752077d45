"""An exception that nobody catches ends the program: a traceback on stderr, exit code 1."""

print("before")
total = 10
print(total / (total - 10))
print("never printed")
