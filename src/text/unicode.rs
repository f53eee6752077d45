//! What the Unicode database says of a character, and the changes of case over whole strings.
//!
//! The facts are those of Python 3.14 (Unicode 16.0), in tables.rs. Rust's own are of another version of Unicode, and
//! Python's questions are not quite Rust's: `isspace` counts U+001C, `isprintable` is a question of its own.

use super::tables::*;
use super::wtf8::{self, code_points, push};

/// `str.isprintable` of one character.
pub fn is_printable(c: u32) -> bool {
    if c < 0x7F { c >= 0x20 } else { contains(&PRINTABLE, c) }
}

/// `str.isspace` of one character.
pub fn is_space(c: u32) -> bool {
    if c < 0x80 { matches!(c, 0x09..=0x0D | 0x1C..=0x20) } else { contains(&SPACE, c) }
}

/// `str.isalpha` of one character.
pub fn is_alpha(c: u32) -> bool {
    ascii(c).map_or_else(|| contains(&ALPHA, c), |c| c.is_ascii_alphabetic())
}

/// `str.isnumeric` of one character.
pub fn is_numeric(c: u32) -> bool {
    ascii(c).map_or_else(|| contains(&NUMERIC, c), |c| c.is_ascii_digit())
}

/// `str.isalnum` of one character.
pub fn is_alnum(c: u32) -> bool {
    ascii(c).map_or_else(|| contains(&ALPHA, c) || contains(&NUMERIC, c), |c| c.is_ascii_alphanumeric())
}

/// The value of a character that `str.isdigit` accepts: decimal digits, and such as `²`.
pub fn digit_value(c: u32) -> Option<u8> {
    digit(c).map(|(value, _)| value)
}

/// The value of a character that `str.isdecimal` accepts, the digits that `int` and `float` read.
pub fn decimal_value(c: u32) -> Option<u8> {
    digit(c).and_then(|(value, decimal)| decimal.then_some(value))
}

/// `str.islower` of one character.
pub fn is_lower(c: u32) -> bool {
    ascii(c).map_or_else(|| contains(&LOWERCASE, c), |c| c.is_ascii_lowercase())
}

/// `str.isupper` of one character.
pub fn is_upper(c: u32) -> bool {
    ascii(c).map_or_else(|| contains(&UPPERCASE, c), |c| c.is_ascii_uppercase())
}

/// Whether a character is of the category Lt, as `ǅ` is.
pub fn is_titlecase(c: u32) -> bool {
    c >= 0x80 && contains(&TITLECASE, c)
}

/// Whether an identifier may begin with the character.
pub fn is_identifier_start(c: u32) -> bool {
    match ascii(c) {
        Some(c) => c.is_ascii_alphabetic() || c == b'_',
        None => assigned(c).is_some_and(unicode_ident::is_xid_start),
    }
}

/// Whether an identifier may go on with the character.
pub fn is_identifier_continue(c: u32) -> bool {
    match ascii(c) {
        Some(c) => c.is_ascii_alphanumeric() || c == b'_',
        None => assigned(c).is_some_and(unicode_ident::is_xid_continue),
    }
}

/// `str.isalpha`.
pub fn isalpha(text: &[u8]) -> bool {
    all(text, is_alpha)
}

/// `str.isdigit`.
pub fn isdigit(text: &[u8]) -> bool {
    all(text, |c| digit_value(c).is_some())
}

/// `str.isdecimal`.
pub fn isdecimal(text: &[u8]) -> bool {
    all(text, |c| decimal_value(c).is_some())
}

/// `str.isnumeric`.
pub fn isnumeric(text: &[u8]) -> bool {
    all(text, is_numeric)
}

/// `str.isalnum`.
pub fn isalnum(text: &[u8]) -> bool {
    all(text, is_alnum)
}

/// `str.isspace`.
pub fn isspace(text: &[u8]) -> bool {
    all(text, is_space)
}

/// `str.isprintable`, which is true of the empty string.
pub fn isprintable(text: &[u8]) -> bool {
    code_points(text).all(is_printable)
}

/// `str.isidentifier`.
pub fn isidentifier(text: &[u8]) -> bool {
    let mut points = code_points(text);
    points.next().is_some_and(is_identifier_start) && points.all(is_identifier_continue)
}

/// `str.islower`: something is lower case, and nothing is upper or title case.
pub fn islower(text: &[u8]) -> bool {
    code_points(text).any(is_lower) && !code_points(text).any(|c| is_upper(c) || is_titlecase(c))
}

/// `str.isupper`: something is upper case, and nothing is lower or title case.
pub fn isupper(text: &[u8]) -> bool {
    code_points(text).any(is_upper) && !code_points(text).any(|c| is_lower(c) || is_titlecase(c))
}

/// `str.istitle`: upper or title case begins every run of cased characters, lower case goes on.
pub fn istitle(text: &[u8]) -> bool {
    let (mut found, mut inside) = (false, false);
    for c in code_points(text) {
        if is_upper(c) || is_titlecase(c) {
            if inside {
                return false;
            }
            (found, inside) = (true, true);
        } else if is_lower(c) {
            if !inside {
                return false;
            }
        } else {
            inside = false;
        }
    }
    found
}

/// `str.lower`.
pub fn lower(text: &[u8]) -> Vec<u8> {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = Vec::with_capacity(text.len());
    for (at, c) in wtf8::code_point_offsets(text) {
        push_lower(&mut out, text, at, c);
    }
    out
}

/// The one character that is the lower case of a character, apart from all others.
pub fn simple_lower(c: u32) -> u32 {
    const DOTTED_I: u32 = 0x130;
    match ascii(c) {
        Some(c) => u32::from(c.to_ascii_lowercase()),
        None if c == DOTTED_I => u32::from(b'i'),
        None => mapped(&TO_LOWER, c).unwrap_or(c),
    }
}

/// All characters that have another case, in order.
pub fn cased() -> Vec<u32> {
    let ascii = (0..0x80_u8).filter(u8::is_ascii_alphabetic).map(u32::from);
    let runs =
        TO_LOWER.iter().chain(&TO_UPPER).flat_map(|&(first, last, step, _)| (first..=last).step_by(step as usize));
    let special = TO_LOWER_SPECIAL.iter().chain(&TO_UPPER_SPECIAL).map(|entry| entry.0);
    let mut all: Vec<u32> = ascii.chain(runs).chain(special).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// `str.upper`.
pub fn upper(text: &[u8]) -> Vec<u8> {
    if text.is_ascii() {
        return text.to_ascii_uppercase();
    }
    let mut out = Vec::with_capacity(text.len());
    code_points(text).for_each(|c| push_upper(&mut out, c));
    out
}

/// `str.title`.
pub fn title(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut inside = false;
    for (at, c) in wtf8::code_point_offsets(text) {
        if inside {
            push_lower(&mut out, text, at, c)
        } else {
            push_title(&mut out, c)
        }
        inside = is_cased(c);
    }
    out
}

/// `str.capitalize`.
pub fn capitalize(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (at, c) in wtf8::code_point_offsets(text) {
        if at == 0 { push_title(&mut out, c) } else { push_lower(&mut out, text, at, c) }
    }
    out
}

/// `str.swapcase`.
pub fn swapcase(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    for (at, c) in wtf8::code_point_offsets(text) {
        if is_upper(c) {
            push_lower(&mut out, text, at, c);
        } else if is_lower(c) {
            push_upper(&mut out, c);
        } else {
            push(&mut out, c);
        }
    }
    out
}

/// `str.casefold`.
pub fn casefold(text: &[u8]) -> Vec<u8> {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut out = Vec::with_capacity(text.len());
    for c in code_points(text) {
        if !push_mapped(&mut out, c, &TO_FOLD, &TO_FOLD_SPECIAL)
            && !push_mapped(&mut out, c, &TO_LOWER, &TO_LOWER_SPECIAL)
        {
            push(&mut out, c);
        }
    }
    out
}

fn ascii(c: u32) -> Option<u8> {
    u8::try_from(c).ok().filter(u8::is_ascii)
}

/// The character, if Unicode 16 knows it: unicode-ident may be of a later version. Of the characters of identifiers only the
/// two joiners are not printable.
fn assigned(c: u32) -> Option<char> {
    char::from_u32(c).filter(|_| is_printable(c) || matches!(c, 0x200C | 0x200D))
}

fn all(text: &[u8], test: impl Fn(u32) -> bool) -> bool {
    !text.is_empty() && code_points(text).all(test)
}

fn contains(bounds: &[u32], c: u32) -> bool {
    bounds.partition_point(|bound| *bound <= c) % 2 == 1
}

fn digit(c: u32) -> Option<(u8, bool)> {
    if let Some(c) = ascii(c) {
        return c.is_ascii_digit().then(|| (c - b'0', true));
    }
    let (first, last, value, decimal) = *DIGITS[..DIGITS.partition_point(|run| run.0 <= c)].last()?;
    (c <= last).then(|| (value + (c - first) as u8, decimal))
}

fn is_cased(c: u32) -> bool {
    is_lower(c) || is_upper(c) || is_titlecase(c)
}

fn mapped(runs: &[(u32, u32, u32, i32)], c: u32) -> Option<u32> {
    let (first, last, step, difference) = *runs[..runs.partition_point(|run| run.0 <= c)].last()?;
    (c <= last && (c - first).is_multiple_of(step)).then(|| c.wrapping_add_signed(difference))
}

fn push_mapped(out: &mut Vec<u8>, c: u32, runs: &[(u32, u32, u32, i32)], special: &[(u32, [u32; 3])]) -> bool {
    if let Some(to) = mapped(runs, c) {
        push(out, to);
    } else if let Ok(found) = special.binary_search_by_key(&c, |entry| entry.0) {
        special[found].1.iter().filter(|c| **c != 0).for_each(|c| push(out, *c));
    } else {
        return false;
    }
    true
}

fn push_upper(out: &mut Vec<u8>, c: u32) {
    if let Some(c) = ascii(c) {
        out.push(c.to_ascii_uppercase());
    } else if !push_mapped(out, c, &TO_UPPER, &TO_UPPER_SPECIAL) {
        push(out, c);
    }
}

fn push_title(out: &mut Vec<u8>, c: u32) {
    if c < 0x80 || !push_mapped(out, c, &TO_TITLE, &TO_TITLE_SPECIAL) {
        push_upper(out, c);
    }
}

/// The lower case of the character `c` at the offset `at` of `text`: the one change that looks around itself, for a capital
/// sigma that ends a word.
fn push_lower(out: &mut Vec<u8>, text: &[u8], at: usize, c: u32) {
    const SIGMA: u32 = 0x3A3;
    if let Some(c) = ascii(c) {
        out.push(c.to_ascii_lowercase());
    } else if c == SIGMA {
        let ignorable = |c: &u32| contains(&CASE_IGNORABLE, *c);
        let before = code_points(&text[..at]).rev().find(|c| !ignorable(c));
        let after = code_points(&text[at + wtf8::width(SIGMA)..]).find(|c| !ignorable(c));
        let last = before.is_some_and(is_cased) && !after.is_some_and(is_cased);
        push(out, if last { 0x3C2 } else { 0x3C3 });
    } else if !push_mapped(out, c, &TO_LOWER, &TO_LOWER_SPECIAL) {
        push(out, c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::cases;

    #[test]
    fn what_has_another_case_is_known() {
        let another = |c: u32| {
            let mut text = Vec::new();
            push(&mut text, c);
            simple_lower(c) != c || upper(&text) != text
        };
        assert_eq!(cased(), (0..0x11_0000).filter(|c| another(*c)).collect::<Vec<_>>());
    }

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/case.txt")) {
            let text = case.wtf8(0);
            let truth = |answer| case.check(if answer { "True" } else { "False" });
            match case.question() {
                "lower" => case.check(lower(text)),
                "upper" => case.check(upper(text)),
                "title" => case.check(title(text)),
                "capitalize" => case.check(capitalize(text)),
                "swapcase" => case.check(swapcase(text)),
                "casefold" => case.check(casefold(text)),
                "isupper" => truth(isupper(text)),
                "islower" => truth(islower(text)),
                "istitle" => truth(istitle(text)),
                "isidentifier" => truth(isidentifier(text)),
                "isspace" => truth(isspace(text)),
                other => panic!("line {}: {other}?", case.line),
            }
        }
    }

    #[test]
    fn asks_as_python_does() {
        assert!(isdigit("²3".as_bytes()) && !isdecimal("²3".as_bytes()) && isdecimal("٣".as_bytes()));
        assert!(isnumeric("½五".as_bytes()) && !isdigit("½".as_bytes()));
        assert!(isspace(b" \t\n\x1c\x85".split_at(4).0) && isspace("\u{2028}\u{a0}".as_bytes()) && !isspace(b""));
        assert!(isprintable(b"") && !isprintable("\u{a0}".as_bytes()) && !isprintable("\u{378}".as_bytes()));
        assert!(isidentifier("_é1".as_bytes()) && !isidentifier(b"1a") && !isidentifier(b""));
        assert!(isupper("A1É".as_bytes()) && !isupper("Aǅ".as_bytes()) && islower("aª".as_bytes()) && !islower(b"1"));
        assert_eq!((digit_value(0x0663), decimal_value(0xB2), digit_value(0xB2)), (Some(3), None, Some(2)));
    }

    /// A checksum over all characters, which the same loop in Python 3.14 printed.
    #[test]
    fn knows_every_character() {
        let mut sums = [0u64; 18];
        for c in 0..wtf8::CODE_POINTS {
            let text = wtf8::from_code_point(c);
            let asked = [isalpha, isdigit, isdecimal, isnumeric, isalnum, isspace, isprintable, isidentifier, islower]
                .map(|ask| ask(&text));
            let more = [isupper(&text), istitle(&text), isidentifier(&[b"a", &text[..]].concat())];
            for (sum, answer) in sums.iter_mut().zip(asked.into_iter().chain(more)) {
                *sum = (*sum * 31 + u64::from(answer)) % 1_000_000_007;
            }
            for (sum, change) in sums[12..].iter_mut().zip([lower, upper, title, capitalize, swapcase, casefold]) {
                for c in code_points(&change(&text)) {
                    *sum = (*sum * 31 + u64::from(c)) % 1_000_000_007;
                }
            }
        }
        assert_eq!(
            sums,
            [
                737029116, 656678916, 665642276, 11701455, 161215442, 727437969, 43775386, 446640572, 364387485,
                938896217, 258948768, 342347780, 35039781, 441487459, 176449113, 176449113, 859194512, 907556265
            ]
        );
    }
}
