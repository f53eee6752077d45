"""Standing in line: what locks, events, conditions, semaphores and queues have in common.

A line is a deque of futures, its places, in the order in which they came. An empty one costs its owner no more than a test:
that is why it is a plain deque, and what is done with it are functions.
"""

from _asyncio import _get_running_loop


class Bound:
    """Belongs to the loop in which somebody first had to wait for it."""

    _loop = None

    def _get_loop(self):
        running = _get_running_loop()
        home = self._loop
        if home is None:
            self._loop = running
        elif home is not running:
            raise RuntimeError(f"{self!r} is bound to a different event loop")
        return running

    def _stand_in(self, line):
        """A new place at the end of the line."""
        place = self._get_loop().create_future()
        line.append(place)
        return place


def leave(line, place):
    """Give up a place, if it is one still."""
    if place in line:
        line.remove(place)


def wake(line, most):
    """Wake the first `most` that still wait, and let them stand until they go by themselves; how many that were."""
    woken = 0
    for place in line:
        if woken >= most:
            break
        if not place.done():
            place.set_result(True)
            woken += 1
    return woken


def wake_head(line):
    """Wake who stands at the head. Where that one was cancelled it is to hand this on as soon as it runs."""
    if line:
        head = line[0]
        if not head.done():
            head.set_result(True)


def serve(line):
    """Take places off the line, up to the first that still waits: it is woken."""
    while line:
        place = line.popleft()
        if not place.done():
            place.set_result(None)
            return


def dismiss(line):
    """Wake everybody, and leave the line empty."""
    while line:
        serve(line)
