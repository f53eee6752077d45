//! Arithmetic of ints of up to 128 bits, in the machine's own registers: hashes, generators of random numbers and products
//! of words live there, just beyond what a value holds inline.
//!
//! `None` says that an operand or the result is larger, or that the operator is not one of these; then `arithmetic` does it
//! by digits.

use super::arithmetic::Arith;
use super::int::{self, BigInteger};
use super::value::Value;

/// A sign and a size.
#[derive(Clone, Copy)]
struct Wide {
    negative: bool,
    size: u128,
}

impl Wide {
    #[inline]
    fn of(value: &Value) -> Option<Wide> {
        if let Some(word) = value.as_small() {
            return Some(Wide { negative: word < 0, size: u128::from(word.unsigned_abs()) });
        }
        let big = value.get::<BigInteger>()?;
        let size = match *big.digits() {
            [low] => u128::from(low),
            [low, high] => u128::from(low) | u128::from(high) << 64,
            _ => return None,
        };
        Some(Wide { negative: big.is_negative(), size })
    }

    /// In two's complement.
    #[inline]
    fn signed(self) -> Option<i128> {
        let size = i128::try_from(self.size).ok()?;
        Some(if self.negative { -size } else { size })
    }

    fn value(self) -> Value {
        int::of_size(self.negative, self.size)
    }
}

fn of_signed(word: i128) -> Value {
    int::of_size(word < 0, word.unsigned_abs())
}

/// The size of an int that is not negative and has at most 128 bits.
#[inline]
pub fn unsigned(value: &Value) -> Option<u128> {
    Wide::of(value).filter(|wide| !wide.negative).map(|wide| wide.size)
}

/// `a op b` of two ints.
pub fn binary(op: Arith, a: &Value, b: &Value) -> Option<Value> {
    let (x, y) = (Wide::of(a)?, Wide::of(b)?);
    match op {
        Arith::Add => add(x, y),
        Arith::Sub => add(x, Wide { negative: !y.negative, ..y }),
        Arith::Mul => {
            // Of words, the product always has room.
            let (p, q) = (u64::try_from(x.size).ok()?, u64::try_from(y.size).ok()?);
            Some(int::of_size(x.negative != y.negative, u128::from(p) * u128::from(q)))
        }
        Arith::And | Arith::Or | Arith::Xor if !x.negative && !y.negative => {
            Some(int::of_size(false, bitwise(op, x.size, y.size)))
        }
        Arith::And => Some(of_signed(x.signed()? & y.signed()?)),
        Arith::Or => Some(of_signed(x.signed()? | y.signed()?)),
        Arith::Xor => Some(of_signed(x.signed()? ^ y.signed()?)),
        Arith::LShift => {
            let count = places(y)?;
            (count <= x.size.leading_zeros()).then(|| int::of_size(x.negative, x.size.checked_shl(count).unwrap_or(0)))
        }
        Arith::RShift if !x.negative => Some(int::of_size(false, x.size.checked_shr(places(y)?).unwrap_or(0))),
        Arith::RShift => Some(of_signed(x.signed()? >> places(y)?.min(127))),
        Arith::FloorDiv => {
            let (quotient, rest) = divided(x, y)?;
            let down = u128::from(x.negative != y.negative && rest != 0);
            Some(int::of_size(x.negative != y.negative, u128::from(quotient) + down))
        }
        Arith::Mod => {
            let (_, rest) = divided(x, y)?;
            let other_side = x.negative != y.negative && rest != 0;
            Some(int::of_size(y.negative, if other_side { y.size - u128::from(rest) } else { u128::from(rest) }))
        }
        Arith::TrueDiv | Arith::Pow => None,
    }
}

#[inline]
fn bitwise(op: Arith, x: u128, y: u128) -> u128 {
    match op {
        Arith::And => x & y,
        Arith::Or => x | y,
        _ => x ^ y,
    }
}

fn add(x: Wide, y: Wide) -> Option<Value> {
    if x.negative == y.negative {
        return Some(Wide { size: x.size.checked_add(y.size)?, ..x }.value());
    }
    let (larger, smaller) = if x.size >= y.size { (x, y) } else { (y, x) };
    Some(Wide { size: larger.size - smaller.size, ..larger }.value())
}

/// By how many places to shift; less than zero is an error, which `arithmetic` knows.
fn places(count: Wide) -> Option<u32> {
    if count.negative { None } else { u32::try_from(count.size).ok() }
}

/// Quotient and remainder of the sizes, if those are words: the machine divides no more at once.
fn divided(x: Wide, y: Wide) -> Option<(u64, u64)> {
    let (p, q) = (u64::try_from(x.size).ok()?, u64::try_from(y.size).ok()?);
    Some((p.checked_div(q)?, p.checked_rem(q)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::arithmetic;
    use num_bigint::BigInt;
    use num_integer::Integer as _;

    /// Ints about each size at which something changes.
    fn numbers() -> Vec<BigInt> {
        let mut numbers = vec![];
        for bits in [0, 1, 7, 31, 32, 61, 62, 63, 64, 65, 100, 126, 127, 128, 129] {
            for near in [-3, -1, 0, 1, 12345] {
                let number = (BigInt::from(1) << bits) + near;
                numbers.extend([-&number, number]);
            }
        }
        numbers
    }

    #[test]
    fn what_it_answers_is_what_large_arithmetic_says() {
        let ops = [Arith::Add, Arith::Sub, Arith::Mul, Arith::And, Arith::Or, Arith::Xor, Arith::FloorDiv, Arith::Mod];
        let numbers = numbers();
        let mut answered = 0;
        for (x, y) in numbers.iter().flat_map(|x| numbers.iter().map(move |y| (x, y))) {
            let (a, b) = (Value::big(x.clone()), Value::big(y.clone()));
            for op in ops {
                let Some(result) = binary(op, &a, &b) else { continue };
                let expected = match op {
                    Arith::Add => x + y,
                    Arith::Sub => x - y,
                    Arith::Mul => x * y,
                    Arith::And => x & y,
                    Arith::Or => x | y,
                    Arith::Xor => x ^ y,
                    Arith::FloorDiv => x.div_floor(y),
                    _ => x.mod_floor(y),
                };
                assert_eq!(result.as_integer().map(|i| i.to_big()), Some(expected), "{x} {op:?} {y}");
                answered += 1;
            }
        }
        assert!(answered > 100_000, "most are answered: {answered}");
    }

    #[test]
    fn shifts_round_down_and_leave_what_is_too_long() {
        for x in numbers() {
            let a = Value::big(x.clone());
            for count in [0, 1, 5, 63, 64, 65, 127, 128, 129, 1000] {
                let b = Value::small(count);
                let right = binary(Arith::RShift, &a, &b).map(|v| v.as_integer().map(|i| i.to_big()));
                assert!(right.is_none_or(|right| right == Some(&x >> count)), "{x} >> {count}");
                let left = binary(Arith::LShift, &a, &b).map(|v| v.as_integer().map(|i| i.to_big()));
                assert!(left.is_none_or(|left| left == Some(&x << count)), "{x} << {count}");
            }
        }
        assert!(binary(Arith::LShift, &Value::small(1), &Value::small(-1)).is_none());
        assert!(binary(Arith::Mod, &Value::small(1), &Value::small(0)).is_none());
        assert!(arithmetic::binary(Arith::Mod, &Value::small(1), &Value::small(0)).is_err());
    }
}
