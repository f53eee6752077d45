//! One word that says whether a machine has to look at something before its next instruction.
//!
//! Finalisers, interrupts and the end of memory arise where no Python code can run: inside natives, in the allocator, in a
//! signal handler. Whoever finds one leaves word here, and the run loop asks at nearly every instruction; so it is one word
//! for all threads that is simply read. A machine that finds nothing of its own goes on.

use std::sync::atomic::{AtomicUsize, Ordering};

/// The highest bit: somebody asked for a look at interrupts and memory. The others count the finalisers that wait.
static WORD: AtomicUsize = AtomicUsize::new(0);

const LOOK: usize = 1 << (usize::BITS - 1);

/// Is there something to look at, in any thread?
#[inline(always)]
pub fn wanted() -> bool {
    WORD.load(Ordering::Relaxed) != 0
}

/// One more finaliser waits.
pub fn finaliser_waits() {
    WORD.fetch_add(1, Ordering::Relaxed);
}

/// So many finalisers wait no longer.
pub fn finalisers_taken(count: usize) {
    WORD.fetch_sub(count, Ordering::Relaxed);
}

/// Ask for a look at interrupts and memory. May be called from a signal handler.
#[cold]
#[inline(never)]
pub fn ask() {
    WORD.fetch_or(LOOK, Ordering::Relaxed);
}

/// The look is being taken.
pub fn look() {
    WORD.fetch_and(!LOOK, Ordering::Relaxed);
}
