//! `property`, `staticmethod`, `classmethod`, `super` and the descriptors of native attributes.

use super::function::bound_to;
use super::{getsets, install_getsets, install_methods, install_static, natives, subclass_made};
use crate::object::descriptor::{ClassMethod, GetSet, Member, Property, StaticMethod, Super};
use crate::object::function::{Cell, CodeObject};
use crate::object::intern;
use crate::object::slot::Slot;
use crate::object::{Dict, Function, Instance, Ref, Str, Type, TypeFlags, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::bodies::Body;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    PROPERTY {
        "getter(self, fget, /)" => property_getter;
        "setter(self, fset, /)" => property_setter;
        "deleter(self, fdel, /)" => property_deleter;
        "__get__(self, instance, owner=None, /)" => property_get;
        "__set__(self, instance, value, /)" => property_set;
        "__delete__(self, instance, /)" => property_delete;
        "__set_name__(self, *args)" => property_set_name;
        "__init__(self, fget=None, fset=None, fdel=None, doc=None)" => property_init;
    }
    PROPERTY_NEW {
        "__new__(cls, /, *args, **kwargs)" => property_new;
    }
    STATIC {
        "__get__(self, instance, owner=None, /)" => static_get;
        "__call__(self, /, *args, **kwargs)" => wrapped_call;
        "__init__(self, function, /)" => static_init;
    }
    STATIC_NEW {
        "__new__(cls, /, *args, **kwargs)" => static_new;
    }
    CLASS {
        "__get__(self, instance, owner=None, /)" => class_get;
        "__init__(self, function, /)" => class_init;
    }
    CLASS_OF_BUILTINS {
        "__get__(self, instance, owner=None, /)" => class_get;
    }
    CLASS_NEW {
        "__new__(cls, /, *args, **kwargs)" => class_new;
    }
    SUPER {
        "__repr__(self, /)" => super_repr;
        "__get__(self, instance, owner=None, /)" => super_get;
        "__init__(self, /, *args, **kwargs)" => super_init;
    }
    SUPER_NEW {
        "__new__(cls, type=None, object_or_type=None, /)" => super_new;
    }
    GETSET {
        "__get__(self, instance, owner=None, /)" => getset_get;
        "__set__(self, instance, value, /)" => getset_set;
        "__delete__(self, instance, /)" => getset_delete;
        "__repr__(self, /)" => getset_repr;
    }
    MEMBER {
        "__get__(self, instance, owner=None, /)" => member_get;
        "__set__(self, instance, value, /)" => member_set;
        "__delete__(self, instance, /)" => member_delete;
    }
}

getsets! {
    PROPERTY_ATTRIBUTES {
        "fget" => property_fget, super::read_only;
        "fset" => property_fset, super::read_only;
        "fdel" => property_fdel, super::read_only;
        "__doc__" => property_doc, set_property_doc;
        "__name__" => property_name, set_property_name;
        "__isabstractmethod__" => property_abstract;
    }
    WRAPPED {
        "__func__" => wrapped, super::read_only;
        "__wrapped__" => wrapped, super::read_only;
        "__isabstractmethod__" => wrapped_abstract;
        "__name__" => wrapped_name, set_wrapped_name;
        "__qualname__" => wrapped_qualname, set_wrapped_qualname;
        "__doc__" => wrapped_doc, set_wrapped_doc;
        "__module__" => wrapped_module, set_wrapped_module;
        "__annotations__" => wrapped_annotations, set_wrapped_annotations;
        "__annotate__" => wrapped_annotate, set_wrapped_annotate;
    }
    CLASS_OF_BUILTINS_ATTRIBUTES {
        "__name__" => wrapped_name, super::read_only;
        "__qualname__" => wrapped_qualname, super::read_only;
        "__doc__" => wrapped_doc, super::read_only;
    }
    SUPER_ATTRIBUTES {
        "__thisclass__" => super_class, super::read_only;
        "__self__" => super_self, super::read_only;
        "__self_class__" => super_self_class, super::read_only;
    }
    GETSET_ATTRIBUTES {
        "__name__" => getset_name, super::read_only;
        "__qualname__" => getset_qualname;
        "__objclass__" => getset_owner, super::read_only;
        "__doc__" => getset_doc;
    }
    MEMBER_ATTRIBUTES {
        "__name__" => member_name, super::read_only;
        "__qualname__" => member_qualname;
        "__objclass__" => member_owner, super::read_only;
        "__doc__" => no_doc;
    }
}

/// Fill the classes of descriptors.
pub fn install(vm: &mut Vm) {
    let types = [&vm.types.property, &vm.types.staticmethod, &vm.types.classmethod, &vm.types.super_].map(Ref::clone);
    let [property, staticmethod, classmethod, super_] = types;
    install_methods(&property, PROPERTY);
    install_static(&property, PROPERTY_NEW);
    install_getsets(&property, PROPERTY_ATTRIBUTES);
    install_methods(&staticmethod, STATIC);
    install_static(&staticmethod, STATIC_NEW);
    install_getsets(&staticmethod, WRAPPED);
    install_methods(&classmethod, CLASS);
    install_static(&classmethod, CLASS_NEW);
    install_getsets(&classmethod, WRAPPED);
    for class in [&staticmethod, &classmethod] {
        super::object::dict_attribute(class);
    }
    let of_builtins = vm.types.classmethod_descriptor.clone();
    install_methods(&of_builtins, CLASS_OF_BUILTINS);
    install_getsets(&of_builtins, CLASS_OF_BUILTINS_ATTRIBUTES);
    install_methods(&super_, SUPER);
    install_static(&super_, SUPER_NEW);
    install_getsets(&super_, SUPER_ATTRIBUTES);
    let (getset, member) = (vm.types.getset.clone(), vm.types.member.clone());
    install_methods(&getset, GETSET);
    install_getsets(&getset, GETSET_ATTRIBUTES);
    install_methods(&member, MEMBER);
    install_getsets(&member, MEMBER_ATTRIBUTES);
}

/// A native object, wrapped when the class asked for is a subclass written in Python.
fn made(class: &Value, object: Value) -> Value {
    match class.to_ref::<Type>() {
        Some(class) if class.flags().has(TypeFlags::HEAP) => Value::object(Instance::wrapping(&class, object)),
        _ => object,
    }
}

/// The arguments of a `__new__` whose `__init__` says what they must be: those given by position, and by keyword.
fn given(args: &[Value]) -> (&[Value], Option<Ref<Dict>>) {
    match args {
        [_, positional @ .., keywords] => (positional, keywords.to_ref::<Dict>()),
        _ => (&[], None),
    }
}

/// `property.__new__`. A subclass may take other arguments, so that what it wraps is known only in `__init__`.
fn property_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.property, &args[0])?;
    let (positional, keywords) = given(args);
    let part = |n: usize, name: &[u8]| {
        let named = || keywords.as_ref().and_then(|keywords| keywords.get_str(&intern(name)));
        positional.get(n).cloned().or_else(named).unwrap_or(Value::NONE)
    };
    let of = [part(0, b"fget"), part(1, b"fset"), part(2, b"fdel"), part(3, b"doc")];
    Ok(made(&args[0], Value::object(Ref::new(property_of(of)))))
}

fn property_of([get, set, delete, doc]: [Value; 4]) -> Property {
    let from_getter = if doc.is_none() { get.get::<Function>().map(|function| function.doc.get()) } else { None };
    let getter_doc = from_getter.as_ref().is_some_and(|doc| !doc.is_none());
    let doc = Slot::new(from_getter.unwrap_or(doc));
    Property { get, set, delete, doc, getter_doc, name: Slot::default() }
}

/// `property.__init__`: a property itself is as `__new__` made it, that in an object of a subclass is made now.
fn property_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(instance) = args[0].get::<Instance>() else { return Ok(Value::NONE) };
    let part = |n: usize| arg_or_none(args, n).cloned().unwrap_or(Value::NONE);
    let property = property_of([part(1), part(2), part(3), part(4)]);
    let (doc, must) = (property.doc.get(), property.getter_doc);
    instance.set_payload(Value::object(Ref::new(property)));
    document(vm, &args[0], doc, must)
}

/// A class has a `__doc__` of its own, so each object of a subclass keeps its own as an attribute. That it has no room for
/// one is no error, unless it would be the getter's.
fn document(vm: &mut Vm, property: &Value, doc: Value, must: bool) -> NativeResult {
    let name = vm.names.doc.clone();
    match vm.store_attr(property, &name, doc) {
        Err(Exit::Raise(_)) if !must => Ok(Value::NONE),
        Err(Exit::Call(call)) => vm.tail_prelude("call_and_drop", vec![call.callee, Value::tuple(call.args)]),
        other => other.map(|_| Value::NONE),
    }
}

fn property(vm: &mut Vm, value: &Value) -> Result<Ref<Property>, Exit> {
    match value.native::<Property>() {
        Some(property) => Ok(property.to_ref()),
        None => Err(vm.type_error("a property was expected")),
    }
}

/// A property as this one, but with another function. Its class is called, so that a subclass has its say.
fn changed(vm: &mut Vm, args: &[Value], place: usize) -> NativeResult {
    let old = property(vm, &args[0])?;
    let mut parts = [old.get.clone(), old.set.clone(), old.delete.clone()];
    parts[place] = args[1].clone();
    let [get, set, delete] = parts;
    // A text that came from the getter comes from the new one.
    let doc = if old.getter_doc && !get.is_none() { Value::NONE } else { old.doc.get() };
    let class = vm.class_of(&args[0]);
    if class.flags().has(TypeFlags::HEAP) {
        let mut call = vec![class.into_value(), get, set, delete, doc];
        if !old.name.is_undef() {
            call.push(old.name.get());
        }
        return vm.tail_prelude("property_changed", call);
    }
    let new = property_of([get, set, delete, doc]);
    new.name.set(old.name.get());
    Ok(Value::object(Ref::new(new)))
}

fn property_getter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    changed(vm, args, 0)
}

fn property_setter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    changed(vm, args, 1)
}

fn property_deleter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    changed(vm, args, 2)
}

fn property_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if bound_to(vm, args)?.is_none() {
        return Ok(args[0].clone());
    }
    let found = property(vm, &args[0])?;
    let class = vm.class_of(&args[1]);
    vm.bind(&Value::object(found), &args[1], &class)
}

fn property_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let found = Value::object(property(vm, &args[0])?);
    vm.store_property(&found, &args[1], args[2].clone())
}

fn property_delete(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let found = Value::object(property(vm, &args[0])?);
    vm.store_property(&found, &args[1], Value::UNDEF)
}

fn property_set_name(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [_, _, name] = args else {
        let message = format!("__set_name__() takes 2 positional arguments but {} were given", args.len() - 1);
        return Err(vm.type_error(message));
    };
    property(vm, &args[0])?.name.set(name.clone());
    Ok(Value::NONE)
}

fn property_fget(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(property(vm, value)?.get.clone())
}

fn property_fset(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(property(vm, value)?.set.clone())
}

fn property_fdel(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(property(vm, value)?.delete.clone())
}

fn property_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(property(vm, value)?.doc.get())
}

fn set_property_doc(vm: &mut Vm, value: &Value, doc: Value) -> NativeResult {
    property(vm, value)?.doc.set(doc);
    Ok(Value::NONE)
}

fn property_name(vm: &mut Vm, value: &Value) -> NativeResult {
    let found = property(vm, value)?;
    let known = found.name.get();
    if !known.is_undef() {
        return Ok(known);
    }
    go_deeper(vm)?;
    let name = vm.names.name.clone();
    match vm.load_attr_if_any(&found.get, &name) {
        Ok(Some(name)) => Ok(name),
        Ok(None) => Err(vm.no_attribute(value, &name)),
        Err(Exit::Raise(exception)) if vm.is_instance(&exception, &vm.types.attribute_error) => {
            Err(vm.no_attribute(value, &name))
        }
        Err(exit) => Err(exit),
    }
}

fn set_property_name(vm: &mut Vm, value: &Value, name: Value) -> NativeResult {
    property(vm, value)?.name.set(name);
    Ok(Value::NONE)
}

/// What is wrapped may wrap something itself.
fn go_deeper(vm: &mut Vm) -> Result<(), Exit> {
    if vm.native_stack_is_short() {
        return Err(vm.recursion_error("maximum recursion depth exceeded"));
    }
    Ok(())
}

/// Is any of the functions marked as abstract?
fn any_abstract(vm: &mut Vm, functions: &[Value]) -> NativeResult {
    go_deeper(vm)?;
    let name = intern(b"__isabstractmethod__");
    for function in functions {
        match vm.load_attr_if_any(function, &name) {
            Ok(None) => {}
            Ok(Some(mark)) if mark.as_bool() == Some(false) => {}
            Ok(Some(mark)) if mark.as_bool() == Some(true) => return Ok(Value::TRUE),
            _ => return vm.tail_prelude("any_abstract", vec![Value::tuple(functions.to_vec())]),
        }
    }
    Ok(Value::FALSE)
}

fn property_abstract(vm: &mut Vm, value: &Value) -> NativeResult {
    let found = property(vm, value)?;
    let parts = [&found.get, &found.set, &found.delete].map(Value::clone);
    any_abstract(vm, &parts)
}

/// What the only argument will be, if `__init__` finds it to be right.
fn only(args: &[Value]) -> Value {
    given(args).0.first().cloned().unwrap_or(Value::NONE)
}

fn static_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.staticmethod, &args[0])?;
    let wrapped = StaticMethod { function: only(args), dict: Slot::default() };
    Ok(made(&args[0], Value::object(Ref::new(wrapped))))
}

fn static_init(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(instance) = args[0].get::<Instance>() {
        let wrapped = StaticMethod { function: args[1].clone(), dict: Slot::default() };
        instance.set_payload(Value::object(Ref::new(wrapped)));
    }
    Ok(Value::NONE)
}

fn class_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.classmethod, &args[0])?;
    let wrapped = ClassMethod { builtin: false, function: only(args), dict: Slot::default() };
    Ok(made(&args[0], Value::object(Ref::new(wrapped))))
}

fn class_init(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(instance) = args[0].get::<Instance>() {
        let wrapped = ClassMethod { builtin: false, function: args[1].clone(), dict: Slot::default() };
        instance.set_payload(Value::object(Ref::new(wrapped)));
    }
    Ok(Value::NONE)
}

fn wrapped(_: &mut Vm, value: &Value) -> NativeResult {
    if let Some(wrapped) = value.native::<StaticMethod>() {
        return Ok(wrapped.function.clone());
    }
    Ok(value.native::<ClassMethod>().map_or(Value::NONE, |wrapped| wrapped.function.clone()))
}

fn wrapped_abstract(vm: &mut Vm, value: &Value) -> NativeResult {
    let function = wrapped(vm, value)?;
    any_abstract(vm, &[function])
}

/// What was set on the wrapper itself, else the attribute of the function.
fn wrapped_attr(vm: &mut Vm, value: &Value, name: &str) -> NativeResult {
    let name = intern(name.as_bytes());
    if let Some(own) = vm.own_attr(value, &name) {
        return Ok(own);
    }
    let function = wrapped(vm, value)?;
    go_deeper(vm)?;
    vm.load_attr(&function, &name)
}

fn set_wrapped_attr(vm: &mut Vm, value: &Value, name: &str, new: Value) -> NativeResult {
    let name = intern(name.as_bytes());
    let Some(dict) = vm.attribute_dict(value) else { return Err(vm.no_attribute(value, &name)) };
    if !new.is_undef() {
        dict.set_str(&name, new);
    } else if dict.remove_str(&name).is_none() {
        return Err(vm.no_attribute(value, &name));
    }
    Ok(Value::NONE)
}

fn wrapped_name(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__name__")
}

fn set_wrapped_name(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_wrapped_attr(vm, value, "__name__", new)
}

fn wrapped_qualname(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__qualname__")
}

fn set_wrapped_qualname(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_wrapped_attr(vm, value, "__qualname__", new)
}

fn wrapped_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__doc__")
}

fn set_wrapped_doc(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_wrapped_attr(vm, value, "__doc__", new)
}

fn wrapped_module(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__module__")
}

fn set_wrapped_module(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_wrapped_attr(vm, value, "__module__", new)
}

fn static_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    bound_to(vm, args)?;
    wrapped(vm, &args[0])
}

fn wrapped_call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let function = wrapped(vm, &args[0])?;
    let keywords =
        args.last().and_then(|kwargs| kwargs.get::<crate::object::Dict>()).map_or_else(Vec::new, |d| d.items());
    vm.tail_call_kw(function, args[1..args.len() - 1].to_vec(), keywords)
}

fn class_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    bound_to(vm, args)?;
    let function = wrapped(vm, &args[0])?;
    let owner = match arg_or_none(args, 2) {
        Some(owner) => owner.clone(),
        None => vm.class_of(&args[1]).into_value(),
    };
    Ok(crate::object::Method::bind(function, owner))
}

fn super_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.super_, &args[0])?;
    let (class, receiver) = match arg(args, 1) {
        Some(class) => (class.clone(), arg_or_none(args, 2).cloned().unwrap_or(Value::UNDEF)),
        None => from_frame(vm)?,
    };
    let Some(class) = class.to_ref::<Type>() else {
        let got = vm.type_name(&class);
        return Err(vm.type_error(format!("super() argument 1 must be a type, not {got}")));
    };
    let object = if receiver.is_undef() {
        Value::object(Ref::new(Super { class, receiver, receiver_class: Value::UNDEF }))
    } else {
        vm.super_of(class, receiver)?
    };
    Ok(made(&args[0], object))
}

/// Everything was done by `__new__`.
fn super_init(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NONE)
}

fn super_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bound = vm.bind_super(&args[0], &args[1])?;
    let class = vm.class_of(&args[0]).into_value();
    Ok(if bound.is(&args[0]) { bound } else { made(&class, bound) })
}

/// `super()`: the class from the `__class__` cell of the calling function, the receiver from its first argument.
fn from_frame(vm: &mut Vm) -> Result<(Value, Value), Exit> {
    // Of hidden bodies only the methods of classes ask.
    let asks = |code: &CodeObject| !code.hidden || code.code.free.iter().any(|name| &**name == "__class__");
    let Some(Body { function, base, .. }) = vm.bodies().find(|body| asks(body.function.code())) else {
        return Err(vm.runtime_error("super(): no current frame"));
    };
    let code = function.code().clone();
    let parameters = code.code.parameters;
    if parameters.positional == 0 {
        return Err(vm.runtime_error("super(): no arguments"));
    }
    let receiver = vm.frame_register(base, 0);
    let receiver = match receiver.get::<Cell>() {
        Some(cell) if code.code.cells.iter().any(|cell| cell.index() == 0) => cell.content.get(),
        _ => receiver,
    };
    if receiver.is_undef() {
        return Err(vm.runtime_error("super(): arg[0] deleted"));
    }
    let Some(at) = code.code.free.iter().position(|name| &**name == "__class__") else {
        return Err(vm.runtime_error("super(): __class__ cell not found"));
    };
    let class = function.closure.get(at).map_or(Value::UNDEF, |cell| cell.content.get());
    if class.is_undef() {
        return Err(vm.runtime_error("super(): empty __class__ cell"));
    }
    Ok((class, receiver))
}

fn super_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(object) = args[0].native::<Super>() else { return Err(vm.type_error("a super object was expected")) };
    let class = object.class.name();
    Ok(Value::str(match object.receiver_class.get::<Type>() {
        Some(receiver) => format!("<super: <class '{class}'>, <{} object>>", receiver.name()),
        None => format!("<super: <class '{class}'>, NULL>"),
    }))
}

fn super_class(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.native::<Super>().map_or(Value::NONE, |object| object.class.value()))
}

fn or_none(value: &Value) -> Value {
    if value.is_undef() { Value::NONE } else { value.clone() }
}

fn super_self(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.native::<Super>().map_or(Value::NONE, |object| or_none(&object.receiver)))
}

fn super_self_class(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.native::<Super>().map_or(Value::NONE, |object| or_none(&object.receiver_class)))
}

fn getset_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if bound_to(vm, args)?.is_none() {
        return Ok(args[0].clone());
    }
    let Some(getset) = args[0].to_ref::<GetSet>() else { return Ok(Value::NONE) };
    applies(vm, &getset.name, &getset.owner, &args[1])?;
    (getset.get)(vm, &args[1])
}

fn getset_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    set_by_getset(vm, args, args[2].clone())
}

fn getset_delete(vm: &mut Vm, args: &[Value]) -> NativeResult {
    set_by_getset(vm, args, Value::UNDEF)
}

fn set_by_getset(vm: &mut Vm, args: &[Value], value: Value) -> NativeResult {
    let Some(getset) = args[0].to_ref::<GetSet>() else { return Ok(Value::NONE) };
    applies(vm, &getset.name, &getset.owner, &args[1])?;
    match getset.set {
        Some(set) => set(vm, &args[1], value),
        None => {
            let (name, owner) = (getset.name.to_string_lossy().into_owned(), getset.owner.name());
            Err(vm.attribute_error(format!("attribute '{name}' of '{owner}' objects is not writable")))
        }
    }
}

/// `TypeError` unless the descriptor `name` of `owner` is for objects such as `value`.
fn applies(vm: &mut Vm, name: &Ref<Str>, owner: &Ref<Type>, value: &Value) -> Result<(), Exit> {
    let class = vm.class_of(value);
    if class.is_subclass(owner) {
        return Ok(());
    }
    let (name, owner, class) = (name.to_string_lossy().into_owned(), owner.name(), class.name());
    Err(vm.type_error(format!("descriptor '{name}' for '{owner}' objects doesn't apply to a '{class}' object")))
}

fn getset_repr(_: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(getset) = args[0].get::<GetSet>() else { return Ok(Value::NONE) };
    let (name, owner) = (getset.name.to_string_lossy().into_owned(), getset.owner.name());
    Ok(Value::str(format!("<attribute '{name}' of '{owner}' objects>")))
}

fn getset_name(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<GetSet>().map_or(Value::NONE, |getset| getset.name.value()))
}

fn getset_doc(_: &mut Vm, value: &Value) -> NativeResult {
    let doc = value.get::<GetSet>().map_or("", |getset| getset.doc);
    Ok(if doc.is_empty() { Value::NONE } else { Value::str(doc) })
}

fn wrapped_annotations(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__annotations__")
}

fn set_wrapped_annotations(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_wrapped_attr(vm, value, "__annotations__", new)
}

fn wrapped_annotate(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__annotate__")
}

fn set_wrapped_annotate(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    set_wrapped_attr(vm, value, "__annotate__", new)
}

/// `Class.name`
fn qualified(owner: &Ref<Type>, name: &Ref<Str>) -> Value {
    let owner = owner.qualname.get();
    let owner = owner.get::<Str>().map_or_else(String::new, |owner| owner.to_string_lossy().into_owned());
    Value::str(format!("{owner}.{}", name.to_string_lossy()))
}

fn getset_qualname(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<GetSet>().map_or(Value::NONE, |getset| qualified(&getset.owner, &getset.name)))
}

fn member_qualname(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<Member>().map_or(Value::NONE, |member| qualified(&member.owner, &member.name)))
}

fn no_doc(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::NONE)
}

fn getset_owner(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<GetSet>().map_or(Value::NONE, |getset| getset.owner.value()))
}

fn member_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if bound_to(vm, args)?.is_none() {
        return Ok(args[0].clone());
    }
    if let Some(member) = args[0].to_ref::<Member>() {
        applies(vm, &member.name, &member.owner, &args[1])?;
    }
    let class = vm.class_of(&args[1]);
    vm.bind(&args[0], &args[1], &class)
}

/// The slot, if it is one that the object has.
fn member_of(vm: &mut Vm, args: &[Value]) -> Result<Ref<Member>, Exit> {
    let Some(member) = args[0].to_ref::<Member>() else {
        return Err(vm.type_error("descriptor doesn't apply to this object"));
    };
    applies(vm, &member.name, &member.owner, &args[1])?;
    Ok(member)
}

fn member_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match member_of(vm, args)?.set(&args[1], args[2].clone()) {
        true => Ok(Value::NONE),
        false => Err(vm.type_error("descriptor doesn't apply to this object")),
    }
}

fn member_delete(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let member = member_of(vm, args)?;
    match member.delete(&args[1]) {
        Some(_) => Ok(Value::NONE),
        None => Err(vm.attribute_error(member.name.to_string_lossy())),
    }
}

fn member_name(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<Member>().map_or(Value::NONE, |member| member.name.value()))
}

fn member_owner(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<Member>().map_or(Value::NONE, |member| member.owner.value()))
}
