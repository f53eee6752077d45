//! `range`.

use super::items::exit;
use super::slice::big_bounds;
use crate::object::{Range, Ref, Slice, Value, equality};
use crate::vm::{Exit, NativeResult, Vm};
use num_bigint::BigInt;
use num_integer::Integer as _;
use num_traits::{Signed, ToPrimitive, Zero};

/// How many items, if that fits.
pub fn length(value: &Value) -> Option<usize> {
    let range = value.get::<Range>()?;
    match range.small() {
        Some((start, stop, step)) => usize::try_from(Range::small_len(start, stop, step)).ok(),
        None => big_length(range.body()).to_usize(),
    }
}

fn bound(value: &Value) -> BigInt {
    value.as_integer().map_or_else(BigInt::zero, |i| i.to_big())
}

/// How many items.
pub fn big_length(range: &Range) -> BigInt {
    let (start, stop, step) = (bound(&range.start), bound(&range.stop), bound(&range.step));
    let (distance, step): (BigInt, BigInt) =
        if step.is_negative() { (start - stop, -step) } else { (stop - start, step) };
    if distance.is_positive() && step.is_positive() {
        (distance - 1_i64).div_floor(&step) + 1_i64
    } else {
        BigInt::zero()
    }
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
    let length = big_length(range.body());
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
            let f = item.payload().as_float()?;
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
