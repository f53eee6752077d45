//! Guest strings as bytes: UTF-8 in which a surrogate may stand as the three bytes its number would take.
//!
//! This is WTF-8 with one rule less: Python keeps `'\ud83d' + '\ude00'` as two characters, so a high surrogate followed by a
//! low one is left as it stands and never joined. Whatever was built by this room is well formed; the decoder still takes
//! any bytes without panicking, and gives U+FFFD for those that mean nothing.

use std::ops::Range;

/// The number of code points there are, one past the last.
pub const CODE_POINTS: u32 = 0x110000;

const REPLACEMENT: u32 = 0xFFFD;

/// Whether `c` is a surrogate.
pub fn is_surrogate(c: u32) -> bool {
    (0xD800..=0xDFFF).contains(&c)
}

/// Whether all of `text` is ASCII.
pub fn is_ascii(text: &[u8]) -> bool {
    text.is_ascii()
}

/// The text as `str`, unless it holds surrogates.
pub fn to_str(text: &[u8]) -> Option<&str> {
    std::str::from_utf8(text).ok()
}

/// Whether `text` is well formed: UTF-8, surrogates allowed.
pub fn is_valid(text: &[u8]) -> bool {
    let mut rest = text;
    loop {
        match std::str::from_utf8(rest) {
            Ok(_) => return true,
            Err(error) => {
                rest = &rest[error.valid_up_to()..];
                match rest {
                    [0xED, 0xA0..=0xBF, 0x80..=0xBF, tail @ ..] => rest = tail,
                    _ => return false,
                }
            }
        }
    }
}

/// Appends the code point `c`. A number that is none becomes U+FFFD.
pub fn push(out: &mut Vec<u8>, c: u32) {
    match char::from_u32(c) {
        Some(c) if c.is_ascii() => out.push(c as u8),
        Some(c) => out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()),
        None if is_surrogate(c) => {
            out.extend_from_slice(&[0xED, 0x80 | ((c >> 6) & 0x3F) as u8, 0x80 | (c & 0x3F) as u8]);
        }
        None => push(out, REPLACEMENT),
    }
}

/// How many bytes the code point `c` takes.
pub fn width(c: u32) -> usize {
    match c {
        0..0x80 => 1,
        0x80..0x800 => 2,
        0x800..0x1_0000 => 3,
        _ => 4,
    }
}

/// The code point of one character as a text.
pub fn from_code_point(c: u32) -> Vec<u8> {
    let mut out = Vec::with_capacity(4);
    push(&mut out, c);
    out
}

/// How many code points `text` holds.
pub fn len(text: &[u8]) -> usize {
    text.len() - text.iter().filter(|b| is_continuation(**b)).count()
}

/// Where in `text` the code point number `n` begins; `text.len()` when `n` is their number, `None` beyond.
pub fn offset_of(text: &[u8], n: usize) -> Option<usize> {
    if text.is_ascii() {
        return (n <= text.len()).then_some(n);
    }
    let mut left = n;
    for (at, byte) in text.iter().enumerate() {
        if !is_continuation(*byte) {
            if left == 0 {
                return Some(at);
            }
            left -= 1;
        }
    }
    (left == 0).then_some(text.len())
}

/// How many code points lie before the byte at `offset`.
pub fn index_of(text: &[u8], offset: usize) -> usize {
    len(&text[..offset.min(text.len())])
}

/// The code points of `range`; what lies outside the text is cut off.
pub fn slice(text: &[u8], range: Range<usize>) -> &[u8] {
    if range.start >= range.end {
        return &[];
    }
    let start = offset_of(text, range.start).unwrap_or(text.len());
    let tail = &text[start..];
    &tail[..offset_of(tail, range.end - range.start).unwrap_or(tail.len())]
}

/// Whether `text` begins a character at the byte `offset` (or ends there).
pub fn is_boundary(text: &[u8], offset: usize) -> bool {
    text.get(offset).map_or(offset == text.len(), |b| !is_continuation(*b))
}

/// The code points of `text`, from either end.
pub fn code_points(text: &[u8]) -> CodePoints<'_> {
    CodePoints { rest: text }
}

/// The code points of `text`, each with the offset of its first byte.
pub fn code_point_offsets(text: &[u8]) -> impl Iterator<Item = (usize, u32)> + '_ {
    let mut points = code_points(text);
    std::iter::from_fn(move || {
        let at = text.len() - points.rest.len();
        points.next().map(|c| (at, c))
    })
}

/// The first code point of `text`.
pub fn first(text: &[u8]) -> Option<u32> {
    code_points(text).next()
}

/// Valid UTF-8 taken as a guest string, lossily where there are surrogates: each becomes U+FFFD.
pub fn to_string_lossy(text: &[u8]) -> String {
    match std::str::from_utf8(text) {
        Ok(text) => text.to_owned(),
        Err(_) => code_points(text).map(|c| char::from_u32(c).unwrap_or(char::REPLACEMENT_CHARACTER)).collect(),
    }
}

/// Bytes of the outside as text: those that are not UTF-8 become lone surrogates (PEP 383).
pub fn escape(bytes: &[u8]) -> Vec<u8> {
    let mut text = Vec::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.extend_from_slice(chunk.valid().as_bytes());
        chunk.invalid().iter().for_each(|byte| push(&mut text, 0xDC00 + u32::from(*byte)));
    }
    text
}

/// The way back. Other surrogates stay as they are.
pub fn unescape(text: &[u8]) -> Vec<u8> {
    if std::str::from_utf8(text).is_ok() {
        return text.to_vec();
    }
    let mut bytes = Vec::with_capacity(text.len());
    for c in code_points(text) {
        match c {
            0xDC80..=0xDCFF => bytes.push((c - 0xDC00) as u8),
            c => push(&mut bytes, c),
        }
    }
    bytes
}

/// Where the first surrogate stands that [`unescape`] makes no byte of.
pub fn unescapable(text: &[u8]) -> Option<usize> {
    let lone = |c| is_surrogate(c) && !(0xDC80..=0xDCFF).contains(&c);
    if std::str::from_utf8(text).is_ok() { None } else { code_points(text).position(lone) }
}

/// Iterator of [`code_points`].
#[derive(Debug, Clone)]
pub struct CodePoints<'a> {
    rest: &'a [u8],
}

impl<'a> CodePoints<'a> {
    /// What has not been walked over yet.
    pub fn as_bytes(&self) -> &'a [u8] {
        self.rest
    }
}

impl Iterator for CodePoints<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        let (c, width) = decode(self.rest)?;
        self.rest = &self.rest[width..];
        Some(c)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        (self.rest.len().div_ceil(4), Some(self.rest.len()))
    }
}

impl DoubleEndedIterator for CodePoints<'_> {
    fn next_back(&mut self) -> Option<u32> {
        let last = self.rest.len().checked_sub(1)?;
        let mut start = last;
        while start > 0 && last - start < 3 && is_continuation(self.rest[start]) {
            start -= 1;
        }
        match decode(&self.rest[start..]) {
            Some((c, width)) if width == last - start + 1 => {
                self.rest = &self.rest[..start];
                Some(c)
            }
            _ => {
                self.rest = &self.rest[..last];
                Some(REPLACEMENT)
            }
        }
    }
}

fn is_continuation(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// The first code point and its width in bytes.
fn decode(text: &[u8]) -> Option<(u32, usize)> {
    let low = |b: u8| u32::from(b & 0x3F);
    Some(match *text {
        [] => return None,
        [a @ 0..0x80, ..] => (u32::from(a), 1),
        [a @ 0xC2..=0xDF, b, ..] if is_continuation(b) => (u32::from(a & 0x1F) << 6 | low(b), 2),
        [a @ 0xE0..=0xEF, b, c, ..] if is_continuation(b) && is_continuation(c) => {
            (u32::from(a & 0x0F) << 12 | low(b) << 6 | low(c), 3)
        }
        [a @ 0xF0..=0xF4, b, c, d, ..] if is_continuation(b) && is_continuation(c) && is_continuation(d) => {
            (u32::from(a & 0x07) << 18 | low(b) << 12 | low(c) << 6 | low(d), 4)
        }
        _ => (REPLACEMENT, 1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn walks_both_ways() {
        let mut text = Vec::new();
        let points = [0x61, 0xE9, 0xD83D, 0xDE00, 0x20AC, 0x1F600, 0x10FFFF];
        points.iter().for_each(|c| push(&mut text, *c));
        assert_eq!(code_points(&text).collect::<Vec<_>>(), points);
        assert_eq!(code_points(&text).rev().collect::<Vec<_>>(), points.iter().rev().copied().collect::<Vec<_>>());
        assert_eq!(len(&text), points.len());
        assert!(is_valid(&text) && to_str(&text).is_none());
        assert_eq!(to_string_lossy(&text), "a\u{e9}\u{fffd}\u{fffd}\u{20ac}\u{1f600}\u{10ffff}");
        assert_eq!(code_point_offsets(&text).map(|(at, _)| at).collect::<Vec<_>>(), [0, 1, 3, 6, 9, 12, 16]);
        assert_eq!(text.len(), points.iter().map(|c| width(*c)).sum::<usize>());
    }

    #[test]
    fn slices_by_code_points() {
        let text = "aé€😀z".as_bytes();
        assert_eq!(slice(text, 1..3), "é€".as_bytes());
        assert_eq!(slice(text, 3..99), "😀z".as_bytes());
        assert_eq!(slice(text, 5..9), b"");
        assert_eq!(slice(b"abc", 1..2), b"b");
        assert_eq!((offset_of(text, 0), offset_of(text, 5), offset_of(text, 6)), (Some(0), Some(11), None));
        assert_eq!((offset_of(b"abc", 3), offset_of(b"abc", 4)), (Some(3), None));
        assert_eq!(index_of(text, 6), 3);
    }

    #[test]
    fn survives_anything() {
        for text in [&b"\xff"[..], b"\xc3", b"a\x80\x80\x80\x80\x80", b"\xed\xa0", b"\xf0\x9f\x98", b"\xc3\xc3\xa9"] {
            assert!(!is_valid(text));
            assert!(code_points(text).count() > 0 && code_points(text).rev().count() > 0);
        }
    }
}
