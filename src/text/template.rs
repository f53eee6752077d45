//! Templates of `str.format`, taken apart: what stands between the braces, and what a field's name says.
//!
//! `'a{x.y[0]!r:>{w}}b'` is a literal and a field, then a literal. Resolving names, converting, and expanding what is nested
//! in a specification is for the caller, who can run Python.

use super::error::TextError;
use super::unicode::decimal_value;
use super::wtf8::code_points;

/// What stands between two braces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field<'a> {
    pub name: &'a [u8],
    /// The character after `!`, as yet unchecked.
    pub conversion: Option<u32>,
    pub spec: &'a [u8],
    /// Whether `spec` has fields in it, to be expanded before use.
    pub nested: bool,
}

/// A literal, and the field after it; the last may have none. Doubled braces end a part too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part<'a> {
    pub literal: &'a [u8],
    pub field: Option<Field<'a>>,
}

/// The parts of a template, from left to right. After an error there are no more.
pub fn parts(template: &[u8]) -> Parts<'_> {
    Parts { rest: template }
}

/// Iterator of [`parts`].
#[derive(Debug, Clone)]
pub struct Parts<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Parts<'a> {
    type Item = Result<Part<'a>, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let part = self.part();
        if part.is_err() {
            self.rest = &[];
        }
        Some(part)
    }
}

impl<'a> Parts<'a> {
    fn part(&mut self) -> Result<Part<'a>, TextError> {
        let Some(at) = self.rest.iter().position(|b| matches!(b, b'{' | b'}')) else {
            return Ok(Part { literal: std::mem::take(&mut self.rest), field: None });
        };
        let (brace, next) = (self.rest[at], self.rest.get(at + 1));
        if next == Some(&brace) {
            let literal = &self.rest[..at + 1];
            self.rest = &self.rest[at + 2..];
            return Ok(Part { literal, field: None });
        }
        if brace == b'}' {
            return Err(TextError::value("Single '}' encountered in format string"));
        }
        if next.is_none() {
            return Err(TextError::value("Single '{' encountered in format string"));
        }
        let literal = &self.rest[..at];
        self.rest = &self.rest[at + 1..];
        Ok(Part { literal, field: Some(self.field()?) })
    }

    /// What follows an opening brace.
    fn field(&mut self) -> Result<Field<'a>, TextError> {
        let text = self.rest;
        let mut end = 0;
        loop {
            match text.get(end) {
                None => return Err(TextError::value("expected '}' before end of string")),
                Some(b'{') => return Err(TextError::value("unexpected '{' in field name")),
                // In brackets anything may stand.
                Some(b'[') => end += text[end..].iter().position(|b| *b == b']').unwrap_or(text.len() - end),
                Some(b'}' | b':' | b'!') => break,
                Some(_) => end += 1,
            }
        }
        let name = &text[..end];
        let mut conversion = None;
        let mut rest = &text[end + 1..];
        if text[end] == b'!' {
            let mut points = code_points(rest);
            let Some(c) = points.next() else {
                return Err(TextError::value("end of string while looking for conversion specifier"));
            };
            conversion = Some(c);
            rest = points.as_bytes();
            if !matches!(rest, [] | [b':' | b'}', ..]) {
                return Err(TextError::value("expected ':' after conversion specifier"));
            }
        }
        if text[end] == b'}' || conversion.is_some() && rest.first() == Some(&b'}') {
            self.rest = if conversion.is_some() { &rest[1..] } else { rest };
            return Ok(Field { name, conversion, spec: b"", nested: false });
        }
        let spec = if conversion.is_some() { rest.get(1..).unwrap_or_default() } else { rest };
        let mut depth = 1;
        for (at, byte) in spec.iter().enumerate() {
            match byte {
                b'{' => depth += 1,
                b'}' => depth -= 1,
                _ => {}
            }
            if depth == 0 {
                self.rest = &spec[at + 1..];
                let spec = &spec[..at];
                return Ok(Field { name, conversion, spec, nested: spec.contains(&b'{') });
            }
        }
        Err(TextError::value("unmatched '{' in format spec"))
    }
}

/// A name or a number: which argument a field means, or which item of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    Index(usize),
    Name(&'a [u8]),
}

/// A step from a value to what is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Accessor<'a> {
    Attribute(&'a [u8]),
    Item(Key<'a>),
}

/// A field's name as the argument it begins with (an empty one is to be numbered, see [`Numbering`]) and the steps from there.
pub fn split_name(name: &[u8]) -> Result<(Key<'_>, Accessors<'_>), TextError> {
    let end = name.iter().position(|b| matches!(b, b'.' | b'[')).unwrap_or(name.len());
    Ok((key(&name[..end])?, Accessors { rest: &name[end..] }))
}

/// Iterator over the steps of a field's name. After an error there are no more.
#[derive(Debug, Clone)]
pub struct Accessors<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Accessors<'a> {
    type Item = Result<Accessor<'a>, TextError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let step = self.step();
        if step.is_err() {
            self.rest = &[];
        }
        Some(step)
    }
}

impl<'a> Accessors<'a> {
    fn step(&mut self) -> Result<Accessor<'a>, TextError> {
        let text = &self.rest[1..];
        let step = match self.rest[0] {
            b'.' => {
                let end = text.iter().position(|b| matches!(b, b'.' | b'[')).unwrap_or(text.len());
                self.rest = &text[end..];
                Accessor::Attribute(&text[..end])
            }
            b'[' => {
                let Some(end) = text.iter().position(|b| *b == b']') else {
                    return Err(TextError::value("Missing ']' in format string"));
                };
                self.rest = &text[end + 1..];
                Accessor::Item(key(&text[..end])?)
            }
            _ => return Err(TextError::value("Only '.' or '[' may follow ']' in format field specifier")),
        };
        match step {
            Accessor::Attribute(b"") | Accessor::Item(Key::Name(b"")) => {
                Err(TextError::value("Empty attribute in format string"))
            }
            step => Ok(step),
        }
    }
}

/// Whether the fields of a template are numbered by hand or in turn: not both.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Numbering {
    next: usize,
    by_hand: bool,
}

impl Numbering {
    /// The key of the next field, numbered if it is empty.
    pub fn resolve<'a>(&mut self, key: Key<'a>) -> Result<Key<'a>, TextError> {
        match key {
            Key::Name(b"") if self.by_hand => {
                Err(TextError::value("cannot switch from manual field specification to automatic field numbering"))
            }
            Key::Name(b"") => {
                self.next += 1;
                Ok(Key::Index(self.next - 1))
            }
            Key::Index(_) if self.next > 0 => {
                Err(TextError::value("cannot switch from automatic field numbering to manual field specification"))
            }
            Key::Index(_) => {
                self.by_hand = true;
                Ok(key)
            }
            Key::Name(_) => Ok(key),
        }
    }
}

/// The complaint about a character after `!` that is none of `r`, `s` and `a`.
pub fn unknown_conversion(c: u32) -> TextError {
    match char::from_u32(c) {
        Some(c @ '!'..='~') => TextError::value(format!("Unknown conversion specifier {c}")),
        _ => TextError::value(format!("Unknown conversion specifier \\x{c:x}")),
    }
}

/// Digits are an index, anything else is a name.
fn key(text: &[u8]) -> Result<Key<'_>, TextError> {
    let mut index = None;
    for c in code_points(text) {
        let Some(digit) = decimal_value(c) else {
            return Ok(Key::Name(text));
        };
        let next = index.unwrap_or(0i64).checked_mul(10).and_then(|n| n.checked_add(i64::from(digit)));
        index = Some(next.ok_or_else(|| TextError::value("Too many decimal digits in format string"))?);
    }
    Ok(index.map_or(Key::Name(text), |index| Key::Index(index as usize)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::escape::repr_str;
    use crate::text::expected::cases;
    use crate::text::wtf8;

    #[test]
    fn says_what_python_says() {
        for case in cases(include_str!("expected/template.txt")) {
            let text = case.wtf8(0);
            match case.question() {
                "parts" => case.check_result(parts(text).map(|part| part.map(shown)).collect::<Result<String, _>>()),
                "name" => case.check_result(split_name(text).and_then(|(first, steps)| {
                    let steps = steps.map(|step| {
                        Ok(match step? {
                            Accessor::Attribute(name) => format!(" (True, {})", repr_str(name)),
                            Accessor::Item(key) => format!(" (False, {})", shown_key(key)),
                        })
                    });
                    Ok(shown_key(first) + &steps.collect::<Result<String, TextError>>()?)
                })),
                "numbering" => {
                    let mut numbering = Numbering::default();
                    let keys = case.arg(0).split(' ').map(|name| numbering.resolve(key(name.as_bytes())?));
                    case.check_result(
                        keys.map(|key| key.map(shown_key)).collect::<Result<Vec<_>, _>>().map(|k| k.join(" ")),
                    );
                }
                "conversion" => case.check(crate::text::expected::raised(&unknown_conversion(
                    wtf8::first(text).expect("a character was asked about"),
                ))),
                other => panic!("line {}: {other}?", case.line),
            }
        }
    }

    fn shown(part: Part<'_>) -> String {
        let literal = repr_str(part.literal);
        match part.field {
            None => format!("({literal}, None, None, None)"),
            Some(field) => {
                let conversion = field.conversion.map_or("None".to_owned(), |c| repr_str(&wtf8::from_code_point(c)));
                format!("({literal}, {}, {}, {conversion})", repr_str(field.name), repr_str(field.spec))
            }
        }
    }

    fn shown_key(key: Key<'_>) -> String {
        match key {
            Key::Index(index) => index.to_string(),
            Key::Name(name) => repr_str(name),
        }
    }
}
