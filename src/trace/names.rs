//! The stable names of generators, tasks and other objects.

use super::brief::cut_to;
use super::words::number;
use crate::text::escape;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::rc::Rc;

/// The stable names of generators and coroutines.
#[derive(Default)]
pub(super) struct Names {
    /// By identity, which no other object gets.
    known: FxHashMap<u64, Rc<str>>,
    /// How many there are of each word.
    counters: FxHashMap<Rc<str>, Counter>,
    /// Names that were given to tasks, and to how many.
    given: FxHashMap<Rc<str>, u64>,
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

    /// An object has the name that the program gave it; if others have that, too, with a number behind (`worker (2)`).
    pub fn give(&mut self, identity: u64, wanted: &str) -> Rc<str> {
        let wanted = distinct(wanted);
        let mut name: Rc<str> = (*wanted).into();
        let count = self.given.entry(name.clone()).or_default();
        *count += 1;
        let mut number = *count;
        while number > 1 {
            name = format!("{wanted} ({number})").into();
            if self.given.insert(name.clone(), 1).is_none() {
                break;
            }
            number += 1;
        }
        self.put(identity, name.clone());
        name
    }

    /// An object has this name.
    pub fn put(&mut self, identity: u64, name: Rc<str>) {
        self.known.insert(identity, name);
    }
}

/// A name as it can stand in every view: what is long, cannot be printed, or could be taken for that of something else, stands
/// in quotes, and cut.
fn distinct(name: &str) -> Cow<'_, str> {
    let numbered = name.rsplit_once('#').is_some_and(|(_, number)| number.bytes().all(|byte| byte.is_ascii_digit()));
    let taken = numbered || matches!(name, "" | "event loop" | "outside" | "first thread") || name.starts_with('<');
    let quoted = escape::repr_str(name.as_bytes());
    match cut_to(&quoted) {
        Some(cut) => format!("{cut}...").into(),
        None if taken || quoted.get(1..quoted.len() - 1) != Some(name) => quoted.into(),
        None => name.into(),
    }
}

/// The name that was given to a task, without the number that tells it from others.
pub(super) fn given(name: &str) -> &str {
    let number =
        |end: &str| end.strip_suffix(')').is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()));
    name.rsplit_once(" (").filter(|(_, end)| number(end)).map_or(name, |(given, _)| given)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tasks_are_told_apart() {
        let mut names = Names::default();
        let given: Vec<_> =
            ["worker", "worker", "worker (2)", "worker"].iter().map(|name| names.give(1, name)).collect();
        assert_eq!(given, ["worker", "worker (2)", "worker (2) (2)", "worker (3)"].map(Rc::from));
        assert_eq!(["worker (3)", "worker", "worker (x)"].map(super::given), ["worker", "worker", "worker (x)"]);
        for plain in ["Task-1", "取得 №3", "it's", "fetch #3 of 4"] {
            assert_eq!(distinct(plain), plain);
        }
        for (name, shown) in [("", "''"), ("f#1", "'f#1'"), ("<module>", "'<module>'"), ("two\nlines", "'two\\nlines'")]
        {
            assert_eq!(distinct(name), shown);
        }
        assert_eq!(distinct(&"x".repeat(99)), format!("'{}...", "x".repeat(59)));
    }
}
