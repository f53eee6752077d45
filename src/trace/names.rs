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
    /// Names that were given to tasks, and to how many, but for those in `rows`.
    given: FxHashMap<Rc<str>, u64>,
    /// Names that end in a number (`Task-7`, `worker (2)`) mostly come in a row. All from the first to the last were given once,
    /// which is known however many tasks a long recording has.
    rows: FxHashMap<(Rc<str>, Ending), (u64, u64)>,
}

/// How a name ends that has a number.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Ending {
    Number,
    InBrackets,
}

/// What stands before the number at the end of a name, and the number.
fn counted(name: &str) -> Option<(&str, Ending, u64)> {
    let (before, ending) = match name.strip_suffix(')') {
        Some(before) => (before, Ending::InBrackets),
        None => (name, Ending::Number),
    };
    let stem = before.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = &before[stem.len()..];
    // Of two names with the same number only one is written without zeros in front.
    let number = if digits.starts_with('0') && digits != "0" { None } else { digits.parse().ok() };
    number.map(|number| (stem, ending, number))
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
        let mut number = self.count_of(&name) + 1;
        if number > 1 {
            self.given.insert(name, number);
            name = format!("{wanted} ({number})").into();
            while self.count_of(&name) > 0 {
                number += 1;
                name = format!("{wanted} ({number})").into();
            }
        }
        self.take(&name);
        self.put(identity, name.clone());
        name
    }

    /// To how many tasks this name was given.
    fn count_of(&self, name: &str) -> u64 {
        let in_a_row = || {
            let (stem, ending, number) = counted(name)?;
            let (first, last) = self.rows.get(&(stem.into(), ending))?;
            Some(u64::from((*first..=*last).contains(&number)))
        };
        self.given.get(name).copied().or_else(in_a_row).unwrap_or(0)
    }

    /// A name is given for the first time.
    fn take(&mut self, name: &Rc<str>) {
        if let Some((stem, ending, number)) = counted(name) {
            let (_, last) = self.rows.entry((stem.into(), ending)).or_insert((number, number));
            if last.checked_add(1) == Some(number) {
                *last = number;
            }
            if *last == number {
                return;
            }
        }
        self.given.insert(name.clone(), 1);
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
        let mut give = |name: &str| names.give(1, name);
        for number in 1..100 {
            assert_eq!(&*give(&format!("Task-{number}")), format!("Task-{number}"));
            assert_eq!(&*give("again"), if number == 1 { "again".to_owned() } else { format!("again ({number})") });
        }
        let others =
            ["Task-7", "Task-7", "Task-102", "Task-101", "Task-100", "Task-102", "Task-07", "again (5)", "again)5"];
        let shown = ["Task-7 (2)", "Task-7 (3)", "Task-102", "Task-101", "Task-100", "Task-102 (2)", "Task-07"];
        assert_eq!(others.map(&mut give)[..7], shown.map(Rc::from));
        assert_eq!(["again (5)", "Task-101"].map(give), ["again (5) (3)", "Task-101 (2)"].map(Rc::from));
        assert!(names.given.len() < 12 && names.rows.len() < 12);
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
