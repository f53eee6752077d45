//! The text that takes the place of a match: `\1`, `\g<name>` and the escapes.

use super::parse::{Word, Words, control, is_octal, number, quoted};
use super::{Error, MOST_GROUPS};
use crate::text::wtf8;

/// A part of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// These characters.
    Text(Vec<u32>),
    /// What a group matched.
    Group(usize),
}

/// Takes a template apart, for a pattern with so many groups, some of which have names.
pub fn template(text: &[u32], is_text: bool, groups: usize, names: &[(Vec<u8>, usize)]) -> Result<Vec<Piece>, Error> {
    let mut words = Words::new(text, is_text)?;
    let mut pieces = Vec::new();
    let mut plain = Vec::new();
    while let Some(word) = words.take()? {
        let c = match word {
            Word::Plain(c) => {
                plain.push(c);
                continue;
            }
            Word::Escaped(c) => c,
        };
        let letter = char::from_u32(c).unwrap_or('\u{FFFD}');
        let group = match letter {
            'g' => {
                if !words.eat('<')? {
                    return Err(words.error("missing <", 0));
                }
                let name = words.until('>', "group name")?;
                let group = match number(&name) {
                    Some(number) if number >= MOST_GROUPS => {
                        let digits: String = name.iter().filter_map(|c| char::from_u32(*c)).collect();
                        let digits = digits.trim_start_matches('0');
                        return Err(words.error(&format!("invalid group reference {digits}"), name.len() + 1));
                    }
                    Some(number) => number,
                    None => {
                        words.check_name(&name, 1)?;
                        let mut bytes = Vec::new();
                        name.iter().for_each(|c| wtf8::push(&mut bytes, *c));
                        match names.iter().find(|(known, _)| *known == bytes) {
                            Some((_, group)) => *group,
                            None => return Err(Error::NoGroup(format!("unknown group name {}", quoted(&name)))),
                        }
                    }
                };
                if group > groups {
                    return Err(words.error(&format!("invalid group reference {group}"), name.len() + 1));
                }
                group
            }
            '0' => {
                let digits = words.take_while(2, is_octal)?;
                plain.push(u32::from_str_radix(&digits, 8).unwrap_or(0) & 0xFF);
                continue;
            }
            '1'..='9' => {
                let mut digits = letter.to_string();
                digits += &words.take_while(1, |c| c.is_ascii_digit())?;
                if digits.len() == 2 && digits.chars().all(is_octal) {
                    let third = words.take_while(1, is_octal)?;
                    if !third.is_empty() {
                        digits += &third;
                        let c = u32::from_str_radix(&digits, 8).unwrap_or(0);
                        if c > 0o377 {
                            let message = format!("octal escape value \\{digits} outside of range 0-0o377");
                            return Err(words.error(&message, digits.len() + 1));
                        }
                        plain.push(c);
                        continue;
                    }
                }
                let group = digits.parse().unwrap_or(usize::MAX);
                if group > groups {
                    return Err(words.error(&format!("invalid group reference {group}"), digits.len()));
                }
                group
            }
            _ => {
                match control(letter) {
                    Some(c) => plain.push(c),
                    None if letter.is_ascii_alphabetic() => {
                        return Err(words.error(&format!("bad escape \\{letter}"), 2));
                    }
                    None => plain.extend([u32::from(b'\\'), c]),
                }
                continue;
            }
        };
        if !plain.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut plain)));
        }
        pieces.push(Piece::Group(group));
    }
    if !plain.is_empty() {
        pieces.push(Piece::Text(plain));
    }
    Ok(pieces)
}
