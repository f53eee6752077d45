//! Finding, counting and replacing inside strings.
//!
//! One search serves `str` and `bytes`: the bytes of a character never begin inside another's, so a substring of well-formed
//! text is found at the boundaries of characters. What differs is told by [`Kind`]: how positions are counted, and which
//! characters are white space. For positions, a `str` known to be ASCII may be called [`Kind::Bytes`], which is quicker.

use memchr::memmem;

use super::error::{TextError, reserve};
use super::wtf8;

/// What bytes mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A `str`: positions count characters, white space is Unicode's.
    Str,
    /// A `bytes`: positions count bytes, white space is ASCII's.
    Bytes,
}

impl Kind {
    /// How many positions `text` has.
    pub fn len(self, text: &[u8]) -> usize {
        match self {
            Kind::Str => wtf8::len(text),
            Kind::Bytes => text.len(),
        }
    }

    /// The items from `start` to `end`; `None` when `start` lies beyond the end of the text.
    pub fn window(self, text: &[u8], start: usize, end: usize) -> Option<&[u8]> {
        let length = self.len(text);
        if start > length || start > end {
            return None;
        }
        Some(match self {
            Kind::Str => wtf8::slice(text, start..end),
            Kind::Bytes => &text[start..end.min(length)],
        })
    }

    /// How many bytes the item at the offset `at` takes.
    pub(super) fn step(self, text: &[u8], at: usize) -> usize {
        match self {
            Kind::Bytes => 1,
            Kind::Str => 1 + text[at + 1..].iter().take_while(|b| *b & 0xC0 == 0x80).count(),
        }
    }
}

/// `text.find(wanted, start, end)`, as the position of the match. The bounds count from the front: the caller has dealt with
/// negative ones, and `end` may lie beyond the text.
pub fn find(kind: Kind, text: &[u8], wanted: &[u8], start: usize, end: usize) -> Option<usize> {
    let window = kind.window(text, start, end)?;
    first(window, wanted).map(|at| start + kind.len(&window[..at]))
}

/// In texts up to this length the places where a pattern's first byte stands are tried one by one.
const TRIED: usize = 256;

/// Where `wanted` is first. One byte needs no search prepared, and in a short text a search is not worth preparing.
fn first(text: &[u8], wanted: &[u8]) -> Option<usize> {
    match wanted {
        [] => Some(0),
        [byte] => memchr::memchr(*byte, text),
        [byte, ..] if text.len() <= TRIED => {
            let places = text.len().checked_sub(wanted.len() - 1)?;
            memchr::memchr_iter(*byte, &text[..places]).find(|at| text[*at..].starts_with(wanted))
        }
        _ => memmem::find(text, wanted),
    }
}

/// How often `wanted`, which is not empty, is in `text` without overlaps, as far as `most`.
fn times(text: &[u8], wanted: &[u8], most: usize) -> usize {
    match wanted {
        [byte] => memchr::memchr_iter(*byte, text).take(most).count(),
        _ if text.len() <= TRIED => {
            let (mut rest, mut times) = (text, 0);
            while times < most
                && let Some(at) = first(rest, wanted)
            {
                rest = &rest[at + wanted.len()..];
                times += 1;
            }
            times
        }
        _ => memmem::find_iter(text, wanted).take(most).count(),
    }
}

/// `text.rfind(wanted, start, end)`.
pub fn rfind(kind: Kind, text: &[u8], wanted: &[u8], start: usize, end: usize) -> Option<usize> {
    let window = kind.window(text, start, end)?;
    memmem::rfind(window, wanted).map(|at| start + kind.len(&window[..at]))
}

/// `text.count(wanted, start, end)`: matches that do not overlap.
pub fn count(kind: Kind, text: &[u8], wanted: &[u8], start: usize, end: usize) -> usize {
    match kind.window(text, start, end) {
        None => 0,
        Some(window) if wanted.is_empty() => kind.len(window) + 1,
        Some(window) => times(window, wanted, usize::MAX),
    }
}

/// Whether `wanted` is somewhere in `text`.
pub fn contains(text: &[u8], wanted: &[u8]) -> bool {
    first(text, wanted).is_some()
}

/// `text.startswith(prefix, start, end)`.
pub fn starts_with(kind: Kind, text: &[u8], prefix: &[u8], start: usize, end: usize) -> bool {
    kind.window(text, start, end).is_some_and(|window| window.starts_with(prefix))
}

/// `text.endswith(suffix, start, end)`.
pub fn ends_with(kind: Kind, text: &[u8], suffix: &[u8], start: usize, end: usize) -> bool {
    kind.window(text, start, end).is_some_and(|window| window.ends_with(suffix))
}

/// `text.replace(old, new, most)`; without `most`, all.
pub fn replace(kind: Kind, text: &[u8], old: &[u8], new: &[u8], most: Option<usize>) -> Result<Vec<u8>, TextError> {
    let most = most.unwrap_or(usize::MAX);
    if let ([old], [new]) = (old, new)
        && most == usize::MAX
    {
        return Ok(text.iter().map(|byte| if byte == old { *new } else { *byte }).collect());
    }
    let found = if old.is_empty() { kind.len(text) + 1 } else { times(text, old, most) };
    let found = found.min(most);
    let mut out = Vec::new();
    reserve(&mut out, (text.len() - found * old.len()).saturating_add(found.saturating_mul(new.len())))?;
    if old.is_empty() {
        let mut at = 0;
        for _ in 0..found {
            out.extend_from_slice(new);
            if at < text.len() {
                let step = kind.step(text, at);
                out.extend_from_slice(&text[at..at + step]);
                at += step;
            }
        }
        out.extend_from_slice(&text[at..]);
        return Ok(out);
    }
    let mut done = 0;
    for at in memmem::find_iter(text, old).take(found) {
        out.extend_from_slice(&text[done..at]);
        out.extend_from_slice(new);
        done = at + old.len();
    }
    out.extend_from_slice(&text[done..]);
    Ok(out)
}

/// `text.partition(separator)`: what stands before and after the first; `None` when there is none. An empty separator is the
/// caller's `ValueError` ("empty separator").
pub fn partition<'a>(text: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = first(text, separator)?;
    Some((&text[..at], &text[at + separator.len()..]))
}

/// `text.rpartition(separator)`: what stands before and after the last.
pub fn rpartition<'a>(text: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = memmem::rfind(text, separator)?;
    Some((&text[..at], &text[at + separator.len()..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::{bytes_or_text, cases};

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/search.txt")) {
            let (kind, question, fields) = bytes_or_text(&case);
            let [text, wanted] = [&fields[0][..], &fields[1][..]];
            let bounds = || (case.number::<usize>(2), case.number::<usize>(3));
            let index = |found: Option<usize>| found.map_or("-1".to_owned(), |at| at.to_string());
            let truth = |answer: bool| if answer { "True" } else { "False" }.to_owned();
            let halves = |found: Option<(&[u8], &[u8])>| {
                found.map_or("None".to_owned(), |(before, after)| format!("{before:?} {after:?}"))
            };
            case.check(match question {
                "find" => index(find(kind, text, wanted, bounds().0, bounds().1)),
                "rfind" => index(rfind(kind, text, wanted, bounds().0, bounds().1)),
                "count" => count(kind, text, wanted, bounds().0, bounds().1).to_string(),
                "startswith" => truth(starts_with(kind, text, wanted, bounds().0, bounds().1)),
                "endswith" => truth(ends_with(kind, text, wanted, bounds().0, bounds().1)),
                "in" => truth(contains(text, wanted)),
                "partition" => halves(partition(text, wanted)),
                "rpartition" => halves(rpartition(text, wanted)),
                "replace" => {
                    let most = usize::try_from(case.number::<i64>(3)).ok();
                    format!("{:?}", replace(kind, text, wanted, &fields[2], most).expect("the answer is short"))
                }
                other => panic!("line {}: {other}?", case.line),
            });
        }
    }
}
