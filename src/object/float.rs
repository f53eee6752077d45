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

/// A sum of floats that keeps what rounding loses (Neumaier's), as `sum` has done since Python 3.12.
#[derive(Clone, Copy)]
pub struct CompensatedSum {
    /// The sum as floats add up.
    pub high: f64,
    /// What it lost.
    pub low: f64,
}

impl CompensatedSum {
    /// Nothing lost yet.
    pub fn new(start: f64) -> CompensatedSum {
        CompensatedSum { high: start, low: 0.0 }
    }

    /// One more number.
    #[inline(always)]
    pub fn add(&mut self, x: f64) {
        let sum = self.high + x;
        self.low += if self.high.abs() >= x.abs() { (self.high - sum) + x } else { (x - sum) + self.high };
        self.high = sum;
    }

    /// The sum. A compensation must not turn an infinite sum into a NaN.
    pub fn total(&self) -> f64 {
        if self.low != 0.0 && self.low.is_finite() { self.high + self.low } else { self.high }
    }
}
