//! `range` and `slice`.

use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::value::Value;
use num_bigint::BigInt;
use num_traits::Signed;

/// `range`: three ints of any size. `step` is never zero.
pub struct Range {
    /// First item.
    pub start: Value,
    /// Where it ends, not included.
    pub stop: Value,
    /// Distance between items.
    pub step: Value,
}

impl HeapKind for Range {
    const KIND: Kind = Kind::Range;
    const TRACKED: bool = false;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        [&object.start, &object.stop, &object.step].into_iter().for_each(see);
    }
    fn clear(_: &Ref<Self>) {}
}

impl Range {
    /// Start, stop, step as machine words, if all three are inline ints.
    pub fn small(&self) -> Option<(i64, i64, i64)> {
        Some((self.start.as_small()?, self.stop.as_small()?, self.step.as_small()?))
    }

    /// How many items.
    pub fn big_len(&self) -> BigInt {
        let bound = |value: &Value| value.as_integer().map_or_else(BigInt::default, |bound| bound.to_big());
        let (start, stop, step) = (bound(&self.start), bound(&self.stop), bound(&self.step));
        let (distance, step) = if step.is_negative() { (start - stop, -step) } else { (stop - start, step) };
        if distance.is_positive() && step.is_positive() { (distance - 1_i64) / step + 1_i64 } else { BigInt::default() }
    }

    /// What two equal ranges have in common, that is ranges of the same items: how many those are, the first, the step.
    pub fn essence(&self) -> [Value; 3] {
        let length = match self.small() {
            Some((start, stop, step)) => BigInt::from(Range::small_len(start, stop, step)),
            None => self.big_len(),
        };
        let none = || Value::NONE;
        let start = if length.is_positive() { self.start.clone() } else { none() };
        let step = if length > BigInt::from(1) { self.step.clone() } else { none() };
        [Value::big(length), start, step]
    }

    /// How many items, for a range of inline ints.
    pub fn small_len(start: i64, stop: i64, step: i64) -> u64 {
        if step > 0 && start < stop {
            (stop.wrapping_sub(start) as u64 - 1) / step as u64 + 1
        } else if step < 0 && start > stop {
            (start.wrapping_sub(stop) as u64 - 1) / step.unsigned_abs() + 1
        } else {
            0
        }
    }
}

/// `slice`
pub struct Slice {
    /// Given start or `None`.
    pub start: Value,
    /// Given stop or `None`.
    pub stop: Value,
    /// Given step or `None`.
    pub step: Value,
}

impl HeapKind for Slice {
    const KIND: Kind = Kind::Slice;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        [&object.start, &object.stop, &object.step].into_iter().for_each(see);
    }
    fn clear(_: &Ref<Self>) {}
}

impl Slice {
    /// The bounds for a sequence of `length` items: start, stop, step, and how many items that makes. All three parts
    /// must be `None` or machine-word ints (`None` otherwise); `step` must not be zero.
    pub fn resolve(start: Option<i64>, stop: Option<i64>, step: i64, length: usize) -> (i64, i64, usize) {
        let length = length as i64;
        let (low, high) = if step > 0 { (0, length) } else { (-1, length - 1) };
        let clamp = |bound: i64| {
            let bound = if bound < 0 { bound.saturating_add(length) } else { bound };
            bound.clamp(low, high)
        };
        let start = start.map_or(if step > 0 { low } else { high }, clamp);
        let stop = stop.map_or(if step > 0 { high } else { low }, clamp);
        (start, stop, Range::small_len(start, stop, step) as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_resolve() {
        assert_eq!(Slice::resolve(None, None, 1, 5), (0, 5, 5));
        assert_eq!(Slice::resolve(None, None, -1, 5), (4, -1, 5));
        assert_eq!(Slice::resolve(Some(-2), None, 1, 5), (3, 5, 2));
        assert_eq!(Slice::resolve(Some(10), Some(-10), -2, 5), (4, -1, 3));
        assert_eq!(Slice::resolve(Some(3), Some(1), 1, 5), (3, 1, 0));
    }
}
