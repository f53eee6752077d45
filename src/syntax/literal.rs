//! What stands in a literal: numbers, escapes, bytes.

use super::ast::Constant;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::borrow::Cow;
use std::rc::Rc;

/// Decimal integers with more digits than this are refused, as by `sys.set_int_max_str_digits`.
const MAX_DIGITS: usize = 4300;

/// The value of a number whose shape the lexer has checked.
pub fn number(text: &str) -> Result<Constant, String> {
    let text: Cow<str> = if text.contains('_') { text.replace('_', "").into() } else { text.into() };
    let lower = text.to_ascii_lowercase();
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = lower.strip_prefix(prefix) {
            return integer(digits, radix);
        }
    }
    if let Some(imaginary) = lower.strip_suffix('j') {
        return float(imaginary).map(Constant::Complex);
    }
    if lower.contains(['.', 'e']) {
        return float(&lower).map(Constant::Float);
    }
    if lower.len() > MAX_DIGITS {
        return Err(format!(
            "Exceeds the limit ({MAX_DIGITS} digits) for integer string conversion: value has {} digits; use \
             sys.set_int_max_str_digits() to increase the limit - Consider hexadecimal for huge integer literals to \
             avoid decimal conversion limits.",
            lower.len()
        ));
    }
    integer(&lower, 10)
}

fn integer(digits: &str, radix: u32) -> Result<Constant, String> {
    if let Ok(small) = i64::from_str_radix(digits, radix) {
        return Ok(Constant::Int(small));
    }
    let value = BigInt::parse_bytes(digits.as_bytes(), radix).ok_or("invalid decimal literal")?;
    Ok(value.to_i64().map_or_else(|| Constant::BigInt(Rc::new(value)), Constant::Int))
}

fn float(text: &str) -> Result<f64, String> {
    text.parse().map_err(|_| "invalid decimal literal".to_string())
}

/// A string literal, prefix and quotes included, taken apart.
pub struct Parts<'s> {
    /// `r`: backslashes mean nothing.
    pub raw: bool,
    /// `b`
    pub bytes: bool,
    /// What stands between the quotes.
    pub body: &'s str,
}

/// Takes a string literal apart.
pub fn parts(literal: &str) -> Parts<'_> {
    let quoted = literal.trim_start_matches(|character: char| character.is_ascii_alphabetic());
    let prefix = &literal[..literal.len() - quoted.len()];
    let width = if quoted.len() >= 6 && (quoted.starts_with("\"\"\"") || quoted.starts_with("'''")) { 3 } else { 1 };
    Parts {
        raw: prefix.contains(['r', 'R']),
        bytes: prefix.contains(['b', 'B']),
        body: quoted.get(width..quoted.len() - width).unwrap_or(""),
    }
}

/// Line ends are one character, however the file writes them.
fn unify_line_ends(body: &str) -> Cow<'_, str> {
    if body.contains('\r') { body.replace("\r\n", "\n").replace('\r', "\n").into() } else { body.into() }
}

/// The text of a string body, in WTF-8.
pub fn text(body: &str, raw: bool) -> Result<Vec<u8>, String> {
    let body = unify_line_ends(body);
    if raw || !body.contains('\\') {
        return Ok(body.into_owned().into_bytes());
    }
    let bytes = body.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(backslash) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        out.extend_from_slice(&bytes[at..at + backslash]);
        at += backslash;
        let Some(&letter) = bytes.get(at + 1) else { break };
        let width = match letter {
            b'x' => 2,
            b'u' => 4,
            b'U' => 8,
            b'N' => {
                let (code, end) = named(bytes, at)?;
                push_code_point(&mut out, code);
                at = end;
                continue;
            }
            _ => {
                at += 1 + simple_escape(&bytes[at + 1..], &mut out, push_code_point);
                continue;
            }
        };
        let digits = hex_digits(&bytes[at + 2..], width);
        if digits < width {
            let what = ["\\xXX", "\\uXXXX", "\\UXXXXXXXX"][(width / 3).min(2)];
            return Err(codec_error(&body, at, at + 2 + digits, &format!("truncated {what} escape")));
        }
        let code = hex_value(&bytes[at + 2..at + 2 + width]);
        if code > 0x10ffff {
            return Err(codec_error(&body, at, at + 2 + width, "illegal Unicode character"));
        }
        push_code_point(&mut out, code);
        at += 2 + width;
    }
    out.extend_from_slice(&bytes[at..]);
    Ok(out)
}

/// The bytes of a bytes body.
pub fn bytes(body: &str, raw: bool) -> Result<Vec<u8>, String> {
    if !body.is_ascii() {
        return Err("bytes can only contain ASCII literal characters".into());
    }
    let body = unify_line_ends(body);
    if raw || !body.contains('\\') {
        return Ok(body.into_owned().into_bytes());
    }
    let bytes = body.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(backslash) = bytes[at..].iter().position(|byte| *byte == b'\\') {
        out.extend_from_slice(&bytes[at..at + backslash]);
        at += backslash;
        match bytes.get(at + 1) {
            Some(b'x') => {
                if hex_digits(&bytes[at + 2..], 2) < 2 {
                    return Err(format!("(value error) invalid \\x escape at position {at}"));
                }
                out.push(hex_value(&bytes[at + 2..at + 4]) as u8);
                at += 4;
            }
            Some(_) => at += 1 + simple_escape(&bytes[at + 1..], &mut out, |out, code| out.push(code as u8)),
            None => break,
        }
    }
    out.extend_from_slice(&bytes[at..]);
    Ok(out)
}

/// An escape that strings and bytes share. `rest` begins after the backslash; the answer is how much of it was used.
fn simple_escape(rest: &[u8], out: &mut Vec<u8>, push: fn(&mut Vec<u8>, u32)) -> usize {
    let plain = match rest[0] {
        b'\n' => return 1,
        b'\\' => b'\\',
        b'\'' => b'\'',
        b'"' => b'"',
        b'a' => 7,
        b'b' => 8,
        b'f' => 12,
        b'n' => b'\n',
        b'r' => b'\r',
        b't' => b'\t',
        b'v' => 11,
        b'0'..=b'7' => {
            let digits = rest.iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
            push(out, rest[..digits].iter().fold(0, |code, digit| code * 8 + u32::from(digit - b'0')));
            return digits;
        }
        _ => {
            // An unknown escape stands for itself, backslash included.
            out.push(b'\\');
            return 0;
        }
    };
    out.push(plain);
    1
}

/// The first escape of a body that means nothing, or an octal one beyond a byte: where it stands, and what is said.
pub fn dubious_escape(body: &str, bytes: bool) -> Option<(usize, String)> {
    let mut at = 0;
    while let Some(backslash) = body[at..].find('\\') {
        at += backslash;
        let rest = &body[at + 1..];
        let letter = rest.chars().next()?;
        let digits = rest.bytes().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
        let (what, escape) = match letter {
            '4'..='7' if digits == 3 => ("invalid octal escape sequence", &rest[..digits]),
            '0'..='7' | '\n' | '\r' | '\\' | '\'' | '"' | 'a' | 'b' | 'f' | 'n' | 'r' | 't' | 'v' | 'x' => ("", ""),
            'N' | 'u' | 'U' if !bytes => ("", ""),
            letter if !letter.is_ascii() => ("", ""),
            _ => ("invalid escape sequence", &rest[..letter.len_utf8()]),
        };
        if !what.is_empty() {
            return Some((at, dubious(what, escape)));
        }
        at += 1 + letter.len_utf8();
    }
    None
}

/// What is said about an escape that is probably none.
pub fn dubious(what: &str, escape: &str) -> String {
    format!(
        "\"\\{escape}\" is an {what}. Such sequences will not work in the future. Did you mean \"\\\\{escape}\"? A raw \
         string is also an option."
    )
}

/// `\N{name}` at `at`: the character, and where the escape ends.
fn named(bytes: &[u8], at: usize) -> Result<(u32, usize), String> {
    let body = || String::from_utf8_lossy(bytes);
    let rest = &bytes[at + 2..];
    if rest.first() != Some(&b'{') {
        return Err(codec_error(&body(), at, at + 2, "malformed \\N character escape"));
    }
    let Some(length) = rest.iter().position(|byte| *byte == b'}').filter(|length| *length > 1) else {
        let end = rest.iter().position(|byte| *byte == b'}').map_or(bytes.len(), |length| at + 2 + length);
        return Err(codec_error(&body(), at, end, "malformed \\N character escape"));
    };
    let name = std::str::from_utf8(&rest[1..length]).unwrap_or("");
    let end = at + 2 + length + 1;
    match character_named(name) {
        Some(character) => Ok((character as u32, end)),
        None => Err(codec_error(&body(), at, end, "unknown Unicode character name")),
    }
}

/// The character that Unicode knows by `name` or by an alias. The table forgives blanks and hyphens; Python does not.
fn character_named(name: &str) -> Option<char> {
    let is_word = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = name.as_bytes();
    let plain = bytes.iter().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b' ' | b'-'));
    if !plain || !is_word(bytes.first()) || !is_word(bytes.last()) || name.contains("  ") {
        return None;
    }
    let character = unicode_names2::character(name)?;
    let known = unicode_names2::name(character).map(|known| known.to_string()).unwrap_or_default();
    let compact = |name: &str| name.to_ascii_uppercase().replace([' ', '-'], "");
    // Names that are made by rule are matched by case, too.
    let ruled = known.starts_with("CJK UNIFIED IDEOGRAPH-") || known.starts_with("HANGUL SYLLABLE ");
    let same = if ruled { known == name } else { known.eq_ignore_ascii_case(name) };
    (same || compact(&known) != compact(name)).then_some(character)
}

/// CPython counts positions in the body with every character beyond ASCII written as a `\U` escape.
fn codec_error(body: &str, start: usize, end: usize, message: &str) -> String {
    let position = |end: usize| -> usize {
        let before = body.get(..end).unwrap_or(body);
        before.chars().map(|character| if character.is_ascii() { 1 } else { 10 }).sum()
    };
    let (start, last) = (position(start), position(end).saturating_sub(1));
    match start == last {
        true => format!("(unicode error) 'unicodeescape' codec can't decode byte 0x5c in position {start}: {message}"),
        false => {
            format!("(unicode error) 'unicodeescape' codec can't decode bytes in position {start}-{last}: {message}")
        }
    }
}

fn hex_digits(bytes: &[u8], most: usize) -> usize {
    bytes.iter().take(most).take_while(|byte| byte.is_ascii_hexdigit()).count()
}

fn hex_value(digits: &[u8]) -> u32 {
    digits.iter().fold(0u32, |value, digit| (value << 4) | (*digit as char).to_digit(16).unwrap_or(0))
}

/// Appends a code point in UTF-8, a surrogate in the same pattern.
fn push_code_point(out: &mut Vec<u8>, code: u32) {
    match char::from_u32(code) {
        Some(character) => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
        None => out.extend([0xe0 | (code >> 12) as u8, 0x80 | (code >> 6 & 0x3f) as u8, 0x80 | (code & 0x3f) as u8]),
    }
}
