"""collections.deque: a list with two ends."""

from collections import deque

d = deque([1, 2, 3])
d.append(4)
d.appendleft(0)
print(d, len(d), d[0], d[-1], d.pop(), d.popleft(), list(d))
d.extend("ab")
d.extendleft("xy")
print(d, d.index("a"), d.count(1), "b" in d)
d.rotate(2)
print(d)
d.rotate(-1)
d.remove("a")
d.insert(1, "in")
d.reverse()
print(d, list(reversed(d)), d == deque(list(d)))
recent = deque(maxlen=3)
for n in range(6):
    recent.append(n)
print(recent, recent.maxlen, deque("ab") + deque("c"), deque([1]) * 2, bool(deque()))
d[0] = "changed"
del d[-1]
print(d, d.copy() is d)
d.clear()
for action in (lambda: d.pop(), lambda: d.popleft(), lambda: d[0], lambda: d.remove(1)):
    try:
        action()
    except (IndexError, ValueError) as error:
        print(type(error).__name__ + ":", error)
ring = deque([1], maxlen=3)
ring.append(ring)
print(ring, [deque([[ring]])])
