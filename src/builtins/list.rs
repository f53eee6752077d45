//! `list`.

use super::items::{Position, position};
use super::order::{self, class_getitem, comparisons, contains, delitem, getitem, iter, len, setitem};
use super::{install_class_methods, install_functions, install_methods, install_static, natives, quick, sort};
use crate::memory;
use crate::object::iter::{Iter, IterState};
use crate::object::{Borrow, Kind, List, Value};
use crate::vm::arguments::arg;
use crate::vm::{Exit, Fold, NativeResult, Vm};

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    PRELUDE {
        /// `list(iterable)`
        "_list_make(cls, iterable=(), /)" => make;
    }
    CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    pub METHODS {
        "__init__(self, iterable=(), /)" => init;
        /// Append object to the end of the list.
        "append(self, object, /)" => append, quick::list_append;
        /// Remove all items from list.
        "clear(self, /)" => clear;
        /// Return a shallow copy of the list.
        "copy(self, /)" => copy;
        /// Return number of occurrences of value.
        "count(self, value, /)" => count;
        /// Extend list by appending elements from the iterable.
        "extend(self, iterable, /)" => extend;
        /// Return first index of value. Raises ValueError if the value is not present.
        "index(self, value, start=0, stop=9223372036854775807, /)" => index;
        /// Insert object before index.
        "insert(self, index, object, /)" => insert;
        /// Remove and return item at index (default last).
        "pop(self, index=-1, /)" => pop, quick::list_pop;
        /// Remove first occurrence of value. Raises ValueError if the value is not present.
        "remove(self, value, /)" => remove;
        /// Reverse in place.
        "reverse(self, /)" => reverse;
        /// Sort the list in ascending order and return None.
        "sort(self, /, *, key=None, reverse=False)" => sort::list_sort;
        "__getitem__(self, index, /)" => getitem;
        "__setitem__(self, index, value, /)" => setitem;
        "__delitem__(self, index, /)" => delitem;
        "__len__(self, /)" => len;
        "__contains__(self, item, /)" => contains;
        "__iter__(self, /)" => iter;
        /// Return a reverse iterator over the list.
        "__reversed__(self, /)" => reversed;
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
        /// Return the size of the list in memory, in bytes.
        "__sizeof__(self, /)" => sizeof;
    }
}

comparisons!(Kind::List, "sequence_eq", "sequence_order");

pub fn install(vm: &mut Vm) {
    let class = vm.types.list.clone();
    install_static(&class, NEW);
    install_class_methods(&class, CLASS_METHODS);
    install_methods(&class, METHODS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
    class.dict.set_str(&vm.names.hash.clone(), Value::NONE);
}

fn this<'a>(vm: &Vm, args: &'a [Value]) -> Result<Borrow<'a, List>, Exit> {
    args[0].native::<List>().ok_or_else(|| order::uninitialised(vm, &args[0]))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::make_instance(vm, &vm.types.list, &args[0], Value::list(Vec::new()))
}

/// `list(iterable)`, made and filled in one.
fn make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(iterable) = arg(args, 1) else { return Ok(Value::list(Vec::new())) };
    match vm.sized_items(iterable)? {
        Some(items) => Ok(Value::list(items)),
        None if vm.drives_unasked(iterable) => vm.tail_fold(iterable.clone(), Fold::List, Value::list(Vec::new())),
        None => vm.construct_in_python(args),
    }
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    let items = match arg(args, 1) {
        Some(iterable) => vm.sized_items(iterable)?,
        None => Some(Vec::new()),
    };
    let needs_python = items.is_none();
    if needs_python {
        vm.require_iterable(&args[1])?;
    }
    let old = std::mem::replace(&mut *list.borrow_mut(), items.unwrap_or_default());
    drop(old);
    if needs_python {
        if vm.drives_unasked(&args[1]) {
            return vm.tail_fold(args[1].clone(), Fold::Extend, args[0].payload().clone());
        }
        return vm.tail_prelude("list_fill", vec![args[0].payload().clone(), args[1].clone()]);
    }
    Ok(Value::NONE)
}

fn append(vm: &mut Vm, args: &[Value]) -> NativeResult {
    this(vm, args)?.borrow_mut().push(args[1].clone());
    Ok(Value::NONE)
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut old = std::mem::take(&mut *this(vm, args)?.borrow_mut());
    // From the end, as when a list dies.
    while let Some(item) = old.pop() {
        drop(item);
    }
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(this(vm, args)?.to_vec()))
}

/// How many of `items` equal `value`; from the place given in `Err` on Python code must be asked.
pub(super) fn count_in(vm: &Vm, items: &[Value], value: &Value) -> Result<Result<usize, (usize, usize)>, Exit> {
    let mut count = 0;
    for (place, item) in items.iter().enumerate() {
        match vm.native_same(item, value)? {
            Some(same) => count += same as usize,
            None => return Ok(Err((place, count))),
        }
    }
    Ok(Ok(count))
}

/// `count` of a list or tuple.
pub fn count_method(vm: &mut Vm, me: &Value, items: &[Value], value: &Value) -> NativeResult {
    match count_in(vm, items, value)? {
        Ok(count) => Ok(Value::size(count)),
        Err((from, count)) => {
            let args = vec![me.clone(), value.clone(), Value::size(from), Value::size(count)];
            vm.tail_prelude("sequence_count", args)
        }
    }
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    count_method(vm, args[0].payload(), &list.borrow(), &args[1])
}

/// Puts these items behind those of `list`, if there is room.
fn append_all(vm: &Vm, list: &List, items: Vec<Value>) -> Result<(), Exit> {
    memory::reserve(&mut list.borrow_mut(), items.len()).map_err(|_| vm.no_memory())?;
    list.borrow_mut().extend(items);
    Ok(())
}

fn extend(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    if args[1].is(&args[0]) {
        // In a statement of its own: the list must not be borrowed any more when it grows.
        let copies = vm.copied(&list.borrow())?;
        append_all(vm, &list, copies)?;
        return Ok(Value::NONE);
    }
    match vm.sized_items(&args[1])? {
        Some(items) => {
            append_all(vm, &list, items)?;
            Ok(Value::NONE)
        }
        None => {
            vm.require_iterable(&args[1])?;
            // Items arrive one by one: what a generator gave before it raised stays in the list, as the program can see.
            vm.tail_prelude("list_extend", vec![args[0].payload().clone(), args[1].clone()])
        }
    }
}

/// Appends the items of an iterable to `list`; for the VM's displays and star arguments.
pub fn extend_with(vm: &mut Vm, list: &Value, iterable: &Value) -> NativeResult {
    extend(vm, &[list.clone(), iterable.clone()])
}

/// The bounds `index(value, start, stop)` gives, clamped to the length; `None` is not allowed here.
pub(super) fn index_bounds(vm: &mut Vm, args: &[Value], length: usize) -> Result<(usize, usize), Exit> {
    let mut bounds = [0, length];
    for (n, bound) in (2..4).zip(&mut bounds) {
        let Some(given) = arg(args, n) else { continue };
        if given.is_none() {
            return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
        }
        if given.as_integer().is_none() && vm.class_of(given).lookup(&vm.names.index).is_none() {
            return Err(vm.type_error("slice indices must be integers or have an __index__ method"));
        }
        if let Some(i) = vm.bound_arg(args, n)? {
            let i = if i < 0 { i.saturating_add(length as i64).max(0) } else { i };
            *bound = (i as usize).min(length);
        }
    }
    Ok((bounds[0], bounds[1]))
}

/// `index` of a list or tuple; `what` is its name in messages.
pub fn index_method(vm: &mut Vm, args: &[Value], items: &[Value], what: &str) -> NativeResult {
    let (start, stop) = index_bounds(vm, args, items.len())?;
    let found = match items.get(start..stop) {
        Some(part) => position(vm, part, &args[1])?,
        None => Position::Nowhere,
    };
    match found {
        Position::At(place) => Ok(Value::size(start + place)),
        Position::Nowhere => Err(vm.value_error(format!("{what}.index(x): x not in {what}"))),
        Position::NeedsPython(place) => {
            let me = args[0].payload().clone();
            let from = Value::size(start + place);
            let stop = if arg(args, 3).is_some() { Value::size(stop) } else { Value::int(i64::MAX) };
            vm.tail_prelude("sequence_index", vec![me, args[1].clone(), from, stop, Value::str(what)])
        }
    }
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    index_method(vm, args, &list.borrow(), "list")
}

fn insert(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    let index = vm.index_arg(args, 1)?;
    let length = list.len();
    let index = if index < 0 { index.saturating_add(length as i64).max(0) } else { index };
    list.borrow_mut().insert((index as usize).min(length), args[2].clone());
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    if arg(args, 1).is_none() {
        let last = list.borrow_mut().pop();
        return last.ok_or_else(|| vm.index_error("pop from empty list"));
    }
    let index = vm.index_arg(args, 1)?;
    let length = list.len();
    if length == 0 {
        return Err(vm.index_error("pop from empty list"));
    }
    let index = if index < 0 { index.saturating_add(length as i64) } else { index };
    match usize::try_from(index) {
        Ok(index) if index < length => Ok(list.borrow_mut().remove(index)),
        _ => Err(vm.index_error("pop index out of range")),
    }
}

fn remove(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    let found = position(vm, &list.borrow(), &args[1])?;
    match found {
        Position::At(place) => {
            let old = list.borrow_mut().remove(place);
            drop(old);
            Ok(Value::NONE)
        }
        Position::Nowhere => Err(vm.value_error("list.remove(x): x not in list")),
        Position::NeedsPython(place) => {
            let me = args[0].payload().clone();
            vm.tail_prelude("list_remove", vec![me, args[1].clone(), Value::size(place)])
        }
    }
}

fn reverse(vm: &mut Vm, args: &[Value]) -> NativeResult {
    this(vm, args)?.borrow_mut().reverse();
    Ok(Value::NONE)
}

fn reversed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?.to_ref();
    let end = list.len();
    Ok(Iter::value(IterState::ListReversed { list, end }, "list_reverseiterator"))
}

fn add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    match args[1].native::<List>() {
        Some(other) => Ok(Value::list([&list.borrow()[..], &other.borrow()[..]].concat())),
        None => {
            let name = vm.type_name(&args[1]);
            Err(vm.type_error(format!("can only concatenate list (not \"{name}\") to list")))
        }
    }
}

fn iadd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    match vm.sized_items(&args[1])? {
        Some(items) => {
            append_all(vm, &list, items)?;
            Ok(args[0].clone())
        }
        None => {
            vm.require_iterable(&args[1])?;
            vm.tail_prelude("list_iadd", vec![args[0].clone(), args[0].payload().clone(), args[1].clone()])
        }
    }
}

/// The count in `args[1]` of a repetition.
pub(super) fn times(vm: &mut Vm, args: &[Value]) -> Result<usize, Exit> {
    Ok(usize::try_from(vm.count_arg(args, 1)?).unwrap_or(0))
}

/// `items`, so many times over; `MemoryError` when that does not fit.
pub(super) fn repeat(vm: &Vm, items: &[Value], count: usize) -> Result<Vec<Value>, Exit> {
    let wanted = items.len().checked_mul(count).ok_or_else(|| vm.no_memory())?;
    let mut result = memory::vector(wanted).map_err(|_| vm.no_memory())?;
    match items {
        [one] => result.resize(count, one.clone()),
        [] => {}
        _ => (0..count).for_each(|_| result.extend_from_slice(items)),
    }
    Ok(result)
}

fn mul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    let count = times(vm, args)?;
    Ok(Value::list(repeat(vm, &list.borrow(), count)?))
}

fn imul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let list = this(vm, args)?;
    let count = times(vm, args)?;
    let items = repeat(vm, &list.borrow(), count)?;
    let old = std::mem::replace(&mut *list.borrow_mut(), items);
    drop(old);
    Ok(args[0].clone())
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(56 + 8 * this(vm, args)?.len()))
}
