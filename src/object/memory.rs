//! `memoryview`: some of the bytes of a `bytes`, `bytearray` or `array`, seen as items of a format in one or more dimensions.

use super::array::Array;
use super::equality::{Answer, with_bytes};
use super::foreign::NativeObject;
use super::hashing::Hashed;
use super::heap::Ref;
use super::slot::Slot;
use super::string::{ByteArray, Bytes};
use super::value::Value;
use std::cell::Cell;
use std::ops::Range;

/// How the bytes of an item are read: a letter of the module `struct`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Format {
    /// The letter.
    pub letter: u8,
    /// Was it written with `@` before it?
    pub prefixed: bool,
}

impl Format {
    /// Plain bytes.
    pub const BYTES: Format = Format { letter: b'B', prefixed: false };

    /// A native format of one letter.
    pub fn parse(text: &[u8]) -> Option<Format> {
        let (letter, prefixed) = match text {
            [b'@', letter] => (*letter, true),
            [letter] => (*letter, false),
            _ => return None,
        };
        b"cbB?hHiIlLqQnNfd".contains(&letter).then_some(Format { letter, prefixed })
    }

    /// Bytes of an item.
    pub fn size(self) -> usize {
        match self.letter {
            b'h' | b'H' => 2,
            b'i' | b'I' | b'f' | b'u' | b'w' => 4,
            b'l' | b'L' | b'q' | b'Q' | b'n' | b'N' | b'd' => 8,
            _ => 1,
        }
    }

    /// Are the items single bytes?
    pub fn is_byte(self) -> bool {
        matches!(self.letter, b'c' | b'b' | b'B')
    }

    /// As `format` shows it.
    pub fn text(self) -> String {
        let letter = self.letter as char;
        if self.prefixed { format!("@{letter}") } else { letter.to_string() }
    }

    /// The item in these bytes.
    pub fn unpack(self, bytes: &[u8]) -> Value {
        let mut word = [0; 8];
        word[..bytes.len().min(8)].copy_from_slice(&bytes[..bytes.len().min(8)]);
        let unsigned = u64::from_le_bytes(word);
        let unused = 64 - 8 * self.size() as u32;
        match self.letter {
            b'c' => Value::bytes(bytes.to_vec()),
            b'?' => Value::bool(unsigned != 0),
            b'u' | b'w' => {
                let mut text = Vec::new();
                crate::text::wtf8::push(&mut text, unsigned as u32);
                Value::str(text)
            }
            b'f' => Value::float(f64::from(f32::from_bits(unsigned as u32))),
            b'd' => Value::float(f64::from_bits(unsigned)),
            b'b' | b'h' | b'i' | b'l' | b'q' | b'n' => Value::int((unsigned << unused) as i64 >> unused),
            _ => match i64::try_from(unsigned) {
                Ok(small) => Value::int(small),
                Err(_) => Value::big(unsigned.into()),
            },
        }
    }
}

/// A `memoryview`.
pub struct MemoryView {
    /// The `bytes` or `bytearray` whose memory it is; nothing once it was released.
    memory: Slot,
    /// What `obj` shows: the object as it was given.
    pub object: Slot,
    /// Where the first item is.
    pub start: usize,
    pub format: Format,
    /// Items in each dimension.
    pub shape: Vec<usize>,
    /// Bytes from one item to the next, in each dimension.
    pub strides: Vec<isize>,
    pub readonly: bool,
    /// `hash()`, once asked.
    pub hash: Cell<Option<i64>>,
}

impl MemoryView {
    /// All of a `bytes`, `bytearray` or `array`; `None` for anything else.
    pub fn of(object: &Value) -> Option<MemoryView> {
        let array = object.foreign::<Array>();
        let memory = array.map_or(object.payload(), Array::memory);
        let readonly = memory.get::<Bytes>().is_some();
        if !readonly && memory.get::<ByteArray>().is_none() {
            return None;
        }
        let format = match array.map(|array| array.format) {
            None => Format::BYTES,
            // Characters are shown in the one width there is.
            Some(format) if format.letter == b'u' => Format { letter: b'w', prefixed: false },
            Some(format) => format,
        };
        let view = MemoryView {
            memory: Slot::new(memory.clone()),
            object: Slot::new(object.clone()),
            start: 0,
            format,
            shape: vec![with_bytes(memory, <[u8]>::len) / format.size()],
            strides: vec![format.size() as isize],
            readonly,
            hash: Cell::new(None),
        };
        view.export(1);
        Some(view)
    }

    /// Another view of the same memory, to be given its own shape.
    pub fn again(&self) -> MemoryView {
        let view = MemoryView {
            memory: Slot::new(self.memory.get()),
            object: Slot::new(self.object.get()),
            start: self.start,
            format: self.format,
            shape: self.shape.clone(),
            strides: self.strides.clone(),
            readonly: self.readonly,
            hash: Cell::new(None),
        };
        view.export(1);
        view
    }

    /// While anyone looks at its memory, a `bytearray` keeps its size.
    fn export(&self, change: isize) {
        if let Some(array) = self.memory.get().get::<ByteArray>() {
            array.exports.set(array.exports.get().saturating_add_signed(change));
        }
    }

    /// Look no more.
    pub fn release(&self) {
        self.export(-1);
        self.memory.set(Value::UNDEF);
        self.object.set(Value::UNDEF);
    }

    /// Was it released?
    pub fn is_released(&self) -> bool {
        self.memory.get().is_undef()
    }

    /// How many items there are.
    pub fn count(&self) -> usize {
        self.shape.iter().product()
    }

    /// Do the items stand one after the other?
    pub fn is_contiguous(&self) -> bool {
        let mut wanted = self.format.size() as isize;
        let all = self.shape.iter().zip(&self.strides).rev();
        all.into_iter().all(|(length, stride)| {
            let good = *length <= 1 || *stride == wanted;
            wanted *= *length as isize;
            good
        }) || self.count() == 0
    }

    /// Where the items are, the last dimension running fastest.
    pub fn places(&self) -> Vec<usize> {
        let mut places = vec![self.start];
        for (length, stride) in self.shape.iter().zip(&self.strides) {
            let step = |place: &usize| {
                (0..*length as isize).map(|n| place.wrapping_add_signed(n * stride)).collect::<Vec<_>>()
            };
            places = places.iter().flat_map(step).collect();
        }
        places
    }

    /// The item at a place.
    pub fn item(&self, place: usize) -> Value {
        let size = self.format.size();
        with_bytes(&self.memory.get(), |bytes| self.format.unpack(bytes.get(place..place + size).unwrap_or_default()))
    }

    /// The bytes of all items.
    pub fn bytes(&self) -> Vec<u8> {
        let size = self.format.size();
        with_bytes(&self.memory.get(), |bytes| {
            if self.is_contiguous() {
                return bytes.get(self.start..self.start + self.count() * size).unwrap_or_default().to_vec();
            }
            self.places()
                .into_iter()
                .flat_map(|place| bytes.get(place..place + size).unwrap_or_default().to_vec())
                .collect()
        })
    }

    /// Where in a `bytes` they are, if they lie there one beside the other: that, and from where to where.
    pub fn part(&self) -> Option<(Value, Range<usize>)> {
        let memory = self.memory.get();
        let place = self.start..self.start + self.count() * self.format.size();
        (memory.get::<Bytes>().is_some() && self.is_contiguous()).then_some((memory, place))
    }

    /// Put bytes into the place of an item.
    pub fn put(&self, place: usize, new: &[u8]) {
        let memory = self.memory.get();
        if let Some(array) = memory.get::<ByteArray>()
            && let Some(old) = array.data.borrow_mut().get_mut(place..place + new.len())
        {
            old.copy_from_slice(new);
        }
    }
}

impl NativeObject for MemoryView {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.memory.visit(see);
        self.object.visit(see);
    }
    fn clear(&self) {
        self.release();
    }
    fn hash(&self, _: &Value) -> Hashed {
        // The first time, `__hash__` says whether there is one.
        self.hash.get().map_or(Hashed::NeedsPython, Hashed::Known)
    }
    fn equal(&self, me: &Value, other: &Value) -> Answer {
        if me.is(other) {
            return Answer::Yes;
        }
        let theirs = match other.foreign::<MemoryView>() {
            Some(view) => view.again(),
            None => match MemoryView::of(other) {
                Some(view) => view,
                None => return Answer::No,
            },
        };
        let equal = !self.is_released() && !theirs.is_released() && self.shape == theirs.shape && {
            let mut places = self.places().into_iter().zip(theirs.places());
            let same = |x: Value, y: Value| matches!(super::equality::same(&x, &y), Answer::Yes);
            (self.format == theirs.format && self.bytes() == theirs.bytes())
                || places.all(|(mine, other)| same(self.item(mine), theirs.item(other)))
        };
        equal.into()
    }
}

impl Drop for MemoryView {
    fn drop(&mut self) {
        self.release();
    }
}

impl ByteArray {
    /// A byte array of these bytes.
    pub fn new(data: Vec<u8>) -> Ref<ByteArray> {
        Ref::new(ByteArray { data: std::cell::RefCell::new(data), exports: Cell::new(0) })
    }
}
