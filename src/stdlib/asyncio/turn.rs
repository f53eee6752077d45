//! The driver that a loop is: it takes what is ready, one after the other, and has it run.

use super::core::{Core, Doing, Entry, Pace, of};
use super::task::Task;
use super::{contextvars, gathering, handle, is_fatal, python_call, task, wait};
use crate::event_loop::{EventLoop, Turn};
use crate::host::Events;
use crate::object::{Generator, Ref, Tuple, Value};
use crate::stdlib::host_error;
use crate::vm::observer::Act;
use crate::vm::{Driven, Exit, Outcome, Passed, TailCall, Vm};

/// What a driver of asyncio wants next: a loop, or a task that is stepped outside of one.
pub(super) fn drive(vm: &mut Vm, driver: &Value, outcome: Outcome) -> Driven {
    match of(driver) {
        Some(core) => match finish(vm, driver, core, outcome) {
            Ok(None) => go_on(vm, driver, core),
            Ok(Some(driven)) => driven,
            Err(exception) => over(core, Err(exception)),
        },
        None => task::drive(vm, driver, outcome),
    }
}

fn over(core: &Core, result: Result<Value, Value>) -> Driven {
    core.driven.set(false);
    core.pace.set(Pace::Freely);
    core.left.set(0);
    core.begun.set(false);
    Driven::Ends(result)
}

/// A coroutine that the loop has resumed has yielded. Mostly its task gives others a turn or waits for a future, and a task
/// that just goes on is the next in the queue.
pub(super) fn pass_on(vm: &mut Vm, driver: &Value, yielded: &Value) -> Passed {
    let Some(core) = of(driver).filter(|core| core.doing.get() == Doing::Step && core.takes_entries(driver)) else {
        return Passed::Not;
    };
    let again = yielded.is_none();
    if !again && !core.subject.with(|value| task::of(value).is_some_and(|task| task.rests_at(value, yielded))) {
        return Passed::Not;
    }
    if vm.is_observed() {
        tell_of_rest(vm, &core.subject.get(), if again { Act::Pause } else { Act::Wait { future: yielded } });
    }
    match next_step(vm, core, again) {
        Some(coroutine) => Passed::To(coroutine),
        None => {
            let task = core.end();
            leave_context(vm, core, &task);
            Passed::Done
        }
    }
}

#[cold]
fn tell_of_rest(vm: &mut Vm, task: &Value, rests: Act<'_>) {
    vm.observe_loop(task, Act::StepOver);
    vm.observe_loop(task, rests);
}

#[cold]
fn tell_of_step(vm: &mut Vm, task: &Value) {
    vm.observe_loop(task, Act::Step);
}

/// Go on with what is next in the queue, if that is the step of a task of which nothing but its coroutine is to be resumed.
/// `again`: the task whose step is over is to have another.
#[inline]
fn next_step(vm: &mut Vm, core: &Core, again: bool) -> Option<Ref<Generator>> {
    let mut events = core.events.borrow_mut();
    if again {
        events.ready.push_back(Entry::Step(core.subject.get()));
    }
    if core.left.get() == 0 && !begin_idle_turn(vm, core, &mut events) {
        return None;
    }
    let entry = events.ready.pop_front()?;
    drop(events);
    let woken = matches!(entry, Entry::WakeUp(_));
    if !woken && !matches!(entry, Entry::Step(_)) {
        return put_back(core, entry);
    }
    let Some(task) = task::of(entry.value()) else { return put_back(core, entry) };
    let Some(coroutine) = task.goes_on(woken).filter(|coroutine| vm.may_go_on(coroutine)) else {
        return put_back(core, entry);
    };
    // Most steps run in a context that nobody has asked for, and then the next may, too.
    let shares = vm.context.is_undef() && task.context.is_none();
    if !shares && !change_context(vm, core, task) {
        return put_back(core, entry);
    }
    core.left.set(core.left.get() - 1);
    if vm.is_observed() {
        tell_of_step(vm, entry.value());
    }
    if woken {
        task.waiter.set(Value::NONE);
    }
    core.go_on_with(entry.into_value());
    Some(coroutine)
}

/// It is not for [`next_step`].
#[cold]
fn put_back<T>(core: &Core, entry: Entry) -> Option<T> {
    core.events.borrow_mut().ready.push_front(entry);
    None
}

#[inline(never)]
fn leave_context(vm: &mut Vm, core: &Core, task: &Value) {
    if let Some(task) = task::of(task) {
        contextvars::go_out(vm, &task.context, &core.outer);
    }
}

/// Leave the context of the step that is over for that of the next, if that can be gone into.
#[inline(never)]
fn change_context(vm: &mut Vm, core: &Core, next: &Task) -> bool {
    let may = contextvars::may_go_into(&next.context);
    if may {
        leave_context(vm, core, &core.subject.get());
        // It may be gone into.
        let _ = contextvars::go_into(vm, &next.context, &core.outer);
    }
    may
}

/// Begin a turn, if it is one in which nothing is waited for.
#[inline(never)]
fn begin_idle_turn(vm: &mut Vm, core: &Core, events: &mut EventLoop<Entry>) -> bool {
    let idle = events.timers.is_empty() && events.reactor.is_empty() && vm.threads.is_alone();
    if !idle || core.stopping.get() || core.pace.get() != Pace::Freely || events.ready.is_empty() {
        return false;
    }
    events.slim();
    core.left.set(events.ready.len());
    super::super::close_orphans(vm);
    true
}

/// What ran last is over: see to what it came to. `Err` ends the loop.
fn finish(vm: &mut Vm, me: &Value, core: &Core, outcome: Outcome) -> Result<Option<Driven>, Value> {
    let (doing, subject) = (core.doing.get(), core.end());
    match (doing, outcome) {
        (Doing::Step, outcome) => {
            let task = subject;
            vm.observe_loop(&task, Act::StepOver);
            if let Ok((_, part)) = task::part(vm, &task) {
                contextvars::go_out(vm, &part.context, &core.outer);
            }
            let Some(call) = task::stepped(vm, &task, outcome)? else { return Ok(None) };
            core.begin(Doing::AfterStep, task);
            Ok(Some(Driven::Call(call)))
        }
        (Doing::Handle, outcome) => {
            let run = subject;
            vm.observe_loop(&run, Act::RunOver);
            if let Some(run) = handle::of(&run) {
                contextvars::go_out(vm, &run.context, &core.outer);
            }
            match outcome {
                Outcome::Raised(exception) if is_fatal(vm, &exception) => Err(exception),
                Outcome::Raised(exception) => Ok(Some(report(vm, core, "handle_failed", vec![run, exception]))),
                _ => Ok(None),
            }
        }
        (Doing::AfterStep, Outcome::Raised(exception)) => {
            let task = subject;
            if is_fatal(vm, &exception) {
                return Err(exception);
            }
            Ok(Some(report(vm, core, "step_failed", vec![me.clone(), task, exception])))
        }
        (Doing::Debugging, outcome) => {
            vm.observe_loop(&subject, Act::RunOver);
            match outcome {
                Outcome::Raised(exception) => Err(exception),
                _ => Ok(None),
            }
        }
        (Doing::Reporting, Outcome::Raised(exception)) => Err(exception),
        _ => Ok(None),
    }
}

/// Have the exception handler told.
fn report(vm: &mut Vm, core: &Core, how: &str, args: Vec<Value>) -> Driven {
    core.doing.set(Doing::Reporting);
    Driven::Call(python_call(vm, how, args))
}

/// Take what is ready until there is something to run.
fn go_on(vm: &mut Vm, me: &Value, core: &Core) -> Driven {
    loop {
        if core.left.get() == 0 {
            if core.pace.get() == Pace::Once {
                return over(core, Ok(Value::NONE));
            }
            match begin_turn(vm, me, core) {
                Ok(Begun::Turn) if core.pace.get() == Pace::Freely => continue,
                Ok(Begun::Turn) => return over(core, Ok(Value::NONE)),
                Ok(Begun::Stuck) => return report(vm, core, "stuck", vec![me.clone()]),
                Ok(Begun::Waits(call)) => {
                    core.doing.set(Doing::Reporting);
                    return Driven::Call(call);
                }
                Ok(Begun::Over) => return over(core, Ok(Value::NONE)),
                Err(exit) => {
                    let exception = vm.exception_of(exit);
                    return over(core, Err(exception));
                }
            }
        }
        core.left.set(core.left.get() - 1);
        let entry = core.events.borrow_mut().ready.pop_front();
        let begun = match entry {
            None => continue,
            Some(Entry::Step(value)) => begin_step(vm, core, value, false),
            Some(Entry::WakeUp(value)) => begin_step(vm, core, value, true),
            Some(Entry::Alarm(value)) => {
                wait::ring(vm, &value);
                continue;
            }
            Some(Entry::Gathered(child)) => {
                match gathering::tell(vm, core, me, child).and_then(|handle| begin_handle(vm, core, handle)) {
                    Some(driven) => driven,
                    None => continue,
                }
            }
            Some(Entry::Handle(value)) => match begin_handle(vm, core, value) {
                Some(driven) => driven,
                None => continue,
            },
        };
        return begun;
    }
}

/// How a turn began.
enum Begun {
    /// What is ready is on the queue.
    Turn,
    /// Nothing is ready, and nothing ever will be.
    Stuck,
    /// Something else is to be called first: a signal's handler, or what lets other threads run meanwhile.
    Waits(TailCall),
    /// The loop is to stop instead.
    Over,
}

fn begin_turn(vm: &mut Vm, me: &Value, core: &Core) -> Result<Begun, Exit> {
    if core.begun.replace(true) && core.stopping.get() {
        return Ok(Begun::Over);
    }
    super::super::close_orphans(vm);
    let mut gone = Vec::new();
    // Where there are other threads, waiting is letting them run.
    let (hurries, alone) = (core.stopping.get(), vm.threads.is_alone());
    let before = core.events.borrow().ready.len();
    let hurry = hurries || !alone;
    if !hurry && before == 0 {
        vm.pauses();
    }
    let turn = match core.pace.get() {
        Pace::Waits(behind) => core.events.borrow_mut().wait(&mut *vm.host, hurry, behind, &mut gone),
        _ => core.events.borrow_mut().turn(&mut *vm.host, hurry, &mut gone),
    };
    drop(gone);
    if vm.is_observed() {
        tell_observer(vm, core, before);
    }
    match turn {
        Ok(Turn::Run(0)) if !alone && !hurries => wait_among_others(vm, me, core),
        Ok(Turn::Run(count)) => {
            core.left.set(count);
            if count == 0 {
                return looked_up(vm);
            }
            Ok(Begun::Turn)
        }
        Ok(Turn::Stuck) if vm.handlers.are_expected() => match vm.await_signal() {
            Ok(()) => looked_up(vm),
            Err(error) => Err(host_error(vm, error)),
        },
        Ok(Turn::Stuck) => Ok(Begun::Stuck),
        Err(error) if error.is(libc::EINTR) => looked_up(vm),
        Err(error) => Err(host_error(vm, error)),
    }
}

/// Whoever watches is told what became ready: what stands in the queue behind the first `before`.
fn tell_observer(vm: &mut Vm, core: &Core, before: usize) {
    let new: Vec<Entry> = core.events.borrow().ready.iter().skip(before).cloned().collect();
    for entry in new {
        let timer = match &entry {
            Entry::Handle(value) => handle::of(value).is_some_and(|handle| !handle.when.get().is_nan()),
            _ => true,
        };
        vm.observe_loop(entry.value(), if timer { Act::Fire } else { Act::Ready });
    }
}

/// A turn in which nothing is ready: perhaps a signal has come.
fn looked_up(vm: &mut Vm) -> Result<Begun, Exit> {
    vm.look_up()?;
    let call = if vm.threads.in_first() { vm.next_signal()? } else { None };
    Ok(call.map_or(Begun::Turn, Begun::Waits))
}

/// Nothing is ready, and other threads could run meanwhile: until something is, or somebody wakes this loop.
fn wait_among_others(vm: &mut Vm, me: &Value, core: &Core) -> Result<Begun, Exit> {
    let (next, watched) = {
        let events = core.events.borrow();
        let poller = events.reactor.poller().filter(|_| !events.reactor.is_empty());
        let behind = if let Pace::Waits(behind) = core.pace.get() { behind } else { 0.0 };
        (events.timers.next().map(|when| when + behind), poller.map(|poller| (poller, Events::READ)))
    };
    if next.is_none() && watched.is_none() && !vm.handlers.are_expected() && vm.threads.others_are_stuck() {
        return Ok(Begun::Stuck);
    }
    let deadline = next.map(|when| (when * 1e9).ceil() as i64);
    vm.park(me.clone(), deadline, watched.into_iter().collect());
    let callee = vm.prelude_function("parked")?;
    Ok(Begun::Waits(TailCall { callee, args: Vec::new(), keywords: Vec::new() }))
}

fn begin_step(vm: &mut Vm, core: &Core, value: Value, woken: bool) -> Driven {
    let entered = match task::part(vm, &value) {
        Ok((future, part)) => contextvars::go_into(vm, &part.context, &core.outer).map(|()| (future, part)),
        Err(exit) => Err(exit),
    };
    let (future, part) = match entered {
        Ok(entered) => entered,
        Err(exit) => return failed(vm, core, value, exit),
    };
    core.begin(Doing::Step, value.clone());
    vm.observe_loop(&value, Act::Step);
    if woken {
        task::take_outcome(vm, part);
    }
    match task::step(vm, &value, future, part) {
        Ok(driven) => driven,
        Err(exit) => {
            drop(core.end());
            vm.observe_loop(&value, Act::StepOver);
            if let Ok((_, part)) = task::part(vm, &value) {
                contextvars::go_out(vm, &part.context, &core.outer);
            }
            failed(vm, core, value, exit)
        }
    }
}

/// The step could not even begin.
fn failed(vm: &mut Vm, core: &Core, value: Value, exit: Exit) -> Driven {
    match exit {
        Exit::Call(call) => {
            core.begin(Doing::AfterStep, value);
            Driven::Call(*call)
        }
        exit => {
            let exception = vm.exception_of(exit);
            let looped = super::future::of(&value).map_or(Value::NONE, |future| future.looped.get());
            report(vm, core, "step_failed", vec![looped, value, exception])
        }
    }
}

fn begin_handle(vm: &mut Vm, core: &Core, value: Value) -> Option<Driven> {
    let run = handle::of(&value)?;
    if run.cancelled.get() {
        return None;
    }
    vm.observe_loop(&value, Act::Run);
    if core.in_debug_mode() {
        core.begin(Doing::Debugging, value.clone());
        return Some(Driven::Call(python_call(vm, "run_in_debug", vec![value])));
    }
    if let Err(exit) = contextvars::go_into(vm, &run.context, &core.outer) {
        vm.observe_loop(&value, Act::RunOver);
        let exception = vm.exception_of(exit);
        return Some(report(vm, core, "handle_failed", vec![value, exception]));
    }
    let args = run.args.get().get::<Tuple>().map_or_else(Vec::new, |args| args.items().to_vec());
    let callback = run.callback.get();
    core.begin(Doing::Handle, value);
    Some(Driven::call(callback, args))
}
