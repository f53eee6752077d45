//! Sets: an open-addressed table whose order is CPython's.
//!
//! Programs print sets, and the order they come out in is a function of the hashes, the history of insertions and the
//! way the table is probed and grown. So that is the same here: up to nine neighbours are tried before the hash's higher
//! bits choose another place, and the table grows fourfold (twofold when large) at three fifths full.

use super::dict::Lookup;
use super::equality::{self, Answer};
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::value::Value;
use std::cell::RefCell;

const NEIGHBOURS: usize = 9;
const PERTURB: u32 = 5;
const SMALLEST: usize = 8;

#[derive(Clone)]
struct Place {
    hash: i64,
    /// [`Value::UNDEF`] when free; see `hash` for which kind of free.
    key: Value,
}

/// `Place::hash` of a place whose key was removed: no key has this hash.
const REMOVED: i64 = -1;

impl Place {
    const FREE: Place = Place { hash: 0, key: Value::UNDEF };
    fn is_free(&self) -> bool {
        self.key.is_undef() && self.hash != REMOVED
    }
}

/// The table of a set.
#[derive(Clone)]
pub struct SetTable {
    places: Vec<Place>,
    /// Places in use or once used.
    filled: usize,
    live: usize,
    /// Where `pop` looks first.
    finger: usize,
    /// Kept from the first removal on, while the table is small.
    present: Option<Box<Present>>,
}

impl Default for SetTable {
    fn default() -> SetTable {
        SetTable { places: vec![Place::FREE; SMALLEST], filled: 0, live: 0, finger: 0, present: None }
    }
}

/// A table of at most so many places whose members come and go knows what is [`Present`].
const SMALL: usize = 1024;

/// How many members there are for each value of their hashes' last six bits, and where the only one is. A small set whose
/// members come and go (those in use, on the way) is full of places of removed members, past which each search would have to
/// go otherwise.
#[derive(Clone)]
struct Present {
    counts: [u8; 64],
    /// Where the one that is counted is, if that is known and [`Present::FAR`] or beyond is not the answer.
    places: [u8; 64],
}

impl Present {
    /// It is this far away or further, or nobody knows.
    const FAR: u8 = u8::MAX;

    /// What is in these places.
    fn among(places: &[Place]) -> Option<Box<Present>> {
        if places.len() > SMALL {
            return None;
        }
        let mut present = Box::new(Present { counts: [0; 64], places: [Present::FAR; 64] });
        for (place, found) in places.iter().enumerate().filter(|(_, found)| !found.key.is_undef()) {
            present.comes(found.hash, place);
        }
        Some(present)
    }

    fn comes(&mut self, hash: i64, place: usize) {
        let bits = hash as usize & 63;
        self.counts[bits] = self.counts[bits].saturating_add(1);
        self.places[bits] = place.min(Present::FAR as usize) as u8;
    }

    /// A count that was too high once stays as it is.
    fn goes(&mut self, hash: i64) {
        let bits = hash as usize & 63;
        let count = &mut self.counts[bits];
        *count -= (1..u8::MAX).contains(count) as u8;
        self.places[bits] = Present::FAR;
    }
}

enum Probe {
    Found(usize),
    /// Not there: the free place that ended the search, and the last place passed whose member was removed.
    Free(usize, Option<usize>),
    NeedsPython,
}

impl SetTable {
    /// How many members.
    pub fn len(&self) -> usize {
        self.live
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.live == 0
    }

    /// Members and their hashes, in table order.
    pub fn iter(&self) -> impl Iterator<Item = (&Value, i64)> {
        self.places.iter().filter(|place| !place.key.is_undef()).map(|place| (&place.key, place.hash))
    }

    /// The hashes of the members.
    pub fn hashes(&self) -> impl Iterator<Item = i64> {
        self.iter().map(|(_, hash)| hash)
    }

    /// The first member at or after place `from`, and its place.
    pub fn next_from(&self, from: usize) -> Option<(usize, &Value)> {
        let rest = self.places.get(from..)?;
        let skip = rest.iter().position(|place| !place.key.is_undef())?;
        Some((from + skip, &rest[skip].key))
    }

    /// Goes through the places where `key` may be. `NOTES`: a place of a removed member is noted on the way, for adding.
    #[inline]
    fn probe<const NOTES: bool>(&self, key: &Value, hash: i64, mut differs: impl FnMut(usize) -> bool) -> Probe {
        let mask = self.places.len() - 1;
        let mut perturb = hash as u64;
        let mut at = hash as u64 as usize & mask;
        let mut removed = None;
        loop {
            let last = if at + NEIGHBOURS <= mask { at + NEIGHBOURS } else { at };
            for (nth, found) in self.places[at..=last].iter().enumerate() {
                let place = at + nth;
                if found.hash == hash {
                    if found.key.is(key) {
                        return Probe::Found(place);
                    }
                    if found.key.is_undef() {
                        return Probe::Free(place, removed);
                    }
                    if differs(place) {
                        continue;
                    }
                    match equality::equal(&found.key, key) {
                        Answer::Yes => return Probe::Found(place),
                        Answer::No => {}
                        Answer::NeedsPython | Answer::TooDeep => return Probe::NeedsPython,
                    }
                } else if NOTES && found.hash == REMOVED {
                    removed = Some(place);
                } else if found.hash == 0 && found.key.is_undef() {
                    return Probe::Free(place, removed);
                }
            }
            perturb >>= PERTURB;
            at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
    }

    /// The place of a member.
    #[inline]
    pub fn find(&self, key: &Value, hash: i64) -> Lookup {
        let first = &self.places[hash as usize & (self.places.len() - 1)];
        if first.hash == hash && first.key.is(key) {
            return Lookup::Found(hash as usize & (self.places.len() - 1));
        }
        if first.is_free() {
            return Lookup::Absent;
        }
        if let Some(present) = &self.present {
            let bits = hash as usize & 63;
            let place = present.places[bits];
            match present.counts[bits] {
                0 => return Lookup::Absent,
                1 if place != Present::FAR => {
                    let only = &self.places[place as usize];
                    if only.hash != hash {
                        return Lookup::Absent;
                    }
                    if only.key.is(key) {
                        return Lookup::Found(place as usize);
                    }
                }
                _ => {}
            }
        }
        self.search(key, hash)
    }

    #[inline(never)]
    fn search(&self, key: &Value, hash: i64) -> Lookup {
        match self.probe::<false>(key, hash, |_| false) {
            Probe::Found(place) => Lookup::Found(place),
            Probe::Free(..) => Lookup::Absent,
            Probe::NeedsPython => Lookup::NeedsPython,
        }
    }

    /// The first place in probing order after the candidate `after` (from the start when `None`) that has a member with this
    /// hash: what the prelude walks when members have an `__eq__` of their own. A candidate is how many places were probed
    /// before, above the place itself ([`SetTable::place_of`]): a search may come by the same place more than once.
    pub fn next_candidate(&self, hash: i64, after: Option<usize>) -> Option<usize> {
        let mask = self.places.len() - 1;
        let mut perturb = hash as u64;
        let mut at = hash as u64 as usize & mask;
        let (mut probed, first) = (0, after.map_or(0, |after| (after >> 32) + 1));
        for _ in 0..=self.places.len() + 64 / PERTURB as usize {
            let last = if at + NEIGHBOURS <= mask { at + NEIGHBOURS } else { at };
            for place in at..=last {
                let found = &self.places[place];
                if found.is_free() {
                    return None;
                }
                if probed >= first && found.hash == hash && !found.key.is_undef() {
                    return Some(probed << 32 | place);
                }
                probed += 1;
            }
            perturb >>= PERTURB;
            at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
        }
        None
    }

    /// Where a candidate stands.
    pub fn place_of(candidate: usize) -> usize {
        candidate & u32::MAX as usize
    }

    /// The member at `place` and its hash.
    pub fn member(&self, place: usize) -> Option<(&Value, i64)> {
        self.places.get(place).filter(|found| !found.key.is_undef()).map(|found| (&found.key, found.hash))
    }

    /// Has nothing been put into it yet?
    pub fn is_new(&self) -> bool {
        self.filled == 0
    }

    /// Add all members of `other`, in its order, or those before the one that Python code must be asked about: how many
    /// these are.
    pub fn merge(&mut self, other: &SetTable) -> Result<(), usize> {
        if other.live == 0 {
            return Ok(());
        }
        self.reserve(other.live);
        if self.filled == 0 && self.places.len() == other.places.len() && other.filled == other.live {
            self.places.clone_from(&other.places);
            (self.filled, self.live) = (other.filled, other.live);
            return Ok(());
        }
        if self.filled == 0 {
            other.iter().for_each(|(key, hash)| self.add_new(key.clone(), hash));
            return Ok(());
        }
        let asked = other.iter().position(|(key, hash)| self.add(key.clone(), hash) == Lookup::NeedsPython);
        asked.map_or(Ok(()), Err)
    }

    /// Add a member; `Found` when it was there, `Absent` when it is new.
    #[inline]
    pub fn add(&mut self, key: Value, hash: i64) -> Lookup {
        let first = hash as usize & (self.places.len() - 1);
        if self.places[first].is_free() {
            self.occupy(first, None, key, hash);
            return Lookup::Absent;
        }
        self.add_further(key, hash)
    }

    /// The place that would be the first choice is taken.
    #[inline(never)]
    fn add_further(&mut self, key: Value, hash: i64) -> Lookup {
        match self.probe::<true>(&key, hash, |_| false) {
            Probe::Found(place) => Lookup::Found(place),
            Probe::NeedsPython => Lookup::NeedsPython,
            Probe::Free(place, removed) => {
                self.occupy(place, removed, key, hash);
                Lookup::Absent
            }
        }
    }

    /// Add a member that is known to differ from all others.
    pub fn add_new(&mut self, key: Value, hash: i64) {
        if let Probe::Free(place, removed) = self.probe::<true>(&key, hash, |_| true) {
            self.occupy(place, removed, key, hash);
        }
    }

    #[inline]
    fn occupy(&mut self, place: usize, removed: Option<usize>, key: Value, hash: i64) {
        if let Some(present) = &mut self.present {
            present.comes(hash, removed.unwrap_or(place));
        }
        if let Some(place) = removed {
            // The place of a removed member counts as filled already.
            self.places[place] = Place { hash, key };
            self.live += 1;
            return;
        }
        self.places[place] = Place { hash, key };
        self.filled += 1;
        self.live += 1;
        let mask = self.places.len() - 1;
        if self.filled * 5 >= mask * 3 {
            let wanted = if self.live > 50_000 { self.live * 2 } else { self.live * 4 };
            self.resize(wanted);
        }
    }

    #[inline(never)]
    fn resize(&mut self, wanted: usize) {
        let mut size = SMALLEST;
        while size <= wanted {
            size <<= 1;
        }
        let old = std::mem::replace(&mut self.places, vec![Place::FREE; size]);
        self.filled = self.live;
        self.present = None;
        let mask = size - 1;
        for place in old.into_iter().filter(|place| !place.key.is_undef()) {
            let mut perturb = place.hash as u64;
            let mut at = place.hash as u64 as usize & mask;
            if self.places[at].key.is_undef() {
                self.places[at] = place;
                continue;
            }
            'search: loop {
                let last = if at + NEIGHBOURS <= mask { at + NEIGHBOURS } else { at };
                for candidate in at..=last {
                    if self.places[candidate].key.is_undef() {
                        self.places[candidate] = place;
                        break 'search;
                    }
                }
                perturb >>= PERTURB;
                at = at.wrapping_mul(5).wrapping_add(1).wrapping_add(perturb as usize) & mask;
            }
        }
    }

    /// Take the member at `place` out.
    pub fn remove(&mut self, place: usize) -> Option<Value> {
        let found = self.places.get_mut(place).filter(|found| !found.key.is_undef())?;
        let key = std::mem::take(&mut found.key);
        let hash = std::mem::replace(&mut found.hash, REMOVED);
        match &mut self.present {
            Some(present) => present.goes(hash),
            None => self.present = Present::among(&self.places),
        }
        self.live -= 1;
        Some(key)
    }

    /// After many removals: make the table anew if more than a quarter of it is places of removed members.
    pub fn tidy(&mut self) {
        if self.filled - self.live > (self.places.len() - 1) / 4 {
            self.resize(if self.live > 50_000 { self.live * 2 } else { self.live * 4 });
        }
    }

    /// Take some member out.
    pub fn pop(&mut self) -> Option<Value> {
        if self.live == 0 {
            return None;
        }
        let mask = self.places.len() - 1;
        let mut at = self.finger & mask;
        while self.places[at].key.is_undef() {
            at = (at + 1) & mask;
        }
        self.finger = at + 1;
        self.remove(at)
    }

    /// Make room as a merge of `more` members does.
    pub fn reserve(&mut self, more: usize) {
        if (self.filled + more) * 5 >= (self.places.len() - 1) * 3 {
            self.resize((self.live + more) * 2);
        }
    }
}

/// `set` and `frozenset`
pub struct Set {
    /// The members.
    pub table: RefCell<SetTable>,
    /// Is it a `frozenset`?
    pub frozen: bool,
}

impl Set {
    /// An empty set.
    pub fn empty(frozen: bool) -> Ref<Set> {
        Ref::new(Set { table: RefCell::new(SetTable::default()), frozen })
    }

    /// How many members.
    pub fn len(&self) -> usize {
        self.table.borrow().len()
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Copies of the members, in table order.
    pub fn to_vec(&self) -> Vec<Value> {
        self.table.borrow().iter().map(|(key, _)| key.clone()).collect()
    }
}

impl HeapKind for Set {
    const KIND: Kind = Kind::Set;
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.table.borrow().iter().for_each(|(key, _)| see(key));
    }
    fn outside(object: &Ref<Self>) -> usize {
        object.table.borrow().places.capacity() * size_of::<Place>()
    }
    fn clear(object: &Ref<Self>) {
        let old = std::mem::take(&mut *object.table.borrow_mut());
        drop(old);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::hash::hash_i64;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_in_it_is_found_and_nothing_else() {
        // Members come and go, among few numbers (one for each six bits) and among many.
        for range in [20, 60, 400, 3000] {
            let (mut table, mut members, mut state) = (SetTable::default(), BTreeSet::new(), 1u64);
            for turn in 0..20_000 {
                state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                let number = (state >> 33) as i64 % range;
                let (key, hash) = (Value::small(number), hash_i64(number));
                match (table.find(&key, hash), members.contains(&number)) {
                    (Lookup::Found(place), true) => {
                        assert!(table.member(place).is_some_and(|(member, _)| member.is(&key)));
                        table.remove(place);
                        members.remove(&number);
                    }
                    (Lookup::Absent, false) => {
                        table.add(key, hash);
                        members.insert(number);
                    }
                    (found, there) => panic!("{number} in turn {turn}: {found:?}, {there}"),
                }
                if turn % 1000 == 0 {
                    table.tidy();
                }
                assert_eq!(table.len(), members.len());
            }
        }
    }
}
