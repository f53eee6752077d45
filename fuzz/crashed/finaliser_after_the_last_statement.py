# The last statement drops an object whose `__del__` waits when the module returns.
def change():
    global c
    c = None


class Key:
    def __del__(self):
        change()


c = {Key(): 1}
try:
    from os import path
except Exception as e:
    pass
