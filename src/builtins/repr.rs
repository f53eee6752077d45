//! `repr`, `str` and `hash` of any value, as far as they need no Python code, and the methods behind them.
//!
//! [`write`] shows plain data at any nesting. Where it meets a `__repr__` written in Python it gives up with `false`; then
//! the prelude's `repr_of` and `repr_in_python` show the value item by item. Which containers are being shown, by either
//! way, stands in a list that the machine keeps: from it come the `[...]` of a list inside itself and the bound on nesting.

use super::natives;
use super::text::{int_ref, special, string};
use crate::object::WeakRef;
use crate::object::descriptor::{ClassMethod, Field, GetSet, Member, StaticMethod, Super};
use crate::object::dict::{DictView, MappingProxy, ViewKind};
use crate::object::float::Complex;
use crate::object::function::{Cell, CodeObject, Function};
use crate::object::hashing::{self, Hashed};
use crate::object::identity;
use crate::object::iter::{Iter, IterState};
use crate::object::string::ByteArray;
use crate::object::{
    Bytes, Dict, Exception, Generator, Kind, List, Method, Module, NativeFunction, Range, Ref, Set, Slice, Slot, Str,
    Tuple, Type, Value, intern,
};
use crate::text::{complex, escape, float, hash, int};
use crate::vm::{Exit, NativeResult, Question, Vm};

natives! {
    OBJECT {
        /// Return a formatted version of the object.
        "__format__(self, format_spec, /)" => super::format::object_format;
    }
    REPR {
        /// Return repr(self).
        "__repr__(self, /)" => dunder_repr;
    }
    EXCEPTION {
        /// Return repr(self).
        "__repr__(self, /)" => dunder_repr;
    }
    PRELUDE {
        /// Note that a container is being shown; False if it already is.
        "_repr_enter(value, /)" => repr_enter;
        /// A container has been shown.
        "_repr_leave(value, /)" => repr_leave;
        /// What is shown before and after the items of a container, the items, whether they are keys and values, and what
        /// is shown of it inside itself.
        "_repr_parts(value, /)" => repr_parts;
        /// A text with only ASCII characters, the others escaped.
        "_escape_non_ascii(text, /)" => escape_non_ascii;
        /// An int as a hash.
        "_hash_int(number, /)" => hash_int;
    }
}

/// The name under which the machine keeps the list of what is being shown.
const SHOWING: &str = "repr";

/// How deep containers may nest when they are shown.
const MAX_NESTING: usize = 1500;

/// Fill the classes that have no `__repr__` and `__str__` of their own yet.
pub fn install(vm: &mut Vm) {
    let t = &vm.types;
    let object = t.object.clone();
    let shown = [
        &t.type_,
        &t.none,
        &t.not_implemented,
        &t.ellipsis,
        &t.tuple,
        &t.list,
        &t.dict,
        &t.dict_keys,
        &t.dict_values,
        &t.dict_items,
        &t.mappingproxy,
        &t.set,
        &t.frozenset,
        &t.range,
        &t.slice,
        &t.cell,
        &t.code,
        &t.function,
        &t.builtin,
        &t.method_descriptor,
        &t.method,
        &t.staticmethod,
        &t.classmethod,
        &t.getset,
        &t.member,
        &t.super_,
        &t.module,
        &t.generator,
        &t.coroutine,
        &t.async_generator,
    ];
    let shown: Vec<Ref<Type>> = shown.into_iter().cloned().collect();
    let exception = t.base_exception.clone();
    super::install_methods(&object, OBJECT);
    for class in &shown {
        super::install_methods(class, REPR);
    }
    super::install_methods(&exception, EXCEPTION);
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
}

/// `repr(value)`; `None` when Python code must be asked.
pub fn native_repr(vm: &mut Vm, value: &Value) -> Result<Option<Vec<u8>>, Exit> {
    let mut out = Vec::new();
    Ok(write(vm, &mut out, value)?.then_some(out))
}

/// `repr(value)`, whatever it takes.
pub fn repr(vm: &mut Vm, value: &Value) -> NativeResult {
    match native_repr(vm, value)? {
        Some(text) => string(vm, text),
        None => vm.ask(Question::Repr, value),
    }
}

/// `str(value)`; `None` when Python code must be asked.
pub fn native_str(vm: &mut Vm, value: &Value) -> Result<Option<Value>, Exit> {
    if value.is_kind(Kind::Str) {
        return Ok(Some(value.clone()));
    }
    if is_plain(value) {
        return match native_repr(vm, value)? {
            Some(text) => Ok(Some(string(vm, text)?)),
            None => Ok(None),
        };
    }
    match special(vm, value, &vm.names.str_.clone()) {
        Some((_, Some(native))) => {
            let result = (native.call)(vm, std::slice::from_ref(value));
            answer(vm, result)
        }
        Some((_, None)) => Ok(None),
        None => match native_repr(vm, value)? {
            Some(text) => Ok(Some(string(vm, text)?)),
            None => Ok(None),
        },
    }
}

/// `str(value)`, whatever it takes.
pub fn str(vm: &mut Vm, value: &Value) -> NativeResult {
    match native_str(vm, value)? {
        Some(text) => Ok(text),
        None => str_in_python(vm, value),
    }
}

/// `str(value)` by the `__str__` of its class.
pub fn str_in_python(vm: &mut Vm, value: &Value) -> NativeResult {
    vm.ask(Question::Str, value)
}

/// What a native method came to, if it came to a string without Python code.
fn answer(vm: &mut Vm, result: NativeResult) -> Result<Option<Value>, Exit> {
    match result {
        Ok(text) if text.payload().is_kind(Kind::Str) => Ok(Some(text)),
        Ok(other) => {
            let name = vm.type_name(&other);
            Err(vm.type_error(format!("__repr__ returned non-string (type {name})")))
        }
        Err(Exit::Raise(exception)) => Err(Exit::Raise(exception)),
        Err(Exit::Call(_) | Exit::Resume(_) | Exit::Ask(_)) => Ok(None),
    }
}

/// Is the value of a kind whose `repr` no program can change?
fn is_plain(value: &Value) -> bool {
    if let Some(iter) = value.get::<Iter>() {
        // The classes of `itertools` may have a way of their own.
        return !matches!(&*iter.state.borrow(), IterState::Adaptor { .. });
    }
    !matches!(
        value.kind(),
        Some(
            Kind::Instance
                | Kind::Exception
                | Kind::Foreign
                | Kind::Type
                | Kind::Module
                | Kind::Generator
                | Kind::Property
                | Kind::MappingProxy
        )
    )
}

/// Appends `repr(value)`; `false` when Python code must be asked (what was appended is then of no use).
pub fn write(vm: &mut Vm, out: &mut Vec<u8>, value: &Value) -> Result<bool, Exit> {
    if is_plain(value) {
        return write_builtin(vm, out, value);
    }
    match special(vm, value, &vm.names.repr.clone()) {
        Some((_, Some(native))) => {
            // `object.__str__` may stand for `__repr__`, which it asks.
            if vm.native_stack_is_short() {
                return Err(vm.recursion_error("maximum recursion depth exceeded while getting the repr of an object"));
            }
            let result = (native.call)(vm, std::slice::from_ref(value));
            let Some(text) = answer(vm, result)? else { return Ok(false) };
            if let Some(text) = text.native::<Str>() {
                out.extend_from_slice(text.as_bytes());
            }
            Ok(true)
        }
        Some((_, None)) => Ok(false),
        None => write_builtin(vm, out, value),
    }
}

/// Appends what the builtin class of a value shows of it, whatever a subclass says.
fn write_builtin(vm: &mut Vm, out: &mut Vec<u8>, value: &Value) -> Result<bool, Exit> {
    if let Some(parts) = parts(vm, value) {
        return write_parts(vm, out, value, parts);
    }
    let text = leaf(vm, value)?;
    out.extend_from_slice(text.as_bytes());
    Ok(true)
}

/// A value that shows others.
struct Parts {
    head: String,
    tail: &'static str,
    items: Vec<Value>,
    /// Are the items keys and values in turn?
    pairs: bool,
    /// What is shown of it inside itself, if that is looked for.
    again: Option<String>,
}

impl Parts {
    fn of(head: impl Into<String>, tail: &'static str, items: Vec<Value>) -> Parts {
        Parts { head: head.into(), tail, items, pairs: false, again: None }
    }

    fn again(self, text: impl Into<String>) -> Parts {
        Parts { again: Some(text.into()), ..self }
    }
}

fn parts(vm: &Vm, value: &Value) -> Option<Parts> {
    let inner = value.payload();
    Some(match inner.kind()? {
        Kind::List => Parts::of("[", "]", inner.get::<List>()?.to_vec()).again("[...]"),
        Kind::Tuple => {
            let items = inner.get::<Tuple>()?.items().to_vec();
            Parts::of("(", if items.len() == 1 { ",)" } else { ")" }, items).again("(...)")
        }
        Kind::Dict => {
            let entries = inner.get::<Dict>()?.items();
            let items = entries.into_iter().flat_map(|(key, value)| [key, value]).collect();
            Parts { pairs: true, ..Parts::of("{", "}", items).again("{...}") }
        }
        Kind::Set => {
            let set = inner.get::<Set>()?;
            let name = vm.type_name(value);
            let items = set.to_vec();
            let again = format!("{name}(...)");
            if items.is_empty() {
                Parts::of(format!("{name}("), ")", items)
            } else if set.frozen || value.is_kind(Kind::Instance) {
                Parts::of(format!("{name}({{"), "})", items).again(again)
            } else {
                Parts::of("{", "}", items).again(again)
            }
        }
        Kind::DictView => {
            let view = inner.get::<DictView>()?;
            let (name, items) = match view.kind {
                ViewKind::Keys => ("dict_keys([", view.dict.keys()),
                ViewKind::Values => ("dict_values([", view.dict.items().into_iter().map(|entry| entry.1).collect()),
                ViewKind::Items => {
                    let pairs = view.dict.items().into_iter().map(|(key, value)| Value::tuple(vec![key, value]));
                    ("dict_items([", pairs.collect())
                }
            };
            Parts::of(name, "])", items).again("...")
        }
        Kind::MappingProxy => {
            Parts::of("mappingproxy(", ")", vec![inner.get::<MappingProxy>()?.body().mapping.clone()])
        }
        Kind::Slice => {
            let slice = inner.get::<Slice>()?;
            Parts::of("slice(", ")", vec![slice.start.clone(), slice.stop.clone(), slice.step.clone()])
        }
        Kind::Range => {
            let range = inner.get::<Range>()?;
            let mut items = vec![range.start.clone(), range.stop.clone()];
            if range.step.as_small() != Some(1) {
                items.push(range.step.clone());
            }
            Parts::of("range(", ")", items)
        }
        Kind::Exception => {
            let args = inner.get::<Exception>()?.args.get();
            let items = args.get::<Tuple>().map_or_else(Vec::new, |args| args.items().to_vec());
            Parts::of(format!("{}(", vm.type_name(inner)), ")", items)
        }
        Kind::Method => {
            let method = inner.get::<Method>()?;
            if !vm.class_of(inner).is(&vm.types.method) {
                return None;
            }
            let name = match method.function.get::<Function>() {
                Some(function) => text_of(&function.qualname),
                None => name_of_bound(&method.function),
            };
            Parts::of(format!("<bound method {name} of "), ">", vec![method.receiver.clone()])
        }
        Kind::Field => {
            let field = inner.get::<Field>()?;
            Parts::of(format!("_tuplegetter({}, ", field.index), ")", vec![field.doc.get()])
        }
        Kind::StaticMethod => {
            Parts::of("<staticmethod(", ")>", vec![inner.get::<StaticMethod>()?.body().function.clone()])
        }
        Kind::ClassMethod => {
            Parts::of("<classmethod(", ")>", vec![inner.get::<ClassMethod>()?.body().function.clone()])
        }
        _ => return None,
    })
}

/// What is being shown, outermost first.
fn showing(vm: &mut Vm) -> Ref<List> {
    if let Some(list) = vm.state.get(SHOWING).and_then(|list| list.to_ref::<List>()) {
        return list;
    }
    let list = List::from_vec(Vec::new());
    vm.state.insert(SHOWING, list.value());
    list
}

fn write_parts(vm: &mut Vm, out: &mut Vec<u8>, value: &Value, parts: Parts) -> Result<bool, Exit> {
    let showing = showing(vm);
    if let Some(again) = &parts.again
        && showing.borrow().iter().any(|shown| shown.is(value))
    {
        out.extend_from_slice(again.as_bytes());
        return Ok(true);
    }
    if showing.len() >= MAX_NESTING || vm.native_stack_is_short() {
        return Err(vm.recursion_error("maximum recursion depth exceeded while getting the repr of an object"));
    }
    out.extend_from_slice(parts.head.as_bytes());
    if !parts.items.is_empty() {
        showing.borrow_mut().push(value.clone());
        let written = write_items(vm, out, &parts);
        let left = showing.borrow_mut().pop();
        drop(left);
        if !written? {
            return Ok(false);
        }
    }
    out.extend_from_slice(parts.tail.as_bytes());
    Ok(true)
}

fn write_items(vm: &mut Vm, out: &mut Vec<u8>, parts: &Parts) -> Result<bool, Exit> {
    for (place, item) in parts.items.iter().enumerate() {
        if place > 0 {
            out.extend_from_slice(if parts.pairs && place % 2 == 1 { b": " } else { b", " });
        }
        if !write(vm, out, item)? {
            return Ok(false);
        }
        if out.len() > super::text::MAX_TEXT {
            return Err(vm.no_memory());
        }
    }
    Ok(true)
}

/// The text in a slot.
/// The name by which a method shows what it calls, when that is no function written in Python.
fn name_of_bound(function: &Value) -> String {
    let parts =
        function.get::<NativeFunction>().map(|native| (native.owner.get(), native.name.to_string_lossy().into_owned()));
    match (parts, function.get::<Type>()) {
        (Some((owner, name)), _) => match owner.get::<Type>() {
            Some(owner) => format!("{}.{name}", text_of(&owner.qualname)),
            None => name,
        },
        (None, Some(class)) => text_of(&class.qualname),
        (None, None) => "?".to_owned(),
    }
}

fn text_of(slot: &Slot) -> String {
    slot.get().get::<Str>().map_or_else(|| "?".to_owned(), |text| text.to_string_lossy().into_owned())
}

/// The name of a class with that of its module, unless it is a builtin.
pub fn class_name(class: &Ref<Type>) -> String {
    let qualname = text_of(&class.qualname);
    match class.dict.get_str(&intern(b"__module__")).as_ref().and_then(|module| module.get::<Str>()) {
        Some(module) if module.as_bytes() != b"builtins" => format!("{}.{qualname}", module.to_string_lossy()),
        // What names no module goes by its short name.
        _ => class.name(),
    }
}

/// What is shown of a value that shows no others.
fn leaf(vm: &mut Vm, value: &Value) -> Result<String, Exit> {
    let inner = value.payload();
    if let Some(i) = inner.as_small() {
        return Ok(i.to_string());
    }
    if let Some(f) = inner.as_float() {
        return Ok(float::repr(f));
    }
    if let Some(b) = inner.as_bool() {
        return Ok(if b { "True" } else { "False" }.to_owned());
    }
    let Some(kind) = inner.kind() else {
        return Ok(if inner.is_none() {
            "None"
        } else if inner.is_not_implemented() {
            "NotImplemented"
        } else if inner.is(&Value::ELLIPSIS) {
            "Ellipsis"
        } else {
            "<NULL>"
        }
        .to_owned());
    };
    let shown = match kind {
        Kind::BigInt => match inner.as_integer() {
            Some(i) => {
                let limit = vm.max_digits();
                Some(int::to_text(int_ref(&i), 10, limit).map_err(|error| vm.text_error(error))?)
            }
            None => None,
        },
        Kind::Complex => inner.get::<Complex>().map(|c| complex::repr(c.re, c.im)),
        Kind::Str => inner.get::<Str>().map(|text| escape::repr_str(text.as_bytes())),
        Kind::Bytes => inner.get::<Bytes>().map(|bytes| escape::repr_bytes(&bytes.data)),
        Kind::ByteArray => inner.get::<ByteArray>().map(|array| {
            let name = vm.type_name(value);
            let shown = escape::repr_bytes(&array.data.borrow());
            // Unlike those of `bytes`, single quotes are escaped between double ones too.
            let shown = if shown.starts_with("b\"") { shown.replace('\'', "\\'") } else { shown };
            format!("{name}({shown})")
        }),
        Kind::Type => inner.get::<Type>().map(|class| format!("<class '{}'>", class_name(&class))),
        Kind::Function => inner.get::<Function>().map(|function| {
            let name = text_of(&function.qualname);
            format!("<function {name} at {:#x}>", identity(inner))
        }),
        Kind::Native => inner.get::<NativeFunction>().map(|native| {
            let name = native.name.to_string_lossy();
            match native.owner.get().get::<Type>() {
                None => match native.home.get() {
                    home if home.is_none() => format!("<built-in function {name}>"),
                    home => format!("<built-in method {name} of type object at {:#x}>", identity(&home)),
                },
                Some(owner) if native.is_slot() => format!("<slot wrapper '{name}' of '{}' objects>", owner.name()),
                Some(owner) => format!("<method '{name}' of '{}' objects>", owner.name()),
            }
        }),
        Kind::Method => inner.get::<Method>().map(|method| {
            let (name, slot) = match method.function.get::<NativeFunction>() {
                Some(native) => (native.name.to_string_lossy().into_owned(), native.is_slot()),
                None => ("?".to_owned(), false),
            };
            let (class, at) = (vm.type_name(&method.receiver), identity(&method.receiver));
            if slot {
                format!("<method-wrapper '{name}' of {class} object at {at:#x}>")
            } else if method.receiver.is_kind(Kind::Module) {
                format!("<built-in function {name}>")
            } else {
                format!("<built-in method {name} of {class} object at {at:#x}>")
            }
        }),
        Kind::Module => inner.get::<Module>().map(|module| {
            let text = |name: &str| {
                let value = module.get(name)?;
                value.get::<Str>().map(|text| escape::repr_str(text.as_bytes()))
            };
            let name = text("__name__").unwrap_or_else(|| "'?'".to_owned());
            match text("__file__") {
                Some(file) => format!("<module {name} from {file}>"),
                None if vm.modules.get_str(&module.name).is_some() => format!("<module {name} (built-in)>"),
                None => format!("<module {name}>"),
            }
        }),
        Kind::Generator => inner.get::<Generator>().map(|generator| {
            let class = vm.type_name(inner);
            match generator.function().filter(|_| generator.disguise().is_none()) {
                Some(_) => {
                    let qualname = super::generator::qualname(inner);
                    format!("<{class} object {qualname} at {:#x}>", identity(inner))
                }
                None => format!("<{class} object at {:#x}>", identity(inner)),
            }
        }),
        Kind::Code => inner.get::<CodeObject>().map(|code| {
            let (name, file, line) = (&code.code.name, code.code.source.name(), code.code.first_line);
            format!("<code object {name} at {:#x}, file \"{file}\", line {line}>", identity(inner))
        }),
        Kind::Cell => inner.get::<Cell>().map(|cell| {
            let content = cell.content.get();
            if content.is_undef() {
                return format!("<cell at {:#x}: empty>", identity(inner));
            }
            let class = vm.type_name(&content);
            format!("<cell at {:#x}: {class} object at {:#x}>", identity(inner), identity(&content))
        }),
        Kind::GetSet => inner.get::<GetSet>().map(|getset| {
            format!("<attribute '{}' of '{}' objects>", getset.name.to_string_lossy(), getset.owner.name())
        }),
        Kind::Member => inner
            .get::<Member>()
            .map(|member| format!("<member '{}' of '{}' objects>", member.name.to_string_lossy(), member.owner.name())),
        Kind::Super => inner.get::<Super>().map(|found| {
            let class = found.class.name();
            match found.receiver_class.get::<Type>() {
                Some(receiver) => format!("<super: <class '{class}'>, <{} object>>", receiver.name()),
                None => format!("<super: <class '{class}'>, NULL>"),
            }
        }),
        Kind::WeakRef => inner.to_ref::<WeakRef>().map(|weak| super::weak::shown(vm, inner, &weak)),
        _ => None,
    };
    Ok(match shown {
        Some(shown) => shown,
        None => {
            let class = class_name(&vm.class_of(value));
            format!("<{class} object at {:#x}>", identity(value))
        }
    })
}

/// `__repr__` of the builtin classes.
pub fn dunder_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut out = Vec::new();
    if write_builtin(vm, &mut out, &args[0])? {
        string(vm, out)
    } else {
        vm.tail_prelude("repr_in_python", vec![args[0].clone()])
    }
}

/// `__hash__` of numbers and texts.
pub fn dunder_hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match vm.native_hash(args[0].payload())? {
        Some(hash) => Ok(Value::int(hash)),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

/// `hash(value)`, whatever it takes.
pub fn hash(vm: &mut Vm, value: &Value) -> NativeResult {
    match hashing::hash(value) {
        Hashed::Known(hash) => Ok(Value::int(hash)),
        Hashed::NeedsPython => vm.ask(Question::Hash, value),
        Hashed::Unhashable(culprit) => {
            let name = vm.type_name(&culprit.0);
            Err(vm.type_error(format!("unhashable type: '{name}'")))
        }
        Hashed::TooDeep => Err(vm.recursion_error("maximum recursion depth exceeded")),
    }
}

fn repr_enter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let showing = showing(vm);
    let again = showing.borrow().iter().any(|shown| shown.is(&args[0]));
    if !again {
        showing.borrow_mut().push(args[0].clone());
    }
    Ok(Value::bool(!again))
}

fn repr_leave(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let showing = showing(vm);
    let last = showing.borrow().iter().rposition(|shown| shown.is(&args[0]));
    if let Some(last) = last {
        let left = showing.borrow_mut().remove(last);
        drop(left);
    }
    Ok(Value::NONE)
}

fn repr_parts(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(parts) = parts(vm, &args[0]) else {
        let text = leaf(vm, &args[0])?;
        return Ok(Value::tuple(vec![
            Value::str(text),
            Value::str(""),
            Value::list(Vec::new()),
            Value::FALSE,
            Value::NONE,
        ]));
    };
    Ok(Value::tuple(vec![
        Value::str(parts.head),
        Value::str(parts.tail),
        Value::list(parts.items),
        Value::bool(parts.pairs),
        parts.again.map_or(Value::NONE, Value::str),
    ]))
}

fn escape_non_ascii(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = super::text::text_arg(vm, &args[0], "argument")?;
    string(vm, escape::escape_non_ascii(text.as_bytes()))
}

fn hash_int(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[0].as_integer() {
        // A machine word is a hash as it is, but for the one value that means an error.
        Some(number) => match number.to_i64() {
            Some(-1) => Ok(Value::small(-2)),
            Some(hash) => Ok(Value::int(hash)),
            None => {
                let mut room = [0];
                let (negative, digits) = number.parts(&mut room);
                Ok(Value::int(hash::hash_limbs(negative, digits)))
            }
        },
        None => Err(vm.type_error("__hash__ method should return an integer")),
    }
}

/// `ascii(value)`, whatever it takes.
pub fn ascii(vm: &mut Vm, value: &Value) -> NativeResult {
    match native_repr(vm, value)? {
        Some(text) => string(vm, escape::escape_non_ascii(&text)),
        None => vm.tail_prelude("ascii_of", vec![value.clone()]),
    }
}
