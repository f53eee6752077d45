"""Running tests, and telling what came of them."""

import operator
import sys
import time
import warnings
from . import case, result
from .signals import registerResult

__unittest = True

# What else the last line counts: the attribute of the result, and its name there.
_ALSO_COUNTED = (("skipped", "skipped"), ("expectedFailures", "expected failures"),
                 ("unexpectedSuccesses", "unexpected successes"))
# A test that took less is told of only by a verbose runner.
_SHORT = 0.001


class _WritelnDecorator:
    """A stream that also writes lines."""

    def __init__(self, stream):
        self.stream = stream

    def __getattr__(self, name):
        # Copying and pickling ask before there is a stream to ask in turn.
        if name == "stream" or name == "__getstate__":
            raise AttributeError(name)
        return getattr(self.stream, name)

    def writeln(self, arg=None):
        self.write(f"{arg}\n" if arg else "\n")


class TextTestResult(result.TestResult):
    """A result that writes a sign for each test, or a line if it is verbose."""

    separator1, separator2 = "=" * 70, "-" * 70

    def __init__(self, stream, descriptions, verbosity, *, durations=None):
        super().__init__(stream, descriptions, verbosity)
        self.stream, self.descriptions, self.durations = stream, descriptions, durations
        self.dots, self.showAll = verbosity == 1, verbosity > 1
        # Whether the line of the test that runs has been begun.
        self._line_open = False

    def getDescription(self, test):
        first_line = self.descriptions and test.shortDescription()
        return f"{test}\n{first_line}" if first_line else str(test)

    def _begin_line(self, test, indent=""):
        self.stream.write(f"{indent}{self.getDescription(test)} ... ")
        self._line_open = True

    def _tell(self, test, word, sign):
        if self.showAll:
            if isinstance(test, case._SubTest):
                if self._line_open:
                    self.stream.writeln()
                self._begin_line(test, indent="  ")
            elif not self._line_open:
                self._begin_line(test)
            self.stream.writeln(word)
            self._line_open = False
        elif self.dots:
            self.stream.write(sign)
        else:
            return
        self.stream.flush()

    def startTest(self, test):
        super().startTest(test)
        if self.showAll:
            self._begin_line(test)
            self.stream.flush()

    def addSubTest(self, test, subtest, err):
        if err is not None:
            failed = issubclass(err[0], subtest.failureException)
            self._tell(subtest, *(("FAIL", "F") if failed else ("ERROR", "E")))
        super().addSubTest(test, subtest, err)

    def addSuccess(self, test):
        self._tell(test, "ok", ".")
        super().addSuccess(test)

    def addError(self, test, err):
        self._tell(test, "ERROR", "E")
        super().addError(test, err)

    def addFailure(self, test, err):
        self._tell(test, "FAIL", "F")
        super().addFailure(test, err)

    def addSkip(self, test, reason):
        self._tell(test, f"skipped {reason!r}", "s")
        super().addSkip(test, reason)

    def addExpectedFailure(self, test, err):
        self._tell(test, "expected failure", "x")
        super().addExpectedFailure(test, err)

    def addUnexpectedSuccess(self, test):
        self._tell(test, "unexpected success", "u")
        super().addUnexpectedSuccess(test)

    def printErrors(self):
        if self.dots or self.showAll:
            self._lines(None)
        for flavour, found in (("ERROR", self.errors), ("FAIL", self.failures)):
            self.printErrorList(flavour, found)
        unexpected = getattr(self, "unexpectedSuccesses", None)
        if unexpected:
            self._lines(self.separator1, *(f"UNEXPECTED SUCCESS: {self.getDescription(test)}" for test in unexpected))

    def printErrorList(self, flavour, errors):
        for test, text in errors:
            heading = f"{flavour}: {self.getDescription(test)}"
            self._lines(self.separator1, heading, self.separator2, text)

    def _lines(self, *lines):
        for line in lines:
            self.stream.writeln(line)
        self.stream.flush()


class TextTestRunner:
    """Runs tests and writes what came of them to a stream: standard error, if none is given."""

    resultclass = TextTestResult

    def __init__(self, stream=None, descriptions=True, verbosity=1, failfast=False, buffer=False, resultclass=None,
                 warnings=None, *, tb_locals=False, durations=None):
        self.stream = _WritelnDecorator(sys.stderr if stream is None else stream)
        self.descriptions, self.verbosity, self.durations = descriptions, verbosity, durations
        self.failfast, self.buffer, self.tb_locals = failfast, buffer, tb_locals
        self.warnings = warnings
        self.resultclass = resultclass or self.resultclass

    def _makeResult(self):
        """A new result that writes where this runner does."""
        arguments = self.stream, self.descriptions, self.verbosity
        try:
            return self.resultclass(*arguments, durations=self.durations)
        except TypeError:
            # A class from before there were durations.
            return self.resultclass(*arguments)

    def run(self, test):
        """Run a test, or a suite of them; gives the result."""
        outcome = self._makeResult()
        registerResult(outcome)
        for name in ("failfast", "buffer", "tb_locals"):
            setattr(outcome, name, getattr(self, name))
        with warnings.catch_warnings():
            if self.warnings:
                warnings.simplefilter(self.warnings)
            seconds = self._timed(test, outcome)
        outcome.printErrors()
        self._report(outcome, seconds)
        return outcome

    def _timed(self, test, outcome):
        begun = time.perf_counter()
        case._tell_if_asked(outcome, "startTestRun")
        try:
            test(outcome)
        finally:
            case._tell_if_asked(outcome, "stopTestRun")
        return time.perf_counter() - begun

    def _report(self, outcome, seconds):
        writeln = self.stream.writeln
        rule = getattr(outcome, "separator2", None)
        if self.durations is not None and outcome.collectedDurations:
            self._report_slowest(outcome.collectedDurations, rule)
        if rule is not None:
            writeln(rule)
        count = outcome.testsRun
        plural = "" if count == 1 else "s"
        writeln(f"Ran {count} test{plural} in {seconds:.3f}s\n")
        writeln(self._verdict(outcome))
        self.stream.flush()

    def _verdict(self, outcome):
        counted = list(_ALSO_COUNTED)
        if not outcome.wasSuccessful():
            verdict = "FAILED"
            counted[:0] = ("failures", "failures"), ("errors", "errors")
        elif outcome.testsRun or outcome.skipped:
            verdict = "OK"
        else:
            verdict = "NO TESTS RAN"
        counts = ((name, len(getattr(outcome, attribute, ()))) for attribute, name in counted)
        details = ", ".join(f"{name}={count}" for name, count in counts if count)
        return f"{verdict} ({details})" if details else verdict

    def _report_slowest(self, durations, rule):
        slowest = sorted(durations, key=operator.itemgetter(1), reverse=True)
        if self.durations > 0:
            del slowest[self.durations:]
        shown = [pair for pair in slowest if self.verbosity > 1 or pair[1] >= _SHORT]
        lines = ["Slowest test durations"]
        if rule is not None:
            lines.append(rule)
        for name, elapsed in shown:
            lines.append(f"{f'{elapsed:.3f}s':<10} {name}")
        lines.append("")
        if len(shown) < len(slowest):
            lines.append("(durations < 0.001s were hidden; use -v to show these durations)")
        for line in lines:
            self.stream.writeln(line)
