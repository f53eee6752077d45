//! `_string`: templates of `str.format` taken apart, for `string.Formatter` (in Python).

use super::module as new_module;
use crate::builtins::natives;
use crate::object::{Module, Ref, Str, Value};
use crate::text::template::{Accessor, Key, parts, split_name};
use crate::text::wtf8;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// The parts of a template: literal, and of the field after it name, specification and conversion, or `None`s.
        "formatter_parser(template, /)" => parser;
        /// The argument that a field's name begins with, and the steps from there: whether it is an attribute, and which.
        "formatter_field_name_split(name, /)" => field_name_split;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_string", "", FUNCTIONS)
}

fn template_arg(vm: &Vm, value: &Value) -> Result<Ref<Str>, Exit> {
    match value.native::<Str>() {
        Some(text) => Ok(text.to_ref()),
        None => Err(vm.type_error(format!("expected str, got {}", vm.type_name(value)))),
    }
}

fn parser(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let template = template_arg(vm, &args[0])?;
    let mut found = Vec::new();
    for part in parts(template.as_bytes()) {
        let part = part.map_err(|error| vm.text_error(error))?;
        let mut items = vec![Value::str(part.literal)];
        match part.field {
            Some(field) => {
                items.push(Value::str(field.name));
                items.push(Value::str(field.spec));
                let mut conversion = Vec::new();
                field.conversion.iter().for_each(|letter| wtf8::push(&mut conversion, *letter));
                items.push(if conversion.is_empty() { Value::NONE } else { Value::str(conversion) });
            }
            None => items.extend([Value::NONE, Value::NONE, Value::NONE]),
        }
        found.push(Value::tuple(items));
    }
    Ok(Value::list(found))
}

fn key(key: Key<'_>) -> Value {
    match key {
        Key::Index(index) => Value::size(index),
        Key::Name(name) => Value::str(name),
    }
}

fn field_name_split(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = template_arg(vm, &args[0])?;
    let (first, steps) = split_name(name.as_bytes()).map_err(|error| vm.text_error(error))?;
    let mut found = Vec::new();
    for step in steps {
        found.push(match step.map_err(|error| vm.text_error(error))? {
            Accessor::Attribute(name) => Value::tuple(vec![Value::TRUE, Value::str(name)]),
            Accessor::Item(item) => Value::tuple(vec![Value::FALSE, key(item)]),
        });
    }
    Ok(Value::tuple(vec![key(first), Value::list(found)]))
}
