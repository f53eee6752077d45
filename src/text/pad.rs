//! Filling strings up to a width, and tabs.

use super::error::{TextError, reserve};
use super::search::Kind;
use super::wtf8;

/// Where a text stands in its width.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// `ljust`
    Left,
    /// `rjust`
    Right,
    /// `center`
    Center,
}

/// `text.ljust(width, fill)`, `rjust` or `center`. `fill` is one character or one byte.
pub fn justify(kind: Kind, text: &[u8], width: usize, fill: &[u8], place: Place) -> Result<Vec<u8>, TextError> {
    let missing = width.saturating_sub(kind.len(text));
    let before = match place {
        Place::Left => 0,
        Place::Right => missing,
        // An odd one goes to the left of an even width's text: so does CPython.
        Place::Center => missing / 2 + (missing & width & 1),
    };
    let mut out = Vec::new();
    reserve(&mut out, text.len().saturating_add(missing.saturating_mul(fill.len())))?;
    (0..before).for_each(|_| out.extend_from_slice(fill));
    out.extend_from_slice(text);
    (before..missing).for_each(|_| out.extend_from_slice(fill));
    Ok(out)
}

/// `text.zfill(width)`: zeros after a sign.
pub fn zfill(kind: Kind, text: &[u8], width: usize) -> Result<Vec<u8>, TextError> {
    let missing = width.saturating_sub(kind.len(text));
    let sign = usize::from(matches!(text.first(), Some(b'+' | b'-')));
    let mut out = Vec::new();
    reserve(&mut out, text.len().saturating_add(missing))?;
    out.extend_from_slice(&text[..sign]);
    out.resize(sign + missing, b'0');
    out.extend_from_slice(&text[sign..]);
    Ok(out)
}

/// `text.expandtabs(size)`; a size below one drops the tabs.
pub fn expand_tabs(kind: Kind, text: &[u8], size: usize) -> Result<Vec<u8>, TextError> {
    let mut out = Vec::with_capacity(text.len());
    let mut column = 0;
    for (at, byte) in text.iter().enumerate() {
        match byte {
            b'\t' if size == 0 => {}
            b'\t' => {
                let blanks = size - column % size;
                reserve(&mut out, blanks)?;
                out.resize(out.len() + blanks, b' ');
                column += blanks;
            }
            _ => {
                out.push(*byte);
                let begins = kind == Kind::Bytes || wtf8::is_boundary(text, at);
                column = if matches!(byte, b'\n' | b'\r') { 0 } else { column + usize::from(begins) };
            }
        }
    }
    Ok(out)
}

/// `text.translate(table, delete)` of a `bytes`; the table, if any, has 256 bytes.
pub fn translate_bytes(text: &[u8], table: Option<&[u8; 256]>, delete: &[u8]) -> Vec<u8> {
    let kept = text.iter().filter(|b| !delete.contains(b));
    kept.map(|b| table.map_or(*b, |table| table[usize::from(*b)])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::{bytes_or_text, cases};

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/pad.txt")) {
            let (kind, question, fields) = bytes_or_text(&case);
            let (text, fill) = (&fields[0][..], &fields[1][..]);
            let width = case.number(2);
            let filled = match question {
                "ljust" => justify(kind, text, width, fill, Place::Left),
                "rjust" => justify(kind, text, width, fill, Place::Right),
                "center" => justify(kind, text, width, fill, Place::Center),
                "zfill" => zfill(kind, text, width),
                "expandtabs" => expand_tabs(kind, text, width),
                other => panic!("line {}: {other}?", case.line),
            };
            case.check(format!("{:?}", filled.expect("the answer is short")));
        }
    }

    #[test]
    fn translates_bytes() {
        let mut table: [u8; 256] = std::array::from_fn(|n| n as u8);
        table[usize::from(b'a')] = b'X';
        assert_eq!(translate_bytes(b"abcab", Some(&table), b"b"), b"XcX");
        assert_eq!(translate_bytes(b"abcab", None, b"ac"), b"bb");
    }

    #[test]
    fn refuses_to_fill_memory() {
        assert!(justify(Kind::Str, b"a", usize::MAX, "é".as_bytes(), Place::Center).is_err());
        assert!(expand_tabs(Kind::Str, b"\t", usize::MAX).is_err());
    }
}
