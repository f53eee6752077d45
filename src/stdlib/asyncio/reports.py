"""Exceptions that nobody takes: whom a loop tells of them, and what is said."""

import sys

# They end the program, whoever raises them.
_FATAL = SystemExit, KeyboardInterrupt


class Reports:
    """The part of a loop that tells of exceptions that nobody takes."""

    # The program's own function, and the handle that runs in debug mode.
    _told = _current_handle = None

    def get_exception_handler(self):
        """What is told of exceptions that nobody takes; None for the default."""
        return self._told

    def set_exception_handler(self, handler):
        """Have `handler(loop, context)` told of exceptions that nobody takes."""
        if handler is None or callable(handler):
            self._told = handler
        else:
            raise TypeError(f"A callable object or None is expected, got {handler!r}")

    def call_exception_handler(self, context):
        """Tell the handler of an exception that nobody takes."""
        if self._told is None:
            self._log(context, "Exception in default exception handler")
            return
        try:
            _run_in_context_of(context, self._told, self, context)
        except _FATAL:
            raise
        except BaseException as failure:
            self._log(
                dict(message="Unhandled error in exception handler", exception=failure, context=context),
                "Exception in default exception handler while handling an unexpected error in custom exception handler",
            )

    def _log(self, context, text_if_that_fails):
        # Derived classes may have a default of their own, which may fail.
        try:
            self.default_exception_handler(context)
        except _FATAL:
            raise
        except BaseException:
            _log_error(text_if_that_fails, True)

    def default_exception_handler(self, context):
        """Log it."""
        handle = self._current_handle
        if handle is not None and handle._source_traceback and "source_traceback" not in context:
            context["handle_traceback"] = handle._source_traceback
        failure = context.get("exception")
        lines = [context.get("message") or "Unhandled exception in event loop"]
        lines += [f"{key}: {_shown(key, context[key])}" for key in sorted(context.keys() - {"message", "exception"})]
        info = failure is not None and (type(failure), failure, failure.__traceback__)
        _log_error("\n".join(lines), info)
        if failure is not None:
            _explain(failure)


def debug(text, *args):
    """Log what is of little interest. If nobody has loaded the module `logging`, nobody has asked for it."""
    if "logging" in sys.modules:
        from .base_events import logger

        logger.debug(text, *args)


def _log_error(text, info):
    # Most programs never come here, and logging is much to import.
    from .base_events import logger

    logger.error(text, exc_info=info)


def _explain(failure):
    from .base_events import logger

    # Where a program keeps its log is for what it logs.
    if not logger.hasHandlers() and sys.stderr is not None:
        from _traceback import explanation
        from traceback import format_exception

        sys.stderr.write(explanation("".join(format_exception(failure))))


def _shown(key, value):
    kinds = {"source_traceback": "Object", "handle_traceback": "Handle"}
    if key not in kinds:
        return repr(value)
    from traceback import format_list

    return f"{kinds[key]} created at (most recent call last):\n{''.join(format_list(value)).rstrip()}"


def _run_in_context_of(context, function, *args):
    """A handler runs in the context variables of the task, future or handle that it is told of."""
    about = context.get("task") or context.get("future") or context.get("handle")
    of_that = getattr(about, "get_context", None)
    variables = None if of_that is None else of_that()
    if hasattr(variables, "run"):
        variables.run(function, *args)
    else:
        function(*args)
