# Text and numbers: what must ask methods of the program's classes.


def call_special(method, receiver, /, *args, **kwds):
    bind = getattr(type(method), '__get__', None)
    if bind is not None:
        method = bind(method, receiver, type(receiver))
    return method(*args, **kwds)


def repr_of(value):
    return checked_repr(_special(value, '__repr__')())


def checked_repr(shown):
    if not isinstance(shown, str):
        raise TypeError('__repr__ returned non-string (type ' + _type_name(shown) + ')')
    return shown


def str_of(value):
    return checked_str(_special(value, '__str__')())


def checked_str(shown):
    if not isinstance(shown, str):
        raise TypeError('__str__ returned non-string (type ' + _type_name(shown) + ')')
    return shown


def ascii_of(value):
    shown = repr_of(value)
    return shown if shown.isascii() else _escape_non_ascii(shown)


def repr_in_python(value):
    head, tail, items, pairs, again = _repr_parts(value)
    if not _repr_enter(value) and again is not None:
        return again
    try:
        shown = []
        for item in items:
            shown.append(repr(item))
    finally:
        _repr_leave(value)
    if pairs:
        shown = [shown[n] + ': ' + shown[n + 1] for n in range(0, len(shown), 2)]
    return head + ', '.join(shown) + tail


def hash_of(value):
    return checked_hash(_special(value, '__hash__')())


def checked_hash(number):
    return _hash_int(number)


def format_of(value, spec):
    shown = _special(value, '__format__')(spec)
    if not isinstance(shown, str):
        raise TypeError('__format__ must return a str, not ' + _type_name(shown))
    return shown


def format_converted(value, conversion, spec):
    if conversion == 'r':
        value = repr(value)
    elif conversion == 'a':
        value = ascii(value)
    else:
        value = str(value)
    return format(value, spec)


def str_new(cls, value):
    return _str_wrap(cls, str_of(value))


def str_format(template, args, named):
    return format_template(template, args, named, [0, False], 2)


def format_template(template, args, named, numbering, depth):
    if depth == 0:
        raise ValueError('Max string recursion exceeded')
    out = []
    piece = ''
    for literal, name, spec, conversion in _format_parts(template):
        if not isinstance(literal, str):
            raise literal
        piece = ''
        if literal:
            out.append(literal)
        if name is None:
            continue
        first, steps = _format_field(name)
        value = format_argument(first, args, named, numbering)
        for is_attribute, key in steps:
            if is_attribute is None:
                raise key
            if is_attribute:
                value = getattr(value, key)
            else:
                value = value[key]
        if conversion == 'r':
            value = repr(value)
        elif conversion == 's':
            value = str(value)
        elif conversion == 'a':
            value = ascii(value)
        elif conversion is not None:
            _format_conversion(conversion)
        if '{' in spec:
            spec = format_template(spec, args, named, numbering, depth - 1)
        piece = format(value, spec)
        if str.__len__(piece):
            out.append(piece)
    # What is all of the text is the text, of whatever class it is.
    return piece if out and len(out) == 1 and out[0] is piece else ''.join(out)


def format_argument(first, args, named, numbering):
    if first == '':
        if numbering[1]:
            raise ValueError('cannot switch from manual field specification to automatic field numbering')
        first = numbering[0]
        numbering[0] += 1
    elif type(first) is int:
        if numbering[0] > 0:
            raise ValueError('cannot switch from automatic field numbering to manual field specification')
        numbering[1] = True
    else:
        return named[first]
    if args is None:
        raise ValueError('Format string contains positional fields')
    if first >= len(args):
        raise IndexError(f'Replacement index {first} out of range for positional args tuple')
    return args[first]


def percent_in_python(template, args, asked):
    # One directive after another: what is wrong with the next is told when this one's value has been asked.
    want = answer = None
    while type(asked) is tuple:
        want, value, *_ = asked
        answer = args[value] if want == 'key' else percent_converted(want, value)
        asked = _percent_go_on(template, args, asked, answer)
    if want in ('s', 'r', 'a') and type(answer) is not str and template[0] == '%' and template.count('%') == 1:
        # What is all of the text is the text, of whatever class it is.
        if isinstance(answer, str) and asked and str.__eq__(asked, answer):
            return answer
    return asked


def percent_converted(want, value):
    # A value that cannot be converted stays as it is, for the complaint about it.
    if want == 's':
        return str(value)
    if want == 'r':
        return repr(value)
    if want == 'a':
        return ascii(value)
    if want == 'b':
        return bytes(value)
    if want == 'f':
        return float(value)
    if want == 'C':
        return index(value)
    try:
        if want == 'd':
            return int(value)
        if want == 'F':
            return float(value)
        return index(value)
    except BaseException as error:
        if want != 'F' and not isinstance(error, TypeError):
            raise
        return value


def int_new(cls, value):
    method = _special(value, '__int__')
    if method is None:
        return _int_wrap(cls, index(value))
    return _int_wrap(cls, number_of(int, '__int__', method()))


def bad_literal(complaint, value, most):
    raise ValueError(complaint + repr(value)[:most])


def float_new(cls, value):
    return _float_wrap(cls, to_float(value))


def invert_bool(number):
    warn_deprecated(
        "Bitwise inversion '~' on bool is deprecated and will be removed in Python 3.16. This returns the bitwise inversion"
        " of the underlying int object and is usually not what you expect from negating a bool. Use the 'not' operator for"
        " boolean negation or ~int(x) if you really want the bitwise inversion of the underlying int."
    )
    return ~number


def complex_new(cls, real, imag, both):
    number = complex_of(real)
    if not both:
        return _complex_make(cls, number)
    if isinstance(number, complex) and not hasattr(type(real), '__float__') and not hasattr(type(real), '__index__'):
        warn_deprecated(f"complex() argument 'real' must be a real number, not {_type_name(real)}")
    if isinstance(imag, complex):
        warn_deprecated(f"complex() argument 'imag' must be a real number, not {_type_name(imag)}")
    elif hasattr(type(imag), '__float__') or hasattr(type(imag), '__index__'):
        imag = to_float(imag)
    else:
        raise TypeError(f"complex() argument 'imag' must be a real number, not {_type_name(imag)}")
    return _complex_make(cls, number, imag)


def complex_of(value):
    method = _special(value, '__complex__')
    if method is not None:
        return number_of(complex, '__complex__', method())
    if isinstance(value, (int, float)) or _has_special(value, '__float__') or _has_special(value, '__index__'):
        # A real number has no imaginary part that could be added to another.
        return to_float(value)
    return value


def to_bytes(value):
    made = _special(value, '__bytes__')()
    if not isinstance(made, bytes):
        raise TypeError(f'__bytes__ returned non-bytes (type {_type_name(made)})')
    return made


def bytes_new(cls, value):
    made = to_bytes(value)
    return made if cls is bytes else _bytes_wrap(cls, made)


def str_translate(text, table):
    out = []
    for character in text:
        try:
            made = table[ord(character)]
        except LookupError:
            out.append(character)
            continue
        if made is None:
            continue
        if isinstance(made, str):
            out.append(made)
        elif isinstance(made, int):
            if not 0 <= made < 0x110000:
                raise ValueError('character mapping must be in range(0x110000)')
            out.append(chr(made))
        else:
            raise TypeError('character mapping must return integer, None or str')
    return ''.join(out)


def encode_other(text, encoding, errors, known):
    import codecs

    if known:
        return codecs.encode_with_handler(text, encoding, codecs.lookup_error(errors))
    return codecs.text_codec(encoding, 'encode').encode(text, errors)[0]


def decode_other(data, encoding, errors, known):
    import codecs

    if known:
        return codecs.decode_with_handler(bytes(data), encoding, codecs.lookup_error(errors))
    return codecs.text_codec(encoding, 'decode').decode(data, errors)[0]


def divmod_of(a, b):
    result = binary_of(a, b, '__divmod__', '__rdivmod__')
    if result is NotImplemented:
        raise TypeError(f"unsupported operand type(s) for divmod(): '{_type_name(a)}' and '{_type_name(b)}'")
    return result


def pow_of(base, exponent):
    result = binary_of(base, exponent, '__pow__', '__rpow__')
    if result is NotImplemented:
        names = f"'{_type_name(base)}' and '{_type_name(exponent)}'"
        raise TypeError(f'unsupported operand type(s) for ** or pow(): {names}')
    return result


def binary_of(left, right, name, reflected):
    # The operand on the right is asked first where its class derives from the other's and has a method of its own.
    answers = type(left) is not type(right) and _has_special(right, reflected)
    if answers and type.__subclasscheck__(type(left), type(right)):
        if _lookup_type(type(right), reflected) is not _lookup_type(type(left), reflected):
            result = _special(right, reflected)(left)
            if result is not NotImplemented:
                return result
            answers = False
    if _has_special(left, name):
        result = _special(left, name)(right)
        if result is not NotImplemented:
            return result
    return _special(right, reflected)(left) if answers else NotImplemented


def power_of(value):
    # Whose power a number has: a builtin class's, or that of classes in Python, which all have the same.
    cls = type(value)
    for kind in (int, float, complex):
        if isinstance(value, kind):
            own = [_lookup_type(cls, name) is _lookup_type(kind, name) for name in ('__pow__', '__rpow__')]
            return kind if all(own) else object
    return object if _has_special(value, '__pow__') or _has_special(value, '__rpow__') else None


def pow_mod_of(base, exponent, modulus):
    asked = [power_of(base), power_of(exponent), power_of(modulus)]
    if asked[0] is not None and type(exponent) is not type(base) and isinstance(exponent, type(base)):
        asked[:2] = asked[1::-1]
    for place, kind in enumerate(asked):
        if kind is not None and kind not in asked[:place]:
            result = pow_mod_by(kind, base, exponent, modulus)
            if result is not NotImplemented:
                return result
    names = [_type_name(value) for value in (base, exponent, modulus)]
    raise TypeError(f"unsupported operand type(s) for ** or pow(): '{names[0]}', '{names[1]}', '{names[2]}'")


def pow_mod_by(kind, base, exponent, modulus):
    if kind is float:
        raise TypeError('pow() 3rd argument not allowed unless all arguments are integers')
    if kind is int:
        if isinstance(base, int) and isinstance(exponent, int) and isinstance(modulus, int):
            return int.__pow__(base, exponent, modulus)
        return NotImplemented
    if kind is complex:
        if isinstance(base, (int, float, complex)) and isinstance(exponent, (int, float, complex)):
            raise ValueError('complex modulo')
        return NotImplemented
    for value, other, name in ((base, exponent, '__pow__'), (exponent, base, '__rpow__')):
        if power_of(value) is object and _has_special(value, name):
            result = _special(value, name)(other, modulus)
            if result is not NotImplemented:
                return result
    return NotImplemented
