//! Suspension: one mechanism.
//!
//! Resuming points the machine at a generator's pc and registers. A yield goes to whoever resumed the outermost generator
//! of the chain, a return to the delegator or to the resumer. What can be observed of a chain (a delegate resumed from the
//! side, shared, or closed behind its delegator's back) is as CPython has it; those are the paths that walk the chain,
//! and only those do.

use super::fold::Folded;
use super::frame::{Delivery, Frame, To};
use super::view::View;
use super::{Awaited, Exit, Outcome, Resuming, Resumption, Vm};
use crate::bytecode::{Flags, NOT_BEGUN, Op, Reg};
use crate::object::generator::{AWAITED, STARTED};
use crate::object::{Exception, Foreign, Generator, GeneratorState, Kind, Object, Ref, Traceback, Tuple, Value};
use std::mem::{ManuallyDrop, MaybeUninit};

/// What a suspended frame is resumed with.
#[derive(Debug)]
pub enum Resume {
    /// `next`, `send`.
    Send(Value),
    /// `throw`: an exception or, when the chain ends in an iterator of the program, the tuple of its `throw` and what that is
    /// given.
    Throw(Value),
}

/// A view of a generator known by its address; the control stack or a register keeps it alive.
pub(super) fn view(generator: *mut Object<Generator>) -> ManuallyDrop<Ref<Generator>> {
    // SAFETY: callers pass the address of a generator that something else keeps alive, and never drop the view.
    ManuallyDrop::new(unsafe { Ref::from_ptr(generator) })
}

impl Vm {
    /// The generator whose registers the running frame uses.
    pub(super) fn running_generator(&self) -> ManuallyDrop<Ref<Generator>> {
        // SAFETY: only called by what runs in a generator's frame.
        view(unsafe { Ref::of_registers(self.base) })
    }

    /// A native ended by resuming a generator.
    pub(super) fn resume_for(&mut self, resumption: Resumption, to: To) -> Result<(), Value> {
        let Resumption { generator, how } = resumption;
        let mut thrower_has = Value::UNDEF;
        let (resume, default) = match how {
            Resuming::Fold(fold, state) => return self.start_fold(generator, fold, state, to),
            Resuming::Once(resume) => (resume, Value::UNDEF),
            Resuming::Thrown(exception) => {
                thrower_has = exception.clone();
                (Resume::Throw(exception), Value::UNDEF)
            }
            Resuming::Or(default) => (Resume::Send(Value::NONE), default),
            Resuming::Drive => return self.start_driving(generator, to),
        };
        if !matches!(to.delivery, Delivery::Call | Delivery::Discard) {
            // Only a register can wait for a yield: the prelude waits for it on behalf of anything else.
            let (name, value) = match resume {
                Resume::Send(value) => ("resume_send", value),
                Resume::Throw(exception) => ("resume_throw", exception),
            };
            let result = self.tail_prelude(name, vec![generator, value]);
            return self.complete(result, to);
        }
        if generator.is_kind(Kind::AsyncStep) {
            return self.take_step(&generator, resume, to);
        }
        self.held.push(generator.clone());
        let mut waits = To::by(Delivery::Send, to.dst);
        if !default.is_undef() {
            self.held.push(default);
            waits.delivery = Delivery::NextDefault;
        } else if !thrower_has.is_undef() {
            // Until `throw` is over, and with it what its traceback refers to.
            self.held.push(thrower_has);
            waits.jump = 1;
        }
        self.resume_generator(&generator, resume, waits)
    }

    /// Resume a generator: from now on it runs.
    pub(super) fn resume_generator(&mut self, object: &Value, resume: Resume, to: To) -> Result<(), Value> {
        let Some(generator) = object.get::<Generator>() else { return Err(self.internal("not a generator")) };
        match generator.state() {
            GeneratorState::Running => {
                if let Resume::Send(_) = resume
                    && generator.is_asked_again()
                    && let (Some(twin), Some(to)) = (generator.twin(), to.of_a_call())
                {
                    // An adaptor that is asked again while it fetches an item: its state is in its parameters.
                    let result = self.tail_prelude("adaptor_again", vec![object.clone(), twin.into_value()]);
                    return self.complete(result, to);
                }
                let what = self.type_name(object);
                return self.refuse(to, self.value_error(format!("{} already executing", noun(&what))));
            }
            GeneratorState::Closed => return self.resume_closed(object, resume, to),
            GeneratorState::Created => {
                if let Resume::Send(value) = &resume
                    && !value.is_none()
                {
                    let what = noun(&self.type_name(object)).to_owned();
                    let message = format!("can't send non-None value to a just-started {what}");
                    return self.refuse(to, self.type_error(message));
                }
            }
            GeneratorState::Suspended => {}
        }
        if !generator.parent.get().is_null() {
            if self.chain_is_running(&generator) {
                let what = self.type_name(object);
                return self.refuse(to, self.value_error(format!("{} already executing", noun(&what))));
            }
            // Resumed from the side: whoever delegates to it must look again where the chain ends, and so must it, since only
            // the outermost is told of what changes.
            generator.leaf.set(std::ptr::null_mut());
            let mut above = generator.parent.get();
            while !above.is_null() {
                let delegator = view(above);
                delegator.leaf.set(std::ptr::null_mut());
                above = delegator.parent.get();
            }
        }
        if let Err(exception) = self.check_depth() {
            self.begins_too_deep(&generator);
            self.abandon(to);
            return Err(exception);
        }
        let created = generator.state() == GeneratorState::Created;
        if let (true, Resume::Throw(exception)) = (created, &resume) {
            return self.throw_into_created(&generator, exception.clone(), to);
        }
        let header = generator.header();
        header.flags.set(header.flags.get() | AWAITED);
        let leaf = self.leaf_of(&generator);
        match &resume {
            Resume::Send(value) => {
                let started = leaf.state() != GeneratorState::Created;
                self.observe_sent((self.function, self.pc), generator.as_ptr(), leaf.as_ptr(), started, value);
            }
            Resume::Throw(given) => self.observe_throw(object, &leaf, given),
        }
        self.put_on(&generator, to);
        self.enter(&leaf);
        match &resume {
            Resume::Send(_) => self.trace_entry(true),
            Resume::Throw(given) => self.trace_throw(&thrown_by(given)),
        }
        match resume {
            Resume::Send(value) => {
                if !created {
                    self.hand_in(value);
                }
                Ok(())
            }
            Resume::Throw(exception) => self.throw_here(exception),
        }
    }

    /// Resume a generator that is suspended in its own frame, with `value`.
    #[inline(always)]
    pub(super) fn resume_suspended(&mut self, generator: &Ref<Generator>, value: Value, to: To) {
        self.put_on(generator, to);
        self.enter(generator);
        self.hand_in(value);
    }

    /// A record of the control stack: the running body waits for what comes out of `generator`, which runs.
    #[inline(always)]
    fn put_on(&mut self, generator: &Ref<Generator>, to: To) {
        self.frames.push(Frame {
            pc: self.pc,
            base: self.base,
            function: self.function,
            top: MaybeUninit::uninit(),
            generator: generator.as_ptr(),
            jump: to.jump,
            dst: to.dst,
            delivery: to.delivery,
            crossed: false,
        });
        self.top = self.stack_top();
        generator.set_state(GeneratorState::Running);
    }

    /// In place of the generator that was resumed last, and now rests, `next` is resumed with `None`: one that may go on.
    #[inline(always)]
    pub(super) fn replace_resumed(&mut self, next: &Ref<Generator>) {
        let created = next.state() == GeneratorState::Created;
        next.set_state(GeneratorState::Running);
        self.frames.change_last(|frame| frame.generator = next.as_ptr());
        self.go_on(next, created);
    }

    /// Resume a generator that may go on with `None`; the control stack is not full.
    pub(super) fn resume_resting(&mut self, next: &Ref<Generator>, to: To) {
        let created = next.state() == GeneratorState::Created;
        self.put_on(next, to);
        self.go_on(next, created);
    }

    #[inline]
    fn go_on(&mut self, next: &Ref<Generator>, created: bool) {
        if created {
            next.set_flag(AWAITED);
            return self.enter(&self.leaf_of(next));
        }
        self.enter(&view(next.leaf.get()));
        self.hand_in(Value::NONE);
    }

    /// Point the machine at a suspended frame.
    fn enter(&mut self, generator: &Ref<Generator>) {
        self.pc = generator.pc.get();
        self.base = generator.registers();
        self.function = generator.function().map_or(std::ptr::null(), |function| function.as_ptr());
    }

    /// The value sent arrives where the frame was suspended.
    fn hand_in(&mut self, value: Value) {
        match self.current_op() {
            Op::YieldInto { dst, .. } | Op::AsyncYield { dst, .. } => self.set_register(dst, value),
            Op::Yield { .. } => drop(value),
            // At a delegation that is not direct: it is carried out again, with this.
            _ => self.sent = value,
        }
    }

    /// The innermost generator of the chain that begins at `generator`.
    #[cold]
    pub(super) fn leaf_of(&self, generator: &Ref<Generator>) -> ManuallyDrop<Ref<Generator>> {
        let known = generator.leaf.get();
        if !known.is_null() {
            return view(known);
        }
        let mut leaf = view(generator.as_ptr());
        while let Some(delegate) = leaf.delegate() {
            let Some(inner) = delegate.get::<Generator>() else { break };
            let linked = inner.parent.get() == leaf.as_ptr();
            if !linked || inner.state() == GeneratorState::Closed || inner.state() == GeneratorState::Running {
                break;
            }
            leaf = view(inner.as_ptr());
            leaf.forget_leaf();
        }
        generator.leaf.set(leaf.as_ptr());
        leaf
    }

    fn chain_is_running(&self, generator: &Ref<Generator>) -> bool {
        let mut at = view(generator.as_ptr());
        loop {
            if at.state() == GeneratorState::Running {
                return true;
            }
            let above = at.parent.get();
            if above.is_null() {
                return false;
            }
            at = view(above);
        }
    }

    /// Is it running, or delegating to something that is? (`gi_running`)
    pub fn is_running(&self, generator: &Ref<Generator>) -> bool {
        self.chain_is_running(generator)
    }

    /// There is no room for its body. One that has not begun is over with that, and counts as awaited.
    fn begins_too_deep(&mut self, generator: &Ref<Generator>) {
        if generator.state() == GeneratorState::Created {
            generator.set_flag(AWAITED);
            drop(self.end_created(generator));
        }
    }

    fn refuse(&mut self, to: To, exit: Exit) -> Result<(), Value> {
        self.abandon(to);
        Err(self.exception_of(exit))
    }

    fn resume_closed(&mut self, object: &Value, resume: Resume, to: To) -> Result<(), Value> {
        if self.is_coroutine(object) {
            return self.refuse(to, self.runtime_error("cannot reuse already awaited coroutine"));
        }
        match resume {
            Resume::Throw(exception) if to.delivery == Delivery::Delegate => self.thrown_at_delegation(exception),
            Resume::Throw(exception) => {
                self.abandon(to);
                self.thrown(exception)
            }
            Resume::Send(_) => match to.delivery {
                Delivery::For => {
                    self.end_for();
                    Ok(())
                }
                Delivery::Delegate => self.delegate_ended(Value::NONE),
                Delivery::Fold => self.fold_ends(to),
                Delivery::NextDefault => {
                    let default = self.held.last().cloned().unwrap_or_default();
                    self.deliver(default, to)
                }
                _ => self.refuse(to, self.stop_iteration(Value::NONE)),
            },
        }
    }

    /// An exception thrown into a generator that never ran: it is over, and the traceback shows where it would have begun.
    fn throw_into_created(&mut self, generator: &Ref<Generator>, exception: Value, to: To) -> Result<(), Value> {
        if let Some(function) = generator.function().cloned() {
            self.add_traceback(&exception, &function, NOT_BEGUN);
            let locals = self.end_created(generator);
            if let (Some(shown), Some(thrower)) = (locals.foreign::<View>(), self.visible_body(0)) {
                shown.ended_at(0, self.view_of_body(&thrower));
            }
            if let Some(entry) =
                exception.get::<Exception>().and_then(|raised| raised.traceback.get().to_ref::<Traceback>())
                && entry.function.is(&function)
                && entry.index as usize == NOT_BEGUN
            {
                entry.locals.set(locals);
            }
        }
        self.abandon(to);
        self.thrown(exception)
    }

    /// A generator that never ran is over. What its variables held, for whoever can look at its frame: its frame object, if
    /// there is one, or a tuple.
    pub fn end_created(&mut self, generator: &Ref<Generator>) -> Value {
        let locals = generator.locals_of_created();
        let view = self.close_created(generator, 0);
        generator.finish();
        view.unwrap_or_else(|| Value::tuple(locals))
    }

    /// Close a suspended generator of which nothing would run, as CPython does; `false` if this is none.
    pub fn close_quietly(&mut self, generator: &Ref<Generator>) -> bool {
        if self.traced {
            // Functions of the program may be told of each step.
            return false;
        }
        if self.observer.is_some() && generator.closes_quietly() {
            self.tell_closing(generator);
        }
        let Some((view, index, held)) = generator.close_quietly() else { return false };
        if let Some(view) = view {
            self.leave_to_view(&view, index, held, Value::NONE);
        }
        true
    }

    /// As [`Vm::end_created`], but its arguments stay with it: those of one that is closed do. Gives its frame object, which
    /// stands at instruction `index`.
    pub fn close_created(&mut self, generator: &Ref<Generator>, index: usize) -> Option<Value> {
        generator.set_flag(AWAITED);
        generator.show(&mut crate::object::identity::goes_unfinished);
        let view = generator.view_of_frame();
        if let Some(view) = &view {
            self.leave_to_view(view, index, generator.locals_of_created(), Value::NONE);
        }
        generator.set_state(GeneratorState::Closed);
        view
    }

    /// An exception thrown in keeps the context it has: what its thrower is handling has nothing to do with it.
    fn thrown(&mut self, exception: Value) -> Result<(), Value> {
        self.context_stands = true;
        Err(exception)
    }

    /// Raise `exception` where the frame that was just entered is suspended: in the iterator it delegates to, if there is
    /// one that can be thrown into (PEP 380), else right here.
    fn throw_here(&mut self, exception: Value) -> Result<(), Value> {
        // A frame suspended at a delegation has its pc at it; move past it, as for any instruction being carried out.
        // SAFETY: a suspended frame's pc is inside its code, and a delegation is never its last instruction.
        let next = unsafe { *self.pc };
        let Op::YieldFrom { iter, .. } = next else { return self.thrown(exception) };
        self.pc = self.pc.wrapping_add(1);
        let delegate = self.register(iter);
        if !delegate.is_object() || delegate.is_kind(Kind::Tuple) {
            return self.thrown_at_delegation(exception);
        }
        if let Some(arguments) = exception.get::<Tuple>() {
            return self.throw_arguments(&delegate, arguments.items());
        }
        if is_awaited(&delegate) {
            (self.hooks.thrown)(self, &delegate, &exception);
            return self.thrown_at_delegation(exception);
        }
        if self.is_instance(&exception, &self.types.generator_exit) {
            let result = self.tail_prelude("close_delegate_and_raise", vec![delegate, exception]);
            return self.complete(result, To::by(Delivery::DelegateThrow, Reg::NONE));
        }
        if delegate.is_kind(Kind::Generator) && !is_adaptor(&delegate) {
            return self.resume_generator(&delegate, Resume::Throw(exception), To::by(Delivery::Delegate, Reg::NONE));
        }
        if delegate.is_kind(Kind::AsyncStep) {
            return self.take_step(&delegate, Resume::Throw(exception), To::by(Delivery::AsyncDelegate, Reg::NONE));
        }
        match self.load_attr(&delegate, &self.names.throw.clone()) {
            Ok(method) => self.invoke_with(method, [exception], To::by(Delivery::DelegateThrow, Reg::NONE)),
            Err(Exit::Raise(missing)) if self.is_instance(&missing, &self.types.attribute_error) => {
                self.thrown_at_delegation(exception)
            }
            // Python code has to find it.
            Err(_) => {
                let result = self.tail_prelude("throw_into_delegate", vec![delegate, exception]);
                self.complete(result, To::by(Delivery::DelegateThrow, Reg::NONE))
            }
        }
    }

    /// The delegation is over: a `StopIteration` ends it as if the delegate had raised it.
    fn thrown_at_delegation(&mut self, exception: Value) -> Result<(), Value> {
        if self.is_stop_iteration(&exception) {
            self.raised_at_delegation(&exception);
            return self.delegate_stopped(exception);
        }
        self.thrown(exception)
    }

    /// What `throw` was given goes on, as it was given, to the `throw` of an iterator of the program: `call` is that method
    /// and what it is given; without a method the exception is raised at the delegation. Another chain may end in that iterator.
    fn throw_arguments(&mut self, delegate: &Value, call: &[Value]) -> Result<(), Value> {
        if delegate.is_kind(Kind::Generator) && !is_adaptor(delegate) {
            let call = Resume::Throw(Value::tuple(call.to_vec()));
            return self.resume_generator(delegate, call, To::by(Delivery::Delegate, Reg::NONE));
        }
        let [method, arguments @ ..] = call else { return Err(self.internal("nothing to throw with")) };
        if let (true, [exception]) = (method.is_none(), arguments) {
            return self.thrown_at_delegation(exception.clone());
        }
        let to = To::by(Delivery::DelegateThrow, Reg::NONE);
        self.invoke_owned(method.clone(), arguments.to_vec(), Vec::new(), to)
    }

    /// `Yield` and `AsyncYield`: hand `value` to the resumer. `pc` stands where the frame is to go on.
    #[inline(never)]
    pub(super) fn yield_value(&mut self, value: Value) -> Result<(), Value> {
        let driven = self.frames.last().is_some_and(|frame| frame.delivery == Delivery::Drive);
        if driven && !self.traced && !self.driving { self.pass_on(value) } else { self.hand_on(value) }
    }

    /// Hand `value` to the resumer, whoever that is.
    #[inline(never)]
    fn hand_on(&mut self, value: Value) -> Result<(), Value> {
        let Some(frame) = self.frames.last().copied() else {
            return Err(self.internal("a yield without a resumer"));
        };
        if frame.delivery == Delivery::Fold && self.observer.is_none() {
            return match self.fold_item(&value, frame.jump) {
                Folded::On => {
                    self.hand_in(Value::NONE);
                    Ok(())
                }
                stops => self.yield_to_fold(stops, value),
            };
        }
        let to = self.suspend(&frame, &value);
        match to.delivery {
            Delivery::Delegate => self.delegate_yielded(value),
            Delivery::Drive => self.came_out(Outcome::Yielded(value), to),
            _ => self.deliver(value, to),
        }
    }

    /// A yield to a fold that does not let the generator go on.
    pub(super) fn yield_to_fold(&mut self, folded: Folded, value: Value) -> Result<(), Value> {
        let Some(frame) = self.frames.last().copied() else {
            return Err(self.internal("a yield without a resumer"));
        };
        let to = self.suspend(&frame, &value);
        self.fold_stops(folded, value, to)
    }

    /// The running generator, resumed by `frame`, is suspended with `value`; where that goes.
    fn suspend(&mut self, frame: &Frame, value: &Value) -> To {
        self.trace_exit(value, true);
        let me = self.running_generator();
        me.pc.set(self.pc);
        self.frames.pop();
        let root = view(frame.generator);
        root.set_state(GeneratorState::Suspended);
        self.observe_yield(self.pc, &me, frame, value);
        self.restore(frame);
        To { delivery: frame.delivery, dst: frame.dst, jump: frame.jump }
    }

    /// Make the waiting body of `frame` the running one.
    pub(super) fn restore(&mut self, frame: &Frame) {
        self.pc = frame.pc;
        self.base = frame.base;
        self.function = frame.function;
        if let Some(top) = frame.top() {
            self.top = top;
        }
        if frame.crossed {
            self.stack.leave();
        }
    }

    /// Where the running delegation puts the exception its frame handles while it is suspended, and where the one of its
    /// resumer comes from; `None` outside a handler.
    pub(super) fn delegates_in_handler(&self) -> Option<(Reg, Reg)> {
        // SAFETY: `pc` is behind a delegation, which is never the last instruction.
        match unsafe { *self.pc } {
            Op::ExcSwapIn { kept, outer, .. } => Some((kept, outer)),
            _ => None,
        }
    }

    /// What an indirect delegation of the running generator yielded is yielded on.
    pub(super) fn delegate_yielded(&mut self, value: Value) -> Result<(), Value> {
        if let Some((kept, outer)) = self.delegates_in_handler()
            && !self.register(kept).is_object()
        {
            let outer = self.take_register(outer);
            let handled = std::mem::replace(&mut self.handled, outer);
            self.set_register(kept, handled);
        }
        // On resumption the delegation is carried out again.
        self.pc = self.pc.wrapping_sub(1);
        self.yield_value(value)
    }

    /// An indirect delegation of the running generator ended with `value`.
    pub(super) fn delegate_ended(&mut self, value: Value) -> Result<(), Value> {
        self.trace_stop(&value, false);
        if let Op::YieldFrom { dst, iter, .. } = self.current_op() {
            drop(self.take_register(iter));
            self.set_register(dst, value);
        }
        Ok(())
    }

    /// An indirect delegation ended with this `StopIteration`, which goes first, and with it what its traceback holds.
    pub(super) fn delegate_stopped(&mut self, exception: Value) -> Result<(), Value> {
        let value = self.stop_value(&exception);
        drop(exception);
        self.delegate_ended(value)
    }

    /// `YieldFrom`: first time, or again when the frame is resumed at it; `sent` is what to send in.
    pub(super) fn yield_from(&mut self, iter: Reg) -> Result<(), Value> {
        let sent = std::mem::replace(&mut self.sent, Value::NONE);
        let delegate = self.register(iter);
        let Some(kind) = delegate.kind() else { return self.pause(iter) };
        if let Some((kept, outer)) = self.delegates_in_handler() {
            self.swap_in(kept, outer);
        }
        if kind == Kind::Generator && (sent.is_none() || !is_adaptor(&delegate)) {
            return self.delegate_to_generator(&delegate, sent, iter);
        }
        if kind == Kind::AsyncStep {
            return self.take_step(&delegate, Resume::Send(sent), To::by(Delivery::AsyncDelegate, Reg::NONE));
        }
        if kind == Kind::Foreign && is_awaited(&delegate) {
            return match (self.hooks.awaited)(self, &delegate) {
                Awaited::Waits => self.delegate_yielded(delegate),
                Awaited::Hands(value) => self.delegate_yielded(value),
                Awaited::Ends(value) => self.delegate_ended(value),
                Awaited::Raises(exception) => Err(exception),
            };
        }
        if sent.is_none() {
            if matches!(kind, Kind::ListIter | Kind::RangeIter | Kind::Iter) {
                return match self.native_next(&delegate).map_err(|exit| self.exception_of(exit))? {
                    Some(item) => self.delegate_yielded(item),
                    None => self.delegate_ended(Value::NONE),
                };
            }
            let class = self.class_of(&delegate);
            return match class.lookup(&self.names.next) {
                Some(method) => self.step_delegate(method, vec![delegate]),
                None => Err(self.exception_of(
                    self.type_error(format!("'{}' object is not an iterator", self.shown_class(&class))),
                )),
            };
        }
        match self.load_attr(&delegate, &self.names.send.clone()) {
            Ok(method) => self.step_delegate(method, vec![sent]),
            Err(exit) => self.exit(exit, To::by(Delivery::DelegateCall, Reg::NONE)),
        }
    }

    fn step_delegate(&mut self, method: Value, args: Vec<Value>) -> Result<(), Value> {
        match self.invoke_owned(method, args, Vec::new(), To::by(Delivery::DelegateCall, Reg::NONE)) {
            // A native one raises at once; one in Python raises while it runs, see `unwind`.
            Err(exception) if self.is_stop_iteration(&exception) => self.delegate_stopped(exception),
            other => other,
        }
    }

    /// The return value that a `StopIteration` carries.
    pub fn stop_value(&self, exception: &Value) -> Value {
        exception.get::<crate::object::Exception>().and_then(|e| e.arg(0)).unwrap_or(Value::NONE)
    }

    fn delegate_to_generator(&mut self, delegate: &Value, sent: Value, iter: Reg) -> Result<(), Value> {
        let Some(inner) = delegate.to_ref::<Generator>() else { return Err(self.internal("not a generator")) };
        if inner.has_flag(STARTED) && self.is_async_generator(delegate) {
            return self.take_step_unseen(&inner, iter);
        }
        let me = self.running_generator();
        match inner.state() {
            GeneratorState::Closed => {
                if self.is_coroutine(delegate) {
                    let exit = self.runtime_error("cannot reuse already awaited coroutine");
                    return Err(self.exception_of(exit));
                }
                return self.delegate_ended(Value::NONE);
            }
            // Each step is a resumption of its own where the delegator has something to say to it: in a handler, where the
            // exception being handled is the delegate's too, and with an adaptor, which nothing can be sent into.
            _ if self.delegates_in_handler().is_some() || is_adaptor(delegate) => {}
            GeneratorState::Created | GeneratorState::Suspended
                if inner.parent.get().is_null() && !inner.is(&me) && !self.chain_is_running(&inner) =>
            {
                let Some(frame) = self.frames.last() else {
                    return Err(self.internal("a delegation without a resumer"));
                };
                if me.depth.get() as usize + self.frames.len() > self.recursion_limit {
                    self.begins_too_deep(&inner);
                    let exit = self.recursion_error("maximum recursion depth exceeded");
                    return Err(self.exception_of(exit));
                }
                inner.depth.set(me.depth.get() + 1);
                let root = view(frame.generator);
                let created = inner.state() == GeneratorState::Created;
                me.pc.set(self.pc.wrapping_sub(1));
                inner.parent.set(me.as_ptr());
                let header = inner.header();
                header.flags.set(header.flags.get() | AWAITED);
                let leaf = self.leaf_of(&inner);
                root.leaf.set(leaf.as_ptr());
                inner.forget_leaf();
                // In a chain only the root says whether it runs; the others are asked through it.
                inner.set_state(GeneratorState::Suspended);
                self.observe_delegate(&me, delegate);
                self.enter(&leaf);
                self.trace_entry(false);
                if !(created && leaf.is(&inner)) {
                    self.hand_in(sent);
                }
                return Ok(());
            }
            _ => {}
        }
        // Shared by two delegators, or running: each step is a resumption of its own.
        if inner.parent.get() == me.as_ptr() && inner.state() == GeneratorState::Suspended {
            // It is ours, and was resumed from the side since: take up the direct way again.
            let Some(frame) = self.frames.last() else { return Err(self.internal("a delegation without a resumer")) };
            let root = view(frame.generator);
            me.pc.set(self.pc.wrapping_sub(1));
            let leaf = self.leaf_of(&inner);
            root.leaf.set(leaf.as_ptr());
            inner.forget_leaf();
            self.enter(&leaf);
            self.hand_in(sent);
            return Ok(());
        }
        self.resume_generator(delegate, Resume::Send(sent), To::by(Delivery::Delegate, Reg::NONE))
    }

    /// `Return` in a generator's frame.
    pub(super) fn generator_returned(&mut self, value: Value) -> Result<(), Value> {
        self.trace_exit(&value, false);
        let me = self.running_generator();
        if me.view_of_frame().is_some() {
            self.leave_to_view_of_running(&value);
        }
        let Some(frame) = self.frames.last().copied() else { return Err(self.internal("a return without a resumer")) };
        // Where it ended is told.
        me.pc.set(self.pc);
        if me.begins_again() {
            me.begin_again();
        } else {
            self.drop_registers(&me);
            me.set_state(GeneratorState::Closed);
        }
        // Whoever may delegate to it, however it was resumed, will find it closed.
        let parent = me.parent.replace(std::ptr::null_mut());
        if frame.generator != me.as_ptr() && !parent.is_null() {
            let delegator = view(parent);
            let root = view(frame.generator);
            root.leaf.set(parent);
            let child = Ref::clone(&me);
            self.enter(&delegator);
            self.pc = self.pc.wrapping_add(1);
            self.observe_finish((self.function, self.pc), &child, &value, true);
            return self.delegate_ended(value);
        }
        me.leaf.set(me.as_ptr());
        let over = Ref::clone(&me);
        self.frames.pop();
        self.restore(&frame);
        self.observe_finish((self.function, self.pc), &over, &value, false);
        drop(over);
        let to = To { delivery: frame.delivery, dst: frame.dst, jump: frame.jump };
        match to.delivery {
            Delivery::For => {
                self.trace_stop(&value, true);
                self.end_for();
                Ok(())
            }
            Delivery::Delegate => self.delegate_ended(value),
            Delivery::Fold => self.fold_ends(to),
            Delivery::AsyncCall | Delivery::AsyncDelegate => self.async_generator_returned(&to),
            Delivery::NextDefault => {
                let default = self.held.last().cloned().unwrap_or_default();
                self.deliver(default, to)
            }
            Delivery::Send | Delivery::SendKept => {
                if self.is_async_generator(&view(frame.generator).value()) {
                    // Its finaliser resumed it.
                    let exit = self.raise_with(&self.types.stop_async_iteration, Vec::new());
                    return self.refuse(to, exit);
                }
                self.abandon(to);
                // One that carries a value has no context, whatever is being handled (since 3.14).
                self.context_stands = !value.is_none();
                Err(self.exception_of(self.stop_iteration(value)))
            }
            _ => self.deliver(value, to),
        }
    }

    /// The running generator is over: drop what its registers hold.
    #[inline(always)]
    fn drop_registers(&self, generator: &Ref<Generator>) {
        let first = generator.registers();
        for index in (0..generator.header().aux.get() as usize).rev() {
            // SAFETY: `aux` values trail the object.
            unsafe {
                let slot = first.add(index);
                if (*slot).is_object() {
                    drop(slot.replace(Value::EMPTY));
                }
            }
        }
    }

    /// `GetYieldFromIter`
    pub(super) fn get_delegate(&mut self, value: Value, dst: Reg) -> Result<(), Value> {
        self.sent = Value::NONE;
        if self.is_coroutine(&value) {
            // SAFETY: a running frame's function is alive.
            let code = unsafe { (*self.function).body.code() };
            let allowed = code.code.flags.coroutine || self.is_generator_based(self.function);
            if !allowed {
                let message = "cannot 'yield from' a coroutine object in a non-coroutine generator";
                return Err(self.exception_of(self.type_error(message)));
            }
            self.set_register(dst, value);
            return Ok(());
        }
        self.get_iter(value, dst)
    }

    /// `GetAwaitable`
    pub(super) fn get_awaitable(&mut self, value: Value, dst: Reg) -> Result<(), Value> {
        self.sent = Value::NONE;
        if value.is_kind(Kind::AsyncStep) || is_awaited(&value) {
            self.set_register(dst, value);
            return Ok(());
        }
        if let Some(generator) = value.get::<Generator>() {
            if self.is_coroutine(&value) {
                if generator.delegate().is_some() && !self.chain_is_running(&generator) {
                    let exit = self.runtime_error("coroutine is being awaited already");
                    return Err(self.exception_of(exit));
                }
                self.set_register(dst, value);
                return Ok(());
            }
            if generator.function().is_some_and(|function| self.is_generator_based(function.as_ptr())) {
                self.set_register(dst, value);
                return Ok(());
            }
        }
        let class = self.class_of(&value);
        match class.lookup(&self.names.await_) {
            Some(method) => self.invoke_special(method, [value], To::by(Delivery::Awaitable, dst)),
            None => {
                let name = self.shown_class(&class);
                let given = match self.current_op() {
                    Op::GetAwaitable { flags, .. } if flags.has(Flags::ENTERS) => "__aenter__",
                    Op::GetAwaitable { flags, .. } if flags.has(Flags::EXITS) => "__aexit__",
                    _ => "",
                };
                let message = match given {
                    "" => format!("'{name}' object can't be awaited"),
                    _ => {
                        format!(
                            "'async with' received an object from {given} that does not implement __await__: {name}"
                        )
                    }
                };
                Err(self.exception_of(self.type_error(message)))
            }
        }
    }

    /// Is it a generator that `await` drives as it is?
    pub fn is_awaitable_generator(&self, value: &Value) -> bool {
        let function = value.get::<Generator>().and_then(|generator| generator.function().cloned());
        self.is_coroutine(value)
            || value.is_kind(Kind::AsyncStep)
            || function.is_some_and(|function| self.is_generator_based(function.as_ptr()))
    }

    /// Was the function marked by `types.coroutine`?
    pub(crate) fn is_generator_based(&self, function: *const Object<crate::object::Function>) -> bool {
        if function.is_null() {
            return false;
        }
        // SAFETY: callers pass functions that something keeps alive.
        unsafe { (*function).body.code() }.code.flags.awaitable
    }

    /// Is this a generator object (of any sort)?
    pub fn is_generator(value: &Value) -> bool {
        value.get::<Generator>().is_some()
    }
}

/// What is thrown in: by itself, or among the arguments of a call of `throw`.
pub(super) fn thrown_by(given: &Value) -> Value {
    given.get::<Tuple>().and_then(|call| call.items().get(1).cloned()).unwrap_or_else(|| given.clone())
}

/// Is it a generator behind the class of an iterator (`map`, `zip`), which has no `send`, `throw` and `close`?
fn is_adaptor(value: &Value) -> bool {
    value.get::<Generator>().is_some_and(|generator| generator.disguise().is_some())
}

/// Does the machine know what awaiting it does?
fn is_awaited(value: &Value) -> bool {
    value.get::<Foreign>().is_some_and(|foreign| foreign.object().is_awaited())
}

/// What messages call an object of this class.
fn noun(class: &str) -> &str {
    match class {
        "coroutine" => "coroutine",
        "async_generator" => "async generator",
        _ => "generator",
    }
}
