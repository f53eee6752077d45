"""Tests from the command line."""

import os
import sys

from . import loader, runner
from .signals import installHandler

__unittest = True

_NO_TESTS_EXITCODE = 5

_EXAMPLES = {
    False: """\
Examples:
  %(prog)s test_module               - run tests from test_module
  %(prog)s module.TestClass          - run tests from module.TestClass
  %(prog)s module.Class.test_method  - run specified test method
  %(prog)s path/to/test_file.py      - run tests from test_file.py
""",
    True: """\
Examples:
  %(prog)s                           - run default set of tests
  %(prog)s MyTestSuite               - run suite 'MyTestSuite'
  %(prog)s MyTestCase.testSomething  - run MyTestCase.testSomething
  %(prog)s MyTestCase                - run all 'test*' test methods
                                       in MyTestCase
""",
}


def _name_of_file(name):
    # A path to a file stands for the module in it.
    if os.path.isfile(name) and name.lower().endswith(".py"):
        if os.path.isabs(name):
            relative = os.path.relpath(name, os.getcwd())
            if os.path.isabs(relative) or relative.startswith(os.pardir):
                return name
            name = relative
        return os.path.normpath(name)[:-3].replace("\\", ".").replace("/", ".")
    return name


def _pattern(text):
    return text if "*" in text else "*%s*" % text


class TestProgram:
    """Finds tests as the arguments say, runs them, and ends the process unless exit is false."""

    module = None
    verbosity = 1
    failfast = catchbreak = buffer = progName = warnings = testNamePatterns = None
    _discovery_parser = None

    def __init__(self, module="__main__", defaultTest=None, argv=None, testRunner=None, testLoader=loader.defaultTestLoader,
                 exit=True, verbosity=1, failfast=None, catchbreak=None, buffer=None, warnings=None, *, tb_locals=False,
                 durations=None):
        if isinstance(module, str):
            self.module = __import__(module)
            for part in module.split(".")[1:]:
                self.module = getattr(self.module, part)
        else:
            self.module = module
        if argv is None:
            argv = sys.argv
        self.exit = exit
        self.failfast = failfast
        self.catchbreak = catchbreak
        self.verbosity = verbosity
        self.buffer = buffer
        self.tb_locals = tb_locals
        self.durations = durations
        self.warnings = "default" if warnings is None and not sys.warnoptions else warnings
        self.defaultTest = defaultTest
        self.testRunner = testRunner
        self.testLoader = testLoader
        self.progName = os.path.basename(argv[0])
        self.parseArgs(argv)
        self.runTests()

    def _print_help(self, *args, **kwargs):
        prog = self.progName
        print(self._parser(prog).format_help())
        print(_EXAMPLES[self.module is not None] % {"prog": prog})
        if self.module is None:
            parser = self._discovery(prog)
            parser.print_help()

    def _common(self, parser):
        add = parser.add_argument
        add("-v", "--verbose", dest="verbosity", action="store_const", const=2, help="Verbose output")
        add("-q", "--quiet", dest="verbosity", action="store_const", const=0, help="Quiet output")
        add("--locals", dest="tb_locals", action="store_true", help="Show local variables in tracebacks")
        add("--durations", dest="durations", type=int, default=None, metavar="N",
            help="Show the N slowest test cases (N=0 for all)")
        if self.failfast is None:
            add("-f", "--failfast", dest="failfast", action="store_true", help="Stop on first fail or error")
            self.failfast = False
        if self.catchbreak is None:
            add("-c", "--catch", dest="catchbreak", action="store_true", help="Catch Ctrl-C and display results so far")
            self.catchbreak = False
        if self.buffer is None:
            add("-b", "--buffer", dest="buffer", action="store_true", help="Buffer stdout and stderr during tests")
            self.buffer = False
        if self.testNamePatterns is None:
            add("-k", dest="testNamePatterns", action="append", type=_pattern,
                help="Only run tests which match the given substring")
            self.testNamePatterns = []

    def _parser(self, prog):
        import argparse
        kept = self.failfast, self.catchbreak, self.buffer, self.testNamePatterns
        parser = argparse.ArgumentParser(prog=prog)
        parser.print_help = self._print_help
        self._common(parser)
        parser.add_argument("tests", nargs="*", help="a list of any number of test modules, classes and test methods.")
        self.failfast, self.catchbreak, self.buffer, self.testNamePatterns = kept
        return parser

    def _discovery(self, prog):
        import argparse
        kept = self.failfast, self.catchbreak, self.buffer, self.testNamePatterns
        parser = argparse.ArgumentParser(
            prog="%s discover" % prog, epilog="For test discovery all test modules must be importable from the top level "
            "directory of the project.")
        self._common(parser)
        parser.add_argument("-s", "--start-directory", dest="start", help="Directory to start discovery ('.' default)")
        parser.add_argument("-p", "--pattern", dest="pattern", help="Pattern to match tests ('test*.py' default)")
        parser.add_argument("-t", "--top-level-directory", dest="top",
                            help="Top level directory of project (defaults to start directory)")
        for name in ("start", "pattern", "top"):
            parser.add_argument(name, nargs="?", default=argparse.SUPPRESS, help=argparse.SUPPRESS)
        self.failfast, self.catchbreak, self.buffer, self.testNamePatterns = kept
        return parser

    def parseArgs(self, argv):
        self.test = None
        arguments = argv[1:]
        if self.module is None and (not arguments or arguments[0] == "discover"
                                    or arguments[0].startswith("-") and not self._names(arguments)):
            return self._do_discovery(arguments[1:] if arguments[:1] == ["discover"] else arguments)
        if arguments:
            self._parser(self.progName).parse_args(arguments, self)
            self._settle()
        else:
            self.tests = []
            self._settle()
        if self.tests:
            self.testNames = [_name_of_file(name) for name in self.tests]
        elif self.defaultTest is None:
            self.testNames = None
        elif isinstance(self.defaultTest, str):
            self.testNames = (self.defaultTest,)
        else:
            self.testNames = list(self.defaultTest)
        self.createTests()

    def _names(self, arguments):
        class Nowhere:
            pass
        found = Nowhere()
        self._parser(self.progName).parse_args(arguments, found)
        return found.tests

    def _settle(self):
        for name in ("failfast", "catchbreak", "buffer"):
            if getattr(self, name) is None:
                setattr(self, name, False)
        if self.testNamePatterns is None:
            self.testNamePatterns = []

    def createTests(self, from_discovery=False, Loader=None):
        if self.testNamePatterns:
            self.testLoader.testNamePatterns = self.testNamePatterns
        if from_discovery:
            finder = self.testLoader if Loader is None else Loader()
            self.test = finder.discover(self.start, self.pattern, self.top)
        elif self.testNames is None:
            self.test = self.testLoader.loadTestsFromModule(self.module)
        else:
            self.test = self.testLoader.loadTestsFromNames(self.testNames, self.module)

    def _do_discovery(self, argv, Loader=None):
        self.start = "."
        self.pattern = "test*.py"
        self.top = None
        if argv:
            self._discovery(self.progName).parse_args(argv, self)
        self._settle()
        self.createTests(from_discovery=True, Loader=Loader)

    def runTests(self):
        if self.catchbreak:
            installHandler()
        if self.testRunner is None:
            self.testRunner = runner.TextTestRunner
        if isinstance(self.testRunner, type):
            options = {"verbosity": self.verbosity, "failfast": self.failfast, "buffer": self.buffer,
                       "warnings": self.warnings, "tb_locals": self.tb_locals, "durations": self.durations}
            try:
                made = self.testRunner(**options)
            except TypeError:
                for name in ("tb_locals", "durations"):
                    del options[name]
                try:
                    made = self.testRunner(**options)
                except TypeError:
                    made = self.testRunner()
        else:
            made = self.testRunner
        self.result = made.run(self.test)
        if self.exit:
            if self.result.testsRun == 0 and len(self.result.skipped) == 0:
                sys.exit(_NO_TESTS_EXITCODE)
            sys.exit(0 if self.result.wasSuccessful() else 1)


main = TestProgram
