# What functions and other things that are called, modules and mapping proxies must ask Python code for.


def annotations_by(owner, annotate):
    annotations = annotate(1)
    if not isinstance(annotations, dict):
        raise TypeError(f"__annotate__ returned non-dict of type '{_type_name(annotations)}'")
    return _set_annotations(owner, annotations)


def mappings_equal(left, right):
    return left == right


def mappings_joined(left, right):
    return left | right


def hash_behind(mapping):
    return hash(mapping)


def cache_missed(cache, key, function, args, kwds):
    result = function(*args, **kwds)
    _cache_store(cache, key, result)
    return result


def cache_missed_one(cache, key, function, arg):
    result = function(arg)
    _cache_store(cache, key, result)
    return result


def cmp_to_key(mycmp):
    from functools import _key_function
    return _key_function(mycmp)


def cache_call(cache, key, function, args, kwds):
    # The key is hashed or compared by code of the program: it is hashed once.
    from functools import _HashedKey
    key = _HashedKey(key)
    results = _cache_results(cache)
    found = results.get(key, results)
    if found is results:
        _cache_count(cache, False)
        result = function(*args, **kwds)
        cache_store(cache, key, result)
        return result
    _cache_count(cache, True)
    if _cache_most(cache) is not None:
        del results[key]
        results[key] = found
    return found


def cache_store(cache, key, result):
    results = _cache_results(cache)
    most = _cache_most(cache)
    if most is not None and key not in results and len(results) >= most:
        del results[next(iter(results))]
    results[key] = result


def partial_repr(self):
    from functools import _partial_repr
    return _partial_repr(self)


def partial_reduce(self):
    return type(self), (self.func,), (self.func, self.args, self.keywords, self.__dict__ or None)


def partial_setstate(self, state):
    if not isinstance(state, tuple) or len(state) != 4:
        raise TypeError("invalid partial state")
    function, args, keywords, namespace = state
    if (
        not callable(function) or not isinstance(args, tuple)
        or keywords is not None and not isinstance(keywords, dict)
        or namespace is not None and not isinstance(namespace, dict)
    ):
        raise TypeError("invalid partial state")
    if type(keywords) is not dict:
        keywords = dict(keywords or {})
    _partial_set(self, function, args if type(args) is tuple else tuple(args), keywords)
    self.__dict__.clear()
    self.__dict__.update(namespace or {})


def get_items(obj, items):
    if len(items) == 1:
        return obj[items[0]]
    return tuple([obj[item] for item in items])


def get_attributes(obj, paths):
    values = []
    for path in paths:
        value = obj
        for name in path:
            value = getattr(value, name)
        values.append(value)
    return values[0] if len(values) == 1 else tuple(values)


def call_method(obj, name, args, kwds):
    return getattr(obj, name)(*args, **kwds)


def getter_repr(name, args, kwds):
    parts = [repr(arg) for arg in args]
    if kwds:
        parts.extend([f"{key}={value!r}" for key, value in kwds.items()])
    return f"operator.{name}({', '.join(parts)})"


def getter_reduce(cls, args, kwds):
    if not kwds:
        return cls, args
    from functools import partial
    return partial(cls, args[0], **kwds), args[1:]


def reduce(function, iterable):
    iterator = iter_or(iterable, "reduce() arg 2 must support iteration")
    items = steppable(iterator)
    for value in items:
        break
    else:
        raise TypeError("reduce() of empty iterable with no initial value")
    return reduce_items(function, items, value)


def reduce_from(function, iterable, value):
    return reduce_items(function, steppable(iter_or(iterable, "reduce() arg 2 must support iteration")), value)


def reduce_items(function, items, value):
    for item in items:
        value = function(value, item)
    return value
