//! What is told an observer of transfers of control, where the machine carries them out.
//!
//! Bodies of natives that are written in Python are not told of: control is where their caller is.

use super::Vm;
use super::call::place_in;
use super::frame::Frame;
use super::observer::{At, Event, tell};
use super::resume::{Resume, thrown_by, view};
use crate::bytecode::Op;
use crate::object::{CodeObject, Generator, GeneratorState, Object, Ref, Value};

impl Vm {
    /// A function is about to be entered, whose registers are at `base`.
    pub(super) fn observe_call(&mut self, code: &Ref<CodeObject>, base: *mut Value) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        if code.hidden {
            return;
        }
        let count = code.code.parameters.count();
        // SAFETY: parameters come first among the registers, and an observer runs nothing that could change them.
        let args = unsafe { std::slice::from_raw_parts(base, count) };
        let from = place_in(frames, (self.function, self.pc));
        tell(observer, host, Event::Call { from, to: At { code, index: 0 }, args });
    }

    /// The running function is about to return.
    pub(super) fn observe_return(&mut self, value: &Value) {
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
    pub(super) fn observe_create(&mut self, object: &Value) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let hidden = object.get::<Generator>().and_then(|generator| generator.code().map(|code| code.hidden));
        if hidden != Some(true)
            && let Some(from) = place_in(frames, (self.function, self.pc))
        {
            tell(observer, host, Event::Create { from, object });
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
    pub(super) fn observe_sent(
        &mut self,
        generator: *mut Object<Generator>,
        leaf: *mut Object<Generator>,
        started: bool,
        value: &Value,
    ) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let leaf = view(leaf);
        let Some(code) = leaf.code().filter(|code| !code.hidden) else { return };
        let to = At { code, index: code.index_of(leaf.pc.get()).saturating_sub(started as usize) };
        let from = place_in(frames, (self.function, self.pc));
        tell(observer, host, Event::Resume { from, to, object: &view(generator).value(), value, started });
    }

    /// `me` is suspended with `value`, which goes to the body that waits in `frame`, the record just popped.
    #[inline]
    pub(super) fn observe_yield(&mut self, me: &Ref<Generator>, frame: &Frame, value: &Value) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let Some(code) = me.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(self.pc).saturating_sub(1) };
        let to = place_in(frames, (frame.function, frame.pc));
        tell(observer, host, Event::Yield { from, to, object: &me.value(), value });
    }

    /// `me` is about to delegate.
    pub(super) fn observe_delegate(&mut self, me: &Ref<Generator>, to: &Value) {
        if self.observer.is_some() {
            self.tell_of_delegation(me, me.pc.get(), to);
        }
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
    pub(super) fn observe_finish(&mut self, object: &Value, value: &Value, delegated: bool) {
        let Vm { observer: Some(observer), host, frames, .. } = self else { return };
        let Some(generator) = object.get::<Generator>() else { return };
        let Some(code) = generator.code().filter(|code| !code.hidden) else { return };
        let from = At { code, index: code.index_of(generator.pc.get()).saturating_sub(1) };
        let to = place_in(frames, (self.function, self.pc));
        tell(observer, host, Event::Finish { from, to, object, value, delegated });
    }
}
