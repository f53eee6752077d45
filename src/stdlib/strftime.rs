//! Times as text, by a format: what the C library's `strftime` makes of it, with its flags, widths and modifiers.

use super::time::days_from_civil;
use std::io::Write;

pub(super) const DAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
pub(super) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The nine numbers of a `struct_time`, and what the place is called whose clock shows them.
pub(super) struct Moment<'a> {
    pub numbers: &'a [i64; 9],
    pub zone: &'a str,
}

/// What stands between `%` and the letter.
#[derive(Clone, Copy, Default)]
struct Style {
    /// `-` for none, `_` for spaces, `0`.
    pad: Option<u8>,
    upper: bool,
    swapped: bool,
    width: usize,
}

/// No line is longer than this, whatever a width says.
const WIDEST: usize = 1 << 20;

/// A moment in this format, which like the text is WTF-8.
pub(super) fn expand(format: &[u8], moment: &Moment<'_>, out: &mut Vec<u8>) {
    let mut rest = format;
    while let Some(place) = rest.iter().position(|byte| *byte == b'%') {
        out.extend_from_slice(&rest[..place]);
        rest = &rest[place..];
        let taken = conversion(rest, moment, out);
        rest = &rest[taken..];
    }
    out.extend_from_slice(rest);
}

/// The conversion that `text` begins with; how long it is.
fn conversion(text: &[u8], moment: &Moment<'_>, out: &mut Vec<u8>) -> usize {
    let mut style = Style::default();
    let mut at = 1;
    while let Some(flag) = text.get(at) {
        match flag {
            b'-' | b'_' | b'0' => style.pad = Some(*flag),
            b'^' => style.upper = true,
            b'#' => style.swapped = true,
            _ => break,
        }
        at += 1;
    }
    while let Some(digit) = text.get(at).filter(|byte| byte.is_ascii_digit()) {
        style.width = (style.width * 10 + usize::from(digit - b'0')).min(WIDEST);
        at += 1;
    }
    let modifier = text.get(at).copied().filter(|byte| matches!(byte, b'E' | b'O'));
    at += usize::from(modifier.is_some());
    let letter = text.get(at).copied();
    let refused = match modifier {
        None => &b""[..],
        Some(b'E') => b"aAbBdDeFgGhHIjklmMSuUVwW",
        Some(_) => b"aAcDFxXY",
    };
    let known = letter.filter(|letter| !refused.contains(letter));
    if known.is_none_or(|letter| !directive(letter, style, moment, out)) {
        // What is no conversion stands for itself, up to the end of its last character.
        let end = match letter {
            None => at,
            Some(_) => at + 1 + text[at + 1..].iter().take_while(|byte| **byte & 0xC0 == 0x80).count(),
        };
        put(&text[..end], style, out);
        return end;
    }
    at + 1
}

/// What a letter stands for; false if it stands for nothing.
fn directive(letter: u8, style: Style, moment: &Moment<'_>, out: &mut Vec<u8>) -> bool {
    let [year, month, day, hour, minute, second, weekday, day_of_year, daylight] = *moment.numbers;
    let month_name = MONTHS[(month - 1).clamp(0, 11) as usize];
    let day_name = DAYS[weekday.clamp(0, 6) as usize];
    let hour12 = if hour % 12 == 0 { 12 } else { hour % 12 };
    let raised = Style { upper: style.upper || style.swapped, ..style };
    match letter {
        b'a' => put(&day_name.as_bytes()[..3], raised, out),
        b'A' => put(day_name.as_bytes(), raised, out),
        b'b' | b'h' => put(&month_name.as_bytes()[..3], raised, out),
        b'B' => put(month_name.as_bytes(), raised, out),
        b'c' => put_format(b"%a %b %e %H:%M:%S %Y", style, moment, out),
        b'C' => put_number(year.div_euclid(100), 1, style, out),
        b'd' => put_number(day, 2, style, out),
        b'D' | b'x' => put_format(b"%m/%d/%y", style, moment, out),
        b'e' => put_spaced(day, style, out),
        b'F' => put_format(b"%Y-%m-%d", style, moment, out),
        b'g' => put_number(iso_week(moment.numbers).0.rem_euclid(100), 2, style, out),
        b'G' => put_number(iso_week(moment.numbers).0, 1, style, out),
        b'H' => put_number(hour, 2, style, out),
        b'I' => put_number(hour12, 2, style, out),
        b'j' => put_number(day_of_year, 3, style, out),
        b'k' => put_spaced(hour, style, out),
        b'l' => put_spaced(hour12, style, out),
        b'm' => put_number(month, 2, style, out),
        b'M' => put_number(minute, 2, style, out),
        b'n' => put(b"\n", style, out),
        b'p' if style.swapped => put(half(hour, b"am", b"pm"), Style { upper: false, ..style }, out),
        b'p' => put(half(hour, b"AM", b"PM"), style, out),
        b'P' => put(half(hour, b"am", b"pm"), Style { upper: false, ..style }, out),
        b'r' => put_format(b"%I:%M:%S %p", style, moment, out),
        b'R' => put_format(b"%H:%M", style, moment, out),
        b's' => {
            let hours = days_from_civil(year, month, day) * 24 + hour - i64::from(daylight > 0);
            let seconds = hours * 3600 + minute * 60 + second;
            put(seconds.to_string().as_bytes(), style, out);
        }
        b'S' => put_number(second, 2, style, out),
        b't' => put(b"\t", style, out),
        b'T' | b'X' => put_format(b"%H:%M:%S", style, moment, out),
        b'u' => put_number(weekday + 1, 1, style, out),
        b'U' => put_number((day_of_year + 6 - (weekday + 1) % 7) / 7, 2, style, out),
        b'V' => put_number(iso_week(moment.numbers).1, 2, style, out),
        b'w' => put_number((weekday + 1) % 7, 1, style, out),
        b'W' => put_number((day_of_year + 6 - weekday) / 7, 2, style, out),
        b'y' => put_number(year.rem_euclid(100), 2, style, out),
        b'Y' => put_number(year, 1, style, out),
        // Whether summer time holds is not known: nor is the zone.
        b'z' if daylight < 0 => {}
        b'z' => {
            // The sign is a text of its own width, and so are the digits: as the C library has it.
            put(b"+", style, out);
            put_number(0, 4, style, out);
        }
        b'Z' if style.swapped => put(moment.zone.to_ascii_lowercase().as_bytes(), Style { upper: false, ..style }, out),
        b'Z' => put(moment.zone.as_bytes(), style, out),
        b'%' => put(b"%", style, out),
        _ => return false,
    }
    true
}

fn half<'a>(hour: i64, before: &'a [u8], after: &'a [u8]) -> &'a [u8] {
    if hour < 12 { before } else { after }
}

/// A text, filled up on the left to the width.
fn put(text: &[u8], style: Style, out: &mut Vec<u8>) {
    let filler = if style.pad == Some(b'0') { b'0' } else { b' ' };
    out.extend(std::iter::repeat_n(filler, style.width.saturating_sub(text.len())));
    match style.upper {
        true => out.extend(text.iter().map(u8::to_ascii_uppercase)),
        false => out.extend_from_slice(text),
    }
}

/// A number of at least so many digits, or more where the width wants them.
fn put_number(number: i64, digits: usize, style: Style, out: &mut Vec<u8>) {
    let width = style.width.max(digits);
    let mut text = Vec::new();
    // Writing to memory cannot fail.
    let _ = match style.pad {
        Some(b'-') => write!(text, "{number}"),
        Some(b'_') => write!(text, "{number:width$}"),
        _ => write!(text, "{number:0width$}"),
    };
    put(&text, style, out);
}

/// One of two digits, of which the first may be a space.
fn put_spaced(number: i64, style: Style, out: &mut Vec<u8>) {
    put_number(number, 2, Style { pad: style.pad.or(Some(b'_')), ..style }, out);
}

/// What another format makes of the moment.
fn put_format(format: &[u8], style: Style, moment: &Moment<'_>, out: &mut Vec<u8>) {
    let mut text = Vec::new();
    expand(format, moment, &mut text);
    put(&text, style, out);
}

/// ISO 8601 year and week.
fn iso_week(t: &[i64; 9]) -> (i64, i64) {
    let [year, .., weekday, day_of_year, _] = *t;
    let week = (day_of_year - weekday + 9) / 7;
    let leap = |year: i64| year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let weeks = |year: i64| {
        let first = (days_from_civil(year, 1, 1) + 3).rem_euclid(7);
        if first == 3 || (first == 2 && leap(year)) { 53 } else { 52 }
    };
    match week {
        0 => (year - 1, weeks(year - 1)),
        week if week > weeks(year) => (year + 1, 1),
        week => (year, week),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_as_the_c_library_does() {
        let numbers = [2023, 11, 4, 7, 13, 20, 5, 308, 0];
        let moment = Moment { numbers: &numbers, zone: "UTC" };
        for (format, text) in [
            ("%c|%x|%X", "Sat Nov  4 07:13:20 2023|11/04/23|07:13:20"),
            ("%G-W%V-%u|%U|%W|%j|%I %p|%e", "2023-W44-6|44|44|308|07 AM| 4"),
            ("%-d.%_d.%0e.%5d.%-5d.%_5Y", "4. 4.04.00004.    4. 2023"),
            ("%^a %#b %#p %^30c|%012D", "SAT NOV am       SAT NOV  4 07:13:20 2023|000011/04/23"),
            ("%z|%5z|%-z|%#Z", "+0000|    +00000|+0|utc"),
            ("%Ey %OY %Q %^5f %-", "23 %OY %Q  %^5F %-"),
        ] {
            let mut out = Vec::new();
            expand(format.as_bytes(), &moment, &mut out);
            assert_eq!(String::from_utf8(out), Ok(text.to_owned()));
        }
    }
}
