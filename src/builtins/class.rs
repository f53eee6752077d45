//! `type`: what classes can do, and what a program can ask of them.

mod bases;
pub mod layout;
mod making;

use super::{getsets, install_functions, install_getsets, install_methods, install_static, natives};
use crate::object::class::{Type, TypeFlags};
use crate::object::dict::MappingProxy;
use crate::object::{Dict, Function, Instance, Kind, Ref, Str, Tuple, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        "__init__(self, /, *args, **kwargs)" => init;
        "__call__(self, /, *args, **kwargs)" => call;
        "mro(self, /)" => mro;
        "__subclasses__(self, /)" => subclasses;
        "__instancecheck__(self, instance, /)" => instancecheck;
        "__subclasscheck__(self, subclass, /)" => subclasscheck;
        "__repr__(self, /)" => repr;
        "__or__(self, value, /)" => or;
        "__ror__(self, value, /)" => ror;
        "__dir__(self, /)" => dir;
        "__setattr__(self, name, value, /)" => setattr;
        "__delattr__(self, name, /)" => delattr;
    }
    STATIC {
        "__new__(cls, /, *args, **kwds)" => making::new;
    }
    CLASS {
        "__prepare__(cls, /, *args, **kwds)" => prepare;
    }
    FUNCTIONS {
        "__build_class__(func, name, /, *bases, **kwds)" => build_class;
    }
    PRELUDE {
        "_winner(metaclass, bases, /)" => bases::winner;
        "_make_class(metaclass, name, bases, namespace, keywords, slots, /)" => making::make;
        "_set_mro(cls, classes, /)" => bases::set_mro;
        "_as_builtin(cls, final=True, /)" => as_builtin;
        "_run_body(func, namespace, /)" => run_body;
    }
}

getsets! {
    ATTRIBUTES {
        "__name__" => get_name, set_name;
        "__qualname__" => get_qualname, set_qualname;
        "__module__" => get_module, set_module;
        "__bases__" => get_bases, bases::set_bases;
        "__base__" => get_base, super::read_only;
        "__mro__" => get_mro;
        "__dict__" => get_dict;
        "__doc__" => get_doc, set_doc;
        "__annotations__" => get_annotations, set_annotations;
        "__annotate__" => get_annotate, set_annotate;
        "__abstractmethods__" => get_abstract, set_abstract;
        "__flags__" => get_flags;
        "__text_signature__" => get_text_signature;
        "__type_params__" => get_type_params, set_type_params;
    }
}

/// Fill `type`.
pub fn install(vm: &mut Vm) {
    let class = vm.types.type_.clone();
    install_methods(&class, METHODS);
    install_static(&class, STATIC);
    super::install_class_methods(&class, CLASS);
    install_getsets(&class, ATTRIBUTES);
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn the_class(vm: &mut Vm, value: &Value) -> Result<Ref<Type>, Exit> {
    value.to_ref::<Type>().ok_or_else(|| vm.type_error("a class was expected"))
}

fn call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // `type.__call__(cls, ...)` said explicitly, or through `super()` of a metaclass.
    let class = args[0].clone();
    let kwargs = args.last().cloned().unwrap_or(Value::NONE);
    let positional = Value::tuple(args[1..args.len() - 1].to_vec());
    vm.tail_prelude("call_class", vec![class, positional, kwargs])
}

/// Everything was done by `__new__`.
fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args.len() - 2 {
        1 | 3 => Ok(Value::NONE),
        _ => Err(vm.type_error("type.__init__() takes 1 or 3 arguments")),
    }
}

fn mro(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    let classes = class.mro.borrow().iter().map(|class| class.value()).collect();
    Ok(Value::list(classes))
}

fn subclasses(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    Ok(Value::list(class.subclasses().into_iter().map(Ref::into_value).collect()))
}

fn instancecheck(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    if !vm.is_instance(&args[1], &class) && says_its_class(vm, &args[1]) {
        return vm.tail_prelude("instance_by_class", vec![args[1].clone(), args[0].clone()]);
    }
    Ok(Value::bool(vm.is_instance(&args[1], &class)))
}

fn subclasscheck(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    match args[1].get::<Type>() {
        Some(sub) => Ok(Value::bool(sub.is_subclass(&class))),
        None => vm.tail_prelude("issubclass_by_bases", vec![args[1].clone(), args[0].clone()]),
    }
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    Ok(Value::str(format!("<class '{}'>", super::repr::class_name(&class))))
}

fn or(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("make_union", vec![args[0].clone(), args[1].clone()])
}

fn ror(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("make_union", vec![args[1].clone(), args[0].clone()])
}

fn dir(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !super::object::tells_names(vm, &args[0]) {
        return vm.tail_prelude("class_dir", vec![args[0].clone()]);
    }
    Ok(Value::list(super::object::names_of(vm, &args[0])))
}

fn setattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::object::set_attribute(vm, &args[0], &args[1], args[2].clone())
}

fn delattr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::object::set_attribute(vm, &args[0], &args[1], Value::UNDEF)
}

fn prepare(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::object(Dict::empty()))
}

fn build_class(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let kwds = args.last().cloned().unwrap_or(Value::NONE);
    let bases = Value::tuple(args[2..args.len() - 1].to_vec());
    vm.tail_prelude("build_class", vec![args[0].clone(), args[1].clone(), bases, kwds])
}

fn run_body(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_call(args[0].clone(), vec![args[1].clone()])
}

/// From here on the class is what one written in Rust is: its attributes cannot be set, messages name it with its module,
/// and, if it is `final`, none can be derived from it. For classes of our own modules that CPython writes in C.
fn as_builtin(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = the_class(vm, &args[0])?;
    let mut flags = TypeFlags(class.flags().0 & !TypeFlags::HEAP.0);
    if arg(args, 1).is_none_or(|last| last.is(&Value::TRUE)) {
        flags = flags.with(TypeFlags::FINAL);
    }
    class.set_flags(flags);
    class.invalidate();
    Ok(args[0].clone())
}

fn get_name(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_class(vm, value)?.name.get())
}

/// The class whose attribute `what` is to be set to `new`, or deleted, if that may be.
fn changeable(vm: &mut Vm, value: &Value, new: &Value, what: &str) -> Result<Ref<Type>, Exit> {
    let class = the_class(vm, value)?;
    let action = match (class.flags().has(TypeFlags::HEAP), new.is_undef()) {
        (false, _) => "set",
        (true, true) => "delete",
        (true, false) => return Ok(class),
    };
    let message = format!("cannot {action} '{what}' attribute of immutable type '{}'", vm.shown_class(&class));
    Err(vm.type_error(message))
}

fn set_text(vm: &mut Vm, value: &Value, text: Value, what: &str) -> Result<Ref<Type>, Exit> {
    let class = changeable(vm, value, &text, what)?;
    let Some(new) = text.native::<Str>() else {
        let message = format!("can only assign string to {}.{what}, not '{}'", class.name(), vm.type_name(&text));
        return Err(vm.type_error(message));
    };
    if what == "__name__" && new.as_bytes().contains(&0) {
        return Err(vm.value_error("type name must not contain null characters"));
    }
    Ok(class)
}

fn set_name(vm: &mut Vm, value: &Value, text: Value) -> NativeResult {
    set_text(vm, value, text.clone(), "__name__")?.name.set(text);
    Ok(Value::NONE)
}

fn get_qualname(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(the_class(vm, value)?.qualname.get())
}

fn set_qualname(vm: &mut Vm, value: &Value, text: Value) -> NativeResult {
    set_text(vm, value, text.clone(), "__qualname__")?.qualname.set(text);
    Ok(Value::NONE)
}

fn get_module(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    // In `type` itself stands what computes the attribute for other classes.
    let own = class.dict.get_str(&vm.names.module).filter(|module| !module.is_kind(Kind::GetSet));
    Ok(own.unwrap_or_else(|| Value::str("builtins")))
}

fn set_module(vm: &mut Vm, value: &Value, module: Value) -> NativeResult {
    let class = changeable(vm, value, &module, "__module__")?;
    class.set_attr(&vm.names.module.clone(), module);
    // The line belongs to the module in which the class was defined.
    class.dict.remove_str(&intern(b"__firstlineno__"));
    Ok(Value::NONE)
}

fn get_bases(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let bases = class.bases.borrow().iter().map(|base| base.value()).collect();
    Ok(Value::tuple(bases))
}

fn get_base(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(layout::base_of(&class).map_or(Value::NONE, Ref::into_value))
}

fn get_mro(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let mro = class.mro.borrow().iter().map(|class| class.value()).collect();
    Ok(Value::tuple(mro))
}

/// `C.__dict__`
pub fn get_dict(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(Value::object(Ref::new(MappingProxy { mapping: class.dict.value() })))
}

fn get_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    match class.dict.get_str(&vm.names.doc).filter(|doc| !doc.is_kind(Kind::GetSet)) {
        Some(doc) => vm.bind_to_class(&doc, &class),
        // That of its instances stands in its place.
        None if !class.flags().has(TypeFlags::HEAP) => {
            Ok(super::documentation::of(&class.name()).map_or(Value::NONE, Value::str))
        }
        None => Ok(Value::NONE),
    }
}

fn set_doc(vm: &mut Vm, value: &Value, doc: Value) -> NativeResult {
    let class = changeable(vm, value, &doc, "__doc__")?;
    class.set_attr(&vm.names.doc.clone(), doc);
    Ok(Value::NONE)
}

/// Where a class keeps the annotations that were computed.
const ANNOTATIONS_CACHE: &[u8] = b"__annotations_cache__";
/// Where the compiler leaves the function that computes them.
const ANNOTATE: &[u8] = b"__annotate_func__";

fn get_annotations(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let name = vm.names.annotations.clone();
    if !class.flags().has(TypeFlags::HEAP) {
        return Err(vm.no_attribute(value, &name));
    }
    if let Some(known) = class.dict.get_str(&name).or_else(|| class.dict.get_str(&intern(ANNOTATIONS_CACHE))) {
        return Ok(known);
    }
    let annotate = get_annotate(vm, value)?;
    if annotate.is_none() {
        let empty = Value::object(Dict::empty());
        class.dict.set_str(&intern(ANNOTATIONS_CACHE), empty.clone());
        return Ok(empty);
    }
    vm.tail_prelude("annotations_of", vec![value.clone(), annotate])
}

fn set_annotations(vm: &mut Vm, value: &Value, annotations: Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let name = vm.names.annotations.clone();
    if !class.flags().has(TypeFlags::HEAP) {
        let message = format!("cannot set '__annotations__' attribute of immutable type '{}'", class.name());
        return Err(vm.type_error(message));
    }
    // A class body that stored them itself keeps them under their name.
    let own = class.dict.get_str(&name).is_some();
    let place = if own { name } else { intern(ANNOTATIONS_CACHE) };
    if annotations.is_undef() {
        if class.dict.remove_str(&place).is_none() {
            return Err(vm.attribute_error("__annotations__"));
        }
    } else {
        class.dict.set_str(&place, annotations);
    }
    class.dict.set_str(&intern(ANNOTATE), Value::NONE);
    class.dict.remove_str(&vm.names.annotate.clone());
    Ok(Value::NONE)
}

fn get_annotate(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    if !class.flags().has(TypeFlags::HEAP) {
        return Err(vm.no_attribute(value, &vm.names.annotate.clone()));
    }
    let left = class.dict.get_str(&intern(ANNOTATE));
    if let Some(annotate) = left.or_else(|| class.dict.get_str(&vm.names.annotate)) {
        return Ok(annotate);
    }
    // That there is none is kept where one would be, which `dir` shows.
    class.dict.set_str(&intern(ANNOTATE), Value::NONE);
    Ok(Value::NONE)
}

fn set_annotate(vm: &mut Vm, value: &Value, annotate: Value) -> NativeResult {
    let class = the_class(vm, value)?;
    if !class.flags().has(TypeFlags::HEAP) {
        let message = format!("cannot set '__annotate__' attribute of immutable type '{}'", class.name());
        return Err(vm.type_error(message));
    }
    if annotate.is_undef() {
        return Err(vm.type_error("cannot delete __annotate__ attribute"));
    }
    if !annotate.is_none() && !vm.is_callable(&annotate) {
        return Err(vm.type_error("__annotate__ must be callable or None"));
    }
    if !annotate.is_none() {
        class.dict.remove_str(&intern(ANNOTATIONS_CACHE));
    }
    class.dict.set_str(&intern(ANNOTATE), annotate);
    Ok(Value::NONE)
}

fn get_abstract(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let name = intern(b"__abstractmethods__");
    match class.dict.get_str(&name).filter(|names| !names.is_kind(Kind::GetSet)) {
        Some(names) => Ok(names),
        None => Err(vm.attribute_error("__abstractmethods__")),
    }
}

fn set_abstract(vm: &mut Vm, value: &Value, names: Value) -> NativeResult {
    let class = changeable(vm, value, &Value::NONE, "__abstractmethods__")?;
    let name = intern(b"__abstractmethods__");
    if !names.is_undef() {
        class.set_attr(&name, names);
    } else if class.dict.remove_str(&name).is_some() {
        class.invalidate();
    } else {
        return Err(vm.attribute_error("__abstractmethods__"));
    }
    Ok(Value::NONE)
}

/// The flags that C code and a few Python programs ask a class for, numbered as in CPython's `object.h`.
fn numbered(class: &Ref<Type>) -> i64 {
    let flags = class.flags();
    let heap = flags.has(TypeFlags::HEAP);
    let kind = match class.layout.get() {
        Some(Kind::BigInt) => 24,
        Some(Kind::List) => 25,
        Some(Kind::Tuple) => 26,
        Some(Kind::Bytes) => 27,
        Some(Kind::Str) => 28,
        Some(Kind::Dict) => 29,
        _ if flags.has(TypeFlags::EXCEPTION) => 30,
        _ if flags.has(TypeFlags::METACLASS) => 31,
        _ => 0,
    };
    let names = class.dict.get_str(&intern(b"__abstractmethods__"));
    let is_abstract =
        names.is_some_and(|names| names.get::<crate::object::Set>().is_some_and(|names| !names.is_empty()));
    let bits = [
        (class.pattern().has(TypeFlags::SEQUENCE), 5),
        (class.pattern().has(TypeFlags::MAPPING), 6),
        (!heap, 8),
        (heap, 9),
        (!flags.has(TypeFlags::FINAL), 10),
        (true, 12),
        (is_abstract, 20),
        (kind != 0, kind),
    ];
    bits.iter().filter(|(set, _)| *set).fold(0, |all, (_, bit)| all | 1 << bit)
}

fn get_flags(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    Ok(Value::int(numbered(&class)))
}

/// What calling a builtin class takes, where that can be said in one signature.
const SIGNATURES: &[(&str, &str)] = &[
    ("bool", "(object=False, /)"),
    ("classmethod", "(function, /)"),
    ("complex", "(real=0, imag=0)"),
    ("enumerate", "(iterable, start=0)"),
    ("Future", "(*, loop=None)"),
    ("Handle", "(callback, args, loop, context=None)"),
    ("Task", "(coro, *, loop=None, name=None, context=None, eager_start=False)"),
    ("TimerHandle", "(when, callback, args, loop, context=None)"),
    ("filter", "(function, iterable, /)"),
    ("float", "(x=0, /)"),
    ("frozenset", "(iterable=(), /)"),
    ("list", "(iterable=(), /)"),
    ("lock", "()"),
    ("map", "(function, iterable, /, *iterables, strict=False)"),
    ("memoryview", "(object)"),
    ("object", "()"),
    ("partial", "(func, /, *args, **keywords)"),
    ("property", "(fget=None, fset=None, fdel=None, doc=None)"),
    ("reversed", "(sequence, /)"),
    ("set", "(iterable=(), /)"),
    ("staticmethod", "(function, /)"),
    ("tuple", "(iterable=(), /)"),
    ("zip", "(*iterables, strict=False)"),
];

fn get_text_signature(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let builtin = !class.flags().has(TypeFlags::HEAP);
    let found = SIGNATURES.iter().find(|(name, _)| builtin && *name == &*class.name());
    Ok(found.map_or(Value::NONE, |(_, signature)| Value::str(signature)))
}

fn get_type_params(vm: &mut Vm, value: &Value) -> NativeResult {
    let class = the_class(vm, value)?;
    let own = class.dict.get_str(&intern(b"__type_params__")).filter(|params| !params.is_kind(Kind::GetSet));
    Ok(own.unwrap_or_else(|| Value::tuple(Vec::new())))
}

fn set_type_params(vm: &mut Vm, value: &Value, params: Value) -> NativeResult {
    let class = changeable(vm, value, &params, "__type_params__")?;
    class.dict.set_str(&intern(b"__type_params__"), params);
    Ok(Value::NONE)
}

/// May the `__class__` of an object be another than its class?
fn says_its_class(vm: &mut Vm, value: &Value) -> bool {
    if !value.is_kind(Kind::Instance) {
        return false;
    }
    let class = vm.class_of(value);
    let own = vm.types.object.dict.get_str(&vm.names.class);
    class.flags().has(TypeFlags::GETATTRIBUTE)
        || class.lookup(&vm.names.class).zip(own).is_some_and(|(found, own)| !found.is(&own))
}

/// `isinstance(value, class)` as far as it needs no Python code: `None` when an `__instancecheck__` must be asked.
pub fn is_instance(vm: &mut Vm, value: &Value, class: &Value) -> Result<Option<bool>, Exit> {
    if let Some(plain) = class.to_ref::<Type>() {
        let custom = plain.metaclass().and_then(|meta| meta.lookup(&vm.names.instancecheck));
        if custom.is_some_and(|method| method.is_kind(Kind::Function)) && !vm.class_of(value).is(&plain) {
            return Ok(None);
        }
        let known = vm.is_instance(value, &plain);
        return Ok(if !known && says_its_class(vm, value) { None } else { Some(known) });
    }
    if let Some(tuple) = class.native::<Tuple>() {
        if vm.native_stack_is_short() {
            return Err(vm.recursion_error("maximum recursion depth exceeded in __instancecheck__"));
        }
        for class in tuple.items() {
            match is_instance(vm, value, class)? {
                Some(false) => {}
                other => return Ok(other),
            }
        }
        return Ok(Some(false));
    }
    // What is no class may have a method for this, or bases.
    if class.is_object() {
        return Ok(None);
    }
    Err(vm.type_error("isinstance() arg 2 must be a type, a tuple of types, or a union"))
}

/// Is the value an instance that keeps attributes?
pub fn keeps_attributes(value: &Value) -> bool {
    value.get::<Instance>().is_some() || value.get::<Function>().is_some()
}
