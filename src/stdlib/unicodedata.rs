//! `unicodedata`: the Unicode database.

use super::module as new_module;
use crate::builtins::natives;
use crate::object::{Module, Ref, Str, Value};
use crate::text::{properties, unicode, wtf8};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use unicode_normalization::UnicodeNormalization;

natives! {
    FUNCTIONS {
        /// Returns the general category assigned to the character chr as string.
        "category(chr, /)" => category;
        /// Returns the bidirectional class assigned to the character chr as string.
        "bidirectional(chr, /)" => bidirectional;
        /// Returns the canonical combining class assigned to the character chr as integer.
        "combining(chr, /)" => combining;
        /// Returns the east asian width assigned to the character chr as string.
        "east_asian_width(chr, /)" => east_asian_width;
        /// Returns the mirrored property assigned to the character chr as integer.
        "mirrored(chr, /)" => mirrored;
        /// Returns the character decomposition mapping assigned to the character chr as string.
        "decomposition(chr, /)" => decomposition;
        /// Converts a Unicode character into its equivalent decimal value.
        "decimal(chr, default=None, /)" => decimal;
        /// Converts a Unicode character into its equivalent digit value.
        "digit(chr, default=None, /)" => digit;
        /// Converts a Unicode character into its equivalent numeric value.
        "numeric(chr, default=None, /)" => numeric;
        /// Returns the name assigned to the character chr as a string.
        "name(chr, default=None, /)" => name;
        /// Look up character by name.
        "lookup(name, /)" => lookup;
        /// Return the normal form 'form' for the Unicode string unistr.
        "normalize(form, unistr, /)" => normalize;
        /// Return whether the Unicode string unistr is in the normal form 'form'.
        "is_normalized(form, unistr, /)" => is_normalized;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    let module = new_module("unicodedata", "Facts of the Unicode database.", FUNCTIONS);
    module.set("unidata_version", Value::str("16.0.0"));
    module
}

/// The one character of argument 0.
fn character(vm: &Vm, args: &[Value], function: &str) -> Result<u32, Exit> {
    // A function of one argument does not say which argument is wrong.
    let several = matches!(function, "decimal" | "digit" | "numeric" | "name");
    let which = if several { "argument 1" } else { "argument" };
    let problem = match args[0].native::<Str>() {
        Some(text) if text.chars() == 1 => return Ok(wtf8::first(text.as_bytes()).unwrap_or_default()),
        Some(text) => {
            format!("{function}(): {which} must be a unicode character, not a string of length {}", text.chars())
        }
        None => {
            let name = crate::builtins::text::shown_type(vm, &args[0]);
            format!("{function}() {which} must be a unicode character, not {name}")
        }
    };
    Err(vm.type_error(problem))
}

fn category(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::str(properties::category(character(vm, args, "category")?)))
}

fn bidirectional(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::str(properties::bidirectional(character(vm, args, "bidirectional")?)))
}

fn combining(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(properties::combining(character(vm, args, "combining")?))))
}

fn east_asian_width(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::str(properties::width(character(vm, args, "east_asian_width")?)))
}

fn mirrored(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::small(i64::from(properties::mirrored(character(vm, args, "mirrored")?))))
}

fn decomposition(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::str(properties::decomposition(character(vm, args, "decomposition")?)))
}

/// What was found, else the default that was given, else an error.
fn or_default(vm: &Vm, args: &[Value], found: Option<Value>, missing: &str) -> NativeResult {
    match (found, arg(args, 1)) {
        (Some(found), _) => Ok(found),
        (None, Some(default)) => Ok(default.clone()),
        (None, None) => Err(vm.value_error(missing)),
    }
}

fn decimal(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let value = unicode::decimal_value(character(vm, args, "decimal")?);
    or_default(vm, args, value.map(|value| Value::small(i64::from(value))), "not a decimal")
}

fn digit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let value = unicode::digit_value(character(vm, args, "digit")?);
    or_default(vm, args, value.map(|value| Value::small(i64::from(value))), "not a digit")
}

fn numeric(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let value = properties::numeric(character(vm, args, "numeric")?);
    or_default(vm, args, value.map(Value::float), "not a numeric character")
}

fn name(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let c = character(vm, args, "name")?;
    let found = char::from_u32(c).filter(|_| properties::category(c) != "Cn").and_then(unicode_names2::name);
    or_default(vm, args, found.map(|name| Value::str(name.to_string())), "no such name")
}

fn lookup(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = crate::builtins::text::text_arg(vm, &args[0], "lookup() argument")?;
    match std::str::from_utf8(text.as_bytes()).ok().and_then(unicode_names2::character) {
        Some(found) => Ok(Value::str(found.to_string())),
        None => {
            let class = vm.types.key_error.clone();
            let message = format!("undefined character name '{}'", text.to_string_lossy());
            Err(vm.raise_with(&class, vec![Value::str(message)]))
        }
    }
}

/// The text of argument 1 in the form that argument 0 names. Lone surrogates stay as they are.
fn normal(vm: &mut Vm, args: &[Value], function: &str) -> Result<Vec<u8>, Exit> {
    let form = crate::builtins::text::text_arg(vm, &args[0], format!("{function}() argument 1"))?;
    let text = crate::builtins::text::text_arg(vm, &args[1], format!("{function}() argument 2"))?;
    if !matches!(form.as_bytes(), b"NFC" | b"NFD" | b"NFKC" | b"NFKD") {
        return Err(vm.value_error("invalid normalization form"));
    }
    let mut out = Vec::new();
    let mut run = String::new();
    let finish = |run: &mut String, out: &mut Vec<u8>| {
        let normal: String = match form.as_bytes() {
            b"NFC" => run.nfc().collect(),
            b"NFD" => run.nfd().collect(),
            b"NFKC" => run.nfkc().collect(),
            _ => run.nfkd().collect(),
        };
        out.extend_from_slice(normal.as_bytes());
        run.clear();
    };
    for c in wtf8::code_points(text.as_bytes()) {
        match char::from_u32(c) {
            Some(c) => run.push(c),
            None => {
                finish(&mut run, &mut out);
                wtf8::push(&mut out, c);
            }
        }
    }
    finish(&mut run, &mut out);
    Ok(out)
}

fn normalize(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = normal(vm, args, "normalize")?;
    crate::builtins::text::string(vm, text)
}

fn is_normalized(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = normal(vm, args, "is_normalized")?;
    Ok(Value::bool(args[1].native::<Str>().is_some_and(|given| given.as_bytes() == text)))
}
