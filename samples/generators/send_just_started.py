"""A generator that has not started stands at no yield, so only None can be sent to it."""


def listener():
    print("heard", (yield))


ear = listener()
try:
    ear.send("too early")
except TypeError as error:
    print("TypeError:", error)
ear.send(None)
try:
    ear.send("now")
except StopIteration:
    print("it ended")
try:
    ear.send("too late")
except StopIteration as stop:
    print("still over:", repr(stop))
