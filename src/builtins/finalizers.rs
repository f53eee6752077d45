//! What the prelude needs to report an exception that nobody can catch, because it left a finaliser.

use super::{install_functions, natives, traceback};
use crate::object::{Exception, Str, Value};
use crate::vm::{NativeResult, Vm};

natives! {
    PRELUDE {
        "_traceback_parts(exception, /)" => traceback_parts;
        "_write_stderr(text, /)" => write_stderr;
    }
}

/// Make them known to the prelude.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// The stack of an exception as text (with its headline, if there is any stack), and the name of its class.
fn traceback_parts(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let entries = args[0].get::<Exception>().map_or(Value::NONE, |exception| exception.traceback.get());
    let stack = traceback::stack(vm, &entries);
    let stack = if stack.is_empty() { stack } else { format!("Traceback (most recent call last):\n{stack}") };
    Ok(Value::tuple(vec![Value::str(stack), Value::str(vm.full_type_name(&args[0]))]))
}

fn write_stderr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(text) = args[0].native::<Str>() {
        // Nobody is left to be told when standard error cannot be written to.
        let _ = vm.host.write_stderr(text.as_bytes());
    }
    Ok(Value::NONE)
}
