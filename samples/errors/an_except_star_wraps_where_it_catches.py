# What is no group is wrapped by the clause that catches it, and a call assigned to more than a name is underlined.
def parse(text):
    first, second = int(text)


try:
    try:
        parse("x")
    except* ValueError as group:
        print(group.exceptions)
        raise
except ExceptionGroup as group:
    raise
