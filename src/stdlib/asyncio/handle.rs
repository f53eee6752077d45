//! Handles: callbacks that a loop is to run.

use super::{context_or_share, contextvars, core, fill, globals, tail_python};
use crate::builtins::{getsets, natives};
use crate::object::equality::{self, Answer};
use crate::object::hashing::{self, Hashed};
use crate::object::{Foreign, Instance, NativeObject, Ref, Slot, Type, Value};
use crate::vm::arguments::arg_or_none;
use crate::vm::observer::Act;
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::Cell;

/// A callback, its arguments and its context.
pub(super) struct Handle {
    pub looped: Slot,
    pub callback: Slot,
    /// A tuple; `None` once cancelled.
    pub args: Slot,
    pub context: Slot,
    pub cancelled: Cell<bool>,
    /// Is it among the timers of its loop?
    pub scheduled: Cell<bool>,
    /// When it is due, if it is a timer.
    pub when: Cell<f64>,
    /// That was said by an int.
    pub whole: Cell<bool>,
    /// Where it was made, in debug mode.
    pub origin: Slot,
    /// How a cancelled handle shows itself in debug mode.
    pub shown: Slot,
}

impl NativeObject for Handle {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        let slots = [&self.looped, &self.callback, &self.args, &self.context, &self.origin, &self.shown];
        slots.into_iter().for_each(|slot| slot.visit(see));
    }
    fn hash(&self, me: &Value) -> Hashed {
        match self.when.get() {
            when if when.is_nan() => Hashed::Known(hashing::identity(me)),
            when => hashing::hash(&Value::float(when)),
        }
    }
    fn equal(&self, me: &Value, other: &Value) -> Answer {
        match of(other) {
            Some(other) if !self.when.get().is_nan() => self.is_like(other).into(),
            _ => me.is(other).into(),
        }
    }
    fn clear(&self) {
        [&self.looped, &self.callback, &self.args, &self.context].into_iter().for_each(|slot| slot.set(Value::NONE));
    }
}

impl Handle {
    /// It is a timer that is due at this instant.
    fn is_due(&self, when: &Value) {
        self.when.set(when.as_number().unwrap_or_default());
        self.whole.set(when.as_small().is_some());
    }

    /// Are two timers for the same callback with the same arguments due at the same time?
    fn is_like(&self, other: &Handle) -> bool {
        let same = |a: &Slot, b: &Slot| equality::same(&a.get(), &b.get()) == Answer::Yes;
        self.when == other.when
            && same(&self.callback, &other.callback)
            && same(&self.args, &other.args)
            && self.cancelled == other.cancelled
    }
}

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    METHODS {
        "__init__(self, callback, args, loop, context=None)" => init;
        /// Do not run it.
        "cancel(self)" => cancel;
        /// Was it cancelled?
        "cancelled(self)" => cancelled;
        /// The context in which it runs.
        "get_context(self)" => get_context;
        "_run(self)" => run;
        "__repr__(self)" => repr;
    }
    TIMER_METHODS {
        "__init__(self, when, callback, args, loop, context=None)" => timer_init;
        /// When it is due, on the clock of its loop.
        "when(self)" => when;
        "__hash__(self)" => hash;
        "__lt__(self, other)" => lt;
        "__le__(self, other)" => le;
        "__gt__(self, other)" => gt;
        "__ge__(self, other)" => ge;
        "__eq__(self, other)" => eq;
    }
    NO_NEW {}
}

getsets! {
    ATTRIBUTES {
        "_callback" => callback;
        "_args" => arguments;
        "_cancelled" => is_cancelled;
        "_context" => context;
        "_loop" => looped;
        "_source_traceback" => origin, set_origin;
        "_repr" => shown, set_shown;
    }
    TIMER_ATTRIBUTES {
        "_when" => when_attribute;
        "_scheduled" => scheduled, set_scheduled;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NEW, METHODS, ATTRIBUTES);
}

pub(super) fn install_timer(class: &Ref<Type>) {
    fill(class, NO_NEW, TIMER_METHODS, TIMER_ATTRIBUTES);
}

pub(super) fn of(value: &Value) -> Option<&Handle> {
    value.foreign::<Handle>()
}

fn me<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Handle, Exit> {
    of(value).ok_or_else(|| vm.type_error("a Handle is needed"))
}

fn empty() -> Handle {
    Handle {
        looped: Slot::new(Value::NONE),
        callback: Slot::new(Value::NONE),
        args: Slot::new(Value::NONE),
        context: Slot::new(Value::NONE),
        cancelled: Cell::new(false),
        scheduled: Cell::new(false),
        when: Cell::new(f64::NAN),
        whole: Cell::new(false),
        origin: Slot::new(Value::NONE),
        shown: Slot::new(Value::NONE),
    }
}

/// A handle of our own class; a timer with `when`, that is about to be armed.
pub(super) fn make(
    vm: &mut Vm,
    looped: &Value,
    callback: Value,
    args: Vec<Value>,
    context: Value,
    when: Option<&Value>,
) -> Value {
    let handle = empty();
    handle.looped.set(looped.clone());
    handle.callback.set(callback);
    handle.args.set(Value::tuple(args));
    handle.context.set(context);
    let shared = globals(vm);
    let class = match when {
        Some(when) => {
            handle.is_due(when);
            handle.scheduled.set(true);
            &shared.timer
        }
        None => &shared.handle,
    };
    Foreign::value(class, handle)
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let shared = globals(vm);
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("a class is needed")) };
    if class.is(&shared.handle) || class.is(&shared.timer) {
        return Ok(Foreign::value(&class, empty()));
    }
    let payload = Foreign::value(&shared.timer, empty());
    Ok(Value::object(Instance::wrapping(&class, payload)))
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let context = context_or_share(vm, arg_or_none(args, 4));
    let handle = me(vm, &args[0])?;
    handle.callback.set(args[1].clone());
    handle.args.set(args[2].clone());
    handle.looped.set(args[3].clone());
    handle.context.set(context);
    // A loop that is none of ours is asked.
    if core::of(&args[3]).is_none_or(|core| core.in_debug_mode()) {
        return tail_python(vm, "note_origin_if_debug", vec![args[0].clone()]);
    }
    Ok(Value::NONE)
}

fn timer_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let when = core::instant(vm, args)?;
    me(vm, &args[0])?.is_due(&when);
    let mut rest = vec![args[0].clone()];
    rest.extend_from_slice(&args[2..]);
    init(vm, &rest)
}

fn cancel(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let handle = me(vm, &args[0])?;
    if handle.cancelled.replace(true) {
        return Ok(Value::NONE);
    }
    vm.observe_loop(&args[0], Act::Disarm);
    let looped = handle.looped.get();
    let Some(core) = core::of(&looped) else {
        return tail_python(vm, "cancel_elsewhere", vec![args[0].clone()]);
    };
    if handle.scheduled.get() {
        core.events.borrow_mut().timers.note_cancelled();
    }
    if core.in_debug_mode() {
        return tail_python(vm, "cancel_in_debug", vec![args[0].clone()]);
    }
    forget(handle);
    Ok(Value::NONE)
}

/// A cancelled handle keeps nothing alive.
fn forget(handle: &Handle) {
    handle.callback.set(Value::NONE);
    handle.args.set(Value::NONE);
}

fn cancelled(vm: &mut Vm, args: &[Value]) -> NativeResult {
    is_cancelled(vm, &args[0])
}

fn get_context(vm: &mut Vm, args: &[Value]) -> NativeResult {
    context(vm, &args[0])
}

fn when(vm: &mut Vm, args: &[Value]) -> NativeResult {
    when_attribute(vm, &args[0])
}

fn run(vm: &mut Vm, args: &[Value]) -> NativeResult {
    tail_python(vm, "run_handle", vec![args[0].clone()])
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    tail_python(vm, "handle_repr", vec![args[0].clone()])
}

// ---- attributes

fn callback(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.callback.get())
}

fn arguments(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.args.get())
}

fn is_cancelled(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(me(vm, value)?.cancelled.get()))
}

fn context(vm: &mut Vm, value: &Value) -> NativeResult {
    let handle = me(vm, value)?;
    let looped = handle.looped.get();
    let outer = core::of(&looped).and_then(|core| core.way_back_from(value));
    Ok(contextvars::made(vm, &handle.context, outer))
}

fn looped(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.looped.get())
}

fn origin(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.origin.get())
}

fn set_origin(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.origin.set(new);
    Ok(Value::NONE)
}

fn shown(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.shown.get())
}

fn set_shown(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let handle = me(vm, value)?;
    handle.shown.set(new);
    forget(handle);
    Ok(Value::NONE)
}

fn when_attribute(vm: &mut Vm, value: &Value) -> NativeResult {
    let (when, whole) = (me(vm, value)?.when.get(), me(vm, value)?.whole.get());
    Ok(if whole { Value::int(when as i64) } else { Value::float(when) })
}

fn scheduled(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(me(vm, value)?.scheduled.get()))
}

fn set_scheduled(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.scheduled.set(vm.native_truth(&new).unwrap_or(false));
    Ok(Value::NONE)
}

// ---- timers among each other

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let when = Value::float(me(vm, &args[0])?.when.get());
    match vm.native_hash(&when)? {
        Some(hash) => Ok(Value::int(hash)),
        None => Ok(Value::int(0)),
    }
}

fn whens(vm: &mut Vm, args: &[Value]) -> Result<Option<(f64, f64)>, Exit> {
    let mine = me(vm, &args[0])?.when.get();
    let yours = of(&args[1]).map(|other| other.when.get()).filter(|when| !when.is_nan());
    Ok(yours.map(|yours| (mine, yours)))
}

fn answer(found: Option<bool>) -> NativeResult {
    Ok(found.map_or(Value::NOT_IMPLEMENTED, Value::bool))
}

fn lt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer(whens(vm, args)?.map(|(mine, yours)| mine < yours))
}

fn le(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer(whens(vm, args)?.map(|(mine, yours)| mine <= yours))
}

fn gt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer(whens(vm, args)?.map(|(mine, yours)| mine > yours))
}

fn ge(vm: &mut Vm, args: &[Value]) -> NativeResult {
    answer(whens(vm, args)?.map(|(mine, yours)| mine >= yours))
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(other) = of(&args[1]).filter(|other| !other.when.get().is_nan()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    Ok(Value::bool(me(vm, &args[0])?.is_like(other)))
}
