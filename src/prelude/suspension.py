# Generators, coroutines, async generators: the paths that are more than one resumption.


def resume_send(generator, value):
    return _send(generator, value)


def resume_throw(generator, exception):
    return _throw(generator, exception)


def thrown_exception(typ, *more):
    value, traceback = (*more, None, None)[:2]
    if isinstance(typ, BaseException):
        if value is not None:
            raise TypeError("instance exception may not have a separate value")
        exception = typ
    elif not (isinstance(typ, type) and issubclass(typ, BaseException)):
        name = type(typ).__name__
        raise TypeError(f"exceptions must be classes or instances deriving from BaseException, not {name}")
    elif value is None:
        exception = typ()
    elif isinstance(value, typ):
        exception = value
    elif isinstance(value, tuple):
        exception = typ(*value)
    else:
        exception = typ(value)
    return exception if traceback is None else exception.with_traceback(traceback)


def generator_throw_class(generator, cls, value):
    return _throw_directly(generator, thrown_exception(cls, value))


def generator_throw_on(generator, partner, args):
    thrown = args[0]
    exits = isinstance(thrown, GeneratorExit) or isinstance(thrown, type) and issubclass(thrown, GeneratorExit)
    if not exits and hasattr(partner, 'throw'):
        partner = None
        return _throw_arguments(generator, args)
    partner = None
    return _throw_directly(generator, *args)


def close_delegate(delegate):
    try:
        close = delegate.close
    except AttributeError:
        return
    close()


def generator_throw_exit(generator, exception):
    # The innermost of a chain is closed first. Not by recursion: a chain may be longer than the control stack may be deep.
    chain = [generator]
    delegate = _detach(generator)
    while _delegates(delegate):
        chain.append(delegate)
        delegate = _detach(delegate)
    error = None
    try:
        close_delegate(delegate)
    except BaseException as raised:
        error = raised
    delegate = None
    while len(chain) > 1:
        try:
            close_detached(chain.pop(), exit_exception() if error is None else error)
            error = None
        except BaseException as raised:
            error = raised
    return _throw_detached(generator, exception if error is None else error)


def exit_exception():
    # Raised, so that what the closer handles becomes its context.
    try:
        raise GeneratorExit
    except GeneratorExit as exception:
        return exception


def close_detached(generator, exception):
    try:
        _throw_detached(generator, exception)
    except (StopIteration, GeneratorExit):
        return
    raise ignored_exit(generator)


def ignored_exit(generator):
    return RuntimeError(f"{type(generator).__name__.replace('_', ' ')} ignored GeneratorExit")


def close_delegate_and_raise(delegate, exception):
    close_delegate(delegate)
    context = exception.__context__
    try:
        raise exception
    finally:
        exception.__context__ = context


def generator_close(generator):
    try:
        generator_throw_exit(generator, exit_exception())
    except StopIteration as stop:
        return stop.value
    except GeneratorExit:
        return None
    raise ignored_exit(generator)


def run_finalizers(objects):
    objects.reverse()
    while objects:
        finalize(objects.pop())


def finalize(obj):
    kind = _finalizer_kind(obj)
    try:
        if kind == 'del':
            _lookup(obj, '__del__')()
        elif kind == 'weak':
            _take_callback(obj)(obj)
        elif kind == 'never awaited':
            _warn_never_awaited(obj)
        else:
            hook = _async_finalizer(obj)
            if hook is None:
                generator_close(obj)
            else:
                hook(obj)
    except BaseException as error:
        _unraisable(error, obj)


def _unraisable(error, obj):
    stack, name = _traceback_parts(error)
    try:
        text = str(error)
    except BaseException:
        text = '<exception str() failed>'
    if _finalizer_kind(obj) == 'del':
        where = f'while calling deallocator {type(obj).__del__!r}'
    else:
        where = f'while closing {type(obj).__name__} {obj!r}'
    _write_stderr(f"Exception ignored {where}:\n{stack}{name}{': ' if text else ''}{text}\n")


def awaitable_next(anext, iterator):
    return await_iter(anext(iterator))


def await_iter(awaitable):
    if _steps(awaitable):
        return awaitable
    try:
        method = type(awaitable).__await__
    except AttributeError:
        raise TypeError(f"'async for' received an invalid object from __anext__: {type(awaitable).__name__}") from None
    return method(awaitable)


def anext_with_default(anext, iterator, default):
    return _disguise(_anext_or(await_iter(anext(iterator)), default), _anext_awaitable)


def _anext_or(steps, default):
    try:
        return (yield from steps)
    except StopAsyncIteration:
        return default


def async_generator_begins(hook, generator, method, args):
    hook(generator)
    return getattr(generator, method)(*args)


def async_step_begin_throw(step):
    _set_step_exception(step, thrown_exception(*_step_arguments(step)))
    return step.send(None)


def async_step_throw_class(step, cls, value):
    return step.throw(thrown_exception(cls, value))


def async_step_close(step):
    try:
        step.throw(GeneratorExit())
    except (StopIteration, StopAsyncIteration, GeneratorExit):
        return
    raise RuntimeError('coroutine ignored GeneratorExit')
