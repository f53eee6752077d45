//! Exceptions on their way: from where they are raised to the handler that takes them.

use super::bodies::Body;
use super::frame::{Delivery, Frame, To};
use super::observer::{At, Event};
use super::resume::view;
use super::view::View;
use super::{Exit, Outcome, Vm};
use crate::attention;
use crate::bytecode::{CodeKind, Flags, Handler, Op, Reg};
use crate::memory;
use crate::object::{CodeObject, Exception, Function, GeneratorState, Kind, Ref, Traceback, Type, Value};

/// After how many steps a native loop looks up.
const LOOK_UP: usize = 1 << 16;

/// How far below the limit of recursion finalisers may still run while an exception is on its way.
const ROOM_FOR_FINALISERS: usize = 50;

impl Vm {
    /// A new exception leaves the instruction before `pc`: find its handler. `false` when the run loop is to be left.
    pub(super) fn raised(&mut self, exception: Value) -> bool {
        if std::mem::take(&mut self.goes_on) {
            return self.unwind(exception, false);
        }
        if !std::mem::take(&mut self.context_stands) {
            self.set_context(&exception);
        }
        self.observe_raise(&exception);
        self.unwind(exception, true)
    }

    /// `raise` without an exception: the one that is handled goes on from here.
    #[inline(never)]
    pub(super) fn raised_again(&mut self, exception: Value) -> bool {
        self.observe_raise(&exception);
        self.unwind(exception, false)
    }

    fn observe_raise(&mut self, exception: &Value) {
        self.catch_up();
        if self.observer.is_some()
            && self.limit_reached().is_none()
            && !self.runs_hidden()
            && let Some((code, index)) = self.place()
        {
            let object = self.observed_generator();
            if let Some(watch) = &mut self.observer {
                let (at, object) = (At { code: &code, index }, object.as_ref());
                watch.tell(&mut self.host, Event::Raise { at, object, exception });
            }
        }
    }

    /// `__context__` of an exception raised while another is being handled.
    pub fn set_context(&mut self, exception: &Value) {
        if self.handled.is_none() || self.handled.is(exception) {
            return;
        }
        let Some(raised) = exception.get::<Exception>() else { return };
        // The chain must stay free of cycles: cut it where it would come back to the new exception.
        // A cycle that the program made itself has no end: a second link at half the speed meets the first in it.
        let mut link = self.handled.clone();
        let mut slow = link.clone();
        for step in 1.. {
            let Some(earlier) = link.to_ref::<Exception>() else { break };
            let next = earlier.context.get();
            if next.is(exception) {
                earlier.context.set(Value::NONE);
                break;
            }
            link = next;
            if step % 2 == 0 {
                slow = slow.get::<Exception>().map_or(Value::NONE, |slow| slow.context.get());
                if slow.is(&link) {
                    break;
                }
            }
        }
        raised.context.set(self.handled.clone());
    }

    /// What is thrown in at the delegation of the running body, or comes out of the `throw` of what that delegates to, is raised
    /// there, though it only ends the delegation: whoever still has the exception sees the body in its traceback.
    pub(super) fn raised_at_delegation(&mut self, exception: &Value) {
        self.stand_here(exception);
        if exception.header().is_some_and(|header| header.count() > 1) {
            self.exception_stays(exception);
        }
        let kept = self.delegates_in_handler().map(|(kept, _)| self.register(kept)).filter(Value::is_object);
        match kept {
            Some(kept) => {
                let handled = std::mem::replace(&mut self.handled, kept);
                self.set_context(exception);
                self.handled = handled;
            }
            None => self.set_context(exception),
        }
    }

    /// The exception being handled is again the one that this frame kept for the time of a suspension, if it kept one.
    pub(super) fn swap_in(&mut self, kept: Reg, outer: Reg) -> bool {
        let kept = self.take_register(kept);
        if !kept.is_object() {
            return false;
        }
        let handled = std::mem::replace(&mut self.handled, kept);
        self.set_register(outer, handled);
        true
    }

    /// One more entry at the outer end of an exception's traceback.
    pub(super) fn add_traceback(&mut self, exception: &Value, function: &Ref<Function>, index: usize) {
        let Some(raised) = exception.get::<Exception>() else { return };
        if function.code().hidden {
            return;
        }
        let entry = Traceback::at(function.clone(), index, self.frames.len(), raised.traceback.get());
        raised.traceback.set(Value::object(Ref::new(entry)));
    }

    /// An entry for the visible body that runs now.
    pub fn stand_here(&mut self, exception: &Value) {
        if let Some((function, _, index)) = self.visible_frame(0) {
            self.add_traceback(exception, &function, index);
        }
    }

    /// The locals of a body that `exception` leaves live on in the traceback, as they do in its frame in CPython: what they
    /// refer to is finalised when the exception is. What goes on in its place (`replaced`) does not have this body in its
    /// traceback, so there the frame is what keeps its caller's.
    fn keep_locals(&mut self, exception: &Value, function: &Ref<Function>, index: usize, replaced: bool) {
        let mut view = self.ending_view();
        let code = function.code();
        if replaced && view.is_none() && !code.hidden {
            let generator = (*self.running_generator()).clone();
            view = Some(self.view_of_generator(&generator)).filter(|view| !view.is_none());
        }
        if code.hidden || code.code.kind != CodeKind::Function || (code.locals == 0 && view.is_none()) {
            if let Some(shown) = view.as_ref().and_then(Value::foreign::<View>) {
                let back = self.waiting_view();
                shown.ended_at(index, back);
            }
            return;
        }
        if view.is_none()
            && self.is_called_by_hidden()
            && let Some(body) = self.bodies().next()
        {
            self.view_of_body(&body);
            view = self.ending_view();
        }
        let traceback = exception.get::<Exception>().map(|raised| raised.traceback.get()).unwrap_or_default();
        let entry = traceback.get::<Traceback>().filter(|entry| entry.function.is(function) && entry.locals.is_undef());
        match (view.as_ref().and_then(Value::foreign::<View>), entry) {
            (Some(shown), entry) => {
                let locals = self.take_locals(code);
                let back = self.waiting_view();
                shown.keep(index, locals, back);
                if let Some(entry) = entry {
                    entry.locals.set(view.unwrap_or_default());
                }
            }
            (None, Some(entry)) => entry.locals.set(Value::tuple(self.take_locals(code))),
            (None, None) => {}
        }
    }

    /// Does no visible body wait for the running one? Then the one that does further out may not be the next that the
    /// exception comes to.
    fn is_called_by_hidden(&self) -> bool {
        self.frames.last().is_some_and(|frame| {
            // SAFETY: a waiting body's function is alive.
            !frame.function.is_null() && unsafe { (*frame.function).body.code() }.hidden
        })
    }

    /// Where a body stands that `exception` leaves at instruction `index`, for a handler or for good: noted in its traceback.
    fn leaves_at(exception: &Value, function: &Ref<Function>, index: usize) -> usize {
        let Some(raised) = exception.get::<Exception>() else { return index };
        raised.traceback.with(|traceback| match traceback.get::<Traceback>() {
            Some(entry) if entry.function.is(function) => {
                match function.code().code.ops.get(index) {
                    Some(Op::Reraise { flags, .. }) if flags.has(Flags::UNFINISHED) => {}
                    _ => entry.left_at.set(index as u32),
                }
                entry.left_at.get() as usize
            }
            _ => index,
        })
    }

    /// Is the exception that the running body has handled the one that it was resumed with, and known to nobody but whoever
    /// threw it? Then it goes when `throw` is over; should the body end before, CPython keeps what that held until then.
    #[inline]
    pub(super) fn only_thrower_has(&self, exception: &Value) -> bool {
        let thrown = |frame: &Frame| frame.delivery == Delivery::Send && frame.jump != 0;
        exception.header().is_some_and(|header| header.count() == 2)
            && self.frames.last().is_some_and(thrown)
            && self.held.last().is_some_and(|held| held.is(exception))
    }

    /// The running body has handled an exception that somebody still has. Its traceback refers to the body, as it does in
    /// CPython: what the variables hold when the body ends lives on with the exception.
    #[cold]
    #[inline(never)]
    pub(super) fn exception_stays(&mut self, exception: &Value) {
        if let Some(body) = self.bodies().next() {
            self.stays_in(exception, &body);
        }
    }

    /// `body` is over with an exception that it raised and that somebody still has; see [`Vm::exception_stays`].
    pub fn stays_in(&mut self, exception: &Value, body: &Body) {
        let Some(raised) = exception.get::<Exception>() else { return };
        let code = body.function.code();
        if code.hidden || code.code.kind != CodeKind::Function {
            return;
        }
        // Raised anew further in, it has entries before that of this body.
        let mut entry = raised.traceback.get().to_ref::<Traceback>();
        while let Some(here) = entry {
            let of_body = here.function.is(&body.function) && (here.level as usize == body.level || code.suspends);
            if of_body && here.locals.is_undef() {
                return here.locals.set(self.view_of_body(body));
            }
            entry = here.next.get().to_ref::<Traceback>();
        }
    }

    /// What the locals of the running body held: it is ending.
    pub(super) fn take_locals(&mut self, code: &CodeObject) -> Vec<Value> {
        // SAFETY: the running body's frame has a register for each local.
        (0..code.locals as usize).map(|index| unsafe { self.base.add(index).replace(Value::EMPTY) }).collect()
    }

    /// Look for the handler of `exception`, from the running body outward. `note`: the running body's place is not yet in
    /// the traceback.
    pub(super) fn unwind(&mut self, exception: Value, note: bool) -> bool {
        if !self.find_handler(exception, note) {
            return false;
        }
        // What the frames that were left held is finalised before the handler runs. Interrupts and the end of memory wait
        // for its first instructions: raised here they would be raised again and again, with no instruction between.
        if attention::wanted()
            && let Err(raised) = self.finalise_waiting()
        {
            return self.raised(raised);
        }
        true
    }

    fn find_handler(&mut self, mut exception: Value, mut note: bool) -> bool {
        // Has a body of the library, which nobody sees, been left?
        let mut unseen = false;
        loop {
            if !self.function.is_null() {
                // SAFETY: the running function is kept alive by its frame.
                let function =
                    unsafe { (*std::mem::ManuallyDrop::new(Ref::from_ptr(self.function.cast_mut()))).clone() };
                let code = function.code().clone();
                let index = code.index_of(self.pc).saturating_sub(1);
                if note {
                    if unseen && self.observer.is_some() && is_new(&exception) {
                        self.observe_raise(&exception);
                    }
                    self.add_traceback(&exception, &function, index);
                }
                unseen = code.hidden;
                if let Some(Op::YieldFrom { iter, .. }) = code.code.ops.get(index) {
                    self.running_generator().leave_delegate(*iter);
                }
                let handler = handler_of(&code, index).filter(|_| self.limit_reached().is_none());
                let kept = handler.map_or(code.locals as usize, |handler| handler.reg.index());
                let end = self.drop_comprehensions(&code, index, handler, kept);
                self.drop_temporaries(self.base.wrapping_add(kept), end - kept);
                let stands_at = Vm::leaves_at(&exception, &function, index);
                self.trace_exception(&exception, index, note, handler);
                if self.finalises_first(&code, &exception, index, stands_at) {
                    return true;
                }
                if let Some(handler) = handler {
                    self.enter_handler(&code, handler, &exception);
                    return true;
                }
                let replaced = self.replaced(&code, &exception);
                self.keep_locals(&exception, &function, stands_at, replaced.is_some());
                exception = self.leave_body(&code, stands_at, exception, replaced);
                if code.suspends && self.continue_in_delegator() {
                    if self.is_stop_iteration(&exception) {
                        match self.delegate_stopped(exception) {
                            Ok(()) => return true,
                            Err(raised) => exception = raised,
                        }
                    }
                    note = true;
                    continue;
                }
            }
            note = true;
            let Some(frame) = self.frames.pop() else {
                self.result = Some(Err(exception));
                return false;
            };
            let suspends = !self.function.is_null() && {
                // SAFETY: as above; the function is still in the slot below the registers or in the generator.
                unsafe { (*self.function).body.code().suspends }
            };
            if !self.function.is_null() && !suspends {
                // SAFETY: a plain call has its callee in the slot below its registers.
                drop(unsafe { self.base.sub(1).replace(Value::EMPTY) });
            }
            self.restore(&frame);
            let to = To { delivery: frame.delivery, dst: frame.dst, jump: frame.jump };
            match to.delivery {
                Delivery::Entry => {
                    if self.thread_ended() {
                        return true;
                    }
                    self.result = Some(Err(exception));
                    return false;
                }
                Delivery::Between => self.pc = self.pc.wrapping_add(1),
                Delivery::Drive if self.limit_reached().is_some() => drop(self.held.pop()),
                _ if self.limit_reached().is_some() => self.abandon(to),
                Delivery::ForCall | Delivery::For if self.is_stop_iteration(&exception) => {
                    self.end_for();
                    return true;
                }
                Delivery::NextDefault if self.is_stop_iteration(&exception) => {
                    let default = self.held.last().cloned().unwrap_or_default();
                    if self.deliver(default, to).is_ok() {
                        return true;
                    }
                }
                Delivery::Fold if self.is_stop_iteration(&exception) => match self.fold_ends(to) {
                    Ok(()) => return true,
                    Err(raised) => exception = raised,
                },
                Delivery::DelegateCall | Delivery::DelegateThrow | Delivery::Delegate
                    if self.is_stop_iteration(&exception) =>
                {
                    if to.delivery == Delivery::DelegateThrow {
                        self.raised_at_delegation(&exception);
                    }
                    match self.delegate_stopped(exception) {
                        Ok(()) => return true,
                        Err(raised) => exception = raised,
                    }
                }
                Delivery::AsyncCall | Delivery::AsyncDelegate => match self.async_generator_raised(&to, exception) {
                    Ok(()) => return true,
                    Err(raised) => exception = raised,
                },
                Delivery::Drive => {
                    match self.drive(Outcome::Raised(exception), to) {
                        Ok(()) => return true,
                        Err(raised) => exception = raised,
                    }
                    self.context_stands = false;
                }
                _ => self.abandon(to),
            }
        }
    }

    /// The temporaries and then the variables of the comprehensions that an exception leaves go, one comprehension after the
    /// other. The end of the temporaries that are left.
    fn drop_comprehensions(&mut self, code: &CodeObject, index: usize, handler: Option<Handler>, kept: usize) -> usize {
        let mut end = code.registers as usize;
        for stretch in &code.code.comprehensions {
            let covers = |index: u32| (stretch.start..stretch.end).contains(&index);
            if covers(index as u32) && !handler.is_some_and(|handler| covers(handler.target)) {
                let first = stretch.first.index().clamp(kept.min(end), end);
                self.drop_temporaries(self.base.wrapping_add(first), end - first);
                self.set_register(stretch.reg, Value::UNDEF);
                end = first;
            }
        }
        end
    }

    /// A trace function is told of the exception. What the failing instruction, or the body that `exception` is about to leave, gave up is finalised while that body is
    /// there; after that the exception goes on. `false` if there is nothing to finalise.
    /// Meanwhile it is seen to stand at instruction `stands_at`, whatever `index` the exception goes on from.
    fn finalises_first(&mut self, code: &CodeObject, exception: &Value, index: usize, stands_at: usize) -> bool {
        let idle = !attention::wanted() && !self.has_notes();
        if idle || code.hidden || self.result.is_some() || self.limit_reached().is_some() {
            return false;
        }
        // Close to the limit of recursion it has to wait for a handler.
        if self.frames.len() + ROOM_FOR_FINALISERS > self.recursion_limit {
            return false;
        }
        let result = if self.has_notes() {
            self.hand_over()
        } else {
            let waiting = crate::object::heap::take_finalizers();
            if waiting.is_empty() {
                return false;
            }
            self.tail_prelude("run_finalizers", vec![Value::list(waiting)])
        };
        self.goes_on_later();
        self.held.push(exception.clone());
        let jump = index as i32 - stands_at as i32;
        self.pc = self.pc.wrapping_offset(-jump as isize);
        self.complete(result, To { delivery: Delivery::Unwinding, dst: Reg::NONE, jump }).is_ok()
    }

    /// Go on at this handler.
    fn enter_handler(&mut self, code: &Ref<CodeObject>, handler: Handler, exception: &Value) {
        let target = handler.target;
        self.set_register(handler.reg, exception.clone());
        self.pc = code.ops.wrapping_add(target as usize);
        self.catch_up();
        if !code.hidden && self.observer.is_some() {
            let object = self.observed_generator();
            if let Some(watch) = &mut self.observer {
                let (at, object) = (At { code, index: begin_of_handler(code, target as usize) }, object.as_ref());
                let on_its_way = only_tidies_up(code, target as usize) || asks_first(code, target as usize);
                watch.tell(&mut self.host, Event::Catch { at, object, exception, on_its_way });
            }
        }
    }

    /// An `except` that has asked whether the exception is for it takes it.
    #[inline]
    pub(super) fn observe_match(&mut self, exception: &Value) {
        if self.observer.is_some() {
            self.tell_match(exception);
        }
    }

    #[cold]
    fn tell_match(&mut self, exception: &Value) {
        self.catch_up();
        if self.runs_hidden() {
            return;
        }
        let (Some((code, index)), object) = (self.place(), self.observed_generator()) else { return };
        if let Some(watch) = &mut self.observer {
            let (at, object) = (At { code: &code, index }, object.as_ref());
            watch.tell(&mut self.host, Event::Catch { at, object, exception, on_its_way: false });
        }
    }

    /// What a body that suspends raises, and as what it is taken to do so, if `exception`, which is about to leave it, is
    /// replaced by another (PEP 479).
    fn replaced(&self, code: &CodeObject, exception: &Value) -> Option<(&'static str, &'static str)> {
        let flags = code.code.flags;
        if !code.suspends || code.hidden {
            return None;
        }
        // In CPython, too, nothing stands between a lambda's `StopIteration` and whoever resumed it.
        let stop = if self.is_stop_iteration(exception) && &*code.code.name != "<lambda>" {
            "StopIteration"
        } else if flags.coroutine && flags.generator && self.is_instance(exception, &self.types.stop_async_iteration) {
            "StopAsyncIteration"
        } else {
            return None;
        };
        let what = match (flags.coroutine, flags.generator) {
            (true, true) => "async generator",
            (true, false) => "coroutine",
            _ => "generator",
        };
        Some((what, stop))
    }

    /// The running body ends with `exception`: drop its registers. What goes on may be another exception (PEP 479).
    fn leave_body(
        &mut self,
        code: &Ref<CodeObject>,
        index: usize,
        exception: Value,
        replaced: Option<(&str, &str)>,
    ) -> Value {
        let exception = match replaced {
            Some((what, stop)) => {
                let replacement = self.exception_of(self.runtime_error(format!("{what} raised {stop}")));
                if let Some(raised) = replacement.get::<Exception>() {
                    raised.cause.set(exception.clone());
                    raised.context.set(exception);
                    raised.suppress_context.set(true);
                }
                replacement
            }
            None => exception,
        };
        self.monitor_unwind(&exception, index);
        self.catch_up();
        if !code.hidden && self.observer.is_some() && self.limit_reached().is_none() {
            let object = self.observed_generator();
            let delegated = self.is_delegate();
            if let Some(watch) = &mut self.observer {
                let (at, object) = (At { code, index }, object.as_ref());
                watch.tell(&mut self.host, Event::Unwind { at, object, exception: &exception, delegated });
            }
        }
        if !code.suspends {
            self.drop_frame(self.base, code);
            return exception;
        }
        let generator = self.running_generator();
        if generator.begins_again() {
            generator.begin_again();
            return exception;
        }
        generator.pc.set(self.pc);
        generator.finish();
        exception
    }

    /// Is the running body one of the prelude?
    fn runs_hidden(&self) -> bool {
        // SAFETY: the running function is kept alive by its frame.
        !self.function.is_null() && unsafe { (*self.function).body.code().hidden }
    }

    /// The generator that is running, for an observer; `None` in a plain call.
    pub(super) fn observed_generator(&self) -> Option<Value> {
        if self.function.is_null() {
            return None;
        }
        // SAFETY: the running function is kept alive by its frame.
        let suspends = unsafe { (*self.function).body.code().suspends };
        suspends.then(|| self.running_generator().value())
    }

    /// Is the running generator one that another delegates to?
    fn is_delegate(&self) -> bool {
        self.observed_generator().is_some_and(|object| {
            object.get::<crate::object::Generator>().is_some_and(|generator| {
                let root = self.frames.last().map_or(std::ptr::null_mut(), |frame| frame.generator);
                !generator.parent.get().is_null() && root != generator.as_ptr()
            })
        })
    }

    /// If the generator that just ended was a delegate, its delegator is the running body now.
    fn continue_in_delegator(&mut self) -> bool {
        let me = self.running_generator();
        if me.begins_again() {
            return false;
        }
        me.set_state(GeneratorState::Closed);
        me.leaf.set(me.as_ptr());
        let parent = me.parent.replace(std::ptr::null_mut());
        let Some(frame) = self.frames.last() else { return false };
        if frame.generator == me.as_ptr() || parent.is_null() {
            return false;
        }
        view(frame.generator).leaf.set(parent);
        let delegator = view(parent);
        self.pc = delegator.pc.get().wrapping_add(1);
        self.base = delegator.registers();
        self.function = delegator.function().map_or(std::ptr::null(), |function| function.as_ptr());
        true
    }

    /// `raise exc [from cause]`: classes are instantiated, anything else that is no exception is refused. The exception to
    /// raise, or `None` when Python code has to make it first (it will be raised by the prelude).
    pub(super) fn raise_statement(&mut self, exc: Value, cause: Option<Value>) -> Result<(), Value> {
        let exception = match exc.kind() {
            Some(Kind::Exception) => exc,
            Some(Kind::Type) if self.is_exception_class(&exc) => {
                if cause.as_ref().is_some_and(|cause| cause.is_kind(Kind::Type)) || !self.is_plain_exception_class(&exc)
                {
                    let cause = cause.unwrap_or(Value::UNDEF);
                    let args = if cause.is_undef() { vec![exc] } else { vec![exc, cause] };
                    let result = self.tail_prelude("raise_class", args);
                    return self.complete(result, To::DISCARD);
                }
                let Some(class) = exc.to_ref::<Type>() else { return Err(self.internal("not a class")) };
                Exception::of(&class, Vec::new()).into_value()
            }
            _ => return Err(self.exception_of(self.type_error("exceptions must derive from BaseException"))),
        };
        if let Some(cause) = cause {
            let cause = match cause.kind() {
                None if cause.is_none() => cause,
                Some(Kind::Exception) => cause,
                Some(Kind::Type) if self.is_exception_class(&cause) => {
                    let result = self.tail_prelude("raise_class", vec![exception, cause]);
                    return self.complete(result, To::DISCARD);
                }
                _ => {
                    return Err(self.exception_of(self.type_error("exception causes must derive from BaseException")));
                }
            };
            if let Some(raised) = exception.get::<Exception>() {
                raised.cause.set(cause);
                raised.suppress_context.set(true);
            }
        }
        Err(exception)
    }

    /// Is it a class of exceptions?
    pub fn is_exception_class(&self, value: &Value) -> bool {
        value.get::<Type>().is_some_and(|class| class.flags().has(crate::object::TypeFlags::EXCEPTION))
    }

    /// Can an instance be made without running Python code?
    pub fn is_plain_exception_class(&self, class: &Value) -> bool {
        class.get::<Type>().is_some_and(|class| {
            !class.flags().has(crate::object::TypeFlags::CUSTOM_INIT)
                && class.metaclass().is_none()
                && !class.flags().has(crate::object::TypeFlags::DEMANDS_ARGUMENTS)
        })
    }

    /// Does `exception` match what an `except` names: a class or a tuple of classes?
    pub(super) fn exception_matches(&mut self, exception: &Value, wanted: &Value) -> Result<bool, Value> {
        let refuse = "catching classes that do not inherit from BaseException is not allowed";
        if let Some(tuple) = wanted.get::<crate::object::Tuple>() {
            if tuple.items().iter().any(|class| !self.is_exception_class(class)) {
                return Err(self.exception_of(self.type_error(refuse)));
            }
            return Ok(tuple.items().iter().any(|class| self.matches_class(exception, class)));
        }
        if !self.is_exception_class(wanted) {
            return Err(self.exception_of(self.type_error(refuse)));
        }
        Ok(self.matches_class(exception, wanted))
    }

    fn matches_class(&self, exception: &Value, class: &Value) -> bool {
        class.to_ref::<Type>().is_some_and(|class| self.is_instance(exception, &class))
    }

    /// Look at what must not wait: finalisers, the end of memory, signals. A frame may have been put on the control stack.
    #[cold]
    #[inline(never)]
    pub(super) fn service(&mut self) -> Result<(), Value> {
        // Whoever calls for attention may be another thread's machine: the moment of a collection must not depend on it.
        let due = self.countdown < 0;
        if due {
            self.countdown = super::SLICE;
        }
        let served = self.serve(due);
        if due && served.is_err() {
            // A back edge was taken, or a call is about to be made: it is the next instruction that raises.
            self.pc = self.pc.wrapping_add(1);
        }
        served
    }

    fn serve(&mut self, due: bool) -> Result<(), Value> {
        let collection = match self.result {
            Some(_) => None,
            None if due => self.collect_if_due(),
            None if memory::is_exhausted() => self.collect_in_need(),
            None => None,
        };
        if let Some(collection) = collection {
            self.complete(collection, To::by(Delivery::Discard, Reg::NONE))?;
        }
        if self.finalise_waiting()? || self.result.is_some() {
            return Ok(());
        }
        self.look_up().map_err(|exit| self.exception_of(exit))?;
        if !self.hand_over_notes(due)? && !self.handle_signals(due)? {
            self.relieve(due);
        }
        Ok(())
    }

    /// Put the finalisers that wait on the control stack; `false` if there are none.
    fn finalise_waiting(&mut self) -> Result<bool, Value> {
        if self.result.is_some() || self.limit_reached().is_some() {
            // The program has ended: nothing of it is to go on, and whoever runs the next one looks again.
            return Ok(false);
        }
        let waiting = crate::object::heap::take_finalizers();
        if waiting.is_empty() {
            return Ok(false);
        }
        let result = self.tail_prelude("run_finalizers", vec![Value::list(waiting)]);
        self.complete(result, To::by(Delivery::Discard, Reg::NONE))?;
        Ok(true)
    }

    /// What a native that goes on for long does now and then: see whether it has to stop.
    #[cold]
    #[inline(never)]
    pub fn look_up(&mut self) -> Result<(), Exit> {
        attention::look();
        if memory::exceeded() {
            return Err(self.no_memory());
        }
        self.glance_at_signals()
    }

    /// To be called at each step of a native loop whose length is the program's to choose: looks up now and then.
    #[inline(always)]
    pub fn tick(&mut self, step: usize) -> Result<(), Exit> {
        if step % LOOK_UP == LOOK_UP - 1 { self.look_up() } else { Ok(()) }
    }
}

/// The instruction that says where in the source the handler at `target` begins: what comes before it is of the whole statement.
fn begin_of_handler(code: &CodeObject, target: usize) -> usize {
    let mut left = code.code.ops.iter().enumerate().skip(target).filter(|(_, op)| !matches!(op, Op::Nop { .. }));
    match left.next() {
        Some((at, Op::PushExc { .. })) => at + 1,
        _ => target,
    }
}

/// Does the handler that begins at instruction `index` ask first whether the exception is for it?
fn asks_first(code: &CodeObject, index: usize) -> bool {
    let mut ops = code.code.ops.iter().skip(index).skip_while(|op| matches!(op, Op::Nop { .. }));
    let Some(Op::PushExc { saved: begun, exc: taken, .. }) = ops.next() else { return false };
    let decides = |op: &Op| match op {
        Op::JumpIfNotMatch { exc, .. } if exc == taken => Some(true),
        Op::PopExc { saved, .. } if saved == begun => Some(false),
        _ => None,
    };
    ops.find_map(decides).unwrap_or(false)
}

/// Has it come through no body of the program yet?
fn is_new(exception: &Value) -> bool {
    exception.get::<Exception>().is_some_and(|exception| exception.traceback.get().is_none())
}

/// Is what begins at instruction `index` no handler of the program's, but what ends one that an exception leaves?
pub(super) fn only_tidies_up(code: &CodeObject, index: usize) -> bool {
    let decides = |op: &Op| match op {
        Op::PushExc { .. } | Op::ListAppend { .. } => Some(false),
        // An exception that comes out of a handler's suspension.
        Op::ExcSwapInRaise { .. } => Some(true),
        Op::Reraise { flags, .. } => Some(flags.has(Flags::UNFINISHED)),
        _ => None,
    };
    code.code.ops.iter().skip(index).find_map(decides).unwrap_or(false)
}

/// The handler that covers instruction `index`, if there is one.
fn handler_of(code: &CodeObject, index: usize) -> Option<Handler> {
    let covers = |handler: &&Handler| (handler.start..handler.end).contains(&(index as u32));
    code.code.handlers.iter().find(covers).copied()
}
