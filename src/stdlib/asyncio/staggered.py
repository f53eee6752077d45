"""Attempts that are begun one after the other until one succeeds."""

__all__ = ("staggered_race",)

from . import events
from .tasks import FIRST_COMPLETED, wait


async def staggered_race(coro_fns, delay, *, loop=None):
    """Begin one attempt after the other, the next when `delay` has passed or one has failed; with None only when one has failed.

    What the first success gives, its number (both None if there is no success), and a list with the exception of each attempt
    that was begun. Attempts that come too late are cancelled.
    """
    loop = loop or events.get_running_loop()
    makers, running, exceptions = iter(coro_fns), {}, []
    winner = None, None

    def settle(tasks):
        nonlocal winner
        for task in sorted(tasks, key=running.get):
            number = running.pop(task)
            try:
                result = task.result()
            except (SystemExit, KeyboardInterrupt):
                raise
            except BaseException as failure:
                exceptions[number] = failure
            else:
                if winner[1] is None:
                    winner = result, number

    try:
        while winner[1] is None:
            make = next(makers, None)
            if make is not None:
                running[loop.create_task(make())] = len(exceptions)
                exceptions.append(None)
            elif not running:
                break
            done, _ = await wait(running, timeout=None if make is None else delay, return_when=FIRST_COMPLETED)
            settle(done)
    finally:
        for task in running:
            task.cancel()
        if running:
            done, _ = await wait(running)
            settle(done)
    return (*winner, exceptions)
