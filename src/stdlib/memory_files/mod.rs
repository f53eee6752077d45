//! `_memory_files`: text and bytes in memory as files, `io.StringIO` and `io.BytesIO`. [`text`] and [`bytes`] say what they
//! hold; their bases, which all files share, are Python (`io.py`).

mod bytes;
mod text;

use super::{class, module as new_module};
use crate::builtins::{GetSetDef, install_getsets, install_methods, install_static, natives};
use crate::object::native::NativeDef;
use crate::object::{Dict, Foreign, Instance, Kind, Module, NativeObject, Ref, Type, TypeFlags, Value, intern};
use crate::vm::arguments::arg_or_none;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// The classes, which derive from these: StringIO and BytesIO.
        "_classes(text_base, bytes_base, /)" => classes;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_memory_files", "", FUNCTIONS)
}

fn classes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (Some(text_base), Some(bytes_base)) = (args[0].to_ref::<Type>(), args[1].to_ref::<Type>()) else {
        return Err(vm.type_error("classes are needed"));
    };
    let made = vec![text::make_class(vm, &text_base).into_value(), bytes::make_class(vm, &bytes_base).into_value()];
    Ok(Value::tuple(made))
}

/// What a class of files in memory consists of.
struct Made {
    name: &'static str,
    doc: &'static str,
    methods: &'static [NativeDef],
    new: &'static [NativeDef],
    /// The constructor in one, for calls with nothing but arguments by position.
    make: &'static NativeDef,
    attributes: &'static [GetSetDef],
}

impl Made {
    fn class(&self, vm: &mut Vm, key: &'static str, base: &Ref<Type>) -> Ref<Type> {
        if let Some(made) = kept(vm, key) {
            return made;
        }
        let made = class("_io", self.name, base, TypeFlags::WEAK);
        made.layout.set(Some(Kind::Foreign));
        made.dict.set_str(&intern(b"__doc__"), Value::str(self.doc));
        install_methods(&made, self.methods);
        install_static(&made, self.new);
        install_getsets(&made, self.attributes);
        vm.make_in_one(&made, self.make);
        vm.state.insert(key, made.value());
        made
    }
}

/// The class kept under `key`, once it was made.
fn kept(vm: &Vm, key: &'static str) -> Option<Ref<Type>> {
    vm.state.get(key).and_then(|class| class.to_ref::<Type>())
}

/// An object of `class`, which is the one kept under `key` or derives from it.
fn instance(vm: &mut Vm, key: &'static str, class: &Value, file: impl NativeObject) -> NativeResult {
    match (kept(vm, key), class.to_ref::<Type>()) {
        (Some(exact), Some(class)) if class.is(&exact) => Ok(Foreign::value(&exact, file)),
        (Some(exact), Some(class)) => Ok(Value::object(Instance::wrapping(&class, Foreign::value(&exact, file)))),
        _ => Err(vm.type_error("a class of files is needed")),
    }
}

/// The method of the bases, which calls what a derived class has in its place.
fn inherited(vm: &mut Vm, key: &'static str, name: &str, args: &[Value]) -> NativeResult {
    let method = kept(vm, key).and_then(|class| {
        let bases = class.mro.borrow();
        bases.iter().skip(1).find_map(|base| base.dict.get_str(&intern(name.as_bytes())))
    });
    match method {
        Some(method) => vm.tail_call(method, args.to_vec()),
        None => Err(vm.system_error("a base of all files is missing")),
    }
}

/// Has the class of this file a method of its own in the place of ours?
fn overrides(vm: &Vm, key: &'static str, file: &Value, name: &'static [u8]) -> bool {
    if file.is_kind(Kind::Foreign) {
        return false;
    }
    let name = intern(name);
    let ours = kept(vm, key).and_then(|class| class.lookup(&name));
    match (vm.class_of(file).lookup(&name), ours) {
        (Some(found), Some(ours)) => !found.is(&ours),
        _ => true,
    }
}

/// How much is to be read, or kept: an int, or `None` for "all".
fn size_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<Option<i64>, Exit> {
    let Some(given) = arg_or_none(args, n) else { return Ok(None) };
    if let Some(size) = given.as_small() {
        return Ok(Some(size));
    }
    if given.as_integer().is_none() && vm.class_of(given).lookup(&vm.names.index).is_none() {
        let name = vm.type_name(given);
        return Err(vm.type_error(format!("argument should be integer or None, not '{name}'")));
    }
    vm.count_arg(args, n).map(Some)
}

/// The same for reading, where anything negative means "all", too.
fn limit_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<usize, Exit> {
    Ok(size_arg(vm, args, n)?.and_then(|size| usize::try_from(size).ok()).unwrap_or(usize::MAX))
}

/// From where a place is counted.
fn whence_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<i64, Exit> {
    match args.get(n).filter(|whence| !whence.is_undef()) {
        None => Ok(0),
        Some(_) => match vm.integer_arg(args, n)?.to_i64().and_then(|whence| i32::try_from(whence).ok()) {
            Some(whence) => Ok(whence.into()),
            None => Err(vm.overflow_error("Python int too large to convert to C int")),
        },
    }
}

/// What a file has besides what it holds: a copy of its `__dict__`, or `None`.
fn added(vm: &Vm, file: &Value) -> Value {
    match vm.attribute_dict(file) {
        Some(dict) if !dict.is_empty() => {
            let copy = Dict::empty();
            for (name, value) in dict.items() {
                if let Some(name) = name.native::<crate::object::Str>() {
                    copy.set_str(&crate::object::string::intern_str(&name), value);
                }
            }
            copy.into_value()
        }
        _ => Value::NONE,
    }
}

/// Give a file what [`added`] told, the item of its state called `which`.
fn add(vm: &Vm, file: &Value, added: &Value, which: &str) -> Result<(), Exit> {
    if added.is_none() {
        return Ok(());
    }
    let Some(more) = added.native::<Dict>() else {
        let name = vm.type_name(added);
        return Err(vm.type_error(format!("{which} item of state should be a dict, got a {name}")));
    };
    if let Some(dict) = vm.attribute_dict(file) {
        for (name, value) in more.items() {
            if let Some(name) = name.native::<crate::object::Str>() {
                dict.set_str(&crate::object::string::intern_str(&name), value);
            }
        }
    }
    Ok(())
}

/// The items of a state, of which there must be so many.
fn state_arg(vm: &Vm, key: &'static str, args: &[Value], count: usize) -> Result<Vec<Value>, Exit> {
    match args[1].get::<crate::object::Tuple>() {
        Some(state) if state.items().len() >= count => Ok(state.items().to_vec()),
        _ => {
            let (class, name) = (vm.class_of(&args[0]), vm.type_name(&args[1]));
            let class = match kept(vm, key) {
                Some(exact) if class.is(&exact) => format!("_io.{}", exact.name()),
                _ => class.name().to_string(),
            };
            Err(vm.type_error(format!("{class}.__setstate__ argument should be {count}-tuple, got {name}")))
        }
    }
}

/// The place in a state.
fn place_of(vm: &Vm, place: &Value, complaint: &str) -> Result<usize, Exit> {
    let Some(integer) = place.as_integer() else {
        let name = vm.type_name(place);
        return Err(vm.type_error(format!("{complaint} {name}")));
    };
    match integer.to_i64() {
        Some(place) => usize::try_from(place).map_err(|_| vm.value_error("position value cannot be negative")),
        None => Err(vm.overflow_error("cannot fit 'int' into an index-sized integer")),
    }
}
