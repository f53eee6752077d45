//! `float` from text and to text.
//!
//! The digits are Rust's: `{:e}` gives the shortest that read back, `{:.N}` and `{:.Ne}` the exact ones, and reading rounds
//! correctly. What is done here is Python's: where the point goes, when there is an exponent, what may be written.

use std::borrow::Cow;
use std::fmt::Write;

use super::error::{MAX_PADDING, TextError};
use super::int::trim_ascii;
use super::unicode::{decimal_value, is_space};
use super::wtf8::code_points;

/// How the digits of a number are chosen and laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// The shortest digits that read back as the same number.
    Repr,
    /// `g`: so many significant digits, and an exponent when the point would be far away.
    General(usize),
    /// `f`: so many digits after the point.
    Fixed(usize),
    /// `e`: so many digits after the point, and an exponent.
    Exponent(usize),
}

/// Small print of [`format_float`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Layout {
    /// `#`: the point stays even with nothing after it, and `g` keeps its zeros.
    pub alternate: bool,
    /// `.0` is added to what would look like an integer.
    pub add_dot_0: bool,
    /// `E`, `INF` and `NAN` in capitals.
    pub upper: bool,
}

/// `repr(value)`.
pub fn repr(value: f64) -> String {
    format_float(value, Style::Repr, Layout { add_dot_0: true, ..Layout::default() })
        .expect("the shortest digits are few")
}

/// `value` in a style, with a minus sign where it is negative (minus zero too, a NaN never).
///
/// Only an absurd precision fails.
pub fn format_float(value: f64, style: Style, layout: Layout) -> Result<String, TextError> {
    let shown = if value.is_nan() {
        "nan".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "inf" } else { "-inf" }.to_owned()
    } else {
        let mut out = String::with_capacity(24);
        if value.is_sign_negative() {
            out.push('-');
        }
        push_finite(&mut out, value.abs(), style, layout)?;
        out
    };
    Ok(if layout.upper { shown.to_ascii_uppercase() } else { shown })
}

/// `float(text)` of a `str`; `None` when it is not of that form.
pub fn parse(text: &[u8]) -> Option<f64> {
    parse_bytes(&ascii_digits(text))
}

/// `float(text)` of a `bytes`; `None` when it is not of that form.
pub fn parse_bytes(text: &[u8]) -> Option<f64> {
    let plain = without_underscores(trim_ascii(text))?;
    std::str::from_utf8(&plain).ok()?.parse().ok()
}

/// `text` without the underscores between digits; `None` when there are others.
pub(super) fn without_underscores(text: &[u8]) -> Option<Cow<'_, [u8]>> {
    if !text.contains(&b'_') {
        return Some(Cow::Borrowed(text));
    }
    let is_digit = |at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let between = |at: usize| at > 0 && is_digit(at - 1) && is_digit(at + 1);
    let well_placed = text.iter().enumerate().all(|(at, b)| *b != b'_' || between(at));
    well_placed.then(|| Cow::Owned(text.iter().copied().filter(|b| *b != b'_').collect()))
}

/// `value.hex()`.
pub fn hex(value: f64) -> String {
    if !value.is_finite() {
        return repr(value);
    }
    let sign = if value.is_sign_negative() { "-" } else { "" };
    if value == 0.0 {
        return format!("{sign}0x0.0p+0");
    }
    let bits = value.to_bits();
    let (field, fraction) = ((bits >> 52) & 0x7FF, bits & ((1 << 52) - 1));
    let (lead, exponent) = if field == 0 { (0, -1022) } else { (1, field as i64 - 1023) };
    format!("{sign}0x{lead}.{fraction:013x}p{exponent:+}")
}

/// `float.fromhex(text)`.
pub fn from_hex(text: &[u8]) -> Result<f64, TextError> {
    let text = trim_ascii(text);
    let (negative, rest) = match text {
        [b'-', rest @ ..] => (true, rest),
        [b'+', rest @ ..] => (false, rest),
        _ => (false, text),
    };
    let size = match rest.to_ascii_lowercase().as_slice() {
        b"inf" | b"infinity" => f64::INFINITY,
        b"nan" => f64::NAN,
        lower => hex_size(lower)?,
    };
    Ok(if negative { -size } else { size })
}

/// `round(value, digits)`: correctly rounded in decimal, half to even.
pub fn round(value: f64, digits: i64) -> Result<f64, TextError> {
    // Beyond these, every number is already rounded or rounds to zero.
    if !value.is_finite() || digits > 323 {
        return Ok(value);
    }
    if digits < -308 {
        return Ok(0.0_f64.copysign(value));
    }
    let rounded = if let Some(few) = usize::try_from(digits).ok().and_then(|places| rounded_to(value, places)) {
        few
    } else if digits >= 0 {
        format!("{value:.*}", digits as usize).parse().unwrap_or(value)
    } else {
        let kept = exponent_of(value.abs()) + digits;
        if kept < 0 && !reaches_half(value.abs(), -digits) {
            0.0_f64.copysign(value)
        } else if kept < 0 {
            format!("1e{}", -digits).parse::<f64>().unwrap_or(f64::INFINITY).copysign(value)
        } else {
            format!("{value:.*e}", kept as usize).parse().unwrap_or(value)
        }
    };
    if rounded.is_finite() { Ok(rounded) } else { Err(TextError::overflow("rounded value too large to represent")) }
}

/// A `str` made ready for reading a number: other scripts' decimal digits become ASCII, other white space blanks, and what
/// else is not ASCII a question mark. ASCII stays as it is.
pub(super) fn ascii_digits(text: &[u8]) -> Cow<'_, [u8]> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let ready = |c: u32| match (u8::try_from(c), decimal_value(c)) {
        (Ok(c), _) if c.is_ascii() => c,
        (_, Some(value)) => b'0' + value,
        _ if is_space(c) => b' ',
        _ => b'?',
    };
    Cow::Owned(code_points(text).map(ready).collect())
}

/// Digits past these are zeros for every `f64`: 1074 places after the point, 767 significant.
const ENOUGH: usize = 1100;

fn push_finite(out: &mut String, size: f64, style: Style, layout: Layout) -> Result<(), TextError> {
    let asked = match style {
        Style::Repr => 0,
        Style::General(precision) | Style::Fixed(precision) | Style::Exponent(precision) => precision,
    };
    if asked > MAX_PADDING || out.try_reserve(asked.max(24)).is_err() {
        return Err(TextError::memory());
    }
    match style {
        Style::Fixed(precision) => {
            match decimal(size, precision) {
                Some(digits) => push_decimal(out, digits, precision),
                None => {
                    let _ = write!(out, "{size:.*}", precision.min(ENOUGH));
                    push_zeros(out, precision.saturating_sub(ENOUGH));
                }
            }
            if precision == 0 && layout.alternate {
                out.push('.');
            }
        }
        Style::Exponent(precision) => {
            let (digits, exponent) = scientific(&format!("{size:.*e}", precision.min(ENOUGH)));
            push_scientific(out, &digits, precision, exponent, layout);
        }
        Style::General(precision) => {
            let precision = precision.max(1);
            let (digits, exponent) = scientific(&format!("{size:.*e}", (precision - 1).min(ENOUGH)));
            let far = precision as i64 - i64::from(layout.add_dot_0);
            let significant = digits.trim_end_matches('0').len().max(1);
            let shown = if layout.alternate { precision } else { significant };
            if exponent < -4 || exponent >= far {
                push_scientific(out, &digits[..significant], shown - 1, exponent, layout);
            } else {
                let places = (shown as i64 - 1 - exponent).max(0) as usize;
                push_positional(out, &digits[..significant], exponent, places, layout);
            }
        }
        Style::Repr => {
            if let Some((digits, places)) = few_places(size) {
                push_decimal(out, digits, places);
                if places == 0 {
                    out.push_str(dot_after_whole(layout));
                }
                return Ok(());
            }
            let (digits, exponent) = shortest(size);
            if (-4..16).contains(&exponent) {
                let places = (digits.len() as i64 - 1 - exponent).max(0) as usize;
                push_positional(out, &digits, exponent, places, layout);
            } else {
                push_scientific(out, &digits, digits.len() - 1, exponent, layout);
            }
        }
    }
    Ok(())
}

/// Powers of ten that a double holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// `size` times the `places`-th power of ten, rounded half to even from its exact value; `None` where that does not fit 64
/// bits, or working it out 128.
fn decimal(size: f64, places: usize) -> Option<u64> {
    // A mantissa has 53 bits, the 22nd power of ten 74.
    if places >= POWERS.len() {
        return None;
    }
    let (field, fraction) = ((size.to_bits() >> 52) as i32, size.to_bits() & ((1 << 52) - 1));
    let (mantissa, exponent) = if field == 0 { (fraction, -1074) } else { (fraction | 1 << 52, field - 1075) };
    let scaled = u128::from(mantissa) * 10u128.pow(places as u32);
    let whole = if exponent >= 0 {
        scaled.checked_mul(1u128.checked_shl(exponent as u32)?)?
    } else {
        let shift = exponent.unsigned_abs();
        if shift >= 128 {
            return Some(0);
        }
        let (whole, rest, half) = (scaled >> shift, scaled & ((1 << shift) - 1), 1 << (shift - 1));
        whole + u128::from(rest > half || rest == half && whole & 1 == 1)
    };
    u64::try_from(whole).ok()
}

/// `value` rounded to so many decimal places, where the quotient of two exact doubles is just that.
fn rounded_to(value: f64, places: usize) -> Option<f64> {
    let digits = decimal(value.abs(), places).filter(|digits| *digits <= 1 << 53)?;
    Some((digits as f64 / POWERS[places]).copysign(value))
}

/// The shortest digits that read back, as a whole number and how many of them stand after the point, of a number that has
/// few there.
fn few_places(size: f64) -> Option<(u64, usize)> {
    // A decimal of up to 15 digits is the only one so short that reads as its double.
    if !(1e-4..1e15).contains(&size) && size != 0.0 {
        return None;
    }
    for (places, power) in POWERS[..7].iter().enumerate() {
        let digits = (size * power).round();
        if digits >= 1e15 {
            return None;
        }
        if digits / power == size {
            return Some((digits as u64, places));
        }
    }
    None
}

/// `digits` with the point before the last `places`.
fn push_decimal(out: &mut String, mut digits: u64, places: usize) {
    let mut text = [b'0'; 48];
    let mut start = text.len();
    let mut written = 0;
    while digits > 0 || written <= places {
        if written == places && places > 0 {
            start -= 1;
            text[start] = b'.';
        }
        start -= 1;
        text[start] = b'0' + (digits % 10) as u8;
        digits /= 10;
        written += 1;
    }
    out.extend(text[start..].iter().map(|byte| char::from(*byte)));
}

/// The digits and the exponent of what `{:e}` wrote.
fn scientific(text: &str) -> (String, i64) {
    let (digits, exponent) = text.split_once('e').expect("`{:e}` writes an exponent");
    (digits.replace('.', ""), exponent.parse().expect("`{:e}` writes its exponent in decimal"))
}

/// The shortest digits that read back, and their exponent. Where two are equally near, Rust takes the upper and Python the
/// even one, so that case is asked again with that many digits.
fn shortest(size: f64) -> (String, i64) {
    let (digits, exponent) = scientific(&format!("{size:e}"));
    // The number is odd·2^twos, so it has exactly -twos digits after the point.
    let bits = size.to_bits();
    let twos = match ((bits >> 52) as i64, bits & ((1 << 52) - 1)) {
        (0, fraction) => i64::from(fraction.trailing_zeros()) - 1074,
        (field, fraction) => field - 1075 + i64::from((fraction | 1 << 52).trailing_zeros()),
    };
    let dropped = (-twos).max(0) - (digits.len() as i64 - 1 - exponent);
    if dropped == 1 || (twos >= 0 && dropped > 0) {
        let even = format!("{size:.*e}", digits.len() - 1);
        if even.parse() == Ok(size) {
            return scientific(&even);
        }
    }
    (digits, exponent)
}

/// `digits`, the first before the point, filled up with zeros to `places` after it, and the exponent.
fn push_scientific(out: &mut String, digits: &str, places: usize, exponent: i64, layout: Layout) {
    let (first, rest) = digits.split_at(1);
    out.push_str(first);
    if places > 0 || layout.alternate {
        out.push('.');
    }
    out.push_str(rest);
    push_zeros(out, places.saturating_sub(rest.len()));
    out.push_str(if exponent < 0 { "e-" } else { "e+" });
    out.push_str(&format!("{:02}", exponent.abs()));
}

/// `digits` with the point after the one of weight 10⁰, filled up with zeros to `places` after it.
fn push_positional(out: &mut String, digits: &str, exponent: i64, places: usize, layout: Layout) {
    let before = usize::try_from(exponent + 1).unwrap_or(0);
    let zeros_between = usize::try_from(-1 - exponent).unwrap_or(0);
    let (whole, fraction) = digits.split_at(before.min(digits.len()));
    out.push_str(if whole.is_empty() { "0" } else { whole });
    push_zeros(out, before - whole.len());
    if places > 0 {
        out.push('.');
        push_zeros(out, zeros_between);
        out.push_str(fraction);
        push_zeros(out, places.saturating_sub(zeros_between + fraction.len()));
    } else {
        out.push_str(dot_after_whole(layout));
    }
}

/// What is written where there are no digits after the point.
fn dot_after_whole(layout: Layout) -> &'static str {
    match layout {
        Layout { add_dot_0: true, .. } => ".0",
        Layout { alternate: true, .. } => ".",
        _ => "",
    }
}

fn push_zeros(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n('0', count));
}

/// The exponent of the first significant digit.
fn exponent_of(size: f64) -> i64 {
    scientific(&format!("{size:e}")).1
}

/// Whether `size`, less than 10 to the `power`, is nearer to that than to zero. Exactly half goes to zero, which is even.
fn reaches_half(size: f64, power: i64) -> bool {
    size > format!("5e{}", power - 1).parse::<f64>().unwrap_or(f64::INFINITY)
}

/// A hexadecimal number without sign, in lower case.
fn hex_size(text: &[u8]) -> Result<f64, TextError> {
    let malformed = || TextError::value("invalid hexadecimal floating-point string");
    let too_large = || TextError::overflow("hexadecimal value too large to represent as a float");
    let text = text.strip_prefix(b"0x").unwrap_or(text);
    let mantissa_end = text.iter().position(|b| !b.is_ascii_hexdigit() && *b != b'.').unwrap_or(text.len());
    let (mantissa, tail) = text.split_at(mantissa_end);
    let mut halves = mantissa.splitn(2, |b| *b == b'.');
    let (whole, fraction) = (halves.next().unwrap_or_default(), halves.next().unwrap_or_default());
    if whole.is_empty() && fraction.is_empty() || fraction.contains(&b'.') {
        return Err(malformed());
    }
    let written = match tail {
        [] => 0,
        [b'p', exponent @ ..] => {
            let digits = exponent.strip_prefix(b"-").or(exponent.strip_prefix(b"+")).unwrap_or(exponent);
            if digits.is_empty() || !digits.iter().all(u8::is_ascii_digit) {
                return Err(malformed());
            }
            let size = digits.iter().fold(0i64, |sum, b| sum.saturating_mul(10).saturating_add(i64::from(b - b'0')));
            if exponent[0] == b'-' { -size } else { size }
        }
        _ => return Err(malformed()),
    };
    // The first sixty significant bits are kept, and whether anything but zeros came after them.
    let (mut kept, mut sticky, mut dropped) = (0u64, false, 0i64);
    for digit in whole.iter().chain(fraction).filter_map(|b| (*b as char).to_digit(16)) {
        if kept >> 56 == 0 {
            kept = kept << 4 | u64::from(digit);
        } else {
            dropped += 4;
            sticky |= digit != 0;
        }
    }
    if kept == 0 {
        return Ok(0.0);
    }
    // The number is kept·2^exponent, and a bit more if sticky.
    let exponent = written.saturating_add(dropped - 4 * fraction.len() as i64);
    let bits = i64::from(u64::BITS - kept.leading_zeros());
    let top = exponent.saturating_add(bits);
    if top > 1024 {
        return Err(too_large());
    }
    if top < -1075 {
        return Ok(0.0);
    }
    // The last bit that a float of this size can hold has the weight 2^last.
    let last = (top - 53).max(-1074);
    let cut = last - exponent;
    let (mut mantissa, scale) = if cut <= 0 {
        (kept, exponent)
    } else {
        let kept = u128::from(kept);
        let (quotient, rest, half) = (kept >> cut, kept & ((1u128 << cut) - 1), 1u128 << (cut - 1));
        let up = rest > half || rest == half && (sticky || quotient & 1 == 1);
        (quotient as u64 + u64::from(up), last)
    };
    // Scaled in two steps, each exact: a subnormal's scale is out of reach of one power of two.
    let mut scale = scale;
    while mantissa & 1 == 0 && mantissa > 0 {
        mantissa >>= 1;
        scale += 1;
    }
    let half = (scale / 2) as i32;
    let value = mantissa as f64 * 2f64.powi(half) * 2f64.powi(scale as i32 - half);
    if value.is_finite() { Ok(value) } else { Err(too_large()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::{cases, raised};

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/float.txt")) {
            match case.question() {
                "repr" => case.check(repr(case.float(0))),
                "hex" => case.check(hex(case.float(0))),
                "parse" => match parse(case.wtf8(0)) {
                    Some(value) => case.check(told(value)),
                    None => case.check(format!(
                        "ValueError: could not convert string to float: {}",
                        crate::text::escape::repr_str(case.wtf8(0))
                    )),
                },
                "fromhex" => match from_hex(case.wtf8(0)) {
                    Ok(value) => case.check(told(value)),
                    Err(error) => case.check(raised(&error)),
                },
                "round" => match round(case.float(0), case.number(1)) {
                    Ok(value) => case.check(told(value)),
                    Err(error) => case.check(raised(&error)),
                },
                other => panic!("line {}: {other}?", case.line),
            }
        }
    }

    fn told(value: f64) -> String {
        hex(value)
    }
}
