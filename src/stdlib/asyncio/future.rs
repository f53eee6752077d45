//! Futures: results that are not there yet, and who waits for them.

use super::core::{self, Core, Entry};
use super::task::Task;
use super::wait::Wait;
use super::{
    context_or_share, contextvars, exception_of_class, fill, globals, handle, invalid_state, python_call, running,
    tail_python,
};
use crate::builtins::{getsets, install_methods, natives};
use crate::object::{Exception, Foreign, Instance, Kind, Method, NativeObject, Ref, Slot, Type, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::observer::Act;
use crate::vm::{Awaited, Exit, NativeResult, TailCall, Vm};
use std::cell::{Cell, OnceCell, RefCell};

/// Where a future stands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Pending,
    Cancelled,
    /// With a result.
    Finished,
    /// With an exception.
    Failed,
}

/// A future; part of every task.
pub(super) struct Future {
    pub looped: Slot,
    pub state: Cell<State>,
    /// The result or the exception.
    pub outcome: Slot,
    /// Was it handed out by an `await` that waits for whoever runs the coroutine to take notice?
    pub blocking: Cell<bool>,
    /// Has nobody looked at the exception yet?
    pub log_traceback: Cell<bool>,
    /// It is a task, ...
    pub is_task: bool,
    /// ... which has something to say if it is lost while it is pending.
    pub log_destroyed: Cell<bool>,
    /// The first of its callbacks is that of a call of `gather`.
    pub gathered: Cell<bool>,
    /// It is inside an instance of a derived class, which has the last word instead of it.
    wrapped: Cell<bool>,
    finalized: Cell<bool>,
    /// The first of those who want to know: a callback and its context (see `contextvars::share_current`), or a task that
    /// waits, and nothing.
    first: Slot,
    first_context: Slot,
    rare: OnceCell<Box<Rare>>,
}

/// What most futures and tasks do not have.
#[derive(Default)]
pub(super) struct Rare {
    /// Who wants to know, besides the first.
    more: RefCell<Vec<(Value, Value)>>,
    message: Slot,
    /// The `CancelledError` that ended the task, to be raised once by whoever asks for its result.
    cancelled_error: Slot,
    /// The traceback that the exception had when it was set.
    traceback: Slot,
    /// Where it was made, in debug mode.
    origin: Slot,
    /// The error that the next step of a task throws in.
    pub error: Slot,
    /// The task that was current before, while a task is stepped outside of any loop of ours.
    pub previous: Slot,
}

impl Rare {
    fn slots(&self) -> [&Slot; 6] {
        [&self.message, &self.cancelled_error, &self.traceback, &self.origin, &self.error, &self.previous]
    }
}

impl NativeObject for Future {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.looped, &self.outcome, &self.first, &self.first_context].into_iter().for_each(|slot| slot.visit(see));
        if let Some(rare) = self.rare.get() {
            for (callback, context) in &*rare.more.borrow() {
                see(callback);
                see(context);
            }
            rare.slots().into_iter().for_each(|slot| slot.visit(see));
        }
    }
    fn clear(&self) {
        [&self.looped, &self.outcome, &self.first, &self.first_context].into_iter().for_each(|slot| drop(slot.take()));
        if let Some(rare) = self.rare.get() {
            drop(rare.more.take());
            rare.slots().into_iter().for_each(|slot| drop(slot.take()));
        }
    }
    fn outside(&self) -> usize {
        self.rare
            .get()
            .map_or(0, |rare| size_of::<Rare>() + rare.more.borrow().capacity() * size_of::<(Value, Value)>())
    }
    fn is_awaited(&self) -> bool {
        !self.wrapped.get()
    }
    fn wants_finalizer(&self) -> bool {
        !self.wrapped.get() && self.has_last_words() && !self.finalized.replace(true)
    }
}

/// What iterates over a future: `future.__await__()`.
struct Waiting {
    future: Slot,
}

impl NativeObject for Waiting {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.future.visit(see);
    }
    fn clear(&self) {
        self.future.set(Value::NONE);
    }
}

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    METHODS {
        "__init__(self, *, loop=None)" => init;
        /// The result; raises the exception if there is one.
        "result(self, /)" => result;
        /// The exception, or None.
        "exception(self, /)" => exception;
        /// Mark the future done, with a result.
        "set_result(self, result, /)" => set_result;
        /// Mark the future done, with an exception.
        "set_exception(self, exception, /)" => set_exception;
        /// Have a callback called when the future is done.
        "add_done_callback(self, fn, /, *, context=None)" => add_done_callback;
        /// Take all occurrences of a callback out; how many there were.
        "remove_done_callback(self, fn, /)" => remove_done_callback;
        /// Cancel the future; False if it is done.
        "cancel(self, /, msg=None)" => cancel;
        /// Was it cancelled?
        "cancelled(self, /)" => cancelled;
        /// Is it done?
        "done(self, /)" => done;
        /// The loop it belongs to.
        "get_loop(self, /)" => get_loop;
        "_make_cancelled_error(self, /)" => make_cancelled_error_native;
        "__iter__(self, /)" => wait;
        "__await__(self, /)" => wait;
        "__repr__(self, /)" => repr;
        "__del__(self, /)" => del;
    }
    ITERATOR_METHODS {
        "__iter__(self, /)" => iterator_itself;
        "__next__(self, /)" => iterator_next;
        "send(self, value, /)" => iterator_send;
        "throw(self, type, value=None, traceback=None, /)" => iterator_throw;
        "close(self, /)" => iterator_close;
    }
}

getsets! {
    ATTRIBUTES {
        "_state" => state;
        "_asyncio_future_blocking" => blocking, set_blocking;
        "_loop" => looped;
        "_callbacks" => callbacks;
        "_result" => result_attribute;
        "_exception" => exception_attribute;
        "_log_traceback" => log_traceback, set_log_traceback;
        "_source_traceback" => origin, set_origin;
        "_cancel_message" => message, set_message;
        "_asyncio_awaited_by" => awaited_by;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NEW, METHODS, ATTRIBUTES);
}

pub(super) fn install_iterator(class: &Ref<Type>) {
    install_methods(class, ITERATOR_METHODS);
}

/// The future (or task) that a value is, or wraps.
#[inline]
pub(super) fn of(value: &Value) -> Option<&Future> {
    let foreign = value.native::<Foreign>()?;
    foreign.downcast::<Task>().map(|task| &task.future).or_else(|| foreign.downcast::<Future>())
}

pub(super) fn me<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Future, Exit> {
    let future = args.first().and_then(of);
    future.ok_or_else(|| vm.type_error("a Future is needed"))
}

/// The same, if its `__init__` was called.
fn begun<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Future, Exit> {
    let future = me(vm, args)?;
    if future.looped.is_none() { Err(vm.runtime_error(NO_INIT)) } else { Ok(future) }
}

const NO_INIT: &str = "Future object is not initialized.";

impl Future {
    pub fn pending(looped: Value, is_task: bool) -> Future {
        Future {
            looped: Slot::new(looped),
            state: Cell::new(State::Pending),
            outcome: Slot::default(),
            blocking: Cell::new(false),
            log_traceback: Cell::new(false),
            is_task,
            log_destroyed: Cell::new(is_task),
            gathered: Cell::new(false),
            wrapped: Cell::new(false),
            finalized: Cell::new(false),
            first: Slot::default(),
            first_context: Slot::default(),
            rare: OnceCell::new(),
        }
    }

    pub fn is_done(&self) -> bool {
        self.state.get() != State::Pending
    }

    pub fn is_cancelled(&self) -> bool {
        self.state.get() == State::Cancelled
    }

    /// Is it the object that the program knows, and not inside one of a derived class?
    pub fn is_outermost(&self) -> bool {
        !self.wrapped.get()
    }

    /// Was it found that nobody refers to it any more?
    pub fn is_lost(&self) -> bool {
        self.finalized.get()
    }

    fn has_last_words(&self) -> bool {
        self.log_traceback.get() || self.log_destroyed.get() && !self.is_done()
    }

    fn rare(&self, which: impl Fn(&Rare) -> &Slot) -> Value {
        self.rare.get().map_or(Value::UNDEF, |rare| which(rare).get())
    }

    pub fn take_rare(&self, which: impl Fn(&Rare) -> &Slot) -> Value {
        self.rare.get().map_or(Value::UNDEF, |rare| which(rare).take())
    }

    pub fn set_rare(&self, which: impl Fn(&Rare) -> &Slot, value: Value) {
        which(self.rare.get_or_init(Box::default)).set(value);
    }

    pub fn has_rare(&self, which: impl Fn(&Rare) -> &Slot) -> bool {
        self.rare.get().is_some_and(|rare| !which(rare).is_undef())
    }

    /// Has it none of what most have not?
    fn is_common(&self) -> bool {
        self.rare.get().is_none()
    }

    pub fn keep_cancelled_error(&self, exception: Value) {
        self.set_rare(|rare| &rare.cancelled_error, exception);
    }

    pub fn cancel_message(&self) -> Value {
        let message = self.rare(|rare| &rare.message);
        if message.is_undef() { Value::NONE } else { message }
    }

    pub fn set_cancel_message(&self, message: Value) {
        if !message.is_none() || !self.cancel_message().is_none() {
            self.set_rare(|rare| &rare.message, message);
        }
    }

    /// Does nobody want to know?
    fn is_unheard(&self) -> bool {
        self.first.is_undef() && self.rare.get().is_none_or(|rare| rare.more.borrow().is_empty())
    }

    /// One more who wants to know; is that the first?
    pub fn subscribe(&self, callback: Value, context: Value) -> bool {
        let first = self.is_unheard();
        if first {
            self.first.set(callback);
            self.first_context.set(context);
        } else {
            self.rare.get_or_init(Box::default).more.borrow_mut().push((callback, context));
        }
        first
    }

    /// Those who want to know besides the first.
    fn take_more(&self) -> Vec<(Value, Value)> {
        self.rare.get().map_or_else(Vec::new, |rare| rare.more.take())
    }

    /// The first of those who want to know.
    pub fn take_first(&self) -> (Value, Value) {
        self.gathered.set(false);
        (self.first.take(), self.first_context.take())
    }

    /// Those who want to know, in their order; from now on nobody does.
    fn take_callbacks(&self) -> Vec<(Value, Value)> {
        // A call of `gather` that is about to be told counts as told.
        if self.is_done() { Vec::new() } else { self.take_all() }
    }

    /// The same, of a future that has just become done.
    fn take_all(&self) -> Vec<(Value, Value)> {
        let mut all = Vec::new();
        self.gathered.set(false);
        let first = self.first.take();
        if !first.is_undef() {
            all.push((first, self.first_context.take()));
        }
        all.extend(self.take_more());
        all
    }

    fn put_callbacks(&self, all: Vec<(Value, Value)>) {
        for (callback, context) in all {
            self.subscribe(callback, context);
        }
    }
}

/// A pending future of our own class.
pub(super) fn make(vm: &mut Vm, looped: &Value) -> Value {
    let class = globals(vm).future.clone();
    Foreign::value(&class, Future::pending(looped.clone(), false))
}

/// A future or task, wrapped for a derived class.
pub(super) fn instance(class: &Ref<Type>, exact: &Ref<Type>, object: impl NativeObject) -> Value {
    let made = Foreign::value(exact, object);
    if class.is(exact) {
        return made;
    }
    if let Some(future) = of(&made) {
        future.wrapped.set(true);
    }
    Value::object(Instance::wrapping(class, made))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = globals(vm).future.clone();
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("a class is needed")) };
    Ok(instance(&class, &exact, Future::pending(Value::NONE, false)))
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let looped = match arg_or_none(args, 1) {
        Some(given) => given.clone(),
        None => match running(vm) {
            none if none.is_none() => return tail_python(vm, "future_init", vec![args[0].clone()]),
            running => running,
        },
    };
    let future = me(vm, args)?;
    if future.is_done() || !future.first.is_undef() {
        future.state.set(State::Pending);
        drop(future.take_callbacks());
        future.outcome.set(Value::UNDEF);
        future.log_traceback.set(false);
    }
    future.looped.set(looped.clone());
    match core::of(&looped) {
        Some(core) if !core.in_debug_mode() => Ok(Value::NONE),
        Some(_) => tail_python(vm, "note_origin", vec![args[0].clone()]),
        None => tail_python(vm, "note_origin_if_debug", vec![args[0].clone()]),
    }
}

// ---- becoming done

/// Those who want to know are told: their callbacks are queued. A call to be made in Python, if the loop is not one of ours.
pub(super) fn tell(vm: &mut Vm, value: &Value, future: &Future) -> Result<Option<TailCall>, Exit> {
    if future.is_unheard() {
        return Ok(None);
    }
    let looped = future.looped.get();
    let Some(core) = core::plain(&looped) else {
        let mut pairs = Vec::new();
        for (callback, context) in future.take_all() {
            if context.is_undef() {
                vm.observe_loop(&callback, Act::Wake { future: value });
            }
            pairs.push(pair(vm, &callback, &context));
        }
        return Ok(Some(python_call(vm, "tell", vec![looped, value.clone(), Value::list(pairs)])));
    };
    core::check_closed(vm, core)?;
    if future.gathered.get() && !core.in_debug_mode() {
        core.events.borrow_mut().ready.push_back(Entry::Gathered(value.clone()));
    } else if !future.first.is_undef() {
        let (first, context) = future.take_first();
        tell_one(vm, core, &looped, value, first, context);
    }
    if !future.is_common() {
        for (callback, context) in future.take_more() {
            tell_one(vm, core, &looped, value, callback, context);
        }
    }
    Ok(None)
}

/// Queue what a callback of a future that is done, or a task that waits for it, is to do.
fn tell_one(vm: &mut Vm, core: &Core, looped: &Value, value: &Value, callback: Value, context: Value) {
    let entry = if context.is_undef() {
        core.observe(vm, &callback, Act::Wake { future: value });
        Entry::WakeUp(callback)
    } else {
        Entry::Handle(handle_of(vm, core, looped, callback, value, context))
    };
    core.events.borrow_mut().ready.push_back(entry);
}

/// The callback of a future that is done, to be queued.
pub(super) fn handle_of(
    vm: &mut Vm,
    core: &Core,
    looped: &Value,
    callback: Value,
    future: &Value,
    context: Value,
) -> Value {
    let args = vec![future.clone()];
    if !vm.is_observed() {
        return handle::make(vm, looped, callback, args, context, None);
    }
    let made = handle::make(vm, looped, callback.clone(), args.clone(), context, None);
    core.observe(vm, &made, Act::Queue { callback: &callback, args: &args });
    made
}

/// What a native comes to when those who want to know have been told.
fn told(call: Option<TailCall>, value: Value) -> NativeResult {
    match call {
        None => Ok(value),
        Some(mut call) => {
            call.args.push(value);
            Err(Exit::Call(Box::new(call)))
        }
    }
}

/// Done, with a result.
pub(super) fn finish(vm: &mut Vm, value: &Value, future: &Future, result: Value) -> Result<Option<TailCall>, Exit> {
    future.outcome.set(result);
    future.state.set(State::Finished);
    tell(vm, value, future)
}

/// Done, with an exception.
pub(super) fn fail(vm: &mut Vm, value: &Value, future: &Future, exception: Value) -> Result<Option<TailCall>, Exit> {
    let traceback = exception.get::<Exception>().map(|exception| exception.traceback.get());
    if let Some(traceback) = traceback
        && !traceback.is_none()
    {
        future.set_rare(|rare| &rare.traceback, traceback);
    }
    future.outcome.set(exception);
    future.state.set(State::Failed);
    future.log_traceback.set(true);
    tell(vm, value, future)
}

/// Done, by cancellation.
pub(super) fn be_cancelled(
    vm: &mut Vm,
    value: &Value,
    future: &Future,
    message: Value,
) -> Result<Option<TailCall>, Exit> {
    future.log_traceback.set(false);
    future.state.set(State::Cancelled);
    future.set_cancel_message(message);
    tell(vm, value, future)
}

pub(super) fn set_result(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = begun(vm, args)?;
    if future.is_done() {
        return Err(invalid_state(vm, "invalid state"));
    }
    let call = finish(vm, &args[0], future, args[1].clone())?;
    told(call, Value::NONE)
}

/// What each of a list of futures came to, results and exceptions alike. `None` if that is to be asked of methods.
pub(super) fn outcomes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let children = vm.native_items(&args[0])?.unwrap_or_default();
    let mut outcomes = Vec::with_capacity(children.len());
    for (number, child) in children.iter().enumerate() {
        vm.tick(number)?;
        match of(child).filter(|_| child.is_kind(Kind::Foreign)) {
            Some(future) if matches!(future.state.get(), State::Finished | State::Failed) => {
                future.log_traceback.set(false);
                outcomes.push(future.outcome.get());
            }
            _ => return Ok(Value::NONE),
        }
    }
    Ok(Value::list(outcomes))
}

/// `future.set_result(result)`, if it is still pending.
pub(super) fn set_result_unless_cancelled(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match of(&args[0]) {
        Some(future) if future.state.get() == State::Cancelled => Ok(Value::NONE),
        Some(_) => set_result(vm, args),
        None => tail_python(vm, "set_result_unless_cancelled", args.to_vec()),
    }
}

fn set_exception(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = begun(vm, args)?;
    if future.is_done() {
        return Err(invalid_state(vm, "invalid state"));
    }
    if !args[1].is_kind(Kind::Exception) {
        return tail_python(vm, "set_exception_class", args.to_vec());
    }
    let mut exception = args[1].clone();
    if vm.is_instance(&exception, &vm.types.stop_iteration) {
        let message = "StopIteration interacts badly with generators and cannot be raised into a Future";
        let replacement = vm.exception_of(vm.runtime_error(message));
        if let Some(raised) = replacement.get::<Exception>() {
            raised.cause.set(exception.clone());
            raised.context.set(exception);
        }
        exception = replacement;
    }
    let call = fail(vm, &args[0], future, exception)?;
    told(call, Value::NONE)
}

fn cancel(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = begun(vm, args)?;
    future.log_traceback.set(false);
    if future.is_done() {
        return Ok(Value::FALSE);
    }
    let call = be_cancelled(vm, &args[0], future, arg(args, 1).cloned().unwrap_or(Value::NONE))?;
    told(call, Value::TRUE)
}

// ---- what came of it

/// The `CancelledError` that a cancelled future raises.
pub(super) fn make_cancelled_error(vm: &mut Vm, future: &Future) -> Value {
    let kept = future.rare(|rare| &rare.cancelled_error);
    if !kept.is_undef() {
        future.set_rare(|rare| &rare.cancelled_error, Value::UNDEF);
        return kept;
    }
    let message = future.cancel_message();
    let args = if message.is_none() { Vec::new() } else { vec![message] };
    let class = globals(vm).cancelled_error.get();
    exception_of_class(class, args, vm)
}

fn make_cancelled_error_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = me(vm, args)?;
    Ok(make_cancelled_error(vm, future))
}

/// What the future came to; `Err` holds the exception, and `None` stands for a future that is not done.
pub(super) fn outcome(vm: &mut Vm, future: &Future) -> Option<Result<Value, Value>> {
    match future.state.get() {
        State::Pending => None,
        State::Cancelled => Some(Err(make_cancelled_error(vm, future))),
        State::Finished => Some(Ok(future.outcome.get())),
        State::Failed => {
            future.log_traceback.set(false);
            let outcome = future.outcome.get();
            if let Some(exception) = outcome.get::<Exception>() {
                let traceback = future.rare(|rare| &rare.traceback);
                let known = !traceback.is_undef();
                exception.traceback.set(if known { traceback } else { Value::NONE });
                if known {
                    future.set_rare(|rare| &rare.traceback, Value::UNDEF);
                }
            }
            Some(Err(outcome))
        }
    }
}

/// The `InvalidStateError` of a future that is pending.
fn not_set(vm: &mut Vm, future: &Future, message: &str) -> Exit {
    invalid_state(vm, if future.looped.is_none() { NO_INIT } else { message })
}

fn result(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = me(vm, args)?;
    match outcome(vm, future) {
        Some(Ok(result)) => Ok(result),
        Some(Err(exception)) => Err(Exit::Raise(exception)),
        None => Err(not_set(vm, future, "Result is not set.")),
    }
}

fn exception(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = me(vm, args)?;
    match future.state.get() {
        State::Pending => Err(not_set(vm, future, "Exception is not set.")),
        State::Cancelled => Err(Exit::Raise(make_cancelled_error(vm, future))),
        State::Finished => Ok(Value::NONE),
        State::Failed => {
            future.log_traceback.set(false);
            Ok(future.outcome.get())
        }
    }
}

fn cancelled(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(me(vm, args)?.state.get() == State::Cancelled))
}

fn done(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(me(vm, args)?.is_done()))
}

fn get_loop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(begun(vm, args)?.looped.get())
}

// ---- those who want to know

/// Wake `task` when the future is done.
pub(super) fn wake_when_done(
    vm: &mut Vm,
    value: &Value,
    future: &Future,
    task: &Value,
) -> Result<Option<TailCall>, Exit> {
    if !future.is_done() {
        future.subscribe(task.clone(), Value::UNDEF);
        return Ok(None);
    }
    let looped = future.looped.get();
    match core::plain(&looped) {
        Some(core) => {
            core::check_closed(vm, core)?;
            core.observe(vm, task, Act::Wake { future: value });
            core.events.borrow_mut().ready.push_back(Entry::WakeUp(task.clone()));
            Ok(None)
        }
        None => {
            vm.observe_loop(task, Act::Wake { future: value });
            let pairs = Value::list(vec![pair(vm, task, &Value::UNDEF)]);
            Ok(Some(python_call(vm, "tell", vec![looped, value.clone(), pairs])))
        }
    }
}

/// What stands for a task that waits among callbacks.
fn wake_up_method(vm: &mut Vm, task: &Value) -> Value {
    match vm.class_of(task).lookup(&intern(b"task_wakeup")) {
        Some(function) => Value::object(Ref::new(Method { function, receiver: task.clone() })),
        None => Value::NONE,
    }
}

/// Who wants to know as the program sees it: a callback, and the context in which it is to run.
fn pair(vm: &mut Vm, callback: &Value, context: &Value) -> Value {
    let (callback, context) = if context.is_undef() {
        (wake_up_method(vm, callback), super::task::context(vm, callback).unwrap_or(Value::NONE))
    } else {
        (callback.clone(), contextvars::made(vm, &Slot::new(context.clone()), None))
    };
    Value::tuple(vec![callback, context])
}

fn add_done_callback(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let context = context_or_share(vm, arg_or_none(args, 2));
    let future = me(vm, args)?;
    if future.looped.is_none() {
        return Err(vm.runtime_error("uninitialized Future object"));
    }
    if !future.is_done() {
        future.subscribe(args[1].clone(), context);
        return Ok(Value::NONE);
    }
    let looped = future.looped.get();
    match core::plain(&looped) {
        Some(core) => {
            core::check_closed(vm, core)?;
            let handle = handle_of(vm, core, &looped, args[1].clone(), &args[0], context);
            core.events.borrow_mut().ready.push_back(Entry::Handle(handle));
            Ok(Value::NONE)
        }
        None => {
            let pairs = Value::list(vec![pair(vm, &args[1], &context)]);
            tail_python(vm, "tell", vec![looped, args[0].clone(), pairs, Value::NONE])
        }
    }
}

fn remove_done_callback(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = begun(vm, args)?;
    let all = future.take_callbacks();
    let mut kept = Vec::with_capacity(all.len());
    let mut removed = 0;
    for (callback, context) in &all {
        let shown = if context.is_undef() { wake_up_method(vm, callback) } else { callback.clone() };
        match vm.native_same(&shown, &args[1])? {
            Some(true) => removed += 1,
            Some(false) => kept.push((callback.clone(), context.clone())),
            None => {
                // Comparing needs Python code.
                future.put_callbacks(all.clone());
                return tail_python(vm, "remove_done_callback", args.to_vec());
            }
        }
    }
    future.put_callbacks(kept);
    Ok(Value::int(removed))
}

fn callbacks(vm: &mut Vm, value: &Value) -> NativeResult {
    let future = begun_inside(vm, value)?;
    let all = future.take_callbacks();
    let shown: Vec<Value> = all.iter().map(|(callback, context)| pair(vm, callback, context)).collect();
    future.put_callbacks(all);
    Ok(if shown.is_empty() { Value::NONE } else { Value::list(shown) })
}

// ---- awaiting

/// What `await future` does next.
pub(super) fn awaited(vm: &mut Vm, value: &Value) -> Awaited {
    let Some(future) = of(value) else {
        return match value.foreign::<Wait>() {
            Some(wait) => super::wait::awaited(vm, value, wait),
            None => Awaited::Ends(Value::NONE),
        };
    };
    match outcome(vm, future) {
        Some(Ok(result)) => Awaited::Ends(result),
        Some(Err(exception)) => Awaited::Raises(exception),
        None if future.blocking.replace(true) => {
            Awaited::Raises(vm.exception_of(vm.runtime_error("await wasn't used with future")))
        }
        None => Awaited::Waits,
    }
}

fn wait(vm: &mut Vm, args: &[Value]) -> NativeResult {
    begun(vm, args)?;
    let class = globals(vm).waiting.clone();
    Ok(Foreign::value(&class, Waiting { future: Slot::new(args[0].clone()) }))
}

fn iterator_itself(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn iterator_next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = args[0].foreign::<Waiting>().map_or(Value::NONE, |waiting| waiting.future.get());
    if future.is_none() {
        return Err(vm.stop_iteration(Value::NONE));
    }
    let ended = match awaited(vm, &future) {
        Awaited::Waits => return Ok(future),
        ended => ended,
    };
    if let Some(waiting) = args[0].foreign::<Waiting>() {
        waiting.future.set(Value::NONE);
    }
    Err(match ended {
        Awaited::Raises(exception) => Exit::Raise(exception),
        Awaited::Ends(result) => vm.raise_with(&vm.types.stop_iteration, vec![result]),
        Awaited::Waits | Awaited::Hands(_) => vm.stop_iteration(Value::NONE),
    })
}

fn iterator_send(vm: &mut Vm, args: &[Value]) -> NativeResult {
    iterator_next(vm, args)
}

fn iterator_throw(vm: &mut Vm, args: &[Value]) -> NativeResult {
    iterator_close(vm, args)?;
    let given: Vec<Value> = args[1..].iter().filter(|arg| !arg.is_undef()).cloned().collect();
    if let [exception] = &given[..]
        && exception.is_kind(Kind::Exception)
    {
        return Err(Exit::Raise(exception.clone()));
    }
    tail_python(vm, "throw", given)
}

fn iterator_close(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(waiting) = args[0].foreign::<Waiting>() {
        waiting.future.set(Value::NONE);
    }
    Ok(Value::NONE)
}

// ---- showing, and the end

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = if begun(vm, args)?.is_task { "task_repr" } else { "future_repr" };
    tail_python(vm, name, vec![args[0].clone()])
}

/// What a future says when it goes and nobody has looked at it, or at the task it is.
fn del(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let future = me(vm, args)?;
    if !future.has_last_words() || future.looped.is_none() {
        return Ok(Value::NONE);
    }
    if future.log_traceback.replace(false) {
        return tail_python(vm, "never_retrieved", vec![args[0].clone(), future.outcome.get()]);
    }
    future.log_destroyed.set(false);
    future.finalized.set(true);
    tail_python(vm, "destroyed", vec![args[0].clone()])
}

// ---- attributes

fn inside<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Future, Exit> {
    me(vm, std::slice::from_ref(value))
}

fn begun_inside<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Future, Exit> {
    begun(vm, std::slice::from_ref(value))
}

/// An error if an attribute is to be deleted: none of these can be.
pub(super) fn kept(vm: &Vm, new: &Value) -> Result<(), Exit> {
    if new.is_undef() { Err(vm.attribute_error("cannot delete attribute")) } else { Ok(()) }
}

fn state(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(super::super::text(match begun_inside(vm, value)?.state.get() {
        State::Pending => "PENDING",
        State::Cancelled => "CANCELLED",
        State::Finished | State::Failed => "FINISHED",
    }))
}

fn blocking(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(inside(vm, value)?.blocking.get()))
}

fn set_blocking(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    kept(vm, &new)?;
    inside(vm, value)?.blocking.set(vm.native_truth(&new).unwrap_or(true));
    Ok(Value::NONE)
}

fn looped(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(inside(vm, value)?.looped.get())
}

fn result_attribute(vm: &mut Vm, value: &Value) -> NativeResult {
    let future = begun_inside(vm, value)?;
    let there = future.state.get() == State::Finished;
    Ok(if there { future.outcome.get() } else { Value::NONE })
}

fn exception_attribute(vm: &mut Vm, value: &Value) -> NativeResult {
    let future = begun_inside(vm, value)?;
    Ok(if future.state.get() == State::Failed { future.outcome.get() } else { Value::NONE })
}

fn log_traceback(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(begun_inside(vm, value)?.log_traceback.get()))
}

fn set_log_traceback(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    kept(vm, &new)?;
    if vm.native_truth(&new) == Some(true) {
        return Err(vm.value_error("_log_traceback can only be set to False"));
    }
    inside(vm, value)?.log_traceback.set(false);
    Ok(Value::NONE)
}

fn origin(vm: &mut Vm, value: &Value) -> NativeResult {
    let origin = inside(vm, value)?.rare(|rare| &rare.origin);
    Ok(if origin.is_undef() { Value::NONE } else { origin })
}

fn set_origin(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    inside(vm, value)?.set_rare(|rare| &rare.origin, new);
    Ok(Value::NONE)
}

fn message(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(inside(vm, value)?.cancel_message())
}

fn set_message(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    kept(vm, &new)?;
    inside(vm, value)?.set_rare(|rare| &rare.message, new);
    Ok(Value::NONE)
}

/// The tasks that wait for it, a set; `None` if there are none.
fn awaited_by(vm: &mut Vm, value: &Value) -> NativeResult {
    let future = inside(vm, value)?;
    let all = future.take_callbacks();
    let tasks: Vec<Value> =
        all.iter().filter(|(_, context)| context.is_undef()).map(|(task, _)| task.clone()).collect();
    future.put_callbacks(all);
    if tasks.is_empty() {
        return Ok(Value::NONE);
    }
    tail_python(vm, "as_set", vec![Value::list(tasks)])
}
