"""Finding tests: in classes, in modules, by name and in directories."""

import contextlib
import fnmatch
import functools
import os
import sys
import traceback
import types

from . import case, suite, util

__unittest = True

_BASES = case.TestCase, case.FunctionTestCase


class _FailedTest(case.TestCase):
    """Stands for tests that could not be found: when run, it raises why."""

    def __init__(self, name, exception):
        self._exception = exception
        super().__init__(name)

    def __getattr__(self, name):
        # The test may have any name that was asked for.
        if name == vars(self).get("_testMethodName"):
            return self._raise
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _raise(self):
        raise self._exception


def _is_test_class(found):
    return isinstance(found, type) and issubclass(found, case.TestCase) and found not in _BASES


def _import_failure(name):
    """What is known of a module that is just failing to be imported: its name, the error, and how that is told."""
    told = f"Failed to import test module: {name}\n{traceback.format_exc()}"
    return name, ImportError(told), told


class TestLoader:
    """Finds tests and makes suites of them."""

    testMethodPrefix = "test"
    testNamePatterns = None
    suiteClass = suite.TestSuite
    sortTestMethodsUsing = staticmethod(util.three_way_cmp)

    _top_level_dir = None

    def __init__(self):
        super().__init__()
        self.errors = []
        # The packages whose directories are being looked through, so that they are not begun again.
        self._open_packages = set()

    def _failing(self, name, error, told):
        self.errors.append(told)
        return self.suiteClass([_FailedTest(name, error)])

    # In classes

    def getTestCaseNames(self, testCaseClass):
        """The names of the methods of a class that are tests, in order."""
        names = [name for name in dir(testCaseClass) if self._is_test_name(testCaseClass, name)]
        compare = self.sortTestMethodsUsing
        return sorted(names, key=functools.cmp_to_key(compare)) if compare else names

    def _is_test_name(self, cls, name):
        if not (name.startswith(self.testMethodPrefix) and callable(getattr(cls, name))):
            return False
        if self.testNamePatterns is None:
            return True
        path = f"{util.strclass(cls)}.{name}"
        return any(fnmatch.fnmatchcase(path, pattern) for pattern in self.testNamePatterns)

    def loadTestsFromTestCase(self, testCaseClass):
        """A suite of the tests of a class."""
        if issubclass(testCaseClass, suite.TestSuite):
            raise TypeError("Test cases should not be derived from TestSuite. Maybe you meant to derive from TestCase?")
        names = [] if testCaseClass in _BASES else self.getTestCaseNames(testCaseClass)
        if not names and testCaseClass not in _BASES and hasattr(testCaseClass, "runTest"):
            names = ["runTest"]
        return self.suiteClass(testCaseClass(name) for name in names)

    # In modules

    def loadTestsFromModule(self, module, *, pattern=None):
        """A suite of the tests of the classes of a module; or else what its load_tests() makes of that."""
        classes = filter(_is_test_class, (getattr(module, name) for name in dir(module)))
        found = self.suiteClass([self.loadTestsFromTestCase(cls) for cls in classes])
        if getattr(module, "load_tests", None) is None:
            return found
        try:
            return module.load_tests(self, found, pattern)
        except Exception as error:
            told = f"Failed to call load_tests:\n{traceback.format_exc()}"
            return self._failing(module.__name__, error, told)

    # By name

    def loadTestsFromNames(self, names, module=None):
        """A suite of what loadTestsFromName finds for each of the names."""
        return self.suiteClass([self.loadTestsFromName(name, module) for name in names])

    def loadTestsFromName(self, name, module=None):
        """A suite of what a name with dots means: a module, a class, a method, or a function that gives tests.

        The name begins in the module, or with a module if none is given.
        """
        path = name.split(".")
        failure = None
        if module is None:
            module, failure = self._import_most_of(path)
            if module is None:
                return self._failing(*failure)
            del path[0]
        parent, found = None, module
        for part in path:
            try:
                parent, found = found, getattr(found, part)
            except AttributeError as error:
                if failure is None or getattr(found, "__path__", None) is None:
                    failure = part, error, f"Failed to access attribute:\n{traceback.format_exc()}"
                # Else a module of a package was meant, and why that could not be imported tells more.
                return self._failing(*failure)
        return self._suite_of(found, parent, path[-1] if path else None)

    def _import_most_of(self, path):
        """Import as much of a name as can be: gives the first package or module, and why there is not more."""
        failure = None
        for length in range(len(path), 0, -1):
            try:
                return __import__(".".join(path[:length])), failure
            except ImportError:
                failure = _import_failure(path[length - 1])
        return None, failure

    def _suite_of(self, found, parent, name):
        if isinstance(found, types.ModuleType):
            return self.loadTestsFromModule(found)
        if _is_test_class(found):
            return self.loadTestsFromTestCase(found)
        if isinstance(found, suite.TestSuite):
            return found
        if isinstance(found, types.FunctionType) and isinstance(parent, type) and issubclass(parent, case.TestCase):
            test = parent(name)
            # A static method is called, below, for the tests it gives.
            if not isinstance(getattr(test, name), types.FunctionType):
                return self.suiteClass([test])
        if not callable(found):
            raise TypeError(f"don't know how to make test from: {found}")
        made = found()
        if isinstance(made, suite.TestSuite):
            return made
        if isinstance(made, case.TestCase):
            return self.suiteClass([made])
        raise TypeError(f"calling {found} returned {made}, not a test")

    # In directories

    def discover(self, start_dir, pattern="test*.py", top_level_dir=None):
        """A suite of the tests of all files whose names match the pattern, from a directory or package downward."""
        kept = self._top_level_dir
        top = kept if top_level_dir is None else top_level_dir
        self._top_level_dir = os.path.abspath(start_dir if top is None else top)
        if self._top_level_dir not in sys.path:
            sys.path.insert(0, self._top_level_dir)
        directory = os.path.abspath(start_dir)
        if not os.path.isdir(directory):
            tests = self._discover_in_package(start_dir, pattern, is_top=top is None)
        elif directory == self._top_level_dir or os.path.isfile(os.path.join(directory, "__init__.py")):
            tests = [*self._find_tests(directory, pattern)]
        else:
            raise ImportError(f"Start directory is not importable: {directory!r}")
        self._top_level_dir = kept
        return self.suiteClass(tests)

    def _discover_in_package(self, name, pattern, is_top):
        try:
            __import__(name)
        except ImportError:
            raise ImportError(f"Start directory is not importable: {name!r}") from None
        module = sys.modules[name]
        file = getattr(module, "__file__", None)
        portions = getattr(module, "__path__", None)
        if file is None and portions is None:
            raise TypeError("Can not use builtin modules as dotted module names" if name in sys.builtin_module_names
                            else f"don't know how to discover from {module!r}")
        if is_top:
            # It was taken for a directory.
            sys.path.remove(self._top_level_dir)
        if file is None:
            return [tests for portion in portions for tests in self._discover_in_portion(portion, name, pattern)]
        if is_top:
            first = sys.modules[name.partition(".")[0]]
            if first.__file__ is not None:
                self._top_level_dir = os.path.dirname(os.path.dirname(os.path.abspath(first.__file__)))
        return [*self._find_tests(os.path.dirname(os.path.abspath(file)), pattern)]

    def _discover_in_portion(self, directory, name, pattern):
        """The tests in one of the directories that a namespace package is made of."""
        self._top_level_dir = os.path.abspath(directory)
        for _ in name.split("."):
            self._top_level_dir = os.path.dirname(self._top_level_dir)
        return self._find_at(os.path.abspath(directory), pattern, in_namespace=True)

    def _get_name_from_path(self, path):
        if path == self._top_level_dir:
            return "."
        stem, _ = os.path.splitext(os.path.normpath(path))
        inner = os.path.relpath(stem, self._top_level_dir)
        assert not os.path.isabs(inner) and not inner.startswith(os.pardir), "Path must be within the project"
        return inner.replace(os.path.sep, ".")

    def _get_module_from_name(self, name):
        __import__(name)
        return sys.modules[name]

    @contextlib.contextmanager
    def _opened(self, package):
        self._open_packages.add(package)
        try:
            yield
        finally:
            self._open_packages.discard(package)

    def _find_tests(self, start_dir, pattern):
        """What is found from a directory downward, suite by suite."""
        name = self._get_name_from_path(start_dir)
        if name != "." and name not in self._open_packages:
            yield from self._find_at(start_dir, pattern)
            return
        for entry in sorted(os.listdir(start_dir)):
            yield from self._find_at(os.path.join(start_dir, entry), pattern)

    def _find_at(self, path, pattern, in_namespace=False):
        """What is found in a file; or in a package, and then below it unless its load_tests() has seen to that."""
        if os.path.isfile(path):
            yield from self._find_in_file(path, pattern)
        elif os.path.isdir(path) and (in_namespace or os.path.isfile(os.path.join(path, "__init__.py"))):
            name = self._get_name_from_path(path)
            package, instead = self._load(name)
            if package is None:
                yield instead
                return
            with self._opened(name):
                goes_on = getattr(package, "load_tests", None) is None
                yield self.loadTestsFromModule(package, pattern=pattern)
                if goes_on:
                    yield from self._find_tests(path, pattern)

    def _find_in_file(self, path, pattern):
        directory, base = os.path.split(path)
        stem, ending = os.path.splitext(base)
        if ending != ".py" or not stem.isidentifier() or not fnmatch.fnmatch(base, pattern):
            return
        module, instead = self._load(self._get_name_from_path(path))
        if module is not None:
            wanted, got = (os.path.splitext(os.path.realpath(file))[0]
                           for file in (path, os.path.abspath(getattr(module, "__file__", path))))
            if wanted.lower() != got.lower():
                raise ImportError(f"{stem!r} module incorrectly imported from {os.path.dirname(got)!r}. "
                                  f"Expected {directory!r}. Is this module globally installed?")
            instead = self.loadTestsFromModule(module, pattern=pattern)
        yield instead

    def _load(self, name):
        """The module of this name; or None, and a suite to put in place of its tests."""
        try:
            return self._get_module_from_name(name), None
        except case.SkipTest as error:
            skipped = case.skip(str(error))(lambda test: None)
            stand_in = type("ModuleSkipped", (case.TestCase,), {name: skipped})
            return None, self.suiteClass([stand_in(name)])
        except:
            # Whatever it was: a file that cannot be imported does not stop the search.
            return None, self._failing(*_import_failure(name))


defaultTestLoader = TestLoader()
