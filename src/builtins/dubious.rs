//! What the compiler found dubious is told by the module `warnings`, which is Python: here it is handed over.

use crate::bytecode::Code;
use crate::object::Value;
use crate::source::{Source, Warning};
use crate::vm::{NativeResult, Vm};

/// The warnings of code that was just compiled, as the prelude's `tell_dubious` takes them; `None` when there are none.
pub fn warnings_of(code: &Code) -> Option<Value> {
    let told = code.warnings.iter().map(|warning| told(&code.source, warning)).collect::<Vec<_>>();
    (!told.is_empty()).then(|| Value::list(told))
}

/// Message, file, line, the line's text if it may be shown, and the place as a `SyntaxError` has it.
fn told(source: &Source, warning: &Warning) -> Value {
    let (start, end) = (source.place(warning.span.start), source.place(warning.span.end));
    let text = source.line(start.line).map_or(Value::NONE, Value::str);
    let number = |number: u32| Value::small(i64::from(number));
    let place =
        vec![number(start.line), number(start.column + 1), text.clone(), number(end.line), number(end.column + 1)];
    let shown = if source.is_quotable() { text } else { Value::NONE };
    Value::tuple(vec![
        Value::str(&*warning.message),
        Value::str(source.name()),
        number(start.line),
        shown,
        Value::tuple(place),
    ])
}

/// End a native with `result`, the warnings of `code` being told first.
pub fn tell_then_return(vm: &mut Vm, code: &Code, result: Value) -> NativeResult {
    match warnings_of(code) {
        None => Ok(result),
        Some(warnings) => vm.tail_prelude("tell_dubious", vec![warnings, result]),
    }
}

/// End a native by calling `function`, the warnings of `code` being told first.
pub fn tell_then_call(vm: &mut Vm, code: &Code, function: Value, args: Vec<Value>) -> NativeResult {
    match warnings_of(code) {
        None => vm.tail_call(function, args),
        Some(warnings) => vm.tail_prelude("tell_dubious_then_call", vec![warnings, function, Value::tuple(args)]),
    }
}
