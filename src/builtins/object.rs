//! `object`: what every value can do.

use super::class::layout::same_layout;
use super::{getsets, install_class_methods, install_getsets, install_methods, install_static, natives};
use crate::object::equality::{self, Answer};
use crate::object::{Dict, Exception, Instance, Kind, List, Module, Ref, Str, Type, TypeFlags, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{NativeResult, Vm};

natives! {
    METHODS {
        "__init__(self, /, *args, **kwargs)" => init;
        "__repr__(self, /)" => repr;
        "__str__(self, /)" => str_;
        "__eq__(self, value, /)" => eq;
        "__ne__(self, value, /)" => ne;
        "__lt__(self, value, /)" => unordered;
        "__le__(self, value, /)" => unordered;
        "__gt__(self, value, /)" => unordered;
        "__ge__(self, value, /)" => unordered;
        "__hash__(self, /)" => hash;
        "__getattribute__(self, name, /)" => getattribute;
        "__setattr__(self, name, value, /)" => setattr;
        "__delattr__(self, name, /)" => delattr;
        "__dir__(self, /)" => dir;
        "__format__(self, format_spec, /)" => format;
        "__sizeof__(self, /)" => sizeof;
        "__getstate__(self, /)" => getstate;
        "__reduce__(self, /)" => reduce;
        "__reduce_ex__(self, protocol, /)" => reduce_ex;
    }
    STATIC {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    CLASS {
        "__init_subclass__(cls, /, *args, **kwargs)" => init_subclass;
        "__subclasshook__(cls, other, /)" => subclasshook;
    }
}

getsets! {
    DICT {
        "__dict__" => get_dict, set_dict;
    }
    ATTRIBUTES {
        "__class__" => get_class, set_class;
    }
}

/// Fill `object`.
pub fn install(vm: &mut Vm) {
    let class = vm.types.object.clone();
    class.set_flags(class.flags().with(TypeFlags::NO_DICT));
    install_methods(&class, METHODS);
    install_static(&class, STATIC);
    install_class_methods(&class, CLASS);
    install_getsets(&class, ATTRIBUTES);
    class.dict.set_str(&intern(b"__doc__"), Value::str("The base class of the class hierarchy."));
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(class) = args.first().and_then(|class| class.to_ref::<Type>()) else {
        let got = args.first().map_or_else(String::new, |value| vm.type_name(value));
        return Err(vm.type_error(format!("object.__new__(X): X is not a type object ({got})")));
    };
    let extra = args.len() > 2 || args.last().and_then(|kwargs| kwargs.get::<Dict>()).is_some_and(|d| !d.is_empty());
    let own = vm.types.object.dict.get_str(&vm.names.new);
    let overridden = class.lookup(&vm.names.new).zip(own).is_some_and(|(mine, own)| !mine.is(&own));
    let init = vm.types.object.dict.get_str(&vm.names.init);
    let has_init = class.lookup(&vm.names.init).zip(init).is_some_and(|(mine, own)| !mine.is(&own));
    if extra && (overridden || !has_init) {
        let message = if overridden {
            "object.__new__() takes exactly one argument (the type to instantiate)".to_owned()
        } else {
            format!("{}() takes no arguments", vm.shown_class(&class))
        };
        return Err(vm.type_error(message));
    }
    if class.flags().has(crate::object::TypeFlags::EXCEPTION) {
        return Ok(Exception::of(&class, Vec::new()).into_value());
    }
    vm.check_instantiable(&class)?;
    match class.layout.get() {
        None => Ok(Value::object(Instance::of(&class))),
        Some(_) => {
            let base = class.mro.borrow().iter().find(|c| !c.flags().has(crate::object::TypeFlags::HEAP)).cloned();
            let name = base.map_or_else(String::new, |base| base.name());
            let shown = vm.shown_class(&class);
            Err(vm.type_error(format!("object.__new__({shown}) is not safe, use {name}.__new__()")))
        }
    }
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let extra = args.len() > 2 || args.last().and_then(|kwargs| kwargs.get::<Dict>()).is_some_and(|d| !d.is_empty());
    if !extra {
        return Ok(Value::NONE);
    }
    let class = vm.class_of(&args[0]);
    let own_init = vm.types.object.dict.get_str(&vm.names.init);
    let overridden = class.lookup(&vm.names.init).zip(own_init).is_some_and(|(mine, own)| !mine.is(&own));
    let own_new = vm.types.object.dict.get_str(&vm.names.new);
    let has_new = class.lookup(&vm.names.new).zip(own_new).is_some_and(|(mine, own)| !mine.is(&own));
    if overridden {
        let message = "object.__init__() takes exactly one argument (the instance to initialize)";
        return Err(vm.type_error(message));
    }
    if !has_new {
        return Err(vm.type_error(format!(
            "{}.__init__() takes exactly one argument (the instance to initialize)",
            vm.shown_class(&class)
        )));
    }
    Ok(Value::NONE)
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]);
    let module = class.lookup(&vm.names.module).unwrap_or(Value::NONE);
    let text = |value: &Value| value.get::<Str>().map(|s| s.to_string_lossy().into_owned());
    let qualname = text(&class.qualname.get()).unwrap_or_default();
    let address = crate::object::identity(&args[0]);
    Ok(Value::str(match text(&module) {
        Some(module) if module != "builtins" => format!("<{module}.{qualname} object at {address:#x}>"),
        _ => format!("<{qualname} object at {address:#x}>"),
    }))
}

fn str_(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(text) = super::repr::native_repr(vm, &args[0])? {
        return super::text::string(vm, text);
    }
    // What it gives is for whoever asked to look at: it need not be a string.
    match vm.class_of(&args[0]).lookup(&vm.names.repr) {
        Some(method) => vm.tail_method(method, &args[0], &[]),
        None => repr(vm, args),
    }
}

fn eq(_: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].is(&args[1]) {
        return Ok(Value::TRUE);
    }
    if args[0].is_kind(Kind::Instance) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(match equality::equal(&args[0], &args[1]) {
        Answer::Yes => Value::TRUE,
        _ => Value::NOT_IMPLEMENTED,
    })
}

fn ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]);
    match class.lookup(&vm.names.eq) {
        Some(method) => vm.tail_prelude("not_equal", vec![method, args[0].clone(), args[1].clone()]),
        _ => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn unordered(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NOT_IMPLEMENTED)
}

fn hash(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::int(crate::object::hashing::identity(&args[0])))
}

fn name_arg(vm: &mut Vm, value: &Value) -> Result<crate::object::Ref<Str>, crate::vm::Exit> {
    match value.native::<Str>() {
        Some(name) => Ok(crate::object::string::intern_str(&name)),
        None => Err(vm.type_error(format!("attribute name must be string, not '{}'", vm.type_name(value)))),
    }
}

fn getattribute(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = name_arg(vm, &args[1])?;
    let class = vm.class_of(&args[0]);
    match vm.find_attr(&args[0], &class, &name)? {
        Some(value) => Ok(value),
        None => Err(vm.no_attribute(&args[0], &name)),
    }
}

/// `object.__setattr__` may not be used to get around `type.__setattr__`.
fn no_class(vm: &mut Vm, receiver: &Value, method: &str) -> Result<(), crate::vm::Exit> {
    if receiver.is_kind(Kind::Type) {
        let class = vm.class_of(receiver).name();
        return Err(vm.type_error(format!("can't apply this {method} to {class} object")));
    }
    Ok(())
}

fn setattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    no_class(vm, &args[0], "__setattr__")?;
    set_attribute(vm, &args[0], &args[1], args[2].clone())
}

/// Set an attribute (delete it, by [`Value::UNDEF`]), whatever hook the class may have.
pub fn set_attribute(vm: &mut Vm, receiver: &Value, name: &Value, value: Value) -> NativeResult {
    let name = name_arg(vm, name)?;
    let class = vm.class_of(receiver);
    vm.store_attr_default(receiver, &class, &name, value)?;
    Ok(Value::NONE)
}

fn delattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    no_class(vm, &args[0], "__delattr__")?;
    set_attribute(vm, &args[0], &args[1], Value::UNDEF)
}

/// The names that `dir()` shows, unsorted.
pub fn names_of(vm: &mut Vm, value: &Value) -> Vec<Value> {
    let mut seen = Dict::empty();
    let add = |dict: &Dict, seen: &mut crate::object::Ref<Dict>| {
        for key in dict.keys() {
            if let Some(name) = key.get::<Str>() {
                seen.set_str(&name, Value::NONE);
            }
        }
    };
    if let Some(module) = value.get::<Module>() {
        return module.dict.keys();
    }
    if let Some(instance) = value.get::<Instance>() {
        for (name, _) in instance.attributes() {
            if let Some(name) = name.get::<Str>() {
                seen.set_str(&name, Value::NONE);
            }
        }
    } else if !value.is_kind(Kind::Type)
        && let Some(dict) = vm.attribute_dict(value)
    {
        add(&dict, &mut seen);
    }
    let class = value.to_ref::<Type>().unwrap_or_else(|| vm.class_of(value));
    for ancestor in class.mro.borrow().iter() {
        add(&ancestor.dict, &mut seen);
    }
    seen.keys()
}

/// Can the names of an object be told without asking it for `__dict__` and `__class__`, and its class for `__dict__`?
pub(super) fn tells_names(vm: &Vm, object: &Value) -> bool {
    let asks = |class: &Ref<Type>, hooks: TypeFlags| class.flags().has(hooks);
    let class = vm.class_of(object);
    if object.is_kind(Kind::Type) || object.is_kind(Kind::Module) {
        return !asks(&class, TypeFlags::GETATTRIBUTE);
    }
    let computed = |name: &Ref<Str>| class.lookup(name).is_some_and(|found| !found.is_kind(Kind::GetSet));
    !asks(&class, TypeFlags::GETATTRIBUTE)
        && !asks(&class, TypeFlags::GETATTR)
        && !asks(&vm.class_of(&class.value()), TypeFlags::GETATTRIBUTE)
        && !computed(&vm.names.dict)
        && !computed(&vm.names.class)
}

fn dir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !tells_names(vm, &args[0]) {
        return vm.tail_prelude("object_dir", vec![args[0].clone()]);
    }
    Ok(Value::list(names_of(vm, &args[0])))
}

fn format(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if arg(args, 1).and_then(|spec| spec.native::<Str>()).is_some_and(|spec| spec.chars() > 0) {
        let message = format!("unsupported format string passed to {}.__format__", vm.type_name(&args[0]));
        return Err(vm.type_error(message));
    }
    let class = vm.types.str_.value();
    vm.tail_call(class, vec![args[0].clone()])
}

fn sizeof(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::small(16))
}

/// The attributes an object is made of, `None` when it has none; those in slots beside the others.
fn getstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = match args[0].get::<Instance>() {
        Some(instance) => {
            let own = Dict::empty();
            for (name, value) in instance.attributes() {
                if let Some(name) = name.get::<Str>() {
                    own.set_str(&name, value);
                }
            }
            Some(own)
        }
        None => vm.attribute_dict(&args[0]).map(|dict| dict.copy()),
    };
    let state = dict.filter(|dict| !dict.is_empty()).map_or(Value::NONE, Ref::into_value);
    let class = vm.class_of(&args[0]);
    let has_slots = |class: &Ref<Type>| class.dict.items().iter().any(|(_, value)| value.is_kind(Kind::Member));
    if class.mro.borrow().iter().any(has_slots) {
        return vm.tail_prelude("state_with_slots", vec![args[0].clone(), class.into_value(), state]);
    }
    Ok(state)
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    reduce_by(vm, &args[0], 0)
}

/// What a class says about `__reduce__` holds for every protocol.
fn reduce_ex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = intern(b"__reduce__");
    let own = vm.types.object.dict.get_str(&name);
    match vm.class_of(&args[0]).lookup(&name) {
        Some(method) if !own.is_some_and(|own| own.is(&method)) => vm.tail_method(method, &args[0], &[]),
        _ => {
            let protocol = vm.index_arg(args, 1)?;
            reduce_by(vm, &args[0], protocol)
        }
    }
}

/// How the object is made again: by the prelude, which is told whether it consists of attributes only.
fn reduce_by(vm: &mut Vm, object: &Value, protocol: i64) -> NativeResult {
    let plain = object.get::<Instance>().is_some_and(|instance| instance.payload().is_none());
    let asked = vm.class_of(object).flags().has(TypeFlags::GETATTRIBUTE);
    let name = if asked { "reduce_asked" } else { "reduce_object" };
    vm.tail_prelude(name, vec![object.clone(), Value::int(protocol), Value::bool(plain)])
}

fn init_subclass(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let qualname = args[0].get::<Type>().map(|class| class.qualname.get());
    let name = qualname.as_ref().and_then(|name| name.get::<Str>()).map(|name| name.to_string_lossy().into_owned());
    let name = name.unwrap_or_default();
    if args.last().and_then(|keywords| keywords.get::<Dict>()).is_some_and(|keywords| !keywords.is_empty()) {
        return Err(vm.type_error(format!("{name}.__init_subclass__() takes no keyword arguments")));
    }
    match args.len() - 2 {
        0 => Ok(Value::NONE),
        n => Err(vm.type_error(format!("{name}.__init_subclass__() takes no arguments ({n} given)"))),
    }
}

fn subclasshook(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NOT_IMPLEMENTED)
}

fn get_class(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(vm.class_of(value).into_value())
}

fn set_class(vm: &mut Vm, value: &Value, class: Value) -> NativeResult {
    if class.is_undef() {
        return Err(vm.type_error("can't delete __class__ attribute"));
    }
    let Some(class) = class.to_ref::<Type>() else {
        let name = vm.type_name(&class);
        return Err(vm.type_error(format!("__class__ must be set to a class, not '{name}' object")));
    };
    let old = vm.class_of(value);
    let mutable = |class: &Ref<Type>| class.flags().has(TypeFlags::HEAP);
    if let Some(module) = value.get::<Module>()
        && class.is_subclass(&vm.types.module)
    {
        module.class.set(class.into_value());
        return Ok(Value::NONE);
    }
    if !mutable(&old) || !mutable(&class) {
        let message = "__class__ assignment only supported for mutable types or ModuleType subclasses";
        return Err(vm.type_error(message));
    }
    if !same_layout(&old, &class) {
        let message = format!(
            "__class__ assignment: '{}' object layout differs from '{}'",
            vm.shown_class(&class),
            vm.shown_class(&old)
        );
        return Err(vm.type_error(message));
    }
    if let Some(instance) = value.to_ref::<Instance>() {
        Instance::set_class(&instance, class);
    } else if let Some(exception) = value.get::<Exception>() {
        exception.set_class(class);
    } else if let Some(subject) = value.get::<Type>() {
        subject.set_metaclass(class);
    }
    Ok(Value::NONE)
}

/// Give the instances of `class` the attribute `__dict__`.
pub fn dict_attribute(class: &Ref<Type>) {
    install_getsets(class, DICT);
}

fn get_dict(vm: &mut Vm, value: &Value) -> NativeResult {
    // A metaclass may inherit this attribute from a plain class before it inherits that of `type`.
    if value.is_kind(Kind::Type) {
        return super::class::get_dict(vm, value);
    }
    match vm.attribute_dict(value) {
        Some(dict) => Ok(dict.into_value()),
        None => Err(vm.no_attribute(value, &vm.names.dict.clone())),
    }
}

fn set_dict(vm: &mut Vm, value: &Value, dict: Value) -> NativeResult {
    if value.is_kind(Kind::Type) {
        return Err(vm.attribute_error("attribute '__dict__' of 'type' objects is not writable"));
    }
    if dict.is_undef() {
        if let Some(instance) = value.get::<Instance>() {
            instance.set_dict(Dict::empty());
            return Ok(Value::NONE);
        }
        return Err(vm.type_error("cannot delete __dict__"));
    }
    // Of a subclass of `dict` the dict inside it is taken, so that its methods see the attributes and the other way round.
    let own = dict.payload().to_ref::<Dict>();
    if let (Some(exception), Some(own)) = (value.get::<Exception>(), &own) {
        exception.dict.set(own.value());
        return Ok(Value::NONE);
    }
    match (value.get::<Instance>(), own) {
        (Some(instance), Some(dict)) => {
            instance.set_dict(dict);
            Ok(Value::NONE)
        }
        (Some(_), None) => {
            let message = format!("__dict__ must be set to a dictionary, not a '{}'", vm.type_name(&dict));
            Err(vm.type_error(message))
        }
        _ => {
            let name = vm.type_name(value);
            Err(vm.attribute_error(format!("attribute '__dict__' of '{name}' objects is not writable")))
        }
    }
}

/// Sort a list of strings by their text.
pub fn sort_names(names: &mut [Value]) {
    names.sort_by(|a, b| match (a.get::<Str>(), b.get::<Str>()) {
        (Some(a), Some(b)) => a.as_bytes().cmp(b.as_bytes()),
        _ => std::cmp::Ordering::Equal,
    });
}

/// The items of a list value.
pub fn list_items(value: &Value) -> Vec<Value> {
    value.get::<List>().map_or_else(Vec::new, |list| list.to_vec())
}
