//! `memoryview`.

use super::slice::{Subscript, subscript};
use super::text::{buffer, string};
use super::{getsets, install_class_methods, install_getsets, install_methods, install_static, natives};
use crate::object::array::Array;
use crate::object::memory::{Format, MemoryView};
use crate::object::{Foreign, Integer, Kind, Slice, Str, Value, intern};
use crate::vm::arguments::arg_or_none;
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    STATIC {
        "__new__(cls, object)" => new;
    }
    CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => super::order::class_getitem;
        "_from_flags(cls, object, flags)" => from_flags;
    }
    METHODS {
        /// Return the data in the buffer as bytes.
        "tobytes(self, order='C')" => tobytes;
        /// Return the data in the buffer as a list of elements.
        "tolist(self, /)" => tolist;
        /// Return the data as hexadecimal numbers.
        "hex(self, sep=None, bytes_per_sep=1)" => hex;
        /// Cast to a new format or shape.
        "cast(self, format, shape=None)" => cast;
        /// Return a readonly version of the memoryview.
        "toreadonly(self, /)" => toreadonly;
        /// Release the underlying buffer.
        "release(self, /)" => release;
        /// Count the number of occurrences of a value.
        "count(self, value, /)" => count;
        /// Return the index of the first occurrence of a value.
        "index(self, value, start=0, stop=9223372036854775807, /)" => index;
        "__enter__(self, /)" => enter;
        "__exit__(self, /, *exc_info)" => release;
        "__len__(self, /)" => len;
        "__getitem__(self, key, /)" => getitem;
        "__setitem__(self, key, value, /)" => setitem;
        "__delitem__(self, key, /)" => delitem;
        "__iter__(self, /)" => iter;
        "__eq__(self, value, /)" => eq;
        "__ne__(self, value, /)" => ne;
        "__lt__(self, value, /)" => no_order;
        "__le__(self, value, /)" => no_order;
        "__gt__(self, value, /)" => no_order;
        "__ge__(self, value, /)" => no_order;
        "__hash__(self, /)" => hash;
        "__repr__(self, /)" => repr;
        "__reduce_ex__(self, protocol, /)" => reduce;
        "__buffer__(self, flags, /)" => new_view;
        "__release_buffer__(self, buffer, /)" => release_buffer;
    }
}

getsets! {
    ATTRIBUTES {
        "obj" => obj;
        "nbytes" => nbytes;
        "readonly" => readonly;
        "itemsize" => itemsize;
        "format" => format;
        "ndim" => ndim;
        "shape" => shape;
        "strides" => strides;
        "suboffsets" => suboffsets;
        "c_contiguous" => contiguous;
        "f_contiguous" => f_contiguous;
        "contiguous" => contiguous;
    }
}

/// Fill the class.
pub fn install(vm: &mut Vm) {
    let class = vm.types.memoryview.clone();
    install_static(&class, STATIC);
    install_class_methods(&class, CLASS_METHODS);
    install_methods(&class, METHODS);
    install_getsets(&class, ATTRIBUTES);
}

fn any<'a>(vm: &Vm, value: &'a Value) -> Result<&'a MemoryView, Exit> {
    value.foreign::<MemoryView>().ok_or_else(|| vm.type_error("a memoryview is needed"))
}

/// The receiver, not yet released.
fn this<'a>(vm: &Vm, value: &'a Value) -> Result<&'a MemoryView, Exit> {
    let view = any(vm, value)?;
    if view.is_released() {
        return Err(vm.value_error("operation forbidden on released memoryview object"));
    }
    Ok(view)
}

fn made(vm: &Vm, view: MemoryView) -> Value {
    Foreign::value(&vm.types.memoryview, view)
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::subclass_made(vm, &vm.types.memoryview, &args[0])?;
    if args[1].foreign::<MemoryView>().is_some() {
        return Ok(made(vm, this(vm, &args[1])?.again()));
    }
    match MemoryView::of(&args[1]) {
        Some(view) => Ok(made(vm, view)),
        None if vm.class_of(&args[1]).lookup(&intern(b"__buffer__")).is_some() => {
            vm.tail_prelude("memoryview_of", vec![args[1].clone()])
        }
        None => {
            let name = vm.type_name(&args[1]);
            Err(vm.type_error(format!("memoryview: a bytes-like object is required, not '{name}'")))
        }
    }
}

/// `__buffer__` of `bytes` and `bytearray`.
pub(super) fn buffer_of(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match MemoryView::of(&args[0]) {
        Some(view) => Ok(made(vm, view)),
        None => Err(vm.type_error("descriptor requires a bytes-like object")),
    }
}

fn new_view(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(made(vm, this(vm, &args[0])?.again()))
}

/// `__release_buffer__`: the view knows itself when it is done.
pub(super) fn release_buffer(vm: &mut Vm, args: &[Value]) -> NativeResult {
    release(vm, &args[1..])
}

fn from_flags(vm: &mut Vm, args: &[Value]) -> NativeResult {
    new(vm, args)
}

fn enter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    this(vm, &args[0])?;
    Ok(args[0].clone())
}

fn release(vm: &mut Vm, args: &[Value]) -> NativeResult {
    any(vm, &args[0])?.release();
    Ok(Value::NONE)
}

fn tobytes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let view = this(vm, &args[0])?;
    if let Some(order) = arg_or_none(args, 1) {
        let order = super::text::text_arg(vm, order, "tobytes() argument 'order'")?;
        if !matches!(order.as_bytes(), b"C" | b"F" | b"A") {
            return Err(vm.value_error("order must be 'C', 'F' or 'A'"));
        }
        if order.as_bytes() == b"F" && view.shape.len() > 1 {
            return Err(vm.not_implemented_error("the order 'F' of several dimensions is not there yet"));
        }
    }
    Ok(Value::bytes(view.bytes()))
}

/// The items from a place on, in the dimensions from `dimension` on.
fn nested(view: &MemoryView, place: usize, dimension: usize) -> Value {
    let Some(length) = view.shape.get(dimension) else { return view.item(place) };
    let stride = view.strides[dimension];
    let at = |n| nested(view, place.wrapping_add_signed(n as isize * stride), dimension + 1);
    Value::list((0..*length).map(at).collect())
}

fn tolist(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let view = this(vm, &args[0])?;
    Ok(nested(view, view.start, 0))
}

fn hex(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let bytes = Value::bytes(this(vm, &args[0])?.bytes());
    let mut call = args.to_vec();
    call[0] = bytes;
    super::bytes::hex(vm, &call)
}

fn cast(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let view = this(vm, &args[0])?;
    let Some(text) = args[1].native::<Str>() else {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("cast() argument 'format' must be str, not {name}")));
    };
    let shape = match arg_or_none(args, 2) {
        None => None,
        Some(_) => Some(vm.items_arg(args, 2)?),
    };
    if !view.is_contiguous() {
        return Err(vm.type_error("memoryview: casts are restricted to C-contiguous views"));
    }
    let Some(format) = Format::parse(text.as_bytes()) else {
        let message =
            "memoryview: destination format must be a native single character format prefixed with an optional '@'";
        return Err(vm.value_error(message));
    };
    if !format.is_byte() && !view.format.is_byte() {
        return Err(vm.type_error("memoryview: cannot cast between two non-byte formats"));
    }
    let bytes = view.count() * view.format.size();
    if bytes % format.size() != 0 {
        return Err(vm.type_error("memoryview: length is not a multiple of itemsize"));
    }
    let shape = match shape {
        None => vec![bytes / format.size()],
        Some(shape) => shape_of(vm, &shape)?,
    };
    let total = shape.iter().try_fold(format.size(), |total, length| total.checked_mul(*length));
    if total != Some(bytes) {
        return Err(vm.type_error("memoryview: product(shape) * itemsize != buffer size"));
    }
    let mut view = view.again();
    view.format = format;
    let mut stride = format.size() as isize;
    view.strides = vec![0; shape.len()];
    for (length, slot) in shape.iter().zip(&mut view.strides).rev() {
        *slot = stride;
        stride *= *length as isize;
    }
    view.shape = shape;
    Ok(made(vm, view))
}

fn shape_of(vm: &Vm, shape: &[Value]) -> Result<Vec<usize>, Exit> {
    const MOST_DIMENSIONS: usize = 64;
    if shape.len() > MOST_DIMENSIONS {
        return Err(vm.value_error("memoryview: number of dimensions must not exceed 64"));
    }
    let length = |value: &Value| match value.as_integer() {
        None => Err(vm.type_error("memoryview.cast(): elements of shape must be integers")),
        Some(length) => match length.to_i64().and_then(|length| usize::try_from(length).ok()) {
            Some(length) if length > 0 => Ok(length),
            _ => Err(vm.value_error("memoryview.cast(): elements of shape must be integers > 0")),
        },
    };
    shape.iter().map(length).collect()
}

fn toreadonly(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut view = this(vm, &args[0])?.again();
    view.readonly = true;
    Ok(made(vm, view))
}

fn one_dimension(vm: &mut Vm, args: &[Value]) -> Result<Value, Exit> {
    let view = this(vm, &args[0])?;
    if view.shape.len() != 1 {
        return Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented"));
    }
    Ok(nested(view, view.start, 0))
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = one_dimension(vm, args)?;
    vm.tail_prelude("sequence_count", vec![items, args[1].clone(), Value::small(0), Value::small(0)])
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let length = this(vm, &args[0])?.shape.first().copied().unwrap_or(0);
    let (start, stop) = super::list::index_bounds(vm, args, length)?;
    let items = one_dimension(vm, args)?;
    vm.tail_prelude("memoryview_index", vec![items, args[1].clone(), Value::size(start), Value::size(stop)])
}

fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(this(vm, &args[0])?.shape.first().copied().unwrap_or(1)))
}

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = one_dimension(vm, args)?;
    super::order::iter(vm, &[items])
}

/// What a key selects.
enum Selection {
    Item(usize),
    Part(MemoryView),
}

fn select(vm: &mut Vm, view: &MemoryView, key: &Value) -> Result<Selection, Exit> {
    if let Some(keys) = key.native::<crate::object::Tuple>() {
        let (given, dimensions) = (keys.items().len(), view.shape.len());
        if given < dimensions {
            return Err(vm.not_implemented_error("sub-views are not implemented"));
        }
        if given > dimensions {
            let message = format!("cannot index {dimensions}-dimension view with {given}-element tuple");
            return Err(vm.type_error(message));
        }
        let mut place = view.start;
        for (dimension, key) in keys.items().iter().enumerate() {
            let Some(at) = key.as_integer().and_then(|at| at.to_i64()) else {
                return Err(vm.type_error("memoryview: invalid slice key"));
            };
            place = along(vm, view, place, dimension, at)?;
        }
        return Ok(Selection::Item(place));
    }
    let integer = key.as_integer().is_some() || vm.class_of(key).lookup(&vm.names.index).is_some();
    if !integer && key.get::<Slice>().is_none() {
        return Err(vm.type_error("memoryview: invalid slice key"));
    }
    let length = view.shape.first().copied().unwrap_or(1);
    if integer && view.shape.len() > 1 {
        return Err(vm.not_implemented_error("multi-dimensional sub-views are not implemented"));
    }
    match subscript(vm, key, length, "memoryview")? {
        // Already counted from the end: a place before the beginning stays negative.
        Subscript::At(at) if at < 0 => Err(vm.index_error("index out of bounds on dimension 1")),
        Subscript::At(at) => Ok(Selection::Item(along(vm, view, view.start, 0, at)?)),
        Subscript::Items(start, step, count) => {
            let stride = view.strides.first().copied().unwrap_or(1);
            let mut part = view.again();
            part.start = view.start.wrapping_add_signed(start as isize * stride);
            if count == 0 {
                part.start = view.start;
            }
            if let (Some(length), Some(slot)) = (part.shape.first_mut(), part.strides.first_mut()) {
                *length = count;
                *slot = stride.wrapping_mul(step as isize);
            }
            Ok(Selection::Part(part))
        }
        Subscript::NeedsPython => Err(vm.type_error("memoryview: invalid slice key")),
    }
}

/// The place `at` items further in a dimension.
fn along(vm: &Vm, view: &MemoryView, place: usize, dimension: usize, at: i64) -> Result<usize, Exit> {
    let length = view.shape.get(dimension).copied().unwrap_or(1) as i64;
    let at = if at < 0 { at.saturating_add(length) } else { at };
    if !(0..length).contains(&at) {
        return Err(vm.index_error(format!("index out of bounds on dimension {}", dimension + 1)));
    }
    Ok(place.wrapping_add_signed(at as isize * view.strides.get(dimension).copied().unwrap_or(1)))
}

fn getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let view = this(vm, &args[0])?;
    if needs_index(vm, &args[1]) {
        return Err(vm.retry(args, 1, "plain_subscript"));
    }
    Ok(match select(vm, view, &args[1])? {
        Selection::Item(place) => view.item(place),
        Selection::Part(part) => made(vm, part),
    })
}

/// Must an `__index__` written in Python be asked for the key?
fn needs_index(vm: &Vm, key: &Value) -> bool {
    if let Some(slice) = key.get::<Slice>() {
        return [&slice.start, &slice.stop, &slice.step].iter().any(|part| needs_index(vm, part));
    }
    key.is_kind(Kind::Instance) && key.as_integer().is_none() && vm.class_of(key).lookup(&vm.names.index).is_some()
}

fn setitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let view = this(vm, &args[0])?;
    if view.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    if args[1].get::<Slice>().is_some() && buffer(&args[2]).is_none() {
        let name = vm.type_name(&args[2]);
        return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
    }
    if needs_index(vm, &args[1]) {
        return Err(vm.retry(args, 1, "plain_subscript"));
    }
    match select(vm, view, &args[1])? {
        Selection::Item(place) => {
            if needs_index(vm, &args[2]) && !matches!(view.format.letter, b'f' | b'd' | b'c' | b'?') {
                return Err(vm.retry(args, 2, "index"));
            }
            let bytes = pack(vm, view.format, &args[2])?;
            view.put(place, &bytes);
        }
        Selection::Part(part) => {
            let theirs = args[2].foreign::<MemoryView>();
            let Some(new) = buffer(&args[2]).map(|bytes| bytes.to_vec()) else {
                let name = vm.type_name(&args[2]);
                return Err(vm.type_error(format!("a bytes-like object is required, not '{name}'")));
            };
            let array = args[2].foreign::<Array>();
            let format = theirs.map(|view| view.format).or(array.map(|array| array.format)).unwrap_or(Format::BYTES);
            let shape = theirs.map_or_else(|| vec![new.len() / format.size()], |view| view.shape.clone());
            if format.letter != part.format.letter || shape != part.shape {
                let message = "memoryview assignment: lvalue and rvalue have different structures";
                return Err(vm.value_error(message));
            }
            let size = part.format.size();
            for (place, item) in part.places().into_iter().zip(new.chunks_exact(size)) {
                part.put(place, item);
            }
        }
    }
    Ok(Value::NONE)
}

/// An item as bytes.
fn pack(vm: &Vm, format: Format, value: &Value) -> Result<Vec<u8>, Exit> {
    let wrong = |kind: &str| format!("memoryview: invalid {kind} for format '{}'", format.text());
    let size = format.size();
    let whole = |integer: Integer<'_>| match integer {
        Integer::Small(small) => Some(i128::from(small)),
        Integer::Big(_) => i128::try_from(integer.to_big()).ok(),
    };
    match format.letter {
        b'c' => match value.native::<crate::object::Bytes>() {
            Some(bytes) if bytes.data.len() == 1 => Ok(bytes.data.to_vec()),
            Some(_) => Err(vm.value_error(wrong("value"))),
            None => Err(vm.type_error(wrong("type"))),
        },
        b'?' => Ok(vec![vm.native_truth(value).unwrap_or(true) as u8]),
        b'f' | b'd' => {
            let number = value.payload().as_float().or_else(|| value.as_integer().and_then(|i| i.to_f64()));
            let Some(number) = number else { return Err(vm.type_error(wrong("type"))) };
            Ok(if size == 4 { (number as f32).to_le_bytes().to_vec() } else { number.to_le_bytes().to_vec() })
        }
        letter => {
            let Some(integer) = value.as_integer() else { return Err(vm.type_error(wrong("type"))) };
            let bits = 8 * size as u32;
            let range = match letter.is_ascii_lowercase() {
                true => -(1i128 << (bits - 1))..(1i128 << (bits - 1)),
                false => 0..(1i128 << bits),
            };
            match whole(integer).filter(|whole| range.contains(whole)) {
                Some(whole) => Ok(whole.to_le_bytes()[..size].to_vec()),
                None => Err(vm.value_error(wrong("value"))),
            }
        }
    }
}

fn delitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if this(vm, &args[0])?.readonly {
        return Err(vm.type_error("cannot modify read-only memory"));
    }
    Err(vm.type_error("cannot delete memory"))
}

fn is_comparable(value: &Value) -> bool {
    value.foreign::<MemoryView>().is_some() || buffer(value).is_some()
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    any(vm, &args[0])?;
    if !is_comparable(&args[1]) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    Ok(Value::bool(vm.native_same(&args[0], &args[1])? == Some(true)))
}

fn ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let equal = eq(vm, args)?;
    Ok(equal.as_bool().map_or(equal, |equal| Value::bool(!equal)))
}

fn no_order(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NOT_IMPLEMENTED)
}

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let view = any(vm, &args[0])?;
    if let Some(hash) = view.hash.get() {
        return Ok(Value::int(hash));
    }
    let view = this(vm, &args[0])?;
    if !view.readonly {
        return Err(vm.value_error("cannot hash writable memoryview object"));
    }
    if !view.format.is_byte() {
        return Err(vm.value_error("memoryview: hashing is restricted to formats 'B', 'b' or 'c'"));
    }
    let hash = vm.native_hash(&Value::bytes(view.bytes()))?.unwrap_or_default();
    view.hash.set(Some(hash));
    Ok(Value::int(hash))
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let released = if any(vm, &args[0])?.is_released() { "released " } else { "" };
    let place = crate::object::identity(&args[0]);
    string(vm, format!("<{released}memory at {place:#x}>"))
}

fn reduce(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.type_error("cannot pickle memoryview objects"))
}

fn obj(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(this(vm, me)?.object.get())
}

fn nbytes(vm: &mut Vm, me: &Value) -> NativeResult {
    let view = this(vm, me)?;
    Ok(Value::size(view.count() * view.format.size()))
}

fn readonly(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(this(vm, me)?.readonly))
}

fn itemsize(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(this(vm, me)?.format.size()))
}

fn format(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::str(this(vm, me)?.format.text()))
}

fn ndim(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(this(vm, me)?.shape.len()))
}

fn shape(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::tuple(this(vm, me)?.shape.iter().map(|length| Value::size(*length)).collect()))
}

fn strides(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::tuple(this(vm, me)?.strides.iter().map(|stride| Value::int(*stride as i64)).collect()))
}

fn suboffsets(vm: &mut Vm, me: &Value) -> NativeResult {
    this(vm, me)?;
    Ok(Value::tuple(Vec::new()))
}

fn contiguous(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::bool(this(vm, me)?.is_contiguous()))
}

fn f_contiguous(vm: &mut Vm, me: &Value) -> NativeResult {
    let view = this(vm, me)?;
    let several = view.shape.iter().filter(|length| **length > 1).count() > 1;
    Ok(Value::bool(view.is_contiguous() && !several))
}
