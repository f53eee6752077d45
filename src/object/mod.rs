//! What a value is.
//!
//! [`Value`] is the eight-byte word every register, list item and attribute holds; [`Ref`] a counted, typed reference to a
//! heap object. One file per kind says how it is represented, nothing of what Python can do with it: that stands in
//! `builtins`. [`equality`] and [`hashing`] answer what can be answered without running Python code, and say so when it
//! cannot (law 1). Start with `value`, then `heap`.

pub mod adaptor;
pub mod arithmetic;
pub mod array;
pub mod async_step;
pub mod class;
pub mod collector;
pub mod descriptor;
pub mod dict;
pub mod equality;
pub mod exception;
pub mod float;
pub mod foreign;
pub mod function;
pub mod generator;
pub mod hashing;
pub mod heap;
pub mod identity;
pub mod instance;
pub mod int;
pub mod iter;
pub mod kind;
pub mod list;
pub mod memory;
pub mod module;
pub mod native;
pub mod pool;
pub mod quick;
pub mod range;
pub mod set;
pub mod slot;
pub mod stack;
pub mod string;
pub mod tuple;
pub mod value;
pub mod weak;
pub mod wide;

pub use async_step::AsyncStep;
pub use class::{Type, TypeFlags};
pub use dict::Dict;
pub use exception::{Exception, Traceback};
pub use foreign::{Foreign, NativeObject};
pub use function::{CodeObject, Function, Method};
pub use generator::{Generator, GeneratorState};
pub use heap::{Borrow, Header, HeapKind, Object, Ref};
pub use identity::identity;
pub use instance::Instance;
pub use int::Integer;
pub use kind::Kind;
pub use list::List;
pub use module::Module;
pub use native::NativeFunction;
pub use range::{Range, Slice};
pub use set::Set;
pub use slot::Slot;
pub use string::{Bytes, Str, intern, intern_str};
pub use tuple::Tuple;
pub use value::Value;
pub use weak::WeakRef;

/// Exact comparison of a float with an integer.
pub(crate) fn float_equals_int(f: f64, i: Integer<'_>) -> bool {
    compare_float_int(f, i) == Some(std::cmp::Ordering::Equal)
}

/// Exact order of a float and an integer; `None` for NaN.
pub fn compare_float_int(f: f64, i: Integer<'_>) -> Option<std::cmp::Ordering> {
    use num_traits::FromPrimitive;
    use std::cmp::Ordering;
    if f.is_nan() {
        return None;
    }
    if f.is_infinite() {
        return Some(if f > 0.0 { Ordering::Greater } else { Ordering::Less });
    }
    if let Integer::Small(i) = i
        && i.unsigned_abs() <= 1 << 53
    {
        return f.partial_cmp(&(i as f64));
    }
    let whole = num_bigint::BigInt::from_f64(f.trunc())?;
    Some(whole.cmp(&i.to_big()).then_with(|| f.fract().partial_cmp(&0.0).unwrap_or(Ordering::Equal)))
}
