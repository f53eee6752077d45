def itertools_count(cls, start, step):
    for number in (start, step):
        if not isinstance(number, (int, float, complex)) and not hasattr(type(number), "__add__"):
            raise TypeError("a number is required")
    for number in (start, step):
        if isinstance(number, (str, bytes, list, tuple, dict)):
            raise TypeError("a number is required")
    return _disguise(itertools_count_items(start, step), cls)


def itertools_count_items(current, step):
    while True:
        value = current
        current = current + step
        yield value


def itertools_count_repr(name, current, step):
    if type(step) is int and step == 1:
        return f"{name}({current!r})"
    return f"{name}({current!r}, {step!r})"


def itertools_cycle(cls, iterable):
    return _lasting(itertools_cycle_items(iterate(iterable), []), cls)


def itertools_cycle_items(iterator, saved):
    for item in iterator:
        saved.append(item)
        yield item
    while saved:
        for item in saved:
            yield item


def itertools_repeat(cls, item, times):
    return _disguise(itertools_repeat_items(item, times), cls)


def itertools_repeat_items(item, times):
    if times is None:
        while True:
            yield item
    while times > 0:
        times -= 1
        yield item


def itertools_repeat_repr(name, item, times):
    return f"{name}({item!r})" if times is None else f"{name}({item!r}, {times!r})"


def itertools_accumulate(cls, iterable, func, initial):
    return _lasting(itertools_accumulate_items(iterate(iterable), func, initial, True), cls)


def itertools_accumulate_items(iterator, func, total, first):
    if first:
        # Fetching the first item may have asked for one already.
        if total is None:
            for item in iterator:
                break
            else:
                return
            if first:
                total = item
            elif func is None:
                total = total + item
            else:
                total = func(total, item)
        first = False
        yield total
    if func is None:
        for item in iterator:
            total = total + item
            yield total
    else:
        for item in iterator:
            try:
                total = func(total, item)
            except StopIteration as stop:
                return stop.value
            yield total


def itertools_chain(cls, iterables):
    return _lasting(itertools_chain_items(iterate(iterables), ()), cls)


def itertools_chain_items(iterables, current):
    while True:
        for item in current:
            yield item
        current = ()
        # Without a next one it is over for good, also if that is because of an exception.
        further, iterables = iterables, ()
        for iterable in further:
            current = iterate(iterable)
            break
        else:
            return
        iterables = further


def itertools_compress(cls, data, selectors):
    return _lasting(itertools_compress_items(iterate(data), iterate(selectors)), cls)


def itertools_compress_items(data, selectors):
    for item in data:
        for selected in selectors:
            break
        else:
            return
        if selected:
            yield item


def itertools_dropwhile(cls, predicate, iterable):
    return _lasting(itertools_dropwhile_items(predicate, iterate(iterable), True), cls)


def itertools_dropwhile_items(predicate, iterator, drops):
    if drops:
        for item in iterator:
            try:
                drop = predicate(item)
            except StopIteration as stop:
                return stop.value
            if not drop:
                drops = False
                yield item
                break
    for item in iterator:
        yield item


def itertools_takewhile(cls, predicate, iterable):
    return _lasting(itertools_takewhile_items(predicate, iterate(iterable)), cls)


def itertools_takewhile_items(predicate, iterator):
    for item in iterator:
        try:
            take = predicate(item)
        except StopIteration as stop:
            return stop.value
        if not take:
            iterator = ()
            return
        yield item


def itertools_filterfalse(cls, function, iterable):
    return _lasting(itertools_filterfalse_items(function, iterate(iterable)), cls)


def itertools_filterfalse_items(function, iterator):
    if function is None or function is bool:
        for item in iterator:
            if not item:
                yield item
    else:
        for item in iterator:
            try:
                unwanted = function(item)
            except StopIteration as stop:
                return stop.value
            if not unwanted:
                yield item


def itertools_starmap(cls, function, iterable):
    return _lasting(itertools_starmap_items(function, iterate(iterable)), cls)


def itertools_starmap_items(function, iterator):
    for args in iterator:
        try:
            yield function(*(args if type(args) is tuple else tuple(args)))
        except StopIteration as stop:
            return stop.value


def itertools_groupby(cls, iterable, key, grouper):
    # The item that was fetched and not yet given (and whether there is one), its key, the number of its group, and the
    # key of the group before. A key that there is not is this list itself.
    state = [None, False, None, 0, None]
    state[2] = state[4] = state
    return _lasting(itertools_groupby_items(iterate(iterable), key, grouper, state), cls)


def itertools_groupby_items(iterator, key, grouper, state):
    try:
        while True:
            state[3] += 1
            while state[2] is state or state[4] is not state and (state[4] is state[2] or state[4] == state[2]):
                if not itertools_groupby_fetch(state, iterator, key):
                    return
            target = state[4] = state[2]
            yield target, _lasting(itertools_group_items(state, iterator, key, target, state[3]), grouper)
    except StopIteration as stop:
        return stop.value


def itertools_groupby_fetch(state, iterator, key):
    for item in iterator:
        state[2] = item if key is None else key(item)
        state[0] = item
        state[1] = True
        return True
    state[0] = None
    state[1] = False
    return False


def itertools_group_items(state, iterator, key, target, number):
    try:
        while state[3] == number:
            if not state[1]:
                if not itertools_groupby_fetch(state, iterator, key):
                    return
            if not (target is state[2] or target == state[2]):
                return
            item = state[0]
            state[0] = None
            state[1] = False
            yield item
    except StopIteration as stop:
        return stop.value


def itertools_islice(cls, iterable, start, stop, step):
    return _lasting(itertools_islice_items(iterate(iterable), start, stop, step, 0), cls)


def itertools_islice_items(iterator, target, stop, step, count):
    while True:
        while count < target:
            for item in iterator:
                break
            else:
                iterator = ()
                return
            count += 1
        if stop is None:
            if step == 1:
                for item in iterator:
                    yield item
                iterator = ()
                return
        elif count >= stop:
            iterator = ()
            return
        elif step == 1:
            for item in iterator:
                count += 1
                target = count
                yield item
                if count >= stop:
                    break
            iterator = ()
            return
        for item in iterator:
            break
        else:
            iterator = ()
            return
        count += 1
        target += step
        if stop is not None and target > stop:
            target = stop
        yield item


def itertools_pairwise(cls, iterable):
    return _lasting(itertools_pairwise_items(iterate(iterable), None, True), cls)


def itertools_pairwise_items(iterator, left, first):
    while True:
        if first:
            try:
                for left in iterator:
                    first = False
                    break
                else:
                    iterator = ()
                    return
            except BaseException:
                iterator = ()
                raise
        # Fetching an item may ask for a pair, which leaves another `left` behind.
        older = left
        try:
            for left in iterator:
                break
            else:
                iterator = left = ()
                return
        except BaseException:
            iterator = left = ()
            raise
        pair = (older, left)
        # It lives no longer than the pair.
        older = None
        yield pair


def itertools_batched(cls, iterable, n, strict):
    return _disguise(itertools_batched_items(iterate(iterable), n, strict), cls)


def itertools_batched_items(iterator, n, strict):
    while True:
        batch = []
        for item in iterator:
            batch.append(item)
            if len(batch) == n:
                break
        else:
            if batch:
                if strict:
                    raise ValueError("batched(): incomplete batch")
                yield tuple(batch)
            return
        yield tuple(batch)


def itertools_product(cls, iterables, repeat):
    repeat = repeat.__index__()
    if repeat < 0:
        raise ValueError("repeat argument cannot be negative")
    pools = [tuple(iterable) for iterable in iterables] if repeat else []
    return _disguise(itertools_product_items(pools * repeat), cls)


def itertools_product_items(pools):
    for pool in pools:
        if not pool:
            return
    places = [0] * len(pools)
    row = [pool[0] for pool in pools]
    while True:
        yield tuple(row)
        # Count up in the last place that has room, and begin anew behind it.
        at = len(pools) - 1
        while at >= 0:
            place = places[at] + 1
            if place < len(pools[at]):
                places[at] = place
                row[at] = pools[at][place]
                break
            places[at] = 0
            row[at] = pools[at][0]
            at -= 1
        else:
            return


def itertools_permutations(cls, iterable, r):
    pool = tuple(iterable)
    return _disguise(itertools_permutations_items(pool, len(pool) if r is None else r), cls)


def itertools_permutations_items(pool, r):
    size = len(pool)
    if r > size:
        return
    order = list(range(size))
    # In how many more ways each place can be filled.
    left = list(range(size, size - r, -1))
    yield tuple([pool[n] for n in order[:r]])
    while size:
        for at in reversed(range(r)):
            left[at] -= 1
            if left[at]:
                other = size - left[at]
                order[at], order[other] = order[other], order[at]
                yield tuple([pool[n] for n in order[:r]])
                break
            order[at:] = order[at + 1 :] + order[at : at + 1]
            left[at] = size - at
        else:
            return


def itertools_combinations(cls, iterable, r):
    return _disguise(itertools_combinations_items(tuple(iterable), r), cls)


def itertools_combinations_items(pool, r):
    size = len(pool)
    if r > size:
        return
    chosen = list(range(r))
    while True:
        yield tuple([pool[n] for n in chosen])
        # The last choice that can move on does, and those behind it follow close.
        at = r - 1
        while at >= 0 and chosen[at] == at + size - r:
            at -= 1
        if at < 0:
            return
        chosen[at] += 1
        for next in range(at + 1, r):
            chosen[next] = chosen[next - 1] + 1


def itertools_combinations_with_replacement(cls, iterable, r):
    return _disguise(itertools_combinations_with_replacement_items(tuple(iterable), r), cls)


def itertools_combinations_with_replacement_items(pool, r):
    size = len(pool)
    if r and not size:
        return
    chosen = [0] * r
    while True:
        yield tuple([pool[n] for n in chosen])
        at = r - 1
        while at >= 0 and chosen[at] == size - 1:
            at -= 1
        if at < 0:
            return
        chosen[at:] = [chosen[at] + 1] * (r - at)


def itertools_zip_longest(cls, iterables, fillvalue):
    return _disguise(itertools_zip_longest_items([iterate(iterable) for iterable in iterables], fillvalue), cls)


def itertools_zip_longest_items(iterators, fillvalue):
    active = len(iterators)
    while active:
        row = []
        for place, iterator in enumerate(iterators):
            item = fillvalue
            if iterator is not None:
                for item in iterator:
                    break
                else:
                    active -= 1
                    if not active:
                        return
                    iterators[place] = None
                    item = fillvalue
            row.append(item)
        yield tuple(row)


def itertools_tee(cls, iterable, n):
    iterator = iterate(iterable)
    # A link is an item and the link after it, which is made when the item is fetched.
    link = [None, None]
    return tuple([_lasting(itertools_tee_items(iterator, link), cls) for _ in range(n)])


def itertools_tee_one(cls, iterable):
    if isinstance(iterable, cls):
        from copy import copy

        return copy(iterable)
    return itertools_tee(cls, iterable, 1)[0]


def itertools_tee_items(iterator, link):
    while True:
        if link[1] is None:
            link[1] = False
            try:
                for item in iterator:
                    link[0] = item
                    link[1] = [None, None]
                    break
                else:
                    return
            finally:
                if link[1] is False:
                    link[1] = None
        elif link[1] is False:
            raise RuntimeError("cannot re-enter the tee iterator")
        item, link = link
        yield item
