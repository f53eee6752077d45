//! Integers: small ones live in the value, large ones here.

use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::value::{SMALL_MAX, SMALL_MIN, Value};
use crate::text::limbs;
use num_bigint::BigInt;
use std::cmp::Ordering;

/// An int beyond 62 bits: its sign, and its size in [`limbs`], trimmed.
pub struct BigInteger {
    negative: bool,
    digits: Digits,
}

/// How many limbs have room in the object itself.
const FEW: usize = 4;

enum Digits {
    Few(u8, [u64; FEW]),
    Many(Vec<u64>),
}

impl HeapKind for BigInteger {
    const KIND: Kind = Kind::BigInt;
    const TRACKED: bool = false;
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
    fn outside(object: &Ref<Self>) -> usize {
        match &object.digits {
            Digits::Few(..) => 0,
            Digits::Many(digits) => size_of_val(&digits[..]),
        }
    }
}

impl BigInteger {
    /// Its size.
    #[inline]
    pub fn digits(&self) -> &[u64] {
        match &self.digits {
            Digits::Few(length, digits) => &digits[..usize::from(*length).min(FEW)],
            Digits::Many(digits) => digits,
        }
    }

    /// Is it below zero?
    #[inline]
    pub fn is_negative(&self) -> bool {
        self.negative
    }
}

/// The int of this sign and size, which need not be trimmed.
pub fn from_digits(negative: bool, digits: &[u64]) -> Value {
    let digits = limbs::trimmed(digits);
    if let Some(small) = small_of(negative, digits) {
        return small;
    }
    if digits.len() > FEW {
        return boxed(negative, Digits::Many(digits.to_vec()));
    }
    let mut few = [0; FEW];
    few[..digits.len()].copy_from_slice(digits);
    boxed(negative, Digits::Few(digits.len() as u8, few))
}

/// As [`from_digits`], taking the digits over where they stand.
pub fn from_vector(negative: bool, mut digits: Vec<u64>) -> Value {
    let length = limbs::trimmed(&digits).len();
    if length <= FEW || digits.capacity() > length + length / 4 + 8 {
        return from_digits(negative, &digits);
    }
    digits.truncate(length);
    boxed(negative, Digits::Many(digits))
}

#[inline]
fn small_of(negative: bool, digits: &[u64]) -> Option<Value> {
    let small = limbs::to_i64(negative, digits)?;
    (SMALL_MIN..=SMALL_MAX).contains(&small).then(|| Value::small(small))
}

fn boxed(negative: bool, digits: Digits) -> Value {
    Ref::new(BigInteger { negative, digits }).into_value()
}

/// The int of this sign and size.
pub fn of_size(negative: bool, size: u128) -> Value {
    if size <= u128::from(SMALL_MAX.unsigned_abs()) + u128::from(negative) {
        let word = size as i64;
        return Value::small(if negative { -word } else { word });
    }
    let (low, high) = (size as u64, (size >> 64) as u64);
    boxed(negative, Digits::Few(if high == 0 { 1 } else { 2 }, [low, high, 0, 0]))
}

/// A machine word that does not fit a value.
#[cold]
#[inline(never)]
pub(super) fn boxed_word(word: i64) -> Value {
    boxed(word < 0, Digits::Few(1, [word.unsigned_abs(), 0, 0, 0]))
}

/// A view of any integer.
#[derive(Clone, Copy)]
pub enum Integer<'a> {
    /// Fits a machine word.
    Small(i64),
    /// Does not, or hardly.
    Big(&'a BigInteger),
}

impl Integer<'_> {
    /// Its sign and size; a word's size is written to `room`.
    #[inline]
    pub fn parts<'b>(&'b self, room: &'b mut [u64; 1]) -> (bool, &'b [u64]) {
        match self {
            Integer::Small(i) => {
                room[0] = i.unsigned_abs();
                (*i < 0, &room[..usize::from(*i != 0)])
            }
            Integer::Big(i) => (i.negative, i.digits()),
        }
    }

    /// For `num_bigint`.
    pub fn to_big(&self) -> BigInt {
        match self {
            Integer::Small(i) => BigInt::from(*i),
            Integer::Big(i) => limbs::to_big(i.negative, i.digits()),
        }
    }

    /// As a machine word, if it fits.
    pub fn to_i64(&self) -> Option<i64> {
        match self {
            Integer::Small(i) => Some(*i),
            Integer::Big(i) => limbs::to_i64(i.negative, i.digits()),
        }
    }

    /// How many bits its size has.
    pub fn bits(&self) -> u64 {
        match self {
            Integer::Small(i) => u64::from(u64::BITS - i.unsigned_abs().leading_zeros()),
            Integer::Big(i) => limbs::bits(i.digits()),
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
            Integer::Big(i) => i.negative,
        }
    }
}

impl PartialEq for Integer<'_> {
    fn eq(&self, other: &Integer<'_>) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Integer<'_> {}

impl PartialOrd for Integer<'_> {
    fn partial_cmp(&self, other: &Integer<'_>) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Integer<'_> {
    fn cmp(&self, other: &Integer<'_>) -> Ordering {
        let (mut x, mut y) = ([0], [0]);
        match (self.parts(&mut x), other.parts(&mut y)) {
            ((false, a), (false, b)) => limbs::compare(a, b),
            ((true, a), (true, b)) => limbs::compare(b, a),
            ((x_negative, _), (y_negative, _)) => y_negative.cmp(&x_negative),
        }
    }
}

/// The nearest double, ties to even; `None` when it would be infinite.
fn big_to_f64(i: &BigInteger) -> Option<f64> {
    let digits = i.digits();
    let bits = limbs::bits(digits);
    if bits > 1024 {
        return None;
    }
    // Keep 64 significant bits and remember in the lowest whether anything was cut off, so that one rounding is right.
    let shift = bits.saturating_sub(64);
    let mut room = [0; 1024 / 64];
    let cut = limbs::shr(digits, shift, &mut room);
    let size = (room[0] | u64::from(cut)) as f64 * 2f64.powi(shift as i32);
    let value = if i.negative { -size } else { size };
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
        payload.get::<BigInteger>().map(|big| Integer::Big(big.body()))
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
