//! Short texts, of which a recording has millions: made without asking for memory, and shared where they are names.

use std::fmt;
use std::ops::Deref;
use std::rc::Rc;

/// So many bytes are held in place.
const IN_PLACE: usize = 22;

/// A text that does not change.
#[derive(Clone)]
pub struct Words(Held);

#[derive(Clone)]
enum Held {
    InPlace(u8, [u8; IN_PLACE]),
    Shared(Rc<str>),
}

impl Deref for Words {
    type Target = str;

    fn deref(&self) -> &str {
        match &self.0 {
            Held::InPlace(length, bytes) => std::str::from_utf8(&bytes[..usize::from(*length)]).unwrap_or_default(),
            Held::Shared(text) => text,
        }
    }
}

impl From<&str> for Words {
    fn from(text: &str) -> Words {
        match u8::try_from(text.len()) {
            Ok(length) if text.len() <= IN_PLACE => {
                let mut bytes = [0; IN_PLACE];
                bytes[..text.len()].copy_from_slice(text.as_bytes());
                Words(Held::InPlace(length, bytes))
            }
            _ => Words(Held::Shared(text.into())),
        }
    }
}

impl From<String> for Words {
    fn from(text: String) -> Words {
        (*text).into()
    }
}

impl From<Rc<str>> for Words {
    fn from(text: Rc<str>) -> Words {
        Words(Held::Shared(text))
    }
}

impl PartialEq for Words {
    fn eq(&self, other: &Words) -> bool {
        **self == **other
    }
}

impl Eq for Words {}

impl fmt::Debug for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&**self, f)
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

/// All numbers of two digits.
const PAIRS: &str = "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748495051525354555657\
    58596061626364656667686970717273747576777879808182838485868788899091929394959697989900";

/// Appends a number.
pub(super) fn number(n: u64, out: &mut String) {
    if n < 10 {
        return out.push((b'0' + n as u8) as char);
    }
    if n >= 100 {
        number(n / 100, out);
    }
    let pair = (n % 100) as usize * 2;
    out.push_str(&PAIRS[pair..pair + 2]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_and_long_texts_are_what_they_were_made_of() {
        for length in [0, 1, IN_PLACE - 1, IN_PLACE, IN_PLACE + 1, 300] {
            let text = "ü".repeat(length / 2) + &"x".repeat(length % 2);
            assert_eq!(&*Words::from(&*text), text);
            assert_eq!(Words::from(text.clone()), Words::from(Rc::<str>::from(text)));
        }
        assert!(size_of::<Option<Words>>() <= 24);
    }

    #[test]
    fn numbers_are_written_in_decimals() {
        let mut digits = String::new();
        for n in (0..100_000).step_by(37).chain([u64::MAX, u64::MAX - 1, 1 << 32, 1_000_000]) {
            digits.clear();
            number(n, &mut digits);
            assert_eq!(digits, n.to_string());
        }
    }
}
