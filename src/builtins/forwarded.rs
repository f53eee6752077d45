//! Methods of builtin classes that are natives to whoever looks at them, and whose code is Python.

use super::{install_functions, install_methods, natives};
use crate::object::{Instance, NativeFunction, Tuple, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{NativeResult, Vm};

natives! {
    PRELUDE {
        /// `_forwarded(cls)`: the methods of the class that are in the table below become natives. `one` is an instance
        /// after whose model the machine makes others.
        "_forwarded(cls, one=None, /)" => forwarded;
    }
}

/// A table of methods, and the names under which the machine keeps their code.
macro_rules! forwards {
    ($table:ident $keys:ident $class:literal { $($function:ident $name:literal $signature:literal;)* }) => {
        natives! { $table { $($signature => $function;)* } }
        static $keys: &[(&str, &str)] = &[$(($name, concat!($class, ".", $name))),*];
        $(fn $function(vm: &mut Vm, args: &[Value]) -> NativeResult {
            match vm.state.get(concat!($class, ".", $name)).cloned() {
                Some(code) => vm.tail_call(code, args.to_vec()),
                None => Err(vm.system_error("a method without code")),
            }
        })*
    };
}

forwards! { UNION UNION_KEYS "typing.Union" {
    union_repr "__repr__" "__repr__(self, /)";
    union_hash "__hash__" "__hash__(self, /)";
    union_eq "__eq__" "__eq__(self, other, /)";
    union_or "__or__" "__or__(self, other, /)";
    union_ror "__ror__" "__ror__(self, other, /)";
    union_getitem "__getitem__" "__getitem__(self, items, /)";
    union_mro_entries "__mro_entries__" "__mro_entries__(self, bases, /)";
} }

forwards! { ALIAS ALIAS_KEYS "types.GenericAlias" {
    alias_repr "__repr__" "__repr__(self, /)";
    alias_hash "__hash__" "__hash__(self, /)";
    alias_eq "__eq__" "__eq__(self, other, /)";
    alias_or "__or__" "__or__(self, other, /)";
    alias_ror "__ror__" "__ror__(self, other, /)";
    alias_getitem "__getitem__" "__getitem__(self, items, /)";
    alias_mro_entries "__mro_entries__" "__mro_entries__(self, bases, /)";
    alias_instancecheck "__instancecheck__" "__instancecheck__(self, instance, /)";
    alias_subclasscheck "__subclasscheck__" "__subclasscheck__(self, cls, /)";
    alias_reduce "__reduce__" "__reduce__(self, /)";
} }

/// The function that the modules call which define such classes.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// The name under which the machine keeps one alias, so that it can make others like it.
const ONE_ALIAS: &str = "types.GenericAlias of one class";

/// `class[item]`: what `types.GenericAlias` makes of the two.
pub fn alias_of(vm: &mut Vm, class: &Value, item: &Value) -> NativeResult {
    let one = vm.state.get(ONE_ALIAS).and_then(Value::to_ref::<Instance>);
    let args = if item.native::<Tuple>().is_some() { item.clone() } else { Value::tuple(vec![item.clone()]) };
    match one.and_then(|one| Instance::like(&one, [class.clone(), args, Value::FALSE])) {
        Some(alias) => Ok(alias.into_value()),
        None => vm.tail_prelude("alias_of", vec![class.clone(), item.clone()]),
    }
}

fn forwarded(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(class) = args[0].to_ref::<crate::object::Type>() else { return Err(vm.type_error("no class")) };
    let name = vm.shown_class(&class);
    let (table, keys) = match &*name {
        "typing.Union" => (UNION, UNION_KEYS),
        "types.GenericAlias" => (ALIAS, ALIAS_KEYS),
        _ => return Err(vm.system_error("no methods are forwarded for this class")),
    };
    for (name, key) in keys {
        if let Some(code) = class.dict.get_str(&intern(name.as_bytes())) {
            vm.state.insert(key, code);
        }
    }
    install_methods(&class, table);
    for (name, _) in keys {
        if let Some(native) =
            class.dict.get_str(&intern(name.as_bytes())).and_then(|method| method.to_ref::<NativeFunction>())
        {
            native.in_python.set(true);
        }
    }
    class.invalidate();
    if let Some(one) = arg(args, 1) {
        vm.state.insert(ONE_ALIAS, one.clone());
    }
    Ok(Value::NONE)
}
