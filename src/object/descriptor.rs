//! Objects that decide what an attribute access means.

use super::class::Type;
use super::dict::Dict;
use super::exception::Exception;
use super::heap::{HeapKind, Ref};
use super::instance::Instance;
use super::kind::Kind;
use super::slot::Slot;
use super::string::Str;
use super::tuple::Tuple;
use super::value::Value;
use super::weak::WeakRef;
use crate::vm::{NativeResult, Vm};

/// `property`
pub struct Property {
    /// Getter or `None`.
    pub get: Value,
    /// Setter or `None`.
    pub set: Value,
    /// Deleter or `None`.
    pub delete: Value,
    /// `__doc__`
    pub doc: Slot,
    /// Did that come from the getter?
    pub getter_doc: bool,
    /// `__name__`, set by the class it stands in.
    pub name: Slot,
}

impl HeapKind for Property {
    const KIND: Kind = Kind::Property;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        [&object.get, &object.set, &object.delete].into_iter().for_each(&mut *see);
        object.doc.visit(see);
        object.name.visit(see);
    }
    fn clear(_: &Ref<Self>) {}
}

/// `staticmethod`
pub struct StaticMethod {
    /// What it wraps.
    pub function: Value,
    /// `__dict__`, once used.
    pub dict: Slot,
}

impl HeapKind for StaticMethod {
    const KIND: Kind = Kind::StaticMethod;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        see(&object.function);
        object.dict.visit(see);
    }
    fn clear(_: &Ref<Self>) {}
}

/// `classmethod`
pub struct ClassMethod {
    /// Is it a method of a builtin class, written in Rust?
    pub builtin: bool,
    /// What it wraps.
    pub function: Value,
    /// `__dict__`, once used.
    pub dict: Slot,
}

impl HeapKind for ClassMethod {
    const KIND: Kind = Kind::ClassMethod;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        see(&object.function);
        object.dict.visit(see);
    }
    fn clear(_: &Ref<Self>) {}
}

/// Reads an attribute in Rust.
pub type Getter = fn(&mut Vm, &Value) -> NativeResult;
/// Writes an attribute in Rust; [`Value::UNDEF`] means delete.
pub type Setter = fn(&mut Vm, &Value, Value) -> NativeResult;

/// An attribute computed in Rust.
pub struct GetSet {
    /// Its name.
    pub name: Ref<Str>,
    /// What is said of it; empty if nothing is.
    pub doc: &'static str,
    /// The class it is an attribute of.
    pub owner: Ref<Type>,
    /// Reads it.
    pub get: Getter,
    /// Writes it, if it can be written.
    pub set: Option<Setter>,
}

impl HeapKind for GetSet {
    const KIND: Kind = Kind::GetSet;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.owner.show(see);
    }
    fn clear(_: &Ref<Self>) {}
}

/// A slot of a class with `__slots__`: the instance keeps the value under `name` in its shape.
pub struct Member {
    /// Its name.
    pub name: Ref<Str>,
    /// The name under which instances keep it: one that no program can spell, so that it is no part of `__dict__`.
    pub slot: Ref<Str>,
    /// The class it is an attribute of.
    pub owner: Ref<Type>,
}

impl Member {
    /// The slot `name` of `owner`.
    pub fn of(name: Ref<Str>, owner: Ref<Type>) -> Member {
        let slot = super::string::intern(&[&[0], name.as_bytes()].concat());
        Member { name, slot, owner }
    }

    /// What an object holds in it.
    pub fn get(&self, object: &Value) -> Option<Value> {
        match members_apart(object) {
            Some(members) => members.get_str(&self.slot),
            None => object.get::<Instance>()?.get_attr(&self.slot),
        }
    }

    /// Fill it; `false` when the object has no such slot.
    pub fn set(&self, object: &Value, value: Value) -> bool {
        match (members_apart(object), object.get::<Instance>()) {
            (Some(members), _) => members.set_str(&self.slot, value),
            (None, Some(instance)) => instance.set_attr(&self.slot, value),
            (None, None) => return false,
        }
        true
    }

    /// Empty it; what it held.
    pub fn delete(&self, object: &Value) -> Option<Value> {
        match members_apart(object) {
            Some(members) => members.remove_str(&self.slot),
            None => object.get::<Instance>()?.del_attr(&self.slot),
        }
    }
}

/// Where an object that is no plain instance keeps what its slots hold.
fn members_apart(object: &Value) -> Option<Ref<Dict>> {
    match object.kind()? {
        Kind::Exception => Some(object.get::<Exception>()?.members()),
        Kind::WeakRef => Some(object.get::<WeakRef>()?.members()),
        _ => None,
    }
}

impl HeapKind for Member {
    const KIND: Kind = Kind::Member;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.owner.show(see);
    }
    fn clear(_: &Ref<Self>) {}
}

/// An item of a tuple under a name: what the class of a named tuple has for each.
pub struct Field {
    /// The number of the item.
    pub index: usize,
    /// `__doc__`
    pub doc: Slot,
}

impl Field {
    /// The item of `obj`, if that is a tuple that has it.
    pub fn of(&self, obj: &Value) -> Option<Value> {
        obj.native::<Tuple>()?.items().get(self.index).cloned()
    }
}

impl HeapKind for Field {
    const KIND: Kind = Kind::Field;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.doc.visit(see);
    }
    fn clear(_: &Ref<Self>) {}
}

/// `super`
pub struct Super {
    /// The class after which the search begins.
    pub class: Ref<Type>,
    /// The receiver, or [`Value::UNDEF`] when unbound.
    pub receiver: Value,
    /// The class whose method resolution order is searched, or [`Value::UNDEF`].
    pub receiver_class: Value,
}

impl HeapKind for Super {
    const KIND: Kind = Kind::Super;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.class.show(see);
        see(&object.receiver);
        see(&object.receiver_class);
    }
    fn clear(_: &Ref<Self>) {}
}
