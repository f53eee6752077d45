"""Several exceptions at once, and `except*` that takes what it can of them."""


def several():
    raise ExceptionGroup("all of it", [ValueError("v"), TypeError("t"), ExceptionGroup("inner", [ValueError("deep")])])


try:
    several()
except* ValueError as group:
    print("values:", [repr(one) for one in group.exceptions])
except* TypeError as group:
    print("types:", group.message, group.exceptions)
try:
    try:
        several()
    except* TypeError:
        print("only the type")
except ExceptionGroup as rest:
    print("left over:", rest, rest.exceptions)
match, rest = ExceptionGroup("g", [ValueError(1), KeyError(2)]).split(KeyError)
print(repr(match), repr(rest))
# What a group holds does not change with the list that it was made of.
failures = [ValueError(1)]
group = ExceptionGroup("of a list", failures)
failures.clear()
print(group.exceptions, group.args, group)
