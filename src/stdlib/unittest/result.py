"""What came of tests."""

import functools
import io
import itertools
import sys
import traceback
from . import util

__unittest = True

STDOUT_LINE = "\nStdout:\n%s"
STDERR_LINE = "\nStderr:\n%s"

# The standard streams that a buffering result takes over, and how what was written to them is headed.
_STREAMS = (("stdout", STDOUT_LINE), ("stderr", STDERR_LINE))
# What a result keeps lists of.
_LISTS = ("failures", "errors", "skipped", "expectedFailures", "unexpectedSuccesses", "collectedDurations")


def failfast(report):
    """Make a method of a result stop the run, where the result is to stop at the first failure."""
    def stopping(self, *args, **options):
        if getattr(self, "failfast", False):
            self.stop()
        return report(self, *args, **options)
    return functools.update_wrapper(stopping, report)


def _behind(exception):
    """An exception and all that it came from, each once."""
    found = [] if exception is None else [exception]
    met = set(map(id, found))
    for one in found:
        for origin in (one.__cause__, one.__context__):
            if origin is not None and id(origin) not in met:
                met.add(id(origin))
                found.append(origin)
    return found


class TestResult:
    """Collects what came of tests; it is told by them, and tells runners."""

    # The fixtures that suites have set up under this result: theirs to keep.
    _fixtures = None
    _testRunEntered = False

    def __init__(self, stream=None, descriptions=None, verbosity=None):
        for name in _LISTS:
            setattr(self, name, [])
        self.testsRun = 0
        self.failfast = self.buffer = self.tb_locals = self.shouldStop = False
        # Whether the test has failed, so that what it has written is of interest.
        self._has_failed = False
        for name, _ in _STREAMS:
            setattr(self, "_original_" + name, getattr(sys, name))
            setattr(self, f"_{name}_buffer", None)

    def __repr__(self):
        counts = f"run={self.testsRun} errors={len(self.errors)} failures={len(self.failures)}"
        return f"<{util.strclass(type(self))} {counts}>"

    # The course of a run

    def startTestRun(self):
        """Told once, before the first test."""

    def startTest(self, test):
        """Told before each test."""
        self._has_failed = False
        self.testsRun += 1
        self._setupStdout()

    def stopTest(self, test):
        """Told after each test, whatever came of it."""
        self._restoreStdout()
        self._has_failed = False

    def stopTestRun(self):
        """Told once, after the last test."""

    def stop(self):
        """Let no further test begin."""
        self.shouldStop = True

    def wasSuccessful(self):
        """Whether all went as it should."""
        unwanted = self.failures, self.errors, getattr(self, "unexpectedSuccesses", ())
        return not any(map(len, unwanted))

    def printErrors(self):
        """Asked by runners after the run; this class has nowhere to print to."""

    # What can come of a test

    @failfast
    def addError(self, test, err):
        """A test has raised what it should not; err is a triple like sys.exc_info()'s."""
        self._blame(self.errors, test, err)

    @failfast
    def addFailure(self, test, err):
        """What a test asserts is not so; err is a triple like sys.exc_info()'s."""
        self._blame(self.failures, test, err)

    def addSubTest(self, test, subtest, err):
        """A part of a test has ended: well if err is None, else with that triple."""
        if err is not None:
            failed = issubclass(err[0], test.failureException)
            (TestResult.addFailure if failed else TestResult.addError)(self, subtest, err)

    def addSuccess(self, test):
        """A test has ended well."""

    def addSkip(self, test, reason):
        """A test has not been run, or not to its end, on purpose."""
        self.skipped.append((test, reason))

    def addExpectedFailure(self, test, err):
        """A test has failed that should."""
        told = self._exc_info_to_string(err, test)
        self.expectedFailures.append((test, told))

    @failfast
    def addUnexpectedSuccess(self, test):
        """A test has ended well that should have failed."""
        self.unexpectedSuccesses.append(test)

    def addDuration(self, test, elapsed):
        """A test has taken so many seconds."""
        # A class with an __init__ of its own need not know of these.
        if hasattr(self, "collectedDurations"):
            self.collectedDurations += [(str(test), elapsed)]

    def _blame(self, found, test, err):
        found.append((test, self._exc_info_to_string(err, test)))
        self._has_failed = True

    # What tests write

    def _setupStdout(self):
        if not self.buffer:
            return
        for name, _ in _STREAMS:
            kept = getattr(self, f"_{name}_buffer")
            if kept is None:
                kept = io.StringIO()
                setattr(self, f"_{name}_buffer", kept)
            setattr(sys, name, kept)

    def _restoreStdout(self):
        if not self.buffer:
            return
        told = self._written() if self._has_failed else {}
        for name, _ in _STREAMS:
            original = getattr(self, "_original_" + name)
            if name in told:
                original.write(told[name])
            setattr(sys, name, original)
            # The same object serves the next test: something may have kept it.
            kept = getattr(self, f"_{name}_buffer")
            if kept is not None:
                kept.seek(0)
                kept.truncate()

    def _written(self):
        """What the test has written to each of the streams, headed."""
        told = {}
        for name, form in _STREAMS:
            text = getattr(sys, name).getvalue()
            if text:
                told[name] = form % (text.removesuffix("\n") + "\n")
        return told

    # How exceptions are told

    def _exc_info_to_string(self, err, test):
        kind, value, tb = err
        for one in _behind(value):
            if one is not value:
                one.__traceback__ = self._visible(one.__traceback__, type(one) is test.failureException)
        tb = self._visible(tb, kind is test.failureException)
        shown = traceback.TracebackException(kind, value, tb, capture_locals=self.tb_locals, compact=True)
        written = self._written().values() if self.buffer else ()
        return "".join(itertools.chain(shown.format(), written))

    def _visible(self, tb, is_failure):
        """A traceback from the first frame that is not this package's; a failure's ends where it is again."""
        entries = []
        while tb:
            entries.append(tb)
            tb = tb.tb_next
        entries = list(itertools.dropwhile(self._is_relevant_tb_level, entries))
        if is_failure and entries:
            *_, last = itertools.takewhile(lambda entry: not self._is_relevant_tb_level(entry), entries)
            last.tb_next = None
        return entries[0] if entries else None

    def _is_relevant_tb_level(self, tb):
        return "__unittest" in tb.tb_frame.f_globals
