//! `__import__`, and what its prelude side (`prelude/imports.py`) needs: finding a module and running its body.
//!
//! The search itself is the [`crate::vm::Loader`]'s, which knows the compiler, the standard library and the files.

use super::{dubious, install_functions, natives};
use crate::object::{CodeObject, Exception, Instance, Module, Ref, Str, Type, TypeFlags, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Found, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Import a module: what the import statement calls.
        "__import__(name, globals=None, locals=None, fromlist=(), level=0)" => import;
    }
    PRELUDE {
        "_sys_modules()" => sys_modules;
        "_find_module(name, /)" => find_module;
        "_exec_module(module, code, /)" => exec_module;
        "_module_spec()" => module_spec;
        "_import_error(message, name, path, name_from, not_found, /)" => import_error;
    }
}

/// Puts `__import__` among the builtins.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn import(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let or_none = |n| arg_or_none(args, n).cloned().unwrap_or(Value::NONE);
    let level = arg(args, 4).cloned().unwrap_or(Value::small(0));
    vm.tail_prelude("import_module", vec![args[0].clone(), or_none(1), or_none(3), level])
}

fn module_spec(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(spec_class(vm).value())
}

fn sys_modules(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.modules.value())
}

/// The module, ready; or the module and its code; or `None`.
fn find_module(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(name) = args[0].native::<Str>() else { return Ok(Value::NONE) };
    let loader = vm.loader.clone();
    Ok(match loader.find(vm, &name.to_string_lossy())? {
        None => Value::NONE,
        Some(Found::Native(module)) => module,
        Some(Found::Python { code, module }) => Value::tuple(vec![module, CodeObject::load(&code).into_value()]),
    })
}

fn exec_module(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (Some(module), Some(code)) = (args[0].get::<Module>(), args[1].get::<CodeObject>()) else {
        return Err(vm.type_error("_exec_module() takes a module and its code"));
    };
    let body = vm.module_function(&code.code, &module.dict.clone());
    dubious::tell_then_call(vm, &code.code, body, Vec::new())
}

fn import_error(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let not_found = args[4].as_bool() == Some(true);
    let class = if not_found { &vm.types.module_not_found_error } else { &vm.types.import_error };
    let exit = vm.raise_with(class, vec![args[0].clone()]);
    if let Some(exception) = exit.exception().and_then(|exception| exception.get::<Exception>()) {
        for (name, value) in ["msg", "name", "path", "name_from"].iter().zip(args) {
            exception.members().set_str(&intern(name.as_bytes()), value.clone());
        }
    }
    Err(exit)
}

/// A module about to be filled: with `__file__` if it comes from one, with `__path__` if it is a package.
pub fn new_module(vm: &mut Vm, name: &str, file: Option<Value>, path: Option<Value>) -> Ref<Module> {
    let module = Module::new(name);
    let parent = match &path {
        Some(_) => name,
        None => name.rsplit_once('.').map_or("", |(parent, _)| parent),
    };
    give_spec(vm, &module, parent, file.clone(), path.clone());
    if let Some(file) = file {
        module.set("__file__", file);
    }
    if let Some(path) = path {
        module.set("__path__", path);
    }
    module
}

/// Say where a module comes from: `__spec__` and `__package__`.
pub fn give_spec(vm: &mut Vm, module: &Ref<Module>, parent: &str, file: Option<Value>, path: Option<Value>) {
    let parent = Value::object(intern(parent.as_bytes()));
    let spec = Instance::of(&spec_class(vm));
    let set = |name: &str, value: Value| spec.set_attr(&intern(name.as_bytes()), value);
    set("name", module.name.value());
    set("loader", Value::NONE);
    set("origin", file.clone().unwrap_or(Value::NONE));
    set("loader_state", Value::NONE);
    set("submodule_search_locations", path.unwrap_or(Value::NONE));
    set("parent", parent.clone());
    set("has_location", Value::bool(file.is_some()));
    set("cached", Value::NONE);
    set("_initializing", Value::FALSE);
    module.set("__package__", parent);
    module.set("__spec__", spec.into_value());
}

/// The class of `__spec__`; `importlib.machinery` gives it what only programs need that make one themselves.
fn spec_class(vm: &mut Vm) -> Ref<Type> {
    if let Some(class) = vm.state.get("ModuleSpec").and_then(|class| class.to_ref::<Type>()) {
        return class;
    }
    let object = vm.types.object.clone();
    let ancestors = object.mro.borrow().clone();
    let class = Type::new("ModuleSpec", vec![object], ancestors, TypeFlags::HEAP);
    class.dict.set_str(&vm.names.module, Value::object(intern(b"_frozen_importlib")));
    vm.state.insert("ModuleSpec", class.value());
    class
}
