# Exceptions can have a finaliser, too, in a cycle and out of it.
import gc


class Noisy(Exception):
    def __del__(self):
        print('del', self.args)


try:
    raise Noisy(1)
except Noisy:
    print('caught')
print('after')
error = Noisy(2)
error.me = error
del error
print('still there')
gc.collect()
