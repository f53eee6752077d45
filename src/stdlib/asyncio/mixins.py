"""The name by which other programs know what is bound to a loop."""

from .waiting import Bound as _LoopBoundMixin
