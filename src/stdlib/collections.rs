//! `_collections`: the double-ended queue, and the fields of named tuples. The rest of `collections` is Python.

use super::{class, kept_class, module as new_module};
use crate::builtins::dict::DEFAULT_MISSING;
use crate::builtins::{
    getsets, install_class_methods, install_functions, install_getsets, install_methods, install_static, natives,
};
use crate::memory;
use crate::object::descriptor::Field;
use crate::object::equality::{self, Answer};
use crate::object::hashing::{Culprit, Hashed};
use crate::object::iter::{Iter, IterState, native_iter};
use crate::object::{Dict, Foreign, Instance, Kind, Module, NativeObject, Ref, Slot, Type, TypeFlags, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

/// A double-ended queue.
pub(super) struct Deque {
    items: RefCell<VecDeque<Value>>,
    /// It never grows beyond this.
    most: Cell<Option<usize>>,
    /// Counts changes, so that an iterator notices them.
    changes: Cell<u64>,
}

impl NativeObject for Deque {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.items.borrow().iter().for_each(see);
    }
    fn clear(&self) {
        drop(self.items.take());
    }
    fn outside(&self) -> usize {
        self.items.borrow().capacity() * size_of::<Value>()
    }
    fn hash(&self, me: &Value) -> Hashed {
        Hashed::Unhashable(Culprit(me.clone()))
    }
    fn equal(&self, me: &Value, other: &Value) -> Answer {
        if me.is(other) {
            return Answer::Yes;
        }
        let Some(other) = other.foreign::<Deque>() else { return Answer::No };
        if self.items.borrow().len() != other.items.borrow().len() {
            return Answer::No;
        }
        let (mine, yours) = (self.items.borrow(), other.items.borrow());
        for (a, b) in mine.iter().zip(yours.iter()) {
            match equality::same(a, b) {
                Answer::Yes => {}
                answer => return answer,
            }
        }
        Answer::Yes
    }
    fn length(&self) -> Option<usize> {
        Some(self.items.borrow().len())
    }
    fn item(&self, key: &Value) -> Option<Value> {
        let items = self.items.borrow();
        let place = key.as_small()?;
        let place = if place < 0 { place + items.len() as i64 } else { place };
        items.get(usize::try_from(place).ok()?).cloned()
    }
    fn nth(&self, n: usize, changes: u64) -> Result<Option<Value>, &'static str> {
        if self.changes.get() != changes { Err("deque mutated") } else { Ok(self.items.borrow().get(n).cloned()) }
    }
    fn changes(&self) -> Option<(u64, &'static str)> {
        Some((self.changes.get(), FORWARD))
    }
}

/// What the machine knows the classes of iterators by.
const FORWARD: &str = "_collections._deque_iterator";
const BACKWARD: &str = "_collections._deque_reverse_iterator";

/// An iterator over a deque, backward or of a derived class; others are native.
struct DequeIterator {
    deque: Slot,
    next: Cell<usize>,
    changes: u64,
    reversed: bool,
}

impl NativeObject for DequeIterator {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.deque.visit(see);
    }
    fn clear(&self) {
        self.deque.set(Value::UNDEF);
    }
    fn fork(&self, class: &Ref<Type>, _: &Value) -> Option<Value> {
        let (deque, next) = (Slot::new(self.deque.get()), Cell::new(self.next.get()));
        Some(Foreign::value(class, DequeIterator { deque, next, changes: self.changes, reversed: self.reversed }))
    }
}

natives! {
    METHODS {
        "__init__(self, iterable=(), maxlen=None)" => init;
        /// Add an element to the right side of the deque.
        "append(self, item, /)" => append, quick_append;
        /// Add an element to the left side of the deque.
        "appendleft(self, item, /)" => appendleft, quick_appendleft;
        /// Remove and return the rightmost element.
        "pop(self, /)" => pop, quick_pop;
        /// Remove and return the leftmost element.
        "popleft(self, /)" => popleft, quick_popleft;
        /// Remove all elements.
        "clear(self, /)" => clear;
        /// A shallow copy.
        "copy(self, /)" => copy;
        "__copy__(self, /)" => copy;
        /// How often a value is there.
        "count(self, value, /)" => count;
        /// Add the elements of an iterable to the right side.
        "extend(self, iterable, /)" => extend;
        /// Add the elements of an iterable to the left side.
        "extendleft(self, iterable, /)" => extendleft;
        /// The first place of a value.
        "index(self, value, start=0, stop=None, /)" => index;
        /// Insert a value before an index.
        "insert(self, index, value, /)" => insert;
        /// Remove the first occurrence of a value.
        "remove(self, value, /)" => remove;
        /// Turn the order round, in place.
        "reverse(self, /)" => reverse;
        /// Move n elements from the right end to the left one.
        "rotate(self, n=1, /)" => rotate;
        "__len__(self, /)" => len;
        "__bool__(self, /)" => bool_;
        "__getitem__(self, index, /)" => getitem;
        "__setitem__(self, index, value, /)" => setitem;
        "__delitem__(self, index, /)" => delitem;
        "__contains__(self, value, /)" => contains;
        "__iter__(self, /)" => iter;
        "__reversed__(self, /)" => reversed;
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
        "__reduce__(self, /)" => reduce;
    }
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    ITERATOR_METHODS {
        "__iter__(self, /)" => iterator_iter;
        "__next__(self, /)" => iterator_next;
        "__length_hint__(self, /)" => iterator_length_hint;
        "__reduce__(self, /)" => iterator_reduce;
    }
    ITERATOR_NEW {
        "__new__(cls, /, *args)" => new_iterator;
    }
    FUNCTIONS {
        "_count_elements(mapping, iterable, /)" => count_elements;
        "_note_missing(function, /)" => note_missing;
    }
    FIELD_NEW {
        "__new__(cls, index, doc, /)" => new_field;
    }
    FIELD_METHODS {
        "__get__(self, instance, owner=None, /)" => field_get;
        "__set__(self, instance, value, /)" => field_set;
        "__delete__(self, instance, /)" => field_delete;
        "__repr__(self, /)" => crate::builtins::repr::dunder_repr;
        "__reduce__(self, /)" => field_reduce;
    }
    PRELUDE {
        "_deque_append(deque, item, /)" => append;
        "_deque_appendleft(deque, item, /)" => appendleft;
        "_deque_items(deque, /)" => items_list;
        "_deque_clear(deque, /)" => clear;
        "_deque_remove_at(deque, index, changes, /)" => remove_at;
        "_deque_changes(deque, /)" => changes;
    }
}

getsets! {
    ATTRIBUTES {
        "maxlen" => maxlen;
    }
    FIELD_ATTRIBUTES {
        "__doc__" => field_doc, set_field_doc;
    }
}

fn deque_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "collections.deque", |vm| {
        let flags = TypeFlags::UNHASHABLE.with(TypeFlags::SEQUENCE).with(TypeFlags::WEAK).with(TypeFlags::NO_DICT);
        let made = class("collections", "deque", &vm.types.object, flags);
        made.layout.set(Some(Kind::Foreign));
        made.dict.set_str(&intern(b"__hash__"), Value::NONE);
        install_methods(&made, METHODS);
        install_static(&made, NEW);
        install_class_methods(&made, CLASS_METHODS);
        install_getsets(&made, ATTRIBUTES);
        install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
        made
    })
}

fn iterator_class(vm: &mut Vm, reversed: bool) -> Ref<Type> {
    if reversed {
        kept_class(vm, BACKWARD, |vm| iterator_type("_deque_reverse_iterator", vm))
    } else {
        kept_class(vm, FORWARD, |vm| iterator_type("_deque_iterator", vm))
    }
}

fn iterator_type(name: &str, vm: &mut Vm) -> Ref<Type> {
    let made = class("collections", name, &vm.types.object, TypeFlags::FINAL);
    install_methods(&made, ITERATOR_METHODS);
    install_static(&made, ITERATOR_NEW);
    made
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_collections", "", FUNCTIONS);
    module.set("deque", deque_class(vm).into_value());
    let field = vm.types.field.clone();
    field.dict.set_str(&vm.names.module, Value::object(intern(b"collections")));
    install_static(&field, FIELD_NEW);
    install_methods(&field, FIELD_METHODS);
    install_getsets(&field, FIELD_ATTRIBUTES);
    module.set("_tuplegetter", field.into_value());
    module.set("_deque_iterator", iterator_class(vm, false).into_value());
    module.set("_deque_reverse_iterator", iterator_class(vm, true).into_value());
    module
}

fn of<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Deque, Exit> {
    value.foreign::<Deque>().ok_or_else(|| vm.type_error("a deque is needed"))
}

fn fresh(items: VecDeque<Value>, most: Option<usize>) -> Deque {
    Deque { items: RefCell::new(items), most: Cell::new(most), changes: Cell::new(0) }
}

impl Deque {
    fn changed(&self) {
        self.changes.set(self.changes.get().wrapping_add(1));
    }

    /// How many items it holds.
    pub fn count(&self) -> usize {
        self.items.borrow().len()
    }

    /// A copy of its first item.
    pub fn front(&self) -> Option<Value> {
        self.items.borrow().front().cloned()
    }

    /// Take its first item out.
    pub fn pop_front(&self) -> Option<Value> {
        let item = self.items.borrow_mut().pop_front()?;
        self.changed();
        Some(item)
    }

    /// Take this very object out, where it comes first.
    pub fn remove_object(&self, object: &Value) {
        let place = self.items.borrow().iter().position(|item| item.is(object));
        if let Some(place) = place {
            let gone = self.items.borrow_mut().remove(place);
            self.changed();
            drop(gone);
        }
    }

    /// The first item of which this is true.
    pub fn find(&self, wanted: impl Fn(&Value) -> bool) -> Option<Value> {
        self.items.borrow().iter().find(|item| wanted(item)).cloned()
    }

    /// Put an item at the end.
    pub fn push_back(&self, item: Value) {
        self.changed();
        let mut items = self.items.borrow_mut();
        items.push_back(item);
        let gone = if self.most.get().is_some_and(|most| items.len() > most) { items.pop_front() } else { None };
        drop(items);
        drop(gone);
    }

    fn push_front(&self, item: Value) {
        self.changed();
        let mut items = self.items.borrow_mut();
        items.push_front(item);
        let gone = if self.most.get().is_some_and(|most| items.len() > most) { items.pop_back() } else { None };
        drop(items);
        drop(gone);
    }

    fn copy_items(&self) -> VecDeque<Value> {
        self.items.borrow().clone()
    }
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = deque_class(vm);
    let made = Foreign::value(&exact, fresh(VecDeque::new(), None));
    match args[0].to_ref::<Type>() {
        Some(class) if !class.is(&exact) => Ok(Value::object(Instance::wrapping(&class, made))),
        _ => Ok(made),
    }
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let most = match arg_or_none(args, 2) {
        None => None,
        Some(value) if !value.is_integer() => return Err(vm.type_error("an integer is required")),
        Some(_) => match usize::try_from(vm.index_arg(args, 2)?) {
            Ok(most) => Some(most),
            Err(_) => return Err(vm.value_error("maxlen must be non-negative")),
        },
    };
    deque.most.set(most);
    let old = deque.items.take();
    deque.changed();
    drop(old);
    match arg(args, 1) {
        None => Ok(Value::NONE),
        Some(iterable) => extend(vm, &[args[0].clone(), iterable.clone()]),
    }
}

fn quick_append(args: &[Value]) -> Option<Value> {
    args[0].foreign::<Deque>()?.push_back(args[1].clone());
    Some(Value::NONE)
}

fn quick_appendleft(args: &[Value]) -> Option<Value> {
    args[0].foreign::<Deque>()?.push_front(args[1].clone());
    Some(Value::NONE)
}

fn quick_pop(args: &[Value]) -> Option<Value> {
    let deque = args[0].foreign::<Deque>()?;
    let item = deque.items.borrow_mut().pop_back()?;
    deque.changed();
    Some(item)
}

fn quick_popleft(args: &[Value]) -> Option<Value> {
    let deque = args[0].foreign::<Deque>()?;
    let item = deque.items.borrow_mut().pop_front()?;
    deque.changed();
    Some(item)
}

fn append(vm: &mut Vm, args: &[Value]) -> NativeResult {
    of(vm, &args[0])?.push_back(args[1].clone());
    Ok(Value::NONE)
}

fn appendleft(vm: &mut Vm, args: &[Value]) -> NativeResult {
    of(vm, &args[0])?.push_front(args[1].clone());
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let item = deque.items.borrow_mut().pop_back();
    deque.changed();
    item.ok_or_else(|| vm.index_error("pop from an empty deque"))
}

fn popleft(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let item = deque.items.borrow_mut().pop_front();
    deque.changed();
    item.ok_or_else(|| vm.index_error("pop from an empty deque"))
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let old = deque.items.take();
    deque.changed();
    drop(old);
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let exact = deque_class(vm);
    let class = vm.class_of(&args[0]);
    if !class.is(&exact) {
        return vm.tail_prelude("deque_copy", args.to_vec());
    }
    Ok(Foreign::value(&exact, fresh(deque.copy_items(), deque.most.get())))
}

fn items_list(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(of(vm, &args[0])?.copy_items().into()))
}

fn changes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::int(of(vm, &args[0])?.changes.get() as i64))
}

fn extend(vm: &mut Vm, args: &[Value]) -> NativeResult {
    extend_by(vm, args, Deque::push_back, "deque_extend")
}

fn extendleft(vm: &mut Vm, args: &[Value]) -> NativeResult {
    extend_by(vm, args, Deque::push_front, "deque_extendleft")
}

fn extend_by(vm: &mut Vm, args: &[Value], push: fn(&Deque, Value), twin: &str) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let items = match args[1].foreign::<Deque>() {
        Some(other) => Some(other.copy_items().into()),
        None => vm.native_items(&args[1])?,
    };
    match items {
        Some(items) => {
            items.into_iter().for_each(|item| push(deque, item));
            Ok(Value::NONE)
        }
        None => {
            vm.require_iterable(&args[1])?;
            vm.tail_prelude(twin, args[..2].to_vec())
        }
    }
}

/// An empty deque.
pub(super) fn empty(vm: &mut Vm) -> Value {
    let class = deque_class(vm);
    Foreign::value(&class, fresh(VecDeque::new(), None))
}

/// The place of an item that is the same as `value`, or that Python must be asked.
fn find(deque: &Deque, value: &Value, from: usize, to: usize) -> Result<Option<usize>, Answer> {
    let items = deque.items.borrow();
    for (place, item) in items.iter().enumerate().take(to).skip(from) {
        match equality::same(item, value) {
            Answer::Yes => return Ok(Some(place)),
            Answer::No => {}
            answer => return Err(answer),
        }
    }
    Ok(None)
}

fn contains(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    match find(deque, &args[1], 0, usize::MAX) {
        Ok(place) => Ok(Value::bool(place.is_some())),
        Err(_) => vm.tail_prelude("deque_contains", args.to_vec()),
    }
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let mut count = 0;
    let mut from = 0;
    loop {
        match find(deque, &args[1], from, usize::MAX) {
            Ok(Some(place)) => {
                count += 1;
                from = place + 1;
            }
            Ok(None) => return Ok(Value::size(count)),
            Err(_) => return vm.tail_prelude("deque_count", args.to_vec()),
        }
    }
}

fn bound(length: usize, given: Option<i64>, default: usize) -> usize {
    match given {
        None => default,
        Some(n) if n < 0 => length.saturating_sub(n.unsigned_abs() as usize),
        Some(n) => (n as usize).min(length),
    }
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (start, stop) = (vm.bound_arg(args, 2)?, vm.bound_arg(args, 3)?);
    let deque = of(vm, &args[0])?;
    let length = deque.items.borrow().len();
    let (from, to) = (bound(length, start, 0), bound(length, stop, length));
    match find(deque, &args[1], from, to) {
        Ok(Some(place)) => Ok(Value::size(place)),
        Ok(None) => Err(vm.value_error("deque.index(x): x not in deque")),
        Err(_) => {
            let call = vec![args[0].clone(), args[1].clone(), Value::size(from), Value::size(to)];
            vm.tail_prelude("deque_index", call)
        }
    }
}

fn remove(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    match find(deque, &args[1], 0, usize::MAX) {
        Ok(Some(place)) => {
            let gone = deque.items.borrow_mut().remove(place);
            deque.changed();
            drop(gone);
            Ok(Value::NONE)
        }
        Ok(None) => Err(vm.value_error("deque.remove(x): x not in deque")),
        Err(_) => vm.tail_prelude("deque_remove", args.to_vec()),
    }
}

fn remove_at(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = vm.index_arg(args, 1)? as usize;
    let deque = of(vm, &args[0])?;
    if args[2].as_small() != Some(deque.changes.get() as i64) {
        return Err(vm.index_error("deque mutated during remove()."));
    }
    let gone = deque.items.borrow_mut().remove(place);
    deque.changed();
    drop(gone);
    Ok(Value::NONE)
}

fn insert(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = vm.index_arg(args, 1)?;
    let deque = of(vm, &args[0])?;
    let mut items = deque.items.borrow_mut();
    if deque.most.get().is_some_and(|most| items.len() >= most) {
        return Err(vm.index_error("deque already at its maximum size"));
    }
    let place = bound(items.len(), Some(place), 0);
    items.insert(place, args[2].clone());
    deque.changed();
    Ok(Value::NONE)
}

fn reverse(vm: &mut Vm, args: &[Value]) -> NativeResult {
    of(vm, &args[0])?.items.borrow_mut().make_contiguous().reverse();
    Ok(Value::NONE)
}

fn rotate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let by = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { 1 };
    let deque = of(vm, &args[0])?;
    let mut items = deque.items.borrow_mut();
    if !items.is_empty() {
        let length = items.len() as i64;
        items.rotate_right(by.rem_euclid(length) as usize);
        deque.changed();
    }
    Ok(Value::NONE)
}

fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(of(vm, &args[0])?.items.borrow().len()))
}

fn bool_(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(!of(vm, &args[0])?.items.borrow().is_empty()))
}

/// The place that an index argument means.
fn place(vm: &mut Vm, args: &[Value]) -> Result<usize, Exit> {
    if !args[1].is_integer() && vm.class_of(&args[1]).lookup(&vm.names.index).is_none() {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("sequence index must be integer, not '{name}'")));
    }
    let index = vm.index_arg(args, 1)?;
    let length = of(vm, &args[0])?.items.borrow().len() as i64;
    let place = if index < 0 { index + length } else { index };
    if (0..length).contains(&place) { Ok(place as usize) } else { Err(vm.index_error("deque index out of range")) }
}

fn getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = place(vm, args)?;
    let item = of(vm, &args[0])?.items.borrow().get(place).cloned();
    item.ok_or_else(|| vm.index_error("deque index out of range"))
}

fn setitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = place(vm, args)?;
    let deque = of(vm, &args[0])?;
    let old = deque.items.borrow_mut().get_mut(place).map(|item| std::mem::replace(item, args[2].clone()));
    drop(old);
    Ok(Value::NONE)
}

fn delitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let place = place(vm, args)?;
    let deque = of(vm, &args[0])?;
    let gone = deque.items.borrow_mut().remove(place);
    deque.changed();
    drop(gone);
    Ok(Value::NONE)
}

fn maxlen(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(of(vm, me)?.most.get().map_or(Value::NONE, Value::size))
}

fn iterate(vm: &mut Vm, args: &[Value], reversed: bool) -> NativeResult {
    let changes = of(vm, &args[0])?.changes.get();
    if !reversed && let Some(iterator) = native_iter(&args[0]) {
        return Ok(iterator);
    }
    let class = iterator_class(vm, reversed);
    let iterator = DequeIterator { deque: Slot::new(args[0].clone()), next: Cell::new(0), changes, reversed };
    Ok(Foreign::value(&class, iterator))
}

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    iterate(vm, args, false)
}

fn reversed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    iterate(vm, args, true)
}

fn iterator_iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn iterator_next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].is_kind(Kind::Iter) {
        return vm.native_next(&args[0])?.ok_or_else(|| vm.stop_iteration(Value::NONE));
    }
    let Some(iterator) = args[0].foreign::<DequeIterator>() else {
        return Err(vm.type_error("a deque iterator is needed"));
    };
    let held = iterator.deque.get();
    let Some(deque) = held.foreign::<Deque>() else { return Err(vm.stop_iteration(Value::NONE)) };
    if deque.changes.get() != iterator.changes {
        iterator.deque.set(Value::UNDEF);
        return Err(vm.runtime_error("deque mutated during iteration"));
    }
    let items = deque.items.borrow();
    let next = iterator.next.get();
    let item = if iterator.reversed {
        items.len().checked_sub(next + 1).and_then(|place| items.get(place))
    } else {
        items.get(next)
    };
    match item {
        Some(item) => {
            iterator.next.set(next + 1);
            Ok(item.clone())
        }
        None => {
            drop(items);
            iterator.deque.set(Value::UNDEF);
            Err(vm.stop_iteration(Value::NONE))
        }
    }
}

/// An iterator over a deque whose first items have been taken.
fn new_iterator(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let given = args.len() - 1;
    if !(1..=2).contains(&given) {
        let (bound, most) = if given == 0 { ("least", 1) } else { ("most", 2) };
        let s = if most == 1 { "" } else { "s" };
        return Err(vm.type_error(format!("function takes at {bound} {most} argument{s} ({given} given)")));
    }
    if args[1].foreign::<Deque>().is_none() {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("argument 1 must be collections.deque, not {name}")));
    }
    let taken = if given == 2 { vm.index_arg(args, 2)? } else { 0 };
    let reversed = args[0].is(&iterator_class(vm, true).value());
    let iterator = iterate(vm, &args[1..2], reversed)?;
    for step in 0..taken.max(0) as usize {
        vm.tick(step)?;
        match iterator_next(vm, std::slice::from_ref(&iterator)) {
            Ok(_) => {}
            Err(_) => break,
        }
    }
    Ok(iterator)
}

fn iterator_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]).into_value();
    let (deque, next) = match (args[0].foreign::<DequeIterator>(), args[0].get::<Iter>()) {
        (Some(iterator), _) => (iterator.deque.get(), iterator.next.get()),
        (None, Some(iterator)) => match &*iterator.state.borrow() {
            IterState::Foreign { container, next, .. } => (container.clone(), *next),
            _ => (Value::UNDEF, 0),
        },
        _ => (Value::UNDEF, 0),
    };
    let call = match deque.foreign::<Deque>() {
        Some(_) => vec![deque, Value::size(next)],
        None => vec![Foreign::value(&deque_class(vm), fresh(VecDeque::new(), None))],
    };
    Ok(Value::tuple(vec![class, Value::tuple(call)]))
}

fn iterator_length_hint(_: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(iterator) = args[0].get::<Iter>() {
        return Ok(Value::size(iterator.length_hint()));
    }
    let Some(iterator) = args[0].foreign::<DequeIterator>() else { return Ok(Value::small(0)) };
    let held = iterator.deque.get();
    let length = held.foreign::<Deque>().map_or(0, |deque| deque.items.borrow().len());
    Ok(Value::size(length.saturating_sub(iterator.next.get())))
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("deque_repr", args.to_vec())
}

fn compare(vm: &mut Vm, args: &[Value], twin: &str) -> NativeResult {
    if args[1].foreign::<Deque>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    vm.tail_prelude(twin, args.to_vec())
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].foreign::<Deque>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match of(vm, &args[0])?.equal(&args[0], &args[1]) {
        Answer::Yes => Ok(Value::TRUE),
        Answer::No => Ok(Value::FALSE),
        _ => compare(vm, args, "deque_eq"),
    }
}

fn ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare(vm, args, "deque_ne")
}

fn lt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare(vm, args, "deque_lt")
}

fn le(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare(vm, args, "deque_le")
}

fn gt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare(vm, args, "deque_gt")
}

fn ge(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare(vm, args, "deque_ge")
}

fn add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let Some(other) = args[1].foreign::<Deque>() else {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("can only concatenate deque (not \"{name}\") to deque")));
    };
    let class = deque_class(vm);
    let made = fresh(deque.copy_items(), deque.most.get());
    other.copy_items().into_iter().for_each(|item| made.push_back(item));
    Ok(Foreign::value(&class, made))
}

fn iadd(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match extend(vm, args) {
        Ok(_) => Ok(args[0].clone()),
        Err(Exit::Call(_)) => vm.tail_prelude("deque_iadd", args.to_vec()),
        Err(exit) => Err(exit),
    }
}

/// The items, `count` times over.
fn repeated(vm: &mut Vm, args: &[Value]) -> Result<VecDeque<Value>, Exit> {
    if !args[1].is_integer() && vm.class_of(&args[1]).lookup(&vm.names.index).is_none() {
        let name = vm.type_name(&args[1]);
        return Err(vm.type_error(format!("can't multiply sequence by non-int of type '{name}'")));
    }
    let count = vm.index_arg(args, 1)?.max(0) as usize;
    let deque = of(vm, &args[0])?;
    let items = deque.copy_items();
    let total = match items.len().checked_mul(count) {
        Some(total) if total < 1 << 40 => total,
        _ => return Err(vm.raise_with(&vm.types.memory_error, Vec::new())),
    };
    let most = deque.most.get().unwrap_or(total).min(total);
    let mut all = VecDeque::from(memory::vector(most).map_err(|_| vm.no_memory())?);
    // Of a bounded deque the last items stay.
    all.extend((total - most..total).map(|n| items[n % items.len()].clone()));
    Ok(all)
}

fn mul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = repeated(vm, args)?;
    let most = of(vm, &args[0])?.most.get();
    let class = deque_class(vm);
    Ok(Foreign::value(&class, fresh(items, most)))
}

fn imul(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = repeated(vm, args)?;
    let deque = of(vm, &args[0])?;
    let old = deque.items.replace(items);
    deque.changed();
    drop(old);
    Ok(args[0].clone())
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let deque = of(vm, &args[0])?;
    let call = match deque.most.get() {
        None => Vec::new(),
        Some(most) => vec![Value::tuple(Vec::new()), Value::size(most)],
    };
    vm.tail_prelude("deque_reduce", vec![args[0].clone(), Value::tuple(call)])
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    crate::builtins::forwarded::alias_of(vm, &args[0], &args[1])
}

/// Say which function is the `__missing__` of `defaultdict`.
fn note_missing(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.state.insert(DEFAULT_MISSING, args[0].clone());
    Ok(Value::NONE)
}

/// Count the items of a native iterable in a plain dict; anything else is counted by the prelude.
fn count_elements(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let fallback = |vm: &mut Vm, items: Value| vm.tail_prelude("count_elements", vec![args[0].clone(), items]);
    let counts = match args[0].native::<Dict>() {
        Some(counts) => counts.to_ref(),
        None => return fallback(vm, args[1].clone()),
    };
    let Some(items) = vm.native_items(&args[1])? else { return fallback(vm, args[1].clone()) };
    for (number, item) in items.iter().enumerate() {
        let rest = || Value::list(items[number..].to_vec());
        let Some(hash) = vm.native_hash(item)? else { return fallback(vm, rest()) };
        let Ok(known) = counts.get(item, hash) else { return fallback(vm, rest()) };
        let Some(known) = known.map_or(Some(0), |count| count.as_small()) else { return fallback(vm, rest()) };
        if counts.set(item, hash, Value::int(known + 1)).is_err() {
            return fallback(vm, rest());
        }
    }
    Ok(Value::NONE)
}

// ---- the fields of named tuples

fn field<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Field, Exit> {
    value.get::<Field>().map(|field| field.body()).ok_or_else(|| vm.type_error("a field is needed"))
}

fn new_field(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let index = vm.index_arg(args, 1)?;
    let index = usize::try_from(index).unwrap_or(usize::MAX);
    Ok(Value::object(Ref::new(Field { index, doc: Slot::new(args[2].clone()) })))
}

fn field_get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !args[1].is_none() {
        let class = vm.class_of(&args[1]);
        return vm.bind(&args[0], &args[1], &class);
    }
    match arg_or_none(args, 2) {
        Some(_) => Ok(args[0].clone()),
        None => Err(vm.type_error("__get__(None, None) is invalid")),
    }
}

fn field_set(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.attribute_error("can't set attribute"))
}

fn field_delete(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.attribute_error("can't delete attribute"))
}

fn field_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let field = field(vm, &args[0])?;
    let parts = Value::tuple(vec![Value::size(field.index), field.doc.get()]);
    Ok(Value::tuple(vec![vm.types.field.value(), parts]))
}

fn field_doc(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(field(vm, value)?.doc.get())
}

fn set_field_doc(vm: &mut Vm, value: &Value, doc: Value) -> NativeResult {
    field(vm, value)?.doc.set(doc);
    Ok(Value::NONE)
}
