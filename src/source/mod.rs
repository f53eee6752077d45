//! Program text and places in it.
//!
//! A [`Source`] is one text with the name it is known by; a [`Span`] is a stretch of it in bytes; a [`Place`] is what a
//! person reads: line and column. Every later stage keeps spans only and asks the source when it has to speak.

mod warning;

pub use warning::Warning;

use std::rc::Rc;

/// A half-open stretch of source text, in bytes from its start.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: u32,
    /// Offset just past the last byte.
    pub end: u32,
}

impl Span {
    /// Nowhere in the source.
    pub const NOWHERE: Span = Span { start: u32::MAX, end: u32::MAX };

    /// The stretch from `start` up to, not including, `end`.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// The smallest stretch that covers both.
    pub fn to(self, other: Span) -> Span {
        Span { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

impl std::fmt::Debug for Span {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// A line and a column, both as CPython counts them: lines from 1, columns from 0 in UTF-8 bytes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, PartialOrd, Ord)]
pub struct Place {
    /// Line number, from 1.
    pub line: u32,
    /// Offset in the line, in bytes, from 0.
    pub column: u32,
}

/// One program text and the name it goes by in messages.
pub struct Source {
    name: String,
    text: String,
    line_starts: Vec<u32>,
    first_line: u32,
    quotable: bool,
}

impl Source {
    /// A text known as `name`: a path, or `<string>`, `<stdin>`, `<python-input-0>`.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Rc<Source> {
        Source::starting_at(name, text, 1)
    }

    /// A text whose first line is line `first_line` of the file it was cut from (a block of a Markdown document).
    pub fn starting_at(name: impl Into<String>, text: impl Into<String>, first_line: u32) -> Rc<Source> {
        Rc::new(Source::read(name.into(), text.into(), first_line))
    }

    /// A text that tracebacks do not quote: it came from a running program (`exec`) or from standard input.
    pub fn unquoted(name: impl Into<String>, text: impl Into<String>) -> Rc<Source> {
        Rc::new(Source { quotable: false, ..Source::read(name.into(), text.into(), 1) })
    }

    /// The same text under another name.
    pub fn renamed(&self, name: &str) -> Rc<Source> {
        Rc::new(Source { quotable: self.quotable, ..Source::read(name.into(), self.text.clone(), self.first_line) })
    }

    fn read(name: String, text: String, first_line: u32) -> Source {
        let mut line_starts = vec![0];
        let bytes = text.as_bytes();
        for at in memchr::memchr2_iter(b'\n', b'\r', bytes) {
            let ends_line = bytes[at] == b'\n' || bytes.get(at + 1) != Some(&b'\n');
            if ends_line {
                line_starts.push(at as u32 + 1);
            }
        }
        Source { name, text, line_starts, first_line, quotable: true }
    }

    /// May tracebacks show lines of it?
    pub fn is_quotable(&self) -> bool {
        self.quotable
    }

    /// The name the text is known by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The text of a span; empty when the span lies outside.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Where the byte at `offset` stands.
    pub fn place(&self, offset: u32) -> Place {
        let index = self.line_starts.partition_point(|start| *start <= offset) - 1;
        Place { line: index as u32 + self.first_line, column: offset - self.line_starts[index] }
    }

    /// Line `line` (numbered as [`Source::place`] numbers them) without its line end; `None` when there is no such line.
    pub fn line(&self, line: u32) -> Option<&str> {
        let index = line.checked_sub(self.first_line)? as usize;
        let start = *self.line_starts.get(index)? as usize;
        let end = self.line_starts.get(index + 1).map_or(self.text.len(), |end| *end as usize);
        Some(self.text[start..end].trim_end_matches(['\n', '\r']))
    }

    /// Offset of the first byte of line `line`, if there is such a line.
    pub fn line_start(&self, line: u32) -> Option<u32> {
        self.line_starts.get(line.checked_sub(self.first_line)? as usize).copied()
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Source({:?}, {} bytes)", self.name, self.text.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_and_lines() {
        let source = Source::starting_at("f.md", "a = 1\r\nbb\n", 10);
        assert_eq!(source.place(0), Place { line: 10, column: 0 });
        assert_eq!(source.place(8), Place { line: 11, column: 1 });
        assert_eq!(source.line(10), Some("a = 1"));
        assert_eq!(source.line(11), Some("bb"));
        assert_eq!(source.line(12), Some(""));
        assert_eq!(source.line(13), None);
        assert_eq!(source.line(9), None);
    }
}
