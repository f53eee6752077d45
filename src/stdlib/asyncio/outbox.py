"""What waits to be sent, and how much of it there may be before whoever writes is asked to pause."""

from _collections import deque

_USUAL_HIGH = 64 * 1024


class Marks:
    """The mark above which the protocol is asked to pause, and the one at which it may go on."""

    def __init__(self, usual=_USUAL_HIGH):
        self._usual = self.high = usual
        self.low = usual // 4

    def set(self, high, low):
        """Both, or what follows of the one that is given."""
        if high is None:
            high = self._usual if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high!r}) must be >= low ({low!r}) must be >= 0")
        self.high, self.low = high, low


class FlowControl:
    """The part of a transport that asks its protocol to pause writing, and to go on. It tells its size itself."""

    _protocol_paused = False

    def __init__(self, extra=None, loop=None):
        super().__init__(extra)
        self._loop, self._marks = loop, Marks()

    def get_write_buffer_size(self):
        """How many bytes wait to be sent."""
        raise NotImplementedError

    def get_write_buffer_limits(self):
        """The marks, the lower one first."""
        return self._marks.low, self._marks.high

    def set_write_buffer_limits(self, high=None, low=None):
        """Set the marks. With high=0 the protocol is asked to pause whenever anything waits."""
        self._marks.set(high, low)
        self._swelled()

    def _swelled(self):
        """More waits than before."""
        if not self._protocol_paused and self.get_write_buffer_size() > self._marks.high:
            self._protocol_paused = True
            self._ask("pause_writing")

    def _shrank(self):
        """Less waits than before."""
        if self._protocol_paused and self.get_write_buffer_size() <= self._marks.low:
            self._protocol_paused = False
            self._ask("resume_writing")

    def _ask(self, method):
        protocol = self._protocol
        try:
            getattr(protocol, method)()
        except (SystemExit, KeyboardInterrupt):
            raise
        except BaseException as failure:
            about = dict(message=f"protocol.{method}() failed", exception=failure, transport=self, protocol=protocol)
            self._loop.call_exception_handler(about)


class Outbox:
    """Bytes that wait, in order."""

    def __init__(self):
        self.pieces, self.size = deque(), 0

    def __len__(self):
        return self.size

    def add(self, piece):
        """One more piece; it is the caller's care that nobody changes it."""
        self.pieces.append(piece)
        self.size += len(piece)

    def sent(self, count):
        """So many bytes from the beginning are gone."""
        self.size -= count
        while count:
            first = self.pieces.popleft()
            if count < len(first):
                # A view, for nothing large is copied again and again.
                self.pieces.appendleft(memoryview(first)[count:])
                return
            count -= len(first)

    def next(self, most):
        """What is to be sent next: whole pieces joined as long as they are few bytes, or one large one."""
        first = self.pieces[0]
        if len(self.pieces) == 1 or len(first) >= most:
            return first
        joined, size = [], 0
        for piece in self.pieces:
            if joined and size + len(piece) > most:
                break
            joined.append(piece)
            size += len(piece)
        return b"".join(joined)

    def clear(self):
        """Nothing waits any longer."""
        self.pieces.clear()
        self.size = 0
