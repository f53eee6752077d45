//! The comparison methods of numbers and texts. They answer `NotImplemented` for what they do not know.

use super::text::buffer;
use crate::object::equality::{Answer, equal};
use crate::object::native::NativeDef;
use crate::object::{Bytes, Kind, Str, Value, arithmetic};
use crate::vm::{NativeResult, Vm};
use std::cmp::Ordering;

/// `a` and `b` as their builtin objects.
type Order = fn(&Value, &Value) -> Option<Option<Ordering>>;

macro_rules! orders {
    ($( $(#[doc = $doc:literal])* $table:ident = $order:path; )*) => { $(
        $(#[doc = $doc])*
        pub static $table: &[NativeDef] = &[
            NativeDef {
                signature: "__eq__(self, value, /)",
                call: |_, args| answer(args, $order, Ordering::is_eq, false),
                doc: "Return self==value.",
                quick: None,
            },
            NativeDef {
                signature: "__ne__(self, value, /)",
                call: |_, args| answer(args, $order, Ordering::is_ne, true),
                doc: "Return self!=value.",
                quick: None,
            },
            NativeDef {
                signature: "__lt__(self, value, /)",
                call: |_, args| answer(args, $order, Ordering::is_lt, false),
                doc: "Return self<value.",
                quick: None,
            },
            NativeDef {
                signature: "__le__(self, value, /)",
                call: |_, args| answer(args, $order, Ordering::is_le, false),
                doc: "Return self<=value.",
                quick: None,
            },
            NativeDef {
                signature: "__gt__(self, value, /)",
                call: |_, args| answer(args, $order, Ordering::is_gt, false),
                doc: "Return self>value.",
                quick: None,
            },
            NativeDef {
                signature: "__ge__(self, value, /)",
                call: |_, args| answer(args, $order, Ordering::is_ge, false),
                doc: "Return self>=value.",
                quick: None,
            },
        ];
    )* };
}

orders! {
    /// Of `int`, which compares with ints only.
    INT = ints;
    /// Of `float`, which compares with ints too.
    FLOAT = arithmetic::compare;
    /// Of `str`.
    STR = strings;
    /// Of `bytes`, which leaves it to others to compare with them.
    BYTES = plain_bytes;
    /// Of `bytearray`.
    BYTEARRAY = byte_strings;
}

/// Of `complex`, which has no order.
pub static COMPLEX: &[NativeDef] = &[
    NativeDef { signature: "__eq__(self, value, /)", call: complex_eq, doc: "Return self==value.", quick: None },
    NativeDef { signature: "__ne__(self, value, /)", call: complex_ne, doc: "Return self!=value.", quick: None },
    NativeDef { signature: "__lt__(self, value, /)", call: unordered, doc: "Return self<value.", quick: None },
    NativeDef { signature: "__le__(self, value, /)", call: unordered, doc: "Return self<=value.", quick: None },
    NativeDef { signature: "__gt__(self, value, /)", call: unordered, doc: "Return self>value.", quick: None },
    NativeDef { signature: "__ge__(self, value, /)", call: unordered, doc: "Return self>=value.", quick: None },
];

fn answer(args: &[Value], order: Order, holds: fn(Ordering) -> bool, unordered: bool) -> NativeResult {
    Ok(match order(args[0].payload(), args[1].payload()) {
        None => Value::NOT_IMPLEMENTED,
        Some(order) => Value::bool(order.map_or(unordered, holds)),
    })
}

fn ints(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    if a.is_integer() && b.is_integer() { arithmetic::compare(a, b) } else { None }
}

/// The order of two strings, or of two bytes-like objects; `None` for any other pair. WTF-8 sorts as code points do.
pub(crate) fn strings(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    Some(Some(a.get::<Str>()?.as_bytes().cmp(b.get::<Str>()?.as_bytes())))
}

/// The order of two bytes-like objects; `None` for any other pair.
pub(crate) fn byte_strings(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    Some(Some((*buffer(a)?).cmp(&buffer(b)?)))
}

fn plain_bytes(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    Some(Some(a.get::<Bytes>()?.data.cmp(&b.get::<Bytes>()?.data)))
}

fn is_number(value: &Value) -> bool {
    value.is_kind(Kind::Complex) || value.as_float().is_some() || value.is_integer()
}

fn complex_equal(args: &[Value]) -> Option<bool> {
    let (a, b) = (args[0].payload(), args[1].payload());
    (is_number(a) && is_number(b)).then(|| equal(a, b) == Answer::Yes)
}

fn complex_eq(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(complex_equal(args).map_or(Value::NOT_IMPLEMENTED, Value::bool))
}

fn complex_ne(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(complex_equal(args).map_or(Value::NOT_IMPLEMENTED, |same| Value::bool(!same)))
}

fn unordered(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NOT_IMPLEMENTED)
}
