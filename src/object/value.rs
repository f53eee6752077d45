//! The value: eight bytes that say what they are.
//!
//! A double is rotated left by four, so that its sign and the top of its exponent come to lie in the low bits, of which the
//! lowest is turned over:
//!
//! ```text
//! object     .000                the address itself: whether a word is one, asked by every instruction, is one test
//! immediate  .100                n << 3 | 4: no value, None, False, True, Ellipsis, NotImplemented, an empty place
//! int        ..11                i << 2 | 3, 62 bits; larger ones live in a heap object
//! float      bit 0 != bit 1      nearly every double; the rest (exponents far from zero) live in a heap object
//! ```
//!
//! **Invariant** (upheld here and in `heap`): a word with the tag of an object is the address of a live [`Header`], and
//! accounts for one of its references. So zeroed memory holds no values: a place without one holds [`Value::EMPTY`].

use super::heap::{self, Borrow, Header, HeapKind, Ref};
use super::kind::Kind;
use num_bigint::BigInt;
use num_traits::ToPrimitive;
use std::ptr::NonNull;

/// A Python value, or the absence of one ([`Value::UNDEF`]).
#[repr(transparent)]
pub struct Value(u64);

const fn immediate(n: u64) -> Value {
    Value(n << 3 | 4)
}

/// The tag of an inline integer.
pub const INT: u64 = 3;

/// The largest integer that needs no heap object.
pub const SMALL_MAX: i64 = (1 << 61) - 1;
/// The smallest integer that needs no heap object.
pub const SMALL_MIN: i64 = -(1 << 61);

impl Value {
    /// No value: an unbound local, an absent argument. Programs never see it.
    pub const UNDEF: Value = immediate(0);
    /// `None`
    pub const NONE: Value = immediate(1);
    /// `False`
    pub const FALSE: Value = immediate(2);
    /// `True`
    pub const TRUE: Value = immediate(3);
    /// `Ellipsis`
    pub const ELLIPSIS: Value = immediate(4);
    /// `NotImplemented`
    pub const NOT_IMPLEMENTED: Value = immediate(5);
    /// What a place holds that nobody reads: a register whose value was moved out, or that had none yet.
    pub const EMPTY: Value = immediate(6);

    /// `True` or `False`.
    #[inline(always)]
    pub const fn bool(b: bool) -> Value {
        immediate(2 + b as u64)
    }

    /// An integer of any size.
    #[inline(always)]
    pub fn int(i: i64) -> Value {
        if (SMALL_MIN..=SMALL_MAX).contains(&i) { Value::small(i) } else { super::int::boxed_word(i) }
    }

    /// An integer, if it fits 62 bits.
    #[inline(always)]
    pub fn fitting(i: i64) -> Option<Value> {
        (SMALL_MIN..=SMALL_MAX).contains(&i).then(|| Value::small(i))
    }

    /// An integer known to fit 62 bits.
    #[inline(always)]
    pub const fn small(i: i64) -> Value {
        Value((i << 2) as u64 | INT)
    }

    /// An integer of any size.
    pub fn big(i: BigInt) -> Value {
        match i.to_i64() {
            Some(small) => Value::int(small),
            None => super::int::from_vector(i.sign() == num_bigint::Sign::Minus, i.magnitude().to_u64_digits()),
        }
    }

    /// A length or index.
    #[inline(always)]
    pub fn size(n: usize) -> Value {
        Value::int(n as i64)
    }

    /// A float.
    #[inline(always)]
    pub fn float(f: f64) -> Value {
        let word = f.to_bits().rotate_left(4) ^ 1;
        if word.wrapping_add(1) & 2 != 0 { Value(word) } else { heap::boxed_float(f) }
    }

    /// The object behind a reference.
    #[inline(always)]
    pub fn object<T: HeapKind>(object: Ref<T>) -> Value {
        object.into_value()
    }

    /// The raw word.
    #[inline(always)]
    pub fn bits(&self) -> u64 {
        self.0
    }

    /// A word back into a value.
    ///
    /// # Safety
    /// `bits` came from [`Value::into_bits`], once, or is no object's.
    #[inline(always)]
    pub unsafe fn from_bits(bits: u64) -> Value {
        debug_assert!(bits != 0, "zeroed memory holds no value");
        Value(bits)
    }

    /// The raw word; its reference, if it is one, is now the caller's.
    #[inline(always)]
    pub fn into_bits(self) -> u64 {
        let bits = self.0;
        std::mem::forget(self);
        bits
    }

    /// Is it an inline integer?
    #[inline(always)]
    pub fn is_small(&self) -> bool {
        self.0 & 3 == INT
    }

    /// The integer, if it is an inline one (`bool` is not).
    #[inline(always)]
    pub fn as_small(&self) -> Option<i64> {
        if self.is_small() { Some(self.0 as i64 >> 2) } else { None }
    }

    /// Is it a float without a heap object?
    #[inline(always)]
    pub fn is_inline_float(&self) -> bool {
        self.0.wrapping_add(1) & 2 != 0
    }

    /// The float of an inline float's word.
    #[inline(always)]
    pub fn inline_float(&self) -> f64 {
        f64::from_bits((self.0 ^ 1).rotate_right(4))
    }

    /// The float, if it is one.
    #[inline(always)]
    pub fn as_float(&self) -> Option<f64> {
        if self.is_inline_float() { Some(self.inline_float()) } else { self.get::<super::float::Float>().map(|f| f.0) }
    }

    /// Is it a heap object?
    #[inline(always)]
    pub fn is_object(&self) -> bool {
        self.0 & 7 == 0
    }

    /// Is it absent?
    #[inline(always)]
    pub fn is_undef(&self) -> bool {
        self.0 == Value::UNDEF.0
    }

    /// Is it `None`?
    #[inline(always)]
    pub fn is_none(&self) -> bool {
        self.0 == Value::NONE.0
    }

    /// Is it `NotImplemented`?
    #[inline(always)]
    pub fn is_not_implemented(&self) -> bool {
        self.0 == Value::NOT_IMPLEMENTED.0
    }

    /// `True`, `False` or neither.
    #[inline(always)]
    pub fn as_bool(&self) -> Option<bool> {
        match self.0 {
            b if b == Value::TRUE.0 => Some(true),
            b if b == Value::FALSE.0 => Some(false),
            _ => None,
        }
    }

    /// `a is b`
    #[inline(always)]
    pub fn is(&self, other: &Value) -> bool {
        self.0 == other.0
    }

    /// The header of a heap object.
    #[inline(always)]
    pub fn header(&self) -> Option<&Header> {
        // SAFETY: the tag promises a live header (module invariant), alive as long as this value is.
        if self.is_object() { Some(unsafe { self.header_ptr().as_ref() }) } else { None }
    }

    /// Address of the header; only meaningful for objects.
    #[inline(always)]
    pub(crate) fn header_ptr(&self) -> NonNull<Header> {
        // SAFETY: with the tag of an object it is the address of an allocation; callers check the tag first.
        unsafe { NonNull::new_unchecked(std::ptr::with_exposed_provenance_mut(self.0 as usize)) }
    }

    /// One more reference to the object with this header.
    ///
    /// # Safety
    /// The object is live.
    pub(super) unsafe fn from_header(header: NonNull<Header>) -> Value {
        // SAFETY: promised by the caller.
        unsafe { header.as_ref() }.retain();
        Value(header.as_ptr().expose_provenance() as u64)
    }

    /// The object with this header, without a reference of its own.
    ///
    /// # Safety
    /// The object is live for as long as the view is.
    #[inline(always)]
    pub(super) unsafe fn view(header: NonNull<Header>) -> std::mem::ManuallyDrop<Value> {
        std::mem::ManuallyDrop::new(Value(header.as_ptr().expose_provenance() as u64))
    }

    /// The kind of heap object, if it is one.
    #[inline(always)]
    pub fn kind(&self) -> Option<Kind> {
        self.header().map(|header| header.kind)
    }

    /// Is it an object of this kind?
    #[inline(always)]
    pub fn is_kind(&self, kind: Kind) -> bool {
        self.kind() == Some(kind)
    }

    /// The object as its Rust type, if it is of that kind. Instances of Python subclasses are not; see
    /// [`Value::native`].
    #[inline(always)]
    pub fn get<T: HeapKind>(&self) -> Option<Borrow<'_, T>> {
        if self.is_kind(T::KIND) { Some(Borrow::of(self)) } else { None }
    }

    /// The object as its Rust type; for an instance of a Python subclass of a builtin type, the builtin object inside it.
    #[inline(always)]
    pub fn native<T: HeapKind>(&self) -> Option<Borrow<'_, T>> {
        self.payload().get::<T>()
    }

    /// For an instance of a Python subclass of a builtin type the builtin value inside it, else the value itself.
    #[inline(always)]
    pub fn payload(&self) -> &Value {
        match self.kind() {
            Some(Kind::Instance) => super::instance::payload(self),
            _ => self,
        }
    }

    /// A reference counted once more, as a typed reference.
    #[inline(always)]
    pub fn to_ref<T: HeapKind>(&self) -> Option<Ref<T>> {
        self.get::<T>().map(|object| object.to_ref())
    }
}

impl Clone for Value {
    #[inline(always)]
    fn clone(&self) -> Value {
        // Read once: what is counted is not read again for having been written to.
        let copy = std::mem::ManuallyDrop::new(Value(self.0));
        if let Some(header) = copy.header() {
            header.retain();
        }
        std::mem::ManuallyDrop::into_inner(copy)
    }
}

impl Drop for Value {
    #[inline(always)]
    fn drop(&mut self) {
        if self.is_object() {
            // SAFETY: the tag was checked; this value accounts for one reference, given up here.
            unsafe { heap::release(self.header_ptr()) }
        }
    }
}

impl Default for Value {
    fn default() -> Value {
        Value::UNDEF
    }
}

impl Value {
    /// Gives this value up, as dropping it does, with the test for an object always in place: where there was none nothing is
    /// called.
    #[inline(always)]
    pub fn release(self) {
        let value = std::mem::ManuallyDrop::new(self);
        if value.is_object() {
            // SAFETY: as for `drop`, which will not run.
            unsafe { heap::release(value.header_ptr()) }
        }
    }
}

impl<T: HeapKind> From<Ref<T>> for Value {
    fn from(object: Ref<T>) -> Value {
        object.into_value()
    }
}

impl<T: HeapKind> Ref<T> {
    /// This reference as a value.
    #[inline(always)]
    pub fn into_value(self) -> Value {
        let address = self.as_ptr().cast::<u8>().expose_provenance();
        std::mem::forget(self);
        Value(address as u64)
    }

    /// Another reference to the same object, as a value.
    #[inline(always)]
    pub fn value(&self) -> Value {
        self.clone().into_value()
    }
}

impl std::fmt::Debug for Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some(i) = self.as_small() {
            return write!(f, "{i}");
        }
        if self.is_inline_float() {
            return write!(f, "{:?}", self.inline_float());
        }
        match self.kind() {
            Some(Kind::Str) => {
                write!(f, "{:?}", self.get::<super::string::Str>().map(|s| s.to_string_lossy().into_owned()))
            }
            Some(kind) => write!(f, "<{kind:?}>"),
            None => {
                let names = ["undef", "None", "False", "True", "Ellipsis", "NotImplemented", "empty"];
                f.write_str(names.get((self.0 >> 3) as usize).unwrap_or(&"?"))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn floats_survive() {
        let exponents = (-1074..1024).map(|e| 2f64.powi(e));
        let special = [0.0, -0.0, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, f64::MAX, 1e-231, 1e231, 0.1];
        for f in exponents.chain(special) {
            assert_eq!(Value::float(f).as_float().map(f64::to_bits), Some(f.to_bits()), "{f}");
            assert_eq!(Value::float(-f).as_float(), Some(-f));
        }
        assert!(Value::float(f64::NAN).as_float().is_some_and(f64::is_nan));
        assert!(Value::float(0.0).is_inline_float());
    }

    #[test]
    fn integers_survive() {
        for i in [0, 1, -1, 42, SMALL_MAX, SMALL_MIN] {
            assert_eq!(Value::int(i).as_small(), Some(i));
        }
        for i in [SMALL_MAX + 1, SMALL_MIN - 1, i64::MAX, i64::MIN] {
            assert_eq!(Value::int(i).as_small(), None);
            assert!(Value::int(i).is_kind(Kind::BigInt));
        }
    }
}
