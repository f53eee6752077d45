"""finally blocks run before the traceback is printed; an exception in one of them is chained."""


def work():
    try:
        raise ValueError("in work")
    finally:
        print("work cleans up")


try:
    work()
finally:
    print("so does the module")
    [][0]
