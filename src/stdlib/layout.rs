//! `_struct`: values as the bytes that programs in C make of them, and back.

use super::room::Room;
use super::{class, kept_class, module as new_module};
use crate::builtins::text::{buffer, buffer_arg};
use crate::builtins::{getsets, install_getsets, install_methods, install_static, make_instance, natives};
use crate::memory;
use crate::object::float::Complex;
use crate::object::string::ByteArray;
use crate::object::{Dict, Foreign, Kind, Module, NativeObject, Ref, Slot, Str, Type, TypeFlags, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Some values of one kind in a row.
struct Run {
    letter: u8,
    /// Bytes of one.
    size: usize,
    /// Where the first begins.
    offset: usize,
    count: usize,
}

/// What a format says.
struct Layout {
    text: Vec<u8>,
    big: bool,
    runs: Vec<Run>,
    size: usize,
    /// How many values it takes.
    values: usize,
}

/// A `struct.Struct`.
struct Structure {
    layout: RefCell<Rc<Layout>>,
}

impl NativeObject for Structure {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
    fn outside(&self) -> usize {
        let layout = self.layout.borrow();
        layout.text.len() + layout.runs.len() * size_of::<Run>()
    }
}

/// What `iter_unpack` gives.
struct Unpacking {
    layout: Rc<Layout>,
    buffer: Slot,
    at: Cell<usize>,
}

impl NativeObject for Unpacking {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.buffer.visit(see);
    }
    fn clear(&self) {
        self.buffer.set(Value::NONE);
    }
}

natives! {
    FUNCTIONS {
        /// How many bytes a format takes.
        "calcsize(format, /)" => calcsize;
        /// The bytes of values, as a format says.
        "pack(*args)" => pack;
        /// Write the bytes of values into a buffer, from an offset on.
        "pack_into(*args)" => pack_into;
        /// The values in a buffer, as a format says.
        "unpack(format, buffer, /)" => unpack;
        /// The values in a buffer, from an offset on.
        "unpack_from(format, /, buffer, offset=0)" => unpack_from;
        /// The values in a buffer that holds them again and again.
        "iter_unpack(format, buffer, /)" => iter_unpack;
        "_clearcache()" => clear_cache;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    METHODS {
        "__init__(self, /, *args, **kwargs)" => init;
        /// The bytes of values.
        "pack(self, /, *values)" => pack;
        /// Write the bytes of values into a buffer, from an offset on.
        "pack_into(self, /, *args)" => pack_into;
        /// The values in a buffer.
        "unpack(self, buffer, /)" => unpack;
        /// The values in a buffer, from an offset on.
        "unpack_from(self, /, buffer, offset=0)" => unpack_from;
        /// The values in a buffer that holds them again and again.
        "iter_unpack(self, buffer, /)" => iter_unpack;
        "__repr__(self, /)" => repr;
        "__sizeof__(self, /)" => size_of_it;
    }
    ITERATOR {
        "__iter__(self, /)" => itself;
        "__next__(self, /)" => next;
        "__length_hint__(self, /)" => length_hint;
    }
}

getsets! {
    ATTRIBUTES {
        "format" => format;
        "size" => size;
    }
}

fn structure_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_struct.Struct", |vm| {
        let made = class("_struct", "Struct", &vm.types.object, TypeFlags::WEAK);
        made.layout.set(Some(Kind::Foreign));
        made.dict.set_str(&intern(b"__doc__"), Value::str("What a format says, taken apart once."));
        install_static(&made, NEW);
        install_methods(&made, METHODS);
        install_getsets(&made, ATTRIBUTES);
        made
    })
}

fn iterator_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_struct.unpack_iterator", |vm| {
        let made = class("_struct", "unpack_iterator", &vm.types.object, TypeFlags::FINAL.with(TypeFlags::NO_DICT));
        install_methods(&made, ITERATOR);
        made
    })
}

fn error_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "struct.error", |vm| class("struct", "error", &vm.types.exception, vm.types.exception.flags()))
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_struct", "", FUNCTIONS);
    module.set("Struct", structure_class(vm).into_value());
    module.set("error", error_class(vm).into_value());
    module
}

/// `struct.error(message)`
fn error(vm: &mut Vm, message: impl AsRef<str>) -> Exit {
    let class = error_class(vm);
    vm.raise(&class, message)
}

/// Size and alignment of the values of a letter.
fn measure(letter: u8, native: bool) -> Option<(usize, usize)> {
    let size = match letter {
        b'x' | b'c' | b'b' | b'B' | b'?' | b's' | b'p' => 1,
        b'h' | b'H' | b'e' => 2,
        b'i' | b'I' | b'f' => 4,
        b'l' | b'L' if !native => 4,
        b'l' | b'L' | b'q' | b'Q' | b'd' => 8,
        b'n' | b'N' | b'P' if native => 8,
        b'F' => return Some((8, if native { 4 } else { 1 })),
        b'D' => return Some((16, if native { 8 } else { 1 })),
        _ => return None,
    };
    Some((size, if native { size } else { 1 }))
}

/// Takes a format apart.
fn parse(text: &[u8]) -> Result<Layout, &'static str> {
    const TOO_LONG: &str = "total struct size too long";
    let (sign, rest) = match text.split_first() {
        Some((sign @ (b'@' | b'=' | b'<' | b'>' | b'!'), rest)) => (*sign, rest),
        _ => (b'@', text),
    };
    let native = sign == b'@';
    let mut runs: Vec<Run> = Vec::new();
    let (mut size, mut values) = (0usize, 0usize);
    let mut letters = rest.iter().copied().peekable();
    while let Some(mut letter) = letters.next() {
        if letter.is_ascii_whitespace() || letter == 11 {
            continue;
        }
        let mut count = 1usize;
        if letter.is_ascii_digit() {
            count = 0;
            let mut digit = Some(letter);
            loop {
                match digit {
                    None => return Err("repeat count given without format specifier"),
                    Some(c) if c.is_ascii_digit() => {
                        let more = count.checked_mul(10).and_then(|n| n.checked_add(usize::from(c - b'0')));
                        count = more.filter(|n| *n <= isize::MAX as usize).ok_or(TOO_LONG)?;
                    }
                    Some(c) => {
                        letter = c;
                        break;
                    }
                }
                digit = letters.next();
            }
        }
        if letter == 0 {
            return Err("embedded null character");
        }
        let (one, align) = measure(letter, native).ok_or("bad char in struct format")?;
        let offset = size.checked_next_multiple_of(align).ok_or(TOO_LONG)?;
        let bytes = one.checked_mul(count).ok_or(TOO_LONG)?;
        size = offset.checked_add(bytes).filter(|size| *size <= isize::MAX as usize).ok_or(TOO_LONG)?;
        match letter {
            b'x' => {}
            b's' | b'p' => {
                runs.push(Run { letter, size: count, offset, count: 1 });
                values += 1;
            }
            _ if count > 0 => {
                runs.push(Run { letter, size: one, offset, count });
                values += count;
            }
            _ => {}
        }
    }
    let big = matches!(sign, b'>' | b'!');
    Ok(Layout { text: text.to_vec(), big, runs, size, values })
}

/// The layout of a `Struct`, or of a format.
fn layout(vm: &mut Vm, value: &Value) -> Result<Rc<Layout>, Exit> {
    if let Some(structure) = value.foreign::<Structure>() {
        return Ok(structure.layout.borrow().clone());
    }
    let text = match value.native::<Str>() {
        Some(text) if text.is_ascii() => text.as_bytes().to_vec(),
        Some(_) => {
            return Err(vm
                .tail_prelude("struct_not_ascii", vec![value.clone()])
                .err()
                .unwrap_or_else(|| vm.no_memory()));
        }
        None => match value.native::<crate::object::Bytes>() {
            Some(bytes) => bytes.data.to_vec(),
            None => {
                let got = if value.is_none() { "NoneType".to_owned() } else { vm.type_name(value) };
                return Err(vm.type_error(format!("Struct() argument 1 must be a str or bytes object, not {got}")));
            }
        },
    };
    match parse(&text) {
        Ok(layout) => Ok(Rc::new(layout)),
        Err(message) => Err(error(vm, message)),
    }
}

/// An empty layout: what a subclass gives to `__init__` says what it is.
fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = structure_class(vm);
    let nothing = Layout { text: Vec::new(), big: false, runs: Vec::new(), size: 0, values: 0 };
    let made = Foreign::value(&exact, Structure { layout: RefCell::new(Rc::new(nothing)) });
    make_instance(vm, &exact, &args[0], made)
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let named = match args.last().and_then(|keywords| keywords.get::<Dict>()) {
        Some(keywords) => keywords.items(),
        None => Vec::new(),
    };
    let given = &args[1..args.len() - 1];
    let format = match (given, named.as_slice()) {
        ([format], []) => format,
        ([], [(name, format)]) if name.get::<Str>().is_some_and(|name| name.as_bytes() == b"format") => format,
        ([], []) => return Err(vm.type_error("Struct() missing required argument 'format' (pos 1)")),
        _ => {
            let count = given.len() + named.len();
            return Err(vm.type_error(format!("Struct() takes at most 1 argument ({count} given)")));
        }
    };
    let layout = layout(vm, format)?;
    *structure(vm, &args[0])?.layout.borrow_mut() = layout;
    Ok(Value::NONE)
}

fn calcsize(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(layout(vm, &args[0])?.size))
}

fn clear_cache(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NONE)
}

fn itself(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn structure<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Structure, Exit> {
    value.foreign::<Structure>().ok_or_else(|| vm.type_error("a Struct is needed"))
}

fn format(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::str(&structure(vm, me)?.layout.borrow().text))
}

fn size(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(structure(vm, me)?.layout.borrow().size))
}

fn size_of_it(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(64 + structure(vm, &args[0])?.outside()))
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = structure(vm, &args[0])?.layout.borrow().text.clone();
    let name = vm.class_of(&args[0]).name();
    Ok(Value::str(format!("{name}({})", crate::text::escape::repr_str(&text))))
}

// ---- packing

fn pack(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(first) = args.first() else { return Err(vm.type_error("missing format argument")) };
    let layout = layout(vm, first)?;
    Ok(Value::bytes(packed(vm, &layout, args, 1, "pack")?))
}

/// The bytes of the values from `args[first]` on.
fn packed(vm: &mut Vm, layout: &Layout, args: &[Value], first: usize, name: &str) -> Result<Vec<u8>, Exit> {
    let given = args.len() - first;
    if given != layout.values {
        let message = format!("{name} expected {} items for packing (got {given})", layout.values);
        return Err(error(vm, message));
    }
    let mut out: Vec<u8> = memory::vector(layout.size).map_err(|_| vm.no_memory())?;
    out.resize(layout.size, 0);
    let mut n = first;
    for run in &layout.runs {
        for each in 0..run.count {
            let at = run.offset + each * run.size;
            pack_one(vm, layout, run, args, n, &mut out[at..at + run.size])?;
            n += 1;
        }
    }
    Ok(out)
}

fn put(out: &mut [u8], little: &[u8], big: bool) {
    let count = out.len().min(little.len());
    out[..count].copy_from_slice(&little[..count]);
    if big {
        out.reverse();
    }
}

fn pack_one(vm: &mut Vm, layout: &Layout, run: &Run, args: &[Value], n: usize, out: &mut [u8]) -> Result<(), Exit> {
    let value = &args[n];
    match run.letter {
        b'c' => match value.native::<crate::object::Bytes>() {
            Some(bytes) if bytes.data.len() == 1 => out[0] = bytes.data[0],
            _ => return Err(error(vm, "char format requires a bytes object of length 1")),
        },
        letter @ (b's' | b'p') => {
            let bytes = match value.native::<crate::object::Bytes>() {
                Some(bytes) => Some(bytes.data.to_vec()),
                None => value.native::<ByteArray>().map(|array| array.data.borrow().to_vec()),
            };
            let Some(bytes) = bytes else {
                let message = format!("argument for '{}' must be a bytes object", letter as char);
                return Err(error(vm, message));
            };
            if letter == b's' {
                let count = bytes.len().min(out.len());
                out[..count].copy_from_slice(&bytes[..count]);
            } else if let Some((length, rest)) = out.split_first_mut() {
                let count = bytes.len().min(rest.len());
                rest[..count].copy_from_slice(&bytes[..count]);
                *length = count.min(255) as u8;
            }
        }
        b'?' => match vm.native_truth(value) {
            Some(truth) => out[0] = u8::from(truth),
            None => return Err(vm.retry(args, n, "to_bool")),
        },
        b'e' | b'f' | b'd' => {
            let number = real(vm, args, n)?;
            let packed = pack_float(vm, run.letter, number, layout.big, out);
            if packed.is_err() && value.as_integer().is_some() {
                return Err(error(vm, "int too large to convert"));
            }
            packed?;
        }
        b'F' | b'D' => {
            let number = match value.native::<Complex>() {
                Some(number) => (number.re, number.im),
                None if value.as_integer().is_some() || value.payload().as_float().is_some() => {
                    (real(vm, args, n)?, 0.0)
                }
                None => return Err(error(vm, "required argument is not a complex")),
            };
            let (letter, half) = if run.letter == b'F' { (b'f', 4) } else { (b'd', 8) };
            pack_float(vm, letter, number.0, layout.big, &mut out[..half])?;
            pack_float(vm, letter, number.1, layout.big, &mut out[half..])?;
        }
        letter => {
            let Some(integer) = value.as_integer() else {
                if vm.class_of(value).lookup(&vm.names.index).is_some() {
                    return Err(vm.retry(args, n, "index"));
                }
                return Err(error(vm, "required argument is not an integer"));
            };
            let signed = letter.is_ascii_lowercase();
            let bits = 8 * run.size as u32;
            let number = integer.to_big().to_i128().unwrap_or(i128::MAX);
            let (least, most) = match (letter, signed) {
                // A pointer may be given as a negative number.
                (b'P', _) => (-(1i128 << (bits - 1)), (1i128 << bits) - 1),
                (_, true) => (-(1i128 << (bits - 1)), (1i128 << (bits - 1)) - 1),
                (_, false) => (0, (1i128 << bits) - 1),
            };
            if !(least..=most).contains(&number) {
                if letter == b'P' {
                    return Err(error(vm, "int too large to convert"));
                }
                let message = format!("'{}' format requires {least} <= number <= {most}", letter as char);
                return Err(error(vm, message));
            }
            put(out, &number.to_le_bytes(), layout.big);
        }
    }
    Ok(())
}

/// A float, or what can be one.
fn real(vm: &mut Vm, args: &[Value], n: usize) -> Result<f64, Exit> {
    let value = &args[n];
    let number = match value.payload().as_float() {
        Some(number) => Some(number),
        None => value.as_integer().and_then(|integer| integer.to_f64()),
    };
    if let Some(number) = number {
        return Ok(number);
    }
    let class = vm.class_of(value);
    let is_number = class.lookup(&vm.names.float_).is_some() || class.lookup(&vm.names.index).is_some();
    if is_number && value.as_integer().is_none() {
        return Err(vm.retry(args, n, "to_float"));
    }
    Err(error(vm, "required argument is not a float"))
}

fn pack_float(vm: &mut Vm, letter: u8, number: f64, big: bool, out: &mut [u8]) -> Result<(), Exit> {
    let too_large = match letter {
        b'd' => {
            put(out, &number.to_le_bytes(), big);
            false
        }
        b'f' => {
            let single = number as f32;
            put(out, &single.to_le_bytes(), big);
            single.is_infinite() && number.is_finite()
        }
        _ => match half_of(number) {
            Some(bits) => {
                put(out, &bits.to_le_bytes(), big);
                false
            }
            None => true,
        },
    };
    if too_large {
        return Err(vm.overflow_error(format!("float too large to pack with {} format", letter as char)));
    }
    Ok(())
}

/// The nearest number of half precision; `None` if that is too large.
fn half_of(number: f64) -> Option<u16> {
    let sign = if number.is_sign_negative() { 0x8000 } else { 0 };
    if number.is_nan() {
        return Some(sign | 0x7E00);
    }
    if number.is_infinite() {
        return Some(sign | 0x7C00);
    }
    let size = number.abs();
    // In units of the last place: below the least normal number that is 2⁻²⁴, above it grows with the number.
    let exponent = if size < 2f64.powi(-14) { -14 } else { ((size.to_bits() >> 52) as i32 & 0x7FF) - 1023 };
    let units = (size / 2f64.powi(exponent - 10)).round_ties_even();
    let bits = ((exponent + 14).max(0) as u32 * 1024).checked_add(units as u32)?;
    u16::try_from(bits).ok().filter(|bits| *bits < 0x7C00).map(|bits| sign | bits)
}

/// A number of half precision.
fn half(bits: u16) -> f64 {
    let fraction = f64::from(bits & 0x3FF);
    let size = match bits >> 10 & 0x1F {
        0 => fraction * 2f64.powi(-24),
        0x1F if fraction == 0.0 => f64::INFINITY,
        0x1F => f64::NAN,
        exponent => (1024.0 + fraction) * 2f64.powi(i32::from(exponent) - 25),
    };
    if bits & 0x8000 != 0 { -size } else { size }
}

/// Where in a buffer of so many bytes an offset lies.
fn place(vm: &mut Vm, layout: &Layout, offset: i64, length: usize, verb: (&str, &str)) -> Result<usize, Exit> {
    let size = layout.size;
    if offset < 0 {
        if offset + (size as i64) > 0 {
            return Err(error(vm, format!("{} {size} bytes at offset {offset}", verb.0)));
        }
        return match usize::try_from(offset + length as i64) {
            Ok(at) => Ok(at),
            Err(_) => Err(error(vm, format!("offset {offset} out of range for {length}-byte buffer"))),
        };
    }
    let at = offset as usize;
    if at > length || length - at < size {
        let (name, doing) = (verb.1, if verb.1 == "pack_into" { "packing" } else { "unpacking" });
        let least = at.saturating_add(size);
        return Err(error(
            vm,
            format!(
                "{name} requires a buffer of at least {least} bytes for {doing} {size} bytes at offset {at} (actual \
                 buffer size is {length})"
            ),
        ));
    }
    Ok(at)
}

fn pack_into(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(first) = args.first() else { return Err(vm.type_error("missing format argument")) };
    let layout = layout(vm, first)?;
    match args.len() {
        1 => return Err(error(vm, "pack_into expected buffer argument")),
        2 => return Err(error(vm, "pack_into expected offset argument")),
        given if given - 3 != layout.values => {
            let message = format!("pack_into expected {} items for packing (got {})", layout.values, given - 3);
            return Err(error(vm, message));
        }
        _ => {}
    }
    let Some(room) = Room::of(&args[1]) else {
        let got = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("argument must be read-write bytes-like object, not {got}")));
    };
    let offset = vm.index_arg(args, 2)?;
    let at = place(vm, &layout, offset, room.len(), ("no space to pack", "pack_into"))?;
    room.put(at, &packed(vm, &layout, args, 3, "pack_into")?);
    Ok(Value::NONE)
}

// ---- unpacking

fn unpacked(layout: &Layout, bytes: &[u8]) -> Value {
    let mut values = Vec::with_capacity(layout.values.min(bytes.len() + 1));
    for run in &layout.runs {
        for each in 0..run.count {
            let at = run.offset + each * run.size;
            values.push(unpack_one(layout, run, &bytes[at..at + run.size]));
        }
    }
    Value::tuple(values)
}

fn unpack_one(layout: &Layout, run: &Run, bytes: &[u8]) -> Value {
    let word = |bytes: &[u8]| {
        let mut word = [0; 8];
        let count = bytes.len().min(8);
        word[..count].copy_from_slice(&bytes[..count]);
        if layout.big {
            word[..count].reverse();
        }
        u64::from_le_bytes(word)
    };
    let float = |bytes: &[u8]| match bytes.len() {
        2 => half(word(bytes) as u16),
        4 => f64::from(f32::from_bits(word(bytes) as u32)),
        _ => f64::from_bits(word(bytes)),
    };
    match run.letter {
        b'c' | b's' => Value::bytes(bytes),
        b'p' => {
            let (length, rest) =
                bytes.split_first().map_or((0, &[][..]), |(length, rest)| (usize::from(*length), rest));
            Value::bytes(&rest[..length.min(rest.len())])
        }
        b'?' => Value::bool(bytes[0] != 0),
        b'e' | b'f' | b'd' => Value::float(float(bytes)),
        b'F' | b'D' => {
            let (re, im) = bytes.split_at(run.size / 2);
            Value::object(Ref::new(Complex { re: float(re), im: float(im) }))
        }
        letter if letter.is_ascii_lowercase() => {
            let unused = 64 - 8 * run.size as u32;
            Value::int((word(bytes) << unused) as i64 >> unused)
        }
        _ => match i64::try_from(word(bytes)) {
            Ok(number) => Value::int(number),
            Err(_) => Value::big(BigInt::from(word(bytes))),
        },
    }
}

fn unpack(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let layout = layout(vm, &args[0])?;
    let bytes = buffer_arg(vm, &args[1])?;
    if bytes.len() != layout.size {
        return Err(error(vm, format!("unpack requires a buffer of {} bytes", layout.size)));
    }
    Ok(unpacked(&layout, &bytes))
}

fn unpack_from(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let layout = layout(vm, &args[0])?;
    let offset = if arg(args, 2).is_some() { vm.index_arg(args, 2)? } else { 0 };
    let bytes = buffer_arg(vm, &args[1])?;
    let at = place(vm, &layout, offset, bytes.len(), ("not enough data to unpack", "unpack_from"))?;
    Ok(unpacked(&layout, &bytes[at..at + layout.size]))
}

fn iter_unpack(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let layout = layout(vm, &args[0])?;
    if layout.size == 0 {
        return Err(error(vm, "cannot iteratively unpack with a struct of length 0"));
    }
    let length = buffer_arg(vm, &args[1])?.len();
    if !length.is_multiple_of(layout.size) {
        let message = format!("iterative unpacking requires a buffer of a multiple of {} bytes", layout.size);
        return Err(error(vm, message));
    }
    let class = iterator_class(vm);
    Ok(Foreign::value(&class, Unpacking { layout, buffer: Slot::new(args[1].clone()), at: Cell::new(0) }))
}

fn unpacking<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a Unpacking, Exit> {
    args[0].foreign::<Unpacking>().ok_or_else(|| vm.type_error("an unpack_iterator is needed"))
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = unpacking(vm, args)?;
    let source = me.buffer.get();
    let at = me.at.get();
    let values = buffer(&source).and_then(|bytes| Some(unpacked(&me.layout, bytes.get(at..at + me.layout.size)?)));
    match values {
        Some(values) => {
            me.at.set(at + me.layout.size);
            Ok(values)
        }
        None => {
            me.buffer.set(Value::NONE);
            Err(vm.stop_iteration(Value::NONE))
        }
    }
}

fn length_hint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let me = unpacking(vm, args)?;
    let source = me.buffer.get();
    let left = buffer(&source).map_or(0, |bytes| bytes.len().saturating_sub(me.at.get()));
    Ok(Value::size(left / me.layout.size))
}
