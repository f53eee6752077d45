//! From tree to register code.
//!
//! Two passes that do not mix. `collect` and `scope` decide what every name means in every function: a table one can
//! print. Then `Compiler` writes the code, one method per construct, into an `Assembler`, which knows labels, handlers,
//! constants and which locals are surely bound. Start reading in `function.rs` and `stmt.rs`.

mod assembler;
mod bound;
mod call;
mod collect;
mod comprehension;
mod condition;
pub mod direct;
mod dubious;
mod error;
mod exception;
mod expr;
mod fold;
mod function;
mod future;
mod import;
mod liveness;
mod marks;
mod optimize;
mod pattern;
mod registers;
mod scope;
mod stmt;
mod suspend;
mod target;
#[cfg(test)]
mod tests;
mod typing;
mod verify;

pub use error::{CompileError, ErrorKind, Result};
pub use function::{Target, compile, compile_definition, compile_outline, compile_within};
pub use liveness::hand_over;
pub use marks::{Marks, marked};
pub use optimize::optimized;
