//! Floats beyond what a value can hold inline, and complex numbers.

use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::value::Value;

/// A double with a far exponent.
pub struct Float(pub f64);

impl HeapKind for Float {
    const KIND: Kind = Kind::Float;
    const TRACKED: bool = false;
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
}

/// A complex number.
pub struct Complex {
    /// Real part.
    pub re: f64,
    /// Imaginary part.
    pub im: f64,
}

impl HeapKind for Complex {
    const KIND: Kind = Kind::Complex;
    const TRACKED: bool = false;
    fn visit(_: &Ref<Self>, _: &mut dyn FnMut(&Value)) {}
    fn clear(_: &Ref<Self>) {}
}

impl Complex {
    /// A complex number as a value.
    pub fn value(re: f64, im: f64) -> Value {
        Value::object(Ref::new(Complex { re, im }))
    }
}
