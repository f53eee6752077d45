//! pyield: a Python interpreter in which every frame can be suspended.

pub mod bytecode;
pub mod compiler;
pub mod source;
pub mod syntax;
