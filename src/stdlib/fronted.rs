//! Methods of classes written in Python that have a native in front, which answers the common cases and leaves the others to
//! the Python code it stands before.

use crate::builtins::{install_class_methods, install_methods, install_static};
use crate::object::descriptor::{ClassMethod, StaticMethod};
use crate::object::native::NativeDef;
use crate::object::{Dict, NativeFunction, Ref, Type, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

/// Under which the Python code of such methods is kept, in a dict by class and name.
const CODE: &str = "fronted methods";

/// The natives of a class.
pub(super) struct Fronts {
    pub methods: &'static [NativeDef],
    pub static_methods: &'static [NativeDef],
    pub class_methods: &'static [NativeDef],
}

fn name_of(def: &NativeDef) -> &'static str {
    def.signature.split_once('(').map_or(def.signature, |(name, _)| name)
}

/// Put the natives in front of the methods of the class.
pub(super) fn install(vm: &mut Vm, class: &Ref<Type>, fronts: &Fronts) -> Result<(), Exit> {
    let codes = vm.state.entry(CODE).or_insert_with(|| Dict::empty().into_value()).clone();
    let Some(codes) = codes.to_ref::<Dict>() else { return Err(vm.system_error("no dict")) };
    for def in [fronts.methods, fronts.static_methods, fronts.class_methods].into_iter().flatten() {
        let name = name_of(def);
        let Some(method) = class.dict.get_str(&intern(name.as_bytes())) else {
            return Err(vm.system_error("a native stands before no method"));
        };
        let code = match (method.get::<StaticMethod>(), method.get::<ClassMethod>()) {
            (Some(wrapped), _) => wrapped.function.clone(),
            (_, Some(wrapped)) => wrapped.function.clone(),
            _ => method.clone(),
        };
        codes.set_str(&intern(format!("{}.{name}", class.name()).as_bytes()), code);
    }
    install_methods(class, fronts.methods);
    install_static(class, fronts.static_methods);
    install_class_methods(class, fronts.class_methods);
    for def in fronts.methods {
        let method = class.dict.get_str(&intern(name_of(def).as_bytes()));
        if let Some(native) = method.and_then(|method| method.to_ref::<NativeFunction>()) {
            // Classes derived from it are to know that it answers differently than a plain object does.
            native.in_python.set(true);
        }
    }
    class.invalidate();
    vm.refresh_flags(class);
    Ok(())
}

fn code(vm: &Vm, key: &str) -> Result<Value, Exit> {
    let codes = vm.state.get(CODE).and_then(|codes| codes.to_ref::<Dict>());
    codes
        .and_then(|codes| codes.get_str(&intern(key.as_bytes())))
        .ok_or_else(|| vm.system_error("a method without code"))
}

/// End the native by calling the Python code behind it.
pub(super) fn in_python(vm: &mut Vm, key: &str, args: &[Value]) -> NativeResult {
    let code = code(vm, key)?;
    vm.tail_call(code, args.to_vec())
}

/// The same where arguments may be left out: from the first of them that was on, and those of `names` that stand behind a
/// `"*"`, they are given by name.
pub(super) fn in_python_by_name(vm: &mut Vm, key: &str, args: &[Value], names: &[&str]) -> NativeResult {
    let code = code(vm, key)?;
    let (mut positional, mut keywords) = (args[..1].to_vec(), Vec::new());
    let mut by_position = true;
    let mut given = args[1..].iter();
    for name in names {
        if *name == "*" {
            by_position = false;
            continue;
        }
        match given.next().filter(|arg| !arg.is_undef()) {
            None => by_position = false,
            Some(arg) if by_position => positional.push(arg.clone()),
            Some(arg) => keywords.push((Value::object(intern(name.as_bytes())), arg.clone())),
        }
    }
    vm.tail_call_kw(code, positional, keywords)
}
