//! The order of values, as far as it needs no Python code, and the comparison methods of the containers.

use super::{forwarded, natives};
use crate::object::dict::Lookup;
use crate::object::equality::{self, Answer, with_bytes};
use crate::object::hashing::MAX_NESTING;
use crate::object::{Integer, Kind, List, Set, Str, Tuple, Value, compare_float_int};
use crate::vm::{Exit, NativeResult, Vm};
use std::cmp::Ordering;

/// How two values stand to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Order {
    /// The first comes first.
    Less,
    /// They are equal.
    Equal,
    /// The second comes first.
    Greater,
    /// None of these: a NaN is involved, or sets that do not include one another.
    Unordered,
}

impl From<Ordering> for Order {
    fn from(order: Ordering) -> Order {
        match order {
            Ordering::Less => Order::Less,
            Ordering::Equal => Order::Equal,
            Ordering::Greater => Order::Greater,
        }
    }
}

impl From<Option<Ordering>> for Order {
    fn from(order: Option<Ordering>) -> Order {
        order.map_or(Order::Unordered, Order::from)
    }
}

/// One of the four order comparisons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
}

impl Relation {
    /// Does it hold for values that stand so?
    pub fn holds(self, order: Order) -> bool {
        match self {
            Relation::Less => order == Order::Less,
            Relation::LessEqual => matches!(order, Order::Less | Order::Equal),
            Relation::Greater => order == Order::Greater,
            Relation::GreaterEqual => matches!(order, Order::Greater | Order::Equal),
        }
    }

    fn symbol(self) -> &'static str {
        match self {
            Relation::Less => "<",
            Relation::LessEqual => "<=",
            Relation::Greater => ">",
            Relation::GreaterEqual => ">=",
        }
    }
}

/// What asking for an order natively came to.
pub enum Verdict {
    /// This.
    Order(Order),
    /// They cannot be ordered, or Python code decides.
    Unknown,
    /// Nested too deeply for the native stack.
    TooDeep,
}

/// How `a` and `b` stand to each other: `Ok(None)` when they cannot be ordered or Python code must be asked.
pub fn native_compare(vm: &Vm, a: &Value, b: &Value) -> Result<Option<Order>, Exit> {
    match verdict(a, b, 0) {
        Verdict::Order(order) => Ok(Some(order)),
        Verdict::Unknown => Ok(None),
        Verdict::TooDeep => Err(vm.recursion_error("maximum recursion depth exceeded in comparison")),
    }
}

/// Is `a` larger than `b` or, unless that is asked, smaller? `None` when Python code must be asked.
pub fn is_beyond(a: &Value, b: &Value, larger: bool) -> Option<bool> {
    match verdict(a, b, 0) {
        Verdict::Order(order) => Some((if larger { Relation::Greater } else { Relation::Less }).holds(order)),
        Verdict::Unknown | Verdict::TooDeep => None,
    }
}

/// How `a` and `b` stand to each other, at this depth of nesting.
pub fn verdict(a: &Value, b: &Value, depth: usize) -> Verdict {
    if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
        return Verdict::Order(x.cmp(&y).into());
    }
    if let (Some(x), Some(y)) = (a.get::<Str>(), b.get::<Str>()) {
        return Verdict::Order(x.as_bytes().cmp(y.as_bytes()).into());
    }
    if a.is_kind(Kind::Instance) || b.is_kind(Kind::Instance) {
        return Verdict::Unknown;
    }
    if let Some(order) = numbers(a, b) {
        return Verdict::Order(order);
    }
    if depth > MAX_NESTING {
        return Verdict::TooDeep;
    }
    match (a.kind(), b.kind()) {
        (Some(Kind::Bytes | Kind::ByteArray), Some(Kind::Bytes | Kind::ByteArray)) => {
            Verdict::Order(with_bytes(a, |x| with_bytes(b, |y| x.cmp(y))).into())
        }
        (Some(Kind::Tuple), Some(Kind::Tuple)) => match (a.get::<Tuple>(), b.get::<Tuple>()) {
            (Some(x), Some(y)) => sequences(x.items(), y.items(), depth),
            _ => Verdict::Unknown,
        },
        (Some(Kind::List), Some(Kind::List)) => match (a.get::<List>(), b.get::<List>()) {
            (Some(x), Some(y)) => sequences(&x.borrow(), &y.borrow(), depth),
            _ => Verdict::Unknown,
        },
        (Some(Kind::Set), Some(Kind::Set)) => match (a.get::<Set>(), b.get::<Set>()) {
            (Some(x), Some(y)) => sets(x.body(), y.body()),
            _ => Verdict::Unknown,
        },
        _ => Verdict::Unknown,
    }
}

fn numbers(a: &Value, b: &Value) -> Option<Order> {
    let reverse = |order: Option<Ordering>| order.map(Ordering::reverse);
    Some(match (a.as_float(), b.as_float()) {
        (Some(x), Some(y)) => x.partial_cmp(&y).into(),
        (Some(x), None) => compare_float_int(x, b.as_integer()?).into(),
        (None, Some(y)) => reverse(compare_float_int(y, a.as_integer()?)).into(),
        (None, None) => match (a.as_integer()?, b.as_integer()?) {
            (Integer::Small(x), Integer::Small(y)) => x.cmp(&y).into(),
            (x, y) => x.cmp(&y).into(),
        },
    })
}

fn sequences(a: &[Value], b: &[Value], depth: usize) -> Verdict {
    for (x, y) in a.iter().zip(b) {
        if x.is_small() && y.is_small() {
            // The usual items need not be compared twice.
            if x.is(y) {
                continue;
            }
            return verdict(x, y, depth + 1);
        }
        match equality::same(x, y) {
            Answer::Yes => {}
            Answer::No => return verdict(x, y, depth + 1),
            Answer::NeedsPython => return Verdict::Unknown,
            Answer::TooDeep => return Verdict::TooDeep,
        }
    }
    Verdict::Order(a.len().cmp(&b.len()).into())
}

fn sets(a: &Set, b: &Set) -> Verdict {
    let within = |small: &Set, large: &Set| {
        let (small, large) = (small.table.borrow(), large.table.borrow());
        for (key, hash) in small.iter() {
            match large.find(key, hash) {
                Lookup::Found(_) => {}
                Lookup::Absent => return Some(false),
                Lookup::NeedsPython => return None,
            }
        }
        Some(true)
    };
    let order = match a.len().cmp(&b.len()) {
        Ordering::Greater => within(b, a).map(|within| if within { Order::Greater } else { Order::Unordered }),
        Ordering::Less => within(a, b).map(|within| if within { Order::Less } else { Order::Unordered }),
        // Which of them is looked through depends on what is asked: either way no Python code may have a say.
        Ordering::Equal => within(a, b).and_then(|same| match same {
            true => Some(Order::Equal),
            false => within(b, a).map(|_| Order::Unordered),
        }),
    };
    order.map_or(Verdict::Unknown, Verdict::Order)
}

/// A comparison method of a container: both operands of one of `kinds`, else `NotImplemented`. What cannot be decided
/// natively goes to the prelude's `in_python(a, b, symbol)`.
pub fn relate(vm: &mut Vm, args: &[Value], kind: Kind, relation: Relation, in_python: &str) -> NativeResult {
    let (a, b) = (args[0].payload(), args[1].payload());
    if !a.is_kind(kind) || !b.is_kind(kind) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match native_compare(vm, a, b)? {
        Some(order) => Ok(Value::bool(relation.holds(order))),
        None => vm.tail_prelude(in_python, vec![a.clone(), b.clone(), Value::str(relation.symbol())]),
    }
}

/// `__eq__` or (with `wanted` false) `__ne__` of a container.
pub fn equate(vm: &mut Vm, args: &[Value], kind: Kind, wanted: bool, in_python: &str) -> NativeResult {
    let (a, b) = (args[0].payload(), args[1].payload());
    if !a.is_kind(kind) || !b.is_kind(kind) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match equality::equal(a, b) {
        Answer::Yes => Ok(Value::bool(wanted)),
        Answer::No => Ok(Value::bool(!wanted)),
        Answer::NeedsPython => vm.tail_prelude(in_python, vec![a.clone(), b.clone(), Value::bool(wanted)]),
        Answer::TooDeep => Err(vm.recursion_error("maximum recursion depth exceeded in comparison")),
    }
}

/// The six comparison methods of a class: functions named `eq`, `ne`, `lt`, `le`, `gt`, `ge`.
macro_rules! comparisons {
    ($kind:expr, $eq:literal, $order:literal) => {
        fn eq(vm: &mut $crate::vm::Vm, args: &[$crate::object::Value]) -> $crate::vm::NativeResult {
            $crate::builtins::order::equate(vm, args, $kind, true, $eq)
        }
        fn ne(vm: &mut $crate::vm::Vm, args: &[$crate::object::Value]) -> $crate::vm::NativeResult {
            $crate::builtins::order::equate(vm, args, $kind, false, $eq)
        }
        fn lt(vm: &mut $crate::vm::Vm, args: &[$crate::object::Value]) -> $crate::vm::NativeResult {
            $crate::builtins::order::relate(vm, args, $kind, $crate::builtins::order::Relation::Less, $order)
        }
        fn le(vm: &mut $crate::vm::Vm, args: &[$crate::object::Value]) -> $crate::vm::NativeResult {
            $crate::builtins::order::relate(vm, args, $kind, $crate::builtins::order::Relation::LessEqual, $order)
        }
        fn gt(vm: &mut $crate::vm::Vm, args: &[$crate::object::Value]) -> $crate::vm::NativeResult {
            $crate::builtins::order::relate(vm, args, $kind, $crate::builtins::order::Relation::Greater, $order)
        }
        fn ge(vm: &mut $crate::vm::Vm, args: &[$crate::object::Value]) -> $crate::vm::NativeResult {
            $crate::builtins::order::relate(vm, args, $kind, $crate::builtins::order::Relation::GreaterEqual, $order)
        }
    };
}
pub(crate) use comparisons;

/// `__contains__` of any native container.
pub fn contains(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match super::items::contains(vm, args[0].payload(), &args[1])? {
        Some(found) => Ok(Value::bool(found)),
        None => Err(uninitialised(vm, &args[0])),
    }
}

/// `__len__` of any native container.
pub fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match super::items::length(args[0].payload()) {
        Some(length) => Ok(Value::size(length)),
        None if args[0].is_kind(Kind::Range) => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
        None => Err(uninitialised(vm, &args[0])),
    }
}

/// `__getitem__` of any native container.
pub fn getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match super::items::get_item(vm, args[0].payload(), &args[1])? {
        Some(item) => Ok(item),
        None => Err(uninitialised(vm, &args[0])),
    }
}

/// `__setitem__` of any native container.
pub fn setitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::items::set_item(vm, args[0].payload(), &args[1], args[2].clone())?;
    Ok(Value::NONE)
}

/// `__delitem__` of any native container.
pub fn delitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::items::del_item(vm, args[0].payload(), &args[1])?;
    Ok(Value::NONE)
}

/// `__iter__` of any native container.
pub fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match crate::object::iter::payload_iter(args[0].payload()) {
        Some(iterator) => Ok(iterator),
        None => Err(uninitialised(vm, &args[0])),
    }
}

/// The error for an instance of a subclass that does not hold what its class promises.
#[cold]
pub fn uninitialised(vm: &Vm, value: &Value) -> Exit {
    vm.type_error(format!("'{}' object was not made by the __new__ of its builtin base class", vm.type_name(value)))
}

natives! {
    /// For classes that may be subscripted and have no other class methods.
    pub GENERIC {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
}

/// `C[...]` for a generic class.
pub fn class_getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    forwarded::alias_of(vm, &args[0], &args[1])
}
