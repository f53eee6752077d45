//! What compiler and VM agree on: instructions, code objects and how both look in print.
//!
//! [`Op`] is the instruction, defined once in the table of `op.rs`; [`Code`] is a compiled body: instructions, constants,
//! places, handlers. Everything here is plain data; values come to be when the VM loads a code object.
//! Start reading in `op.rs`.

mod code;
mod disassemble;
mod op;

pub use code::{Capture, Code, CodeFlags, CodeKind, Constant, Handler, NOT_BEGUN, Parameters, Site, Stretch};
pub use disassemble::{disassemble, instruction, instruction_parts};
pub use op::{Common, Flags, Op, Reg, Role};
