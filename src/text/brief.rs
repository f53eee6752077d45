//! The format specifications that programs write most, in a quick way: `05d`, `>8`, `.2f`, `x`, `,`. Whatever else a
//! specification may say, and every mistake, is for [`spec`](super::spec).

use std::io::Write;

/// A specification of the simple kind: `[<>^][0][width][,][.precision][letter]`, all in ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Brief {
    align: Option<u8>,
    zeros: bool,
    width: usize,
    commas: bool,
    precision: Option<usize>,
    letter: Option<u8>,
}

/// Widths and precisions from here on are not simple.
const MOST: usize = 100;

impl Brief {
    /// Takes a specification apart, if it is simple.
    pub fn parse(spec: &[u8]) -> Option<Brief> {
        let mut rest = spec;
        let mut brief = Brief { align: None, zeros: false, width: 0, commas: false, precision: None, letter: None };
        if let [align @ (b'<' | b'>' | b'^'), more @ ..] = rest {
            (brief.align, rest) = (Some(*align), more);
        }
        if let [b'0', more @ ..] = rest {
            (brief.zeros, rest) = (true, more);
        }
        brief.width = number(&mut rest)?.unwrap_or(0);
        if let [b',', more @ ..] = rest {
            (brief.commas, rest) = (true, more);
        }
        if let [b'.', more @ ..] = rest {
            rest = more;
            brief.precision = Some(number(&mut rest)??);
        }
        if let [letter, more @ ..] = rest {
            (brief.letter, rest) = (Some(*letter), more);
        }
        rest.is_empty().then_some(brief)
    }

    /// What `%` means by this directive, which begins behind the `%`; what stands behind the directive.
    pub fn directive(text: &[u8]) -> Option<(Brief, &[u8])> {
        let mut rest = text;
        let mut brief =
            Brief { align: Some(b'>'), zeros: false, width: 0, commas: false, precision: None, letter: None };
        match rest {
            [b'-', more @ ..] => (brief.align, rest) = (Some(b'<'), more),
            [b'0', more @ ..] => (brief.align, brief.zeros, rest) = (None, true, more),
            _ => {}
        }
        brief.width = number(&mut rest)?.unwrap_or(0);
        if let [b'.', more @ ..] = rest {
            rest = more;
            brief.precision = Some(number(&mut rest)??);
        }
        let (letter, rest) = rest.split_first()?;
        brief.letter = Some(*letter);
        Some((brief, rest))
    }

    /// The same for a number that is shown as a text would be: no zeros are put in front of it.
    pub fn as_number(self) -> Brief {
        Brief { letter: Some(b'd'), zeros: false, ..self }
    }

    /// The letter that says what is wanted.
    pub fn letter(&self) -> Option<u8> {
        self.letter
    }

    /// Appends an int; `false`, with nothing done, if it is not simple after all.
    pub fn int(&self, value: i64, out: &mut Vec<u8>) -> bool {
        if self.precision.is_some() || (self.align.is_some() && self.zeros) || (self.commas && self.zeros) {
            return false;
        }
        let mut room = [0u8; 40];
        let mut at = room.len();
        let mut size = value.unsigned_abs();
        let base = match self.letter {
            None | Some(b'd') => 10,
            Some(b'x') if !self.commas => 16,
            Some(b'b') if !self.commas && size < 1 << 32 => 2,
            _ => return false,
        };
        let mut count = 0;
        loop {
            if self.commas && count > 0 && count % 3 == 0 {
                at -= 1;
                room[at] = b',';
            }
            at -= 1;
            room[at] = b"0123456789abcdef"[(size % base) as usize];
            size /= base;
            count += 1;
            if size == 0 {
                break;
            }
        }
        self.number(value < 0, &room[at..], out);
        true
    }

    /// As [`Brief::int`], for a float.
    pub fn float(&self, value: f64, out: &mut Vec<u8>) -> bool {
        let simple = self.letter == Some(b'f') && value.is_finite() && !self.commas;
        if !simple || (self.align.is_some() && self.zeros) {
            return false;
        }
        let mut room = [0u8; 120];
        let mut rest = &mut room[..];
        // A number too long for the room is none of the simple ones.
        if write!(rest, "{:.*}", self.precision.unwrap_or(6), value.abs()).is_err() {
            return false;
        }
        let length = 120 - rest.len();
        self.number(value.is_sign_negative(), &room[..length], out);
        true
    }

    /// As [`Brief::int`], for a text of so many characters.
    pub fn text(&self, text: &[u8], chars: usize, out: &mut Vec<u8>) -> bool {
        if self.zeros || self.commas || self.precision.is_some() || !matches!(self.letter, None | Some(b's')) {
            return false;
        }
        self.padded(chars, self.align.unwrap_or(b'<'), out, |out| out.extend_from_slice(text));
        true
    }

    fn number(&self, negative: bool, digits: &[u8], out: &mut Vec<u8>) {
        let length = digits.len() + usize::from(negative);
        if self.zeros {
            if negative {
                out.push(b'-');
            }
            out.resize(out.len() + self.width.saturating_sub(length), b'0');
            out.extend_from_slice(digits);
            return;
        }
        self.padded(length, self.align.unwrap_or(b'>'), out, |out| {
            if negative {
                out.push(b'-');
            }
            out.extend_from_slice(digits);
        });
    }

    fn padded(&self, length: usize, align: u8, out: &mut Vec<u8>, write: impl FnOnce(&mut Vec<u8>)) {
        let missing = self.width.saturating_sub(length);
        let before = match align {
            b'<' => 0,
            b'>' => missing,
            _ => missing / 2,
        };
        out.resize(out.len() + before, b' ');
        write(out);
        out.resize(out.len() + missing - before, b' ');
    }
}

/// The decimal number that `rest` begins with, `Some(None)` when there is none; `None` when it is too large.
fn number(rest: &mut &[u8]) -> Option<Option<usize>> {
    let mut number = None;
    while let [digit @ b'0'..=b'9', more @ ..] = *rest {
        number = Some(number.unwrap_or(0) * 10 + usize::from(digit - b'0')).filter(|number| *number < MOST);
        number?;
        *rest = more;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::cases;
    use crate::text::int::Int;

    #[test]
    fn says_what_python_says() {
        let mut asked = 0;
        for case in cases(include_str!("expected/spec.txt")) {
            let mut out = Vec::new();
            let Some(brief) = Brief::parse(case.wtf8(1)) else { continue };
            let done = match case.question() {
                "str" => brief.text(case.wtf8(0), crate::text::wtf8::len(case.wtf8(0)), &mut out),
                "int" => match case.int(0) {
                    Int::Small(value) => brief.int(value, &mut out),
                    Int::Big { .. } => false,
                },
                "float" => brief.float(case.float(0), &mut out),
                _ => false,
            };
            // An empty specification is not asked for here.
            if done && !case.wtf8(1).is_empty() {
                case.check(out);
                asked += 1;
            }
        }
        assert!(asked >= 30, "{asked}");
    }

    #[test]
    fn directives_end_where_they_end() {
        let written = |text: &[u8], value: i64| {
            let (brief, rest) = Brief::directive(text)?;
            let mut out = Vec::new();
            brief.int(value, &mut out).then(|| (String::from_utf8_lossy(&out).into_owned(), rest.len()))
        };
        assert_eq!(written(b"d: ", -5), Some(("-5".to_owned(), 2)));
        assert_eq!(written(b"05d", -5), Some(("-0005".to_owned(), 0)));
        assert_eq!(written(b"-5d|", 5), Some(("5    ".to_owned(), 1)));
        assert_eq!(written(b"5x", 255), Some(("   ff".to_owned(), 0)));
        assert_eq!((written(b"+d", 5), written(b"", 5), written(b"1000d", 5)), (None, None, None));
    }
}
