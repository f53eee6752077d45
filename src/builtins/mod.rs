//! What Python sees of the values: for each builtin class a table of methods and the plain functions behind it.
//!
//! A file here opens with its tables, which read like a page of contents; [`natives!`] and [`getsets!`] make them. The row
//! is the signature: arity, keywords, defaults and the texts of `TypeError` come from it. A native never calls Python
//! (law 1); what must call back is a function of `prelude/*.py`, reached by `Vm::tail_prelude`. [`install`] fills the
//! classes and the namespace of the module `builtins`.

mod adaptor_state;
mod anext_awaitable;
pub mod bytes;
pub mod class;
mod code_tables;
pub mod compare;
pub mod conversions;
pub mod coroutine_wrapper;
pub mod descriptor;
pub mod dict;
mod documentation;
pub mod dubious;
pub mod evaluation;
pub mod exception;
pub mod finalizers;
pub mod float;
mod fork;
pub mod format;
pub mod forwarded;
pub mod frame;
pub mod function;
pub mod functions;
pub mod generator;
pub mod imports;
pub mod int;
pub mod io;
pub mod items;
pub mod iterator_state;
pub mod iterators;
pub mod list;
pub mod memoryview;
pub mod number;
pub mod object;
pub mod order;
pub mod pattern;
pub mod percent;
mod quick;
pub mod range;
pub mod reflection;
pub mod repr;
pub mod set;
pub mod site;
pub mod slice;
pub mod sort;
pub mod string;
pub mod text;
pub mod traceback;
pub mod tuple;
pub mod weak;

use crate::object::descriptor::{ClassMethod, GetSet, Getter, Setter, StaticMethod};
use crate::object::native::NativeDef;
use crate::object::slot::Slot;
use crate::object::{Dict, Instance, Kind, NativeFunction, Ref, Type, TypeFlags, Value, intern};
use crate::vm::{Exit, NativeResult, Vm};

/// A table of natives: `"signature" => function;` rows, each under its doc comment.
macro_rules! natives {
    (@quick) => { None };
    (@quick $quick:path) => { Some($quick) };
    ( $( $(#[$meta:meta])* $vis:vis $table:ident { $( $(#[doc = $doc:literal])* $signature:literal => $function:path $(, $quick:path)?; )* } )* ) => {
        $( $(#[$meta])* $vis static $table: &[$crate::object::native::NativeDef] = &[ $(
            $crate::object::native::NativeDef {
                signature: $signature,
                call: $function,
                doc: concat!("", $( $doc, "\n" ),*),
                quick: natives!(@quick $($quick)?),
            }
        ),* ]; )*
    };
}
pub(crate) use natives;

/// One attribute computed in Rust.
pub struct GetSetDef {
    /// Its name.
    pub name: &'static str,
    /// What is said of it; empty if nothing is.
    pub doc: &'static str,
    /// Reads it.
    pub get: Getter,
    /// Writes it (or deletes it, when given [`Value::UNDEF`]), if it can be written.
    pub set: Option<Setter>,
}

/// A table of attributes: `"name" => getter;` or `"name" => getter, setter;` rows, each with its documentation or without.
macro_rules! getsets {
    (@set) => { None };
    (@set $set:path) => { Some($set) };
    ( $( $vis:vis $table:ident { $( $(#[doc = $doc:literal])? $name:literal => $get:path $(, $set:path)?; )* } )* ) => {
        $( $vis static $table: &[$crate::builtins::GetSetDef] = &[ $(
            $crate::builtins::GetSetDef {
                name: $name,
                doc: concat!($($doc)?),
                get: $get,
                set: getsets!(@set $($set)?),
            }
        ),* ]; )*
    };
}
pub(crate) use getsets;

/// Put methods into a class.
pub fn install_methods(class: &Ref<Type>, table: &'static [NativeDef]) {
    for def in table {
        let method = NativeFunction::new(def, class.value());
        class.dict.set_str(&method.name.clone(), Value::object(method));
    }
}

/// Put static methods (`__new__`, `str.maketrans`) into a class. `__new__` receives the class as first argument.
pub fn install_static(class: &Ref<Type>, table: &'static [NativeDef]) {
    for def in table {
        let native = NativeFunction::new(def, Value::NONE);
        native.home.set(class.value());
        let name = native.name.clone();
        let wrapped = StaticMethod { function: Value::object(native), dict: Slot::default() };
        class.dict.set_str(&name, Value::object(Ref::new(wrapped)));
    }
}

/// Put class methods into a class.
pub fn install_class_methods(class: &Ref<Type>, table: &'static [NativeDef]) {
    for def in table {
        let native = NativeFunction::new(def, Value::NONE);
        native.home.set(class.value());
        let name = native.name.clone();
        let wrapped = ClassMethod { builtin: true, function: Value::object(native), dict: Slot::default() };
        class.dict.set_str(&name, Value::object(Ref::new(wrapped)));
    }
}

/// Put computed attributes into a class.
pub fn install_getsets(class: &Ref<Type>, table: &'static [GetSetDef]) {
    for def in table {
        let name = intern(def.name.as_bytes());
        let getset =
            GetSet { name: name.clone(), doc: def.doc.trim(), owner: class.clone(), get: def.get, set: def.set };
        class.dict.set_str(&name, Value::object(Ref::new(getset)));
    }
}

/// The setter of an attribute that stands in the object as it is, but cannot be set.
pub fn read_only(vm: &mut Vm, _: &Value, _: Value) -> NativeResult {
    Err(vm.attribute_error("readonly attribute"))
}

/// Is it a static method written in Rust (`__new__` of a builtin class)?
pub fn is_native_static(method: &Value) -> bool {
    method.get::<StaticMethod>().is_some_and(|wrapped| wrapped.function.is_kind(Kind::Native))
}

/// Put functions into a namespace.
pub fn install_functions(namespace: &Ref<Dict>, module: &str, table: &'static [NativeDef]) {
    let module = Value::object(intern(module.as_bytes()));
    for def in table {
        let native = NativeFunction::new(def, Value::NONE);
        native.module.set(module.clone());
        namespace.set_str(&native.name.clone(), Value::object(native));
    }
}

/// What `__new__` of a builtin class gives: `payload` itself for the class, wrapped for a Python subclass; `TypeError` for
/// anything else.
pub fn make_instance(vm: &Vm, builtin: &Ref<Type>, class: &Value, payload: Value) -> NativeResult {
    match subclass_made(vm, builtin, class)? {
        None => Ok(payload),
        Some(class) => Ok(Value::object(Instance::wrapping(&class, payload))),
    }
}

/// The class whose instances `__new__` of a builtin class is asked for; `None` if it is that class itself. `TypeError` if
/// it is neither that nor a class of the program that derives from it.
pub fn subclass_made(vm: &Vm, builtin: &Ref<Type>, class: &Value) -> Result<Option<Ref<Type>>, Exit> {
    if class.is(&builtin.value()) {
        return Ok(None);
    }
    let made = builtin.name();
    let Some(class) = class.to_ref::<Type>() else {
        let got = vm.type_name(class);
        return Err(vm.type_error(format!("{made}.__new__(X): X is not a type object ({got})")));
    };
    let name = class.name();
    if !class.is_subclass(builtin) {
        return Err(vm.type_error(format!("{made}.__new__({name}): {name} is not a subtype of {made}")));
    }
    if !class.flags().has(TypeFlags::HEAP) {
        return Err(vm.type_error(format!("{made}.__new__({name}) is not safe, use {name}.__new__()")));
    }
    Ok(Some(class))
}

/// The documentation of a class is its own: not that of its ancestors.
fn document(class: &Ref<Type>) {
    let doc = intern(b"__doc__");
    for class in class.subclasses() {
        if class.dict.get_str(&doc).is_none() {
            class.dict.set_str(&doc, documentation::of(&class.name()).map_or(Value::NONE, Value::str));
        }
        document(&class);
    }
}

/// Fill the builtin classes and the module `builtins`.
pub fn install(vm: &mut Vm) {
    bytes::install(vm);
    class::install(vm);
    conversions::install(vm);
    coroutine_wrapper::install(vm);
    anext_awaitable::install(vm);
    descriptor::install(vm);
    dict::install(vm);
    evaluation::install(vm);
    exception::install(vm);
    finalizers::install(vm);
    fork::install(vm);
    float::install(vm);
    format::install(vm);
    forwarded::install(vm);
    frame::install(vm);
    function::install(vm);
    functions::install(vm);
    generator::install(vm);
    imports::install(vm);
    int::install(vm);
    io::install(vm);
    iterators::install(vm);
    list::install(vm);
    memoryview::install(vm);
    object::install(vm);
    pattern::install(vm);
    percent::install(vm);
    range::install(vm);
    reflection::install(vm);
    repr::install(vm);
    set::install(vm);
    site::install(vm);
    slice::install(vm);
    sort::install(vm);
    string::install(vm);
    tuple::install(vm);
    weak::install(vm);
    let t = &vm.types;
    for class in [
        &t.enumerate,
        &t.generator,
        &t.coroutine,
        &t.async_generator,
        &t.staticmethod,
        &t.classmethod,
        &t.mappingproxy,
        &t.base_exception_group,
    ] {
        install_class_methods(class, order::GENERIC);
    }
    document(&vm.types.object);
    vm.hooks.format_value = format::format_value;
    vm.hooks.repr = repr::native_repr;
    vm.hooks.get_item = items::get_item;
    vm.hooks.set_item = items::set_item;
    vm.hooks.del_item = items::del_item;
    vm.hooks.contains = items::contains;
    vm.hooks.is_beyond = order::is_beyond;
    vm.hooks.length = items::length;
}
