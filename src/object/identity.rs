//! Identities: what `id` gives, and by what a recorder tells objects apart.
//!
//! Both are handed out on demand in order of asking, never addresses (law 2). They are two series, so that a program that is
//! watched does what it does else: hashes are identities, and the order of a set depends on hashes. What `id` gave a table
//! knows, which forgets it when the object goes. What a recorder tells apart, generators and objects of modules written in
//! Rust, has room for its number.

use super::collector::{self, Age};
use super::foreign::Foreign;
use super::generator::Generator;
use super::kind::Kind;
use super::value::Value;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// `header.flags`, all kinds: something was handed out that must be forgotten when the object dies.
pub const IDENTIFIED: u8 = 0x80;

/// Identities look like addresses.
const FIRST: u64 = 0x7f00_0000_0010;
const STEP: u64 = 16;

/// What was handed out to which object, by its address.
struct Book {
    known: RefCell<FxHashMap<usize, u64>>,
    next: Cell<u64>,
    /// Those that were asked for lately, each where its address says.
    recent: [Cell<(usize, u64)>; 64],
}

thread_local! {
    static IDENTITIES: Book = const { Book::new() };
    static NEXT_NUMBER: Cell<u32> = const { Cell::new(1) };
    static WORDS: RefCell<Words> = RefCell::default();
}

impl Book {
    const fn new() -> Book {
        let known = RefCell::new(FxHashMap::with_hasher(rustc_hash::FxBuildHasher));
        Book { known, next: Cell::new(FIRST), recent: [const { Cell::new((0, 0)) }; 64] }
    }

    /// Where a recent one stands. Objects that are asked for theirs are mostly large ones.
    fn place(&self, address: usize) -> &Cell<(usize, u64)> {
        &self.recent[address >> 6 & 63]
    }

    /// What this object has, or now gets.
    fn of(&self, value: &Value) -> u64 {
        let Some(header) = value.header() else { return value.bits() };
        let address = value.header_ptr().as_ptr() as usize;
        let recent = self.place(address);
        let (known, number) = recent.get();
        if known == address {
            return number;
        }
        let number = *self.known.borrow_mut().entry(address).or_insert_with(|| {
            header.flags.set(header.flags.get() | IDENTIFIED);
            self.next.replace(self.next.get() + STEP)
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
    IDENTITIES.with(|book| book.of(value))
}

/// By what a recorder tells an object from all others, from 1; 0 as long as none has asked for it.
#[derive(Default, Debug)]
pub struct Number(Cell<u32>);

impl Number {
    /// The number, which there is from now on.
    #[inline(always)]
    pub fn get(&self) -> u32 {
        match self.0.get() {
            0 => self.hand_out(),
            known => known,
        }
    }

    /// The number, if there is one.
    #[inline(always)]
    pub fn known(&self) -> Option<u32> {
        Some(self.0.get()).filter(|number| *number != 0)
    }

    #[inline(never)]
    fn hand_out(&self) -> u32 {
        // Billions of objects later two may have the same name in a trace.
        self.0.set(NEXT_NUMBER.with(|next| next.replace(next.get().wrapping_add(1).max(1))));
        self.0.get()
    }
}

/// Words by which recorders call objects, by their numbers.
#[derive(Default)]
struct Words {
    numbers: FxHashMap<Rc<str>, u32>,
    all: Vec<Rc<str>>,
}

/// The number of a word, from 1: the same for all recorders.
pub fn number_of_word(word: &str) -> u32 {
    WORDS.with_borrow_mut(|words| match words.numbers.get(word) {
        Some(number) => *number,
        None => {
            let word: Rc<str> = word.into();
            words.all.push(word.clone());
            words.numbers.insert(word, words.all.len() as u32);
            words.all.len() as u32
        }
    })
}

/// The word with this number.
pub fn word(number: u32) -> Rc<str> {
    WORDS.with_borrow(|words| words.all.get((number as usize).wrapping_sub(1)).cloned().unwrap_or_default())
}

/// The object at this address goes.
pub(super) fn forget(address: usize) {
    let _ = IDENTITIES.try_with(|book| book.forget(address));
}

/// The numbers of all objects that are there and have one.
pub fn numbered() -> impl Iterator<Item = u32> {
    collector::objects(Age::Any).into_iter().filter_map(|object| number(&object)?.known())
}

/// Where the number of an object is, if it is one that recorders tell from others: for an instance of a derived class, in what
/// it wraps.
#[inline]
pub fn number(value: &Value) -> Option<&Number> {
    match value.kind()? {
        Kind::Generator => Some(&value.get::<Generator>()?.body().number),
        _ => Some(&value.native::<Foreign>()?.body().number),
    }
}

thread_local! {
    /// Does somebody want to know which frames go unfinished?
    static ASKED_FOR_GONE: Cell<bool> = const { Cell::new(false) };
    /// Are there any that nobody has been told of?
    static ANY_GONE: Cell<bool> = const { Cell::new(false) };
    static GONE: RefCell<Vec<u32>> = const { RefCell::new(Vec::new()) };
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
pub fn take_gone() -> Vec<u32> {
    if ANY_GONE.replace(false) { GONE.take() } else { Vec::new() }
}

/// A generator goes, and is not over, or it is closed before it has begun.
pub fn goes_unfinished(object: &Value) {
    let asked = ASKED_FOR_GONE.try_with(Cell::get).unwrap_or(false);
    if asked && let Some(number) = object.get::<Generator>().and_then(|generator| generator.number.known()) {
        ANY_GONE.set(true);
        let _ = GONE.try_with(|all| all.borrow_mut().push(number));
    }
}
