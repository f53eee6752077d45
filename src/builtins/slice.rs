//! `slice`, and what a subscript means to a sequence: the position of an index, the bounds of a slice.

use super::order::comparisons;
use super::{getsets, install_getsets, install_methods, install_static, natives, subclass_made};
use crate::object::{Integer, Kind, Ref, Slice, Value};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use num_bigint::BigInt;
use num_traits::{Signed, Zero};

natives! {
    NEW {
        /// Create a slice object, as `a[start:stop:step]` does.
        "__new__(cls, start, stop=None, step=None, /)" => new;
    }
    pub METHODS {
        /// Start, stop and step that select the same items of a sequence of this length, without negative indices.
        "indices(self, length, /)" => indices;
        "__eq__(self, other, /)" => eq;
        "__ne__(self, other, /)" => ne;
        "__lt__(self, other, /)" => lt;
        "__le__(self, other, /)" => le;
        "__gt__(self, other, /)" => gt;
        "__ge__(self, other, /)" => ge;
        "__hash__(self, /)" => hash;
        "__reduce__(self, /)" => reduce;
    }
}

getsets! {
    GETSETS {
        "start" => start, super::read_only;
        "stop" => stop, super::read_only;
        "step" => step, super::read_only;
    }
}

pub fn install(vm: &mut Vm) {
    let class = vm.types.slice.clone();
    install_static(&class, NEW);
    install_methods(&class, METHODS);
    install_getsets(&class, GETSETS);
}

/// What a subscript says about a sequence.
pub enum Subscript {
    /// One item, at this position (not counted from the end, not yet compared with the length).
    At(i64),
    /// These items: first, step, how many.
    Items(i64, i64, usize),
    /// An `__index__` written in Python must be asked first.
    NeedsPython,
}

/// What `key` says about a sequence of `length` items of the type called `what` in messages.
pub fn subscript(vm: &Vm, key: &Value, length: usize, what: &str) -> Result<Subscript, Exit> {
    if let Some(i) = key.as_small() {
        return Ok(Subscript::At(if i < 0 { i + length as i64 } else { i }));
    }
    if let Some(slice) = key.get::<Slice>() {
        return match resolve(vm, slice.body(), length)? {
            Some((start, step, count)) => Ok(Subscript::Items(start, step, count)),
            None => Ok(Subscript::NeedsPython),
        };
    }
    match key.as_integer() {
        Some(Integer::Small(i)) => Ok(Subscript::At(if i < 0 { i.saturating_add(length as i64) } else { i })),
        Some(big) => match big.to_i64() {
            Some(i) => Ok(Subscript::At(if i < 0 { i.saturating_add(length as i64) } else { i })),
            None => {
                let name = vm.type_name(key);
                Err(vm.index_error(format!("cannot fit '{name}' into an index-sized integer")))
            }
        },
        None if vm.class_of(key).lookup(&vm.names.index).is_some() => Ok(Subscript::NeedsPython),
        None => Err(vm.type_error(match what {
            "string" => format!("string indices must be integers, not '{}'", vm.type_name(key)),
            _ => format!("{what} indices must be integers or slices, not {}", vm.type_name(key)),
        })),
    }
}

/// First, step and count of the items a slice selects from `length`; `None` when Python code must be asked.
pub fn resolve(vm: &Vm, slice: &Slice, length: usize) -> Result<Option<(i64, i64, usize)>, Exit> {
    // The step comes first: what is wrong with it is what the program is told.
    let step = match part_of(vm, &slice.step)? {
        Part::Absent => 1,
        Part::Given(0) => return Err(vm.value_error("slice step cannot be zero")),
        Part::Given(step) => step,
        Part::NeedsPython => return Ok(None),
    };
    let mut ends = [None; 2];
    for (end, value) in ends.iter_mut().zip([&slice.start, &slice.stop]) {
        *end = match part_of(vm, value)? {
            Part::Absent => None,
            Part::Given(i) => Some(i),
            Part::NeedsPython => return Ok(None),
        };
    }
    let [start, stop] = ends;
    let step = step.max(-i64::MAX);
    let (start, _, count) = Slice::resolve(start, stop, step, length);
    Ok(Some((start, step, count)))
}

enum Part {
    Absent,
    Given(i64),
    NeedsPython,
}

fn part_of(vm: &Vm, value: &Value) -> Result<Part, Exit> {
    if value.is_none() {
        return Ok(Part::Absent);
    }
    if let Some(i) = value.as_integer() {
        let end = if i.is_negative() { i64::MIN } else { i64::MAX };
        return Ok(Part::Given(i.to_i64().unwrap_or(end)));
    }
    if vm.class_of(value).lookup(&vm.names.index).is_some() {
        return Ok(Part::NeedsPython);
    }
    Err(vm.type_error("slice indices must be integers or None or have an __index__ method"))
}

/// A slice object.
pub fn make(start: Value, stop: Value, step: Value) -> Value {
    Value::object(Ref::new(Slice { start, stop, step }))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.slice, &args[0])?;
    let given = |n| arg(args, n).cloned();
    match (given(1), given(2), given(3)) {
        (Some(stop), None, _) => Ok(make(Value::NONE, stop, Value::NONE)),
        (start, stop, step) => {
            Ok(make(start.unwrap_or(Value::NONE), stop.unwrap_or(Value::NONE), step.unwrap_or(Value::NONE)))
        }
    }
}

comparisons!(Kind::Slice, "slice_eq", "slice_order");

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match vm.native_hash(&args[0])? {
        Some(hash) => Ok(Value::int(hash)),
        None => vm.tail_prelude("slice_hash", vec![args[0].clone()]),
    }
}

fn start(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(me.get::<Slice>().map_or(Value::NONE, |slice| slice.start.clone()))
}

fn stop(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(me.get::<Slice>().map_or(Value::NONE, |slice| slice.stop.clone()))
}

fn step(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(me.get::<Slice>().map_or(Value::NONE, |slice| slice.step.clone()))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let parts = vec![start(vm, &args[0])?, stop(vm, &args[0])?, step(vm, &args[0])?];
    Ok(Value::tuple(vec![vm.types.slice.value(), Value::tuple(parts)]))
}

/// The bounds of a slice as ints of any size; `None` when Python code must be asked.
pub fn big_bounds(vm: &Vm, slice: &Slice, length: &BigInt) -> Result<Option<(BigInt, BigInt, BigInt)>, Exit> {
    let part = |value: &Value| -> Result<Option<Option<BigInt>>, Exit> {
        Ok(match part_of(vm, value)? {
            Part::Absent => Some(None),
            Part::Given(_) => Some(value.as_integer().map(|i| i.to_big())),
            Part::NeedsPython => None,
        })
    };
    // The step comes first, as above.
    let Some(step) = part(&slice.step)? else { return Ok(None) };
    let step = step.unwrap_or_else(|| BigInt::from(1));
    if step.is_zero() {
        return Err(vm.value_error("slice step cannot be zero"));
    }
    let Some(start) = part(&slice.start)? else { return Ok(None) };
    let Some(stop) = part(&slice.stop)? else { return Ok(None) };
    let (low, high) =
        if step.is_negative() { (BigInt::from(-1), length - 1) } else { (BigInt::zero(), length.clone()) };
    let clamp = |bound: BigInt| {
        let bound = if bound.is_negative() { bound + length } else { bound };
        bound.clamp(low.clone(), high.clone())
    };
    let (first, last) = if step.is_negative() { (&high, &low) } else { (&low, &high) };
    let start = start.map_or_else(|| first.clone(), clamp);
    let stop = stop.map_or_else(|| last.clone(), clamp);
    Ok(Some((start, stop, step)))
}

fn indices(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let length = vm.integer_arg(args, 1)?.to_big();
    if length.is_negative() {
        return Err(vm.value_error("length should not be negative"));
    }
    let Some(slice) = args[0].get::<Slice>() else { return Ok(Value::NONE) };
    match big_bounds(vm, slice.body(), &length)? {
        Some((start, stop, step)) => Ok(Value::tuple(vec![Value::big(start), Value::big(stop), Value::big(step)])),
        None => vm.tail_prelude("slice_indices", args.to_vec()),
    }
}
