# Texts of exceptions that hold objects of the program, and groups of exceptions.


def exception_part(value):
    return repr(value)


def exception_text(message, place):
    return f'{message!s}{place}'


def exception_setstate(exception, state):
    for name, value in state.items():
        setattr(exception, name, value)


def exception_set_args(exception, args):
    exception.args = tuple(args)


def os_error_text(errno, strerror, filename, filename2):
    text = f'[Errno {errno!s}] {strerror!s}'
    if filename is not None:
        text = f'{text}: {filename!r}'
        if filename2 is not None:
            text = f'{text} -> {filename2!r}'
    return text


def exception_group_split(group, condition):
    return partition_group(group, group_matcher(condition))


def exception_group_subgroup(group, condition):
    return partition_group(group, group_matcher(condition))[0]


def group_matcher(condition):
    if isinstance(condition, (type, tuple)):
        if _exception_matches(None, condition) is not None:
            return lambda exception: _exception_matches(exception, condition)
    elif callable(condition):
        return condition
    raise TypeError(
        'expected an exception type, a tuple of exception types, or a callable (other than a class)'
    )


def partition_group(exception, matches):
    if matches(exception):
        return exception, None
    if not isinstance(exception, BaseExceptionGroup):
        return None, exception
    matched, rest = [], []
    for member in exception.exceptions:
        inside, outside = partition_group(member, matches)
        if inside is not None:
            matched.append(inside)
        if outside is not None:
            rest.append(outside)
    return part_of_group(exception, matched), part_of_group(exception, rest)


def part_of_group(group, exceptions):
    if not exceptions:
        return None
    part = group.derive(exceptions)
    if not isinstance(part, BaseExceptionGroup):
        raise TypeError('derive must return an instance of BaseExceptionGroup')
    part.__traceback__ = group.__traceback__
    part.__context__ = group.__context__
    part.__cause__ = group.__cause__
    notes = getattr(group, '__notes__', None)
    if isinstance(notes, (list, tuple)):
        part.__notes__ = list(notes)
    return part


def group_split(exception, classes):
    whole = _exception_matches(exception, classes)
    if whole is None:
        raise TypeError('catching classes that do not inherit from BaseException is not allowed')
    for cls in classes if isinstance(classes, tuple) else (classes,):
        if issubclass(cls, BaseExceptionGroup):
            raise TypeError('catching ExceptionGroup with except* is not allowed. Use except instead.')
    if exception is None:
        return None, None
    is_group = isinstance(exception, BaseExceptionGroup)
    if whole:
        if not is_group:
            wrapped = BaseExceptionGroup('', (exception,))
            _stand_here(wrapped)
            exception = wrapped
        return exception, None
    if not is_group:
        return None, exception
    parts = exception.split(classes)
    if not isinstance(parts, tuple):
        name = _type_name(exception)
        raise TypeError(f'{name}.split must return a tuple, not {_type_name(parts)}')
    if len(parts) < 2:
        name = _type_name(exception)
        raise TypeError(f'{name}.split must return a 2-tuple, got tuple of size {len(parts)}')
    return parts[0], parts[1]


def group_reraise(original, raised, rest):
    _stays_here(original)
    if rest is not None:
        raised.append(rest)
    if not raised:
        return None
    if not isinstance(original, BaseExceptionGroup):
        # A lone exception is handled by one clause at most.
        return raised[0]
    fresh, leaves = [], set()
    for exception in raised:
        if is_part_of_group(exception, original):
            collect_leaves(exception, leaves)
        else:
            fresh.append(exception)
    if leaves:
        kept = partition_group(original, lambda exception: id(exception) in leaves)[0]
        if kept is not None:
            fresh.append(kept)
    if not fresh:
        return None
    if len(fresh) == 1:
        return fresh[0]
    for exception in fresh:
        _stays_here(exception)
    return BaseExceptionGroup('', fresh)


def is_part_of_group(exception, original):
    # A part that was raised on unchanged has what belongs to the whole.
    if exception is original:
        return True
    return (
        isinstance(exception, BaseExceptionGroup)
        and exception.__traceback__ is original.__traceback__
        and exception.__cause__ is original.__cause__
        and exception.__context__ is original.__context__
        and getattr(exception, '__notes__', None) == getattr(original, '__notes__', None)
    )


def collect_leaves(exception, leaves):
    if isinstance(exception, BaseExceptionGroup):
        for member in exception.exceptions:
            collect_leaves(member, leaves)
    else:
        leaves.add(id(exception))


def excepthook(kind, value, traceback):
    import sys
    from traceback import _print_uncaught

    # Of too many entries the outer ones are left out; print_exception itself leaves out the inner ones.
    limit = getattr(sys, 'tracebacklimit', None)
    inner = -limit if isinstance(limit, int) and limit > 0 else None
    if sys.stderr is not None:
        _print_uncaught(kind, value, traceback, sys.stderr, inner)
