//! Subscripts, membership and length of the native containers, for the instructions of the VM as well as for the methods
//! `__getitem__` and so on of the classes.
//!
//! Every function here looks at the exact kind of the container: instances of Python subclasses reach it through their
//! class's methods. A result of `None` says "not a native container of that sort". Where Python code must be asked first
//! (an `__index__`, `__hash__` or `__eq__` of the program's), the exit is a tail call whose result is the item, or for
//! [`contains`] a bool.

use super::slice::{Subscript, subscript};
use super::text::buffer_arg;
use super::{dict, range};
use crate::memory;
use crate::object::dict::{DictView, MappingProxy};
use crate::object::equality::with_bytes;
use crate::object::float::Complex;
use crate::object::string::ByteArray;
use crate::object::{Bytes, Dict, Kind, List, Ref, Set, Str, Tuple, Value};
use crate::text::search;
use crate::vm::{Exit, NativeResult, Vm};

/// `container[key]`
pub fn get_item(vm: &mut Vm, container: &Value, key: &Value) -> Result<Option<Value>, Exit> {
    let item = match container.kind() {
        Some(Kind::List) => list_item(vm, container, key)?,
        Some(Kind::Tuple) => tuple_item(vm, container, key)?,
        Some(Kind::Dict) => dict::get_item(vm, container, key)?,
        Some(Kind::Str) => str_item(vm, container, key)?,
        Some(Kind::Bytes | Kind::ByteArray) => bytes_item(vm, container, key)?,
        Some(Kind::Range) => range::get_item(vm, container, key)?,
        Some(Kind::MappingProxy) => match container.get::<MappingProxy>() {
            Some(proxy) if proxy.mapping.is_kind(Kind::Dict) => dict::get_item(vm, &proxy.mapping, key)?,
            _ => return Ok(None),
        },
        _ => return Ok(None),
    };
    Ok(Some(item))
}

/// `container[key] = value`; `false` when it is not a native container that can be changed.
pub fn set_item(vm: &mut Vm, container: &Value, key: &Value, value: Value) -> Result<bool, Exit> {
    match container.kind() {
        Some(Kind::List) => set_list_item(vm, container, key, value)?,
        Some(Kind::Dict) => dict::set_item(vm, container, key, value)?,
        Some(Kind::ByteArray) => set_bytearray_item(vm, container, key, value)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// `del container[key]`; `false` when it is not a native container that can be changed.
pub fn del_item(vm: &mut Vm, container: &Value, key: &Value) -> Result<bool, Exit> {
    match container.kind() {
        Some(Kind::List) => del_list_item(vm, container, key)?,
        Some(Kind::Dict) => dict::del_item(vm, container, key)?,
        Some(Kind::ByteArray) => del_bytearray_item(vm, container, key)?,
        _ => return Ok(false),
    }
    Ok(true)
}

/// `item in container`
pub fn contains(vm: &mut Vm, container: &Value, item: &Value) -> Result<Option<bool>, Exit> {
    let found = match container.kind() {
        Some(Kind::List) => match container.get::<List>() {
            Some(list) => {
                let found = position(vm, &list.borrow(), item)?;
                sequence_contains(vm, container, item, found)?
            }
            None => false,
        },
        Some(Kind::Tuple) => match container.get::<Tuple>() {
            Some(tuple) => {
                let found = position(vm, tuple.items(), item)?;
                sequence_contains(vm, container, item, found)?
            }
            None => false,
        },
        Some(Kind::Dict) => dict::contains(vm, container, item)?,
        Some(Kind::DictView) => match container.get::<DictView>() {
            Some(view) => dict::view_contains(vm, container, view.body(), item)?,
            None => false,
        },
        Some(Kind::Set) => super::set::contains(vm, container, item)?,
        Some(Kind::Str) => match (container.get::<Str>(), item.native::<Str>()) {
            (Some(text), Some(wanted)) => search::contains(text.as_bytes(), wanted.as_bytes()),
            _ => {
                let name = vm.type_name(item);
                return Err(vm.type_error(format!("'in <string>' requires string as left operand, not {name}")));
            }
        },
        Some(Kind::Bytes | Kind::ByteArray) => bytes_contain(vm, container, item)?,
        Some(Kind::Range) => range::contains(vm, container, item)?,
        Some(Kind::MappingProxy) => match container.get::<MappingProxy>() {
            Some(proxy) if proxy.mapping.is_kind(Kind::Dict) => dict::contains(vm, &proxy.mapping, item)?,
            _ => return Ok(None),
        },
        Some(Kind::ListIter | Kind::RangeIter | Kind::Iter) => iterator_contains(vm, container, item)?,
        _ => return Ok(None),
    };
    Ok(Some(found))
}

fn iterator_contains(vm: &mut Vm, iterator: &Value, item: &Value) -> Result<bool, Exit> {
    let mut step = 0;
    while let Some(next) = vm.native_next(iterator)? {
        vm.tick(step)?;
        step += 1;
        match vm.native_same(&next, item)? {
            Some(true) => return Ok(true),
            Some(false) => {}
            None => {
                let args = vec![iterator.clone(), item.clone(), next];
                return Err(exit(vm.tail_prelude("iterator_contains", args)));
            }
        }
    }
    Ok(false)
}

/// `len(container)`; `None` when it has no length that native code knows.
pub fn length(value: &Value) -> Option<usize> {
    Some(match value.kind()? {
        Kind::List => value.get::<List>()?.len(),
        Kind::Tuple => value.get::<Tuple>()?.items().len(),
        Kind::Dict => value.get::<Dict>()?.len(),
        Kind::DictView => value.get::<DictView>()?.dict.len(),
        Kind::Set => value.get::<Set>()?.len(),
        Kind::Str => value.get::<Str>()?.chars(),
        Kind::Bytes => value.get::<Bytes>()?.data.len(),
        Kind::ByteArray => value.get::<ByteArray>()?.data.borrow().len(),
        Kind::Range => range::length(value)?,
        Kind::MappingProxy => length(&value.get::<MappingProxy>()?.body().mapping)?,
        Kind::Foreign => value.get::<crate::object::Foreign>()?.object().length()?,
        _ => return None,
    })
}

/// The exit of a tail call: what `vm.tail_prelude` gives where a value of another type is expected.
pub fn exit(result: NativeResult) -> Exit {
    match result {
        Err(exit) => exit,
        Ok(value) => Exit::Raise(value),
    }
}

/// Where `item` stands.
pub enum Position {
    /// At this place.
    At(usize),
    /// Nowhere.
    Nowhere,
    /// From this place on an `__eq__` written in Python must be asked.
    NeedsPython(usize),
}

/// The place of the first of `items` that is or equals `item`.
pub fn position(vm: &Vm, items: &[Value], item: &Value) -> Result<Position, Exit> {
    for (place, candidate) in items.iter().enumerate() {
        match vm.native_same(candidate, item)? {
            Some(true) => return Ok(Position::At(place)),
            Some(false) => {}
            None => return Ok(Position::NeedsPython(place)),
        }
    }
    Ok(Position::Nowhere)
}

fn sequence_contains(vm: &mut Vm, container: &Value, item: &Value, found: Position) -> Result<bool, Exit> {
    match found {
        Position::At(_) => Ok(true),
        Position::Nowhere => Ok(false),
        Position::NeedsPython(from) => {
            let args = vec![container.clone(), item.clone(), Value::size(from)];
            Err(exit(vm.tail_prelude("sequence_contains", args)))
        }
    }
}

/// The items that a slice selects. `start`, `step`, `count` come from [`subscript`] for this length.
pub fn select(items: &[Value], start: i64, step: i64, count: usize) -> Vec<Value> {
    if step == 1 {
        let start = start as usize;
        return items.get(start..start + count).map_or_else(Vec::new, <[Value]>::to_vec);
    }
    places(start, step, count).filter_map(|place| items.get(place).cloned()).collect()
}

/// The places that a slice selects.
pub fn places(start: i64, step: i64, count: usize) -> impl DoubleEndedIterator<Item = usize> {
    (0..count as i64).map(move |n| start.wrapping_add(n.wrapping_mul(step)) as usize)
}

fn in_python(vm: &mut Vm, function: &str, container: &Value, key: &Value, value: Option<Value>) -> Exit {
    let mut args = vec![container.clone(), key.clone()];
    args.extend(value);
    exit(vm.tail_prelude(function, args))
}

fn list_item(vm: &mut Vm, container: &Value, key: &Value) -> NativeResult {
    let Some(list) = container.get::<List>() else { return Ok(Value::NONE) };
    match subscript(vm, key, list.len(), "list")? {
        Subscript::At(place) => {
            let item = usize::try_from(place).ok().and_then(|place| list.borrow().get(place).cloned());
            item.ok_or_else(|| vm.index_error("list index out of range"))
        }
        Subscript::Items(start, step, count) => Ok(Value::list(select(&list.borrow(), start, step, count))),
        Subscript::NeedsPython => Err(in_python(vm, "get_subscript", container, key, None)),
    }
}

fn tuple_item(vm: &mut Vm, container: &Value, key: &Value) -> NativeResult {
    let Some(tuple) = container.get::<Tuple>() else { return Ok(Value::NONE) };
    let items = tuple.items();
    match subscript(vm, key, items.len(), "tuple")? {
        Subscript::At(place) => {
            let item = usize::try_from(place).ok().and_then(|place| items.get(place).cloned());
            item.ok_or_else(|| vm.index_error("tuple index out of range"))
        }
        Subscript::Items(0, 1, count) if count == items.len() => Ok(container.clone()),
        Subscript::Items(start, step, count) => Ok(Value::tuple(select(items, start, step, count))),
        Subscript::NeedsPython => Err(in_python(vm, "get_subscript", container, key, None)),
    }
}

fn str_item(vm: &mut Vm, container: &Value, key: &Value) -> NativeResult {
    let Some(string) = container.get::<Str>() else { return Ok(Value::NONE) };
    match subscript(vm, key, string.chars(), "string")? {
        Subscript::At(place) => match usize::try_from(place) {
            Ok(place) if place < string.chars() => Ok(string.char_at(place).into_value()),
            _ => Err(vm.index_error("string index out of range")),
        },
        Subscript::Items(start, 1, count) => Ok(string.slice(start as usize, start as usize + count).into_value()),
        Subscript::Items(start, step, count) => {
            let mut text = Vec::with_capacity(count);
            for place in places(start, step, count) {
                text.extend_from_slice(string.char_at(place).as_bytes());
            }
            Ok(Value::object(Ref::from_wtf8(&text)))
        }
        Subscript::NeedsPython => Err(in_python(vm, "get_subscript", container, key, None)),
    }
}

fn bytes_item(vm: &mut Vm, container: &Value, key: &Value) -> NativeResult {
    let fixed = container.is_kind(Kind::Bytes);
    let length = with_bytes(container, <[u8]>::len);
    match subscript(vm, key, length, if fixed { "byte" } else { "bytearray" })? {
        Subscript::At(place) => {
            let byte = usize::try_from(place).ok().and_then(|place| with_bytes(container, |b| b.get(place).copied()));
            let message = if fixed { "index out of range" } else { "bytearray index out of range" };
            byte.map(|byte| Value::small(byte as i64)).ok_or_else(|| vm.index_error(message))
        }
        Subscript::Items(0, 1, count) if fixed && count == length => Ok(container.clone()),
        Subscript::Items(start, step, count) => {
            let picked: Vec<u8> = with_bytes(container, |bytes| {
                places(start, step, count).filter_map(|place| bytes.get(place).copied()).collect()
            });
            Ok(if fixed { Value::bytes(picked) } else { byte_array(picked) })
        }
        Subscript::NeedsPython => Err(in_python(vm, "get_subscript", container, key, None)),
    }
}

fn byte_array(data: Vec<u8>) -> Value {
    Value::object(ByteArray::new(data))
}

fn bytes_contain(vm: &mut Vm, container: &Value, item: &Value) -> Result<bool, Exit> {
    if let Some(byte) = item.as_integer() {
        return match byte.to_i64().and_then(|byte| u8::try_from(byte).ok()) {
            Some(byte) => Ok(with_bytes(container, |bytes| bytes.contains(&byte))),
            None => Err(vm.value_error("byte must be in range(0, 256)")),
        };
    }
    let wanted = item.payload();
    if matches!(wanted.kind(), Some(Kind::Bytes | Kind::ByteArray)) {
        return Ok(with_bytes(container, |bytes| with_bytes(wanted, |wanted| search::contains(bytes, wanted))));
    }
    if vm.class_of(item).lookup(&vm.names.index).is_some() {
        return Err(exit(vm.tail_prelude("bytes_contain", vec![container.clone(), item.clone()])));
    }
    let wanted = buffer_arg(vm, item)?;
    Ok(with_bytes(container, |bytes| search::contains(bytes, &wanted)))
}

fn set_list_item(vm: &mut Vm, container: &Value, key: &Value, value: Value) -> Result<(), Exit> {
    let Some(list) = container.get::<List>() else { return Ok(()) };
    match subscript(vm, key, list.len(), "list")? {
        Subscript::At(place) => {
            let mut value = value;
            let place = usize::try_from(place).ok();
            match place.and_then(|place| list.borrow_mut().get_mut(place).map(|item| std::mem::swap(item, &mut value)))
            {
                // What `value` holds now is the old item, which dies after the borrow is over.
                Some(()) => Ok(()),
                None => Err(vm.index_error("list assignment index out of range")),
            }
        }
        Subscript::Items(start, step, count) => {
            let Some(new) = vm.native_items(&value)? else {
                return Err(in_python(vm, "set_slice", container, key, Some(value)));
            };
            // Taking the items may have emptied an iterator over this very list, but cannot have changed the list.
            if step == 1 {
                let start = (start as usize).min(list.len());
                let end = (start + count).min(list.len());
                memory::reserve(&mut list.borrow_mut(), new.len()).map_err(|_| vm.no_memory())?;
                let old: Vec<Value> = list.borrow_mut().splice(start..end, new).collect();
                // From the end, as CPython does: finalisers show the order.
                old.into_iter().rev().for_each(drop);
                return Ok(());
            }
            if new.len() != count {
                let message =
                    format!("attempt to assign sequence of size {} to extended slice of size {count}", new.len());
                return Err(vm.value_error(message));
            }
            let mut new = new;
            let mut items = list.borrow_mut();
            for (place, value) in places(start, step, count).zip(&mut new) {
                if let Some(item) = items.get_mut(place) {
                    std::mem::swap(item, value);
                }
            }
            drop(items);
            drop(new);
            Ok(())
        }
        Subscript::NeedsPython => Err(in_python(vm, "set_subscript", container, key, Some(value))),
    }
}

fn del_list_item(vm: &mut Vm, container: &Value, key: &Value) -> Result<(), Exit> {
    let Some(list) = container.get::<List>() else { return Ok(()) };
    match subscript(vm, key, list.len(), "list")? {
        Subscript::At(place) => match usize::try_from(place) {
            Ok(place) if place < list.len() => {
                let old = list.borrow_mut().remove(place);
                drop(old);
                Ok(())
            }
            _ => Err(vm.index_error("list assignment index out of range")),
        },
        Subscript::Items(start, step, count) => {
            let old = take_places(&mut list.borrow_mut(), start, step, count);
            if step == 1 {
                old.into_iter().rev().for_each(drop);
            }
            Ok(())
        }
        Subscript::NeedsPython => Err(in_python(vm, "del_subscript", container, key, None)),
    }
}

/// Takes the items of a slice out of `items`.
fn take_places<T>(items: &mut Vec<T>, start: i64, step: i64, count: usize) -> Vec<T> {
    if count == 0 {
        return Vec::new();
    }
    let last = start + (count as i64 - 1) * step;
    let (first, last, stride) = if step > 0 { (start, last, step) } else { (last, start, -step) };
    let (first, last, stride) = (first as usize, last as usize, stride as usize);
    if stride == 1 {
        return items.drain(first..=last).collect();
    }
    let mut kept = Vec::with_capacity(items.len() - count);
    let mut taken = Vec::with_capacity(count);
    for (place, item) in items.drain(..).enumerate() {
        if (first..=last).contains(&place) && (place - first) % stride == 0 {
            taken.push(item);
        } else {
            kept.push(item);
        }
    }
    *items = kept;
    taken
}

fn byte_of(vm: &mut Vm, container: &Value, key: &Value, value: &Value) -> Result<u8, Exit> {
    let Some(integer) = value.as_integer() else {
        if vm.class_of(value).lookup(&vm.names.index).is_some() {
            return Err(in_python(vm, "set_byte", container, key, Some(value.clone())));
        }
        let name = vm.type_name(value);
        return Err(vm.type_error(format!("'{name}' object cannot be interpreted as an integer")));
    };
    match integer.to_i64().and_then(|byte| u8::try_from(byte).ok()) {
        Some(byte) => Ok(byte),
        None => Err(vm.value_error("byte must be in range(0, 256)")),
    }
}

/// `BufferError` while memory views look at the array.
pub(super) fn may_resize(vm: &Vm, array: &ByteArray) -> Result<(), Exit> {
    match array.exports.get() {
        0 => Ok(()),
        _ => Err(vm.raise(&vm.types.buffer_error, "Existing exports of data: object cannot be re-sized")),
    }
}

fn set_bytearray_item(vm: &mut Vm, container: &Value, key: &Value, value: Value) -> Result<(), Exit> {
    let Some(array) = container.get::<ByteArray>() else { return Ok(()) };
    let length = array.data.borrow().len();
    match subscript(vm, key, length, "bytearray")? {
        Subscript::At(place) => {
            let place = usize::try_from(place).ok().filter(|place| *place < length);
            let Some(place) = place else {
                if key.is_integer() {
                    byte_of(vm, container, key, &value)?;
                }
                return Err(vm.index_error("bytearray index out of range"));
            };
            let byte = byte_of(vm, container, key, &value)?;
            if let Some(old) = array.data.borrow_mut().get_mut(place) {
                *old = byte;
            }
            Ok(())
        }
        Subscript::Items(start, step, count) => {
            let payload = value.payload();
            let new: Vec<u8> = match payload.kind() {
                Some(Kind::Bytes | Kind::ByteArray) => with_bytes(payload, <[u8]>::to_vec),
                _ => {
                    let class = vm.class_of(&value);
                    let is_number = payload.get::<Complex>().is_some()
                        || [&vm.names.index, &vm.names.int_, &vm.names.float_]
                            .iter()
                            .any(|name| class.lookup(name).is_some());
                    if payload.is_kind(Kind::Str) || is_number {
                        let message = "can assign only bytes, buffers, or iterables of ints in range(0, 256)";
                        return Err(vm.type_error(message));
                    }
                    return Err(in_python(vm, "set_bytes", container, key, Some(value)));
                }
            };
            if step == 1 {
                let mut data = array.data.borrow_mut();
                let start = (start as usize).min(data.len());
                let end = (start + count).min(data.len());
                if new.len() != end - start {
                    may_resize(vm, array.body())?;
                }
                data.splice(start..end, new);
                return Ok(());
            }
            if new.is_empty() && count > 0 {
                may_resize(vm, array.body())?;
                take_places(&mut array.data.borrow_mut(), start, step, count);
                return Ok(());
            }
            if new.len() != count {
                let message =
                    format!("attempt to assign bytes of size {} to extended slice of size {count}", new.len());
                return Err(vm.value_error(message));
            }
            let mut data = array.data.borrow_mut();
            for (place, byte) in places(start, step, count).zip(new) {
                if let Some(old) = data.get_mut(place) {
                    *old = byte;
                }
            }
            Ok(())
        }
        Subscript::NeedsPython => Err(in_python(vm, "set_subscript", container, key, Some(value))),
    }
}

fn del_bytearray_item(vm: &mut Vm, container: &Value, key: &Value) -> Result<(), Exit> {
    let Some(array) = container.get::<ByteArray>() else { return Ok(()) };
    let length = array.data.borrow().len();
    match subscript(vm, key, length, "bytearray")? {
        Subscript::At(place) => match usize::try_from(place) {
            Ok(place) if place < length => {
                may_resize(vm, array.body())?;
                array.data.borrow_mut().remove(place);
                Ok(())
            }
            _ => Err(vm.index_error("bytearray index out of range")),
        },
        Subscript::Items(start, step, count) => {
            may_resize(vm, array.body())?;
            take_places(&mut array.data.borrow_mut(), start, step, count);
            Ok(())
        }
        Subscript::NeedsPython => Err(in_python(vm, "del_subscript", container, key, None)),
    }
}
