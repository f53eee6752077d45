"""Finding tests: in classes, modules and directories."""

import functools
import os
import sys
import traceback
import types
from fnmatch import fnmatch, fnmatchcase

from . import case, suite, util

__unittest = True


class _FailedTest(case.TestCase):
    # Stands for a test that could not be found: it fails by the reason.
    _testMethodName = None

    def __init__(self, method_name, exception):
        self._exception = exception
        super().__init__(method_name)

    def __getattr__(self, name):
        if name != self._testMethodName:
            return super(_FailedTest, self).__getattr__(name)

        def testFailure():
            raise self._exception
        return testFailure


def _make_failed_import_test(name, suiteClass):
    message = "Failed to import test module: %s\n%s" % (name, traceback.format_exc())
    return _make_failed_test(name, ImportError(message), suiteClass, message)


def _make_failed_load_tests(name, exception, suiteClass):
    message = "Failed to call load_tests:\n%s" % (traceback.format_exc(),)
    return _make_failed_test(name, exception, suiteClass, message)


def _make_failed_test(method_name, exception, suiteClass, message):
    return suiteClass((_FailedTest(method_name, exception),)), message


def _make_skipped_test(method_name, exception, suiteClass):
    @case.skip(str(exception))
    def testSkipped(self):
        pass
    skipped = type("ModuleSkipped", (case.TestCase,), {method_name: testSkipped})
    return suiteClass((skipped(method_name),))


def _is_identifier_file(name):
    stem, dot, ending = name.rpartition(".")
    return ending == "py" and stem.isidentifier()


class TestLoader:
    """Makes suites of the tests that it finds."""

    testMethodPrefix = "test"
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)
    testNamePatterns = None
    suiteClass = suite.TestSuite
    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        self._loading_packages = set()

    def loadTestsFromTestCase(self, testCaseClass):
        """The tests of a class."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        if testCaseClass in (case.TestCase, case.FunctionTestCase):
            names = []
        else:
            names = self.getTestCaseNames(testCaseClass)
            if not names and hasattr(testCaseClass, "runTest"):
                names = ["runTest"]
        return self.suiteClass(map(testCaseClass, names))

    def loadTestsFromModule(self, module, *, pattern=None):
        """The tests of the classes of a module, or what its load_tests makes of them."""
        tests = []
        for name in dir(module):
            found = getattr(module, name)
            if (isinstance(found, type) and issubclass(found, case.TestCase)
                    and found not in (case.TestCase, case.FunctionTestCase)):
                tests.append(self.loadTestsFromTestCase(found))
        load_tests = getattr(module, "load_tests", None)
        tests = self.suiteClass(tests)
        if load_tests is not None:
            try:
                return load_tests(self, tests, pattern)
            except Exception as error:
                failed, message = _make_failed_load_tests(module.__name__, error, self.suiteClass)
                self.errors.append(message)
                return failed
        return tests

    def loadTestsFromName(self, name, module=None):
        """The tests that a dotted name means: a module, class, method, or a function that gives tests."""
        parts = name.split(".")
        failed = message = None
        if module is None:
            left = parts[:]
            while left:
                try:
                    module = __import__(".".join(left))
                    break
                except ImportError:
                    following = left.pop()
                    failed, message = _make_failed_import_test(following, self.suiteClass)
                    if not left:
                        self.errors.append(message)
                        return failed
            parts = parts[1:]
        found = module
        for part in parts:
            try:
                parent, found = found, getattr(found, part)
            except AttributeError as error:
                if getattr(found, "__path__", None) is not None and failed is not None:
                    # It is a package, and the import told more.
                    self.errors.append(message)
                    return failed
                failed, message = _make_failed_test(part, error, self.suiteClass, "Failed to access attribute:\n%s" % (
                    traceback.format_exc(),))
                self.errors.append(message)
                return failed
        if isinstance(found, types.ModuleType):
            return self.loadTestsFromModule(found)
        if isinstance(found, type) and issubclass(found, case.TestCase) and found not in (
                case.TestCase, case.FunctionTestCase):
            return self.loadTestsFromTestCase(found)
        if (isinstance(found, types.FunctionType) and isinstance(parent, type) and issubclass(parent, case.TestCase)):
            name = parts[-1]
            made = parent(name)
            if not isinstance(getattr(made, name), types.FunctionType):
                return self.suiteClass([made])
        elif isinstance(found, suite.TestSuite):
            return found
        if callable(found):
            test = found()
            if isinstance(test, suite.TestSuite):
                return test
            if isinstance(test, case.TestCase):
                return self.suiteClass([test])
            raise TypeError("calling %s returned %s, not a test" % (found, test))
        raise TypeError("don't know how to make test from: %s" % found)

    def loadTestsFromNames(self, names, module=None):
        """The tests that dotted names mean."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def getTestCaseNames(self, testCaseClass):
        """The names of the methods of a class that are tests, in order."""
        def is_test(name):
            if not name.startswith(self.testMethodPrefix) or not callable(getattr(testCaseClass, name)):
                return False
            full = f"{testCaseClass.__module__}.{testCaseClass.__qualname__}.{name}"
            return self.testNamePatterns is None or any(fnmatchcase(full, each) for each in self.testNamePatterns)

        names = list(filter(is_test, dir(testCaseClass)))
        if self.sortTestMethodsUsing:
            names.sort(key=functools.cmp_to_key(self.sortTestMethodsUsing))
        return names

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """The tests of all files below a directory whose names match a pattern."""
        given = self._top_level_dir
        is_new_top = False
        if top_level_dir is None and self._top_level_dir is not None:
            top_level_dir = self._top_level_dir
        elif top_level_dir is None:
            is_new_top = True
            top_level_dir = start_dir
        top_level_dir = os.path.abspath(top_level_dir)
        if top_level_dir not in sys.path:
            sys.path.insert(0, top_level_dir)
        self._top_level_dir = top_level_dir
        not_importable = False
        if os.path.isdir(os.path.abspath(start_dir)):
            start_dir = os.path.abspath(start_dir)
            if start_dir != top_level_dir:
                not_importable = not os.path.isfile(os.path.join(start_dir, "__init__.py"))
        else:
            try:
                __import__(start_dir)
            except ImportError:
                not_importable = True
            else:
                module = sys.modules[start_dir]
                first_part = start_dir.split(".")[0]
                try:
                    start_dir = os.path.abspath(os.path.dirname(module.__file__))
                except AttributeError:
                    raise TypeError(f"don't know how to discover from {module!r}") from None
                if is_new_top:
                    self._top_level_dir = os.path.dirname(os.path.abspath(os.path.dirname(
                        sys.modules[first_part].__file__)))
                    sys.path.remove(top_level_dir)
        if not_importable:
            raise ImportError("Start directory is not importable: %r" % start_dir)
        tests = list(self._find_tests(start_dir, pattern))
        self._top_level_dir = given
        return self.suiteClass(tests)

    def _get_name_from_path(self, path):
        if path == self._top_level_dir:
            return "."
        path = os.path.splitext(os.path.normpath(path))[0]
        return os.path.relpath(path, self._top_level_dir).replace(os.path.sep, ".")

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    def _match_path(self, path, full_path, pattern):
        return fnmatch(path, pattern)

    def _find_tests(self, start_dir, pattern):
        name = self._get_name_from_path(start_dir)
        if name != "." and name not in self._loading_packages:
            tests, should_recurse = self._find_test_path(start_dir, pattern)
            if tests is not None:
                yield tests
            if not should_recurse:
                return
        for path in sorted(os.listdir(start_dir)):
            full_path = os.path.join(start_dir, path)
            tests, should_recurse = self._find_test_path(full_path, pattern)
            if tests is not None:
                yield tests
            if should_recurse:
                name = self._get_name_from_path(full_path)
                self._loading_packages.add(name)
                try:
                    yield from self._find_tests(full_path, pattern)
                finally:
                    self._loading_packages.discard(name)

    def _find_test_path(self, full_path, pattern):
        # The tests of a file or package, and whether to look into it for more.
        base = os.path.basename(full_path)
        if os.path.isfile(full_path):
            if not _is_identifier_file(base) or not self._match_path(base, full_path, pattern):
                return None, False
            name = self._get_name_from_path(full_path)
            try:
                module = self._get_module_from_name(name)
            except case.SkipTest as error:
                return _make_skipped_test(name, error, self.suiteClass), False
            except:
                failed, message = _make_failed_import_test(name, self.suiteClass)
                self.errors.append(message)
                return failed, False
            found = os.path.abspath(getattr(module, "__file__", full_path))
            real = os.path.splitext(os.path.realpath(found))[0]
            wanted = os.path.splitext(os.path.realpath(full_path))[0]
            if real.lower() != wanted.lower():
                raise ImportError("%r module incorrectly imported from %r. Expected %r. Is this module globally "
                                  "installed?" % (os.path.splitext(base)[0], os.path.dirname(real),
                                                  os.path.dirname(full_path)))
            return self.loadTestsFromModule(module, pattern=pattern), False
        if os.path.isdir(full_path):
            if not os.path.isfile(os.path.join(full_path, "__init__.py")):
                return None, False
            load_tests = tests = None
            name = self._get_name_from_path(full_path)
            try:
                package = self._get_module_from_name(name)
            except case.SkipTest as error:
                return _make_skipped_test(name, error, self.suiteClass), False
            except:
                failed, message = _make_failed_import_test(name, self.suiteClass)
                self.errors.append(message)
                return failed, False
            load_tests = getattr(package, "load_tests", None)
            self._loading_packages.add(name)
            try:
                tests = self.loadTestsFromModule(package, pattern=pattern)
                return tests, load_tests is None
            finally:
                self._loading_packages.discard(name)
        return None, False


defaultTestLoader = TestLoader()
