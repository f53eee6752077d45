# What functions, modules and mapping proxies must ask Python code for.


def annotations_by(owner, annotate):
    annotations = annotate(1)
    if not isinstance(annotations, dict):
        raise TypeError(f"__annotate__ returned non-dict of type '{type(annotations).__name__}'")
    return _set_annotations(owner, annotations)


def mappings_equal(left, right):
    return left == right


def mappings_joined(left, right):
    return left | right


def hash_behind(mapping):
    return hash(mapping)
