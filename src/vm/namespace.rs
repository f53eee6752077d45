//! Names: globals, builtins, cells, the namespaces of class bodies; imports and what else statements need.

use super::attribute::is_method;
use super::construct::pairs;
use super::frame::{Delivery, To};
use super::observer::{At, Event};
use super::{Exit, Vm};
use crate::bytecode::{Common, Flags, Reg};
use crate::object::function::SiteCache;
use crate::object::{
    CodeObject, Dict, Exception, Function, Generator, Kind, List, Module, Ref, Str, Tuple, Type, TypeFlags, Value,
};

impl Vm {
    pub(super) fn running_code(&self) -> Ref<CodeObject> {
        // SAFETY: the running function is kept alive by its frame.
        unsafe { (*self.function).body.code().clone() }
    }

    fn running_function(&self) -> Ref<Function> {
        // SAFETY: as above; the view is not dropped, the clone is counted.
        unsafe { (*std::mem::ManuallyDrop::new(Ref::from_ptr(self.function.cast_mut()))).clone() }
    }

    /// The globals of the innermost running body, `None` outside any.
    pub fn current_globals(&self) -> Option<Ref<Dict>> {
        self.current_function().map(|function| function.globals.clone())
    }

    /// The innermost running function that is not hidden, `None` outside any.
    pub fn current_function(&self) -> Option<Ref<Function>> {
        self.visible_frame(0).map(|(function, _, _)| function)
    }

    /// The `depth`-th body from the inside that is not hidden: its function, its registers, the instruction it is at.
    pub fn visible_frame(&self, depth: usize) -> Option<(Ref<Function>, *mut Value, usize)> {
        self.visible_body(depth).map(|body| (body.function, body.base, body.index))
    }

    /// A register of a body found by [`Vm::visible_frame`].
    pub(crate) fn frame_register(&self, base: *mut Value, index: usize) -> Value {
        // SAFETY: callers name a parameter, and parameters come first among the registers of a live frame.
        unsafe { (*base.add(index)).clone() }
    }

    fn name_constant(&self, index: u16) -> Ref<Str> {
        let code = self.running_code();
        code.constants[index as usize].to_ref::<Str>().unwrap_or_else(|| crate::object::intern(b"?"))
    }

    #[cold]
    pub(super) fn unbound_local(&mut self, reg: Reg) -> Value {
        let code = self.running_code();
        let name = code.code.locals.get(reg.index()).cloned().unwrap_or_else(|| "?".into());
        self.unbound(&name)
    }

    fn unbound(&mut self, name: &str) -> Value {
        let message = format!("cannot access local variable '{name}' where it is not associated with a value");
        let exit = self.unbound_local_error(message);
        self.exception_of(exit)
    }

    fn named(&mut self, exit: Exit, name: &str) -> Value {
        let exception = self.exception_of(exit);
        if let Some(raised) = exception.get::<Exception>() {
            raised.dict().set_str(&self.names.name_plain.clone(), Value::str(name));
        }
        exception
    }

    #[cold]
    pub(super) fn empty_cell(&mut self, reg: Reg) -> Value {
        self.unbound_local(reg)
    }

    #[cold]
    pub(super) fn empty_free(&mut self, index: u16) -> Value {
        let code = self.running_code();
        let name = code.code.free.get(index as usize).cloned().unwrap_or_else(|| "?".into());
        let message =
            format!("cannot access free variable '{name}' where it is not associated with a value in enclosing scope");
        let exit = self.name_error(message);
        self.named(exit, &name)
    }

    #[cold]
    pub(super) fn no_name(&mut self, name: &Ref<Str>) -> Value {
        let text = name.to_string_lossy().into_owned();
        let exit = self.name_error(format!("name '{text}' is not defined"));
        self.named(exit, &text)
    }

    /// `LoadGlobal`, on a cache miss.
    #[cold]
    pub(super) fn load_global(&mut self, site: &SiteCache, dst: Reg) -> Result<(), Value> {
        let function = self.running_function();
        let found = function.globals.table.borrow().find_str(&site.name);
        if let Some(number) = found {
            site.latest.key.set((function.globals.ensure_version() as u64) << 32);
            site.latest.found.set(number as u64);
            let value = function.globals.table.borrow().value(number).clone();
            self.set_register(dst, value);
            return Ok(());
        }
        let found = function.builtins.table.borrow().find_str(&site.name);
        if let Some(number) = found {
            let key = (function.globals.ensure_version() as u64) << 32 | function.builtins.ensure_version() as u64;
            site.latest.key.set(key);
            site.latest.found.set(number as u64);
            let value = function.builtins.table.borrow().value(number).clone();
            self.set_register(dst, value);
            return Ok(());
        }
        if function.code().hidden
            && let Some(value) = self.prelude_globals().get_str(&site.name)
        {
            self.set_register(dst, value);
            return Ok(());
        }
        if function.code().hidden
            && let Ok(value) = self.prelude_function(&site.name.to_string_lossy())
        {
            self.set_register(dst, value);
            return Ok(());
        }
        Err(self.no_name(&site.name))
    }

    /// `StoreGlobal`, on a cache miss.
    #[cold]
    pub(super) fn store_global(&mut self, globals: &Dict, site: &SiteCache, value: Value) {
        globals.set_str(&site.name, value);
        let found = globals.table.borrow().find_str(&site.name);
        if let Some(number) = found {
            site.latest.key.set((globals.ensure_version() as u64) << 32);
            site.latest.found.set(number as u64);
        }
    }

    fn global_or_builtin(&mut self, name: &Ref<Str>) -> Result<Value, Value> {
        let function = self.running_function();
        match function.globals.get_str(name).or_else(|| function.builtins.get_str(name)) {
            Some(value) => Ok(value),
            None => Err(self.no_name(name)),
        }
    }

    /// `LoadName`
    pub(super) fn load_name(&mut self, name: u16, dst: Reg) -> Result<(), Value> {
        let name = self.name_constant(name);
        let namespace = self.register(Reg(0));
        match namespace.get::<Dict>() {
            Some(dict) => match dict.get_str(&name) {
                Some(value) => {
                    self.set_register(dst, value);
                    Ok(())
                }
                None => {
                    let value = self.global_or_builtin(&name)?;
                    self.set_register(dst, value);
                    Ok(())
                }
            },
            None => {
                // A mapping of `__prepare__`: ask it, and fall back on globals and builtins.
                let function = self.running_function();
                let args =
                    vec![namespace.clone(), name.into_value(), function.globals.value(), function.builtins.value()];
                let result = self.tail_prelude("namespace_get", args);
                self.complete(result, To::register(dst))
            }
        }
    }

    /// `LoadNameOrFree`
    pub(super) fn load_name_or_free(&mut self, name: u16, index: u16, dst: Reg) -> Result<(), Value> {
        let name = self.name_constant(name);
        let namespace = self.register(Reg(0));
        let found = match namespace.get::<Dict>() {
            Some(dict) => dict.get_str(&name),
            None => None,
        };
        let value = match found {
            Some(value) => value,
            None => self.running_function().closure.get(index as usize).map_or(Value::UNDEF, |cell| cell.content.get()),
        };
        if value.is_undef() {
            return Err(self.empty_free(index));
        }
        self.set_register(dst, value);
        Ok(())
    }

    /// `StoreName`
    pub(super) fn store_name(&mut self, name: u16, value: Value) -> Result<(), Value> {
        let name = self.name_constant(name);
        let namespace = self.register(Reg(0));
        match namespace.get::<Dict>() {
            Some(dict) => {
                dict.set_str(&name, value);
                Ok(())
            }
            None => self.set_item(namespace, name.into_value(), value),
        }
    }

    /// `DelName`
    pub(super) fn del_name(&mut self, name: u16) -> Result<(), Value> {
        let name = self.name_constant(name);
        let namespace = self.register(Reg(0));
        match namespace.get::<Dict>() {
            Some(dict) => match dict.remove_str(&name) {
                Some(old) => {
                    drop(old);
                    Ok(())
                }
                None => Err(self.no_name(&name)),
            },
            None => self.del_item(namespace, name.into_value()),
        }
    }

    /// `LoadCommon`
    pub(super) fn common(&mut self, which: u16) -> Value {
        match which {
            n if n == Common::AssertionError as u16 => self.types.assertion_error.value(),
            n if n == Common::NotImplementedError as u16 => self.types.not_implemented_error.value(),
            n if n == Common::StopAsyncIteration as u16 => self.types.stop_async_iteration.value(),
            _ => self.builtins.get_str(&self.names.build_class).unwrap_or(Value::NONE),
        }
    }

    /// `LoadPrelude`
    pub(super) fn load_prelude(&mut self, name: u16, dst: Reg) -> Result<(), Value> {
        let name = self.name_constant(name);
        let function = self.prelude_function(&name.to_string_lossy()).map_err(|exit| self.exception_of(exit))?;
        self.set_register(dst, function);
        Ok(())
    }

    /// `DelAttr`
    pub(super) fn del_attr(&mut self, obj: Value, site: &SiteCache) -> Result<(), Value> {
        let result = self.store_attr(&obj, &site.name, Value::UNDEF);
        self.complete(result, To::DISCARD)
    }

    pub(super) fn observe_return(&mut self, value: &Value) {
        let code = self.running_code();
        if code.hidden {
            return;
        }
        let index = code.index_of(self.pc).saturating_sub(1);
        let to = self.frames.last().and_then(|frame| self.place_of(frame));
        if let Some(observer) = &mut self.observer {
            let to = to.as_ref().map(|(code, index)| At { code, index: *index });
            observer.event(Event::Return { from: At { code: &code, index }, to, value });
        }
    }

    /// `ListExtend`
    pub(super) fn list_extend(&mut self, list: Value, iterable: Value) -> Result<(), Value> {
        match self.native_items(&iterable) {
            Ok(Some(items)) => {
                if let Some(list) = list.get::<List>() {
                    list.borrow_mut().extend(items);
                }
                Ok(())
            }
            Ok(None) => {
                if self.require_iterable(&iterable).is_err() {
                    let got = self.type_name(&iterable);
                    let message = match self.call_ahead() {
                        Some(callee) => {
                            format!("{} argument after * must be an iterable, not {got}", self.callee_name(&callee))
                        }
                        None => format!("Value after * must be an iterable, not {got}"),
                    };
                    return Err(self.exception_of(self.type_error(message)));
                }
                let result = self.tail_prelude("list_fill", vec![list, iterable]);
                self.complete(result, To::DISCARD)
            }
            Err(exit) => self.exit(exit, To::DISCARD),
        }
    }

    /// What the instructions ahead call with the list that is being filled, for messages.
    fn call_ahead(&self) -> Option<Value> {
        let code = self.running_code();
        let from = code.index_of(self.pc);
        let crate::bytecode::Op::ListExtend { list, .. } = self.current_op() else { return None };
        code.code.ops.get(from..)?.iter().take(64).find_map(|op| match op {
            crate::bytecode::Op::CallEx { window, .. } if window.plus(1) == list => Some(self.register(*window)),
            _ => None,
        })
    }

    /// `DictUpdate`
    pub(super) fn dict_update(&mut self, dict: Value, mapping: Value) -> Result<(), Value> {
        let has_keys =
            mapping.is_kind(Kind::Dict) || self.class_of(&mapping).lookup(&crate::object::intern(b"keys")).is_some();
        if !has_keys {
            let message = format!("'{}' object is not a mapping", self.type_name(&mapping));
            return Err(self.exception_of(self.type_error(message)));
        }
        self.call_method(dict, "update", vec![mapping], To::DISCARD)
    }

    /// `DictMerge`
    pub(super) fn dict_merge(&mut self, dict: Value, mapping: Value, callee: Value) -> Result<(), Value> {
        if let (Some(into), Some(from)) = (dict.get::<Dict>(), mapping.get::<Dict>()) {
            let items = from.items();
            let simple = items.iter().all(|(key, _)| key.is_kind(Kind::Str));
            if simple {
                for (key, value) in items {
                    let Some(name) = key.get::<Str>() else { continue };
                    if into.get_str(&name).is_some() {
                        let (callee, name) = (self.callee_name(&callee), name.to_string_lossy().into_owned());
                        let message = format!("{callee} got multiple values for keyword argument '{name}'");
                        return Err(self.exception_of(self.type_error(message)));
                    }
                    into.set_str(&name, value);
                }
                return Ok(());
            }
        }
        let name = Value::str(self.callee_name(&callee));
        let result = self.tail_prelude("merge_keywords", vec![dict, mapping, name]);
        self.complete(result, To::DISCARD)
    }

    /// What messages about a call name: `module.qualname()`.
    fn callee_name(&mut self, callee: &Value) -> String {
        let (name, module) = match callee.kind() {
            Some(Kind::Function) => match callee.get::<Function>() {
                Some(function) => (function.qualname.get(), function.module.get()),
                None => (Value::NONE, Value::NONE),
            },
            Some(Kind::Native) => match callee.get::<crate::object::NativeFunction>() {
                Some(native) => (native.name.value(), native.module.get()),
                None => (Value::NONE, Value::NONE),
            },
            Some(Kind::Type) => match callee.get::<Type>() {
                Some(class) => (class.qualname.get(), class.lookup(&self.names.module).unwrap_or(Value::NONE)),
                None => (Value::NONE, Value::NONE),
            },
            Some(Kind::Method) => match callee.get::<crate::object::Method>() {
                Some(method) => return self.callee_name(&method.function.clone()),
                None => (Value::NONE, Value::NONE),
            },
            _ => return format!("{} object", self.type_name(callee)),
        };
        let text = |value: &Value| value.get::<Str>().map(|s| s.to_string_lossy().into_owned());
        let name = text(&name).unwrap_or_else(|| "?".to_owned());
        match text(&module) {
            Some(module) if module != "builtins" => format!("{module}.{name}()"),
            _ => format!("{name}()"),
        }
    }

    /// `FormatValue`
    pub(super) fn format_field(&mut self, value: Value, spec: Value, flags: Flags, dst: Reg) -> Result<(), Value> {
        let conversion = match flags.0 & 0x30 {
            0x10 => Some(b's'),
            0x20 => Some(b'r'),
            0x30 => Some(b'a'),
            _ => None,
        };
        if spec.is_undef() && conversion.is_none() && value.is_kind(Kind::Str) {
            self.set_register(dst, value);
            return Ok(());
        }
        if spec.is_undef()
            && conversion.is_none()
            && let Some(i) = value.as_small()
        {
            self.set_register(dst, Value::object(Ref::<Str>::decimal(i)));
            return Ok(());
        }
        let text = spec.native::<Str>().map_or_else(Vec::new, |spec| spec.as_bytes().to_vec());
        let result = (self.hooks.format_value)(self, &value, conversion, &text);
        self.complete(result, To::register(dst))
    }

    /// `ImportName`
    pub(super) fn import_name(&mut self, name: u16, window: Reg, dst: Reg) -> Result<(), Value> {
        let name = self.name_constant(name);
        let fromlist = self.take_register(window);
        let level = self.take_register(window.plus(1));
        let function = self.running_function();
        if fromlist.is_none()
            && level.as_small() == Some(0)
            && !name.as_bytes().contains(&b'.')
            && let Some(module) = self.modules.get_str(&name).filter(|module| !module.is_none())
        {
            self.set_register(dst, module);
            return Ok(());
        }
        let import = function.builtins.get_str(&crate::object::intern(b"__import__"));
        let args = vec![name.into_value(), function.globals.value(), Value::NONE, fromlist, level];
        match import {
            Some(import) => self.invoke_owned(import, args, Vec::new(), To::register(dst)),
            None => Err(self.exception_of(self.import_error("__import__ not found"))),
        }
    }

    /// `ImportFrom`
    pub(super) fn import_from(&mut self, module: Value, name: u16, dst: Reg) -> Result<(), Value> {
        let name = self.name_constant(name);
        if let Some(found) = module.get::<Module>().and_then(|module| module.dict.get_str(&name)) {
            self.set_register(dst, found);
            return Ok(());
        }
        let result = self.tail_prelude("import_from", vec![module, name.into_value()]);
        self.complete(result, To::register(dst))
    }

    /// `ImportStar`
    pub(super) fn import_star(&mut self, module: Value) -> Result<(), Value> {
        let code = self.running_code();
        let namespace = match code.code.kind {
            crate::bytecode::CodeKind::Module => self.running_function().globals.value(),
            _ => self.register(Reg(0)),
        };
        let result = self.tail_prelude("import_star", vec![module, namespace]);
        self.complete(result, To::DISCARD)
    }

    /// `PrintExpr`: `sys.displayhook(value)`
    pub(super) fn print_expression(&mut self, value: Value) -> Result<(), Value> {
        let result = self.tail_prelude("print_expression", vec![value]);
        self.complete(result, To::DISCARD)
    }

    /// Does a value's class count as a sequence or mapping in patterns?
    pub(super) fn matches_flag(&self, value: &Value, flag: TypeFlags) -> bool {
        let class = self.class_of(value);
        let text = matches!(value.payload().kind(), Some(Kind::Str | Kind::Bytes | Kind::ByteArray));
        !text && class.mro.borrow().iter().any(|class| class.flags().has(flag))
    }

    /// `GetLen`
    pub(super) fn get_len(&mut self, value: Value, dst: Reg) -> Result<(), Value> {
        if !value.is_kind(Kind::Instance)
            && let Some(length) = (self.hooks.length)(&value)
        {
            self.set_register(dst, Value::size(length));
            return Ok(());
        }
        let class = self.class_of(&value);
        match class.lookup(&self.names.len) {
            Some(method) => self.invoke_with(method, [value], To::register(dst)),
            None => {
                let message = format!("object of type '{}' has no len()", class.name());
                Err(self.exception_of(self.type_error(message)))
            }
        }
    }

    // ---- asynchronous iteration

    /// `GetAIter`
    pub(super) fn get_aiter(&mut self, value: Value, dst: Reg) -> Result<(), Value> {
        let class = self.class_of(&value);
        match class.lookup(&self.names.aiter) {
            Some(method) if !method.is_none() => self.invoke_with(method, [value], To::register(dst)),
            _ => {
                let name = class.name();
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
            return self.anext_step(&generator, dst);
        }
        let class = self.class_of(&iter);
        match class.lookup(&self.names.anext) {
            Some(method) if !method.is_none() => {
                let result = self.tail_prelude("awaitable_next", vec![method, iter]);
                self.complete(result, To::by(Delivery::Call, dst))
            }
            _ => {
                let message = format!("'async for' requires an iterator with __anext__ method, got {}", class.name());
                Err(self.exception_of(self.type_error(message)))
            }
        }
    }

    /// A call as prelude functions take it: positional arguments as a tuple, keyword arguments as a dict.
    pub fn packed(args: &[Value], keywords: Vec<(Value, Value)>) -> (Value, Value) {
        (Value::object(Ref::<Tuple>::from_slice(args)), pairs(keywords))
    }

    /// Is the attribute a function whose binding only puts the receiver in front?
    pub fn is_plain_method(attr: &Value) -> bool {
        is_method(attr)
    }

    /// Is this a generator object (of any sort)?
    pub fn is_generator(value: &Value) -> bool {
        value.get::<Generator>().is_some()
    }
}
