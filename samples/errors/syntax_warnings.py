"""What is Python, but rarely what was meant, is told before the program runs."""


def same(x):
    return x is "text"


def jump():
    try:
        raise ValueError
    finally:
        return "the exception is gone"


if __name__ == "__main__":
    assert (jump(), "a message")
    print("\d", jump())
