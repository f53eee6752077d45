# Copies of suspended frames, for the module `copy`: of a generator, coroutine or iterator adaptor, with the frames it
# delegates to and the iterators of the `for` loops it is in. The copies go on independently of the originals.


def fork(obj, memo, copy, deep):
    # `memo` knows copies by the id of the original; `copy` copies an iterator that is neither a frame nor native;
    # `deep` is `None`, or copies what is shared otherwise.
    waiting = []
    made = fork_iterator(obj, memo, copy, deep, waiting)
    # Not by recursion: a chain of delegation may be longer than the control stack may be deep.
    while waiting:
        fork_parts(waiting.pop(), memo, copy, deep, waiting)
    return made


def fork_frame(frame, memo, waiting):
    key = id(frame)
    if key not in memo:
        memo[key] = _clone_frame(frame)
        waiting.append(memo[key])
    return memo[key]


def fork_parts(frame, memo, copy, deep, waiting):
    parts = _frame_parts(frame)
    cells = []
    for index, role, value in parts:
        if role == 'cell':
            if id(value) not in memo:
                memo[id(value)] = _clone_cell(value)
                cells.append(memo[id(value)])
            _set_frame_part(frame, index, memo[id(value)])
    function = _frame_function(frame)
    if function is not None:
        _set_frame_function(frame, fork_function(function, memo))
    # Iterators first: a variable that holds one of them holds its copy.
    parts.sort(key=is_value)
    over = set()
    for index, role, value in parts:
        if role == 'iterator':
            partner = value
            while partner is not None:
                over.add(id(partner))
                partner = _passes_to(partner)
            value = fork_iterator(value, memo, copy, deep, waiting)
        elif role == 'items':
            value = type(value)([fork_iterator(item, memo, share, deep, waiting) for item in value])
        elif role == 'sources':
            # `chain` holds the iterables it has not come to yet.
            value = iter([fork_iterator(item, memo, share, deep, waiting) for item in _clone_iterator(value)])
        elif role == 'value':
            value = fork_value(value, memo, deep, over)
        else:
            continue
        _set_frame_part(frame, index, value)
    for cell in cells:
        try:
            value = cell.cell_contents
        except ValueError:
            continue
        cell.cell_contents = fork_value(value, memo, deep, over)


def is_value(part):
    return part[1] == 'value'


def fork_value(value, memo, deep, over):
    if id(value) in over:
        return memo[id(value)]
    # A function that shares variables with the frame shares them with its copy now.
    if type(value) is type(share):
        return fork_function(value, memo)
    if deep is None:
        return value
    made = deep(value)
    if made is not value and isinstance(value, BaseException):
        # The frame may be handling it, and `copy` makes exceptions anew from their arguments.
        made.__cause__, made.__context__ = value.__cause__, value.__context__
        made.__suppress_context__, made.__traceback__ = value.__suppress_context__, value.__traceback__
    return made


def fork_function(function, memo):
    closure = function.__closure__
    if closure is None:
        return function
    cells = tuple([memo.get(id(cell), cell) for cell in closure])
    for old, new in zip(closure, cells):
        if old is not new:
            return _close_over(function, cells)
    return function


def fork_iterator(iterator, memo, copy, deep, waiting):
    if _is_frame(iterator):
        return fork_frame(iterator, memo, waiting)
    key = id(iterator)
    if key not in memo:
        memo[key] = fork_native(iterator, memo, copy, deep, waiting)
    return memo[key]


def fork_native(iterator, memo, copy, deep, waiting):
    partner = _passes_to(iterator)
    if partner is not None:
        return _passing_to(iterator, fork_iterator(partner, memo, copy, deep, waiting))
    made = _clone_iterator(iterator)
    if made is None:
        return (deep or copy)(iterator)
    sources = _iterator_sources(made)
    values = _iterator_values(made)
    if values is not None:
        _set_iterator_sources(made, [fork_iterator(source, memo, copy, deep, waiting) for source in sources])
        if deep is not None:
            _set_iterator_values(made, [deep(value) for value in values])
    elif type(made) is type(iter([])):
        if deep is not None:
            _set_iterator_sources(made, [deep(source) for source in sources])
    elif sources:
        _set_iterator_sources(made, [fork_iterator(source, memo, copy, deep, waiting) for source in sources])
    elif deep is not None:
        return iter(deep(list(made)))
    return made


def share(value):
    return value
