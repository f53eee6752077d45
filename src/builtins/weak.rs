//! Weak references: the class `weakref.ReferenceType`, and which objects can be referred to weakly.

use super::{
    getsets, install_class_methods, install_functions, install_getsets, install_methods, install_static, natives,
};
use crate::object::class::{Type, TypeFlags};
use crate::object::equality::{self, Answer};
use crate::object::identity;
use crate::object::{Dict, Kind, Ref, Str, Value, WeakRef, intern};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        "__init__(self, ob, callback=None, /)" => init;
        "__call__(self, /)" => call;
        "__repr__(self, /)" => repr;
        "__hash__(self, /)" => hash;
        "__eq__(self, value, /)" => eq;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    PRELUDE {
        "_set_weak_hash(weak, hash, /)" => set_hash;
        "_take_callback(weak, /)" => take_callback;
    }
}

getsets! {
    ATTRIBUTES {
        "__callback__" => callback;
    }
    WEAK {
        "__weakref__" => first;
    }
}

/// Under this name the machine keeps the class.
const CLASS: &str = "weakref.ReferenceType";
/// And under this one the class of the references by which proxies know what they stand for.
const LINK: &str = "weakref.ProxyLink";

/// Make the class, and say which builtin classes have instances that can be referred to weakly.
pub fn install(vm: &mut Vm) {
    let object = vm.types.object.clone();
    let ancestors = object.mro.borrow().clone();
    let class = Type::new("ReferenceType", vec![object], ancestors, TypeFlags::default());
    class.layout.set(Some(Kind::WeakRef));
    class.dict.set_str(&intern(b"__module__"), Value::str("weakref"));
    install_methods(&class, METHODS);
    install_static(&class, NEW);
    install_class_methods(&class, CLASS_METHODS);
    install_getsets(&class, ATTRIBUTES);
    let mut ancestors = vec![class.clone()];
    ancestors.extend(class.mro.borrow().iter().cloned());
    let link = Type::new("ProxyLink", vec![class.clone()], ancestors, TypeFlags::default());
    link.layout.set(Some(Kind::WeakRef));
    vm.state.insert(LINK, link.into_value());
    vm.state.insert(CLASS, class.into_value());
    let t = &vm.types;
    for class in [
        &t.function,
        &t.method,
        &t.builtin,
        &t.type_,
        &t.module,
        &t.code,
        &t.set,
        &t.frozenset,
        &t.memoryview,
        &t.generator,
        &t.coroutine,
        &t.async_generator,
    ] {
        class.set_flags(class.flags().with(TypeFlags::WEAK));
    }
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// `weakref.ReferenceType`
pub fn class(vm: &Vm) -> Ref<Type> {
    let class = vm.state.get(CLASS).and_then(|class| class.to_ref::<Type>());
    class.unwrap_or_else(|| vm.types.object.clone())
}

fn link_class(vm: &Vm) -> Ref<Type> {
    let class = vm.state.get(LINK).and_then(|class| class.to_ref::<Type>());
    class.unwrap_or_else(|| vm.types.object.clone())
}

/// The reference by which `proxy` knows `referent`; it knows the proxy, too, and keeps neither alive.
pub fn link(vm: &mut Vm, referent: &Value, callback: Value, proxy: &Value) -> NativeResult {
    referable(vm, referent)?;
    let class = link_class(vm);
    let made = WeakRef::of(&class, referent, callback);
    made.dict.set(WeakRef::of(&class, proxy, Value::NONE).into_value());
    Ok(made.into_value())
}

/// The proxy that knows its referent by `weak`, if it is one's.
pub fn proxy_of(weak: &WeakRef) -> Option<Value> {
    weak.dict.get().get::<WeakRef>()?.referent()
}

/// The references to `referent` and the proxies for it, as programs are shown them: those without a callback come first.
pub fn all(vm: &Vm, referent: &Value) -> Vec<Value> {
    let class = class(vm);
    let known = if referent.is_object() { WeakRef::all(referent) } else { Vec::new() };
    let mut ranked: Vec<(u8, Value)> = known
        .into_iter()
        .rev()
        .filter_map(|weak| {
            let (plain, is_ref) = (weak.callback.is_none(), weak.class.is(&class));
            let shown = match proxy_of(&weak) {
                Some(proxy) => proxy,
                None if weak.class.is(&link_class(vm)) => return None,
                None => weak.into_value(),
            };
            let is_proxy = !shown.is_kind(Kind::WeakRef);
            let rank = if plain && is_ref { 0 } else { 2 - (plain && is_proxy) as u8 };
            Some((rank, shown))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    ranked.into_iter().map(|(_, shown)| shown).collect()
}

/// Give the instances of `class` the attribute `__weakref__`.
pub fn weak_attribute(class: &Ref<Type>) {
    install_getsets(class, WEAK);
}

fn the_reference(vm: &Vm, value: &Value) -> Result<Ref<WeakRef>, Exit> {
    value.to_ref::<WeakRef>().ok_or_else(|| vm.type_error("a weak reference was expected"))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("__new__() wants a class")) };
    if !class.is_subclass(&self::class(vm)) {
        let name = vm.shown_class(&class);
        let message = format!("ReferenceType.__new__({name}): {name} is not a subtype of weakref.ReferenceType");
        return Err(vm.type_error(message));
    }
    let heap = class.flags().has(TypeFlags::HEAP);
    let given = &args[1..args.len() - 1];
    let keywords = args.last().and_then(|keywords| keywords.get::<Dict>());
    if !heap && keywords.is_some_and(|keywords| !keywords.is_empty()) {
        return Err(vm.type_error("ReferenceType() takes no keyword arguments"));
    }
    // What a subclass takes beyond these is for its `__init__`.
    let most = if heap { usize::MAX } else { 2 };
    let Some(referent) = given.first() else {
        return Err(vm.type_error("__new__ expected at least 1 argument, got 0"));
    };
    if given.len() > most {
        return Err(vm.type_error(format!("__new__ expected at most 2 arguments, got {}", given.len())));
    }
    referable(vm, referent)?;
    let callback = given.get(1).filter(|callback| !callback.is_none());
    if callback.is_none() && !heap {
        // References without a callback cannot be told apart, so one is enough.
        if let Some(known) = plain(vm, referent) {
            return Ok(known.into_value());
        }
    }
    Ok(WeakRef::of(&class, referent, callback.cloned().unwrap_or(Value::NONE)).into_value())
}

/// Is it an object that can be referred to weakly?
fn referable(vm: &Vm, referent: &Value) -> Result<(), Exit> {
    if referent.is_object() && vm.class_of(referent).flags().has(TypeFlags::WEAK) {
        return Ok(());
    }
    let got = vm.type_name(referent);
    Err(vm.type_error(format!("cannot create weak reference to '{got}' object")))
}

/// The reference to `referent` that has neither a callback nor a class of its own, if there is one.
fn plain(vm: &Vm, referent: &Value) -> Option<Ref<WeakRef>> {
    let class = class(vm);
    WeakRef::all(referent).into_iter().find(|weak| weak.callback.is_none() && weak.class.is(&class))
}

fn init(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NONE)
}

fn call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(the_reference(vm, &args[0])?.referent().unwrap_or(Value::NONE))
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let weak = the_reference(vm, &args[0])?;
    Ok(Value::str(shown(vm, &args[0], &weak)))
}

/// What is shown of a weak reference.
pub fn shown(vm: &mut Vm, value: &Value, weak: &WeakRef) -> String {
    let at = identity(value);
    let Some(referent) = weak.referent() else { return format!("<weakref at {at:#x}; dead>") };
    let (class, there) = (vm.type_name(&referent), identity(&referent));
    let named = match vm.load_attr(&referent, &vm.names.name.clone()) {
        Ok(name) => name.get::<Str>().map(|name| format!(" ({})", name.to_string_lossy())),
        Err(_) => None,
    };
    format!("<weakref at {at:#x}; to '{class}' at {there:#x}{}>", named.unwrap_or_default())
}

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let weak = the_reference(vm, &args[0])?;
    if let Some(hash) = weak.hash.get() {
        return Ok(Value::int(hash));
    }
    match weak.referent() {
        Some(referent) => vm.tail_prelude("weak_hash", vec![args[0].clone(), referent]),
        None => Err(vm.type_error("weak object has gone away")),
    }
}

fn set_hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let hash = vm.index_arg(args, 1)?;
    the_reference(vm, &args[0])?.hash.set(Some(hash));
    Ok(args[1].clone())
}

/// The callback of a reference whose object is gone, for the last time, and what it is to be given: the reference, or the
/// proxy that knew its object by it.
fn take_callback(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let weak = the_reference(vm, &args[0])?;
    let shown = match proxy_of(&weak) {
        Some(proxy) => proxy,
        None if weak.class.is(&link_class(vm)) => Value::NONE,
        None => args[0].clone(),
    };
    Ok(Value::tuple(vec![weak.callback.replace(Value::NONE), shown]))
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(other) = args[1].to_ref::<WeakRef>() else { return Ok(Value::NOT_IMPLEMENTED) };
    match (the_reference(vm, &args[0])?.referent(), other.referent()) {
        (Some(mine), Some(yours)) => match equality::equal(&mine, &yours) {
            Answer::Yes => Ok(Value::TRUE),
            Answer::No => Ok(Value::FALSE),
            _ => vm.tail_prelude("weak_equal", vec![mine, yours]),
        },
        _ => Ok(Value::bool(args[0].is(&args[1]))),
    }
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::forwarded::alias_of(vm, &args[0], &args[1])
}

fn callback(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_reference(vm, value)?.callback.get())
}

fn first(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(all(vm, value).into_iter().next().unwrap_or(Value::NONE))
}
