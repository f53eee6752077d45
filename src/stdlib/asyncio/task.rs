//! Tasks: coroutines that the loop runs, step by step.

use super::core::{self, Entry};
use super::future::{self, Future, State, be_cancelled, fail, finish, wake_when_done};
use super::{context_or_share, contextvars, current_of, fill, globals, python_call, running, tail_python};
use crate::builtins::{getsets, natives};
use crate::object::{Foreign, Function, Generator, Kind, NativeObject, Ref, Slot, Str, Type, Value, collector, intern};
use crate::text::int::Decimal;
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::bodies::Body;
use crate::vm::observer::Act;
use crate::vm::{Driven, Exit, NativeResult, Outcome, Resume, TailCall, Vm};
use std::cell::Cell;

/// A task: a future, and what brings it about.
pub(super) struct Task {
    pub future: Future,
    pub coroutine: Slot,
    /// The future it waits for.
    pub waiter: Slot,
    pub context: Slot,
    /// Its name; a number while it is only `Task-N`.
    name: Slot,
    cancels: Cell<u32>,
    pub must_cancel: Cell<bool>,
    /// Its coroutine is stepped by calling its methods: it is no coroutine of the machine.
    by_method: Cell<bool>,
    /// A driver steps it outside of any loop of ours: how.
    pub mode: Cell<Mode>,
    /// The body that made it, and the instruction at which it did: said when it waits for ever.
    maker: Slot,
    made_at: Cell<u32>,
}

/// How a driver that is a task steps it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Mode {
    /// It does not.
    Idle,
    /// Its first step, at once, in the context of the task.
    Eager,
    /// A step that a foreign loop asks for, which sees to the context.
    Step,
    /// What Python code has to do after such a step.
    After,
}

impl NativeObject for Task {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.future.visit(see);
        let slots = [&self.coroutine, &self.waiter, &self.context, &self.name, &self.maker];
        slots.into_iter().for_each(|slot| slot.visit(see));
    }

    fn clear(&self) {
        self.future.clear();
        [&self.coroutine, &self.waiter, &self.context, &self.maker].into_iter().for_each(|slot| drop(slot.take()));
    }
    fn outside(&self) -> usize {
        self.future.outside()
    }
    fn is_awaited(&self) -> bool {
        self.future.is_awaited()
    }
    fn wants_finalizer(&self) -> bool {
        self.future.wants_finalizer()
    }
}

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    METHODS {
        "__init__(self, coro, *, loop=None, name=None, context=None, eager_start=False)" => init;
        "set_result(self, result, /)" => set_result;
        "set_exception(self, exception, /)" => set_exception;
        /// Have a CancelledError thrown into the coroutine at its next step; False if the task is done.
        "cancel(self, /, msg=None)" => cancel;
        /// How many requests to cancel it are open.
        "cancelling(self, /)" => cancelling;
        /// Take one request to cancel it back; how many are left.
        "uncancel(self, /)" => uncancel;
        /// The coroutine that it runs.
        "get_coro(self, /)" => get_coro;
        /// The context in which it runs.
        "get_context(self, /)" => get_context;
        /// Its name.
        "get_name(self, /)" => get_name;
        /// Give it another name.
        "set_name(self, value, /)" => set_name;
        /// The frames of its coroutine, or of its exception's traceback.
        "get_stack(self, /, *, limit=None)" => get_stack;
        /// Print the stack or traceback.
        "print_stack(self, /, *, limit=None, file=None)" => print_stack;
        "task_step(self, error=None, /)" => step_native;
        "task_wakeup(self, future, /)" => wake_up_native;
        "_throw_soon(self, exception, /)" => throw_soon_native;
        "_wait_for(self, future, /)" => wait_for;
        "_request_cancel(self, message, /)" => request_cancel;
        "_cancel_granted(self, /)" => cancel_granted;
        "_start_eagerly(self, /)" => start_eagerly;
    }
}

getsets! {
    ATTRIBUTES {
        "_coro" => coroutine;
        "_fut_waiter" => waiter;
        "_must_cancel" => must_cancel;
        "_num_cancels_requested" => cancels;
        "_log_destroy_pending" => log_destroyed, set_log_destroyed;
        "_name" => name;
        "_context" => context;
        "_made_at" => made_at;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NEW, METHODS, ATTRIBUTES);
}

/// The task that a value is, or wraps.
#[inline]
pub(super) fn of(value: &Value) -> Option<&Task> {
    value.foreign::<Task>()
}

impl Task {
    /// Its coroutine has yielded `yielded`: wait for that, if it is a pending future of our own class and of the task's loop
    /// that was awaited as it should be, and the task is not to be cancelled.
    pub fn rests_at(&self, me: &Value, yielded: &Value) -> bool {
        let Some(awaited) = future::of(yielded).filter(|_| yielded.is_kind(Kind::Foreign)) else { return false };
        let same = awaited.looped.with(|theirs| self.future.looped.with(|ours| theirs.is(ours)));
        if awaited.is_done() || !same || self.must_cancel.get() || yielded.is(me) || !awaited.blocking.replace(false) {
            return false;
        }
        awaited.subscribe(me.clone(), Value::UNDEF);
        self.waiter.set(yielded.clone());
        true
    }

    /// Does its next step throw something in?
    fn has_error(&self) -> bool {
        self.future.has_rare(|rare| &rare.error)
    }

    /// Its next step throws this in.
    fn throw_next(&self, exception: Value) {
        self.future.set_rare(|rare| &rare.error, exception);
    }

    fn note_maker(&self, Maker(function, at): &Maker) {
        self.maker.set(function.clone());
        self.made_at.set(*at);
    }

    /// Its coroutine, if its next step is nothing but resuming that with `None`. `woken`: what it waited for is done.
    pub fn goes_on(&self, woken: bool) -> Option<Ref<Generator>> {
        let awaited_raises = || {
            self.waiter.with(|waiter| future::of(waiter).is_none_or(|awaited| awaited.state.get() != State::Finished))
        };
        if self.future.is_done()
            || self.by_method.get()
            || self.must_cancel.get()
            || self.has_error()
            || woken && awaited_raises()
        {
            return None;
        }
        self.coroutine.with(|coroutine| coroutine.to_ref::<Generator>())
    }
}

pub(super) fn part<'a>(vm: &Vm, value: &'a Value) -> Result<(&'a Future, &'a Task), Exit> {
    match of(value) {
        Some(task) => Ok((&task.future, task)),
        None => Err(vm.type_error("a Task is needed")),
    }
}

fn empty(looped: Value) -> Task {
    Task {
        future: Future::pending(looped, true),
        coroutine: Slot::new(Value::NONE),
        waiter: Slot::new(Value::NONE),
        context: Slot::new(Value::NONE),
        name: Slot::new(Value::NONE),
        cancels: Cell::new(0),
        must_cancel: Cell::new(false),
        by_method: Cell::new(false),
        mode: Cell::new(Mode::Idle),
        maker: Slot::default(),
        made_at: Cell::new(0),
    }
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = globals(vm).task.clone();
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("a class is needed")) };
    let made = empty(Value::NONE);
    made.future.log_destroyed.set(false);
    Ok(future::instance(&class, &exact, made))
}

/// A task of our own class, its first step queued; its loop is one of ours.
pub(super) fn make(
    vm: &mut Vm,
    looped: &Value,
    coroutine: &Value,
    name: Option<Value>,
    context: Option<Value>,
    maker: Option<&Maker>,
) -> NativeResult {
    let given = context.unwrap_or(Value::NONE);
    let named = name.as_ref().is_none_or(|name| name.is_kind(Kind::Str));
    let core = core::plain(looped).filter(|_| named && vm.is_coroutine(coroutine));
    let class = globals(vm).task.clone();
    let Some(core) = core else {
        let names = ["loop", "name", "context"];
        let values = [looped.clone(), name.unwrap_or(Value::NONE), given];
        let keywords = names.iter().map(|name| Value::object(intern(name.as_bytes()))).zip(values).collect();
        return vm.tail_call_kw(class.value(), vec![coroutine.clone()], keywords);
    };
    let task = empty(looped.clone());
    task.coroutine.set(coroutine.clone());
    let context = context_or_share(vm, (!given.is_none()).then_some(&given));
    task.context.set(context);
    task.name.set(name_or_number(vm, name));
    match maker {
        Some(maker) => task.note_maker(maker),
        None => task.note_maker(&self::maker(vm)),
    }
    let made = Foreign::value(&class, task);
    core::check_closed(vm, core)?;
    core.events.borrow_mut().ready.push_back(Entry::Step(made.clone()));
    tell_observer(vm, &made, coroutine)?;
    Ok(made)
}

/// Whoever watches is told of a new task.
fn tell_observer(vm: &mut Vm, made: &Value, coroutine: &Value) -> Result<(), Exit> {
    if vm.is_observed() {
        let name = part(vm, made)?.1.name.get();
        let name = match (name.as_small(), name.get::<Str>()) {
            (Some(number), _) => numbered(number),
            (None, Some(name)) => name.to_string_lossy().into_owned(),
            (None, None) => String::new(),
        };
        vm.observe_loop(made, Act::Make { coroutine, name: &name });
    }
    Ok(())
}

/// Who makes a task: a function, and the instruction at which it stands.
pub(super) struct Maker(Value, u32);

/// Who makes a task now: the innermost body that is not asyncio's own.
pub(super) fn maker(vm: &Vm) -> Maker {
    let of_program = |body: &Body| {
        let code = body.function.code();
        !code.hidden && !code.code.source.name().starts_with("<frozen asyncio")
    };
    match vm.bodies().find(of_program) {
        Some(body) => Maker(body.function.into_value(), body.index as u32),
        None => Maker(Value::UNDEF, 0),
    }
}

/// File and line of where it was made, or `None`.
fn made_at(vm: &mut Vm, value: &Value) -> NativeResult {
    let (_, task) = part(vm, value)?;
    let Some(maker) = task.maker.get().to_ref::<Function>() else { return Ok(Value::NONE) };
    let code = &maker.code().code;
    let line = code.place(task.made_at.get() as usize).line;
    Ok(Value::tuple(vec![Value::str(code.source.name()), Value::int(i64::from(line))]))
}

fn name_or_number(vm: &mut Vm, name: Option<Value>) -> Value {
    name.unwrap_or_else(|| {
        let shared = globals(vm);
        shared.named.set(shared.named.get() + 1);
        Value::int(shared.named.get())
    })
}

/// Queue the next step of a task.
fn begin(vm: &mut Vm, value: &Value) -> Result<Option<TailCall>, Exit> {
    let (future, task) = part(vm, value)?;
    let looped = future.looped.get();
    match core::plain(&looped) {
        Some(core) => {
            core::check_closed(vm, core)?;
            core.events.borrow_mut().ready.push_back(Entry::Step(value.clone()));
            Ok(None)
        }
        None => {
            let context = contextvars::made(vm, &task.context, None);
            Ok(Some(python_call(vm, "step_soon", vec![looped, value.clone(), context])))
        }
    }
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let looped = match arg_or_none(args, 2) {
        Some(given) => given.clone(),
        None => match running(vm) {
            none if none.is_none() => {
                return tail_python(
                    vm,
                    "task_init",
                    args.iter().map(|arg| if arg.is_undef() { Value::NONE } else { arg.clone() }).collect(),
                );
            }
            running => running,
        },
    };
    let (future, task) = part(vm, &args[0])?;
    let coroutine = vm.is_coroutine(&args[1]);
    if !coroutine && globals(vm).python.get_str(&intern(b"checked")).is_none_or(|checked| !checked.is(&args[1])) {
        // Is it one of the program's own? Python code looks, and comes back.
        let args = args.iter().map(|arg| if arg.is_undef() { Value::NONE } else { arg.clone() }).collect();
        return tail_python(vm, "task_of_other", args);
    }
    task.by_method.set(!coroutine);
    future.looped.set(looped.clone());
    task.coroutine.set(args[1].clone());
    future.log_destroyed.set(true);
    let context = context_or_share(vm, arg_or_none(args, 4));
    task.context.set(context);
    let name = arg_or_none(args, 3).cloned();
    let odd = name.as_ref().is_some_and(|name| !name.is_kind(Kind::Str));
    let name = name_or_number(vm, name);
    if odd {
        let args = args.iter().map(|arg| if arg.is_undef() { Value::NONE } else { arg.clone() }).collect();
        return tail_python(vm, "task_with_odd_name", args);
    }
    task.name.set(name);
    task.note_maker(&maker(vm));
    tell_observer(vm, &args[0], &args[1])?;
    let eager = arg(args, 5).and_then(|eager| vm.native_truth(eager)).unwrap_or(false);
    let debug = core::of(&looped).is_none_or(|core| core.in_debug_mode());
    if debug {
        return tail_python(vm, "finish_task", vec![args[0].clone(), Value::bool(eager)]);
    }
    if eager && running(vm).is(&looped) {
        task.mode.set(Mode::Eager);
        return vm.tail_drive(args[0].clone());
    }
    let call = begin(vm, &args[0])?;
    call.map_or(Ok(Value::NONE), |call| Err(Exit::Call(Box::new(call))))
}

// ---- steps

/// What is to run for the next step of a task.
pub(super) fn step(vm: &mut Vm, value: &Value, future: &Future, task: &Task) -> Result<Driven, Exit> {
    let mut error = future.take_rare(|rare| &rare.error);
    if future.is_done() {
        return tail_python(vm, "already_done", vec![value.clone(), error]).map(|value| Driven::Ends(Ok(value)));
    }
    if task.must_cancel.replace(false) && (error.is_undef() || !super::is_cancelled_error(vm, &error)) {
        error = future::make_cancelled_error(vm, future);
    }
    task.waiter.set(Value::NONE);
    let coroutine = task.coroutine.get();
    if !task.by_method.get() {
        let resume = if error.is_undef() { Resume::Send(Value::NONE) } else { Resume::Throw(error) };
        return Ok(Driven::Resume(coroutine, resume));
    }
    let (name, argument) = if error.is_undef() { ("send", Value::NONE) } else { ("throw", error) };
    let method = vm.load_attr(&coroutine, &intern(name.as_bytes()))?;
    Ok(Driven::call(method, vec![argument]))
}

/// The future that a task waits for is done: what that raises is thrown in at the next step.
pub(super) fn take_outcome(vm: &mut Vm, task: &Task) {
    let waiter = task.waiter.get();
    if let Some(awaited) = future::of(&waiter) {
        take_error(vm, task, &waiter, awaited);
    }
}

/// What the result of the awaited future raises is thrown in at the next step.
fn take_error(vm: &mut Vm, task: &Task, waiter: &Value, awaited: &Future) {
    if let Some(Err(exception)) = future::outcome(vm, awaited) {
        if awaited.is_cancelled() || !waiter.is_kind(Kind::Foreign) {
            // It is raised here, and what is being handled is its context: as by `result()`, which a class of its own is asked for.
            vm.set_context(&exception);
        }
        task.throw_next(exception);
    }
}

/// A step of the task came to this. A call that is still to be made in Python, if there is one; `Err` is what ends the loop.
pub(super) fn stepped(vm: &mut Vm, value: &Value, outcome: Outcome) -> Result<Option<TailCall>, Value> {
    let done = match outcome {
        Outcome::Begins => Ok(None),
        Outcome::Yielded(yielded) => yielded_value(vm, value, yielded),
        Outcome::Returned(returned) => match part(vm, value) {
            Ok((_, task)) if task.by_method.get() => yielded_value(vm, value, returned),
            _ => ended(vm, value, returned),
        },
        Outcome::Raised(exception) => return raised(vm, value, exception),
    };
    done.map_err(|exit| vm.exception_of(exit))
}

fn ended(vm: &mut Vm, value: &Value, result: Value) -> Result<Option<TailCall>, Exit> {
    let (future, task) = part(vm, value)?;
    let cancelled = task.must_cancel.replace(false);
    vm.observe_loop(value, if cancelled { Act::Cancelled } else { Act::Done { result: &result } });
    if cancelled {
        // It was cancelled right before its coroutine stopped.
        return be_cancelled(vm, value, future, future.cancel_message());
    }
    finish(vm, value, future, result)
}

fn raised(vm: &mut Vm, value: &Value, exception: Value) -> Result<Option<TailCall>, Value> {
    let (future, task) = match part(vm, value) {
        Ok(found) => found,
        Err(_) => return Err(exception),
    };
    if task.by_method.get() && vm.is_instance(&exception, &vm.types.stop_iteration) {
        let result = vm.stop_value(&exception);
        return ended(vm, value, result).map_err(|exit| vm.exception_of(exit));
    }
    if super::is_cancelled_error(vm, &exception) {
        future.keep_cancelled_error(exception);
        vm.observe_loop(value, Act::Cancelled);
        return be_cancelled(vm, value, future, Value::NONE).map_err(|exit| vm.exception_of(exit));
    }
    let fatal = super::is_fatal(vm, &exception);
    vm.observe_loop(value, Act::Fail { exception: &exception });
    let call = fail(vm, value, future, exception.clone()).map_err(|exit| vm.exception_of(exit));
    if fatal { Err(exception) } else { call }
}

/// The coroutine yielded: it waits for a future, or gives others a turn.
fn yielded_value(vm: &mut Vm, value: &Value, yielded: Value) -> Result<Option<TailCall>, Exit> {
    let (future, task) = part(vm, value)?;
    if yielded.is_none() {
        vm.observe_loop(value, Act::Pause);
        return begin(vm, value);
    }
    // A derived class may have its own way to be waited for.
    let Some(awaited) = future::of(&yielded).filter(|_| !has_own(vm, &yielded, &["add_done_callback", "result"]))
    else {
        return Ok(Some(python_call(vm, "yielded", vec![value.clone(), yielded])));
    };
    if yielded.is(value) || !awaited.looped.get().is(&future.looped.get()) || !awaited.blocking.replace(false) {
        return Ok(Some(python_call(vm, "yielded_badly", vec![value.clone(), yielded])));
    }
    vm.observe_loop(value, Act::Wait { future: &yielded });
    let call = wake_when_done(vm, &yielded, awaited, value)?;
    task.waiter.set(yielded.clone());
    if call.is_none() && task.must_cancel.get() {
        if yielded.is_kind(Kind::Foreign) && !awaited.is_task {
            if !awaited.is_done() {
                task.must_cancel.set(false);
                return be_cancelled(vm, &yielded, awaited, future.cancel_message());
            }
            return Ok(None);
        }
        return Ok(Some(python_call(vm, "cancel_waiter", vec![value.clone(), yielded])));
    }
    Ok(call)
}

/// Is it of a derived class that has one of these methods of its own?
fn has_own(vm: &mut Vm, value: &Value, methods: &[&str]) -> bool {
    if value.is_kind(Kind::Foreign) {
        return false;
    }
    methods.iter().any(|method| {
        let name = intern(method.as_bytes());
        let ours = globals(vm).future.dict.get_str(&name);
        vm.class_of(value).lookup(&name).zip(ours).is_some_and(|(found, ours)| !found.is(&ours))
    })
}

/// Have an exception thrown into the coroutine at the next step.
fn throw_soon_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (_, task) = part(vm, &args[0])?;
    task.throw_next(args[1].clone());
    vm.observe_loop(&args[0], Act::Pause);
    let call = begin(vm, &args[0])?;
    call.map_or(Ok(Value::NONE), |call| Err(Exit::Call(Box::new(call))))
}

/// Python code has seen to it that the task is woken; this is what it waits for. Is it to be cancelled?
fn wait_for(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (_, task) = part(vm, &args[0])?;
    task.waiter.set(args[1].clone());
    vm.observe_loop(&args[0], Act::Wait { future: &args[1] });
    let (_, task) = part(vm, &args[0])?;
    Ok(Value::bool(task.must_cancel.get()))
}

fn step_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (_, task) = part(vm, &args[0])?;
    if let Some(error) = arg_or_none(args, 1) {
        task.throw_next(error.clone());
    }
    task.mode.set(Mode::Step);
    vm.tail_drive(args[0].clone())
}

fn wake_up_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (_, task) = part(vm, &args[0])?;
    match future::of(&args[1]).filter(|_| !has_own(vm, &args[1], &["result"])) {
        Some(awaited) => take_error(vm, task, &args[1], awaited),
        None => return tail_python(vm, "woken", args.to_vec()),
    }
    task.mode.set(Mode::Step);
    vm.tail_drive(args[0].clone())
}

// ---- cancelling

fn cancel(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let message = arg(args, 1).cloned().unwrap_or(Value::NONE);
    let mut at = args[0].clone();
    // From the task to what it waits for, and on while that is a task.
    let mut rounds = 0;
    loop {
        rounds += 1;
        vm.tick(rounds)?;
        if rounds > vm.recursion_limit {
            // Tasks that wait for each other in a circle.
            return Err(vm.recursion_error("maximum recursion depth exceeded"));
        }
        let (future, task) = part(vm, &at)?;
        future.log_traceback.set(false);
        if future.is_done() {
            return Ok(Value::FALSE);
        }
        if rounds == 1 {
            vm.observe_loop(&at, Act::Cancel);
        }
        task.cancels.set(task.cancels.get().saturating_add(1));
        let waiter = task.waiter.get();
        let awaited = future::of(&waiter);
        match awaited {
            None if waiter.is_none() => {}
            Some(awaited) if waiter.is_kind(Kind::Foreign) => {
                awaited.log_traceback.set(false);
                if !awaited.is_done() {
                    if awaited.is_task {
                        at = waiter;
                        continue;
                    }
                    let call = be_cancelled(vm, &waiter, awaited, message)?;
                    return match call {
                        None => Ok(Value::TRUE),
                        Some(mut call) => {
                            call.args.push(Value::TRUE);
                            Err(Exit::Call(Box::new(call)))
                        }
                    };
                }
            }
            // Its `cancel` may be one of the program's.
            _ => return tail_python(vm, "cancel_by_method", vec![at, waiter, message]),
        }
        return request_cancel(vm, &[at, message]);
    }
}

/// The next step throws a `CancelledError` in.
fn request_cancel(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (future, task) = part(vm, &args[0])?;
    task.must_cancel.set(true);
    future.set_cancel_message(args[1].clone());
    Ok(Value::TRUE)
}

/// What it waits for was cancelled: the request is met.
fn cancel_granted(vm: &mut Vm, args: &[Value]) -> NativeResult {
    part(vm, &args[0])?.1.must_cancel.set(false);
    Ok(Value::NONE)
}

/// Its first step, at once.
fn start_eagerly(vm: &mut Vm, args: &[Value]) -> NativeResult {
    part(vm, &args[0])?.1.mode.set(Mode::Eager);
    vm.tail_drive(args[0].clone())
}

fn cancelling(vm: &mut Vm, args: &[Value]) -> NativeResult {
    cancels(vm, &args[0])
}

fn uncancel(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (_, task) = part(vm, &args[0])?;
    if task.cancels.get() > 0 {
        task.cancels.set(task.cancels.get() - 1);
        if task.cancels.get() == 0 {
            task.must_cancel.set(false);
        }
    }
    Ok(Value::int(task.cancels.get().into()))
}

fn set_result(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.runtime_error("Task does not support set_result operation"))
}

fn set_exception(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.runtime_error("Task does not support set_exception operation"))
}

// ---- what is known of it

fn get_coro(vm: &mut Vm, args: &[Value]) -> NativeResult {
    coroutine(vm, &args[0])
}

fn get_context(vm: &mut Vm, args: &[Value]) -> NativeResult {
    context(vm, &args[0])
}

fn get_name(vm: &mut Vm, args: &[Value]) -> NativeResult {
    name(vm, &args[0])
}

fn set_name(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !args[1].is_kind(Kind::Str) {
        return tail_python(vm, "set_name", args.to_vec());
    }
    part(vm, &args[0])?.1.name.set(args[1].clone());
    Ok(Value::NONE)
}

fn get_stack(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let limit = arg(args, 1).cloned().unwrap_or(Value::NONE);
    tail_python(vm, "get_stack", vec![args[0].clone(), limit])
}

fn print_stack(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [limit, file] = [1, 2].map(|n| arg(args, n).cloned().unwrap_or(Value::NONE));
    tail_python(vm, "print_stack", vec![args[0].clone(), limit, file])
}

fn coroutine(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(part(vm, value)?.1.coroutine.get())
}

pub(super) fn context(vm: &mut Vm, value: &Value) -> NativeResult {
    let (future, task) = part(vm, value)?;
    let looped = future.looped.get();
    let outer = core::of(&looped).and_then(|core| core.way_back_from(value));
    Ok(contextvars::made(vm, &task.context, outer))
}

fn waiter(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(part(vm, value)?.1.waiter.get())
}

fn must_cancel(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(part(vm, value)?.1.must_cancel.get()))
}

fn cancels(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(part(vm, value)?.1.cancels.get().into()))
}

fn log_destroyed(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(part(vm, value)?.0.log_destroyed.get()))
}

fn set_log_destroyed(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    future::kept(vm, &new)?;
    part(vm, value)?.0.log_destroyed.set(vm.native_truth(&new).unwrap_or(true));
    Ok(Value::NONE)
}

fn name(vm: &mut Vm, value: &Value) -> NativeResult {
    let (_, task) = part(vm, value)?;
    if let Some(number) = task.name.get().as_small() {
        task.name.set(Value::str(numbered(number)));
    }
    Ok(task.name.get())
}

/// The name of a task that was given none.
fn numbered(number: i64) -> String {
    let mut name = String::with_capacity(24);
    name.push_str("Task-");
    // Of a number all is ASCII.
    Decimal::of(number).as_bytes().iter().for_each(|digit| name.push(char::from(*digit)));
    name
}

/// Tasks that are not done, of this loop or (`None`) of any. No list of them is kept: the objects there are are looked at.
pub(super) fn pending_tasks(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let shared = globals(vm);
    let wanted = |object: &Value| {
        vm.is_instance(object, &shared.task)
            && future::of(object).is_some_and(|future| {
                !future.is_done()
                    && !future.is_lost()
                    && !future.looped.is_none()
                    && (args[0].is_none() || future.looped.get().is(&args[0]))
                    && (object.is_kind(Kind::Instance) || future.is_outermost())
            })
    };
    Ok(Value::list(collector::objects(collector::Age::Any).into_iter().filter(wanted).collect()))
}

// ---- a driver that is a task

/// What a task that is stepped outside of a loop of ours wants next.
pub(super) fn drive(vm: &mut Vm, value: &Value, outcome: Outcome) -> Driven {
    let (looped, mode) = match part(vm, value) {
        Ok((future, task)) => (future.looped.get(), task.mode.get()),
        Err(exit) => return Driven::Ends(Err(vm.exception_of(exit))),
    };
    if matches!(outcome, Outcome::Begins) {
        return match drive_first(vm, value, &looped, mode) {
            Ok(driven) => driven,
            Err(Exit::Call(call)) => {
                leave(vm, value, &looped, mode);
                set_mode(vm, value, Mode::After);
                Driven::Call(*call)
            }
            Err(exit) => {
                leave(vm, value, &looped, mode);
                set_mode(vm, value, Mode::Idle);
                Driven::Ends(Err(vm.exception_of(exit)))
            }
        };
    }
    if mode == Mode::After {
        set_mode(vm, value, Mode::Idle);
        return Driven::Ends(match outcome {
            Outcome::Raised(exception) => Err(exception),
            _ => Ok(Value::NONE),
        });
    }
    leave(vm, value, &looped, mode);
    set_mode(vm, value, Mode::Idle);
    let stepped = stepped(vm, value, outcome);
    if mode == Mode::Eager
        && let Ok((future, task)) = part(vm, value)
        && future.is_done()
    {
        // It never was among the tasks of its loop, and lets go of its coroutine.
        drop(task.coroutine.replace(Value::NONE));
    }
    match stepped {
        Ok(Some(call)) => {
            set_mode(vm, value, Mode::After);
            Driven::Call(call)
        }
        Ok(None) => Driven::Ends(Ok(Value::NONE)),
        Err(exception) => Driven::Ends(Err(exception)),
    }
}

fn set_mode(vm: &Vm, value: &Value, mode: Mode) {
    if let Ok((_, task)) = part(vm, value) {
        task.mode.set(mode);
    }
}

fn drive_first(vm: &mut Vm, value: &Value, looped: &Value, mode: Mode) -> Result<Driven, Exit> {
    let (future, task) = part(vm, value)?;
    if mode == Mode::Eager {
        let context = contextvars::made(vm, &task.context, None);
        contextvars::enter(vm, &context)?;
    } else {
        let current = current_of(vm, looped);
        if !current.is_none() {
            future.set_rare(|rare| &rare.previous, current.clone());
            return tail_python(vm, "cannot_enter", vec![value.clone(), current]).map(|none| Driven::Ends(Ok(none)));
        }
    }
    let previous = super::replace_current(vm, looped, value.clone());
    future.set_rare(|rare| &rare.previous, previous);
    vm.observe_loop(value, Act::Step);
    step(vm, value, future, task)
}

/// The step is over: what was before is again.
fn leave(vm: &mut Vm, value: &Value, looped: &Value, mode: Mode) {
    vm.observe_loop(value, Act::StepOver);
    let Ok((future, task)) = part(vm, value) else { return };
    let (previous, context) = (future.take_rare(|rare| &rare.previous), task.context.get());
    if !previous.is_undef() {
        super::replace_current(vm, looped, previous);
    }
    if mode == Mode::Eager {
        contextvars::leave(vm, &context);
    }
}
