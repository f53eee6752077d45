//! `_array`: the class `array`, whose items are numbers or characters as the machine stores them.

use super::{class, kept_class, module as new_module};
use crate::builtins::items::{contains as item_in, places};
use crate::builtins::list::{count_method, index_method};
use crate::builtins::order::{Relation, native_compare};
use crate::builtins::slice::{Subscript, subscript};
use crate::builtins::text::buffer_arg;
use crate::builtins::{getsets, install_getsets, install_methods, install_static, natives};
use crate::builtins::{install_class_methods, order};
use crate::memory;
use crate::object::array::{Array, ITERATOR};
use crate::object::equality::Answer;
use crate::object::iter::native_iter;
use crate::object::memory::{Format, MemoryView};
use crate::object::string::ByteArray;
use crate::object::{Foreign, Instance, Kind, List, Module, NativeObject, Ref, Str, Type, TypeFlags, Value, intern};
use crate::text::wtf8;
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        /// Append new value v to the end of the array.
        "append(self, v, /)" => append;
        /// Return a tuple (address, length) giving the current memory address and the length in items of the buffer.
        "buffer_info(self, /)" => buffer_info;
        /// Byteswap all items of the array.
        "byteswap(self, /)" => byteswap;
        /// Remove all items from the array.
        "clear(self, /)" => clear;
        /// Return number of occurrences of v in the array.
        "count(self, v, /)" => count;
        /// Append items to the end of the array.
        "extend(self, bb, /)" => extend;
        /// Append items from an array of machine values, given as bytes.
        "frombytes(self, buffer, /)" => frombytes;
        /// Read n objects from the file object f and append them to the end of the array.
        "fromfile(self, f, n, /)" => fromfile;
        /// Append items to array from list.
        "fromlist(self, list, /)" => fromlist;
        /// Extends this array with data from the unicode string ustr.
        "fromunicode(self, ustr, /)" => fromunicode;
        /// Return index of first occurrence of v in the array.
        "index(self, v, start=0, stop=9223372036854775807, /)" => index;
        /// Insert a new item v into the array before position i.
        "insert(self, i, v, /)" => insert;
        /// Return the i-th element and delete it from the array.
        "pop(self, i=-1, /)" => pop;
        /// Remove the first occurrence of v in the array.
        "remove(self, v, /)" => remove;
        /// Reverse the order of the items in the array.
        "reverse(self, /)" => reverse;
        /// Convert the array to an array of machine values and return the bytes representation.
        "tobytes(self, /)" => tobytes;
        /// Write all items (as machine values) to the file object f.
        "tofile(self, f, /)" => tofile;
        /// Convert array to an ordinary list with the same items.
        "tolist(self, /)" => tolist;
        /// Extends this array with data from the unicode string ustr.
        "tounicode(self, /)" => tounicode;
        "__len__(self, /)" => len;
        "__getitem__(self, index, /)" => getitem;
        "__setitem__(self, index, value, /)" => setitem;
        "__delitem__(self, index, /)" => delitem;
        "__contains__(self, value, /)" => contains;
        "__iter__(self, /)" => iter;
        "__repr__(self, /)" => repr;
        "__eq__(self, other, /)" => eq;
        "__ne__(self, other, /)" => ne;
        "__lt__(self, other, /)" => lt;
        "__le__(self, other, /)" => le;
        "__gt__(self, other, /)" => gt;
        "__ge__(self, other, /)" => ge;
        "__add__(self, other, /)" => add;
        "__iadd__(self, other, /)" => iadd;
        "__mul__(self, count, /)" => mul;
        "__rmul__(self, count, /)" => mul;
        "__imul__(self, count, /)" => imul;
        "__copy__(self, /)" => copy;
        "__deepcopy__(self, memo, /)" => copy;
        "__reduce_ex__(self, protocol, /)" => reduce;
        "__buffer__(self, flags, /)" => buffer_of;
        "__release_buffer__(self, buffer, /)" => release_buffer;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    ITERATOR_METHODS {
        "__iter__(self, /)" => iterator_iter;
        "__next__(self, /)" => iterator_next;
    }
}

getsets! {
    ATTRIBUTES {
        "typecode" => typecode;
        "itemsize" => itemsize;
    }
}

const DOC: &str = "array(typecode [, initializer]) -> array\n\nReturn a new array whose items are restricted by typecode, and \
    initialized from the\noptional initializer value: a list, bytes, str, array, or an iterable over elements of that type.";

const LETTERS: &str = "bBuwhHiIlLqQfd";

fn array_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "array.array", |vm| {
        let flags = TypeFlags::UNHASHABLE.with(TypeFlags::SEQUENCE).with(TypeFlags::WEAK);
        let made = class("array", "array", &vm.types.object, flags);
        made.layout.set(Some(Kind::Foreign));
        made.dict.set_str(&intern(b"__hash__"), Value::NONE);
        made.dict.set_str(&intern(b"__doc__"), Value::str(DOC));
        install_methods(&made, METHODS);
        install_static(&made, NEW);
        install_class_methods(&made, order::GENERIC);
        install_getsets(&made, ATTRIBUTES);
        kept_class(vm, ITERATOR, |vm| {
            let made = class("array", "arrayiterator", &vm.types.object, TypeFlags::FINAL);
            install_methods(&made, ITERATOR_METHODS);
            made
        });
        made
    })
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_array", "", &[]);
    module.set("array", array_class(vm).into_value());
    module.set("typecodes", Value::str(LETTERS));
    module
}

fn of<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Array, Exit> {
    value.foreign::<Array>().ok_or_else(|| vm.type_error("an array is needed"))
}

fn made(vm: &mut Vm, array: Array) -> Value {
    Foreign::value(&array_class(vm), array)
}

/// Change the number of items, which nobody may be looking at.
fn resize<R>(vm: &Vm, array: &Array, change: impl FnOnce(&mut Vec<u8>) -> R) -> Result<R, Exit> {
    let exporting = "cannot resize an array that is exporting buffers";
    array.change(true, change).ok_or_else(|| vm.raise(&vm.types.buffer_error, exporting))
}

/// Put these bytes behind what is there.
fn push(vm: &Vm, array: &Array, bytes: &[u8]) -> Result<(), Exit> {
    resize(vm, array, |data| {
        memory::reserve(data, bytes.len()).map(|()| data.extend_from_slice(bytes)).map_err(|_| vm.no_memory())
    })?
}

// ---- items as bytes

/// Must a method written in Python be asked for the number first?
fn needs_python(vm: &Vm, format: Format, value: &Value) -> bool {
    let class = || vm.class_of(value);
    match format.letter {
        b'u' | b'w' => false,
        b'f' | b'd' if value.payload().as_float().is_some() || value.as_integer().is_some() => false,
        b'f' | b'd' => class().lookup(&vm.names.float_).is_some() || class().lookup(&vm.names.index).is_some(),
        _ => value.as_integer().is_none() && class().lookup(&vm.names.index).is_some(),
    }
}

/// An item as bytes. What needs Python has been asked.
fn pack(vm: &Vm, format: Format, value: &Value, out: &mut Vec<u8>) -> Result<(), Exit> {
    match format.letter {
        b'u' | b'w' => {
            let problem = match value.native::<Str>() {
                None => vm.type_name(value),
                Some(text) if text.chars() == 1 => {
                    out.extend(wtf8::first(text.as_bytes()).unwrap_or_default().to_le_bytes());
                    return Ok(());
                }
                Some(text) => format!("a string of length {}", text.chars()),
            };
            Err(vm.type_error(format!("array item must be a unicode character, not {problem}")))
        }
        letter @ (b'f' | b'd') => {
            let number = match (value.payload().as_float(), value.as_integer()) {
                (Some(number), _) => number,
                (None, Some(integer)) => {
                    integer.to_f64().ok_or_else(|| vm.overflow_error("int too large to convert to float"))?
                }
                (None, None) => {
                    return Err(vm.type_error(format!("must be real number, not {}", vm.type_name(value))));
                }
            };
            match letter {
                b'f' => out.extend((number as f32).to_le_bytes()),
                _ => out.extend(number.to_le_bytes()),
            }
            Ok(())
        }
        letter => {
            let Some(integer) = value.as_integer() else {
                let name = vm.type_name(value);
                return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
            };
            let number = i128::try_from(integer.to_big());
            let number = number.unwrap_or(if integer.is_negative() { i128::MIN } else { i128::MAX });
            match out_of_range(letter, number) {
                Some(message) => Err(vm.overflow_error(message)),
                None => {
                    out.extend(&number.to_le_bytes()[..format.size()]);
                    Ok(())
                }
            }
        }
    }
}

/// What is wrong with a number for an item of this type. The checks are made by the next larger type first.
fn out_of_range(letter: u8, number: i128) -> Option<&'static str> {
    let fits = |bits: u32, signed: bool| match signed {
        true => (-(1i128 << (bits - 1))..1i128 << (bits - 1)).contains(&number),
        false => (0..1i128 << bits).contains(&number),
    };
    let low = number < 0;
    let which = |less: &'static str, greater: &'static str| Some(if low { less } else { greater });
    match letter {
        b'q' if !fits(64, true) => Some("int too big to convert"),
        b'Q' if low => Some("can't convert negative int to unsigned"),
        b'Q' if !fits(64, false) => Some("int too big to convert"),
        b'I' | b'L' if low => Some("can't convert negative value to unsigned int"),
        b'I' | b'L' if !fits(64, false) => Some("Python int too large to convert to C unsigned long"),
        b'I' if !fits(32, false) => Some("unsigned int is greater than maximum"),
        b'q' | b'Q' | b'I' | b'L' => None,
        _ if !fits(64, true) => Some("Python int too large to convert to C long"),
        b'i' | b'H' if !fits(32, true) => {
            which("signed integer is less than minimum", "signed integer is greater than maximum")
        }
        b'H' if !fits(16, false) => {
            which("unsigned short is less than minimum", "unsigned short is greater than maximum")
        }
        b'b' | b'h' if !fits(16, true) => {
            which("signed short integer is less than minimum", "signed short integer is greater than maximum")
        }
        b'b' if !fits(8, true) => which("signed char is less than minimum", "signed char is greater than maximum"),
        b'B' if !fits(8, false) => {
            which("unsigned byte integer is less than minimum", "unsigned byte integer is greater than maximum")
        }
        _ => None,
    }
}

/// The bytes of argument `n` as one item.
fn packed_arg(vm: &mut Vm, format: Format, args: &[Value], n: usize) -> Result<Vec<u8>, Exit> {
    if needs_python(vm, format, &args[n]) {
        return Err(vm.retry(args, n, if matches!(format.letter, b'f' | b'd') { "to_float" } else { "index" }));
    }
    let mut bytes = Vec::with_capacity(format.size());
    pack(vm, format, &args[n], &mut bytes)?;
    Ok(bytes)
}

/// The items of argument `n` as bytes, and what stopped them, if something did.
fn packed_items(vm: &mut Vm, format: Format, args: &[Value], n: usize) -> Result<(Vec<u8>, Result<(), Exit>), Exit> {
    let items = vm.items_arg(args, n)?;
    if items.iter().any(|item| needs_python(vm, format, item)) {
        let mut args = args.to_vec();
        args[n] = Value::list(items);
        let kind = if matches!(format.letter, b'f' | b'd') { "float" } else { "int" };
        return Err(vm.retry_with(&args, n, "array_numbers", Value::str(kind)));
    }
    let size = items.len().saturating_mul(format.size());
    let mut bytes = memory::vector(size).map_err(|_| vm.no_memory())?;
    let outcome = items.iter().try_for_each(|item| pack(vm, format, item, &mut bytes));
    Ok((bytes, outcome))
}

// ---- making

fn format_of(letter: u8) -> Option<Format> {
    LETTERS.as_bytes().contains(&letter).then_some(Format { letter, prefixed: false })
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = array_class(vm);
    let class = args[0].to_ref::<Type>().unwrap_or_else(|| exact.clone());
    // The keywords come last, as a dict.
    let (keywords, given) = match args[1..].split_last() {
        Some((last, given)) => (last.get::<crate::object::Dict>().map_or(0, |dict| dict.len()), given),
        None => (0, &args[..0]),
    };
    if class.is(&exact) && keywords > 0 {
        return Err(vm.type_error("array.array() takes no keyword arguments"));
    }
    match given.len() {
        0 => return Err(vm.type_error("array() takes at least 1 argument (0 given)")),
        1 | 2 => {}
        n => return Err(vm.type_error(format!("array() takes at most 2 arguments ({n} given)"))),
    }
    let letter = match given[0].native::<Str>() {
        Some(text) if text.chars() == 1 => wtf8::first(text.as_bytes()).unwrap_or_default(),
        Some(text) => {
            let length = text.chars();
            let message = format!("array() argument 1 must be a unicode character, not a string of length {length}");
            return Err(vm.type_error(message));
        }
        None => {
            let name = vm.type_name(&given[0]);
            return Err(vm.type_error(format!("array() argument 1 must be a unicode character, not {name}")));
        }
    };
    let Some(format) = u8::try_from(letter).ok().and_then(format_of) else {
        return Err(vm.value_error("bad typecode (must be b, B, u, w, h, H, i, I, l, L, q, Q, f or d)"));
    };
    let characters = matches!(format.letter, b'u' | b'w');
    let bytes = match given.get(1) {
        None => Vec::new(),
        Some(text) if text.native::<Str>().is_some() && !characters => {
            let letter = format.letter as char;
            return Err(vm.type_error(format!("cannot use a str to initialize an array with typecode '{letter}'")));
        }
        Some(other) => match other.foreign::<Array>() {
            Some(array) if matches!(array.format.letter, b'u' | b'w') && !characters => {
                let (theirs, mine) = (array.format.letter as char, format.letter as char);
                return Err(vm.type_error(format!(
                    "cannot use a unicode array with typecode '{theirs}' to initialize an array with typecode '{mine}'"
                )));
            }
            Some(array) if array.format == format => array.look(<[u8]>::to_vec),
            Some(array) => {
                let mut bytes = Vec::new();
                array.items().iter().try_for_each(|item| pack(vm, format, item, &mut bytes))?;
                bytes
            }
            None if other.is_kind(Kind::Bytes) || other.get::<ByteArray>().is_some() => {
                let bytes = buffer_arg(vm, other)?.to_vec();
                if bytes.len() % format.size() != 0 {
                    return Err(vm.value_error("bytes length not a multiple of item size"));
                }
                bytes
            }
            None => {
                let (bytes, outcome) = packed_items(vm, format, args, 2)?;
                outcome?;
                bytes
            }
        },
    };
    let made = Foreign::value(&exact, Array::new(format, bytes));
    Ok(if class.is(&exact) { made } else { Value::object(Instance::wrapping(&class, made)) })
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let copy = Array::new(array.format, array.look(<[u8]>::to_vec));
    Ok(made(vm, copy))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("array_reduce", args.to_vec())
}

// ---- methods

fn append(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let bytes = packed_arg(vm, array.format, args, 1)?;
    push(vm, array, &bytes)?;
    Ok(Value::NONE)
}

fn buffer_info(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    // Nothing depends on addresses here: the number is that of `id()`.
    let address = crate::object::identity(&args[0]);
    Ok(Value::tuple(vec![Value::int(address as i64), Value::size(array.count())]))
}

fn byteswap(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let size = array.format.size();
    array.change(false, |data| data.chunks_exact_mut(size).for_each(<[u8]>::reverse));
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    resize(vm, of(vm, &args[0])?, Vec::clear)?;
    Ok(Value::NONE)
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = of(vm, &args[0])?.items();
    count_method(vm, &Value::list(items.clone()), &items, &args[1])
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = of(vm, &args[0])?.items();
    let mut call = args.to_vec();
    call[0] = Value::list(items.clone());
    index_method(vm, &call, &items, "array")
}

fn contains(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = Value::list(of(vm, &args[0])?.items());
    Ok(item_in(vm, &items, &args[1])?.map_or(Value::NOT_IMPLEMENTED, Value::bool))
}

fn remove(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    for (place, item) in array.items().iter().enumerate() {
        match vm.native_same(item, &args[1])? {
            Some(true) => return take(vm, array, place).map(|_| Value::NONE),
            Some(false) => {}
            None => return vm.tail_prelude("array_remove", args.to_vec()),
        }
    }
    Err(vm.value_error("array.remove(x): x not in array"))
}

/// Remove the item at a place.
fn take(vm: &Vm, array: &Array, place: usize) -> NativeResult {
    let item = array.get(place).unwrap_or(Value::NONE);
    let size = array.format.size();
    resize(vm, array, |data| drop(data.drain(place * size..(place + 1) * size)))?;
    Ok(item)
}

fn extend(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    if let Some(other) = args[1].foreign::<Array>() {
        if other.format != array.format {
            return Err(vm.type_error("can only extend with array of same kind"));
        }
        push(vm, array, &other.look(<[u8]>::to_vec))?;
        return Ok(Value::NONE);
    }
    let (bytes, outcome) = packed_items(vm, array.format, args, 1)?;
    push(vm, array, &bytes)?;
    outcome.map(|()| Value::NONE)
}

fn fromlist(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    if args[1].native::<List>().is_none() {
        return Err(vm.type_error("arg must be list"));
    }
    let (bytes, outcome) = packed_items(vm, array.format, args, 1)?;
    outcome?;
    push(vm, array, &bytes)?;
    Ok(Value::NONE)
}

fn frombytes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let bytes = buffer_arg(vm, &args[1])?.to_vec();
    if bytes.len() % array.format.size() != 0 {
        return Err(vm.value_error("bytes length not a multiple of item size"));
    }
    push(vm, array, &bytes)?;
    Ok(Value::NONE)
}

fn fromfile(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("array_fromfile", args.to_vec())
}

fn tofile(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("array_tofile", args.to_vec())
}

fn fromunicode(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let Some(text) = args[1].native::<Str>() else {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("fromunicode() argument must be str, not {name}")));
    };
    if !matches!(array.format.letter, b'u' | b'w') {
        let message = "fromunicode() may only be called on unicode type arrays ('u' or 'w')";
        return Err(vm.value_error(message));
    }
    let bytes: Vec<u8> = wtf8::code_points(text.as_bytes()).flat_map(u32::to_le_bytes).collect();
    push(vm, array, &bytes)?;
    Ok(Value::NONE)
}

/// The text of an array of characters.
fn characters(array: &Array) -> Value {
    let mut text = Vec::new();
    array.look(|bytes| {
        for item in bytes.chunks_exact(4) {
            wtf8::push(&mut text, u32::from_le_bytes([item[0], item[1], item[2], item[3]]));
        }
    });
    Value::str(text)
}

fn tounicode(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    match array.format.letter {
        b'u' | b'w' => Ok(characters(array)),
        _ => Err(vm.value_error("tounicode() may only be called on unicode type arrays ('u' or 'w')")),
    }
}

fn insert(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let place = vm.index_arg(args, 1)?;
    let bytes = packed_arg(vm, array.format, args, 2)?;
    let length = array.count() as i64;
    let place = if place < 0 { place.saturating_add(length).max(0) } else { place.min(length) };
    let at = place as usize * array.format.size();
    resize(vm, array, |data| drop(data.splice(at..at, bytes)))?;
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { -1 };
    let array = of(vm, &args[0])?;
    let length = array.count() as i64;
    if length == 0 {
        return Err(vm.index_error("pop from empty array"));
    }
    let place = if place < 0 { place + length } else { place };
    if !(0..length).contains(&place) {
        return Err(vm.index_error("pop index out of range"));
    }
    take(vm, array, place as usize)
}

fn reverse(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let size = array.format.size();
    array.change(false, |data| {
        data.reverse();
        data.chunks_exact_mut(size).for_each(<[u8]>::reverse);
    });
    Ok(Value::NONE)
}

fn tobytes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bytes(of(vm, &args[0])?.look(<[u8]>::to_vec)))
}

fn tolist(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(of(vm, &args[0])?.items()))
}

fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(of(vm, &args[0])?.count()))
}

// ---- subscripts

/// What a key selects; a key whose `__index__` is Python's is asked for first.
fn selected(vm: &mut Vm, args: &[Value], length: usize) -> Result<Subscript, Exit> {
    let slice = args[1].get::<crate::object::Slice>().is_some();
    if !slice && args[1].as_integer().is_none() && vm.class_of(&args[1]).lookup(&vm.names.index).is_none() {
        return Err(vm.type_error("array indices must be integers"));
    }
    match subscript(vm, &args[1], length, "array")? {
        Subscript::NeedsPython => Err(vm.retry(args, 1, "plain_subscript")),
        found => Ok(found),
    }
}

/// The place that an index means.
fn within(vm: &Vm, at: i64, length: usize, message: &str) -> Result<usize, Exit> {
    usize::try_from(at).ok().filter(|at| *at < length).ok_or_else(|| vm.index_error(message))
}

fn getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let length = array.count();
    match selected(vm, args, length)? {
        Subscript::At(at) => {
            let place = within(vm, at, length, "array index out of range")?;
            Ok(array.get(place).unwrap_or(Value::NONE))
        }
        Subscript::Items(start, step, count) => {
            let size = array.format.size();
            let mut bytes = memory::vector(count * size).map_err(|_| vm.no_memory())?;
            array.look(|data| {
                for place in places(start, step, count) {
                    bytes.extend_from_slice(data.get(place * size..(place + 1) * size).unwrap_or_default());
                }
            });
            let part = Array::new(array.format, bytes);
            Ok(made(vm, part))
        }
        Subscript::NeedsPython => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn setitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let (length, size) = (array.count(), array.format.size());
    match selected(vm, args, length)? {
        Subscript::At(at) => {
            let place = within(vm, at, length, "array assignment index out of range")?;
            let bytes = packed_arg(vm, array.format, args, 2)?;
            array.change(false, |data| {
                if let Some(old) = data.get_mut(place * size..(place + 1) * size) {
                    old.copy_from_slice(&bytes);
                }
            });
        }
        Subscript::Items(start, step, count) => {
            let Some(other) = args[2].foreign::<Array>() else {
                let name = vm.type_name(&args[2]);
                return Err(vm.type_error(format!("can only assign array (not \"{name}\") to array slice")));
            };
            if other.format != array.format {
                return Err(vm.type_error("bad argument type for built-in operation"));
            }
            let new = other.look(<[u8]>::to_vec);
            if step == 1 {
                let at = start as usize * size;
                match new.len() == count * size {
                    true => array.change(false, |data| data[at..at + new.len()].copy_from_slice(&new)),
                    false => Some(resize(vm, array, |data| drop(data.splice(at..at + count * size, new)))?),
                };
            } else if new.len() != count * size {
                let given = new.len() / size;
                let message = format!("attempt to assign array of size {given} to extended slice of size {count}");
                return Err(vm.value_error(message));
            } else {
                array.change(false, |data| {
                    for (place, item) in places(start, step, count).zip(new.chunks_exact(size)) {
                        data[place * size..(place + 1) * size].copy_from_slice(item);
                    }
                });
            }
        }
        Subscript::NeedsPython => {}
    }
    Ok(Value::NONE)
}

fn delitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let (length, size) = (array.count(), array.format.size());
    match selected(vm, args, length)? {
        Subscript::At(at) => {
            let place = within(vm, at, length, "array assignment index out of range")?;
            take(vm, array, place)?;
        }
        Subscript::Items(_, _, 0) => {}
        Subscript::Items(start, step, count) => {
            let mut gone = vec![false; length];
            for place in places(start, step, count) {
                gone[place] = true;
            }
            resize(vm, array, |data| {
                let kept = data.chunks_exact(size).zip(&gone).filter(|(_, gone)| !**gone).flat_map(|(item, _)| item);
                *data = kept.copied().collect();
            })?;
        }
        Subscript::NeedsPython => {}
    }
    Ok(Value::NONE)
}

// ---- iteration, comparison, arithmetic

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match native_iter(&args[0]).or_else(|| native_iter(args[0].payload())) {
        Some(iterator) => Ok(iterator),
        None => Err(vm.type_error("an array is needed")),
    }
}

fn iterator_iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn iterator_next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.native_next(&args[0])?.ok_or_else(|| vm.stop_iteration(Value::NONE))
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let shown = match array.format.letter {
        _ if array.count() == 0 => Value::NONE,
        b'u' | b'w' => characters(array),
        _ => Value::list(array.items()),
    };
    let name = Value::str(vm.class_of(&args[0]).name());
    let letter = Value::str((array.format.letter as char).to_string());
    vm.tail_prelude("array_repr", vec![name, letter, shown])
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[1].foreign::<Array>() {
        None => Ok(Value::NOT_IMPLEMENTED),
        Some(_) => Ok(Value::bool(matches!(of(vm, &args[0])?.equal(&args[0], &args[1]), Answer::Yes))),
    }
}

fn ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let equal = eq(vm, args)?;
    Ok(equal.as_bool().map_or(equal, |equal| Value::bool(!equal)))
}

fn ordered(vm: &mut Vm, args: &[Value], relation: Relation) -> NativeResult {
    let (Some(a), Some(b)) = (args[0].foreign::<Array>(), args[1].foreign::<Array>()) else {
        return Ok(Value::NOT_IMPLEMENTED);
    };
    let order = match a.first_difference(b) {
        None => a.count().cmp(&b.count()).into(),
        Some((x, y)) => match native_compare(vm, &x, &y)? {
            Some(order) => order,
            None => return Ok(Value::NOT_IMPLEMENTED),
        },
    };
    Ok(Value::bool(relation.holds(order)))
}

fn lt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    ordered(vm, args, Relation::Less)
}

fn le(vm: &mut Vm, args: &[Value]) -> NativeResult {
    ordered(vm, args, Relation::LessEqual)
}

fn gt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    ordered(vm, args, Relation::Greater)
}

fn ge(vm: &mut Vm, args: &[Value]) -> NativeResult {
    ordered(vm, args, Relation::GreaterEqual)
}

fn add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let array = of(vm, &args[0])?;
    let Some(other) = args[1].foreign::<Array>() else {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("can only append array (not \"{name}\") to array")));
    };
    if other.format != array.format {
        return Err(vm.type_error("bad argument type for built-in operation"));
    }
    let (mine, theirs) = (array.look(<[u8]>::to_vec), other.look(<[u8]>::to_vec));
    let sum = Array::new(array.format, [mine, theirs].concat());
    Ok(made(vm, sum))
}

fn iadd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].foreign::<Array>().is_none() {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("can only extend array with array (not \"{name}\")")));
    }
    extend(vm, args)?;
    Ok(args[0].clone())
}

/// The bytes of the array, so many times.
fn repeated(vm: &mut Vm, args: &[Value]) -> Result<Vec<u8>, Exit> {
    if args[1].as_integer().is_none() && vm.class_of(&args[1]).lookup(&vm.names.index).is_none() {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("can't multiply sequence by non-int of type '{name}'")));
    }
    let count = usize::try_from(vm.index_arg(args, 1)?).unwrap_or(0);
    let data = of(vm, &args[0])?.look(<[u8]>::to_vec);
    let size = data.len().checked_mul(count).ok_or_else(|| vm.no_memory())?;
    let mut bytes = memory::vector(size).map_err(|_| vm.no_memory())?;
    for _ in 0..if data.is_empty() { 0 } else { count } {
        bytes.extend_from_slice(&data);
    }
    Ok(bytes)
}

fn mul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bytes = repeated(vm, args)?;
    let product = Array::new(of(vm, &args[0])?.format, bytes);
    Ok(made(vm, product))
}

fn imul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bytes = repeated(vm, args)?;
    resize(vm, of(vm, &args[0])?, |data| *data = bytes)?;
    Ok(args[0].clone())
}

// ---- the rest

fn buffer_of(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match MemoryView::of(&args[0]) {
        Some(view) => Ok(Foreign::value(&vm.types.memoryview, view)),
        None => Err(vm.type_error("an array is needed")),
    }
}

fn release_buffer(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(view) = args[1].foreign::<MemoryView>().filter(|view| !view.is_released()) {
        view.release();
    }
    Ok(Value::NONE)
}

fn typecode(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::str((of(vm, me)?.format.letter as char).to_string()))
}

fn itemsize(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(of(vm, me)?.format.size()))
}
