//! The format mini-language: what may stand after the colon in `f'{value:...}'`, and what it does to each type.
//!
//! [`FormatSpec::parse`] reads `[[fill]align][sign][z][#][0][width][grouping][.precision[grouping]][type]`; the functions
//! `format_…` read it and apply it. They are given the name of the type for the messages: a `bool` is formatted as an int, a
//! subclass as its base, and each is named as itself.

use super::complex;
use super::error::{MAX_PADDING, TextError, reserve};
use super::float::{self, Layout, Style};
use super::int::{self, IntRef};
use super::unicode::decimal_value;
use super::wtf8::{self, CodePoints, code_points};
use std::borrow::Cow;

/// A format specification, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormatSpec {
    /// The character to fill up with.
    pub fill: u32,
    /// One of `<`, `>`, `^`, `=`.
    pub align: u8,
    /// One of `+`, `-`, blank.
    pub sign: Option<u8>,
    /// `z`: what is rounded to minus zero becomes zero.
    pub coerce_zero: bool,
    /// `#`
    pub alternate: bool,
    pub width: Option<usize>,
    /// `,` or `_` between the digits before the point.
    pub grouping: Option<u8>,
    pub precision: Option<usize>,
    /// `,` or `_` between the digits after the point.
    pub fraction_grouping: Option<u8>,
    /// The type, if one was given.
    pub kind: Option<u8>,
}

impl FormatSpec {
    /// Reads `spec`. What is not written is taken from the type: how it is aligned, and how it is shown.
    pub fn parse(spec: &[u8], align: u8, kind: Option<u8>, type_name: &str) -> Result<FormatSpec, TextError> {
        let mut read = Reader { rest: code_points(spec) };
        let mut out = FormatSpec {
            fill: u32::from(b' '),
            align,
            sign: None,
            coerce_zero: false,
            alternate: false,
            width: None,
            grouping: None,
            precision: None,
            fraction_grouping: None,
            kind,
        };
        let (mut fill_given, mut align_given) = (false, false);
        let mut after_fill = read.clone();
        if let Some(fill) = after_fill.rest.next()
            && let Some(align) = after_fill.one_of(b"<>=^")
        {
            (out.fill, out.align) = (fill, align);
            (fill_given, align_given) = (true, true);
            read = after_fill;
        } else if let Some(align) = read.one_of(b"<>=^") {
            out.align = align;
            align_given = true;
        }
        out.sign = read.one_of(b" +-");
        out.coerce_zero = read.one_of(b"z").is_some();
        out.alternate = read.one_of(b"#").is_some();
        if !fill_given && read.one_of(b"0").is_some() {
            out.fill = u32::from(b'0');
            if !align_given && align == b'>' {
                out.align = b'=';
            }
        }
        out.width = read.number()?;
        out.grouping = read.grouping()?;
        if read.one_of(b".").is_some() {
            out.precision = read.number()?;
            out.fraction_grouping = read.grouping()?;
            if out.precision.is_none() && out.fraction_grouping.is_none() {
                return Err(TextError::value("Format specifier missing precision"));
            }
        }
        let given = match (read.rest.next(), read.rest.next()) {
            (given, None) => given,
            _ => {
                let shown = wtf8::to_string_lossy(spec);
                return Err(TextError::value(format!(
                    "Invalid format specifier '{shown}' for object of type '{type_name}'"
                )));
            }
        };
        out.check_grouping(given.unwrap_or(kind.map_or(0, u32::from)))?;
        if let Some(c) = given {
            out.kind = Some(ascii(c).ok_or_else(|| unknown_code(c, type_name))?);
        }
        Ok(out)
    }

    /// Whether the type, as a character, goes with the separators asked for.
    fn check_grouping(&self, kind: u32) -> Result<(), TextError> {
        let known = |letters: &[u8]| ascii(kind).is_some_and(|kind| letters.contains(&kind));
        let refused = match self.grouping {
            Some(b'_') if known(b"boxX") => None,
            Some(separator) if !known(b"defgEG%F\0") => Some(separator),
            _ => self.fraction_grouping.filter(|_| known(b"n")),
        };
        match refused {
            Some(separator) => {
                Err(TextError::value(format!("Cannot specify '{}' with {}.", char::from(separator), shown_code(kind))))
            }
            None => Ok(()),
        }
    }

    /// About how many bytes the answer has at least: what a caller with a budget asks before formatting.
    pub fn least_size(&self) -> usize {
        let filled = self.width.unwrap_or(0).saturating_mul(wtf8::width(self.fill));
        match self.kind {
            Some(b'e' | b'E' | b'f' | b'F' | b'%' | b'g' | b'G') => filled.max(self.precision.unwrap_or(0)),
            _ => filled,
        }
    }

    fn unknown_code(&self, type_name: &str) -> TextError {
        unknown_code(u32::from(self.kind.unwrap_or(b's')), type_name)
    }

    /// `text` of `length` characters, filled up to the width.
    fn pad(&self, text: &[u8], length: usize) -> Result<Vec<u8>, TextError> {
        let missing = self.width.unwrap_or(0).saturating_sub(length);
        let before = match self.align {
            b'>' | b'=' => missing,
            b'^' => missing / 2,
            _ => 0,
        };
        let mut out = Vec::new();
        reserve(&mut out, text.len().saturating_add(missing.saturating_mul(wtf8::width(self.fill))))?;
        push_fill(&mut out, self.fill, before);
        out.extend_from_slice(text);
        push_fill(&mut out, self.fill, missing - before);
        Ok(out)
    }

    /// Puts a number together: sign, prefix, digits in groups, what follows them, and the filling.
    fn number(&self, parts: &Parts<'_>) -> Result<Vec<u8>, TextError> {
        let sign = match (parts.negative, self.sign) {
            (true, _) => "-",
            (false, Some(b'+')) => "+",
            (false, Some(b' ')) => " ",
            _ => "",
        };
        let fraction = self.fraction(parts.fraction);
        let around = sign.len() + parts.prefix.len() + fraction.len() + wtf8::len(parts.tail);
        let zeros_inside = self.fill == u32::from(b'0') && self.align == b'=';
        let least = if zeros_inside { self.width.unwrap_or(0).saturating_sub(around) } else { 0 };
        if least > MAX_PADDING {
            return Err(TextError::memory());
        }
        // What has no digits, a character or an infinity, is filled from outside.
        let digits = match self.grouping {
            _ if parts.digits.is_empty() => Cow::Borrowed(""),
            Some(separator) => Cow::Owned(grouped(parts.digits, char::from(separator), parts.group, least)),
            None if least > parts.digits.len() => {
                Cow::Owned(["0".repeat(least - parts.digits.len()).as_str(), parts.digits].concat())
            }
            None => Cow::Borrowed(parts.digits),
        };
        let length = around + digits.len();
        let missing = self.width.unwrap_or(0).saturating_sub(length);
        let (before, between) = match self.align {
            b'=' => (0, missing),
            b'>' => (missing, 0),
            b'^' => (missing / 2, 0),
            _ => (0, 0),
        };
        let mut out = Vec::new();
        let room = length.saturating_add(parts.tail.len());
        reserve(&mut out, room.saturating_add(missing.saturating_mul(wtf8::width(self.fill))))?;
        push_fill(&mut out, self.fill, before);
        out.extend_from_slice(sign.as_bytes());
        out.extend_from_slice(parts.prefix.as_bytes());
        push_fill(&mut out, self.fill, between);
        out.extend_from_slice(digits.as_bytes());
        out.extend_from_slice(fraction.as_bytes());
        out.extend_from_slice(parts.tail);
        push_fill(&mut out, self.fill, missing - before - between);
        Ok(out)
    }

    /// The point and the digits after it, in groups if so asked.
    fn fraction<'a>(&self, fraction: &'a str) -> Cow<'a, str> {
        let (Some(separator), Some(digits)) = (self.fraction_grouping, fraction.strip_prefix('.')) else {
            return Cow::Borrowed(fraction);
        };
        let mut out = String::from(".");
        for (at, digit) in digits.char_indices() {
            if at > 0 && at % 3 == 0 {
                out.push(char::from(separator));
            }
            out.push(digit);
        }
        Cow::Owned(out)
    }

    /// A float in the style asked for, without filling: its sign is in the parts.
    fn float_text(&self, value: f64, shortest: Layout) -> Result<(String, bool), TextError> {
        let kind = self.kind.unwrap_or(0);
        if self.precision.is_some_and(|precision| precision > i32::MAX as usize) {
            return Err(TextError::value("precision too big"));
        }
        let precision = self.precision.unwrap_or(6);
        let style = match (kind, self.precision) {
            (0, None) => Style::Repr,
            (0 | b'g' | b'G' | b'n', _) => Style::General(precision),
            (b'e' | b'E', _) => Style::Exponent(precision),
            _ => Style::Fixed(precision),
        };
        let layout = Layout {
            alternate: self.alternate,
            upper: kind.is_ascii_uppercase(),
            add_dot_0: kind == 0 && shortest.add_dot_0,
        };
        let mut text = float::format_float(if kind == b'%' { value * 100.0 } else { value }, style, layout)?;
        if kind == b'%' {
            text.push('%');
        }
        let negative = text.starts_with('-');
        if negative {
            text.remove(0);
        }
        let negative = negative && !(self.coerce_zero && is_zero(&text));
        Ok((text, negative))
    }
}

/// Are all digits of a number zeros?
fn is_zero(text: &str) -> bool {
    let mantissa = text.split(['e', 'E']).next().unwrap_or_default();
    text.starts_with(|c: char| c.is_ascii_digit()) && !mantissa.contains(|c| ('1'..='9').contains(&c))
}

/// `format(text, spec)`.
pub fn format_str(text: &[u8], spec: &[u8], type_name: &str) -> Result<Vec<u8>, TextError> {
    if spec.is_empty() {
        return Ok(text.to_vec());
    }
    let spec = FormatSpec::parse(spec, b'<', Some(b's'), type_name)?;
    if spec.kind != Some(b's') {
        return Err(spec.unknown_code(type_name));
    }
    let refused = match spec {
        FormatSpec { sign: Some(b' '), .. } => "Space not allowed in string format specifier",
        FormatSpec { sign: Some(_), .. } => "Sign not allowed in string format specifier",
        FormatSpec { coerce_zero: true, .. } => "Negative zero coercion (z) not allowed in string format specifier",
        FormatSpec { alternate: true, .. } => "Alternate form (#) not allowed in string format specifier",
        FormatSpec { align: b'=', .. } => "'=' alignment not allowed in string format specifier",
        _ => "",
    };
    if !refused.is_empty() {
        return Err(TextError::value(refused));
    }
    let shown = match spec.precision {
        Some(precision) => wtf8::slice(text, 0..precision),
        None => text,
    };
    spec.pad(shown, wtf8::len(shown))
}

/// `format(value, spec)` of an int. `max_digits` limits the decimal digits, as `sys.get_int_max_str_digits()` does.
pub fn format_int(value: IntRef<'_>, spec: &[u8], type_name: &str, max_digits: usize) -> Result<Vec<u8>, TextError> {
    if spec.is_empty() {
        return int::to_text(value, 10, max_digits).map(String::into_bytes);
    }
    let spec = FormatSpec::parse(spec, b'>', Some(b'd'), type_name)?;
    let (base, group) = match spec.kind.unwrap_or(b'd') {
        b'd' | b'n' => (10, 3),
        b'b' => (2, 4),
        b'o' => (8, 4),
        b'x' | b'X' => (16, 4),
        b'c' => (0, 0),
        b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'%' => {
            let value = value.to_f64().ok_or_else(|| TextError::overflow("int too large to convert to float"))?;
            return apply_float(value, &spec);
        }
        _ => return Err(spec.unknown_code(type_name)),
    };
    if spec.precision.is_some() {
        return Err(TextError::value("Precision not allowed in integer format specifier"));
    }
    if spec.coerce_zero {
        return Err(TextError::value("Negative zero coercion (z) not allowed in integer format specifier"));
    }
    if base == 0 {
        return character(value, &spec);
    }
    let mut text = int::to_text(value, base, max_digits)?;
    if spec.kind == Some(b'X') {
        text.make_ascii_uppercase();
    }
    let prefix = match (spec.alternate, spec.kind) {
        (true, Some(b'X')) => "0X",
        (true, _) => int::prefix(base),
        _ => "",
    };
    let negative = value.is_negative();
    let digits = if negative { &text[1..] } else { &text[..] };
    spec.number(&Parts { negative, prefix, digits, group, fraction: "", tail: b"" })
}

/// `format(value, spec)` of a float.
pub fn format_float(value: f64, spec: &[u8], type_name: &str) -> Result<Vec<u8>, TextError> {
    if spec.is_empty() {
        return Ok(float::repr(value).into_bytes());
    }
    let spec = FormatSpec::parse(spec, b'>', None, type_name)?;
    match spec.kind {
        None | Some(b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n' | b'%') => apply_float(value, &spec),
        _ => Err(spec.unknown_code(type_name)),
    }
}

/// `format(complex(real, imaginary), spec)`.
pub fn format_complex(real: f64, imaginary: f64, spec: &[u8], type_name: &str) -> Result<Vec<u8>, TextError> {
    if spec.is_empty() {
        return Ok(complex::repr(real, imaginary).into_bytes());
    }
    let spec = FormatSpec::parse(spec, b'>', None, type_name)?;
    if !matches!(spec.kind, None | Some(b'e' | b'E' | b'f' | b'F' | b'g' | b'G' | b'n')) {
        return Err(spec.unknown_code(type_name));
    }
    if spec.fill == u32::from(b'0') {
        return Err(TextError::value("Zero padding is not allowed in complex format specifier"));
    }
    if spec.align == b'=' {
        return Err(TextError::value("'=' alignment flag is not allowed in complex format specifier"));
    }
    // Without a type it looks as `repr` does: a real part of zero is left out, and two parts have parentheses.
    let plain = spec.kind.is_none();
    let alone = plain && real == 0.0 && real.is_sign_positive();
    let part = FormatSpec { width: None, fill: u32::from(b' '), align: b'<', ..spec };
    let mut text = Vec::new();
    if plain && !alone {
        text.push(b'(');
    }
    if !alone {
        text.extend(part_of_complex(real, &part)?);
    }
    let sign = if alone { spec.sign } else { Some(b'+') };
    text.extend(part_of_complex(imaginary, &FormatSpec { sign, ..part })?);
    text.push(b'j');
    if plain && !alone {
        text.push(b')');
    }
    spec.pad(&text, text.len())
}

/// The complaint about a type that `type_name` does not know.
fn unknown_code(kind: u32, type_name: &str) -> TextError {
    TextError::value(format!("Unknown format code {} for object of type '{type_name}'", shown_code(kind)))
}

fn shown_code(kind: u32) -> String {
    match ascii(kind) {
        Some(c @ b'!'..=b'\x7f') => format!("'{}'", char::from(c)),
        _ => format!("'\\x{kind:x}'"),
    }
}

fn apply_float(value: f64, spec: &FormatSpec) -> Result<Vec<u8>, TextError> {
    number_of_float(value, spec, Layout { add_dot_0: true, ..Layout::default() })
}

fn part_of_complex(value: f64, spec: &FormatSpec) -> Result<Vec<u8>, TextError> {
    number_of_float(value, spec, Layout::default())
}

fn number_of_float(value: f64, spec: &FormatSpec, shortest: Layout) -> Result<Vec<u8>, TextError> {
    let (text, negative) = spec.float_text(value, shortest)?;
    let split = |text: &str, digits_end: usize| text[digits_end..].find(|c: char| !c.is_ascii_digit());
    let digits_end = split(&text, 0).unwrap_or(text.len());
    let fraction_end = match text[digits_end..].strip_prefix('.') {
        Some(_) => split(&text, digits_end + 1).map_or(text.len(), |more| digits_end + 1 + more),
        None => digits_end,
    };
    spec.number(&Parts {
        negative,
        prefix: "",
        digits: &text[..digits_end],
        group: 3,
        fraction: &text[digits_end..fraction_end],
        tail: &text.as_bytes()[fraction_end..],
    })
}

fn character(value: IntRef<'_>, spec: &FormatSpec) -> Result<Vec<u8>, TextError> {
    if spec.sign.is_some() {
        return Err(TextError::value("Sign not allowed with integer format specifier 'c'"));
    }
    if spec.alternate {
        return Err(TextError::value("Alternate form (#) not allowed with integer format specifier 'c'"));
    }
    let value = value.to_i64().ok_or_else(|| TextError::overflow("Python int too large to convert to C long"))?;
    match u32::try_from(value).ok().filter(|c| *c < wtf8::CODE_POINTS) {
        Some(c) => {
            let tail = &wtf8::from_code_point(c);
            spec.number(&Parts { negative: false, prefix: "", digits: "", group: 0, fraction: "", tail })
        }
        None => Err(TextError::overflow("%c arg not in range(0x110000)")),
    }
}

/// A number taken apart.
struct Parts<'a> {
    negative: bool,
    prefix: &'a str,
    /// The digits before the point, which separators go into.
    digits: &'a str,
    /// How many digits stand between two separators.
    group: usize,
    /// The point and the digits after it.
    fraction: &'a str,
    tail: &'a [u8],
}

/// `digits` in groups, with zeros before them until there are `least` characters. A separator is never first, so there may
/// be one more.
fn grouped(digits: &str, separator: char, group: usize, least: usize) -> String {
    let mut zeros = 0;
    let length = |digits: usize| digits + (digits - 1) / group;
    if length(digits.len()) < least {
        // From the right, of `group + 1` characters one is a separator, but the first never is.
        let wanted = least - (least - 1) / (group + 1);
        zeros = wanted.saturating_sub(digits.len());
    }
    let total = zeros + digits.len();
    let mut out = String::with_capacity(length(total));
    for (at, digit) in std::iter::repeat_n('0', zeros).chain(digits.chars()).enumerate() {
        if at > 0 && (total - at).is_multiple_of(group) {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

fn push_fill(out: &mut Vec<u8>, fill: u32, count: usize) {
    match ascii(fill) {
        Some(fill) => out.resize(out.len() + count, fill),
        None => (0..count).for_each(|_| wtf8::push(out, fill)),
    }
}

fn ascii(c: u32) -> Option<u8> {
    u8::try_from(c).ok().filter(u8::is_ascii)
}

/// The characters of a specification, from left to right.
#[derive(Clone)]
struct Reader<'a> {
    rest: CodePoints<'a>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u32> {
        self.rest.clone().next()
    }

    fn one_of(&mut self, letters: &[u8]) -> Option<u8> {
        let found = self.peek().and_then(ascii).filter(|c| letters.contains(c))?;
        self.rest.next();
        Some(found)
    }

    /// Digits, of any script.
    fn number(&mut self) -> Result<Option<usize>, TextError> {
        let mut number = None;
        while let Some(digit) = self.peek().and_then(decimal_value) {
            let next = number.unwrap_or(0i64).checked_mul(10).and_then(|n| n.checked_add(i64::from(digit)));
            number = Some(next.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?);
            self.rest.next();
        }
        Ok(number.map(|number| number as usize))
    }

    fn grouping(&mut self) -> Result<Option<u8>, TextError> {
        let first = self.one_of(b",_");
        match (first, self.peek().and_then(ascii)) {
            (Some(b','), Some(b'_')) | (Some(b'_'), Some(b',')) => {
                Err(TextError::value("Cannot specify both ',' and '_'."))
            }
            _ => Ok(first),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::cases;

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/spec.txt")) {
            match case.question() {
                "str" => case.check_result(format_str(case.wtf8(0), case.wtf8(1), "str")),
                "int" => case.check_result(format_int((&case.int(0)).into(), case.wtf8(1), "int", 4300)),
                "float" => case.check_result(format_float(case.float(0), case.wtf8(1), "float")),
                "complex" => {
                    case.check_result(format_complex(case.float(0), case.float(1), case.wtf8(2), "complex"));
                }
                other => panic!("line {}: {other}?", case.line),
            }
        }
    }

    #[test]
    fn refuses_to_fill_memory() {
        let kind = |spec: &[u8]| format_float(1.5, spec, "float").map_err(|error| error.kind);
        assert_eq!(kind(b"99999999999999"), Err(crate::text::ErrorKind::Memory));
        assert_eq!(kind(b"=099999999999999"), Err(crate::text::ErrorKind::Memory));
        assert_eq!(kind(b"099999999999999,"), Err(crate::text::ErrorKind::Memory));
        assert_eq!(format_float(1.5, b".3000000000f", "float"), Err(TextError::value("precision too big")));
    }
}
