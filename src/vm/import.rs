//! Modules and the prelude, as far as the VM is concerned: it asks a [`Loader`].

use super::frame::To;
use super::{Exit, NativeResult, Vm};
use crate::bytecode::{Code, Reg};
use crate::object::{CodeObject, Dict, Function, Module, NativeFunction, Ref, Str, Value, intern};
use std::rc::Rc;

/// What an import found.
pub enum Found {
    /// A module written in Rust, ready.
    Native(Value),
    /// A module written in Python: its code, and the module object it is to fill.
    Python {
        /// Its body.
        code: Rc<Code>,
        /// The module, with `__name__`, `__file__`, `__path__` set.
        module: Value,
    },
}

/// Turns names and texts into modules and code; implemented where compiler and standard library are known.
pub trait Loader {
    /// The module of this full name, or `None` when there is none.
    fn find(&self, vm: &mut Vm, name: &str) -> Result<Option<Found>, Exit>;
    /// The prelude file that defines the function `name`, compiled.
    fn prelude(&self, vm: &mut Vm, name: &str) -> Result<Option<Rc<Code>>, Exit>;
    /// The whole code of a function, of which there is only the outline so far ([`Code::left_out`]).
    fn body(&self, vm: &mut Vm, outline: &Code) -> Result<Rc<Code>, Exit>;
    /// Compile a text for `exec`, `eval`, `compile`: `mode` is `exec`, `eval` or `single`; `namespace` when locals are
    /// not globals; `optimized` as in `-O`, or as everything is.
    fn compile(
        &self,
        vm: &mut Vm,
        text: &[u8],
        file: &str,
        mode: &str,
        namespace: bool,
        optimized: Option<u8>,
    ) -> Result<Rc<Code>, Exit>;
    /// The same code with marks where lines begin, if it can be compiled from its text again.
    fn marked(&self, vm: &mut Vm, code: &Code) -> Option<Rc<Code>>;
    /// What is compiled from now on has marks where lines begin.
    fn mark_lines(&self);
    /// The tree of a text, as the tuples and lists that the module `ast` makes its nodes of.
    fn tree(&self, vm: &mut Vm, text: &[u8], file: &str, mode: &str) -> NativeResult;
}

impl Vm {
    /// A function of the prelude, loaded on first use with those of its file that it calls. Loading makes functions and runs
    /// nothing.
    pub fn prelude_function(&mut self, name: &str) -> NativeResult {
        if let Some(function) = self.prelude.get(name) {
            return Ok(function.clone());
        }
        let loader = self.loader.clone();
        let Some(code) = loader.prelude(self, name)? else {
            return Err(self.system_error(format!("the prelude has no function {name}")));
        };
        let globals = self.prelude_globals();
        self.define_functions(&code, &globals);
        match globals.get_str(&intern(name.as_bytes())) {
            Some(function) => {
                self.prelude.insert(name.to_owned(), function.clone());
                Ok(function)
            }
            None => Err(self.system_error(format!("the prelude file of {name} does not define it"))),
        }
    }

    /// The code of a function; its body is compiled now, if it was left out.
    pub fn whole_code(&mut self, function: &Ref<Function>) -> Result<Ref<CodeObject>, Exit> {
        let code = function.code();
        if !code.is_outline {
            return Ok(code.clone());
        }
        let outline = code.code.clone();
        let loader = self.loader.clone();
        let whole = loader.body(self, &outline)?;
        if whole.free.len() != function.closure.len() {
            return Err(self.system_error(format!("the outline of {} has other variables", whole.qualname)));
        }
        function.set_code(match function.header().state.get() {
            0 => CodeObject::load(&whole),
            _ => CodeObject::load_to_bind(&whole),
        });
        Ok(function.code().clone())
    }

    /// Have a native stand for a function of the prelude that statements call by its name.
    pub fn define_in_prelude(&mut self, native: Ref<NativeFunction>) {
        self.prelude.insert(native.name.to_string_lossy().into_owned(), Value::object(native));
    }

    /// The namespace that all prelude functions share: the natives only they may call.
    pub fn prelude_globals(&mut self) -> Ref<Dict> {
        if let Some(globals) = self.state.get("prelude").and_then(|globals| globals.to_ref::<Dict>()) {
            return globals;
        }
        let globals = Dict::empty();
        globals.set_str(&self.names.name, Value::str("builtins"));
        self.state.insert("prelude", globals.value());
        globals
    }

    /// Makes a function of each code constant of a prelude file and puts it into `globals`.
    fn define_functions(&mut self, code: &Rc<Code>, globals: &Ref<Dict>) {
        let file = CodeObject::load(code);
        for constant in &file.constants {
            if let Some(body) = constant.to_ref::<CodeObject>() {
                let name: Ref<Str> = intern(body.code.name.as_bytes());
                let function = Function::new(body, globals.clone(), self.builtins.clone(), Box::new([]));
                globals.set_str(&name, Value::object(function));
            }
        }
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
}
