//! Answers to what instructions ask most often of the most common kinds of values. They change nothing but the container
//! that is written to; `None` means that the question is for the machine, which knows everything else.

use super::dict::{Dict, Lookup};
use super::kind::Kind;
use super::list::List;
use super::set::Set;
use super::string::{Str, ascii_char};
use super::tuple::Tuple;
use super::value::Value;
use crate::text::hash::hash_i64;

/// The hash of a small int or a string, the keys that most dicts and sets have.
#[inline(always)]
fn hash(key: &Value) -> Option<i64> {
    match key.as_small() {
        Some(i) => Some(hash_i64(i)),
        None => key.get::<Str>().map(|text| text.hash()),
    }
}

/// Where a subscript points in a sequence of this length.
#[inline(always)]
fn place(index: i64, length: usize) -> usize {
    (if index < 0 { index.wrapping_add(length as i64) } else { index }) as usize
}

/// `container[key]`, if it is there.
#[inline(never)]
pub fn item(container: &Value, key: &Value) -> Option<Value> {
    match container.kind()? {
        Kind::Dict => {
            let table = container.get::<Dict>()?.body().table.borrow();
            match table.find(key, hash(key)?) {
                Lookup::Found(number) => Some(table.value(number).clone()),
                _ => None,
            }
        }
        Kind::Str => {
            let text = container.get::<Str>()?;
            if !text.is_ascii() {
                return None;
            }
            let bytes = text.as_bytes();
            bytes.get(place(key.as_small()?, bytes.len())).map(|byte| ascii_char(*byte).into_value())
        }
        Kind::List => {
            let items = container.get::<List>()?.body().borrow();
            items.get(place(key.as_small()?, items.len())).cloned()
        }
        Kind::Tuple => {
            let tuple = container.get::<Tuple>()?;
            let items = tuple.items();
            items.get(place(key.as_small()?, items.len())).cloned()
        }
        _ => None,
    }
}

/// `container[key] = value` for a dict; the value is handed back when the machine has to do it.
#[inline(never)]
pub fn store(container: &Value, key: &Value, value: Value) -> Result<(), Value> {
    match (container.get::<Dict>(), hash(key)) {
        (Some(dict), Some(hash)) => dict.set(key.clone(), hash, value),
        _ => Err(value),
    }
}

/// `item in container`
#[inline(never)]
pub fn contains(container: &Value, item: &Value) -> Option<bool> {
    let found = match container.kind()? {
        Kind::Dict => container.get::<Dict>()?.table.borrow().find(item, hash(item)?),
        Kind::Set => container.get::<Set>()?.table.borrow().find(item, hash(item)?),
        Kind::Str => {
            let (text, wanted) = (container.get::<Str>()?, item.get::<Str>()?);
            return match wanted.as_bytes() {
                [byte] => Some(memchr::memchr(*byte, text.as_bytes()).is_some()),
                _ => None,
            };
        }
        _ => return None,
    };
    match found {
        Lookup::Found(_) => Some(true),
        Lookup::Absent => Some(false),
        Lookup::NeedsPython => None,
    }
}

/// How two strings compare.
#[inline(never)]
pub fn order(a: &Value, b: &Value) -> Option<std::cmp::Ordering> {
    let (a, b) = (a.get::<Str>()?, b.get::<Str>()?);
    Some(if a.same(&b) { std::cmp::Ordering::Equal } else { a.as_bytes().cmp(b.as_bytes()) })
}

/// The truth of a container: is there anything in it?
#[inline(never)]
pub fn truth(value: &Value) -> Option<bool> {
    Some(match value.kind()? {
        Kind::Str => !value.get::<Str>()?.as_bytes().is_empty(),
        Kind::List => !value.get::<List>()?.is_empty(),
        Kind::Tuple => !value.get::<Tuple>()?.items().is_empty(),
        Kind::Dict => !value.get::<Dict>()?.is_empty(),
        Kind::Set => !value.get::<Set>()?.is_empty(),
        _ => return None,
    })
}
