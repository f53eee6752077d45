# What the functions of `operator` do where a machine is needed for it.


def operator_lt(a, b):
    return a < b


def operator_le(a, b):
    return a <= b


def operator_eq(a, b):
    return a == b


def operator_ne(a, b):
    return a != b


def operator_ge(a, b):
    return a >= b


def operator_gt(a, b):
    return a > b


def operator_not_(a):
    return not a


def operator_truth(a):
    return True if a else False


def operator_abs(a):
    return abs(a)


def operator_add(a, b):
    return a + b


def operator_and_(a, b):
    return a & b


def operator_floordiv(a, b):
    return a // b


def operator_index(a):
    return _index(a)


def operator_inv(a):
    return ~a


def operator_lshift(a, b):
    return a << b


def operator_modulo(a, b):
    return a % b


def operator_mul(a, b):
    return a * b


def operator_matmul(a, b):
    return a @ b


def operator_neg(a):
    return -a


def operator_or_(a, b):
    return a | b


def operator_pos(a):
    return +a


def operator_pow(a, b):
    return a**b


def operator_rshift(a, b):
    return a >> b


def operator_sub(a, b):
    return a - b


def operator_truediv(a, b):
    return a / b


def operator_xor(a, b):
    return a ^ b


def operator_concat(a, b):
    if not hasattr(a, "__getitem__"):
        raise TypeError(f"'{_type_name(a)}' object can't be concatenated")
    return a + b


def operator_contains(a, b):
    return b in a


def operator_iterator(a):
    return iter_or(a, f"argument of type '{_type_name(a)}' is not iterable")


def operator_count_of(a, b):
    count = 0
    for item in operator_iterator(a):
        if item is b or item == b:
            count += 1
    return count


def operator_delitem(a, b):
    del a[b]


def operator_getitem(a, b):
    return a[b]


def operator_index_of(a, b):
    for place, item in enumerate(operator_iterator(a)):
        if item is b or item == b:
            return place
    raise ValueError("sequence.index(x): x not in sequence")


def operator_setitem(a, b, c):
    a[b] = c


def operator_length_hint(obj, default):
    if not isinstance(default, int):
        raise TypeError(f"'{_type_name(default)}' object cannot be interpreted as an integer")
    try:
        return len(obj)
    except TypeError:
        pass
    hint = getattr(type(obj), "__length_hint__", None)
    if hint is None:
        return default
    try:
        value = hint(obj)
    except TypeError:
        return default
    if value is NotImplemented:
        return default
    if not isinstance(value, int):
        raise TypeError(f"__length_hint__ must be an integer, not {_type_name(value)}")
    if not -9223372036854775808 <= value <= 9223372036854775807:
        raise OverflowError("Python int too large to convert to C ssize_t")
    if value < 0:
        raise ValueError("__length_hint__() should return >= 0")
    return value


def operator_iadd(a, b):
    a += b
    return a


def operator_iand(a, b):
    a &= b
    return a


def operator_iconcat(a, b):
    if not hasattr(a, "__getitem__"):
        raise TypeError(f"'{_type_name(a)}' object can't be concatenated")
    a += b
    return a


def operator_ifloordiv(a, b):
    a //= b
    return a


def operator_ilshift(a, b):
    a <<= b
    return a


def operator_imod(a, b):
    a %= b
    return a


def operator_imul(a, b):
    a *= b
    return a


def operator_imatmul(a, b):
    a @= b
    return a


def operator_ior(a, b):
    a |= b
    return a


def operator_ipow(a, b):
    a **= b
    return a


def operator_irshift(a, b):
    a >>= b
    return a


def operator_isub(a, b):
    a -= b
    return a


def operator_itruediv(a, b):
    a /= b
    return a


def operator_ixor(a, b):
    a ^= b
    return a
