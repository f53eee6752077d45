//! The prompt.
//!
//! Reads an input, runs it in `__main__`, shows what expressions come to, and goes on, whatever happened ([`session`]). On a
//! terminal a line editor reads it, on a thread of its own ([`editor`]), while tasks and threads of the program go on; from
//! anywhere else come plain lines ([`lines`]). The parser says what a whole input is ([`input`]). Tab completes, and what a call takes is
//! shown ([`signature`]), without running anything of the program ([`completion`]). What has to run Python is Python (`stdlib/prompt.py`).

mod commands;
mod completion;
mod editor;
mod highlight;
mod history;
mod input;
mod lines;
mod loan;
mod marks;
mod paste;
mod screen;
mod session;
mod signature;
mod watch;

pub use completion::modules;
pub use session::{Prompt, run};
