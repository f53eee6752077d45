//! What iterators tell and take of where they stand: `__length_hint__`, `__reduce__`, `__setstate__`.

use super::{natives, order, range};
use crate::object::dict::ViewKind;
use crate::object::iter::{Iter, IterState, ListIter, RangeIter};
use crate::object::{Dict, Kind, List, Value, intern};
use crate::text::wtf8;
use crate::vm::{NativeResult, Vm};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};

natives! {
    pub METHODS {
        /// How many items are left, as far as is known.
        "__length_hint__(self, /)" => length_hint;
    }
    pub REDUCE {
        /// What makes an iterator over what is left.
        "__reduce__(self, /)" => reduce;
    }
    pub SET_STATE {
        /// Go to another place.
        "__setstate__(self, place, /)" => set_state;
    }
}

/// How many items are left of a range of ints of any size.
fn big_left(next: &BigInt, stop: &BigInt, step: &BigInt) -> BigInt {
    let distance = if step.is_negative() { next - stop } else { stop - next };
    let step = step.abs();
    if distance.is_positive() && !step.is_zero() { (distance - 1_i64) / step + 1_i64 } else { BigInt::zero() }
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let iterator = args[0].payload();
    if iterator.is_kind(Kind::Generator) {
        return vm.tail_prelude("adaptor_length_hint", vec![iterator.clone()]);
    }
    if let Some(iter) = iterator.get::<Iter>() {
        if let IterState::BigRange { next, stop, step } = &*iter.state.borrow() {
            return match big_left(next, stop, step).to_i64() {
                Some(left) => Ok(Value::int(left)),
                None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
            };
        }
        return Ok(Value::size(iter.length_hint()));
    }
    if let Some(iter) = iterator.get::<RangeIter>() {
        return Ok(Value::size(iter.left.get() as usize));
    }
    let left = iterator.get::<ListIter>().and_then(|iter| {
        let list = iter.list.get();
        list.get::<List>().map(|list| list.len().saturating_sub(iter.next.get()))
    });
    Ok(Value::size(left.unwrap_or(0)))
}

/// The items of a dict iterator that are left.
fn entries(dict: &Dict, view: ViewKind, numbers: impl Iterator<Item = usize>) -> Value {
    let table = dict.table.borrow();
    let shown = |entry: &crate::object::dict::Entry| match view {
        ViewKind::Keys => entry.key.clone(),
        ViewKind::Values => entry.value.clone(),
        ViewKind::Items => Value::tuple(vec![entry.key.clone(), entry.value.clone()]),
    };
    Value::list(numbers.filter_map(|number| table.entry(number).map(shown)).collect())
}

/// An iterator is copied or pickled as a call that makes one, and the place it has come to.
fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let iterator = args[0].payload();
    let Some(iter) = vm.builtins.get_str(&intern(b"iter")) else {
        return Err(vm.raise(&vm.types.attribute_error, "iter"));
    };
    let reversed = vm.types.reversed.value();
    let call = |function: Value, arguments: Vec<Value>| vec![function, Value::tuple(arguments)];
    let at = |function: &Value, source: Value, place: usize| {
        let mut parts = call(function.clone(), vec![source]);
        parts.push(Value::size(place));
        parts
    };
    let ranged = |rest: Value| {
        let mut parts = call(iter.clone(), vec![rest]);
        parts.push(Value::NONE);
        parts
    };
    if let Some(list_iter) = iterator.get::<ListIter>() {
        let list = list_iter.list.get();
        return Ok(Value::tuple(match list.is_undef() {
            true => call(iter, vec![Value::list(Vec::new())]),
            false => at(&iter, list, list_iter.next.get()),
        }));
    }
    if let Some(range_iter) = iterator.get::<RangeIter>() {
        let (next, step) = (range_iter.next.get(), range_iter.step);
        let stop = next.wrapping_add((range_iter.left.get() as i64).wrapping_mul(step));
        return Ok(Value::tuple(ranged(range::make(Value::int(next), Value::int(stop), Value::int(step)))));
    }
    let Some(other) = iterator.get::<Iter>() else {
        if iterator.is_kind(Kind::Generator) {
            return vm.tail_prelude("adaptor_reduce", vec![args[0].clone()]);
        }
        return Err(order::uninitialised(vm, &args[0]));
    };
    let class = vm.class_of(&args[0]).into_value();
    Ok(Value::tuple(match &*other.state.borrow() {
        IterState::Done => match other.type_name {
            "str_iterator" | "str_ascii_iterator" => call(iter, vec![Value::str("")]),
            "tuple_iterator" | "bytes_iterator" | "bytearray_iterator" => call(iter, vec![Value::tuple(Vec::new())]),
            "list_reverseiterator" => call(reversed, vec![Value::list(Vec::new())]),
            "reversed" => call(reversed, vec![Value::tuple(Vec::new())]),
            _ => call(iter, vec![Value::list(Vec::new())]),
        },
        IterState::Tuple { tuple, next } => at(&iter, tuple.value(), *next),
        IterState::Str { string, at: offset } => at(&iter, string.value(), wtf8::len(&string.as_bytes()[..*offset])),
        IterState::Bytes { bytes, next } => at(&iter, bytes.value(), *next),
        IterState::ByteArray { array, next } => at(&iter, array.value(), *next),
        IterState::Dict { dict, view, next, .. } => {
            let end = dict.table.borrow().end();
            call(iter, vec![entries(dict, *view, *next..end)])
        }
        IterState::DictReversed { dict, view, end, .. } => call(iter, vec![entries(dict, *view, (0..*end).rev())]),
        IterState::Set { set, next, .. } => {
            let table = set.table.borrow();
            let (mut members, mut from) = (Vec::new(), *next);
            while let Some((place, member)) = table.next_from(from) {
                members.push(member.clone());
                from = place + 1;
            }
            call(iter, vec![Value::list(members)])
        }
        IterState::ListReversed { list, end } if *end > 0 => at(&reversed, list.value(), end - 1),
        IterState::ListReversed { .. } => call(reversed, vec![Value::list(Vec::new())]),
        IterState::TupleReversed { tuple, end } if *end > 0 => at(&reversed, tuple.value(), end - 1),
        IterState::StrReversed { string, end } if *end > 0 => at(&reversed, string.value(), end - 1),
        IterState::BytesReversed { bytes, end } if *end > 0 => at(&reversed, bytes.value(), end - 1),
        IterState::TupleReversed { .. } | IterState::StrReversed { .. } | IterState::BytesReversed { .. } => {
            call(reversed, vec![Value::tuple(Vec::new())])
        }
        IterState::BigRange { next, stop, step } => {
            let [next, stop, step] = [next, stop, step].map(|bound| Value::big(bound.clone()));
            ranged(range::make(next, stop, step))
        }
        IterState::Zip { sources, .. } => call(class, sources.clone()),
        IterState::Enumerate { source, count, .. } => call(class, vec![source.clone(), Value::int(*count)]),
        IterState::Foreign { .. } | IterState::Adaptor { .. } => {
            return Err(vm.type_error(format!("cannot pickle '{}' object", vm.type_name(&args[0]))));
        }
    }))
}

fn set_state(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let iterator = args[0].payload();
    if iterator.is_kind(Kind::Generator) {
        return vm.tail_prelude("adaptor_set_state", vec![iterator.clone(), args[1].clone()]);
    }
    let zips = iterator.get::<Iter>().is_some_and(|iter| matches!(&*iter.state.borrow(), IterState::Zip { .. }));
    if zips && vm.native_truth(&args[1]) == Some(false) {
        return Ok(Value::NONE);
    }
    if zips {
        let message = "an iterator made without strict=True cannot become strict";
        return Err(vm.raise(&vm.types.not_implemented_error, message));
    }
    let Some(place) = args[1].as_integer() else {
        let got = vm.type_name(&args[1]);
        return Err(vm.type_error(match vm.class_of(&args[0]).name().as_str() {
            "bytearray_iterator" | "list_iterator" | "list_reverseiterator" => "an integer is required".to_owned(),
            "range_iterator" => format!("'{got}' object cannot be interpreted as an integer"),
            "longrange_iterator" => format!("state must be an int, not {got}"),
            _ => "an integer is required".to_owned(),
        }));
    };
    let Some(state) = iterator.get::<Iter>() else { return set_word_state(vm, iterator, place.to_i64()) };
    let mut state = state.state.borrow_mut();
    if let IterState::BigRange { next, stop, step } = &mut *state {
        let place = place.to_big().max(BigInt::zero()).min(big_left(next, stop, step));
        *next += place * &*step;
        return Ok(Value::NONE);
    }
    let Some(place) = place.to_i64() else {
        return Err(vm.overflow_error("Python int too large to convert to C ssize_t"));
    };
    let forward = |length: usize| (place.max(0) as usize).min(length);
    let backward = |length: usize| (place.saturating_add(1).max(0) as usize).min(length);
    match &mut *state {
        IterState::Tuple { tuple, next } => *next = forward(tuple.items().len()),
        IterState::Str { string, at } => *at = string.offset(forward(string.chars())),
        IterState::Bytes { bytes, next } => *next = forward(bytes.data.len()),
        IterState::ByteArray { array, next } => *next = forward(array.data.borrow().len()),
        IterState::ListReversed { list, end } => *end = backward(list.len()),
        IterState::TupleReversed { tuple, end } => *end = backward(tuple.items().len()),
        IterState::StrReversed { string, end } => *end = backward(string.chars()),
        IterState::BytesReversed { bytes, end } => *end = backward(bytes.data.len()),
        _ => {}
    }
    Ok(Value::NONE)
}

/// Of the iterators over lists and over ranges of machine words.
fn set_word_state(vm: &mut Vm, iterator: &Value, place: Option<i64>) -> NativeResult {
    let Some(place) = place else {
        let word = if iterator.is_kind(Kind::RangeIter) { "long" } else { "ssize_t" };
        return Err(vm.overflow_error(format!("Python int too large to convert to C {word}")));
    };
    if let Some(iter) = iterator.get::<ListIter>() {
        let length = iter.list.get().get::<List>().map_or(0, |list| list.len());
        // A place before the first item is none.
        iter.next.set(usize::try_from(place).map_or(length, |place| place.min(length)));
    } else if let Some(iter) = iterator.get::<RangeIter>() {
        let place = (place.max(0) as u64).min(iter.left.get());
        iter.left.set(iter.left.get() - place);
        iter.next.set(iter.next.get().wrapping_add((place as i64).wrapping_mul(iter.step)));
    } else {
        // A generator of the prelude behind the class.
        let message = format!("'{}' object has no attribute '__setstate__'", vm.type_name(iterator));
        return Err(vm.raise(&vm.types.attribute_error, message));
    }
    Ok(Value::NONE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_of_a_range() {
        let left = |next: i64, stop: i64, step: i64| big_left(&next.into(), &stop.into(), &step.into()).to_i64();
        assert_eq!(left(0, 10, 3), Some(4));
        assert_eq!(left(10, 0, -5), Some(2));
        assert_eq!(left(3, 3, 1), Some(0));
    }
}
