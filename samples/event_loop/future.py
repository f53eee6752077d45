"""A Future stands for a result that is not there yet, and calls back when it is."""


class Future:
    def __init__(self):
        self.done = False
        self.callbacks = []

    def add_done_callback(self, callback):
        if self.done:
            callback(self)
        else:
            self.callbacks.append(callback)

    def set_result(self, value):
        if self.done:
            raise RuntimeError("the result is already set")
        self.done = True
        self.value = value
        for callback in self.callbacks:
            callback(self)

    def result(self):
        if not self.done:
            raise RuntimeError("the result is not there yet")
        return self.value

    def __await__(self):
        if not self.done:
            yield self
        return self.result()


future = Future()
future.add_done_callback(lambda f: print("first callback:", f.result()))
future.add_done_callback(lambda f: print("second callback:", f.result() * 2))
try:
    future.result()
except RuntimeError as error:
    print("RuntimeError:", error)


async def waiter():
    print("the waiter got", await future)
    print("and again, at once,", await future)


waiting = waiter()
print("waits for the future itself:", waiting.send(None) is future)
future.set_result(21)
try:
    waiting.send(None)
except StopIteration:
    print("the waiter is done")
future.add_done_callback(lambda f: print("late callback:", f.result()))
try:
    future.set_result(22)
except RuntimeError as error:
    print("RuntimeError:", error)
