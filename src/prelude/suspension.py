# Generators, coroutines, async generators: the paths that are more than one resumption.


def resume_send(generator, value):
    return _send(generator, value)


def resume_throw(generator, exception):
    return _throw(generator, exception)


def thrown_exception(typ, *more):
    try:
        return exception_to_throw(typ, *more)
    except BaseException as error:
        if isinstance(typ, type) and issubclass(typ, BaseException):
            # It could not be made: what is thrown is the reason.
            return error
        raise


def exception_to_throw(typ, *more):
    value, traceback = (*more, None, None)[:2]
    if not (traceback is None or _is_traceback(traceback)):
        raise TypeError("throw() third argument must be a traceback object")
    if isinstance(typ, BaseException):
        if value is not None:
            raise TypeError("instance exception may not have a separate value")
        exception = typ
    elif not (isinstance(typ, type) and issubclass(typ, BaseException)):
        name = _type_name(typ)
        raise TypeError(f"exceptions must be classes or instances deriving from BaseException, not {name}")
    elif value is None:
        exception = typ()
    elif isinstance(value, typ):
        exception = value
    elif isinstance(value, tuple):
        exception = typ(*value)
    else:
        exception = typ(value)
    if not isinstance(exception, BaseException):
        name = _type_name(exception)
        raise TypeError(f"calling {typ!r} should have returned an instance of BaseException, not {name}")
    return exception if traceback is None else exception.with_traceback(traceback)


def throw_class(target, cls, *more):
    return _throw_directly(target, thrown_exception(cls, *more))


def throw_on(target, partner, given):
    # `given` is a list, so that nothing of it is kept here while `target` runs.
    thrown = given[0]
    exits = isinstance(thrown, GeneratorExit) or isinstance(thrown, type) and issubclass(thrown, GeneratorExit)
    thrown = None
    if exits:
        partner = None
        return _throw_directly(target, *given)
    call, failure = [], None
    try:
        call.append(partner.throw)
    except AttributeError:
        pass
    except BaseException as error:
        failure = error
    partner = None
    if failure is not None:
        return _refuse_to_throw(target, failure)
    if call:
        return _throw_to(target, (call.pop(), *given))
    thrown = given[0]
    if len(given) > 2 and not (given[2] is None or _is_traceback(given[2])):
        raise TypeError("throw() third argument must be a traceback object")
    if isinstance(thrown, type) and issubclass(thrown, BaseException):
        given[:] = [thrown_exception(*given)]
    elif not isinstance(thrown, BaseException) or len(given) > 1:
        return _throw_directly(target, *given)
    # The delegate is not asked again: what has no `throw` is passed by.
    thrown = None
    return _throw_to(target, (None, given.pop()))


def close_delegate(delegate):
    try:
        close = delegate.close
    except AttributeError:
        return
    except BaseException as error:
        failure = error
    else:
        return close()
    unraisable(failure, f'Exception ignored while closing generator {delegate!r}')


def generator_throw_exit(target, exception):
    # The innermost of a chain is closed first. Not by recursion: a chain may be longer than the control stack may be deep.
    chain = [target]
    delegate = _detach(target)
    while _delegates(delegate):
        chain.append(delegate)
        delegate = _detach(delegate)
    error = None
    try:
        close_delegate(delegate)
    except BaseException as raised:
        error = raised
    # What goes on to the next belongs to that one alone: held here, it would outlive the handlers it meets. So does what
    # that one delegated to, which goes when it leaves its delegation.
    thrown, closed = [], [delegate]
    delegate = None
    while len(chain) > 1:
        left = [chain[-1]]
        try:
            thrown.append(exit_exception() if error is None else error)
            error = None
            close_detached(chain.pop(), thrown, closed)
        except BaseException as raised:
            error = raised
        closed, left = left, None
    thrown.append(exception if error is None else error)
    exception = error = None
    return _throw_detached(target, thrown.pop(), closed.pop())


def exit_exception():
    # Raised, so that what the closer handles becomes its context.
    try:
        raise GeneratorExit
    except GeneratorExit as exception:
        return exception


def close_detached(generator, thrown, closed):
    try:
        _throw_detached(generator, thrown.pop(), closed.pop())
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


def throw_into_delegate(delegate, exception):
    try:
        throw = delegate.throw
    except AttributeError:
        throw = None
    if throw is not None:
        return throw(exception)
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
    if kind == 'del':
        try:
            method = _lookup(obj, '__del__')
        except BaseException:
            # As in CPython, nobody is told that there is a finaliser that cannot be had.
            return
        finalize_with(method, (), lambda: f'while calling deallocator {type(obj).__del__!r}')
    elif kind == 'weak':
        tell_watcher(obj, 'while')
    elif kind == 'coroutine':
        say_never_awaited(obj)
        obj.close()
    elif kind == 'left':
        _leave_to_frame(*obj)
    elif kind == 'rest':
        # What goes now that those before it have been finalised: with this reference.
        pass
    elif kind == 'step':
        finalize_with(warn_step_never_awaited, (obj,), lambda: f'while finalizing async generator {_step_names(obj)[1]!r}')
    else:
        hook = _async_finalizer(obj)
        if hook is None and _close_quietly(obj):
            # Nothing of it would run: its frame was left to whoever has that.
            pass
        elif hook is None:
            finalize_with(generator_close, (obj,), lambda: f'while closing generator {obj!r}')
        else:
            finalize_with(hook, (obj,), lambda: f'while finalizing generator {obj!r}')


def finalize_explicitly(obj):
    # Called by name, `__del__` of a coroutine that has not begun leaves it as it is.
    if _finalizer_kind(obj) == 'coroutine':
        say_never_awaited(obj)
    else:
        finalize(obj)


def say_never_awaited(coroutine):
    finalize_with(warn_never_awaited, (coroutine,), lambda: f'while finalizing coroutine {coroutine!r}')


def tell_watcher(watcher, when):
    callback, shown = _take_callback(watcher)
    finalize_with(callback, (shown,), lambda: f'{when} calling weakref callback {callback!r}')


def finalize_with(function, args, what):
    failure = None
    try:
        function(*args)
    except BaseException as error:
        failure = error
    if failure is not None:
        # Whoever is told of it handles nothing. Of what is told, the exception goes before its traceback.
        traceback = failure.__traceback__
        unraisable(failure, f'Exception ignored {what()}')
        failure = None
        traceback = None


def warn_never_awaited(coroutine):
    import warnings

    warn = getattr(warnings, '_warn_unawaited_coroutine', None)
    if warn is not None:
        try:
            return warn(coroutine)
        except RuntimeWarning:
            raise
        except BaseException as error:
            # The warning is given all the same, by what cannot be replaced.
            unraisable(error, f'Exception ignored while finalizing coroutine {coroutine!r}')
    warnings.warn(f"coroutine '{coroutine.__qualname__}' was never awaited", RuntimeWarning, source=coroutine)


def warn_step_never_awaited(step):
    import warnings

    method, generator = _step_names(step)
    text = f"coroutine method '{method}' of '{generator.__qualname__}' was never awaited"
    warnings.warn(text, RuntimeWarning, source=generator)


def throw_with_warning(name, *args):
    import warnings

    warnings.warn(
        f'the (type, exc, tb) signature of {name}() is deprecated, use the single-arg signature instead.',
        DeprecationWarning,
    )
    return (_athrow_quietly if name == 'athrow' else _throw_quietly)(*args)


def unraisable(error, message):
    import sys

    hook = getattr(sys, 'unraisablehook', None)
    arguments = sys.UnraisableHookArgs((type(error), error, error.__traceback__ or _traceback_here(), message, None))
    if hook is None:
        return unraisablehook(arguments)
    failure = None
    try:
        hook(arguments)
    except BaseException as error:
        failure = error
    if failure is not None:
        tell_unraisable(failure, f'Exception ignored in sys.unraisablehook: {hook!r}', None)


def unraisablehook(unraisable):
    message, obj = unraisable.err_msg, unraisable.object
    if obj is not None:
        try:
            shown = repr(obj)
        except BaseException:
            shown = '<object repr() failed>'
        message = f'{"Exception ignored in" if message is None else message}: {shown}'
    elif message is not None:
        message += ':'
    if unraisable.exc_value is not None:
        return tell_unraisable(unraisable.exc_value, message, unraisable.exc_traceback)
    say_unraisable(message, '' if unraisable.exc_type is None else f'{unraisable.exc_type.__name__}\n')


def tell_unraisable(error, message, traceback):
    stack, name = _traceback_parts(error, traceback)
    try:
        text = str(error)
    except BaseException:
        text = '<exception str() failed>'
    text = f"{stack}{name}: {text}\n"
    say_unraisable(message, text + _explanation(text))


def say_unraisable(message, text):
    import sys

    stderr = getattr(sys, 'stderr', None)
    if stderr is not None:
        stderr.write(text if message is None else f'{message}\n{text}')
        stderr.flush()


def async_iterator(aiter, iterable):
    iterator = aiter(iterable)
    if not hasattr(type(iterator), '__anext__'):
        raise TypeError(f"aiter() returned not an async iterator of type '{_type_name(iterator)}'")
    return iterator


def awaitable_next(anext, iterator):
    return await_iter(anext(iterator))


def await_iter(awaitable):
    if _steps(awaitable):
        return awaitable
    try:
        return iterator_of_awaitable(awaitable)
    except BaseException as error:
        name = _type_name(awaitable)
        raise TypeError(f"'async for' received an invalid object from __anext__: {name}") from error


def iterator_of_awaitable(awaitable):
    method = _special(awaitable, '__await__')
    if method is None:
        raise TypeError(f"'{_type_name(awaitable)}' object can't be awaited")
    steps = method()
    if not hasattr(type(steps), '__next__'):
        if _steps(steps):
            raise TypeError('__await__() returned a coroutine')
        raise TypeError(f"__await__() returned non-iterator of type '{_type_name(steps)}'")
    return steps


def anext_with_default(anext, iterator, default):
    return _anext_awaitable(anext(iterator), default)


def anext_awaitable_does(awaitable, default, method, *args):
    if _steps(awaitable) and not hasattr(type(awaitable), '__await__'):
        steps = awaitable
    else:
        steps = iterator_of_awaitable(awaitable)
    try:
        return next(steps) if method == '__next__' else getattr(steps, method)(*args)
    except StopAsyncIteration:
        pass
    stop = StopIteration(default)
    try:
        raise stop
    finally:
        stop.__context__ = None


def async_generator_begins(hook, generator, method, args):
    hook(generator)
    if method == 'athrow':
        # What its arguments deserve has been said already.
        return _athrow_quietly(generator, *args)
    return getattr(generator, method)(*args)


def async_step_begin_throw(step):
    return _throw_directly(step, *_step_arguments(step))


def async_step_close(step):
    try:
        step.throw(GeneratorExit())
    except (StopIteration, StopAsyncIteration, GeneratorExit):
        return
    raise RuntimeError('coroutine ignored GeneratorExit')


def drive(driver):
    return _drive(driver)
