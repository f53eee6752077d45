"""Tests from the command line."""

import os
import sys

from . import loader, runner
from .signals import installHandler

__unittest = True

# What the process ends with where no test was found.
_NO_TESTS = 5

# What can be asked for after the name of the program, by what it is; below the options.
_EXAMPLES_OF_NAMES = (
    ("test_module", "run tests from test_module"),
    ("module.TestClass", "run tests from module.TestClass"),
    ("module.Class.test_method", "run specified test method"),
    ("path/to/test_file.py", "run tests from test_file.py"),
)
_EXAMPLES_IN_MODULE = (
    ("", "run default set of tests"),
    ("MyTestSuite", "run suite 'MyTestSuite'"),
    ("MyTestCase.testSomething", "run MyTestCase.testSomething"),
    ("MyTestCase", "run all 'test*' test methods\n" + " " * 39 + "in MyTestCase"),
)


def _pattern(text):
    return text if "*" in text else f"*{text}*"


# The options: the attribute of the program that each sets, its names, and what else argparse needs to know.
_OPTIONS = (
    ("verbosity", "-v --verbose", dict(action="store_const", const=2, help="Verbose output")),
    ("verbosity", "-q --quiet", dict(action="store_const", const=0, help="Quiet output")),
    ("tb_locals", "--locals", dict(action="store_true", help="Show local variables in tracebacks")),
    ("durations", "--durations", dict(type=int, metavar="N", help="Show the N slowest test cases (N=0 for all)")),
    ("failfast", "-f --failfast", dict(action="store_true", help="Stop on first fail or error")),
    ("catchbreak", "-c --catch", dict(action="store_true", help="Catch Ctrl-C and display results so far")),
    ("buffer", "-b --buffer", dict(action="store_true", help="Buffer stdout and stderr during tests")),
    ("testNamePatterns", "-k", dict(action="append", type=_pattern,
                                    help="Only run tests which match the given substring")),
)
# Those which there are only if the program has not been given a value, and what it is then at first.
_FIRST_VALUES = {"failfast": False, "catchbreak": False, "buffer": False, "testNamePatterns": []}

_DISCOVERY_OPTIONS = (
    ("start", "-s --start-directory", "Directory to start discovery ('.' default)"),
    ("pattern", "-p --pattern", "Pattern to match tests ('test*.py' default)"),
    ("top", "-t --top-level-directory", "Top level directory of project (defaults to start directory)"),
)
_ABOUT_DISCOVERY = ("For test discovery all test modules must be importable from the top level directory of the "
                    "project.")


def _module_name(name):
    """A path to a Python file as the name of the module in it, if that is below the working directory."""
    if not (name.lower().endswith(".py") and os.path.isfile(name)):
        return name
    path = os.path.relpath(name) if os.path.isabs(name) else name
    if os.path.isabs(path) or os.path.isabs(name) and path.startswith(os.pardir):
        return name
    stem = os.path.normpath(path)[:-len(".py")]
    return stem.translate({ord("/"): ".", ord("\\"): "."})


class TestProgram:
    """Finds the tests that the arguments ask for, runs them and, if it is to, exits with what came of them."""

    module = progName = warnings = None
    failfast = catchbreak = buffer = testNamePatterns = None
    verbosity = 1
    _main_parser = _discovery_parser = None

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None,
                 testLoader=loader.defaultTestLoader, exit=True, verbosity=1, failfast=None, catchbreak=None,
                 buffer=None, warnings=None, *, tb_locals=False, durations=None):
        if isinstance(module, str):
            __import__(module)
            module = sys.modules[module]
        if warnings is None and not sys.warnoptions:
            warnings = "default"
        self.module, self.defaultTest, self.exit = module, defaultTest, exit
        self.testRunner, self.testLoader = testRunner, testLoader
        self.verbosity, self.warnings, self.durations = verbosity, warnings, durations
        self.failfast, self.catchbreak, self.buffer, self.tb_locals = failfast, catchbreak, buffer, tb_locals
        arguments = sys.argv if argv is None else argv
        self.progName = os.path.basename(arguments[0])
        self.parseArgs(arguments)
        self.runTests()

    # The arguments

    def _initArgParsers(self):
        from argparse import SUPPRESS, ArgumentParser
        main = ArgumentParser(prog=self.progName)
        discovery = ArgumentParser(prog=f"{self.progName} discover", epilog=_ABOUT_DISCOVERY)
        for name, flags, details in _OPTIONS:
            if name not in _FIRST_VALUES or getattr(self, name) is None:
                for parser in (main, discovery):
                    parser.add_argument(*flags.split(), dest=name, **details)
        for name, first in _FIRST_VALUES.items():
            if getattr(self, name) is None:
                setattr(self, name, first)
        main.add_argument("tests", nargs="*", help="a list of any number of test modules, classes and test methods.")
        main.print_help = self._print_help
        for name, flags, told in _DISCOVERY_OPTIONS:
            discovery.add_argument(*flags.split(), dest=name, help=told)
        # They can be given by their places, too.
        for name, _, _ in _DISCOVERY_OPTIONS:
            discovery.add_argument(name, nargs="?", default=SUPPRESS, help=SUPPRESS)
        self._main_parser, self._discovery_parser = main, discovery

    def _print_help(self, *args, **kwargs):
        examples = _EXAMPLES_OF_NAMES if self.module is None else _EXAMPLES_IN_MODULE
        print(self._main_parser.format_help())
        print("Examples:")
        for asked, told in examples:
            print(f"  {self.progName} {asked:<25} - {told}")
        print()
        if self.module is None:
            self._discovery_parser.print_help()

    def parseArgs(self, argv):
        """Take what the arguments say, and find the tests."""
        self._initArgParsers()
        arguments = argv[1:]
        if self.module is None and arguments and arguments[0].lower() == "discover":
            self._do_discovery(arguments[1:])
            return
        self._main_parser.parse_args(arguments, self)
        if self.module is None and not self.tests:
            self._do_discovery([])
            return
        if self.tests:
            self.testNames = list(map(_module_name, self.tests))
        elif self.defaultTest is None or not isinstance(self.defaultTest, str):
            self.testNames = self.defaultTest and list(self.defaultTest)
        else:
            self.testNames = (self.defaultTest,)
        self.createTests()

    def _do_discovery(self, argv, Loader=None):
        self.start, self.pattern, self.top = ".", "test*.py", None
        if argv:
            # Subclasses may come here without parseArgs.
            self._discovery_parser or self._initArgParsers()
            self._discovery_parser.parse_args(argv, self)
        self.createTests(True, Loader)

    # The tests

    def createTests(self, from_discovery=False, Loader=None):
        """Find the tests that have been asked for."""
        finder = self.testLoader if Loader is None else Loader()
        if self.testNamePatterns:
            finder.testNamePatterns = self.testNamePatterns
        if from_discovery:
            self.test = finder.discover(self.start, self.pattern, self.top)
        elif self.testNames is not None:
            self.test = finder.loadTestsFromNames(self.testNames, self.module)
        else:
            self.test = finder.loadTestsFromModule(self.module)

    def runTests(self):
        """Run the tests."""
        if self.catchbreak:
            installHandler()
        chosen = self.testRunner = self.testRunner or runner.TextTestRunner
        made = self._make_runner(chosen) if isinstance(chosen, type) else chosen
        self.result = made.run(self.test)
        if not self.exit:
            return
        nothing_run = not (self.result.testsRun or self.result.skipped)
        sys.exit(_NO_TESTS if nothing_run else int(not self.result.wasSuccessful()))

    def _make_runner(self, kind):
        # A class may not know the newest of the options, or none of them.
        for options in (("verbosity", "failfast", "buffer", "warnings", "tb_locals", "durations"),
                        ("verbosity", "failfast", "buffer", "warnings")):
            try:
                return kind(**{name: getattr(self, name) for name in options})
            except TypeError:
                continue
        return kind()


main = TestProgram
