"""The loop that something belongs to, in which tasks wait in line."""

from _asyncio import _get_running_loop


class _LoopBoundMixin:
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
