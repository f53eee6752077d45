//! `complex` from text and to text.

use super::error::TextError;
use super::escape;
use super::float::{self, Layout, Style};
use super::int::trim_ascii;

/// `repr(complex(real, imaginary))`.
pub fn repr(real: f64, imaginary: f64) -> String {
    let part = |value| float::format_float(value, Style::Repr, Layout::default()).expect("the shortest digits are few");
    if real == 0.0 && real.is_sign_positive() {
        return format!("{}j", part(imaginary));
    }
    // A NaN never has a sign of its own.
    let plus = if imaginary.is_sign_positive() || imaginary.is_nan() { "+" } else { "" };
    format!("({}{plus}{}j)", part(real), part(imaginary))
}

/// `complex(text)`: its two parts.
pub fn parse(text: &[u8]) -> Result<(f64, f64), TextError> {
    let ascii = float::ascii_digits(text);
    let plain = float::without_underscores(&ascii)
        .ok_or_else(|| TextError::value(format!("could not convert string to complex: {}", escape::repr_str(text))))?;
    parse_parts(trim_ascii(&plain)).ok_or_else(|| TextError::value("complex() arg is a malformed string"))
}

fn parse_parts(text: &[u8]) -> Option<(f64, f64)> {
    let inner = match text {
        [b'(', inner @ .., b')'] => trim_ascii(inner),
        [b'(', ..] => return None,
        _ => text,
    };
    let (first, rest) = leading_float(inner);
    match (first, rest) {
        // `1.5`, or `1.5j`
        (Some(value), []) => Some((value, 0.0)),
        (Some(value), [b'j' | b'J']) => Some((0.0, value)),
        // `1.5+2j`, or `1.5+j`
        (Some(real), [b'+' | b'-', ..]) => Some((real, imaginary(rest)?)),
        // `j`, or `-j`
        (None, _) => Some((0.0, imaginary(rest)?)),
        _ => None,
    }
}

/// A float and `j`, or a sign and `j`, or `j`.
fn imaginary(text: &[u8]) -> Option<f64> {
    match (leading_float(text), text) {
        ((Some(value), [b'j' | b'J']), _) => Some(value),
        (_, [b'j' | b'J'] | [b'+', b'j' | b'J']) => Some(1.0),
        (_, [b'-', b'j' | b'J']) => Some(-1.0),
        _ => None,
    }
}

/// The longest beginning of `text` that is a float, and what comes after it.
fn leading_float(text: &[u8]) -> (Option<f64>, &[u8]) {
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let body = &text[sign..];
    let run = |from: usize| body[from..].iter().take_while(|b| b.is_ascii_digit()).count();
    let named = |name: &[u8]| body.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name));
    let mut end = if named(b"infinity") {
        8
    } else if named(b"inf") || named(b"nan") {
        3
    } else {
        let mut end = run(0);
        if body.get(end) == Some(&b'.') {
            end += 1 + run(end + 1);
        }
        if matches!(body.get(end), Some(b'e' | b'E')) {
            let sign = usize::from(matches!(body.get(end + 1), Some(b'+' | b'-')));
            let digits = run(end + 1 + sign);
            end += if digits > 0 { 1 + sign + digits } else { 0 };
        }
        end
    };
    end += sign;
    match float::parse_bytes(&text[..end]) {
        Some(value) => (Some(value), &text[end..]),
        None => (None, text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::cases;

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/complex.txt")) {
            match case.question() {
                "repr" => case.check(repr(case.float(0), case.float(1))),
                "parse" => {
                    let shown = |(real, imaginary)| format!("{} {}", float::hex(real), float::hex(imaginary));
                    case.check_result(parse(case.wtf8(0)).map(shown));
                }
                other => panic!("line {}: {other}?", case.line),
            }
        }
    }
}
