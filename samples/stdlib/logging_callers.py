"""Loggers, handlers and records at their edges: odd names, whose line it is, options together."""

import io
import logging

stream = io.StringIO()


def show():
    print(repr(stream.getvalue()))
    stream.seek(0)
    stream.truncate()


# Parents by name.
for name in ("a", "a..b", ".c", "d.", "x.y.z", "x", "x.y", "q.", "..", "d"):
    logging.getLogger(name)
for name in ("a", "a..b", ".c", "d.", "x.y.z", "x", "x.y", "q.", "..", "d"):
    logger = logging.getLogger(name)
    print(name, logger.parent.name, sorted(child.name for child in logger.getChildren()))

# Whose line it is.
log = logging.getLogger("here")
log.propagate = False
handler = logging.StreamHandler(stream)
handler.setFormatter(logging.Formatter("%(funcName)s %(lineno)d %(exc_info)s"))
log.addHandler(handler)


def inner(**options):
    log.warning("said", **options)


def outer():
    for level in (1, 2, 3):
        inner(stacklevel=level)
    inner(exc_info=0)
    inner(exc_info="yes")


outer()
show()
handler.setFormatter(logging.Formatter("%(pathname)s %(lineno)d %(funcName)s"))
kept, logging._srcfile = logging._srcfile, None
log.warning("said")
logging._srcfile = kept
show()

# Options of basicConfig that do not fit together.
for options in (
    {"stream": stream, "formatter": logging.Formatter()},
    {"stream": stream, "filemode": "a"},
    {"handlers": [logging.NullHandler()], "filemode": "a"},
    {"handlers": [logging.NullHandler()], "stream": stream},
    {"stream": stream, "filename": None},
    {"stream": stream, "style": "?"},
    {"stream": stream, "style": "{", "format": "%(message)s"},
    {"stream": stream, "level": "LOUD"},
    {"stream": stream, "level": 5, "a": 1, "b": 2},
    {"stream": stream, "format": None, "level": 0},
    {"handlers": []},
):
    try:
        print(logging.basicConfig(force=True, **options), end=" ")
    except ValueError as error:
        print(error, end=" ")
    print([(type(each).__name__, each.formatter._fmt) for each in logging.root.handlers], logging.root.level)

# Records and what filters make of them.
for args in (({"a": 1},), ({},), (1, 2), ({"a": 1}, 2), None, ({1},)):
    print(logging.LogRecord("n", 20, "/p/q.py", 3, "m", args, None).args)
print(list(vars(logging.LogRecord("n", 20, None, 3, "m", (), None))))
log.addFilter(lambda record: logging.makeLogRecord({"msg": "another", "levelno": 30}) if record.msg == "one" else record.msg != "no")
handler.setFormatter(None)
for text in ("one", "two", "no"):
    log.warning(text)
show()

# Names of handlers.
handler.name = "first"
print(logging.getHandlerByName("first") is handler, logging.getHandlerNames())
handler.name = "second"
print(logging.getHandlerNames())
handler.close()
print(logging.getHandlerNames(), handler.name)
