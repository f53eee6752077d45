//! Weak references: objects that know another object without keeping it alive.
//!
//! **Invariants.** A weak reference that has a referent stands in the list kept for the referent's address, and the
//! referent's header has [`WATCHED`] set. Freeing an object empties every reference of its list first, so that an address in
//! `referent` is that of an object not freed yet; one whose count is zero is about to be, and counts as gone.

use super::class::Type;
use super::collector;
use super::dict::Dict;
use super::heap::{Header, HeapKind, Object, Ref, queue_finalizer};
use super::kind::Kind;
use super::slot::Slot;
use super::value::Value;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

/// `header.flags`, all kinds: somebody refers to it weakly.
pub const WATCHED: u8 = 0x40;

/// `weakref.ReferenceType`, or an instance of a subclass.
pub struct WeakRef {
    /// Its class.
    pub class: Ref<Type>,
    referent: Cell<Option<NonNull<Header>>>,
    /// What is called with the reference when the referent is gone, or `None`.
    pub callback: Slot,
    /// The hash of the referent, once it was asked for.
    pub hash: Cell<Option<i64>>,
    /// Its other attributes, if its class allows them and it has any.
    pub dict: Slot,
    /// What `__slots__` of its class made room for, if it has any of that.
    members: Slot,
}

thread_local! {
    static WATCHERS: RefCell<FxHashMap<usize, Vec<NonNull<Object<WeakRef>>>>> = RefCell::default();
}

impl HeapKind for WeakRef {
    const KIND: Kind = Kind::WeakRef;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.class.show(see);
        object.callback.visit(see);
        object.dict.visit(see);
        object.members.visit(see);
    }
    fn clear(object: &Ref<Self>) {
        object.callback.set(Value::NONE);
        object.dict.set(Value::UNDEF);
        object.members.set(Value::UNDEF);
    }
    fn last_words(object: &Ref<Self>) {
        if let (Some(referent), Some(watcher)) = (object.referent.take(), NonNull::new(object.as_ptr())) {
            stop_watching(referent, watcher);
        }
    }
}

impl WeakRef {
    /// A reference to `referent`, which is a heap object.
    pub fn of(class: &Ref<Type>, referent: &Value, callback: Value) -> Ref<WeakRef> {
        let header = referent.header().map(|header| {
            header.flags.set(header.flags.get() | WATCHED);
            referent.header_ptr()
        });
        let made = Ref::new(WeakRef {
            class: class.clone(),
            referent: Cell::new(header),
            callback: Slot::new(callback),
            hash: Cell::new(None),
            dict: Slot::default(),
            members: Slot::default(),
        });
        if let (Some(address), Some(watcher)) = (header, NonNull::new(made.as_ptr())) {
            let key = address.as_ptr() as usize;
            WATCHERS.with(|watchers| watchers.borrow_mut().entry(key).or_default().push(watcher));
        }
        made
    }

    /// The object it refers to, unless that is gone.
    pub fn referent(&self) -> Option<Value> {
        let header = self.referent.get()?;
        // SAFETY: not freed yet, by the invariant.
        if unsafe { header.as_ref() }.count() == 0 {
            return None;
        }
        // SAFETY: live, as was just seen.
        Some(unsafe { Value::from_header(header) })
    }

    /// What `__slots__` made room for, by name; made now if there is none.
    pub fn members(&self) -> Ref<Dict> {
        super::exception::dict_in(&self.members)
    }

    /// The references to `referent`, oldest first.
    pub fn all(referent: &Value) -> Vec<Ref<WeakRef>> {
        let key = referent.header_ptr().as_ptr() as usize;
        WATCHERS.with(|watchers| {
            let watchers = watchers.borrow();
            let live = watchers.get(&key).into_iter().flatten().filter(|watcher| count(**watcher) > 0);
            // SAFETY: a reference leaves the list before it is freed.
            live.map(|watcher| unsafe { another(*watcher) }).collect()
        })
    }
}

/// One more reference to an object.
///
/// # Safety
/// The object is live.
unsafe fn another(watcher: NonNull<Object<WeakRef>>) -> Ref<WeakRef> {
    // SAFETY: promised by the caller; the count is raised for the reference made here.
    unsafe {
        watcher.as_ref().header.retain();
        Ref::from_ptr(watcher.as_ptr())
    }
}

fn count(watcher: NonNull<Object<WeakRef>>) -> u32 {
    // SAFETY: a reference leaves the list before it is freed.
    unsafe { watcher.as_ref() }.header.count()
}

fn stop_watching(referent: NonNull<Header>, watcher: NonNull<Object<WeakRef>>) {
    // When the thread is ending and its tables are gone, nobody will look.
    let _ = WATCHERS.try_with(|watchers| {
        let mut watchers = watchers.borrow_mut();
        let key = referent.as_ptr() as usize;
        if let Some(list) = watchers.get_mut(&key) {
            list.retain(|other| *other != watcher);
            if list.is_empty() {
                watchers.remove(&key);
                if collector::is_doomed(referent) {
                    return;
                }
                // SAFETY: not freed yet, by the invariant.
                let flags = &unsafe { referent.as_ref() }.flags;
                flags.set(flags.get() & !WATCHED);
            }
        }
    });
}

/// Somebody else wants to hear of the end of an object.
pub(super) fn watch(object: NonNull<Header>) {
    // SAFETY: callers pass a live object.
    let flags = &unsafe { object.as_ref() }.flags;
    flags.set(flags.get() | WATCHED);
}

/// An object that is watched is about to be freed: empty the references to it and queue their callbacks.
pub(super) fn gone(object: NonNull<Header>) {
    collector::spare(object);
    for watcher in forget(object) {
        queue_finalizer(watcher.into_value());
    }
}

/// Empty the references to an object that is not freed yet; those of them that have a callback, newest first.
pub(super) fn forget(object: NonNull<Header>) -> Vec<Ref<WeakRef>> {
    // SAFETY: not freed yet.
    let flags = &unsafe { object.as_ref() }.flags;
    flags.set(flags.get() & !WATCHED);
    let key = object.as_ptr() as usize;
    let list = WATCHERS.try_with(|watchers| watchers.borrow_mut().remove(&key)).ok().flatten();
    let mut calling = Vec::new();
    for watcher in list.into_iter().flatten().rev() {
        // SAFETY: a reference leaves the list before it is freed.
        let body = unsafe { &watcher.as_ref().body };
        body.referent.set(None);
        if count(watcher) > 0 && !body.callback.is_none() {
            // SAFETY: its count says that it is live.
            calling.push(unsafe { another(watcher) });
        }
    }
    calling
}
