//! `bytes` and `bytearray`. Most methods are the same function for both; what they make is of the receiver's class.

use super::items::may_resize;
use super::string::{bounds, codec_names, decode_bytes, most, repeated};
use super::text::{
    Buffer, Partition, SpaceSplitter, Splitter, buffer, buffer_arg, buffer_copy, byte_array, contains, get_item,
    is_scattered, receiver, special, string_or,
};
use super::{compare, format, make_instance, natives, percent, quick, repr};
use crate::memory;
use crate::object::iter::{Iter, IterState};
use crate::object::string::ByteArray;
use crate::object::{Bytes, Kind, Ref, Str, Tuple, Value};
use crate::text::pad::{self, Place};
use crate::text::search::{self, Kind as Alphabet};
use crate::text::split::{self, Side};
use crate::text::{TextError, ascii};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    SHARED {
        /// A memoryview of the bytes.
        "__buffer__(self, flags, /)" => super::memoryview::buffer_of;
        /// Return a capitalized copy.
        "capitalize(self, /)" => capitalize;
        /// Return a centered string of length width.
        "center(self, width, fillchar=b' ', /)" => center;
        /// Return the number of non-overlapping occurrences of subsection 'sub' in B[start:end].
        "count(self, sub, start=None, end=None, /)" => count;
        /// Decode the bytes using the codec registered for encoding.
        "decode(self, /, encoding='utf-8', errors='strict')" => decode;
        /// Return True if the bytes end with the specified suffix, False otherwise.
        "endswith(self, suffix, start=None, end=None, /)" => endswith;
        /// Return a copy where all tab characters are expanded using spaces.
        "expandtabs(self, /, tabsize=8)" => expandtabs;
        /// Return the lowest index in B where subsection 'sub' is found, or -1.
        "find(self, sub, start=None, end=None, /)" => find;
        /// Create a string of hexadecimal numbers from the bytes.
        "hex(self, /, sep=None, bytes_per_sep=1)" => hex;
        /// Return the lowest index in B where subsection 'sub' is found.
        "index(self, sub, start=None, end=None, /)" => index;
        /// Return True if all bytes are letters or digits.
        "isalnum(self, /)" => isalnum;
        /// Return True if all bytes are letters.
        "isalpha(self, /)" => isalpha;
        /// Return True if all bytes are ASCII.
        "isascii(self, /)" => isascii;
        /// Return True if all bytes are digits.
        "isdigit(self, /)" => isdigit;
        /// Return True if there are letters and all are lower case.
        "islower(self, /)" => islower;
        /// Return True if all bytes are white space.
        "isspace(self, /)" => isspace;
        /// Return True if words begin with capitals and go on in lower case.
        "istitle(self, /)" => istitle;
        /// Return True if there are letters and all are upper case.
        "isupper(self, /)" => isupper;
        /// Concatenate any number of bytes objects, with this one in between.
        "join(self, iterable_of_bytes, /)" => join;
        /// Return a left-justified string of length width.
        "ljust(self, width, fillchar=b' ', /)" => ljust;
        /// Return a copy with all ASCII letters in lower case.
        "lower(self, /)" => lower;
        /// Strip leading bytes contained in the argument.
        "lstrip(self, bytes=None, /)" => lstrip;
        /// Partition the bytes into three parts using the given separator.
        "partition(self, sep, /)" => partition;
        /// Return a bytes object with the given prefix string removed if present.
        "removeprefix(self, prefix, /)" => removeprefix;
        /// Return a bytes object with the given suffix string removed if present.
        "removesuffix(self, suffix, /)" => removesuffix;
        /// Return a copy with all occurrences of substring old replaced by new.
        "replace(self, old, new, count=-1, /)" => replace;
        /// Return the highest index in B where subsection 'sub' is found, or -1.
        "rfind(self, sub, start=None, end=None, /)" => rfind;
        /// Return the highest index in B where subsection 'sub' is found.
        "rindex(self, sub, start=None, end=None, /)" => rindex;
        /// Return a right-justified string of length width.
        "rjust(self, width, fillchar=b' ', /)" => rjust;
        /// Partition the bytes into three parts using the given separator, from the right.
        "rpartition(self, sep, /)" => rpartition;
        /// Return a list of the sections in the bytes, splitting from the right.
        "rsplit(self, /, sep=None, maxsplit=-1)" => rsplit;
        /// Strip trailing bytes contained in the argument.
        "rstrip(self, bytes=None, /)" => rstrip;
        /// Return a list of the sections in the bytes, using sep as the delimiter.
        "split(self, /, sep=None, maxsplit=-1)" => split_method;
        /// Return a list of the lines in the bytes, breaking at line boundaries.
        "splitlines(self, /, keepends=False)" => splitlines;
        /// Return True if the bytes start with the specified prefix, False otherwise.
        "startswith(self, prefix, start=None, end=None, /)" => startswith;
        /// Strip leading and trailing bytes contained in the argument.
        "strip(self, bytes=None, /)" => strip;
        /// Convert uppercase ASCII letters to lowercase and lowercase ones to uppercase.
        "swapcase(self, /)" => swapcase;
        /// Return a titlecased copy.
        "title(self, /)" => title;
        /// Return a copy with each byte mapped by the given translation table.
        "translate(self, table, /, delete=b'')" => translate;
        /// Return a copy with all ASCII letters in upper case.
        "upper(self, /)" => upper;
        /// Pad a numeric string with zeros on the left, to fill a field of the given width.
        "zfill(self, width, /)" => zfill;
        /// Return self+value.
        "__add__(self, value, /)" => dunder_add;
        /// Default object formatter.
        "__format__(self, format_spec, /)" => format::object_format;
        /// Return key in self.
        "__contains__(self, key, /)" => contains;
        /// Return self[key].
        "__getitem__(self, key, /)" => get_item;
        /// Implement iter(self).
        "__iter__(self, /)" => iter;
        /// Return len(self).
        "__len__(self, /)" => len;
        /// Return self%value.
        "__mod__(self, value, /)" => dunder_mod;
        /// Return self*value.
        "__mul__(self, value, /)" => dunder_mul;
        /// Return repr(self).
        "__repr__(self, /)" => repr::dunder_repr;
        /// Return value%self.
        "__rmod__(self, value, /)" => dunder_rmod;
        /// Return value*self.
        "__rmul__(self, value, /)" => dunder_mul;
        /// Return str(self).
        "__str__(self, /)" => repr::dunder_repr;
    }
    BYTES {
        /// Return hash(self).
        "__hash__(self, /)" => repr::dunder_hash;
        /// Convert this value to exact type bytes.
        "__bytes__(self, /)" => plain_bytes;
        /// What pickling gives to `__new__`.
        "__getnewargs__(self, /)" => getnewargs;
    }
    BYTEARRAY {
        /// Return the number of bytes actually allocated.
        "__alloc__(self, /)" => alloc;
        /// Implement self+=value.
        "__iadd__(self, value, /)" => iadd;
        /// Delete self[key].
        "__delitem__(self, key, /)" => delitem;
        /// Set self[key] to value.
        "__setitem__(self, key, value, /)" => setitem;
        /// Implement self*=value.
        "__imul__(self, value, /)" => imul;
        /// Fill the array.
        "__init__(self, source=b'', encoding='utf-8', errors='strict')" => array_init;
        /// Append a single item to the end of the bytearray.
        "append(self, item, /)" => append;
        /// Remove all items from the bytearray.
        "clear(self, /)" => clear;
        /// Return a copy of B.
        "copy(self, /)" => copy;
        /// Append all the items from the iterator or sequence to the end of the bytearray.
        "extend(self, iterable_of_ints, /)" => extend;
        /// Insert a single item into the bytearray before the given index.
        "insert(self, index, item, /)" => insert;
        /// Remove and return a single item from B.
        "pop(self, index=-1, /)" => pop;
        /// Remove the first occurrence of a value in the bytearray.
        "__release_buffer__(self, buffer, /)" => super::memoryview::release_buffer;
        "remove(self, value, /)" => remove;
        /// Resize the internal buffer of bytearray to len.
        "resize(self, size, /)" => resize;
        /// What makes such an object again.
        "__reduce__(self, /)" => array_reduce;
        "__reduce_ex__(self, protocol=0, /)" => array_reduce;
        /// Reverse the order of the values in B in place.
        "reverse(self, /)" => reverse;
    }
    STATIC {
        /// Create bytes from an iterable of ints, a string and an encoding, a bytes-like object or a size.
        "__new__(cls, source=b'', encoding='utf-8', errors='strict')" => new, quick::bytes_new;
        /// Return a translation table usable for the bytes or bytearray translate method.
        "maketrans(frm, to, /)" => maketrans;
    }
    ARRAY_STATIC {
        /// An empty bytearray; `__init__` fills it.
        "__new__(cls, /, *args, **kwargs)" => array_new;
        /// Return a translation table usable for the bytes or bytearray translate method.
        "maketrans(frm, to, /)" => maketrans;
    }
    CLASS {
        /// Create a bytes object from a string of hexadecimal numbers.
        "fromhex(cls, string, /)" => fromhex;
    }
    ARRAY_MAKE {
        "bytearray(cls, source=b'', /)" => array_make;
    }
    PRELUDE {
        /// Bytes of a class.
        "_bytes_wrap(cls, data, /)" => wrap;
    }
}

/// Fill the classes.
pub fn install(vm: &mut Vm) {
    for (class, own, made, order) in [
        (vm.types.bytes.clone(), BYTES, STATIC, compare::BYTES),
        (vm.types.bytearray.clone(), BYTEARRAY, ARRAY_STATIC, compare::BYTEARRAY),
    ] {
        super::install_methods(&class, order);
        super::install_methods(&class, SHARED);
        super::install_methods(&class, own);
        super::install_static(&class, made);
        super::install_class_methods(&class, CLASS);
    }
    vm.types.bytearray.dict.set_str(&vm.names.hash, Value::NONE);
    let prelude = vm.prelude_globals();
    super::install_functions(&prelude, "builtins", PRELUDE);
    let class = vm.types.bytearray.clone();
    vm.make_in_one(&class, &ARRAY_MAKE[0]);
}

/// The bytes of the receiver.
fn me<'a>(vm: &Vm, args: &'a [Value]) -> Result<Buffer<'a>, Exit> {
    match args.first().and_then(buffer) {
        Some(bytes) => Ok(bytes),
        None => Err(vm.type_error("descriptor requires a bytes-like object")),
    }
}

/// Is the receiver a `bytearray`?
fn is_array(args: &[Value]) -> bool {
    args[0].payload().is_kind(Kind::ByteArray)
}

/// A value of the receiver's class.
fn alike(vm: &Vm, args: &[Value], bytes: impl Into<Vec<u8>>) -> NativeResult {
    let bytes = bytes.into();
    if bytes.len() > super::text::MAX_TEXT {
        return Err(vm.no_memory());
    }
    Ok(if is_array(args) { byte_array(bytes) } else { Value::bytes(bytes) })
}

/// A part of the receiver: bytes that are all of it are given as they are.
fn part_of(vm: &Vm, args: &[Value], part: &[u8]) -> NativeResult {
    if args[0].is_kind(Kind::Bytes) && me(vm, args)?.len() == part.len() {
        return Ok(args[0].clone());
    }
    alike(vm, args, part)
}

fn alike_or(vm: &Vm, args: &[Value], bytes: Result<Vec<u8>, TextError>) -> NativeResult {
    match bytes {
        Ok(bytes) => alike(vm, args, bytes),
        Err(error) => Err(vm.text_error(error)),
    }
}

/// The same; bytes that stay as they are are the receiver itself.
fn itself_or_alike(vm: &Vm, args: &[Value], bytes: Result<Vec<u8>, TextError>) -> NativeResult {
    match bytes {
        Ok(made) if args[0].is_kind(Kind::Bytes) && *me(vm, args)? == made[..] => Ok(args[0].clone()),
        made => alike_or(vm, args, made),
    }
}

/// `a + b`: of the class of `a`; `None` when one is not bytes-like.
pub(crate) fn concat(vm: &Vm, a: &Value, b: &Value) -> Result<Option<Value>, Exit> {
    let (Some(x), Some(y), false) = (buffer(a), buffer(b), is_scattered(b)) else { return Ok(None) };
    if y.is_empty() && a.is_kind(Kind::Bytes) {
        return Ok(Some(a.clone()));
    }
    if x.is_empty() && a.payload().is_kind(Kind::Bytes) && b.is_kind(Kind::Bytes) {
        return Ok(Some(b.clone()));
    }
    if x.len() + y.len() > super::text::MAX_TEXT {
        return Err(vm.no_memory());
    }
    let both = [&*x, &*y].concat();
    Ok(Some(if a.payload().is_kind(Kind::ByteArray) { byte_array(both) } else { Value::bytes(both) }))
}

/// `a * times`; `None` when it is not bytes-like.
pub(crate) fn repeat(vm: &Vm, a: &Value, times: i64) -> Result<Option<Value>, Exit> {
    let Some(bytes) = buffer(a) else { return Ok(None) };
    let array = a.payload().is_kind(Kind::ByteArray);
    Ok(Some(match repeated(vm, &bytes, bytes.len(), times, "repeated bytes are too long")? {
        Some(bytes) if array => byte_array(bytes),
        Some(bytes) => Value::bytes(bytes),
        None if array => byte_array(bytes.to_vec()),
        None => a.payload().clone(),
    }))
}

/// What is looked for: some bytes, or a single one.
fn wanted(vm: &mut Vm, args: &[Value]) -> Result<Vec<u8>, Exit> {
    if buffer(&args[1]).is_some() {
        return Ok(buffer_arg(vm, &args[1])?.to_vec());
    }
    let name = vm.type_name(&args[1]);
    if args[1].as_integer().is_none() && special(vm, &args[1], &vm.names.index.clone()).is_none() {
        return Err(vm.type_error(format!("argument should be integer or bytes-like object, not '{name}'")));
    }
    let byte = vm.integer_arg(args, 1)?.to_i64().and_then(|byte| u8::try_from(byte).ok());
    byte.map(|byte| vec![byte]).ok_or_else(|| vm.value_error("byte must be in range(0, 256)"))
}

type Finder = fn(Alphabet, &[u8], &[u8], usize, usize) -> Option<usize>;

fn found(vm: &mut Vm, args: &[Value], finder: Finder) -> Result<Option<usize>, Exit> {
    let length = me(vm, args)?.len();
    let (start, end) = bounds(vm, args, 2, length)?;
    let wanted = wanted(vm, args)?;
    Ok(finder(Alphabet::Bytes, &me(vm, args)?, &wanted, start, end))
}

fn find(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(found(vm, args, search::find)?.map_or(Value::small(-1), Value::size))
}

fn rfind(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(found(vm, args, search::rfind)?.map_or(Value::small(-1), Value::size))
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = found(vm, args, search::find)?;
    place.map(Value::size).ok_or_else(|| vm.value_error("subsection not found"))
}

fn rindex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = found(vm, args, search::rfind)?;
    place.map(Value::size).ok_or_else(|| vm.value_error("subsection not found"))
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let length = me(vm, args)?.len();
    let (start, end) = bounds(vm, args, 2, length)?;
    let wanted = wanted(vm, args)?;
    Ok(Value::size(search::count(Alphabet::Bytes, &me(vm, args)?, &wanted, start, end)))
}

fn startswith(vm: &mut Vm, args: &[Value]) -> NativeResult {
    affixed(vm, args, "startswith", search::starts_with)
}

fn endswith(vm: &mut Vm, args: &[Value]) -> NativeResult {
    affixed(vm, args, "endswith", search::ends_with)
}

fn affixed(
    vm: &mut Vm,
    args: &[Value],
    name: &str,
    has: fn(Alphabet, &[u8], &[u8], usize, usize) -> bool,
) -> NativeResult {
    let length = me(vm, args)?.len();
    let (start, end) = bounds(vm, args, 2, length)?;
    let bytes = me(vm, args)?;
    if buffer(&args[1]).is_some() {
        let wanted = buffer_arg(vm, &args[1])?;
        return Ok(Value::bool(has(Alphabet::Bytes, &bytes, &wanted, start, end)));
    }
    let Some(choices) = args[1].native::<Tuple>() else {
        let name_of = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("{name} first arg must be bytes or a tuple of bytes, not {name_of}")));
    };
    for choice in choices.items() {
        if has(Alphabet::Bytes, &bytes, &buffer_arg(vm, choice)?, start, end) {
            return Ok(Value::TRUE);
        }
    }
    Ok(Value::FALSE)
}

macro_rules! tests {
    ($($name:ident),*) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            Ok(Value::bool(ascii::$name(&me(vm, args)?)))
        }
    )* };
}

tests! { isalnum, isalpha, isdigit, islower, isspace, istitle, isupper }

fn isascii(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(me(vm, args)?.is_ascii()))
}

macro_rules! cases {
    ($($name:ident = $function:expr;)*) => { $(
        fn $name(vm: &mut Vm, args: &[Value]) -> NativeResult {
            let changed = $function(&*me(vm, args)?);
            alike(vm, args, changed)
        }
    )* };
}

cases! {
    capitalize = ascii::capitalize;
    lower = <[u8]>::to_ascii_lowercase;
    swapcase = ascii::swapcase;
    title = ascii::title;
    upper = <[u8]>::to_ascii_uppercase;
}

fn center(vm: &mut Vm, args: &[Value]) -> NativeResult {
    justified(vm, args, "center", Place::Center)
}

fn ljust(vm: &mut Vm, args: &[Value]) -> NativeResult {
    justified(vm, args, "ljust", Place::Left)
}

fn rjust(vm: &mut Vm, args: &[Value]) -> NativeResult {
    justified(vm, args, "rjust", Place::Right)
}

fn justified(vm: &mut Vm, args: &[Value], function: &str, place: Place) -> NativeResult {
    let width = vm.index_arg(args, 1)?;
    let fill = match arg(args, 2) {
        None => vec![b' '],
        Some(fill) => match buffer_copy(fill) {
            Some(bytes) if bytes.len() == 1 => bytes,
            given => {
                let shown = match given {
                    Some(bytes) if fill.payload().is_kind(Kind::ByteArray) => {
                        format!("a bytearray object of length {}", bytes.len())
                    }
                    Some(bytes) => format!("a bytes object of length {}", bytes.len()),
                    None => {
                        let name = super::text::shown_type(vm, fill);
                        let message = format!("{function}() argument 2 must be a byte string of length 1, not {name}");
                        return Err(vm.type_error(message));
                    }
                };
                let message = format!("{function}(): argument 2 must be a byte string of length 1, not {shown}");
                return Err(vm.type_error(message));
            }
        },
    };
    let filled = pad::justify(Alphabet::Bytes, &me(vm, args)?, usize::try_from(width).unwrap_or(0), &fill, place);
    itself_or_alike(vm, args, filled)
}

fn zfill(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let width = vm.index_arg(args, 1)?;
    let filled = pad::zfill(Alphabet::Bytes, &me(vm, args)?, usize::try_from(width).unwrap_or(0));
    itself_or_alike(vm, args, filled)
}

fn expandtabs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let size = super::text::tab_size(vm, args)?;
    let expanded = pad::expand_tabs(Alphabet::Bytes, &me(vm, args)?, size);
    alike_or(vm, args, expanded)
}

fn strip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    stripped(vm, args, Side::Both)
}

fn lstrip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    stripped(vm, args, Side::Left)
}

fn rstrip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    stripped(vm, args, Side::Right)
}

fn stripped(vm: &mut Vm, args: &[Value], side: Side) -> NativeResult {
    let unwanted = match arg_or_none(args, 1) {
        Some(given) => Some(buffer_arg(vm, given)?.to_vec()),
        None => None,
    };
    part_of(vm, args, split::strip(Alphabet::Bytes, &me(vm, args)?, unwanted.as_deref(), side))
}

fn parts(vm: &Vm, args: &[Value], parts: Vec<&[u8]>) -> NativeResult {
    let mut items = Vec::with_capacity(parts.len());
    for part in parts {
        items.push(part_of(vm, args, part)?);
    }
    Ok(Value::list(items))
}

fn split_method(vm: &mut Vm, args: &[Value]) -> NativeResult {
    split_by(vm, args, split::split, split::split_space)
}

fn rsplit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    split_by(vm, args, split::rsplit, split::rsplit_space)
}

fn split_by(vm: &mut Vm, args: &[Value], by_separator: Splitter, by_space: SpaceSplitter) -> NativeResult {
    let most = most(vm, args, 2)?;
    let bytes = me(vm, args)?;
    let Some(given) = arg_or_none(args, 1) else {
        return parts(vm, args, by_space(Alphabet::Bytes, &bytes, most));
    };
    let separator = buffer_arg(vm, given)?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    parts(vm, args, by_separator(&bytes, &separator, most))
}

fn splitlines(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let keep = match arg(args, 1) {
        None => false,
        Some(given) => match vm.native_truth(given) {
            Some(keep) => keep,
            None => return Err(vm.retry(args, 1, "to_bool")),
        },
    };
    let bytes = me(vm, args)?;
    parts(vm, args, split::split_lines(Alphabet::Bytes, &bytes, keep))
}

fn partition(vm: &mut Vm, args: &[Value]) -> NativeResult {
    partitioned(vm, args, search::partition, false)
}

fn rpartition(vm: &mut Vm, args: &[Value]) -> NativeResult {
    partitioned(vm, args, search::rpartition, true)
}

fn partitioned(vm: &mut Vm, args: &[Value], cut: Partition, from_right: bool) -> NativeResult {
    let separator = buffer_arg(vm, &args[1])?;
    if separator.is_empty() {
        return Err(vm.value_error("empty separator"));
    }
    let bytes = me(vm, args)?;
    // Bytes that are not cut are given as they are, also those of a class of the program.
    let whole = |vm: &Vm| if is_array(args) { alike(vm, args, &*bytes) } else { Ok(args[0].clone()) };
    let given = if is_array(args) { byte_array(separator.to_vec()) } else { args[1].clone() };
    Ok(Value::tuple(match cut(&bytes, &separator) {
        Some((before, after)) => vec![alike(vm, args, before)?, given, alike(vm, args, after)?],
        None if from_right => vec![alike(vm, args, [])?, alike(vm, args, [])?, whole(vm)?],
        None => vec![whole(vm)?, alike(vm, args, [])?, alike(vm, args, [])?],
    }))
}

fn removeprefix(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let prefix = buffer_arg(vm, &args[1])?;
    let bytes = me(vm, args)?;
    part_of(vm, args, bytes.strip_prefix(&*prefix).unwrap_or(&bytes))
}

fn removesuffix(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let suffix = buffer_arg(vm, &args[1])?;
    let bytes = me(vm, args)?;
    part_of(vm, args, bytes.strip_suffix(&*suffix).unwrap_or(&bytes))
}

fn replace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (old, new) = (buffer_arg(vm, &args[1])?, buffer_arg(vm, &args[2])?);
    let most = most(vm, args, 3)?;
    let replaced = search::replace(Alphabet::Bytes, &me(vm, args)?, &old, &new, most);
    itself_or_alike(vm, args, replaced)
}

fn join(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = vm.sequence_view_arg(args, 1, "can only join an iterable")?;
    let separator = me(vm, args)?;
    let mut size = separator.len().saturating_mul(items.len().saturating_sub(1));
    for (place, item) in items.iter().enumerate() {
        let Some(piece) = buffer(item) else {
            let name = vm.type_name(item);
            let message = format!("sequence item {place}: expected a bytes-like object, {name} found");
            return Err(vm.type_error(message));
        };
        size = size.saturating_add(piece.len());
    }
    if let [only] = &items[..]
        && only.is_kind(Kind::Bytes)
        && !is_array(args)
    {
        return Ok(only.clone());
    }
    let mut out = super::text::room(vm, size)?;
    for (place, item) in items.iter().enumerate() {
        if place > 0 {
            out.extend_from_slice(&separator);
        }
        if let Some(piece) = buffer(item) {
            out.extend_from_slice(&piece);
        }
    }
    alike(vm, args, out)
}

fn decode(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let names = codec_names(vm, args, 1, "decode")?;
    let bytes = me(vm, args)?;
    decode_bytes(vm, &bytes, &args[0], &names)
}

pub(super) fn hex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let group = match arg(args, 2) {
        None => 1,
        Some(_) => match vm.integer_arg(args, 2)?.to_i64().and_then(|group| i32::try_from(group).ok()) {
            Some(group) => i64::from(group),
            None => return Err(vm.overflow_error("Python int too large to convert to C int")),
        },
    };
    let separator = match arg(args, 1) {
        None => None,
        Some(given) => {
            let text = match (given.native::<Str>(), buffer_copy(given)) {
                (Some(text), _) if text.chars() == 1 && !text.is_ascii() => {
                    return Err(vm.value_error("sep must be ASCII."));
                }
                (Some(text), _) => text.as_bytes().to_vec(),
                (None, Some(bytes)) => bytes,
                // Its length is looked at before what it is.
                (None, None) => {
                    return Err(match super::items::length(given) {
                        Some(1) => vm.type_error("sep must be str or bytes."),
                        Some(_) => vm.value_error("sep must be length 1."),
                        None => vm.type_error(format!("object of type '{}' has no len()", vm.type_name(given))),
                    });
                }
            };
            match text[..] {
                [byte] if byte.is_ascii() => Some(byte),
                [_] => return Err(vm.value_error("sep must be ASCII.")),
                _ => return Err(vm.value_error("sep must be length 1.")),
            }
        }
    };
    string_or(vm, ascii::hex(&me(vm, args)?, separator, group))
}

fn fromhex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = match (args[1].native::<Str>(), buffer_copy(&args[1])) {
        (Some(text), _) => text.as_bytes().to_vec(),
        (None, Some(bytes)) => bytes,
        (None, None) => {
            let name = vm.type_name(&args[1]);
            return Err(vm.type_error(format!("fromhex() argument must be str or bytes-like, not {name}")));
        }
    };
    let bytes = match ascii::from_hex(&text) {
        Ok(bytes) => bytes,
        Err(error) => return Err(vm.text_error(error)),
    };
    if args[0].is(&vm.types.bytes.value()) {
        return Ok(Value::bytes(bytes));
    }
    if args[0].is(&vm.types.bytearray.value()) {
        return Ok(byte_array(bytes));
    }
    // A subclass makes its own of it.
    vm.tail_call(args[0].clone(), vec![Value::bytes(bytes)])
}

fn translate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let table = match arg_or_none(args, 1) {
        None => None,
        Some(given) => match <[u8; 256]>::try_from(&*buffer_arg(vm, given)?) {
            Ok(table) => Some(table),
            Err(_) => return Err(vm.value_error("translation table must be 256 characters long")),
        },
    };
    let delete = match arg(args, 2) {
        Some(given) => buffer_arg(vm, given)?.to_vec(),
        None => Vec::new(),
    };
    let translated = pad::translate_bytes(&me(vm, args)?, table.as_ref(), &delete);
    itself_or_alike(vm, args, Ok(translated))
}

fn maketrans(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (from, to) = (buffer_arg(vm, &args[0])?, buffer_arg(vm, &args[1])?);
    if from.len() != to.len() {
        return Err(vm.value_error("maketrans arguments must have same length"));
    }
    let mut table: Vec<u8> = (0..=255).collect();
    for (from, to) in from.iter().zip(&*to) {
        if let Some(place) = table.get_mut(usize::from(*from)) {
            *place = *to;
        }
    }
    Ok(Value::bytes(table))
}

fn dunder_add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match concat(vm, &args[0], &args[1])? {
        Some(both) => Ok(both),
        None => {
            let (mine, other) = (vm.type_name(&args[0]), vm.type_name(&args[1]));
            Err(vm.type_error(format!("can't concat {other} to {mine}")))
        }
    }
}

fn dunder_mul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let times = vm.count_arg(args, 1)?;
    Ok(repeat(vm, &args[0], times)?.unwrap_or(Value::NOT_IMPLEMENTED))
}

fn dunder_mod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    percent::percent_format(vm, &args[0], &args[1])
}

fn dunder_rmod(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if buffer(&args[1]).is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    percent::percent_format(vm, &args[1], &args[0])
}

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if is_array(args) {
        let array = receiver::<ByteArray>(vm, args)?.to_ref();
        return Ok(Iter::value(IterState::ByteArray { array, next: 0 }, "bytearray_iterator"));
    }
    let bytes = receiver::<Bytes>(vm, args)?.to_ref();
    Ok(Iter::value(IterState::Bytes { bytes, next: 0 }, "bytes_iterator"))
}

fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(me(vm, args)?.len()))
}

fn plain_bytes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(receiver::<Bytes>(vm, args)?.value())
}

fn getnewargs(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::tuple(vec![plain_bytes(vm, args)?]))
}

/// The bytes that argument `n` stands for: a bytes-like object, an iterable of ints, or an object with `__bytes__`.
pub(super) fn bytes_of_object(vm: &mut Vm, args: &[Value], n: usize) -> Result<Vec<u8>, Exit> {
    let object = &args[n];
    if let Some(bytes) = buffer_copy(object) {
        return Ok(bytes);
    }
    if special(vm, object, &vm.names.bytes_.clone()).is_some() {
        return Err(vm.retry(args, n, "to_bytes"));
    }
    if object.native::<Str>().is_some() {
        return Err(vm.type_error(format!("cannot convert '{}' object to bytes", vm.type_name(object))));
    }
    byte_items(vm, args, n, "bytes")
}

/// The bytes of an iterable of ints, of which `made` is to be made.
fn byte_items(vm: &mut Vm, args: &[Value], n: usize, made: &str) -> Result<Vec<u8>, Exit> {
    let items = if made == "bytes" { vm.sized_items(&args[n])? } else { vm.native_items(&args[n])? };
    if let Some(items) = items {
        return bytes_in(vm, args, n, &items, if made == "bytes" { "bytes" } else { "byte" });
    }
    Err(vm.retry_with(args, n, "to_bytes_items", Value::str(made)))
}

/// The bytes that `items` are, the items of argument `n`.
fn bytes_in(vm: &mut Vm, args: &[Value], n: usize, items: &[Value], what: &str) -> Result<Vec<u8>, Exit> {
    let mut out = Vec::with_capacity(items.len());
    for item in items {
        let Some(number) = item.as_integer() else {
            if special(vm, item, &vm.names.index.clone()).is_some() {
                // An iterator has given its items: they go in its place.
                let mut args = args.to_vec();
                args[n] = Value::list(items.to_vec());
                return Err(vm.retry_with(&args, n, "to_bytes_in", Value::str(what)));
            }
            let name = vm.type_name(item);
            return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
        };
        match number.to_i64().and_then(|byte| u8::try_from(byte).ok()) {
            Some(byte) => out.push(byte),
            None => return Err(vm.value_error(format!("{what} must be in range(0, 256)"))),
        }
    }
    Ok(out)
}

/// What the constructor's arguments, from `args[1]` on, say.
fn source(vm: &mut Vm, args: &[Value], array: bool) -> Result<Vec<u8>, Exit> {
    let (encoding, errors) = (arg(args, 2), arg(args, 3));
    let made = if array { "bytearray" } else { "bytes" };
    let names = codec_names(vm, args, 2, made)?;
    let Some(object) = arg(args, 1) else {
        if encoding.is_some() || errors.is_some() {
            let given = if encoding.is_some() { "encoding" } else { "errors" };
            return Err(vm.type_error(format!("{given} without a string argument")));
        }
        return Ok(Vec::new());
    };
    if let Some(text) = object.native::<Str>() {
        if encoding.is_none() {
            return Err(vm.type_error("string argument without an encoding"));
        }
        let encoded = super::string::encode_text(vm, text.as_bytes(), object, &names)?;
        return Ok(buffer_copy(&encoded).unwrap_or_default());
    }
    if encoding.is_some() || errors.is_some() {
        let given = if encoding.is_some() { "encoding" } else { "errors" };
        return Err(vm.type_error(format!("{given} without a string argument")));
    }
    if let Some(bytes) = buffer_copy(object) {
        return Ok(bytes);
    }
    if !array && special(vm, object, &vm.names.bytes_.clone()).is_some() {
        return Err(vm.retry(args, 1, "to_bytes"));
    }
    if let Some(count) = object.as_integer() {
        let Some(count) = count.to_i64() else {
            let message = format!("cannot fit '{}' into an index-sized integer", vm.type_name(object));
            return Err(vm.overflow_error(message));
        };
        let Ok(count) = usize::try_from(count) else { return Err(vm.value_error("negative count")) };
        let mut zeros = super::text::room(vm, count)?;
        zeros.resize(count, 0);
        return Ok(zeros);
    }
    if special(vm, object, &vm.names.index.clone()).is_some() {
        return Err(vm.retry_with(args, 1, "to_size", Value::str(made)));
    }
    byte_items(vm, args, 1, made)
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let builtin = vm.types.bytes.clone();
    if let Some(given) = arg(args, 1)
        && given.is_kind(Kind::Bytes)
        && args[0].is(&builtin.value())
        && args.len() == 2
    {
        return Ok(given.clone());
    }
    if let (Some(given), None, None) = (arg(args, 1), arg(args, 2), arg(args, 3)) {
        match vm.class_of(given).lookup(&vm.names.bytes_) {
            Some(method) if method.is_none() => return Err(vm.type_error("'NoneType' object is not callable")),
            Some(method) if !method.is_kind(Kind::Native) => {
                return vm.tail_prelude("bytes_new", vec![args[0].clone(), given.clone()]);
            }
            _ => {}
        }
    }
    let bytes = source(vm, args, false)?;
    make_instance(vm, &builtin, &args[0], Value::bytes(bytes))
}

fn wrap(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bytes = buffer_arg(vm, &args[1])?.to_vec();
    make_instance(vm, &vm.types.bytes.clone(), &args[0], Value::bytes(bytes))
}

fn array_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    make_instance(vm, &vm.types.bytearray.clone(), &args[0], byte_array(Vec::new()))
}

/// A `bytearray` of bytes, or so many zeros, in one; any other source is for `__init__`.
fn array_make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match arg(args, 1) {
        None => Ok(byte_array(Vec::new())),
        Some(bytes) if bytes.is_kind(Kind::Bytes) || bytes.is_kind(Kind::ByteArray) => {
            let bytes = buffer_arg(vm, bytes)?;
            let mut copy = super::text::room(vm, bytes.len())?;
            copy.extend_from_slice(&bytes);
            Ok(byte_array(copy))
        }
        Some(_) => vm.construct_in_python(args),
    }
}

fn array(vm: &Vm, args: &[Value]) -> Result<Ref<ByteArray>, Exit> {
    Ok(receiver::<ByteArray>(vm, args)?.to_ref())
}

/// The receiver, whose size may change.
fn resizable(vm: &Vm, args: &[Value]) -> Result<Ref<ByteArray>, Exit> {
    let array = array(vm, args)?;
    may_resize(vm, &array)?;
    Ok(array)
}

fn array_init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bytes = source(vm, args, true)?;
    *resizable(vm, args)?.data.borrow_mut() = bytes;
    Ok(Value::NONE)
}

/// Before protocol 3 there are only strings to keep bytes in.
fn array_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let protocol = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { 2 };
    let data = array(vm, args)?.data.borrow().clone();
    let parts = if protocol < 3 {
        let text: String = data.iter().copied().map(char::from).collect();
        vec![Value::str(text), Value::str("latin-1")]
    } else {
        vec![Value::bytes(data)]
    };
    vm.tail_prelude("reduce_with_state", vec![args[0].clone(), Value::tuple(parts)])
}

fn alloc(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let length = array(vm, args)?.data.borrow().len();
    Ok(Value::size(if length == 0 { 0 } else { length + 1 }))
}

/// Room for `more` bytes.
fn reserve(vm: &Vm, data: &mut Vec<u8>, more: usize) -> Result<(), Exit> {
    if data.len().saturating_add(more) > super::text::MAX_TEXT || memory::reserve(data, more).is_err() {
        return Err(vm.no_memory());
    }
    Ok(())
}

fn iadd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(more) = buffer_copy(&args[1]) else {
        let (mine, other) = (vm.type_name(&args[0]), vm.type_name(&args[1]));
        return Err(vm.type_error(format!("can't concat {other} to {mine}")));
    };
    let array = resizable(vm, args)?;
    if args[1].payload().is(args[0].payload()) {
        // Its own buffer is being looked at while it is to grow.
        return Err(vm.raise(&vm.types.buffer_error, "Existing exports of data: object cannot be re-sized"));
    }
    let mut data = array.data.borrow_mut();
    reserve(vm, &mut data, more.len())?;
    data.extend_from_slice(&more);
    Ok(args[0].clone())
}

fn imul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let times = vm.count_arg(args, 1)?;
    let array = resizable(vm, args)?;
    let bytes = array.data.borrow().clone();
    if let Some(bytes) = repeated(vm, &bytes, bytes.len(), times, "repeated bytes are too long")? {
        *array.data.borrow_mut() = bytes;
    }
    Ok(args[0].clone())
}

fn byte_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<u8, Exit> {
    let byte = vm.integer_arg(args, n)?.to_i64().and_then(|byte| u8::try_from(byte).ok());
    byte.ok_or_else(|| vm.value_error("byte must be in range(0, 256)"))
}

fn delitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::items::del_item(vm, args[0].payload(), &args[1])?;
    Ok(Value::NONE)
}

fn setitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::items::set_item(vm, args[0].payload(), &args[1], args[2].clone())?;
    Ok(Value::NONE)
}

fn append(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let byte = byte_arg(vm, args, 1)?;
    let array = resizable(vm, args)?;
    let mut data = array.data.borrow_mut();
    reserve(vm, &mut data, 1)?;
    data.push(byte);
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    *resizable(vm, args)?.data.borrow_mut() = Vec::new();
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(byte_array(array(vm, args)?.data.borrow().clone()))
}

fn extend(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let more = match buffer_copy(&args[1]) {
        Some(more) => more,
        None => {
            if args[1].native::<Str>().is_some() {
                return Err(vm.type_error("expected iterable of integers; got: 'str'"));
            }
            match vm.sized_items(&args[1])? {
                Some(items) => bytes_in(vm, args, 1, &items, "byte")?,
                None => return Err(vm.retry(args, 1, "to_extension")),
            }
        }
    };
    let array = resizable(vm, args)?;
    let mut data = array.data.borrow_mut();
    reserve(vm, &mut data, more.len())?;
    data.extend_from_slice(&more);
    Ok(Value::NONE)
}

fn insert(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = vm.index_arg(args, 1)?;
    let byte = byte_arg(vm, args, 2)?;
    let array = resizable(vm, args)?;
    let mut data = array.data.borrow_mut();
    reserve(vm, &mut data, 1)?;
    let length = data.len() as i64;
    let place = if place < 0 { place.saturating_add(length).max(0) } else { place.min(length) };
    data.insert(place as usize, byte);
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { -1 };
    let array = resizable(vm, args)?;
    let mut data = array.data.borrow_mut();
    let length = data.len() as i64;
    if length == 0 {
        return Err(vm.index_error("pop from empty bytearray"));
    }
    let place = if place < 0 { place.saturating_add(length) } else { place };
    if !(0..length).contains(&place) {
        return Err(vm.index_error("pop index out of range"));
    }
    Ok(Value::small(data.remove(place as usize) as i64))
}

fn remove(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let byte = byte_arg(vm, args, 1)?;
    let array = resizable(vm, args)?;
    let mut data = array.data.borrow_mut();
    match data.iter().position(|b| *b == byte) {
        Some(place) => {
            data.remove(place);
            Ok(Value::NONE)
        }
        None => Err(vm.value_error("value not found in bytearray")),
    }
}

fn resize(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let size = vm.index_arg(args, 1)?;
    let Ok(wanted) = usize::try_from(size) else {
        return Err(vm.value_error(format!("Can only resize to positive sizes, got {size}")));
    };
    let array = resizable(vm, args)?;
    let mut data = array.data.borrow_mut();
    let more = wanted.saturating_sub(data.len());
    reserve(vm, &mut data, more)?;
    data.resize(wanted, 0);
    Ok(Value::NONE)
}

fn reverse(vm: &mut Vm, args: &[Value]) -> NativeResult {
    array(vm, args)?.data.borrow_mut().reverse();
    Ok(Value::NONE)
}
