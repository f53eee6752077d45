//! What a coroutine waits for in a native form of a function of asyncio: a future, and what is to be done when that is done.

use super::future::{self, State};
use super::{core, fill, globals, is_cancelled_error, lock, queue};
use crate::builtins::{getsets, natives};
use crate::object::{Foreign, NativeObject, Ref, Slot, Type, Value};
use crate::vm::observer::Act;
use crate::vm::{Awaited, Exit, NativeResult, Vm};
use std::cell::Cell;

/// In which function it waits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum What {
    /// `sleep`
    Sleep,
    /// `acquire` of a lock.
    Lock,
    /// `put` and `get` of a queue.
    Put,
    Get,
}

impl What {
    /// What the function is called.
    fn word(self) -> &'static str {
        match self {
            What::Sleep => "sleep",
            What::Lock => "acquire",
            What::Put => "put",
            What::Get => "get",
        }
    }
}

/// Such a wait.
pub(super) struct Wait {
    what: What,
    /// What it belongs to, a lock or a queue; how long a sleep was said to be.
    owner: Slot,
    /// The place in line, or what the alarm resolves.
    future: Slot,
    /// What the function returns; what `put` puts in.
    result: Slot,
    /// It is over, or given up.
    pub over: Cell<bool>,
    /// It is among the timers of its loop.
    pub scheduled: Cell<bool>,
}

impl NativeObject for Wait {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.owner, &self.future, &self.result].into_iter().for_each(|slot| slot.visit(see));
    }
    fn clear(&self) {
        self.dropped();
        [&self.owner, &self.future, &self.result].into_iter().for_each(|slot| slot.set(Value::NONE));
    }
    fn is_awaited(&self) -> bool {
        true
    }
    fn word(&self) -> Option<&'static str> {
        // As coroutines are called, of which it takes the place.
        Some(match self.what {
            What::Sleep => "sleep",
            What::Lock => "Lock.acquire",
            What::Put => "Queue.put",
            What::Get => "Queue.get",
        })
    }
    fn dropped(&self) {
        // Its coroutine is gone, and nobody waits here any more.
        if self.over.replace(true) {
            return;
        }
        match self.what {
            What::Sleep => {}
            What::Lock => lock::leave(&self.owner.get(), &self.future.get()),
            What::Put | What::Get => queue::leave(&self.owner.get(), self.what, &self.future.get()),
        }
    }
}

natives! {
    METHODS {
        "close(self, /)" => close;
    }
    NO_NEW {}
}

getsets! {
    ATTRIBUTES {
        "_owner" => owner;
        "_method" => method;
        "_delay" => delay;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NO_NEW, METHODS, ATTRIBUTES);
}

impl Wait {
    pub fn value(vm: &mut Vm, what: What, owner: Value, future: Value, result: Value) -> Value {
        let wait = Wait {
            what,
            owner: Slot::new(owner),
            future: Slot::new(future),
            result: Slot::new(result),
            over: Cell::new(false),
            scheduled: Cell::new(what == What::Sleep),
        };
        Foreign::value(&globals(vm).wait, wait)
    }

    /// It is not waited for any more: `exception` comes instead.
    fn give_up(&self, vm: &mut Vm, me: &Value, exception: &Value) {
        if self.over.replace(true) {
            return;
        }
        match self.what {
            What::Sleep => {
                let looped = self.future.with(|place| future::of(place).map(|place| place.looped.get()));
                if self.scheduled.get()
                    && let Some(looped) = looped
                    && let Some(core) = core::of(&looped)
                {
                    core.events.borrow_mut().timers.note_cancelled();
                    vm.observe_loop(me, Act::Disarm);
                }
            }
            What::Lock => {
                let cancelled = is_cancelled_error(vm, exception);
                lock::given_up(vm, &self.owner.get(), &self.future.get(), cancelled);
            }
            What::Put | What::Get => queue::given_up(vm, &self.owner.get(), self.what, &self.future.get()),
        }
    }

    /// The future is done: the function goes on to its end, or has to wait once more.
    fn go_on(&self, vm: &mut Vm) -> Awaited {
        match self.what {
            What::Sleep => {}
            What::Lock => lock::granted(vm, &self.owner.get(), &self.future.get()),
            What::Put | What::Get => {
                let tried = queue::try_again(vm, &self.owner.get(), self.what, &self.result.get());
                if let Awaited::Hands(place) = &tried {
                    self.future.set(place.clone());
                    return tried;
                }
                self.over.set(true);
                return tried;
            }
        }
        self.over.set(true);
        Awaited::Ends(self.result.get())
    }
}

/// What `await` on it does next.
pub(super) fn awaited(vm: &mut Vm, value: &Value, wait: &Wait) -> Awaited {
    let place = wait.future.get();
    let Some(future) = future::of(&place) else { return Awaited::Ends(Value::NONE) };
    if future.state.get() == State::Pending {
        if future.blocking.replace(true) {
            return Awaited::Raises(vm.exception_of(vm.runtime_error("await wasn't used with future")));
        }
        return Awaited::Hands(place.clone());
    }
    match future::outcome(vm, future) {
        Some(Err(exception)) => {
            wait.give_up(vm, value, &exception);
            Awaited::Raises(exception)
        }
        _ => wait.go_on(vm),
    }
}

/// The time of a sleep is up.
pub(super) fn ring(vm: &mut Vm, value: &Value) {
    let Some(wait) = value.foreign::<Wait>() else { return };
    let place = wait.future.get();
    if let Some(future) = future::of(&place)
        && !future.is_done()
    {
        vm.observe_loop(value, Act::Run);
        // The loop is one of ours and is running: whoever waits is queued, and nobody is asked.
        let _ = future::finish(vm, &place, future, Value::NONE);
        vm.observe_loop(value, Act::RunOver);
    }
}

/// An exception is thrown in where something of asyncio is awaited.
pub(super) fn thrown(vm: &mut Vm, awaited: &Value, exception: &Value) {
    if let Some(wait) = awaited.foreign::<Wait>() {
        wait.give_up(vm, awaited, exception);
    }
}

fn me<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Wait, Exit> {
    value.foreign::<Wait>().ok_or_else(|| vm.type_error("a wait is needed"))
}

fn close(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let wait = me(vm, &args[0])?;
    wait.give_up(vm, &args[0], &Value::NONE);
    Ok(Value::NONE)
}

/// The lock or queue at which it waits; `None` for a sleep.
fn owner(vm: &mut Vm, value: &Value) -> NativeResult {
    let wait = me(vm, value)?;
    Ok(if wait.what == What::Sleep { Value::NONE } else { wait.owner.get() })
}

/// How long it sleeps.
fn delay(vm: &mut Vm, value: &Value) -> NativeResult {
    let wait = me(vm, value)?;
    Ok(if wait.what == What::Sleep { wait.owner.get() } else { Value::NONE })
}

fn method(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(super::super::text(me(vm, value)?.what.word()))
}
