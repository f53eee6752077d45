//! `types.SimpleNamespace`, and the native part of `types`.

use super::{class, kept_class, module as new_module};
use crate::builtins::object::dict_attribute;
use crate::builtins::{install_methods, install_static, natives};
use crate::object::{Dict, Instance, Module, Ref, Type, TypeFlags, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{NativeResult, Vm};

natives! {
    METHODS {
        "__init__(self, mapping_or_iterable=(), /, **kwargs)" => init;
        "__repr__(self, /)" => repr;
        "__eq__(self, other, /)" => eq;
        "__replace__(self, /, **changes)" => replace;
        "__reduce__(self, /)" => reduce;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
}

fn class_of(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "types.SimpleNamespace", |vm| {
        let flags = TypeFlags::CUSTOM_EQ.with(TypeFlags::CUSTOM_REPR).with(TypeFlags::UNHASHABLE);
        let made = class("types", "SimpleNamespace", &vm.types.object, flags);
        made.dict.set_str(&intern(b"__hash__"), Value::NONE);
        made.dict.set_str(
            &intern(b"__doc__"),
            Value::str("SimpleNamespace(name=value, ...): an object that has these attributes, and shows them."),
        );
        install_methods(&made, METHODS);
        install_static(&made, NEW);
        dict_attribute(&made);
        made
    })
}

/// A namespace with these attributes.
pub fn value(vm: &mut Vm, attributes: Vec<(&str, Value)>) -> Value {
    let made = Instance::of(&class_of(vm));
    for (name, value) in attributes {
        made.set_attr(&intern(name.as_bytes()), value);
    }
    Value::object(made)
}

/// `_types`: the classes behind `types` that no expression of the language reaches.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_types", "", &[]);
    module.set("SimpleNamespace", class_of(vm).into_value());
    let t = &vm.types;
    for (name, class) in [
        ("FunctionType", &t.function),
        ("GeneratorType", &t.generator),
        ("CoroutineType", &t.coroutine),
        ("AsyncGeneratorType", &t.async_generator),
        ("CodeType", &t.code),
        ("CellType", &t.cell),
        ("MethodType", &t.method),
        ("BuiltinFunctionType", &t.builtin),
        ("MethodDescriptorType", &t.method_descriptor),
        ("GetSetDescriptorType", &t.getset),
        ("MemberDescriptorType", &t.member),
        ("MappingProxyType", &t.mappingproxy),
        ("ModuleType", &t.module),
        ("TracebackType", &t.traceback),
        ("NoneType", &t.none),
        ("NotImplementedType", &t.not_implemented),
        ("EllipsisType", &t.ellipsis),
    ] {
        module.set(name, class.value());
    }
    module
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[0].get::<Type>() {
        Some(class) => Ok(Value::object(Instance::of(class.reference()))),
        None => Err(vm.type_error("SimpleNamespace.__new__(X): X is not a type object")),
    }
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let keywords = args.last().and_then(|value| value.to_ref::<Dict>());
    let given = if args.len() > 2 { arg(args, 1) } else { None };
    if let Some(mapping) = given {
        let keywords = keywords.unwrap_or_else(Dict::empty).into_value();
        return vm.tail_prelude("namespace_init", vec![args[0].clone(), mapping.clone(), keywords]);
    }
    if let (Some(instance), Some(keywords)) = (args[0].to_ref::<Instance>(), keywords) {
        for (name, value) in keywords.items() {
            if let Some(name) = name.to_ref::<crate::object::Str>() {
                instance.set_attr(&crate::object::string::intern_str(&name), value);
            }
        }
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("namespace_repr", args.to_vec())
}

fn replace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("namespace_replace", args.to_vec())
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("namespace_reduce", args.to_vec())
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = class_of(vm);
    if !vm.is_instance(&args[1], &class) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    vm.tail_prelude("namespace_eq", args.to_vec())
}
