//! Splitting strings and stripping their ends.

use memchr::memmem;

use super::search::Kind;
use super::unicode::is_space;
use super::wtf8::code_points;

/// Which end of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Left,
    Right,
    Both,
}

/// `text.split(separator, most)`; without `most`, everywhere. An empty separator is the caller's `ValueError`
/// ("empty separator").
pub fn split<'a>(text: &'a [u8], separator: &[u8], most: Option<usize>) -> Vec<&'a [u8]> {
    let most = most.unwrap_or(usize::MAX);
    match separator {
        // One byte needs no search prepared.
        [byte] => split_at(text, 1, memchr::memchr_iter(*byte, text).take(most)),
        _ => split_at(text, separator.len(), memmem::find_iter(text, separator).take(most)),
    }
}

/// `text` without the `width` bytes at each of these places.
fn split_at(text: &[u8], width: usize, places: impl Iterator<Item = usize>) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut done = 0;
    for at in places {
        out.push(&text[done..at]);
        done = at + width;
    }
    out.push(&text[done..]);
    out
}

/// `text.rsplit(separator, most)`.
pub fn rsplit<'a>(text: &'a [u8], separator: &[u8], most: Option<usize>) -> Vec<&'a [u8]> {
    let mut out = Vec::new();
    let mut rest = text;
    let mut cut = |at: usize| {
        out.push(&rest[at + separator.len()..]);
        rest = &text[..at];
    };
    let most = most.unwrap_or(usize::MAX);
    match separator {
        [byte] => memchr::memrchr_iter(*byte, text).take(most).for_each(&mut cut),
        _ => memmem::rfind_iter(text, separator).take(most).for_each(&mut cut),
    }
    out.push(rest);
    out.reverse();
    out
}

/// `text.split(None, most)`: at runs of white space, those at the ends dropped.
pub fn split_space(kind: Kind, text: &[u8], most: Option<usize>) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut rest = strip(kind, text, None, Side::Left);
    while !rest.is_empty() {
        if most == Some(out.len()) {
            out.push(rest);
            break;
        }
        let end = word_end(kind, rest);
        out.push(&rest[..end]);
        rest = strip(kind, &rest[end..], None, Side::Left);
    }
    out
}

/// `text.rsplit(None, most)`.
pub fn rsplit_space(kind: Kind, text: &[u8], most: Option<usize>) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let mut rest = strip(kind, text, None, Side::Right);
    while !rest.is_empty() {
        if most == Some(out.len()) {
            out.push(rest);
            break;
        }
        let start = word_start(kind, rest);
        out.push(&rest[start..]);
        rest = strip(kind, &rest[..start], None, Side::Right);
    }
    out.reverse();
    out
}

/// `text.splitlines(keep)`.
pub fn split_lines(kind: Kind, text: &[u8], keep: bool) -> Vec<&[u8]> {
    let mut out = Vec::new();
    let (mut start, mut at) = (0, 0);
    while at < text.len() {
        match line_end(kind, &text[at..]) {
            0 => at += 1,
            width => {
                out.push(&text[start..if keep { at + width } else { at }]);
                at += width;
                start = at;
            }
        }
    }
    if start < text.len() {
        out.push(&text[start..]);
    }
    out
}

/// `text.strip(characters)` at one end or both; without characters, white space.
pub fn strip<'a>(kind: Kind, text: &'a [u8], characters: Option<&[u8]>, side: Side) -> &'a [u8] {
    match (kind, characters) {
        (Kind::Bytes, None) => strip_bytes(text, is_ascii_space, side),
        (Kind::Str, None) => match strip_bytes(text, is_ascii_text_space, side) {
            // What is left may begin or end with white space that is not ASCII.
            left @ ([0x80..=0xFF, ..] | [.., 0x80..=0xFF]) => strip_points(left, is_space, side),
            left => left,
        },
        (Kind::Str, Some(set)) if !set.is_ascii() => {
            let set: Vec<u32> = code_points(set).collect();
            strip_points(text, |c| set.contains(&c), side)
        }
        // No byte of another character is ASCII.
        (_, Some(set)) => {
            let mut members = [0u64; 4];
            for b in set {
                members[*b as usize >> 6] |= 1 << (b & 63);
            }
            strip_bytes(text, |b| members[b as usize >> 6] >> (b & 63) & 1 == 1, side)
        }
    }
}

fn strip_bytes(text: &[u8], test: impl Fn(u8) -> bool, side: Side) -> &[u8] {
    let mut kept = text;
    while let [first, rest @ ..] = kept
        && side != Side::Right
        && test(*first)
    {
        kept = rest;
    }
    while let [rest @ .., last] = kept
        && side != Side::Left
        && test(*last)
    {
        kept = rest;
    }
    kept
}

fn strip_points(text: &[u8], test: impl Fn(u32) -> bool, side: Side) -> &[u8] {
    let mut points = code_points(text);
    let mut kept = text;
    if side != Side::Right {
        while points.next().is_some_and(&test) {
            kept = points.as_bytes();
        }
    }
    let mut points = code_points(kept);
    if side != Side::Left {
        while points.next_back().is_some_and(&test) {
            kept = points.as_bytes();
        }
    }
    kept
}

/// Where the word that `text` begins with ends.
fn word_end(kind: Kind, text: &[u8]) -> usize {
    match kind {
        Kind::Bytes => text.iter().position(|b| is_ascii_space(*b)).unwrap_or(text.len()),
        Kind::Str => {
            let mut at = 0;
            while let Some(byte) = text.get(at) {
                if (0x21..0x80).contains(byte) {
                    at += 1;
                    continue;
                }
                if byte.is_ascii() {
                    if is_ascii_text_space(*byte) {
                        break;
                    }
                    at += 1;
                    continue;
                }
                let mut points = code_points(&text[at..]);
                if points.next().is_none_or(is_space) {
                    break;
                }
                at = text.len() - points.as_bytes().len();
            }
            at
        }
    }
}

/// Where the word that `text` ends with begins.
fn word_start(kind: Kind, text: &[u8]) -> usize {
    match kind {
        Kind::Bytes => text.iter().rposition(|b| is_ascii_space(*b)).map_or(0, |last| last + 1),
        Kind::Str => {
            let mut points = code_points(text);
            loop {
                let at = points.as_bytes().len();
                if points.next_back().is_none_or(is_space) {
                    return at;
                }
            }
        }
    }
}

/// How many bytes the end of line that `text` begins with takes; 0 when it begins with none.
fn line_end(kind: Kind, text: &[u8]) -> usize {
    match (text, kind) {
        ([b'\r', b'\n', ..], _) => 2,
        ([b'\r' | b'\n', ..], _) => 1,
        ([0x0B | 0x0C | 0x1C..=0x1E, ..], Kind::Str) => 1,
        // U+0085, U+2028 and U+2029
        ([0xC2, 0x85, ..], Kind::Str) => 2,
        ([0xE2, 0x80, 0xA8 | 0xA9, ..], Kind::Str) => 3,
        _ => 0,
    }
}

/// `str.isspace` of one ASCII character.
fn is_ascii_text_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | 0x1C..=b' ')
}

/// `bytes.isspace` of one byte.
pub fn is_ascii_space(byte: u8) -> bool {
    matches!(byte, b'\t'..=b'\r' | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::{bytes_or_text, cases};

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/split.txt")) {
            let (kind, question, fields) = bytes_or_text(&case);
            let (text, other) = (&fields[0][..], &fields[1][..]);
            let most = || usize::try_from(case.number::<i64>(2)).ok();
            let pieces = match question {
                "split" => split(text, other, most()),
                "rsplit" => rsplit(text, other, most()),
                "split space" => split_space(kind, text, most()),
                "rsplit space" => rsplit_space(kind, text, most()),
                "splitlines" => split_lines(kind, text, false),
                "splitlines keep" => split_lines(kind, text, true),
                "strip" => vec![strip(kind, text, Some(other), Side::Both)],
                "lstrip" => vec![strip(kind, text, Some(other), Side::Left)],
                "rstrip" => vec![strip(kind, text, Some(other), Side::Right)],
                "strip space" => vec![strip(kind, text, None, Side::Both)],
                "lstrip space" => vec![strip(kind, text, None, Side::Left)],
                "rstrip space" => vec![strip(kind, text, None, Side::Right)],
                other => panic!("line {}: {other}?", case.line),
            };
            case.check(format!("{pieces:?}"));
        }
    }
}
