# What iterator adaptors tell and take of where they stand. Which function steps one is its kind; where an item of it is out,
# what is counted is one further than it says, since the count goes on when the next item is wanted.


def adaptor_reduce(iterator):
    function, out, held = _adaptor_state(iterator)
    cls = type(iterator)
    if function == "sequence_items":
        sequence, place = held
        return (iter, (sequence,), place + out) if type(sequence) is not tuple else (iter, ((),))
    if function == "callable_items":
        return (iter, held) if held[0] is not stop_again else (iter, ((),))
    if function == "reversed_items":
        return (cls, held[:1], held[1] - 1) if held and held[1] else (cls, ((),))
    if function == "enumerate_items":
        return cls, (stepped(held[0]), held[1])
    if function == "zip_two":
        return cls, (stepped(held[0]), stepped(held[1]))
    if function == "zip_items":
        made = cls, tuple([stepped(source) for source in held[0]])
        return (*made, True) if held[1] else made
    if function == "map_two" or function == "map_many":
        _, sources, *strict = held[1].__reduce__()
        return cls, (held[0], *sources), *strict
    if function == "map_one" or function == "filter_true" or function == "filter_items":
        return cls, (held[0], stepped(held[1]))
    raise TypeError(f"cannot pickle '{_type_name(iterator)}' object")


def stepped(iterator):
    # The iterator of the program that a generator of the prelude steps in its place.
    function, _, held = _adaptor_state(iterator)
    return held[0] if function == "steps" and held else iterator


def adaptor_length_hint(iterator):
    function, out, held = _adaptor_state(iterator)
    if not held:
        return 0
    if function == "sequence_items":
        sequence, place = held
        if _special(sequence, "__len__") is None:
            return 0 if type(sequence) is tuple else NotImplemented
        return max(len(sequence) - place - out, 0)
    if function == "reversed_items":
        sequence, left = held
        return 0 if not left or len(sequence) < left else left
    return NotImplemented


def adaptor_set_state(iterator, state):
    function, out, held = _adaptor_state(iterator)
    if function == "sequence_items" or function == "reversed_items":
        if not isinstance(state, int):
            raise TypeError("an integer is required")
        if not -9223372036854775808 <= state <= 9223372036854775807:
            raise OverflowError("Python int too large to convert to C ssize_t")
        if not held:
            return
        if function == "sequence_items":
            _adaptor_set(iterator, 1, max(state, 0) - out)
        else:
            _adaptor_set(iterator, 1, min(max(state, -1), len(held[0]) - 1) + 1)
    elif function == "zip_items":
        _adaptor_set(iterator, 1, bool(state))
    elif function == "map_many":
        adaptor_set_state(held[1], state)
    elif state and function != "map_one":
        raise NotImplementedError("an iterator made without strict=True cannot become strict")
