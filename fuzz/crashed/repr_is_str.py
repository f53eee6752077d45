class Echo:
    pass


Echo.__repr__ = Echo.__str__
for show in (repr, str, ascii, format, [Echo()].__contains__, lambda echo: f"{[echo]!r}"):
    try:
        show(Echo())
    except RecursionError:
        pass
