"""KeyboardInterrupt can be raised and caught by hand."""

try:
    raise KeyboardInterrupt
except Exception:
    print("it is no Exception")
except BaseException as error:
    print("caught", repr(error))
