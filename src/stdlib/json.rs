//! `_json`: texts to values and back, for values that need no Python code. Neither way recurses: what is nested waits on a stack of
//! its own. Where a function of the program has a say, `json` (Python) does the whole.

use super::module as new_module;
use crate::builtins::natives;
use crate::builtins::text::{int_ref, string};
use crate::object::{Dict, Kind, List, Module, Ref, Str, Tuple, Value, intern};
use crate::text::int::{parse as parse_int, to_text};
use crate::text::{float, wtf8};
use crate::vm::{Exit, NativeResult, Vm};
use rustc_hash::{FxHashMap, FxHashSet};

/// How deep what is read or written may be nested.
const DEEPEST: usize = 30_000;

natives! {
    FUNCTIONS {
        /// The value that begins at a place, and where it ends: `(True, value, end)`, or `(False, message, place)`.
        "scan(string, index, strict, /)" => scan;
        /// The same for a whole text.
        "loads(string, /)" => loads;
        /// The same for the inside of a string, from behind its first quote.
        "scanstring(string, index, strict, /)" => scan_string;
        /// The text of a value, or `None` if Python code must be asked.
        "encode(value, ascii, skipkeys, nan, sort, circular, indent, comma, colon, /)" => encode;
        /// A string between quotes.
        "encode_basestring(string, /)" => encode_basestring;
        /// A string between quotes, in ASCII only.
        "encode_basestring_ascii(string, /)" => encode_basestring_ascii;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_json", "", FUNCTIONS)
}

/// Why a text is not read: it is malformed at this byte, or the machine has something to say.
enum Bad {
    At(&'static str, usize),
    Exit(Exit),
}

const NO_VALUE: &str = "Expecting value";
const NO_COMMA: &str = "Expecting ',' delimiter";
const NO_KEY: &str = "Expecting property name enclosed in double quotes";

impl From<Exit> for Bad {
    fn from(exit: Exit) -> Bad {
        Bad::Exit(exit)
    }
}

struct Reader<'a> {
    text: &'a [u8],
    strict: bool,
    /// Keys that have been there: most come again and again.
    keys: FxHashMap<&'a [u8], Ref<Str>>,
}

/// A container that is being read.
enum Open {
    List(Vec<Value>),
    /// The key is that of the value to come.
    Dict(Ref<Dict>, Ref<Str>),
}

impl<'a> Reader<'a> {
    fn peek(&self, at: usize) -> u8 {
        self.text.get(at).copied().unwrap_or(0)
    }

    fn space(&self, mut at: usize) -> usize {
        while matches!(self.peek(at), b' ' | b'\t' | b'\n' | b'\r') {
            at += 1;
        }
        at
    }

    /// The value that begins here, and where it ends.
    fn value(&mut self, vm: &mut Vm, mut at: usize) -> Result<(Value, usize), Bad> {
        let mut open: Vec<Open> = Vec::new();
        let mut steps = 0;
        loop {
            steps += 1;
            vm.tick(steps)?;
            let mut value = match self.peek(at) {
                b'[' => {
                    let inside = self.space(at + 1);
                    if self.peek(inside) != b']' {
                        self.check_depth(vm, &open, "array")?;
                        open.push(Open::List(Vec::new()));
                        at = inside;
                        continue;
                    }
                    at = inside + 1;
                    Value::list(Vec::new())
                }
                b'{' => {
                    let inside = self.space(at + 1);
                    if self.peek(inside) != b'}' {
                        self.check_depth(vm, &open, "object")?;
                        let (key, next) = self.key(vm, inside)?;
                        open.push(Open::Dict(Dict::empty(), key));
                        at = next;
                        continue;
                    }
                    at = inside + 1;
                    Dict::empty().into_value()
                }
                _ => {
                    let (value, next) = self.scalar(vm, at)?;
                    at = next;
                    value
                }
            };
            // The value may end what it is in, and that what that is in.
            loop {
                let Some(container) = open.last_mut() else { return Ok((value, at)) };
                at = {
                    let mut at = at;
                    while matches!(self.text.get(at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
                        at += 1;
                    }
                    at
                };
                let sign = self.text.get(at).copied().unwrap_or(0);
                match container {
                    Open::List(items) => {
                        items.push(value);
                        match sign {
                            b']' => value = Value::list(std::mem::take(items)),
                            b',' => {
                                let comma = at;
                                at = self.space(at + 1);
                                if self.peek(at) == b']' {
                                    return Err(Bad::At("Illegal trailing comma before end of array", comma));
                                }
                                break;
                            }
                            _ => return Err(Bad::At(NO_COMMA, at)),
                        }
                    }
                    Open::Dict(dict, key) => {
                        dict.set_str(key, value);
                        match sign {
                            b'}' => value = dict.value(),
                            b',' => {
                                let comma = at;
                                at = self.space(at + 1);
                                if self.peek(at) == b'}' {
                                    return Err(Bad::At("Illegal trailing comma before end of object", comma));
                                }
                                let (next_key, next) = self.key(vm, at)?;
                                if let Some(Open::Dict(_, key)) = open.last_mut() {
                                    *key = next_key;
                                }
                                at = next;
                                break;
                            }
                            _ => return Err(Bad::At(NO_COMMA, at)),
                        }
                    }
                }
                open.pop();
                at += 1;
            }
        }
    }

    fn check_depth(&self, vm: &Vm, open: &[Open], what: &str) -> Result<(), Bad> {
        if open.len() < DEEPEST {
            return Ok(());
        }
        let message = format!("maximum recursion depth exceeded while decoding a JSON {what} from a unicode string");
        Err(Bad::Exit(vm.recursion_error(message)))
    }

    /// A key and the colon behind it: where the value begins.
    fn key(&mut self, vm: &Vm, at: usize) -> Result<(Ref<Str>, usize), Bad> {
        if self.peek(at) != b'"' {
            return Err(Bad::At(NO_KEY, at));
        }
        let rest = &self.text[at + 1..];
        let plain =
            rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F)).filter(|end| rest[*end] == b'"');
        let (key, end) = match plain {
            Some(length) => {
                let raw = &rest[..length];
                let key = self.keys.entry(raw).or_insert_with(|| Ref::from_wtf8(raw)).clone();
                (key, at + length + 2)
            }
            None => {
                let (text, end) = self.string(vm, at + 1)?;
                (Ref::from_wtf8(&text), end)
            }
        };
        let colon = self.space(end);
        if self.peek(colon) != b':' {
            return Err(Bad::At("Expecting ':' delimiter", colon));
        }
        Ok((key, self.space(colon + 1)))
    }

    /// A string, from behind its first quote to behind its last.
    fn string(&self, _: &Vm, begin: usize) -> Result<(Vec<u8>, usize), Bad> {
        let unterminated = Bad::At("Unterminated string starting at", begin.saturating_sub(1));
        let mut text = Vec::new();
        let mut at = begin;
        loop {
            let rest = self.text.get(at..).unwrap_or_default();
            let stop = rest.iter().position(|byte| matches!(byte, b'"' | b'\\') || self.strict && *byte <= 0x1F);
            let Some(length) = stop else { return Err(unterminated) };
            text.extend_from_slice(&rest[..length]);
            at += length;
            match self.text[at] {
                b'"' => break,
                b'\\' => {}
                _ => return Err(Bad::At("Invalid control character at", at)),
            }
            let c = match self.text.get(at + 1) {
                None => return Err(unterminated),
                Some(b'"') => b'"',
                Some(b'\\') => b'\\',
                Some(b'/') => b'/',
                Some(b'b') => 8,
                Some(b'f') => 12,
                Some(b'n') => 10,
                Some(b'r') => 13,
                Some(b't') => 9,
                Some(b'u') => {
                    let mut c = self.hex(at + 2)?;
                    at += 6;
                    if c & 0xFC00 == 0xD800 && self.text[at..].starts_with(b"\\u") {
                        let low = self.hex(at + 2)?;
                        if low & 0xFC00 == 0xDC00 {
                            c = 0x10000 + ((c - 0xD800) << 10 | (low - 0xDC00));
                            at += 6;
                        }
                    }
                    wtf8::push(&mut text, c);
                    continue;
                }
                Some(_) => return Err(Bad::At("Invalid \\escape", at)),
            };
            text.push(c);
            at += 2;
        }
        Ok((text, at + 1))
    }

    /// Four digits of a character's number.
    fn hex(&self, at: usize) -> Result<u32, Bad> {
        let digits = self.text.get(at..at + 4).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        let number = digits.and_then(|digits| u32::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok());
        number.ok_or(Bad::At("Invalid \\uXXXX escape", at - 1))
    }

    fn scalar(&mut self, vm: &mut Vm, at: usize) -> Result<(Value, usize), Bad> {
        let word = |text: &[u8]| self.text[at..].starts_with(text);
        match self.peek(at) {
            b'"' => {
                let rest = &self.text[at + 1..];
                let stop = rest.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1F));
                if let Some(length) = stop.filter(|end| rest[*end] == b'"') {
                    return Ok((Value::str(&rest[..length]), at + length + 2));
                }
                let (text, end) = self.string(vm, at + 1)?;
                Ok((string(vm, text)?, end))
            }
            b'n' if word(b"null") => Ok((Value::NONE, at + 4)),
            b't' if word(b"true") => Ok((Value::TRUE, at + 4)),
            b'f' if word(b"false") => Ok((Value::FALSE, at + 5)),
            b'N' if word(b"NaN") => Ok((Value::float(f64::NAN), at + 3)),
            b'I' if word(b"Infinity") => Ok((Value::float(f64::INFINITY), at + 8)),
            b'-' if word(b"-Infinity") => Ok((Value::float(f64::NEG_INFINITY), at + 9)),
            b'-' | b'0'..=b'9' => self.number(vm, at),
            _ => Err(Bad::At(NO_VALUE, at)),
        }
    }

    fn number(&self, vm: &Vm, start: usize) -> Result<(Value, usize), Bad> {
        let digits = |mut at: usize| {
            while self.peek(at).is_ascii_digit() {
                at += 1;
            }
            at
        };
        let mut end = start + usize::from(self.peek(start) == b'-');
        end = match self.peek(end) {
            b'0' => end + 1,
            b'1'..=b'9' => digits(end),
            _ => return Err(Bad::At(NO_VALUE, start)),
        };
        let whole = end;
        if self.peek(end) == b'.' && self.peek(end + 1).is_ascii_digit() {
            end = digits(end + 1);
        }
        if matches!(self.peek(end), b'e' | b'E') {
            let sign = usize::from(matches!(self.peek(end + 1), b'+' | b'-'));
            if self.peek(end + 1 + sign).is_ascii_digit() {
                end = digits(end + 1 + sign);
            }
        }
        let text = &self.text[start..end];
        if end > whole {
            let number = float::parse_bytes(text).unwrap_or(f64::NAN);
            return Ok((Value::float(number), end));
        }
        if text.len() <= 18 {
            let digits = text.strip_prefix(b"-").unwrap_or(text);
            let number = digits.iter().fold(0, |number: i64, digit| number * 10 + i64::from(digit - b'0'));
            return Ok((Value::int(if digits.len() < text.len() { -number } else { number }), end));
        }
        match parse_int(text, 10, vm.max_digits()) {
            Ok(number) => Ok((crate::builtins::text::int_value(number), end)),
            Err(error) => Err(Bad::Exit(vm.text_error(error.into_error(text, 10)))),
        }
    }
}

fn reader<'a>(text: &'a Ref<Str>, strict: bool) -> Reader<'a> {
    Reader { text: text.as_bytes(), strict, keys: FxHashMap::default() }
}

/// A text, and the byte at which its character `args[1]` begins.
fn text_at(vm: &mut Vm, args: &[Value]) -> Result<(Ref<Str>, usize), Exit> {
    let index = vm.index_arg(args, 1)?;
    let Some(text) = args[0].native::<Str>() else {
        let got = vm.type_name(&args[0]);
        return Err(vm.type_error(format!("first argument must be a string, not {got}")));
    };
    let Ok(index) = usize::try_from(index) else { return Err(vm.value_error("idx cannot be negative")) };
    let at = if index >= text.chars() { text.as_bytes().len() } else { text.offset(index) };
    Ok((text.to_ref(), at))
}

/// What was found and where it ended, in characters.
fn answer(text: &Ref<Str>, result: Result<(Value, usize), Bad>) -> NativeResult {
    let place = |at: usize| Value::size(if text.is_ascii() { at } else { wtf8::index_of(text.as_bytes(), at) });
    match result {
        Ok((value, end)) => Ok(Value::tuple(vec![Value::TRUE, value, place(end)])),
        Err(Bad::At(message, at)) => Ok(Value::tuple(vec![Value::FALSE, super::text(message), place(at)])),
        Err(Bad::Exit(exit)) => Err(exit),
    }
}

fn scan(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (text, at) = text_at(vm, args)?;
    let result = reader(&text, !args[2].is(&Value::FALSE)).value(vm, at);
    answer(&text, result)
}

fn loads(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(text) = args[0].native::<Str>() else { return Err(vm.type_error("a string is needed")) };
    let mut reader = reader(text.reference(), true);
    let start = reader.space(0);
    let result = reader.value(vm, start).and_then(|(value, end)| {
        let end = reader.space(end);
        if end == reader.text.len() { Ok((value, end)) } else { Err(Bad::At("Extra data", end)) }
    });
    match result {
        Ok((value, _)) => Ok(Value::tuple(vec![Value::TRUE, value, Value::NONE])),
        other => answer(text.reference(), other),
    }
}

fn scan_string(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (text, at) = text_at(vm, args)?;
    let found = reader(&text, !args[2].is(&Value::FALSE)).string(vm, at);
    let result = match found {
        Ok((bytes, end)) => string(vm, bytes).map(|value| (value, end)).map_err(Bad::Exit),
        Err(bad) => Err(bad),
    };
    answer(&text, result)
}

/// How values are written.
struct Writer {
    out: Vec<u8>,
    ascii: bool,
    skip_keys: bool,
    nan: bool,
    sort: bool,
    circular: bool,
    indent: Option<Vec<u8>>,
    comma: Vec<u8>,
    colon: Vec<u8>,
}

/// A container that is being written.
enum Writing {
    Items(Vec<Value>, usize),
    /// The pairs, the next one, and whether one has been written.
    Pairs(Vec<(Value, Value)>, usize, bool),
}

/// What cannot be written natively.
enum Unwritten {
    /// Python code has to look at it.
    NeedsPython,
    Exit(Exit),
}

impl From<Exit> for Unwritten {
    fn from(exit: Exit) -> Unwritten {
        Unwritten::Exit(exit)
    }
}

impl Writer {
    fn quoted(&mut self, text: &[u8]) {
        write_quoted(&mut self.out, text, self.ascii);
    }

    fn newline(&mut self, depth: usize) {
        if let Some(indent) = &self.indent {
            self.out.push(b'\n');
            for _ in 0..depth {
                self.out.extend_from_slice(indent);
            }
        }
    }

    /// The text of a number or a word.
    fn word(&self, vm: &Vm, value: &Value) -> Result<Option<String>, Unwritten> {
        if value.is_none() {
            return Ok(Some("null".to_owned()));
        }
        if let Some(truth) = value.as_bool() {
            return Ok(Some(if truth { "true" } else { "false" }.to_owned()));
        }
        if let Some(number) = value.as_small() {
            return Ok(Some(number.to_string()));
        }
        if let Some(integer) = value.as_integer() {
            let text = match integer.to_i64() {
                Some(number) => Ok(number.to_string()),
                None => to_text(int_ref(&integer), 10, vm.max_digits()),
            };
            return text.map(Some).map_err(|_| Unwritten::NeedsPython);
        }
        let Some(number) = value.payload().as_float() else { return Ok(None) };
        if number.is_finite() {
            return Ok(Some(float::repr(number)));
        }
        if !self.nan {
            return Err(Unwritten::NeedsPython);
        }
        let text = if number.is_nan() {
            "NaN"
        } else if number > 0.0 {
            "Infinity"
        } else {
            "-Infinity"
        };
        Ok(Some(text.to_owned()))
    }

    /// The pairs of a dict in the order in which they are written.
    fn pairs(&self, vm: &Vm, value: &Value) -> Result<Option<Vec<(Value, Value)>>, Unwritten> {
        let Some(dict) = value.native::<Dict>() else { return Ok(None) };
        if value.get::<Dict>().is_none() {
            let items = vm.class_of(value).lookup(&intern(b"items"));
            if !items.is_some_and(|items| items.is_kind(Kind::Native)) {
                return Err(Unwritten::NeedsPython);
            }
        }
        let mut pairs = dict.items();
        if self.sort {
            if !pairs.iter().all(|(key, _)| key.get::<Str>().is_some()) {
                return Err(Unwritten::NeedsPython);
            }
            let text = |key: &Value| key.get::<Str>().map(|text| text.as_bytes().to_vec());
            pairs.sort_by_cached_key(|(key, _)| text(key));
        }
        Ok(Some(pairs))
    }

    fn write(&mut self, vm: &mut Vm, root: &Value) -> Result<(), Unwritten> {
        let mut open: Vec<(Value, Writing)> = Vec::new();
        let mut inside: FxHashSet<u64> = FxHashSet::default();
        let mut value = root.clone();
        let mut steps = 0;
        loop {
            steps += 1;
            vm.tick(steps)?;
            // Writes the value, or opens it.
            let opened = if let Some(text) = value.native::<Str>() {
                self.quoted(text.as_bytes());
                None
            } else if let Some(word) = self.word(vm, &value)? {
                self.out.extend_from_slice(word.as_bytes());
                None
            } else {
                let items = match value.native::<List>() {
                    Some(list) => Some(list.to_vec()),
                    None => value.native::<Tuple>().map(|tuple| tuple.items().to_vec()),
                };
                let writing = match items {
                    Some(items) if items.is_empty() => {
                        self.out.extend_from_slice(b"[]");
                        None
                    }
                    Some(items) => Some(Writing::Items(items, 0)),
                    None => match self.pairs(vm, &value)? {
                        None => return Err(Unwritten::NeedsPython),
                        Some(pairs) if pairs.is_empty() => {
                            self.out.extend_from_slice(b"{}");
                            None
                        }
                        Some(pairs) => Some(Writing::Pairs(pairs, 0, false)),
                    },
                };
                if writing.is_some() && self.circular && !inside.insert(value.bits()) {
                    return Err(Unwritten::NeedsPython);
                }
                writing
            };
            if let Some(writing) = opened {
                if open.len() >= DEEPEST {
                    let message = "maximum recursion depth exceeded while encoding a JSON object";
                    return Err(Unwritten::Exit(vm.recursion_error(message)));
                }
                self.out.push(if matches!(writing, Writing::Items(..)) { b'[' } else { b'{' });
                open.push((value, writing));
            }
            // Goes on to the next value, closing what has come to its end.
            value = loop {
                let depth = open.len();
                let Some((container, writing)) = open.last_mut() else { return Ok(()) };
                let next = match writing {
                    Writing::Items(items, next) => {
                        *next += 1;
                        items.get(*next - 1).cloned().map(|item| (None, item, *next > 1))
                    }
                    Writing::Pairs(pairs, next, began) => loop {
                        *next += 1;
                        let Some((key, item)) = pairs.get(*next - 1) else { break None };
                        let key = match key.native::<Str>() {
                            Some(text) => text.as_bytes().to_vec(),
                            None => match self.word(vm, key)? {
                                Some(word) => word.into_bytes(),
                                None if self.skip_keys => continue,
                                None => return Err(Unwritten::NeedsPython),
                            },
                        };
                        break Some((Some(key), item.clone(), std::mem::replace(began, true)));
                    },
                };
                match next {
                    Some((key, item, further)) => {
                        if further {
                            self.out.extend_from_slice(&self.comma);
                        }
                        self.newline(depth);
                        if let Some(key) = key {
                            self.quoted(&key);
                            self.out.extend_from_slice(&self.colon);
                        }
                        break item;
                    }
                    None => {
                        let is_list = matches!(writing, Writing::Items(..));
                        if !matches!(writing, Writing::Pairs(_, _, false)) {
                            self.newline(depth - 1);
                        }
                        inside.remove(&container.bits());
                        self.out.push(if is_list { b']' } else { b'}' });
                        open.pop();
                    }
                }
            };
        }
    }
}

/// A string between quotes.
fn write_quoted(out: &mut Vec<u8>, text: &[u8], ascii: bool) {
    out.push(b'"');
    let mut from = 0;
    for (at, &byte) in text.iter().enumerate() {
        let escape: &[u8] = match byte {
            b'"' => b"\\\"",
            b'\\' => b"\\\\",
            b'\n' => b"\\n",
            b'\r' => b"\\r",
            b'\t' => b"\\t",
            0x08 => b"\\b",
            0x0C => b"\\f",
            0..=0x1F => {
                out.extend_from_slice(&text[from..at]);
                out.extend_from_slice(format!("\\u{byte:04x}").as_bytes());
                from = at + 1;
                continue;
            }
            0x7F.. if ascii => {
                out.extend_from_slice(&text[from..at]);
                from = at;
                // The first byte of a character; the others are passed over.
                if byte & 0xC0 != 0x80
                    && let Some(c) = wtf8::first(&text[at..])
                {
                    if c >= 0x10000 {
                        let c = c - 0x10000;
                        let pair = format!("\\u{:04x}\\u{:04x}", 0xD800 + (c >> 10), 0xDC00 + (c & 0x3FF));
                        out.extend_from_slice(pair.as_bytes());
                    } else {
                        out.extend_from_slice(format!("\\u{c:04x}").as_bytes());
                    }
                }
                from += 1;
                continue;
            }
            _ => continue,
        };
        out.extend_from_slice(&text[from..at]);
        out.extend_from_slice(escape);
        from = at + 1;
    }
    out.extend_from_slice(&text[from..]);
    out.push(b'"');
}

fn encode(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let truth = |n: usize| vm.native_truth(&args[n]);
    let (Some(ascii), Some(skip_keys), Some(nan), Some(sort), Some(circular)) =
        (truth(1), truth(2), truth(3), truth(4), truth(5))
    else {
        return Ok(Value::NONE);
    };
    let text = |n: usize| args[n].native::<Str>().map(|text| text.as_bytes().to_vec());
    let (Some(comma), Some(colon)) = (text(7), text(8)) else { return Ok(Value::NONE) };
    let indent = text(6);
    if indent.is_none() && !args[6].is_none() {
        return Ok(Value::NONE);
    }
    let mut writer = Writer { out: Vec::new(), ascii, skip_keys, nan, sort, circular, indent, comma, colon };
    match writer.write(vm, &args[0]) {
        Ok(()) => string(vm, writer.out),
        Err(Unwritten::NeedsPython) => Ok(Value::NONE),
        Err(Unwritten::Exit(exit)) => Err(exit),
    }
}

fn quoted(vm: &mut Vm, args: &[Value], ascii: bool) -> NativeResult {
    let Some(text) = args[0].native::<Str>() else {
        let got = vm.type_name(&args[0]);
        return Err(vm.type_error(format!("first argument must be a string, not {got}")));
    };
    let mut out = Vec::new();
    write_quoted(&mut out, text.as_bytes(), ascii);
    string(vm, out)
}

fn encode_basestring(vm: &mut Vm, args: &[Value]) -> NativeResult {
    quoted(vm, args, false)
}

fn encode_basestring_ascii(vm: &mut Vm, args: &[Value]) -> NativeResult {
    quoted(vm, args, true)
}
