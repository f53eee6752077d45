//! Numbers and strings as text: pure functions that know no Python value.
//!
//! A guest string is WTF-8 as [`wtf8`] describes it: UTF-8 in which a lone surrogate may stand as its three bytes. Functions
//! over guest strings take `&[u8]`; those that only ever write ASCII or valid UTF-8 give a `String`. What can fail gives
//! a [`TextError`]: which exception to raise, and CPython's words for it.
//!
//! Start reading at [`wtf8`], then [`spec`], the format mini-language, which uses most of the others.

pub mod ascii;
pub mod brief;
mod charmaps;
pub mod codec;
pub mod complex;
mod database;
pub mod error;
pub mod escape;
#[cfg(test)]
mod expected;
pub mod float;
pub mod hash;
pub mod int;
pub mod limbs;
pub mod pad;
pub mod percent;
pub mod properties;
#[cfg(test)]
mod robust;
pub mod search;
pub mod spec;
pub mod split;
pub mod suggest;
mod tables;
pub mod template;
pub mod unicode;
pub mod wtf8;

pub use error::{ErrorKind, TextError};
