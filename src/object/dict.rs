//! Dicts: a compact table that keeps insertion order.
//!
//! The entries stand in a vector in the order they came; an open-addressed index of their numbers, by hash, finds them. A
//! small dict has no index: its few entries are looked through.
//! Probing never runs Python code (law 1): where a key's own `__eq__` would have to be asked, [`Lookup::NeedsPython`] is
//! the answer and the prelude goes on from there with [`Table::next_candidate`].

use super::equality::{self, Answer};
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::string::Str;
use super::value::Value;
use std::cell::{Cell, RefCell};

/// What looking for a key came to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Lookup {
    /// It is entry number so-and-so.
    Found(usize),
    /// It is not there.
    Absent,
    /// An `__eq__` written in Python must be asked.
    NeedsPython,
}

/// An `__eq__` written in Python must be asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NeedsPython;

/// A key, its hash, its value. A deleted entry has a key of [`Value::UNDEF`].
#[derive(Clone)]
pub struct Entry {
    /// Hash of the key.
    pub hash: i64,
    /// The key.
    pub key: Value,
    /// The value.
    pub value: Value,
}

/// Up to this many entries, deleted ones included, need no index.
const SMALL: usize = 8;

const EMPTY: u32 = u32::MAX;
const DELETED: u32 = u32::MAX - 1;

/// Are these keys, whose hashes are equal, equal? Nearly always they are texts.
#[inline(always)]
fn equal(a: &Value, b: &Value) -> Answer {
    match (a.get::<Str>(), b.get::<Str>()) {
        (Some(a), Some(b)) if a.as_bytes() == b.as_bytes() => Answer::Yes,
        _ => equality::equal(a, b),
    }
}

/// The table of a dict.
#[derive(Default, Clone)]
pub struct Table {
    entries: Vec<Entry>,
    /// A power of two long, or empty while there are few entries.
    index: Vec<u32>,
    live: usize,
    /// How many places of the index are not empty. A search ends at an empty one, so there must always be some.
    used: usize,
}

impl Table {
    /// How many entries.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.live
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// How many entries there are, deleted ones included: the end of entry numbers.
    #[inline(always)]
    pub fn end(&self) -> usize {
        self.entries.len()
    }

    /// The live entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter().filter(|entry| !entry.key.is_undef())
    }

    /// Entry `number`, unless it was deleted or does not exist.
    #[inline(always)]
    pub fn entry(&self, number: usize) -> Option<&Entry> {
        self.entries.get(number).filter(|entry| !entry.key.is_undef())
    }

    /// The value of entry `number`, which exists.
    #[inline(always)]
    pub fn value(&self, number: usize) -> &Value {
        &self.entries[number].value
    }

    /// Replace the value of entry `number`, handing back the old one.
    #[inline(always)]
    pub fn set_value(&mut self, number: usize, value: Value) -> Value {
        std::mem::replace(&mut self.entries[number].value, value)
    }

    /// The entry of `key`. Most keys are found where they are looked for first, and are the very object that was asked for:
    /// that is all that is done in place.
    #[inline(always)]
    pub fn find(&self, key: &Value, hash: i64) -> Lookup {
        if self.index.is_empty() {
            let Some(number) = self.entries.iter().position(|entry| entry.hash == hash) else { return Lookup::Absent };
            if self.entries[number].key.is(key) {
                return Lookup::Found(number);
            }
        } else {
            let number = self.index[start(hash, self.index.len() - 1)] as usize;
            if self.entries.get(number).is_some_and(|entry| entry.key.is(key)) {
                return Lookup::Found(number);
            }
        }
        self.find_equal(key, hash)
    }

    #[inline(never)]
    fn find_equal(&self, key: &Value, hash: i64) -> Lookup {
        if self.index.is_empty() {
            return self.look_through(key, hash);
        }
        let mask = self.index.len() - 1;
        let mut at = start(hash, mask);
        loop {
            match self.index[at] {
                EMPTY => return Lookup::Absent,
                DELETED => {}
                number => {
                    let entry = &self.entries[number as usize];
                    if entry.key.is(key) {
                        return Lookup::Found(number as usize);
                    }
                    if entry.hash == hash {
                        match equal(&entry.key, key) {
                            Answer::Yes => return Lookup::Found(number as usize),
                            Answer::No => {}
                            Answer::NeedsPython | Answer::TooDeep => return Lookup::NeedsPython,
                        }
                    }
                }
            }
            at = (at + 1) & mask;
        }
    }

    #[inline]
    fn look_through(&self, key: &Value, hash: i64) -> Lookup {
        for (number, entry) in self.entries.iter().enumerate() {
            if entry.hash != hash || entry.key.is_undef() {
                continue;
            }
            if entry.key.is(key) {
                return Lookup::Found(number);
            }
            match equal(&entry.key, key) {
                Answer::Yes => return Lookup::Found(number),
                Answer::No => {}
                Answer::NeedsPython | Answer::TooDeep => return Lookup::NeedsPython,
            }
        }
        Lookup::Absent
    }

    /// The entry whose key is this text.
    #[inline]
    pub fn find_str(&self, key: &Ref<Str>) -> Option<usize> {
        let hash = key.hash();
        if self.index.is_empty() {
            let is_it =
                |entry: &Entry| entry.hash == hash && entry.key.native::<Str>().is_some_and(|text| text.same(key));
            return self.entries.iter().position(is_it);
        }
        let mask = self.index.len() - 1;
        let mut at = start(hash, mask);
        loop {
            match self.index[at] {
                EMPTY => return None,
                DELETED => {}
                number => {
                    let entry = &self.entries[number as usize];
                    if entry.hash == hash
                        && let Some(text) = entry.key.native::<Str>()
                        && text.same(key)
                    {
                        return Some(number as usize);
                    }
                }
            }
            at = (at + 1) & mask;
        }
    }

    /// The first entry in probing order after entry `after` (from the start when `None`) with this hash: what the prelude
    /// walks when keys have an `__eq__` of their own.
    pub fn next_candidate(&self, hash: i64, after: Option<usize>) -> Option<usize> {
        if self.index.is_empty() {
            let first = after.map_or(0, |after| after + 1);
            let is_it = |number: &usize| self.entry(*number).is_some_and(|entry| entry.hash == hash);
            return (first..self.entries.len()).find(is_it);
        }
        let mask = self.index.len() - 1;
        let mut at = start(hash, mask);
        let mut passed = after.is_none();
        for _ in 0..=mask {
            match self.index[at] {
                EMPTY => return None,
                DELETED => {}
                number => {
                    if passed && self.entries[number as usize].hash == hash {
                        return Some(number as usize);
                    }
                    passed |= Some(number as usize) == after;
                }
            }
            at = (at + 1) & mask;
        }
        None
    }

    /// Add an entry for a key that is known to be absent; its number.
    pub fn push(&mut self, key: Value, hash: i64, value: Value) -> usize {
        if self.index.is_empty() {
            if self.entries.len() == SMALL {
                self.entries.retain(|entry| !entry.key.is_undef());
            }
            if self.entries.len() < SMALL {
                self.entries.push(Entry { hash, key, value });
                self.live += 1;
                return self.entries.len() - 1;
            }
        }
        if !self.has_room() {
            self.rebuild(self.live + 1);
        }
        let number = self.entries.len();
        self.entries.push(Entry { hash, key, value });
        self.live += 1;
        let mask = self.index.len() - 1;
        let mut at = start(hash, mask);
        while self.index[at] < DELETED {
            at = (at + 1) & mask;
        }
        self.used += (self.index[at] == EMPTY) as usize;
        self.index[at] = number as u32;
        number
    }

    /// Is nothing where a search for a key of this hash begins, in the index?
    #[inline(always)]
    fn is_free_at_start(&self, hash: i64) -> bool {
        !self.index.is_empty() && self.index[start(hash, self.index.len() - 1)] == EMPTY
    }

    /// May one more entry come without rebuilding the index?
    #[inline(always)]
    fn has_room(&self) -> bool {
        // The index stays at most two thirds full, counting deleted entries, whether they are still listed or not.
        (self.entries.len().max(self.used) + 1) * 3 <= self.index.len() * 2
    }

    /// Add an entry for which both are true; see [`Table::is_free_at_start`] and [`Table::has_room`].
    #[inline(always)]
    fn push_at_start(&mut self, key: Value, hash: i64, value: Value) {
        let at = start(hash, self.index.len() - 1);
        self.index[at] = self.entries.len() as u32;
        self.used += 1;
        self.live += 1;
        self.entries.push(Entry { hash, key, value });
    }

    /// Make room for `wanted` live entries, dropping the deleted ones.
    fn rebuild(&mut self, wanted: usize) {
        if self.live < self.entries.len() {
            self.entries.retain(|entry| !entry.key.is_undef());
        }
        let size = (wanted * 2 + wanted / 2).next_power_of_two().max(8);
        self.index.clear();
        self.index.resize(size, EMPTY);
        let mask = size - 1;
        for (number, entry) in self.entries.iter().enumerate() {
            let mut at = start(entry.hash, mask);
            while self.index[at] != EMPTY {
                at = (at + 1) & mask;
            }
            self.index[at] = number as u32;
        }
        self.used = self.entries.len();
    }

    /// Take entry `number` out.
    pub fn remove(&mut self, number: usize) -> Option<Entry> {
        let entry = self.entries.get_mut(number).filter(|entry| !entry.key.is_undef())?;
        let hash = entry.hash;
        let gone = Entry { hash, key: std::mem::take(&mut entry.key), value: std::mem::take(&mut entry.value) };
        self.live -= 1;
        if !self.index.is_empty() {
            self.unlist(number, hash);
        }
        if number + 1 == self.entries.len() {
            // Nobody can tell a deleted last entry from one that never was, as long as the index has forgotten it.
            self.entries.pop();
            while self.entries.last().is_some_and(|entry| entry.key.is_undef()) {
                self.entries.pop();
            }
        }
        Some(gone)
    }

    /// Have the index forget entry `number`.
    fn unlist(&mut self, number: usize, hash: i64) {
        let mask = self.index.len() - 1;
        let mut at = start(hash, mask);
        while self.index[at] != number as u32 {
            at = (at + 1) & mask;
        }
        self.index[at] = DELETED;
        if self.index[(at + 1) & mask] == EMPTY {
            // No search goes on past this place, nor past deleted ones right before it.
            while self.index[at] == DELETED {
                self.index[at] = EMPTY;
                self.used -= 1;
                at = at.wrapping_sub(1) & mask;
            }
        }
    }

    /// Take everything out.
    pub fn clear(&mut self) -> Table {
        std::mem::take(self)
    }
}

#[inline(always)]
fn start(hash: i64, mask: usize) -> usize {
    // Multiplying spreads hashes that differ only in their high bits; ints in a row still fall side by side.
    let hash = hash as u64;
    (hash ^ (hash >> 32)) as usize & mask
}

/// `dict`
#[derive(Default)]
pub struct Dict {
    /// The table.
    pub table: RefCell<Table>,
    /// A number for the present set of keys, unique among all dicts; 0 until somebody asks. See [`Dict::version`].
    version: Cell<u32>,
}

/// The least number that [`new_version`] gives. Below it are zero, for "none", and what else needs a number among versions.
pub const FIRST_VERSION: u32 = 256;

thread_local! {
    static NEXT_VERSION: Cell<u32> = const { Cell::new(FIRST_VERSION) };
}

/// A number that no dict, class or shape has had before.
pub fn new_version() -> u32 {
    let version = NEXT_VERSION.get();
    NEXT_VERSION.set(version.checked_add(1).unwrap_or(FIRST_VERSION));
    version
}

impl HeapKind for Dict {
    const KIND: Kind = Kind::Dict;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        for entry in object.table.borrow().iter() {
            see(&entry.key);
            see(&entry.value);
        }
    }
    fn outside(object: &Ref<Self>) -> usize {
        let table = object.table.borrow();
        table.entries.capacity() * size_of::<Entry>() + table.index.capacity() * 4
    }
    fn clear(object: &Ref<Self>) {
        let old = object.table.borrow_mut().clear();
        object.version.set(0);
        drop(old);
    }
}

impl Dict {
    /// An empty dict.
    pub fn empty() -> Ref<Dict> {
        Ref::new(Dict::default())
    }

    /// How many entries.
    #[inline(always)]
    pub fn len(&self) -> usize {
        self.table.borrow().len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A number that stays the same exactly as long as no key comes or goes: an inline cache that saw it may go straight
    /// to the entry. Assigning to a key that is there does not change it.
    #[inline(always)]
    pub fn version(&self) -> u32 {
        self.version.get()
    }

    /// The version, handed out now if there is none yet.
    pub fn ensure_version(&self) -> u32 {
        if self.version.get() == 0 {
            self.version.set(new_version());
        }
        self.version.get()
    }

    /// Keys come or go.
    #[inline(always)]
    pub fn touch(&self) {
        self.version.set(0);
    }

    /// The value of a text key.
    pub fn get_str(&self, key: &Ref<Str>) -> Option<Value> {
        let table = self.table.borrow();
        table.find_str(key).map(|number| table.value(number).clone())
    }

    /// Set the value of a text key.
    pub fn set_str(&self, key: &Ref<Str>, value: Value) {
        let mut table = self.table.borrow_mut();
        let old = match table.find_str(key) {
            Some(number) => table.set_value(number, value),
            None => {
                self.touch();
                table.push(key.value(), key.hash(), value);
                Value::UNDEF
            }
        };
        drop(table);
        drop(old);
    }

    /// Remove a text key; its value, if it was there.
    pub fn remove_str(&self, key: &Ref<Str>) -> Option<Value> {
        let mut table = self.table.borrow_mut();
        let number = table.find_str(key)?;
        self.touch();
        let gone = table.remove(number);
        drop(table);
        gone.map(|entry| entry.value)
    }

    /// Set `key` to `value` if nothing is where a search for the key begins, as is usual for a new one; else the value is handed
    /// back.
    #[inline(always)]
    pub fn set_new(&self, key: &Value, hash: i64, value: Value) -> Result<(), Value> {
        let mut table = self.table.borrow_mut();
        if !table.is_free_at_start(hash) || !table.has_room() {
            return Err(value);
        }
        self.touch();
        table.push_at_start(key.clone(), hash, value);
        Ok(())
    }

    /// Set `key` to `value` if that needs no Python code: `Err` gives the value back.
    pub fn set(&self, key: &Value, hash: i64, value: Value) -> Result<(), Value> {
        let Err(value) = self.set_new(key, hash, value) else { return Ok(()) };
        let mut table = self.table.borrow_mut();
        let old = match table.find(key, hash) {
            Lookup::Found(number) => table.set_value(number, value),
            Lookup::Absent => {
                self.touch();
                table.push(key.clone(), hash, value);
                return Ok(());
            }
            Lookup::NeedsPython => return Err(value),
        };
        drop(table);
        drop(old);
        Ok(())
    }

    /// The value of `key`: `Ok(None)` when absent, `Err` when Python code must be asked.
    pub fn get(&self, key: &Value, hash: i64) -> Result<Option<Value>, NeedsPython> {
        let table = self.table.borrow();
        match table.find(key, hash) {
            Lookup::Found(number) => Ok(Some(table.value(number).clone())),
            Lookup::Absent => Ok(None),
            Lookup::NeedsPython => Err(NeedsPython),
        }
    }

    /// Remove `key`: its entry, `Ok(None)` when absent, `Err` when Python code must be asked.
    pub fn remove(&self, key: &Value, hash: i64) -> Result<Option<Entry>, NeedsPython> {
        let mut table = self.table.borrow_mut();
        match table.find(key, hash) {
            Lookup::Found(number) => {
                self.touch();
                Ok(table.remove(number))
            }
            Lookup::Absent => Ok(None),
            Lookup::NeedsPython => Err(NeedsPython),
        }
    }

    /// Take entry `number` out.
    pub fn remove_entry(&self, number: usize) -> Option<Entry> {
        self.touch();
        self.table.borrow_mut().remove(number)
    }

    /// A shallow copy.
    pub fn copy(&self) -> Ref<Dict> {
        Ref::new(Dict { table: RefCell::new(self.table.borrow().clone()), version: Cell::new(0) })
    }

    /// Copies of keys and values, in order.
    pub fn items(&self) -> Vec<(Value, Value)> {
        self.table.borrow().iter().map(|entry| (entry.key.clone(), entry.value.clone())).collect()
    }

    /// Copies of the keys, in order.
    pub fn keys(&self) -> Vec<Value> {
        self.table.borrow().iter().map(|entry| entry.key.clone()).collect()
    }
}

/// What a view shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ViewKind {
    /// `dict.keys()`
    Keys,
    /// `dict.values()`
    Values,
    /// `dict.items()`
    Items,
}

/// A view of a dict.
pub struct DictView {
    /// The dict.
    pub dict: Ref<Dict>,
    /// What it shows.
    pub kind: ViewKind,
}

impl HeapKind for DictView {
    const KIND: Kind = Kind::DictView;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.dict.show(see);
    }
    fn clear(_: &Ref<Self>) {}
}

/// A mapping for reading only.
pub struct MappingProxy {
    /// The mapping.
    pub mapping: Value,
}

impl HeapKind for MappingProxy {
    const KIND: Kind = Kind::MappingProxy;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        see(&object.mapping);
    }
    fn clear(_: &Ref<Self>) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::object::hashing::{Hashed, hash};

    fn hash_of(value: &Value) -> i64 {
        match hash(value) {
            Hashed::Known(hash) => hash,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn comes_and_goes_without_filling_up() {
        let dict = Dict::empty();
        let permanent = Value::int(5);
        assert!(dict.set(&permanent, hash_of(&permanent), Value::NONE).is_ok());
        for i in 0..1000 {
            let key = Value::int(i * 3 + 100);
            assert!(dict.set(&key, hash_of(&key), Value::NONE).is_ok());
            assert!(dict.remove(&key, hash_of(&key)).is_ok_and(|gone| gone.is_some()));
            assert!(dict.get(&key, hash_of(&key)).is_ok_and(|found| found.is_none()));
        }
        assert_eq!(dict.len(), 1);
    }

    #[test]
    fn keeps_order_through_deletion_and_growth() {
        let dict = Dict::empty();
        for i in 0..1000 {
            let key = Value::int(i * 7);
            assert!(dict.set(&key, hash_of(&key), Value::int(i)).is_ok());
        }
        for i in (0..1000).step_by(2) {
            let key = Value::int(i * 7);
            assert!(dict.remove(&key, hash_of(&key)).is_ok_and(|gone| gone.is_some()));
        }
        assert_eq!(dict.len(), 500);
        let keys: Vec<_> = dict.keys().iter().filter_map(Value::as_small).collect();
        assert_eq!(keys, (0..1000).filter(|i| i % 2 == 1).map(|i| i * 7).collect::<Vec<_>>());
        let one = Value::float(7.0);
        assert_eq!(dict.get(&one, hash_of(&one)).map(|v| v.and_then(|v| v.as_small())), Ok(Some(1)));
    }
}
