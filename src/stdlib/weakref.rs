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
        /// The reference by which a proxy knows an object.
        "_link(object, callback, proxy, /)" => link;
        /// The proxy for the object that has no callback, if there is one.
        "_known_proxy(object, /)" => known_proxy;
    }
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_weakref", "", FUNCTIONS);
    module.set("ref", weak::class(vm).into_value());
    module
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(weak::all(vm, &args[0]).len()))
}

fn all(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(weak::all(vm, &args[0])))
}

fn link(vm: &mut Vm, args: &[Value]) -> NativeResult {
    weak::link(vm, &args[0], args[1].clone(), &args[2])
}

fn known_proxy(_: &mut Vm, args: &[Value]) -> NativeResult {
    let known = if args[0].is_object() { WeakRef::all(&args[0]) } else { Vec::new() };
    let plain = known.iter().filter(|weak| weak.callback.is_none());
    Ok(plain.into_iter().find_map(|weak| weak::proxy_of(weak)).unwrap_or(Value::NONE))
}
