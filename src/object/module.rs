//! Modules.

use super::dict::Dict;
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::slot::Slot;
use super::string::{Str, intern};
use super::value::Value;

/// A module: a name and a namespace.
pub struct Module {
    /// `__name__` at creation.
    pub name: Ref<Str>,
    /// Its namespace.
    pub dict: Ref<Dict>,
    /// For an object of a subclass of `module`, its class.
    pub class: Slot,
}

impl HeapKind for Module {
    const KIND: Kind = Kind::Module;
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.dict.show(see);
        object.class.visit(see);
    }
    fn clear(_: &Ref<Self>) {}
}

impl Module {
    /// A module with `__name__` and the usual empty attributes.
    pub fn new(name: &str) -> Ref<Module> {
        let name = intern(name.as_bytes());
        let dict = Dict::empty();
        dict.set_str(&intern(b"__name__"), name.value());
        for absent in ["__doc__", "__package__", "__loader__", "__spec__"] {
            dict.set_str(&intern(absent.as_bytes()), Value::NONE);
        }
        Ref::new(Module { name, dict, class: Slot::default() })
    }

    /// Set an attribute.
    pub fn set(&self, name: &str, value: Value) {
        self.dict.set_str(&intern(name.as_bytes()), value);
    }

    /// Read an attribute.
    pub fn get(&self, name: &str) -> Option<Value> {
        self.dict.get_str(&intern(name.as_bytes()))
    }
}
