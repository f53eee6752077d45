//! Sets of characters, and which characters are the same but for their case.

use crate::text::unicode;
use std::sync::OnceLock;

/// A class of characters that has a name of one letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Category {
    /// `\d`
    Digit,
    /// `\s`
    Space,
    /// `\w`
    Word,
}

/// What counts as a letter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// That of ASCII.
    Ascii,
    /// That of Unicode.
    Unicode,
}

impl Category {
    /// Does the character belong to it?
    pub fn contains(self, alphabet: Alphabet, c: u32) -> bool {
        if c < 0x80 {
            let c = c as u8;
            return match self {
                Category::Digit => c.is_ascii_digit(),
                Category::Space if alphabet == Alphabet::Ascii => matches!(c, 9..=13 | 32),
                Category::Space => matches!(c, 9..=13 | 28..=32),
                Category::Word => c.is_ascii_alphanumeric() || c == b'_',
            };
        }
        alphabet == Alphabet::Unicode
            && match self {
                Category::Digit => unicode::decimal_value(c).is_some(),
                Category::Space => unicode::is_space(c),
                Category::Word => unicode::is_alnum(c),
            }
    }
}

/// One part of a set as it is written.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// These characters and all between.
    Range(u32, u32),
    /// A category, or what does not belong to it.
    Category(Category, bool),
}

/// How the members of a set are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// As they are.
    Matters,
    /// Letters of ASCII are the same in both cases.
    Ascii,
    /// Letters are the same in all their cases.
    Unicode,
}

/// A set of characters, ready to be asked.
#[derive(Debug, PartialEq)]
pub struct Set {
    /// The answers for the first 256 characters.
    first: [u64; 4],
    /// Ranges above them, in order.
    ranges: Vec<(u32, u32)>,
    categories: Vec<(Category, bool)>,
    negated: bool,
    alphabet: Alphabet,
}

impl Set {
    /// The set of these parts, or all but them.
    pub fn new(items: &[Item], negated: bool, alphabet: Alphabet, case: Case) -> Set {
        let mut ranges = Vec::new();
        let mut categories = Vec::new();
        for item in items {
            match item {
                Item::Range(from, to) => {
                    ranges.push((*from, *to));
                    add_cases(&mut ranges, *from, *to, case);
                }
                Item::Category(category, outside) => categories.push((*category, *outside)),
            }
        }
        ranges.sort_unstable();
        let mut joined: Vec<(u32, u32)> = Vec::new();
        for (from, to) in ranges {
            match joined.last_mut() {
                Some(last) if from <= last.1.saturating_add(1) => last.1 = last.1.max(to),
                _ => joined.push((from, to)),
            }
        }
        let mut set = Set { first: [0; 4], ranges: joined, categories, negated, alphabet };
        let mut first = [0; 4];
        for c in 0..256 {
            if set.look_up(c) {
                first[c as usize / 64] |= 1 << (c % 64);
            }
        }
        set.first = first;
        set
    }

    /// Is the character one of them?
    #[inline(always)]
    pub fn contains(&self, c: u32) -> bool {
        if c < 256 { self.first[c as usize / 64] >> (c % 64) & 1 != 0 } else { self.look_up(c) }
    }

    fn look_up(&self, c: u32) -> bool {
        let at = self.ranges.partition_point(|range| range.1 < c);
        let inside = self.ranges.get(at).is_some_and(|range| range.0 <= c)
            || self.categories.iter().any(|(category, outside)| category.contains(self.alphabet, c) != *outside);
        inside != self.negated
    }
}

/// The ranges of what is the same as a character of `from..=to` but for its case.
fn add_cases(ranges: &mut Vec<(u32, u32)>, from: u32, to: u32, case: Case) {
    if case == Case::Matters {
        return;
    }
    for (first, last, other) in [(b'a', b'z', b'A'), (b'A', b'Z', b'a')] {
        let (low, high) = (from.max(u32::from(first)), to.min(u32::from(last)));
        if low <= high {
            let shift = u32::from(other).wrapping_sub(u32::from(first));
            ranges.push((low.wrapping_add(shift), high.wrapping_add(shift)));
        }
    }
    if case == Case::Ascii {
        return;
    }
    let relatives = relatives();
    let start = relatives.partition_point(|pair| pair.0 < from);
    for (_, other) in relatives[start..].iter().take_while(|pair| pair.0 <= to) {
        ranges.push((*other, *other));
    }
}

/// The character as `str.lower` has it, where that is one character.
pub fn lower(c: u32) -> u32 {
    unicode::simple_lower(c)
}

/// Pairs of characters that are the same but for their case, in order. Two are if their lower cases are, or have the same
/// upper case.
fn relatives() -> &'static [(u32, u32)] {
    static RELATIVES: OnceLock<Vec<(u32, u32)>> = OnceLock::new();
    RELATIVES.get_or_init(|| {
        let mut families: std::collections::BTreeMap<Vec<u8>, Vec<u32>> = std::collections::BTreeMap::new();
        for c in unicode::cased() {
            let low = lower(c);
            let mut text = Vec::new();
            crate::text::wtf8::push(&mut text, low);
            let upper = unicode::upper(&text);
            if low != c || upper != text {
                families.entry(upper).or_default().push(c);
            }
        }
        let mut pairs = Vec::new();
        for family in families.values() {
            for a in family {
                pairs.extend(family.iter().filter(|b| *b != a).map(|b| (*a, *b)));
            }
        }
        pairs.sort_unstable();
        pairs
    })
}

/// Has the character no other case?
pub fn is_caseless(c: u32, case: Case) -> bool {
    match case {
        Case::Matters => true,
        Case::Ascii => !u8::try_from(c).is_ok_and(|c| c.is_ascii_alphabetic()),
        Case::Unicode if c < 0x80 => !(c as u8).is_ascii_alphabetic(),
        Case::Unicode => relatives().binary_search_by(|pair| pair.0.cmp(&c)).is_err(),
    }
}
