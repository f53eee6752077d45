//! `_threads`: what `_thread`, `threading` and the loops of asyncio stand on. The machine's side is `vm::threads`.

use super::structseq::{self, StructSequence};
use super::time::nanoseconds;
use super::{class, explain, kept_class, module as new_module};
use crate::builtins::{getsets, install_functions, install_getsets, install_methods, install_static, natives};
use crate::host::{Events, Fd, Host};
use crate::object::{Dict, Foreign, Module, NativeObject, Ref, Type, TypeFlags, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::Cell;

natives! {
    FUNCTIONS {
        /// A new thread that calls a function written in Python; its number.
        "start(function, /, *args)" => start;
        /// The number of the running thread.
        "number()" => number;
        /// Is there no other thread?
        "alone()" => alone;
        /// Wake the first thread that waits for this, or all that do; how many that were.
        "wake(key, all=False, /)" => wake;
        /// Is about to wait for this, until a time on the monotonic clock in nanoseconds.
        "park(key, deadline=None, /)" => park;
        /// Is the wait over: was it woken (True), or is the time up (False)? None: not yet.
        "resumed()" => resumed;
        /// For what each thread waits that does, and where each stands.
        "waits()" => all_waits;
        /// Give up the rest of this turn.
        "give_way()" => give_way;
    }
    PRELUDE {
        "_thread_resumed()" => resumed;
        "_thread_park(key, deadline, /)" => park;
        "_lock_taken(lock, /)" => taken;
        "_lock_taken_or_parked(lock, deadline, /)" => taken_or_parked;
    }
    LOCK_NEW {
        "__new__(cls, /, *args, **kwargs)" => lock_new;
    }
    LOCK_METHODS {
        /// Take the lock, waiting until it is free; False if it is not within so many seconds.
        "acquire(self, blocking=True, timeout=-1)" => acquire;
        /// Free the lock.
        "release(self)" => release;
        /// Has somebody taken it?
        "locked(self)" => locked;
        "acquire_lock(self, blocking=True, timeout=-1)" => acquire;
        "release_lock(self)" => release;
        "locked_lock(self)" => locked;
        "__enter__(self)" => acquire;
        "__exit__(self, *args)" => leave;
        "__repr__(self)" => shown;
        "_at_fork_reinit(self)" => reset;
    }
}

getsets! {
    LOCK_ATTRIBUTES {
        "_holder" => holder;
    }
}

/// `_thread.lock`: at most one thread has it.
struct Lock {
    /// The number of the thread that took it; 0 when it is free.
    holder: Cell<i64>,
}

impl NativeObject for Lock {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

fn lock_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_thread.lock", |vm| {
        let made = class("_thread", "lock", &vm.types.object, TypeFlags::FINAL.with(TypeFlags::WEAK));
        explain(&made, "What one thread at most has at a time; any thread may release it.");
        install_static(&made, LOCK_NEW);
        install_methods(&made, LOCK_METHODS);
        install_getsets(&made, LOCK_ATTRIBUTES);
        made
    })
}

/// Install what the prelude needs.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "_threads", PRELUDE);
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_threads", "Threads: further control stacks of the machine.", FUNCTIONS);
    module.set("lock", lock_class(vm).into_value());
    module.set("_ExceptHookArgs", structseq::class_of(vm, &EXCEPT_HOOK_ARGS).into_value());
    module
}

/// What `threading.excepthook` is told.
static EXCEPT_HOOK_ARGS: StructSequence = StructSequence {
    module: "_thread",
    name: "_ExceptHookArgs",
    key: "_thread._ExceptHookArgs",
    fields: &["exc_type", "exc_value", "exc_traceback", "thread"],
    hidden: &[],
    constructible: true,
};

// ---- locks

fn lock_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // The keywords come last.
    let (keywords, given) =
        args[1..].split_last().map_or((None, &args[1..]), |(last, given)| (last.get::<Dict>(), given));
    if keywords.is_some_and(|keywords| !keywords.is_empty()) {
        return Err(vm.type_error("lock() takes no keyword arguments"));
    }
    if !given.is_empty() {
        return Err(vm.type_error(format!("lock expected 0 arguments, got {}", given.len())));
    }
    let class = lock_class(vm);
    Ok(Foreign::value(&class, Lock { holder: Cell::new(0) }))
}

fn me<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Lock, Exit> {
    args[0].foreign::<Lock>().ok_or_else(|| vm.type_error("a lock is needed"))
}

/// Take it if it is free.
fn take(vm: &Vm, lock: &Lock) -> bool {
    let free = lock.holder.get() == 0;
    if free {
        lock.holder.set(vm.threads.running());
    }
    free
}

fn acquire(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let blocking = match arg(args, 1) {
        Some(blocking) => vm.native_truth(blocking).unwrap_or(true),
        None => true,
    };
    let ns = match arg(args, 2) {
        Some(timeout) if timeout.as_integer().and_then(|given| given.to_i64()) != Some(-1) => {
            let ns = nanoseconds(vm, args, 2)?;
            if ns == -1_000_000_000 { None } else { Some(ns) }
        }
        _ => None,
    };
    match ns {
        Some(_) if !blocking => return Err(vm.value_error("can't specify a timeout for a non-blocking call")),
        Some(ns) if ns < 0 => return Err(vm.value_error("timeout value must be a non-negative number")),
        _ => {}
    }
    if take(vm, me(vm, args)?) {
        return Ok(Value::TRUE);
    }
    if !blocking {
        return Ok(Value::FALSE);
    }
    let deadline = ns.map_or(Value::NONE, |ns| Value::int(vm.host.monotonic_ns().saturating_add(ns)));
    vm.tail_prelude("lock_when_free", vec![args[0].clone(), deadline])
}

fn taken(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(take(vm, me(vm, args)?)))
}

/// Take it, or be about to wait until it is free: nothing comes between the look and the wait.
fn taken_or_parked(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if take(vm, me(vm, args)?) {
        return Ok(Value::TRUE);
    }
    let deadline = match arg_or_none(args, 1) {
        Some(_) => Some(vm.index_arg(args, 1)?),
        None => None,
    };
    vm.park(args[0].clone(), deadline, Vec::new());
    Ok(Value::FALSE)
}

fn release(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if me(vm, args)?.holder.replace(0) == 0 {
        return Err(vm.runtime_error("release unlocked lock"));
    }
    vm.threads.wake(&args[0], false);
    Ok(Value::NONE)
}

fn leave(vm: &mut Vm, args: &[Value]) -> NativeResult {
    release(vm, args)
}

fn locked(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(me(vm, args)?.holder.get() != 0))
}

fn reset(vm: &mut Vm, args: &[Value]) -> NativeResult {
    me(vm, args)?.holder.set(0);
    Ok(Value::NONE)
}

fn holder(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(me(vm, std::slice::from_ref(value))?.holder.get()))
}

fn shown(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let state = if me(vm, args)?.holder.get() == 0 { "unlocked" } else { "locked" };
    let address = crate::object::identity(&args[0]);
    Ok(Value::str(format!("<{state} _thread.lock object at {address:#x}>")))
}

// ---- threads

fn start(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if vm.is_finalizing {
        let class = vm.types.python_finalization_error.clone();
        return Err(vm.raise(&class, "can't create new thread at interpreter shutdown"));
    }
    vm.start_thread(args[0].clone(), args[1..].to_vec()).map(Value::int)
}

fn number(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::int(vm.threads.running()))
}

fn alone(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.threads.is_alone()))
}

fn wake(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let all = args.get(1).is_some_and(|all| all.as_bool() == Some(true));
    Ok(Value::size(vm.threads.wake(&args[0], all)))
}

fn park(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deadline = match arg_or_none(args, 1) {
        Some(_) => Some(vm.index_arg(args, 1)?),
        None => None,
    };
    vm.park(args[0].clone(), deadline, Vec::new());
    Ok(Value::NONE)
}

fn resumed(vm: &mut Vm, _: &[Value]) -> NativeResult {
    if vm.threads.told_of_deadlock() {
        let told = waits(vm);
        vm.threads.give_up_wait();
        return vm.tail_prelude("all_threads_wait", told);
    }
    Ok(vm.threads.resumed().map_or(Value::NONE, Value::bool))
}

/// For what threads wait: pairs of a number and what would wake it; and where they stand: pairs of a number and its calls.
fn waits(vm: &mut Vm) -> Vec<Value> {
    let pairs = |found: Vec<(i64, Value)>| {
        let pair = |(number, value)| Value::tuple(vec![Value::int(number), value]);
        Value::list(found.into_iter().map(pair).collect())
    };
    let keys = vm.threads.waits().map(|(number, key)| (number, key.clone())).collect();
    vec![pairs(keys), pairs(vm.stand_of_threads())]
}

fn all_waits(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::tuple(waits(vm)))
}

fn give_way(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.threads.give_way();
    Ok(Value::NONE)
}

/// Have something done aside that may take long, if other threads could run meanwhile. When it is done, the running native,
/// which has `own` arguments, is called again with the bell as one more: that is then the answer.
pub fn aside(
    vm: &mut Vm,
    args: &[Value],
    own: usize,
    ask: impl FnOnce(&mut dyn Host) -> Option<Fd>,
) -> Result<Option<Fd>, Exit> {
    let bell = match args.get(own) {
        Some(bell) => bell.as_small().and_then(|bell| Fd::try_from(bell).ok()),
        None if vm.threads.is_alone() => None,
        None => ask(vm.host.as_mut()),
    };
    if let Some(bell) = bell {
        let own_or_not_given = args.iter().take(own).cloned().chain(std::iter::repeat(Value::UNDEF));
        let again = || own_or_not_given.take(own).chain([Value::small(i64::from(bell))]).collect();
        let_others_run(vm, again, &[(bell, Events::READ)], None, false)?;
    }
    Ok(bell)
}

/// Before a native waits for descriptors: if other threads could run meanwhile, and nothing has happened there yet, it ends by
/// letting them, and is then called again with these arguments. `deadline`: when it must be called in any case; or, `in_time`, when it is a `TimeoutError` instead.
pub fn let_others_run(
    vm: &mut Vm,
    args: impl FnOnce() -> Vec<Value>,
    watched: &[(Fd, Events)],
    deadline: Option<i64>,
    in_time: bool,
) -> Result<(), Exit> {
    if vm.threads.is_alone() || deadline.is_some_and(|at| at <= vm.host.monotonic_ns()) {
        return Ok(());
    }
    match vm.host.poll(watched, Some(std::time::Duration::ZERO)) {
        Ok(ready) if ready.is_empty() => Err(vm.park_and_again(args(), deadline, watched.to_vec(), in_time)),
        // What is wrong is found by whoever asked.
        _ => Ok(()),
    }
}
