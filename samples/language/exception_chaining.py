"""An exception remembers what was being handled when it was raised, and what it was raised from."""


def lookup(table, key):
    try:
        return table[key]
    except KeyError as error:
        raise ValueError(f"bad key {key}") from error


def careless(text):
    try:
        return int(text)
    except ValueError:
        return undefined_name


def hidden():
    try:
        1 / 0
    except ZeroDivisionError:
        raise RuntimeError("on its own") from None


for action in (lambda: lookup({}, "x"), lambda: careless("y"), hidden):
    try:
        action()
    except Exception as error:
        print(repr(error))
        print("  cause:", repr(error.__cause__), "context:", repr(error.__context__))
        print("  suppressed:", error.__suppress_context__)

try:
    try:
        raise KeyError("first")
    finally:
        raise IndexError("second, from finally")
except IndexError as error:
    print(repr(error), "after", repr(error.__context__))

error = ValueError("with a note")
error.add_note("a first note")
error.add_note("a second one")
print(error.__notes__, error.with_traceback(None) is error)
