# Regular expressions: what calls a function for each match, or raises an exception of the module.


def re_substitute(pattern, replace, string, most, counted):
    if not callable(replace):
        raise TypeError(f"decoding to str: need a bytes-like object, {_type_name(replace)} found")
    scanner = _re_scanner(pattern, string)
    pieces = []
    count = end = 0
    while not most or count < most:
        match = _re_search(scanner)
        if match is None:
            break
        start, stop = _re_span(match)
        if end < start:
            pieces.append(_re_part(pattern, string, end, start))
        piece = replace(match)
        if piece is not None:
            pieces.append(piece)
        end = stop
        count += 1
    last = _re_part(pattern, string, end, None)
    if last:
        pieces.append(last)
    if len(pieces) == 1 and type(pieces[0]) is type(last):
        result = pieces[0]
    else:
        result = last[:0].join(pieces)
    return (result, count) if counted else result


def re_bad_template(template, error):
    import re
    raise re.PatternError(error[0], template, error[1])


def re_reduce(pattern):
    import re
    return re._compile, (pattern.pattern, pattern.flags)
