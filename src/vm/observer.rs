//! Who watches the machine.
//!
//! What is observed are transfers of control between frames; of code that is compiled with marks, control at those, too.

use super::frame::Delivery;
use super::pad::{Noted, Pad};
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
    Round,
}

/// A transfer from one instruction to another, in two words: what it is stands where addresses of instructions are 0.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Passage {
    from: usize,
    to: usize,
}

const _: () = assert!(align_of::<Op>() >= 4 && Transfer::Round as usize >> 2 < 4, "two bits of each address are free");

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
    /// A generator is resumed with nothing, and yields `value` to the same place again from where it stood, and nothing of note
    /// happens in between.
    Round { at: At<'a>, by: Option<At<'a>>, object: &'a Value, value: &'a Value },
    /// A generator begins to delegate to another.
    Delegate { from: At<'a>, object: &'a Value, to: &'a Value },
    /// A suspended frame returns; it is over.
    ///
    /// `delegated`: to the frame that delegated to it, not to a resumer.
    Finish { from: At<'a>, to: Option<At<'a>>, object: &'a Value, value: &'a Value, delegated: bool },
    /// An exception is raised. `object` is the generator it happens in, if it is one.
    Raise { at: At<'a>, object: Option<&'a Value>, exception: &'a Value },
    /// A handler takes an exception. `on_its_way`: control comes to one that only tidies up, after which the exception goes on,
    /// or that asks first whether it is for it; then it is told again if it is.
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

    /// If there is nothing to be told of it but the object: a number, from 0.
    #[inline(always)]
    pub fn bare(&self) -> Option<u8> {
        Some(match self {
            Act::Step => 0,
            Act::StepOver => 1,
            Act::Pause => 2,
            Act::Cancelled => 3,
            Act::Run => 4,
            Act::RunOver => 5,
            _ => return None,
        })
    }
}

/// Someone who watches.
pub trait Observer {
    /// Something happened. From now on the same transfer may be noted on the pad.
    fn event(&mut self, event: Event<'_>, pad: &mut Pad);
    /// What was noted on the pad, of transfers that the observer expects there: before anything else that it is told.
    fn noted(&mut self, _notes: &[u64]) {}
    /// The transfer that has this number on the pad, with values that cannot be noted there.
    fn again(&mut self, _number: u16, _values: &[Value], _pad: &mut Pad) {}
    /// May it be told that a generator went on when it is known what came of that?
    fn can_wait(&self) -> bool {
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

/// Someone who watches, and what was noted for them.
pub(crate) struct Watch {
    observer: Box<dyn Observer>,
    pad: Box<Pad>,
    can_wait: bool,
}

impl Watch {
    fn by(observer: Box<dyn Observer>) -> Watch {
        Watch { can_wait: observer.can_wait(), observer, pad: Box::default() }
    }

    /// May the observer be told that a generator went on when it is known what came of that?
    #[inline(always)]
    pub(super) fn puts_off(&self) -> bool {
        self.can_wait
    }

    /// Something happened, and now.
    pub(super) fn tell(&mut self, host: &mut Box<dyn Host>, event: Event<'_>) {
        self.hand_over();
        if self.observer.wants_time() {
            self.observer.time(host.monotonic_ns());
        }
        self.observer.event(event, &mut self.pad);
    }

    /// The observer gets what was noted: it is told of what came before first.
    fn hand_over(&mut self) {
        let notes = self.pad.take();
        if !notes.is_empty() {
            self.observer.noted(notes);
        }
    }

    /// Who watches, after all that was noted.
    pub(super) fn observer(&mut self) -> &mut Box<dyn Observer> {
        self.hand_over();
        &mut self.observer
    }

    /// Is there nothing more to be told of this transfer, because it is noted or the observer goes by its number? Of the
    /// generator with this number (`object::identity`; 0: none). While their code is there and is not hidden, two instructions
    /// are all there is to know of where control was and goes.
    #[inline(always)]
    pub(super) fn again(&mut self, passage: Passage, whom: u32, value: &Value) -> bool {
        let noted = self.pad.note(passage, whom, value);
        self.is_told(noted, std::slice::from_ref(value))
    }

    /// The same of a call.
    #[inline(always)]
    pub(super) fn called_again(&mut self, passage: Passage, args: &[Value]) -> bool {
        let noted = self.pad.note_all(passage, 0, args);
        self.is_told(noted, args)
    }

    /// The same of a delegation.
    #[inline(always)]
    pub(super) fn delegated_again(&mut self, passage: Passage, whom: u32, delegate: u32) -> bool {
        self.pad.note_delegation(passage, whom, delegate) == Noted::Whole
    }

    #[inline(always)]
    fn is_told(&mut self, noted: Noted, values: &[Value]) -> bool {
        match noted {
            Noted::Whole => true,
            Noted::ButValues(number) => self.tell_by_number(number, values),
            Noted::Not => false,
        }
    }

    #[inline(never)]
    fn tell_by_number(&mut self, number: u16, values: &[Value]) -> bool {
        self.hand_over();
        self.observer.again(number, values, &mut self.pad);
        true
    }
}

impl crate::vm::Vm {
    /// Watch the machine from now on.
    pub fn observe(&mut self, observer: Box<dyn Observer>) {
        self.observer = Some(Watch::by(observer));
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
        self.catch_up();
        let mut watch = self.observer.take();
        self.watch_returns();
        if let Some(watch) = &mut watch {
            watch.hand_over();
        }
        watch.map(|watch| watch.observer)
    }

    /// Write to standard output. An observer gets the text instead: it shows it where it happened.
    pub fn write_stdout(&mut self, text: &[u8]) -> Result<(), crate::host::HostError> {
        self.catch_up();
        let place = if self.observer.is_some() { self.place() } else { None };
        if let Some(watch) = &mut self.observer {
            let at = place.as_ref().map(|(code, index)| At { code, index: *index });
            watch.tell(&mut self.host, Event::Output { at, text });
            if watch.observer.takes_output() {
                return Ok(());
            }
        }
        self.host.write_stdout(text)
    }

    /// The program is about to wait for something outside, or to write to standard error.
    pub fn pauses(&mut self) {
        self.catch_up();
        if let Some(watch) = &mut self.observer {
            watch.observer().pause();
        }
    }

    /// Does somebody watch?
    pub fn is_observed(&self) -> bool {
        self.observer.is_some()
    }

    /// An event loop does something: an observer is told.
    #[inline]
    pub fn observe_loop(&mut self, object: &Value, act: Act<'_>) {
        if self.observer.is_none() {
            return;
        }
        self.catch_up();
        if let Some(watch) = &mut self.observer {
            if act.bare().is_some_and(|act| watch.pad.note_act(act, object)) {
                return;
            }
            if act.is_of_turns() {
                watch.tell(&mut self.host, Event::Loop { at: None, through: None, object, act });
            } else {
                self.tell_of_loop(object, act);
            }
        }
    }

    /// The same, between the turns of tasks and callbacks: nobody of the program has it done.
    #[inline]
    pub fn observe_between_turns(&mut self, object: &Value, act: Act<'_>) {
        if self.observer.is_none() {
            return;
        }
        self.catch_up();
        if let Some(watch) = &mut self.observer {
            watch.tell(&mut self.host, Event::Loop { at: None, through: None, object, act });
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
        if let Some(watch) = &mut self.observer {
            watch.tell(&mut self.host, Event::Loop { at: at(&own), through: at(&library), object, act });
        }
    }
}
