//! `_operator`: `itemgetter`, `attrgetter` and `methodcaller`. The rest of `operator` is Python.
//!
//! Where looking something up needs Python code, the prelude (`callables.py`) does the whole again: nothing that was done
//! natively before could be seen.

use super::{class, module as new_module};
use crate::builtins::{install_methods, install_static, items, natives};
use crate::object::native::NativeDef;
use crate::object::quick;
use crate::object::{Dict, Foreign, Module, NativeObject, Ref, Slot, Str, Tuple, Type, TypeFlags, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

/// One of the three: what it was made with.
struct Getter {
    /// A tuple: the items, the names of the attributes, or the name of the method and its arguments.
    args: Slot,
    /// A dict: the arguments of the method by name.
    keywords: Slot,
    /// For `attrgetter`, for each attribute a tuple of the names between the dots.
    paths: Slot,
}

impl NativeObject for Getter {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.args, &self.keywords, &self.paths].into_iter().for_each(|slot| slot.visit(see));
    }
    fn clear(&self) {
        [&self.args, &self.keywords, &self.paths].into_iter().for_each(|slot| slot.set(Value::NONE));
    }
    fn called(&self, args: &[Value]) -> Option<Value> {
        let [object] = args else { return None };
        // An `itemgetter` has neither paths nor keywords.
        if !self.paths.is_none() || !self.keywords.is_none() {
            return None;
        }
        self.args.with(|wanted| match wanted.get::<Tuple>()?.items() {
            [key] => quick::item(object, key),
            keys => {
                let found: Option<Vec<Value>> = keys.iter().map(|key| quick::item(object, key)).collect();
                Some(Value::tuple(found?))
            }
        })
    }
}

natives! {
    ITEM_NEW {
        "__new__(cls, item, /, *items)" => new_itemgetter;
    }
    ITEM {
        "__call__(self, obj, /)" => call_itemgetter;
        "__repr__(self, /)" => repr;
        "__reduce__(self, /)" => reduce;
    }
    ATTR_NEW {
        "__new__(cls, attr, /, *attrs)" => new_attrgetter;
    }
    ATTR {
        "__call__(self, obj, /)" => call_attrgetter;
        "__repr__(self, /)" => repr;
        "__reduce__(self, /)" => reduce;
    }
    METHOD_NEW {
        "__new__(cls, /, *args, **kwargs)" => new_methodcaller;
    }
    METHOD {
        "__call__(self, obj, /)" => call_methodcaller;
        "__repr__(self, /)" => repr;
        "__reduce__(self, /)" => reduce;
    }
}

/// The classes: name, constructor, methods, documentation.
static CLASSES: [(&str, &[NativeDef], &[NativeDef], &str); 3] = [
    ("itemgetter", ITEM_NEW, ITEM, "Return a callable object that fetches the given item(s) from its operand."),
    ("attrgetter", ATTR_NEW, ATTR, "Return a callable object that fetches the given attribute(s) from its operand."),
    ("methodcaller", METHOD_NEW, METHOD, "Return a callable object that calls the given method on its operand."),
];

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_operator", "", &[]);
    for (name, constructor, methods, doc) in CLASSES {
        let made = class("operator", name, &vm.types.object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
        made.dict.set_str(&intern(b"__doc__"), Value::str(doc));
        install_static(&made, constructor);
        install_methods(&made, methods);
        module.set(name, made.into_value());
    }
    module
}

fn made(args: &[Value], given: &[Value], keywords: Value, paths: Value) -> Value {
    let given = Value::object(Ref::<Tuple>::from_slice(given));
    let getter = Getter { args: Slot::new(given), keywords: Slot::new(keywords), paths: Slot::new(paths) };
    args[0].to_ref::<Type>().map_or(Value::NONE, |class| Foreign::value(&class, getter))
}

fn getter<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Getter, Exit> {
    args[0].foreign::<Getter>().ok_or_else(|| vm.type_error("a getter is needed"))
}

fn new_itemgetter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(made(args, &args[1..], Value::NONE, Value::NONE))
}

fn new_attrgetter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut paths = Vec::new();
    for name in &args[1..] {
        let Some(name) = name.native::<Str>() else { return Err(vm.type_error("attribute name must be a string")) };
        let path = name.as_bytes().split(|byte| *byte == b'.').map(|part| Value::object(intern(part)));
        paths.push(Value::tuple(path.collect()));
    }
    Ok(made(args, &args[1..], Value::NONE, Value::tuple(paths)))
}

fn new_methodcaller(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some((keywords, given)) = args[1..].split_last() else { return Ok(Value::NONE) };
    match given.first() {
        None => Err(vm.type_error("methodcaller needs at least one argument, the method name")),
        Some(name) if name.native::<Str>().is_none() => Err(vm.type_error("method name must be a string")),
        Some(_) => Ok(made(args, given, keywords.clone(), Value::NONE)),
    }
}

fn call_itemgetter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let wanted = getter(vm, args)?.args.get();
    let Some(keys) = wanted.get::<Tuple>() else { return Ok(Value::NONE) };
    let mut found = Vec::with_capacity(keys.items().len());
    for key in keys.items() {
        match items::get_item(vm, &args[1], key) {
            Ok(Some(item)) => found.push(item),
            Ok(None) | Err(Exit::Call(_)) => {
                return vm.tail_prelude("get_items", vec![args[1].clone(), wanted.clone()]);
            }
            Err(exit) => return Err(exit),
        }
    }
    Ok(one_or_all(found))
}

fn call_attrgetter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let paths = getter(vm, args)?.paths.get();
    let Some(wanted) = paths.get::<Tuple>() else { return Ok(Value::NONE) };
    let mut found = Vec::with_capacity(wanted.items().len());
    for path in wanted.items() {
        let Some(path) = path.get::<Tuple>() else { continue };
        let mut value = args[1].clone();
        for name in path.items().iter().filter_map(Value::to_ref::<Str>) {
            match vm.load_attr(&value, &name) {
                Ok(next) => value = next,
                Err(Exit::Raise(exception)) => return Err(Exit::Raise(exception)),
                Err(_) => return vm.tail_prelude("get_attributes", vec![args[1].clone(), paths.clone()]),
            }
        }
        found.push(value);
    }
    Ok(one_or_all(found))
}

/// What a getter of one gives is that, of several a tuple.
fn one_or_all(mut found: Vec<Value>) -> Value {
    match found.len() {
        1 => found.remove(0),
        _ => Value::tuple(found),
    }
}

fn call_methodcaller(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let getter = getter(vm, args)?;
    let (given, keywords) = (getter.args.get(), getter.keywords.get());
    let Some((name, given)) = given.get::<Tuple>().and_then(|given| given.body_items().split_first()) else {
        return Ok(Value::NONE);
    };
    let Some(text) = name.native::<Str>() else { return Ok(Value::NONE) };
    match vm.load_attr(&args[1], &text) {
        Ok(method) => {
            let keywords = keywords.get::<Dict>().map_or_else(Vec::new, |keywords| keywords.items());
            vm.tail_call_kw(method, given.to_vec(), keywords)
        }
        Err(Exit::Raise(exception)) => Err(Exit::Raise(exception)),
        Err(_) => {
            let given = Value::object(Ref::<Tuple>::from_slice(given));
            vm.tail_prelude("call_method", vec![args[1].clone(), name.clone(), given, keywords])
        }
    }
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let getter = getter(vm, args)?;
    let name = Value::str(vm.class_of(&args[0]).name());
    vm.tail_prelude("getter_repr", vec![name, getter.args.get(), getter.keywords.get()])
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let getter = getter(vm, args)?;
    let class = vm.class_of(&args[0]).into_value();
    vm.tail_prelude("getter_reduce", vec![class, getter.args.get(), getter.keywords.get()])
}
