//! Regular expressions as Python's `re` has them: text to tree ([`parse`]), tree to program ([`compile`]), and a machine that
//! runs the program over a subject ([`matcher`]).
//!
//! The machine is a backtracking one, with the order of attempts that the language's reference gives. Its stack is its own (a
//! deep match takes memory, never the native stack), it asks its caller now and then whether to go on, and it remembers each
//! change of a group, so that a way that failed leaves no trace. Positions are offsets in bytes; the room knows no values.

mod compile;
mod matcher;
mod parse;
mod set;
mod template;

pub use compile::{Program, compile};
pub use matcher::{Finish, Matcher, Stop};
pub use parse::{Parsed, Warning, parse};
pub use template::{Piece, template};

/// The flags of a pattern, with the numbers that Python gives them.
pub mod flags {
    /// Case does not matter.
    pub const IGNORECASE: u32 = 2;
    /// Bytes are letters as the locale says.
    pub const LOCALE: u32 = 4;
    /// `^` and `$` look at lines.
    pub const MULTILINE: u32 = 8;
    /// A dot is any character.
    pub const DOTALL: u32 = 16;
    /// Letters as Unicode says.
    pub const UNICODE: u32 = 32;
    /// White space and comments mean nothing.
    pub const VERBOSE: u32 = 64;
    /// Letters of ASCII only.
    pub const ASCII: u32 = 256;
    /// Those of which only one can be.
    pub const TYPE: u32 = LOCALE | UNICODE | ASCII;
}

/// Repetitions and positions beyond all numbers.
pub const UNLIMITED: u32 = u32::MAX;

/// How many groups a pattern may have.
pub const MOST_GROUPS: usize = (i32::MAX / 2) as usize;

/// Why a pattern is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Error {
    /// It is malformed: what is wrong, and the character where, if a place can be told.
    Pattern(String, Option<usize>),
    /// A number in it is too large.
    Overflow(&'static str),
    /// Its flags do not go together.
    Flags(&'static str),
    /// It is nested too deeply.
    TooDeep,
    /// A template names a group that is not there.
    NoGroup(String),
}
