# Generators, coroutines, async generators: the paths that are more than one resumption.


def resume_send(generator, value):
    return _send(generator, value)


def resume_throw(generator, exception):
    return _throw(generator, exception)


def generator_throw_class(generator, cls, value):
    if value is None:
        exception = cls()
    elif isinstance(value, cls):
        exception = value
    elif isinstance(value, tuple):
        exception = cls(*value)
    else:
        exception = cls(value)
    return _throw_directly(generator, exception)


def generator_throw_on(generator, partner, args):
    thrown = args[0]
    exits = isinstance(thrown, GeneratorExit) or isinstance(thrown, type) and issubclass(thrown, GeneratorExit)
    if not exits and hasattr(partner, 'throw'):
        return _throw_arguments(generator, args)
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
            close_detached(chain.pop(), GeneratorExit() if error is None else error)
            error = None
        except BaseException as raised:
            error = raised
    return _throw_detached(generator, exception if error is None else error)


def close_detached(generator, exception):
    try:
        _throw_detached(generator, exception)
    except (StopIteration, GeneratorExit):
        return
    raise ignored_exit(generator)


def ignored_exit(generator):
    return RuntimeError(f"{'coroutine' if type(generator).__name__ == 'coroutine' else 'generator'} ignored GeneratorExit")


def close_delegate_and_raise(delegate, exception):
    close_delegate(delegate)
    raise exception


def generator_close(generator):
    try:
        generator_throw_exit(generator, GeneratorExit())
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
        elif kind == 'never awaited':
            _warn_never_awaited(obj)
        else:
            generator_close(obj)
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


def coroutine_await(coroutine):
    return _disguised_coroutine(coroutine)


def _disguised_coroutine(coroutine):
    return (yield from _generator_based_from(coroutine))


def _generator_based_from(coroutine):
    value = None
    while True:
        try:
            out = coroutine.send(value)
        except StopIteration as stop:
            return stop.value
        try:
            value = yield out
        except GeneratorExit:
            coroutine.close()
            raise
        except BaseException as error:
            out = coroutine.throw(error)
            value = yield out


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
    return _anext_or(await_iter(anext(iterator)), default)


def _anext_or(steps, default):
    try:
        return (yield from steps)
    except StopAsyncIteration:
        return default


def make_generator_frame(generator):
    import types
    frame = types.SimpleNamespace()
    frame.f_code = generator.gi_code if hasattr(generator, 'gi_code') else generator.cr_code
    frame.f_locals = _frame_locals(generator)
    frame.f_lineno = _generator_line(generator)
    frame.f_back = None
    return frame


def drive_async(generator, method, argument):
    # What an `asend`, `athrow` or `aclose` object does: run the generator until it yields an item or awaits something.
    out = method(generator, argument)
    while True:
        if _is_async_item(out):
            return out[1]
        try:
            value = yield out
        except BaseException as error:
            out = _throw(generator, error)
        else:
            out = _send(generator, value)


def async_generator_asend(generator, value):
    return _async_step(generator, _send, value)


def async_generator_athrow(generator, exception):
    return _async_step(generator, _throw, exception)


def async_generator_athrow_class(generator, cls, value):
    return _async_step(generator, _throw, cls() if value is None else value if isinstance(value, cls) else cls(value))


def _async_step(generator, method, argument):
    return _async_run(generator, method, argument)


def _async_run(generator, method, argument):
    try:
        return (yield from drive_async(generator, method, argument))
    except StopIteration:
        pass
    raise StopAsyncIteration


def async_generator_aclose(generator):
    return _async_close(generator)


def _async_close(generator):
    if not generator.ag_suspended:
        _set_state_closed(generator)
        return
    try:
        yield from drive_async(generator, _throw, GeneratorExit())
    except (GeneratorExit, StopAsyncIteration, StopIteration):
        return
    raise RuntimeError('async generator ignored GeneratorExit')
