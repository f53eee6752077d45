//! From guest strings to bytes and back: UTF-8, UTF-16, UTF-32, ASCII, Latin-1 and the other single-byte encodings, with the
//! error handlers of Python.
//!
//! [`encode`] and [`decode`] do it all. A handler that is written in Python (`codecs.register_error`) is served by the
//! [`Encoder`] and the [`Decoder`] themselves: they run up to an error, and go on with what the handler gives.

use std::borrow::Cow;

use super::charmaps::{CHARMAPS, Charmap, UNDEFINED};
use super::error::TextError;
use super::escape::push_numeric;
use super::wtf8::{self, code_points, is_surrogate, push};

/// An encoding of text as bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    Utf8,
    /// UTF-8 with a mark at its beginning.
    Utf8Sig,
    Ascii,
    Latin1,
    /// UTF-16 with a mark that tells the order of bytes; little-endian is written, and read where there is no mark.
    Utf16,
    Utf16Le,
    Utf16Be,
    /// UTF-32 with a mark.
    Utf32,
    Utf32Le,
    Utf32Be,
    /// A byte for each character, by a table.
    Charmap(&'static Charmap),
}

impl Encoding {
    /// The encoding that a name means, whatever its case and punctuation.
    pub fn lookup(name: &[u8]) -> Option<Encoding> {
        let words = name.split(|b| !b.is_ascii_alphanumeric() && *b != b'.').filter(|word| !word.is_empty());
        Some(match words.collect::<Vec<_>>().join(&b'_').to_ascii_lowercase().as_slice() {
            b"utf_8" | b"utf8" | b"u8" | b"utf" | b"utf8_ucs2" | b"utf8_ucs4" | b"cp65001" => Encoding::Utf8,
            b"utf_8_sig" => Encoding::Utf8Sig,
            b"ascii" | b"646" | b"us" | b"us_ascii" | b"ansi_x3.4_1968" | b"ansi_x3_4_1968" | b"ansi_x3.4_1986"
            | b"cp367" | b"csascii" | b"ibm367" | b"iso646_us" | b"iso_646.irv_1991" | b"iso_ir_6" => Encoding::Ascii,
            b"latin_1" | b"latin1" | b"latin" | b"l1" | b"8859" | b"iso8859" | b"iso8859_1" | b"iso_8859_1"
            | b"iso_8859_1_1987" | b"cp819" | b"csisolatin1" | b"ibm819" | b"iso_ir_100" => Encoding::Latin1,
            b"utf_16" | b"utf16" | b"u16" => Encoding::Utf16,
            b"utf_16_le" | b"utf_16le" | b"unicodelittleunmarked" => Encoding::Utf16Le,
            b"utf_16_be" | b"utf_16be" | b"unicodebigunmarked" => Encoding::Utf16Be,
            b"utf_32" | b"utf32" | b"u32" => Encoding::Utf32,
            b"utf_32_le" | b"utf_32le" => Encoding::Utf32Le,
            b"utf_32_be" | b"utf_32be" => Encoding::Utf32Be,
            name => {
                let mut tables = CHARMAPS.iter();
                Encoding::Charmap(tables.find(|table| table.names.iter().any(|known| known.as_bytes() == name))?)
            }
        })
    }

    /// The name in errors.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 | Encoding::Utf8Sig => "utf-8",
            Encoding::Latin1 => "latin-1",
            Encoding::Charmap(_) => "charmap",
            _ => self.codec_name(),
        }
    }

    /// The name that `codecs.lookup` tells.
    pub fn codec_name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf8Sig => "utf-8-sig",
            Encoding::Ascii => "ascii",
            Encoding::Latin1 => "iso8859-1",
            Encoding::Utf16 => "utf-16",
            Encoding::Utf16Le => "utf-16-le",
            Encoding::Utf16Be => "utf-16-be",
            Encoding::Utf32 => "utf-32",
            Encoding::Utf32Le => "utf-32-le",
            Encoding::Utf32Be => "utf-32-be",
            Encoding::Charmap(table) => table.name,
        }
    }

    /// How many bytes a unit of the encoding takes.
    fn unit(self) -> usize {
        match self {
            Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be => 2,
            Encoding::Utf32 | Encoding::Utf32Le | Encoding::Utf32Be => 4,
            _ => 1,
        }
    }

    fn is_big_endian(self) -> bool {
        matches!(self, Encoding::Utf16Be | Encoding::Utf32Be)
    }
}

/// The error handlers that need no Python.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Errors {
    Strict,
    Ignore,
    Replace,
    BackslashReplace,
    XmlCharRefReplace,
    NameReplace,
    SurrogateEscape,
    SurrogatePass,
}

impl Errors {
    /// The handler of a name, if it is one of these.
    pub fn lookup(name: &[u8]) -> Option<Errors> {
        Some(match name {
            b"strict" => Errors::Strict,
            b"ignore" => Errors::Ignore,
            b"replace" => Errors::Replace,
            b"backslashreplace" => Errors::BackslashReplace,
            b"xmlcharrefreplace" => Errors::XmlCharRefReplace,
            b"namereplace" => Errors::NameReplace,
            b"surrogateescape" => Errors::SurrogateEscape,
            b"surrogatepass" => Errors::SurrogatePass,
            _ => return None,
        })
    }
}

/// What a `UnicodeEncodeError` or a `UnicodeDecodeError` says: which items (characters or bytes) could not be converted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnicodeError {
    pub encoding: &'static str,
    pub start: usize,
    pub end: usize,
    pub reason: &'static str,
}

/// Why a text was not encoded, or bytes not decoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    Unicode(UnicodeError),
    Other(TextError),
}

/// `str(error)` of a `UnicodeEncodeError`, which shows the character if there is but one.
pub fn encode_message(text: &[u8], encoding: &str, start: usize, end: usize, reason: &str) -> String {
    let one = if end.checked_sub(1) == Some(start) { wtf8::first(wtf8::slice(text, start..end)) } else { None };
    match one {
        Some(c) => {
            let mut shown = String::new();
            push_numeric(&mut shown, c);
            format!("'{encoding}' codec can't encode character '{shown}' in position {start}: {reason}")
        }
        None => {
            let last = end as i64 - 1;
            format!("'{encoding}' codec can't encode characters in position {start}-{last}: {reason}")
        }
    }
}

/// `str(error)` of a `UnicodeDecodeError`, which shows the byte if there is but one.
pub fn decode_message(bytes: &[u8], encoding: &str, start: usize, end: usize, reason: &str) -> String {
    match bytes.get(start) {
        Some(byte) if end.checked_sub(1) == Some(start) => {
            format!("'{encoding}' codec can't decode byte {byte:#04x} in position {start}: {reason}")
        }
        _ => {
            let last = end as i64 - 1;
            format!("'{encoding}' codec can't decode bytes in position {start}-{last}: {reason}")
        }
    }
}

/// `text.encode(encoding, errors)`.
pub fn encode(text: &[u8], encoding: Encoding, errors: Errors) -> Result<Vec<u8>, Failure> {
    let mut encoder = Encoder::new(text, encoding);
    while let Err(error) = encoder.run() {
        match handle_encode_error(text, encoding, errors, error) {
            Ok((replacement, resume)) => encoder.resume(replacement, resume)?,
            Err(error) => return Err(Failure::Unicode(error)),
        }
    }
    Ok(encoder.out)
}

/// `bytes.decode(encoding, errors)`: the text, and how many bytes it took: all of them when they are `complete`, else perhaps
/// less, when the last character is not there yet.
pub fn decode(bytes: &[u8], encoding: Encoding, errors: Errors, complete: bool) -> Result<(Vec<u8>, usize), Failure> {
    let mut decoder = Decoder::new(bytes, encoding, complete);
    while let Err(error) = decoder.run() {
        let (replacement, resume) = handle_decode_error(decoder.bytes, decoder.encoding, errors, error)?;
        decoder.resume(&replacement, resume);
    }
    Ok((decoder.out, decoder.at + (bytes.len() - decoder.bytes.len())))
}

/// What stands in for characters that could not be encoded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replacement {
    /// To be encoded in their place.
    Text(Vec<u8>),
    /// To be written as it is.
    Bytes(Vec<u8>),
}

/// What a handler does about an error of encoding: the replacement, and the character to go on with.
pub fn handle_encode_error(
    text: &[u8],
    encoding: Encoding,
    errors: Errors,
    error: UnicodeError,
) -> Result<(Replacement, usize), UnicodeError> {
    let UnicodeError { start, end, .. } = error;
    let bad = || code_points(wtf8::slice(text, start..end));
    let replacement = match errors {
        Errors::Strict => return Err(error),
        Errors::Ignore => Replacement::Text(Vec::new()),
        Errors::Replace => Replacement::Text(bad().map(|_| b'?').collect()),
        Errors::BackslashReplace => {
            let mut out = String::new();
            bad().for_each(|c| push_numeric(&mut out, c));
            Replacement::Text(out.into_bytes())
        }
        Errors::XmlCharRefReplace => Replacement::Text(bad().flat_map(|c| format!("&#{c};").into_bytes()).collect()),
        Errors::NameReplace => {
            let mut out = String::new();
            bad().for_each(|c| match char::from_u32(c).and_then(unicode_names2::name) {
                Some(name) => out.push_str(&format!("\\N{{{name}}}")),
                None => push_numeric(&mut out, c),
            });
            Replacement::Text(out.into_bytes())
        }
        Errors::SurrogateEscape => {
            // What can be turned back is, and the error begins after it.
            let escaped: Vec<u8> = bad().map_while(escaped_byte).collect();
            if escaped.len() < end - start || !escaped.len().is_multiple_of(encoding.unit()) {
                let able = if encoding.unit() == 1 { escaped.len() } else { 0 };
                return Err(UnicodeError { start: start + able, ..error });
            }
            Replacement::Bytes(escaped)
        }
        Errors::SurrogatePass => {
            if matches!(encoding, Encoding::Ascii | Encoding::Latin1 | Encoding::Charmap(_)) || !bad().all(is_surrogate)
            {
                return Err(error);
            }
            let mut out = Vec::new();
            bad().for_each(|c| match encoding.unit() {
                1 => push(&mut out, c),
                _ => push_unit(&mut out, c, encoding),
            });
            Replacement::Bytes(out)
        }
    };
    Ok((replacement, end))
}

/// What a handler does about an error of decoding: the text in place of the bytes, and the byte to go on with.
pub fn handle_decode_error(
    bytes: &[u8],
    encoding: Encoding,
    errors: Errors,
    error: UnicodeError,
) -> Result<(Vec<u8>, usize), Failure> {
    let UnicodeError { start, end, .. } = error;
    let bad = &bytes[start.min(bytes.len())..end.min(bytes.len())];
    let mut out = Vec::new();
    let mut resume = end;
    match errors {
        Errors::Ignore => {}
        Errors::Replace => push(&mut out, 0xFFFD),
        Errors::BackslashReplace => out = bad.iter().flat_map(|b| format!("\\x{b:02x}").into_bytes()).collect(),
        Errors::SurrogateEscape => {
            let escaped = bad.iter().take(4).take_while(|b| **b >= 0x80);
            escaped.clone().for_each(|b| push(&mut out, 0xDC00 + u32::from(*b)));
            resume = start + escaped.count();
        }
        Errors::SurrogatePass => {
            let found = match (encoding, &bytes[start.min(bytes.len())..]) {
                (Encoding::Utf8 | Encoding::Utf8Sig, [0xED, 0xA0..=0xBF, 0x80..=0xBF, ..]) => {
                    code_points(&bytes[start..start + 3]).next().map(|c| (c, 3))
                }
                (_, _) if encoding.unit() == 1 => None,
                (_, rest) => unit(rest, encoding).map(|c| (c, encoding.unit())),
            };
            match found.filter(|(c, _)| is_surrogate(*c)) {
                Some((c, width)) => {
                    push(&mut out, c);
                    resume = start + width;
                }
                None => resume = start,
            }
        }
        Errors::Strict => resume = start,
        Errors::XmlCharRefReplace | Errors::NameReplace => {
            return Err(Failure::Other(TextError::type_error(
                "don't know how to handle UnicodeDecodeError in error callback",
            )));
        }
    }
    if resume == start { Err(Failure::Unicode(error)) } else { Ok((out, resume)) }
}

/// A text on its way to bytes.
#[derive(Debug, Clone)]
pub struct Encoder<'a> {
    text: &'a [u8],
    encoding: Encoding,
    /// Where in the text we are: the offset of a byte, and the number of the character that begins there.
    at: usize,
    index: usize,
    out: Vec<u8>,
}

impl<'a> Encoder<'a> {
    pub fn new(text: &'a [u8], encoding: Encoding) -> Encoder<'a> {
        let mut out = Vec::with_capacity(text.len() * encoding.unit());
        match encoding {
            Encoding::Utf8Sig => push(&mut out, BYTE_ORDER_MARK),
            Encoding::Utf16 | Encoding::Utf32 => push_unit(&mut out, BYTE_ORDER_MARK, encoding),
            _ => {}
        }
        Encoder { text, encoding, at: 0, index: 0, out }
    }

    /// Goes on to the end, or to what cannot be encoded.
    pub fn run(&mut self) -> Result<(), UnicodeError> {
        let rest = &self.text[self.at..];
        if self.encoding.unit() == 1 {
            let plain = match self.encoding {
                Encoding::Ascii | Encoding::Latin1 | Encoding::Charmap(_) => {
                    rest.iter().position(|b| *b >= 0x80).unwrap_or(rest.len())
                }
                _ => std::str::from_utf8(rest).map_or_else(|error| error.valid_up_to(), |_| rest.len()),
            };
            self.out.extend_from_slice(&rest[..plain]);
            self.index += wtf8::len(&rest[..plain]);
            self.at += plain;
        }
        let mut points = code_points(&self.text[self.at..]);
        while let Some(c) = points.clone().next() {
            if !self.can_encode(c) {
                // Where a unit is a byte, all that cannot be encoded is told at once.
                let end = match self.encoding.unit() {
                    1 => points.take_while(|c| !self.can_encode(*c)).count(),
                    _ => 1,
                };
                let reason = match self.encoding {
                    Encoding::Ascii => "ordinal not in range(128)",
                    Encoding::Latin1 => "ordinal not in range(256)",
                    Encoding::Charmap(_) => UNMAPPED,
                    _ => "surrogates not allowed",
                };
                let (start, encoding) = (self.index, self.encoding.name());
                return Err(UnicodeError { encoding, start, end: start + end, reason });
            }
            push_encoded(&mut self.out, c, self.encoding);
            points.next();
            self.at = self.text.len() - points.as_bytes().len();
            self.index += 1;
        }
        Ok(())
    }

    /// Goes on after an error with the character number `resume`. A replacement that cannot be encoded itself is the same
    /// error again.
    pub fn resume(&mut self, replacement: Replacement, resume: usize) -> Result<(), Failure> {
        match replacement {
            Replacement::Bytes(bytes) => self.out.extend_from_slice(&bytes),
            Replacement::Text(text) => {
                if !code_points(&text).all(|c| self.can_encode(c))
                    && let Err(error) = self.run()
                {
                    return Err(Failure::Unicode(error));
                }
                code_points(&text).for_each(|c| push_encoded(&mut self.out, c, self.encoding));
            }
        }
        self.index = resume;
        self.at = wtf8::offset_of(self.text, resume).unwrap_or(self.text.len());
        Ok(())
    }

    /// What was written.
    pub fn into_bytes(self) -> Vec<u8> {
        self.out
    }

    fn can_encode(&self, c: u32) -> bool {
        match self.encoding {
            Encoding::Ascii => c < 0x80,
            Encoding::Latin1 => c < 0x100,
            Encoding::Charmap(table) => c < 0x80 || byte_of(table, c).is_some(),
            _ => !is_surrogate(c),
        }
    }
}

/// Bytes on their way to a text.
#[derive(Debug, Clone)]
pub struct Decoder<'a> {
    /// The bytes, without the mark of [`Encoding::Utf8Sig`].
    bytes: &'a [u8],
    encoding: Encoding,
    complete: bool,
    at: usize,
    out: Vec<u8>,
}

impl<'a> Decoder<'a> {
    /// Unless the bytes are `complete`, a character cut off at their end is left for later.
    pub fn new(bytes: &'a [u8], encoding: Encoding, complete: bool) -> Decoder<'a> {
        let mut decoder = Decoder { bytes, encoding, complete, at: 0, out: Vec::with_capacity(bytes.len()) };
        match (encoding, bytes) {
            (Encoding::Utf8Sig, [0xEF, 0xBB, 0xBF, rest @ ..]) => decoder.bytes = rest,
            (Encoding::Utf16, [0xFF, 0xFE, ..]) => decoder.marked(Encoding::Utf16Le),
            (Encoding::Utf16, [0xFE, 0xFF, ..]) => decoder.marked(Encoding::Utf16Be),
            (Encoding::Utf32, [0xFF, 0xFE, 0, 0, ..]) => decoder.marked(Encoding::Utf32Le),
            (Encoding::Utf32, [0, 0, 0xFE, 0xFF, ..]) => decoder.marked(Encoding::Utf32Be),
            (Encoding::Utf16, [_, _, ..]) => decoder.encoding = Encoding::Utf16Le,
            (Encoding::Utf32, [_, _, _, _, ..]) => decoder.encoding = Encoding::Utf32Le,
            _ => {}
        }
        decoder
    }

    fn marked(&mut self, encoding: Encoding) {
        self.encoding = encoding;
        self.at = encoding.unit();
    }

    /// The encoding that the mark told, for the bytes to come.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// Goes on to the end, or to what cannot be decoded.
    pub fn run(&mut self) -> Result<(), UnicodeError> {
        let error = match self.encoding {
            Encoding::Utf8 | Encoding::Utf8Sig => self.run_utf8(),
            Encoding::Ascii => self.run_ascii(),
            Encoding::Latin1 => {
                self.bytes[self.at..].iter().for_each(|b| push(&mut self.out, u32::from(*b)));
                self.at = self.bytes.len();
                None
            }
            Encoding::Charmap(table) => self.run_charmap(table),
            Encoding::Utf16 | Encoding::Utf16Le | Encoding::Utf16Be => self.run_utf16(),
            Encoding::Utf32 | Encoding::Utf32Le | Encoding::Utf32Be => self.run_utf32(),
        };
        let Some((width, reason)) = error else {
            return Ok(());
        };
        if !self.complete && (reason == END_OF_DATA || reason == TRUNCATED) {
            return Ok(());
        }
        let encoding = match self.encoding {
            Encoding::Utf16 => "utf-16-le",
            Encoding::Utf32 => "utf-32-le",
            encoding => encoding.name(),
        };
        Err(UnicodeError { encoding, start: self.at, end: self.at + width, reason })
    }

    /// Goes on after an error with the byte number `resume`.
    pub fn resume(&mut self, replacement: &[u8], resume: usize) {
        self.out.extend_from_slice(replacement);
        self.at = resume.min(self.bytes.len());
    }

    /// The bytes that the positions of errors count: all but the mark of `utf-8-sig`.
    pub fn object(&self) -> &'a [u8] {
        self.bytes
    }

    /// The text that was read.
    pub fn into_text(self) -> Vec<u8> {
        self.out
    }

    /// Each of these gives the width of what cannot be decoded, and the reason.
    fn run_utf8(&mut self) -> Option<(usize, &'static str)> {
        let rest = &self.bytes[self.at..];
        let error = std::str::from_utf8(rest).err();
        let good = error.map_or(rest.len(), |error| error.valid_up_to());
        self.out.extend_from_slice(&rest[..good]);
        self.at += good;
        let bad = &rest[good..];
        match (error?.error_len(), bad) {
            // A surrogate cut off, which `surrogatepass` may yet want.
            (Some(_), [0xED, 0xA0..=0xBF]) if !self.complete => Some((2, END_OF_DATA)),
            (Some(width), [0xC2..=0xF4, ..]) => Some((width, "invalid continuation byte")),
            (Some(width), _) => Some((width, "invalid start byte")),
            (None, _) => Some((bad.len(), END_OF_DATA)),
        }
    }

    fn run_ascii(&mut self) -> Option<(usize, &'static str)> {
        let rest = &self.bytes[self.at..];
        let good = rest.iter().position(|b| !b.is_ascii()).unwrap_or(rest.len());
        self.out.extend_from_slice(&rest[..good]);
        self.at += good;
        (good < rest.len()).then_some((1, "ordinal not in range(128)"))
    }

    fn run_charmap(&mut self, table: &Charmap) -> Option<(usize, &'static str)> {
        while let Some(byte) = self.bytes.get(self.at) {
            let c = match byte.checked_sub(0x80) {
                None => u32::from(*byte),
                Some(upper) => u32::from(table.upper[usize::from(upper)]),
            };
            if c == u32::from(UNDEFINED) {
                return Some((1, UNMAPPED));
            }
            push(&mut self.out, c);
            self.at += 1;
        }
        None
    }

    fn run_utf16(&mut self) -> Option<(usize, &'static str)> {
        loop {
            let rest = &self.bytes[self.at..];
            let Some(first) = unit(rest, self.encoding) else {
                return (!rest.is_empty()).then_some((rest.len(), TRUNCATED));
            };
            let second = unit(&rest[2..], self.encoding);
            match (first, second) {
                (0xD800..0xDC00, Some(low @ 0xDC00..0xE000)) => {
                    push(&mut self.out, 0x10000 + ((first - 0xD800) << 10) + (low - 0xDC00));
                    self.at += 4;
                }
                (0xD800..0xDC00, Some(_)) => return Some((2, "illegal UTF-16 surrogate")),
                (0xD800..0xDC00, None) => return Some((rest.len(), END_OF_DATA)),
                (0xDC00..0xE000, _) => return Some((2, "illegal encoding")),
                _ => {
                    push(&mut self.out, first);
                    self.at += 2;
                }
            }
        }
    }

    fn run_utf32(&mut self) -> Option<(usize, &'static str)> {
        loop {
            let rest = &self.bytes[self.at..];
            match unit(rest, self.encoding) {
                None => return (!rest.is_empty()).then_some((rest.len(), TRUNCATED)),
                Some(c) if is_surrogate(c) => {
                    return Some((4, "code point in surrogate code point range(0xd800, 0xe000)"));
                }
                Some(wtf8::CODE_POINTS..) => return Some((4, "code point not in range(0x110000)")),
                Some(c) => {
                    push(&mut self.out, c);
                    self.at += 4;
                }
            }
        }
    }
}

const BYTE_ORDER_MARK: u32 = 0xFEFF;
const END_OF_DATA: &str = "unexpected end of data";
const TRUNCATED: &str = "truncated data";
const UNMAPPED: &str = "character maps to <undefined>";

/// The byte of the upper half that means a character.
fn byte_of(table: &Charmap, c: u32) -> Option<u8> {
    let place = table.upper.iter().position(|meaning| u32::from(*meaning) == c && *meaning != UNDEFINED)?;
    Some(place as u8 + 0x80)
}

/// Bytes known to be UTF-8 but perhaps for some, as text: each bad sequence becomes U+FFFD. For what Python does not see.
pub fn decode_lossy(bytes: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(bytes)
}

/// The byte that `surrogateescape` had turned into this character.
fn escaped_byte(c: u32) -> Option<u8> {
    (0xDC80..=0xDCFF).contains(&c).then(|| (c - 0xDC00) as u8)
}

/// Appends a character that the encoding can hold.
fn push_encoded(out: &mut Vec<u8>, c: u32, encoding: Encoding) {
    match (encoding, encoding.unit()) {
        (Encoding::Latin1, _) => out.push(c as u8),
        (Encoding::Charmap(table), _) if c >= 0x80 => out.extend(byte_of(table, c)),
        (_, 1) => push(out, c),
        (_, 2) if c >= 0x10000 => {
            push_unit(out, 0xD800 + ((c - 0x10000) >> 10), encoding);
            push_unit(out, 0xDC00 + ((c - 0x10000) & 0x3FF), encoding);
        }
        _ => push_unit(out, c, encoding),
    }
}

/// Appends one unit of UTF-16 or UTF-32.
fn push_unit(out: &mut Vec<u8>, unit: u32, encoding: Encoding) {
    let bytes = if encoding.is_big_endian() { unit.to_be_bytes() } else { unit.to_le_bytes() };
    out.extend_from_slice(match (encoding.unit(), encoding.is_big_endian()) {
        (4, _) => &bytes,
        (_, true) => &bytes[2..],
        (_, false) => &bytes[..2],
    });
}

/// The unit of UTF-16 or UTF-32 that `bytes` begin with, if they are long enough.
fn unit(bytes: &[u8], encoding: Encoding) -> Option<u32> {
    let big = encoding.is_big_endian();
    if encoding.unit() == 2 {
        let unit = *bytes.first_chunk()?;
        return Some(u32::from(if big { u16::from_be_bytes(unit) } else { u16::from_le_bytes(unit) }));
    }
    let unit = *bytes.first_chunk()?;
    Some(if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::{Case, cases, raised};

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/codec.txt")) {
            match case.question() {
                "lookup" => {
                    let name = Encoding::lookup(case.wtf8(0)).map(Encoding::codec_name);
                    case.check(name.unwrap_or("None"));
                }
                "encode" => {
                    let (encoding, errors) = how(&case);
                    let text = case.wtf8(0);
                    case.check(match encode(text, encoding, errors) {
                        Ok(bytes) => format!("{bytes:?}"),
                        Err(Failure::Unicode(UnicodeError { encoding, start, end, reason })) => {
                            let message = encode_message(text, encoding, start, end, reason);
                            format!("UnicodeEncodeError: {message}")
                        }
                        Err(Failure::Other(error)) => raised(&error),
                    });
                }
                "decode" | "decode part" => {
                    let (encoding, errors) = how(&case);
                    let bytes = case.bytes(0);
                    let complete = case.question() == "decode";
                    case.check(match decode(&bytes, encoding, errors, complete) {
                        Ok((text, used)) => format!("{text:?} {used}"),
                        Err(Failure::Unicode(UnicodeError { encoding, start, end, reason })) => {
                            let object = Decoder::new(&bytes, how(&case).0, complete).object();
                            let message = decode_message(object, encoding, start, end, reason);
                            format!("UnicodeDecodeError: {message}")
                        }
                        Err(Failure::Other(error)) => raised(&error),
                    });
                }
                other => panic!("line {}: {other}?", case.line),
            }
        }
    }

    fn how(case: &Case) -> (Encoding, Errors) {
        let errors = Errors::lookup(case.wtf8(2)).expect("only handlers that we know are asked about");
        (Encoding::lookup(case.wtf8(1)).expect("only encodings that we know are asked about"), errors)
    }
}
