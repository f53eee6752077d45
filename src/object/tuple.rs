//! Tuples: the items trail the object.

use super::heap::{HeapKind, Ref};
use super::kind::{Kind, visit_trailing};
use super::value::Value;
use std::alloc::Layout;
use std::cell::OnceCell;
use std::mem::ManuallyDrop;

/// `tuple`; `header.aux` items trail the object.
pub struct Tuple(());

impl HeapKind for Tuple {
    const KIND: Kind = Kind::Tuple;
    const TRACKED: bool = true;
    const TRAILING: Layout = Layout::new::<Value>();
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        visit_trailing(object, see);
    }
    /// A tuple cannot be emptied: whatever else is in its cycle falls apart instead.
    fn clear(_: &Ref<Self>) {}
}

thread_local! {
    // Never dropped, as the empty string.
    static EMPTY: ManuallyDrop<OnceCell<Ref<Tuple>>> = const { ManuallyDrop::new(OnceCell::new()) };
}

impl Ref<Tuple> {
    /// The empty tuple: there is one.
    fn empty() -> Ref<Tuple> {
        EMPTY.with(|empty| empty.get_or_init(|| Ref::with_trailing(Tuple(()), 0)).clone())
    }

    /// A tuple of `count` items, which `fill` writes by giving each its place.
    pub fn build(count: usize, mut item: impl FnMut(usize) -> Value) -> Ref<Tuple> {
        if count == 0 {
            return Self::empty();
        }
        let tuple = Ref::with_trailing(Tuple(()), count);
        let first = tuple.trailing::<Value>();
        for index in 0..count {
            // SAFETY: `count` empty values trail the object.
            unsafe { first.add(index).write(item(index)) };
        }
        tuple
    }

    /// A tuple of these items.
    pub fn from_items(items: Vec<Value>) -> Ref<Tuple> {
        let count = items.len();
        if count == 0 {
            return Self::empty();
        }
        let tuple = Ref::with_trailing(Tuple(()), count);
        let first = tuple.trailing::<Value>();
        for (index, item) in items.into_iter().enumerate() {
            // SAFETY: as in `build`.
            unsafe { first.add(index).write(item) };
        }
        tuple
    }

    /// A tuple of copies of these items.
    pub fn from_slice(items: &[Value]) -> Ref<Tuple> {
        Ref::<Tuple>::build(items.len(), |index| items[index].clone())
    }

    /// The items.
    #[inline(always)]
    pub fn items(&self) -> &[Value] {
        // SAFETY: `aux` values trail the object and never change once it is built.
        unsafe { std::slice::from_raw_parts(self.trailing::<Value>(), self.header().aux.get() as usize) }
    }
}

impl Value {
    /// A tuple value of these items.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::object(Ref::from_items(items))
    }
}

impl<'a> super::heap::Borrow<'a, Tuple> {
    /// The items, for as long as the value lives.
    pub fn body_items(&self) -> &'a [Value] {
        let items = self.items();
        // SAFETY: the value borrowed for `'a` keeps the tuple alive, and its items never change.
        unsafe { std::slice::from_raw_parts(items.as_ptr(), items.len()) }
    }
}
