"""Loggers in a tree: who hears what, in which form, and what is refused."""

import logging, io, sys
s=io.StringIO()
def show():
    print(repr(s.getvalue())); s.seek(0); s.truncate()
logging.basicConfig(stream=s, level=logging.INFO)
logging.debug('no'); logging.info('yes %d', 5); logging.warning('w %(a)s', {'a':1}); logging.error('e'); show()
l=logging.getLogger('a.b.c'); p=logging.getLogger('a'); q=logging.getLogger('a.b')
print(l, p, l.parent, q.parent, logging.getLogger() is logging.root, l.getEffectiveLevel(), p.getChild('x.y').name, sorted(x.name for x in p.getChildren()))
l.warning('hi'); show()
h=logging.StreamHandler(s); h.setFormatter(logging.Formatter('%(name)s|%(levelname)s|%(funcName)s|%(lineno)d|%(module)s|%(filename)s|%(message)s')); p.addHandler(h); p.propagate=False
def f():
    l.error('in f')
    try: 1/0
    except ZeroDivisionError: l.exception('oops')
f(); print(s.getvalue().splitlines()[:2]); s.seek(0); s.truncate()
l.setLevel('DEBUG'); l.debug('dbg'); show(); h.setLevel(logging.ERROR); l.warning('dropped'); show()
logging.addLevelName(35,'NOTE'); l.log(45,'forty five'); print(logging.getLevelName(35), logging.getLevelName('NOTE'), logging.getLevelName(17), logging.getLevelName('x'))
show()
for style,fmt in [('{','{levelname:>8}-{message}'),('$','$levelname: ${message}')]:
    h.setFormatter(logging.Formatter(fmt, style=style)); l.error('styled'); show()
for a in [dict(fmt='x'),dict(fmt='{x!z}',style='{'),dict(fmt='$',style='$'),dict(style='q'),dict(fmt='{a b}',style='{')]:
    try: print(logging.Formatter(**a))
    except Exception as e: print(type(e).__name__, e)
class Fl(logging.Filter):
    def filter(self, r): return 'secret' not in r.getMessage()
h.addFilter(Fl()); h.setFormatter(None); l.error('a secret'); l.error('open'); show()
h.addFilter(lambda r: setattr(r,'msg',r.msg.upper()) or True); l.error('up'); show()
ad=logging.LoggerAdapter(l,{'user':'u'}); h.setFormatter(logging.Formatter('%(user)s %(message)s')); ad.error('adapted'); show(); print(ad)
l.error('extra', extra={'user':'z'}); show(); h.setFormatter(None)
try: l.error('bad', extra={'message':1})
except KeyError as e: print(e)
for g in [lambda: l.setLevel('NOPE'), lambda: l.setLevel(1.5), lambda: logging.getLogger(5), lambda: logging.basicConfig(bogus=1,force=True), lambda: l.log('x','y'), lambda: logging.basicConfig(stream=1, filename='x', force=True), lambda: logging.Handler().emit(1)]:
    try: print(g())
    except Exception as e: print(type(e).__name__, e)
logging.disable(logging.ERROR); l.error('off'); l.critical('on'); show(); logging.disable(logging.NOTSET)
r=logging.makeLogRecord({'msg':'m %s','args':('x',),'levelno':10,'name':'n'}); print(r, r.getMessage(), logging.Formatter('%(name)s %(message)s').format(r))
print(logging.StreamHandler(sys.stdout), logging.NullHandler(), logging.getLevelNamesMapping()['INFO'])
l.error('stack', stack_info=True); t=s.getvalue(); print('Stack (most recent call last)' in t); s.seek(0); s.truncate()
import unittest
class T(unittest.TestCase):
    def test(self):
        with self.assertLogs('foo', level='INFO') as cm:
            logging.getLogger('foo').info('first'); logging.getLogger('foo.bar').error('second')
        print(cm.output, cm.records[0].levelname)
        with self.assertRaises(AssertionError) as e:
            with self.assertLogs('foo'): pass
        print(e.exception)
        with self.assertNoLogs(): pass
        with self.assertRaises(AssertionError) as e:
            with self.assertNoLogs(): logging.error('q')
        print(e.exception)
print(unittest.TextTestRunner(io.StringIO()).run(unittest.defaultTestLoader.loadTestsFromTestCase(T)))
h.setFormatter(logging.Formatter('%(asctime)s %(message)s', datefmt='%Y')); print(logging.Formatter('%(asctime)s').formatTime(logging.makeLogRecord({'created':0,'msecs':5})))
logging.captureWarnings(True); import warnings; w=logging.getLogger('py.warnings'); w.addHandler(logging.StreamHandler(s)); w.propagate=False; warnings.warn('caught'); print('UserWarning: caught' in s.getvalue()); logging.captureWarnings(False)
