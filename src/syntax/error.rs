//! What is said about a text that is not Python.

use super::token::Token;
use crate::source::Span;
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
