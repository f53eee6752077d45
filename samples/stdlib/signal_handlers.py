# oracle: 3.13
"""Signals between two instructions, and in the middle of a wait."""

import os
import signal
import time


def handler(number, frame):
    print("handler", signal.Signals(number).name, frame.f_code.co_name)


def fails(number, frame):
    raise ValueError("from the handler")


print(signal.signal(signal.SIGUSR1, handler))


def sender():
    os.kill(os.getpid(), signal.SIGUSR1)
    print("after it")


sender()
print(signal.getsignal(signal.SIGUSR1) is handler, signal.getsignal(signal.SIGTERM), repr(signal.SIGINT))

signal.signal(signal.SIGALRM, fails)
signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    while True:
        pass
except ValueError as error:
    print(error)

signal.setitimer(signal.ITIMER_REAL, 0.02)
try:
    time.sleep(10)
except ValueError as error:
    print(error)

# A handler that returns lets the wait go on.
signal.signal(signal.SIGALRM, handler)
signal.setitimer(signal.ITIMER_REAL, 0.02)
began = time.monotonic()
time.sleep(0.1)
print(time.monotonic() - began >= 0.1)

signal.signal(signal.SIGUSR1, signal.SIG_IGN)
signal.raise_signal(signal.SIGUSR1)
print(signal.signal(signal.SIGUSR1, signal.SIG_DFL))
try:
    signal.raise_signal(signal.SIGINT)
except KeyboardInterrupt:
    print("KeyboardInterrupt")

for wrong in (1000, print), (signal.SIGUSR1, 5), (signal.SIGKILL, print):
    try:
        signal.signal(*wrong)
    except (ValueError, TypeError, OSError) as error:
        print(type(error).__name__, error)
print(signal.strsignal(signal.SIGTERM), signal.SIGTERM in signal.valid_signals())

# Asking how much is left of a timer does not wind it up again.
signal.signal(signal.SIGPROF, lambda number, frame: None)
signal.setitimer(signal.ITIMER_PROF, 0.02)
while signal.getitimer(signal.ITIMER_PROF)[0]:
    pass
print(signal.getitimer(signal.ITIMER_PROF))
