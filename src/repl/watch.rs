//! `:trace on`: what an input did, as the recorder saw it.

use crate::interpreter::Interpreter;
use crate::trace::Recorder;
use crate::trace::text::{Style, text};

/// Watch from now on.
pub fn begin(interpreter: &mut Interpreter) {
    interpreter.vm.observe(Box::<Recorder>::default());
}

/// What has happened since, as text; what the program printed stands in it.
pub fn end(interpreter: &mut Interpreter) -> String {
    text(&Recorder::records_of(interpreter.vm.stop_observing()), &Style::default())
}
