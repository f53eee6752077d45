//! `range`.

use super::items::exit;
use super::order::{contains as contains_method, equate, getitem, iter, len};
use super::slice::big_bounds;
use super::{getsets, install_getsets, install_methods, install_static, natives, quick, subclass_made};
use crate::object::float::Complex;
use crate::object::iter::{Iter, IterState, RangeIter};
use crate::object::{Kind, Range, Ref, Slice, Value, equality};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed, ToPrimitive, Zero};
use std::cell::Cell;

natives! {
    NEW {
        "__new__(cls, start, stop=None, step=None, /)" => new, quick::range;
    }
    pub METHODS {
        /// Return number of occurrences of value.
        "count(self, value, /)" => count;
        /// Return index of value. Raise ValueError if the value is not present.
        "index(self, value, /)" => index;
        "__getitem__(self, index, /)" => getitem;
        "__len__(self, /)" => len;
        "__bool__(self, /)" => truth;
        "__contains__(self, item, /)" => contains_method;
        "__iter__(self, /)" => iter;
        /// Return a reverse iterator.
        "__reversed__(self, /)" => reversed;
        "__eq__(self, other, /)" => eq;
        "__ne__(self, other, /)" => ne;
        "__lt__(self, other, /)" => not_ordered;
        "__le__(self, other, /)" => not_ordered;
        "__gt__(self, other, /)" => not_ordered;
        "__ge__(self, other, /)" => not_ordered;
        "__hash__(self, /)" => hash;
        "__reduce__(self, /)" => reduce;
    }
}

getsets! {
    ATTRIBUTES {
        "start" => start, super::read_only;
        "stop" => stop, super::read_only;
        "step" => step, super::read_only;
    }
}

pub fn install(vm: &mut Vm) {
    let class = vm.types.range.clone();
    install_static(&class, NEW);
    install_methods(&class, METHODS);
    install_getsets(&class, ATTRIBUTES);
}

fn this(vm: &Vm, value: &Value) -> Result<Ref<Range>, Exit> {
    value.to_ref::<Range>().ok_or_else(|| super::order::uninitialised(vm, value))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.range, &args[0])?;
    let mut bounds = Vec::with_capacity(3);
    for n in 1..4 {
        if arg(args, n).is_some() {
            let bound = vm.integer_arg(args, n)?;
            bounds.push(bound.to_i64().map_or_else(|| Value::big(bound.to_big()), Value::int));
        }
    }
    let mut bounds = bounds.into_iter();
    let (first, second, third) = (bounds.next(), bounds.next(), bounds.next());
    let (start, stop) = match (first, second) {
        (Some(start), Some(stop)) => (start, stop),
        (Some(stop), None) => (Value::small(0), stop),
        _ => return Err(vm.type_error("range expected at least 1 argument, got 0")),
    };
    let step = third.unwrap_or(Value::small(1));
    if step.as_small() == Some(0) {
        return Err(vm.value_error("range() arg 3 must not be zero"));
    }
    Ok(make(start, stop, step))
}

fn start(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(this(vm, me)?.start.clone())
}

fn stop(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(this(vm, me)?.stop.clone())
}

fn step(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(this(vm, me)?.step.clone())
}

/// Must `item` be compared with every item of the range?
fn needs_walk(item: &Value) -> bool {
    equality::has_custom_eq(item)
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let range = this(vm, &args[0])?;
    if needs_walk(&args[1]) {
        let call = vec![args[0].clone(), args[1].clone(), Value::small(0), Value::small(0)];
        return vm.tail_prelude("sequence_count", call);
    }
    Ok(Value::small(place_of(&range, &args[1]).is_some() as i64))
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let range = this(vm, &args[0])?;
    if needs_walk(&args[1]) {
        let (from, stop) = (Value::small(0), Value::int(i64::MAX));
        let call = vec![args[0].clone(), args[1].clone(), from, stop, Value::str("sequence")];
        return vm.tail_prelude("sequence_index", call);
    }
    match place_of(&range, &args[1]) {
        Some(place) => Ok(Value::big(place)),
        None => {
            let what = if args[1].is_integer() { "range" } else { "sequence" };
            Err(vm.value_error(format!("{what}.index(x): x not in {what}")))
        }
    }
}

fn truth(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(!this(vm, &args[0])?.big_len().is_zero()))
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    equate(vm, args, Kind::Range, true, "sequence_eq")
}

fn ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    equate(vm, args, Kind::Range, false, "sequence_eq")
}

fn not_ordered(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NOT_IMPLEMENTED)
}

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(vm.native_hash(&args[0])?.map_or(Value::NONE, Value::int))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let range = this(vm, &args[0])?;
    let parts = vec![range.start.clone(), range.stop.clone(), range.step.clone()];
    Ok(Value::tuple(vec![vm.types.range.value(), Value::tuple(parts)]))
}

fn small_iterator(next: i64, left: u64, step: i64) -> Value {
    Value::object(Ref::new(RangeIter { next: Cell::new(next), left: Cell::new(left), step }))
}

/// An iterator over a range, backward.
pub fn reversed_iterator(range: &Range) -> Value {
    if let Some((start, stop, step)) = range.small() {
        let left = Range::small_len(start, stop, step);
        let last = start.wrapping_add((left as i64).wrapping_sub(1).wrapping_mul(step));
        return small_iterator(last, left, step.wrapping_neg());
    }
    let length = range.big_len();
    let (start, step) = (bound(&range.start), bound(&range.step));
    let next = &start + (length - 1_i64) * &step;
    let stop = start - &step;
    Iter::value(IterState::BigRange { next, stop, step: -step }, "longrange_iterator")
}

fn reversed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(reversed_iterator(&*this(vm, &args[0])?))
}

/// How many items, if that fits.
pub fn length(value: &Value) -> Option<usize> {
    let range = value.get::<Range>()?;
    match range.small() {
        Some((start, stop, step)) => i64::try_from(Range::small_len(start, stop, step)).ok(),
        None => range.big_len().to_i64(),
    }
    .map(|length| length as usize)
}

fn bound(value: &Value) -> BigInt {
    value.as_integer().map_or_else(BigInt::zero, |i| i.to_big())
}

/// A range object. `step` is not zero.
pub fn make(start: Value, stop: Value, step: Value) -> Value {
    Value::object(Ref::new(Range { start, stop, step }))
}

/// `range[key]`
pub fn get_item(vm: &mut Vm, container: &Value, key: &Value) -> NativeResult {
    let Some(range) = container.get::<Range>() else { return Ok(Value::NONE) };
    if let (Some((start, stop, step)), Some(i)) = (range.small(), key.as_small()) {
        let length = Range::small_len(start, stop, step) as i128;
        let place = if i < 0 { i as i128 + length } else { i as i128 };
        if place < 0 || place >= length {
            return Err(vm.index_error("range object index out of range"));
        }
        return Ok(Value::int((start as i128 + place * step as i128) as i64));
    }
    let length = range.big_len();
    let (first, step) = (bound(&range.start), bound(&range.step));
    if let Some(i) = key.as_integer() {
        let place = if i.is_negative() { i.to_big() + &length } else { i.to_big() };
        if place.is_negative() || place >= length {
            return Err(vm.index_error("range object index out of range"));
        }
        return Ok(Value::big(first + place * step));
    }
    if let Some(slice) = key.get::<Slice>() {
        return match big_bounds(vm, slice.body(), &length)? {
            Some((start, stop, stride)) => Ok(make(
                Value::big(&first + start * &step),
                Value::big(&first + stop * &step),
                Value::big(step * stride),
            )),
            None => vm.tail_prelude("get_subscript", vec![container.clone(), key.clone()]),
        };
    }
    if vm.class_of(key).lookup(&vm.names.index).is_some() {
        return vm.tail_prelude("get_subscript", vec![container.clone(), key.clone()]);
    }
    Err(vm.type_error(format!("range indices must be integers or slices, not {}", vm.type_name(key))))
}

/// The place of an int, or of a number that equals one.
pub fn place_of(range: &Range, item: &Value) -> Option<BigInt> {
    let wanted = match item.as_integer() {
        Some(i) => i.to_big(),
        None => {
            let item = item.payload();
            let f = match item.get::<Complex>() {
                Some(c) => Some(c.re).filter(|_| c.im == 0.0)?,
                None => item.as_float()?,
            };
            if f.fract() != 0.0 {
                return None;
            }
            num_traits::FromPrimitive::from_f64(f)?
        }
    };
    let (start, stop, step) = (bound(&range.start), bound(&range.stop), bound(&range.step));
    let inside = if step.is_negative() { wanted <= start && wanted > stop } else { wanted >= start && wanted < stop };
    if !inside || step.is_zero() {
        return None;
    }
    let (place, rest) = (wanted - start).div_rem(&step);
    rest.is_zero().then_some(place)
}

/// `item in range`
pub fn contains(vm: &mut Vm, container: &Value, item: &Value) -> Result<bool, Exit> {
    let Some(range) = container.get::<Range>() else { return Ok(false) };
    if let (Some((start, stop, step)), Some(i)) = (range.small(), item.as_small()) {
        let inside = if step > 0 { start <= i && i < stop } else { stop < i && i <= start };
        return Ok(inside && (i as i128 - start as i128) % step as i128 == 0);
    }
    if equality::has_custom_eq(item) {
        let args = vec![container.clone(), item.clone(), Value::small(0)];
        return Err(exit(vm.tail_prelude("sequence_contains", args)));
    }
    Ok(place_of(range.body(), item).is_some())
}
