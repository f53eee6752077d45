//! What may be a mistake in a text that is Python all the same.

use super::Span;

/// Something that deserves a `SyntaxWarning`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Warning {
    /// Worded as CPython words it.
    pub message: String,
    /// What it is about.
    pub span: Span,
}

impl Warning {
    /// A warning about `span`.
    pub fn new(span: Span, message: impl Into<String>) -> Warning {
        Warning { message: message.into(), span }
    }
}
