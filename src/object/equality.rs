//! Equality, as far as it needs no Python code.

use super::class::{Type, TypeFlags};
use super::dict::{Dict, DictView, Lookup, ViewKind};
use super::exception::Exception;
use super::float::Complex;
use super::foreign::Foreign;
use super::function::{CodeObject, Method};
use super::hashing::MAX_NESTING;
use super::instance::Instance;
use super::kind::Kind;
use super::list::List;
use super::range::{Range, Slice};
use super::set::Set;
use super::stack;
use super::string::{ByteArray, Bytes, Str};
use super::tuple::Tuple;
use super::value::Value;
use super::weak::WeakRef;
use super::{Integer, dict::MappingProxy};

/// What a native comparison came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Answer {
    /// They are equal.
    Yes,
    /// They are not.
    No,
    /// An `__eq__` written in Python must be asked.
    NeedsPython,
    /// Nested too deeply for the native stack.
    TooDeep,
}

impl From<bool> for Answer {
    fn from(yes: bool) -> Answer {
        if yes { Answer::Yes } else { Answer::No }
    }
}

/// `a is b or a == b`, as containers compare their items.
#[inline]
pub fn same(a: &Value, b: &Value) -> Answer {
    if a.is(b) { Answer::Yes } else { equal_nested(a, b, 0) }
}

/// `a == b`
#[inline]
pub fn equal(a: &Value, b: &Value) -> Answer {
    if let (Some(x), Some(y)) = (a.get::<Str>(), b.get::<Str>()) {
        return x.same(&y).into();
    }
    equal_nested(a, b, 0)
}

fn same_nested(a: &Value, b: &Value, depth: usize) -> Answer {
    if a.is(b) { Answer::Yes } else { equal_nested(a, b, depth) }
}

/// Would comparing this value run Python code?
pub fn has_custom_eq(value: &Value) -> bool {
    let flags = match value.kind() {
        Some(Kind::Instance) => value.get::<Instance>().map(|instance| instance.class().flags()),
        Some(Kind::Exception) => value.get::<Exception>().map(|exception| exception.class().flags()),
        Some(Kind::Type) => value.get::<Type>().and_then(|class| class.metaclass().map(|meta| meta.flags())),
        Some(Kind::Foreign) => return value.get::<Foreign>().is_some_and(|foreign| foreign.object().custom_eq()),
        _ => None,
    };
    flags.is_some_and(|flags| flags.has(TypeFlags::CUSTOM_EQ))
}

fn equal_nested(a: &Value, b: &Value, depth: usize) -> Answer {
    if depth > MAX_NESTING {
        return Answer::TooDeep;
    }
    if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
        return (x == y).into();
    }
    match (a.kind(), b.kind()) {
        (Some(Kind::Str), Some(Kind::Str)) => {
            if let (Some(x), Some(y)) = (a.get::<Str>(), b.get::<Str>()) {
                return x.same(&y).into();
            }
        }
        (Some(Kind::Tuple), Some(Kind::Tuple)) => {
            if let (Some(x), Some(y)) = (a.get::<Tuple>(), b.get::<Tuple>()) {
                return tuples(x.items(), y.items(), depth);
            }
        }
        _ => {}
    }
    if has_custom_eq(a) || has_custom_eq(b) {
        return Answer::NeedsPython;
    }
    let (a, b) = (a.payload(), b.payload());
    if let Some(answer) = numbers(a, b) {
        return answer.into();
    }
    let (Some(kind), Some(other)) = (a.kind(), b.kind()) else { return a.is(b).into() };
    match (kind, other) {
        (Kind::Foreign, _) => match a.get::<Foreign>() {
            Some(foreign) => foreign.object().equal(a, b),
            None => Answer::No,
        },
        (Kind::Bytes | Kind::ByteArray, Kind::Foreign) => match b.get::<Foreign>() {
            Some(foreign) => foreign.object().equal(b, a),
            None => Answer::No,
        },
        (Kind::Str, Kind::Str) => match (a.get::<Str>(), b.get::<Str>()) {
            (Some(x), Some(y)) => x.same(&y).into(),
            _ => Answer::No,
        },
        (Kind::Bytes | Kind::ByteArray, Kind::Bytes | Kind::ByteArray) => {
            with_bytes(a, |x| with_bytes(b, |y| x == y)).into()
        }
        (Kind::Tuple, Kind::Tuple) => match (a.get::<Tuple>(), b.get::<Tuple>()) {
            (Some(x), Some(y)) => tuples(x.items(), y.items(), depth),
            _ => Answer::No,
        },
        (Kind::List, Kind::List) => match (a.get::<List>(), b.get::<List>()) {
            (Some(x), Some(y)) => sequences(&x.borrow(), &y.borrow(), depth),
            _ => Answer::No,
        },
        (Kind::Dict, Kind::Dict) => match (a.get::<Dict>(), b.get::<Dict>()) {
            (Some(x), Some(y)) => dicts(&x, &y, depth),
            _ => Answer::No,
        },
        (Kind::MappingProxy, _) => match a.get::<MappingProxy>() {
            Some(proxy) => equal_nested(&proxy.mapping, b, depth + 1),
            None => Answer::No,
        },
        (_, Kind::MappingProxy) => match b.get::<MappingProxy>() {
            Some(proxy) => equal_nested(a, &proxy.mapping, depth + 1),
            None => Answer::No,
        },
        (Kind::DictView, Kind::Set | Kind::DictView) | (Kind::Set, Kind::DictView) => views(a, b, depth),
        (Kind::Set, Kind::Set) => match (a.get::<Set>(), b.get::<Set>()) {
            (Some(x), Some(y)) => sets(&x, &y),
            _ => Answer::No,
        },
        (Kind::Slice, Kind::Slice) => match (a.get::<Slice>(), b.get::<Slice>()) {
            (Some(x), Some(y)) => {
                for (p, q) in [(&x.start, &y.start), (&x.stop, &y.stop), (&x.step, &y.step)] {
                    match same_nested(p, q, depth + 1) {
                        Answer::Yes => {}
                        other => return other,
                    }
                }
                Answer::Yes
            }
            _ => Answer::No,
        },
        (Kind::Range, Kind::Range) => match (a.get::<Range>(), b.get::<Range>()) {
            (Some(x), Some(y)) => ranges(&x, &y, depth),
            _ => Answer::No,
        },
        (Kind::Code, Kind::Code) => match (a.get::<CodeObject>(), b.get::<CodeObject>()) {
            (Some(x), Some(y)) => x.code.same_as(&y.code).into(),
            _ => Answer::No,
        },
        (Kind::Method, Kind::Method) => match (a.get::<Method>(), b.get::<Method>()) {
            (Some(x), Some(y)) => (x.receiver.is(&y.receiver) && x.function.is(&y.function)).into(),
            _ => Answer::No,
        },
        (Kind::WeakRef, Kind::WeakRef) => match (a.get::<WeakRef>(), b.get::<WeakRef>()) {
            (Some(x), Some(y)) => match (x.referent(), y.referent()) {
                (Some(x), Some(y)) => equal_nested(&x, &y, depth + 1),
                _ => a.is(b).into(),
            },
            _ => Answer::No,
        },
        // Their contents are compared.
        (Kind::Cell, Kind::Cell) => Answer::NeedsPython,
        _ => a.is(b).into(),
    }
}

/// Equality of two numbers; `None` when one of them is not a number.
fn numbers(a: &Value, b: &Value) -> Option<bool> {
    match (a.as_float(), b.as_float()) {
        (Some(x), Some(y)) => return Some(x == y),
        (Some(x), None) => {
            if let Some(i) = b.as_integer() {
                return Some(super::float_equals_int(x, i));
            }
        }
        (None, Some(y)) => {
            if let Some(i) = a.as_integer() {
                return Some(super::float_equals_int(y, i));
            }
        }
        (None, None) => {
            if let (Some(x), Some(y)) = (a.as_integer(), b.as_integer()) {
                return Some(match (x, y) {
                    (Integer::Small(x), Integer::Small(y)) => x == y,
                    (Integer::Big(_), Integer::Big(_)) => x == y,
                    _ => false,
                });
            }
        }
    }
    match (a.get::<Complex>(), b.get::<Complex>()) {
        (Some(x), Some(y)) => Some(x.re == y.re && x.im == y.im),
        (Some(c), None) => Some(numbers(&Value::float(c.re), b)? && c.im == 0.0),
        (None, Some(c)) => Some(numbers(a, &Value::float(c.re))? && c.im == 0.0),
        (None, None) => None,
    }
}

/// The bytes of a `bytes` or `bytearray`; empty for anything else.
pub fn with_bytes<R>(value: &Value, look: impl FnOnce(&[u8]) -> R) -> R {
    if let Some(bytes) = value.get::<Bytes>() {
        look(&bytes.data)
    } else if let Some(array) = value.get::<ByteArray>() {
        look(&array.data.borrow())
    } else {
        look(&[])
    }
}

fn sequences(a: &[Value], b: &[Value], depth: usize) -> Answer {
    if a.len() != b.len() {
        return Answer::No;
    }
    for (x, y) in a.iter().zip(b) {
        match same_nested(x, y, depth + 1) {
            Answer::Yes => {}
            other => return other,
        }
    }
    Answer::Yes
}

/// Tuples of different lengths differ, but their items are asked as far as both go, as CPython does.
fn tuples(a: &[Value], b: &[Value], depth: usize) -> Answer {
    let common = a.len().min(b.len());
    match sequences(&a[..common], &b[..common], depth) {
        Answer::Yes if a.len() != b.len() => Answer::No,
        answer => answer,
    }
}

fn dicts(a: &Dict, b: &Dict, depth: usize) -> Answer {
    if stack::is_short() {
        return Answer::TooDeep;
    }
    let (a, b) = (a.table.borrow(), b.table.borrow());
    if a.len() != b.len() {
        return Answer::No;
    }
    for entry in a.iter() {
        match b.find(&entry.key, entry.hash) {
            Lookup::Found(index) => match same_nested(&entry.value, b.value(index), depth + 1) {
                Answer::Yes => {}
                other => return other,
            },
            Lookup::Absent => return Answer::No,
            Lookup::NeedsPython => return Answer::NeedsPython,
        }
    }
    Answer::Yes
}

fn sets(a: &Set, b: &Set) -> Answer {
    if stack::is_short() {
        return Answer::TooDeep;
    }
    let (a, b) = (a.table.borrow(), b.table.borrow());
    if a.len() != b.len() {
        return Answer::No;
    }
    for (key, hash) in a.iter() {
        match b.find(key, hash) {
            Lookup::Found(_) => {}
            Lookup::Absent => return Answer::No,
            Lookup::NeedsPython => return Answer::NeedsPython,
        }
    }
    Answer::Yes
}

/// Equality of two views of keys or items, or of one and a set.
fn views(a: &Value, b: &Value, depth: usize) -> Answer {
    if stack::is_short() {
        return Answer::TooDeep;
    }
    let size = |value: &Value| match value.get::<DictView>() {
        Some(view) if view.kind == ViewKind::Values => None,
        Some(view) => Some(view.dict.len()),
        None => value.get::<Set>().map(|set| set.len()),
    };
    if a.is(b) {
        return Answer::Yes;
    }
    match (size(a), size(b)) {
        (Some(n), Some(m)) if n == m => {}
        _ => return Answer::No,
    }
    // The view is walked; what it shows is looked for in the other.
    let (view, other) = if a.is_kind(Kind::DictView) { (a, b) } else { (b, a) };
    let Some(view) = view.get::<DictView>() else { return Answer::No };
    for entry in view.dict.table.borrow().iter() {
        let found = match (view.kind, other.get::<DictView>()) {
            (ViewKind::Keys, None) => match other.get::<Set>() {
                Some(set) => set.table.borrow().find(&entry.key, entry.hash),
                None => Lookup::Absent,
            },
            (ViewKind::Keys, Some(other)) if other.kind == ViewKind::Keys => {
                other.dict.table.borrow().find(&entry.key, entry.hash)
            }
            (ViewKind::Items, Some(other)) if other.kind == ViewKind::Items => {
                let table = other.dict.table.borrow();
                match table.find(&entry.key, entry.hash) {
                    Lookup::Found(number) => match same_nested(&entry.value, table.value(number), depth + 1) {
                        Answer::Yes => Lookup::Found(number),
                        Answer::No => Lookup::Absent,
                        answer => return answer,
                    },
                    other => other,
                }
            }
            // Pairs must be hashed and looked for: the prelude does it.
            _ => return Answer::NeedsPython,
        };
        match found {
            Lookup::Found(_) => {}
            Lookup::Absent => return Answer::No,
            Lookup::NeedsPython => return Answer::NeedsPython,
        }
    }
    Answer::Yes
}

fn ranges(a: &Range, b: &Range, depth: usize) -> Answer {
    let (Some(x), Some(y)) = (a.small(), b.small()) else {
        return sequences(&a.essence(), &b.essence(), depth);
    };
    let (n, m) = (Range::small_len(x.0, x.1, x.2), Range::small_len(y.0, y.1, y.2));
    (n == m && (n == 0 || x.0 == y.0) && (n <= 1 || x.2 == y.2)).into()
}
