//! Who watches the machine.
//!
//! What is observed are transfers of control between frames; of code that is compiled with marks, control at those, too.

use super::frame::Delivery;
use crate::bytecode::Op;
use crate::host::Host;
use crate::object::{CodeObject, Ref, Value};

/// The place of a transfer: a body and the instruction it is at.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The body.
    pub code: &'a Ref<CodeObject>,
    /// Number of the instruction.
    pub index: usize,
}

impl At<'_> {
    /// The instruction.
    #[inline(always)]
    pub fn op(&self) -> *const Op {
        self.code.ops.wrapping_add(self.index)
    }
}

/// The transfers of control that happen over and over.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
#[allow(missing_docs)]
pub enum Transfer {
    Call,
    Return,
    Create,
    Start,
    Resume,
    Yield,
    Delegate,
    Finish,
    HandOver,
    Fold,
}

/// A transfer from one instruction to another, in two words: what it is stands where addresses of instructions are 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Passage {
    from: usize,
    to: usize,
}

const _: () = assert!(align_of::<Op>() >= 4 && Transfer::Fold as usize >> 2 < 4, "two bits of each address are free");

impl Passage {
    /// No transfer is this.
    pub const NONE: Passage = Passage { from: usize::MAX, to: usize::MAX };

    /// This from here to there.
    #[inline(always)]
    pub fn of(what: Transfer, from: *const Op, to: *const Op) -> Passage {
        Passage { from: from as usize + (what as usize >> 2), to: to as usize + (what as usize & 3) }
    }

    /// A number in whose highest bits passages differ.
    #[inline(always)]
    pub fn spread(self) -> u64 {
        spread((self.from as u64).wrapping_mul(8).wrapping_add(self.to as u64))
    }
}

/// A number whose highest bits differ where the lowest of those that are given do.
#[inline(always)]
pub fn spread(number: u64) -> u64 {
    // 2 to the 64 divided by the golden ratio.
    number.wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// What happened. `from` is where control was, `to` where it goes.
pub enum Event<'a> {
    /// A function is called.
    Call { from: Option<At<'a>>, to: At<'a>, args: &'a [Value] },
    /// A function returns.
    Return { from: At<'a>, to: Option<At<'a>>, value: &'a Value },
    /// A generator, coroutine or async generator is made.
    Create { from: At<'a>, object: &'a Value },
    /// A suspended frame is resumed with `value` (`next` sends `None`). `started`: it had run before.
    Resume { from: Option<At<'a>>, to: At<'a>, object: &'a Value, value: &'a Value, started: bool },
    /// An exception is thrown into a suspended frame.
    Throw { from: Option<At<'a>>, to: At<'a>, object: &'a Value, exception: &'a Value },
    /// A frame suspends, handing `value` to its resumer.
    Yield { from: At<'a>, to: Option<At<'a>>, object: &'a Value, value: &'a Value },
    /// A frame hands `value` to a native that folds what it yields (`list`, `sum`), which has it go on at once, with `None`.
    /// `to`: who called that.
    Fold { from: At<'a>, to: Option<At<'a>>, object: &'a Value, value: &'a Value },
    /// A generator begins to delegate to another.
    Delegate { from: At<'a>, object: &'a Value, to: &'a Value },
    /// A suspended frame returns; it is over.
    ///
    /// `delegated`: to the frame that delegated to it, not to a resumer.
    Finish { from: At<'a>, to: Option<At<'a>>, object: &'a Value, value: &'a Value, delegated: bool },
    /// An exception is raised. `object` is the generator it happens in, if it is one.
    Raise { at: At<'a>, object: Option<&'a Value>, exception: &'a Value },
    /// A handler takes an exception. `on_its_way`: it only tidies up, and the exception goes on.
    Catch { at: At<'a>, object: Option<&'a Value>, exception: &'a Value, on_its_way: bool },
    /// An exception leaves a frame; `delegated` as for `Finish`.
    Unwind { at: At<'a>, object: Option<&'a Value>, exception: &'a Value, delegated: bool },
    /// Control is at a mark: it comes to a line, or to an instruction, or both. `at` is the mark.
    /// `object` as for `Raise`.
    Reach { at: At<'a>, object: Option<&'a Value>, is_line: bool, is_instruction: bool },
    /// The program writes to standard output. `at`: who does, unless nobody runs.
    Output { at: Option<At<'a>>, text: &'a [u8] },
    /// A thread is started: the one with this number. `at`: who does.
    Spawn { at: Option<At<'a>>, thread: i64 },
    /// The running thread, which has this number, ends.
    End { thread: i64 },
    /// An event loop does something with a task, a handle of a callback, or a handle that waits for a descriptor. `at`: the
    /// innermost body that is the program's; `through`: the body of the library that is further in, if there is one. Neither is
    /// said of the turns of tasks and callbacks, nor of what a loop does between them.
    Loop { at: Option<At<'a>>, through: Option<At<'a>>, object: &'a Value, act: Act<'a> },
}

/// What an event loop does with something.
#[derive(Clone, Copy)]
pub enum Act<'a> {
    /// A task is made, that runs `coroutine`; its first step is queued.
    Make { coroutine: &'a Value, name: &'a str },
    /// A task has its turn.
    Step,
    /// The turn is over.
    StepOver,
    /// A task waits until `future` is done.
    Wait { future: &'a Value },
    /// A task gives others a turn, and is queued again.
    Pause,
    /// A task is queued, because `future` is done.
    Wake { future: &'a Value },
    /// A task has ended with a result.
    Done { result: &'a Value },
    /// A task has ended with an exception.
    Fail { exception: &'a Value },
    /// A task was cancelled, and has ended.
    Cancelled,
    /// Somebody wants a task to be cancelled.
    Cancel,
    /// A callback is queued.
    Queue { callback: &'a Value, args: &'a [Value] },
    /// A callback is run.
    Run,
    /// It has returned, or raised.
    RunOver,
    /// A callback is to be queued after so many seconds.
    Arm { callback: &'a Value, args: &'a [Value], delay: f64 },
    /// Its time has come, and it is queued.
    Fire,
    /// A callback is not to be run, whether it is queued or not.
    Disarm,
    /// A callback is to be queued whenever something can be read from a descriptor, or written to it.
    Watch { fd: i64, writing: bool },
    /// No longer.
    Unwatch,
    /// The descriptor is ready, and the callback is queued.
    Ready,
}

impl Act<'_> {
    /// Does the loop do it by itself, or as the turn of a task ends? Nobody asks from where, then.
    fn is_of_turns(&self) -> bool {
        use Act::{Cancelled, Done, Fail, Pause, Run, RunOver, Step, StepOver, Wait};
        matches!(self, Step | StepOver | Run | RunOver | Pause | Wait { .. } | Done { .. } | Fail { .. } | Cancelled)
    }

    /// Is there nothing to be told of it but the object?
    #[inline(always)]
    pub fn is_bare(&self) -> bool {
        matches!(self, Act::Step | Act::StepOver | Act::Run | Act::RunOver | Act::Pause | Act::Cancelled)
    }
}

/// Someone who watches.
pub trait Observer {
    /// Something happened.
    fn event(&mut self, event: Event<'_>);
    /// The same transfer as before, if the observer knows that and needs not be told more: for the generator with this number
    /// (`object::identity`; 0: none), with this value. While their code is there and is not hidden, two instructions are all
    /// there is to know of where control was and goes.
    fn again(&mut self, _passage: Passage, _number: u32, _value: &Value) -> bool {
        false
    }
    /// The same of a call with these arguments.
    fn called_again(&mut self, _passage: Passage, _args: &[Value]) -> bool {
        false
    }
    /// The same of what an event loop does by itself with a task or handle that the observer has been told of.
    fn turned_again(&mut self, _act: &Act<'_>, _object: &Value) -> bool {
        false
    }
    /// Does it want to be told what time it is before each event?
    fn wants_time(&self) -> bool {
        false
    }
    /// The time on the clock that does not jump, in nanoseconds.
    fn time(&mut self, _now: i64) {}
    /// Is output for its eyes only, or to be written as well?
    fn takes_output(&self) -> bool {
        true
    }
    /// From now on this thread runs; the first is 0.
    fn thread(&mut self, _number: i64) {}
    /// The program is about to wait for something outside, or to write where the observer does not see it.
    fn pause(&mut self) {}
    /// The observer itself, to get at what it recorded.
    fn as_any(&mut self) -> &mut dyn std::any::Any;
}

/// Something happened, and now.
pub(super) fn tell(observer: &mut Box<dyn Observer>, host: &mut Box<dyn Host>, event: Event<'_>) {
    if observer.wants_time() {
        observer.time(host.monotonic_ns());
    }
    observer.event(event);
}

impl crate::vm::Vm {
    /// Watch the machine from now on.
    pub fn observe(&mut self, observer: Box<dyn Observer>) {
        self.observer = Some(observer);
        self.watch_returns();
        // Calls and resumptions that the run loop carries out itself ask for room on the control stack. Without any, each
        // takes the way that tells the observer.
        self.frames.set_limit(0);
        self.yielded_at_once = Delivery::Init;
    }

    /// Watch it no more; the observer is handed back.
    pub fn stop_observing(&mut self) -> Option<Box<dyn Observer>> {
        self.frames.set_limit(self.frames.len());
        self.yielded_at_once = Delivery::For;
        let observer = self.observer.take();
        self.watch_returns();
        observer
    }

    /// Write to standard output. An observer gets the text instead: it shows it where it happened.
    pub fn write_stdout(&mut self, text: &[u8]) -> Result<(), crate::host::HostError> {
        let place = if self.observer.is_some() { self.place() } else { None };
        if let Some(observer) = &mut self.observer {
            let at = place.as_ref().map(|(code, index)| At { code, index: *index });
            tell(observer, &mut self.host, Event::Output { at, text });
            if observer.takes_output() {
                return Ok(());
            }
        }
        self.host.write_stdout(text)
    }

    /// The program is about to wait for something outside, or to write to standard error.
    pub fn pauses(&mut self) {
        if let Some(observer) = &mut self.observer {
            observer.pause();
        }
    }

    /// Does somebody watch?
    pub fn is_observed(&self) -> bool {
        self.observer.is_some()
    }

    /// An event loop does something: an observer is told.
    #[inline]
    pub fn observe_loop(&mut self, object: &Value, act: Act<'_>) {
        if let Some(observer) = &mut self.observer {
            if act.is_bare() && observer.turned_again(&act, object) {
                return;
            }
            if act.is_of_turns() {
                tell(observer, &mut self.host, Event::Loop { at: None, through: None, object, act });
            } else {
                self.tell_of_loop(object, act);
            }
        }
    }

    /// The same, between the turns of tasks and callbacks: nobody of the program has it done.
    #[inline]
    pub fn observe_between_turns(&mut self, object: &Value, act: Act<'_>) {
        if let Some(observer) = &mut self.observer {
            tell(observer, &mut self.host, Event::Loop { at: None, through: None, object, act });
        }
    }

    #[cold]
    fn tell_of_loop(&mut self, object: &Value, act: Act<'_>) {
        let (mut own, mut library) = (None, None);
        let mut bodies = self.bodies();
        while let Some(body) = bodies.step() {
            let code = body.function.code();
            if code.is_of_program() && !code.hidden {
                own = Some((code.clone(), body.index));
                break;
            }
            if library.is_none() && !code.hidden {
                library = Some((code.clone(), body.index));
            }
        }
        fn at(place: &Option<(Ref<CodeObject>, usize)>) -> Option<At<'_>> {
            place.as_ref().map(|(code, index)| At { code, index: *index })
        }
        if let Some(observer) = &mut self.observer {
            tell(observer, &mut self.host, Event::Loop { at: at(&own), through: at(&library), object, act });
        }
    }
}
