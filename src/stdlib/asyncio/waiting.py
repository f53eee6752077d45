"""Standing in line: what locks, events, conditions, semaphores and queues have in common.

A line is a deque of futures, its places, in the order in which they came. An empty one costs its owner no more than a test:
that is why it is a plain deque, and what is done with it are functions. What has lines is bound to a loop (see `mixins`).
"""


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
