//! `_asyncio`: what asyncio does at every step. Futures, tasks, handles and the core of loops are objects of their own here;
//! what is structure above them (task groups, timeouts, queues, locks) is Python, in the files beside this one.
//!
//! The loop of `event_loop` keeps [`Entry`]s: callbacks and steps of tasks. Running them is the work of a driver
//! (`vm::Driven`), [`turn`]: it resumes a task's coroutine, is told what came out of it, and goes on with the next. [`task`] says
//! what a step of a task comes to, [`future`] how a result finds those who wait for it.

mod core;
mod future;
mod gathering;
mod handle;
mod lock;
mod queue;
mod quick;
mod task;
mod turn;
mod wait;

use super::{class, contextvars, explain, module as new_module};
use crate::builtins::{install_class_methods, install_getsets, install_methods, install_static, natives, order};
use crate::object::async_step::AsyncStep;
use crate::object::{
    Dict, Exception, Foreign, Kind, Module, NativeObject, Ref, Slot, Str, Type, TypeFlags, Value, intern,
};
use crate::vm::arguments::arg_or_none;
use crate::vm::{Exit, NativeResult, TailCall, Vm};
use std::cell::Cell;
use std::ops::Deref;

/// What all of asyncio shares.
struct Globals {
    /// How many tasks were given names.
    named: Cell<i64>,
    /// The current tasks of loops that are not ours, by loop.
    others: Ref<Dict>,
    /// What the Python half gave the natives, by name.
    python: Ref<Dict>,
    cancelled_error: Slot,
    invalid_state: Slot,
    /// `asyncio.Lock` and `asyncio.QueueShutDown`, once loaded.
    lock_class: Slot,
    shut_down: Slot,
    future: Ref<Type>,
    task: Ref<Type>,
    waiting: Ref<Type>,
    handle: Ref<Type>,
    timer: Ref<Type>,
    core: Ref<Type>,
    wait: Ref<Type>,
    lock: Ref<Type>,
    queue: Ref<Type>,
    gathering: Ref<Type>,
}

impl NativeObject for Globals {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.cancelled_error, &self.invalid_state, &self.lock_class, &self.shut_down]
            .into_iter()
            .for_each(|slot| slot.visit(see));
        self.others.show(see);
        self.python.show(see);
        let classes = [&self.future, &self.task, &self.waiting, &self.handle, &self.timer, &self.core];
        [&self.wait, &self.lock, &self.queue, &self.gathering].into_iter().for_each(|class| class.show(see));
        classes.into_iter().for_each(|class| class.show(see));
    }
    fn clear(&self) {}
}

/// [`Globals`], held by the machine.
struct Shared(Ref<Foreign>);

impl Deref for Shared {
    type Target = Globals;
    fn deref(&self) -> &Globals {
        self.0.downcast::<Globals>().expect("only globals are made into a Shared")
    }
}

/// What all of asyncio shares, made at first use.
fn globals(vm: &mut Vm) -> Shared {
    if let Some(known) = vm.hooks.shared_by_drivers.to_ref::<Foreign>() {
        return Shared(known);
    }
    let object = vm.types.object.clone();
    let plain = TypeFlags::WEAK.with(TypeFlags::DEL);
    let future = class("_asyncio", "Future", &object, plain);
    explain(&future, "What will be there later: a result, an exception, or that it was called off.");
    future.layout.set(Some(Kind::Foreign));
    future::install(&future);
    let task = class("_asyncio", "Task", &future, plain);
    explain(&task, "A coroutine that a loop runs, and the future of what comes of it.");
    task.layout.set(Some(Kind::Foreign));
    task::install(&task);
    let waiting = class("_asyncio", "FutureIter", &object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
    future::install_iterator(&waiting);
    let handle = class("asyncio.events", "Handle", &object, TypeFlags::WEAK);
    explain(&handle, "A callback that a loop is to run soon.");
    handle.layout.set(Some(Kind::Foreign));
    handle::install(&handle);
    let timer = class("asyncio.events", "TimerHandle", &handle, TypeFlags::WEAK);
    explain(&timer, "A callback that a loop is to run at a time.");
    timer.layout.set(Some(Kind::Foreign));
    handle::install_timer(&timer);
    let core = class("_asyncio", "LoopCore", &object, TypeFlags::WEAK);
    core.layout.set(Some(Kind::Foreign));
    core::install(&core);
    let wait = class("_asyncio", "Wait", &object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
    wait::install(&wait);
    let lock = class("_asyncio", "LockState", &object, TypeFlags::WEAK);
    lock.layout.set(Some(Kind::Foreign));
    lock::install(&lock);
    let queue = class("_asyncio", "QueueState", &object, TypeFlags::WEAK);
    queue.layout.set(Some(Kind::Foreign));
    queue::install(&queue);
    let gathering = class("_asyncio", "Gathering", &object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
    gathering.layout.set(Some(Kind::Foreign));
    gathering::install(&gathering);
    let made = Globals {
        named: Cell::new(0),
        others: Dict::empty(),
        python: Dict::empty(),
        cancelled_error: Slot::new(vm.types.base_exception.value()),
        invalid_state: Slot::new(vm.types.runtime_error.value()),
        lock_class: Slot::default(),
        shut_down: Slot::default(),
        future,
        task,
        waiting,
        handle,
        timer,
        core,
        wait,
        lock,
        queue,
        gathering,
    };
    let globals = Foreign::value(&object, made);
    vm.hooks.shared_by_drivers = globals.clone();
    vm.hooks.drive = turn::drive;
    vm.hooks.pass_on = turn::pass_on;
    vm.hooks.awaited = future::awaited;
    vm.hooks.thrown = wait::thrown;
    vm.hooks.at_once = quick::FORMS;
    match globals.to_ref::<Foreign>() {
        Some(globals) => Shared(globals),
        None => unreachable!("it was just made"),
    }
}

natives! {
    FUNCTIONS {
        /// Give the natives what the Python half has for them.
        "_install(**functions)" => install;
        /// The running loop; RuntimeError if there is none.
        "get_running_loop()" => get_running_loop;
        /// The running loop, or None.
        "_get_running_loop()" => running_or_none;
        "_set_running_loop(loop, /)" => set_running_loop;
        /// The task that is running in the loop, or None.
        "current_task(loop=None)" => current_task;
        /// A number that stands for the running task; 1 where there is none.
        "_who()" => who;
        /// Decorates a function that has a native form for being awaited where it is called.
        "_at_once(function, /)" => quick::mark;
        "_enter_task(loop, task)" => enter_task;
        "_leave_task(loop, task)" => leave_task;
        "_swap_current_task(loop, task)" => swap_current_task;
        "_register_task(task)" => nothing;
        "_unregister_task(task)" => nothing;
        "_register_eager_task(task)" => nothing;
        "_unregister_eager_task(task)" => nothing;
        /// Tasks that are not done, of this loop or (None) of any.
        "_pending_tasks(loop, /)" => task::pending_tasks;
        /// The async generator that is asked for an item by what its `asend` gave, and the like; None for anything else.
        "_generator_of_step(step, /)" => generator_of_step;
        /// A task of the running loop that runs the coroutine.
        "create_task(coro, *, name=None, context=None, **kwargs)" => create_task;
        /// Is it a future that these natives know?
        "_is_native_future(object, /)" => is_native_future;
        /// A list of the results or exceptions of futures that are done; None if one was cancelled, or is the program's own.
        "_outcomes(futures, /)" => future::outcomes;
        "_set_result_unless_cancelled(future, result, /)" => future::set_result_unless_cancelled;
    }
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_asyncio", "What asyncio does at every step.", FUNCTIONS);
    let shared = globals(vm);
    let classes = [
        ("Future", &shared.future),
        ("Task", &shared.task),
        ("Handle", &shared.handle),
        ("TimerHandle", &shared.timer),
        ("LoopCore", &shared.core),
        ("LockState", &shared.lock),
        ("QueueState", &shared.queue),
        ("Gathering", &shared.gathering),
    ];
    for (name, class) in classes {
        module.set(name, class.value());
    }
    module
}

/// Fill a class.
fn fill(
    class: &Ref<Type>,
    new: &'static [crate::object::native::NativeDef],
    methods: &'static [crate::object::native::NativeDef],
    attributes: &'static [crate::builtins::GetSetDef],
) {
    install_static(class, new);
    install_methods(class, methods);
    install_getsets(class, attributes);
    install_class_methods(class, order::GENERIC);
}

fn install(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let shared = globals(vm);
    let given = args.last().and_then(|last| last.to_ref::<Dict>()).map_or_else(Vec::new, |given| given.items());
    for (name, value) in given {
        let Some(name) = name.to_ref::<Str>() else { continue };
        match name.as_bytes() {
            b"CancelledError" => shared.cancelled_error.set(value),
            b"InvalidStateError" => shared.invalid_state.set(value),
            b"Lock" => shared.lock_class.set(value),
            b"QueueShutDown" => shared.shut_down.set(value),
            _ => shared.python.set_str(&intern(name.as_bytes()), value),
        }
    }
    Ok(Value::NONE)
}

/// A function of the Python half.
fn python(vm: &mut Vm, name: &str) -> Value {
    globals(vm).python.get_str(&intern(name.as_bytes())).unwrap_or(Value::NONE)
}

/// A call of a function of the Python half.
fn python_call(vm: &mut Vm, name: &str, args: Vec<Value>) -> TailCall {
    TailCall { callee: python(vm, name), args, keywords: Vec::new() }
}

/// End a native by such a call.
fn tail_python(vm: &mut Vm, name: &str, args: Vec<Value>) -> NativeResult {
    Err(Exit::Call(Box::new(python_call(vm, name, args))))
}

fn exception_of_class(class: Value, args: Vec<Value>, vm: &Vm) -> Value {
    let class = class.to_ref::<Type>().unwrap_or_else(|| vm.types.runtime_error.clone());
    Exception::of(&class, args).into_value()
}

/// `InvalidStateError(message)`
fn invalid_state(vm: &mut Vm, message: &str) -> Exit {
    let class = globals(vm).invalid_state.get();
    Exit::Raise(exception_of_class(class, vec![Value::str(message)], vm))
}

fn is_cancelled_error(vm: &mut Vm, exception: &Value) -> bool {
    let class = globals(vm).cancelled_error.get();
    class.to_ref::<Type>().is_some_and(|class| vm.is_instance(exception, &class))
}

/// Does it end the loop, whoever raised it?
fn is_fatal(vm: &Vm, exception: &Value) -> bool {
    vm.is_instance(exception, &vm.types.keyboard_interrupt) || vm.is_instance(exception, &vm.types.system_exit)
}

// ---- the running loop

fn running(vm: &mut Vm) -> Value {
    vm.running_loop.clone()
}

fn running_or_none(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(running(vm))
}

fn get_running_loop(vm: &mut Vm, _: &[Value]) -> NativeResult {
    match running(vm) {
        none if none.is_none() => Err(vm.runtime_error("no running event loop")),
        running => Ok(running),
    }
}

fn set_running_loop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.running_loop = args[0].clone();
    Ok(Value::NONE)
}

// ---- current tasks

/// The current task of a loop, or `None`.
fn current_of(vm: &mut Vm, of: &Value) -> Value {
    if let Some(core) = core::of(of) {
        return core.current();
    }
    let hash = crate::object::hashing::identity(of);
    globals(vm).others.get(of, hash).ok().flatten().unwrap_or(Value::NONE)
}

/// From now on `task` (or `None`) is the current task of a loop; what was before.
fn replace_current(vm: &mut Vm, of: &Value, task: Value) -> Value {
    let old = current_of(vm, of);
    match core::of(of) {
        Some(core) => core.set_current(task),
        None => {
            let (hash, others) = (crate::object::hashing::identity(of), globals(vm).others.clone());
            if task.is_none() {
                drop(others.remove(of, hash));
            } else {
                drop(others.set(of, hash, task));
            }
        }
    }
    old
}

fn current_task(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let of = match arg_or_none(args, 0) {
        Some(given) => given.clone(),
        None => get_running_loop(vm, &[])?,
    };
    Ok(current_of(vm, &of))
}

fn who(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::int(quick::who(vm)))
}

fn enter_task(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let current = current_of(vm, &args[0]);
    if !current.is_none() {
        return tail_python(vm, "cannot_enter", vec![args[1].clone(), current]);
    }
    replace_current(vm, &args[0], args[1].clone());
    Ok(Value::NONE)
}

fn leave_task(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let current = current_of(vm, &args[0]);
    if !current.is(&args[1]) {
        return tail_python(vm, "cannot_leave", vec![args[1].clone(), current]);
    }
    replace_current(vm, &args[0], Value::NONE);
    Ok(Value::NONE)
}

fn swap_current_task(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(replace_current(vm, &args[0], args[1].clone()))
}

fn nothing(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NONE)
}

fn generator_of_step(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].get::<AsyncStep>().map_or(Value::NONE, |step| step.generator.value()))
}

fn is_native_future(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(future::of(&args[0]).is_some()))
}

// ---- making tasks

fn create_task(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let running = get_running_loop(vm, &[])?;
    let mut keywords = args[3].to_ref::<Dict>().map_or_else(Vec::new, |given| given.items());
    let plain = keywords.is_empty() && core::of(&running).is_some_and(|core| core.makes_plain_tasks(&running));
    let (name, context) = (arg_or_none(args, 1).cloned(), arg_or_none(args, 2).cloned());
    if plain {
        return task::make(vm, &running, &args[0], name, context, None);
    }
    let given = [("name", name), ("context", context)];
    for (key, value) in given.into_iter().rev() {
        if let Some(value) = value {
            keywords.insert(0, (Value::object(intern(key.as_bytes())), value));
        }
    }
    let method = vm.load_attr(&running, &intern(b"create_task"))?;
    vm.tail_call_kw(method, vec![args[0].clone()], keywords)
}

/// The context given, or what a slot is to hold for a copy of the current one.
fn context_or_share(vm: &mut Vm, given: Option<&Value>) -> Value {
    match given {
        Some(context) => context.clone(),
        None => contextvars::share_current(vm),
    }
}
