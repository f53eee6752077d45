//! `repr` and `ascii` of texts: which quote, and which escapes.

use std::fmt::Write;

use super::unicode::is_printable;
use super::wtf8::code_points;

/// `repr` of a `str`. Surrogates are escaped, so the answer is always valid UTF-8.
pub fn repr_str(text: &[u8]) -> String {
    quoted(text, is_printable)
}

/// `ascii` of a `str`.
pub fn ascii_str(text: &[u8]) -> String {
    quoted(text, |c| (0x20..0x7F).contains(&c))
}

/// `repr` of a `bytes`, the leading `b` included.
pub fn repr_bytes(bytes: &[u8]) -> String {
    let quote = quote(bytes);
    let mut out = String::with_capacity(bytes.len() + 3);
    out.push('b');
    out.push(quote);
    for byte in bytes {
        push_escaped(&mut out, u32::from(*byte), quote, |c| (0x20..0x7F).contains(&c));
    }
    out.push(quote);
    out
}

/// The text as the codec `unicode_escape` and tracebacks of `-X` style show it: as [`ascii_str`], without quotes around.
pub fn escape_non_ascii(text: &[u8]) -> String {
    let mut out = String::with_capacity(text.len());
    for c in code_points(text) {
        if c < 0x80 { out.push(c as u8 as char) } else { push_numeric(&mut out, c) }
    }
    out
}

/// Appends `\xNN`, `\uNNNN` or `\UNNNNNNNN`, the shortest that holds the character.
pub fn push_numeric(out: &mut String, c: u32) {
    let written = match c {
        0..=0xFF => write!(out, "\\x{c:02x}"),
        0x100..=0xFFFF => write!(out, "\\u{c:04x}"),
        _ => write!(out, "\\U{c:08x}"),
    };
    written.expect("writing to a String does not fail");
}

fn quoted(text: &[u8], plain: impl Fn(u32) -> bool + Copy) -> String {
    let quote = quote(text);
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    let stands = |byte: &u8| (0x20..0x7F).contains(byte) && *byte != b'\\' && *byte != quote as u8;
    match std::str::from_utf8(text) {
        // Most texts are shown as they are.
        Ok(shown) if text.iter().all(stands) => out.push_str(shown),
        _ => code_points(text).for_each(|c| push_escaped(&mut out, c, quote, plain)),
    }
    out.push(quote);
    out
}

/// Single quotes, unless only they would need escaping.
fn quote(text: &[u8]) -> char {
    if text.contains(&b'\'') && !text.contains(&b'"') { '"' } else { '\'' }
}

fn push_escaped(out: &mut String, c: u32, quote: char, plain: impl Fn(u32) -> bool) {
    match char::from_u32(c) {
        Some('\t') => out.push_str("\\t"),
        Some('\n') => out.push_str("\\n"),
        Some('\r') => out.push_str("\\r"),
        Some(c) if c == '\\' || c == quote => out.extend(['\\', c]),
        Some(shown) if plain(c) => out.push(shown),
        _ => push_numeric(out, c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::wtf8;

    #[test]
    fn shows_strings() {
        let tricky = "it's\t\n\r\x0b\x7f\\\u{a0}é\u{378}😀\u{e000}\u{10ffff}\u{2028}";
        assert_eq!(repr_str(tricky.as_bytes()), r#""it's\t\n\r\x0b\x7f\\\xa0é\u0378😀\ue000\U0010ffff\u2028""#);
        assert_eq!(
            ascii_str(tricky.as_bytes()),
            r#""it's\t\n\r\x0b\x7f\\\xa0\xe9\u0378\U0001f600\ue000\U0010ffff\u2028""#
        );
        assert_eq!(repr_str(b"'\""), r#"'\'"'"#);
        assert_eq!(repr_str(b"\""), "'\"'");
        assert_eq!(repr_str(&wtf8::from_code_point(0xDC80)), r"'\udc80'");
        assert_eq!(escape_non_ascii("a'\né€".as_bytes()), "a'\n\\xe9\\u20ac");
    }

    #[test]
    fn shows_bytes() {
        assert_eq!(repr_bytes(b"it's\x00\t\xff\\"), r#"b"it's\x00\t\xff\\""#);
        assert_eq!(repr_bytes(b"'\""), r#"b'\'"'"#);
        assert_eq!(repr_bytes(b""), "b''");
    }
}
