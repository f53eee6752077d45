//! Answers to what instructions ask most often of the most common kinds of values. They change nothing but the container
//! that is written to; `None` means that the question is for the machine, which knows everything else.

use super::arithmetic::{self, Arith};
use super::class::TypeFlags;
use super::dict::{Dict, Lookup};
use super::float::Complex;
use super::foreign::Foreign;
use super::hashing::{self, Hashed};
use super::heap::Ref;
use super::instance::Instance;
use super::kind::Kind;
use super::list::List;
use super::range::Slice;
use super::set::Set;
use super::string::{ByteArray, Bytes, Str, ascii_char};
use super::tuple::Tuple;
use super::value::Value;
use crate::memory;
use crate::text::hash::hash_i64;
use crate::text::search;
use std::cmp::Ordering;

/// The hash of a key, if it has one that needs no Python code.
#[inline(always)]
pub fn hash(key: &Value) -> Option<i64> {
    match key.as_small() {
        Some(i) => Some(hash_i64(i)),
        None => match key.get::<Str>() {
            Some(text) => Some(text.hash()),
            None => hash_of_other(key),
        },
    }
}

#[inline(never)]
fn hash_of_other(key: &Value) -> Option<i64> {
    match hashing::hash(key) {
        Hashed::Known(hash) => Some(hash),
        _ => None,
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
        Kind::Bytes => {
            let bytes = &container.get::<Bytes>()?.body().data;
            bytes.get(place(key.as_small()?, bytes.len())).map(|byte| Value::small(i64::from(*byte)))
        }
        Kind::Foreign => container.get::<Foreign>()?.object().item(key),
        Kind::Instance => {
            // Of a class that derives from a builtin one and keeps its way of looking items up. What is not there may be
            // made by a `__missing__`.
            let instance = container.get::<Instance>()?;
            let flags = instance.class().flags();
            if !flags.has(TypeFlags::PAYLOAD) || flags.has(TypeFlags::CUSTOM_ITEM) {
                return None;
            }
            let payload = container.payload();
            if payload.is_kind(Kind::Instance) { None } else { item(payload, key) }
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

/// `text[index]`, if that is a character of an ASCII string: its code.
#[inline(always)]
pub fn character(text: &Value, index: &Value) -> Option<u8> {
    if !text.is_kind(Kind::Str) {
        return None;
    }
    let (text, index) = (text.get::<Str>()?, index.as_small()?);
    if !text.is_ascii() {
        return None;
    }
    let bytes = text.as_bytes();
    bytes.get(place(index, bytes.len())).copied()
}

/// `container[key] = value` for a dict; the value is handed back when the machine has to do it.
#[inline(never)]
pub fn store(container: &Value, key: &Value, value: Value) -> Result<(), Value> {
    let container = match container.get::<Instance>() {
        None => container,
        Some(instance) => {
            let flags = instance.class().flags();
            if !flags.has(TypeFlags::PAYLOAD) || flags.has(TypeFlags::CUSTOM_ITEM) {
                return Err(value);
            }
            container.payload()
        }
    };
    match (container.get::<Dict>(), hash(key)) {
        (Some(dict), Some(hash)) => dict.set(key, hash, value),
        _ => Err(value),
    }
}

/// `{key: value, ...}` of keys and values in turn.
#[inline(never)]
pub fn dict_of(parts: &[Value]) -> Option<Value> {
    let dict = Dict::empty();
    for pair in parts.chunks_exact(2) {
        dict.set(&pair[0], hash(&pair[0])?, pair[1].clone()).ok()?;
    }
    Some(Value::object(dict))
}

/// `set.add(member)`; `false` when the machine has to do it.
#[inline(never)]
pub fn add_member(set: &Value, member: &Value) -> bool {
    let (Some(set), Some(hash)) = (set.get::<Set>(), hash(member)) else { return false };
    set.table.borrow_mut().add(member.clone(), hash) != Lookup::NeedsPython
}

/// First place, step and count of the items that a slice of plain parts selects.
#[inline(always)]
fn bounds(parts: &[Value; 3], length: usize) -> Option<(usize, i64, usize)> {
    let part = |value: &Value| match value.as_small() {
        Some(i) => Some(Some(i)),
        None if value.is_none() => Some(None),
        None => None,
    };
    let step = part(&parts[2])?.unwrap_or(1);
    if step == 0 {
        return None;
    }
    let (start, _, count) = Slice::resolve(part(&parts[0])?, part(&parts[1])?, step, length);
    Some((start as usize, step, count))
}

/// `container[start:stop:step]`
#[inline(never)]
pub fn slice(container: &Value, parts: &[Value; 3]) -> Option<Value> {
    match container.kind()? {
        Kind::List => {
            let items = container.get::<List>()?.body().borrow();
            let (start, step, count) = bounds(parts, items.len())?;
            Some(Value::list(selected(&items, start, step, count)))
        }
        Kind::Tuple => {
            let tuple = container.get::<Tuple>()?;
            let (start, step, count) = bounds(parts, tuple.items().len())?;
            if step == 1 && count == tuple.items().len() {
                return Some(container.clone());
            }
            Some(Value::tuple(selected(tuple.items(), start, step, count)))
        }
        Kind::Str => {
            let text = container.get::<Str>()?;
            let (start, step, count) = bounds(parts, text.chars())?;
            if step == 1 {
                return Some(text.slice(start, start + count).into_value());
            }
            if !text.is_ascii() {
                return None;
            }
            let bytes = text.as_bytes();
            Some(Ref::<Str>::ascii_of(count, |n| bytes[nth(start, step, n)]).into_value())
        }
        Kind::Bytes => {
            let bytes = container.get::<Bytes>()?;
            let (start, step, count) = bounds(parts, bytes.data.len())?;
            (step == 1).then(|| Value::bytes(&bytes.data[start..start + count]))
        }
        _ => None,
    }
}

fn selected(items: &[Value], start: usize, step: i64, count: usize) -> Vec<Value> {
    if step == 1 {
        return items[start..start + count].to_vec();
    }
    (0..count).map(|n| items[nth(start, step, n)].clone()).collect()
}

/// `container[start:stop:step] = value` where as many items of a list are replaced by those of another list or a tuple.
#[inline(never)]
pub fn store_slice(container: &Value, parts: &[Value; 3], value: &Value) -> bool {
    let Some(list) = container.get::<List>() else { return false };
    let mut items = list.body().borrow_mut();
    let Some((start, step, count)) = bounds(parts, items.len()) else { return false };
    let mut replace = |new: &[Value]| {
        if new.len() != count {
            return false;
        }
        if step == 1 {
            // From the end, as CPython drops what was there: finalisers show the order.
            items[start..start + count].iter_mut().zip(new).rev().for_each(|(item, new)| *item = new.clone());
        } else {
            new.iter().enumerate().for_each(|(n, new)| items[nth(start, step, n)] = new.clone());
        }
        true
    };
    match value.kind() {
        Some(Kind::List) if !value.is(container) => {
            value.get::<List>().is_some_and(|new| replace(&new.body().borrow()))
        }
        Some(Kind::Tuple) => value.get::<Tuple>().is_some_and(|new| replace(new.items())),
        _ => false,
    }
}

/// The place of item `n` of a slice.
#[inline(always)]
fn nth(start: usize, step: i64, n: usize) -> usize {
    (start as i64).wrapping_add((n as i64).wrapping_mul(step)) as usize
}

/// `item in container`
#[inline(never)]
pub fn contains(container: &Value, item: &Value) -> Option<bool> {
    // A character of a few, as parsers ask.
    if let (Some(text), Some(wanted)) = (container.get::<Str>(), item.get::<Str>())
        && let [byte] = wanted.as_bytes()
        && text.as_bytes().len() <= 16
    {
        return Some(has_byte(text.as_bytes(), *byte));
    }
    let found = match container.kind()? {
        Kind::Dict => container.get::<Dict>()?.table.borrow().find(item, hash(item)?),
        Kind::Set => container.get::<Set>()?.table.borrow().find(item, hash(item)?),
        Kind::Str => {
            let (text, wanted) = (container.get::<Str>()?, item.get::<Str>()?);
            return match wanted.as_bytes() {
                [byte] => Some(memchr::memchr(*byte, text.as_bytes()).is_some()),
                wanted => Some(search::contains(text.as_bytes(), wanted)),
            };
        }
        // What is equal comes before what is not known, so a doubt ends the search.
        Kind::List => return among(&container.get::<List>()?.body().borrow(), item),
        Kind::Tuple => return among(container.get::<Tuple>()?.items(), item),
        _ => return None,
    };
    match found {
        Lookup::Found(_) => Some(true),
        Lookup::Absent => Some(false),
        Lookup::NeedsPython => None,
    }
}

/// Is `byte` among the at most sixteen? Eight are compared at once: those of the first and of the last eight.
#[inline(always)]
fn has_byte(few: &[u8], byte: u8) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let differing = |eight: &[u8; 8]| u64::from_le_bytes(*eight) ^ (ONES * byte as u64);
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & ONES << 7 != 0;
    match (few.first_chunk::<8>(), few.last_chunk::<8>()) {
        (Some(first), Some(last)) => has_zero(differing(first)) || has_zero(differing(last)),
        _ => few.contains(&byte),
    }
}

/// Is one of `items` a small int or a string like `item`? `None` as soon as that takes more than comparing words and texts.
fn among(items: &[Value], item: &Value) -> Option<bool> {
    if item.is_small() {
        for other in items {
            if other.is(item) {
                return Some(true);
            }
            // Of what is no number, only objects with an `__eq__` of their own may equal one.
            if !other.is_small() && !other.is_kind(Kind::Str) && !other.is_none() {
                return None;
            }
        }
        return Some(false);
    }
    if !item.is_kind(Kind::Str) {
        return None;
    }
    for other in items {
        if other.is(item) {
            return Some(true);
        }
        if other.is_kind(Kind::Str) {
            if equality_of_texts(item, other)? == Ordering::Equal {
                return Some(true);
            }
        } else if !other.is_small() && !other.is_none() {
            return None;
        }
    }
    Some(false)
}

/// Is `a` the text `b`, which is interned? `None` if `a` is no string.
#[inline(always)]
pub fn equals_interned(a: &Value, b: &Value) -> Option<bool> {
    if a.is(b) {
        return Some(true);
    }
    let text = a.get::<Str>()?;
    if text.is_interned() {
        return Some(false);
    }
    equality_of_texts(a, b).map(|order| order == Ordering::Equal)
}

/// `a op b` of numbers beyond the inline ones, of strings, bytes and tuples, also for `a op= b`: nothing here can be changed
/// in place. `None` also where it is an error.
#[inline(never)]
pub fn arithmetic(op: Arith, a: &Value, b: &Value) -> Option<Value> {
    match (a.kind(), b.kind()) {
        (Some(Kind::Complex), Some(Kind::Complex)) if op != Arith::TrueDiv && op != Arith::Pow => {
            let (x, y) = (a.get::<Complex>()?, b.get::<Complex>()?);
            match op {
                Arith::Add => Some(Complex::value(x.re + y.re, x.im + y.im)),
                Arith::Sub => Some(Complex::value(x.re - y.re, x.im - y.im)),
                Arith::Mul => {
                    let (re, im) = (x.re * y.re - x.im * y.im, x.re * y.im + x.im * y.re);
                    // What is no number may be an infinity after all.
                    if re.is_nan() && im.is_nan() {
                        return arithmetic::binary(op, a, b).ok()?;
                    }
                    Some(Complex::value(re, im))
                }
                _ => arithmetic::binary(op, a, b).ok()?,
            }
        }
        (Some(Kind::Str), Some(Kind::Str)) if op == Arith::Add => {
            let (x, y) = (a.get::<Str>()?, b.get::<Str>()?);
            let size = x.as_bytes().len() + y.as_bytes().len();
            (size <= Str::LONGEST && memory::fits(size)).then(|| Value::object(x.concat(&y)))
        }
        (Some(Kind::Str), None) if op == Arith::Mul => {
            let (text, times) = (a.get::<Str>()?, usize::try_from(b.as_small()?).ok()?);
            let bytes = text.as_bytes();
            let length = bytes.len().checked_mul(times).filter(|length| (2..=SHORT).contains(length))?;
            text.is_ascii().then(|| Ref::<Str>::from_ascii(&bytes.repeat(times)[..length]).into_value())
        }
        (Some(Kind::Bytes), Some(Kind::Bytes)) if op == Arith::Add => {
            let (x, y) = (a.get::<Bytes>()?, b.get::<Bytes>()?);
            if x.data.is_empty() || y.data.is_empty() {
                // One of them is the sum.
                return None;
            }
            (x.data.len() + y.data.len() <= SHORT).then(|| Value::bytes([&x.data[..], &y.data[..]].concat()))
        }
        (Some(Kind::Tuple), Some(Kind::Tuple)) if op == Arith::Add => {
            let (x, y) = (a.get::<Tuple>()?, b.get::<Tuple>()?);
            let (x, y) = (x.items(), y.items());
            if x.len() + y.len() > SHORT || x.is_empty() || y.is_empty() {
                return None;
            }
            let item = |n: usize| x.get(n).unwrap_or_else(|| &y[n - x.len()]).clone();
            Some(Value::object(Ref::<Tuple>::build(x.len() + y.len(), item)))
        }
        (Some(Kind::BigInt | Kind::Float | Kind::Complex), None | Some(Kind::BigInt | Kind::Float | Kind::Complex))
        | (None, Some(Kind::BigInt | Kind::Float | Kind::Complex)) => arithmetic::binary(op, a, b).ok()?,
        _ => None,
    }
}

/// Containers up to this length are built without asking whether there is memory.
const SHORT: usize = 1 << 10;

/// How two strings compare; with `equality`, only whether they are equal is asked.
#[inline(always)]
pub fn order(a: &Value, b: &Value, equality: bool) -> Option<Ordering> {
    if !a.is_kind(Kind::Str) || !b.is_kind(Kind::Str) {
        return None;
    }
    if a.is(b) {
        return Some(Ordering::Equal);
    }
    if equality { equality_of_texts(a, b) } else { order_of_texts(a, b) }
}

#[inline(never)]
fn equality_of_texts(a: &Value, b: &Value) -> Option<Ordering> {
    let (a, b) = (a.get::<Str>()?, b.get::<Str>()?);
    // Of two interned strings each is the only one of its text.
    let equal = !(a.is_interned() && b.is_interned()) && a.as_bytes() == b.as_bytes();
    Some(if equal { Ordering::Equal } else { Ordering::Less })
}

#[inline(never)]
fn order_of_texts(a: &Value, b: &Value) -> Option<Ordering> {
    Some(a.get::<Str>()?.as_bytes().cmp(b.get::<Str>()?.as_bytes()))
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
        Kind::Bytes => !value.get::<Bytes>()?.body().data.is_empty(),
        Kind::ByteArray => !value.get::<ByteArray>()?.body().data.borrow().is_empty(),
        Kind::Foreign => value.get::<Foreign>()?.object().length()? > 0,
        _ => return None,
    })
}
