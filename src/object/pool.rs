//! Memory for small objects.
//!
//! A program of Python makes and drops small objects all the time, and the system's allocator keeps only a handful of each
//! size at hand. Here a freed piece goes to the front of a list for its size and is the next one given out. Pieces are cut
//! from blocks that are never given back; larger objects come from the system's allocator.
//!
//! **Invariant.** A piece is in use or in one list, the one for the size that its layout gives, of the thread that freed
//! it. Whoever frees passes the layout the piece was allocated with.
//!
//! With the feature `system-allocator` every object is an allocation of its own, so that memory checkers see each of them.

use crate::memory;
use std::alloc::Layout;
use std::cell::Cell;

/// Sizes are multiples of this, which is also the alignment of every piece.
const STEP: usize = 16;
/// Largest size that is kept in lists.
const LARGEST: usize = 512;
/// How many bytes are asked of the system at a time.
const BLOCK: usize = 64 * 1024;

/// What a free piece holds.
struct Free {
    next: *mut Free,
}

struct Pool {
    lists: [Cell<*mut Free>; LARGEST / STEP],
    /// What is left of the newest block.
    fresh: Cell<*mut u8>,
    left: Cell<usize>,
}

thread_local! {
    // Without a destructor: objects that outlive the thread's other values may still be freed, and the blocks stay.
    static POOL: Pool = const { Pool {
        lists: [const { Cell::new(std::ptr::null_mut()) }; LARGEST / STEP],
        fresh: Cell::new(std::ptr::null_mut()),
        left: Cell::new(0),
    } };
}

/// The list for this layout, if it is one for small objects.
#[inline(always)]
fn list_of(layout: Layout) -> Option<usize> {
    let small = !cfg!(feature = "system-allocator") && layout.size() <= LARGEST && layout.align() <= STEP;
    small.then(|| layout.size().saturating_sub(1) / STEP)
}

/// Memory of this layout, null when there is none left. What it holds is not defined.
#[inline]
pub fn allocate(layout: Layout) -> *mut u8 {
    let Some(list) = list_of(layout) else {
        // SAFETY: objects have a header, so the size is not zero.
        return unsafe { std::alloc::alloc(layout) };
    };
    memory::take((list + 1) * STEP);
    POOL.with(|pool| {
        let first = pool.lists[list].get();
        if first.is_null() {
            return pool.cut((list + 1) * STEP);
        }
        // SAFETY: a piece in a list holds its link, and belongs to the list alone.
        pool.lists[list].set(unsafe { (*first).next });
        first.cast()
    })
}

/// Gives memory back.
///
/// # Safety
/// It was allocated here with this layout and is not used any more.
#[inline]
pub unsafe fn free(memory: *mut u8, layout: Layout) {
    let Some(list) = list_of(layout) else {
        // SAFETY: promised by the caller.
        return unsafe { std::alloc::dealloc(memory, layout) };
    };
    memory::give((list + 1) * STEP);
    POOL.with(|pool| {
        let piece = memory.cast::<Free>();
        // SAFETY: the piece is ours now, large enough for a link and aligned for it.
        unsafe { piece.write(Free { next: pool.lists[list].get() }) };
        pool.lists[list].set(piece);
    })
}

/// The same contents with room for `new.size()` bytes; null, and nothing changed, when there is no memory.
///
/// # Safety
/// `memory` was allocated here with `old`, whose alignment is that of `new`.
pub unsafe fn reallocate(memory: *mut u8, old: Layout, new: Layout) -> *mut u8 {
    match (list_of(old), list_of(new)) {
        (Some(a), Some(b)) if a == b => memory,
        // SAFETY: promised by the caller.
        (None, None) => unsafe { std::alloc::realloc(memory, old, new.size()) },
        _ => {
            let moved = allocate(new);
            if !moved.is_null() {
                // SAFETY: two different pieces, each at least as large as the smaller size.
                unsafe {
                    memory.copy_to_nonoverlapping(moved, old.size().min(new.size()));
                    free(memory, old);
                }
            }
            moved
        }
    }
}

impl Pool {
    /// A new piece.
    #[cold]
    fn cut(&self, size: usize) -> *mut u8 {
        if self.left.get() < size {
            let Ok(layout) = Layout::from_size_align(BLOCK, STEP) else { return std::ptr::null_mut() };
            // SAFETY: the size is not zero.
            let block = unsafe { std::alloc::alloc(layout) };
            if block.is_null() {
                return block;
            }
            // What counts as taken is the pieces in use.
            memory::give(BLOCK);
            self.fresh.set(block);
            self.left.set(BLOCK);
        }
        let piece = self.fresh.get();
        // SAFETY: at least `size` bytes are left of the block.
        self.fresh.set(unsafe { piece.add(size) });
        self.left.set(self.left.get() - size);
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_do_not_overlap_and_come_back() {
        let layouts: Vec<Layout> = (1..700).map(|size| Layout::from_size_align(size, 8).expect("small")).collect();
        for _ in 0..3 {
            let pieces: Vec<*mut u8> = layouts.iter().map(|layout| allocate(*layout)).collect();
            for (n, (piece, layout)) in pieces.iter().zip(&layouts).enumerate() {
                // SAFETY: allocated with this layout.
                unsafe { piece.write_bytes(n as u8, layout.size()) };
            }
            for (n, (piece, layout)) in pieces.iter().zip(&layouts).enumerate() {
                // SAFETY: as above; written.
                let held = unsafe { std::slice::from_raw_parts(*piece, layout.size()) };
                assert!(held.iter().all(|byte| *byte == n as u8));
            }
            for (piece, layout) in pieces.iter().zip(&layouts) {
                // SAFETY: not used any more.
                unsafe { free(*piece, *layout) };
            }
        }
    }

    #[test]
    fn a_piece_keeps_its_contents_when_it_grows() {
        let layout = |size| Layout::from_size_align(size, 8).expect("small");
        let mut memory = allocate(layout(4));
        // SAFETY: each size is the one allocated last.
        unsafe {
            memory.copy_from(b"pool".as_ptr(), 4);
            for (old, new) in [(4, 16), (16, 300), (300, 5_000), (5_000, 20_000), (20_000, 8)] {
                memory = reallocate(memory, layout(old), layout(new));
                assert_eq!(std::slice::from_raw_parts(memory, 4), b"pool");
            }
            free(memory, layout(8));
        }
    }
}
