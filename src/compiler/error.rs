//! What can be wrong with a program that parses.

use crate::source::Span;

/// Which Python exception a [`CompileError`] becomes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ErrorKind {
    /// `SyntaxError`: the program breaks a rule that the grammar cannot state.
    Syntax,
    /// `RecursionError`: the program is nested more deeply than the stack allows.
    Recursion,
}

/// Why a tree was not compiled, in the words of CPython.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CompileError {
    /// The text after `SyntaxError: `.
    pub message: String,
    /// The stretch of source the message is about.
    pub span: Span,
    /// Which exception it becomes.
    pub kind: ErrorKind,
}

/// What every function of the room returns.
pub type Result<T = ()> = std::result::Result<T, CompileError>;

/// A `SyntaxError` about `span`.
pub(super) fn syntax_error<T>(span: Span, message: impl Into<String>) -> Result<T> {
    Err(CompileError { message: message.into(), span, kind: ErrorKind::Syntax })
}

/// Refuses to go deeper when the native stack used since it was made exceeds its allowance.
///
/// The two passes follow the tree by native recursion; what they use is measured, not guessed from a count of levels,
/// because levels differ widely in size.
#[derive(Clone, Copy)]
pub(super) struct StackGuard {
    start: usize,
    allowance: usize,
}

impl StackGuard {
    /// A guard whose zero is here.
    pub fn new(allowance: usize) -> StackGuard {
        StackGuard { start: stack_position(), allowance }
    }

    /// Is there room to go one level deeper?
    #[inline]
    pub fn check(&self, span: Span) -> Result {
        if stack_position().abs_diff(self.start) < self.allowance {
            return Ok(());
        }
        Err(CompileError {
            message: "maximum recursion depth exceeded during compilation".to_owned(),
            span,
            kind: ErrorKind::Recursion,
        })
    }
}

/// The address of something that lives on the stack now.
#[inline(never)]
fn stack_position() -> usize {
    let marker = 0u8;
    std::ptr::from_ref(std::hint::black_box(&marker)) as usize
}
