"""Warnings."""

import sys

__all__ = [
    "warn", "warn_explicit", "showwarning", "formatwarning", "filterwarnings", "simplefilter", "resetwarnings",
    "catch_warnings", "deprecated",
]

# Each filter: action, message, category, module, line; message and module are patterns, or a text as it is. The first that fits decides.
filters = [
    ("default", None, DeprecationWarning, "__main__", 0),
    ("ignore", None, DeprecationWarning, None, 0),
    ("ignore", None, PendingDeprecationWarning, None, 0),
    ("ignore", None, ImportWarning, None, 0),
    ("ignore", None, ResourceWarning, None, 0),
]
_defaultaction = "default"
onceregistry = {}
_seen = set()


class WarningMessage:
    """A warning that was given."""

    def __init__(self, message, category, filename, lineno, file=None, line=None, source=None):
        self.message = message
        self.category = category
        self.filename = filename
        self.lineno = lineno
        self.file = file
        self.line = line
        self.source = source
        self._category_name = category.__name__ if category else None

    def __str__(self):
        return (
            f"{{message : {self.message!r}, category : {self._category_name!r}, filename : {self.filename!r},"
            f" lineno : {self.lineno}, line : {self.line!r}}}"
        )


def formatwarning(message, category, filename, lineno, line=None):
    """A warning as text."""
    text = f"{filename}:{lineno}: {category.__name__}: {message}\n"
    if line:
        text += f"  {line.strip()}\n"
    return text


def showwarning(message, category, filename, lineno, file=None, line=None):
    """Write a warning to a file, standard error by default."""
    _write(formatwarning(message, category, filename, lineno, line), file)


def _write(text, file=None):
    file = sys.stderr if file is None else file
    if file is None:
        # The program has put its standard error away.
        return
    try:
        file.write(text)
    except OSError:
        pass


_formatwarning, _showwarning = formatwarning, showwarning


def warn(message, category=None, stacklevel=1, source=None, *, skip_file_prefixes=()):
    """Give a warning."""
    if isinstance(message, Warning):
        category = message.__class__
    elif category is None:
        category = UserWarning
    if not (isinstance(category, type) and issubclass(category, Warning)):
        raise TypeError(f"category must be a Warning subclass, not '{type(category).__name__}'")
    filename, lineno, module, line = sys._caller(max(stacklevel, 1) - 1)
    _give(message, category, filename, lineno, module, source, line)


def warn_explicit(message, category, filename, lineno, module=None, registry=None, module_globals=None, source=None):
    """Give a warning about a certain place."""
    _give(message, category, filename, lineno, module, source, None)


def _fits(wanted, text):
    if wanted is None or isinstance(wanted, str):
        return wanted is None or wanted == text
    return wanted.match(text) is not None


def _give(message, category, filename, lineno, module, source, line):
    if isinstance(message, Warning):
        text = str(message)
        category = message.__class__
    else:
        text = message
        message = category(message)
    for action, wanted, kind, where, at in filters:
        if (
            _fits(wanted, text)
            and issubclass(category, kind)
            and _fits(where, module)
            and (at == 0 or at == lineno)
        ):
            break
    else:
        action = _defaultaction
    if action == "ignore":
        return
    if action == "error":
        raise message
    keys = {"once": (text, category), "module": (text, category, module), "default": (text, category, filename, lineno)}
    if action != "always" and action != "all":
        key = keys.get(action)
        if key in _seen:
            return
        _seen.add(key)
    if _recorders:
        _recorders[-1].append(WarningMessage(message, category, filename, lineno, None, None, source))
    elif source is None or showwarning is not _showwarning or formatwarning is not _formatwarning:
        showwarning(message, category, filename, lineno, None, line)
    else:
        # At the end of the program it is too late to enable anything.
        hint = f"{category.__name__}: Enable tracemalloc to get the object allocation traceback\n"
        _write(formatwarning(message, category, filename, lineno, line) + ("" if sys.is_finalizing() else hint))


def _line(filename, lineno):
    """A line of a file, if there is one."""
    try:
        with open(filename) as file:
            return file.readlines()[lineno - 1]
    except (OSError, IndexError):
        return None


def _warn_unawaited_coroutine(coro):
    text = f"coroutine '{coro.__qualname__}' was never awaited"
    if coro.cr_origin is not None:
        import traceback

        calls = [traceback.FrameSummary(*call, line=_line(*call[:2])) for call in reversed(coro.cr_origin)]
        text += "\nCoroutine created at (most recent call last)\n"
        text += "".join(traceback.format_list(calls)).rstrip("\n")
    warn(text, category=RuntimeWarning, source=coro)


def filterwarnings(action, message="", category=Warning, module="", lineno=0, append=False):
    """Add a filter."""
    if action not in ("error", "ignore", "always", "all", "default", "module", "once"):
        raise ValueError(f"invalid action: {action!r}")
    if message or module:
        import re
        message = re.compile(message, re.I) if message else None
        module = re.compile(module) if module else None
    _add((action, message or None, category, module or None, lineno), append)


def simplefilter(action, category=Warning, lineno=0, append=False):
    """Add a filter for all messages and modules."""
    if action not in ("error", "ignore", "always", "all", "default", "module", "once"):
        raise ValueError(f"invalid action: {action!r}")
    _add((action, None, category, None, lineno), append)


def _add(item, append):
    _seen.clear()
    if item in filters:
        if append:
            return
        filters.remove(item)
    if append:
        filters.append(item)
    else:
        filters.insert(0, item)


def resetwarnings():
    """Remove all filters."""
    _seen.clear()
    filters[:] = []


_recorders = []


class catch_warnings:
    """Restores the filters at the end; with record=True, the warnings come into a list."""

    def __init__(self, *, record=False, module=None, action=None, category=Warning, lineno=0, append=False):
        self._record = record
        self._filter = None if action is None else (action, category, lineno, append)
        self._entered = False

    def __enter__(self):
        if self._entered:
            raise RuntimeError(f"Cannot enter {self!r} twice")
        self._entered = True
        self._filters = filters[:]
        if self._filter is not None:
            simplefilter(*self._filter)
        _seen.clear()
        if self._record:
            log = []
            _recorders.append(log)
            return log
        return None

    def __exit__(self, *exc_info):
        if not self._entered:
            raise RuntimeError(f"Cannot exit {self!r} without entering first")
        filters[:] = self._filters
        _seen.clear()
        if self._record:
            _recorders.pop()


class deprecated:
    """A decorator that warns when what it decorates is used."""

    def __init__(self, message, /, *, category=DeprecationWarning, stacklevel=1):
        if not isinstance(message, str):
            raise TypeError(f"Expected an object of type str for 'message', not {type(message).__name__!r}")
        self.message = message
        self.category = category
        self.stacklevel = stacklevel

    def __call__(self, arg, /):
        from functools import wraps

        if self.category is None:
            arg.__deprecated__ = self.message
            return arg
        message, category, level = self.message, self.category, self.stacklevel + 1
        if isinstance(arg, type):
            original = arg.__new__

            def __new__(cls, /, *args, **kwargs):
                if cls is arg:
                    warn(message, category=category, stacklevel=level)
                if original is not object.__new__:
                    return original(cls, *args, **kwargs)
                return original(cls)

            arg.__new__ = __new__
            arg.__deprecated__ = message
            return arg
        if not callable(arg):
            raise TypeError(
                "@deprecated decorator with non-None category must be applied to a class or callable,"
                f" not {arg!r}"
            )

        @wraps(arg)
        def wrapper(*args, **kwargs):
            warn(message, category=category, stacklevel=level)
            return arg(*args, **kwargs)

        arg.__deprecated__ = wrapper.__deprecated__ = message
        return wrapper


def _category_named(name):
    if not name:
        return Warning
    import builtins
    module, _, attribute = name.rpartition(".")
    if module:
        try:
            place = __import__(module, None, None, [attribute])
        except ImportError:
            raise ValueError(f"invalid module name: {module!r}") from None
    else:
        place = builtins
    found = getattr(place, attribute, None)
    if found is None:
        raise ValueError(f"unknown warning category: {name!r}")
    if not (isinstance(found, type) and issubclass(found, Warning)):
        raise ValueError(f"invalid warning category: {name!r}")
    return found


def _action_named(text):
    for action in ("default", "always", "all", "ignore", "module", "once", "error"):
        if action.startswith(text):
            return "always" if action == "all" else action
    raise ValueError(f"invalid action: {text!r}")


def _take_option(option):
    """A filter as `-W` has it: action:message:category:module:line."""
    parts = [part.strip() for part in option.split(":")]
    if len(parts) > 5:
        raise ValueError(f"too many fields (max 5): {option!r}")
    action, message, category, module, line = parts + [""] * (5 - len(parts))
    action, category = _action_named(action), _category_named(category)
    if message:
        import re
        message = re.compile(re.escape(message), re.I)
    if line:
        try:
            line = int(line)
            if line < 0:
                raise ValueError
        except ValueError:
            raise ValueError(f"invalid lineno {line!r}") from None
    _add((action, message or None, category, module or None, line or 0), False)


for _option in sys.warnoptions:
    try:
        _take_option(_option)
    except ValueError as _problem:
        _write(f"Invalid -W option ignored: {_problem}\n")
