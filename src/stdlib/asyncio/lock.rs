//! What a lock is: who has it, and who stands in line for it.

use super::core;
use super::future::{self, State};
use super::quick::{is_plain_lock, who};
use super::wait::{Wait, What};
use super::{fill, globals, tail_python};
use crate::builtins::{getsets, natives};
use crate::object::{Foreign, Instance, NativeObject, Ref, Slot, Type, Value};
use crate::stdlib::collections::{self, Deque};
use crate::vm::{AtOnce, Exit, NativeResult, Vm};
use std::cell::Cell;

/// `asyncio.Lock` derives from it.
pub(super) struct Lock {
    /// The number of the task that has it, zero while nobody has.
    taken: Cell<i64>,
    /// A deque of futures, the places of those who wait.
    line: Slot,
    /// The loop in which somebody first had to wait, or `None`.
    looped: Slot,
}

impl NativeObject for Lock {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.line.visit(see);
        self.looped.visit(see);
    }
    fn clear(&self) {
        self.looped.set(Value::NONE);
    }
}

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    METHODS {
        /// Has somebody got it?
        "locked(self)" => locked;
        /// Let it go.
        "release(self)" => release;
    }
}

getsets! {
    ATTRIBUTES {
        "_taken" => taken, set_taken;
        "_waiters" => line;
        "_loop" => looped, set_looped;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NEW, METHODS, ATTRIBUTES);
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = globals(vm).lock.clone();
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("a class is needed")) };
    let line = collections::empty(vm);
    let lock = Lock { taken: Cell::new(0), line: Slot::new(line), looped: Slot::new(Value::NONE) };
    let made = Foreign::value(&exact, lock);
    Ok(if class.is(&exact) { made } else { Value::object(Instance::wrapping(&class, made)) })
}

fn me<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Lock, Exit> {
    value.foreign::<Lock>().ok_or_else(|| vm.type_error("a Lock is needed"))
}

impl Lock {
    fn with_line<R>(&self, look: impl FnOnce(&Deque) -> R) -> Option<R> {
        self.line.with(|line| line.foreign::<Deque>().map(look))
    }

    /// Can it be had? Not so while somebody it was released for has not run since.
    fn is_free(&self) -> bool {
        let wanted = |place: &Value| future::of(place).is_none_or(|place| place.state.get() != State::Cancelled);
        self.taken.get() == 0 && self.with_line(|line| line.find(wanted).is_none()).unwrap_or(true)
    }

    /// The future of the first in line, if that one has not been woken. `Err` for a future of the program's own.
    fn head(&self) -> Result<Option<Value>, Value> {
        let head = self.with_line(Deque::front).flatten();
        match head {
            Some(head) => match future::of(&head) {
                Some(place) => Ok((!place.is_done()).then_some(head)),
                None => Err(head),
            },
            None => Ok(None),
        }
    }
}

/// Wake who stands at the head of the line.
fn wake_head(vm: &mut Vm, lock: &Lock) -> NativeResult {
    match lock.head() {
        Ok(None) => Ok(Value::NONE),
        Ok(Some(head)) => future::set_result(vm, &[head, Value::TRUE]),
        Err(_) => tail_python(vm, "wake_head", vec![lock.line.get()]),
    }
}

fn release(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let lock = me(vm, &args[0])?;
    if lock.taken.replace(0) == 0 {
        return Err(vm.runtime_error("Lock is not acquired."));
    }
    wake_head(vm, lock)
}

fn locked(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(me(vm, &args[0])?.taken.get() != 0))
}

// ---- awaited at once

/// `await lock.acquire()`
pub(super) fn acquire(vm: &mut Vm, args: &[Value]) -> Option<AtOnce> {
    if args.len() != 1 { None } else { take(vm, &args[0], Value::TRUE) }
}

/// `async with lock`
pub(super) fn enter(vm: &mut Vm, args: &[Value]) -> Option<AtOnce> {
    if args.len() != 1 || !is_plain_lock(vm, &args[0]) { None } else { take(vm, &args[0], Value::NONE) }
}

/// The end of such a block.
pub(super) fn exit(vm: &mut Vm, args: &[Value]) -> Option<AtOnce> {
    if args.len() != 4 || !is_plain_lock(vm, &args[0]) {
        return None;
    }
    let lock = args[0].foreign::<Lock>()?;
    let plain = lock.looped.with(|looped| looped.is_none() || core::with_own_futures(looped).is_some());
    if !plain || lock.taken.get() == 0 {
        return None;
    }
    match release(vm, &args[..1]) {
        Ok(_) => Some(AtOnce::Ends(Value::NONE)),
        Err(exit) => Some(AtOnce::Raises(vm.exception_of(exit))),
    }
}

fn take(vm: &mut Vm, value: &Value, result: Value) -> Option<AtOnce> {
    let lock = value.foreign::<Lock>()?;
    if lock.is_free() {
        lock.taken.set(who(vm));
        return Some(AtOnce::Ends(result));
    }
    let looped = vm.running_loop.clone();
    core::with_own_futures(&looped)?;
    if lock.looped.is_none() {
        lock.looped.set(looped.clone());
    } else if !lock.looped.with(|bound| bound.is(&looped)) {
        return None;
    }
    let place = future::make(vm, &looped);
    lock.with_line(|line| line.push_back(place.clone()))?;
    Some(AtOnce::Waits(Wait::value(vm, What::Lock, value.clone(), place, result)))
}

/// Who waited has got it.
pub(super) fn granted(vm: &mut Vm, value: &Value, place: &Value) {
    leave(value, place);
    let number = who(vm);
    if let Some(lock) = value.foreign::<Lock>() {
        lock.taken.set(number);
    }
}

/// Who waits there is gone.
pub(super) fn leave(value: &Value, place: &Value) {
    if let Some(lock) = value.foreign::<Lock>() {
        lock.with_line(|line| line.remove_object(place));
    }
}

/// Who waited gives up. Where that is by cancellation, the next one may have it.
pub(super) fn given_up(vm: &mut Vm, value: &Value, place: &Value, cancelled: bool) {
    leave(value, place);
    if let Some(lock) = value.foreign::<Lock>()
        && cancelled
        && lock.taken.get() == 0
    {
        // The places were made by a loop of ours, which tells those who wait without asking anybody.
        let _ = wake_head(vm, lock);
    }
}

// ---- attributes

fn taken(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(match me(vm, value)?.taken.get() {
        0 => Value::FALSE,
        number => Value::int(number),
    })
}

fn set_taken(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.taken.set(new.as_small().unwrap_or(0));
    Ok(Value::NONE)
}

fn line(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.line.get())
}

fn looped(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.looped.get())
}

fn set_looped(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.looped.set(new);
    Ok(Value::NONE)
}
