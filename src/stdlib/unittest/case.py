"""A test, and what it can assert."""

import contextlib
import functools
import re
import sys
import time
import traceback
import types
import warnings

from . import _differences, result
from .util import _common_shorten_repr, safe_repr, strclass

__unittest = True

_NO_MESSAGE = object()

DIFF_OMITTED = "\nDiff is %s characters long. Set self.maxDiff to None to see it."


class SkipTest(Exception):
    """Raised by a test that is not to be run, or not further."""


class _ShouldStop(Exception):
    """Ends a test of which all has been told."""


class _UnexpectedSuccess(Exception):
    """Tells a result without a word for it that a test should have failed."""


# Telling results

# What is said of a result that lacks a method, and the method that is told instead.
_INSTEAD = {
    "addSkip": ("skips not reported", "addSuccess"),
    "addExpectedFailure": ("reporting as passes", "addSuccess"),
    "addUnexpectedSuccess": ("reporting as failure", "addFailure"),
    "addDuration": (None, None),
}


def _tell_if_asked(result, name):
    """Call a method of a result, if it has it."""
    listener = getattr(result, name, None)
    if listener is not None:
        listener()


def _tell(result, name, test, *details):
    """Call a method of a result; one that lacks it is told what comes nearest."""
    listener = getattr(result, name, None)
    if listener is not None:
        listener(test, *details)
        return
    consequence, nearest = _INSTEAD[name]
    told = f"TestResult has no {name} method"
    warnings.warn(f"{told}, {consequence}" if consequence else told, RuntimeWarning, stacklevel=2)
    if nearest == "addFailure":
        try:
            raise _UnexpectedSuccess from None
        except _UnexpectedSuccess:
            result.addFailure(test, sys.exc_info())
    elif nearest is not None:
        result.addSuccess(test)


class _Outcome:
    """How a test that runs has been doing."""

    def __init__(self, result=None):
        self.result = result
        self.success = True
        # Whether what is raised now is what the test is expected to raise; and what that was.
        self.may_fail = False
        self.expected = None

    def attempt(self, test, function, /, *args, **options):
        """Call a function as a part of the test; tells whether all parts have gone well."""
        with _Part(self, test):
            function(*args, **options)
        return self.success


class _Part:
    """The context of a part of a test: it tells the result what is raised, which then goes no further."""

    def __init__(self, outcome, test):
        self.outcome = outcome
        self.test = test

    def __enter__(self):
        self.well_before, self.outcome.success = self.outcome.success, True

    def __exit__(self, kind, error, tb):
        interrupted = isinstance(error, KeyboardInterrupt)
        try:
            if kind is None:
                self.ended_well()
            elif not interrupted and not isinstance(error, _ShouldStop):
                self.judge((kind, error, tb))
        finally:
            self.outcome.success &= self.well_before
        return not interrupted

    def judge(self, info):
        outcome = self.outcome
        if isinstance(info[1], SkipTest):
            outcome.success = False
            _tell(outcome.result, "addSkip", self.test, str(info[1]))
        elif outcome.may_fail:
            outcome.expected = info
        else:
            outcome.success = False
            self.failed(info)

    def ended_well(self):
        """A test is told of when all its parts have ended."""

    def failed(self, info):
        result = self.outcome.result
        if result is not None:
            is_failure = issubclass(info[0], self.test.failureException)
            (result.addFailure if is_failure else result.addError)(self.test, info)


class _SubTestPart(_Part):
    """The context of a subtest."""

    def __enter__(self):
        super().__enter__()
        whole = self.test.test_case
        self.around, whole._subtest = whole._subtest, self.test

    def __exit__(self, kind, error, tb):
        try:
            swallowed = super().__exit__(kind, error, tb)
        finally:
            self.test.test_case._subtest = self.around
        outcome = self.outcome
        # Nothing is to be tried after the first failure, or after the expected one.
        done = outcome.expected if outcome.success else outcome.result.failfast
        if done and swallowed:
            raise _ShouldStop
        return swallowed

    def ended_well(self):
        if self.outcome.success:
            self.failed(None)

    def failed(self, info):
        self.outcome.result.addSubTest(self.test.test_case, self.test, info)


# Cleaning up

_module_cleanups = []


def _last_first(calls):
    """What has been put on a stack of calls, until nothing is left; a call may add others."""
    while calls:
        yield calls.pop()


def _enter_context(manager, add_cleanup):
    kind = type(manager)
    try:
        enter, leave = kind.__enter__, kind.__exit__
    except AttributeError:
        hint = ""
        if hasattr(kind, "__aenter__") and hasattr(kind, "__aexit__"):
            hint = (" but it supports the asynchronous context manager protocol. "
                    "Did you mean to use enterAsyncContext()?")
        raise TypeError(f"'{strclass(kind)}' object does not support the context manager protocol{hint}") from None
    entered = enter(manager)
    add_cleanup(leave, manager, *[None] * 3)
    return entered


def addModuleCleanup(function, /, *args, **kwargs):
    """Have a function called when the tests of the module are done; of several, the last one first."""
    _module_cleanups.append((function, args, kwargs))


def enterModuleContext(cm):
    """Enter a context until the tests of the module are done."""
    return _enter_context(cm, addModuleCleanup)


def doModuleCleanups():
    """Call now what addModuleCleanup was given."""
    first_error = None
    for function, args, options in _last_first(_module_cleanups):
        try:
            function(*args, **options)
        except Exception as error:
            first_error = first_error or error
    if first_error is not None:
        raise first_error


# Marking tests

def _skipped(item, reason):
    if not isinstance(item, type):
        # For those who call it themselves.
        @functools.wraps(item)
        def item(*args, **options):
            raise SkipTest(reason)
    item.__unittest_skip__, item.__unittest_skip_why__ = True, reason
    return item


def _why_skipped(*marked):
    """Why one of these is to be skipped, or None if none is."""
    if not any(getattr(item, "__unittest_skip__", False) for item in marked):
        return None
    reasons = [getattr(item, "__unittest_skip_why__", "") for item in marked]
    return next(filter(None, reasons), "")


def skip(reason):
    """Have the test or class skipped."""
    if isinstance(reason, types.FunctionType):
        # The decorator itself, not what it returns, is put before a test.
        return _skipped(reason, "")
    return lambda item: _skipped(item, reason)


def skipIf(condition, reason):
    """Have the test or class skipped where the condition is true."""
    return skipUnless(not condition, reason)


def skipUnless(condition, reason):
    """Have the test or class skipped where the condition is false."""
    return (lambda item: item) if condition else skip(reason)


def expectedFailure(test_item):
    """Have the test, or those of the class, counted as failed unless they fail."""
    test_item.__unittest_expecting_failure__ = True
    return test_item


# Contexts that assert something of what is done in them

class _Claim:
    """A context of a test that fails it at the end, unless what it claims has come true."""

    msg = None

    def __init__(self, test_case):
        self.test_case = test_case

    def refute(self, told):
        self.test_case._claim(False, self.msg, "{}", _Text(told))


class _Text(str):
    # Shows itself in messages as it is.
    __repr__ = str.__str__


def _are_all(kinds, base):
    if isinstance(kinds, tuple):
        return all(_are_all(kind, base) for kind in kinds)
    return isinstance(kinds, type) and issubclass(kinds, base)


class _Triggers(_Claim):
    """The claim that something of a class, with a certain text, is raised or otherwise triggered.

    Subclasses say of which classes those can be (`_base`, `_noun`), and what is said if there was nothing (`_verb`).
    """

    def __init__(self, expected, test_case, expected_regex=None):
        super().__init__(test_case)
        self.expected = expected
        self.expected_regex = None if expected_regex is None else re.compile(expected_regex)
        self.called = None

    def __enter__(self):
        return self

    def settle(self, name, args, options):
        """What the assertion of this name comes to: a call that is made here, or this context."""
        try:
            if not _are_all(self.expected, self._base):
                raise TypeError(f"{name}() arg 1 must be {self._noun} type or tuple of {self._noun.split()[1]} types")
            if args:
                function, *args = args
                self.called = getattr(function, "__name__", None) or str(function)
                with self:
                    function(*args, **options)
                return None
            self.msg = options.pop("msg", None)
            for name in options:
                raise TypeError(f"{name!r} is an invalid keyword argument for this function")
            return self
        finally:
            # An exception that is kept would keep this frame, and that would keep the exception.
            self = None

    def matches(self, value):
        return self.expected_regex is None or self.expected_regex.search(str(value))

    def refute_text(self, value):
        self.refute(f'"{self.expected_regex.pattern}" does not match "{value}"')

    def refute_all(self):
        name = getattr(self.expected, "__name__", None) or str(self.expected)
        self.refute(f"{name} {self._verb}" + (f" by {self.called}" if self.called else ""))


class _AssertRaisesContext(_Triggers):
    """What assertRaises and assertRaisesRegex give; the exception is kept in `exception`."""

    _base, _noun, _verb = BaseException, "an exception", "not raised"

    __class_getitem__ = classmethod(types.GenericAlias)

    def __exit__(self, kind, error, tb):
        if kind is None:
            self.refute_all()
        # Let go of what the frames hold.
        traceback.clear_frames(tb)
        if not issubclass(kind, self.expected):
            return False
        self.exception = error.with_traceback(None)
        if not self.matches(error):
            self.refute_text(error)
        return True


class _AssertWarnsContext(_Triggers):
    """What assertWarns and assertWarnsRegex give; the warning is kept in `warning`, `filename` and `lineno`."""

    _base, _noun, _verb = Warning, "a warning", "not triggered"

    def __enter__(self):
        # Forget which warnings have been given: each one counts.
        for module in [*sys.modules.values()]:
            if getattr(module, "__warningregistry__", None):
                module.__warningregistry__ = {}
        self._recording = warnings.catch_warnings(record=True)
        self.warnings = self._recording.__enter__()
        warnings.simplefilter("always", self.expected)
        return self

    def __exit__(self, kind, error, tb):
        self._recording.__exit__(kind, error, tb)
        if kind is not None:
            return
        ours = [given for given in self.warnings if isinstance(given.message, self.expected)]
        if not ours:
            self.refute_all()
        found = next((given for given in ours if self.matches(given.message)), None)
        if found is None:
            self.refute_text(ours[0].message)
        self.warning, self.filename, self.lineno = found.message, found.filename, found.lineno


class _NoWarning(_AssertWarnsContext):
    _verb = "triggered"

    def __exit__(self, kind, error, tb):
        self._recording.__exit__(kind, error, tb)
        if kind is None and any(isinstance(given.message, self.expected) for given in self.warnings):
            self.refute_all()


# How assertEqual compares two objects of the same class: by the method of this name.
_COMPARED_BY = {dict: "assertDictEqual", list: "assertListEqual", tuple: "assertTupleEqual", set: "assertSetEqual",
                frozenset: "assertSetEqual", str: "assertMultiLineEqual"}


class TestCase:
    """A test: one method, with those that are called before and after it.

    A subclass has a method for each of its tests; an instance is made with the name of one of them.
    """

    failureException = AssertionError
    longMessage = True
    maxDiff = 640
    _diffThreshold = 65536

    def __init_subclass__(cls, *args, **kwargs):
        super().__init_subclass__(*args, **kwargs)
        cls._class_cleanups = []

    def __init__(self, methodName="runTest"):
        self._testMethodName = methodName
        method = getattr(self, methodName, None)
        if method is None and methodName != "runTest":
            raise ValueError(f"no such test method in {type(self)}: {methodName}")
        self._testMethodDoc = "No test" if method is None else method.__doc__
        self._outcome = self._subtest = None
        self._cleanups = []
        self._compared_by = dict(_COMPARED_BY)

    def __eq__(self, other):
        if type(other) is type(self):
            return other._testMethodName == self._testMethodName
        return NotImplemented

    def __hash__(self):
        return hash((self._testMethodName, type(self)))

    def __str__(self):
        return f"{self._testMethodName} ({self.id()})"

    def __repr__(self):
        return f"<{strclass(type(self))} testMethod={self._testMethodName}>"

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def id(self):
        return f"{strclass(type(self))}.{self._testMethodName}"

    def shortDescription(self):
        """The first line of what the test says of itself."""
        doc = self._testMethodDoc
        return doc.strip().partition("\n")[0].rstrip() if doc else None

    def countTestCases(self):
        return 1

    def defaultTestResult(self):
        return result.TestResult()

    # What subclasses override

    def setUp(self):
        """Called before the test."""

    def tearDown(self):
        """Called after the test, where setUp has gone well."""

    @classmethod
    def setUpClass(cls):
        """Called before the first test of the class."""

    @classmethod
    def tearDownClass(cls):
        """Called after the last test of the class."""

    # What is called to run a test: subclasses that run it elsewhere override these.

    def _callSetUp(self):
        self.setUp()

    def _callTearDown(self):
        self.tearDown()

    def _callTestMethod(self, method):
        self._check_returned(method, method())

    def _check_returned(self, method, returned):
        if returned is None:
            return
        told = (f"It is deprecated to return a value that is not None from a test case "
                f"({method} returned {type(returned).__name__!r})")
        if isinstance(returned, types.CoroutineType):
            told += ". Maybe you forgot to use IsolatedAsyncioTestCase as the base class?"
        # It is the line that has the test run which is named.
        warnings.warn(told, DeprecationWarning, stacklevel=7)

    def _callCleanup(self, function, /, *args, **kwargs):
        function(*args, **kwargs)

    # Running

    def run(self, result=None):
        """Run the test and tell the result, which is returned."""
        own = result is None
        if own:
            result = self.defaultTestResult()
            _tell_if_asked(result, "startTestRun")
        try:
            self._run(result)
        finally:
            if own:
                _tell_if_asked(result, "stopTestRun")
        return result

    def _run(self, result):
        result.startTest(self)
        try:
            method = getattr(self, self._testMethodName)
            reason = _why_skipped(type(self), method)
            if reason is None:
                self._run_parts(result, method)
            else:
                _tell(result, "addSkip", self, reason)
        finally:
            result.stopTest(self)

    def _run_parts(self, result, method):
        should_fail = any(getattr(item, "__unittest_expecting_failure__", False) for item in (self, method))
        outcome = self._outcome = _Outcome(result)
        begun = time.perf_counter()
        try:
            if outcome.attempt(self, self._callSetUp):
                outcome.may_fail = should_fail
                outcome.attempt(self, self._callTestMethod, method)
                outcome.may_fail = False
                outcome.attempt(self, self._callTearDown)
            self.doCleanups()
            _tell(result, "addDuration", self, time.perf_counter() - begun)
            if outcome.success:
                if not should_fail:
                    result.addSuccess(self)
                elif outcome.expected:
                    _tell(result, "addExpectedFailure", self, outcome.expected)
                else:
                    _tell(result, "addUnexpectedSuccess", self)
        finally:
            # The frames of the exception would keep it.
            outcome.expected = self._outcome = None

    def debug(self):
        """Run the test; what it raises is not caught."""
        method = getattr(self, self._testMethodName)
        reason = _why_skipped(type(self), method)
        if reason is not None:
            raise SkipTest(reason)
        self._callSetUp()
        self._callTestMethod(method)
        self._callTearDown()
        for function, args, options in _last_first(self._cleanups):
            self._callCleanup(function, *args, **options)

    def subTest(self, msg=_NO_MESSAGE, **params):
        """The context of a part of the test that can fail by itself; the test goes on after it."""
        outcome = self._outcome
        if outcome is None or not hasattr(outcome.result, "addSubTest"):
            return contextlib.nullcontext()
        if self._subtest is not None:
            # Those of the subtest around it come after its own.
            params = {**params, **self._subtest.params, **params}
        return _SubTestPart(outcome, _SubTest(self, msg, params))

    # Cleaning up

    def addCleanup(self, function, /, *args, **kwargs):
        """Have a function called after tearDown; of several, the last one first."""
        self._cleanups.append((function, args, kwargs))

    @classmethod
    def addClassCleanup(cls, function, /, *args, **kwargs):
        """Have a function called after tearDownClass; of several, the last one first."""
        cls._class_cleanups.append((function, args, kwargs))

    def enterContext(self, cm):
        """Enter a context until the test is done."""
        return _enter_context(cm, self.addCleanup)

    @classmethod
    def enterClassContext(cls, cm):
        """Enter a context until the tests of the class are done."""
        return _enter_context(cm, cls.addClassCleanup)

    def doCleanups(self):
        """Call now what addCleanup was given."""
        outcome = _Outcome() if self._outcome is None else self._outcome
        for function, args, options in _last_first(self._cleanups):
            outcome.attempt(self, self._callCleanup, function, *args, **options)
        return outcome.success

    @classmethod
    def doClassCleanups(cls):
        """Call now what addClassCleanup was given; what is raised is kept in `tearDown_exceptions`."""
        cls.tearDown_exceptions = raised = []
        for function, args, options in _last_first(cls._class_cleanups):
            try:
                function(*args, **options)
            except Exception:
                raised.append(sys.exc_info())

    # Ending a test

    def skipTest(self, reason):
        """End the test: it does not count."""
        raise SkipTest(reason)

    def fail(self, msg=None):
        """End the test: it has failed."""
        raise self.failureException(msg)

    def _claim(self, holds, msg, form, *values):
        """Fail unless something holds, with a message of this form about the values."""
        if not holds:
            told = form.format(*map(safe_repr, values))
            self.fail(self._formatMessage(msg, told))

    def _formatMessage(self, msg, standardMsg):
        if msg is None or not self.longMessage:
            return standardMsg if self.longMessage or not msg else msg
        try:
            return f"{standardMsg} : {msg}"
        except UnicodeDecodeError:
            return " : ".join(map(safe_repr, (standardMsg, msg)))

    def _claim_no_difference(self, told, diff, msg):
        """Fail with a message and, unless that is too long, the difference line by line."""
        self.fail(self._formatMessage(msg, self._truncateMessage(told, diff)))

    def _truncateMessage(self, message, diff):
        too_long = self.maxDiff is not None and len(diff) > self.maxDiff
        return message + (DIFF_OMITTED % len(diff) if too_long else diff)

    # Truth and identity

    def assertTrue(self, expr, msg=None):
        """Assert that it is true."""
        self._claim(expr, msg, "{} is not true", expr)

    def assertFalse(self, expr, msg=None):
        """Assert that it is false."""
        self._claim(not expr, msg, "{} is not false", expr)

    def assertIs(self, expr1, expr2, msg=None):
        """Assert that the two are one object."""
        self._claim(expr1 is expr2, msg, "{} is not {}", expr1, expr2)

    def assertIsNot(self, expr1, expr2, msg=None):
        """Assert that the two are two objects."""
        self._claim(expr1 is not expr2, msg, "unexpectedly identical: {}", expr1)

    def assertIsNone(self, obj, msg=None):
        """Assert that it is None."""
        self._claim(obj is None, msg, "{} is not None", obj)

    def assertIsNotNone(self, obj, msg=None):
        """Assert that it is something."""
        self._claim(obj is not None, msg, "unexpectedly None")

    # Order

    def assertLess(self, a, b, msg=None):
        """Assert that a < b."""
        self._claim(a < b, msg, "{} not less than {}", a, b)

    def assertLessEqual(self, a, b, msg=None):
        """Assert that a <= b."""
        self._claim(a <= b, msg, "{} not less than or equal to {}", a, b)

    def assertGreater(self, a, b, msg=None):
        """Assert that a > b."""
        self._claim(a > b, msg, "{} not greater than {}", a, b)

    def assertGreaterEqual(self, a, b, msg=None):
        """Assert that a >= b."""
        self._claim(a >= b, msg, "{} not greater than or equal to {}", a, b)

    # Equality

    def addTypeEqualityFunc(self, typeobj, function):
        """Have assertEqual compare objects of this very class by a function, or by a method of this name."""
        self._compared_by[typeobj] = function

    def _getAssertEqualityFunc(self, first, second):
        found = self._compared_by.get(type(first)) if type(first) is type(second) else None
        if found is None:
            return self._baseAssertEqual
        return getattr(self, found) if isinstance(found, str) else found

    def _baseAssertEqual(self, first, second, msg=None):
        if not first == second:
            self._claim(False, msg, "{} != {}", *map(_Text, _common_shorten_repr(first, second)))

    def assertEqual(self, first, second, msg=None):
        """Assert that the two are equal; how they differ is told according to what they are."""
        compare = self._getAssertEqualityFunc(first, second)
        compare(first, second, msg=msg)

    def assertNotEqual(self, first, second, msg=None):
        """Assert that the two are not equal."""
        self._claim(first != second, msg, "{} == {}", first, second)

    def _nearness(self, first, second, places, delta):
        """How far two numbers differ, whether that is near, whether far (NaN is neither), and by what measure."""
        if places is None:
            places = 7
        elif delta is not None:
            raise TypeError("specify delta or places not both")
        difference = abs(first - second)
        if delta is None:
            rounded = round(difference, places)
            return difference, rounded == 0, rounded != 0, f"{places!r} places"
        return difference, difference <= delta, difference > delta, f"{safe_repr(delta)} delta"

    def assertAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Assert that two numbers are equal when rounded to so many places, or differ by delta at most."""
        if not first == second:
            difference, near, _, measure = self._nearness(first, second, places, delta)
            self._claim(near, msg, "{} != {} within {} ({} difference)", first, second, _Text(measure), difference)

    def assertNotAlmostEqual(self, first, second, places=None, msg=None, delta=None):
        """Assert that two numbers are not equal when rounded to so many places, or differ by more than delta."""
        difference, _, far, measure = self._nearness(first, second, places, delta)
        form = "{} == {} within {}" if delta is None else "{} == {} within {} ({} difference)"
        self._claim(far and not first == second, msg, form, first, second, _Text(measure), difference)

    def assertMultiLineEqual(self, first, second, msg=None):
        """Assert that two texts are equal."""
        for text, which in ((first, "First"), (second, "Second")):
            self.assertIsInstance(text, str, f"{which} argument is not a string")
        if max(len(first), len(second)) > self._diffThreshold:
            self._baseAssertEqual(first, second, msg)
        elif first != second:
            self._claim_no_difference(*_differences.of_texts(first, second), msg)

    def assertSequenceEqual(self, seq1, seq2, msg=None, seq_type=None):
        """Assert that two sequences are equal; of this class, if one is given, else item by item."""
        if seq_type is not None:
            for sequence, which in ((seq1, "First"), (seq2, "Second")):
                if not isinstance(sequence, seq_type):
                    self.fail(f"{which} sequence is not a {seq_type.__name__}: {safe_repr(sequence)}")
        found = _differences.of_sequences(seq1, seq2, seq_type)
        if found is not None:
            self._claim_no_difference(*found, msg)

    def assertListEqual(self, list1, list2, msg=None):
        """Assert that the two are equal lists."""
        self.assertSequenceEqual(list1, list2, msg=msg, seq_type=list)

    def assertTupleEqual(self, tuple1, tuple2, msg=None):
        """Assert that the two are equal tuples."""
        self.assertSequenceEqual(tuple1, tuple2, msg=msg, seq_type=tuple)

    def assertDictEqual(self, d1, d2, msg=None):
        """Assert that the two are equal dicts."""
        for mapping, which in ((d1, "First"), (d2, "Second")):
            self.assertIsInstance(mapping, dict, f"{which} argument is not a dictionary")
        if d1 != d2:
            told = "{} != {}".format(*_common_shorten_repr(d1, d2))
            self._claim_no_difference(told, _differences.by_line(d1, d2), msg)

    def assertSetEqual(self, set1, set2, msg=None):
        """Assert that the two are sets, of whatever class, with the same elements."""
        lines = []
        for one, other, name, its in ((set1, set2, "first", "second"), (set2, set1, "second", "first")):
            try:
                left = one.difference(other)
            except TypeError as error:
                self.fail(f"invalid type when attempting set difference: {error}")
            except AttributeError as error:
                self.fail(f"{name} argument does not support set difference: {error}")
            if left:
                lines += [f"Items in the {name} set but not the {its}:", *map(repr, left)]
        self._claim(not lines, msg, "{}", _Text("\n".join(lines)))

    def assertCountEqual(self, first, second, msg=None):
        """Assert that the two have the same items, each as often, in whatever order."""
        lines = [f"First has {mine}, Second has {theirs}:  {item!r}"
                 for mine, theirs, item in _differences.of_counts([*first], [*second])]
        if lines:
            self._claim_no_difference("Element counts were not equal:\n", "\n".join(lines), msg)

    # Containers, classes and attributes

    def assertIn(self, member, container, msg=None):
        """Assert that the container has the member."""
        self._claim(member in container, msg, "{} not found in {}", member, container)

    def assertNotIn(self, member, container, msg=None):
        """Assert that the container does not have the member."""
        self._claim(member not in container, msg, "{} unexpectedly found in {}", member, container)

    def assertIsInstance(self, obj, cls, msg=None):
        """Assert that it is an instance of the class, or of one of several."""
        self._claim(isinstance(obj, cls), msg, "{} is not an instance of " + _any_of(cls), obj, cls)

    def assertNotIsInstance(self, obj, cls, msg=None):
        """Assert that it is an instance neither of the class nor of any of several."""
        if isinstance(obj, cls):
            self._claim(False, msg, "{} is an instance of {}", obj, _first(cls, lambda one: isinstance(obj, one)))

    def _is_subclass(self, cls, superclass, msg):
        try:
            return issubclass(cls, superclass)
        except TypeError:
            self._claim(isinstance(cls, type), msg, "{} is not a class", cls)
            raise

    def assertIsSubclass(self, cls, superclass, msg=None):
        """Assert that it is a subclass of the other, or of one of several."""
        holds = self._is_subclass(cls, superclass, msg)
        self._claim(holds, msg, "{} is not a subclass of " + _any_of(superclass), cls, superclass)

    def assertNotIsSubclass(self, cls, superclass, msg=None):
        """Assert that it is a subclass neither of the other nor of any of several."""
        if self._is_subclass(cls, superclass, msg):
            base = _first(superclass, lambda one: issubclass(cls, one))
            self._claim(False, msg, "{} is a subclass of {}", cls, base)

    def assertHasAttr(self, obj, name, msg=None):
        """Assert that the object has an attribute of this name."""
        self._claim(hasattr(obj, name), msg, _kind_of(obj) + " has no attribute {}", name)

    def assertNotHasAttr(self, obj, name, msg=None):
        """Assert that the object has no attribute of this name."""
        self._claim(not hasattr(obj, name), msg, _kind_of(obj) + " has unexpected attribute {}", name)

    # Texts

    def assertRegex(self, text, expected_regex, msg=None):
        """Assert that the pattern is found in the text."""
        assert not isinstance(expected_regex, (str, bytes)) or expected_regex, "expected_regex must not be empty."
        wanted = re.compile(expected_regex)
        self._claim(wanted.search(text), msg, "Regex didn't match: {} not found in {}", wanted.pattern, text)

    def assertNotRegex(self, text, unexpected_regex, msg=None):
        """Assert that the pattern is not found in the text."""
        unwanted = re.compile(unexpected_regex)
        found = unwanted.search(text)
        if found:
            self._claim(False, msg, "Regex matched: {} matches {} in {}", found[0], unwanted.pattern, text)

    def assertStartsWith(self, s, prefix, msg=None):
        """Assert that it starts with the prefix, or with one of several."""
        self._check_end("start", s, prefix, msg)

    def assertNotStartsWith(self, s, prefix, msg=None):
        """Assert that it starts neither with the prefix nor with any of several."""
        self._check_end("start", s, prefix, msg, wanted=False)

    def assertEndsWith(self, s, suffix, msg=None):
        """Assert that it ends with the suffix, or with one of several."""
        self._check_end("end", s, suffix, msg)

    def assertNotEndsWith(self, s, suffix, msg=None):
        """Assert that it ends neither with the suffix nor with any of several."""
        self._check_end("end", s, suffix, msg, wanted=False)

    def _check_end(self, verb, s, affix, msg, wanted=True):
        # For both ends: they differ in the verb, which the method of s has in its name.
        try:
            has = getattr(s, verb + "swith")
            if bool(has(affix)) == wanted:
                return
        except (AttributeError, TypeError):
            self._check_end_types(s, affix, msg)
            raise
        shown = _Text(safe_repr(s, short=True))
        if wanted:
            self._claim(False, msg, f"{{}} doesn't {verb} with " + _any_of(affix), shown, affix)
        else:
            self._claim(False, msg, f"{{}} {verb}s with {{}}", shown, _first(affix, has))

    def _check_end_types(self, s, affix, msg):
        for each in affix if isinstance(affix, tuple) else (affix,):
            for kinds in ((str,), (bytes, bytearray)):
                holds = not isinstance(each, kinds) or isinstance(s, kinds)
                self._claim(holds, msg, f"Expected {kinds[0].__name__}, not {type(s).__name__}")

    # What is raised, warned of and logged

    def assertRaises(self, expected_exception, *args, **kwargs):
        """Assert that a call raises the exception; without a call, this is a context for one."""
        return _AssertRaisesContext(expected_exception, self).settle("assertRaises", args, kwargs)

    def assertRaisesRegex(self, expected_exception, expected_regex, *args, **kwargs):
        """Assert that a call raises the exception with such a text; without a call, this is a context for one."""
        return _AssertRaisesContext(expected_exception, self, expected_regex).settle("assertRaisesRegex", args, kwargs)

    def assertWarns(self, expected_warning, *args, **kwargs):
        """Assert that a call gives the warning; without a call, this is a context for one."""
        return _AssertWarnsContext(expected_warning, self).settle("assertWarns", args, kwargs)

    def assertWarnsRegex(self, expected_warning, expected_regex, *args, **kwargs):
        """Assert that a call gives the warning with such a text; without a call, this is a context for one."""
        return _AssertWarnsContext(expected_warning, self, expected_regex).settle("assertWarnsRegex", args, kwargs)

    def _assertNotWarns(self, expected_warning, *args, **kwargs):
        return _NoWarning(expected_warning, self).settle("_assertNotWarns", args, kwargs)

    def assertLogs(self, logger=None, level=None):
        """A context that asserts that something is logged, at this level or above."""
        return self._watch_logs(logger, level, no_logs=False)

    def assertNoLogs(self, logger=None, level=None):
        """A context that asserts that nothing is logged, at this level or above."""
        return self._watch_logs(logger, level, no_logs=True)

    def _watch_logs(self, logger, level, no_logs):
        # Most tests do without logging.
        from ._log import _AssertLogsContext
        return _AssertLogsContext(self, logger, level, no_logs)


def _any_of(options):
    """The place in a message for one thing, or for several in a tuple."""
    return "any of {}" if isinstance(options, tuple) else "{}"


def _first(options, fits):
    """What fits: one thing, or the first that does of several in a tuple."""
    return next(filter(fits, options)) if isinstance(options, tuple) else options


def _kind_of(obj):
    """How messages about attributes call an object. It is part of a form, in which braces would be places."""
    if isinstance(obj, types.ModuleType):
        told = f"module {obj.__name__!r}"
    elif isinstance(obj, type):
        told = f"type object {obj.__name__!r}"
    else:
        told = f"{type(obj).__name__!r} object"
    return told.replace("{", "{{").replace("}", "}}")


class FunctionTestCase(TestCase):
    """A test that is a function, with others to call before and after it."""

    def __init__(self, testFunc, setUp=None, tearDown=None, description=None):
        super().__init__()
        self._functions = setUp, testFunc, tearDown
        self._description = description

    def _call(self, place):
        function = self._functions[place]
        if function is not None:
            function()

    def setUp(self):
        self._call(0)

    def runTest(self):
        self._functions[1]()

    def tearDown(self):
        self._call(2)

    def __eq__(self, other):
        if isinstance(other, type(self)):
            return (self._functions, self._description) == (other._functions, other._description)
        return NotImplemented

    def __hash__(self):
        return hash((type(self), self._functions, self._description))

    def __str__(self):
        return f"{strclass(type(self))} ({self.id()})"

    def __repr__(self):
        return f"<{strclass(type(self))} tec={self._functions[1]}>"

    def id(self):
        return self._functions[1].__name__

    def shortDescription(self):
        if self._description is not None:
            return self._description
        doc = self._functions[1].__doc__ or ""
        return doc.partition("\n")[0].strip() or None


class _SubTest(TestCase):
    """Stands for a subtest in results."""

    def __init__(self, test_case, message, params):
        super().__init__()
        self.test_case, self.params = test_case, params
        self.failureException = test_case.failureException
        told = [] if message is _NO_MESSAGE else [f"[{message}]"]
        if params:
            told.append("(" + ", ".join(f"{name}={value!r}" for name, value in params.items()) + ")")
        self._told = " ".join(told) or "(<subtest>)"
        self._message = message

    def runTest(self):
        raise NotImplementedError("subtests cannot be run directly")

    def shortDescription(self):
        return self.test_case.shortDescription()

    def id(self):
        return f"{self.test_case.id()} {self._told}"

    def __str__(self):
        return f"{self.test_case} {self._told}"
