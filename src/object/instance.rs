//! Instances of classes written in Python.

use super::class::{MAX_SLOTS, Shape, Type, TypeFlags};
use super::dict::Dict;
use super::heap::{HeapKind, Ref};
use super::kind::{Kind, visit_trailing};
use super::slot::Slot;
use super::string::Str;
use super::value::Value;
use std::alloc::Layout;
use std::cell::{Cell, UnsafeCell};

/// An instance. `header.aux` attribute slots trail the object; the rest is in [`Extra`].
pub struct Instance {
    class: UnsafeCell<Ref<Type>>,
    shape: Cell<*const Shape>,
    extra: UnsafeCell<Option<Box<Extra>>>,
}

/// What most instances do not have.
#[derive(Default)]
struct Extra {
    /// Slots beyond the trailing ones.
    overflow: Vec<Value>,
    /// The builtin object that an instance of a subclass of a builtin type wraps.
    payload: Slot,
    /// The attributes, once they are kept in a dict (somebody asked for `__dict__`, or deleted one).
    dict: Slot,
    /// What `__slots__` made room for, once the attributes are kept in a dict.
    members: Slot,
}

/// `header.flags`: the finaliser has run or is queued.
pub const FINALIZED: u8 = 1;

impl HeapKind for Instance {
    const KIND: Kind = Kind::Instance;
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    const TRAILING: Layout = Layout::new::<Value>();
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        visit_trailing(object, see);
        if let Some(extra) = object.extra() {
            extra.overflow.iter().for_each(&mut *see);
            extra.payload.visit(see);
            extra.dict.visit(see);
            extra.members.visit(see);
        }
        object.class().show(see);
    }
    fn clear(object: &Ref<Self>) {
        let first = object.trailing::<Value>();
        for index in 0..object.header().aux.get() as usize {
            // SAFETY: `aux` values trail the object.
            drop(unsafe { first.add(index).replace(Value::UNDEF) });
        }
        // SAFETY: nobody holds a reference into it.
        let extra = unsafe { (*object.extra.get()).take() };
        drop(extra);
        object.shape.set(object.class().root_shape());
    }
    fn wants_finalizer(object: &Ref<Self>) -> bool {
        let flags = &object.header().flags;
        if !object.class().flags().has(TypeFlags::DEL) || flags.get() & FINALIZED != 0 {
            return false;
        }
        flags.set(flags.get() | FINALIZED);
        true
    }
}

impl Instance {
    /// An instance without attributes. Its class is not one of exceptions.
    pub fn of(class: &Ref<Type>) -> Ref<Instance> {
        Ref::with_trailing(
            Instance {
                class: UnsafeCell::new(class.clone()),
                shape: Cell::new(class.root_shape()),
                extra: UnsafeCell::new(None),
            },
            class.expected_slots.get() as usize,
        )
    }

    /// An instance of the same class with the same attributes, of these values; `None` if their number is another, or if
    /// `other` keeps its attributes in a dict.
    pub fn like<const N: usize>(other: &Ref<Instance>, values: [Value; N]) -> Option<Ref<Instance>> {
        if other.in_dict_mode() || other.shape().names().len() != N {
            return None;
        }
        let instance = Instance::of(other.class());
        instance.shape.set(other.shape.get());
        for (slot, value) in values.into_iter().enumerate() {
            instance.set_slot(slot, value);
        }
        Some(instance)
    }

    /// Has it the class and the attributes of `other`, in the same slots?
    #[inline]
    pub fn is_like(&self, other: &Ref<Instance>) -> bool {
        std::ptr::eq(self.shape.get(), other.shape.get()) && !self.in_dict_mode()
    }

    /// An instance that wraps a builtin object.
    pub fn wrapping(class: &Ref<Type>, payload: Value) -> Ref<Instance> {
        let instance = Instance::of(class);
        instance.set_payload(payload);
        instance
    }

    /// Its class.
    #[inline(always)]
    pub fn class(&self) -> &Ref<Type> {
        // SAFETY: `set_class` keeps the old class alive.
        unsafe { &*self.class.get() }
    }

    /// Its shape.
    #[inline(always)]
    pub fn shape(&self) -> &Shape {
        // SAFETY: shapes live as long as their class, which the instance keeps alive.
        unsafe { &*self.shape.get() }
    }

    /// Make it an instance of another class, keeping its attributes.
    pub fn set_class(object: &Ref<Instance>, class: Ref<Type>) {
        object.to_dict_mode();
        object.shape.set(class.dict_shape());
        // SAFETY: as for `class`; the old class is kept alive for good, since borrowed views of it may exist.
        let old = unsafe { std::mem::replace(&mut *object.class.get(), class) };
        std::mem::forget(old);
    }

    #[inline(always)]
    fn extra(&self) -> Option<&Extra> {
        // SAFETY: mutated only by the methods below, none of which runs while such a reference is in use.
        unsafe { (*self.extra.get()).as_deref() }
    }

    #[allow(clippy::mut_from_ref, reason = "interior mutability; see the comment inside")]
    fn extra_mut(&self) -> &mut Extra {
        // SAFETY: as above.
        unsafe { (*self.extra.get()).get_or_insert_default() }
    }

    /// The builtin object it wraps.
    pub fn payload(&self) -> Option<&Value> {
        // SAFETY: a payload is set when the instance is made, and not replaced while it is looked at.
        self.extra()
            .map(|extra| unsafe { &*(&raw const extra.payload).cast::<Value>() })
            .filter(|value| !value.is_undef())
    }

    /// Wrap another builtin object.
    pub fn set_payload(&self, payload: Value) {
        self.extra_mut().payload.set(payload);
    }

    /// Are its attributes kept in a dict?
    #[inline(always)]
    pub fn in_dict_mode(&self) -> bool {
        self.extra().is_some_and(|extra| !extra.dict.is_undef())
    }
}

impl Ref<Instance> {
    /// The value in a slot.
    #[inline(always)]
    pub fn slot(&self, slot: usize) -> Value {
        let inline = self.header().aux.get() as usize;
        if slot < inline {
            // SAFETY: `aux` values trail the object.
            unsafe { (*self.trailing::<Value>().add(slot)).clone() }
        } else {
            self.extra().and_then(|extra| extra.overflow.get(slot - inline)).cloned().unwrap_or_default()
        }
    }

    /// Where the value in a slot is, if the slot trails the object.
    #[inline(always)]
    pub fn slot_in_place(&self, slot: usize) -> Option<*mut Value> {
        // SAFETY: `aux` values trail the object.
        (slot < self.header().aux.get() as usize).then(|| unsafe { self.trailing::<Value>().add(slot) })
    }

    /// Put a value into a slot that the shape has.
    #[inline(always)]
    pub fn set_slot(&self, slot: usize, value: Value) {
        let inline = self.header().aux.get() as usize;
        let old = if slot < inline {
            // SAFETY: `aux` values trail the object.
            unsafe { self.trailing::<Value>().add(slot).replace(value) }
        } else {
            let overflow = &mut self.extra_mut().overflow;
            if overflow.len() <= slot - inline {
                overflow.resize_with(slot - inline + 1, Value::default);
            }
            std::mem::replace(&mut overflow[slot - inline], value)
        };
        old.release();
    }

    /// An attribute of the instance itself. `name` is interned.
    pub fn get_attr(&self, name: &Ref<Str>) -> Option<Value> {
        if let Some(dict) = self.dict_for(name) {
            return dict.get_str(name);
        }
        self.shape().slot(name).map(|slot| self.slot(slot)).filter(|value| !value.is_undef())
    }

    /// Set an attribute of the instance itself. `name` is interned.
    pub fn set_attr(&self, name: &Ref<Str>, value: Value) {
        if let Some(dict) = self.dict_for(name) {
            return dict.set_str(name, value);
        }
        let shape = self.shape();
        match shape.slot(name) {
            Some(slot) => self.set_slot(slot, value),
            None if shape.names().len() >= MAX_SLOTS => {
                let dict = self.to_dict_mode();
                dict.set_str(name, value);
            }
            None => {
                let slot = shape.names().len();
                self.shape.set(shape.with(name));
                let expected = &self.class().expected_slots;
                expected.set(expected.get().max(slot as u32 + 1));
                self.set_slot(slot, value);
            }
        }
    }

    /// Move the instance to `shape`, which has one attribute more, and store its value: what an inline cache repeats.
    ///
    /// # Safety
    /// `shape` is what [`Shape::with`] gave for the instance's present shape.
    #[inline(always)]
    pub unsafe fn append_slot(&self, shape: *const Shape, slot: usize, value: Value) {
        self.shape.set(shape);
        self.set_slot(slot, value);
    }

    /// Delete an attribute of the instance itself; its value, if it was there.
    pub fn del_attr(&self, name: &Ref<Str>) -> Option<Value> {
        if self.dict_if_any().is_none() && self.get_attr(name).is_none() {
            return None;
        }
        self.to_dict_mode();
        self.dict_for(name).and_then(|dict| dict.remove_str(name))
    }

    /// Where an attribute of this name is kept, if attributes are kept in dicts.
    fn dict_for(&self, name: &Ref<Str>) -> Option<Ref<Dict>> {
        let extra = self.extra()?;
        let slot = if is_member(name) { &extra.members } else { &extra.dict };
        slot.get().to_ref::<Dict>()
    }

    /// The attribute dict, if they are kept in one.
    pub fn dict_if_any(&self) -> Option<Ref<Dict>> {
        self.extra().and_then(|extra| extra.dict.get().to_ref::<Dict>())
    }

    /// The attributes as a dict, which from now on is where they are kept.
    pub fn to_dict_mode(&self) -> Ref<Dict> {
        if let Some(dict) = self.dict_if_any() {
            return dict;
        }
        let (dict, members) = (Dict::empty(), Dict::empty());
        for (slot, name) in self.shape().names().iter().enumerate() {
            let value = self.slot(slot);
            if !value.is_undef() {
                if is_member(name) { &members } else { &dict }.set_str(name, value);
            }
            if slot < self.header().aux.get() as usize {
                self.set_slot(slot, Value::UNDEF);
            }
        }
        self.extra_mut().overflow.clear();
        self.extra_mut().dict.set(dict.value());
        self.extra_mut().members.set(members.into_value());
        self.shape.set(self.class().dict_shape());
        dict
    }

    /// Keep the attributes in this dict from now on (`obj.__dict__ = d`).
    pub fn set_dict(&self, dict: Ref<Dict>) {
        self.to_dict_mode();
        self.extra_mut().dict.set(dict.into_value());
    }

    /// Names and values of the attributes of the instance itself, in the order they came.
    pub fn attributes(&self) -> Vec<(Value, Value)> {
        match self.dict_if_any() {
            Some(dict) => dict.items(),
            None => {
                let named = self.shape().names().iter().enumerate().map(|(slot, name)| (name.value(), self.slot(slot)));
                let seen = |(name, value): &(Value, Value)| {
                    !value.is_undef() && !name.get::<Str>().is_some_and(|name| is_member(&name))
                };
                named.filter(seen).collect()
            }
        }
    }
}

/// Is it the name of a slot made by `__slots__`? See `descriptor::Member`.
fn is_member(name: &Ref<Str>) -> bool {
    name.as_bytes().first() == Some(&0)
}

/// The builtin object that an instance wraps.
#[inline]
pub(super) fn wrapped(value: &Value) -> Option<&Value> {
    value.get::<Instance>()?.body().payload()
}

/// For an instance that wraps a builtin object that object, else the value itself.
pub(super) fn payload(value: &Value) -> &Value {
    match value.get::<Instance>() {
        Some(instance) => instance.body().payload().unwrap_or(value),
        None => value,
    }
}
