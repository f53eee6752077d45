//! Identities: what `id` gives, and by what a recorder tells objects apart.
//!
//! Both are handed out on demand in order of asking, never addresses (law 2), and forgotten when the object goes. They are two
//! series, so that a program that is watched does what it does else: hashes are identities, and the order of a set depends on
//! hashes. A generator has room for the recorder's number, because that is asked for of all; of other objects tables know.

use super::collector::{self, Age};
use super::generator::Generator;
use super::value::Value;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};

/// `header.flags`, all kinds: something was handed out that must be forgotten when the object dies.
pub const IDENTIFIED: u8 = 0x80;

/// Identities look like addresses.
const FIRST: u64 = 0x7f00_0000_0010;
const STEP: u64 = 16;

/// What was handed out to which object, by its address.
struct Book {
    known: RefCell<FxHashMap<usize, u64>>,
    next: Cell<u64>,
    /// Those that were asked for lately, each where its address says: a recorder asks for few, often.
    recent: [Cell<(usize, u64)>; 64],
}

thread_local! {
    static IDENTITIES: Book = const { Book::new(FIRST) };
    static NUMBERS: Book = const { Book::new(1) };
}

impl Book {
    const fn new(first: u64) -> Book {
        let known = RefCell::new(FxHashMap::with_hasher(rustc_hash::FxBuildHasher));
        Book { known, next: Cell::new(first), recent: [const { Cell::new((0, 0)) }; 64] }
    }

    /// Where a recent one stands. Objects that are asked for theirs are mostly large ones.
    fn place(&self, address: usize) -> &Cell<(usize, u64)> {
        &self.recent[address >> 6 & 63]
    }

    /// What this object has, or now gets; the next one gets `step` more.
    fn of(&self, value: &Value, step: u64) -> u64 {
        let Some(header) = value.header() else { return value.bits() };
        let address = value.header_ptr().as_ptr() as usize;
        let recent = self.place(address);
        let (known, number) = recent.get();
        if known == address {
            return number;
        }
        let number = *self.known.borrow_mut().entry(address).or_insert_with(|| {
            header.flags.set(header.flags.get() | IDENTIFIED);
            self.next.replace(self.next.get() + step)
        });
        recent.set((address, number));
        number
    }

    fn forget(&self, address: usize) {
        let recent = self.place(address);
        if recent.get().0 == address {
            recent.set((0, 0));
        }
        self.known.borrow_mut().remove(&address);
    }
}

/// The identity of a value.
pub fn identity(value: &Value) -> u64 {
    IDENTITIES.with(|book| book.of(value, STEP))
}

/// The number by which a recorder tells an object from all others, from 1.
pub fn number(value: &Value) -> u64 {
    match value.get::<Generator>() {
        Some(generator) => u64::from(number_of(&generator)),
        None => NUMBERS.with(|book| book.of(value, 1)),
    }
}

/// The same of a generator.
#[inline(always)]
pub fn number_of(generator: &Generator) -> u32 {
    match generator.number.get() {
        0 => hand_out(generator),
        known => known,
    }
}

/// The number of a generator that has one.
#[inline(always)]
pub fn known_number(value: &Value) -> Option<u32> {
    value.get::<Generator>().map(|generator| generator.number.get()).filter(|number| *number != 0)
}

#[inline(never)]
fn hand_out(generator: &Generator) -> u32 {
    let next = NUMBERS.with(|book| book.next.replace(book.next.get() + 1));
    // Billions of generators later two may have the same name in a trace.
    generator.number.set((next as u32).max(1));
    generator.number.get()
}

/// The number of an object that is no generator, if it was asked for lately.
#[inline(always)]
pub fn known_lately(value: &Value) -> Option<u64> {
    let address = value.header_ptr().as_ptr() as usize;
    NUMBERS.with(|book| {
        let (known, number) = book.place(address).get();
        (known == address).then_some(number)
    })
}

/// The object at this address goes.
pub(super) fn forget(address: usize) {
    let _ = IDENTITIES.try_with(|book| book.forget(address));
    let _ = NUMBERS.try_with(|book| book.forget(address));
}

/// The numbers of all objects that are there and were asked for theirs.
pub fn numbered() -> FxHashSet<u64> {
    let mut all: FxHashSet<u64> = NUMBERS.with(|book| book.known.borrow().values().copied().collect());
    let tracked = collector::objects(Age::Any);
    let generators = tracked.iter().filter_map(|object| object.get::<Generator>());
    all.extend(generators.map(|one| u64::from(one.number.get())).filter(|number| *number != 0));
    all
}

thread_local! {
    /// Does somebody want to know which frames go unfinished?
    static ASKED_FOR_GONE: Cell<bool> = const { Cell::new(false) };
    /// Are there any that nobody has been told of?
    static ANY_GONE: Cell<bool> = const { Cell::new(false) };
    static GONE: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// From now on it is noted which generators that were asked for their number go before they are over, or no longer.
pub fn note_gone(yes: bool) {
    ASKED_FOR_GONE.set(yes);
    take_gone();
}

/// Have any gone since [`take_gone`] was asked last?
#[inline(always)]
pub fn any_gone() -> bool {
    ANY_GONE.get()
}

/// The numbers of those that have gone since this was asked last.
#[inline]
pub fn take_gone() -> Vec<u64> {
    if ANY_GONE.replace(false) { GONE.take() } else { Vec::new() }
}

/// A generator goes, and is not over, or it is closed before it has begun.
pub fn goes_unfinished(object: &Value) {
    let asked = ASKED_FOR_GONE.try_with(Cell::get).unwrap_or(false);
    if asked
        && let Some(generator) = object.get::<Generator>()
        && generator.number.get() != 0
    {
        ANY_GONE.set(true);
        let _ = GONE.try_with(|all| all.borrow_mut().push(u64::from(generator.number.get())));
    }
}
