"""Saying what happens: loggers in a tree, handlers that write it down, and formatters."""

import io
import os
import re
import string
import sys
import time
import traceback
import types
import warnings
import weakref
from collections import abc

__all__ = """
BASIC_FORMAT BufferingFormatter CRITICAL DEBUG ERROR FATAL FileHandler Filter Formatter Handler INFO LogRecord Logger
LoggerAdapter NOTSET NullHandler StreamHandler WARN WARNING addLevelName basicConfig captureWarnings critical debug disable
error exception fatal getLevelName getLogger getLoggerClass info log makeLogRecord setLoggerClass shutdown warn warning
getLogRecordFactory setLogRecordFactory lastResort raiseExceptions getLevelNamesMapping getHandlerByName getHandlerNames
""".split()

raiseExceptions = True
logThreads = logMultiprocessing = logProcesses = logAsyncioTasks = True
_BEGINNING = time.time_ns()

_HERE = sys._getframe().f_code.co_filename
# A program may set this to None, and then no record knows where it comes from.
_srcfile = _HERE


# Levels.

NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL = range(0, 60, 10)
WARN, FATAL = WARNING, CRITICAL

_nameToLevel = {name: globals()[name] for name in "CRITICAL FATAL ERROR WARN WARNING INFO DEBUG NOTSET".split()}
_levelToName = {level: name for name, level in _nameToLevel.items() if name not in ("FATAL", "WARN")}


def getLevelNamesMapping():
    """All levels by their names."""
    return dict(_nameToLevel)


def getLevelName(level):
    """The name of a level, or the level of a name."""
    known = _levelToName if level in _levelToName else _nameToLevel
    return known.get(level, f"Level {level}")


def addLevelName(level, levelName):
    """Give a level a name."""
    _nameToLevel[levelName], _levelToName[level] = level, levelName


def _checkLevel(level):
    # The number of a level that may be given by name.
    match level:
        case int():
            return level
        case str() if level in _nameToLevel:
            return _nameToLevel[level]
        case str():
            raise ValueError(f"Unknown level: {level!r}")
    raise TypeError(f"Level not an integer or a valid string: {level!r}")


# Records.

def _task_name():
    # The name of the asyncio task that runs now; without asyncio there is none.
    asyncio = logAsyncioTasks and sys.modules.get("asyncio")
    try:
        return asyncio.current_task().get_name() if asyncio else None
    except Exception:
        return None


def _file_and_module(path):
    try:
        file = os.path.basename(path)
        return file, os.path.splitext(file)[0]
    except (TypeError, ValueError, AttributeError):
        return path, "Unknown module"


class LogRecord:
    """One thing that is said, with where and when it was."""

    def __init__(self, name, level, pathname, lineno, msg, args, exc_info, func=None, sinfo=None, **kwargs):
        moment = time.time_ns()
        alone = args[0] if args and len(args) == 1 else None
        self.name, self.msg = name, msg
        # A mapping alone has the arguments by name.
        self.args = alone if alone and isinstance(alone, abc.Mapping) else args
        self.levelname, self.levelno = getLevelName(level), level
        self.pathname = pathname
        self.filename, self.module = _file_and_module(pathname)
        self.exc_info, self.exc_text, self.stack_info = exc_info, None, sinfo
        self.lineno, self.funcName = lineno, func
        self.created = moment / 10**9
        self.msecs = float(moment // 10**6 % 1000)
        self.relativeCreated = (moment - _BEGINNING) / 10**6
        self.thread, self.threadName = (1, "MainThread") if logThreads else (None, None)
        self.processName = "MainProcess" if logMultiprocessing else None
        self.process = os.getpid() if logProcesses and hasattr(os, "getpid") else None
        self.taskName = _task_name()

    def __repr__(self):
        where = ", ".join(map(str, (self.name, self.levelno, self.pathname, self.lineno)))
        return f'<LogRecord: {where}, "{self.msg}">'

    def getMessage(self):
        """The message with its arguments."""
        text = str(self.msg)
        if self.args:
            text %= self.args
        return text


_make_record = LogRecord


def setLogRecordFactory(factory):
    """Have records made by another function."""
    global _make_record
    _make_record = factory


def getLogRecordFactory():
    """What makes the records."""
    return _make_record


def makeLogRecord(dict):
    """A record with these attributes."""
    blank = _make_record(None, None, "", 0, "", (), None, None)
    vars(blank).update(dict)
    return blank


def _left_by(verdict, record):
    # What filters let pass: the record, unless they put another in its place.
    return verdict if isinstance(verdict, LogRecord) else record


# Formats, in the three ways in which Python fills in texts.

class PercentStyle:
    """Formats as of the operator %."""

    default_format, asctime_format, asctime_search = "%(message)s", "%(asctime)s", "%(asctime)"
    validation_pattern = re.compile(r"%\(\w+\)[ #+0-]*(?:\d+|\*)?(?:\.(?:\d+|\*))?[acdefgiorsux%]", re.IGNORECASE)

    def __init__(self, fmt, *, defaults=None):
        self._fmt = fmt or self.default_format
        self._defaults = defaults or {}

    def usesTime(self):
        """Does the format ask for the time?"""
        return self.asctime_search in self._fmt

    def validate(self):
        """Refuse a format that could not be filled in."""
        if self.validation_pattern.search(self._fmt) is None:
            raise ValueError(f"Invalid format '{self._fmt}' for '%' style")

    def format(self, record):
        """The format filled in with the attributes of a record."""
        known = vars(record)
        try:
            return self._filled({**self._defaults, **known} if self._defaults else known)
        except KeyError as missing:
            raise ValueError(f"Formatting field not found in record: {missing}")

    def _filled(self, values):
        return self._fmt % values


class _FieldStyle(PercentStyle):
    # A style whose formats can be taken apart into fields.
    def validate(self):
        try:
            names = [name for name in self._fields() if name]
        except ValueError as fault:
            raise ValueError(f"invalid format: {fault}")
        if not names:
            raise ValueError("invalid format: no fields")


class StrFormatStyle(_FieldStyle):
    """Formats as of str.format."""

    default_format, asctime_format, asctime_search = "{message}", "{asctime}", "{asctime"
    field_spec = re.compile(r"(?:\w+)(?:\.\w+|\[[^]]+\])*")
    fmt_spec = re.compile(
        r"(?:.?[<>=^])?[-+ ]?#?0?(?:\{\w+\}|\d+)?[_,]?(?:\.(?:\{\w+\}|\d+))?[%bcdefgnosx]?", re.IGNORECASE)

    def _fields(self):
        for _, name, spec, conversion in string.Formatter().parse(self._fmt):
            for fault, text, fine in (("invalid field name/expression", name, self.field_spec.fullmatch),
                                      ("invalid conversion", conversion, "rsa".__contains__),
                                      ("bad specifier", spec, self.fmt_spec.fullmatch)):
                if text and not fine(text):
                    raise ValueError(f"{fault}: {text!r}")
            yield name

    def _filled(self, values):
        return self._fmt.format(**values)


class StringTemplateStyle(_FieldStyle):
    """Formats as of string.Template."""

    default_format, asctime_format, asctime_search = "${message}", "${asctime}", "${asctime}"
    _dollar = re.compile(r"\$(?:\$|(?P<field>[a-z_]\w*)|\{(?P<braced>[a-z_]\w*)\}|(?P<bare>))", re.IGNORECASE)

    def __init__(self, fmt, *, defaults=None):
        super().__init__(fmt, defaults=defaults)
        self._template = string.Template(self._fmt)

    def _filled(self, values):
        return self._template.substitute(values)

    def usesTime(self):
        return any(mark in self._fmt for mark in ("$asctime", self.asctime_search))

    def _fields(self):
        for found in self._dollar.finditer(self._fmt):
            if found["bare"] is not None:
                raise ValueError("bare '$' not allowed")
            yield found["field"] or found["braced"]


BASIC_FORMAT = "%(levelname)s:%(name)s:%(message)s"
_STYLES = {
    "%": (PercentStyle, BASIC_FORMAT),
    "{": (StrFormatStyle, "{levelname}:{name}:{message}"),
    "$": (StringTemplateStyle, "${levelname}:${name}:${message}"),
}


def _style(sign):
    # A style, and its format for whoever names none.
    if sign not in _STYLES:
        raise ValueError(f"Style must be one of: {','.join(_STYLES)}")
    return _STYLES[sign]


class Formatter:
    """Makes a text of a record."""

    default_time_format, default_msec_format = "%Y-%m-%d %H:%M:%S", "%s,%03d"
    converter = time.localtime

    def __init__(self, fmt=None, datefmt=None, style="%", validate=True, *, defaults=None):
        kind, _ = _style(style)
        self._style = kind(fmt, defaults=defaults)
        self._fmt, self.datefmt = self._style._fmt, datefmt
        if validate:
            self._style.validate()

    def formatTime(self, record, datefmt=None):
        """When the record was made."""
        text = time.strftime(datefmt or self.default_time_format, self.converter(record.created))
        if self.default_msec_format and not datefmt:
            text = self.default_msec_format % (text, record.msecs)
        return text

    def formatException(self, ei):
        """An exception as it would be printed."""
        kind, value, tb = ei
        return "".join(traceback.format_exception(kind, value, tb)).removesuffix("\n")

    def formatStack(self, stack_info):
        """The stack of a record, which is a text already."""
        return stack_info

    def formatMessage(self, record):
        """The line of a record, without what comes below it."""
        return self._style.format(record)

    def usesTime(self):
        """Does the format ask for the time?"""
        return self._style.usesTime()

    def format(self, record):
        """The text of a record, with the exception and stack that belong to it."""
        record.message = record.getMessage()
        if self.usesTime():
            record.asctime = self.formatTime(record, self.datefmt)
        text = self.formatMessage(record)
        for part in self._below(record):
            text += part if text.endswith("\n") else "\n" + part
        return text

    def _below(self, record):
        # The record keeps the text of its exception for other formatters.
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            yield record.exc_text
        if record.stack_info:
            yield self.formatStack(record.stack_info)


_plain = Formatter()


class BufferingFormatter:
    """Makes a text of several records."""

    def __init__(self, linefmt=None):
        self.linefmt = linefmt or _plain

    def formatHeader(self, records):
        """What stands above the records, and below them: nothing."""
        return ""

    formatFooter = formatHeader

    def format(self, records):
        """The texts of all records, between header and footer."""
        if not records:
            return ""
        lines = [self.linefmt.format(record) for record in records]
        return "".join([self.formatHeader(records), *lines, self.formatFooter(records)])


# Who may pass.

class Filter:
    """Lets pass what a logger of this name, or below it, says."""

    def __init__(self, name=""):
        self.name, self.nlen = name, len(name)

    def filter(self, record):
        """Does it pass?"""
        return not self.name or f"{record.name}.".startswith(f"{self.name}.")


class Filterer:
    """What loggers and handlers have in common: filters."""

    def __init__(self):
        self.filters = []

    def addFilter(self, filter):
        """Have one more filter."""
        _include(self.filters, filter)

    def removeFilter(self, filter):
        """Have one filter less."""
        _exclude(self.filters, filter)

    def filter(self, record):
        """The record, or another that a filter gives for it; something false if it is not to be said."""
        for each in self.filters:
            verdict = getattr(each, "filter", each)(record)
            if isinstance(verdict, LogRecord):
                record = verdict
            elif not verdict:
                return False
        return record


def _include(members, member):
    if member not in members:
        members.append(member)


def _exclude(members, member):
    if member in members:
        members.remove(member)


# Handlers.

_handlerList = []
_handlers = weakref.WeakValueDictionary()


def getHandlerByName(name):
    """The handler of this name, or None."""
    return _handlers.get(name)


def getHandlerNames():
    """The names of all handlers that have one."""
    return frozenset(_handlers.keys())


def _gone(handler):
    _exclude(_handlerList, handler)


class Handler(Filterer):
    """Does something with records."""

    _name = None
    _closed = False
    formatter = None

    def __init__(self, level=NOTSET):
        super().__init__()
        self.level = _checkLevel(level)
        self.createLock()
        _handlerList.append(weakref.ref(self, _gone))

    @property
    def name(self):
        """By what the handler is found."""
        return self._name

    @name.setter
    def name(self, name):
        self._forget_name()
        self._name = name
        if name:
            _handlers[name] = self

    def get_name(self):
        """By what the handler is found."""
        return self.name

    def set_name(self, name):
        """Be found by another name."""
        self.name = name

    def _forget_name(self):
        _handlers.pop(self._name, None)

    def createLock(self):
        """There is one thread, and nothing to lock."""
        self.lock = None

    def acquire(self):
        """Lock the handler."""

    def release(self):
        """Unlock the handler."""

    def flush(self):
        """Have all that was said written."""

    def setLevel(self, level):
        """Do nothing with records below a level."""
        self.level = _checkLevel(level)

    def setFormatter(self, fmt):
        """Have records made texts by another formatter."""
        self.formatter = fmt

    def format(self, record):
        """The text of a record."""
        return (self.formatter or _plain).format(record)

    def emit(self, record):
        """Do it, with one record."""
        raise NotImplementedError("emit must be implemented by Handler subclasses")

    def handle(self, record):
        """Emit a record unless a filter holds it back."""
        verdict = self.filter(record)
        if verdict:
            self.emit(_left_by(verdict, record))
        return verdict

    def close(self):
        """Be found by no name any more."""
        self._forget_name()
        self._closed = True

    def handleError(self, record):
        """Tell on standard error that a record could not be written."""
        if raiseExceptions and sys.stderr:
            try:
                for piece in _report_of_failure(sys.exception(), record):
                    sys.stderr.write(piece)
            except OSError:
                pass

    def _shown(self, what, gap=" "):
        return f"<{type(self).__name__} {what}{gap}({getLevelName(self.level)})>"

    def __repr__(self):
        return self._shown("", "")


def _report_of_failure(error, record):
    # What there is to tell about a record that could not be written.
    yield "--- Logging error ---\n"
    yield from traceback.format_exception(error)
    yield "Call stack:\n"
    caller = _outside(error.__traceback__.tb_frame)
    if _is_ours(caller):
        yield f"Logged from file {record.filename}, line {record.lineno}\n"
    else:
        yield from traceback.format_stack(caller)
    try:
        yield f"Message: {record.msg!r}\nArguments: {record.args}\n"
    except RecursionError:
        raise
    except Exception:
        yield ("Unable to print the message and arguments - possible formatting error.\n"
               "Use the traceback above to help find the error.\n")


class StreamHandler(Handler):
    """Writes records to a stream, standard error by default."""

    terminator = "\n"

    def __init__(self, stream=None):
        Handler.__init__(self)
        self.stream = sys.stderr if stream is None else stream

    def flush(self):
        """Flush the stream, if it can be flushed."""
        if self.stream:
            getattr(self.stream, "flush", bool)()

    def setStream(self, stream):
        """Write to another stream from now on; gives the old one, or None if it is the same."""
        if stream is not self.stream:
            self.flush()
            before, self.stream = self.stream, stream
            return before

    def emit(self, record):
        """Write a record and flush; what goes wrong is told and forgotten."""
        try:
            text = self.format(record)
            self.stream.write(text + self.terminator)
            self.flush()
        except RecursionError:
            raise
        except Exception:
            self.handleError(record)

    def __repr__(self):
        name = str(getattr(self.stream, "name", ""))
        return self._shown(name, " " if name else "")

    __class_getitem__ = classmethod(types.GenericAlias)


class FileHandler(StreamHandler):
    """Writes records to a file."""

    def __init__(self, filename, mode="a", encoding=None, delay=False, errors=None):
        self.baseFilename = os.path.abspath(os.fspath(filename))
        self.mode, self.delay, self.errors = mode, delay, errors
        self.encoding = encoding if "b" in mode else io.text_encoding(encoding)
        if delay:
            Handler.__init__(self)
            self.stream = None
        else:
            StreamHandler.__init__(self, self._open())

    def _open(self):
        encoding = self.encoding if self.encoding != "locale" else None
        return open(self.baseFilename, self.mode, errors=self.errors, encoding=encoding)

    def emit(self, record):
        """Write a record, to a file that is opened only now if need be."""
        # What was closed is not overwritten from its beginning.
        if self.stream is None and not (self._closed and self.mode == "w"):
            self.stream = self._open()
        if self.stream:
            StreamHandler.emit(self, record)

    def close(self):
        """Close the file."""
        if file := self.stream:
            try:
                self.flush()
            finally:
                self.stream = None
                getattr(file, "close", bool)()
        StreamHandler.close(self)

    def __repr__(self):
        return self._shown(self.baseFilename)


class _StderrHandler(StreamHandler):
    # Writes to what standard error is at that time.
    stream = property(lambda self: sys.stderr)

    def __init__(self, level=NOTSET):
        Handler.__init__(self, level)


class NullHandler(Handler):
    """Does nothing."""

    def handle(self, record):
        """Nothing."""

    emit = handle


lastResort = _StderrHandler(WARNING)


# Whence a record comes.

def currentframe():
    """The frame of whoever calls this."""
    return sys._getframe(1)


def _is_ours(frame):
    return frame.f_code.co_filename == _HERE


def _outside(frame):
    # The innermost frame around this one, or itself, that is not of this module; the outermost if all are.
    while _is_ours(frame) and frame.f_back:
        frame = frame.f_back
    return frame


# The tree.

class PlaceHolder:
    """Stands in the tree where no logger has been asked for yet, and knows those below."""

    def __init__(self):
        self.below = []


class Manager:
    """The tree of loggers."""

    def __init__(self, rootnode):
        self.root, self.loggerDict = rootnode, {}
        self.disable = NOTSET
        self.emittedNoHandlerWarning = False
        self.loggerClass = self.logRecordFactory = None

    @property
    def disable(self):
        """Up to this level nothing is said."""
        return self._silent

    @disable.setter
    def disable(self, value):
        self._silent = _checkLevel(value)

    def getLogger(self, name):
        """The logger of this name, made when it is first asked for."""
        if not isinstance(name, str):
            raise TypeError("A logger name must be a string")
        there = self.loggerDict.get(name)
        if isinstance(there, PlaceHolder) or there is None:
            return self._planted(name, there)
        return there

    def _planted(self, name, placeholder):
        logger = self.loggerDict[name] = (self.loggerClass or _logger_class)(name)
        logger.manager = self
        logger.parent = self._parent_of(logger, name)
        if placeholder:
            # Whoever was below, with nobody in between, has the same parent so far.
            for lower in placeholder.below:
                if lower.parent is logger.parent:
                    lower.parent = logger
        return logger

    def _parent_of(self, logger, name):
        # The nearest logger above; the gaps up to it get to know who is below.
        above, *_ = name.rpartition(".")
        while above:
            there = self.loggerDict.setdefault(above, PlaceHolder())
            if not isinstance(there, PlaceHolder):
                return there
            there.below.append(logger)
            above, *_ = above[:-1].rpartition(".")
        return self.root

    def setLoggerClass(self, klass):
        """Have the loggers of this tree made of another class."""
        self.loggerClass = _logger_subclass(klass)

    def setLogRecordFactory(self, factory):
        """Have the records of this tree made by another function."""
        self.logRecordFactory = factory

    def _loggers(self):
        return [each for each in self.loggerDict.values() if isinstance(each, Logger)]

    def _clear_cache(self):
        for logger in (self.root, *self._loggers()):
            logger._cache.clear()


def _named(function, name, owner=""):
    # A function made for one of several names.
    function.__name__, function.__qualname__ = name, owner + name
    function.__doc__ = f"Say something at the level {name.upper()}."
    return function


_BY_NAME = "debug", "info", "warning", "error", "critical"


def _of_loggers(name):
    level = _nameToLevel[name.upper()]

    def say(self, msg, *args, **kwargs):
        if self.isEnabledFor(level):
            self._log(level, msg, args, **kwargs)
    return _named(say, name, "Logger.")


def _of_adapters(name):
    level = _nameToLevel[name.upper()]

    def say(self, msg, *args, **kwargs):
        self.log(level, msg, *args, **kwargs)
    return _named(say, name, "LoggerAdapter.")


def _of_root(name):
    def say(msg, *args, **kwargs):
        getattr(_ready_root(), name)(msg, *args, **kwargs)
    return _named(say, name)


def _deprecated(kind):
    warnings.warn(f"The 'warn' {kind} is deprecated, use 'warning' instead", DeprecationWarning, stacklevel=3)


class Logger(Filterer):
    """Is told what happens, in one place of the program."""

    def __init__(self, name, level=NOTSET):
        super().__init__()
        self.name, self.level = name, _checkLevel(level)
        self.parent, self.propagate, self.disabled = None, True, False
        self.handlers, self._cache = [], {}

    debug, info, warning, error, critical = map(_of_loggers, _BY_NAME)

    def warn(self, msg, *args, **kwargs):
        """Say something at the level WARNING."""
        _deprecated("method")
        self.warning(msg, *args, **kwargs)

    def fatal(self, msg, *args, **kwargs):
        """Say something at the level CRITICAL."""
        self.critical(msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Say something at the level ERROR, with the exception that is being handled."""
        self.error(msg, *args, **kwargs, exc_info=exc_info)

    def log(self, level, msg, *args, **kwargs):
        """Say something at any level."""
        if isinstance(level, int):
            if self.isEnabledFor(level):
                self._log(level, msg, args, **kwargs)
        elif raiseExceptions:
            raise TypeError("level must be an integer")

    def _log(self, level, msg, args, exc_info=None, extra=None, stack_info=False, stacklevel=1):
        path, line, function, stack = (
            self.findCaller(stack_info, stacklevel) if _srcfile else ("(unknown file)", 0, "(unknown function)", None))
        match exc_info:
            case BaseException():
                exc_info = type(exc_info), exc_info, exc_info.__traceback__
            case _ if exc_info and not isinstance(exc_info, tuple):
                exc_info = sys.exc_info()
        self.handle(self.makeRecord(self.name, level, path, line, msg, args, exc_info, function, extra, stack))

    def findCaller(self, stack_info=False, stacklevel=1):
        """File, line and function of whoever says something, and the stack if it is wanted."""
        frame = sys._getframe()
        for _ in range(stacklevel):
            outer = frame.f_back and _outside(frame.f_back)
            if not outer or _is_ours(outer):
                break
            frame = outer
        code, stack = frame.f_code, None
        if stack_info:
            stack = "".join(["Stack (most recent call last):\n", *traceback.format_stack(frame)]).removesuffix("\n")
        return code.co_filename, frame.f_lineno, code.co_name, stack

    def makeRecord(self, name, level, fn, lno, msg, args, exc_info, func=None, extra=None, sinfo=None):
        """The record of what is said."""
        record = _make_record(name, level, fn, lno, msg, args, exc_info, func, sinfo)
        attributes = vars(record)
        for key, value in (extra or {}).items():
            if key in attributes or key in ("message", "asctime"):
                raise KeyError(f"Attempt to overwrite {key!r} in LogRecord")
            attributes[key] = value
        return record

    def handle(self, record):
        """Pass a record on unless a filter holds it back."""
        verdict = not self.disabled and self.filter(record)
        if verdict:
            self.callHandlers(_left_by(verdict, record))

    def addHandler(self, hdlr):
        """Have one more handler."""
        _include(self.handlers, hdlr)

    def removeHandler(self, hdlr):
        """Have one handler less."""
        _exclude(self.handlers, hdlr)

    def _heard_by(self):
        # The handlers of this logger and of those above, as far as it reaches.
        logger = self
        while logger:
            yield from logger.handlers
            logger = logger.propagate and logger.parent

    def hasHandlers(self):
        """Does anybody hear what is said here?"""
        return any(True for _ in self._heard_by())

    def callHandlers(self, record):
        """Give a record to all who hear it."""
        unheard = True
        for handler in self._heard_by():
            unheard = False
            if record.levelno >= handler.level:
                handler.handle(record)
        if unheard:
            self._cry(record)

    def _cry(self, record):
        # There is no handler.
        if lastResort:
            if record.levelno >= lastResort.level:
                lastResort.handle(record)
        elif raiseExceptions and not self.manager.emittedNoHandlerWarning:
            self.manager.emittedNoHandlerWarning = True
            sys.stderr.write(f'No handlers could be found for logger "{self.name}"\n')

    def setLevel(self, level):
        """Say nothing below a level."""
        self.level = _checkLevel(level)
        self.manager._clear_cache()

    def getEffectiveLevel(self):
        """The level of the first logger up the tree that has one."""
        logger = self
        while logger and not logger.level:
            logger = logger.parent
        return logger.level if logger else NOTSET

    def isEnabledFor(self, level):
        """Would something of this level be said?"""
        enabled = self._cache.get(level)
        if enabled is None:
            enabled = self._cache[level] = not self.manager.disable >= level and level >= self.getEffectiveLevel()
        return enabled and not self.disabled

    def getChild(self, suffix):
        """The logger below this one."""
        return self.manager.getLogger(suffix if self is self.root else ".".join((self.name, suffix)))

    def getChildren(self):
        """The loggers right below this one."""
        start = 0 if self is self.manager.root else len(self.name) + 1
        return {each for each in self.manager._loggers() if each.parent is self and "." not in each.name[start:]}

    def _shown(self):
        return f"<{type(self).__name__} {self.name} ({getLevelName(self.getEffectiveLevel())})>"

    __repr__ = _shown

    def __reduce__(self):
        return getLogger, (self.name,)


class RootLogger(Logger):
    """The logger above all others."""

    def __init__(self, level):
        super().__init__("root", level)

    def __reduce__(self):
        return getLogger, ()


class LoggerAdapter:
    """Adds something to whatever is said."""

    def __init__(self, logger, extra=None, merge_extra=False):
        self.logger, self.extra, self.merge_extra = logger, extra, merge_extra

    def process(self, msg, kwargs):
        """What is said, and with which arguments."""
        own = kwargs.get("extra") if self.merge_extra else None
        kwargs["extra"] = self.extra if own is None else {**(self.extra or {}), **own}
        return msg, kwargs

    debug, info, warning, error, critical = map(_of_adapters, _BY_NAME)

    def warn(self, msg, *args, **kwargs):
        """Say something at the level WARNING."""
        _deprecated("method")
        self.warning(msg, *args, **kwargs)

    def exception(self, msg, *args, exc_info=True, **kwargs):
        """Say something at the level ERROR, with the exception that is being handled."""
        self.log(ERROR, msg, *args, **kwargs, exc_info=exc_info)

    def log(self, level, msg, *args, **kwargs):
        """Say something at any level."""
        if self.isEnabledFor(level):
            text, kwargs = self.process(msg, kwargs)
            self.logger.log(level, text, *args, **kwargs)

    def isEnabledFor(self, level):
        """Would something of this level be said?"""
        return self.logger.isEnabledFor(level)

    def setLevel(self, level):
        """Say nothing below a level."""
        self.logger.setLevel(level)

    def getEffectiveLevel(self):
        """The level of the first logger up the tree that has one."""
        return self.logger.getEffectiveLevel()

    def hasHandlers(self):
        """Does anybody hear what is said here?"""
        return self.logger.hasHandlers()

    name = property(lambda self: self.logger.name)
    manager = property(lambda self: self.logger.manager, lambda self, tree: setattr(self.logger, "manager", tree))

    __repr__ = Logger._shown
    __class_getitem__ = classmethod(types.GenericAlias)


Logger.root = root = RootLogger(WARNING)
Logger.manager = Manager(root)
_logger_class = Logger


def _logger_subclass(klass):
    if issubclass(klass, Logger):
        return klass
    raise TypeError(f"logger not derived from logging.Logger: {klass.__name__}")


def setLoggerClass(klass):
    """Have loggers made of another class."""
    global _logger_class
    _logger_class = _logger_subclass(klass)


def getLoggerClass():
    """What loggers are made of."""
    return _logger_class


def getLogger(name=None):
    """The logger of this name, the root logger without one."""
    return Logger.manager.getLogger(name) if name and name != root.name else root


# For the whole program.

debug, info, warning, error, critical = map(_of_root, _BY_NAME)


def _ready_root():
    # The root logger, with a handler.
    if not root.handlers:
        basicConfig()
    return root


def log(level, msg, *args, **kwargs):
    """Say something at any level."""
    _ready_root().log(level, msg, *args, **kwargs)


def warn(msg, *args, **kwargs):
    """Say something at the level WARNING."""
    _deprecated("function")
    warning(msg, *args, **kwargs)


def fatal(msg, *args, **kwargs):
    """Say something at the level CRITICAL."""
    critical(msg, *args, **kwargs)


def exception(msg, *args, exc_info=True, **kwargs):
    """Say something at the level ERROR, with the exception that is being handled."""
    error(msg, *args, **kwargs, exc_info=exc_info)


def disable(level=CRITICAL):
    """Let nothing of this level and below be said."""
    Logger.manager.disable = level
    Logger.manager._clear_cache()


def basicConfig(**kwargs):
    """Give the root logger a handler, unless it has one.

    Options: filename, filemode, encoding and errors, or stream, or handlers; format, datefmt and style; level; force.
    """
    if kwargs.pop("force", False):
        while root.handlers:
            last = root.handlers[-1]
            root.removeHandler(last)
            last.close()
    text = {"encoding": kwargs.pop("encoding", None), "errors": kwargs.pop("errors", "backslashreplace")}
    if root.handlers:
        return
    handlers = _handlers_of(kwargs, **text)
    style = kwargs.pop("style", "%")
    _, usual = _style(style)
    formatter = Formatter(kwargs.pop("format", usual), kwargs.pop("datefmt", None), style)
    for handler in handlers:
        handler.formatter or handler.setFormatter(formatter)
        root.addHandler(handler)
    if (level := kwargs.pop("level", None)) is not None:
        root.setLevel(level)
    if kwargs:
        raise ValueError(f"Unrecognised argument(s): {', '.join(kwargs)}")


def _handlers_of(options, encoding, errors):
    # The handlers that the options of basicConfig ask for; takes those options away.
    handlers = options.pop("handlers", None)
    places = options.keys() & {"stream", "filename"}
    if handlers is not None:
        if places:
            raise ValueError("'stream' or 'filename' should not be specified together with 'handlers'")
        return handlers
    if len(places) == 2:
        raise ValueError("'stream' and 'filename' should not be specified together")
    mode = options.pop("filemode", "a")
    if filename := options.pop("filename", None):
        return [FileHandler(filename, mode, encoding, errors=None if "b" in mode else errors)]
    return [StreamHandler(options.pop("stream", None))]


def shutdown(handlerList=_handlerList):
    """Flush and close all handlers."""
    for handler in [reference() for reference in reversed(handlerList)]:
        try:
            if handler and getattr(handler, "flushOnClose", True):
                handler.flush()
            if handler:
                handler.close()
        except (OSError, ValueError):
            pass
        except Exception:
            if raiseExceptions:
                raise


_shown_before = None


def captureWarnings(capture):
    """Have warnings told to the logger 'py.warnings', or no longer."""
    global _shown_before
    if capture and not _shown_before:
        _shown_before, warnings.showwarning = warnings.showwarning, _tell_warning
    elif _shown_before and not capture:
        warnings.showwarning, _shown_before = _shown_before, None


def _tell_warning(message, category, filename, lineno, file=None, line=None):
    # What is shown in a file is no business of loggers.
    if file:
        if _shown_before:
            _shown_before(message, category, filename, lineno, file, line)
        return
    logger = getLogger("py.warnings")
    logger.handlers or logger.addHandler(NullHandler())
    logger.warning(warnings.formatwarning(message, category, filename, lineno, line))
