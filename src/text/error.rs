//! What went wrong with a text: the exception to raise, and its words.

use crate::memory;
use std::fmt;

/// The exception a [`TextError`] asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ErrorKind {
    /// `ValueError`
    Value,
    /// `OverflowError`
    Overflow,
    /// `TypeError`
    Type,
    /// `MemoryError`: the answer would be larger than this room is willing to build.
    Memory,
}

/// An exception in the making: its kind, and the message CPython 3.14 prints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextError {
    pub kind: ErrorKind,
    pub message: String,
}

impl TextError {
    pub fn value(message: impl Into<String>) -> TextError {
        TextError { kind: ErrorKind::Value, message: message.into() }
    }

    pub fn overflow(message: impl Into<String>) -> TextError {
        TextError { kind: ErrorKind::Overflow, message: message.into() }
    }

    pub fn type_error(message: impl Into<String>) -> TextError {
        TextError { kind: ErrorKind::Type, message: message.into() }
    }

    pub fn memory() -> TextError {
        TextError { kind: ErrorKind::Memory, message: String::new() }
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for TextError {}

/// The largest text that a number in a program may ask for in one go (a width, a precision, a tab size). A caller with a
/// budget of its own asks it first; this bound only keeps an absurd number from ending the process.
pub const MAX_PADDING: usize = 1 << 31;

/// Makes room for `more` bytes, or says that there is none.
pub(super) fn reserve(out: &mut Vec<u8>, more: usize) -> Result<(), TextError> {
    if more > MAX_PADDING {
        return Err(TextError::memory());
    }
    memory::reserve(out, more).map_err(|_| TextError::memory())
}
