# Twins of the container natives: they go on where a key's or an item's own __eq__, __hash__ or __index__ must be asked.
# The natives whose names begin with an underscore stand in the PRELUDE tables of src/builtins.


def plain_subscript(key):
    if type(key) is not slice:
        return index(key)
    step = slice_part(key.step)
    if step == 0:
        raise ValueError("slice step cannot be zero")
    return slice(slice_part(key.start), slice_part(key.stop), step)


def slice_part(part):
    if part is None or _has_special(part, "__index__"):
        return None if part is None else index(part)
    raise TypeError("slice indices must be integers or None or have an __index__ method")


def no_item(container, key, doing):
    # What has no items to set or delete is told what the key counts all the same.
    if not -9223372036854775808 <= index(key) <= 9223372036854775807:
        raise IndexError(f"cannot fit '{_type_name(key)}' into an index-sized integer")
    raise TypeError(f"'{_type_name(container)}' object {doing}")


def subscript_of(container, key):
    plain = plain_subscript(key)
    if type(key) is not slice and not isinstance(container, range):
        if not -9223372036854775808 <= plain <= 9223372036854775807:
            raise IndexError(f"cannot fit '{_type_name(key)}' into an index-sized integer")
    return plain


def get_subscript(container, key):
    return container[subscript_of(container, key)]


def set_subscript(container, key, value):
    if type(key) is slice and isinstance(container, bytearray):
        if value is container or not isinstance(value, bytearray):
            # The key is looked at, the value made a bytearray, and then all is begun again.
            plain = plain_subscript(key)
            if isinstance(value, (str, complex)) or is_number(value):
                container[plain] = value
            value = bytearray(value)
    container[subscript_of(container, key)] = value


def is_number(value):
    return _has_special(value, "__index__") or _has_special(value, "__int__") or _has_special(value, "__float__")


def del_subscript(container, key):
    del container[subscript_of(container, key)]


def set_slice(container, key, iterable):
    items = to_sequence(iterable, "must assign iterable to extended slice")
    container[plain_subscript(key)] = items


def set_byte(array, key, value):
    array[key] = index(value)


def set_bytes(array, key, iterable):
    if type(key) is slice:
        plain_subscript(key)
    array[key] = bytearray(iterable)


def bytes_contain(data, item):
    return index(item) in data


def slice_indices(key, length):
    return plain_subscript(key).indices(index(length))


def slice_hash(key):
    return _hash_slice([hash(key.start), hash(key.stop), hash(key.step)])


def slice_eq(a, b, wanted):
    a, b = (a.start, a.stop, a.step), (b.start, b.stop, b.step)
    return (a == b) is wanted


def slice_order(a, b, symbol):
    return sequence_order((a.start, a.stop, a.step), (b.start, b.stop, b.step), symbol)


def compare_cells(one, other, operator):
    # Each is a tuple of the content, if there is one.
    if one and other:
        (one,), (other,) = one, other
    return (
        one < other if operator == "lt" else
        one <= other if operator == "le" else
        one == other if operator == "eq" else
        one != other if operator == "ne" else
        one > other if operator == "gt" else
        one >= other
    )


# Lists and tuples.


def sequence_contains(items, wanted, place):
    while place < len(items):
        item = items[place]
        if item is wanted or item == wanted:
            return True
        place += 1
    return False


def sequence_count(items, wanted, place, count):
    while place < len(items):
        item = items[place]
        if item is wanted or item == wanted:
            count += 1
        place += 1
    return count


def sequence_index(items, wanted, place, stop, what):
    while place < len(items) and place < stop:
        item = items[place]
        if item is wanted or item == wanted:
            return place
        place += 1
    raise ValueError(f"{what}.index(x): x not in {what}")


def memoryview_of(exporter):
    view = _special(exporter, "__buffer__")(284)
    if type(view) is not memoryview:
        raise TypeError(f"__buffer__ returned non-memoryview object")
    return view


def memoryview_index(items, wanted, start, stop):
    while start < stop:
        if items[start] == wanted:
            return start
        start += 1
    raise ValueError("memoryview.index(x): x not found")


def sequence_eq(a, b, wanted):
    if len(a) != len(b) and type(a) is not tuple:
        return not wanted
    place = 0
    while place < len(a) and place < len(b):
        x, y = a[place], b[place]
        if not (x is y or x == y):
            return not wanted
        place += 1
    return (len(a) == len(b)) is wanted


def sequence_order(a, b, symbol):
    place = 0
    while place < len(a) and place < len(b):
        x, y = a[place], b[place]
        if not (x is y or x == y):
            if symbol == "<":
                return x < y
            if symbol == "<=":
                return x <= y
            if symbol == ">":
                return x > y
            return x >= y
        place += 1
    if symbol == "<":
        return len(a) < len(b)
    if symbol == "<=":
        return len(a) <= len(b)
    if symbol == ">":
        return len(a) > len(b)
    return len(a) >= len(b)


def tuple_hash(items):
    return _hash_tuple([hash(item) for item in items])


def list_extend(items, iterable):
    for item in sized_iter(iterable):
        items.append(item)


def list_fill(items, iterable):
    # The list is new: nobody can see how far it is filled.
    items += [item for item in sized_iter(iterable)]


def tuple_fill(items, iterable):
    # The same for what becomes a tuple of arguments: it is not asked how long it will be.
    items += [item for item in iterable]


def list_iadd(me, items, iterable):
    for item in sized_iter(iterable):
        items.append(item)
    return me


def list_remove(items, wanted, place):
    while place < len(items):
        item = items[place]
        if item is wanted or item == wanted:
            # The comparison may have shortened the list.
            items[place:place + 1] = ()
            return
        place += 1
    raise ValueError("list.remove(x): x not in list")


def sorted_list(items, key, reverse):
    items.sort(key=key, reverse=not not reverse)
    return items


def list_sorted(items, key, reverse, values, keys):
    list_sort(items, key, reverse, values, keys)
    return items


def list_sort(items, key, reverse, values, keys):
    # `items` is the list, which is empty meanwhile; `keys` are those of the first values, as far as they are known.
    result = values
    try:
        if key is None:
            keys = values
        elif keys:
            keys += [key(value) for value in values[len(keys):]]
        else:
            keys = [key(value) for value in values]
        ordered = _sorted_by(values, keys, reverse)
        if ordered is None:
            ordered = [values[n] for n in sort_order(keys, reverse)]
        result = ordered
    finally:
        # The death of the keys counts as part of the sorting.
        keys = None
        untouched = _list_put(items, result)
    if not untouched:
        raise ValueError("list modified during sort")


def sort_order(keys, reverse):
    order = [*range(len(keys))]
    if reverse:
        order.reverse()
    smallest = len(order) if len(order) < 64 else 32
    runs = []
    start = 0
    while start < len(order):
        end = sort_run(order, keys, start)
        least = start + smallest
        if least > len(order):
            least = len(order)
        while end < least:
            entry = order[end]
            pivot = keys[entry]
            low, high = start, end
            while low < high:
                middle = (low + high) // 2
                if pivot < keys[order[middle]]:
                    high = middle
                else:
                    low = middle + 1
            del order[end]
            order.insert(low, entry)
            end += 1
        runs.append((start, end))
        start = end
        while len(runs) > 1 and (start == len(order) or (end - runs[-1][0]) * 2 >= runs[-1][0] - runs[-2][0]):
            middle = runs.pop()[0]
            first = runs.pop()[0]
            sort_merge(order, keys, first, middle, end)
            runs.append((first, end))
    if reverse:
        order.reverse()
    return order


def sort_run(order, keys, start):
    # The end of the run that begins at `start`; a descending one is turned round, equal neighbours keep their order.
    length = len(order)
    end = start + 1
    while end < length and not keys[order[end]] < keys[order[end - 1]]:
        end += 1
    if end >= length:
        return length
    if end > start + 1:
        if keys[order[start]] < keys[order[end - 1]]:
            return end
        order[start:end] = order[start:end][::-1]
    end += 1
    equal = 0
    while end < length:
        if keys[order[end]] < keys[order[end - 1]]:
            order[end - 1 - equal : end] = order[end - 1 - equal : end][::-1]
            equal = 0
        elif keys[order[end - 1]] < keys[order[end]]:
            break
        else:
            equal += 1
        end += 1
    order[end - 1 - equal : end] = order[end - 1 - equal : end][::-1]
    order[start:end] = order[start:end][::-1]
    while end < length and not keys[order[end]] < keys[order[end - 1]]:
        end += 1
    return end


def sort_merge(order, keys, first, middle, end):
    if not keys[order[middle]] < keys[order[middle - 1]]:
        return
    left = order[first:middle]
    right = order[middle:end]
    merged = []
    i = j = 0
    while i < len(left) and j < len(right):
        if keys[right[j]] < keys[left[i]]:
            merged.append(right[j])
            j += 1
        else:
            merged.append(left[i])
            i += 1
    order[first:end] = merged + left[i:] + right[j:]


# Dicts. A table is walked entry by entry: `_dict_next` gives the next entry with the hash, in probing order.


def key_hash(key):
    try:
        return hash(key)
    except TypeError as error:
        problem = error
    if type(problem) is not TypeError:
        raise problem
    raise TypeError(f"cannot use '{_type_name(key)}' as a dict key ({problem})")


def dict_find(d, key, h):
    entry = _dict_next(d, h, None)
    while entry is not None:
        present = _dict_key(d, entry)
        if present is key:
            return entry
        same = present == key
        if _dict_key(d, entry) is not present:
            # The comparison changed the dict under us: look again from the start.
            entry = _dict_next(d, h, None)
            continue
        if same:
            return entry
        entry = _dict_next(d, h, entry)
    return None


def dict_getitem(d, key):
    entry = dict_find(d, key, key_hash(key))
    if entry is None:
        raise KeyError(key)
    return _dict_value(d, entry)


def dict_getitem_or_missing(me, d, key):
    entry = dict_find(d, key, key_hash(key))
    if entry is not None:
        return _dict_value(d, entry)
    missing = _special(me, "__missing__")
    if missing is None:
        raise KeyError(key)
    return missing(key)


def dict_missing(me, key):
    return _special(me, "__missing__")(key)


def dict_get(d, key, default):
    entry = dict_find(d, key, key_hash(key))
    return default if entry is None else _dict_value(d, entry)


def dict_setitem(d, key, value):
    dict_put(d, key, key_hash(key), value)


def dict_put(d, key, h, value):
    entry = dict_find(d, key, h)
    if entry is None:
        _dict_push(d, key, h, value)
    else:
        _dict_set(d, entry, value)


def dict_delitem(d, key):
    entry = dict_find(d, key, key_hash(key))
    if entry is None:
        raise KeyError(key)
    _dict_delete(d, entry)


def dict_contains(d, key):
    return dict_find(d, key, key_hash(key)) is not None


def dict_pop(d, key, *default):
    entry = dict_find(d, key, key_hash(key))
    if entry is not None:
        value = _dict_value(d, entry)
        _dict_delete(d, entry)
        return value
    if default:
        return default[0]
    raise KeyError(key)


def dict_setdefault(d, key, default):
    h = key_hash(key)
    entry = dict_find(d, key, h)
    if entry is not None:
        return _dict_value(d, entry)
    _dict_push(d, key, h, default)
    return default


def dict_update(d, source, keywords):
    entries = _plain_entries(source)
    if entries is not None:
        # The keys of a dict are not hashed again.
        size = len(entries)
        for (key, value), h in zip(entries, _dict_hashes(source)):
            dict_put(d, key, h, value)
            if dict.__len__(source) != size:
                raise RuntimeError("dict mutated during update")
    elif hasattr(source, "keys"):
        for key, value in mapping_entries(source):
            d[key] = value
    else:
        put_pairs(d, source, 0)
    if keywords is not None:
        for key in keywords:
            d[key] = keywords[key]


def put_pairs(d, pairs, number):
    for pair in pairs:
        put_pair(d, pair, number)
        number += 1


def put_pair(d, pair, number):
    if type(pair) is not tuple:
        pair = to_pair(pair, number)
    if len(pair) != 2:
        raise ValueError(f"dictionary update sequence element #{number} has length {len(pair)}; 2 is required")
    d[pair[0]] = pair[1]


def to_pair(pair, number):
    try:
        iterator = iter(pair)
    except TypeError:
        pass
    else:
        return [*iterator]
    error = TypeError("object is not iterable")
    error.add_note(f"Cannot convert dictionary update sequence element #{number} to a sequence")
    raise error


def dict_merged(d, other):
    dict_update(d, other, None)
    return d


def dict_ior(me, d, source):
    dict_update(d, source, None)
    return me


def dict_fromkeys(cls, iterable, value):
    d = cls()
    if type(d) is dict and type(iterable) is dict:
        for key, h in [*zip(iterable, _dict_hashes(iterable))]:
            dict_put(d, key, h, value)
    elif type(d) is dict and (type(iterable) is set or type(iterable) is frozenset):
        for key, h in _set_hashes(iterable):
            dict_put(d, key, h, value)
    else:
        for key in iterable:
            d[key] = value
    return d


def dict_eq(a, b, wanted):
    if len(a) != len(b):
        return not wanted
    hashes = _dict_hashes(a)
    place = 0
    for key, value in [*dict.items(a)]:
        entry = dict_find(b, key, hashes[place])
        if entry is None:
            return not wanted
        other = _dict_value(b, entry)
        if not (value is other or value == other):
            return not wanted
        place += 1
    return wanted


def items_contain(d, key, wanted):
    entry = dict_find(d, key, key_hash(key))
    if entry is None:
        return False
    value = _dict_value(d, entry)
    return value is wanted or bool(value == wanted)


def view_and(view, other):
    kinds = (type({}.keys()), type({}.items()))
    if not isinstance(view, kinds):
        view, other = other, view
    if type(other) is set and len(view) <= len(other):
        return other.intersection(view)
    if isinstance(other, kinds) and len(other) > len(view):
        view, other = other, view
    result = set()
    for item in other:
        if item in view:
            result.add(item)
    return result


def view_or(first, second):
    result = view_set(first)
    result.update(second)
    return result


def view_sub(first, second):
    result = view_set(first)
    result.difference_update(second)
    return result


def view_xor(first, second):
    if isinstance(first, type({}.items())) and isinstance(second, type({}.items())):
        return items_xor(first, second)
    result = view_set(first)
    result.symmetric_difference_update(second)
    return result


def items_xor(first, second):
    if len(first) < len(second):
        first, second = second, first
    large = _view_dict(first)
    rest = dict.copy(large)
    result = set()
    for (key, value), h in [*zip(second, _dict_hashes(_view_dict(second)))]:
        entry = dict_find(large, key, h)
        if entry is not None:
            present = _dict_value(large, entry)
            if present is value or present == value:
                entry = dict_find(rest, key, h)
                if entry is not None:
                    _dict_delete(rest, entry)
                continue
        result.add((key, value))
    result.update(rest.items())
    return result


def view_set(view):
    return set(_view_source(view))


def view_isdisjoint(view, other):
    if isinstance(other, (set, frozenset, type({}.keys()), type({}.items()))) and len(other) > len(view):
        view, other = other, view
    for item in other:
        if item in view:
            return False
    return True


def view_compare(a, b, symbol):
    if symbol == "==" or symbol == "!=":
        same = len(a) == len(b) and all_in(a, b)
        return same is (symbol == "==")
    if symbol == ">":
        return len(a) > len(b) and all_in(b, a)
    if symbol == ">=":
        return len(a) >= len(b) and all_in(b, a)
    if symbol == "<":
        return len(a) < len(b) and all_in(a, b)
    return len(a) <= len(b) and all_in(a, b)


def all_in(items, container):
    for item in items:
        if item not in container:
            return False
    return True


def iterable_contains(iterable, wanted):
    for item in iterable:
        if item is wanted or item == wanted:
            return True
    return False


def contains_by_iteration(wanted, iterable):
    complaint = f"argument of type '{_type_name(iterable)}' is not a container or iterable"
    for item in steppable(iter_or(iterable, complaint)):
        if item is wanted or item == wanted:
            return True
    return False


def iterator_contains(iterator, wanted, item):
    if item is wanted or item == wanted:
        return True
    for item in iterator:
        if item is wanted or item == wanted:
            return True
    return False


def build_map(flat):
    d = {}
    for place in range(0, len(flat), 2):
        d[flat[place]] = flat[place + 1]
    return d


def build_set(members):
    s = set()
    for member in members:
        s.add(member)
    return s


# Mappings that are merged: `{**m}`, `f(**m)`, `dict.update(m)`.


def mapping_keys(mapping):
    keys = mapping.keys()
    return [*iter_or(keys, f"{_type_name(mapping)}.keys() returned a non-iterable (type {_type_name(keys)})")]


def mapping_entries(mapping):
    # A dict whose class leaves its iteration alone is not asked anything.
    entries = _plain_entries(mapping)
    return mapping_items(mapping) if entries is None else entries


def mapping_items(mapping):
    for key in mapping_keys(mapping):
        yield key, mapping[key]


def merge_mapping(d, mapping):
    try:
        for key, value in mapping_entries(mapping):
            d[key] = value
        return
    except AttributeError:
        pass
    raise TypeError(f"'{_type_name(mapping)}' object is not a mapping")


def merge_keywords(d, mapping, callee):
    repeated = ()
    try:
        entries = _plain_entries(mapping)
        if entries is None:
            for key in mapping_keys(mapping):
                if key in d:
                    raise KeyError(key)
                d[key] = mapping[key]
        else:
            for key, value in entries:
                if key in d:
                    raise KeyError(key)
                d[key] = value
        return
    except AttributeError:
        pass
    except KeyError as error:
        # It is taken for a name given twice, wherever it comes from.
        repeated = error.args
        if len(repeated) != 1:
            raise
    if repeated:
        raise TypeError(f"{callee_name(callee)} got multiple values for keyword argument '{repeated[0]}'")
    raise TypeError(f"{callee_name(callee)} argument after ** must be a mapping, not {_type_name(mapping)}")


def star_misfit(callee, iterable):
    raise TypeError(f"{callee_name(callee)} argument after * must be an iterable, not {_type_name(iterable)}")


def callee_name(callee):
    # What messages about a call name.
    name = getattr(callee, "__qualname__", callee)
    if name is callee:
        return str(callee)
    module = getattr(callee, "__module__", None)
    return f"{name}()" if module is None or module == "builtins" else f"{module}.{name}()"


# Sets. A table is walked place by place.


def member_hash(member):
    try:
        return hash(member)
    except TypeError as error:
        problem = error
    if type(problem) is not TypeError:
        raise problem
    raise TypeError(f"cannot use '{_type_name(member)}' as a set element ({problem})")


def sought_hash(member):
    if isinstance(member, set):
        try:
            return hash(member)
        except TypeError:
            return hash(_set_frozen(member))
    return member_hash(member)


def set_find(s, member, h):
    place = _set_next(s, h, None)
    while place is not None:
        present = _set_key(s, place)
        if present is member:
            return place
        same = present == member
        if _set_key(s, place) is not present:
            place = _set_next(s, h, None)
            continue
        if same:
            return place
        place = _set_next(s, h, place)
    return None


def set_put(s, member, h):
    if set_find(s, member, h) is None:
        _set_push(s, member, h)


def set_contains(s, member):
    return set_find(s, member, sought_hash(member)) is not None


def set_add(s, member):
    set_put(s, member, member_hash(member))


def set_reduce(cls, s):
    return cls, ([*s],), s.__getstate__()


def set_discard(s, member):
    place = set_find(s, member, sought_hash(member))
    if place is not None:
        _set_delete(s, place)


def set_remove(s, member):
    place = set_find(s, member, sought_hash(member))
    if place is None:
        raise KeyError(member)
    _set_delete(s, place)


def set_init(s, iterable):
    _set_replace(s, ())
    set_update(s, iterable)


def new_frozenset(cls, iterable):
    members = set()
    set_update(members, iterable)
    return frozenset.__new__(cls, _set_frozen(members))


def like(s, members):
    return _set_frozen(members) if isinstance(s, frozenset) else members


# Members are compared in CPython's order: which set is gone through and which is asked depends on their sizes, and what
# is found missing is looked for once more when it is put in. Members of sets and dicts are not hashed again.


def set_update(s, *others):
    for other in others:
        set_update_from(s, other, 0)


def set_update_on(s, other, done, others):
    set_update_from(s, other, done)
    set_update(s, *others)


def set_update_from(s, other, done):
    # The first `done` members are in it.
    if isinstance(other, (set, frozenset)):
        if done or not _set_take(s, other):
            for member, h in _set_hashes(other)[done:]:
                set_put(s, member, h)
    elif type(other) is dict:
        if not done:
            _set_reserve(s, len(other))
        for member, h in [*zip(other, _dict_hashes(other))][done:]:
            set_put(s, member, h)
    else:
        for member in other:
            set_put(s, member, member_hash(member))


def set_union(s, *others):
    result = set(s)
    set_update(result, *others)
    return like(s, result)


def set_common(s, other):
    if s is other:
        return set(s)
    result = set()
    if isinstance(other, (set, frozenset)):
        if len(other) > len(s):
            s, other = other, s
        for member, h in _set_hashes(other):
            if set_find(s, member, h) is not None:
                set_put(result, member, h)
        return result
    for member in other:
        # Nothing is put into a set by a program here: a member that cannot be hashed is only told that.
        h = hash(member)
        if set_find(s, member, h) is not None:
            set_put(result, member, h)
            if len(result) >= len(s):
                break
    return result


def set_intersection(s, *others):
    result = s if others else set(s)
    for other in others:
        result = set_common(result, other)
    return like(s, result)


def set_intersection_update(s, *others):
    _set_replace(s, set_intersection(s, *others))


def set_drop(s, member, h):
    place = set_find(s, member, h)
    if place is not None:
        _set_delete(s, place)
    return place is not None


def set_difference(s, first, *others):
    result = set_without(s, first)
    set_difference_update(result, *others)
    return like(s, result)


def set_without(s, other):
    plain = isinstance(other, (set, frozenset))
    if not (plain or type(other) is dict) or len(s) >> 2 > len(other):
        result = set(s)
        set_difference_update(result, other)
        return result
    find = set_find if plain else dict_find
    result = set()
    for member, h in _set_hashes(s):
        if find(other, member, h) is None:
            set_put(result, member, h)
    return result


def set_difference_update(s, *others):
    for other in others:
        if s is other:
            _set_replace(s, ())
        elif isinstance(other, (set, frozenset)):
            if len(other) >> 3 > len(s):
                other = set_common(s, other)
            for member, h in _set_hashes(other):
                set_drop(s, member, h)
        else:
            for member in other:
                set_drop(s, member, member_hash(member))
        _set_tidy(s)


def set_symmetric_difference(s, other):
    result = set(other)
    set_symmetric_difference_update(result, s)
    return like(s, result)


def set_symmetric_difference_update(s, other):
    if s is other:
        return _set_replace(s, ())
    if type(other) is dict:
        members = [*zip(other, _dict_hashes(other))]
    else:
        # Items that come more than once count once.
        members = _set_hashes(other if isinstance(other, (set, frozenset)) else set(other))
    for member, h in members:
        if not set_drop(s, member, h):
            set_put(s, member, h)


def set_iand(me, s, other):
    set_intersection_update(s, other)
    return me


def set_ior(me, s, other, done):
    set_update_from(s, other, done)
    return me


def set_isub(me, s, other):
    set_difference_update(s, other)
    return me


def set_ixor(me, s, other):
    set_symmetric_difference_update(s, other)
    return me


def set_isdisjoint(s, other):
    if isinstance(other, (set, frozenset)):
        if len(other) > len(s):
            s, other = other, s
        for member, h in _set_hashes(other):
            if set_find(s, member, h) is not None:
                return False
    else:
        for member in other:
            if set_find(s, member, member_hash(member)) is not None:
                return False
    return True


def set_includes(large, small):
    for member, h in _set_hashes(small):
        if set_find(large, member, h) is None:
            return False
    return True


def set_issubset(s, other):
    if isinstance(other, (set, frozenset)):
        return len(s) <= len(other) and set_includes(other, s)
    return len(set_common(s, other)) == len(s)


def set_issuperset(s, other):
    if isinstance(other, (set, frozenset)):
        return len(other) <= len(s) and set_includes(s, other)
    for member in other:
        if set_find(s, member, member_hash(member)) is None:
            return False
    return True


def set_eq(a, b, wanted):
    return (len(a) == len(b) and set_includes(b, a)) is wanted


def set_order(a, b, symbol):
    if symbol == "<":
        return len(a) < len(b) and set_includes(b, a)
    if symbol == "<=":
        return len(a) <= len(b) and set_includes(b, a)
    if symbol == ">":
        return len(a) > len(b) and set_includes(a, b)
    return len(a) >= len(b) and set_includes(a, b)


# Patterns.


def match_keys(subject, keys):
    get = subject.get
    absent = []
    seen = []
    values = []
    for key in keys:
        if key in seen:
            raise ValueError(f"mapping pattern checks duplicate key ({key!r})")
        seen.append(key)
        value = get(key, absent)
        if value is absent:
            return None
        values.append(value)
    return tuple(values)


def match_rest(subject, keys):
    rest = {}
    rest.update(subject)
    for key in keys:
        del rest[key]
    return rest


def match_class_in_python(subject, cls, count, names):
    if not isinstance(cls, type):
        raise TypeError("called match pattern must be a class")
    if not isinstance(subject, cls):
        return None
    seen = []
    values = []
    if count:
        own = _self_matching(cls)
        try:
            positional = cls.__match_args__
            own = False
        except AttributeError:
            positional = ()
        if type(positional) is not tuple:
            raise TypeError(f"{cls.__name__}.__match_args__ must be a tuple (got {_type_name(positional)})")
        allowed = 1 if own else len(positional)
        if allowed < count:
            plural = "" if allowed == 1 else "s"
            raise TypeError(
                f"{cls.__name__}() accepts {allowed} positional sub-pattern{plural} ({count} given)"
            )
        if own:
            values.append(subject)
        else:
            for place in range(count):
                name = positional[place]
                if type(name) is not str:
                    raise TypeError(f"__match_args__ elements must be strings (got {_type_name(name)})")
                if name in seen:
                    raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute {name!r}")
                seen.append(name)
                try:
                    values.append(getattr(subject, name))
                except AttributeError:
                    return None
    for name in names:
        if name in seen:
            raise TypeError(f"{cls.__name__}() got multiple sub-patterns for attribute {name!r}")
        seen.append(name)
        try:
            values.append(getattr(subject, name))
        except AttributeError:
            return None
    return tuple(values)
