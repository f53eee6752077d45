//! Lists.

use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::value::Value;
use std::cell::{RefCell, RefMut};

/// `list`
pub struct List {
    items: RefCell<Vec<Value>>,
}

impl HeapKind for List {
    const KIND: Kind = Kind::List;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.items.borrow().iter().for_each(see);
    }
    fn outside(object: &Ref<Self>) -> usize {
        object.items.borrow().capacity() * size_of::<Value>()
    }
    fn clear(object: &Ref<Self>) {
        let items = std::mem::take(&mut *object.items.borrow_mut());
        drop(items);
    }
}

impl Drop for List {
    /// From the end, as CPython does: what finalisers print shows the order.
    fn drop(&mut self) {
        let items = self.items.get_mut();
        while let Some(item) = items.pop() {
            drop(item);
        }
    }
}

impl List {
    /// A list of these items.
    pub fn from_vec(items: Vec<Value>) -> Ref<List> {
        Ref::new(List { items: RefCell::new(items) })
    }

    /// The items, for reading. Let go of it before anything that may change the list.
    #[inline(always)]
    pub fn borrow(&self) -> std::cell::Ref<'_, Vec<Value>> {
        self.items.borrow()
    }

    /// The items, for writing. Let go of it before anything that may look at the list.
    #[inline(always)]
    pub fn borrow_mut(&self) -> RefMut<'_, Vec<Value>> {
        self.items.borrow_mut()
    }

    /// The vector itself, for the run loop, which borrows it for the length of one step.
    #[inline(always)]
    pub fn as_vec_ptr(&self) -> *mut Vec<Value> {
        self.items.as_ptr()
    }

    /// How many items.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.items.borrow().len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of the items.
    pub fn to_vec(&self) -> Vec<Value> {
        self.items.borrow().clone()
    }
}

impl Value {
    /// A list value of these items.
    pub fn list(items: Vec<Value>) -> Value {
        Value::object(List::from_vec(items))
    }
}
