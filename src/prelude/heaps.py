# Heaps and sorted lists whose items compare in Python: the twins of `_heapq` and `_bisect`.


def heap_rise(heap, start, place, largest):
    # Move the item at `place` up until its parent belongs above it.
    item = heap[place]
    while place > start:
        above = (place - 1) >> 1
        parent = heap[above]
        if not (parent < item if largest else item < parent):
            break
        heap[place] = parent
        place = above
    heap[place] = item


def heap_sink(heap, place, largest):
    # Fill `place` with its higher children down to a leaf, and let its item rise from there.
    end = len(heap)
    start = place
    item = heap[place]
    child = 2 * place + 1
    while child < end:
        other = child + 1
        if other < end and not (heap[other] < heap[child] if largest else heap[child] < heap[other]):
            child = other
        heap[place] = heap[child]
        place = child
        child = 2 * place + 1
    heap[place] = item
    heap_rise(heap, start, place, largest)


def heap_push(heap, item, largest):
    heap.append(item)
    heap_rise(heap, 0, len(heap) - 1, largest)


def heap_pop(heap, largest):
    last = heap.pop()
    if not heap:
        return last
    taken = heap[0]
    heap[0] = last
    heap_sink(heap, 0, largest)
    return taken


def heap_replace(heap, item, largest):
    taken = heap[0]
    heap[0] = item
    heap_sink(heap, 0, largest)
    return taken


def heap_push_pop(heap, item, largest):
    if heap and (item < heap[0] if largest else heap[0] < item):
        item, heap[0] = heap[0], item
        heap_sink(heap, 0, largest)
    return item


def heap_make(heap, largest):
    for place in reversed(range(len(heap) // 2)):
        heap_sink(heap, place, largest)


def bisect_place(a, x, lo, hi, key, left):
    if hi is None:
        hi = len(a)
    if lo < hi and not _has_special(a, "__getitem__"):
        raise TypeError(f"'{_type_name(a)}' object does not support indexing")
    while lo < hi:
        middle = (lo + hi) // 2
        item = a[middle] if key is None else key(a[middle])
        if item < x if left else not x < item:
            lo = middle + 1
        else:
            hi = middle
    return lo


def bisect_insert(a, x, lo, hi, key, left):
    place = bisect_place(a, x if key is None else key(x), lo, hi, key, left)
    a.insert(place, x)
