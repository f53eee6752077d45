//! Steps of async generators (PEP 525): what awaiting `asend`, `athrow` and `aclose` objects does.
//!
//! An async generator is resumed only by its steps. What it awaits passes through a step to whoever awaits that; an item it
//! yields ends the step. So a step is no frame of its own, but two ways of delivery: `AsyncCall` for a step resumed by a
//! method call, `AsyncDelegate` for one that a coroutine awaits.
//!
//! `async for` takes most of its steps unseen: while the generator runs to its next item nobody can come by the step, so there
//! is none, and where it would be stands the generator. It is made when the generator awaits something.

use super::frame::{Delivery, To};
use super::resume::view;
use super::{Exit, NativeResult, Resume, Vm};
use crate::bytecode::{Op, Reg};
use crate::object::async_step::{AsyncStep, StepKind, StepState};
use crate::object::generator::{ASYNC_CLOSED, ASYNC_RUNNING, FINALIZER, HOOKED, STARTED};
use crate::object::slot::Slot;
use crate::object::{Exception, Generator, GeneratorState, Kind, Ref, Tuple, Value};
use std::cell::Cell;

/// An `athrow` that has begun and ends in a `send` is not known to be over, as in CPython: it may be tried again.
fn stays_open(step: &AsyncStep, to: &To) -> bool {
    step.kind == StepKind::Throw && to.jump != 0
}

impl Vm {
    /// `asend`, `athrow`, `aclose`, `__anext__` of an async generator. At the first of them the hooks take notice of it.
    pub fn async_step(&mut self, generator: &Ref<Generator>, kind: StepKind, argument: Value) -> NativeResult {
        if !generator.has_flag(STARTED) {
            generator.set_flag(STARTED);
            let [hook, finalizer] = &self.asyncgen_hooks;
            if !finalizer.is_none() {
                generator.set_detail(FINALIZER, finalizer.clone());
                generator.set_flag(HOOKED);
            }
            if !hook.is_none() {
                let hook = hook.clone();
                let method = match kind {
                    StepKind::Send => "asend",
                    StepKind::Throw => "athrow",
                    StepKind::Close => "aclose",
                };
                let args = match kind {
                    StepKind::Send => Value::tuple(vec![argument]),
                    StepKind::Throw => argument,
                    StepKind::Close => Value::tuple(Vec::new()),
                };
                let call = vec![hook, generator.value(), Value::str(method), args];
                return self.tail_prelude("async_generator_begins", call);
            }
        }
        let state = Cell::new(StepState::Created);
        let step = AsyncStep { generator: generator.clone(), kind, state, argument: Slot::new(argument) };
        Ok(Value::object(Ref::new(step)))
    }

    /// The error of a step that cannot go on: it is over, or another step of its generator has begun.
    pub fn refuse_step(&self, step: &Ref<AsyncStep>) -> Result<(), Exit> {
        match step.state.get() {
            StepState::Closed => Err(self.runtime_error(format!("cannot reuse already awaited {}", step.methods()))),
            StepState::Created if step.generator.has_flag(ASYNC_RUNNING) => {
                step.state.set(StepState::Closed);
                let method = if step.kind == StepKind::Send { "anext" } else { step.method() };
                Err(self.runtime_error(format!("{method}(): asynchronous generator is already running")))
            }
            StepState::Created | StepState::Begun => Ok(()),
        }
    }

    /// Go on with a step: `to` is a register for a method call, `AsyncDelegate` for one that is awaited.
    pub(super) fn take_step(&mut self, object: &Value, resume: Resume, to: To) -> Result<(), Value> {
        let Some(step) = object.to_ref::<AsyncStep>() else { return Err(self.internal("not a step")) };
        let throws = matches!(resume, Resume::Throw(_));
        let finished = step.generator.state() == GeneratorState::Closed;
        let mut resume = resume;
        match step.state.get() {
            StepState::Closed => {
                return self.refuse_step(&step).map_err(|exit| self.exception_of(exit));
            }
            _ if step.kind != StepKind::Send && !throws && finished => {
                step.state.set(StepState::Closed);
                return self.step_ended(&to, Value::NONE);
            }
            StepState::Created if step.generator.has_flag(ASYNC_RUNNING) => {
                return self.refuse_step(&step).map_err(|exit| self.exception_of(exit));
            }
            StepState::Created if !throws => match (step.kind, &resume) {
                (StepKind::Send, Resume::Send(value)) if value.is_none() => {
                    resume = Resume::Send(step.argument.get());
                }
                (StepKind::Send, _) => {}
                _ if step.generator.has_flag(ASYNC_CLOSED) => {
                    step.state.set(StepState::Closed);
                    let exit = self.raise_with(&self.types.stop_async_iteration, Vec::new());
                    return Err(self.exception_of(exit));
                }
                (_, Resume::Send(value)) if !value.is_none() => {
                    let message = "can't send non-None value to a just-started coroutine";
                    return Err(self.exception_of(self.runtime_error(message)));
                }
                (StepKind::Throw, _) if let Some(message) = step.misfit_of_arguments() => {
                    // As in CPython, where the generator is then taken for running, for good.
                    step.state.set(StepState::Begun);
                    step.generator.set_flag(ASYNC_RUNNING);
                    return Err(self.exception_of(self.type_error(message)));
                }
                (StepKind::Throw, _) => match self.exception_to_throw(&step) {
                    Some(exception) => resume = Resume::Throw(exception),
                    None => {
                        let result = self.tail_prelude("async_step_begin_throw", vec![object.clone()]);
                        let delivery =
                            if to.delivery == Delivery::AsyncDelegate { Delivery::DelegateCall } else { to.delivery };
                        return self.complete(result, To { delivery, ..to });
                    }
                },
                (StepKind::Close, _) => {
                    step.generator.set_flag(ASYNC_CLOSED);
                    let exit = Exception::of(&self.types.generator_exit, Vec::new());
                    resume = Resume::Throw(exit.into_value());
                }
            },
            StepState::Created | StepState::Begun => {}
        }
        let begins = step.state.replace(StepState::Begun) == StepState::Created;
        step.generator.set_flag(ASYNC_RUNNING);
        let generator = step.generator.value();
        let depth = self.frames.len();
        let to = To { jump: (!begins && !throws) as i32, ..to };
        let result = match (&resume, finished) {
            (Resume::Send(_), true) => {
                let exit = self.raise_with(&self.types.stop_async_iteration, Vec::new());
                Err(self.exception_of(exit))
            }
            _ if to.delivery == Delivery::AsyncDelegate => self.resume_generator(&generator, resume, to),
            _ => {
                self.held.push(object.clone());
                self.resume_generator(&generator, resume, To { delivery: Delivery::AsyncCall, ..to })
            }
        };
        match result {
            // Refused, or thrown into a generator that was over: nothing is on the control stack that could tell.
            Err(exception) if self.frames.len() <= depth => {
                let stands = std::mem::take(&mut self.context_stands);
                let result = self.step_raised(step.clone(), &to, exception.clone());
                self.context_stands = stands && result.as_ref().is_err_and(|raised| raised.is(&exception));
                result
            }
            other => other,
        }
    }

    /// The exception that `athrow` was given; `None` if Python code has to make it.
    fn exception_to_throw(&self, step: &AsyncStep) -> Option<Value> {
        let arguments = step.argument.get();
        let arguments = arguments.get::<Tuple>()?;
        match arguments.items() {
            [exception] if exception.is_kind(Kind::Exception) => Some(exception.clone()),
            _ => None,
        }
    }

    /// The step that waits for what just came out of its generator.
    fn waiting_step(&mut self, to: &To) -> Option<Ref<AsyncStep>> {
        if to.delivery != Delivery::AsyncDelegate {
            return self.held.pop()?.to_ref::<AsyncStep>();
        }
        let Op::YieldFrom { iter, .. } = self.current_op() else { return None };
        let step = self.register(iter);
        match step.to_ref::<Generator>() {
            Some(unseen) => Some(self.show_step(&unseen, StepState::Begun, iter)),
            None => step.to_ref::<AsyncStep>(),
        }
    }

    /// Put a step that was taken unseen, or is to be taken now, where its generator stands in its place.
    fn show_step(&mut self, generator: &Ref<Generator>, state: StepState, iter: Reg) -> Ref<AsyncStep> {
        let step = Ref::new(AsyncStep {
            generator: generator.clone(),
            kind: StepKind::Send,
            state: Cell::new(state),
            argument: Slot::new(Value::NONE),
        });
        self.set_register(iter, step.value());
        step
    }

    /// Is it between two items, and may be asked for the next without anybody looking?
    fn rests(&self, generator: &Ref<Generator>) -> bool {
        generator.state() == GeneratorState::Suspended
            && generator.has_flag(STARTED)
            && !generator.has_flag(ASYNC_RUNNING | ASYNC_CLOSED)
            && generator.parent.get().is_null()
            && self.observer.is_none()
    }

    /// `YieldFrom` on an async generator, which stands there in place of its next step.
    pub(super) fn take_step_unseen(&mut self, generator: &Ref<Generator>, iter: Reg) -> Result<(), Value> {
        let to = To::by(Delivery::AsyncDelegate, Reg::NONE);
        if !self.rests(generator) {
            let step = self.show_step(generator, StepState::Created, iter);
            return self.take_step(&step.value(), Resume::Send(Value::NONE), to);
        }
        self.check_depth()?;
        generator.set_flag(ASYNC_RUNNING);
        self.resume_suspended(generator, Value::NONE, to);
        Ok(())
    }

    /// A step is over and has come to `value`.
    fn step_ended(&mut self, to: &To, value: Value) -> Result<(), Value> {
        if to.delivery == Delivery::AsyncDelegate {
            return self.delegate_ended(value);
        }
        let exception = self.exception_of(self.stop_iteration(value));
        self.set_context(&exception);
        Err(exception)
    }

    /// An item ends a step: the exception that carries it has no context, whatever is being handled.
    fn step_gave(&mut self, to: &To, item: Value) -> Result<(), Value> {
        if to.delivery == Delivery::AsyncDelegate {
            return self.delegate_ended(item);
        }
        self.context_stands = true;
        Err(Exception::of(&self.types.stop_iteration, vec![item]).into_value())
    }

    /// `AsyncYield`: an item, which ends the step.
    pub(super) fn yield_async(&mut self, item: Value) -> Result<(), Value> {
        let waits =
            |frame: &super::frame::Frame| matches!(frame.delivery, Delivery::AsyncCall | Delivery::AsyncDelegate);
        if !self.frames.last().is_some_and(waits) {
            // Its finaliser resumed it, and wants to know no more than that it has not ended.
            return self.yield_value(item);
        }
        self.trace_exit(&item, true);
        let me = self.running_generator();
        me.pc.set(self.pc);
        let Some(frame) = self.frames.pop() else { return Err(self.internal("a yield without a resumer")) };
        view(frame.generator).set_state(GeneratorState::Suspended);
        self.observe_yield(self.pc, &me, &frame, &item);
        self.restore(&frame);
        if frame.delivery == Delivery::AsyncDelegate
            && let Op::YieldFrom { iter, .. } = self.current_op()
            && self.register(iter).is_kind(Kind::Generator)
        {
            view(frame.generator).clear_flag(ASYNC_RUNNING);
            return self.delegate_ended(item);
        }
        let generator = (*view(frame.generator)).clone();
        let to = To { delivery: frame.delivery, dst: frame.dst, jump: frame.jump };
        let Some(step) = self.waiting_step(&to) else { return Err(self.internal("an item without a step")) };
        generator.clear_flag(ASYNC_RUNNING);
        if !stays_open(&step, &to) {
            step.state.set(StepState::Closed);
        }
        if step.kind == StepKind::Close {
            return Err(self.exception_of(self.runtime_error("async generator ignored GeneratorExit")));
        }
        // They go before the item takes the place of what was there.
        drop((step, generator));
        self.step_gave(&to, item)
    }

    /// The async generator returned.
    pub(super) fn async_generator_returned(&mut self, to: &To) -> Result<(), Value> {
        let exit = self.raise_with(&self.types.stop_async_iteration, Vec::new());
        let exception = self.exception_of(exit);
        self.async_generator_raised(to, exception)
    }

    /// `exception` left the async generator.
    pub(super) fn async_generator_raised(&mut self, to: &To, exception: Value) -> Result<(), Value> {
        let Some(step) = self.waiting_step(to) else { return Err(self.internal("an exception without a step")) };
        self.step_raised(step, to, exception)
    }

    /// A step is over with `exception`.
    fn step_raised(&mut self, step: Ref<AsyncStep>, to: &To, exception: Value) -> Result<(), Value> {
        step.generator.clear_flag(ASYNC_RUNNING);
        if !stays_open(&step, to) {
            step.state.set(StepState::Closed);
        }
        let ends = self.is_instance(&exception, &self.types.stop_async_iteration)
            || self.is_instance(&exception, &self.types.generator_exit);
        if ends {
            step.generator.set_flag(ASYNC_CLOSED);
            if step.kind == StepKind::Close {
                drop(step);
                return self.step_ended(to, Value::NONE);
            }
        }
        drop(step);
        if to.delivery == Delivery::AsyncDelegate && self.is_stop_iteration(&exception) {
            // Thrown into a body that never began, which makes nothing else of it: the awaiter takes it for the end.
            let value = self.stop_value(&exception);
            return self.delegate_ended(value);
        }
        Err(exception)
    }

    /// Delivers what a step's generator awaits: it goes on to whoever resumed the step.
    pub(super) fn step_awaits(&mut self, value: Value, to: &To) -> Result<(), Value> {
        if to.delivery == Delivery::AsyncDelegate {
            // From here on it can be seen.
            self.waiting_step(to);
            return self.delegate_yielded(value);
        }
        drop(self.held.pop());
        self.set_register(to.dst, value);
        Ok(())
    }

    /// `GetANext` on an async generator.
    pub(super) fn anext_step(&mut self, generator: &Ref<Generator>, dst: Reg) -> Result<(), Value> {
        let result = self.async_step(generator, StepKind::Send, Value::NONE);
        self.complete(result, To::register(dst))
    }

    /// Is it an async generator?
    pub fn is_async_generator(&self, value: &Value) -> bool {
        value.get::<Generator>().is_some_and(|generator| {
            generator.code().is_some_and(|code| code.code.flags.coroutine && code.code.flags.generator)
        })
    }

    /// The hook that wants to finalise an unfinished async generator.
    pub fn async_finalizer(&self, value: &Value) -> Option<Value> {
        let generator = value.get::<Generator>()?;
        if !generator.has_flag(HOOKED) || generator.has_flag(ASYNC_CLOSED) {
            return None;
        }
        generator.detail(FINALIZER)
    }

    /// `GetAIter`
    pub(super) fn get_aiter(&mut self, value: Value, dst: Reg) -> Result<(), Value> {
        let class = self.class_of(&value);
        match class.lookup(&self.names.aiter) {
            Some(method) if !method.is_none() => self.invoke_special(method, [value], To::register(dst)),
            _ => {
                let name = self.shown_class(&class);
                let message = format!("'async for' requires an object with __aiter__ method, got {name}");
                Err(self.exception_of(self.type_error(message)))
            }
        }
    }

    /// `GetANext`
    pub(super) fn get_anext(&mut self, iter: Value, dst: Reg) -> Result<(), Value> {
        self.sent = Value::NONE;
        if self.is_async_generator(&iter)
            && let Some(generator) = iter.to_ref::<Generator>()
        {
            if !self.rests(&generator) {
                return self.anext_step(&generator, dst);
            }
            self.set_register(dst, iter);
            return Ok(());
        }
        let class = self.class_of(&iter);
        match class.lookup(&self.names.anext) {
            Some(method) if !method.is_none() => {
                let result = self.tail_prelude("awaitable_next", vec![method, iter]);
                self.complete(result, To::by(Delivery::Call, dst))
            }
            _ => {
                let message = format!(
                    "'async for' received an object from __aiter__ that does not implement __anext__: {}",
                    self.shown_class(&class)
                );
                Err(self.exception_of(self.type_error(message)))
            }
        }
    }
}
