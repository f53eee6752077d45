//! The trace function of a program (`sys.settrace`), and its profile function (`sys.setprofile`). Tools of `sys.monitoring` are
//! told in the same way ([`super::monitoring`]).
//!
//! No native calls it. What happens is noted where it happens, and the notes are handed to the trace function by a function of
//! the prelude, whose frame is put on the control stack at the next boundary ([`Vm::hand_over`]), or where an exception is on
//! its way, between two bodies. While a program traces itself the machine is observed, if only by [`Nobody`], so calls and
//! resumptions take the ways that look here; nobody else pays.
//!
//! Lines are known by marks (`Marks` of the compiler). Code without them is compiled anew, with marks, when it is called
//! ([`Vm::follow`]); what has begun in the old code goes on at the same instruction of the new.

use super::bodies::Body;
use super::frame::{Delivery, Frame, To};
use super::monitoring::Happens;
use super::observer::{Event, Observer};
use super::pad::Pad;
use super::unwind::only_tidies_up;
use super::view::View;
use super::{NativeResult, Vm};
use crate::attention;
use crate::bytecode::{Code, Flags, Handler, Op, Reg};
use crate::object::{
    CodeObject, Exception, Function, Generator, GeneratorState, Kind, List, Method, NativeFunction, Ref, Tuple, Value,
    collector,
};
use crate::source::Span;

/// What a thread traces.
#[derive(Default)]
pub(crate) struct Tracer {
    /// What `sys.settrace` was given; without a value while that is nothing.
    function: Value,
    /// What `sys.setprofile` was given: it is told of the calls and returns of all functions of the program.
    profiler: Value,
    /// What has happened and is not handed over yet: frame, event, argument, the frame of the resumer that was left, and whether it
    /// is for the profile function; in a note for tools a code, the number of an event, arguments, for whom and where, and `None`.
    notes: Vec<Value>,
    /// Notes are being handed over: what happens meanwhile is not the program's.
    busy: bool,
    /// What there is to be told of the exception that is on its way has been, in the body where it is.
    told: bool,
    /// The last handler of an exception on its way only tidied up.
    tidies: bool,
    /// Calls of what is not written in Python that are not over, the innermost last.
    calls: Vec<Call>,
}

/// A call of something that is not written in Python by a body of the program.
struct Call {
    /// The body that calls: the address of its function, and the number of records on the control stack.
    function: usize,
    level: usize,
    /// Its instruction that calls.
    index: usize,
    called: Called,
    /// What the profile function was told of.
    native: Option<Value>,
}

/// What is called, and with which first argument, be it the receiver.
struct Called {
    callee: Value,
    argument: Option<Value>,
}

/// Watches, and looks at nothing.
struct Nobody;

impl Observer for Nobody {
    fn event(&mut self, _: Event<'_>, _: &mut Pad) {}
    fn takes_output(&self) -> bool {
        false
    }
    fn as_any(&mut self) -> &mut dyn std::any::Any {
        self
    }
}

impl Vm {
    /// `sys.settrace(function)`, for the running thread.
    pub fn set_trace_function(&mut self, function: Value) {
        self.tracer.function = if function.is_none() { Value::UNDEF } else { function };
        if !self.tracer.function.is_undef() {
            self.loader.clone().mark_lines();
        }
        self.forget_notes(false);
        self.look_or_not();
    }

    /// `sys.setprofile(function)`, for the running thread.
    pub fn set_profile_function(&mut self, function: Value) {
        self.tracer.profiler = if function.is_none() { Value::UNDEF } else { function };
        self.tracer.calls.clear();
        self.forget_notes(true);
        self.look_or_not();
        if !self.tracer.profiler.is_undef() {
            self.loader.clone().mark_lines();
            self.follow_bodies();
        }
    }

    /// A function was set or taken away; what it has not been told of is of no interest any more.
    fn forget_notes(&mut self, profile: bool) {
        self.tracer
            .notes
            .retain(|note| note.get::<Tuple>().is_some_and(|note| !note.items()[4].is(&Value::bool(profile))));
    }

    /// Watch, or watch no more, as far as that is wanted for those who are told.
    pub(super) fn look_or_not(&mut self) {
        self.see_who_traces();
        let wanted = self.traced;
        let nobody = self.observer.as_mut().is_some_and(|watch| watch.observer().as_any().is::<Nobody>());
        if !wanted {
            self.tracer.calls.clear();
        }
        if wanted && self.observer.is_none() {
            self.observe(Box::new(Nobody));
        } else if !wanted && nobody && self.threads.is_alone() {
            self.stop_observing();
        }
    }

    /// Another thread runs, or wishes have changed.
    pub(super) fn see_who_traces(&mut self) {
        let functions = !self.tracer.function.is_undef() || !self.tracer.profiler.is_undef();
        self.traced = functions || self.is_monitored();
    }

    /// `sys.gettrace()`
    pub fn trace_function(&self) -> Value {
        if self.tracer.function.is_undef() { Value::NONE } else { self.tracer.function.clone() }
    }

    /// `sys.getprofile()`
    pub fn profile_function(&self) -> Value {
        if self.tracer.profiler.is_undef() { Value::NONE } else { self.tracer.profiler.clone() }
    }

    /// Is the trace function told of something, or the profile function?
    pub fn is_handing_over(&self) -> bool {
        self.tracer.busy
    }

    /// What happens from here on is not to be told, or is again.
    pub fn hands_over(&mut self, yes: bool) {
        self.tracer.busy = yes;
    }

    #[inline]
    pub(super) fn traces(&self) -> bool {
        !self.tracer.function.is_undef() && !self.tracer.busy
    }

    /// Is there a trace or profile function, or a tool that monitors?
    #[inline]
    pub(super) fn is_traced(&self) -> bool {
        self.traces() || self.profiles() || self.monitors()
    }

    /// Is anything wanted that only code with marks tells of?
    #[inline]
    pub(super) fn needs_marks(&self) -> bool {
        self.traces() || self.profiles() || self.monitors_lines() || self.monitors_calls()
    }

    /// What runs or waits goes on in code with marks.
    pub(super) fn follow_bodies(&mut self) {
        let running: Vec<_> = self.bodies().map(|body| body.function.clone()).collect();
        running.iter().for_each(|function| self.follow(function));
    }

    #[inline]
    fn profiles(&self) -> bool {
        !self.tracer.profiler.is_undef() && !self.tracer.busy
    }

    /// A note for tools.
    pub(super) fn take_monitored(&mut self, note: Value) {
        self.tracer.notes.push(note);
    }

    fn note(&mut self, frame: Value, event: &str, argument: Value, back: Value) {
        self.take_note(frame, event, argument, back, false);
    }

    fn take_note(&mut self, frame: Value, event: &str, argument: Value, back: Value, profile: bool) {
        self.tracer.notes.push(Value::tuple(vec![frame, Value::str(event), argument, back, Value::bool(profile)]));
        attention::ask();
    }

    /// The view of a body whose events somebody wants to know.
    fn traced_view(body: &Body) -> Option<Value> {
        let wanted = |view: &Value| view.foreign::<View>().is_some_and(|view| !view.tracing.function.get().is_none());
        body.view().filter(wanted)
    }

    /// The bodies that run in the topmost record: a generator, and those that delegate to it, from the inside out.
    fn bodies_of_record(&self) -> Vec<Body> {
        let level = self.frames.len();
        self.bodies().take_while(|body| body.level == level).collect()
    }

    /// The running body has just been entered, by a call or a delegation, or by a resumption with `all` those that delegate to it.
    #[inline]
    pub(super) fn trace_entry(&mut self, all: bool) {
        if self.is_traced() {
            self.note_entry(all, None);
        }
    }

    /// The same, with an exception that is thrown in.
    #[inline]
    pub(super) fn trace_throw(&mut self, thrown: &Value) {
        if self.is_traced() {
            self.note_entry(true, Some(thrown));
        }
    }

    #[cold]
    fn note_entry(&mut self, all: bool, thrown: Option<&Value>) {
        let mut entered = self.bodies_of_record();
        entered.truncate(if all { entered.len() } else { 1 });
        let innermost = entered.len().saturating_sub(1);
        for (number, body) in entered.into_iter().rev().enumerate() {
            let code = body.function.code();
            if self.monitors() {
                let begins = self.pc == code.ops && std::ptr::eq(self.function, body.function.as_ptr());
                match thrown {
                    // Those that delegate have it only when it comes out of what they delegate to.
                    Some(_) if number < innermost => {}
                    Some(thrown) => self.monitor(Happens::Throw, &body, body.index, Some(thrown.clone())),
                    None if begins => self.monitor(Happens::Start, &body, 0, None),
                    None => self.monitor(Happens::Resume, &body, body.index, None),
                }
            }
            if code.is_of_program() {
                let view = self.view_of_body(&body);
                if let Some(shown) = view.foreign::<View>() {
                    shown.tracing.last.set(None);
                }
                // Where nothing has been carried out yet it is shown at its definition.
                let begins = self.pc == code.ops && std::ptr::eq(self.function, body.function.as_ptr());
                let stands = if begins { view.clone() } else { Value::NONE };
                if self.traces() {
                    self.note(view.clone(), "call", Value::NONE, stands.clone());
                }
                if self.profiles() {
                    self.take_note(view, "call", Value::NONE, stands, true);
                }
            }
        }
    }

    /// The running body is at the mark of a line.
    #[inline(never)]
    pub(super) fn trace_line(&mut self) {
        let monitors = self.monitors_lines();
        if !(self.traces() || monitors) {
            return;
        }
        let Some(body) = self.bodies().next() else { return };
        let view = Vm::traced_view(&body).filter(|_| self.traces());
        let is_traced = view.is_some();
        // What was told last is noted in the view.
        let Some(view) = view.or_else(|| monitors.then(|| self.view_of_body(&body))) else { return };
        let Some(shown) = view.foreign::<View>() else { return };
        let code = &body.function.code().code;
        // Jumps within a line are no news, unless they lead back.
        // The step of a loop stands behind its body, but comes before it.
        let position = |index: usize| match code.ops.get(index + 1) {
            Some(Op::ForIter { target, .. }) => (index + 1).saturating_add_signed(isize::from(*target)),
            _ => index,
        };
        let same =
            |last: usize| position(last) < position(body.index) && code.place(last).line == code.place(body.index).line;
        let news = !shown.tracing.last.replace(Some(body.index)).is_some_and(same);
        if news && monitors {
            self.monitor_line(&body);
        }
        if news && is_traced && shown.tracing.lines.get() {
            self.note(view, "line", Value::NONE, Value::NONE);
        }
    }

    /// The running body is at a mark of calls, before instruction `next`: what it has called and is not written in Python has
    /// returned, or there is a call to come, which the profile function or tools want to know of.
    #[inline(never)]
    pub(super) fn trace_call(&mut self, code: &CodeObject, next: usize) {
        let monitors = self.monitors_calls();
        if !(self.profiles() || monitors) || !code.is_of_program() {
            return;
        }
        self.call_is_over(false);
        let Some(op) = code.code.ops.get(next) else { return };
        if op.tries_call() {
            // The ordinary call behind it, which has a mark of its own, says what is called.
            self.pc = code.ops.wrapping_add(next + 2);
            return;
        }
        let Some(called) = self.called(op) else { return };
        let Some(body) = self.bodies().next() else { return };
        let native = self.native(&called).filter(|_| self.profiles());
        if monitors {
            let about = [called.callee.clone(), self.or_missing(called.argument.clone())];
            self.monitor(Happens::Call, &body, next, about);
        }
        if let Some(native) = &native {
            let view = self.view_of_body(&body);
            self.take_note(view, "c_call", native.clone(), Value::NONE, true);
        }
        if native.is_some() || monitors && !called.callee.is_kind(Kind::Function) {
            let (function, level) = (self.function.addr(), self.frames.len());
            self.tracer.calls.push(Call { function, level, index: next, called, native });
        }
    }

    /// If the running body has called something that is not written in Python, that is over.
    fn call_is_over(&mut self, raised: bool) {
        let (function, level) = (self.function.addr(), self.frames.len());
        let here = |call: &mut Call| (call.function, call.level) == (function, level);
        let Some(call) = self.tracer.calls.pop_if(here) else { return };
        let Some(body) = self.bodies().next() else { return };
        if let Some(native) = call.native {
            let view = self.view_of_body(&body);
            self.take_note(view, if raised { "c_exception" } else { "c_return" }, native, Value::NONE, true);
        }
        if self.monitors_calls() && !call.called.callee.is_kind(Kind::Function) {
            let event = if raised { Happens::NativeRaise } else { Happens::NativeReturn };
            let about = [call.called.callee, self.or_missing(call.called.argument)];
            self.monitor(event, &body, call.index, about);
        }
    }

    /// What an instruction of the running body is about to call.
    fn called(&mut self, op: &Op) -> Option<Called> {
        let (window, argc, method) = match op {
            Op::Call { window, argc, .. } | Op::CallFromGen { window, argc, .. } => (window, *argc, false),
            Op::CallKw { window, argc, .. } => (window, *argc, false),
            Op::CallMethod { window, argc, .. } | Op::CallMethodFromGen { window, argc, .. } => (window, *argc, true),
            Op::CallMethodKw { window, argc, .. } => (window, *argc, true),
            Op::CallEx { window, .. } => {
                let given = self.register(window.plus(1));
                let argument = match given.get::<List>() {
                    Some(items) => items.borrow().first().cloned(),
                    None => given.get::<Tuple>().and_then(|items| items.items().first().cloned()),
                };
                return Some(Called { callee: self.register(*window), argument });
            }
            _ => return None,
        };
        // Of the window no more is there than what it says.
        let first = self.register(*window);
        let (callee, behind) = match method {
            true if !first.is_undef() => {
                return Some(Called { callee: first, argument: Some(self.register(window.plus(1))) });
            }
            true => (self.register(window.plus(1)), window.plus(2)),
            false => (first, window.plus(1)),
        };
        match callee.get::<Method>() {
            Some(bound) if bound.function.is_kind(Kind::Function) => {
                Some(Called { callee: bound.function.clone(), argument: Some(bound.receiver.clone()) })
            }
            _ => Some(Called { callee, argument: (argc > 0).then(|| self.register(behind)) }),
        }
    }

    /// What is called if it is a builtin function or bound method. (CPython's profile functions are told of no other callables
    /// that are not written in Python, such as classes.)
    fn native(&mut self, called: &Called) -> Option<Value> {
        let Called { callee, argument } = called;
        if let Some(native) = callee.get::<NativeFunction>()
            && matches!(native.name.as_bytes(), b"all" | b"any")
            && argument.as_ref().is_some_and(is_made_for_this)
        {
            // CPython has a loop in the place of this call.
            return None;
        }
        let class = self.class_of(callee);
        if class.is(&self.types.builtin) {
            return Some(callee.clone());
        }
        let argument = argument.clone().filter(|_| class.is(&self.types.method_descriptor));
        argument.map(|receiver| Method::bind(callee.clone(), receiver))
    }

    /// The running body is about to return or to yield `value`, in the latter case with those that delegate to it.
    #[inline]
    pub(super) fn trace_exit(&mut self, value: &Value, yields: bool) {
        if self.is_traced() {
            self.note_exit(value, yields);
        }
    }

    #[cold]
    fn note_exit(&mut self, value: &Value, yields: bool) {
        let count = if yields { self.bodies_of_record().len() } else { 1 };
        let bodies: Vec<Body> = self.bodies().collect();
        for (place, body) in bodies.iter().enumerate().take(count) {
            let leaves = if yields { Happens::Yield } else { Happens::Return };
            self.monitor(leaves, body, body.index, Some(value.clone()));
            let traced = Vm::traced_view(body).filter(|_| self.traces());
            let profiled = self.profiled_view(body);
            let Some(view) = profiled.as_ref().or(traced.as_ref()) else { continue };
            // It is told after the body has been left, but it is as if it were still there.
            let back = bodies[place + 1..].iter().find(|body| !body.function.code().hidden);
            let back = back.map_or(Value::NONE, |back| self.view_of_body(back));
            if let Some(shown) = view.foreign::<View>().filter(|_| yields) {
                shown.is_seen(view, back.clone());
            }
            if let Some(view) = traced {
                self.note(view, "return", value.clone(), back.clone());
            }
            if let Some(view) = profiled {
                self.take_note(view, "return", value.clone(), back, true);
            }
        }
    }

    /// The view of a body whose calls and returns the profile function is told of.
    fn profiled_view(&mut self, body: &Body) -> Option<Value> {
        let wanted = self.profiles() && body.function.code().is_of_program();
        wanted.then(|| self.view_of_body(body))
    }

    /// `exception` has come to the running body, which it will leave unless it `stays`; it is `new` there.
    #[inline(never)]
    pub(super) fn trace_exception(&mut self, exception: &Value, index: usize, new: bool, handler: Option<Handler>) {
        if std::mem::take(&mut self.tracer.told) || !(self.traces() || self.profiles() || self.monitors()) {
            return;
        }
        if !self.tracer.calls.is_empty() {
            self.call_is_over(true);
        }
        let Some(body) = self.bodies().next() else { return };
        let stays = handler.is_some();
        if self.monitors() {
            self.monitor_exception(&body, exception, index, new, handler);
        }
        let again = !new || matches!(body.function.code().code.ops.get(index), Some(Op::Reraise { .. }));
        if let Some(view) = Vm::traced_view(&body).filter(|_| self.traces()) {
            if let Some(raised) = exception.get::<Exception>().filter(|_| !again) {
                let about = vec![raised.class().value(), exception.clone(), raised.traceback.get()];
                self.note(view.clone(), "exception", Value::tuple(about), Value::NONE);
            }
            if !stays {
                self.note(view, "return", Value::NONE, Value::NONE);
            }
        }
        if let Some(view) = self.profiled_view(&body).filter(|_| !stays) {
            self.take_note(view, "return", Value::NONE, Value::NONE, true);
        }
    }

    fn monitor_exception(&mut self, body: &Body, exception: &Value, index: usize, new: bool, handler: Option<Handler>) {
        let op = body.function.code().code.ops.get(index).copied();
        let tidied = std::mem::take(&mut self.tracer.tidies)
            && matches!(op, Some(Op::Reraise { flags, .. }) if flags.has(Flags::UNFINISHED));
        let again = !new || matches!(op, Some(Op::Reraise { .. }));
        let about = Some(exception.clone());
        if !tidied {
            let raised = if again { Happens::Reraise } else { Happens::Raise };
            self.monitor(raised, body, index, about.clone());
        }
        match handler {
            // What it was raised by, and what only tidies up on its way, is nothing that the program has written.
            Some(handler) if only_tidies_up(body.function.code(), handler.target as usize) => self.tracer.tidies = true,
            Some(handler) => self.monitor(Happens::Handled, body, handler.target as usize, about),
            None => {}
        }
    }

    /// `exception` leaves the running body: tools are told.
    pub(super) fn monitor_unwind(&mut self, exception: &Value, index: usize) {
        if self.monitors()
            && let Some(body) = self.bodies().next()
        {
            self.monitor(Happens::Unwind, &body, index, Some(exception.clone()));
        }
    }

    /// What the running body has delegated to, or taken items from, has ended with `value`: CPython tells of a `StopIteration`.
    #[inline(never)]
    pub(super) fn trace_stop(&mut self, value: &Value, of_loop: bool) {
        if self.monitors()
            && let Some(body) = self.bodies().next()
        {
            let stop = self.stop_iteration(value.clone());
            let stop = self.exception_of(stop);
            self.monitor(Happens::Stop, &body, body.index, Some(stop));
        }
        // The trace function is not told of a loop that ends with nothing.
        if !self.traces() || of_loop && value.is_none() {
            return;
        }
        if let Some(view) = self.bodies().next().as_ref().and_then(Vm::traced_view) {
            let stop = self.stop_iteration(value.clone());
            let stop = self.exception_of(stop);
            let about = vec![self.types.stop_iteration.value(), stop, Value::NONE];
            self.note(view, "exception", Value::tuple(about), Value::NONE);
        }
    }

    /// Before the exception on its way goes on, something is put on the control stack: it comes here once more.
    pub(super) fn goes_on_later(&mut self) {
        self.tracer.told = true;
    }

    /// Is there something to be handed over?
    pub(super) fn has_notes(&self) -> bool {
        !self.tracer.notes.is_empty() && !self.tracer.busy
    }

    /// The call that hands over what was noted.
    pub(super) fn hand_over(&mut self) -> NativeResult {
        let notes = std::mem::take(&mut self.tracer.notes);
        let call = self.tail_prelude("hand_over", vec![Value::list(notes)]);
        self.tracer.busy = true;
        call
    }

    /// At a boundary: hand over what was noted, if there is anything.
    pub(super) fn hand_over_notes(&mut self, before_next: bool) -> Result<bool, Value> {
        if !self.has_notes() || self.result.is_some() {
            return Ok(false);
        }
        let delivery = if before_next { Delivery::Between } else { Delivery::Discard };
        let call = self.hand_over();
        self.complete(call, To::by(delivery, Reg::NONE)).map(|()| true)
    }

    /// The function is to run in code with marks from now on, if it is the program's and that can be had.
    pub(crate) fn follow(&mut self, function: &Ref<Function>) {
        let code = function.code().clone();
        if !code.is_of_program() || code.is_outline || function.header().state.get() != 0 {
            return;
        }
        let marked = match code.marked.get() {
            Some(known) => known.clone(),
            None => {
                let marked = self.with_marks(&code);
                let _ = code.marked.set(marked.clone());
                marked
            }
        };
        let Some(marked) = marked else { return };
        let made = collector::generators_of(function);
        if self.has_body_of(function) || !made.is_empty() {
            let places = Places::between(&code.code, &marked.code);
            // One that runs will say where when it is suspended.
            let rests =
                |made: &Ref<Generator>| matches!(made.state(), GeneratorState::Created | GeneratorState::Suspended);
            let stays = |made: &Ref<Generator>| rests(made) && places.of_suspended(made, &code).is_none();
            if made.iter().any(stays)
                || !self.threads.is_alone()
                || !self.move_bodies(function, &code, &marked, &places)
            {
                return;
            }
            for generator in made {
                if let Some(place) = places.of_suspended(&generator, &code) {
                    generator.pc.set(marked.ops.wrapping_add(place));
                }
            }
        }
        function.set_code(marked);
    }

    /// The same code with marks; `None` if it has some, or there are none to be had.
    fn with_marks(&mut self, code: &CodeObject) -> Option<Ref<CodeObject>> {
        if code.code.ops.iter().any(|op| matches!(op, Op::Nop { .. })) {
            return None;
        }
        let loader = self.loader.clone();
        let marked = loader.marked(self, &code.code)?;
        let same = marked.registers == code.code.registers
            && marked.locals == code.code.locals
            && marked.free == code.code.free
            && marked.flags == code.code.flags;
        same.then(|| CodeObject::load(&marked))
    }

    /// The bodies of `function` that run or wait, all in `old`, go on in `new`. `false`, and nothing was done, if one cannot.
    fn move_bodies(&mut self, function: &Ref<Function>, old: &CodeObject, new: &CodeObject, places: &Places) -> bool {
        let wanted = function.as_ptr().cast_const();
        // How a record delivers may be by a jump of the body that waits, below the body that it was made for.
        let moved = |frame: &Frame| {
            if frame.function != wanted {
                return Some((frame.pc, frame.jump));
            }
            let at = old.index_of(frame.pc);
            let to = places.behind(at)?;
            let jump = match frame.delivery {
                Delivery::For | Delivery::ForCall | Delivery::JumpIf | Delivery::JumpIfNot => {
                    let target = usize::try_from(at as i64 + i64::from(frame.jump)).ok()?;
                    i32::try_from(places.behind(target)? as i64 - to as i64).ok()?
                }
                Delivery::Operator | Delivery::Unwinding | Delivery::Truth => return None,
                _ => frame.jump,
            };
            Some((new.ops.wrapping_add(to), jump))
        };
        let Some(all) = self.frames.iter().map(moved).collect::<Option<Vec<_>>>() else { return false };
        if self.function == wanted {
            let Some(to) = places.behind(old.index_of(self.pc)) else { return false };
            self.pc = new.ops.wrapping_add(to);
        }
        for (frame, (pc, jump)) in self.frames.records_mut().iter_mut().zip(all) {
            (frame.pc, frame.jump) = (pc, jump);
        }
        true
    }
}

/// Is it a generator expression that stands among the arguments of a call?
fn is_made_for_this(argument: &Value) -> bool {
    argument.get::<Generator>().is_some_and(|generator| {
        // The register has it and what was read from that, nobody else.
        generator.code().is_some_and(|code| code.code.name.as_ref() == "<genexpr>")
            && argument.header().is_some_and(|header| header.count() == 2)
    })
}

/// Where the instructions of a code stand in the same code with marks, as far as they are there: a mark may keep a jump alive that is
/// none without it, and where jumps end there are returns of their own.
struct Places(Vec<Option<usize>>);

impl Places {
    fn between(old: &Code, new: &Code) -> Places {
        let mut behind = 0;
        let place = |(op, span): (&Op, &Span)| {
            let mut left = new.ops.iter().zip(&new.spans).skip(behind);
            let same =
                |(other, at): (&Op, &Span)| std::mem::discriminant(other) == std::mem::discriminant(op) && at == span;
            let place = behind + left.position(same)?;
            behind = place + 1;
            Some(place)
        };
        Places(old.ops.iter().zip(&old.spans).map(place).collect())
    }

    /// Where control goes on that would go on at instruction `index`: behind the one before, at the mark if there is one.
    fn behind(&self, index: usize) -> Option<usize> {
        match index.checked_sub(1) {
            None => Some(0),
            Some(before) => Some(self.0.get(before).copied()?? + 1),
        }
    }

    /// Where a generator goes on that does not run, or delegates.
    fn of_suspended(&self, generator: &Ref<Generator>, old: &CodeObject) -> Option<usize> {
        let at = old.index_of(generator.pc.get());
        // At a delegation it stands at the instruction, else behind it.
        match old.code.ops.get(at) {
            Some(Op::YieldFrom { .. }) => self.0.get(at).copied().flatten(),
            _ => self.behind(at),
        }
    }
}
