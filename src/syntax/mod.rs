//! Text to tree.
//!
//! `lexer` finds the words, `layout` adds what line ends and indentation mean, `soft` settles the words that are
//! reserved only in places, the grammar (`grammar/python.lalrpop`) makes the tree with the functions of `construct`,
//! and `diagnose` finds the words for what went wrong. Start reading at [`parse`].

pub mod ast;
mod construct;
mod depth;
mod diagnose;
mod dump;
mod encoding;
mod error;
pub mod form;
mod layout;
mod lexer;
mod literal;
mod outline;
mod parser;
mod release;
mod soft;
mod strings;
mod target;
mod token;

lalrpop_util::lalrpop_mod!(
    #[allow(clippy::all, clippy::unwrap_used, clippy::panic, dead_code, unused, missing_docs)]
    python
);

pub use dump::{dump_ast, dump_ast_full, dump_tokens};
pub use encoding::decode;
pub use error::{Location, SyntaxError, SyntaxErrorKind};
pub use lexer::Lexer;
pub use parser::{Mode, outline, parse, parse_definition, parse_noting};
pub use token::Token;
