//! What is told an observer of transfers of control, where the machine carries them out.
//!
//! Bodies of natives that are written in Python are not told of: control is where their caller is. Mostly an observer has been
//! told of the same transfer before, and two instructions say which: that is asked first, and the rest is out of the way.

use super::Vm;
use super::call::place_in;
use super::frame::Frame;
use super::observer::{At, Event, Transfer, tell};
use super::resume::{Resume, thrown_by, view};
use crate::bytecode::Op;
use crate::object::identity::number_of;
use crate::object::{CodeObject, Function, Generator, GeneratorState, Object, Ref, Value};

/// The instruction before the one where a body goes on: the one that it left.
#[inline(always)]
fn left(pc: *const Op) -> *const Op {
    pc.wrapping_sub(1)
}

/// The function of a body, and where it goes on.
type Standing = (*const Object<Function>, *const Op);

impl Vm {
    /// Has the observer been told of the same before? `from` is the instruction that is left by the running body or, if it is
    /// over or suspended, was left by the one that was.
    #[inline(always)]
    fn told_again(&mut self, what: Transfer, from: *const Op, to: *const Op, number: u32, value: &Value) -> bool {
        match &mut self.observer {
            Some(observer) => observer.again(what, from, to, number, value),
            None => true,
        }
    }

    /// Is the running body one of Python's?
    #[inline(always)]
    fn has_body(&self) -> bool {
        !self.function.is_null()
    }

    /// A function is about to be entered, whose registers are at `base`.
    #[inline(never)]
    pub(super) fn observe_call(&mut self, code: &Ref<CodeObject>, base: *mut Value) {
        // SAFETY: parameters come first among the registers, and an observer runs nothing that could change them.
        let args = unsafe { std::slice::from_raw_parts(base, code.parameters as usize) };
        if self.has_body()
            && let Some(observer) = &mut self.observer
            && observer.called_again(left(self.pc), code.ops, args)
        {
            return;
        }
        self.tell_call(code, args);
    }

    #[cold]
    fn tell_call(&mut self, code: &Ref<CodeObject>, args: &[Value]) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        if code.hidden {
            return;
        }
        let from = place_in(frames, (self.function, self.pc));
        tell(observer, host, Event::Call { from, to: At { code, index: 0 }, args });
    }

    /// The running function is about to return.
    #[inline(never)]
    pub(super) fn observe_return(&mut self, value: &Value) {
        if let Some(frame) = self.frames.last()
            && !frame.function.is_null()
        {
            let to = left(frame.pc);
            if self.told_again(Transfer::Return, left(self.pc), to, 0, value) {
                return;
            }
        }
        self.tell_return(value);
    }

    #[cold]
    fn tell_return(&mut self, value: &Value) {
        let code = self.running_code();
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        if code.hidden {
            return;
        }
        let from = At { code: &code, index: code.index_of(self.pc).saturating_sub(1) };
        let to = frames.last().and_then(|frame| place_in(frames, (frame.function, frame.pc)));
        tell(observer, host, Event::Return { from, to, value });
    }

    /// A generator was made.
    #[inline(never)]
    pub(super) fn observe_create(&mut self, generator: &Ref<Generator>) {
        let from = left(self.pc);
        if self.has_body()
            && self.told_again(Transfer::Create, from, generator.pc.get(), number_of(generator), &Value::NONE)
        {
            return;
        }
        self.tell_create(generator);
    }

    #[cold]
    fn tell_create(&mut self, generator: &Ref<Generator>) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        if generator.code().is_some_and(|code| !code.hidden)
            && let Some(from) = place_in(frames, (self.function, self.pc))
        {
            tell(observer, host, Event::Create { from, object: &generator.value() });
        }
    }

    /// `object` is about to be resumed; `leaf` is the innermost of the chain that begins with it.
    #[inline]
    pub(super) fn observe_resume(&mut self, object: &Value, leaf: &Ref<Generator>, resume: &Resume) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let Some(code) = leaf.code().filter(|code| !code.hidden) else { return };
        let started = leaf.state() != GeneratorState::Created;
        let to = At { code, index: code.index_of(leaf.pc.get()).saturating_sub(started as usize) };
        let from = place_in(frames, (self.function, self.pc));
        match resume {
            Resume::Send(value) => tell(observer, host, Event::Resume { from, to, object, value, started }),
            Resume::Throw(given) => {
                tell(observer, host, Event::Throw { from, to, object, exception: &thrown_by(given) });
            }
        }
    }

    /// `generator` was resumed with `value`, by the body that `pc` and `function` still stand for. `started`: `leaf` had run.
    #[inline(never)]
    pub(super) fn observe_sent(
        &mut self,
        generator: *mut Object<Generator>,
        leaf: *mut Object<Generator>,
        started: bool,
        value: &Value,
    ) {
        let goes_on = view(leaf);
        if generator != leaf || !self.sent_again(&goes_on, (self.function, self.pc), started, value) {
            self.tell_sent(generator, &goes_on, (self.function, self.pc), started, value);
        }
    }

    /// A driver had `generator` go on with nothing, in place of what `frame` waited for.
    pub(super) fn observe_going_on(&mut self, generator: &Ref<Generator>, frame: &Frame) {
        let started = generator.state() != GeneratorState::Created;
        let leaf = if started { generator.leaf.get() } else { generator.as_ptr() };
        let (goes_on, by) = (view(leaf), (frame.function, frame.pc));
        if leaf != generator.as_ptr() || !self.sent_again(&goes_on, by, started, &Value::NONE) {
            self.tell_sent(generator.as_ptr(), &goes_on, by, started, &Value::NONE);
        }
    }

    #[inline(always)]
    fn sent_again(&mut self, generator: &Ref<Generator>, by: Standing, started: bool, value: &Value) -> bool {
        let (what, to) = match started {
            true => (Transfer::Resume, left(generator.pc.get())),
            false => (Transfer::Start, generator.pc.get()),
        };
        !by.0.is_null() && self.told_again(what, left(by.1), to, number_of(generator), value)
    }

    #[cold]
    fn tell_sent(
        &mut self,
        generator: *mut Object<Generator>,
        leaf: &Ref<Generator>,
        by: Standing,
        started: bool,
        value: &Value,
    ) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let Some(code) = leaf.code().filter(|code| !code.hidden) else { return };
        let to = At { code, index: code.index_of(leaf.pc.get()).saturating_sub(started as usize) };
        let from = place_in(frames, by);
        tell(observer, host, Event::Resume { from, to, object: &view(generator).value(), value, started });
    }

    /// `me` is suspended with `value`, which goes to the body that waits in `frame`, the record just popped.
    #[inline(never)]
    pub(super) fn observe_yield(&mut self, me: &Ref<Generator>, frame: &Frame, value: &Value) {
        let from = left(self.pc);
        if !frame.function.is_null() && self.told_again(Transfer::Yield, from, left(frame.pc), number_of(me), value) {
            return;
        }
        self.tell_yield(me, frame, value);
    }

    #[cold]
    fn tell_yield(&mut self, me: &Ref<Generator>, frame: &Frame, value: &Value) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let Some(code) = me.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(self.pc).saturating_sub(1) };
        let to = place_in(frames, (frame.function, frame.pc));
        tell(observer, host, Event::Yield { from, to, object: &me.value(), value });
    }

    /// `me` is about to delegate.
    #[inline(never)]
    pub(super) fn observe_delegate(&mut self, me: &Ref<Generator>, to: &Value) {
        if let Some(delegate) = to.get::<Generator>()
            && let Some(code) = delegate.code()
            && self.told_again(Transfer::Delegate, me.pc.get(), code.ops, number_of(me), to)
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
    fn tell_of_delegation(&mut self, me: &Ref<Generator>, pc: *const Op, to: &Value) {
        let Vm { observer: Some(observer), host, .. } = self else { return };
        let Some(code) = me.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(pc) };
        tell(observer, host, Event::Delegate { from, object: &me.value(), to });
    }

    /// A generator is over. `delegated`: control goes to who delegated to it, not to a resumer.
    #[inline(never)]
    pub(super) fn observe_finish(&mut self, generator: &Ref<Generator>, value: &Value, delegated: bool) {
        let what = if delegated { Transfer::HandOver } else { Transfer::Finish };
        let (from, to) = (left(generator.pc.get()), left(self.pc));
        if self.has_body() && self.told_again(what, from, to, number_of(generator), value) {
            return;
        }
        self.tell_finish(generator, value, delegated);
    }

    #[cold]
    fn tell_finish(&mut self, generator: &Ref<Generator>, value: &Value, delegated: bool) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let Some(code) = generator.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(generator.pc.get()).saturating_sub(1) };
        let to = place_in(frames, (self.function, self.pc));
        tell(observer, host, Event::Finish { from, to, object: &generator.value(), value, delegated });
    }
}
