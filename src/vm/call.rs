//! Calls: binding arguments to parameters, and making frames.

use super::frame::{Delivery, Frame, To};
use super::observer::{At, Event};
use super::{Exit, NativeResult, Vm};
use crate::bytecode::Reg;
use crate::memory;
use crate::object::function::{Cell, CodeObject, Function};
use crate::object::native::NativeFunction;
use crate::object::slot::Slot;
use crate::object::{Dict, Generator, Kind, Ref, Str, Tuple, Type, Value};

/// The value stack may take this many control records before `RecursionError`, whatever the limit says.
const MOST_FRAMES: usize = 60_000_000;

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
        if self.frames.len() < self.frame_limit {
            return Ok(());
        }
        self.grow_frames()
    }

    #[cold]
    fn grow_frames(&mut self) -> Result<(), Value> {
        let limit = self.recursion_limit.min(MOST_FRAMES);
        if self.frames.len() >= limit {
            // Let the handler have some room, as CPython does.
            return Err(self.exception_of(self.recursion_error("maximum recursion depth exceeded")));
        }
        let wanted = (self.frames.len() * 2).max(64).min(limit);
        let missing = wanted - self.frames.len();
        if memory::reserve(&mut self.frames, missing).is_err() {
            return Err(self.exception_of(self.no_memory()));
        }
        self.frame_limit = wanted;
        Ok(())
    }

    /// The recursion limit changed.
    pub fn set_recursion_limit(&mut self, limit: usize) {
        self.recursion_limit = limit;
        self.frame_limit = self.frame_limit.min(limit).max(self.frames.len().min(limit));
    }

    /// Put a call of a function written in Python on the control stack, or make its generator.
    pub(super) fn call_function(
        &mut self,
        callee: Value,
        args: Vec<Value>,
        keywords: Vec<(Value, Value)>,
        to: To,
    ) -> Result<(), Value> {
        let Some(function) = callee.to_ref::<Function>() else { return Err(self.internal("not a function")) };
        let code = function.code().clone();
        if let Err(exception) = self.check_depth() {
            self.abandon(to);
            return Err(exception);
        }
        if code.suspends {
            let generator = Generator::of(&function);
            if let Err(exit) = self.bind_arguments(&function, &code, args, keywords, generator.registers()) {
                return self.exit(exit, to);
            }
            let object = Value::object(generator);
            self.observe_create(&object);
            return self.deliver(object, to);
        }
        let top = self.stack_top();
        let (window, crossed) = self.stack.reserve(top, code.registers as usize + 1);
        // SAFETY: `reserve` gave room for the callee and its registers, all of them valid and dead.
        let base = unsafe {
            window.write(callee);
            window.add(1)
        };
        if let Err(exit) = self.bind_arguments(&function, &code, args, keywords, base) {
            self.drop_registers(base, code.registers as usize);
            // SAFETY: written above.
            drop(unsafe { window.replace(Value::from_bits(0)) });
            if crossed {
                self.stack.leave();
            }
            return self.exit(exit, to);
        }
        self.observe_call(&code, base);
        self.push_frame(to, crossed);
        self.base = base;
        self.function = function.as_ptr();
        self.pc = code.ops;
        Ok(())
    }

    /// Record where control is to go on when the body about to run is done.
    #[inline]
    pub(super) fn push_frame(&mut self, to: To, crossed: bool) {
        self.frames.push(Frame {
            pc: self.pc,
            base: self.base,
            function: self.function,
            top: self.top,
            generator: std::ptr::null_mut(),
            jump: to.jump,
            dst: to.dst,
            delivery: to.delivery,
            crossed,
        });
    }

    /// Drop what `count` registers from `base` on hold.
    #[inline]
    pub(super) fn drop_registers(&mut self, base: *mut Value, count: usize) {
        for index in 0..count {
            // SAFETY: the frame being left has this many registers, each a valid value; 0 is a float.
            unsafe {
                let slot = base.add(index);
                if (*slot).is_object() {
                    drop(slot.replace(Value::from_bits(0)));
                }
            }
        }
    }

    /// Put arguments into the parameter registers at `base` (language reference 6.3.4).
    pub(super) fn bind_arguments(
        &mut self,
        function: &Ref<Function>,
        code: &Ref<CodeObject>,
        args: Vec<Value>,
        keywords: Vec<(Value, Value)>,
        base: *mut Value,
    ) -> Result<(), Exit> {
        if matches!(code.code.kind, crate::bytecode::CodeKind::Class | crate::bytecode::CodeKind::Namespace) {
            // The namespace of such a body is its register 0.
            let namespace = args.into_iter().next().unwrap_or_else(|| function.globals.value());
            // SAFETY: such a body has at least this register.
            drop(unsafe { base.replace(namespace) });
            return Ok(());
        }
        let parameters = code.code.parameters;
        let positional = parameters.positional as usize;
        let named = positional + parameters.kwonly as usize;
        let given = args.len();
        // SAFETY: parameters come first among the registers, and the caller reserved all of them.
        let set = |index: usize, value: Value| unsafe { drop(base.add(index).replace(value)) };
        // SAFETY: as above.
        let is_set = |index: usize| unsafe { !(*base.add(index)).is_undef() };
        for index in 0..parameters.count() {
            set(index, Value::UNDEF);
        }
        let mut rest = args.into_iter();
        for (index, value) in rest.by_ref().take(positional).enumerate() {
            set(index, value);
        }
        let extra: Vec<Value> = rest.collect();
        if !extra.is_empty() && !parameters.varargs {
            return Err(self.too_many_positional(function, code, given, &keywords));
        }
        if parameters.varargs {
            set(named, Value::tuple(extra));
        }
        let varkw = parameters.varkw.then(|| (named + parameters.varargs as usize, Dict::empty()));
        for (name, value) in keywords {
            let Some(text) = name.native::<Str>() else { return Err(self.type_error("keywords must be strings")) };
            let found = (parameters.posonly as usize..named)
                .find(|index| code.code.locals[*index].as_bytes() == text.as_bytes());
            match (found, &varkw) {
                (Some(index), _) if is_set(index) => {
                    let (function, name) = (self.qualname_of(function), text.to_string_lossy().into_owned());
                    let message = format!("{function}() got multiple values for argument '{name}'");
                    return Err(self.type_error(message));
                }
                (Some(index), _) => set(index, value),
                (None, Some((_, dict))) => dict.set_str(&text, value),
                (None, None) => {
                    let name = text.to_string_lossy().into_owned();
                    return Err(self.unexpected_keyword(function, code, &name));
                }
            }
        }
        if let Some((index, dict)) = varkw {
            set(index, Value::object(dict));
        }
        if given < positional {
            let defaults = function.defaults.get();
            let defaults = defaults.get::<Tuple>().map_or(&[][..], |tuple| tuple.body_items());
            let first = positional - defaults.len().min(positional);
            let mut missing = Vec::new();
            for index in 0..positional {
                if is_set(index) {
                    continue;
                }
                match index.checked_sub(first).and_then(|n| defaults.get(n)) {
                    Some(default) => set(index, default.clone()),
                    None => missing.push(index),
                }
            }
            if !missing.is_empty() {
                return Err(self.missing_arguments(function, code, &missing, "positional"));
            }
        }
        if parameters.kwonly > 0 {
            let defaults = function.kwdefaults.get().to_ref::<Dict>();
            let mut missing = Vec::new();
            for index in positional..named {
                if is_set(index) {
                    continue;
                }
                let name = crate::object::intern(code.code.locals[index].as_bytes());
                match defaults.as_ref().and_then(|defaults| defaults.get_str(&name)) {
                    Some(default) => set(index, default),
                    None => missing.push(index),
                }
            }
            if !missing.is_empty() {
                return Err(self.missing_arguments(function, code, &missing, "keyword-only"));
            }
        }
        Ok(())
    }

    fn qualname_of(&self, function: &Ref<Function>) -> String {
        let name = function.qualname.get();
        name.get::<Str>().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    fn too_many_positional(
        &mut self,
        function: &Ref<Function>,
        code: &Ref<CodeObject>,
        given: usize,
        keywords: &[(Value, Value)],
    ) -> Exit {
        let parameters = code.code.parameters;
        let most = parameters.positional as usize;
        let defaults = function.defaults.get().get::<Tuple>().map_or(0, |tuple| tuple.items().len());
        let takes =
            if defaults > 0 { format!("from {} to {most}", most - defaults.min(most)) } else { most.to_string() };
        let plural = if defaults > 0 || most != 1 { "s" } else { "" };
        let kwonly_names = most..most + parameters.kwonly as usize;
        let kwonly = keywords.iter().filter(|(name, _)| {
            let same = |index: usize| {
                name.get::<Str>().is_some_and(|name| name.as_bytes() == code.code.locals[index].as_bytes())
            };
            kwonly_names.clone().any(same)
        });
        let kwonly = kwonly.count();
        let was = if given == 1 && kwonly == 0 { "was" } else { "were" };
        let also = if kwonly > 0 {
            let (p, k) = (if given == 1 { "" } else { "s" }, if kwonly == 1 { "" } else { "s" });
            format!(" positional argument{p} (and {kwonly} keyword-only argument{k})")
        } else {
            String::new()
        };
        let name = self.qualname_of(function);
        self.type_error(format!("{name}() takes {takes} positional argument{plural} but {given}{also} {was} given"))
    }

    fn unexpected_keyword(&mut self, function: &Ref<Function>, code: &Ref<CodeObject>, keyword: &str) -> Exit {
        let parameters = code.code.parameters;
        let function = self.qualname_of(function);
        let positional_only = &code.code.locals[..parameters.posonly as usize];
        if positional_only.iter().any(|name| &**name == keyword) {
            return self.type_error(format!(
                "{function}() got some positional-only arguments passed as keyword arguments: '{keyword}'"
            ));
        }
        let named =
            &code.code.locals[parameters.posonly as usize..(parameters.positional + parameters.kwonly) as usize];
        let hint = crate::text::suggest::closest(keyword, named.iter().map(|name| &**name))
            .map_or_else(String::new, |name| format!(". Did you mean '{name}'?"));
        self.type_error(format!("{function}() got an unexpected keyword argument '{keyword}'{hint}"))
    }

    fn missing_arguments(
        &mut self,
        function: &Ref<Function>,
        code: &Ref<CodeObject>,
        missing: &[usize],
        sort: &str,
    ) -> Exit {
        let names: Vec<String> = missing.iter().map(|index| format!("'{}'", code.code.locals[*index])).collect();
        let list = match &names[..] {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
            [] => String::new(),
        };
        let plural = if missing.len() == 1 { "" } else { "s" };
        let (name, count) = (self.qualname_of(function), missing.len());
        self.type_error(format!("{name}() missing {count} required {sort} argument{plural}: {list}"))
    }

    /// Call a native with arguments of any form.
    pub(super) fn call_native(
        &mut self,
        callee: &Value,
        mut args: Vec<Value>,
        keywords: Vec<(Value, Value)>,
    ) -> NativeResult {
        let Some(native) = callee.to_ref::<NativeFunction>() else {
            return Err(self.system_error("not a native function"));
        };
        self.check_receiver(&native, args.first())?;
        if !(keywords.is_empty() && native.accepts(args.len())) {
            args = self.bind_native(&native, args, keywords)?;
        }
        self.native = callee;
        (native.def.call)(self, &args)
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
        let name = native.name.to_string_lossy();
        let Some(receiver) = receiver else {
            let message = format!("unbound method {}.{name}() needs an argument", owner.name());
            return Err(self.type_error(message));
        };
        let class = self.class_of(receiver);
        if class.is_subclass(&owner) {
            return Ok(());
        }
        let (owner, class) = (owner.name(), class.name());
        Err(self.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{class}' object")))
    }

    /// Arguments in the order of a native's signature.
    pub(super) fn bind_native(
        &mut self,
        native: &Ref<NativeFunction>,
        args: Vec<Value>,
        keywords: Vec<(Value, Value)>,
    ) -> Result<Vec<Value>, Exit> {
        let signature = &native.signature;
        let is_method = signature.parameters.first().is_some_and(|first| matches!(first.name, "self" | "cls"));
        let receiver = is_method as usize;
        let plain = native.name.to_string_lossy();
        let makes = args.first().filter(|_| matches!(&*plain, "__new__" | "__init__"));
        let made = makes.map(|first| match first.get::<Type>() {
            Some(class) => class.name(),
            None => self.type_name(first),
        });
        let short = made.clone().unwrap_or_else(|| plain.into_owned());
        let name = made.unwrap_or_else(|| self.native_name(native));
        let given = args.len();
        if given > signature.positional && !signature.varargs {
            let (most, least) = (signature.positional - receiver, signature.required.saturating_sub(receiver));
            let given = given - receiver.min(given);
            let message = if most == 0 && signature.parameters.len() > signature.positional {
                format!("{short}() takes no positional arguments")
            } else if most == 0 && signature.parameters.len() == signature.positional {
                format!("{name}() takes no arguments ({given} given)")
            } else if most == least {
                let plural = if most == 1 { "" } else { "s" };
                if most == 1 && signature.posonly == signature.parameters.len() {
                    format!("{name}() takes exactly one argument ({given} given)")
                } else {
                    format!("{short} expected {most} argument{plural}, got {given}")
                }
            } else {
                let plural = if most == 1 { "" } else { "s" };
                if signature.posonly == signature.positional {
                    format!("{short} expected at most {most} argument{plural}, got {given}")
                } else {
                    format!("{name}() takes at most {most} argument{plural} ({given} given)")
                }
            };
            return Err(self.type_error(message));
        }
        let mut bound: Vec<Value> = Vec::with_capacity(signature.parameters.len() + 1);
        let mut args = args.into_iter();
        bound.extend(args.by_ref().take(signature.positional));
        let extra: Vec<Value> = args.collect();
        let varkw = signature.varkw.then(Dict::empty);
        if bound.len() < signature.positional {
            bound.resize_with(signature.positional, Value::default);
        }
        // Keyword-only parameters come after the positional ones, `*args` after those.
        bound.resize_with(signature.parameters.len(), Value::default);
        let had_keywords = !keywords.is_empty();
        for (key, value) in keywords {
            let Some(text) = key.native::<Str>() else { return Err(self.type_error("keywords must be strings")) };
            let found = (signature.posonly..signature.parameters.len())
                .find(|index| signature.parameters[*index].name.as_bytes() == text.as_bytes());
            let keyword = text.to_string_lossy().into_owned();
            match (found, &varkw) {
                (Some(index), _) if !bound[index].is_undef() => {
                    let message = if index < signature.positional {
                        format!(
                            "argument for {name}() given by name ('{keyword}') and position ({})",
                            index + 1 - receiver
                        )
                    } else {
                        format!("{name}() got multiple values for argument '{keyword}'")
                    };
                    return Err(self.type_error(message));
                }
                (Some(index), _) => bound[index] = value,
                (None, Some(dict)) => dict.set_str(&text, value),
                (None, None) => {
                    let takes_none = signature.posonly == signature.parameters.len();
                    let message = if takes_none {
                        format!("{name}() takes no keyword arguments")
                    } else {
                        format!("{name}() got an unexpected keyword argument '{keyword}'")
                    };
                    return Err(self.type_error(message));
                }
            }
        }
        for (index, parameter) in signature.parameters.iter().enumerate() {
            if parameter.required && bound[index].is_undef() {
                let least = signature.required - receiver.min(signature.required);
                let given = given - receiver.min(given);
                let exactly = signature.required == signature.positional;
                let message = if index == 0 && is_method {
                    format!("unbound method {name}() needs an argument")
                } else if exactly && signature.posonly == signature.parameters.len() && least == 1 {
                    format!("{name}() takes exactly one argument ({given} given)")
                } else if signature.posonly >= signature.positional && !had_keywords {
                    let plural = if least == 1 { "" } else { "s" };
                    let bound = if exactly { "" } else { "at least " };
                    format!("{short} expected {bound}{least} argument{plural}, got {given}")
                } else if index >= signature.positional {
                    format!("{name}() missing required keyword-only argument: '{}'", parameter.name)
                } else {
                    let position = index + 1 - receiver;
                    format!("{name}() missing required argument '{}' (pos {position})", parameter.name)
                };
                return Err(self.type_error(message));
            }
        }
        bound.extend(extra);
        if let Some(dict) = varkw {
            bound.push(Value::object(dict));
        }
        Ok(bound)
    }

    fn native_name(&self, native: &NativeFunction) -> String {
        let name = native.name.to_string_lossy();
        match native.owner.get().get::<Type>() {
            Some(owner) => format!("{}.{name}", owner.name()),
            None => name.into_owned(),
        }
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
        let started = self.invoke(callee.clone(), args, Vec::new(), entry);
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
            globals.set_str(&self.names.builtins.clone(), self.builtins_module());
        }
        let code = CodeObject::load(code);
        Value::object(Function::new(code, globals.clone(), self.builtins.clone(), Box::new([])))
    }

    fn builtins_module(&mut self) -> Value {
        self.modules.get_str(&crate::object::intern(b"builtins")).unwrap_or_else(|| self.builtins.value())
    }

    pub(super) fn observe_call(&mut self, code: &Ref<CodeObject>, base: *mut Value) {
        if self.observer.is_none() || code.hidden {
            return;
        }
        let count = code.code.parameters.count();
        // SAFETY: parameters come first among the registers.
        let args: Vec<Value> = (0..count).map(|index| unsafe { (*base.add(index)).clone() }).collect();
        let from = self.place();
        let at = |(code, index): &(Ref<CodeObject>, usize)| (code.clone(), *index);
        let from = from.as_ref().map(at);
        if let Some(observer) = &mut self.observer {
            let from = from.as_ref().map(|(code, index)| At { code, index: *index });
            observer.event(Event::Call { from, to: At { code, index: 0 }, args: &args });
        }
    }

    pub(super) fn observe_create(&mut self, object: &Value) {
        if self.observer.is_none() {
            return;
        }
        let hidden = object.get::<Generator>().and_then(|generator| generator.code().map(|code| code.hidden));
        if hidden == Some(true) {
            return;
        }
        if let Some((code, index)) = self.place()
            && let Some(observer) = &mut self.observer
        {
            observer.event(Event::Create { from: At { code: &code, index }, object });
        }
    }

    /// The innermost body that is not hidden, and the instruction it is at.
    pub(super) fn place(&self) -> Option<(Ref<CodeObject>, usize)> {
        self.place_from((self.function, self.pc))
    }

    /// As [`Vm::place`], for the body that waits in `frame`, the record just popped.
    pub(super) fn place_of(&self, frame: &Frame) -> Option<(Ref<CodeObject>, usize)> {
        self.place_from((frame.function, frame.pc))
    }

    fn place_from(
        &self,
        here: (*const crate::object::Object<Function>, *const crate::bytecode::Op),
    ) -> Option<(Ref<CodeObject>, usize)> {
        let waiting = self.frames.iter().rev().map(|frame| (frame.function, frame.pc));
        for (function, pc) in std::iter::once(here).chain(waiting) {
            if function.is_null() {
                continue;
            }
            // SAFETY: functions on the control stack are kept alive by their frames.
            let code = unsafe { (*function).body.code() };
            if !code.hidden {
                return Some((code.clone(), code.index_of(pc).saturating_sub(1)));
            }
        }
        None
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
}
