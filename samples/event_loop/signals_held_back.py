# oracle: 3.13
"""Signals are held back, and taken by whoever waits for them."""

import os
import signal
from signal import SIG_BLOCK, SIG_SETMASK, SIG_UNBLOCK, SIGUSR1, SIGUSR2

heard = []
signal.signal(SIGUSR1, lambda number, frame: heard.append(number))
print(signal.pthread_sigmask(SIG_BLOCK, [SIGUSR1, SIGUSR2]))
os.kill(os.getpid(), SIGUSR1)
print(heard, signal.sigpending())
print(signal.pthread_sigmask(SIG_UNBLOCK, [SIGUSR1]))
print(heard, signal.sigpending(), signal.pthread_sigmask(SIG_BLOCK, []))
os.kill(os.getpid(), SIGUSR2)
print(signal.sigwait([SIGUSR2]), signal.sigwait.__name__, signal.sigpending())
print(signal.pthread_sigmask(SIG_SETMASK, ()), signal.pthread_sigmask(SIG_BLOCK, {SIGUSR1}))
signal.raise_signal(SIGUSR1)
print(signal.sigwait({SIGUSR1}), heard, signal.pthread_sigmask(SIG_SETMASK, []))
signal.pthread_sigmask(SIG_BLOCK, [SIGUSR1, SIGUSR2])
print(signal.sigtimedwait([SIGUSR1], 0), signal.sigtimedwait([SIGUSR1], 0.01))
os.kill(os.getpid(), SIGUSR1)
told = signal.sigwaitinfo({SIGUSR1, SIGUSR2})
print(type(told), told[:3], len(told), told.si_pid == os.getpid(), told.si_uid == os.getuid(), heard)
os.kill(os.getpid(), SIGUSR2)
print(signal.sigtimedwait([SIGUSR2], 5.0).si_signo, signal.pthread_sigmask(SIG_SETMASK, []) == {SIGUSR1, SIGUSR2})
print(signal.struct_siginfo(range(7)))
for wrong in ([SIGUSR1], -1), ([0], 1), (1, 1):
    try:
        signal.sigtimedwait(*wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
print(repr(SIG_BLOCK), list(signal.Sigmasks))
for wrong in [0], [65], 5, ["x"]:
    try:
        signal.pthread_sigmask(SIG_BLOCK, wrong)
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)
