//! Integers: small ones live in the value, large ones here.

use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::value::Value;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::borrow::Cow;

/// An int beyond 62 bits.
pub struct BigInteger(pub BigInt);

impl HeapKind for BigInteger {
    const KIND: Kind = Kind::BigInt;
    const TRACKED: bool = false;
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
    fn outside(&self) -> usize {
        (self.0.bits() / 8) as usize
    }
}

/// A view of any integer.
#[derive(Clone, Copy)]
pub enum Integer<'a> {
    /// Fits a machine word.
    Small(i64),
    /// Does not.
    Big(&'a BigInt),
}

impl Integer<'_> {
    /// As a big integer.
    pub fn to_big(&self) -> BigInt {
        match self {
            Integer::Small(i) => BigInt::from(*i),
            Integer::Big(i) => (*i).clone(),
        }
    }

    /// As a big integer, without a copy where there is one already.
    pub fn as_big(&self) -> Cow<'_, BigInt> {
        match self {
            Integer::Small(i) => Cow::Owned(BigInt::from(*i)),
            Integer::Big(i) => Cow::Borrowed(i),
        }
    }

    /// As a machine word, if it fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Integer::Small(i) => Some(*i),
            Integer::Big(i) => i.to_i64(),
        }
    }

    /// Nearest double; `None` when it would be infinite.
    pub fn to_f64(&self) -> Option<f64> {
        match self {
            Integer::Small(i) => Some(*i as f64),
            Integer::Big(i) => big_to_f64(i),
        }
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        matches!(self, Integer::Small(0))
    }

    /// Is it below zero?
    pub fn is_negative(&self) -> bool {
        match self {
            Integer::Small(i) => *i < 0,
            Integer::Big(i) => i.sign() == num_bigint::Sign::Minus,
        }
    }
}

/// The nearest double, ties to even; `None` when it would be infinite.
fn big_to_f64(i: &BigInt) -> Option<f64> {
    let bits = i.bits();
    if bits > 1024 {
        return None;
    }
    // Keep 64 significant bits and remember in the lowest whether anything was cut off, so that one rounding is right.
    let shift = bits.saturating_sub(64);
    let magnitude = i.magnitude();
    let top = magnitude >> shift;
    let mut word = top.to_u64().unwrap_or(u64::MAX);
    if shift > 0 && (&top << shift) != *magnitude {
        word |= 1;
    }
    let value = word as f64 * 2f64.powi(shift as i32);
    let value = if i.sign() == num_bigint::Sign::Minus { -value } else { value };
    value.is_finite().then_some(value)
}

impl Value {
    /// The integer, if it is one; `bool` counts, subclasses of `int` too.
    #[inline]
    pub fn as_integer(&self) -> Option<Integer<'_>> {
        if let Some(i) = self.as_small() {
            return Some(Integer::Small(i));
        }
        if let Some(b) = self.as_bool() {
            return Some(Integer::Small(b as i64));
        }
        self.native_integer()
    }

    fn native_integer(&self) -> Option<Integer<'_>> {
        let payload = self.payload();
        if let Some(i) = payload.as_small() {
            return Some(Integer::Small(i));
        }
        payload.get::<BigInteger>().map(|big| Integer::Big(&big.body().0))
    }

    /// Is it an `int` (or `bool`, or of a subclass)?
    pub fn is_integer(&self) -> bool {
        self.as_integer().is_some()
    }

    /// The number as a double, for mixed arithmetic: floats and ints.
    pub fn as_number(&self) -> Option<f64> {
        if let Some(f) = self.payload().as_float() {
            return Some(f);
        }
        self.as_integer()?.to_f64()
    }
}
