//! Names: locals without a value, cells, globals, builtins, the namespaces of class bodies.

use super::frame::To;
use super::{Exit, Vm};
use crate::bytecode::{Common, Reg};
use crate::object::function::SiteCache;
use crate::object::{CodeObject, Dict, Exception, Function, Kind, Ref, Str, Value};

impl Vm {
    pub(super) fn running_code(&self) -> Ref<CodeObject> {
        // SAFETY: the running function is kept alive by its frame.
        unsafe { (*self.function).body.code().clone() }
    }

    /// How many registers of the running body are variables.
    pub(super) fn running_locals(&self) -> usize {
        // SAFETY: as above.
        unsafe { (*self.function).body.code().locals as usize }
    }

    pub(super) fn running_function(&self) -> Ref<Function> {
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

    pub(super) fn name_constant(&self, index: u16) -> Ref<Str> {
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
            raised.members().set_str(&self.names.name_plain.clone(), Value::str(name));
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
        self.name_from_mapping(&site.name, dst)
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

    fn global_or_builtin(&mut self, name: &Ref<Str>) -> Option<Value> {
        let function = self.running_function();
        function.globals.get_str(name).or_else(|| function.builtins.get_str(name))
    }

    /// `dst = ` what a mapping that stands for the builtins, and is no plain dict, has under a name that is nowhere else.
    #[cold]
    fn name_from_mapping(&mut self, name: &Ref<Str>, dst: Reg) -> Result<(), Value> {
        match self.running_function().globals.get_str(&self.names.builtins) {
            Some(mapping) if !matches!(mapping.kind(), Some(Kind::Dict | Kind::Module)) => {
                let result = self.tail_prelude("builtin_in", vec![mapping, name.value()]);
                self.complete(result, To::register(dst))
            }
            _ => Err(self.no_name(name)),
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
                None => match self.global_or_builtin(&name) {
                    Some(value) => {
                        self.set_register(dst, value);
                        Ok(())
                    }
                    None => self.name_from_mapping(&name, dst),
                },
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
        let function = self.running_function();
        let cell = function.closure.get(index as usize);
        let value = match (namespace.get::<Dict>(), cell) {
            (None, Some(cell)) => {
                // A mapping of `__prepare__`: ask it, and fall back on the variable.
                let args = vec![namespace.clone(), name.into_value(), cell.value()];
                let result = self.tail_prelude("namespace_or_cell", args);
                return self.complete(result, To::register(dst));
            }
            (dict, cell) => dict
                .and_then(|dict| dict.get_str(&name))
                .or_else(|| cell.map(|cell| cell.content.get()))
                .unwrap_or(Value::UNDEF),
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
            None => {
                let result = self.tail_prelude("namespace_delete", vec![namespace, name.into_value()]);
                self.complete(result, To::DISCARD)
            }
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

    // ---- asynchronous iteration
}
