//! What the classes of text and numbers share: making values of bounded size, raising what `text` says, and reaching methods
//! of the program's classes.

use crate::memory;
use crate::object::array::Array;
use crate::object::heap::HeapKind;
use crate::object::int::{Integer, from_vector};
use crate::object::memory::MemoryView;
use crate::object::native::NativeDef;
use crate::object::string::{ByteArray, empty, one_char};
use crate::object::{Borrow, Bytes, NativeFunction, Ref, Str, Value};
use crate::text::int::{DEFAULT_MAX_DIGITS, Int, IntRef};
use crate::text::search::Kind as Alphabet;
use crate::text::{ErrorKind, TextError};
use crate::vm::{Exit, NativeResult, Vm};
use std::fmt::Display;
use std::ops::{Deref, Range};

/// Cuts a text into the pieces between separators.
pub type Splitter = for<'a> fn(&'a [u8], &[u8], Option<usize>) -> Vec<&'a [u8]>;

/// Cuts a text into the pieces between white space.
pub type SpaceSplitter = for<'a> fn(Alphabet, &'a [u8], Option<usize>) -> Vec<&'a [u8]>;

/// Cuts a text at a separator, if it is there.
pub type Partition = for<'a> fn(&'a [u8], &[u8]) -> Option<(&'a [u8], &'a [u8])>;

/// The longest string, and so the longest bytes.
pub const MAX_TEXT: usize = Str::LONGEST;

impl Vm {
    /// The exception that a function of `text` asks for.
    #[cold]
    pub fn text_error(&self, error: TextError) -> Exit {
        match error.kind {
            ErrorKind::Value => self.value_error(error.message),
            ErrorKind::Overflow => self.overflow_error(error.message),
            ErrorKind::Type => self.type_error(error.message),
            ErrorKind::Memory => self.no_memory(),
        }
    }

    /// How many decimal digits an int may have on its way from or to text; 0 for any number.
    pub fn max_digits(&self) -> usize {
        let limit = self.state.get("int_max_str_digits").and_then(Value::as_small);
        limit.map_or(DEFAULT_MAX_DIGITS, |limit| limit as usize)
    }
}

/// An empty buffer with room for a text of so many bytes.
pub fn room(vm: &Vm, size: usize) -> Result<Vec<u8>, Exit> {
    if size > MAX_TEXT {
        return Err(vm.no_memory());
    }
    memory::vector(size).map_err(|_| vm.no_memory())
}

/// A string of this text. Empty and one-character strings are shared.
pub fn string(vm: &Vm, text: impl AsRef<[u8]>) -> NativeResult {
    Ok(match text.as_ref() {
        b"" => Value::object(empty()),
        [byte] if byte.is_ascii() => Value::object(one_char(&[*byte])),
        text if text.len() > MAX_TEXT || !memory::fits(text.len()) => return Err(vm.no_memory()),
        text => Value::str(text),
    })
}

/// A string of this text, or the error in its place.
pub fn string_or<T: AsRef<[u8]>>(vm: &Vm, text: Result<T, TextError>) -> NativeResult {
    match text {
        Ok(text) => string(vm, text),
        Err(error) => Err(vm.text_error(error)),
    }
}

/// A `bytearray` of these bytes.
pub fn byte_array(data: Vec<u8>) -> Value {
    Value::object(ByteArray::new(data))
}

/// The builtin object that a method was called on.
pub fn receiver<'a, T: HeapKind>(vm: &Vm, args: &'a [Value]) -> Result<Borrow<'a, T>, Exit> {
    match args.first().and_then(|value| value.native::<T>()) {
        Some(object) => Ok(object),
        None => Err(vm.type_error("descriptor requires an object of its class")),
    }
}

/// The bytes of a `bytes` or `bytearray`, borrowed for a computation that runs no other code.
pub enum Buffer<'a> {
    /// Of a `bytes`.
    Fixed(&'a [u8]),
    /// Of a `bytearray` or `array`.
    Array(std::cell::Ref<'a, Vec<u8>>),
    /// What a `memoryview` shows of a `bytes`.
    Part(Value, Range<usize>),
    /// What it shows of anything else.
    Seen(Vec<u8>),
}

impl Deref for Buffer<'_> {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match self {
            Buffer::Fixed(bytes) => bytes,
            Buffer::Array(bytes) => bytes,
            Buffer::Part(bytes, place) => {
                bytes.get::<Bytes>().and_then(|bytes| bytes.body().data.get(place.clone())).unwrap_or_default()
            }
            Buffer::Seen(bytes) => bytes,
        }
    }
}

/// The bytes of a bytes-like object, if it is one.
pub fn buffer(value: &Value) -> Option<Buffer<'_>> {
    let value = value.payload();
    if let Some(bytes) = value.get::<Bytes>() {
        return Some(Buffer::Fixed(&bytes.body().data));
    }
    if let Some(array) = value.get::<ByteArray>() {
        return Some(Buffer::Array(array.body().data.borrow()));
    }
    if let Some(bytes) = Array::bytes_of(value) {
        return Some(Buffer::Array(bytes));
    }
    let view = value.foreign::<MemoryView>().filter(|view| !view.is_released())?;
    Some(view.part().map_or_else(|| Buffer::Seen(view.bytes()), |(bytes, place)| Buffer::Part(bytes, place)))
}

/// A copy of the bytes of a bytes-like object, if it is one.
pub fn buffer_copy(value: &Value) -> Option<Vec<u8>> {
    buffer(value).map(|bytes| bytes.to_vec())
}

/// Does it show bytes that do not lie one beside the other? Then it is not bytes-like for most purposes.
pub fn is_scattered(value: &Value) -> bool {
    value.foreign::<MemoryView>().is_some_and(|view| !view.is_released() && !view.is_contiguous())
}

/// The bytes of an argument, or `TypeError`; `BufferError` if they do not lie one beside the other.
pub fn buffer_arg<'a>(vm: &Vm, value: &'a Value) -> Result<Buffer<'a>, Exit> {
    if is_scattered(value) {
        return Err(vm.raise(&vm.types.buffer_error, "memoryview: underlying buffer is not C-contiguous"));
    }
    match buffer(value) {
        Some(bytes) => Ok(bytes),
        None => Err(vm.type_error(format!("a bytes-like object is required, not '{}'", vm.type_name(value)))),
    }
}

/// The argument of `expandtabs`: columns between two stops.
pub fn tab_size(vm: &mut Vm, args: &[Value]) -> Result<usize, Exit> {
    if args.get(1).is_none_or(Value::is_undef) {
        return Ok(8);
    }
    match vm.integer_arg(args, 1)?.to_i64().and_then(|size| i32::try_from(size).ok()) {
        Some(size) => Ok(usize::try_from(size).unwrap_or(0)),
        None => Err(vm.overflow_error("Python int too large to convert to C int")),
    }
}

/// The text of an argument, or `TypeError` with this beginning.
pub fn text_arg<'a>(vm: &Vm, value: &'a Value, what: impl Display) -> Result<Borrow<'a, Str>, Exit> {
    match value.native::<Str>() {
        Some(text) => Ok(text),
        None => Err(vm.type_error(format!("{what} must be str, not {}", shown_type(vm, value)))),
    }
}

/// The name of a value's class as messages about arguments have it.
pub fn shown_type(vm: &Vm, value: &Value) -> String {
    if value.is_none() { "None".to_owned() } else { vm.type_name(value) }
}

/// An integer for `text`.
pub fn int_ref<'a>(i: &Integer<'a>) -> IntRef<'a> {
    match i {
        Integer::Small(i) => IntRef::Small(*i),
        Integer::Big(i) => IntRef::Big { negative: i.is_negative(), digits: i.digits() },
    }
}

/// An integer from `text`.
pub fn int_value(i: Int) -> Value {
    match i {
        Int::Small(i) => Value::int(i),
        Int::Big { negative, digits } => from_vector(negative, digits),
    }
}

/// A special method: from the class of the value, and whether it is written in Rust.
pub fn special(vm: &Vm, value: &Value, name: &Ref<Str>) -> Option<(Value, Option<&'static NativeDef>)> {
    let method = vm.class_of(value).lookup(name).filter(|method| !method.is_none())?;
    let native = method.get::<NativeFunction>().map(|native| native.def);
    Some((method, native))
}

/// End a native with a call of a special method in its place. The method was found by [`special`].
pub fn call_special(vm: &mut Vm, method: Value, value: &Value, rest: &[Value]) -> NativeResult {
    vm.tail_method(method, value, rest)
}

/// `self[key]` of a builtin container.
pub fn get_item(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(super::items::get_item(vm, args[0].payload(), &args[1])?.unwrap_or(Value::NOT_IMPLEMENTED))
}

/// `item in self` of a builtin container.
pub fn contains(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let found = super::items::contains(vm, args[0].payload(), &args[1])?;
    Ok(found.map_or(Value::NOT_IMPLEMENTED, Value::bool))
}
