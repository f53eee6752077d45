# `__new__` of a builtin class makes instances of that class and of those that derive from it.
for new, *args in (
    (int.__new__, str, 5),
    (int.__new__, bool, 5),
    (str.__new__, int, 5),
    (map.__new__, filter, abs, []),
    (range.__new__, int, 3),
    (property.__new__, int),
    (type(None).__new__, int),
):
    try:
        print(new(*args))
    except TypeError as error:
        print(error)
