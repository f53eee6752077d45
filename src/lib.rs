//! pyield: a Python interpreter in which every frame can be suspended.

pub mod attention;
pub mod builtins;
pub mod bytecode;
pub mod cli;
pub mod compiler;
pub mod event_loop;
pub mod host;
pub mod interpreter;
pub mod memory;
pub mod object;
pub mod prelude;
pub mod regex;
pub mod repl;
pub mod source;
pub mod stdlib;
pub mod syntax;
pub mod text;
pub mod trace;
pub mod vm;
