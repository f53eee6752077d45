# Iterators: what `iter` and `next` mean for objects of the program, and the adaptors, which are generators behind the
# classes that programs see (`_disguise`). One made by `_lasting` begins again after an exception, and after its end, which is
# no other than that of what it goes over: its parameters are all its state. Errors of construction come at once: the `make_*` functions are no generators.


def adaptor_again(adaptor, twin):
    # An adaptor is asked for an item while it fetches one: another of its kind gives it, from where it has come to.
    try:
        return _send(twin, None)
    finally:
        _take_over(adaptor, twin)


def iter_of(iterable):
    method = _special(iterable, "__iter__")
    if method is None:
        return iterate_sequence(iterable)
    iterator = method()
    if not _has_special(iterator, "__next__"):
        raise TypeError(f"iter() returned non-iterator of type '{_type_name(iterator)}'")
    return iterator


def iterate_sequence(sequence):
    return _lasting(sequence_items(sequence, 0), _sequence_iterator)


def sequence_items(sequence, place):
    while True:
        try:
            item = sequence[place]
        except (IndexError, StopIteration):
            sequence = ()
            return
        yield item
        place += 1


def next_of(iterator):
    return _special(iterator, "__next__")()


def next_or(iterator, default):
    try:
        return _special(iterator, "__next__")()
    except StopIteration:
        return default


def iter_or(iterable, complaint):
    # An iterator. That there is none, or a TypeError where there should be one, is told in the words of the complaint.
    try:
        return iter(iterable)
    except TypeError:
        pass
    raise TypeError(complaint)


def length_hint(obj, default):
    # About how many items there are. CPython asks to make room for them; a program can see that it asks.
    if _special(obj, "__len__") is not None:
        try:
            return len(obj)
        except TypeError:
            pass
    method = _special(obj, "__length_hint__")
    if method is None:
        return default
    try:
        hint = method()
    except TypeError:
        return default
    if hint is NotImplemented:
        return default
    if not isinstance(hint, int):
        raise TypeError(f"__length_hint__ must be an integer, not {_type_name(hint)}")
    if not -9223372036854775808 <= hint <= 9223372036854775807:
        raise OverflowError("Python int too large to convert to C ssize_t")
    if hint < 0:
        raise ValueError("__length_hint__() should return >= 0")
    return hint


def sized_iter(iterable):
    iterator = iter(iterable)
    length_hint(iterable, 8)
    return steppable(iterator)


def iterate(iterable):
    return steppable(iter(iterable))


def steppable(iterator):
    # An iterator that `for` can step as it stands. One of the program's is stepped by a generator, because `for` would
    # call its `__iter__`, which adaptors must not.
    return iterator if _steppable(iterator) else _lasting(steps(iterator), _sequence_iterator)


def steps(iterator):
    step = _special(iterator, "__next__")
    while True:
        try:
            item = step()
        except StopIteration as stop:
            return stop.value
        yield item


def callable_iterator(cls, function, sentinel):
    if not callable(function):
        raise TypeError("iter(v, w): v must be callable")
    return _lasting(callable_items(function, sentinel), cls)


def callable_items(function, sentinel):
    while True:
        try:
            item = function()
        except StopIteration:
            function = stop_again
            return
        # The function may have exhausted the iterator that asks it.
        if function is stop_again or item is sentinel or item == sentinel:
            function = stop_again
            return
        yield item


def stop_again():
    raise StopIteration


def make_enumerate(cls, iterable, start):
    return _lasting(enumerate_items(iterate(iterable), start), cls)


def enumerate_items(iterator, count):
    for item in iterator:
        place = count
        count += 1
        yield place, item


def make_reversed(cls, sequence):
    method = _special(sequence, "__reversed__")
    if method is not None:
        return method()
    return _disguise(reversed_items(sequence, len(sequence)), cls)


def reversed_items(sequence, place):
    while place > 0:
        place -= 1
        try:
            item = sequence[place]
        except (IndexError, StopIteration):
            return
        yield item


def make_filter(cls, function, iterable):
    iterator = iterate(iterable)
    if function is None or function is bool:
        return _lasting(filter_true(function, iterator), cls)
    return _lasting(filter_items(function, iterator), cls)


def filter_true(_, iterator):
    for item in iterator:
        if item:
            yield item
        else:
            item = None


def filter_items(function, iterator):
    for item in iterator:
        try:
            wanted = function(item)
        except StopIteration as stop:
            return stop.value
        if wanted:
            yield item
        else:
            item = None


def make_map(cls, function, iterables, strict):
    if len(iterables) == 1 and not strict:
        return _lasting(map_one(function, iterate(iterables[0])), cls)
    if len(iterables) == 2 and not strict:
        return _lasting(map_two(function, zip(iterate(iterables[0]), iterate(iterables[1]))), cls)
    tuples = _lasting(zip_items([iterate(iterable) for iterable in iterables], bool(strict), "map"), cls)
    return _lasting(map_many(function, tuples), cls)


def make_map_of_one(cls, function, iterator):
    return _lasting(map_one(function, iterator), cls)


def map_one(function, iterator):
    for item in iterator:
        # Nothing can be thrown in here, so what is caught comes from the function.
        try:
            yield function(item)
        except StopIteration as stop:
            return stop.value


def map_two(function, pairs):
    for first, second in pairs:
        try:
            yield function(first, second)
        except StopIteration as stop:
            return stop.value


def map_many(function, tuples):
    for items in tuples:
        try:
            yield function(*items)
        except StopIteration as stop:
            return stop.value


def make_zip(cls, iterables, strict):
    iterators = [iterate(iterable) for iterable in iterables]
    if len(iterators) == 2 and not strict:
        return _lasting(zip_two(iterators[0], iterators[1]), cls)
    return _lasting(zip_items(iterators, bool(strict), "zip"), cls)


def zip_two(first, second):
    for item in first:
        for other in second:
            yield item, other
            break
        else:
            return


def zip_items(iterators, strict, what):
    if not iterators:
        return
    end = []
    while True:
        items = []
        for iterator in iterators:
            item = next(iterator, end)
            if item is end:
                if strict:
                    check_strict(iterators, len(items), what, end)
                return
            items.append(item)
        yield tuple(items)


def check_strict(iterators, place, what, end):
    if place:
        plural = " " if place == 1 else "s 1-"
        raise ValueError(f"{what}() argument {place + 1} is shorter than argument{plural}{place}")
    for place in range(1, len(iterators)):
        if next(iterators[place], end) is not end:
            plural = " " if place == 1 else "s 1-"
            raise ValueError(f"{what}() argument {place + 1} is longer than argument{plural}{place}")


def unpack(iterable, count):
    items = []
    for item in iterable:
        if len(items) == count:
            raise ValueError(f"too many values to unpack (expected {count})")
        items.append(item)
    if len(items) < count:
        raise ValueError(f"not enough values to unpack (expected {count}, got {len(items)})")
    return tuple(items)


def unpack_ex(iterable, before, after):
    iterator = iter(iterable)
    stepped = steppable(iterator)
    items = []
    while len(items) < before:
        for item in stepped:
            items.append(item)
            break
        else:
            break
    else:
        items += iterator
    if len(items) < before + after:
        wanted = before + after
        raise ValueError(f"not enough values to unpack (expected at least {wanted}, got {len(items)})")
    end = len(items) - after
    return (*items[:before], items[before:end], *items[end:])
