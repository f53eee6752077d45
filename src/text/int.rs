//! `int` from text and to text, in any base.

use num_bigint::{BigInt, BigUint};
use num_traits::ToPrimitive;

use std::fmt::Write;

use super::error::TextError;
use super::escape::repr_str;
use super::float::ascii_digits;
use super::limbs;

/// What `sys.get_int_max_str_digits()` is at first.
pub const DEFAULT_MAX_DIGITS: usize = 4300;

/// An integer that was read: small whenever it fits. A large one consists of [`limbs`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Int {
    Small(i64),
    Big { negative: bool, digits: Vec<u64> },
}

/// An integer to be shown.
#[derive(Debug, Clone, Copy)]
pub enum IntRef<'a> {
    Small(i64),
    Big { negative: bool, digits: &'a [u64] },
}

impl From<i64> for IntRef<'_> {
    fn from(value: i64) -> Self {
        IntRef::Small(value)
    }
}

impl<'a> From<&'a Int> for IntRef<'a> {
    fn from(value: &'a Int) -> Self {
        match value {
            Int::Small(value) => IntRef::Small(*value),
            Int::Big { negative, digits } => IntRef::Big { negative: *negative, digits },
        }
    }
}

impl IntRef<'_> {
    pub fn is_negative(self) -> bool {
        match self {
            IntRef::Small(value) => value < 0,
            IntRef::Big { negative, .. } => negative,
        }
    }

    /// The nearest `float`, or `None` when there is none so large.
    pub fn to_f64(self) -> Option<f64> {
        match self {
            IntRef::Small(value) => Some(value as f64),
            IntRef::Big { negative, digits } => {
                limbs::to_big(negative, digits).to_f64().filter(|value| value.is_finite())
            }
        }
    }

    pub fn to_i64(self) -> Option<i64> {
        match self {
            IntRef::Small(value) => Some(value),
            IntRef::Big { negative, digits } => limbs::to_i64(negative, digits),
        }
    }
}

/// Why a text is not an `int`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotAnInt {
    /// The base is neither 0 nor from 2 to 36.
    Base,
    /// The text is not of that form.
    Malformed,
    /// There are this many digits, more than the limit.
    TooLong { digits: usize, limit: usize },
}

impl NotAnInt {
    /// The `ValueError`, given the text that was read.
    pub fn into_error(self, text: &[u8], base: u32) -> TextError {
        match self {
            NotAnInt::Base => TextError::value("int() base must be >= 2 and <= 36, or 0"),
            NotAnInt::Malformed => invalid_literal(base, &repr_str(text)),
            NotAnInt::TooLong { digits, limit } => TextError::value(format!(
                "Exceeds the limit ({limit} digits) for integer string conversion: value has {digits} digits; \
                 use sys.set_int_max_str_digits() to increase the limit"
            )),
        }
    }
}

/// The `ValueError` for a text that is not an `int`, given its `repr`, which is cut after 200 characters.
pub fn invalid_literal(base: u32, repr: &str) -> TextError {
    let shown: String = repr.chars().take(200).collect();
    TextError::value(format!("invalid literal for int() with base {base}: {shown}"))
}

/// `int(text, base)`. `max_digits` limits the bases that are not powers of two; 0 is no limit.
pub fn parse(text: &[u8], base: u32, max_digits: usize) -> Result<Int, NotAnInt> {
    if base == 1 || base > 36 {
        return Err(NotAnInt::Base);
    }
    parse_ascii(&ascii_digits(text), base, max_digits).unwrap_or(Err(NotAnInt::Malformed))
}

/// The digits of `value` in `base`, with a sign if it is negative and without a prefix. Only base 10 has a limit.
pub fn to_text(value: IntRef<'_>, base: u32, max_digits: usize) -> Result<String, TextError> {
    match value {
        IntRef::Small(value) => Ok(small_to_text(value, base)),
        IntRef::Big { negative, digits } => {
            if base != 10 || max_digits == 0 {
                return Ok(big_to_text(negative, digits, base));
            }
            // Converting takes long for what is too long, so most of that is turned down by its number of bits.
            let at_least = (limbs::bits(digits).saturating_sub(1) as f64 * std::f64::consts::LOG10_2) as usize;
            if at_least < max_digits + 1 {
                let text = big_to_text(negative, digits, base);
                if text.len() - usize::from(negative) <= max_digits {
                    return Ok(text);
                }
            }
            Err(TextError::value(format!(
                "Exceeds the limit ({max_digits} digits) for integer string conversion; \
                 use sys.set_int_max_str_digits() to increase the limit"
            )))
        }
    }
}

/// What `bin`, `oct` and `hex` give, and `#` in a format: the sign, the prefix of the base 2, 8 or 16, the digits.
pub fn to_prefixed(value: IntRef<'_>, base: u32) -> String {
    let digits = match value {
        IntRef::Small(value) => small_to_text(value, base),
        IntRef::Big { negative, digits } => big_to_text(negative, digits, base),
    };
    match digits.strip_prefix('-') {
        Some(digits) => format!("-{}{digits}", prefix(base)),
        None => format!("{}{digits}", prefix(base)),
    }
}

/// The prefix of literals in `base`.
pub fn prefix(base: u32) -> &'static str {
    match base {
        2 => "0b",
        8 => "0o",
        16 => "0x",
        _ => "",
    }
}

fn small_to_text(value: i64, base: u32) -> String {
    let sign = if value < 0 { "-" } else { "" };
    let size = value.unsigned_abs();
    match base {
        2 => format!("{sign}{size:b}"),
        8 => format!("{sign}{size:o}"),
        16 => format!("{sign}{size:x}"),
        10 => value.to_string(),
        _ => BigInt::from(value).to_str_radix(base.clamp(2, 36)),
    }
}

fn big_to_text(negative: bool, digits: &[u64], base: u32) -> String {
    let sign = if negative { "-" } else { "" };
    match base {
        10 => limbs::to_decimal(negative, digits),
        // A digit of 64 bits is so many hexadecimal ones.
        16 => {
            let mut text = String::with_capacity(digits.len() * 16 + 1);
            text.push_str(sign);
            for (nth, digit) in digits.iter().rev().enumerate() {
                let _ = if nth == 0 { write!(text, "{digit:x}") } else { write!(text, "{digit:016x}") };
            }
            text
        }
        _ => limbs::to_big(negative, digits).to_str_radix(base.clamp(2, 36)),
    }
}

/// The decimal digits of a word, in a room of their own.
pub struct Decimal {
    room: [u8; 20],
    start: usize,
}

/// The numbers below a hundred, two digits each.
const PAIRS: [u8; 200] = {
    let mut pairs = [0; 200];
    let mut n = 0;
    while n < 100 {
        pairs[2 * n] = b'0' + (n / 10) as u8;
        pairs[2 * n + 1] = b'0' + (n % 10) as u8;
        n += 1;
    }
    pairs
};

impl Decimal {
    /// Those of `number`, behind a minus sign if it is negative.
    #[inline]
    pub fn of(number: i64) -> Decimal {
        let mut room = [0; 20];
        let mut start = room.len();
        let mut left = number.unsigned_abs();
        // Two at a time: divisions are what takes long.
        while left >= 10 {
            let pair = 2 * (left % 100) as usize;
            left /= 100;
            start -= 2;
            room[start..start + 2].copy_from_slice(&PAIRS[pair..pair + 2]);
        }
        // One digit is left, or none at all where the number began with a pair.
        if left > 0 || start == room.len() {
            start -= 1;
            room[start] = b'0' + left as u8;
        }
        if number < 0 {
            start -= 1;
            room[start] = b'-';
        }
        Decimal { room, start }
    }

    /// How many bytes they take.
    #[inline]
    pub fn length(number: i64) -> usize {
        let digits = number.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
        digits as usize + usize::from(number < 0)
    }

    /// The text.
    #[inline]
    pub fn as_bytes(&self) -> &[u8] {
        &self.room[self.start..]
    }
}

/// `None` when the text is malformed.
fn parse_ascii(text: &[u8], base: u32, max_digits: usize) -> Option<Result<Int, NotAnInt>> {
    let guess = base == 0;
    let text = trim_ascii(text);
    let (negative, text) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let named = match text {
        [b'0', b'x' | b'X', ..] => 16,
        [b'0', b'o' | b'O', ..] => 8,
        [b'0', b'b' | b'B', ..] => 2,
        _ => 0,
    };
    let (base, digits) = match (base, named) {
        (0, 0) => (10, text),
        (0, _) => (named, &text[2..]),
        (_, _) if base == named => (base, &text[2..]),
        _ => (base, text),
    };
    // After a prefix an underscore may stand.
    let digits = if base == named { digits.strip_prefix(b"_").unwrap_or(digits) } else { digits };
    let valid = |b: u8| (b as char).is_digit(base);
    let between = |at: usize| at > 0 && valid(digits[at - 1]) && digits.get(at + 1).is_some_and(|b| valid(*b));
    let well_formed = digits.iter().enumerate().all(|(at, b)| valid(*b) || *b == b'_' && between(at));
    if digits.is_empty() || !well_formed {
        return None;
    }
    // Where the base is to be guessed, `010` could be meant as octal: only zeros may begin with a zero.
    if guess && named == 0 && digits[0] == b'0' && digits.iter().any(|b| !matches!(b, b'0' | b'_')) {
        return None;
    }
    Some(read_digits(digits, negative, base, max_digits))
}

fn read_digits(digits: &[u8], negative: bool, base: u32, max_digits: usize) -> Result<Int, NotAnInt> {
    let count = digits.iter().filter(|b| **b != b'_').count();
    if max_digits > 0 && count > max_digits && !base.is_power_of_two() {
        return Err(NotAnInt::TooLong { digits: count, limit: max_digits });
    }
    let values = digits.iter().filter_map(|b| (*b as char).to_digit(base));
    // So many digits fit in any base: five bits hold one of base 32, and 36 to the twelfth is less than two to the 63rd.
    let fits = match base {
        10 => count <= 18,
        _ => count <= 12,
    };
    if fits {
        let small = values.fold(0i64, |small, digit| small * i64::from(base) + i64::from(digit));
        return Ok(Int::Small(if negative { -small } else { small }));
    }
    let digits = match base {
        10 if count == digits.len() => limbs::from_decimal(digits),
        10 => limbs::from_decimal(&digits.iter().copied().filter(|b| *b != b'_').collect::<Vec<u8>>()),
        16 => limbs::from_bits(values, count, 4),
        2 => limbs::from_bits(values, count, 1),
        _ => {
            let values: Vec<u8> = values.map(|digit| digit as u8).collect();
            BigUint::from_radix_be(&values, base).ok_or(NotAnInt::Malformed)?.to_u64_digits()
        }
    };
    Ok(match limbs::to_i64(negative, &digits) {
        Some(small) => Int::Small(small),
        None => Int::Big { negative, digits },
    })
}

/// Without the white space that C knows, at both ends.
pub(super) fn trim_ascii(text: &[u8]) -> &[u8] {
    let is_space = |b: &u8| matches!(b, b'\t'..=b'\r' | b' ');
    let start = text.iter().position(|b| !is_space(b)).unwrap_or(text.len());
    let end = text.iter().rposition(|b| !is_space(b)).map_or(start, |last| last + 1);
    &text[start..end]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::cases;

    #[test]
    fn words_in_decimal() {
        let powers = (0..19).map(|n| 10_i64.pow(n));
        let numbers = powers.flat_map(|power| [power - 1, power, power + 1, power * 9 / 2]);
        for number in numbers.chain(0..1200).chain([i64::MAX, i64::MIN + 1, i64::MIN]) {
            for number in [number, number.wrapping_neg()] {
                let text = number.to_string();
                assert_eq!(Decimal::of(number).as_bytes(), text.as_bytes());
                assert_eq!(Decimal::length(number), text.len());
            }
        }
    }

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/int.txt")) {
            match case.question() {
                "parse" => {
                    let (text, base) = (case.wtf8(0), case.number(1));
                    let read = parse(text, base, DEFAULT_MAX_DIGITS);
                    if let Ok(Int::Big { negative, digits }) = &read {
                        assert!(limbs::to_i64(*negative, digits).is_none(), "line {}", case.line);
                    }
                    let hex = read.map(|value| to_prefixed((&value).into(), 16));
                    case.check_result(hex.map_err(|error| error.into_error(text, base)));
                }
                "hex" => case.check(to_prefixed((&case.int(0)).into(), 16)),
                "oct" => case.check(to_prefixed((&case.int(0)).into(), 8)),
                "bin" => case.check(to_prefixed((&case.int(0)).into(), 2)),
                "str" => case.check_result(to_text((&case.int(0)).into(), 10, DEFAULT_MAX_DIGITS)),
                other => panic!("line {}: {other}?", case.line),
            }
        }
    }
}
