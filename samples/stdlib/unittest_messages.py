"""What assertions say when they fail, and what loaders say of what they cannot find."""

import itertools
import sys
import unittest
import warnings


class Case(unittest.TestCase):
    def runTest(self):
        pass


case = Case()


def told(name, *args, **options):
    try:
        getattr(case, name)(*args, **options)
    except case.failureException as error:
        print(name, repr(str(error)))
    except Exception as error:
        print(name, "raises", repr(error))
    else:
        print(name, "holds")


# Where lines end
texts = "", "\n", "a", "a\n", "b\n", "a\n\n", "a\nb", "a\r", "x y\x0bz"
for first, second in itertools.permutations(texts, 2):
    told("assertMultiLineEqual", first, second)
told("assertEqual", "laden\nsloely\n", "laden\nslowly", "mine")

# Sequences, and what only looks like one
told("assertSequenceEqual", 1, [2])
told("assertSequenceEqual", [2], 5)
told("assertSequenceEqual", (1, 2), [1, 2])
told("assertSequenceEqual", (1, 2), [1, 2, 3], "mine")
told("assertSequenceEqual", {1}, {2})
told("assertSequenceEqual", [1], {1, 2})
told("assertSequenceEqual", [1, 2], (1, 2), seq_type=tuple)
told("assertEqual", [1] * 100, [1] * 99 + [2])
told("assertEqual", [(n, n) for n in range(9)], [(n, n) for n in range(9, 0, -1)])
told("assertTupleEqual", (1,), (1,))
told("assertListEqual", [], [()])

# Sets, dicts and counts
told("assertSetEqual", {1}, [2])
told("assertSetEqual", [1], {2})
told("assertSetEqual", {1}, 5)
told("assertSetEqual", {1, 2}, frozenset({2}))
told("assertDictEqual", {1: 2}, [])
told("assertDictEqual", {"a": 1, "b": 2}, {"a": 1, "b": 3})
told("assertCountEqual", [[1], [2], [2]], [[2], [3]])
told("assertCountEqual", "abca", "bcd")

# Numbers
told("assertAlmostEqual", 1, 5, delta=3, msg="mine")
told("assertAlmostEqual", 1, 1.25, places=1)
told("assertAlmostEqual", 1, 2, 3, delta=3)
told("assertAlmostEqual", float("nan"), 1)
told("assertNotAlmostEqual", 1, 1.00000000001)
told("assertNotAlmostEqual", 1, 2, delta=3)
told("assertNotAlmostEqual", float("nan"), 1)
told("assertNotAlmostEqual", float("nan"), 1, delta=1)
for name in "Less", "LessEqual", "Greater", "GreaterEqual":
    for pair in (1, 2), (1, 1), (2, 1):
        told("assert" + name, *pair)

# Objects and classes
told("assertIsInstance", 1, (str, bytes))
told("assertNotIsInstance", 1, (str, int), "mine")
told("assertIsSubclass", int, (str, bytes))
told("assertIsSubclass", 1, str)
told("assertIsSubclass", int, 5)
told("assertNotIsSubclass", bool, (str, int))
told("assertHasAttr", sys, "q")
told("assertHasAttr", type("{}", (), {})(), "{q}")
told("assertNotHasAttr", int, "real")
told("assertIs", [], [])
told("assertIsNot", case, case)
told("assertIsNotNone", None)
told("assertIn", 1, [])
told("assertNotIn", "a", "abc")

# Texts
told("assertStartsWith", b"a", "x")
told("assertStartsWith", "abc", (b"a", "x"))
told("assertStartsWith", 5, "c")
told("assertStartsWith", "c", 5)
told("assertNotStartsWith", "abc", ("x", "a"))
told("assertEndsWith", "abc" * 40, ("x", "a"), "mine")
told("assertNotEndsWith", "abc", "c")
told("assertRegex", "abc", "x+")
told("assertRegex", "abc", "")
told("assertNotRegex", "abc", "b.")

# What is raised and warned of
told("assertRaises", 5)
told("assertRaises", (ValueError, OSError), print, end="")
told("assertRaises", ValueError, foo=1)
told("assertRaises", ValueError, msg=1, foo=1)
told("assertRaisesRegex", ValueError, "zz", int, "x")
told("assertWarns", ValueError)
told("assertWarns", UserWarning, int, "5")
told("assertWarnsRegex", UserWarning, "zz", warnings.warn, "q")
told("enterContext", 5)

# A message of one's own, in place of the other
case.longMessage = False
told("assertTrue", 0, "mine")
told("assertTrue", 0, "")
case.longMessage, case.maxDiff = True, 10
told("assertEqual", [1, 2, 3, 4], [1, 2, 4])

# Names that mean no test
loader = unittest.TestLoader()
for name in "os.nix", "nix.foo", "os.path.join", "__main__.told", "__main__.case", "__main__.Case.runTest", "":
    try:
        print(name, loader.loadTestsFromName(name), [error.splitlines()[-1] for error in loader.errors])
    except Exception as error:
        print(name, repr(error))
for name in "sys", "nixda":
    try:
        loader.discover(name)
    except Exception as error:
        print(name, repr(error))


# A run that goes on with the same result does not set up a class again.
class Fixtures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        print("up")
        cls.addClassCleanup(print, "clean")

    @classmethod
    def tearDownClass(cls):
        print("down")

    def test(self):
        with self.subTest("outer", a=1, b=2), self.subTest(b=3, c=4):
            self.fail("inner")


result = unittest.TestResult()
for _ in range(2):
    loader.loadTestsFromTestCase(Fixtures).run(result)
print(result, [str(test) for test, _ in result.failures])
