//! What the Unicode database says of single characters, beyond what `str` methods need.

use super::database::{
    BIDIRECTIONAL, BIDIRECTIONAL_NAMES, CATEGORY, CATEGORY_NAMES, COMBINING, COMBINING_NAMES, DECOMPOSITION, MIRRORED,
    MIRRORED_NAMES, NUMBERS, WIDTH, WIDTH_NAMES,
};

/// The answer for a character in a table of places where answers change.
fn look_up<T: Copy>(changes: &[(u32, u8)], answers: &[T], c: u32) -> Option<T> {
    let (_, answer) = changes[..changes.partition_point(|change| change.0 <= c)].last()?;
    answers.get(usize::from(*answer)).copied()
}

/// The general category, in two letters.
pub fn category(c: u32) -> &'static str {
    look_up(&CATEGORY, &CATEGORY_NAMES, c).unwrap_or("Cn")
}

/// The bidirectional class; empty for characters that are not there.
pub fn bidirectional(c: u32) -> &'static str {
    look_up(&BIDIRECTIONAL, &BIDIRECTIONAL_NAMES, c).unwrap_or_default()
}

/// The canonical combining class.
pub fn combining(c: u32) -> u8 {
    look_up(&COMBINING, &COMBINING_NAMES, c).unwrap_or_default()
}

/// The East Asian width.
pub fn width(c: u32) -> &'static str {
    look_up(&WIDTH, &WIDTH_NAMES, c).unwrap_or("N")
}

/// Is it mirrored in text that runs from right to left?
pub fn mirrored(c: u32) -> u8 {
    look_up(&MIRRORED, &MIRRORED_NAMES, c).unwrap_or_default()
}

/// Its numeric value.
pub fn numeric(c: u32) -> Option<f64> {
    let (first, last, value) = NUMBERS[..NUMBERS.partition_point(|run| run.0 <= c)].last()?;
    (c <= *last).then(|| value + f64::from(c - first))
}

/// What it is made of, by one step, as the database writes it.
pub fn decomposition(c: u32) -> &'static str {
    DECOMPOSITION.binary_search_by_key(&c, |entry| entry.0).map_or("", |at| DECOMPOSITION[at].1)
}
