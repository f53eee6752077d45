"""Context managers, and what makes them."""

import abc
import os
import sys
from collections import deque
from collections.abc import _recognised_by
from functools import wraps
from types import GenericAlias, MethodType

__all__ = """
asynccontextmanager contextmanager closing nullcontext AbstractContextManager AbstractAsyncContextManager AsyncExitStack
ContextDecorator ExitStack redirect_stdout redirect_stderr suppress aclosing chdir
""".split()


# Whatever has two methods.

@_recognised_by("__enter__", "__exit__")
class AbstractContextManager(abc.ABC):
    """Whatever can stand in a with statement."""

    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    def __enter__(self):
        """The object itself."""
        return self

    @abc.abstractmethod
    def __exit__(self, exc_type, exc_value, traceback):
        """Let exceptions through."""


@_recognised_by("__aenter__", "__aexit__")
class AbstractAsyncContextManager(abc.ABC):
    """Whatever can stand in an async with statement."""

    __slots__ = ()
    __class_getitem__ = classmethod(GenericAlias)

    async def __aenter__(self):
        """The object itself."""
        return self

    @abc.abstractmethod
    async def __aexit__(self, exc_type, exc_value, traceback):
        """Let exceptions through."""


class _Reusable:
    # A context manager as a decorator: for each call there may be another.
    def _recreate_cm(self):
        return self


class ContextDecorator(_Reusable):
    """Lets a context manager be a decorator."""

    def __call__(self, func):
        @wraps(func)
        def within(*args, **keywords):
            with self._recreate_cm():
                return func(*args, **keywords)
        return within


class AsyncContextDecorator(_Reusable):
    """Lets an asynchronous context manager be a decorator."""

    def __call__(self, func):
        @wraps(func)
        async def within(*args, **keywords):
            async with self._recreate_cm():
                return await func(*args, **keywords)
        return within


# Generators as context managers.

_END = object()
_BARREN = "generator didn't yield"


class _Doc:
    # The doc string of a manager is that of its function, if that has one; it is looked up when somebody wants it.
    def __init__(self, of_class):
        self._of_class = of_class

    def __get__(self, manager, owner=None):
        doc = None if manager is None else manager._func.__doc__
        return self._of_class if doc is None else doc


class _OfGenerator:
    # The generator, and how to make it again.
    def __init__(self, func, args, kwds):
        self.gen = func(*args, **kwds) if kwds else func(*args)
        self._func = func
        self._given = args, kwds

    def _recreate_cm(self):
        return type(self)(self._func, *self._given)

    def _lets_out(self, raised, thrown, traceback, *stops):
        # What came out after an exception was thrown in: does it go on its way unchanged? It may be a stop,
        # which generators wrap.
        wrapped = isinstance(raised, RuntimeError) and isinstance(thrown, stops) and raised.__cause__ is thrown
        if raised is thrown or wrapped:
            thrown.__traceback__ = traceback
            return True
        return False


class _GeneratorContextManager(_OfGenerator, AbstractContextManager, ContextDecorator):
    __doc__ = _Doc("The context manager that @contextmanager makes.")

    def __enter__(self):
        # The arguments may be large, and are not needed any more.
        self._given = None
        try:
            return next(self.gen)
        except StopIteration:
            raise RuntimeError(_BARREN) from None

    def __exit__(self, typ, value, traceback):
        if typ is None:
            if next(self.gen, _END) is _END:
                return False
            words = "generator didn't stop"
        else:
            thrown = typ() if value is None else value
            try:
                self.gen.throw(thrown)
            except StopIteration as end:
                return end is not thrown or not self._lets_out(end, thrown, traceback)
            except BaseException as raised:
                if self._lets_out(raised, thrown, traceback, StopIteration):
                    return False
                raise
            words = "generator didn't stop after throw()"
        try:
            raise RuntimeError(words)
        finally:
            self.gen.close()


class _AsyncGeneratorContextManager(_OfGenerator, AbstractAsyncContextManager, AsyncContextDecorator):
    __doc__ = _Doc("The context manager that @asynccontextmanager makes.")

    async def __aenter__(self):
        self._given = None
        try:
            return await anext(self.gen)
        except StopAsyncIteration:
            raise RuntimeError(_BARREN) from None

    async def __aexit__(self, typ, value, traceback):
        if typ is None:
            if await anext(self.gen, _END) is _END:
                return False
            words = "generator didn't stop"
        else:
            thrown = typ() if value is None else value
            try:
                await self.gen.athrow(thrown)
            except BaseException as raised:
                if self._lets_out(raised, thrown, traceback, StopIteration, StopAsyncIteration):
                    return False
                if isinstance(raised, StopAsyncIteration):
                    return True
                raise
            words = "generator didn't stop after athrow()"
        try:
            raise RuntimeError(words)
        finally:
            await self.gen.aclose()


def _making(kind, func):
    @wraps(func)
    def make(*args, **keywords):
        return kind(func, args, keywords)
    return make


def contextmanager(func):
    """A decorator that makes a context manager of a generator function with one yield."""
    return _making(_GeneratorContextManager, func)


def asynccontextmanager(func):
    """A decorator that makes an asynchronous context manager of an async generator function with one yield."""
    return _making(_AsyncGeneratorContextManager, func)


# Small ones.

class nullcontext(AbstractContextManager, AbstractAsyncContextManager):
    """A context manager that does nothing."""

    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result

    async def __aenter__(self):
        return self.enter_result

    def __exit__(self, *_):
        pass

    async def __aexit__(self, *_):
        pass


class suppress(AbstractContextManager):
    """Swallows exceptions of certain classes, in groups too."""

    def __init__(self, *exceptions):
        self._swallowed = exceptions

    def __enter__(self):
        pass

    def __exit__(self, kind, value, _):
        if kind is None:
            return None
        rest = value
        if issubclass(kind, self._swallowed):
            rest = None
        elif issubclass(kind, BaseExceptionGroup):
            _, rest = value.split(self._swallowed)
            if rest:
                raise rest
        return rest is None


class _Temporary(AbstractContextManager):
    # Changes something, and back at the end; many times inside each other if need be.
    def _prepare(self, wanted):
        self._wanted, self._kept = wanted, []

    def __enter__(self):
        self._kept.append(self._change(self._wanted))

    def __exit__(self, *_):
        self._change(self._kept.pop())


class chdir(_Temporary):
    """Works in another directory for a while."""

    def __init__(self, path):
        self._prepare(path)

    def _change(self, path):
        left = os.getcwd()
        os.chdir(path)
        return left


class _Redirection(_Temporary):
    def __init__(self, new_target):
        self._prepare(new_target)

    def __enter__(self):
        super().__enter__()
        return self._wanted

    def _change(self, stream):
        left = getattr(sys, self._stream)
        setattr(sys, self._stream, stream)
        return left


class redirect_stdout(_Redirection):
    """Sends standard output somewhere else for a while."""

    _stream = "stdout"


class redirect_stderr(_Redirection):
    """Sends standard error somewhere else for a while."""

    _stream = "stderr"


class closing(AbstractContextManager):
    """Closes something at the end."""

    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing

    def __exit__(self, *_):
        self.thing.close()


class aclosing(AbstractAsyncContextManager):
    """Closes something asynchronously at the end."""

    __init__ = closing.__init__

    async def __aenter__(self):
        return self.thing

    async def __aexit__(self, *_):
        await self.thing.aclose()


# Stacks of exits.

class _Unwinding:
    # What becomes of an exception, or of none, on its way through the exits of a stack.
    def __init__(self, current):
        self.current = current
        self.came_with_one, self.swallowed, self.new = current is not None, False, False
        self.around = sys.exception()

    def details(self):
        exc = self.current
        return (type(exc), exc, exc.__traceback__) if exc is not None else (None, None, None)

    def answered(self, swallow):
        if swallow:
            self.current, self.swallowed, self.new = None, True, False

    def failed(self, raised):
        # The end of its chain of contexts is not what was handled around the stack, but what was under way.
        last = raised
        while (before := last.__context__) is not None and before is not self.current:
            if before is self.around:
                last.__context__ = self.current
                break
            last = before
        self.current, self.new = raised, True

    def outcome(self):
        if self.new:
            context = self.current.__context__
            try:
                raise self.current
            finally:
                self.current.__context__ = context
        return self.came_with_one and self.swallowed


class _BaseExitStack:
    # The exits, each with whether it is synchronous.
    def __init__(self):
        self._exit_callbacks = deque()

    def pop_all(self):
        """Hand the exits over to a new stack."""
        other = type(self)()
        other._exit_callbacks, self._exit_callbacks = self._exit_callbacks, deque()
        return other

    def _add(self, synchronous, name, exit):
        # The method of an object, or a function of the same form.
        method = getattr(type(exit), name, None)
        self._exit_callbacks.append((synchronous, exit if method is None else MethodType(method, exit)))
        return exit

    def push(self, exit):
        """Register an `__exit__`, a context manager's or a function of the same form."""
        return self._add(True, "__exit__", exit)

    def enter_context(self, cm):
        """Enter a context manager and register its exit."""
        entered = _method(cm, "context manager", "__enter__", "__exit__")(cm)
        self._add(True, "__exit__", cm)
        return entered

    def callback(self, callback, /, *args, **kwds):
        """Register a function with its arguments."""
        def leave(*_):
            callback(*args, **kwds)
        return self._add_callback(True, callback, leave)

    def _add_callback(self, synchronous, callback, leave):
        leave.__wrapped__ = callback
        self._exit_callbacks.append((synchronous, leave))
        return callback


def _method(cm, kind, *names):
    # The first of the methods, all of which the class needs.
    cls = type(cm)
    try:
        enter, _ = [getattr(cls, name) for name in names]
    except AttributeError:
        raise TypeError(f"'{cls.__module__}.{cls.__qualname__}' object does not support the {kind} protocol") from None
    return enter


class ExitStack(_BaseExitStack, AbstractContextManager):
    """A context manager that leaves any number of others, in the reverse order."""

    def __exit__(self, *exc_details):
        way = _Unwinding(exc_details[1])
        while self._exit_callbacks:
            _, leave = self._exit_callbacks.pop()
            try:
                way.answered(leave(*way.details()))
            except BaseException as raised:
                way.failed(raised)
        return way.outcome()

    def close(self):
        """Leave them all now."""
        self.__exit__(None, None, None)


class AsyncExitStack(_BaseExitStack, AbstractAsyncContextManager):
    """A context manager that leaves any number of others, synchronous or not, in the reverse order."""

    async def __aexit__(self, *exc_details):
        way = _Unwinding(exc_details[1])
        while self._exit_callbacks:
            synchronous, leave = self._exit_callbacks.pop()
            try:
                answer = leave(*way.details())
                way.answered(answer if synchronous else await answer)
            except BaseException as raised:
                way.failed(raised)
        return way.outcome()

    async def enter_async_context(self, cm):
        """Enter an asynchronous context manager and register its exit."""
        entered = await _method(cm, "asynchronous context manager", "__aenter__", "__aexit__")(cm)
        self._add(False, "__aexit__", cm)
        return entered

    def push_async_exit(self, exit):
        """Register an `__aexit__`."""
        return self._add(False, "__aexit__", exit)

    def push_async_callback(self, callback, /, *args, **kwds):
        """Register a coroutine function with its arguments."""
        async def leave(*_):
            await callback(*args, **kwds)
        return self._add_callback(False, callback, leave)

    async def aclose(self):
        """Leave them all now."""
        await self.__aexit__(None, None, None)
