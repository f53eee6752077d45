//! Hashes, as far as they need no Python code.

use super::class::TypeFlags;
use super::dict::MappingProxy;
use super::exception::Exception;
use super::float::Complex;
use super::function::{CodeObject, Method};
use super::instance::Instance;
use super::kind::Kind;
use super::range::{Range, Slice};
use super::set::Set;
use super::string::{Bytes, Str};
use super::tuple::Tuple;
use super::value::Value;
use super::{Integer, class::Type};
use crate::text::hash::{self, Key};
use std::cell::Cell;

/// What asking for a hash came to.
#[derive(Clone, Debug, PartialEq)]
pub enum Hashed {
    /// The hash.
    Known(i64),
    /// The value, or one inside it, has none; this is the culprit.
    Unhashable(Culprit),
    /// A `__hash__` written in Python must be asked.
    NeedsPython,
    /// Nested too deeply for the native stack.
    TooDeep,
}

/// The value that has no hash.
#[derive(Clone, Debug)]
pub struct Culprit(pub Value);

impl PartialEq for Culprit {
    fn eq(&self, other: &Culprit) -> bool {
        self.0.is(&other.0)
    }
}

/// How deep tuples may nest before hashing or comparing them natively gives up.
pub const MAX_NESTING: usize = 500;

thread_local! {
    static KEY: Cell<Option<Key>> = const { Cell::new(None) };
}

/// Fixes the key that strings are hashed with; before any string has been.
pub fn set_seed(seed: u32) {
    KEY.set(Some(Key::from_seed(seed)));
}

fn key() -> Key {
    KEY.get().unwrap_or_else(|| {
        let key = Key::from_seed(0);
        KEY.set(Some(key));
        key
    })
}

/// The hash of a bytes object.
pub fn hash_bytes(bytes: &[u8]) -> i64 {
    hash::hash_bytes(bytes, key())
}

/// The hash of a text.
pub fn hash_str(text: &[u8]) -> i64 {
    hash::hash_str(text, key())
}

/// The hash of a value.
#[inline]
pub fn hash(value: &Value) -> Hashed {
    if let Some(i) = value.as_small() {
        return Hashed::Known(hash::hash_i64(i));
    }
    if let Some(string) = value.get::<Str>() {
        return Hashed::Known(string.hash());
    }
    hash_nested(value, 0)
}

fn hash_nested(value: &Value, depth: usize) -> Hashed {
    if depth > MAX_NESTING {
        return Hashed::TooDeep;
    }
    if let Some(f) = value.as_float() {
        return Hashed::Known(hash::hash_f64(f).unwrap_or_else(|| identity(value)));
    }
    let Some(kind) = value.kind() else {
        return Hashed::Known(match value.as_integer() {
            Some(Integer::Small(i)) => hash::hash_i64(i),
            // CPython's constant for `None`, so that sets with it come out in the same order.
            _ if value.is_none() => 0xFCA8_6420,
            _ => (value.bits() >> 3) as i64 + 0x5EED,
        });
    };
    match kind {
        Kind::BigInt => match value.as_integer() {
            Some(Integer::Big(i)) => Hashed::Known(hash::hash_limbs(i.is_negative(), i.digits())),
            _ => Hashed::Known(identity(value)),
        },
        Kind::Str => Hashed::Known(value.get::<Str>().map_or(0, |s| s.hash())),
        Kind::Bytes => Hashed::Known(value.get::<Bytes>().map_or(0, |bytes| {
            if bytes.hash.get() == 0 {
                bytes.hash.set(hash_bytes(&bytes.data));
            }
            bytes.hash.get()
        })),
        Kind::Complex => Hashed::Known(value.get::<Complex>().map_or(0, |c| {
            let part = |f| hash::hash_f64(f).unwrap_or(0);
            hash::hash_complex(part(c.re), part(c.im))
        })),
        Kind::Tuple => match value.get::<Tuple>() {
            Some(tuple) => hash_all(tuple.items(), depth, |hashes| hash::hash_tuple(hashes)),
            None => Hashed::Known(0),
        },
        Kind::Set => match value.get::<Set>() {
            Some(set) if set.frozen => Hashed::Known(hash::hash_frozenset(set.table.borrow().hashes())),
            _ => Hashed::Unhashable(Culprit(value.clone())),
        },
        Kind::Slice => match value.get::<Slice>() {
            Some(s) => {
                hash_all(&[s.start.clone(), s.stop.clone(), s.step.clone()], depth, |hashes| hash::hash_slice(hashes))
            }
            None => Hashed::Known(0),
        },
        Kind::Range => match value.get::<Range>() {
            Some(range) => hash_range(&range, depth),
            None => Hashed::Known(0),
        },
        Kind::MappingProxy => match value.get::<MappingProxy>() {
            Some(proxy) => hash_nested(&proxy.body().mapping, depth + 1),
            None => Hashed::NeedsPython,
        },
        Kind::List | Kind::Dict | Kind::ByteArray | Kind::DictView | Kind::Cell => {
            Hashed::Unhashable(Culprit(value.clone()))
        }
        Kind::Instance => match value.get::<Instance>() {
            Some(instance) => {
                let flags = instance.class().flags();
                if flags.has(TypeFlags::UNHASHABLE) {
                    Hashed::Unhashable(Culprit(value.clone()))
                } else if flags.has(TypeFlags::CUSTOM_HASH) {
                    Hashed::NeedsPython
                } else if flags.has(TypeFlags::PAYLOAD) {
                    hash_nested(value.payload(), depth + 1)
                } else {
                    Hashed::Known(identity(value))
                }
            }
            None => Hashed::NeedsPython,
        },
        Kind::Exception => match value.get::<Exception>() {
            Some(e) if e.class().flags().has(TypeFlags::UNHASHABLE) => Hashed::Unhashable(Culprit(value.clone())),
            Some(e) if e.class().flags().has(TypeFlags::CUSTOM_HASH) => Hashed::NeedsPython,
            _ => Hashed::Known(identity(value)),
        },
        Kind::Type => match value.get::<Type>() {
            Some(t) if t.metaclass().is_some_and(|meta| meta.flags().has(TypeFlags::UNHASHABLE)) => {
                Hashed::Unhashable(Culprit(value.clone()))
            }
            Some(t) if t.metaclass().is_some_and(|meta| meta.flags().has(TypeFlags::CUSTOM_HASH)) => {
                Hashed::NeedsPython
            }
            _ => Hashed::Known(identity(value)),
        },
        Kind::Method => match value.get::<Method>() {
            Some(method) => Hashed::Known(identity(&method.receiver) ^ identity(&method.function)),
            None => Hashed::NeedsPython,
        },
        Kind::Code => match value.get::<CodeObject>() {
            Some(object) => {
                let code = &object.code;
                // Not how many instructions there are: with marks it is the same body.
                let numbers = [code.first_line.into(), code.locals.len() as i64];
                let name = hash_bytes(code.name.as_bytes());
                Hashed::Known(hash::hash_tuple(std::iter::once(name).chain(numbers)))
            }
            None => Hashed::NeedsPython,
        },
        Kind::WeakRef => match value.get::<super::weak::WeakRef>() {
            Some(weak) => match weak.hash.get() {
                Some(hash) => Hashed::Known(hash),
                None => Hashed::NeedsPython,
            },
            None => Hashed::NeedsPython,
        },
        Kind::Foreign => match value.get::<super::foreign::Foreign>() {
            Some(foreign) => foreign.object().hash(value),
            None => Hashed::NeedsPython,
        },
        _ => Hashed::Known(identity(value)),
    }
}

fn hash_all(items: &[Value], depth: usize, combine: fn(&mut dyn Iterator<Item = i64>) -> i64) -> Hashed {
    let mut refusal = None;
    let mut hashes = items.iter().map_while(|item| match item.as_small() {
        Some(i) => Some(hash::hash_i64(i)),
        None => match hash_nested(item, depth + 1) {
            Hashed::Known(hash) => Some(hash),
            other => {
                refusal = Some(other);
                None
            }
        },
    });
    let hash = combine(&mut hashes);
    refusal.unwrap_or(Hashed::Known(hash))
}

fn hash_range(range: &Range, depth: usize) -> Hashed {
    // Ranges are equal when they give the same items, so that is what is hashed.
    hash_all(&range.essence(), depth, |hashes| hash::hash_tuple(hashes))
}

/// A hash by identity: the number that `id()` would show, so that it is the same in every run.
pub fn identity(value: &Value) -> i64 {
    super::identity(value) as i64
}
