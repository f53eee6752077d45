//! What is told an observer of transfers of control, where the machine carries them out.
//!
//! Bodies of natives that are written in Python are not told of: control is where their caller is. Mostly an observer has been
//! told of the same transfer before, and two instructions say which: that is asked first (`..._again`), where the transfer is
//! carried out, and only else it is told (`tell_...`).

use super::Vm;
use super::call::place_in;
use super::frame::Frame;
use super::observer::{At, Event, Passage, Transfer};
use super::resume::{thrown_by, view};
use crate::bytecode::Op;
use crate::object::{CodeObject, Exception, Function, Generator, GeneratorState, Object, Ref, Value};

/// The instruction before the one where a body goes on: the one that it left.
#[inline(always)]
fn left(pc: *const Op) -> *const Op {
    pc.wrapping_sub(1)
}

/// The function of a body, and where it goes on.
type Standing = (*const Object<Function>, *const Op);

/// A generator that a `for` had go on, of which nobody has been told. Mostly it comes to the same `yield` again, and hands its
/// value to the same `for`: then both are told of as one. Else that it went on is told before anything else is.
///
/// **Invariant.** It is told of, or forgotten, before the generator or the body that waits for it leaves the control stack: as
/// the generator yields, is over, or is left by an exception, hidden or not; and when the program may not go on.
#[derive(Clone, Copy)]
pub(crate) struct Untold {
    generator: *mut Object<Generator>,
    /// Where it went on.
    at: *const Op,
    by: Standing,
}

impl Untold {
    /// There is none.
    pub const NONE: Untold =
        Untold { generator: std::ptr::null_mut(), at: std::ptr::null(), by: (std::ptr::null(), std::ptr::null()) };
}

impl Vm {
    /// Tell of the generator that went on and that nobody was told of, if there is one.
    #[inline(always)]
    pub(super) fn catch_up(&mut self) {
        if !self.untold.generator.is_null() {
            self.tell_untold();
        }
    }

    #[inline(never)]
    fn tell_untold(&mut self) {
        let Untold { generator, at, by } = std::mem::replace(&mut self.untold, Untold::NONE);
        let goes_on = view(generator);
        let to = left(at);
        if by.0.is_null() || !self.told_again(Transfer::Resume, left(by.1), to, Some(&goes_on), &Value::NONE) {
            self.tell_sent_at(by, generator, (&goes_on, to), true, &Value::NONE);
        }
    }

    /// Has the observer been told of the same before, or is there none? `from` is the instruction that is left by the running
    /// body or, if it is over or suspended, was left by the one that was; `object` is the generator that is told of, if one is.
    #[inline(always)]
    fn told_again(
        &mut self,
        what: Transfer,
        from: *const Op,
        to: *const Op,
        object: Option<&Ref<Generator>>,
        value: &Value,
    ) -> bool {
        self.catch_up();
        match &mut self.observer {
            Some(watch) => {
                let whom = object.map_or(0, |object| object.number.get());
                watch.again(Passage::of(what, from, to), whom, value)
            }
            None => true,
        }
    }

    /// A function is about to be entered, whose registers are at `base`.
    #[inline(always)]
    pub(super) fn observe_call(&mut self, here: Standing, code: &Ref<CodeObject>, base: *mut Value) {
        // SAFETY: parameters come first among the registers, and an observer runs nothing that could change them.
        let args = unsafe { std::slice::from_raw_parts(base, code.parameters as usize) };
        self.catch_up();
        let told = match &mut self.observer {
            Some(watch) if !here.0.is_null() => {
                watch.called_again(Passage::of(Transfer::Call, left(here.1), code.ops), args)
            }
            Some(_) => false,
            None => true,
        };
        if !told {
            self.tell_call(here, code, args);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell_call(&mut self, here: Standing, code: &Ref<CodeObject>, args: &[Value]) {
        self.catch_up();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        if code.hidden {
            return;
        }
        let from = place_in(frames, here);
        watch.tell(host, Event::Call { from, to: At { code, index: 0 }, args });
    }

    /// The running function is about to return.
    #[inline(always)]
    pub(super) fn observe_return(&mut self, value: &Value) {
        if let Some(frame) = self.frames.last()
            && !frame.function.is_null()
        {
            let to = left(frame.pc);
            if self.told_again(Transfer::Return, left(self.pc), to, None, value) {
                return;
            }
        }
        self.tell_return(value);
    }

    #[cold]
    #[inline(never)]
    fn tell_return(&mut self, value: &Value) {
        self.catch_up();
        let code = self.running_code();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        if code.hidden {
            return;
        }
        let from = At { code: &code, index: code.index_of(self.pc).saturating_sub(1) };
        let to = frames.last().and_then(|frame| place_in(frames, (frame.function, frame.pc)));
        watch.tell(host, Event::Return { from, to, value });
    }

    /// A generator was made.
    #[inline(always)]
    pub(super) fn observe_create(&mut self, here: Standing, generator: &Ref<Generator>) {
        let (from, to) = (left(here.1), generator.pc.get());
        if here.0.is_null() || !self.told_again(Transfer::Create, from, to, Some(generator), &Value::NONE) {
            self.tell_create(here, generator);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell_create(&mut self, here: Standing, generator: &Ref<Generator>) {
        self.catch_up();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        if generator.code().is_some_and(|code| !code.hidden)
            && let Some(from) = place_in(frames, here)
        {
            watch.tell(host, Event::Create { from, object: &generator.value() });
        }
    }

    /// `object` is about to have `given` thrown in; `leaf` is the innermost of the chain that begins with it.
    pub(super) fn observe_throw(&mut self, object: &Value, leaf: &Ref<Generator>, given: &Value) {
        self.catch_up();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        let Some(code) = leaf.code().filter(|code| !code.hidden) else { return };
        let started = leaf.state() != GeneratorState::Created;
        let to = At { code, index: code.index_of(leaf.pc.get()).saturating_sub(started as usize) };
        let from = place_in(frames, (self.function, self.pc));
        watch.tell(host, Event::Throw { from, to, object, exception: &thrown_by(given) });
    }

    /// `generator` was resumed with `value`. `started`: `leaf` had run.
    #[inline(always)]
    pub(super) fn observe_sent(
        &mut self,
        by: Standing,
        generator: *mut Object<Generator>,
        leaf: *mut Object<Generator>,
        started: bool,
        value: &Value,
    ) {
        let goes_on = view(leaf);
        if generator != leaf || !self.sent_again(by, &goes_on, started, value) {
            self.tell_sent(by, generator, &goes_on, started, value);
        }
    }

    /// A driver had `generator` go on with nothing, in place of what `frame` waited for.
    pub(super) fn observe_going_on(&mut self, generator: &Ref<Generator>, frame: &Frame) {
        let started = generator.state() != GeneratorState::Created;
        let leaf = if started { generator.leaf.get() } else { generator.as_ptr() };
        let (goes_on, by) = (view(leaf), (frame.function, frame.pc));
        if leaf != generator.as_ptr() || !self.sent_again(by, &goes_on, started, &Value::NONE) {
            self.tell_sent(by, generator.as_ptr(), &goes_on, started, &Value::NONE);
        }
    }

    #[inline(always)]
    fn sent_again(&mut self, by: Standing, generator: &Ref<Generator>, started: bool, value: &Value) -> bool {
        let (what, to) = match started {
            true => (Transfer::Resume, left(generator.pc.get())),
            false => (Transfer::Start, generator.pc.get()),
        };
        !by.0.is_null() && self.told_again(what, left(by.1), to, Some(generator), value)
    }

    #[cold]
    #[inline(never)]
    fn tell_sent(
        &mut self,
        by: Standing,
        generator: *mut Object<Generator>,
        leaf: &Ref<Generator>,
        started: bool,
        value: &Value,
    ) {
        let to = leaf.pc.get();
        self.tell_sent_at(by, generator, (leaf, if started { left(to) } else { to }), started, value);
    }

    #[cold]
    #[inline(never)]
    fn tell_sent_at(
        &mut self,
        by: Standing,
        generator: *mut Object<Generator>,
        (leaf, to): (&Ref<Generator>, *const Op),
        started: bool,
        value: &Value,
    ) {
        self.catch_up();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        let Some(code) = leaf.code().filter(|code| !code.hidden) else { return };
        let to = At { code, index: code.index_of(to) };
        // Above what waits for it may stand what was called since.
        let waits = frames.iter().rposition(|frame| frame.generator == generator).unwrap_or(frames.len());
        let from = place_in(&frames[..waits], by);
        watch.tell(host, Event::Resume { from, to, object: &view(generator).value(), value, started });
    }

    /// A `for` has a generator go on that stands in its own frame, behind a `yield`.
    #[inline(always)]
    pub(super) fn observe_next(&mut self, by: Standing, generator: *mut Object<Generator>) {
        self.catch_up();
        let goes_on = view(generator);
        if self.observer.as_ref().is_some_and(|watch| watch.puts_off()) {
            self.untold = Untold { generator, at: goes_on.pc.get(), by };
        } else {
            self.observe_sent(by, generator, generator, true, &Value::NONE);
        }
    }

    /// `me` yields to the `for` that waits in `frame`, which may have had it go on from where it is now.
    #[inline(always)]
    pub(super) fn observe_yield_to_for(&mut self, pc: *const Op, me: &Ref<Generator>, frame: &Frame, value: &Value) {
        if self.untold.generator != me.as_ptr() || self.untold.at != pc {
            return self.observe_yield(pc, me, frame, value);
        }
        self.untold.generator = std::ptr::null_mut();
        let (from, to) = (left(pc), left(frame.pc));
        if frame.function.is_null() || !self.told_again(Transfer::Round, from, to, Some(me), value) {
            self.tell_round(pc, me, frame, value);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell_round(&mut self, pc: *const Op, me: &Ref<Generator>, frame: &Frame, value: &Value) {
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        let Some(code) = me.code().filter(|code| !code.hidden) else { return };
        let at = At { code, index: code.index_of(pc).saturating_sub(1) };
        let by = place_in(frames, (frame.function, frame.pc));
        watch.tell(host, Event::Round { at, by, object: &me.value(), value });
    }

    /// `me` is suspended at `pc` with `value`, which goes to the body that waits in `frame`, the record just popped.
    #[inline(always)]
    pub(super) fn observe_yield(&mut self, pc: *const Op, me: &Ref<Generator>, frame: &Frame, value: &Value) {
        let (from, to) = (left(pc), left(frame.pc));
        if frame.function.is_null() || !self.told_again(Transfer::Yield, from, to, Some(me), value) {
            self.tell_yield(pc, me, frame, value);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell_yield(&mut self, pc: *const Op, me: &Ref<Generator>, frame: &Frame, value: &Value) {
        self.catch_up();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        let Some(code) = me.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(pc).saturating_sub(1) };
        let to = place_in(frames, (frame.function, frame.pc));
        watch.tell(host, Event::Yield { from, to, object: &me.value(), value });
    }

    /// `me` stands behind a yield of `value` to a fold, the topmost record, which has taken it and lets `me` go on.
    #[inline(always)]
    pub(super) fn observe_fold(&mut self, me: &Ref<Generator>, value: &Value) {
        if let Some(frame) = self.frames.last()
            && frame.generator == me.as_ptr()
            && !frame.function.is_null()
        {
            let to = left(frame.pc);
            if self.told_again(Transfer::Fold, left(me.pc.get()), to, Some(me), value) {
                return;
            }
        }
        self.tell_fold(me, value);
    }

    #[cold]
    #[inline(never)]
    fn tell_fold(&mut self, me: &Ref<Generator>, value: &Value) {
        self.catch_up();
        let Some(frame) = self.frames.last().copied() else { return };
        let (pc, by) = (me.pc.get(), (frame.function, frame.pc));
        if frame.generator != me.as_ptr() {
            // What is resumed is not what yielded.
            self.observe_yield(pc, me, &frame, value);
            return self.observe_sent(by, frame.generator, me.as_ptr(), true, &Value::NONE);
        }
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        let Some(code) = me.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(pc).saturating_sub(1) };
        watch.tell(host, Event::Fold { from, to: place_in(frames, by), object: &me.value(), value });
    }

    /// `me` is about to delegate.
    #[inline(always)]
    pub(super) fn observe_delegate(&mut self, me: &Ref<Generator>, to: &Value) {
        self.catch_up();
        let Some(watch) = &mut self.observer else { return };
        if let Some(delegate) = to.get::<Generator>()
            && let Some(code) = delegate.code()
            && let passage = Passage::of(Transfer::Delegate, me.pc.get(), code.ops)
            && watch.delegated_again(passage, me.number.get(), delegate.number.get())
        {
            return;
        }
        self.tell_of_delegation(me, me.pc.get(), to);
    }

    /// The running coroutine is about to wait for `object`, which stands for the coroutine of a function.
    pub(super) fn observe_wait(&mut self, object: &Value) {
        if self.observer.is_some() {
            let me = self.running_generator();
            self.tell_of_delegation(&me, self.pc, object);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell_of_delegation(&mut self, me: &Ref<Generator>, pc: *const Op, to: &Value) {
        self.catch_up();
        let Vm { observer: Some(watch), host, .. } = self else { return };
        let Some(code) = me.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(pc) };
        watch.tell(host, Event::Delegate { from, object: &me.value(), to });
    }

    /// A generator is over. `delegated`: control goes to who delegated to it, not to a resumer.
    #[inline(always)]
    pub(super) fn observe_finish(
        &mut self,
        here: Standing,
        generator: &Ref<Generator>,
        value: &Value,
        delegated: bool,
    ) {
        let what = if delegated { Transfer::HandOver } else { Transfer::Finish };
        let (from, to) = (left(generator.pc.get()), left(here.1));
        if here.0.is_null() || !self.told_again(what, from, to, Some(generator), value) {
            self.tell_finish(here, generator, value, delegated);
        }
    }

    #[cold]
    #[inline(never)]
    fn tell_finish(&mut self, here: Standing, generator: &Ref<Generator>, value: &Value, delegated: bool) {
        self.catch_up();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        let Some(code) = generator.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(generator.pc.get()).saturating_sub(1) };
        let to = place_in(frames, here);
        watch.tell(host, Event::Finish { from, to, object: &generator.value(), value, delegated });
    }

    /// A suspended generator is closed, and nothing of its own runs: what would be told if that had been found out by throwing.
    #[cold]
    #[inline(never)]
    pub(super) fn tell_closing(&mut self, generator: &Ref<Generator>) {
        self.catch_up();
        let exception = &Exception::of(&self.types.generator_exit, Vec::new()).into_value();
        let Vm { observer: Some(watch), host, frames, .. } = self else { return };
        let Some(code) = generator.code().filter(|code| !code.hidden) else { return };
        let at = At { code, index: code.index_of(generator.pc.get()).saturating_sub(1) };
        let (from, object) = (place_in(frames, (self.function, self.pc)), &generator.value());
        watch.tell(host, Event::Throw { from, to: at, object, exception });
        watch.tell(host, Event::Raise { at, object: Some(object), exception });
        // What its loops and blocks hold goes before it is left, and what its variables hold after that.
        let held = code.locals as usize..generator.header().aux.get() as usize;
        held.rev().for_each(|index| generator.set_value_at(index, Value::EMPTY));
        watch.tell(host, Event::Unwind { at, object: Some(object), exception, delegated: false });
    }
}
