//! Drivers: natives that run things of the program one after the other, such as the event loop.
//!
//! A driver is data (law 3): an object, on the held values while it is at work. It is asked what is to run next
//! ([`super::Hooks::drive`]), told what that came to, asked again, until it has an outcome of its own. Between two answers no
//! frame of Rust waits: what runs was put on the control stack with [`Delivery::Drive`], and what comes out of it is delivered
//! here. So a loop over a million callbacks is no deeper than one.

use super::Exit;
use super::frame::{Delivery, To};
use super::resume::view;
use super::{NativeResult, Passed, Resume, Resuming, Resumption, TailCall, Vm};
use crate::object::{Generator, GeneratorState, Ref, Value};

/// What came of the last thing a driver had run.
#[derive(Debug)]
pub enum Outcome {
    /// Nothing was run yet.
    Begins,
    /// The generator yielded this, and is suspended.
    Yielded(Value),
    /// The call, or the generator, returned this.
    Returned(Value),
    /// It raised this.
    Raised(Value),
}

/// What a driver wants.
#[derive(Debug)]
pub enum Driven {
    /// Resume this generator.
    Resume(Value, Resume),
    /// Make this call.
    Call(TailCall),
    /// It is over: what the native that began it comes to.
    Ends(Result<Value, Value>),
}

impl Driven {
    /// Call `callee` with these arguments.
    pub fn call(callee: Value, args: Vec<Value>) -> Driven {
        Driven::Call(TailCall { callee, args, keywords: Vec::new() })
    }
}

impl Vm {
    /// End a native by letting `driver` work: what comes of that is what comes of the native.
    pub fn tail_drive(&self, driver: Value) -> NativeResult {
        Err(Exit::Resume(Box::new(Resumption { generator: driver, how: Resuming::Drive })))
    }

    pub(super) fn start_driving(&mut self, driver: Value, to: To) -> Result<(), Value> {
        if !matches!(to.delivery, Delivery::Call | Delivery::Discard) {
            // The prelude waits for the outcome on behalf of what cannot.
            let result = self.tail_prelude("drive", vec![driver]);
            return self.complete(result, to);
        }
        self.held.push(driver);
        self.drive(Outcome::Begins, To::by(Delivery::Drive, to.dst))
    }

    /// Something that the driver on top of the held values had run has come to an end, or was suspended.
    pub(super) fn came_out(&mut self, outcome: Outcome, to: To) -> Result<(), Value> {
        if self.driving {
            self.outcome = Some(outcome);
            return Ok(());
        }
        self.drive(outcome, to)
    }

    /// May a driver have this generator resumed with `None`, whatever is found inside it? It has not begun, or rests, and
    /// nobody delegates to it.
    #[inline]
    pub fn may_go_on(&self, generator: &Ref<Generator>) -> bool {
        let rests = match generator.state() {
            GeneratorState::Suspended => !generator.leaf.get().is_null(),
            state => state == GeneratorState::Created,
        };
        rests && generator.parent.get().is_null()
    }

    /// A generator that the driver on top of the held values has resumed yields `value`. Mostly another one goes on with
    /// `None`: then its record takes the place of the other's on the control stack, and nothing else is touched.
    #[inline(never)]
    pub(super) fn pass_on(&mut self, value: Value) -> Result<(), Value> {
        if self.is_observed() {
            return self.pass_on_watched(value);
        }
        self.running_generator().pc.set(self.pc);
        if let Some(frame) = self.frames.last() {
            view(frame.generator).set_state(GeneratorState::Suspended);
        }
        let driver = self.held.last().cloned().unwrap_or_default();
        match (self.hooks.pass_on)(self, &driver, &value) {
            Passed::To(next) => {
                self.replace_resumed(&next);
                Ok(())
            }
            Passed::Done => self.leave_to_driver(Outcome::Begins),
            Passed::Not => self.leave_to_driver(Outcome::Yielded(value)),
        }
    }

    /// The same, and an observer is told.
    fn pass_on_watched(&mut self, value: Value) -> Result<(), Value> {
        let me = self.running_generator();
        me.pc.set(self.pc);
        let Some(frame) = self.frames.last().copied() else { return Err(self.internal("a yield without a resumer")) };
        view(frame.generator).set_state(GeneratorState::Suspended);
        self.observe_yield(self.pc, &me, &frame, &value);
        let driver = self.held.last().cloned().unwrap_or_default();
        match (self.hooks.pass_on)(self, &driver, &value) {
            Passed::To(next) => {
                self.observe_going_on(&next, &frame);
                self.replace_resumed(&next);
                Ok(())
            }
            Passed::Done => self.leave_to_driver(Outcome::Begins),
            Passed::Not => self.leave_to_driver(Outcome::Yielded(value)),
        }
    }

    #[cold]
    fn leave_to_driver(&mut self, outcome: Outcome) -> Result<(), Value> {
        let Some(frame) = self.frames.pop() else { return Err(self.internal("a yield without a resumer")) };
        self.restore(&frame);
        self.drive(outcome, To { delivery: frame.delivery, dst: frame.dst, jump: frame.jump })
    }

    /// Tell the driver, and do what it wants, until that is something that runs.
    pub(super) fn drive(&mut self, mut outcome: Outcome, to: To) -> Result<(), Value> {
        loop {
            let driver = self.held.last().cloned().unwrap_or_default();
            let wanted = (self.hooks.drive)(self, &driver, outcome);
            drop(driver);
            let depth = self.frames.len();
            self.driving = true;
            let begun = match wanted {
                Driven::Resume(generator, Resume::Send(value)) => match generator.to_ref::<Generator>() {
                    Some(resting) if value.is_none() && !self.frames.is_full() && self.may_go_on(&resting) => {
                        self.resume_resting(&resting, to);
                        Ok(())
                    }
                    _ => self.resume_generator(&generator, Resume::Send(value), to),
                },
                Driven::Resume(generator, resume) => self.resume_generator(&generator, resume, to),
                Driven::Call(TailCall { callee, args, keywords }) => self.invoke_owned(callee, args, keywords, to),
                Driven::Ends(result) => {
                    self.driving = false;
                    drop(self.held.pop());
                    return self.deliver(result?, To::register(to.dst));
                }
            };
            self.driving = false;
            outcome = match (begun, self.outcome.take()) {
                (Ok(()), None) => return Ok(()),
                (Ok(()), Some(outcome)) => outcome,
                (Err(exception), _) if self.limit_reached().is_some() => {
                    drop(self.held.pop());
                    return Err(exception);
                }
                // Raised by what was put on the control stack: it unwinds as ever.
                (Err(exception), _) if self.frames.len() > depth => return Err(exception),
                (Err(exception), _) => {
                    self.context_stands = false;
                    Outcome::Raised(exception)
                }
            };
            if let Err(exit) = self.tick(self.driven_steps) {
                let exception = self.exception_of(exit);
                if self.limit_reached().is_some() {
                    drop(self.held.pop());
                    return Err(exception);
                }
                outcome = Outcome::Raised(exception);
            }
            self.driven_steps = self.driven_steps.wrapping_add(1);
        }
    }
}
