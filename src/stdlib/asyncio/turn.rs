//! The driver that a loop is: it takes what is ready, one after the other, and has it run.

use super::core::{Core, Doing, Entry, of};
use super::{contextvars, handle, is_fatal, python_call, task};
use crate::event_loop::Turn;
use crate::object::{Tuple, Value};
use crate::stdlib::host_error;
use crate::vm::{Driven, Exit, Outcome, Vm};

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
    core.left.set(0);
    core.begun.set(false);
    Driven::Ends(result)
}

/// What ran last is over: see to what it came to. `Err` ends the loop.
fn finish(vm: &mut Vm, me: &Value, core: &Core, outcome: Outcome) -> Result<Option<Driven>, Value> {
    let doing = core.doing.take();
    match (doing, outcome) {
        (Doing::Step(task), outcome) => {
            core.current.set(Value::UNDEF);
            if let Ok((_, part)) = task::part(vm, &task) {
                contextvars::leave(vm, &part.context.get());
            }
            let Some(call) = task::stepped(vm, &task, outcome)? else { return Ok(None) };
            core.doing.replace(Doing::AfterStep(task));
            Ok(Some(Driven::Call(call)))
        }
        (Doing::Handle(run), outcome) => {
            if let Some(run) = handle::of(&run) {
                contextvars::leave(vm, &run.context.get());
            }
            match outcome {
                Outcome::Raised(exception) if is_fatal(vm, &exception) => Err(exception),
                Outcome::Raised(exception) => Ok(Some(report(vm, core, "handle_failed", vec![run, exception]))),
                _ => Ok(None),
            }
        }
        (Doing::AfterStep(task), Outcome::Raised(exception)) => {
            if is_fatal(vm, &exception) {
                return Err(exception);
            }
            Ok(Some(report(vm, core, "step_failed", vec![me.clone(), task, exception])))
        }
        (Doing::Reporting, Outcome::Raised(exception)) => Err(exception),
        _ => Ok(None),
    }
}

/// Have the exception handler told.
fn report(vm: &mut Vm, core: &Core, how: &str, args: Vec<Value>) -> Driven {
    core.doing.replace(Doing::Reporting);
    Driven::Call(python_call(vm, how, args))
}

/// Take what is ready until there is something to run.
fn go_on(vm: &mut Vm, me: &Value, core: &Core) -> Driven {
    loop {
        if core.left.get() == 0 {
            match begin_turn(vm, core) {
                Ok(Some(Turn::Run(_))) => continue,
                Ok(Some(Turn::Stuck)) => return report(vm, core, "stuck", vec![me.clone()]),
                Ok(None) => return over(core, Ok(Value::NONE)),
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
            Some(Entry::Handle(value)) => match begin_handle(vm, core, value) {
                Some(driven) => driven,
                None => continue,
            },
        };
        return begun;
    }
}

/// Begin a turn; `None` if the loop is to stop instead.
fn begin_turn(vm: &mut Vm, core: &Core) -> Result<Option<Turn>, Exit> {
    if core.begun.replace(true) && core.stopping.get() {
        return Ok(None);
    }
    super::super::close_orphans(vm);
    let mut gone = Vec::new();
    let turn = core.events.borrow_mut().turn(&mut *vm.host, core.stopping.get(), &mut gone);
    drop(gone);
    match turn {
        Ok(Turn::Run(count)) => {
            core.left.set(count);
            if count == 0 {
                vm.look_up()?;
            }
            Ok(Some(Turn::Run(count)))
        }
        Ok(Turn::Stuck) => Ok(Some(Turn::Stuck)),
        Err(error) if error.is(libc::EINTR) && !vm.host.interrupted() => Ok(Some(Turn::Run(0))),
        Err(error) => Err(host_error(vm, error)),
    }
}

fn begin_step(vm: &mut Vm, core: &Core, value: Value, woken: bool) -> Driven {
    let context = match task::part(vm, &value) {
        Ok((_, part)) => part.context.get(),
        Err(exit) => return failed(vm, core, value, exit),
    };
    if let Err(exit) = contextvars::enter(vm, &context) {
        return failed(vm, core, value, exit);
    }
    core.current.set(value.clone());
    let driven = if woken { task::wake_up(vm, &value) } else { task::step(vm, &value) };
    match driven {
        Ok(driven) => {
            core.doing.replace(Doing::Step(value));
            driven
        }
        Err(exit) => {
            core.current.set(Value::UNDEF);
            contextvars::leave(vm, &context);
            failed(vm, core, value, exit)
        }
    }
}

/// The step could not even begin.
fn failed(vm: &mut Vm, core: &Core, value: Value, exit: Exit) -> Driven {
    match exit {
        Exit::Call(call) => {
            core.doing.replace(Doing::AfterStep(value));
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
    if core.debug.get() {
        core.doing.replace(Doing::Reporting);
        return Some(Driven::Call(python_call(vm, "run_in_debug", vec![value])));
    }
    let context = run.context.get();
    if let Err(exit) = contextvars::enter(vm, &context) {
        let exception = vm.exception_of(exit);
        return Some(report(vm, core, "handle_failed", vec![value, exception]));
    }
    let args = run.args.get().get::<Tuple>().map_or_else(Vec::new, |args| args.items().to_vec());
    let callback = run.callback.get();
    core.doing.replace(Doing::Handle(value));
    Some(Driven::call(callback, args))
}
