//! Calls: making frames, running natives, entering the machine from Rust.

use super::binding::{Arguments, split};
use super::construct::{NATIVE, spread};
use super::frame::{Delivery, Frame, To};
use super::observer::At;
use super::{Exit, NativeResult, Vm};
use crate::bytecode::{CodeKind, Op, Reg};
use crate::object::function::{Cell, CodeObject, Function};
use crate::object::generator::{AWAITED, ORIGIN};
use crate::object::native::NativeFunction;
use crate::object::slot::Slot;
use crate::object::{Dict, Foreign, Generator, Kind, Method, Module, Object, Ref, Tuple, Type, TypeFlags, Value};
use std::mem::MaybeUninit;

/// The value stack may take this many control records before `RecursionError`, whatever the limit says.
const MOST_FRAMES: usize = 60_000_000;

/// What `callee` gives for one argument, if it is a native that can say so without a machine: a function, a method of the
/// argument's own class, a bound method, a builtin class, an `itemgetter`.
pub fn call_quickly(callee: &Value, argument: &Value) -> Option<Value> {
    match callee.kind()? {
        Kind::Native => {
            let native = callee.get::<NativeFunction>()?;
            let quick = native.def.quick.filter(|_| native.takes(1))?;
            let fits = native.owner.with(|owner| match owner.get::<Type>() {
                // Kinds of which there is one class.
                Some(owner) => match argument.kind() {
                    kind @ Some(Kind::Str | Kind::List | Kind::Tuple | Kind::Dict | Kind::Bytes) => {
                        owner.layout.get() == kind
                    }
                    _ => false,
                },
                None => owner.is_none(),
            });
            if fits { quick(std::slice::from_ref(argument)) } else { None }
        }
        Kind::Method => {
            let method = callee.get::<Method>()?;
            let native = method.function.get::<NativeFunction>()?;
            let quick = native.def.quick.filter(|_| native.takes(2))?;
            quick(&[method.receiver.clone(), argument.clone()])
        }
        Kind::Type => {
            let class = callee.get::<Type>()?;
            if class.constructor.get() != NATIVE || class.flags().has(TypeFlags::HEAP) {
                return None;
            }
            let new = class.init.get();
            let native = new.get::<NativeFunction>()?;
            let quick = native.def.quick.filter(|_| native.takes(2))?;
            quick(&[callee.clone(), argument.clone()])
        }
        Kind::Foreign => callee.get::<Foreign>()?.object().called(std::slice::from_ref(argument)),
        _ => None,
    }
}

impl Vm {
    /// End of the running frame's use of the value stack.
    #[inline]
    pub(super) fn stack_top(&self) -> *mut Value {
        if self.function.is_null() {
            return self.top;
        }
        // SAFETY: a running function is kept alive by its frame.
        let code = unsafe { (*self.function).body.code() };
        if code.suspends {
            self.top
        } else {
            // SAFETY: the frame has this many registers.
            unsafe { self.base.add(code.registers as usize) }
        }
    }

    /// Room on the control stack for one more record: `RecursionError` when the limit is reached.
    #[inline]
    pub(super) fn check_depth(&mut self) -> Result<(), Value> {
        if !self.frames.is_full() {
            return Ok(());
        }
        self.grow_frames()
    }

    /// As `check_depth`, for transfers that the run loop carries out and tells an observer of.
    #[inline]
    pub(super) fn has_room_while_watched(&self) -> bool {
        !self.frames.is_at_its_end() && !self.traced
    }

    #[cold]
    fn grow_frames(&mut self) -> Result<(), Value> {
        let limit = self.recursion_limit.min(MOST_FRAMES);
        // While somebody watches every call comes here.
        if self.frames.len() < limit && self.observer.is_some() && self.frames.has_room() {
            return Ok(());
        }
        if self.frames.len() >= limit {
            // Let the handler have some room, as CPython does.
            return Err(self.exception_of(self.recursion_error("maximum recursion depth exceeded")));
        }
        let wanted = (self.frames.len() * 2).max(64).min(limit);
        let missing = wanted - self.frames.len();
        if self.frames.reserve(missing).is_err() {
            return Err(self.exception_of(self.no_memory()));
        }
        if self.observer.is_none() {
            self.frames.set_limit(wanted);
        }
        Ok(())
    }

    /// How many bodies and natives wait on the control stack, the running one among them.
    pub fn depth(&self) -> usize {
        self.frames.len()
    }

    /// The recursion limit changed.
    pub fn set_recursion_limit(&mut self, limit: usize) {
        self.recursion_limit = limit;
        self.frames.set_most(limit);
        if self.observer.is_some() {
            return;
        }
        self.frames.set_limit(self.frames.limit().min(limit).max(self.frames.len().min(limit)));
    }

    /// Put a call of a function written in Python on the control stack, or make its generator.
    pub(super) fn call_function(&mut self, callee: Value, args: Arguments<'_>, to: To) -> Result<(), Value> {
        let Some(function) = callee.to_ref::<Function>() else { return Err(self.internal("not a function")) };
        let number = function.header().state.get();
        if number != 0
            && to.delivery == Delivery::Call
            && args.names.is_empty()
            && let Some(immediate) = self.await_at_once(number, args.positional, to.dst)
        {
            return self.settle(immediate);
        }
        if self.needs_marks() {
            self.follow(&function);
        }
        let mut code = function.code().clone();
        if let Err(exception) = self.check_depth() {
            self.abandon(to);
            return Err(exception);
        }
        if code.is_outline {
            code = match self.whole_code(&function) {
                Ok(code) => code,
                Err(exit) => return self.exit(exit, to),
            };
        }
        if code.suspends {
            let generator = Generator::of(&function);
            if let Err(exit) = self.bind_arguments(&function, &code, args, generator.registers()) {
                // It never was, so nobody forgot to await it.
                generator.set_flag(AWAITED);
                return self.exit(exit, to);
            }
            if self.origin_depth > 0 {
                self.note_origin(&generator);
            }
            self.observe_create((self.function, self.pc), &generator);
            return self.deliver(Value::object(generator), to);
        }
        let top = self.stack_top();
        let (window, crossed) = self.stack.reserve(top, code.registers as usize + 1);
        // SAFETY: `reserve` gave room for the callee and its registers, all of them valid and dead.
        let base = unsafe {
            window.write(callee);
            window.add(1)
        };
        if let Err(exit) = self.bind_arguments(&function, &code, args, base) {
            self.drop_frame(base, &code);
            // SAFETY: written above.
            drop(unsafe { window.replace(Value::EMPTY) });
            if crossed {
                self.stack.leave();
            }
            return self.exit(exit, to);
        }
        // Whoever looks at its variables must see which have no value yet.
        let namespace = matches!(code.code.kind, CodeKind::Class | CodeKind::Namespace) as usize;
        for index in code.code.parameters.count() + namespace..code.locals as usize {
            // SAFETY: locals are among the registers, and those without an argument are dead.
            unsafe { base.add(index).write(Value::UNDEF) };
        }
        self.observe_call((self.function, self.pc), &code, base);
        self.push_frame(to, crossed);
        self.base = base;
        self.function = function.as_ptr();
        self.pc = code.ops;
        self.trace_entry(false);
        Ok(())
    }

    /// Fill the parameters from number `given` on, whose registers begin at `first`, with the defaults of a function that takes
    /// positional parameters only; `false` if there are not enough.
    ///
    /// # Safety
    /// There are `wanted` registers at `first`, and those from `given` on hold no heap object.
    #[inline(never)]
    pub(super) unsafe fn fill_defaults(function: &Function, given: usize, wanted: usize, first: *mut Value) -> bool {
        let defaults = function.defaults.get();
        let Some(defaults) = defaults.get::<Tuple>() else { return false };
        let defaults = defaults.items();
        if defaults.len() + given < wanted {
            return false;
        }
        for (index, default) in (given..wanted).zip(&defaults[defaults.len() + given - wanted..]) {
            // SAFETY: promised by the caller.
            unsafe { first.add(index).write(default.clone()) };
        }
        true
    }

    /// The callee and its `argc` arguments, which stand at `window`, go to `place`, those beyond the parameters in a tuple; the
    /// body of `code` takes such, and may enter. `false`, and nothing was done, where there are more than it takes.
    ///
    /// # Safety
    /// `code.collected_after` is at most `argc`. There is room at `place` for the callee, the registers of the body, and `argc`
    /// values more. It is dead, or `window`.
    #[inline(never)]
    pub(super) unsafe fn collect_arguments(
        code: &CodeObject,
        window: *mut Value,
        argc: usize,
        place: *mut Value,
    ) -> bool {
        let (positional, parameters) = (code.collected_after as usize, &code.code.parameters);
        if argc > positional && !parameters.varargs {
            return false;
        }
        // SAFETY: promised by the caller; every slot is a valid value.
        unsafe {
            let more = window.add(1 + positional);
            let more = parameters
                .varargs
                .then(|| Ref::<Tuple>::build(argc - positional, |n| more.add(n).replace(Value::EMPTY)));
            if place != window {
                for n in 0..=positional {
                    place.add(n).write(window.add(n).replace(Value::EMPTY));
                }
            }
            let mut next = place.add(1 + positional);
            let named = parameters.varkw.then(|| Value::object(Dict::empty()));
            for collected in [more.map(Value::object), named].into_iter().flatten() {
                next.write(collected);
                next = next.add(1);
            }
            // Whoever looks at its variables must see which have no value yet.
            for index in parameters.count()..code.locals as usize {
                place.add(1 + index).write(Value::UNDEF);
            }
        }
        true
    }

    /// Record where control is to go on when the body about to run is done.
    #[inline]
    pub(super) fn push_frame(&mut self, to: To, crossed: bool) {
        self.frames.push(Frame {
            pc: self.pc,
            base: self.base,
            function: self.function,
            top: MaybeUninit::new(self.top),
            generator: std::ptr::null_mut(),
            jump: to.jump,
            dst: to.dst,
            delivery: to.delivery,
            crossed,
        });
    }

    /// A frame is left: drop its temporaries, the last first, then its locals, the first first.
    pub(super) fn drop_frame(&mut self, base: *mut Value, code: &CodeObject) {
        self.drop_temporaries(base, code.registers as usize);
    }

    /// Drop what `count` registers from `base` on hold. The last goes first, as from a stack, so that of several
    /// suspended iterators the innermost is finalised first.
    #[inline]
    pub(super) fn drop_temporaries(&mut self, base: *mut Value, count: usize) {
        for index in (0..count).rev() {
            // SAFETY: the frame being left has this many registers, each a valid value.
            unsafe {
                let slot = base.add(index);
                if (*slot).is_object() {
                    drop(slot.replace(Value::EMPTY));
                }
            }
        }
    }

    /// `CallKw` and `CallMethodKw`: what stands in the window is called; the last of the `argc` arguments are named by the
    /// tuple `names`. The result goes to `window`.
    pub(super) fn call_kw(&mut self, window: Reg, argc: usize, names: u16, method: bool) -> Result<(), Value> {
        let names = self.running_code().constants[names as usize].clone();
        let names = names.get::<Tuple>().map_or(&[][..], |tuple| tuple.body_items());
        // SAFETY: the compiler gives the window a register for the callee and each argument, in `LoadMethod`'s form one
        // more; `callee` stands in front of them.
        let (callee, values) = unsafe {
            let mut first = self.base.add(window.index());
            if method && (*first).is_undef() {
                first = first.add(1);
            }
            let end = self.base.add(window.index() + argc + 1 + method as usize);
            let count = end.offset_from(first.add(1)) as usize;
            (first.replace(Value::UNDEF), std::slice::from_raw_parts_mut(first.add(1), count))
        };
        let (positional, named) = values.split_at_mut(values.len() - names.len());
        let result = self.invoke(callee, Arguments { positional, names, named }, To::register(window));
        // What nobody took dies with the call.
        values.iter_mut().for_each(|value| drop(std::mem::take(value)));
        result
    }

    /// `Call`, for what the run loop does not call itself: the callee is at `window`, the `argc` arguments follow.
    ///
    /// # Safety
    /// All of them are registers of the running frame.
    #[inline(never)]
    pub(super) unsafe fn call_window(&mut self, window: *mut Value, argc: usize, dst: Reg) -> Result<(), Value> {
        // SAFETY: promised by the caller.
        unsafe {
            match (*window).get::<Function>().map_or(0, |function| function.header().state.get()) {
                0 => self.call_as_ever(window, argc, dst),
                number => self.call_at_once(number, window, argc, dst),
            }
        }
    }

    /// The same for what has no native form, or whose native form was not to be had.
    ///
    /// # Safety
    /// As for [`Vm::call_window`].
    #[inline(never)]
    pub(super) unsafe fn call_as_ever(&mut self, window: *mut Value, argc: usize, dst: Reg) -> Result<(), Value> {
        // SAFETY: promised by the caller.
        let (callee, values) =
            unsafe { (window.replace(Value::UNDEF), std::slice::from_raw_parts_mut(window.add(1), argc)) };
        let args = Arguments { positional: values, names: &[], named: &mut [] };
        let result = self.invoke(callee, args, To::register(dst));
        // SAFETY: as above. What nobody took dies with the call.
        unsafe { (1..=argc).for_each(|n| drop(window.add(n).replace(Value::UNDEF))) };
        result
    }

    /// `CallEx`: `dst = R[window](*R[window+1], **R[window+2])`
    pub(super) fn call_ex(&mut self, window: Reg, has_keywords: bool, dst: Reg) -> Result<(), Value> {
        let callee = self.take_register(window);
        let mut args = spread(&self.take_register(window.plus(1)));
        let keywords = if has_keywords {
            let dict = self.take_register(window.plus(2));
            dict.get::<Dict>().map_or_else(Vec::new, |dict| dict.items())
        } else {
            Vec::new()
        };
        let (names, mut named) = split(keywords);
        let args = Arguments { positional: &mut args, names: &names, named: &mut named };
        self.invoke(callee, args, To::register(dst))
    }

    /// Call a native with arguments of any form.
    pub(super) fn call_native(&mut self, callee: &Value, args: Arguments<'_>) -> NativeResult {
        let Some(native) = callee.get::<NativeFunction>() else {
            return Err(self.system_error("not a native function"));
        };
        if !native.owner.is_none() {
            self.check_receiver(&native, args.positional.first())?;
        }
        // From now on the run loop knows whether it can call it without asking here.
        native.signature();
        if args.names.is_empty() && native.accepts(args.positional.len()) {
            self.native = callee;
            return (native.def.call)(self, args.positional);
        }
        let bound = self.bind_native(&native, args)?;
        self.native = callee;
        (native.def.call)(self, &bound)
    }

    /// Call a native with arguments already in the order of its signature.
    pub fn call_bound(&mut self, callee: &Value, args: &[Value]) -> NativeResult {
        let Some(native) = callee.to_ref::<NativeFunction>() else {
            return Err(self.system_error("not a native function"));
        };
        self.native = callee;
        (native.def.call)(self, args)
    }

    /// The receiver of a method must be of the class it is a method of.
    pub(super) fn check_receiver(&mut self, native: &NativeFunction, receiver: Option<&Value>) -> Result<(), Exit> {
        let owner = native.owner.get();
        let Some(owner) = owner.get::<Type>() else { return Ok(()) };
        let Some(receiver) = receiver else {
            let name = native.name.to_string_lossy();
            let message = if native.is_slot() {
                format!("descriptor '{name}' of '{}' object needs an argument", self.shown_class(&owner))
            } else {
                format!("unbound method {}.{name}() needs an argument", owner.name())
            };
            return Err(self.type_error(message));
        };
        let class = self.class_of(receiver);
        if class.is_subclass(&owner) {
            return Ok(());
        }
        let (owner, class) = (self.shown_class(&owner), self.shown_class(&class));
        let name = native.name.to_string_lossy();
        if native.is_slot() {
            let message = format!("descriptor '{name}' requires a '{owner}' object but received a '{class}'");
            return Err(self.type_error(message));
        }
        Err(self.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{class}' object")))
    }

    /// The native that is running, for [`Vm::retry`].
    pub(super) fn running_native(&self) -> Value {
        if self.native.is_null() {
            return Value::NONE;
        }
        // SAFETY: set before each call of a native to where the callee stands until the native has ended.
        unsafe { (*self.native).clone() }
    }

    /// Call `callee` from Rust and run until it is done. Only the embedding side does this: the interpreter at start, the
    /// REPL, tests. Never a native (law 1).
    pub fn call(&mut self, callee: &Value, args: Vec<Value>) -> Result<Value, Value> {
        let entry = To::by(Delivery::Entry, Reg::NONE);
        self.result = None;
        let depth = self.frames.len();
        let saved = (self.pc, self.base, self.function, self.top);
        self.top = self.stack_top();
        // The frame above this one finds nothing of Python below it.
        self.function = std::ptr::null();
        let started = self.invoke_owned(callee.clone(), args, Vec::new(), entry);
        let result = match started {
            Err(exception) => Err(exception),
            Ok(()) => {
                if self.result.is_none() {
                    self.run();
                }
                self.result.take().unwrap_or(Ok(Value::NONE))
            }
        };
        debug_assert_eq!(self.frames.len(), depth);
        (self.pc, self.base, self.function, self.top) = saved;
        result
    }

    /// Run a body whose names are those of `globals`, from Rust; see [`Vm::call`].
    pub fn run_module(
        &mut self,
        code: &std::rc::Rc<crate::bytecode::Code>,
        globals: &Ref<Dict>,
    ) -> Result<Value, Value> {
        let function = self.module_function(code, globals);
        self.call(&function, Vec::new())
    }

    /// A body as a function without parameters.
    pub fn module_function(&mut self, code: &std::rc::Rc<crate::bytecode::Code>, globals: &Ref<Dict>) -> Value {
        if globals.get_str(&self.names.builtins).is_none() {
            // The program itself sees the module there; what it imports, the dict.
            globals.set_str(&self.names.builtins.clone(), self.builtins.value());
        }
        let builtins = self.builtins_of(globals);
        Value::object(Function::new(CodeObject::load(code), globals.clone(), builtins, Box::new([])))
    }

    /// The builtins that code with these globals sees: what `__builtins__` says, if it is a dict or a module.
    pub fn builtins_of(&self, globals: &Dict) -> Ref<Dict> {
        let named = globals.get_str(&self.names.builtins);
        match named {
            None => self.builtins.clone(),
            Some(named) => match named.get::<Module>() {
                Some(module) => module.dict.clone(),
                // What another mapping has is asked for one by one.
                None => named.native::<Dict>().map_or_else(Dict::empty, |dict| dict.to_ref()),
            },
        }
    }

    /// The builtins of the running code.
    pub fn current_builtins(&self) -> Ref<Dict> {
        self.visible_frame(0).map_or_else(|| self.builtins.clone(), |(function, _, _)| function.builtins.clone())
    }

    /// `sys.get_coroutine_origin_tracking_depth()`
    pub fn origin_depth(&self) -> usize {
        self.origin_depth
    }

    /// `sys.set_coroutine_origin_tracking_depth(depth)`
    pub fn set_origin_depth(&mut self, depth: usize) {
        self.origin_depth = depth;
        self.watch_returns();
    }

    /// A new coroutine remembers the calls in which it is made: file, line and name of each, the innermost first.
    fn note_origin(&self, coroutine: &Ref<Generator>) {
        if !self.is_coroutine(&coroutine.value()) {
            return;
        }
        let bodies = self.bodies().filter(|body| !body.function.code().hidden).take(self.origin_depth);
        let calls = bodies.map(|body| {
            let code = &body.function.code().code;
            let line = Value::int(i64::from(code.place(body.index).line));
            Value::tuple(vec![Value::str(code.source.name()), line, Value::str(&*code.name)])
        });
        let calls = Value::tuple(calls.collect());
        coroutine.set_detail(ORIGIN, calls);
    }

    /// The innermost body that is not hidden, and the instruction it is at.
    pub(super) fn place(&self) -> Option<(Ref<CodeObject>, usize)> {
        place_in(&self.frames, (self.function, self.pc)).map(|at| (at.code.clone(), at.index))
    }

    /// A cell for a variable that closures share.
    pub(super) fn new_cell(&self, content: Value) -> Value {
        Value::object(Ref::new(Cell { content: Slot::new(content) }))
    }

    /// Is it something that can be called?
    pub fn is_callable(&self, value: &Value) -> bool {
        match value.kind() {
            Some(Kind::Function | Kind::Native | Kind::Method | Kind::Type | Kind::StaticMethod) => true,
            _ => self.class_of(value).lookup(&self.names.call).is_some_and(|method| !method.is_none()),
        }
    }

    /// The running body is about to return `value`: tell those who want to know.
    #[cold]
    pub(super) fn returns(&mut self, value: &Value) {
        self.trace_exit(value, false);
        // SAFETY: a plain call has its callee, or the view that took its place, in the slot below its registers.
        if unsafe { (*self.base.sub(1)).is_kind(Kind::Foreign) } {
            self.leave_to_view_of_running(value);
        }
        if self.observer.is_some() {
            self.observe_return(value);
        }
    }

    /// `PrintExpr`: `sys.displayhook(value)`
    pub(super) fn print_expression(&mut self, value: Value) -> Result<(), Value> {
        let result = self.tail_prelude("print_expression", vec![value]);
        self.complete(result, To::DISCARD)
    }
}

/// The place of a body that runs or waits at `pc`, or, if it is hidden, of the innermost one around it that is not.
pub(super) fn place_in(frames: &[Frame], here: (*const Object<Function>, *const Op)) -> Option<At<'_>> {
    let shown = |(function, pc): (*const Object<Function>, *const Op)| {
        if function.is_null() {
            return None;
        }
        // SAFETY: functions on the control stack are kept alive by their frames, and so is their code.
        let code = unsafe { (*function).body.code() };
        (!code.hidden).then(|| At { code, index: code.index_of(pc).saturating_sub(1) })
    };
    shown(here).or_else(|| frames.iter().rev().find_map(|frame| shown((frame.function, frame.pc))))
}
