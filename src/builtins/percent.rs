//! The operator `%` on `str` and `bytes`.

use super::natives;
use super::repr::{native_repr, native_str};
use super::text::{buffer, buffer_copy, int_ref, special, string};
use crate::object::string::ByteArray;
use crate::object::{Dict, Integer, Kind, Str, Tuple, Value, arithmetic};
use crate::text::brief::Brief;
use crate::text::percent::{self, Count, Directive, Piece, Reader, Wants};
use crate::text::{TextError, escape, wtf8};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    PRELUDE {
        /// Go on filling a template in, with the answer to what was asked for.
        "_percent_go_on(template, args, asked, answer, /)" => percent_go_on;
    }
}

/// What the prelude needs.
pub fn install(vm: &mut Vm) {
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
}

/// A template being filled in.
struct Filling<'a> {
    template: &'a [u8],
    /// Is the template one of bytes?
    bytes: bool,
    values: &'a [Value],
    /// The right side, if directives may name keys of it.
    mapping: Option<&'a Value>,
    out: Vec<u8>,
    /// How many of the values have been taken.
    taken: usize,
    /// What was found by the key of the directive at hand: from there on it is the one value.
    keyed: Option<Value>,
}

/// What only Python code can do for a directive, and where the directive is. The directive is read again with the answer,
/// stars and all.
struct Ask {
    /// `key`, or a letter that says what to make of the value.
    want: &'static str,
    value: Value,
    /// Behind the percent sign.
    at: usize,
    taken: usize,
    keyed: Option<Value>,
}

/// The answer to what was asked for the directive that is read again.
#[derive(Default)]
struct Answer {
    keyed: Option<Value>,
    converted: Option<Value>,
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
    let directs = bytes.contains(&b'%');
    if bytes == b"%s"
        && text.is_some()
        && let [only] = values
        && only.is_kind(Kind::Str)
    {
        // What is all of the text is the text.
        return Ok(only.clone());
    }
    if directs && let Some(filled) = text.as_ref().and_then(|text| filled_simply(text.as_bytes(), values)) {
        return string(vm, filled);
    }
    let mapping = is_mapping(vm, args, text.is_none()).then_some(args);
    let out = Vec::with_capacity(bytes.len());
    let mut filling = Filling { template: bytes, bytes: text.is_none(), values, mapping, out, taken: 0, keyed: None };
    match filling.go_on(vm, 0)? {
        // Without a directive it is the template itself, also one of a class of the program.
        None if text.is_some() && !bytes.is_empty() && !directs => Ok(template.clone()),
        None => made(vm, inner, filling.out),
        Some(ask) => {
            let asked = ask.shown(filling.out);
            vm.tail_prelude("percent_in_python", vec![inner.clone(), args.clone(), asked])
        }
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

impl Filling<'_> {
    /// Fills in what stands from `at` on, to the end or to what only Python code can do.
    fn go_on(&mut self, vm: &mut Vm, at: usize) -> Result<Option<Ask>, Exit> {
        let mut reader = Reader::new(self.template, self.bytes, at);
        while let Some(piece) = reader.piece() {
            match piece {
                Piece::Literal(literal) => self.out.extend_from_slice(literal),
                Piece::Directive => {
                    let asked = self.directive(vm, &mut reader, Answer::default())?;
                    if asked.is_some() {
                        return Ok(asked);
                    }
                }
            }
        }
        if self.taken < self.values.len() && self.mapping.is_none() {
            return Err(vm.text_error(percent::not_all_converted(self.bytes)));
        }
        Ok(None)
    }

    /// Fills in the directive whose percent sign was read.
    fn directive(&mut self, vm: &mut Vm, reader: &mut Reader<'_>, answer: Answer) -> Result<Option<Ask>, Exit> {
        let (at, taken) = (reader.at(), self.taken);
        let ask = |want, value, keyed| Ok(Some(Ask { want, value, at, taken, keyed }));
        if let Some(key) = reader.key(self.mapping.is_some()).map_err(|error| vm.text_error(error))? {
            self.keyed = answer.keyed;
            if self.keyed.is_none() {
                let (key, found) = self.by_key(vm, key)?;
                if found.is_none() {
                    return ask("key", key, None);
                }
                self.keyed = found;
            }
            // It is there to be taken.
            self.taken = 0;
        }
        let (flags, width) = reader.width().map_err(|error| vm.text_error(error))?;
        let width = match width {
            Count::None => None,
            Count::Given(width) => Some(width as i64),
            Count::Star => Some(self.star(vm, "Python int too large to convert to C ssize_t", i64::MAX)?),
        };
        let precision = match reader.precision().map_err(|error| vm.text_error(error))? {
            Count::None => None,
            Count::Given(precision) => Some(precision),
            Count::Star => {
                let precision = self.star(vm, "Python int too large to convert to C int", i64::from(i32::MAX))?;
                Some(usize::try_from(precision).unwrap_or(0))
            }
        };
        let directive = reader.letter(flags, width, precision).map_err(|error| vm.text_error(error))?;
        let value = self.take(vm)?;
        let wants = directive.wants().map_err(|error| vm.text_error(error))?;
        if directive.least_size().saturating_add(self.out.len()) > super::text::MAX_TEXT {
            return Err(vm.no_memory());
        }
        let converted = answer.converted.is_some();
        let value = answer.converted.unwrap_or(value);
        if !fill(vm, &mut self.out, &directive, wants, &value, [converted, self.bytes])? {
            return ask(asked_letter(wants, self.bytes), value, self.keyed.take());
        }
        if self.out.len() > super::text::MAX_TEXT {
            return Err(vm.no_memory());
        }
        // Behind a directive with a key, what it found counts as all that there was.
        if self.keyed.take().is_some() {
            self.taken = self.values.len();
        }
        Ok(None)
    }

    fn take(&mut self, vm: &Vm) -> Result<Value, Exit> {
        let values = self.keyed.as_ref().map_or(self.values, std::slice::from_ref);
        let value = values.get(self.taken).cloned();
        self.taken += 1;
        value.ok_or_else(|| vm.text_error(percent::not_enough_arguments()))
    }

    /// A width or a precision that is one of the arguments.
    fn star(&mut self, vm: &Vm, complaint: &str, most: i64) -> Result<i64, Exit> {
        let value = self.take(vm)?;
        let Some(number) = value.as_integer() else { return Err(vm.text_error(percent::star_wants_int())) };
        number.to_i64().filter(|number| (-most - 1..=most).contains(number)).ok_or_else(|| vm.overflow_error(complaint))
    }

    /// A key, and what it finds on the right side; nothing when Python code must be asked.
    fn by_key(&self, vm: &Vm, key: &[u8]) -> Result<(Value, Option<Value>), Exit> {
        let (key, hash) = if self.bytes {
            (Value::bytes(key), crate::object::hashing::hash_bytes(key))
        } else {
            (Value::str(key), crate::object::hashing::hash_str(key))
        };
        let Some(dict) = self.mapping.and_then(|mapping| mapping.get::<Dict>()) else { return Ok((key, None)) };
        match dict.get(&key, hash) {
            Ok(None) => Err(vm.key_error(&key)),
            found => Ok((key, found.ok().flatten())),
        }
    }
}

impl Ask {
    /// For the prelude: what it is to do, then what is given back to [`percent_go_on`].
    fn shown(self, out: Vec<u8>) -> Value {
        let (at, taken) = (Value::size(self.at), Value::size(self.taken));
        let found = Value::bool(self.keyed.is_some());
        let keyed = self.keyed.unwrap_or(Value::NONE);
        Value::tuple(vec![Value::str(self.want), self.value, super::text::byte_array(out), at, taken, found, keyed])
    }
}

/// What the prelude is to make of a value.
fn asked_letter(wants: Wants, bytes: bool) -> &'static str {
    match wants {
        Wants::Str => "s",
        Wants::Repr => "r",
        Wants::Ascii => "a",
        Wants::Bytes => "b",
        Wants::Int => "d",
        Wants::Index => "x",
        // Whatever goes wrong, a template of bytes says that it was no float.
        Wants::Float if bytes => "F",
        Wants::Float => "f",
        Wants::Char if bytes => "C",
        Wants::Char => "c",
    }
}

/// Appends an argument to text or, where the template is one, to bytes; `false` when it must be `converted` by Python code first.
fn fill(
    vm: &mut Vm,
    out: &mut Vec<u8>,
    directive: &Directive,
    wants: Wants,
    value: &Value,
    [converted, bytes]: [bool; 2],
) -> Result<bool, Exit> {
    let wrong = |vm: &Vm| Err(vm.text_error(directive.wrong_type(&vm.type_name(value))));
    let filled: Result<(), TextError> = match wants {
        Wants::Str | Wants::Repr | Wants::Ascii if converted => match value.native::<Str>() {
            Some(text) => directive.push_text(out, text.as_bytes()),
            None => return wrong(vm),
        },
        Wants::Str => match native_str(vm, value)?.as_ref().and_then(|text| text.native::<Str>()) {
            Some(text) => directive.push_text(out, text.as_bytes()),
            None => return Ok(false),
        },
        Wants::Repr => match native_repr(vm, value)? {
            Some(text) => directive.push_text(out, &text),
            None => return Ok(false),
        },
        Wants::Ascii => match native_repr(vm, value)? {
            Some(text) => directive.push_text(out, escape::escape_non_ascii(&text).as_bytes()),
            None => return Ok(false),
        },
        Wants::Bytes => match buffer(value) {
            Some(bytes) => directive.push_text(out, &bytes),
            None if !converted && special(vm, value, &vm.names.bytes_.clone()).is_some() => return Ok(false),
            None => return wrong(vm),
        },
        Wants::Int | Wants::Index => {
            let limit = vm.max_digits();
            if let Some(number) = value.as_integer() {
                directive.push_int(out, int_ref(&number), limit)
            } else if let Some(f) = value.payload().as_float().filter(|_| wants == Wants::Int) {
                let whole = arithmetic::truncate(f).map_err(|error| vm.arith_error(error))?;
                let number = whole.as_integer().unwrap_or(Integer::Small(0));
                directive.push_int(out, int_ref(&number), limit)
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
                directive.push_float(out, f)
            } else if let Some(number) = value.as_integer() {
                match arithmetic::to_float(number) {
                    Ok(f) => directive.push_float(out, f),
                    Err(_) if bytes => return wrong(vm),
                    Err(error) => return Err(vm.arith_error(error)),
                }
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
                directive.push_char(out, int_ref(&number))
            } else if let Some(text) = value.native::<Str>().filter(|_| !bytes) {
                match wtf8::first(text.as_bytes()) {
                    Some(c) if text.chars() == 1 => directive.push_char(out, i64::from(c).into()),
                    _ => Err(directive.wrong_length("str", text.chars())),
                }
            } else if let Some(held) =
                buffer(value).filter(|_| bytes && matches!(value.payload().kind(), Some(Kind::Bytes | Kind::ByteArray)))
            {
                match &held[..] {
                    [byte] => directive.push_char(out, i64::from(*byte).into()),
                    _ => Err(directive.wrong_length(&vm.type_name(value), held.len())),
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

fn percent_go_on(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [template, right, asked, answer] = args else { return Err(vm.system_error("four arguments are given")) };
    let inner = template.payload();
    let text = inner.get::<Str>();
    let copy = if text.is_none() { buffer_copy(inner) } else { None };
    let state = asked.get::<Tuple>();
    let (Some(bytes), Some([want, _, out, at, taken, found, keyed])) =
        (text.as_ref().map(|text| text.as_bytes()).or(copy.as_deref()), state.as_ref().map(|state| state.items()))
    else {
        return Err(vm.system_error("a template is filled in from where it was left"));
    };
    let out = out.get::<ByteArray>().map(|out| std::mem::take(&mut *out.body().data.borrow_mut())).unwrap_or_default();
    let count = |value: &Value| value.as_small().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
    let tuple = right.native::<Tuple>();
    let values = tuple.as_ref().map_or(std::slice::from_ref(right), |tuple| tuple.items());
    let mapping = is_mapping(vm, right, text.is_none()).then_some(right);
    let (template, is_bytes) = (bytes, text.is_none());
    let mut filling = Filling { template, bytes: is_bytes, values, mapping, out, taken: count(taken), keyed: None };
    let key = want.get::<Str>().is_some_and(|want| want.as_bytes() == b"key");
    let keyed = if key { Some(answer.clone()) } else { found.is(&Value::TRUE).then(|| keyed.clone()) };
    let answer = Answer { keyed, converted: (!key).then(|| answer.clone()) };
    let mut reader = Reader::new(template, is_bytes, count(at));
    let asked = match filling.directive(vm, &mut reader, answer)? {
        None => filling.go_on(vm, reader.at())?,
        asked => asked,
    };
    match asked {
        None => made(vm, inner, filling.out),
        Some(ask) => Ok(ask.shown(filling.out)),
    }
}
