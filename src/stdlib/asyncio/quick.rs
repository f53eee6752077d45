//! Functions of asyncio whose coroutine nobody sees when it is awaited where it is made: their native forms.
//!
//! A form that is not sure to do what its function does (a loop of the program's own, a derived class, debug mode) says so, and
//! then the function is called as ever.

use super::core::Own;
use super::wait::{self, Wait};
use super::{core, globals, lock, queue};
use crate::object::{Function, Str, Value};
use crate::vm::observer::Act;
use crate::vm::{AtOnce, Form, NativeResult, Vm};

/// By the qualified name of the function; its number is its place, counted from one.
pub(super) const FORMS: &[(&str, Form)] = &[
    ("sleep", sleep),
    ("Lock.acquire", lock::acquire),
    ("_ContextManagerMixin.__aenter__", lock::enter),
    ("_ContextManagerMixin.__aexit__", lock::exit),
    ("Queue.put", queue::put),
    ("Queue.get", queue::get),
];

/// Decorates a function that has such a form.
pub(super) fn mark(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(function) = args[0].to_ref::<Function>() else { return Err(vm.type_error("a function is needed")) };
    let name = function.qualname.get();
    let form =
        name.to_ref::<Str>().and_then(|name| FORMS.iter().position(|(known, _)| known.as_bytes() == name.as_bytes()));
    match form {
        Some(place) => Vm::ask_at_once(&function, place as u16 + 1),
        None => return Err(vm.system_error("no such form")),
    }
    Ok(args[0].clone())
}

/// What a sleep asks of its loop.
const TIMERS: Own = Own::TIME.or(Own::CALL_AT).or(Own::CALL_LATER);

fn sleep(vm: &mut Vm, args: &[Value]) -> Option<AtOnce> {
    match args {
        [delay] if delay.is(&Value::small(0)) => Some(AtOnce::Turn),
        [delay] => sleep_for(vm, delay, Value::NONE),
        [delay, result] => sleep_for(vm, delay, result.clone()),
        _ => None,
    }
}

#[inline(never)]
fn sleep_for(vm: &mut Vm, delay: &Value, result: Value) -> Option<AtOnce> {
    let seconds = match delay.as_small() {
        Some(seconds) => seconds as f64,
        None => delay.as_number()?,
    };
    if seconds <= 0.0 {
        return result.is_none().then_some(AtOnce::Turn);
    }
    let looped = vm.running_loop.clone();
    let core = core::with_own_futures(&looped)?;
    if seconds.is_nan() || core.own(&looped).has(TIMERS) || core.closed.get() {
        return None;
    }
    let future = super::future::make(vm, &looped);
    let due = crate::event_loop::seconds(&mut *vm.host) + seconds;
    let sleeper = Wait::value(vm, wait::What::Sleep, delay.clone(), future, result);
    core.arm(due, core::Entry::Alarm(sleeper.clone()));
    vm.observe_loop(&sleeper, Act::Arm { callback: &sleeper, args: &[], delay: seconds });
    Some(AtOnce::Waits(sleeper))
}

/// A number that stands for the running task.
pub(super) fn who(vm: &mut Vm) -> i64 {
    let looped = vm.running_loop.clone();
    let task = if looped.is_none() { Value::NONE } else { super::current_of(vm, &looped) };
    if task.is_none() { 1 } else { crate::object::identity(&task) as i64 }
}

/// Is it a lock of the class that asyncio has, and not of a derived one?
pub(super) fn is_plain_lock(vm: &mut Vm, object: &Value) -> bool {
    let class = vm.class_of(object).into_value();
    globals(vm).lock_class.with(|known| known.is(&class))
}
