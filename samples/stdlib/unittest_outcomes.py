"""A run of tests: each thing that can come of one, and how it is told."""

import io
import re
import unittest
import warnings
class T(unittest.TestCase):
    def test_a(self): self.assertEqual(1,1)
    def test_b(self):
        "doc line"
        self.assertEqual([1,2,3],[1,3])
    def test_c(self): raise ValueError('x')
    @unittest.skip('why')
    def test_d(self): pass
    @unittest.expectedFailure
    def test_e(self): self.fail()
    @unittest.expectedFailure
    def test_f(self): pass
    def test_g(self):
        for i in range(3):
            with self.subTest('m', i=i): self.assertEqual(i%2, 0)
    def test_h(self):
        with self.assertRaises(ValueError) as c: int('x')
        print(c.exception)
        with self.assertRaisesRegex(ValueError, 'inv'): int('x')
        self.assertRaises(KeyError, lambda: {}[1])
        with self.assertWarns(DeprecationWarning):
            import warnings; warnings.warn('z', DeprecationWarning)
    def test_i(self): self.assertEqual('a\nb\nc','a\nx\nc')
    def test_j(self): self.assertEqual({'a':1},{'a':2}, 'mine')
    def test_k(self): self.assertEqual({1,2},{2,3})
    def test_l(self): self.assertCountEqual([1,1,2],[1,2,2])
    def test_m(self):
        with self.assertRaises(ValueError): pass
    def test_n(self): self.assertAlmostEqual(1.0, 1.1)
    def test_o(self): self.assertIsInstance(1,(str,bytes))
    def test_p(self): self.assertRegex('abc','x+')
    def test_q(self): self.assertIn(1,[2])
    def test_r(self): self.assertEqual('a'*200, 'a'*100+'b'*100)
    def test_s(self):
        try: 1/0
        except ZeroDivisionError: self.assertTrue(0)
    def test_t(self): self.assertTupleEqual((1,),[1])
    def test_u(self): self.assertHasAttr(self, 'zz')
    def test_v(self): self.assertStartsWith('abc','x')
    def test_w(self): self.assertEqual(list(range(100)), list(range(101)))
    def test_x(self): self.addCleanup(print, 'clean'); self.skipTest('sk')
    def test_y(self): return 5
    def test_z(self): self.assertNotIsInstance(1,int)
class S(unittest.TestCase):
    @classmethod
    def setUpClass(cls): raise RuntimeError('cls')
    def test_1(self): pass
class U(unittest.TestCase):
    def setUp(self): print('up')
    def tearDown(self): print('down'); raise OSError('td')
    def test_1(self): self.fail('both')
def setUpModule(): print('module up')
def tearDownModule(): print('module down')


warnings.simplefilter("ignore")
for verbosity in (1, 2):
    stream = io.StringIO()
    runner = unittest.TextTestRunner(stream, verbosity=verbosity, warnings="ignore")
    outcome = runner.run(unittest.defaultTestLoader.loadTestsFromNames(["T", "S", "U"], __import__("__main__")))
    print(re.sub(r"in \d\.\d+s", "in no time", stream.getvalue()))
print(outcome, outcome.wasSuccessful(), unittest.defaultTestLoader.getTestCaseNames(U))
