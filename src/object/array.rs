//! `array`: items of one machine type, one after the other in memory that views can share.

use super::equality::Answer;
use super::foreign::NativeObject;
use super::hashing::{Culprit, Hashed};
use super::memory::Format;
use super::string::ByteArray;
use super::value::Value;
use std::cell::Ref;

/// An `array.array`. Its memory is a byte array of its own, so that views of it and of a `bytearray` are one thing.
pub struct Array {
    memory: Value,
    /// How an item is stored.
    pub format: Format,
}

impl Array {
    /// An array of these bytes.
    pub fn new(format: Format, bytes: Vec<u8>) -> Array {
        Array { memory: Value::object(ByteArray::new(bytes)), format }
    }

    /// The byte array that holds the items.
    pub fn memory(&self) -> &Value {
        &self.memory
    }

    /// How many items there are.
    pub fn count(&self) -> usize {
        self.look(<[u8]>::len) / self.format.size()
    }

    /// Look at the bytes.
    pub fn look<R>(&self, look: impl FnOnce(&[u8]) -> R) -> R {
        super::equality::with_bytes(&self.memory, look)
    }

    /// The bytes of the array that `value` is, borrowed.
    pub fn bytes_of(value: &Value) -> Option<Ref<'_, Vec<u8>>> {
        let array = value.foreign::<Array>()?;
        Some(array.memory.get::<ByteArray>()?.body().data.borrow())
    }

    /// Change the bytes; `None` if the number of them would change while somebody looks at them (`resizes`).
    pub fn change<R>(&self, resizes: bool, change: impl FnOnce(&mut Vec<u8>) -> R) -> Option<R> {
        let array = self.memory.get::<ByteArray>()?;
        if resizes && array.exports.get() > 0 {
            return None;
        }
        let mut data = array.data.borrow_mut();
        Some(change(&mut data))
    }

    /// Item number `n`.
    pub fn get(&self, n: usize) -> Option<Value> {
        let size = self.format.size();
        self.look(|bytes| bytes.get(n * size..(n + 1) * size).map(|item| self.format.unpack(item)))
    }

    /// The first items that differ.
    pub fn first_difference(&self, other: &Array) -> Option<(Value, Value)> {
        let same = |a: &Value, b: &Value| match (a.as_float(), b.as_float()) {
            (Some(a), Some(b)) => a == b,
            _ => matches!(super::equality::same(a, b), Answer::Yes),
        };
        self.items().into_iter().zip(other.items()).find(|(a, b)| !same(a, b))
    }

    /// All items.
    pub fn items(&self) -> Vec<Value> {
        self.look(|bytes| bytes.chunks_exact(self.format.size()).map(|item| self.format.unpack(item)).collect())
    }
}

impl NativeObject for Array {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        see(&self.memory);
    }
    fn clear(&self) {}
    fn hash(&self, me: &Value) -> Hashed {
        Hashed::Unhashable(Culprit(me.clone()))
    }
    fn equal(&self, _: &Value, other: &Value) -> Answer {
        // A NaN is not equal to itself, so an array need not be either.
        let Some(other) = other.foreign::<Array>() else { return Answer::No };
        (self.count() == other.count() && self.first_difference(other).is_none()).into()
    }
    fn length(&self) -> Option<usize> {
        Some(self.count())
    }
    fn item(&self, key: &Value) -> Option<Value> {
        let place = key.as_small()?;
        let place = if place < 0 { place + self.count() as i64 } else { place };
        self.get(usize::try_from(place).ok()?)
    }
    fn nth(&self, n: usize, _: u64) -> Result<Option<Value>, &'static str> {
        Ok(self.get(n))
    }
    fn changes(&self) -> Option<(u64, &'static str)> {
        Some((0, ITERATOR))
    }
}

/// What the machine knows the class of iterators by.
pub const ITERATOR: &str = "array.arrayiterator";
