"""Orders in which everything comes after what it depends on."""

from types import GenericAlias

__all__ = ["CycleError", "TopologicalSorter"]


class CycleError(ValueError):
    """There is no such order: the nodes of the second argument depend on each other in a circle."""


class TopologicalSorter:
    """Nodes, and which of them come before which."""

    def __init__(self, graph=None):
        # For each node what it still waits for, and who waits for it.
        self._waits = {}
        self._before = {}
        self._ready = None
        self._given = set()
        self._done = set()
        if graph is not None:
            for node, predecessors in graph.items():
                self.add(node, *predecessors)

    def add(self, node, *predecessors):
        """Say that a node comes after others."""
        if self._ready is not None:
            raise ValueError("Nodes cannot be added after a call to prepare()")
        self._waits.setdefault(node, 0)
        self._before.setdefault(node, [])
        for other in predecessors:
            self._waits.setdefault(other, 0)
            self._before.setdefault(other, [])
            self._waits[node] += 1
            self._before[other].append(node)

    def prepare(self):
        """Nothing more is added; look for circles."""
        if self._ready is not None:
            if self._given:
                raise ValueError("cannot prepare() after starting sort")
        self._ready = [node for node, count in self._waits.items() if count == 0]
        circle = self._circle()
        if circle:
            raise CycleError("nodes are in a cycle", circle)

    def get_ready(self):
        """The nodes that wait for nothing and were not given yet."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        ready, self._ready = tuple(self._ready), []
        self._given.update(ready)
        return ready

    def is_active(self):
        """Can more be done?"""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        return bool(self._ready) or len(self._done) < len(self._given)

    def __bool__(self):
        return self.is_active()

    def done(self, *nodes):
        """Say that nodes that were given are done with."""
        if self._ready is None:
            raise ValueError("prepare() must be called first")
        for node in nodes:
            if node not in self._waits:
                raise ValueError(f"node {node!r} was not added using add()")
            if node in self._done:
                raise ValueError(f"node {node!r} was already marked done")
            if node not in self._given:
                raise ValueError(f"node {node!r} was not passed out (still not ready)")
            self._done.add(node)
            for later in self._before[node]:
                self._waits[later] -= 1
                if self._waits[later] == 0:
                    self._ready.append(later)

    def _circle(self):
        """Nodes that wait for each other, the first also last; None if there are none."""
        seen = set()
        for start in self._waits:
            if start in seen:
                continue
            way, places, left = [], {}, []
            node = start
            while True:
                if node in places:
                    return way[places[node]:] + [node]
                if node not in seen:
                    seen.add(node)
                    places[node] = len(way)
                    way.append(node)
                    left.append(iter(self._before[node]))
                # Back to the last node from which there is a way that was not gone.
                while way:
                    node = next(left[-1], self)
                    if node is not self:
                        break
                    left.pop()
                    del places[way.pop()]
                if not way:
                    break
        return None

    def static_order(self):
        """All nodes in such an order."""
        self.prepare()
        while self.is_active():
            ready = self.get_ready()
            yield from ready
            self.done(*ready)

    __class_getitem__ = classmethod(GenericAlias)
