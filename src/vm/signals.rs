//! Signals: which function of the program is to be called when one arrives, and when that happens.
//!
//! A signal arrives at the host. It is dealt with at the next instruction boundary of the program's first thread
//! ([`Vm::service`]), where its handler is called as a frame like any other; a native that waits is woken, ends by asking to
//! be called again, and so reaches that boundary ([`Vm::again`]).

use super::frame::{Delivery, To};
use super::{Exit, TailCall, Vm};
use crate::attention;
use crate::bytecode::Reg;
use crate::object::Value;
use rustc_hash::FxHashMap;

/// The signal that Ctrl-C sends.
pub const INTERRUPT: i32 = libc::SIGINT;

/// What is called when a signal arrives. An interrupt that is not among them is a `KeyboardInterrupt`.
#[derive(Default)]
pub struct Handlers(FxHashMap<i32, Value>);

impl Handlers {
    /// From now on call `handler`, or nothing.
    pub fn set(&mut self, signal: i32, handler: Option<Value>) {
        match handler {
            Some(handler) => self.0.insert(signal, handler),
            None => self.0.remove(&signal),
        };
    }

    /// What is called.
    pub fn get(&self, signal: i32) -> Option<Value> {
        self.0.get(&signal).cloned()
    }

    /// Is an interrupt a `KeyboardInterrupt`?
    pub fn interrupt_raises(&self) -> bool {
        !self.0.contains_key(&INTERRUPT)
    }
}

impl Vm {
    /// Take the next signal that has arrived: the call it wants, or `KeyboardInterrupt`.
    pub fn next_signal(&mut self) -> Result<Option<TailCall>, Exit> {
        while self.host.interrupted() {
            let Some(signal) = self.host.take_signal(None) else { break };
            match self.handlers.get(signal) {
                Some(handler) => {
                    let callee = self.prelude_function("run_signal_handler")?;
                    let args = vec![handler, Value::small(i64::from(signal))];
                    return Ok(Some(TailCall { callee, args, keywords: Vec::new() }));
                }
                None if signal == INTERRUPT => return Err(self.keyboard_interrupt()),
                None => {}
            }
        }
        Ok(None)
    }

    /// `KeyboardInterrupt`
    pub fn keyboard_interrupt(&self) -> Exit {
        self.raise_with(&self.types.keyboard_interrupt, Vec::new())
    }

    /// At an instruction boundary: have the handler of what has arrived called, before the next
    /// instruction begins or as part of the last. Is there anything to be run first?
    pub(super) fn handle_signals(&mut self, before_next: bool) -> Result<bool, Value> {
        if !self.host.interrupted() || self.result.is_some() {
            return Ok(false);
        }
        if !self.threads.in_first() {
            self.threads.summon_first();
            return Ok(false);
        }
        match self.next_signal() {
            Ok(None) => Ok(false),
            Ok(Some(TailCall { callee, args, keywords })) => {
                // There may be more of them.
                attention::ask();
                self.threads.interrupt_wait();
                let delivery = if before_next { Delivery::Between } else { Delivery::Discard };
                self.invoke_owned(callee, args, keywords, To::by(delivery, Reg::NONE))?;
                Ok(true)
            }
            Err(exit) => Err(self.exception_of(exit)),
        }
    }

    /// In the middle of a native: raise what has to be raised, and leave the rest to the next boundary.
    pub(super) fn glance_at_signals(&mut self) -> Result<(), Exit> {
        self.look_at_time()?;
        if !self.host.interrupted() {
            return Ok(());
        }
        if self.threads.in_first()
            && self.handlers.interrupt_raises()
            && self.host.take_signal(Some(INTERRUPT)).is_some()
        {
            return Err(self.keyboard_interrupt());
        }
        if self.host.interrupted() {
            attention::ask();
        }
        Ok(())
    }

    /// A wait of the running native was ended by a signal: what it ends with. Either that raises, or the native is called
    /// again with these arguments after the handlers have run.
    pub fn again(&mut self, args: Vec<Value>) -> Exit {
        if let Err(exit) = self.glance_at_signals() {
            return exit;
        }
        attention::ask();
        let native = self.running_native();
        match self.tail_prelude("again", vec![native, Value::list(args)]) {
            Err(exit) => exit,
            Ok(_) => self.system_error("a tail call did not end the native"),
        }
    }
}
