//! What is said about a text that is not Python.

use super::token::Token;
use crate::source::{Source, Span};
use lalrpop_util::ParseError;
use std::fmt;

/// Which exception of Python's the error becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SyntaxErrorKind {
    SyntaxError,
    IndentationError,
    TabError,
    /// The program is nested too deeply to be parsed.
    MemoryError,
}

impl SyntaxErrorKind {
    /// The name of the exception class.
    pub fn name(self) -> &'static str {
        match self {
            SyntaxErrorKind::SyntaxError => "SyntaxError",
            SyntaxErrorKind::IndentationError => "IndentationError",
            SyntaxErrorKind::TabError => "TabError",
            SyntaxErrorKind::MemoryError => "MemoryError",
        }
    }
}

/// Two places of a text as Python's `SyntaxError` has them: lines and characters, both from 1, the end exclusive. An
/// offset of 0 is no place in the line; an end equal to the start says nothing but the start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Location {
    pub line: u32,
    pub offset: u32,
    pub end_line: u32,
    pub end_offset: u32,
}

/// The program is malformed.
#[derive(Clone, Debug, PartialEq)]
pub struct SyntaxError {
    pub kind: SyntaxErrorKind,
    /// Worded as CPython words it.
    pub message: String,
    /// What the caret line points at.
    pub span: Span,
    /// The text may become correct when more is added at its end: the prompt reads on.
    pub incomplete: bool,
}

impl SyntaxError {
    /// A plain `SyntaxError`.
    pub fn new(span: Span, message: impl Into<String>) -> SyntaxError {
        SyntaxError { kind: SyntaxErrorKind::SyntaxError, message: message.into(), span, incomplete: false }
    }

    /// An `IndentationError`.
    pub fn indentation(span: Span, message: impl Into<String>) -> SyntaxError {
        SyntaxError { kind: SyntaxErrorKind::IndentationError, ..SyntaxError::new(span, message) }
    }

    /// Where the error is, as the attributes of Python's `SyntaxError` say it.
    pub fn location(&self, source: &Source) -> Location {
        let point = |offset: u32| {
            let place = source.place(offset.min(source.text().len() as u32));
            let line = source.line(place.line).unwrap_or("");
            let before = line.get(..place.column as usize).unwrap_or(line);
            (place.line, before.chars().count() as u32 + 1)
        };
        let length = source.text().len() as u32;
        if self.incomplete && self.span.start == length && self.span.end == length {
            // The end of the text is in no column of its last line.
            let line = source.place(length.saturating_sub(1)).line;
            return Location { line, offset: 0, end_line: line, end_offset: 0 };
        }
        let (line, offset) = point(self.span.start);
        let at_line_end = source.text().as_bytes().get(self.span.start as usize).is_none_or(|byte| *byte == b'\n');
        let (end_line, end_offset) =
            if self.span.end <= self.span.start || at_line_end && self.span.end == self.span.start + 1 {
                (line, offset + u32::from(self.span.end > self.span.start))
            } else {
                point(self.span.end)
            };
        Location { line, offset, end_line, end_offset }
    }

    /// The same error, known to lie at the end of the input.
    pub fn at_end(self) -> SyntaxError {
        SyntaxError { incomplete: true, ..self }
    }
}

impl fmt::Display for SyntaxError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message)
    }
}

impl std::error::Error for SyntaxError {}

/// What a constructor called by the grammar gives: the piece, or why there is none.
pub type Checked<T> = Result<T, ParseError<u32, Token, SyntaxError>>;

/// A refusal by a constructor.
pub fn refuse<T>(span: Span, message: impl Into<String>) -> Checked<T> {
    Err(SyntaxError::new(span, message).into())
}
