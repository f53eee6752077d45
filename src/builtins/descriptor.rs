//! `property`, `staticmethod`, `classmethod`, `super` and the descriptors of native attributes.

use super::{getsets, install_getsets, install_methods, install_static, natives};
use crate::object::descriptor::{ClassMethod, GetSet, Member, Property, StaticMethod, Super};
use crate::object::function::Cell;
use crate::object::intern;
use crate::object::slot::Slot;
use crate::object::{Function, Instance, Kind, Ref, Str, Type, TypeFlags, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    PROPERTY {
        "getter(self, fget, /)" => property_getter;
        "setter(self, fset, /)" => property_setter;
        "deleter(self, fdel, /)" => property_deleter;
        "__get__(self, instance, owner=None, /)" => property_get;
        "__set__(self, instance, value, /)" => property_set;
        "__delete__(self, instance, /)" => property_delete;
        "__set_name__(self, owner, name, /)" => property_set_name;
    }
    PROPERTY_NEW {
        "__new__(cls, fget=None, fset=None, fdel=None, doc=None)" => property_new;
    }
    STATIC {
        "__get__(self, instance, owner=None, /)" => static_get;
        "__call__(self, *args, **kwargs)" => wrapped_call;
    }
    STATIC_NEW {
        "__new__(cls, function, /)" => static_new;
    }
    CLASS {
        "__get__(self, instance, owner=None, /)" => class_get;
    }
    CLASS_NEW {
        "__new__(cls, function, /)" => class_new;
    }
    SUPER {
        "__repr__(self, /)" => super_repr;
    }
    SUPER_NEW {
        "__new__(cls, type=None, object_or_type=None, /)" => super_new;
    }
    GETSET {
        "__get__(self, instance, owner=None, /)" => getset_get;
        "__set__(self, instance, value, /)" => getset_set;
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
        "fget" => property_fget;
        "fset" => property_fset;
        "fdel" => property_fdel;
        "__doc__" => property_doc, set_property_doc;
        "__name__" => property_name, set_property_name;
        "__isabstractmethod__" => property_abstract;
    }
    WRAPPED {
        "__func__" => wrapped;
        "__wrapped__" => wrapped;
        "__isabstractmethod__" => wrapped_abstract;
        "__name__" => wrapped_name;
        "__qualname__" => wrapped_qualname;
        "__doc__" => wrapped_doc;
        "__module__" => wrapped_module;
        "__annotations__" => wrapped_annotations;
        "__annotate__" => wrapped_annotate;
    }
    SUPER_ATTRIBUTES {
        "__thisclass__" => super_class;
        "__self__" => super_self;
        "__self_class__" => super_self_class;
    }
    GETSET_ATTRIBUTES {
        "__name__" => getset_name;
        "__qualname__" => getset_qualname;
        "__objclass__" => getset_owner;
        "__doc__" => no_doc;
    }
    MEMBER_ATTRIBUTES {
        "__name__" => member_name;
        "__qualname__" => member_qualname;
        "__objclass__" => member_owner;
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

fn property_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let part = |n: usize| arg_or_none(args, n).cloned().unwrap_or(Value::NONE);
    let get = part(1);
    let doc = match part(4) {
        doc if !doc.is_none() => doc,
        _ => get.get::<Function>().map_or(Value::NONE, |function| function.doc.get()),
    };
    let _ = vm;
    let property = Property { get, set: part(2), delete: part(3), doc: Slot::new(doc), name: Slot::default() };
    Ok(made(&args[0], Value::object(Ref::new(property))))
}

fn property(vm: &mut Vm, value: &Value) -> Result<Ref<Property>, Exit> {
    match value.native::<Property>() {
        Some(property) => Ok(property.to_ref()),
        None => Err(vm.type_error("a property was expected")),
    }
}

fn changed(vm: &mut Vm, args: &[Value], change: fn(&mut Property, Value)) -> NativeResult {
    let old = property(vm, &args[0])?;
    let mut new = Property {
        get: old.get.clone(),
        set: old.set.clone(),
        delete: old.delete.clone(),
        doc: Slot::new(old.doc.get()),
        name: Slot::new(old.name.get()),
    };
    change(&mut new, args[1].clone());
    let class = vm.class_of(&args[0]).into_value();
    Ok(made(&class, Value::object(Ref::new(new))))
}

fn property_getter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    changed(vm, args, |property, get| property.get = get)
}

fn property_setter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    changed(vm, args, |property, set| property.set = set)
}

fn property_deleter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    changed(vm, args, |property, delete| property.delete = delete)
}

fn property_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    let found = property(vm, &args[0])?;
    let class = vm.class_of(&args[1]);
    vm.bind(&Value::object(found), &args[1], &class)
}

fn property_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let found = property(vm, &args[0])?;
    if found.set.is_none() {
        return Err(vm.attribute_error("property has no setter"));
    }
    vm.tail_call(found.set.clone(), vec![args[1].clone(), args[2].clone()])
}

fn property_delete(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let found = property(vm, &args[0])?;
    if found.delete.is_none() {
        return Err(vm.attribute_error("property has no deleter"));
    }
    vm.tail_call(found.delete.clone(), vec![args[1].clone()])
}

fn property_set_name(vm: &mut Vm, args: &[Value]) -> NativeResult {
    property(vm, &args[0])?.name.set(args[2].clone());
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
    let name = found.name.get();
    if !name.is_undef() {
        return Ok(name);
    }
    match found.get.get::<Function>() {
        Some(function) => Ok(function.name.get()),
        None => Err(vm.no_attribute(value, &vm.names.name.clone())),
    }
}

fn set_property_name(vm: &mut Vm, value: &Value, name: Value) -> NativeResult {
    property(vm, value)?.name.set(name);
    Ok(Value::NONE)
}

fn is_abstract(vm: &mut Vm, function: &Value) -> bool {
    let name = crate::object::intern(b"__isabstractmethod__");
    vm.own_attr(function, &name).is_some_and(|value| value.as_bool() == Some(true))
}

fn property_abstract(vm: &mut Vm, value: &Value) -> NativeResult {
    let found = property(vm, value)?;
    let parts = [&found.get, &found.set, &found.delete].map(Value::clone);
    Ok(Value::bool(parts.iter().any(|part| is_abstract(vm, part))))
}

fn static_new(_: &mut Vm, args: &[Value]) -> NativeResult {
    let wrapped = StaticMethod { function: args[1].clone(), dict: Slot::default() };
    Ok(made(&args[0], Value::object(Ref::new(wrapped))))
}

fn class_new(_: &mut Vm, args: &[Value]) -> NativeResult {
    let wrapped = ClassMethod { function: args[1].clone(), dict: Slot::default() };
    Ok(made(&args[0], Value::object(Ref::new(wrapped))))
}

fn wrapped(_: &mut Vm, value: &Value) -> NativeResult {
    if let Some(wrapped) = value.native::<StaticMethod>() {
        return Ok(wrapped.function.clone());
    }
    Ok(value.native::<ClassMethod>().map_or(Value::NONE, |wrapped| wrapped.function.clone()))
}

fn wrapped_abstract(vm: &mut Vm, value: &Value) -> NativeResult {
    let function = wrapped(vm, value)?;
    Ok(Value::bool(is_abstract(vm, &function)))
}

fn wrapped_attr(vm: &mut Vm, value: &Value, name: &str) -> NativeResult {
    let function = wrapped(vm, value)?;
    vm.load_attr(&function, &crate::object::intern(name.as_bytes()))
}

fn wrapped_name(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__name__")
}

fn wrapped_qualname(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__qualname__")
}

fn wrapped_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__doc__")
}

fn wrapped_module(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attr(vm, value, "__module__")
}

fn static_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    wrapped(vm, &args[0])
}

fn wrapped_call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let function = wrapped(vm, &args[0])?;
    let keywords =
        args.last().and_then(|kwargs| kwargs.get::<crate::object::Dict>()).map_or_else(Vec::new, |d| d.items());
    vm.tail_call_kw(function, args[1..args.len() - 1].to_vec(), keywords)
}

fn class_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let function = wrapped(vm, &args[0])?;
    let owner = match arg_or_none(args, 2) {
        Some(owner) => owner.clone(),
        None => vm.class_of(&args[1]).into_value(),
    };
    Ok(crate::object::Method::bind(function, owner))
}

fn super_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (class, receiver) = match arg(args, 1) {
        Some(class) => (class.clone(), arg_or_none(args, 2).cloned().unwrap_or(Value::UNDEF)),
        None => from_frame(vm)?,
    };
    let Some(class) = class.to_ref::<Type>() else {
        let got = vm.type_name(&class);
        return Err(vm.type_error(format!("super() argument 1 must be a type, not {got}")));
    };
    let receiver_class = if receiver.is_undef() {
        Value::UNDEF
    } else {
        match receiver.to_ref::<Type>() {
            Some(sub) if sub.is_subclass(&class) => sub.into_value(),
            _ => {
                let own = vm.class_of(&receiver);
                if !own.is_subclass(&class) {
                    let message = format!(
                        "super(type, obj): obj ({} {}) is not an instance or subtype of type ({}).",
                        if receiver.is_kind(Kind::Type) { "type" } else { "instance of" },
                        own.name(),
                        class.name()
                    );
                    return Err(vm.type_error(message));
                }
                own.into_value()
            }
        }
    };
    Ok(Value::object(Ref::new(Super { class, receiver, receiver_class })))
}

/// `super()`: the class from the `__class__` cell of the calling function, the receiver from its first argument.
fn from_frame(vm: &mut Vm) -> Result<(Value, Value), Exit> {
    let Some((function, base, _)) = vm.visible_frame(0) else {
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
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    match args[0].get::<GetSet>().map(|getset| getset.get) {
        Some(get) => get(vm, &args[1]),
        None => Ok(Value::NONE),
    }
}

fn getset_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[0].get::<GetSet>().and_then(|getset| getset.set) {
        Some(set) => set(vm, &args[1], args[2].clone()),
        None => Err(vm.attribute_error("attribute is not writable")),
    }
}

fn getset_repr(_: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(getset) = args[0].get::<GetSet>() else { return Ok(Value::NONE) };
    let (name, owner) = (getset.name.to_string_lossy().into_owned(), getset.owner.name());
    Ok(Value::str(format!("<attribute '{name}' of '{owner}' objects>")))
}

fn getset_name(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<GetSet>().map_or(Value::NONE, |getset| getset.name.value()))
}

fn wrapped_attribute(vm: &mut Vm, value: &Value, name: &[u8]) -> NativeResult {
    let function = wrapped(vm, value)?;
    vm.load_attr(&function, &intern(name))
}

fn wrapped_annotations(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attribute(vm, value, b"__annotations__")
}

fn wrapped_annotate(vm: &mut Vm, value: &Value) -> NativeResult {
    wrapped_attribute(vm, value, b"__annotate__")
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
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    let class = vm.class_of(&args[1]);
    vm.bind(&args[0], &args[1], &class)
}

fn member_parts(vm: &mut Vm, args: &[Value]) -> Result<(Ref<Instance>, Ref<Str>), Exit> {
    match (args[1].to_ref::<Instance>(), args[0].get::<Member>()) {
        (Some(instance), Some(member)) => Ok((instance, member.slot.clone())),
        _ => Err(vm.type_error("descriptor doesn't apply to this object")),
    }
}

fn member_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (instance, name) = member_parts(vm, args)?;
    instance.set_attr(&name, args[2].clone());
    Ok(Value::NONE)
}

fn member_delete(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (instance, name) = member_parts(vm, args)?;
    match instance.del_attr(&name) {
        Some(_) => Ok(Value::NONE),
        None => {
            let name = args[0].get::<Member>().map_or(name, |member| member.name.clone());
            Err(vm.attribute_error(name.to_string_lossy()))
        }
    }
}

fn member_name(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<Member>().map_or(Value::NONE, |member| member.name.value()))
}

fn member_owner(_: &mut Vm, value: &Value) -> NativeResult {
    Ok(value.get::<Member>().map_or(Value::NONE, |member| member.owner.value()))
}
