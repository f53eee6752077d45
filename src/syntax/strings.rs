//! Adjacent string literals become one expression: a constant, an f-string or a t-string.

use super::ast::{Constant, Conversion, Expr, Identifier, Node};
use super::construct::{Context, string};
use super::error::{Checked, SyntaxError, refuse};
use super::lexer::Lexer;
use super::literal;
use crate::source::{Source, Span, Warning};
use std::rc::Rc;

/// One literal of a run.
pub enum Part {
    /// A string or bytes literal, from its first byte to its last.
    Plain(u32, u32),
    /// An f-string.
    Formatted(u32, Vec<Item>),
    /// A t-string.
    Template(u32, Vec<Item>),
}

/// What an f-string or t-string is made of.
pub enum Item {
    /// Text as written.
    Text(u32, u32),
    /// A replacement field.
    Field(Box<Field>),
}

/// A replacement field.
pub struct Field {
    span: Span,
    value: Node<Expr>,
    /// The expression as written, for t-strings.
    text: Span,
    /// What `{value = }` shows before the value, when there is a `=`.
    debug: Option<Span>,
    /// `!r`: the mark, and in it the name.
    mark: Option<Node<Node<Identifier>>>,
    spec: Option<Spec>,
}

/// What follows the colon of a field.
pub struct Spec {
    start: u32,
    items: Vec<Item>,
    end: u32,
}

impl Spec {
    /// A format specification from its colon on.
    pub fn new(start: u32, items: Vec<Item>, end: u32) -> Spec {
        Spec { start, items, end }
    }
}

/// A replacement field, from brace to brace. The expression ends at `value_end`, closing parentheses included.
pub fn field(
    start: u32,
    value: Node<Expr>,
    value_end: u32,
    equal: Option<()>,
    mark: Option<Node<Node<Identifier>>>,
    spec: Option<Spec>,
    end: u32,
) -> Item {
    let inner = start + 1;
    let after = mark.as_ref().map(|mark| mark.span.start).or(spec.as_ref().map(|spec| spec.start)).unwrap_or(end - 1);
    let debug = equal.map(|()| Span { start: inner, end: after });
    let text = Span { start: inner, end: value_end };
    Item::Field(Box::new(Field { span: Span { start, end }, value, text, debug, mark, spec }))
}

/// The conversion that `!name` asks for in a string with the prefix `letter`.
fn conversion(mark: &Node<Node<Identifier>>, letter: char) -> Checked<Conversion> {
    let name = &mark.kind;
    if name.span.start > mark.span.start + 1 {
        return refuse(
            mark.span,
            format!("{letter}-string: conversion type must come right after the exclamation mark"),
        );
    }
    match &*name.kind {
        "s" => Ok(Conversion::Str),
        "r" => Ok(Conversion::Repr),
        "a" => Ok(Conversion::Ascii),
        other => {
            let message = format!("{letter}-string: invalid conversion character '{other}': expected 's', 'r', or 'a'");
            refuse(name.span, message)
        }
    }
}

/// The expression that a run of literals is.
pub fn join(cx: &Context, start: u32, parts: Vec<Part>, end: u32) -> Checked<Node<Expr>> {
    let span = Span { start, end };
    let is_bytes = |part: &Part| {
        matches!(part, Part::Plain(start, end)
            if literal::parts(cx.source.slice(Span { start: *start, end: *end })).bytes)
    };
    let bytes = parts.iter().filter(|part| is_bytes(part)).count();
    let templates = parts.iter().filter(|part| matches!(part, Part::Template(..))).count();
    if templates > 0 && templates < parts.len() {
        return refuse(span, "cannot mix t-string literals with string or bytes literals");
    }
    if bytes > 0 && bytes < parts.len() {
        let rest = cx.source.text().get(end as usize..).unwrap_or("");
        let after = end + (rest.len() - rest.trim_start_matches([' ', '\t']).len()) as u32;
        return refuse(Span { start: after, end: after + 1 }, "cannot mix bytes and nonbytes literals");
    }
    if parts.iter().all(|part| matches!(part, Part::Plain(..))) {
        return plain(cx, span, parts, bytes > 0);
    }
    let mut pieces = Pieces { cx, template: templates > 0, out: Vec::new(), texts: Vec::new() };
    for part in parts {
        match part {
            Part::Plain(start, end) => {
                let span = Span { start, end };
                let literal = literal::parts(cx.source.slice(span));
                check_escapes(cx, &literal);
                pieces.text(at(span, literal::text(literal.body, literal.raw))?, span);
            }
            Part::Formatted(start, items) | Part::Template(start, items) => {
                let raw = is_raw(cx, start);
                for item in items {
                    pieces.item(item, raw, false)?;
                }
            }
        }
    }
    let template = pieces.template;
    let values = pieces.finish();
    Ok(Node { kind: if template { Expr::TemplateStr(values) } else { Expr::JoinedStr(values) }, span })
}

fn plain(cx: &Context, span: Span, parts: Vec<Part>, bytes: bool) -> Checked<Node<Expr>> {
    let mut joined = Vec::new();
    for part in parts {
        let Part::Plain(start, end) = part else { continue };
        let place = Span { start, end };
        let literal = literal::parts(cx.source.slice(place));
        check_escapes(cx, &literal);
        let decode = if bytes { literal::bytes } else { literal::text };
        let mut decoded = at(place, decode(literal.body, literal.raw))?;
        if joined.is_empty() { joined = decoded } else { joined.append(&mut decoded) }
    }
    match bytes {
        true => Ok(Node { kind: Expr::Constant(Constant::Bytes(Rc::from(joined))), span }),
        false => Ok(string(joined, span)),
    }
}

/// Warns of the first escape of a literal that is probably none.
fn check_escapes(cx: &Context, literal: &literal::Parts<'_>) {
    if !literal.raw {
        warn_of_escape(cx, literal.body, literal.bytes);
    }
}

/// Warns of the first dubious escape of `body`, a stretch of the text.
fn warn_of_escape(cx: &Context, body: &str, bytes: bool) {
    if let Some((at, message)) = literal::dubious_escape(body, bytes) {
        let start = body.as_ptr() as usize - cx.source.text().as_ptr() as usize + at;
        cx.warn(Warning::new(Span::new(start, start + 1), message));
    }
}

/// A literal that cannot be decoded is refused where it stands.
fn at<T>(span: Span, decoded: Result<T, String>) -> Checked<T> {
    decoded.map_err(|message| SyntaxError::new(span, message).into())
}

fn is_raw(cx: &Context, start: u32) -> bool {
    let rest = cx.source.text().get(start as usize..).unwrap_or("");
    rest.bytes().take_while(u8::is_ascii_alphabetic).any(|letter| matches!(letter, b'r' | b'R'))
}

/// The pieces of an f-string as they come: text that is adjacent becomes one constant.
struct Pieces<'c, 's> {
    cx: &'c Context<'s>,
    template: bool,
    out: Vec<Node<Expr>>,
    /// Text not yet put out, and where each stretch of it stands.
    texts: Vec<(Vec<u8>, Span)>,
}

impl Pieces<'_, '_> {
    fn text(&mut self, text: Vec<u8>, span: Span) {
        self.texts.push((text, span));
    }

    /// Puts out the text that has come together.
    fn flush(&mut self) {
        let texts = std::mem::take(&mut self.texts);
        let (Some(first), Some(last)) = (texts.first(), texts.last()) else { return };
        let span = first.1.to(last.1);
        let joined: Vec<u8> = texts.into_iter().flat_map(|(text, _)| text).collect();
        if !joined.is_empty() {
            self.out.push(string(joined, span));
        }
    }

    fn finish(mut self) -> Vec<Node<Expr>> {
        self.flush();
        self.out
    }

    fn item(&mut self, item: Item, raw: bool, in_spec: bool) -> Checked<()> {
        match item {
            Item::Text(start, end) => {
                let span = Span { start, end };
                let written = self.cx.source.slice(span);
                if !raw {
                    self.check_escapes(written, span);
                }
                let body = if in_spec { written.to_string() } else { single_braces(written, raw) };
                // CPython has read the word after the text when it decodes it, and points there.
                let after = Span { start: span.end, end: span.end + 1 };
                self.text(at(after, literal::text(&body, raw))?, span);
                Ok(())
            }
            Item::Field(field) => self.field(*field, raw),
        }
    }

    fn check_escapes(&self, written: &str, span: Span) {
        warn_of_escape(self.cx, written, false);
        // A backslash does not make the brace of a field a character.
        let before_field = self.cx.source.text()[span.end as usize..].starts_with('{')
            && written.bytes().rev().take_while(|byte| *byte == b'\\').count() % 2 == 1;
        if before_field && literal::dubious_escape(written, false).is_none() {
            let place = Span { start: span.end - 1, end: span.end };
            self.cx.warn(Warning::new(place, literal::dubious("invalid escape sequence", "{")));
        }
    }

    fn field(&mut self, field: Field, raw: bool) -> Checked<()> {
        let Field { span, value, text, debug, mark, spec } = field;
        let letter = if self.template { 't' } else { 'f' };
        let conversion = match mark.map(|mark| conversion(&mark, letter)).transpose()? {
            None if debug.is_some() && spec.is_none() => Some(Conversion::Repr),
            given => given,
        };
        if let Some(debug) = debug {
            self.text(without_comments(self.cx.source.slice(debug)), debug);
        }
        let format_spec = match spec {
            None => None,
            Some(spec) => {
                let mut pieces = Pieces { cx: self.cx, template: false, out: Vec::new(), texts: Vec::new() };
                for item in spec.items {
                    pieces.item(item, raw, true)?;
                }
                let span = Span { start: spec.start, end: spec.end };
                Some(Box::new(Node { kind: Expr::JoinedStr(pieces.finish()), span }))
            }
        };
        self.flush();
        let value = Box::new(value);
        let kind = match self.template {
            true => {
                let text = self.cx.source.slice(text).into();
                Expr::Interpolation { value, text, conversion, format_spec }
            }
            false => Expr::FormattedValue { value, conversion, format_spec },
        };
        self.out.push(Node { kind, span });
        Ok(())
    }
}

/// What `{value = }` shows: the text as written, but for comments. A `#` may also stand inside a string, so the lexer
/// is asked where the words are, and comments are looked for between them.
fn without_comments(written: &str) -> Vec<u8> {
    let written = written.replace("\r\n", "\n").replace('\r', "\n");
    if !written.contains('#') {
        return written.into_bytes();
    }
    let source = Source::new("", format!("({written}"));
    let mut out = Vec::with_capacity(written.len());
    let mut last = 1;
    let text = source.text();
    let kept = |gap: &str| -> Vec<u8> {
        let mut lines = gap.split_inclusive('\n');
        let mut kept = Vec::new();
        for line in &mut lines {
            let code = line.find('#').map_or(line, |at| &line[..at]);
            kept.extend_from_slice(code.as_bytes());
            if code.len() < line.len() && line.ends_with('\n') {
                kept.push(b'\n');
            }
        }
        kept
    };
    for (_, span) in Lexer::new(&source).flatten().skip(1) {
        out.extend(kept(&text[last..span.start as usize]));
        out.extend_from_slice(&text.as_bytes()[span.start as usize..span.end as usize]);
        last = span.end as usize;
    }
    out.extend(kept(&text[last..]));
    out
}

/// The text with each doubled brace made one, but for those of `\N{...}`.
fn single_braces(written: &str, raw: bool) -> String {
    let mut out = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(found) = rest.find(['{', '}', '\\']) {
        let (before, from) = rest.split_at(found);
        out.push_str(before);
        let width = match from.as_bytes() {
            [b'\\', b'N', b'{', ..] if !raw => from.find('}').map_or(from.len(), |end| end + 1),
            [b'\\', b'{' | b'}', ..] | [b'\\'] => 1,
            [b'\\', ..] => 1 + from[1..].chars().next().map_or(0, char::len_utf8),
            _ => {
                out.push_str(&from[..1]);
                rest = from.get(2..).unwrap_or("");
                continue;
            }
        };
        out.push_str(&from[..width]);
        rest = &from[width..];
    }
    out.push_str(rest);
    out
}
