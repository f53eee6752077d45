//! Memory for small objects.
//!
//! A program of Python makes and drops small objects all the time, and the system's allocator keeps only a handful of each
//! size at hand. Here a freed piece goes to the front of a list for its size and is the next one given out. Pieces are cut
//! from blocks that are never given back; larger objects come from the system's allocator.
//!
//! The cycle collector finds every object here: it walks the blocks ([`each`]), each of which holds pieces of one size, and
//! a list of the larger objects that it is interested in. So an object costs nothing for being found.
//!
//! **Invariants.** A piece is in use or in one list, the one for the size that its layout gives, of the thread that freed
//! it. Whoever frees passes the layout the piece was allocated with. The first four bytes of a piece, which in an object
//! are its count of references, are zero while it is in a list; whoever frees a piece sees to it.
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
#[repr(C)]
struct Free {
    /// Zero in the first four bytes.
    count: u64,
    next: *mut Free,
}

/// What stands at the front of a block.
#[repr(C)]
struct Block {
    earlier: *mut Block,
    /// The size of its pieces.
    size: usize,
}

/// What stands in front of a larger object that the cycle collector is interested in: its neighbours in the list of them.
#[repr(C, align(16))]
struct Links {
    earlier: *mut Links,
    later: *mut Links,
}

/// One size of pieces.
struct Size {
    /// The freed pieces.
    free: Cell<*mut Free>,
    /// What is left of the newest block: pieces never used yet.
    fresh: Cell<*mut u8>,
    left: Cell<usize>,
}

struct Pool {
    sizes: [Size; LARGEST / STEP],
    /// The newest block.
    blocks: Cell<*mut Block>,
    /// The newest of the larger objects.
    large: Cell<*mut Links>,
}

thread_local! {
    // Without a destructor: objects that outlive the thread's other values may still be freed, and the blocks stay.
    static POOL: Pool = const { Pool {
        sizes: [const { Size {
            free: Cell::new(std::ptr::null_mut()),
            fresh: Cell::new(std::ptr::null_mut()),
            left: Cell::new(0),
        } }; LARGEST / STEP],
        blocks: Cell::new(std::ptr::null_mut()),
        large: Cell::new(std::ptr::null_mut()),
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
    memory::take_part((list + 1) * STEP);
    POOL.with(|pool| {
        let first = pool.sizes[list].free.get();
        if first.is_null() {
            return pool.cut(list);
        }
        // SAFETY: a piece in a list holds its link, and belongs to the list alone.
        pool.sizes[list].free.set(unsafe { (*first).next });
        first.cast()
    })
}

/// As [`allocate`], for an object that [`each`] is to find.
#[inline]
pub fn allocate_found(layout: Layout) -> *mut u8 {
    if list_of(layout).is_some() { allocate(layout) } else { allocate_large(layout) }
}

#[cold]
fn allocate_large(layout: Layout) -> *mut u8 {
    let Some(whole) = with_links(layout) else { return std::ptr::null_mut() };
    // SAFETY: the size is not zero.
    let links = unsafe { std::alloc::alloc(whole) }.cast::<Links>();
    if links.is_null() {
        return links.cast();
    }
    POOL.with(|pool| {
        let earlier = pool.large.replace(links);
        // SAFETY: ours, large enough and aligned; what is in the list is live.
        unsafe {
            links.write(Links { earlier, later: std::ptr::null_mut() });
            if let Some(earlier) = earlier.as_mut() {
                earlier.later = links;
            }
            links.add(1).cast()
        }
    })
}

/// The layout of a larger object with its [`Links`] in front.
fn with_links(layout: Layout) -> Option<Layout> {
    let (whole, offset) = Layout::new::<Links>().extend(layout).ok()?;
    debug_assert!(offset == size_of::<Links>());
    Some(whole)
}

/// Gives memory back.
///
/// # Safety
/// It was allocated by [`allocate`] with this layout and is not used any more; its first four bytes are zero.
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
        unsafe { (&raw mut (*piece).next).write(pool.sizes[list].free.get()) };
        pool.sizes[list].free.set(piece);
    })
}

/// Gives back the memory of an object that [`each`] found.
///
/// # Safety
/// As for [`free`]; it was allocated by [`allocate_found`].
#[inline]
pub unsafe fn free_found(memory: *mut u8, layout: Layout) {
    // SAFETY: promised by the caller.
    unsafe { if list_of(layout).is_some() { free(memory, layout) } else { free_large(memory, layout) } }
}

#[cold]
unsafe fn free_large(memory: *mut u8, layout: Layout) {
    let Some(whole) = with_links(layout) else { return };
    // SAFETY: allocated by `allocate_large`, so its links stand in front and are those of live objects.
    unsafe {
        let links = memory.cast::<Links>().sub(1);
        let Links { earlier, later } = links.read();
        match later.as_mut() {
            Some(later) => later.earlier = earlier,
            None => POOL.with(|pool| pool.large.set(earlier)),
        }
        if let Some(earlier) = earlier.as_mut() {
            earlier.later = later;
        }
        std::alloc::dealloc(links.cast(), whole);
    }
}

/// Shows the address of every piece in use and of every larger object allocated by [`allocate_found`], in an order that is
/// the program's doing alone. Nothing may be allocated or freed meanwhile.
pub fn each(mut see: impl FnMut(*mut u8)) {
    POOL.with(|pool| {
        let mut block = pool.blocks.get();
        // SAFETY: blocks are never given back, and consist of pieces up to the part that was never used.
        while let Some(Block { earlier, size }) = unsafe { block.as_ref() } {
            let first = block.cast::<u8>().wrapping_add(size_of::<Block>());
            let fresh = pool.sizes[size / STEP - 1].fresh.get().addr();
            let newest = (first.addr()..=block.addr() + BLOCK).contains(&fresh);
            let used = if newest { fresh - first.addr() } else { BLOCK - size_of::<Block>() };
            for number in 0..used / size {
                let piece = first.wrapping_add(number * size);
                // SAFETY: as above; the first four bytes of each tell whether it is in use.
                if unsafe { piece.cast::<u32>().read() } != 0 {
                    see(piece);
                }
            }
            block = *earlier;
        }
        let mut links = pool.large.get();
        // SAFETY: what is in the list is live.
        while let Some(Links { earlier, .. }) = unsafe { links.as_ref() } {
            see(links.wrapping_add(1).cast());
            links = *earlier;
        }
    })
}

/// The same contents with room for `new.size()` bytes; null, and nothing changed, when there is no memory.
///
/// # Safety
/// `memory` was allocated by [`allocate`] with `old`, whose alignment is that of `new`.
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
                    memory.cast::<u32>().write(0);
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
    fn cut(&self, list: usize) -> *mut u8 {
        let (here, size) = (&self.sizes[list], (list + 1) * STEP);
        if here.left.get() < size {
            let Ok(layout) = Layout::from_size_align(BLOCK, STEP) else { return std::ptr::null_mut() };
            // SAFETY: the size is not zero.
            let block = unsafe { std::alloc::alloc(layout) }.cast::<Block>();
            if block.is_null() {
                return block.cast();
            }
            // What counts as taken is the pieces in use.
            memory::give(BLOCK);
            // SAFETY: ours, large enough and aligned.
            unsafe { block.write(Block { earlier: self.blocks.get(), size }) };
            self.blocks.set(block);
            here.fresh.set(block.wrapping_add(1).cast());
            here.left.set(BLOCK - size_of::<Block>());
        }
        memory::take(0);
        let piece = here.fresh.get();
        // SAFETY: at least `size` bytes are left of the block.
        here.fresh.set(unsafe { piece.add(size) });
        here.left.set(here.left.get() - size);
        piece
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_do_not_overlap_and_come_back() {
        let layouts: Vec<Layout> = (16..700).map(|size| Layout::from_size_align(size, 8).expect("small")).collect();
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
                // SAFETY: not used any more; all are at least as large as a header.
                unsafe {
                    piece.cast::<u32>().write(0);
                    free(*piece, *layout);
                }
            }
        }
    }

    #[test]
    fn a_piece_keeps_its_contents_when_it_grows() {
        let layout = |size| Layout::from_size_align(size, 8).expect("small");
        let mut memory = allocate(layout(16));
        // SAFETY: each size is the one allocated last.
        unsafe {
            memory.copy_from(b"pool".as_ptr(), 4);
            for (old, new) in [(16, 20), (20, 300), (300, 5_000), (5_000, 20_000), (20_000, 16)] {
                memory = reallocate(memory, layout(old), layout(new));
                assert_eq!(std::slice::from_raw_parts(memory, 4), b"pool");
            }
            memory.cast::<u32>().write(0);
            free(memory, layout(16));
        }
    }
}
