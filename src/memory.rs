//! How much memory a program may take, and what happens when it has taken it.
//!
//! [`Counting`] is the allocator of the command: it counts what a thread holds against the thread's allowance (a machine
//! belongs to one thread). Where the size of an allocation is the program's to choose, native code asks first, by
//! [`reserve`] or [`fits`], and raises `MemoryError` in place of it. All other allocations succeed as long as the system
//! has memory; the one that exceeds the allowance calls for [`attention`], and the machine raises `MemoryError` at the next
//! instruction boundary. So the allowance has to lie below what the system gives: a host says how much, see
//! `host::Environment::memory_limit`.
//!
//! Without [`Counting`] as its global allocator an embedding program has no allowance, only the system's refusals.
//!
//! **Invariant.** A reference takes eight bytes, so within [`MOST`] bytes there are fewer than 2³² of them, and no
//! count of references overflows.

use crate::attention;
use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::collections::TryReserveError;

/// The largest allowance.
const MOST: usize = 1 << 35;

/// An allowance is overdrawn by at most `1 / OVERDRAFT` of it, so that handlers and tracebacks have something to live on.
const OVERDRAFT: usize = 8;

/// What is left when nobody has set an allowance: more than anyone can take.
const UNLIMITED: isize = isize::MAX / 2;

thread_local! {
    /// Bytes that this thread may still take; below zero when it has taken too many.
    static LEFT: Cell<isize> = const { Cell::new(UNLIMITED) };
    /// Bytes lent on top of the allowance.
    static LENT: Cell<isize> = const { Cell::new(0) };
    static ALLOWANCE: Cell<usize> = const { Cell::new(0) };
}

/// From now on this thread may take so many bytes more than it has.
pub fn allow(bytes: usize) {
    let bytes = bytes.min(MOST);
    ALLOWANCE.set(bytes);
    LENT.set(0);
    LEFT.set(bytes as isize);
}

/// May this thread take so many bytes more?
pub fn fits(bytes: usize) -> bool {
    isize::try_from(bytes).is_ok_and(|bytes| bytes <= LEFT.get())
}

/// Room in `vector` for so many elements more, if that is allowed and possible.
pub fn reserve<T>(vector: &mut Vec<T>, more: usize) -> Result<(), Exhausted> {
    if more <= vector.capacity() - vector.len() {
        return Ok(());
    }
    if !more.checked_mul(size_of::<T>()).is_some_and(fits) {
        return Err(Exhausted);
    }
    Ok(vector.try_reserve(more)?)
}

/// An empty vector with room for so many elements.
pub fn vector<T>(length: usize) -> Result<Vec<T>, Exhausted> {
    if !length.checked_mul(size_of::<T>()).is_some_and(fits) {
        return Err(Exhausted);
    }
    let mut vector = Vec::new();
    vector.try_reserve_exact(length)?;
    Ok(vector)
}

/// There is no memory for what was asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Exhausted;

impl From<TryReserveError> for Exhausted {
    fn from(_: TryReserveError) -> Exhausted {
        Exhausted
    }
}

/// Has this thread taken more than it may? Whoever asks raises `MemoryError`, and gets an overdraft to raise it with.
pub fn exceeded() -> bool {
    let (left, lent) = (LEFT.get(), LENT.get());
    if left >= 0 {
        // What was lent is taken back once the program has given enough up.
        if lent > 0 && left > 2 * lent {
            LEFT.set(left - lent);
            LENT.set(0);
        }
        return false;
    }
    let most = (ALLOWANCE.get() / OVERDRAFT) as isize;
    let more = (most / 4 - left).clamp(0, most - lent.min(most));
    LEFT.set(left + more);
    LENT.set(lent + more);
    true
}

/// Has this thread taken more than it may, apart from what it was lent?
pub fn is_exhausted() -> bool {
    LEFT.get() < 0
}

/// This thread has taken so many bytes.
#[inline(always)]
pub fn take(bytes: usize) {
    let left = LEFT.get() - bytes as isize;
    LEFT.set(left);
    if left < 0 {
        attention::ask();
    }
}

/// This thread has taken so many bytes of a larger piece of memory, at whose taking it was looked whether there is too much.
#[inline(always)]
pub fn take_part(bytes: usize) {
    LEFT.set(LEFT.get() - bytes as isize);
}

/// This thread has given so many bytes back.
#[inline(always)]
pub fn give(bytes: usize) {
    LEFT.set(LEFT.get() + bytes as isize);
}

/// The system's allocator, counting.
pub struct Counting;

// SAFETY: everything is the system allocator's doing; counting neither allocates nor unwinds (the counters need no
// destructor, so they are there as long as the thread).
unsafe impl GlobalAlloc for Counting {
    #[inline(always)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    #[inline(always)]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        give(layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.dealloc(pointer, layout) }
    }

    #[inline(always)]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        give(layout.size());
        take(size);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.realloc(pointer, layout, size) }
    }
}
