"""Tests in groups."""

import contextlib
import sys
from . import case, util

__unittest = True


class BaseTestSuite:
    """Tests that are run one after the other; a suite can be one of them."""

    # Whether a suite lets go of its tests as they have been run.
    _cleanup = True

    def __init__(self, tests=()):
        self._tests = []
        # How many tests those were that it has let go of.
        self._gone = 0
        self.addTests(tests)

    def __iter__(self):
        yield from self._tests

    def __eq__(self, other):
        return list(self) == list(other) if isinstance(other, type(self)) else NotImplemented

    def __repr__(self):
        return f"<{util.strclass(type(self))} tests={[*self]!r}>"

    def __call__(self, *args, **kwds):
        return self.run(*args, **kwds)

    def addTest(self, test):
        """Add a test, or a suite of them."""
        if isinstance(test, type) and issubclass(test, (case.TestCase, TestSuite)):
            raise TypeError("TestCases and TestSuites must be instantiated before passing them to addTest()")
        if not callable(test):
            raise TypeError(f"{test!r} is not callable")
        self._tests.append(test)

    def addTests(self, tests):
        """Add several tests."""
        if isinstance(tests, str):
            raise TypeError("tests must be an iterable of tests, not a string")
        for each in tests:
            self.addTest(each)

    def countTestCases(self):
        """How many tests there are, with those that have been run."""
        left = (test.countTestCases() for test in self if test)
        return sum(left, self._gone)

    def run(self, result):
        return self._run_each(result, lambda test: test(result))

    def debug(self):
        """Run the tests; what they raise is not caught."""
        for each in self:
            each.debug()

    def _run_each(self, result, run):
        for place, test in enumerate(self):
            if result.shouldStop:
                break
            run(test)
            if self._cleanup:
                self._removeTestAtIndex(place)
        return result

    def _removeTestAtIndex(self, index):
        # What the test holds is freed. The tests of a subclass need not be in a list.
        try:
            test, self._tests[index] = self._tests[index], None
        except TypeError:
            return
        if hasattr(test, "countTestCases"):
            self._gone += test.countTestCases()


class TestSuite(BaseTestSuite):
    """Tests that are run one after the other, with what their classes and modules want done before and after."""

    def run(self, result, debug=False):
        outermost = not getattr(result, "_testRunEntered", False)
        result._testRunEntered = True
        fixtures = getattr(result, "_fixtures", None)
        if fixtures is None:
            fixtures = result._fixtures = _Fixtures(result)

        def run(test):
            if hasattr(type(test), "__iter__") or fixtures.are_up_for(type(test)):
                test.debug() if debug else test(result)

        self._run_each(result, run)
        if outermost:
            fixtures.leave_class()
            fixtures.leave_module()
            result._testRunEntered = False
        return result

    def debug(self):
        """Run the tests; what they raise is not caught."""
        self.run(_Uncaught(), debug=True)


class _Uncaught:
    """Stands for the result where exceptions are not caught."""

    shouldStop = False


class _Fixtures:
    """What has been set up for the test that is run: that of its class and that of its module.

    `cls` is the class of the last test. It stays when the run has ended: another with the same result goes on there.
    """

    def __init__(self, result):
        self.result = result
        self.cls = None
        self.class_failed = self.module_failed = False

    def are_up_for(self, cls):
        """Go on to tests of this class; tells whether they can be run."""
        if cls != self.cls:
            self.leave_class()
            if self.cls is None or cls.__module__ != self.cls.__module__:
                self.leave_module()
                self.enter_module(cls.__module__)
            self.cls = cls
            self.class_failed = False
            self.enter_class()
        return not (self.class_failed or self.module_failed)

    def enter_class(self):
        cls = self.cls
        if self.module_failed or getattr(cls, "__unittest_skip__", False):
            return
        with self.buffered():
            self.class_failed = not self.attempt("setUpClass", cls, util.strclass(cls))
            if self.class_failed:
                self.clean_up_class("setUpClass")

    def leave_class(self):
        cls = self.cls
        if cls is None or self.class_failed or self.module_failed or getattr(cls, "__unittest_skip__", False):
            return
        with self.buffered():
            self.attempt("tearDownClass", cls, util.strclass(cls))
            self.clean_up_class("tearDownClass")

    def clean_up_class(self, when):
        if hasattr(self.cls, "doClassCleanups"):
            self.cls.doClassCleanups()
            for info in self.cls.tearDown_exceptions:
                self.blame(when, util.strclass(self.cls), info)

    def enter_module(self, name):
        self.module_failed = False
        module = sys.modules.get(name)
        with self.buffered():
            self.module_failed = not self.attempt("setUpModule", module, name)
            if self.module_failed:
                self.attempt("setUpModule", case, name, "doModuleCleanups")

    def leave_module(self):
        if self.cls is None or self.module_failed or self.cls.__module__ not in sys.modules:
            return
        name = self.cls.__module__
        with self.buffered():
            self.attempt("tearDownModule", sys.modules[name], name)
            self.attempt("tearDownModule", case, name, "doModuleCleanups")

    def attempt(self, when, owner, where, function=None):
        """Call a function of a class or module, if it has it; tells whether that went well."""
        try:
            getattr(owner, function or when, bool)()
        except Exception:
            self.blame(when, where, sys.exc_info())
            return False
        return True

    def blame(self, when, where, info):
        """Tell the result that something went wrong around tests."""
        result, error = self.result, info[1]
        if isinstance(result, _Uncaught):
            raise error
        stand_in = _ErrorHolder(f"{when} ({where})")
        if isinstance(error, case.SkipTest) and hasattr(result, "addSkip"):
            result.addSkip(stand_in, str(error))
        else:
            result.addError(stand_in, info)

    @contextlib.contextmanager
    def buffered(self):
        """What is written meanwhile is for the result to keep, if it wants to."""
        case._tell_if_asked(self.result, "_setupStdout")
        try:
            yield
        finally:
            case._tell_if_asked(self.result, "_restoreStdout")


class _ErrorHolder:
    """Stands for a test in a result, where something went wrong around tests."""

    failureException = None

    def __init__(self, description):
        self.description = description

    def __call__(self, result):
        """There is nothing to run."""

    run = __call__

    def __repr__(self):
        return f"<ErrorHolder description={self.description!r}>"

    def __str__(self):
        return self.description

    id = __str__

    def countTestCases(self):
        return 0

    def shortDescription(self):
        """There is none."""
