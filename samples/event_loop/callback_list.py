"""Callbacks: functions kept in a list and called when what they wait for has happened."""


class Event:
    def __init__(self):
        self.callbacks = []

    def subscribe(self, callback):
        self.callbacks.append(callback)

    def fire(self, *args):
        callbacks, self.callbacks = self.callbacks, []
        for callback in callbacks:
            callback(*args)


arrived = Event()
arrived.subscribe(lambda who: print("hello,", who))
arrived.subscribe(lambda who: arrived.subscribe(lambda who: print("once more,", who)))
print(len(arrived.callbacks))
arrived.fire("Ada")
arrived.fire("Grace")
