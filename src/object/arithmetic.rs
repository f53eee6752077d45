//! Arithmetic of numbers: ints of any size, bools, floats and complex numbers, in any mixture.
//!
//! Only plain numbers count here: an instance of a Python subclass of `int` is none, for its class may define the operator
//! anew (who knows that it does not passes [`Value::payload`]). `None` says that an operand is no such number or that the
//! numbers have no such operator, and something else has to be tried.

use super::float::Complex;
use super::int::{self, BigInteger};
use super::kind::Kind;
use super::value::Value;
use super::{Integer, compare_float_int, wide};
use crate::memory;
use crate::text::{self, limbs};
use num_bigint::{BigInt, Sign};
use num_integer::Integer as _;
use num_traits::{FromPrimitive, Pow, Signed, ToPrimitive, Zero};
use std::cmp::Ordering;

/// A binary operator of numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Arith {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    TrueDiv,
    /// `//`
    FloorDiv,
    /// `%`
    Mod,
    /// `**`
    Pow,
    /// `<<`
    LShift,
    /// `>>`
    RShift,
    /// `&`
    And,
    /// `|`
    Or,
    /// `^`
    Xor,
}

/// An operator of one number.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Unary {
    /// `-`
    Neg,
    /// `+`
    Pos,
    /// `~`
    Invert,
    /// `abs()`
    Abs,
}

/// Why there is no result.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ArithError {
    /// `ZeroDivisionError`
    ZeroDivision(&'static str),
    /// `OverflowError`
    Overflow(&'static str),
    /// `OverflowError` as C's mathematics reports it: with a number and a text.
    Range,
    /// `ValueError`
    Value(&'static str),
    /// `MemoryError`
    Memory,
}

type Outcome<T> = Result<T, ArithError>;

/// Integers are not made larger than this many bits: the allocator must never be asked for what it cannot give.
const MAX_BITS: u64 = 1 << 36;

const DIVISION: ArithError = ArithError::ZeroDivision("division by zero");
const TOO_LARGE: ArithError = ArithError::Overflow("int too large to convert to float");

/// A plain number.
#[derive(Clone, Copy)]
enum Number<'a> {
    Int(Integer<'a>),
    Float(f64),
    Complex(f64, f64),
}

#[inline]
fn number(value: &Value) -> Option<Number<'_>> {
    if let Some(i) = value.as_small() {
        return Some(Number::Int(Integer::Small(i)));
    }
    if value.is_inline_float() {
        return Some(Number::Float(value.inline_float()));
    }
    match value.kind() {
        None => value.as_bool().map(|b| Number::Int(Integer::Small(b as i64))),
        Some(Kind::BigInt) => value.get::<BigInteger>().map(|big| Number::Int(Integer::Big(big.body()))),
        Some(Kind::Float) => value.as_float().map(Number::Float),
        Some(Kind::Complex) => value.get::<Complex>().map(|c| Number::Complex(c.re, c.im)),
        Some(_) => None,
    }
}

/// `a op b`
#[inline]
pub fn binary(op: Arith, a: &Value, b: &Value) -> Outcome<Option<Value>> {
    if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
        return small(op, x, y).map(Some);
    }
    if a.is_inline_float() && b.is_inline_float() {
        return float(op, a.inline_float(), b.inline_float());
    }
    mixed(op, a, b)
}

#[inline(never)]
fn mixed(op: Arith, a: &Value, b: &Value) -> Outcome<Option<Value>> {
    if let Some(result) = wide::binary(op, a, b) {
        return Ok(Some(result));
    }
    let (Some(x), Some(y)) = (number(a), number(b)) else { return Ok(None) };
    if let (Some(p), Some(q)) = (a.as_bool(), b.as_bool()) {
        match op {
            Arith::And => return Ok(Some(Value::bool(p & q))),
            Arith::Or => return Ok(Some(Value::bool(p | q))),
            Arith::Xor => return Ok(Some(Value::bool(p ^ q))),
            _ => {}
        }
    }
    match (x, y) {
        (Number::Int(Integer::Small(x)), Number::Int(Integer::Small(y))) => small(op, x, y).map(Some),
        (Number::Int(x), Number::Int(y)) => big(op, x, y).map(Some),
        (Number::Complex(..), _) | (_, Number::Complex(..)) => complex(op, x, y),
        (Number::Float(x), Number::Float(y)) => float(op, x, y),
        (Number::Float(x), Number::Int(y)) if has_float(op) => float(op, x, to_float(y)?),
        (Number::Int(x), Number::Float(y)) if has_float(op) => float(op, to_float(x)?, y),
        _ => Ok(None),
    }
}

fn has_float(op: Arith) -> bool {
    !matches!(op, Arith::LShift | Arith::RShift | Arith::And | Arith::Or | Arith::Xor)
}

/// The nearest double, or `OverflowError`.
pub fn to_float(i: Integer<'_>) -> Outcome<f64> {
    i.to_f64().ok_or(TOO_LARGE)
}

#[inline]
fn small(op: Arith, x: i64, y: i64) -> Outcome<Value> {
    Ok(match op {
        // Inline ints have 62 bits; a machine word may also come from a big int, so the sum is checked.
        Arith::Add => match x.checked_add(y) {
            Some(sum) => Value::int(sum),
            None => return big(op, Integer::Small(x), Integer::Small(y)),
        },
        Arith::Sub => match x.checked_sub(y) {
            Some(difference) => Value::int(difference),
            None => return big(op, Integer::Small(x), Integer::Small(y)),
        },
        Arith::Mul => match x.checked_mul(y) {
            Some(product) => Value::int(product),
            None => return big(op, Integer::Small(x), Integer::Small(y)),
        },
        Arith::TrueDiv => {
            if y == 0 {
                return Err(DIVISION);
            }
            if x.unsigned_abs() <= 1 << 53 && y.unsigned_abs() <= 1 << 53 {
                Value::float(x as f64 / y as f64)
            } else {
                Value::float(true_divide(&BigInt::from(x), &BigInt::from(y))?)
            }
        }
        Arith::FloorDiv => {
            if y == 0 {
                return Err(DIVISION);
            }
            // The one quotient that overflows is that of the smallest word and -1.
            if y == -1 { from_size(x > 0, x.unsigned_abs()) } else { Value::int(num_integer::div_floor(x, y)) }
        }
        Arith::Mod => match y {
            0 => return Err(DIVISION),
            -1 => Value::small(0),
            _ => Value::int(num_integer::mod_floor(x, y)),
        },
        Arith::Pow => return power(Integer::Small(x), Integer::Small(y)),
        Arith::LShift => {
            if y < 0 {
                return Err(ArithError::Value("negative shift count"));
            }
            if x == 0 {
                Value::small(0)
            } else if y < 64 && (x << y) >> y == x {
                Value::int(x << y)
            } else {
                return shift_left(Integer::Small(x), y as u64);
            }
        }
        Arith::RShift => {
            if y < 0 {
                return Err(ArithError::Value("negative shift count"));
            }
            Value::int(x >> y.min(63))
        }
        Arith::And => Value::int(x & y),
        Arith::Or => Value::int(x | y),
        Arith::Xor => Value::int(x ^ y),
    })
}

fn big(op: Arith, x: Integer<'_>, y: Integer<'_>) -> Outcome<Value> {
    match op {
        Arith::Pow => return power(x, y),
        Arith::LShift | Arith::RShift => return shift(op, x, y),
        Arith::TrueDiv if y.is_zero() => return Err(DIVISION),
        Arith::TrueDiv => return Ok(Value::float(true_divide(&x.to_big(), &y.to_big())?)),
        Arith::FloorDiv => return Ok(divide(x, y, true, false)?.0),
        Arith::Mod => return Ok(divide(x, y, false, true)?.1),
        _ => {}
    }
    let (mut p, mut q) = ([0], [0]);
    let ((x_negative, a), (y_negative, b)) = (x.parts(&mut p), y.parts(&mut q));
    let longer = a.len().max(b.len()) + 1;
    Ok(match op {
        Arith::Mul => {
            roomy(x.bits().saturating_add(y.bits()))?;
            if a.len().min(b.len()) >= limbs::LONG {
                return Ok(Value::big(x.to_big() * y.to_big()));
            }
            made(x_negative != y_negative, a.len() + b.len(), |out| limbs::mul(a, b, out))
        }
        Arith::And if !x_negative && !y_negative => made(false, a.len().min(b.len()), |out| {
            a.iter().zip(b).zip(out).for_each(|((x, y), to)| *to = x & y);
        }),
        Arith::And => signed(longer, |out| limbs::bitwise((x_negative, a), (y_negative, b), |x, y| x & y, out)),
        Arith::Or => signed(longer, |out| limbs::bitwise((x_negative, a), (y_negative, b), |x, y| x | y, out)),
        Arith::Xor => signed(longer, |out| limbs::bitwise((x_negative, a), (y_negative, b), |x, y| x ^ y, out)),
        // A difference is a sum with the other sign.
        _ if x_negative == (y_negative ^ (op == Arith::Sub)) => made(x_negative, longer, |out| limbs::add(a, b, out)),
        _ if limbs::compare(a, b).is_lt() => made(!x_negative, b.len(), |out| limbs::sub(b, a, out)),
        _ => made(x_negative, a.len(), |out| limbs::sub(a, b, out)),
    })
}

/// Results up to this many limbs are worked out on the native stack.
const SHORT: usize = 8;

/// An int of this sign whose size, at most so many limbs, is written by `write` to where zeros were.
#[inline]
fn made(negative: bool, length: usize, write: impl FnOnce(&mut [u64])) -> Value {
    signed(length, |out| {
        write(out);
        negative
    })
}

/// As [`made`], where only the writer knows the sign.
#[inline]
fn signed(length: usize, write: impl FnOnce(&mut [u64]) -> bool) -> Value {
    if length <= SHORT {
        let mut room = [0; SHORT];
        let negative = write(&mut room[..length]);
        return int::from_digits(negative, &room[..length]);
    }
    let mut digits = vec![0; length];
    let negative = write(&mut digits);
    int::from_vector(negative, digits)
}

/// Quotient and remainder, rounded down; what is not wanted may be zero.
fn divide(x: Integer<'_>, y: Integer<'_>, quotient: bool, remainder: bool) -> Outcome<(Value, Value)> {
    let (mut p, mut q) = ([0], [0]);
    let ((x_negative, a), (y_negative, b)) = (x.parts(&mut p), y.parts(&mut q));
    let opposed = x_negative != y_negative;
    let zero = || Value::small(0);
    // What the parts come to when the size of the quotient and of the remainder, both rounded to zero, are known.
    let rounded = |size: &mut [u64], rest: &mut [u64]| {
        let inexact = rest.iter().any(|digit| *digit != 0);
        if opposed && inexact {
            // The quotient is one less, and the remainder lies on the divisor's side of zero.
            size.iter_mut().all(|digit| {
                *digit = digit.wrapping_add(1);
                *digit == 0
            });
            if remainder {
                let mut other = vec![0; b.len()];
                limbs::sub(b, limbs::trimmed(rest), &mut other);
                rest.copy_from_slice(&other);
            }
        }
        let quotient = if quotient { int::from_digits(opposed, size) } else { zero() };
        (quotient, if remainder { int::from_digits(y_negative, rest) } else { zero() })
    };
    match b {
        [] => Err(DIVISION),
        // As long as the remainder is wanted alone, no quotient is written down.
        [word] if !quotient => Ok(rounded(&mut [], &mut [limbs::rem_word(a, *word)])),
        [word] if a.len() < SHORT => {
            let mut size = [0; SHORT];
            let rest = limbs::div_word(a, *word, &mut size);
            Ok(rounded(&mut size[..=a.len()], &mut [rest]))
        }
        [word] => {
            let mut size = vec![0; a.len() + 1];
            let rest = limbs::div_word(a, *word, &mut size);
            Ok(rounded(&mut size, &mut [rest]))
        }
        _ if a.len() < b.len() => {
            let mut rest = vec![0; b.len()];
            rest[..a.len()].copy_from_slice(a);
            Ok(rounded(&mut [0], &mut rest))
        }
        _ if b.len() >= limbs::LONG && a.len() - b.len() >= limbs::LONG => {
            let (x, y) = (x.to_big(), y.to_big());
            let (quotient, rest) = match (quotient, remainder) {
                (true, false) => (x.div_floor(&y), BigInt::zero()),
                (false, _) => (BigInt::zero(), x.mod_floor(&y)),
                _ => x.div_mod_floor(&y),
            };
            Ok((Value::big(quotient), Value::big(rest)))
        }
        _ if a.len() < SHORT => {
            let (mut size, mut rest, mut room) = ([0; SHORT + 1], [0; SHORT], [0; 2 * SHORT + 1]);
            let size = &mut size[..a.len() - b.len() + 2];
            let (rest, room) = (&mut rest[..b.len()], &mut room[..a.len() + b.len() + 1]);
            limbs::div_rem(a, b, &mut size[..=a.len() - b.len()], rest, room);
            Ok(rounded(size, rest))
        }
        _ => {
            let (mut size, mut rest) = (vec![0; a.len() - b.len() + 2], vec![0; b.len()]);
            let mut room = vec![0; a.len() + b.len() + 1];
            limbs::div_rem(a, b, &mut size[..=a.len() - b.len()], &mut rest, &mut room);
            Ok(rounded(&mut size, &mut rest))
        }
    }
}

/// Is there memory for an integer of so many bits?
fn roomy(bits: u64) -> Outcome<()> {
    if bits <= 1 << 20 {
        return Ok(());
    }
    let fits = bits <= MAX_BITS && memory::fits((bits / 8) as usize * 2);
    if fits { Ok(()) } else { Err(ArithError::Memory) }
}

fn shift(op: Arith, x: Integer<'_>, y: Integer<'_>) -> Outcome<Value> {
    if y.is_negative() {
        return Err(ArithError::Value("negative shift count"));
    }
    let count = y.to_i64().map(|count| count as u64);
    match (op, count) {
        _ if x.is_zero() => Ok(Value::small(0)),
        (Arith::LShift, Some(count)) => shift_left(x, count),
        (Arith::LShift, None) => Err(ArithError::Overflow("too many digits in integer")),
        (_, Some(count)) if count < x.bits() => {
            let mut room = [0];
            let (negative, digits) = x.parts(&mut room);
            let whole = (count / 64) as usize;
            Ok(made(negative, digits.len() - whole + 1, |out| {
                let (out, top) = out.split_at_mut(digits.len() - whole);
                if limbs::shr(digits, count, out) && negative {
                    // Rounded down.
                    out.iter_mut().chain(top).all(|digit| {
                        *digit = digit.wrapping_add(1);
                        *digit == 0
                    });
                }
            }))
        }
        _ => Ok(Value::small(if x.is_negative() { -1 } else { 0 })),
    }
}

fn shift_left(x: Integer<'_>, count: u64) -> Outcome<Value> {
    if count > i64::MAX as u64 / 4 {
        return Err(ArithError::Overflow("too many digits in integer"));
    }
    roomy(x.bits().saturating_add(count))?;
    let mut room = [0];
    let (negative, digits) = x.parts(&mut room);
    let length = digits.len() + (count / 64) as usize + 1;
    Ok(made(negative, length, |out| limbs::shl(digits, count, out)))
}

/// `x ** y` of ints: a negative exponent gives a float.
fn power(x: Integer<'_>, y: Integer<'_>) -> Outcome<Value> {
    if y.is_negative() {
        return float_power(to_float(x)?, to_float(y)?);
    }
    // Small powers of small numbers are the usual ones.
    if let (Integer::Small(base), Some(exponent)) = (x, y.to_i64().and_then(|y| u32::try_from(y).ok()))
        && let Some(result) = base.checked_pow(exponent)
    {
        return Ok(Value::int(result));
    }
    if let Integer::Small(base @ -1..=1) = x {
        let odd = match y {
            Integer::Small(y) => y & 1 == 1,
            Integer::Big(y) => y.digits()[0] & 1 == 1,
        };
        return Ok(Value::small(if base == -1 && !odd { 1 } else { base }));
    }
    let Some(exponent) = y.to_i64().map(|y| y as u64).filter(|y| *y <= i64::MAX as u64 / 64) else {
        return Err(ArithError::Overflow("too many digits in integer"));
    };
    let base = x.to_big();
    let bits = base.bits();
    roomy((bits - 1).saturating_mul(exponent))?;
    // A power of two is a shift.
    if base.magnitude().trailing_zeros() == Some(bits - 1) {
        let sign = if x.is_negative() && exponent & 1 == 1 { -1 } else { 1 };
        return shift_left(Integer::Small(sign), (bits - 1) * exponent);
    }
    Ok(Value::big(Pow::pow(base, exponent)))
}

/// `pow(a, b, m)` of ints; `None` when one is none.
pub fn pow_mod(a: &Value, b: &Value, m: &Value) -> Outcome<Option<Value>> {
    let (Some(Number::Int(a)), Some(Number::Int(b)), Some(Number::Int(m))) = (number(a), number(b), number(m)) else {
        return Ok(None);
    };
    if m.is_zero() {
        return Err(ArithError::Value("pow() 3rd argument cannot be 0"));
    }
    if matches!(m, Integer::Small(1 | -1)) {
        return Ok(Some(Value::small(0)));
    }
    if let (Integer::Small(a), Integer::Small(b @ 0..), Integer::Small(m @ 2..)) = (a, b, m) {
        return Ok(Some(Value::int(small_pow_mod(a.rem_euclid(m) as u64, b as u64, m as u64) as i64)));
    }
    let (modulus, exponent) = (m.to_big(), b.to_big());
    let size = modulus.abs();
    let mut base = a.to_big().mod_floor(&size);
    if b.is_negative() {
        base = base.modinv(&size).ok_or(ArithError::Value("base is not invertible for the given modulus"))?;
    }
    let result = match (base.to_u64(), exponent.magnitude().to_u64(), size.to_u64()) {
        (Some(base), Some(exponent), Some(size)) => BigInt::from(small_pow_mod(base, exponent, size)),
        _ => base.modpow(&exponent.abs(), &size),
    };
    let result = if m.is_negative() && !result.is_zero() { result + &modulus } else { result };
    Ok(Some(Value::big(result)))
}

fn small_pow_mod(base: u64, mut exponent: u64, modulus: u64) -> u64 {
    let modulus = u128::from(modulus);
    let (mut square, mut result) = (u128::from(base) % modulus, 1 % modulus);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = result * square % modulus;
        }
        square = square * square % modulus;
        exponent >>= 1;
    }
    result as u64
}

/// `x / y`, correctly rounded; `y` is not zero.
pub fn true_divide(x: &BigInt, y: &BigInt) -> Outcome<f64> {
    const OVERFLOW: ArithError = ArithError::Overflow("integer division result too large for a float");
    let sign = if (x.sign() == Sign::Minus) != (y.sign() == Sign::Minus) { -1.0 } else { 1.0 };
    let magnitude = |quotient: f64| Ok(quotient * sign);
    if x.is_zero() {
        return magnitude(0.0);
    }
    let (x, y) = (x.magnitude(), y.magnitude());
    // The quotient is of the order of 2^order.
    let order = x.bits() as i64 - y.bits() as i64;
    if order > 1024 {
        return Err(OVERFLOW);
    }
    if order < -1080 {
        return magnitude(0.0);
    }
    // So scaled, the whole quotient has at least two bits more than the double will keep.
    let shift = order.max(-1021) - 55;
    let (quotient, rest) = if shift >= 0 { x.div_rem(&(y << shift as u64)) } else { (x << (-shift) as u64).div_rem(y) };
    let quotient = quotient.to_u64().unwrap_or(u64::MAX);
    let bits = i64::from(u64::BITS - quotient.leading_zeros());
    let extra = bits.max(-1021 - shift) - 53;
    let (kept, cut, half) = (quotient >> extra, quotient & ((1 << extra) - 1), 1u64 << (extra - 1));
    let up = cut > half || cut == half && (!rest.is_zero() || kept & 1 == 1);
    let value = scale((kept + u64::from(up)) as f64, shift + extra);
    if value.is_finite() { magnitude(value) } else { Err(OVERFLOW) }
}

/// `x · 2^exponent`, rounded once.
pub fn scale(mut x: f64, exponent: i64) -> f64 {
    let power = |e: i64| f64::from_bits(((e + 1023) as u64) << 52);
    let mut left = exponent.clamp(-4000, 4000);
    while left > 1023 {
        x *= power(1023);
        left -= 1023;
    }
    // A step down keeps 53 bits in hand, so that only the last one can round.
    while left < -1022 {
        x *= power(-1022 + 53);
        left += 1022 - 53;
    }
    x * power(left)
}

#[inline]
fn float(op: Arith, x: f64, y: f64) -> Outcome<Option<Value>> {
    let result = match op {
        Arith::Add => x + y,
        Arith::Sub => x - y,
        Arith::Mul => x * y,
        Arith::TrueDiv => {
            if y == 0.0 {
                return Err(DIVISION);
            }
            x / y
        }
        Arith::FloorDiv => float_divmod(x, y)?.0,
        Arith::Mod => float_divmod(x, y)?.1,
        Arith::Pow => return float_power(x, y).map(Some),
        _ => return Ok(None),
    };
    Ok(Some(Value::float(result)))
}

/// `divmod(x, y)`: the remainder has the sign of the divisor.
pub fn float_divmod(x: f64, y: f64) -> Outcome<(f64, f64)> {
    if y == 0.0 {
        return Err(DIVISION);
    }
    let mut rest = x % y;
    let mut quotient = (x - rest) / y;
    if rest == 0.0 {
        rest = 0.0_f64.copysign(y);
    } else if (y < 0.0) != (rest < 0.0) {
        rest += y;
        quotient -= 1.0;
    }
    let whole = if quotient == 0.0 {
        0.0_f64.copysign(x / y)
    } else {
        // The division above may have rounded just below the whole number that was meant.
        let floor = quotient.floor();
        if quotient - floor > 0.5 { floor + 1.0 } else { floor }
    };
    Ok((whole, rest))
}

/// `x ** y` of floats; a negative base with a fractional exponent gives a complex number.
fn float_power(x: f64, y: f64) -> Outcome<Value> {
    if x == 0.0 && y < 0.0 && y.is_finite() {
        return Err(ArithError::ZeroDivision("zero to a negative power"));
    }
    if x < 0.0 && x.is_finite() && y.is_finite() && y != y.floor() {
        let (re, im) = complex_power((x, 0.0), (y, 0.0))?;
        return Ok(Complex::value(re, im));
    }
    let result = x.powf(y);
    if result.is_infinite() && x.is_finite() && y.is_finite() {
        return Err(ArithError::Range);
    }
    Ok(Value::float(result))
}

type Parts = (f64, f64);

fn complex(op: Arith, x: Number<'_>, y: Number<'_>) -> Outcome<Option<Value>> {
    if !matches!(op, Arith::Add | Arith::Sub | Arith::Mul | Arith::TrueDiv | Arith::Pow) {
        return Ok(None);
    }
    // A real operand stays real: it has no imaginary part, not one of zero, whose sign would show.
    let real = |n: Number<'_>| match n {
        Number::Int(i) => to_float(i),
        Number::Float(f) => Ok(f),
        Number::Complex(re, _) => Ok(re),
    };
    let (re, im) = match (op, x, y) {
        (Arith::Add, Number::Complex(a, b), Number::Complex(c, d)) => (a + c, b + d),
        (Arith::Add, Number::Complex(a, b), r) => (a + real(r)?, b),
        (Arith::Add, r, Number::Complex(a, b)) => (real(r)? + a, b),
        (Arith::Sub, Number::Complex(a, b), Number::Complex(c, d)) => (a - c, b - d),
        (Arith::Sub, Number::Complex(a, b), r) => (a - real(r)?, b),
        (Arith::Sub, r, Number::Complex(a, b)) => (real(r)? - a, -b),
        (Arith::Mul, Number::Complex(a, b), Number::Complex(c, d)) => complex_product((a, b), (c, d)),
        (Arith::Mul, Number::Complex(a, b), r) => (a * real(r)?, b * real(r)?),
        (Arith::Mul, r, Number::Complex(a, b)) => (real(r)? * a, real(r)? * b),
        (Arith::TrueDiv, Number::Complex(a, b), Number::Complex(c, d)) => complex_quotient((a, b), (c, d))?,
        (Arith::TrueDiv, Number::Complex(a, b), r) => match real(r)? {
            0.0 => return Err(DIVISION),
            r => (a / r, b / r),
        },
        (Arith::TrueDiv, r, Number::Complex(a, b)) => real_quotient(real(r)?, (a, b))?,
        (_, x, y) => {
            let parts = |n| match n {
                Number::Complex(re, im) => Ok((re, im)),
                other => real(other).map(|re| (re, 0.0)),
            };
            complex_power(parts(x)?, parts(y)?)?
        }
    };
    Ok(Some(Complex::value(re, im)))
}

/// The product, infinite where a factor is even if the plain formula says not-a-number.
fn complex_product((a, b): Parts, (c, d): Parts) -> Parts {
    let (re, im) = (a * c - b * d, a * d + b * c);
    if !(re.is_nan() && im.is_nan()) {
        return (re, im);
    }
    let boxed = |x: f64, whole: bool| if whole { f64::from(u8::from(x.is_infinite())).copysign(x) } else { x };
    let zeroed = |x: f64| if x.is_nan() { 0.0_f64.copysign(x) } else { x };
    let (left, right) = (a.is_infinite() || b.is_infinite(), c.is_infinite() || d.is_infinite());
    let (mut a, mut b, mut c, mut d) = (boxed(a, left), boxed(b, left), boxed(c, right), boxed(d, right));
    let mut again = left || right;
    if left {
        (c, d) = (zeroed(c), zeroed(d));
    }
    if right {
        (a, b) = (zeroed(a), zeroed(b));
    }
    if !again && [a * c, b * d, a * d, b * c].iter().any(|part| part.is_infinite()) {
        (a, b, c, d) = (zeroed(a), zeroed(b), zeroed(c), zeroed(d));
        again = true;
    }
    if again { (f64::INFINITY * (a * c - b * d), f64::INFINITY * (a * d + b * c)) } else { (re, im) }
}

/// The quotient by Smith's method, which does not overflow on the way.
pub fn complex_quotient((a, b): Parts, (c, d): Parts) -> Outcome<Parts> {
    if c == 0.0 && d == 0.0 {
        return Err(DIVISION);
    }
    let (re, im) = if c.abs() >= d.abs() {
        let ratio = d / c;
        let divisor = c + d * ratio;
        ((a + b * ratio) / divisor, (b - a * ratio) / divisor)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let divisor = c * ratio + d;
        ((a * ratio + b) / divisor, (b * ratio - a) / divisor)
    } else {
        (f64::NAN, f64::NAN)
    };
    if !(re.is_nan() && im.is_nan()) {
        return Ok((re, im));
    }
    let boxed = |x: f64| f64::from(u8::from(x.is_infinite())).copysign(x);
    if (a.is_infinite() || b.is_infinite()) && c.is_finite() && d.is_finite() {
        let (a, b) = (boxed(a), boxed(b));
        return Ok((f64::INFINITY * (a * c + b * d), f64::INFINITY * (b * c - a * d)));
    }
    if (c.is_infinite() || d.is_infinite()) && a.is_finite() && b.is_finite() {
        let (c, d) = (boxed(c), boxed(d));
        return Ok((0.0 * (a * c + b * d), 0.0 * (b * c - a * d)));
    }
    Ok((re, im))
}

/// The quotient of a real number, which has no imaginary part, not one of zero.
fn real_quotient(a: f64, (c, d): Parts) -> Outcome<Parts> {
    if c == 0.0 && d == 0.0 {
        return Err(DIVISION);
    }
    let (re, im) = if c.abs() >= d.abs() {
        let ratio = d / c;
        let divisor = c + d * ratio;
        (a / divisor, -a * ratio / divisor)
    } else if d.abs() >= c.abs() {
        let ratio = c / d;
        let divisor = c * ratio + d;
        (a * ratio / divisor, -a / divisor)
    } else {
        (f64::NAN, f64::NAN)
    };
    if re.is_nan() && im.is_nan() && a.is_finite() && (c.is_infinite() || d.is_infinite()) {
        let boxed = |x: f64| f64::from(u8::from(x.is_infinite())).copysign(x);
        return Ok((0.0 * (a * boxed(c)), 0.0 * (-a * boxed(d))));
    }
    Ok((re, im))
}

fn complex_power(base: Parts, exponent: Parts) -> Outcome<Parts> {
    const ZERO: ArithError = ArithError::ZeroDivision("zero to a negative or complex power");
    let (n, imaginary) = exponent;
    let (re, im) = if imaginary == 0.0 && n == n.floor() && n.abs() <= 100.0 {
        // Repeated squaring is faster and more exact than the polar form.
        let mut product = (1.0, 0.0);
        let (mut left, mut square) = (n.abs() as u32, base);
        while left > 0 {
            if left & 1 == 1 {
                product = complex_product(product, square);
            }
            left >>= 1;
            square = complex_product(square, square);
        }
        if n >= 0.0 { product } else { complex_quotient((1.0, 0.0), product).map_err(|_| ZERO)? }
    } else if base == (0.0, 0.0) {
        if imaginary != 0.0 || n < 0.0 {
            return Err(ZERO);
        }
        (0.0, 0.0)
    } else {
        let size = base.0.hypot(base.1);
        let angle = base.1.atan2(base.0);
        let (mut length, mut phase) = (size.powf(n), angle * n);
        if imaginary != 0.0 {
            length *= (-angle * imaginary).exp();
            phase += imaginary * size.ln();
        }
        (length * phase.cos(), length * phase.sin())
    };
    if re.is_infinite() || im.is_infinite() {
        return Err(ArithError::Overflow("complex exponentiation"));
    }
    Ok((re, im))
}

/// `divmod(a, b)` of ints and floats.
pub fn divmod(a: &Value, b: &Value) -> Outcome<Option<(Value, Value)>> {
    let (Some(x), Some(y)) = (number(a), number(b)) else { return Ok(None) };
    let (x, y) = match (x, y) {
        (Number::Int(x), Number::Int(y)) => {
            if y.is_zero() {
                return Err(DIVISION);
            }
            if let (Integer::Small(x), Integer::Small(y)) = (x, y)
                && y != -1
            {
                let (quotient, rest) = num_integer::div_mod_floor(x, y);
                return Ok(Some((Value::int(quotient), Value::int(rest))));
            }
            return divide(x, y, true, true).map(Some);
        }
        (Number::Float(x), Number::Float(y)) => (x, y),
        (Number::Float(x), Number::Int(y)) => (x, to_float(y)?),
        (Number::Int(x), Number::Float(y)) => (to_float(x)?, y),
        _ => return Ok(None),
    };
    let (quotient, rest) = float_divmod(x, y)?;
    Ok(Some((Value::float(quotient), Value::float(rest))))
}

/// `-a`, `+a`, `~a`, `abs(a)`
pub fn unary(op: Unary, a: &Value) -> Outcome<Option<Value>> {
    let Some(number) = number(a) else { return Ok(None) };
    Ok(Some(match (op, number) {
        (Unary::Pos, Number::Int(Integer::Small(i))) => Value::int(i),
        (Unary::Pos, Number::Int(Integer::Big(_))) => a.clone(),
        (Unary::Pos, Number::Float(f)) => Value::float(f),
        (Unary::Pos, Number::Complex(re, im)) => Complex::value(re, im),
        (Unary::Neg, Number::Int(Integer::Small(i))) => from_size(i > 0, i.unsigned_abs()),
        (Unary::Neg, Number::Int(Integer::Big(i))) => int::from_digits(!i.is_negative(), i.digits()),
        (Unary::Neg, Number::Float(f)) => Value::float(-f),
        (Unary::Neg, Number::Complex(re, im)) => Complex::value(-re, -im),
        (Unary::Invert, Number::Int(Integer::Small(i))) => Value::int(!i),
        (Unary::Invert, Number::Int(i)) => big(Arith::Sub, Integer::Small(-1), i)?,
        (Unary::Abs, Number::Int(Integer::Small(i))) => from_size(false, i.unsigned_abs()),
        (Unary::Abs, Number::Int(Integer::Big(i))) if i.is_negative() => int::from_digits(false, i.digits()),
        (Unary::Abs, Number::Int(_)) => a.clone(),
        (Unary::Abs, Number::Float(f)) => Value::float(f.abs()),
        (Unary::Abs, Number::Complex(re, im)) => {
            let size = re.hypot(im);
            if size.is_infinite() && re.is_finite() && im.is_finite() {
                return Err(ArithError::Overflow("absolute value too large"));
            }
            Value::float(size)
        }
        (Unary::Invert, _) => return Ok(None),
    }))
}

/// The integer as a value.
pub fn from_integer(i: Integer<'_>) -> Value {
    match i {
        Integer::Small(i) => Value::int(i),
        Integer::Big(i) => int::from_digits(i.is_negative(), i.digits()),
    }
}

/// The integer of this sign and a size of one limb.
fn from_size(negative: bool, size: u64) -> Value {
    int::from_digits(negative, &[size])
}

/// The order of two numbers: `None` when they are not numbers that have one, `Some(None)` when one is not-a-number.
pub fn compare(a: &Value, b: &Value) -> Option<Option<Ordering>> {
    if let (Some(x), Some(y)) = (a.as_small(), b.as_small()) {
        return Some(Some(x.cmp(&y)));
    }
    match (number(a)?, number(b)?) {
        (Number::Int(Integer::Small(x)), Number::Int(Integer::Small(y))) => Some(Some(x.cmp(&y))),
        (Number::Int(x), Number::Int(y)) => Some(Some(x.cmp(&y))),
        (Number::Float(x), Number::Float(y)) => Some(x.partial_cmp(&y)),
        (Number::Float(x), Number::Int(y)) => Some(compare_float_int(x, y)),
        (Number::Int(x), Number::Float(y)) => Some(compare_float_int(y, x).map(Ordering::reverse)),
        _ => None,
    }
}

/// The whole part of a float, as `int(f)` has it.
pub fn truncate(f: f64) -> Outcome<Value> {
    if f.is_nan() {
        return Err(ArithError::Value("cannot convert float NaN to integer"));
    }
    // Exactly representable bounds: every float between them fits the machine word.
    if f.abs() < 9e18 {
        return Ok(Value::int(f as i64));
    }
    match BigInt::from_f64(f) {
        Some(whole) => Ok(Value::big(whole)),
        None => Err(ArithError::Overflow("cannot convert float infinity to integer")),
    }
}

/// `round(a, digits)` of ints and floats; without digits the result is an int, ties go to the even one.
pub fn round(a: &Value, digits: Option<i64>) -> Outcome<Option<Value>> {
    Ok(Some(match (number(a), digits) {
        (Some(Number::Int(i)), None | Some(0..)) => from_integer(i),
        (Some(Number::Int(i)), Some(digits)) => Value::big(round_int(&i.to_big(), digits.unsigned_abs())),
        (Some(Number::Float(f)), None) => truncate(f.round_ties_even())?,
        (Some(Number::Float(f)), Some(digits)) => match text::float::round(f, digits) {
            Ok(rounded) => Value::float(rounded),
            Err(_) => return Err(ArithError::Overflow("rounded value too large to represent")),
        },
        _ => return Ok(None),
    }))
}

/// `i` to a multiple of 10 to the `zeros`.
fn round_int(i: &BigInt, zeros: u64) -> BigInt {
    // Three bits hold less than a digit: so many zeros are more than the number is long.
    if zeros > i.bits() / 3 + 2 {
        return BigInt::zero();
    }
    let unit: BigInt = Pow::pow(BigInt::from(10), zeros);
    let (quotient, rest) = i.div_mod_floor(&unit);
    let up = match (rest * 2u32).cmp(&unit) {
        Ordering::Greater => true,
        Ordering::Less => false,
        Ordering::Equal => quotient.is_odd(),
    };
    (if up { quotient + 1 } else { quotient }) * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn num(text: &str) -> Value {
        if let Ok(i) = text.parse::<BigInt>() {
            return Value::big(i);
        }
        match text {
            "True" => Value::TRUE,
            _ => Value::float(text.parse().expect("a number")),
        }
    }

    fn shown(v: &Value) -> String {
        match number(v) {
            Some(Number::Int(i)) => i.to_big().to_string(),
            Some(Number::Float(f)) => text::float::repr(f),
            Some(Number::Complex(re, im)) => text::complex::repr(re, im),
            None => "?".to_owned(),
        }
    }

    fn check(op: Arith, a: &str, b: &str, expected: &str) {
        let result = match binary(op, &num(a), &num(b)) {
            Ok(Some(value)) => shown(&value),
            Ok(None) => "None".to_owned(),
            Err(error) => format!("{error:?}"),
        };
        assert_eq!(result, expected, "{a} {op:?} {b}");
    }

    #[test]
    fn ints_of_any_size() {
        let big = "1000000000000000000000000000000";
        check(Arith::Add, "2305843009213693951", "1", "2305843009213693952");
        check(Arith::Add, "9223372036854775807", "9223372036854775807", "18446744073709551614");
        check(Arith::Mul, "2305843009213693951", "2305843009213693951", "5316911983139663487003542222693990401");
        check(Arith::FloorDiv, "-7", "2", "-4");
        check(Arith::FloorDiv, "7", "-2", "-4");
        check(Arith::Mod, "7", "-2", "-1");
        check(Arith::Mod, "-7", "2", "1");
        check(Arith::Mod, "-1000000000000000000000000000000", "7", "6");
        check(Arith::FloorDiv, "-1000000000000000000000000000000", "7", "-142857142857142857142857142858");
        check(Arith::FloorDiv, "1", "0", "ZeroDivision(\"division by zero\")");
        check(Arith::Pow, "2", "-1", "0.5");
        check(Arith::Pow, "10", "30", big);
        check(Arith::Pow, "-2", "63", "-9223372036854775808");
        check(Arith::Pow, "2", "1180591620717411303424", "Overflow(\"too many digits in integer\")");
        check(Arith::Pow, "-1", "1180591620717411303425", "-1");
        check(Arith::LShift, "1", "70", "1180591620717411303424");
        check(Arith::LShift, "-3", "62", "-13835058055282163712");
        check(Arith::LShift, "1", big, "Overflow(\"too many digits in integer\")");
        check(Arith::LShift, "0", big, "0");
        check(Arith::RShift, "-1", big, "-1");
        check(Arith::RShift, "1", "100", "0");
        check(Arith::RShift, "-1000000000000000000000000000001", "3", "-125000000000000000000000000001");
        check(Arith::And, "-1000000000000000000000000000000", "255", "0");
        check(Arith::Or, "True", "2", "3");
        check(Arith::Add, "True", "True", "2");
        check(Arith::LShift, "1", "1000000000000000", "Memory");
    }

    #[test]
    fn true_division_is_correctly_rounded() {
        check(Arith::TrueDiv, "1", "3", "0.3333333333333333");
        check(Arith::TrueDiv, "0", "-5", "-0.0");
        check(Arith::TrueDiv, "9007199254740993", "1", "9007199254740992.0");
        check(Arith::TrueDiv, "9007199254740995", "1", "9007199254740996.0");
        check(Arith::TrueDiv, "1000000000000000000000000000000", "7", "1.4285714285714285e+29");
        check(Arith::TrueDiv, "2305843009213693951", "3", "7.686143364045646e+17");
        let huge = "1".to_owned() + &"0".repeat(400);
        check(Arith::TrueDiv, &huge, "3", "Overflow(\"integer division result too large for a float\")");
        check(Arith::TrueDiv, "3", &huge, "0.0");
        check(Arith::TrueDiv, "7", &("1".to_owned() + &"0".repeat(323)), "7e-323");
        check(Arith::TrueDiv, "3", &("1".to_owned() + &"0".repeat(320)), "3e-320");
        check(Arith::Mul, &huge, "1.0", "Overflow(\"int too large to convert to float\")");
    }

    #[test]
    fn floats_round_down() {
        check(Arith::FloorDiv, "3.7", "0.1", "36.0");
        check(Arith::FloorDiv, "-3.7", "0.1", "-37.0");
        check(Arith::Mod, "3.7", "-0.1", "-2.7755575615628914e-17");
        check(Arith::Mod, "-5", "inf", "inf");
        check(Arith::FloorDiv, "-5", "inf", "-1.0");
        check(Arith::Mod, "0.0", "-5", "-0.0");
        check(Arith::FloorDiv, "inf", "1", "nan");
        check(Arith::Pow, "10.0", "400", "Range");
        check(Arith::Pow, "0.0", "-1", "ZeroDivision(\"zero to a negative power\")");
        check(Arith::Pow, "0.0", "-inf", "inf");
        check(Arith::Pow, "nan", "0", "1.0");
        check(Arith::Pow, "-8", "0.5", "(1.7319121124709868e-16+2.8284271247461903j)");
        check(Arith::LShift, "1.0", "1", "None");
    }

    #[test]
    fn powers_by_a_modulus() {
        let pow = |a: &str, b: &str, m: &str| pow_mod(&num(a), &num(b), &num(m)).map(|v| v.map(|v| shown(&v)));
        assert_eq!(pow("2", "-1", "7"), Ok(Some("4".to_owned())));
        assert_eq!(pow("2", "3", "-5"), Ok(Some("-2".to_owned())));
        assert_eq!(pow("2", "3", "-1"), Ok(Some("0".to_owned())));
        assert_eq!(pow("3", "1000000000000000000000000000000", "7"), Ok(Some("4".to_owned())));
        assert_eq!(pow("2", "-1", "4"), Err(ArithError::Value("base is not invertible for the given modulus")));
        assert_eq!(pow("2", "1", "0"), Err(ArithError::Value("pow() 3rd argument cannot be 0")));
        assert_eq!(pow("2.0", "1", "3"), Ok(None));
    }

    #[test]
    fn rounding() {
        let round = |a: &str, digits| round(&num(a), digits).map(|v| v.map(|v| shown(&v)).unwrap_or_default());
        for (a, digits, expected) in [
            ("2.5", None, "2"),
            ("12345", Some(-2), "12300"),
            ("15", Some(-1), "20"),
            ("25", Some(-1), "20"),
            ("-15", Some(-1), "-20"),
            ("1", Some(-100), "0"),
            ("1000000000000000000000000000005", Some(-1), "1000000000000000000000000000000"),
            ("2.675", Some(2), "2.67"),
            ("1e22", None, "10000000000000000000000"),
        ] {
            assert_eq!(round(a, digits), Ok(expected.to_owned()), "{a} {digits:?}");
        }
    }

    #[test]
    fn complex_numbers() {
        let c = |re, im| Complex::value(re, im);
        let result = |op, a: &Value, b: &Value| match binary(op, a, b) {
            Ok(Some(value)) => shown(&value),
            Ok(None) => "None".to_owned(),
            Err(error) => format!("{error:?}"),
        };
        let (one, one_two) = (Value::small(1), c(1.0, 2.0));
        assert_eq!(result(Arith::Sub, &one, &c(0.0, 0.0)), "(1-0j)");
        assert_eq!(result(Arith::Sub, &Value::float(0.0), &c(0.0, 0.0)), "-0j");
        assert_eq!(result(Arith::Mul, &Value::small(2), &c(f64::INFINITY, f64::NAN)), "(inf+nanj)");
        assert_eq!(result(Arith::Mul, &c(f64::INFINITY, 0.0), &c(0.0, 1.0)), "(nan+infj)");
        assert_eq!(result(Arith::TrueDiv, &one, &c(1e308, 1e308)), "-0j");
        assert_eq!(result(Arith::TrueDiv, &Value::small(2), &c(1.0, 1.0)), "(1-1j)");
        assert_eq!(result(Arith::Pow, &one_two, &Value::small(-2)), "(-0.12-0.16j)");
        assert_eq!(result(Arith::Pow, &one_two, &c(1.0, 1.0)), "(-0.24720004426291722+0.6964504870825432j)");
        assert_eq!(result(Arith::Pow, &one_two, &Value::small(100)), "(-6.443164690985892e+34-6.113241307762508e+34j)");
        assert_eq!(result(Arith::FloorDiv, &one_two, &one), "None");
    }
}
