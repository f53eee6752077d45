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

/// From now on this thread keeps some small pieces of memory at hand: a machine belongs to it.
pub fn keep_pieces() {
    SHELVES.with(|shelves| {
        for shelf in shelves.iter().filter(|shelf| shelf.first.get().is_null()) {
            shelf.room.set(KEPT);
        }
    });
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

/// Pieces of up to this size are kept for the next who wants one.
const LARGEST: usize = 512;
/// The sizes in which they are kept are multiples of this.
const STEP: usize = 16;
/// How many of each size are kept.
const KEPT: u32 = 256;

/// What a piece that is kept holds.
struct Kept {
    next: *mut Kept,
}

/// Pieces of one size that were given back. The system's allocator keeps only a handful of each at hand, and a program of
/// Python makes and drops small lists and dicts all the time.
struct Shelf {
    first: Cell<*mut Kept>,
    /// How many more it takes: none in a thread to which no machine belongs, which may end.
    room: Cell<u32>,
}

thread_local! {
    static SHELVES: [Shelf; LARGEST / STEP] =
        const { [const { Shelf { first: Cell::new(std::ptr::null_mut()), room: Cell::new(0) } }; LARGEST / STEP] };
}

/// The shelf for pieces of this layout. Each piece of such a layout is as large as the largest one on the shelf.
#[inline(always)]
fn shelf_of(layout: Layout) -> Option<usize> {
    let small = !cfg!(feature = "system-allocator") && layout.size() <= LARGEST && layout.align() <= STEP;
    small.then(|| layout.size().saturating_sub(1) / STEP)
}

/// The layout of the pieces on a shelf.
#[inline(always)]
fn whole(shelf: usize) -> Layout {
    // SAFETY: the alignment is a power of two, and the size far from the largest there is.
    unsafe { Layout::from_size_align_unchecked((shelf + 1) * STEP, STEP) }
}

/// The system's allocator, counting, and with some pieces at hand.
pub struct Counting;

// SAFETY: everything is the system allocator's doing; counting neither allocates nor unwinds (the counters need no
// destructor, so they are there as long as the thread).
unsafe impl GlobalAlloc for Counting {
    #[inline(always)]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        take(layout.size());
        let Some(number) = shelf_of(layout) else {
            // SAFETY: the caller's promise is passed on.
            return unsafe { System.alloc(layout) };
        };
        SHELVES.with(|shelves| {
            let shelf = &shelves[number];
            let first = shelf.first.get();
            if first.is_null() {
                // SAFETY: the size is not zero.
                return unsafe { System.alloc(whole(number)) };
            }
            // SAFETY: a piece on a shelf holds its link, and belongs to the shelf alone.
            shelf.first.set(unsafe { (*first).next });
            shelf.room.set(shelf.room.get() + 1);
            first.cast()
        })
    }

    #[inline(always)]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if shelf_of(layout).is_some() {
            // SAFETY: the caller's promise is passed on, and the piece is as large as its layout says.
            unsafe {
                let piece = self.alloc(layout);
                if !piece.is_null() {
                    piece.write_bytes(0, layout.size());
                }
                return piece;
            }
        }
        take(layout.size());
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    #[inline(always)]
    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        give(layout.size());
        let Some(number) = shelf_of(layout) else {
            // SAFETY: the caller's promise is passed on.
            return unsafe { System.dealloc(pointer, layout) };
        };
        SHELVES.with(|shelves| {
            let shelf = &shelves[number];
            let room = shelf.room.get();
            if room == 0 {
                // SAFETY: it was allocated with the layout of its shelf.
                return unsafe { System.dealloc(pointer, whole(number)) };
            }
            let piece = pointer.cast::<Kept>();
            // SAFETY: nobody else has the piece now, and it is large enough and aligned for a link.
            unsafe { piece.write(Kept { next: shelf.first.get() }) };
            shelf.first.set(piece);
            shelf.room.set(room - 1);
        })
    }

    #[inline(always)]
    unsafe fn realloc(&self, pointer: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the size is possible with this alignment.
        let new = unsafe { Layout::from_size_align_unchecked(size, layout.align()) };
        match (shelf_of(layout), shelf_of(new)) {
            (None, None) => {
                give(layout.size());
                take(size);
                // SAFETY: the caller's promise is passed on.
                unsafe { System.realloc(pointer, layout, size) }
            }
            (Some(old), Some(new)) if old == new => {
                give(layout.size());
                take(size);
                pointer
            }
            // SAFETY: both pieces are as large as their layouts say, and they are two.
            _ => unsafe {
                let moved = self.alloc(new);
                if !moved.is_null() {
                    std::ptr::copy_nonoverlapping(pointer, moved, layout.size().min(size));
                    self.dealloc(pointer, layout);
                }
                moved
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_given_back_is_the_next_of_its_size() {
        let layout = |size| Layout::from_size_align(size, 8).expect("a size that is possible");
        keep_pieces();
        // SAFETY: each piece is given back with the layout it then has, and written within it.
        unsafe {
            let first = Counting.alloc(layout(33));
            Counting.dealloc(first, layout(33));
            let second = Counting.alloc_zeroed(layout(48));
            if !cfg!(feature = "system-allocator") {
                assert_eq!(first, second);
            }
            assert!((0..48).all(|n| *second.add(n) == 0));
            second.write_bytes(7, 48);
            let larger = Counting.realloc(second, layout(48), 5000);
            assert!((0..48).all(|n| *larger.add(n) == 7));
            let smaller = Counting.realloc(larger, layout(5000), 10);
            assert!((0..10).all(|n| *smaller.add(n) == 7));
            Counting.dealloc(smaller, layout(10));
        }
    }
}
