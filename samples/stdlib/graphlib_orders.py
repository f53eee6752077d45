"""graphlib, sched, heap-like order of things that depend on each other."""

import graphlib
import sched

g = {"D": {"B", "C"}, "B": {"A"}, "C": {"A"}}
print(sorted(graphlib.TopologicalSorter(g).static_order()), list(graphlib.TopologicalSorter({1: [2], 2: [3]}).static_order()))
t = graphlib.TopologicalSorter({1: [2], 3: [2]})
t.add(4, 1, 3)
t.prepare()
while t.is_active():
    ready = t.get_ready()
    print(sorted(ready), bool(t))
    t.done(*ready)


def attempt(function, *args):
    try:
        print(function(*args))
    except Exception as error:
        print(type(error).__name__, error)


attempt(list, graphlib.TopologicalSorter({1: [2], 2: [3], 3: [1]}).static_order())
t = graphlib.TopologicalSorter({1: [2]})
attempt(t.get_ready)
attempt(t.is_active)
t.prepare()
attempt(t.add, 5)
attempt(t.done, 1)
attempt(t.done, 9)
print(t.get_ready())
t.done(2)
attempt(t.done, 2)
attempt(t.prepare)
print(graphlib.TopologicalSorter[int], list(graphlib.TopologicalSorter().static_order()))

now = [0.0]
s = sched.scheduler(lambda: now[0], lambda d: now.__setitem__(0, now[0] + d))
s.enter(2, 1, print, ("two",))
s.enter(1, 2, print, ("one, later",))
s.enter(1, 1, print, ("one",), {"end": "!\n"})
e = s.enterabs(5, 1, print, ("never",))
print(len(s.queue), s.queue[0][:2], s.empty())
s.cancel(e)
s.run()
print(now, s.empty(), s.run())
