//! The operator `%` on `str` and `bytes`.

use super::natives;
use super::repr::{native_repr, native_str};
use super::text::{buffer, buffer_copy, int_ref, receiver, special, string, text_arg};
use crate::object::{Dict, Integer, Kind, List, Str, Tuple, Value, arithmetic};
use crate::text::brief::Brief;
use crate::text::percent::{self, Count, Directive, Layout, Piece, Pieces, Wants};
use crate::text::{TextError, escape, wtf8};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    PRELUDE {
        /// What the directives of a template want: `(letter, key or None)` each, stars too.
        "_percent_wants(template, keyed, /)" => percent_wants;
        /// Fill a template with values that were converted.
        "_percent_build(template, values, keyed, /)" => percent_build;
        /// Can the right side of `%` be asked for keys?
        "_percent_keyed(template, args, /)" => percent_keyed;
    }
}

/// What the prelude needs.
pub fn install(vm: &mut Vm) {
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
}

/// Where the arguments come from.
struct Arguments<'a> {
    values: &'a [Value],
    next: usize,
    /// The right side, if directives may name keys of it.
    mapping: Option<&'a Value>,
    /// Values come converted, in the order of the directives.
    converted: bool,
    /// Is the template one of bytes?
    bytes: bool,
}

/// What became of an argument.
enum Found {
    Value(Value),
    NeedsPython,
}

/// `template % args`: the template is a `str`, `bytes` or `bytearray`.
pub fn percent_format(vm: &mut Vm, template: &Value, args: &Value) -> NativeResult {
    let inner = template.payload();
    let text = inner.get::<Str>();
    let copy = if text.is_none() { buffer_copy(inner) } else { None };
    let Some(bytes) = text.as_ref().map(|text| text.as_bytes()).or(copy.as_deref()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let tuple = args.native::<Tuple>();
    let values = tuple.as_ref().map_or(std::slice::from_ref(args), |tuple| tuple.items());
    if let Some(filled) = text.as_ref().and_then(|text| filled_simply(text.as_bytes(), values)) {
        return string(vm, filled);
    }
    let mapping = is_mapping(vm, args, text.is_none()).then_some(args);
    let mut arguments = Arguments { values, next: 0, mapping, converted: false, bytes: text.is_none() };
    match expand(vm, bytes, &mut arguments)? {
        Some(filled) => made(vm, inner, filled),
        None => vm.tail_prelude("percent_in_python", vec![inner.clone(), args.clone()]),
    }
}

/// A template filled in if its directives, and what they are given, are of the simplest kinds and as many.
fn filled_simply(template: &[u8], values: &[Value]) -> Option<Vec<u8>> {
    let mut rest = template;
    let mut out = Vec::with_capacity(rest.len() + 16);
    let mut values = values.iter();
    while let Some(at) = memchr::memchr(b'%', rest) {
        out.extend_from_slice(&rest[..at]);
        rest = &rest[at + 1..];
        if let [b'%', more @ ..] = rest {
            out.push(b'%');
            rest = more;
            continue;
        }
        let (brief, more) = Brief::directive(rest)?;
        rest = more;
        let value = values.next()?;
        let done = match brief.letter()? {
            b's' => match value.get::<Str>() {
                Some(text) => brief.text(text.as_bytes(), text.chars(), &mut out),
                None => brief.as_number().int(value.as_small()?, &mut out),
            },
            b'd' | b'x' => brief.int(value.as_small()?, &mut out),
            b'f' if value.is_inline_float() => brief.float(value.inline_float(), &mut out),
            b'f' => brief.float(value.as_small().filter(|i| i.unsigned_abs() < 1 << 53)? as f64, &mut out),
            _ => false,
        };
        done.then_some(())?;
    }
    out.extend_from_slice(rest);
    values.next().is_none().then_some(out)
}

fn made(vm: &Vm, template: &Value, filled: Vec<u8>) -> NativeResult {
    match template.kind() {
        Some(Kind::Str) => string(vm, filled),
        Some(Kind::ByteArray) => Ok(super::text::byte_array(filled)),
        _ => Ok(Value::bytes(filled)),
    }
}

/// Is the right side of `%` something to be asked for keys?
fn is_mapping(vm: &Vm, args: &Value, bytes: bool) -> bool {
    let single = match args.payload().kind() {
        Some(Kind::Tuple | Kind::Str) => true,
        Some(Kind::Bytes | Kind::ByteArray) => bytes,
        _ => false,
    };
    !single && special(vm, args, &vm.names.getitem).is_some()
}

fn pieces(template: &[u8], bytes: bool, mapping: bool) -> Pieces<'_> {
    if bytes { percent::bytes_pieces(template, mapping) } else { percent::pieces(template, mapping) }
}

/// A template filled in; `None` when Python code must be asked.
fn expand(vm: &mut Vm, text: &[u8], args: &mut Arguments<'_>) -> Result<Option<Vec<u8>>, Exit> {
    let mut out = Vec::with_capacity(text.len());
    for piece in pieces(text, args.bytes, args.mapping.is_some()) {
        let directive = match piece.map_err(|error| vm.text_error(error))? {
            Piece::Literal(literal) => {
                out.extend_from_slice(literal);
                continue;
            }
            Piece::Directive(directive) => directive,
        };
        let keyed = match directive.key {
            Some(key) if !args.converted => match by_key(vm, key, args)? {
                Found::Value(value) => Some(value),
                Found::NeedsPython => return Ok(None),
            },
            _ => None,
        };
        let width = star(vm, directive.width, args)?;
        let precision = star(vm, directive.precision, args)?;
        directive.wants().map_err(|error| vm.text_error(error))?;
        let value = match keyed {
            Some(value) => value,
            None => next(vm, args)?,
        };
        let layout = directive.layout(width, precision).map_err(|error| vm.text_error(error))?;
        if layout.least_size().saturating_add(out.len()) > super::text::MAX_TEXT {
            return Err(vm.no_memory());
        }
        if !fill(vm, &mut out, &directive, &layout, &value, args)? {
            return Ok(None);
        }
        if out.len() > super::text::MAX_TEXT {
            return Err(vm.no_memory());
        }
    }
    if args.next < args.values.len() && args.mapping.is_none() {
        return Err(vm.text_error(percent::not_all_converted(args.bytes)));
    }
    Ok(Some(out))
}

fn next(vm: &Vm, args: &mut Arguments<'_>) -> Result<Value, Exit> {
    let value = args.values.get(args.next).cloned();
    args.next += 1;
    value.ok_or_else(|| vm.text_error(percent::not_enough_arguments()))
}

fn star(vm: &Vm, count: Count, args: &mut Arguments<'_>) -> Result<Option<i64>, Exit> {
    if count != Count::Star {
        return Ok(None);
    }
    let value = next(vm, args)?;
    let Some(number) = value.as_integer() else { return Err(vm.text_error(percent::star_wants_int())) };
    match number.to_i64() {
        Some(number) => Ok(Some(number)),
        None => Err(vm.overflow_error("Python int too large to convert to C ssize_t")),
    }
}

fn by_key(vm: &Vm, key: &[u8], args: &mut Arguments<'_>) -> Result<Found, Exit> {
    let Some(mapping) = args.mapping else { return Err(vm.type_error("format requires a mapping")) };
    // The one value that is the right side counts as used.
    args.next = args.next.max(1);
    let Some(dict) = mapping.get::<Dict>() else { return Ok(Found::NeedsPython) };
    let (key, hash) = if args.bytes {
        (Value::bytes(key), crate::object::hashing::hash_bytes(key))
    } else {
        (Value::str(key), crate::object::hashing::hash_str(key))
    };
    match dict.get(&key, hash) {
        Ok(Some(value)) => Ok(Found::Value(value)),
        Ok(None) => Err(vm.key_error(&key)),
        Err(_) => Ok(Found::NeedsPython),
    }
}

/// Appends an argument; `false` when Python code must be asked first.
fn fill(
    vm: &mut Vm,
    out: &mut Vec<u8>,
    directive: &Directive<'_>,
    layout: &Layout,
    value: &Value,
    args: &Arguments<'_>,
) -> Result<bool, Exit> {
    let converted = args.converted;
    let wants = directive.wants().map_err(|error| vm.text_error(error))?;
    let wrong = |vm: &Vm| Err(vm.text_error(directive.wrong_type(&vm.type_name(value))));
    let filled: Result<(), TextError> = match wants {
        Wants::Str | Wants::Repr | Wants::Ascii if converted => match value.native::<Str>() {
            Some(text) => layout.push_text(out, text.as_bytes()),
            None => return wrong(vm),
        },
        Wants::Str => match native_str(vm, value)?.as_ref().and_then(|text| text.native::<Str>()) {
            Some(text) => layout.push_text(out, text.as_bytes()),
            None => return Ok(false),
        },
        Wants::Repr => match native_repr(vm, value)? {
            Some(text) => layout.push_text(out, &text),
            None => return Ok(false),
        },
        Wants::Ascii => match native_repr(vm, value)? {
            Some(text) => layout.push_text(out, escape::escape_non_ascii(&text).as_bytes()),
            None => return Ok(false),
        },
        Wants::Bytes => match buffer(value) {
            Some(bytes) => layout.push_text(out, &bytes),
            None if !converted && special(vm, value, &vm.names.bytes_.clone()).is_some() => return Ok(false),
            None => return wrong(vm),
        },
        Wants::Int | Wants::Index => {
            let limit = vm.max_digits();
            if let Some(number) = value.as_integer() {
                layout.push_int(out, int_ref(&number), limit)
            } else if let Some(f) = value.payload().as_float().filter(|_| wants == Wants::Int) {
                let whole = arithmetic::truncate(f).map_err(|error| vm.arith_error(error))?;
                let number = whole.as_integer().unwrap_or(Integer::Small(0));
                layout.push_int(out, int_ref(&number), limit)
            } else {
                let names = [vm.names.index.clone(), vm.names.int_.clone()];
                let names = if wants == Wants::Int { &names[..] } else { &names[..1] };
                if !converted && names.iter().any(|name| special(vm, value, name).is_some()) {
                    return Ok(false);
                }
                return wrong(vm);
            }
        }
        Wants::Float => {
            if let Some(f) = value.payload().as_float() {
                layout.push_float(out, f)
            } else if let Some(number) = value.as_integer() {
                let f = arithmetic::to_float(number).map_err(|error| vm.arith_error(error))?;
                layout.push_float(out, f)
            } else {
                let names = [vm.names.float_.clone(), vm.names.index.clone()];
                if !converted && names.iter().any(|name| special(vm, value, name).is_some()) {
                    return Ok(false);
                }
                return wrong(vm);
            }
        }
        Wants::Char => {
            if let Some(number) = value.as_integer() {
                layout.push_char(out, int_ref(&number))
            } else if let Some(text) = value.native::<Str>().filter(|_| !args.bytes) {
                match wtf8::first(text.as_bytes()) {
                    Some(c) if text.chars() == 1 => layout.push_char(out, i64::from(c).into()),
                    _ => Err(directive.wrong_length("str", text.chars())),
                }
            } else if let Some(bytes) = buffer(value).filter(|_| args.bytes) {
                match &bytes[..] {
                    [byte] => layout.push_char(out, i64::from(*byte).into()),
                    _ => Err(directive.wrong_length(&vm.type_name(value), bytes.len())),
                }
            } else {
                if !converted && special(vm, value, &vm.names.index.clone()).is_some() {
                    return Ok(false);
                }
                return wrong(vm);
            }
        }
    };
    match filled {
        Ok(()) => Ok(true),
        Err(error) => Err(vm.text_error(error)),
    }
}

fn percent_keyed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(is_mapping(vm, &args[1], buffer(&args[0]).is_some())))
}

/// A template argument: its text, and whether it is of bytes.
fn template(vm: &Vm, value: &Value) -> Result<(Vec<u8>, bool), Exit> {
    match buffer_copy(value) {
        Some(bytes) => Ok((bytes, true)),
        None => Ok((text_arg(vm, value, "template")?.as_bytes().to_vec(), false)),
    }
}

fn percent_wants(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (text, bytes) = template(vm, &args[0])?;
    let keyed = args[1].is(&Value::TRUE);
    let mut items = Vec::new();
    let mut push = |letter: &str, key: Value| items.push(Value::tuple(vec![Value::str(letter), key]));
    for piece in pieces(&text, bytes, keyed) {
        let Piece::Directive(directive) = piece.map_err(|error| vm.text_error(error))? else { continue };
        for count in [directive.width, directive.precision] {
            if count == Count::Star {
                push("*", Value::NONE);
            }
        }
        let letter = match directive.wants().map_err(|error| vm.text_error(error))? {
            Wants::Str => "s",
            Wants::Repr => "r",
            Wants::Ascii => "a",
            Wants::Bytes => "b",
            Wants::Int => "d",
            Wants::Index => "x",
            Wants::Float => "f",
            Wants::Char => "c",
        };
        let key = directive.key.map_or(Value::NONE, |key| if bytes { Value::bytes(key) } else { Value::str(key) });
        push(letter, key);
    }
    Ok(Value::list(items))
}

fn percent_build(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (text, bytes) = template(vm, &args[0])?;
    let values = receiver::<List>(vm, &args[1..])?.to_vec();
    let keyed = args[2].is(&Value::TRUE);
    let mut arguments =
        Arguments { values: &values, next: 0, mapping: keyed.then_some(&args[1]), converted: true, bytes };
    match expand(vm, &text, &mut arguments)? {
        Some(filled) => made(vm, args[0].payload(), filled),
        None => Err(vm.system_error("a converted value needs converting")),
    }
}
