"""A bare `raise` keeps the traceback and adds the line that raised again."""


def work():
    raise ValueError("original")


def supervise():
    try:
        work()
    except ValueError:
        print("noticed")
        raise


supervise()
