//! What `coroutine.__await__()` gives: an iterator that resumes the coroutine, and nothing of its own.

use super::{install_methods, natives};
use crate::object::{Foreign, NativeObject, Ref, Type, TypeFlags, Value};
use crate::vm::{Exit, NativeResult, Resume, Vm};

natives! {
    METHODS {
        "__iter__(self, /)" => iter;
        "__next__(self, /)" => next;
        /// Resume the coroutine with `value` as the result of its `await`.
        "send(self, value, /)" => send;
        /// Raise an exception where the coroutine is suspended.
        "throw(self, typ, val=None, tb=None, /)" => throw;
        /// Raise `GeneratorExit` where the coroutine is suspended, and see to it that it ends.
        "close(self, /)" => close;
    }
}

/// Under this name the machine keeps the class.
const CLASS: &str = "coroutine_wrapper class";

struct Wrapper(Value);

impl NativeObject for Wrapper {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        see(&self.0);
    }
    fn clear(&self) {}
    fn fork(&self, class: &Ref<Type>, other: &Value) -> Option<Value> {
        Some(Foreign::value(class, Wrapper(other.clone())))
    }
    fn passes_to(&self) -> Option<Value> {
        Some(self.0.clone())
    }
}

/// Make the class.
pub fn install(vm: &mut Vm) {
    let object = vm.types.object.clone();
    let ancestors = object.mro.borrow().clone();
    let class = Type::new("coroutine_wrapper", vec![object], ancestors, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
    install_methods(&class, METHODS);
    vm.state.insert(CLASS, class.into_value());
}

/// The iterator of a coroutine.
pub fn of(vm: &Vm, coroutine: &Value) -> NativeResult {
    match vm.state.get(CLASS).and_then(|class| class.to_ref::<Type>()) {
        Some(class) => Ok(Foreign::value(&class, Wrapper(coroutine.clone()))),
        None => Err(vm.system_error("there is no class of coroutine wrappers")),
    }
}

fn coroutine(vm: &Vm, value: &Value) -> Result<Value, Exit> {
    match value.foreign::<Wrapper>() {
        Some(wrapper) => Ok(wrapper.0.clone()),
        None => Err(vm.type_error("a coroutine_wrapper was expected")),
    }
}

fn iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_resume(coroutine(vm, &args[0])?, Resume::Send(Value::NONE), None)
}

fn send(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_resume(coroutine(vm, &args[0])?, Resume::Send(args[1].clone()), None)
}

fn throw(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let coroutine = coroutine(vm, &args[0])?;
    super::generator::throw(vm, &[&[coroutine], &args[1..]].concat())
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let coroutine = coroutine(vm, &args[0])?;
    super::generator::close(vm, &[coroutine])
}
