# Converters for `retry`, and the builtin functions over iterables and streams where they must call back.


def retry(native, args, n, converter, *told):
    args[n] = converter(args[n], *told)
    return _call_bound(native, args)


def index(value):
    if isinstance(value, int):
        return value
    method = _special(value, "__index__")
    if method is None:
        raise TypeError(f"'{_type_name(value)}' object cannot be interpreted as an integer")
    return int(number_of(int, "__index__", method()))


def number_of(kind, method, number):
    # What a method gave that must give a number of this class.
    if type(number) is kind:
        return number
    complaint = f"{method} returned non-{kind.__name__} (type {_type_name(number)})"
    if not isinstance(number, kind):
        raise TypeError(complaint)
    warn_deprecated(
        f"{complaint}.  The ability to return an instance of a strict subclass of {kind.__name__} is deprecated,"
        " and may be removed in a future version of Python."
    )
    return number


def warn_deprecated(message):
    import warnings

    warnings.warn(message, DeprecationWarning)


def to_list(iterable):
    return [*iterable]


def to_items(iterable):
    return [item for item in iterable]


def to_sequence(iterable, complaint):
    # The iterator is asked how long it will be, not what it goes through.
    return [*iter_or(iterable, complaint)]


def to_count(value):
    count = index(value)
    if not -9223372036854775808 <= count <= 9223372036854775807:
        raise OverflowError(f"cannot fit '{_type_name(value)}' into an index-sized integer")
    return count


def to_size(value, made):
    # How many bytes to make. What has an __index__ that fails may still be gone through.
    try:
        return to_count(value)
    except TypeError:
        pass
    return to_bytes_items(value, made)


def to_bytes_items(iterable, made):
    iterator = iter_or(iterable, f"cannot convert '{_type_name(iterable)}' object to {made}")
    if made == "bytes":
        length_hint(iterable, 64)
    return byte_items(iterator, "bytes" if made == "bytes" else "byte")


def to_extension(iterable):
    iterator = iter_or(iterable, f"can't extend bytearray with {_type_name(iterable)}")
    length_hint(iterable, 32)
    return byte_items(iterator, "byte")


def to_bytes_in(items, what):
    return byte_items(iter(items), what)


def byte_items(iterator, what):
    numbers = []
    for item in steppable(iterator):
        number = index(item)
        if not 0 <= number <= 255:
            raise ValueError(f"{what} must be in range(0, 256)")
        numbers.append(number)
    return numbers


def to_float(value):
    if type(value) is float:
        return value
    method = _special(value, "__float__")
    if method is None:
        return float(_index(value))
    return number_of(float, f"{_type_name(value)}.__float__", method())


def to_str(value):
    return str(value)


def to_bool(value):
    return not not value


def checked_bool(result):
    raise TypeError(f"__bool__ should return bool, returned {_type_name(result)}")


def len_of(value):
    return checked_len(_special(value, "__len__")())


def checked_len(result):
    if type(result) is int and 0 <= result <= 9223372036854775807:
        return result
    result = index(result)
    if result < 0:
        raise ValueError("__len__() should return >= 0")
    if result > 9223372036854775807:
        raise OverflowError("cannot fit 'int' into an index-sized integer")
    return int(result)


def all_of(iterable):
    for item in iterable:
        if not item:
            return False
    return True


def any_of(iterable):
    for item in iterable:
        if item:
            return True
    return False


def fold(generator, number, state, *aside):
    # For an outcome that is not for a register of the caller.
    return _fold(generator, number, state, *aside)


def fold_again(adaptor, number, state, *aside):
    # One that is fetching an item gives others by its `__next__`.
    return _fold(steps(adaptor), number, state, *aside)


# A fold met an item that needs Python code.


def all_from(generator, state, item):
    return not not item and all_of(generator)


def any_from(generator, state, item):
    return not not item or any_of(generator)


def sum_from(generator, total, item):
    if isinstance(item, complex):
        return sum([item, *generator], total)
    return sum_up(generator, total + item)


def set_from(generator, members, item):
    merge_from(generator, members, item)
    return members


def frozenset_from(generator, members, item):
    merge_from(generator, members, item)
    return _set_frozen(members)


def merge_from(generator, members, item):
    set_put(members, item, member_hash(item))
    set_update_from(members, generator, 0)


def dict_from(generator, d, item, number):
    update_from(generator, d, item, number)
    return d


def update_from(generator, d, item, number):
    put_pair(d, item, number)
    put_pairs(d, generator, number + 1)


def max_from(generator, best, item):
    if item > best:
        best = item
    for item in generator:
        if item > best:
            best = item
    return best


def min_from(generator, best, item):
    if item < best:
        best = item
    for item in generator:
        if item < best:
            best = item
    return best


def sum_refused(iterable, complaint):
    iter(iterable)
    raise TypeError(complaint)


def sum_up(iterable, total):
    for item in iterable:
        total = total + item
    return total


def extreme(iterable, key, largest, *default):
    found = False
    best = best_key = None
    for item in iterable:
        item_key = item if key is None else key(item)
        if not found:
            found = True
        elif largest:
            if not item_key > best_key:
                continue
        elif not item_key < best_key:
            continue
        best, best_key = item, item_key
    if found:
        return best
    if default:
        return default[0]
    raise ValueError(f"{'max' if largest else 'min'}() iterable argument is empty")


def extreme_of(items, keys, key, largest):
    # The keys of the first items were asked for already.
    best = best_key = None
    for place, item in enumerate(items):
        item_key = keys[place] if place < len(keys) else key(item)
        if place == 0 or (item_key > best_key if largest else item_key < best_key):
            best, best_key = item, item_key
    return best


def print_to(values, separator, end, file, flush):
    if file is None:
        import sys

        try:
            file = sys.stdout
        except AttributeError:
            raise RuntimeError("lost sys.stdout") from None
        if file is None:
            return
    write = file.write
    if separator is None:
        separator = " "
    if end is None:
        end = "\n"
    first = True
    for value in values:
        if first:
            first = False
        else:
            write(separator)
        write(str(value))
    write(end)
    if flush:
        file.flush()


def input_from(*prompt):
    import sys

    for name in ("stdin", "stdout", "stderr"):
        if getattr(sys, name, None) is None:
            raise RuntimeError(f"input(): lost sys.{name}")
    sys.stderr.flush()
    if prompt:
        sys.stdout.write(str(prompt[0]))
    sys.stdout.flush()
    line = sys.stdin.readline()
    if not isinstance(line, str):
        raise TypeError("object.readline() returned non-string")
    if not line:
        raise EOFError("EOF when reading a line")
    return line[:-1] if line[-1] == "\n" else line


def open_file(file, mode, buffering, encoding, errors, newline, closefd, opener):
    from io import open

    return open(file, mode, buffering, encoding, errors, newline, closefd, opener)


def code_lnotab(code):
    warn_deprecated('co_lnotab is deprecated, use co_lines instead.')
    table = bytearray()
    line, offset = code.co_firstlineno, 0
    for start, _, here in code.co_lines():
        if here is None or here == line:
            continue
        further, lines = start - offset, here - line
        while further > 255:
            table += b'\xff\x00'
            further -= 255
        while not -128 <= lines <= 127:
            step = 127 if lines > 0 else -128
            table += bytes((further, step & 255))
            further, lines = 0, lines - step
        table += bytes((further, lines & 255))
        line, offset = here, start
    return bytes(table)
