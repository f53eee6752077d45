"""A missing colon."""

def hello()
    print("hello")
