"""A generator keeps the name that its function had when it was made."""


def function():
    yield


async def coroutine():
    pass


async def both():
    yield


for function in (function, coroutine, both):
    before = function()
    function.__name__ = "renamed"
    function.__qualname__ = "place.renamed"
    after = function()
    print(before.__name__, before.__qualname__, after.__name__, after.__qualname__)
    function.__name__ = "again"
    print(before.__name__, after.__name__)
    before.__qualname__ = "mine"
    function.__qualname__ = "last"
    print(before.__qualname__, after.__qualname__)
    for made in (before, after):
        if hasattr(made, "close"):
            made.close()
