//! Bytes to text: byte order mark, encoding declaration (PEP 263), UTF-8.

use super::error::SyntaxError;
use crate::source::Span;
use crate::text::codec::{self, Encoding, Errors, Failure};

/// The text of a source file. Spans of errors count bytes of the file.
pub fn decode(bytes: &[u8]) -> Result<String, SyntaxError> {
    let (bytes, marked) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, true),
        None => (bytes, false),
    };
    let declared = declaration(bytes);
    let name = declared.as_deref().map(normal_name);
    match name.as_deref() {
        None | Some("utf-8" | "utf-8-sig") => {}
        Some("utf8") if !marked => {}
        Some(other) if marked => {
            let message = format!("encoding problem: {other} with BOM");
            return Err(SyntaxError::new(Span::default(), message));
        }
        Some("ascii" | "us-ascii" | "646") => {
            if let Some(at) = bytes.iter().position(|byte| !byte.is_ascii()) {
                let message = format!(
                    "(unicode error) 'ascii' codec can't decode byte 0x{:02x} in position {at}: ordinal not in range(128)",
                    bytes[at]
                );
                return Err(SyntaxError::new(Span::new(at, at), message));
            }
        }
        Some(other) => match Encoding::lookup(other.as_bytes()) {
            Some(encoding @ Encoding::Charmap(_)) => return by_table(bytes, encoding),
            Some(Encoding::Latin1) => return Ok(bytes.iter().map(|byte| *byte as char).collect()),
            _ => return Err(SyntaxError::new(Span::default(), format!("unknown encoding: {other}"))),
        },
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_string()),
        Err(error) => {
            let at = error.valid_up_to();
            let line = bytes[..at].iter().filter(|byte| **byte == b'\n').count() + 1;
            let message = format!(
                "Non-UTF-8 code starting with '\\x{:02x}' on line {line}, but no encoding declared; see \
                 https://peps.python.org/pep-0263/ for details",
                bytes[at]
            );
            Err(SyntaxError::new(Span::new(at, at), message))
        }
    }
}

/// A text of one byte for each character.
fn by_table(bytes: &[u8], encoding: Encoding) -> Result<String, SyntaxError> {
    match codec::decode(bytes, encoding, Errors::Strict, true) {
        Ok((text, _)) => Ok(String::from_utf8_lossy(&text).into_owned()),
        Err(Failure::Unicode(error)) => {
            let why = codec::decode_message(bytes, error.encoding, error.start, error.end, error.reason);
            Err(SyntaxError::new(Span::new(error.start, error.start), format!("(unicode error) {why}")))
        }
        Err(Failure::Other(_)) => {
            Err(SyntaxError::new(Span::default(), format!("encoding problem: {}", encoding.codec_name())))
        }
    }
}

/// The encoding that a comment in one of the first two lines declares.
fn declaration(bytes: &[u8]) -> Option<String> {
    for line in bytes.split(|byte| *byte == b'\n').take(2) {
        let blank = line.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\x0c' | b'\r'));
        let Some(first) = blank else { continue };
        let comment = line[first..].strip_prefix(b"#")?;
        if let Some(name) = coding(comment) {
            return Some(name);
        }
    }
    None
}

/// The name after `coding:` or `coding=`.
fn coding(comment: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(comment);
    let mut rest = &*text;
    while let Some(found) = rest.find("coding") {
        rest = &rest[found + "coding".len()..];
        if let Some(value) = rest.strip_prefix([':', '=']) {
            let value = value.trim_start_matches([' ', '\t']);
            let end = value.find(|letter: char| !(letter.is_ascii_alphanumeric() || "-_.".contains(letter)));
            let name = &value[..end.unwrap_or(value.len())];
            if !name.is_empty() {
                return Some(name.to_string());
            }
        }
    }
    None
}

/// The name as CPython's tokenizer compares it.
fn normal_name(name: &str) -> String {
    let name = name.to_ascii_lowercase().replace('_', "-");
    let is = |known: &str| name == known || name.starts_with(&format!("{known}-"));
    if is("utf-8") {
        return if name == "utf-8-sig" { name } else { "utf-8".to_string() };
    }
    if is("latin-1") || is("iso-8859-1") || is("iso-latin-1") {
        return "iso-8859-1".to_string();
    }
    name
}
