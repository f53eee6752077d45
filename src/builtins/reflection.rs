//! Functions that look at objects: `isinstance`, `getattr`, `id`, `vars`, `dir`.

use super::evaluation::locals;
use super::{class, install_functions, natives, object, quick};
use crate::object::{Dict, Function, Instance, Kind, List, Module, Ref, Slot, Str, Tuple, Type, Value};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Is the object an instance of a class or of one of several?
        "isinstance(obj, class_or_tuple, /)" => isinstance, quick::isinstance;
        /// Is the class derived from another or from one of several?
        "issubclass(subclass, class_or_tuple, /)" => issubclass;
        /// The attribute of that name; `default` when there is none.
        "getattr(object, name, default=None, /)" => getattr;
        /// Has the object an attribute of that name?
        "hasattr(obj, name, /)" => hasattr;
        /// `obj.name = value`
        "setattr(obj, name, value, /)" => setattr;
        /// `del obj.name`
        "delattr(obj, name, /)" => delattr;
        /// Can it be called?
        "callable(obj, /)" => callable;
        /// A number that no other living object has.
        "id(obj, /)" => id;
        /// The `__dict__` of an object, or the local variables.
        "vars(object=None, /)" => vars;
        /// The names of an object's attributes, or of the local variables.
        "dir(object=None, /)" => dir;
        /// Stop in a debugger.
        "breakpoint(*args, **kws)" => breakpoint;
    }
    PRELUDE {
        "_call_bound(native, args, /)" => call_bound;
        "_lookup(object, name, /)" => lookup;
        "_lookup_type(cls, name, /)" => lookup_type;
        "_sort_names(names, /)" => sort_names;
        "_wrap_payload(cls, payload, /)" => wrap_payload;
        "_payload(object, /)" => payload;
        "_set_class_cache(cls, annotations, /)" => set_class_cache;
    }
}

/// Install the functions.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn isinstance(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match class::is_instance(vm, &args[0], &args[1])? {
        Some(yes) => Ok(Value::bool(yes)),
        None => vm.tail_prelude("isinstance_of", vec![args[0].clone(), args[1].clone()]),
    }
}

fn is_subclass(vm: &mut Vm, sub: &Value, class: &Value) -> Result<Option<bool>, Exit> {
    if let Some(plain) = class.to_ref::<Type>() {
        let custom = plain.metaclass().and_then(|meta| meta.lookup(&vm.names.subclasscheck));
        if custom.is_some_and(|method| method.is_kind(Kind::Function)) {
            return Ok(None);
        }
        return match sub.get::<Type>() {
            Some(sub) => Ok(Some(sub.is_subclass(&plain))),
            None => Ok(None),
        };
    }
    if let Some(tuple) = class.native::<Tuple>() {
        if vm.native_stack_is_short() {
            return Err(vm.recursion_error("maximum recursion depth exceeded in __subclasscheck__"));
        }
        for class in tuple.items() {
            match is_subclass(vm, sub, class)? {
                Some(false) => {}
                other => return Ok(other),
            }
        }
        return Ok(Some(false));
    }
    if class.is_object() {
        return Ok(None);
    }
    if sub.get::<Type>().is_none() {
        return Err(vm.type_error("issubclass() arg 1 must be a class"));
    }
    Err(vm.type_error("issubclass() arg 2 must be a class, a tuple of classes, or a union"))
}

fn issubclass(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match is_subclass(vm, &args[0], &args[1])? {
        Some(yes) => Ok(Value::bool(yes)),
        None => vm.tail_prelude("issubclass_of", vec![args[0].clone(), args[1].clone()]),
    }
}

fn name_arg(vm: &mut Vm, args: &[Value]) -> Result<Ref<Str>, Exit> {
    match args[1].native::<Str>() {
        Some(name) => Ok(crate::object::string::intern_str(&name)),
        None => Err(vm.type_error(format!("attribute name must be string, not '{}'", vm.type_name(&args[1])))),
    }
}

fn getattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = name_arg(vm, args)?;
    let Some(default) = arg(args, 2).cloned() else { return vm.load_attr(&args[0], &name) };
    match vm.load_attr_if_any(&args[0], &name) {
        Ok(found) => Ok(found.unwrap_or(default)),
        Err(Exit::Raise(exception)) if vm.is_instance(&exception, &vm.types.attribute_error) => Ok(default),
        Err(Exit::Call(call)) => {
            let call = vec![call.callee, Value::tuple(call.args), default];
            vm.tail_prelude("attribute_or", call)
        }
        Err(exit) => Err(exit),
    }
}

fn hasattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = name_arg(vm, args)?;
    match vm.load_attr_if_any(&args[0], &name) {
        Ok(found) => Ok(Value::bool(found.is_some())),
        Err(Exit::Raise(exception)) if vm.is_instance(&exception, &vm.types.attribute_error) => Ok(Value::FALSE),
        Err(Exit::Call(call)) => vm.tail_prelude("attribute_exists", vec![call.callee, Value::tuple(call.args)]),
        Err(exit) => Err(exit),
    }
}

fn setattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = name_arg(vm, args)?;
    match vm.store_attr(&args[0], &name, args[2].clone()) {
        Err(Exit::Call(call)) => vm.tail_prelude("call_and_drop", vec![call.callee, Value::tuple(call.args)]),
        other => other.map(|_| Value::NONE),
    }
}

fn delattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = name_arg(vm, args)?;
    match vm.store_attr(&args[0], &name, Value::UNDEF) {
        Err(Exit::Call(call)) => vm.tail_prelude("call_and_drop", vec![call.callee, Value::tuple(call.args)]),
        other => other.map(|_| Value::NONE),
    }
}

fn callable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.is_callable(&args[0])))
}

fn id(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::int(crate::object::identity(&args[0]) as i64))
}

fn vars(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match arg(args, 0) {
        None => locals(vm, args),
        Some(object) => {
            let name = vm.names.dict.clone();
            match vm.load_attr(object, &name) {
                Err(Exit::Raise(_)) => Err(vm.type_error("vars() argument must have __dict__ attribute")),
                other => other,
            }
        }
    }
}

fn dir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(subject) = arg(args, 0) else {
        let names = locals(vm, args)?;
        let Some(dict) = names.get::<Dict>() else {
            return vm.tail_prelude("sorted_keys", vec![names]);
        };
        let mut names = dict.keys();
        object::sort_names(&mut names);
        return Ok(Value::list(names));
    };
    let name = vm.names.dir.clone();
    let custom = vm.class_of(subject).lookup(&name).is_none_or(|method| !method.is_kind(Kind::Native));
    let of_module = subject.get::<Module>().and_then(|module| module.dict.get_str(&name));
    let traceback = subject.is_kind(crate::object::Kind::Traceback);
    if custom || traceback || of_module.is_some() || !object::tells_names(vm, subject) {
        return vm.tail_prelude("sorted_dir", vec![subject.clone(), of_module.unwrap_or(Value::NONE)]);
    }
    let mut names = object::names_of(vm, subject);
    object::sort_names(&mut names);
    Ok(Value::list(names))
}

fn sort_names(_: &mut Vm, args: &[Value]) -> NativeResult {
    let mut names = object::list_items(&args[0]);
    object::sort_names(&mut names);
    Ok(Value::list(names))
}

/// The arguments of a native that takes any: those by position as a tuple, those by name as a dict.
pub fn given(args: &[Value]) -> Vec<Value> {
    match args {
        [by_position @ .., by_name] => vec![Value::tuple(by_position.to_vec()), by_name.clone()],
        [] => vec![Value::tuple(Vec::new()), Dict::empty().into_value()],
    }
}

fn breakpoint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("break_by_hook", given(args))
}

/// Call a native with arguments in the order of its signature, some of them absent.
fn call_bound(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bound = args[1].get::<List>().map_or_else(Vec::new, |list| list.to_vec());
    vm.call_bound(&args[0], &bound)
}

/// An attribute of an object's class, not bound; `None` when there is none.
fn lookup(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = name_arg(vm, args)?;
    let class = vm.class_of(&args[0]);
    match class.lookup(&name) {
        Some(method) => vm.bind(&method, &args[0], &class),
        None => Ok(Value::NONE),
    }
}

fn lookup_type(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = name_arg(vm, args)?;
    Ok(args[0].get::<Type>().and_then(|class| class.lookup(&name)).unwrap_or(Value::NONE))
}

fn wrap_payload(_: &mut Vm, args: &[Value]) -> NativeResult {
    match args[0].to_ref::<Type>() {
        Some(class) => Ok(Value::object(Instance::wrapping(&class, args[1].clone()))),
        None => Ok(args[1].clone()),
    }
}

fn payload(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].payload().clone())
}

fn set_class_cache(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(class) = args[0].get::<Type>() {
        class.dict.set_str(&crate::object::intern(b"__annotations_cache__"), args[1].clone());
    } else if let Some(function) = args[0].get::<Function>() {
        function.annotations.set(args[1].clone());
    }
    Ok(args[1].clone())
}

/// A slot for a value.
pub fn slot(value: Value) -> Slot {
    Slot::new(value)
}
