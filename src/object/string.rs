//! Strings: immutable WTF-8 text with its length and hash beside it; bytes and byte arrays.

use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::value::Value;
use crate::text::int::Decimal;
use rustc_hash::FxHashMap;
use std::alloc::Layout;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::mem::ManuallyDrop;

/// Text. The bytes trail the object; `header.aux` is how many.
pub struct Str {
    hash: Cell<i64>,
    chars: Cell<usize>,
    /// Byte offset of every 64th character, built when a non-ASCII string is first indexed.
    #[allow(clippy::box_collection, reason = "one word in every string, most of which are never indexed")]
    index: Cell<Option<Box<Vec<u32>>>>,
}

/// `header.flags`: every character is ASCII.
const ASCII: u8 = 1;
/// `header.flags`: the bytes are valid UTF-8 (there is no lone surrogate).
const UTF8: u8 = 2;
/// `header.flags`: this is the one interned string with this text.
const INTERNED: u8 = 4;

/// How many characters lie between two entries of the index.
const STRIDE: usize = 64;

impl HeapKind for Str {
    const KIND: Kind = Kind::Str;
    const TRACKED: bool = false;
    const TRAILING: Layout = Layout::new::<u8>();
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
}

impl Str {
    /// How many bytes a string may have: the header counts them in 32 bits.
    pub const LONGEST: usize = u32::MAX as usize - 64;
}

/// Shows the text of a string, or the digits of an inline int.
#[inline]
fn with_text(part: &Value, show: impl FnOnce(&[u8])) {
    if let Some(number) = part.as_small() {
        show(Decimal::of(number).as_bytes());
    } else if let Some(text) = part.native::<Str>() {
        show(text.as_bytes());
    }
}

impl Ref<Str> {
    /// A string of this WTF-8 text.
    pub fn from_wtf8(bytes: &[u8]) -> Ref<Str> {
        let flags = if bytes.is_ascii() {
            return Ref::from_ascii(bytes);
        } else if std::str::from_utf8(bytes).is_ok() {
            UTF8
        } else {
            0
        };
        Ref::joined(&[bytes], count_chars(bytes), flags)
    }

    /// Two strings, one after the other; the one itself if the other is empty.
    pub fn concat(&self, other: &Ref<Str>) -> Ref<Str> {
        if other.as_bytes().is_empty() {
            return self.clone();
        }
        if self.as_bytes().is_empty() {
            return other.clone();
        }
        let flags = self.header().flags.get() & other.header().flags.get() & (ASCII | UTF8);
        if flags & UTF8 == 0 {
            // Two halves of a surrogate pair may meet: a string never holds both as a pair, as CPython's does.
            return Ref::from_wtf8(&[self.as_bytes(), other.as_bytes()].concat());
        }
        Ref::joined(&[self.as_bytes(), other.as_bytes()], self.chars.get() + other.chars.get(), flags)
    }

    /// This string with `other` behind it, in place if nobody else can see that.
    pub fn append(self, other: &Ref<Str>) -> Ref<Str> {
        let flags = self.header().flags.get() & other.header().flags.get() & (ASCII | UTF8);
        if self.header().count() != 1 || self.is_interned() || flags & UTF8 == 0 {
            return self.concat(other);
        }
        let (mine, more) = (self.as_bytes().len(), other.as_bytes().len());
        if mine + more > u32::MAX as usize {
            return self.concat(other);
        }
        let (chars, extra) = (self.chars.get(), other.chars());
        // SAFETY: the only reference, as just seen.
        let grown = unsafe { super::heap::grow_bytes(self, mine + more) };
        // SAFETY: there is room for `more` bytes behind the first `mine`; `other` is another object.
        unsafe { std::ptr::copy_nonoverlapping(other.as_bytes().as_ptr(), grown.trailing::<u8>().add(mine), more) };
        grown.header().flags.set(flags);
        grown.chars.set(chars + extra);
        grown.hash.set(0);
        let index = grown.index.take();
        drop(index);
        grown
    }

    /// This text so many times, if it has no lone surrogates.
    pub fn repeated(&self, times: usize) -> Option<Ref<Str>> {
        let flags = self.header().flags.get() & (ASCII | UTF8);
        let piece = self.as_bytes().len();
        let length = piece.checked_mul(times).filter(|length| *length <= Str::LONGEST && flags & UTF8 != 0)?;
        let string = Ref::<Str>::unwritten(length, self.chars() * times, flags);
        let to = string.trailing::<u8>();
        let mut written = piece.min(length);
        // SAFETY: `length` bytes trail the object; what has been written is copied behind itself until all is.
        unsafe {
            std::ptr::copy_nonoverlapping(self.as_bytes().as_ptr(), to, written);
            while written < length {
                let more = written.min(length - written);
                std::ptr::copy_nonoverlapping(to, to.add(written), more);
                written += more;
            }
        }
        Some(string)
    }

    /// A string of ASCII text.
    pub fn from_ascii(text: &[u8]) -> Ref<Str> {
        debug_assert!(text.is_ascii());
        let string = Ref::<Str>::unwritten(text.len(), text.len(), ASCII | UTF8);
        // SAFETY: as many bytes trail the object.
        unsafe { std::ptr::copy_nonoverlapping(text.as_ptr(), string.trailing::<u8>(), text.len()) };
        string
    }

    /// An ASCII string of so many characters, each of which is asked for by its place.
    pub fn ascii_of(length: usize, byte: impl Fn(usize) -> u8) -> Ref<Str> {
        match length {
            0 => return empty(),
            1 => return ascii_char(byte(0) & 0x7F),
            _ => {}
        }
        let string = Ref::<Str>::unwritten(length, length, ASCII | UTF8);
        let to = string.trailing::<u8>();
        for place in 0..length {
            // SAFETY: `length` bytes trail the object. The highest bit is cut off, so what is written is ASCII.
            unsafe { to.add(place).write(byte(place) & 0x7F) };
        }
        string
    }

    /// A piece of this string, given its bytes: whole characters of it. Empty and one-character strings are shared.
    pub fn piece(&self, bytes: &[u8]) -> Ref<Str> {
        match bytes {
            [] => empty(),
            [byte] if byte.is_ascii() => ascii_char(*byte),
            _ if bytes.len() == self.as_bytes().len() => self.clone(),
            _ if self.is_ascii() => Ref::from_ascii(bytes),
            _ => Ref::from_wtf8(bytes),
        }
    }

    /// The strings among `parts`, with this one in between.
    pub fn join(&self, parts: &[Value]) -> Ref<Str> {
        let mine = self.as_bytes();
        let mut flags = ASCII | UTF8;
        let gaps = parts.len().saturating_sub(1);
        if gaps > 0 {
            flags &= self.header().flags.get();
        }
        let (mut length, mut chars) = (mine.len() * gaps, self.chars() * gaps);
        for part in parts.iter().filter_map(Value::native::<Str>) {
            flags &= part.header().flags.get();
            length += part.as_bytes().len();
            chars += part.chars();
        }
        let texts = parts.iter().filter_map(Value::native::<Str>);
        if flags & UTF8 == 0 {
            let texts: Vec<Vec<u8>> = texts.map(|part| part.as_bytes().to_vec()).collect();
            return Ref::from_wtf8(&texts.join(mine));
        }
        if length == 0 {
            return empty();
        }
        let string = Ref::<Str>::unwritten(length, chars, flags);
        let mut to = string.trailing::<u8>();
        let mut write = |bytes: &[u8]| {
            // SAFETY: `length` bytes trail the object, and the parts and what is between them are that long together.
            unsafe {
                std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
                to = to.add(bytes.len());
            }
        };
        for (nth, part) in texts.enumerate() {
            if nth > 0 && !mine.is_empty() {
                write(mine);
            }
            write(part.as_bytes());
        }
        string
    }

    /// The decimal digits of an int.
    pub fn decimal(number: i64) -> Ref<Str> {
        Ref::from_ascii(Decimal::of(number).as_bytes())
    }

    /// The strings among `parts`, and the digits of the inline ints, one after the other.
    pub fn concat_all(parts: &[Value]) -> Ref<Str> {
        let mut flags = ASCII | UTF8;
        let (mut length, mut chars) = (0, 0);
        for part in parts {
            if let Some(number) = part.as_small() {
                let digits = Decimal::length(number);
                length += digits;
                chars += digits;
            } else if let Some(part) = part.native::<Str>() {
                flags &= part.header().flags.get();
                length += part.as_bytes().len();
                chars += part.chars();
            }
        }
        if flags & UTF8 == 0 {
            let mut text = Vec::with_capacity(length);
            parts.iter().for_each(|part| with_text(part, |bytes| text.extend_from_slice(bytes)));
            return Ref::from_wtf8(&text);
        }
        let string = Ref::<Str>::unwritten(length, chars, flags);
        let mut to = string.trailing::<u8>();
        for part in parts {
            with_text(part, |bytes| {
                // SAFETY: `length` bytes trail the object, and the parts are that long together.
                unsafe {
                    std::ptr::copy_nonoverlapping(bytes.as_ptr(), to, bytes.len());
                    to = to.add(bytes.len());
                }
            });
        }
        string
    }

    /// A string whose bytes are still to be written.
    fn unwritten(length: usize, chars: usize, flags: u8) -> Ref<Str> {
        let body = Str { hash: Cell::new(0), chars: Cell::new(chars), index: Cell::new(None) };
        let string = Ref::with_trailing(body, length);
        string.header().flags.set(flags);
        string
    }

    fn joined(parts: &[&[u8]], chars: usize, flags: u8) -> Ref<Str> {
        let length = parts.iter().map(|part| part.len()).sum();
        let string = Ref::<Str>::unwritten(length, chars, flags);
        let mut to = string.trailing::<u8>();
        for part in parts {
            // SAFETY: `length` bytes trail the object, and the parts are that long together.
            unsafe {
                std::ptr::copy_nonoverlapping(part.as_ptr(), to, part.len());
                to = to.add(part.len());
            }
        }
        string
    }

    /// The text as WTF-8.
    #[inline(always)]
    pub fn as_bytes(&self) -> &[u8] {
        // SAFETY: `aux` bytes trail the object and never change.
        unsafe { std::slice::from_raw_parts(self.trailing::<u8>(), self.header().aux.get() as usize) }
    }

    /// The text, unless it holds a lone surrogate.
    #[inline]
    pub fn as_str(&self) -> Option<&str> {
        if self.header().flags.get() & UTF8 != 0 {
            // SAFETY: the flag was set after a check, or inherited from parts that had it.
            Some(unsafe { std::str::from_utf8_unchecked(self.as_bytes()) })
        } else {
            None
        }
    }

    /// The text, with U+FFFD for lone surrogates.
    pub fn to_string_lossy(&self) -> Cow<'_, str> {
        match self.as_str() {
            Some(text) => Cow::Borrowed(text),
            None => String::from_utf8_lossy(self.as_bytes()),
        }
    }

    /// Is every character ASCII?
    #[inline(always)]
    pub fn is_ascii(&self) -> bool {
        self.header().flags.get() & ASCII != 0
    }

    /// How many characters.
    #[inline(always)]
    pub fn chars(&self) -> usize {
        self.chars.get()
    }

    /// The hash; the same for equal strings of one run.
    #[inline]
    pub fn hash(&self) -> i64 {
        let known = self.hash.get();
        if known != 0 {
            return known;
        }
        let hash = super::hashing::hash_str(self.as_bytes());
        self.hash.set(hash);
        hash
    }

    /// Same text?
    #[inline]
    pub fn same(&self, other: &Ref<Str>) -> bool {
        if self.is(other) {
            return true;
        }
        let (mine, yours) = (self.hash.get(), other.hash.get());
        if mine != 0 && yours != 0 && mine != yours {
            return false;
        }
        self.as_bytes() == other.as_bytes()
    }

    /// Is this the interned string of its text?
    pub fn is_interned(&self) -> bool {
        self.header().flags.get() & INTERNED != 0
    }

    /// Byte offset of character `n`; the length in bytes for `n == chars()`.
    pub fn offset(&self, n: usize) -> usize {
        let bytes = self.as_bytes();
        if self.is_ascii() || n == 0 {
            return n.min(bytes.len());
        }
        if n >= self.chars() {
            return bytes.len();
        }
        let index = self.index.take().unwrap_or_else(|| {
            let starts = (0..bytes.len()).filter(|at| bytes[*at] & 0xC0 != 0x80);
            Box::new(starts.step_by(STRIDE).map(|at| at as u32).collect())
        });
        let mut at = index[n / STRIDE] as usize;
        self.index.set(Some(index));
        for _ in 0..n % STRIDE {
            at += char_width(bytes[at]);
        }
        at
    }

    /// Characters `from..to` as a new string.
    pub fn slice(&self, from: usize, to: usize) -> Ref<Str> {
        if from == 0 && to >= self.chars() {
            return self.clone();
        }
        if from >= to {
            return empty();
        }
        if to == from + 1 && self.is_ascii() {
            return ascii_char(self.as_bytes()[from]);
        }
        let bytes = &self.as_bytes()[self.offset(from)..self.offset(to)];
        if self.is_ascii() { Ref::from_ascii(bytes) } else { Ref::from_wtf8(bytes) }
    }

    /// Character `n` as a string.
    pub fn char_at(&self, n: usize) -> Ref<Str> {
        let from = self.offset(n);
        let bytes = self.as_bytes();
        one_char(&bytes[from..from + char_width(bytes[from])])
    }
}

/// How many bytes the character takes that begins with `first`.
#[inline(always)]
pub fn char_width(first: u8) -> usize {
    match first {
        0..0x80 => 1,
        0x80..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

thread_local! {
    static INTERNED_STRINGS: RefCell<FxHashMap<Box<[u8]>, Ref<Str>>> = RefCell::new(FxHashMap::default());
    // Never dropped, so that reaching them asks for nothing: the interned strings keep the same objects.
    static EMPTY: ManuallyDrop<OnceCell<Ref<Str>>> = const { ManuallyDrop::new(OnceCell::new()) };
    static ASCII_CHARS: [ManuallyDrop<OnceCell<Ref<Str>>>; 128] =
        const { [const { ManuallyDrop::new(OnceCell::new()) }; 128] };
}

/// The one string with this text that all names share.
pub fn intern(text: &[u8]) -> Ref<Str> {
    INTERNED_STRINGS.with(|strings| {
        let mut strings = strings.borrow_mut();
        if let Some(found) = strings.get(text) {
            return found.clone();
        }
        let string = Ref::from_wtf8(text);
        string.header().flags.set(string.header().flags.get() | INTERNED);
        string.hash();
        strings.insert(text.into(), string.clone());
        string
    })
}

/// The interned string with the text of `string`: that itself, if it is the first.
pub fn intern_str(string: &Ref<Str>) -> Ref<Str> {
    if string.is_interned() {
        return string.clone();
    }
    INTERNED_STRINGS.with(|strings| {
        let mut strings = strings.borrow_mut();
        if let Some(found) = strings.get(string.as_bytes()) {
            return found.clone();
        }
        string.header().flags.set(string.header().flags.get() | INTERNED);
        string.hash();
        strings.insert(string.as_bytes().into(), string.clone());
        string.clone()
    })
}

/// The empty string, which is shared.
pub fn empty() -> Ref<Str> {
    EMPTY.with(|empty| empty.get_or_init(|| intern(b"")).clone())
}

/// A one-character string; ASCII ones are shared.
pub fn one_char(bytes: &[u8]) -> Ref<Str> {
    match bytes {
        [byte] if *byte < 128 => ascii_char(*byte),
        _ => Ref::from_wtf8(bytes),
    }
}

/// The shared string of one ASCII character.
#[inline]
pub fn ascii_char(byte: u8) -> Ref<Str> {
    debug_assert!(byte.is_ascii());
    ASCII_CHARS.with(|chars| chars[(byte & 0x7F) as usize].get_or_init(|| intern(&[byte])).clone())
}

impl Value {
    /// A string value of this text.
    pub fn str(text: impl AsRef<[u8]>) -> Value {
        Value::object(Ref::from_wtf8(text.as_ref()))
    }

    /// A `bytes` value.
    pub fn bytes(bytes: impl Into<Box<[u8]>>) -> Value {
        Value::object(Ref::new(Bytes { data: bytes.into(), hash: Cell::new(0) }))
    }
}

/// `bytes`
pub struct Bytes {
    /// The bytes.
    pub data: Box<[u8]>,
    /// The hash, 0 until it is asked for.
    pub hash: Cell<i64>,
}

impl HeapKind for Bytes {
    const KIND: Kind = Kind::Bytes;
    const TRACKED: bool = false;
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
    fn outside(object: &Ref<Self>) -> usize {
        object.data.len()
    }
}

/// `bytearray`
pub struct ByteArray {
    /// The bytes.
    pub data: RefCell<Vec<u8>>,
    /// How many memory views look at them: while there are any, their number does not change.
    pub exports: Cell<usize>,
}

impl ByteArray {
    /// Appends bytes; `false`, and nothing is changed, while memory views look at the array or if there is no memory for them.
    #[must_use]
    pub fn append(&self, more: &[u8]) -> bool {
        let mut data = self.data.borrow_mut();
        let fits = data.len().saturating_add(more.len()) <= Str::LONGEST;
        let grows = fits && self.exports.get() == 0 && crate::memory::reserve(&mut data, more.len()).is_ok();
        if grows {
            data.extend_from_slice(more);
        }
        grows
    }
}

impl HeapKind for ByteArray {
    const KIND: Kind = Kind::ByteArray;
    const TRACKED: bool = false;
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
    fn outside(object: &Ref<Self>) -> usize {
        object.data.borrow().capacity()
    }
}
