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
pub struct Handlers(FxHashMap<i32, Handler>);

struct Handler {
    function: Value,
    /// Is it the program that wants to be called, so that who waits for nothing else waits for the signal?
    expected: bool,
}

impl Handlers {
    /// From now on call `handler`, or nothing.
    pub fn set(&mut self, signal: i32, handler: Option<Value>) {
        match handler {
            Some(function) => self.0.insert(signal, Handler { function, expected: true }),
            None => self.0.remove(&signal),
        };
    }

    /// Nobody waits for this signal, although it has a handler: the library's, for Ctrl-C.
    pub fn is_unexpected(&mut self, signal: i32) {
        if let Some(handler) = self.0.get_mut(&signal) {
            handler.expected = false;
        }
    }

    /// May a signal still change something where everybody waits?
    pub fn are_expected(&self) -> bool {
        self.0.values().any(|handler| handler.expected)
    }

    /// What is called.
    pub fn get(&self, signal: i32) -> Option<Value> {
        self.0.get(&signal).map(|handler| handler.function.clone())
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

    /// Wait until a signal arrives: nothing else is awaited. An error if there is nobody here who could send one.
    pub fn await_signal(&mut self) -> crate::host::Result<()> {
        match self.host.poll(&[], None) {
            Err(error) if !error.is(libc::EINTR) => Err(error),
            _ => Ok(()),
        }
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
