//! Which methods stand for an operation of the language.

/// Is the method `name` of `owner` what CPython calls a slot wrapper: the special method behind an operation of the language?
/// Its complaints are shorter.
pub(super) fn is_slot(name: &str, owner: &str) -> bool {
    #[rustfmt::skip]
    const SLOTS: &[&str] = &[
        "__abs__", "__add__", "__and__", "__bool__", "__call__", "__contains__", "__delattr__", "__delete__",
        "__delitem__", "__divmod__", "__eq__", "__float__", "__floordiv__", "__ge__", "__get__", "__getattribute__",
        "__getitem__", "__gt__", "__hash__", "__iadd__", "__iand__", "__ifloordiv__", "__ilshift__", "__imod__",
        "__imul__", "__index__", "__init__", "__int__", "__invert__", "__ior__", "__ipow__", "__irshift__",
        "__isub__", "__iter__", "__itruediv__", "__ixor__", "__le__", "__len__", "__lshift__", "__lt__", "__matmul__",
        "__mod__", "__mul__", "__ne__", "__neg__", "__next__", "__or__", "__pos__", "__pow__", "__radd__", "__rand__",
        "__rdivmod__", "__repr__", "__rfloordiv__", "__rlshift__", "__rmatmul__", "__rmod__", "__rmul__", "__ror__",
        "__rpow__", "__rrshift__", "__rshift__", "__rsub__", "__rtruediv__", "__rxor__", "__set__", "__setattr__",
        "__setitem__", "__str__", "__sub__", "__truediv__", "__xor__",
    ];
    // These classes have faster methods of their own beside the slots.
    let own = match name {
        "__contains__" => matches!(owner, "dict" | "set" | "frozenset"),
        "__getitem__" => matches!(owner, "dict" | "list"),
        _ => false,
    };
    SLOTS.binary_search(&name).is_ok() && !own
}
