//! A place for one value inside an object.

use super::value::Value;
use std::cell::UnsafeCell;

/// A mutable place for a value. It hands out clones only, so nothing can hold on to its inside.
#[derive(Default)]
pub struct Slot(UnsafeCell<Value>);

impl Slot {
    /// A place holding `value`.
    pub fn new(value: Value) -> Slot {
        Slot(UnsafeCell::new(value))
    }

    /// The value.
    #[inline(always)]
    pub fn get(&self) -> Value {
        // SAFETY: one thread, and no reference to the inside ever leaves this file.
        unsafe { (*self.0.get()).clone() }
    }

    /// Store `value`; the old one dies after it is out.
    #[inline(always)]
    pub fn set(&self, value: Value) {
        drop(self.replace(value));
    }

    /// Store `value` and hand the old one over.
    #[inline(always)]
    pub fn replace(&self, value: Value) -> Value {
        // SAFETY: as in `get`.
        unsafe { std::mem::replace(&mut *self.0.get(), value) }
    }

    /// Hand the value over, leaving the place empty.
    pub fn take(&self) -> Value {
        self.replace(Value::UNDEF)
    }

    /// Is there no value?
    #[inline(always)]
    pub fn is_undef(&self) -> bool {
        // SAFETY: as in `get`.
        unsafe { (*self.0.get()).is_undef() }
    }

    /// Is it `None`?
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        // SAFETY: as in `get`.
        unsafe { (*self.0.get()).is_none() }
    }

    /// Where the value stands, for as long as nothing is stored.
    #[inline(always)]
    pub fn as_ptr(&self) -> *const Value {
        self.0.get()
    }

    /// Look at the value where it stands. `look` stores nothing here.
    #[inline(always)]
    pub fn with<R>(&self, look: impl FnOnce(&Value) -> R) -> R {
        // SAFETY: one thread; what is looked at stays, as `look` promises.
        look(unsafe { &*self.0.get() })
    }

    /// Show the value to a visitor.
    pub fn visit(&self, see: &mut dyn FnMut(&Value)) {
        // SAFETY: as in `get`; the word is looked at, and accounts for no reference.
        let value = std::mem::ManuallyDrop::new(unsafe { Value::from_bits((*self.0.get()).bits()) });
        see(&value);
    }
}
