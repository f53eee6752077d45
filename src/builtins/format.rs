//! `format()`, f-strings and `str.format`.

use super::natives;
use super::repr::{native_repr, native_str, str};
use super::text::{int_ref, special, string, string_or, text_arg};
use crate::object::float::Complex;
use crate::object::{Dict, Kind, Str, Value};
use crate::text::brief::Brief;
use crate::text::template::{self, Accessor, Key, Numbering};
use crate::text::{TextError, escape, spec, wtf8};
use crate::vm::{Exit, NativeResult, Vm};
use std::borrow::Cow;

natives! {
    PRELUDE {
        /// The parts of a template: literal, field name or None, specification, conversion or None.
        "_format_parts(template, /)" => format_parts;
        /// A field's name: the argument, and the steps from there, each with whether it is an attribute.
        "_format_field(name, /)" => format_field;
        /// Raise the error about a conversion that there is not.
        "_format_conversion(conversion, /)" => format_conversion;
    }
}

/// What the prelude needs.
pub fn install(vm: &mut Vm) {
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
}

/// `f'{value!conversion:spec}'`: `conversion` is `r`, `s` or `a`.
pub fn format_value(vm: &mut Vm, value: &Value, conversion: Option<u8>, spec: &[u8]) -> NativeResult {
    let Some(conversion) = conversion else {
        return match native_format(vm, value, spec)? {
            Some(text) => Ok(text),
            None => vm.tail_prelude("format_of", vec![value.clone(), Value::str(spec)]),
        };
    };
    let converted = match convert(vm, value, conversion)? {
        Some(text) => text,
        None => {
            let args = vec![value.clone(), Value::str([conversion]), Value::str(spec)];
            return vm.tail_prelude("format_converted", args);
        }
    };
    format_value(vm, &converted, None, spec)
}

/// `repr`, `str` or `ascii`; `None` when Python code must be asked.
fn convert(vm: &mut Vm, value: &Value, conversion: u8) -> Result<Option<Value>, Exit> {
    if !matches!(conversion, b'r' | b'a') {
        return native_str(vm, value);
    }
    let Some(shown) = native_repr(vm, value)? else { return Ok(None) };
    Ok(Some(if conversion == b'a' { string(vm, escape::escape_non_ascii(&shown))? } else { string(vm, shown)? }))
}

/// `format(value, spec)`; `None` when Python code must be asked.
pub fn native_format(vm: &mut Vm, value: &Value, spec: &[u8]) -> Result<Option<Value>, Exit> {
    let plain = !matches!(value.kind(), Some(Kind::Instance | Kind::Exception | Kind::Foreign | Kind::Type));
    if plain {
        if spec.is_empty() {
            return native_str(vm, value);
        }
        let mut out = Vec::with_capacity(32);
        if push_simply(value, spec, &mut out) {
            return string(vm, out).map(Some);
        }
        if let Some(text) = format_builtin(vm, value, spec) {
            return string_or(vm, text).map(Some);
        }
    }
    match special(vm, value, &vm.names.format.clone()) {
        Some((_, Some(native))) => match (native.call)(vm, &[value.clone(), Value::str(spec)]) {
            Ok(text) => Ok(Some(text)),
            Err(Exit::Raise(exception)) => Err(Exit::Raise(exception)),
            Err(Exit::Call(_) | Exit::Resume(_) | Exit::Ask(_)) => Ok(None),
        },
        Some((_, None)) => Ok(None),
        None => match object_format(vm, &[value.clone(), Value::str(spec)]) {
            Ok(text) => Ok(Some(text)),
            Err(Exit::Raise(exception)) => Err(Exit::Raise(exception)),
            Err(Exit::Call(_) | Exit::Resume(_) | Exit::Ask(_)) => Ok(None),
        },
    }
}

/// Appends `format(value, spec)` of a plain number or string if that is simple; `false`, with nothing done, if it is not.
fn push_simply(value: &Value, spec: &[u8], out: &mut Vec<u8>) -> bool {
    let Some(brief) = Brief::parse(spec) else { return false };
    if let Some(i) = value.as_small() {
        return brief.int(i, out);
    }
    if value.is_inline_float() {
        return brief.float(value.inline_float(), out);
    }
    value.get::<Str>().is_some_and(|text| brief.text(text.as_bytes(), text.chars(), out))
}

/// `format(value, spec)` of the classes that have a mini-language; `None` for other values.
fn format_builtin(vm: &Vm, value: &Value, spec: &[u8]) -> Option<Result<Vec<u8>, TextError>> {
    let inner = value.payload();
    let name = || match value.kind() {
        // The names of the classes themselves are no work.
        Some(Kind::Str) => Cow::Borrowed("str"),
        None if value.is_small() => Cow::Borrowed("int"),
        None if value.is_inline_float() => Cow::Borrowed("float"),
        _ => Cow::Owned(vm.type_name(value)),
    };
    if let Some(text) = inner.get::<Str>() {
        return Some(spec::format_str(text.as_bytes(), spec, &name()));
    }
    if let Some(f) = inner.as_float() {
        return Some(spec::format_float(f, spec, &name()));
    }
    if let Some(i) = inner.as_integer() {
        return Some(spec::format_int(int_ref(&i), spec, &name(), vm.max_digits()));
    }
    let c = inner.get::<Complex>()?;
    Some(spec::format_complex(c.re, c.im, spec, &name()))
}

/// `__format__` of numbers and strings.
pub fn dunder_format(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let spec = text_arg(vm, &args[1], "__format__() argument")?;
    if spec.as_bytes().is_empty() {
        return str(vm, &args[0]);
    }
    match format_builtin(vm, &args[0], spec.as_bytes()) {
        // What needs no padding is not copied, were it of a class of the program.
        Some(Ok(text)) if args[0].native::<Str>().is_some_and(|whole| whole.as_bytes() == text) => Ok(args[0].clone()),
        Some(text) => string_or(vm, text),
        None => object_format(vm, args),
    }
}

/// `object.__format__`
pub fn object_format(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let spec = text_arg(vm, &args[1], "__format__() argument")?;
    if spec.as_bytes().is_empty() {
        return str(vm, &args[0]);
    }
    let name = vm.type_name(&args[0]);
    Err(vm.type_error(format!("unsupported format string passed to {name}.__format__")))
}

/// Where the fields of a template come from.
struct Fields<'a> {
    /// Positional arguments; `None` for `format_map`.
    args: Option<&'a [Value]>,
    named: &'a Value,
    numbering: Numbering,
}

/// `template.format(*args, **kwargs)`, or `template.format_map(mapping)`.
pub fn format_template(
    vm: &mut Vm,
    template: &Value,
    args: &[Value],
    kwargs: Option<&Value>,
    mapping: Option<&Value>,
) -> NativeResult {
    let Some(text) = template.native::<Str>() else { return Err(vm.type_error("expected a str")) };
    if matches!(text.as_bytes(), b"{}" | b"{!s}" | b"{0}" | b"{0!s}")
        && mapping.is_none()
        && let [only, ..] = args
        && only.is_kind(Kind::Str)
    {
        // What is all of the text is the text.
        return Ok(only.clone());
    }
    let named = mapping.or(kwargs).cloned().unwrap_or(Value::NONE);
    let mut fields = Fields { args: mapping.is_none().then_some(args), named: &named, numbering: Numbering::default() };
    match expand(vm, text.as_bytes(), &mut fields, 2)? {
        Some(filled) => match filled == text.as_bytes() && !filled.is_empty() && !filled.contains(&b'{') {
            true => Ok(template.clone()),
            false => string(vm, filled),
        },
        None => {
            let args = if mapping.is_some() { Value::NONE } else { Value::tuple(args.to_vec()) };
            vm.tail_prelude("str_format", vec![text.value(), args, named])
        }
    }
}

/// A template filled in; `None` when Python code must be asked.
fn expand(vm: &mut Vm, text: &[u8], fields: &mut Fields<'_>, depth: u32) -> Result<Option<Vec<u8>>, Exit> {
    if depth == 0 {
        return Err(vm.value_error("Max string recursion exceeded"));
    }
    let mut out = Vec::with_capacity(text.len());
    for part in template::parts(text) {
        let part = part.map_err(|error| vm.text_error(error))?;
        out.extend_from_slice(part.literal);
        let Some(field) = part.field else { continue };
        let (first, mut steps) = template::split_name(field.name).map_err(|error| vm.text_error(error))?;
        let first = fields.numbering.resolve(first).map_err(|error| vm.text_error(error))?;
        let Some(mut value) = lookup(vm, first, fields)? else { return Ok(None) };
        if steps.next().is_some() {
            return Ok(None);
        }
        if let Some(conversion) = field.conversion {
            let Some(conversion) = u8::try_from(conversion).ok().filter(|c| matches!(c, b'r' | b's' | b'a')) else {
                return Err(vm.text_error(template::unknown_conversion(conversion)));
            };
            match convert(vm, &value, conversion)? {
                Some(text) => value = text,
                None => return Ok(None),
            }
        }
        let nested = if field.nested {
            match expand(vm, field.spec, fields, depth - 1)? {
                Some(spec) => Some(spec),
                None => return Ok(None),
            }
        } else {
            None
        };
        let spec = nested.as_deref().unwrap_or(field.spec);
        if push_simply(&value, spec, &mut out) {
            continue;
        }
        match native_format(vm, &value, spec)? {
            // Only the prelude gives back what is of a class of the program, if that is all of the text.
            Some(text) if text.is_kind(Kind::Instance) => return Ok(None),
            Some(text) => match text.native::<Str>() {
                Some(text) => out.extend_from_slice(text.as_bytes()),
                None => return Ok(None),
            },
            None => return Ok(None),
        }
        if out.len() > super::text::MAX_TEXT {
            return Err(vm.no_memory());
        }
    }
    Ok(Some(out))
}

/// The argument that a field begins with; `None` when Python code must be asked.
fn lookup(vm: &mut Vm, key: Key<'_>, fields: &Fields<'_>) -> Result<Option<Value>, Exit> {
    match key {
        Key::Index(n) => {
            let Some(args) = fields.args else {
                return Err(vm.value_error("Format string contains positional fields"));
            };
            let message = || format!("Replacement index {n} out of range for positional args tuple");
            args.get(n).cloned().map(Some).ok_or_else(|| vm.index_error(message()))
        }
        Key::Name(name) => {
            let Some(dict) = fields.named.get::<Dict>() else { return Ok(None) };
            let key = Value::str(name);
            let hash = crate::object::hashing::hash_str(name);
            match dict.get(&key, hash) {
                Ok(Some(value)) => Ok(Some(value)),
                Ok(None) => Err(vm.key_error(&key)),
                Err(_) => Ok(None),
            }
        }
    }
}

fn format_parts(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = text_arg(vm, &args[0], "argument")?;
    let mut items = Vec::new();
    for part in template::parts(text.as_bytes()) {
        let part = match part {
            Ok(part) => part,
            // What is wrong with the rest is told when all before it has been done.
            Err(error) => {
                let Exit::Raise(exception) = vm.text_error(error) else { break };
                items.push(Value::tuple(vec![exception, Value::NONE, Value::NONE, Value::NONE]));
                break;
            }
        };
        let mut item = vec![Value::str(part.literal)];
        match part.field {
            None => item.extend([Value::NONE, Value::NONE, Value::NONE]),
            Some(field) => {
                let conversion = field.conversion.map_or(Value::NONE, |c| Value::str(wtf8::from_code_point(c)));
                item.extend([Value::str(field.name), Value::str(field.spec), conversion]);
            }
        }
        items.push(Value::tuple(item));
    }
    Ok(Value::list(items))
}

fn format_field(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = text_arg(vm, &args[0], "argument")?;
    let value = |key: Key<'_>| match key {
        Key::Index(n) => Value::size(n),
        Key::Name(name) => Value::str(name),
    };
    let (first, steps) = template::split_name(name.as_bytes()).map_err(|error| vm.text_error(error))?;
    let mut items = Vec::new();
    for step in steps {
        items.push(Value::tuple(match step {
            Ok(Accessor::Attribute(name)) => vec![Value::TRUE, Value::str(name)],
            Ok(Accessor::Item(key)) => vec![Value::FALSE, value(key)],
            // As with parts: first come the argument and the steps before.
            Err(error) => match vm.text_error(error) {
                Exit::Raise(exception) => vec![Value::NONE, exception],
                other => return Err(other),
            },
        }));
    }
    Ok(Value::tuple(vec![value(first), Value::list(items)]))
}

fn format_conversion(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = text_arg(vm, &args[0], "argument")?;
    Err(vm.text_error(template::unknown_conversion(wtf8::first(text.as_bytes()).unwrap_or(0))))
}
