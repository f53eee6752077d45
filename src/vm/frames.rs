//! The records of a control stack, one on top of the other.
//!
//! Two addresses say all that the run loop asks at each call and each resumption: where the next record goes, and where it may
//! no longer go without asking. The limit that the second stands for may be below the room there is (the recursion limit),
//! and below what is in use: then every call and resumption takes the way that asks. Whoever tells an observer of them goes by
//! a third address, where it may no longer go, watched or not.
//!
//! **Invariant.** `top`, `full` and `end` point into `room` or to its end, and the records below `top` are initialised.

use super::frame::Frame;
use crate::memory::{self, Exhausted};
use std::mem::MaybeUninit;
use std::ops::Deref;

/// The records of a control stack. See the head of the file.
pub(crate) struct Frames {
    room: Vec<MaybeUninit<Frame>>,
    /// Behind the topmost record.
    top: *mut Frame,
    full: *mut Frame,
    end: *mut Frame,
    /// So many records it may have at most.
    most: usize,
}

impl Frames {
    /// No records, and room for so many; as many it may have at most.
    pub(crate) fn new(room: usize, most: usize) -> Frames {
        let mut frames = Frames {
            room: Vec::new(),
            top: std::ptr::null_mut(),
            full: std::ptr::null_mut(),
            end: std::ptr::null_mut(),
            most,
        };
        frames.room.resize_with(room.max(1), MaybeUninit::uninit);
        frames.place(0, room);
        frames
    }

    /// `len` records, up to `limit` of them, where the room is now.
    fn place(&mut self, len: usize, limit: usize) {
        let start = self.room.as_mut_ptr().cast::<Frame>();
        // SAFETY: neither goes beyond the room.
        unsafe {
            self.top = start.add(len.min(self.room.len()));
            self.full = start.add(limit.min(self.room.len()));
            self.end = start.add(self.most.min(self.room.len()));
        }
    }

    /// How many records it may have before somebody has to be asked.
    pub(crate) fn limit(&self) -> usize {
        // SAFETY: both point into the room.
        unsafe { self.full.offset_from_unsigned(self.room.as_ptr().cast()) }
    }

    /// From now on it may have so many records, if there is room for them, before somebody has to be asked.
    pub(crate) fn set_limit(&mut self, limit: usize) {
        self.place(self.len(), limit);
    }

    /// So many records it may have at most (`sys.setrecursionlimit`).
    pub(crate) fn set_most(&mut self, most: usize) {
        self.most = most;
        self.place(self.len(), self.limit());
    }

    /// May it have no more records, where it lies, whoever asks?
    #[inline(always)]
    pub(crate) fn is_at_its_end(&self) -> bool {
        self.top >= self.end
    }

    /// Can it take one more record where it lies?
    pub(crate) fn has_room(&self) -> bool {
        self.len() < self.room.len()
    }

    /// Has it as many records as it may have?
    #[inline(always)]
    pub(crate) fn is_full(&self) -> bool {
        self.top >= self.full
    }

    /// Room for `more` records than it has. The limit stays where it is.
    pub(crate) fn reserve(&mut self, more: usize) -> Result<(), Exhausted> {
        let (len, limit) = (self.len(), self.limit());
        let missing = (len + more).saturating_sub(self.room.len());
        if missing > 0 {
            memory::reserve(&mut self.room, missing)?;
            self.room.resize_with(self.room.capacity(), MaybeUninit::uninit);
            self.place(len, limit);
        }
        Ok(())
    }

    /// One more record, whatever the limit.
    #[inline]
    pub(crate) fn push(&mut self, frame: Frame) {
        if self.len() == self.room.len() {
            self.grow();
        }
        // SAFETY: there is room.
        unsafe { self.push_within(frame) }
    }

    #[cold]
    fn grow(&mut self) {
        let (len, limit) = (self.len(), self.limit());
        self.room.resize_with(2 * len + 1, MaybeUninit::uninit);
        self.place(len, limit);
    }

    /// One more record.
    ///
    /// # Safety
    /// It is not full, or has room.
    #[inline(always)]
    pub(crate) unsafe fn push_within(&mut self, frame: Frame) {
        debug_assert!(self.len() < self.room.len());
        // SAFETY: the caller's.
        unsafe {
            self.top.write(frame);
            self.top = self.top.add(1);
        }
    }

    /// All of them.
    pub(crate) fn records_mut(&mut self) -> &mut [Frame] {
        let len = self.len();
        // SAFETY: the records below `top` are initialised.
        unsafe { std::slice::from_raw_parts_mut(self.room.as_mut_ptr().cast(), len) }
    }

    /// The topmost record, off the stack.
    #[inline(always)]
    pub(crate) fn pop(&mut self) -> Option<Frame> {
        if self.is_empty() {
            return None;
        }
        // SAFETY: there is a record.
        unsafe {
            self.drop_last();
            Some(self.top.read())
        }
    }

    /// The topmost record goes.
    ///
    /// # Safety
    /// There is one.
    #[inline(always)]
    pub(crate) unsafe fn drop_last(&mut self) {
        debug_assert!(!self.is_empty());
        // SAFETY: the caller's.
        self.top = unsafe { self.top.sub(1) };
    }

    /// The address of the topmost record.
    ///
    /// # Safety
    /// There is one.
    #[inline(always)]
    pub(crate) unsafe fn last_record(&self) -> *const Frame {
        debug_assert!(!self.is_empty());
        // SAFETY: the caller's.
        unsafe { self.top.sub(1) }
    }

    /// Change the topmost record.
    #[inline(always)]
    pub(crate) fn change_last(&mut self, change: impl FnOnce(&mut Frame)) {
        if !self.is_empty() {
            // SAFETY: there is a record.
            change(unsafe { &mut *self.top.sub(1) });
        }
    }

    /// Has it no records?
    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.top.cast_const() == self.room.as_ptr().cast()
    }

    /// The topmost record.
    #[inline(always)]
    pub(crate) fn last(&self) -> Option<&Frame> {
        // SAFETY: there is a record.
        (!self.is_empty()).then(|| unsafe { &*self.last_record() })
    }
}

impl Deref for Frames {
    type Target = [Frame];

    #[inline(always)]
    fn deref(&self) -> &[Frame] {
        let start = self.room.as_ptr().cast::<Frame>();
        // SAFETY: the records below `top` are initialised.
        unsafe { std::slice::from_raw_parts(start, self.top.offset_from_unsigned(start)) }
    }
}
