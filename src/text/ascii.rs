//! What the methods of `bytes` say of letters, which for them are ASCII's; and bytes written as hexadecimal digits.

use super::error::{TextError, reserve};
use super::split::is_ascii_space;

/// `bytes.isalpha`.
pub fn isalpha(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphabetic)
}

/// `bytes.isalnum`.
pub fn isalnum(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_alphanumeric)
}

/// `bytes.isdigit`.
pub fn isdigit(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(u8::is_ascii_digit)
}

/// `bytes.isspace`.
pub fn isspace(bytes: &[u8]) -> bool {
    !bytes.is_empty() && bytes.iter().all(|b| is_ascii_space(*b))
}

/// `bytes.islower`.
pub fn islower(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_lowercase) && !bytes.iter().any(u8::is_ascii_uppercase)
}

/// `bytes.isupper`.
pub fn isupper(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && !bytes.iter().any(u8::is_ascii_lowercase)
}

/// `bytes.istitle`.
pub fn istitle(bytes: &[u8]) -> bool {
    bytes.iter().any(u8::is_ascii_uppercase) && title(bytes) == bytes
}

/// `bytes.title`.
pub fn title(bytes: &[u8]) -> Vec<u8> {
    let mut inside = false;
    let change = |b: &u8| {
        let changed = if inside { b.to_ascii_lowercase() } else { b.to_ascii_uppercase() };
        inside = b.is_ascii_alphabetic();
        changed
    };
    bytes.iter().map(change).collect()
}

/// `bytes.capitalize`.
pub fn capitalize(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_ascii_lowercase();
    if let Some(first) = out.first_mut() {
        first.make_ascii_uppercase();
    }
    out
}

/// `bytes.swapcase`.
pub fn swapcase(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|b| if b.is_ascii_alphabetic() { b ^ 0x20 } else { *b }).collect()
}

/// `bytes.hex(separator, group)`: a separator after every so many bytes, counted from the right, or from the left when the
/// number is negative. That the separator is one ASCII character is for the caller to see.
pub fn hex(bytes: &[u8], separator: Option<u8>, group: i64) -> Result<String, TextError> {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let group = if separator.is_some() { group } else { 0 };
    let size = usize::try_from(group.unsigned_abs()).unwrap_or(usize::MAX);
    let mut out = Vec::new();
    reserve(&mut out, bytes.len().saturating_mul(3))?;
    for (at, byte) in bytes.iter().enumerate() {
        let done = if group < 0 { at } else { bytes.len() - at };
        if let Some(separator) = separator
            && at > 0
            && size > 0
            && done.is_multiple_of(size)
        {
            out.push(separator);
        }
        out.extend([DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]]);
    }
    Ok(out.into_iter().map(char::from).collect())
}

/// `bytes.fromhex(text)`, white space between bytes being skipped.
pub fn from_hex(text: &[u8]) -> Result<Vec<u8>, TextError> {
    let wrong = |at: usize| TextError::value(format!("non-hexadecimal number found in fromhex() arg at position {at}"));
    if let Some(at) = text.iter().position(|b| !b.is_ascii()) {
        return Err(wrong(at));
    }
    let digit = |at: usize| text.get(at).map(|b| char::from(*b).to_digit(16).map(|d| d as u8).ok_or_else(|| wrong(at)));
    let mut out = Vec::with_capacity(text.len() / 2);
    let mut at = 0;
    while at < text.len() {
        if is_ascii_space(text[at]) {
            at += 1;
            continue;
        }
        match (digit(at).transpose()?, digit(at + 1).transpose()?) {
            (Some(high), Some(low)) => out.push(high << 4 | low),
            _ => return Err(TextError::value("fromhex() arg must contain an even number of hexadecimal digits")),
        }
        at += 2;
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::expected::{cases, raised};

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/ascii.txt")) {
            let bytes = if case.question() == "fromhex" { case.wtf8(0).to_vec() } else { case.bytes(0) };
            let truth = |answer: bool| if answer { "True" } else { "False" }.to_owned();
            let shown = |bytes: Vec<u8>| format!("{bytes:?}");
            case.check(match case.question() {
                "isalpha" => truth(isalpha(&bytes)),
                "isalnum" => truth(isalnum(&bytes)),
                "isdigit" => truth(isdigit(&bytes)),
                "isspace" => truth(isspace(&bytes)),
                "islower" => truth(islower(&bytes)),
                "isupper" => truth(isupper(&bytes)),
                "istitle" => truth(istitle(&bytes)),
                "title" => shown(title(&bytes)),
                "capitalize" => shown(capitalize(&bytes)),
                "swapcase" => shown(swapcase(&bytes)),
                "hex" => hex(&bytes, case.bytes(1).first().copied(), case.number(2)).expect("the answer is short"),
                "fromhex" => from_hex(&bytes).map_or_else(|error| raised(&error), shown),
                other => panic!("line {}: {other}?", case.line),
            });
        }
    }
}
