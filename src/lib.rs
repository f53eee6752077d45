//! pyield: a Python interpreter in which every frame can be suspended.

pub mod bytecode;
pub mod host;
pub mod object;
pub mod source;
pub mod syntax;
pub mod text;
pub mod vm;
