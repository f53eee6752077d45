//! What the prelude needs to report an exception that nobody can catch, because it left a finaliser.

use super::traceback::Paint;
use super::{install_functions, natives, traceback};
use crate::object::{Exception, Ref, Str, Traceback, Value};
use crate::source::{Source, Span};
use crate::vm::{NativeResult, Vm};

natives! {
    PRELUDE {
        "_traceback_parts(exception, traceback, /)" => traceback_parts;
        "_traceback_here()" => traceback_here;
        "_explanation(text, /)" => explanation;
    }
}

/// Make them known to the prelude.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// A traceback of the innermost body of the program alone.
fn traceback_here(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let Some(body) = vm.visible_body(0) else { return Ok(Value::NONE) };
    Ok(Ref::new(Traceback::at(body.function, body.index, body.level, Value::NONE)).into_value())
}

/// What is to be said of an error that nobody caught, behind its text.
pub fn explanation(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = args[0].to_ref::<Str>().map(|text| text.to_string_lossy().into_owned());
    Ok(Value::str((vm.hooks.explain)(&text.unwrap_or_default())))
}

/// What such a report shows of the source: a line, nothing underlined.
fn first_line(source: &Source, span: Span) -> Option<String> {
    let line = source.line(source.place(span.start).line)?.trim();
    (!line.is_empty()).then(|| format!("    {line}\n"))
}

/// The stack of an exception, or another traceback, as text (with its headline, if there is any stack), and the name of its
/// class.
fn traceback_parts(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let own = args[0].get::<Exception>().map_or(Value::NONE, |exception| exception.traceback.get());
    let entries = if args[1].is_none() { own } else { args[1].clone() };
    let stack = traceback::stack(vm, &entries, first_line, Paint::default());
    let stack = if stack.is_empty() { stack } else { format!("Traceback (most recent call last):\n{stack}") };
    Ok(Value::tuple(vec![Value::str(stack), Value::str(vm.full_type_name(&args[0]))]))
}
