//! What `anext` with a default gives: an awaitable, and the iterator of itself, that asks the awaitable of the iterator and
//! turns its `StopAsyncIteration` into the default. It has no state of its own.

use super::{install_functions, install_methods, natives};
use crate::object::{Foreign, NativeObject, Ref, Type, Value};
use crate::vm::{NativeResult, Vm};

natives! {
    METHODS {
        "__await__(self, /)" => iter;
        "__iter__(self, /)" => iter;
        "__next__(self, /)" => next;
        /// Go on, with `value` as what was awaited.
        "send(self, value, /)" => send;
        /// Raise an exception in what is awaited.
        "throw(self, typ, val=None, tb=None, /)" => throw;
        /// Close what is awaited.
        "close(self, /)" => close;
    }
    PRELUDE {
        "_anext_awaitable(awaitable, default, /)" => of;
    }
}

struct AnextAwaitable {
    awaitable: Value,
    default: Value,
}

impl NativeObject for AnextAwaitable {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        see(&self.awaitable);
        see(&self.default);
    }
    fn clear(&self) {}
    fn fork(&self, class: &Ref<Type>, other: &Value) -> Option<Value> {
        Some(Foreign::value(class, AnextAwaitable { awaitable: other.clone(), default: self.default.clone() }))
    }
    fn passes_to(&self) -> Option<Value> {
        Some(self.awaitable.clone())
    }
}

/// Fill the class.
pub fn install(vm: &mut Vm) {
    install_methods(&vm.types.anext_awaitable.clone(), METHODS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn of(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let made = AnextAwaitable { awaitable: args[0].clone(), default: args[1].clone() };
    Ok(Foreign::value(&vm.types.anext_awaitable, made))
}

fn iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

/// What it awaits does it.
fn pass_on(vm: &mut Vm, args: &[Value], method: &str) -> NativeResult {
    let Some(me) = args[0].foreign::<AnextAwaitable>() else {
        return Err(vm.type_error("an anext_awaitable was expected"));
    };
    let given = args[1..].iter().filter(|arg| !arg.is_undef()).cloned();
    let call = [me.awaitable.clone(), me.default.clone(), Value::str(method)].into_iter().chain(given).collect();
    vm.tail_prelude("anext_awaitable_does", call)
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    pass_on(vm, args, "__next__")
}

fn send(vm: &mut Vm, args: &[Value]) -> NativeResult {
    pass_on(vm, args, "send")
}

fn throw(vm: &mut Vm, args: &[Value]) -> NativeResult {
    pass_on(vm, args, "throw")
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    pass_on(vm, args, "close")
}
