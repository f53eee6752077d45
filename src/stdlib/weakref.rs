//! `_weakref`: the class of weak references, and who refers weakly to an object. The rest of `weakref` is Python.

use super::module as new_module;
use crate::builtins::{natives, weak};
use crate::object::{Module, Ref, Value, WeakRef};
use crate::vm::{NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// How many weak references to the object there are.
        "getweakrefcount(object, /)" => count;
        /// The weak references to the object.
        "getweakrefs(object, /)" => all;
    }
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_weakref", "", FUNCTIONS);
    module.set("ref", weak::class(vm).into_value());
    module
}

fn references(value: &Value) -> Vec<Ref<WeakRef>> {
    if value.is_object() { WeakRef::all(value) } else { Vec::new() }
}

fn count(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(references(&args[0]).len()))
}

fn all(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(references(&args[0]).into_iter().map(Ref::into_value).collect()))
}
