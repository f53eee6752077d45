//! Limits to how long a program may go on.
//!
//! Where one is reached the program is over: an exception leaves all its frames, no handler takes it, no `finally` runs, and
//! whoever ran the program gets it as the error it is. [`Vm::limit_reached`] tells it from what the program itself raises.
//! `os._exit` ends a program in the same way.

use super::observer::{At, Event};
use super::{Exit, Vm};
use crate::attention;
use crate::bytecode::{Flags, Op};
use crate::object::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a program has used up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Limit {
    /// The time it may take ([`Vm::end_when`]).
    Time,
    /// The instructions it may carry out ([`Vm::allow_instructions`]).
    Instructions,
    /// Nothing: it has asked to be ended there and then, with this status ([`Vm::end_with`]).
    Exit(i32),
}

/// How much is left, and what is used up.
#[derive(Default)]
pub(super) struct Limits {
    instructions: Option<u64>,
    /// Is the time up?
    time: Option<Arc<AtomicBool>>,
    reached: Option<Limit>,
}

impl Vm {
    /// So many more instructions may be carried out. Those of code are counted that has marks
    /// (`Marks::instructions` of the compiler).
    pub fn allow_instructions(&mut self, count: u64) {
        (self.limits.instructions, self.limits.reached) = (Some(count), None);
    }

    /// The program is ended at the next look after this has become true. Whoever makes it true, in whichever thread, asks for a
    /// look ([`attention::ask`]); a program that waits for something outside looks when a signal ends the wait.
    pub fn end_when(&mut self, time_is_up: Arc<AtomicBool>) {
        self.limits.time = Some(time_is_up);
    }

    /// The limit at which the program was ended, if it was.
    pub fn limit_reached(&self) -> Option<Limit> {
        self.limits.reached
    }

    /// Control is at a mark: count what it stands for, and tell an observer.
    pub(super) fn reached(&mut self) -> Result<(), Value> {
        let code = self.running_code();
        let index = code.index_of(self.pc).saturating_sub(1);
        let Some(Op::Nop { flags }) = code.code.ops.get(index).copied() else { return Ok(()) };
        let is_instruction = flags.has(Flags::INSTRUCTION);
        if let Some(left) = self.limits.instructions.as_mut().filter(|_| is_instruction) {
            match left.checked_sub(1) {
                Some(less) => *left = less,
                None => {
                    let exit = self.end_at(Limit::Instructions);
                    return Err(self.exception_of(exit));
                }
            }
        }
        if flags.has(Flags::LINE) {
            self.trace_line();
        }
        if flags.has(Flags::CALLS) {
            self.trace_call(&code, index + 1);
        }
        self.catch_up();
        if self.observer.is_some() && (is_instruction || flags.has(Flags::LINE)) {
            let object = self.observed_generator();
            let is_line = flags.has(Flags::LINE);
            if let Some(watch) = &mut self.observer {
                let (at, object) = (At { code: &code, index }, object.as_ref());
                watch.tell(&mut self.host, Event::Reach { at, object, is_line, is_instruction });
            }
        }
        Ok(())
    }

    /// The program may not go on: what ends it.
    #[cold]
    pub(super) fn end_at(&mut self, limit: Limit) -> Exit {
        self.catch_up();
        if self.limits.reached.replace(limit).is_none() {
            (self.hooks.limit_reached)(self, limit);
        }
        match limit {
            Limit::Time => {
                let message = "the program has used up its time";
                self.raise_with(&self.types.timeout_error, vec![Value::str(message)])
            }
            Limit::Instructions => self.runtime_error("the program has used up its instructions"),
            Limit::Exit(status) => self.raise_with(&self.types.system_exit, vec![Value::small(i64::from(status))]),
        }
    }

    /// End the program there and then, with this status: nothing of it runs any more, and nothing is written that has not been.
    pub fn end_with(&mut self, status: i32) -> Exit {
        if !self.threads.in_first() {
            attention::ask();
        }
        self.end_at(Limit::Exit(status))
    }

    /// Has the time that the program may take come to its end, or was it ended by another thread?
    pub(super) fn look_at_time(&mut self) -> Result<(), Exit> {
        if let Some(limit @ Limit::Exit(_)) = self.limits.reached {
            if !self.threads.in_first() {
                attention::ask();
            }
            return Err(self.end_at(limit));
        }
        if !self.limits.time.as_ref().is_some_and(|time_is_up| time_is_up.load(Ordering::Relaxed)) {
            return Ok(());
        }
        if !self.threads.in_first() {
            // The other threads have to find it out, too.
            attention::ask();
        }
        Err(self.end_at(Limit::Time))
    }
}
