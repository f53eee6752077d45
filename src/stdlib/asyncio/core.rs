//! The core of a loop: its queues, and what is asked of it at every step. `asyncio.BaseEventLoop` derives from it.

use super::wait::Wait;
use super::{context_or_share, fill, future, globals, handle, tail_python, task};
use crate::builtins::{getsets, natives};
use crate::event_loop::{Cancellable, Direction, EventLoop, seconds};
use crate::object::{Foreign, Instance, NativeObject, Ref, Slot, Tuple, Type, Value, intern};
use crate::stdlib::host_error;
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::observer::Act;
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};

/// Something that is ready to be run.
#[derive(Clone)]
pub(super) enum Entry {
    /// A handle.
    Handle(Value),
    /// The next step of a task; if there is an error waiting for it, that is thrown in.
    Step(Value),
    /// The next step of a task whose future is done.
    WakeUp(Value),
    /// A [`Wait`] in `sleep`, whose time is up.
    Alarm(Value),
    /// A future that is done, of which a call of `gather` is to be told: by the first of its callbacks.
    Gathered(Value),
}

impl Entry {
    pub fn into_value(self) -> Value {
        match self {
            Entry::Handle(value)
            | Entry::Step(value)
            | Entry::WakeUp(value)
            | Entry::Alarm(value)
            | Entry::Gathered(value) => value,
        }
    }

    pub fn value(&self) -> &Value {
        match self {
            Entry::Handle(value)
            | Entry::Step(value)
            | Entry::WakeUp(value)
            | Entry::Alarm(value)
            | Entry::Gathered(value) => value,
        }
    }
}

impl Cancellable for Entry {
    fn is_cancelled(&self) -> bool {
        match self {
            Entry::Handle(value) => handle::of(value).is_some_and(|handle| handle.cancelled.get()),
            Entry::Alarm(value) => value.foreign::<Wait>().is_some_and(|wait| wait.over.get()),
            Entry::Step(_) | Entry::WakeUp(_) | Entry::Gathered(_) => false,
        }
    }
    fn left(&self) {
        match self {
            Entry::Handle(value) => handle::of(value).into_iter().for_each(|handle| handle.scheduled.set(false)),
            Entry::Alarm(value) => {
                value.foreign::<Wait>().into_iter().for_each(|wait| wait.scheduled.set(false));
            }
            Entry::Step(_) | Entry::WakeUp(_) | Entry::Gathered(_) => {}
        }
    }
}

/// What the loop is running.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Doing {
    /// Nothing: it looks for the next entry.
    Nothing,
    /// A step of its subject, a task.
    Step,
    /// What Python code has to do after a step of that task.
    AfterStep,
    /// The callback of its subject, a handle.
    Handle,
    /// The same in debug mode: through Python code, that looks how long it takes.
    Debugging,
    /// Telling the exception handler.
    Reporting,
}

/// What a driver at work is to do.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Pace {
    /// Turn after turn, until the loop is stopped.
    Freely,
    /// Only wait until something is ready; the clock of the loop is so many seconds behind the host's.
    Waits(f64),
    /// Only run what is ready.
    Once,
}

/// The core of a loop.
pub(super) struct Core {
    pub events: RefCell<EventLoop<Entry>>,
    pub stopping: Cell<bool>,
    pub closed: Cell<bool>,
    /// Is a driver at work?
    pub driven: Cell<bool>,
    /// What it is to do.
    pub pace: Cell<Pace>,
    /// What was made the current task in the place of the one whose step is running: a task, or `None` for none.
    current: Slot,
    pub doing: Cell<Doing>,
    /// Which task or handle that is about.
    pub subject: Slot,
    /// The context to go back to from what it is doing.
    pub outer: Slot,
    /// How many entries are left of the turn.
    pub left: Cell<usize>,
    /// Has the driver at work begun a turn?
    pub begun: Cell<bool>,
    pub factory: Slot,
    /// How exactly derived classes say that their clock tells time.
    pub resolution: Cell<f64>,
    /// Which methods of the core are not what its loop says, and the number of the loop's shape when that was found out.
    own: Cell<Own>,
    seen: Cell<u32>,
}

/// Methods of the core, by bits.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Own(u8);

impl Own {
    const NOTHING: Own = Own(0);
    pub const CALL_SOON: Own = Own(1);
    pub const CREATE_TASK: Own = Own(2);
    pub const CREATE_FUTURE: Own = Own(4);
    pub const TIME: Own = Own(8);
    pub const CALL_AT: Own = Own(16);
    pub const CALL_LATER: Own = Own(32);
    const NAMES: [(&str, Own); 6] = [
        ("call_soon", Own::CALL_SOON),
        ("create_task", Own::CREATE_TASK),
        ("create_future", Own::CREATE_FUTURE),
        ("time", Own::TIME),
        ("call_at", Own::CALL_AT),
        ("call_later", Own::CALL_LATER),
    ];

    /// Is one of `these` among them?
    #[inline]
    pub fn has(self, these: Own) -> bool {
        self.0 & these.0 != 0
    }

    /// Not a method: debug mode, in which handles know where they were made.
    const DEBUG: Own = Own(64);

    const fn only(self, these: Own) -> Own {
        Own(self.0 & these.0)
    }

    const fn without(self, these: Own) -> Own {
        Own(self.0 & !these.0)
    }

    /// Any of the two.
    pub const fn or(self, other: Own) -> Own {
        Own(self.0 | other.0)
    }
}

impl NativeObject for Core {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        let events = self.events.borrow();
        let entries = events.ready.iter().chain(events.timers.iter()).chain(events.reactor.iter());
        entries.for_each(|entry| see(entry.value()));
        self.current.visit(see);
        self.factory.visit(see);
        self.outer.visit(see);
        self.subject.visit(see);
    }
    fn clear(&self) {
        let events = self.events.take();
        self.current.set(Value::UNDEF);
        self.factory.set(Value::NONE);
        self.outer.set(Value::UNDEF);
        self.subject.set(Value::UNDEF);
        drop(events);
    }
    fn outside(&self) -> usize {
        let events = self.events.borrow();
        (events.ready.capacity() + events.timers.len()) * size_of::<Entry>()
    }
}

impl Core {
    /// Of which methods does the loop whose core this is, or its class, have some of its own? It may be given them at any time:
    /// then it has another shape.
    #[inline]
    pub fn own(&self, me: &Value) -> Own {
        match me.get::<Instance>() {
            Some(looped) if looped.body().shape().id.get() != self.seen.get() => self.find_own(&looped),
            _ => self.own.get(),
        }
    }

    #[cold]
    fn find_own(&self, looped: &Ref<Instance>) -> Own {
        let ours = looped.payload().and_then(|payload| payload.get::<Foreign>()).map(|core| core.class.clone());
        let is_own = |name: &str| {
            let name = intern(name.as_bytes());
            let (said, found) = (ours.as_ref().and_then(|ours| ours.dict.get_str(&name)), looped.class().lookup(&name));
            looped.get_attr(&name).is_some() || !said.zip(found).is_some_and(|(said, found)| said.is(&found))
        };
        let debug = self.own.get().only(Own::DEBUG);
        let own = Own::NAMES.iter().filter(|(name, _)| is_own(name)).fold(debug, |own, (_, bit)| own.or(*bit));
        // All that keep their attributes in dicts have one shape.
        self.seen.set(if looped.in_dict_mode() { 0 } else { looped.shape().id.get() });
        self.own.set(own);
        own
    }

    /// Is it in debug mode?
    #[inline]
    pub fn in_debug_mode(&self) -> bool {
        self.own.get().has(Own::DEBUG)
    }

    /// Are its tasks made without asking any code of the program?
    pub fn makes_plain_tasks(&self, me: &Value) -> bool {
        !self.own(me).has(Own::CREATE_TASK.or(Own::DEBUG)) && self.factory.is_none()
    }

    /// Are its futures made, and told that they are done, without asking any code of the program?
    pub fn is_plain(&self, me: &Value) -> bool {
        !self.own(me).has(Own::CALL_SOON.or(Own::CREATE_FUTURE).or(Own::DEBUG))
    }

    /// Where the way back from the context of this task or handle is kept, if it is what the loop is running.
    pub fn way_back_from(&self, value: &Value) -> Option<&Slot> {
        let runs = matches!(self.doing.get(), Doing::Step | Doing::Handle);
        (runs && self.subject.with(|running| running.is(value))).then_some(&self.outer)
    }

    /// From now on it runs this.
    #[inline]
    pub fn begin(&self, doing: Doing, subject: Value) {
        self.doing.set(doing);
        self.subject.set(subject);
        if doing == Doing::Step && !self.current.is_undef() {
            self.current.set(Value::UNDEF);
        }
    }

    /// The step of another task follows that of its subject.
    #[inline]
    pub fn go_on_with(&self, task: Value) {
        self.subject.set(task);
        if !self.current.is_undef() {
            self.current.set(Value::UNDEF);
        }
    }

    /// What it has run is over.
    #[inline]
    pub fn end(&self) -> Value {
        if self.doing.replace(Doing::Nothing) == Doing::Step && !self.current.is_undef() {
            self.current.set(Value::UNDEF);
        }
        self.subject.take()
    }

    /// The loop does something with a task or handle: an observer is told.
    #[inline]
    pub fn observe(&self, vm: &mut Vm, object: &Value, act: Act<'_>) {
        if vm.is_observed() {
            self.tell(vm, object, act);
        }
    }

    #[cold]
    fn tell(&self, vm: &mut Vm, object: &Value, act: Act<'_>) {
        if self.driven.get() && self.doing.get() == Doing::Nothing {
            vm.observe_between_turns(object, act);
        } else {
            vm.observe_loop(object, act);
        }
    }

    /// The current task, or `None`.
    pub fn current(&self) -> Value {
        match self.current.get() {
            undef if !undef.is_undef() => undef,
            _ if self.doing.get() == Doing::Step => self.subject.get(),
            _ => Value::NONE,
        }
    }

    /// Have another current task, or `None`.
    pub fn set_current(&self, task: Value) {
        let runs = self.doing.get() == Doing::Step && self.subject.with(|running| running.is(&task));
        self.current.set(if runs { Value::UNDEF } else { task });
    }

    /// May entries be put into its queue without a call of its `call_soon`? In debug mode each is a handle that knows where it was
    /// made.
    #[inline]
    pub fn takes_entries(&self, me: &Value) -> bool {
        !self.own(me).has(Own::CALL_SOON.or(Own::DEBUG))
    }

    /// Have something run at a time on the loop's clock.
    pub fn arm(&self, when: f64, what: Entry) {
        self.events.borrow_mut().timers.arm(when, what);
    }
}

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    METHODS {
        /// Run a callback at the next turn.
        "call_soon(self, callback, *args, context=None)" => call_soon;
        /// Run a callback at the next turn; may be called from another thread.
        "call_soon_threadsafe(self, callback, *args, context=None)" => call_soon_threadsafe;
        /// Run a callback after a number of seconds.
        "call_later(self, delay, callback, *args, context=None)" => call_later;
        /// Run a callback at a time on the loop's clock.
        "call_at(self, when, callback, *args, context=None)" => call_at;
        /// What time it is on the loop's clock.
        "time(self)" => time;
        /// A future that belongs to the loop.
        "create_future(self)" => create_future;
        /// A task that runs a coroutine.
        "create_task(self, coro, *, name=None, context=None, **kwargs)" => create_task;
        /// Stop running at the end of the turn.
        "stop(self)" => stop;
        /// Was it closed?
        "is_closed(self)" => is_closed;
        /// Is it in debug mode?
        "get_debug(self)" => get_debug;
        "_check_closed(self)" => check_closed_native;
        "_drive(self)" => drive;
        "_patience(self, now, /)" => patience;
        "_wait(self, now, /)" => wait;
        "_run_ready(self, end, /)" => run_ready;
        "_call_soon(self, callback, args, context)" => queue_native;
        "_call_at(self, when, callback, args, context)" => arm_native;
        "_add_callback(self, handle, /)" => add_callback;
        "_close_core(self)" => close_core;
        "_watch(self, fd, writing, handle, /)" => watch;
        "_forget(self, fd, writing, /)" => forget;
    }
}

getsets! {
    ATTRIBUTES {
        "_debug" => debug, set_debug;
        "_stopping" => stopping, set_stopping;
        "_closed" => closed;
        "_has_own_time" => has_own_time;
        "_task_factory" => factory, set_factory;
        "_ready" => ready;
        "_scheduled" => scheduled;
        "_clock_resolution" => resolution, set_resolution;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NEW, METHODS, ATTRIBUTES);
}

/// The core of a loop, if it is one that has such a core.
pub(super) fn of(value: &Value) -> Option<&Core> {
    value.foreign::<Core>()
}

fn me<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Core, Exit> {
    of(&args[0]).ok_or_else(|| vm.type_error("an event loop is needed"))
}

/// A loop of ours that [takes entries](Core::takes_entries).
pub(super) fn plain(value: &Value) -> Option<&Core> {
    of(value).filter(|core| core.takes_entries(value))
}

/// A loop whose futures are ours.
pub(super) fn with_own_futures(value: &Value) -> Option<&Core> {
    of(value).filter(|core| core.is_plain(value))
}

/// `RuntimeError` if the loop is closed.
pub(super) fn check_closed(vm: &Vm, core: &Core) -> Result<(), Exit> {
    if core.closed.get() { Err(vm.runtime_error("Event loop is closed")) } else { Ok(()) }
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = globals(vm).core.clone();
    let Some(derived) = args[0].to_ref::<Type>() else { return Err(vm.type_error("a class is needed")) };
    let core = Core {
        events: RefCell::default(),
        stopping: Cell::new(false),
        closed: Cell::new(false),
        driven: Cell::new(false),
        pace: Cell::new(Pace::Freely),
        current: Slot::default(),
        doing: Cell::new(Doing::Nothing),
        subject: Slot::default(),
        outer: Slot::default(),
        left: Cell::new(0),
        begun: Cell::new(false),
        factory: Slot::new(Value::NONE),
        resolution: Cell::new(crate::event_loop::RESOLUTION),
        own: Cell::new(Own::NOTHING),
        seen: Cell::new(0),
    };
    let made = Foreign::value(&class, core);
    if derived.is(&class) {
        return Ok(made);
    }
    Ok(Value::object(Instance::wrapping(&derived, made)))
}

fn call_soon(vm: &mut Vm, args: &[Value]) -> NativeResult {
    soon(vm, args, "call_soon")
}

fn soon(vm: &mut Vm, args: &[Value], method: &str) -> NativeResult {
    let core = me(vm, args)?;
    check_closed(vm, core)?;
    if core.in_debug_mode() {
        let (rest, context) = (Value::tuple(args[3..].to_vec()), arg(args, 2).cloned().unwrap_or(Value::NONE));
        let call = vec![args[0].clone(), args[1].clone(), rest, context, Value::str(method)];
        return tail_python(vm, "soon_in_debug", call);
    }
    Ok(queue(vm, core, &args[0], &args[1], args[3..].to_vec(), arg_or_none(args, 2)))
}

/// The same, unchecked: the arguments are a tuple.
fn queue_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let rest = args[2].get::<Tuple>().map_or_else(Vec::new, |rest| rest.items().to_vec());
    let core = me(vm, args)?;
    Ok(queue(vm, core, &args[0], &args[1], rest, arg_or_none(args, 3)))
}

fn queue(vm: &mut Vm, core: &Core, me: &Value, callback: &Value, args: Vec<Value>, context: Option<&Value>) -> Value {
    let context = context_or_share(vm, context);
    let shown = if vm.is_observed() { args.clone() } else { Vec::new() };
    let made = handle::make(vm, me, callback.clone(), args, context, None);
    core.events.borrow_mut().ready.push_back(Entry::Handle(made.clone()));
    vm.observe_loop(&made, Act::Queue { callback, args: &shown });
    made
}

fn call_soon_threadsafe(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // The loop's thread may be waiting for descriptors and timers.
    vm.threads.wake(&args[0], true);
    soon(vm, args, "call_soon_threadsafe")
}

fn call_later(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if arg_or_none(args, 1).is_none() {
        return Err(vm.type_error("delay must not be None"));
    }
    if me(vm, args)?.own(&args[0]).has(Own::TIME.or(Own::CALL_AT)) || args[1].as_number().is_none() {
        let rest = Value::tuple(args[4..].to_vec());
        let context = arg(args, 3).cloned().unwrap_or(Value::NONE);
        return tail_python(vm, "call_later", vec![args[0].clone(), args[1].clone(), args[2].clone(), rest, context]);
    }
    let when = seconds(&mut *vm.host) + vm.float_arg(args, 1)?;
    let delay = vm.float_arg(args, 1)?;
    at(vm, args, Value::float(when), Some(delay))
}

fn call_at(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if arg_or_none(args, 1).is_none() {
        return Err(vm.type_error("when cannot be None"));
    }
    let when = instant(vm, args)?;
    at(vm, args, when, None)
}

/// A point in time that was given: an int stays one.
pub(super) fn instant(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(if args[1].as_small().is_some() { args[1].clone() } else { Value::float(vm.float_arg(args, 1)?) })
}

/// `delay`: in how many seconds that is, where it was said so.
fn at(vm: &mut Vm, args: &[Value], when: Value, delay: Option<f64>) -> NativeResult {
    let core = me(vm, args)?;
    check_closed(vm, core)?;
    if core.in_debug_mode() {
        let (rest, context) = (Value::tuple(args[4..].to_vec()), arg(args, 3).cloned().unwrap_or(Value::NONE));
        let call = vec![args[0].clone(), when, args[2].clone(), rest, context];
        return tail_python(vm, "at_in_debug", call);
    }
    Ok(arm(vm, core, [&args[0], &args[2]], args[4..].to_vec(), arg_or_none(args, 3), when, delay))
}

/// The same, unchecked: the arguments are a tuple.
fn arm_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let rest = args[3].get::<Tuple>().map_or_else(Vec::new, |rest| rest.items().to_vec());
    let when = instant(vm, args)?;
    let core = me(vm, args)?;
    Ok(arm(vm, core, [&args[0], &args[2]], rest, arg_or_none(args, 4), when, None))
}

fn arm(
    vm: &mut Vm,
    core: &Core,
    [me, callback]: [&Value; 2],
    args: Vec<Value>,
    context: Option<&Value>,
    when: Value,
    delay: Option<f64>,
) -> Value {
    let context = context_or_share(vm, context);
    let shown = if vm.is_observed() { args.clone() } else { Vec::new() };
    let made = handle::make(vm, me, callback.clone(), args, context, Some(&when));
    let when = when.as_number().unwrap_or_default();
    core.arm(when, Entry::Handle(made.clone()));
    if vm.is_observed() {
        // What the program has reckoned itself is a little less by now: nobody wants to see that.
        let delay = delay.unwrap_or_else(|| ((when - seconds(&mut *vm.host)) * 1e3).round() / 1e3);
        vm.observe_loop(&made, Act::Arm { callback, args: &shown, delay });
    }
    made
}

fn time(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::float(seconds(&mut *vm.host)))
}

fn create_future(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if me(vm, args)?.in_debug_mode() {
        let class = globals(vm).future.value();
        let keywords = vec![(Value::object(intern(b"loop")), args[0].clone())];
        return vm.tail_call_kw(class, Vec::new(), keywords);
    }
    Ok(future::make(vm, &args[0]))
}

fn create_task(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let core = me(vm, args)?;
    check_closed(vm, core)?;
    let keywords = args[4].get::<crate::object::Dict>().is_some_and(|given| !given.is_empty());
    if !core.factory.is_none() || core.in_debug_mode() || keywords {
        let given = [arg(args, 2), arg(args, 3)].map(|given| given.cloned().unwrap_or(Value::NONE));
        let absent = Value::tuple(vec![Value::bool(arg(args, 2).is_some()), Value::bool(arg(args, 3).is_some())]);
        let [name, context] = given;
        let call = vec![args[0].clone(), args[1].clone(), name, context, absent, args[4].clone()];
        return tail_python(vm, "create_task", call);
    }
    task::make(vm, &args[0], &args[1], arg_or_none(args, 2).cloned(), arg_or_none(args, 3).cloned(), None)
}

fn stop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    me(vm, args)?.stopping.set(true);
    Ok(Value::NONE)
}

fn is_closed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    closed(vm, &args[0])
}

fn get_debug(vm: &mut Vm, args: &[Value]) -> NativeResult {
    debug(vm, &args[0])
}

fn check_closed_native(vm: &mut Vm, args: &[Value]) -> NativeResult {
    check_closed(vm, me(vm, args)?).map(|()| Value::NONE)
}

/// Run what is ready, again and again, until the loop is stopped.
fn drive(vm: &mut Vm, args: &[Value]) -> NativeResult {
    drive_at(vm, args, Pace::Freely)
}

fn drive_at(vm: &mut Vm, args: &[Value], pace: Pace) -> NativeResult {
    let core = me(vm, args)?;
    if core.driven.replace(true) {
        return Err(vm.runtime_error("This event loop is already running"));
    }
    core.pace.set(pace);
    vm.tail_drive(args[0].clone())
}

// A turn in its parts, for loops that have a clock or a selector of their own.

/// How many seconds the turn that begins at `now` may wait; `None` for as long as it takes.
fn patience(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let now = vm.float_arg(args, 1)?;
    let (core, mut gone) = (me(vm, args)?, Vec::new());
    let seconds = core.events.borrow_mut().patience(now, core.stopping.get(), &mut gone);
    drop(gone);
    Ok(match seconds {
        None => Value::NONE,
        Some(0.0) => Value::int(0),
        Some(seconds) => Value::float(seconds),
    })
}

/// Wait until something is ready or due, where the loop's clock says `now`.
fn wait(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let behind = seconds(&mut *vm.host) - vm.float_arg(args, 1)?;
    drive_at(vm, args, Pace::Waits(behind))
}

/// Run what is ready, and what is due before `end`.
fn run_ready(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let end = vm.float_arg(args, 1)?;
    let core = me(vm, args)?;
    let count = {
        let mut events = core.events.borrow_mut();
        events.fire(end);
        events.ready.len()
    };
    if !core.driven.get() {
        core.left.set(count);
    }
    drive_at(vm, args, Pace::Once)
}

/// Queue a handle, if it is not cancelled.
fn add_callback(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let core = me(vm, args)?;
    match handle::of(&args[1]) {
        None => return Err(vm.type_error("a Handle is required")),
        Some(handle) if handle.cancelled.get() => {}
        Some(_) => core.events.borrow_mut().ready.push_back(Entry::Handle(args[1].clone())),
    }
    Ok(Value::NONE)
}

/// Give up everything that waits.
fn close_core(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let core = me(vm, args)?;
    core.closed.set(true);
    let mut events = core.events.take();
    let gone = events.reactor.close(&mut *vm.host);
    drop((events, gone));
    Ok(Value::NONE)
}

// ---- descriptors

fn direction(args: &[Value]) -> Direction {
    if args[2].as_bool() == Some(true) { Direction::Write } else { Direction::Read }
}

/// Run `handle` whenever the descriptor is ready; the handle that was there, or `None`.
fn watch(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = vm.index_arg(args, 1)?;
    let core = me(vm, args)?;
    let entry = Entry::Handle(args[3].clone());
    let old = core.events.borrow_mut().reactor.watch(&mut *vm.host, fd as crate::host::Fd, direction(args), entry);
    let old = old.map_err(|error| host_error(vm, error))?;
    vm.observe_loop(&args[3], Act::Watch { fd, writing: direction(args) == Direction::Write });
    Ok(old.map_or(Value::NONE, |old| old.value().clone()))
}

/// No longer; the handle that was there, or `None`.
fn forget(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fd = vm.index_arg(args, 1)?;
    let core = me(vm, args)?;
    let old = core.events.borrow_mut().reactor.forget(&mut *vm.host, fd as crate::host::Fd, direction(args));
    if let Some(old) = &old {
        vm.observe_loop(old.value(), Act::Unwatch);
    }
    Ok(old.map_or(Value::NONE, |old| old.value().clone()))
}

// ---- attributes

fn inside<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Core, Exit> {
    me(vm, std::slice::from_ref(value))
}

fn debug(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(inside(vm, value)?.in_debug_mode()))
}

fn set_debug(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let (core, enabled) = (inside(vm, value)?, vm.native_truth(&new).unwrap_or(true));
    let own = core.own.get().without(Own::DEBUG);
    core.own.set(if enabled { own.or(Own::DEBUG) } else { own });
    Ok(Value::NONE)
}

fn stopping(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(inside(vm, value)?.stopping.get()))
}

fn set_stopping(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    inside(vm, value)?.stopping.set(vm.native_truth(&new).unwrap_or(true));
    Ok(Value::NONE)
}

fn closed(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(inside(vm, value)?.closed.get()))
}

fn has_own_time(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(inside(vm, value)?.own(value).has(Own::TIME)))
}

fn factory(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(inside(vm, value)?.factory.get())
}

fn set_factory(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    inside(vm, value)?.factory.set(new);
    Ok(Value::NONE)
}

/// The handles that are ready, as a list: steps of tasks are not among them.
fn ready(vm: &mut Vm, value: &Value) -> NativeResult {
    let events = inside(vm, value)?.events.borrow();
    Ok(Value::list(events.ready.iter().map(|entry| entry.value().clone()).collect()))
}

fn scheduled(vm: &mut Vm, value: &Value) -> NativeResult {
    let events = inside(vm, value)?.events.borrow();
    Ok(Value::list(events.timers.iter().map(|entry| entry.value().clone()).collect()))
}

fn resolution(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::float(inside(vm, value)?.resolution.get()))
}

fn set_resolution(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    match new.as_number() {
        Some(seconds) => inside(vm, value)?.resolution.set(seconds),
        None => return Err(vm.type_error("a number of seconds is needed")),
    }
    Ok(Value::NONE)
}
