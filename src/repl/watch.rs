//! `:trace on`: what an input did, as the recorder saw it.

use crate::host::wants_colours;
use crate::interpreter::Interpreter;
use crate::trace::Recorder;
use crate::trace::text::{Style, text};

/// Watch from now on.
pub fn begin(interpreter: &mut Interpreter) {
    interpreter.vm.observe(Box::<Recorder>::default());
}

/// What has happened since, as text with its loops folded; what the program printed stands in it.
pub fn end(interpreter: &mut Interpreter) -> String {
    let colour = wants_colours(&mut *interpreter.vm.host, 1, false);
    text(&Recorder::records_of(interpreter.vm.stop_observing()), &Style { colour, fold: true })
}
