//! The stable names of generators, tasks and other objects.

use super::words::number;
use rustc_hash::{FxHashMap, FxHashSet};
use std::rc::Rc;

/// The stable names of generators and coroutines.
#[derive(Default)]
pub(super) struct Names {
    /// By identity, which no other object gets.
    known: FxHashMap<u64, Rc<str>>,
    /// How many there are of each word.
    counters: FxHashMap<Rc<str>, Counter>,
    /// Names that were given to tasks.
    given: FxHashSet<Rc<str>>,
}

/// Things that are told apart by numbers.
struct Counter {
    word: Rc<str>,
    count: u64,
}

impl Counter {
    /// The name of one more.
    fn next(&mut self) -> Rc<str> {
        self.count += 1;
        let mut name = String::with_capacity(self.word.len() + 21);
        name.push_str(&self.word);
        name.push('#');
        number(self.count, &mut name);
        name.into()
    }
}

impl Names {
    /// The name of an object: this word, and a number in order of appearance.
    pub fn name(&mut self, identity: u64, word: &str) -> Rc<str> {
        if let Some(name) = self.known.get(&identity) {
            return name.clone();
        }
        let name = self.numbered(word);
        self.known.insert(identity, name.clone());
        name
    }

    /// Of all others the names are not needed any more.
    pub fn keep(&mut self, alive: &FxHashSet<u64>) {
        self.known.retain(|identity, _| alive.contains(identity));
    }

    /// The word, and a number in order of appearance.
    pub fn numbered(&mut self, word: &str) -> Rc<str> {
        // Asked twice, because asking for an entry needs a word that can be kept.
        if let Some(counter) = self.counters.get_mut(word) {
            return counter.next();
        }
        let word: Rc<str> = word.into();
        self.counters.entry(word.clone()).or_insert_with(|| Counter { word, count: 0 }).next()
    }

    /// An object has the name that the program gave it, or something like it if another has that already.
    pub fn give(&mut self, identity: u64, wanted: &str) -> Rc<str> {
        let mut name: Rc<str> = wanted.into();
        while !self.given.insert(name.clone()) {
            name = self.numbered(wanted);
        }
        self.put(identity, name.clone());
        name
    }

    /// An object has this name.
    pub fn put(&mut self, identity: u64, name: Rc<str>) {
        self.known.insert(identity, name);
    }
}
