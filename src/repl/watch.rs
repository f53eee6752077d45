//! `:trace on`: what an input did, as the recorder saw it.

use crate::interpreter::Interpreter;
use crate::trace::{Recorder, text};

/// Watch from now on.
pub fn begin(interpreter: &mut Interpreter) {
    interpreter.vm.observe(Box::<Recorder>::default());
}

/// What has happened since, as text; what the program printed stands in it.
pub fn end(interpreter: &mut Interpreter) -> String {
    let observer = interpreter.vm.stop_observing();
    let records = observer.and_then(|mut observer| Some(observer.as_any().downcast_mut::<Recorder>()?.take_records()));
    text(&records.unwrap_or_default())
}
