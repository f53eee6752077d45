//! Memory of the program that a native is to fill: of a byte array, an array, or a memoryview that may be written.

use crate::object::Value;
use crate::object::array::Array;
use crate::object::memory::MemoryView;
use crate::object::string::ByteArray;

/// What may be filled.
pub struct Room {
    target: Value,
}

impl Room {
    /// The memory of a value; `None` where it has none that may be written from end to end.
    pub fn of(value: &Value) -> Option<Room> {
        // An array keeps its items in a byte array of its own.
        let target = value.foreign::<Array>().map_or_else(|| value.clone(), |array| array.memory().clone());
        let whole = |view: &MemoryView| !view.readonly && !view.is_released() && view.is_contiguous();
        let fits = target.native::<ByteArray>().is_some() || target.foreign::<MemoryView>().is_some_and(whole);
        fits.then_some(Room { target })
    }

    /// How many bytes there are.
    pub fn len(&self) -> usize {
        match (self.target.native::<ByteArray>(), self.target.foreign::<MemoryView>()) {
            (Some(array), _) => array.data.borrow().len(),
            (_, Some(view)) => view.count() * view.format.size(),
            _ => 0,
        }
    }

    /// Write from `at` on; what does not fit is left away.
    pub fn put(&self, at: usize, bytes: &[u8]) {
        let bytes = &bytes[..bytes.len().min(self.len().saturating_sub(at))];
        if let Some(array) = self.target.native::<ByteArray>() {
            if let Some(old) = array.data.borrow_mut().get_mut(at..at + bytes.len()) {
                old.copy_from_slice(bytes);
            }
        } else if let Some(view) = self.target.foreign::<MemoryView>() {
            view.put(view.start + at, bytes);
        }
    }
}
