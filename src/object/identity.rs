//! Identities: what `id` gives, and by what a recorder tells objects apart.
//!
//! They are handed out on demand in order of asking, never addresses (law 2), and forgotten when the object goes. A generator has
//! room for its own, because who watches a program asks for those of all; of other objects a table knows.

use super::collector::{self, Age};
use super::generator::Generator;
use super::value::Value;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::{Cell, RefCell};

/// `header.flags`, all kinds: an identity was handed out and must be forgotten when the object dies.
pub const IDENTIFIED: u8 = 0x80;

/// Identities look like addresses.
const FIRST: u64 = 0x7f00_0000_0010;
const STEP: u64 = 16;

thread_local! {
    static IDENTITIES: RefCell<FxHashMap<usize, u64>> = RefCell::new(FxHashMap::default());
    static NEXT: Cell<u64> = const { Cell::new(FIRST) };
    /// Those that were asked for lately, with their addresses, each where its address says: a recorder asks for few, often.
    static RECENT: [Cell<(usize, u64)>; 64] = const { [const { Cell::new((0, 0)) }; 64] };
}

/// Where a recent identity stands. Objects with an identity are mostly large ones.
fn place(address: usize) -> usize {
    address >> 6 & 63
}

/// The how manieth an identity is that was handed out, from 1: a small number, for whoever writes down many.
pub fn ordinal(identity: u64) -> u64 {
    (identity.wrapping_sub(FIRST) / STEP).wrapping_add(1)
}

/// The identity of a value.
pub fn identity(value: &Value) -> u64 {
    let Some(header) = value.header() else { return value.bits() };
    if let Some(generator) = value.get::<Generator>()
        && let Some(own) = of_generator(&generator)
    {
        return own;
    }
    let address = value.header_ptr().as_ptr() as usize;
    RECENT.with(|recent| {
        let recent = &recent[place(address)];
        let (known, identity) = recent.get();
        if known == address {
            return identity;
        }
        let identity = IDENTITIES.with(|known| {
            *known.borrow_mut().entry(address).or_insert_with(|| {
                header.flags.set(header.flags.get() | IDENTIFIED);
                NEXT.replace(NEXT.get() + STEP)
            })
        });
        recent.set((address, identity));
        identity
    })
}

/// The identity of an object that is no generator, if it was asked for lately.
#[inline(always)]
pub fn known_lately(value: &Value) -> Option<u64> {
    let address = value.header_ptr().as_ptr() as usize;
    RECENT.with(|recent| {
        let (known, identity) = recent[place(address)].get();
        (known == address).then_some(identity)
    })
}

/// The number of a generator's identity ([`ordinal`]); 0 once there are too many.
#[inline(always)]
pub fn ordinal_of(generator: &Generator) -> u32 {
    match generator.ordinal.get() {
        0 => {
            of_generator(generator);
            generator.ordinal.get()
        }
        known => known,
    }
}

/// The identity for which a generator has room: `None` once there are too many.
fn of_generator(generator: &Generator) -> Option<u64> {
    let nth = match generator.ordinal.get() {
        0 => {
            let next = u32::try_from(ordinal(NEXT.get())).ok()?;
            NEXT.set(NEXT.get() + STEP);
            generator.ordinal.set(next);
            next
        }
        known => known,
    };
    Some(FIRST + (u64::from(nth) - 1) * STEP)
}

/// The object at this address goes.
pub(super) fn forget(address: usize) {
    let _ = RECENT.try_with(|recent| {
        let recent = &recent[place(address)];
        if recent.get().0 == address {
            recent.set((0, 0));
        }
    });
    let _ = IDENTITIES.try_with(|known| known.borrow_mut().remove(&address));
}

/// The identities of all objects that are there and were asked for theirs.
pub fn identified() -> FxHashSet<u64> {
    let mut all: FxHashSet<u64> = IDENTITIES.with(|known| known.borrow().values().copied().collect());
    let tracked = collector::objects(Age::Any);
    let generators = tracked.iter().filter_map(|object| object.get::<Generator>());
    all.extend(generators.filter(|one| one.ordinal.get() != 0).filter_map(|one| of_generator(&one)));
    all
}

thread_local! {
    /// Does somebody want to know which frames go unfinished?
    static ASKED_FOR_GONE: Cell<bool> = const { Cell::new(false) };
    /// Are there any that nobody has been told of?
    static ANY_GONE: Cell<bool> = const { Cell::new(false) };
    static GONE: RefCell<Vec<u64>> = const { RefCell::new(Vec::new()) };
}

/// From now on it is noted which generators that were asked for their identity go before they are over, or no longer.
pub fn note_gone(yes: bool) {
    ASKED_FOR_GONE.set(yes);
    take_gone();
}

/// Have any gone since [`take_gone`] was asked last?
#[inline(always)]
pub fn any_gone() -> bool {
    ANY_GONE.get()
}

/// The identities of those that have gone since this was asked last.
#[inline]
pub fn take_gone() -> Vec<u64> {
    if ANY_GONE.replace(false) { GONE.take() } else { Vec::new() }
}

/// A generator goes, and is not over, or it is closed before it has begun.
pub fn goes_unfinished(object: &Value) {
    let asked = ASKED_FOR_GONE.try_with(Cell::get).unwrap_or(false);
    let known = object.header().is_some_and(|header| header.flags.get() & IDENTIFIED != 0)
        || object.get::<Generator>().is_some_and(|generator| generator.ordinal.get() != 0);
    if asked && known {
        let gone = identity(object);
        ANY_GONE.set(true);
        let _ = GONE.try_with(|all| all.borrow_mut().push(gone));
    }
}
