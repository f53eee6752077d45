//! Heap objects: a header, a body, and the counting that keeps them alive.
//!
//! Every object is one allocation that begins with a [`Header`]. [`Ref`] is a counted reference of known type, [`Borrow`]
//! the same without touching the count. What all kinds have in common is the trait [`HeapKind`] (law 3: visit my
//! references, tell my size, clear me); the table in `kind` finds it by the kind's number.
//!
//! **Invariants.** A `Ref` or a pointer-tagged `Value` accounts for one reference; at zero the object is freed, once.
//! Freeing never runs Python code: what must run (a suspended frame's `finally`, `__del__`) is queued, see
//! [`queue_finalizer`]; what is freed after that waits in the same queue, as it would in CPython, where the finaliser runs at once.
//! Freeing is iterative beyond a small depth, so a million-deep structure needs no native stack.

use super::identity::{self, IDENTIFIED};
use super::kind::{Kind, TABLE};
use super::value::Value;
use crate::attention;
use std::alloc::Layout;
use std::cell::{Cell, RefCell};
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::ops::Deref;
use std::ptr::NonNull;

/// What every heap object begins with: 16 bytes.
#[repr(C)]
pub struct Header {
    count: Cell<u32>,
    /// What kind of object follows.
    pub kind: Kind,
    /// Bits whose meaning depends on the kind.
    pub flags: Cell<u8>,
    /// A small state whose meaning depends on the kind (generators).
    pub state: Cell<u16>,
    /// A length whose meaning depends on the kind (tuples, inline slots, registers).
    pub aux: Cell<u32>,
    /// The cycle collector's: see `collector`.
    pub(super) mark: Cell<u32>,
}

impl Header {
    #[inline(always)]
    fn new(kind: Kind, aux: u32, mark: u32) -> Header {
        Header {
            count: Cell::new(1),
            kind,
            flags: Cell::new(0),
            state: Cell::new(0),
            aux: Cell::new(aux),
            mark: Cell::new(mark),
        }
    }

    /// One more reference.
    #[inline(always)]
    pub fn retain(&self) {
        self.count.set(self.count.get().wrapping_add(1));
    }

    /// How many references there are.
    #[inline(always)]
    pub fn count(&self) -> u32 {
        self.count.get()
    }
}

/// A heap object: header and body.
#[repr(C)]
pub struct Object<T> {
    /// What all objects share.
    pub header: Header,
    /// What this kind adds.
    pub body: T,
}

/// What the heap must know of each kind of object (law 3).
pub trait HeapKind: 'static + Sized {
    /// Its number.
    const KIND: Kind;
    /// Does it have references that can take part in cycles?
    const TRACKED: bool;
    /// Can the program tell in which order garbage of this kind is finalised? Then it is the order of creation.
    const ORDERED: bool = false;
    /// Size and alignment of one trailing element behind the body, for kinds that have them (`header.aux` of them).
    const TRAILING: Layout = Layout::new::<()>();

    /// Show every value this object refers to, as often as it accounts for a reference to it.
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value));

    /// Bytes held outside the object's own allocation.
    fn outside(_object: &Ref<Self>) -> usize {
        0
    }

    /// Give up every reference, so that a cycle falls apart. The object stays valid.
    fn clear(object: &Ref<Self>);

    /// Is there nothing to ask it at its end and nothing it has to say? Then what follows is passed over.
    #[inline(always)]
    fn goes_quietly(_object: &Ref<Self>) -> bool {
        false
    }

    /// Does Python code have to run before the object goes? Says yes once only: whoever asks sees to it.
    fn wants_finalizer(_object: &Ref<Self>) -> bool {
        false
    }

    /// Called before the object is freed.
    fn last_words(_object: &Ref<Self>) {}

    /// Drop what lies behind the body, if that is not values. Nobody reaches the object any more.
    #[inline(always)]
    fn drop_trailing(_object: &Ref<Self>) {}

    /// What is to be queued like a finaliser instead of freeing it: something that keeps it alive a little longer.
    fn last_will(_object: &Ref<Self>) -> Option<Value> {
        None
    }
}

/// A counted reference to an object of known kind.
#[repr(transparent)]
pub struct Ref<T: HeapKind>(NonNull<Object<T>>);

impl<T: HeapKind> Ref<T> {
    /// A new object.
    #[inline]
    pub fn new(body: T) -> Ref<T> {
        debug_assert!(T::TRAILING.size() == 0, "kinds with trailing elements are made by `with_trailing`");
        Ref::allocate(body, 0)
    }

    /// A new object with `count` trailing elements: values are empty, bytes are to be written by the caller.
    pub fn with_trailing(body: T, count: usize) -> Ref<T> {
        if u32::try_from(count).is_err() {
            // The header could not tell; whoever lets a program choose the length has refused before.
            std::alloc::handle_alloc_error(Layout::new::<Object<T>>());
        }
        Ref::allocate(body, count)
    }

    #[inline]
    pub(super) fn allocate(body: T, trailing: usize) -> Ref<T> {
        let layout = layout_of::<T>(trailing);
        let memory = if T::TRACKED {
            TRACKED.set(TRACKED.get() + 1);
            super::pool::allocate_found(layout)
        } else {
            super::pool::allocate(layout)
        };
        let Some(memory) = NonNull::new(memory.cast::<Object<T>>()) else { std::alloc::handle_alloc_error(layout) };
        // SAFETY: freshly allocated with the layout of `Object<T>` in front, trailing elements behind.
        unsafe {
            let mark = if T::ORDERED { super::collector::next_mark() } else { 0 };
            memory.write(Object { header: Header::new(T::KIND, trailing as u32, mark), body });
            if T::TRAILING.size() == size_of::<Value>() {
                let first = memory.cast::<u8>().add(size_of::<Object<T>>()).cast::<Value>();
                for index in 0..trailing {
                    first.add(index).write(Value::EMPTY);
                }
            }
        }
        Ref(memory)
    }

    /// The address, with the provenance of the whole allocation.
    #[inline(always)]
    pub fn as_ptr(&self) -> *mut Object<T> {
        self.0.as_ptr()
    }

    /// A reference from its address; takes over one count.
    ///
    /// # Safety
    /// `pointer` is a live object whose count includes the one taken over.
    #[inline(always)]
    pub unsafe fn from_ptr(pointer: *mut Object<T>) -> Ref<T> {
        // SAFETY: promised by the caller.
        Ref(unsafe { NonNull::new_unchecked(pointer) })
    }

    /// The header.
    #[inline(always)]
    pub fn header(&self) -> &Header {
        // SAFETY: a reference keeps its object alive.
        unsafe { &self.0.as_ref().header }
    }

    /// Address of the first trailing element.
    #[inline(always)]
    pub fn trailing<E>(&self) -> *mut E {
        debug_assert!(T::TRAILING.size() == size_of::<E>());
        // SAFETY: trailing elements begin where `Object<T>` ends, inside the same allocation.
        unsafe { self.0.as_ptr().cast::<u8>().add(size_of::<Object<T>>()).cast() }
    }

    /// Show the object to a visitor.
    #[inline(always)]
    pub fn show(&self, see: &mut dyn FnMut(&Value)) {
        // SAFETY: this reference keeps the object alive.
        let object = unsafe { Value::view(self.0.cast()) };
        see(&object);
    }

    /// Are both the same object?
    #[inline(always)]
    pub fn is(&self, other: &Ref<T>) -> bool {
        self.0 == other.0
    }
}

/// The same object with room for `count` trailing bytes instead of the `header.aux` it has, which then says `count`. The
/// new ones are to be written by the caller.
///
/// # Safety
/// The reference is the only one to its object, whose trailing elements are bytes.
pub(super) unsafe fn grow_bytes<T: HeapKind>(object: Ref<T>, count: usize) -> Ref<T> {
    let header = object.header();
    debug_assert!(header.count() == 1 && T::TRAILING.size() == 1 && !T::TRACKED);
    if header.flags.get() & IDENTIFIED != 0 {
        identity::forget(object.0.as_ptr() as usize);
    }
    let old = layout_of::<T>(header.aux.get() as usize);
    let pointer = object.as_ptr();
    std::mem::forget(object);
    let new = layout_of::<T>(count);
    // SAFETY: allocated with the old layout; both have the same alignment.
    let grown = unsafe { super::pool::reallocate(pointer.cast(), old, new) };
    let Some(grown) = NonNull::new(grown.cast::<Object<T>>()) else { std::alloc::handle_alloc_error(new) };
    // SAFETY: the header moved along.
    unsafe { grown.as_ref() }.header.aux.set(count as u32);
    Ref(grown)
}

fn layout_of<T: HeapKind>(trailing: usize) -> Layout {
    let size = size_of::<Object<T>>() + T::TRAILING.size() * trailing;
    debug_assert!(size_of::<Object<T>>().is_multiple_of(T::TRAILING.align().max(1)));
    match Layout::from_size_align(size, align_of::<Object<T>>()) {
        Ok(layout) => layout,
        Err(_) => std::alloc::handle_alloc_error(Layout::new::<Object<T>>()),
    }
}

impl<T: HeapKind> Clone for Ref<T> {
    #[inline(always)]
    fn clone(&self) -> Ref<T> {
        self.header().retain();
        Ref(self.0)
    }
}

impl<T: HeapKind> Drop for Ref<T> {
    #[inline(always)]
    fn drop(&mut self) {
        // SAFETY: this reference accounts for one count, given up here.
        unsafe { release(self.0.cast()) }
    }
}

impl<T: HeapKind> Deref for Ref<T> {
    type Target = T;
    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: a reference keeps its object alive; bodies are only mutated through cells.
        unsafe { &self.0.as_ref().body }
    }
}

impl<T: HeapKind> std::fmt::Debug for Ref<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "<{:?}>", T::KIND)
    }
}

/// A typed view of an object that a value keeps alive; does not touch the count.
pub struct Borrow<'a, T: HeapKind>(ManuallyDrop<Ref<T>>, PhantomData<&'a Value>);

impl<'a, T: HeapKind> Borrow<'a, T> {
    /// A view of the object in `value`, whose kind was checked.
    #[inline(always)]
    pub(crate) fn of(value: &'a Value) -> Borrow<'a, T> {
        debug_assert!(value.is_kind(T::KIND));
        Borrow(ManuallyDrop::new(Ref(value.header_ptr().cast())), PhantomData)
    }

    /// A counted reference to the same object.
    #[inline(always)]
    pub fn to_ref(&self) -> Ref<T> {
        (*self.0).clone()
    }

    /// The body, for as long as the value lives.
    #[inline(always)]
    pub fn body(&self) -> &'a T {
        // SAFETY: the value borrowed for `'a` keeps the object alive.
        unsafe { &(*self.0.as_ptr()).body }
    }

    /// The reference, for as long as the value lives.
    #[inline(always)]
    pub fn reference(&self) -> &Ref<T> {
        &self.0
    }
}

impl<T: HeapKind> Deref for Borrow<'_, T> {
    type Target = Ref<T>;
    #[inline(always)]
    fn deref(&self) -> &Ref<T> {
        &self.0
    }
}

/// Gives up one reference.
///
/// # Safety
/// The object is live and the caller owned the reference.
#[inline(always)]
pub unsafe fn release(object: NonNull<Header>) {
    // SAFETY: live by the caller's promise.
    let count = unsafe { &object.as_ref().count };
    debug_assert!(count.get() != 0, "one reference too many was given up");
    let left = count.get().wrapping_sub(1);
    count.set(left);
    if left == 0 {
        // SAFETY: that was the last reference.
        unsafe { free(object) }
    }
}

/// How deep freeing may nest on the native stack before it is put off.
const NESTED_FREES: u32 = 40;

/// In [`DEPTH`]: a finaliser waits. In CPython it would run now, while whoever is being freed still has the rest of what it
/// refers to: that goes when the finaliser has run.
const FINALISER_WAITS: u32 = 1 << 31;

/// So many objects may wait for one finaliser; further ones go at once.
const MOST_KEPT: usize = 10_000;

thread_local! {
    /// How many objects of tracked kinds there are. Without a destructor, as what follows.
    static TRACKED: Cell<isize> = const { Cell::new(0) };
    /// How deep freeing is nested now. Apart from the rest because it has no destructor, so looking at it is cheap.
    static DEPTH: Cell<u32> = const { Cell::new(0) };
    static HEAP: Heap = const { Heap {
        waiting: RefCell::new(Vec::new()),
        finalizers: RefCell::new(Vec::new()),
    } };
}

struct Heap {
    /// Objects whose freeing was put off.
    waiting: RefCell<Vec<NonNull<Header>>>,
    finalizers: RefCell<Vec<Queued>>,
}

/// What happens at the next instruction boundary.
enum Queued {
    /// A revived object wants Python code to run.
    Finaliser(Value),
    /// After that, these go.
    Rest(Vec<Value>),
}

// Small and apart, so that whoever gives up a reference stays small.
#[inline(never)]
unsafe fn free(object: NonNull<Header>) {
    let depth = DEPTH.get();
    if depth >= NESTED_FREES {
        // SAFETY: as for this function.
        return unsafe { put_off(object) };
    }
    DEPTH.set(depth + 1);
    // SAFETY: the count is zero and this is the only place that frees.
    unsafe { free_now(object) };
    DEPTH.set(DEPTH.get() - 1);
    // Only a chain that went down to the limit put anything off.
    if depth == NESTED_FREES - 1 {
        free_waiting(depth);
    }
}

/// An object goes while a finaliser waits, or deep in a chain.
#[cold]
#[inline(never)]
unsafe fn put_off(object: NonNull<Header>) {
    let depth = DEPTH.get() & !FINALISER_WAITS;
    // SAFETY: live, and what has references to others is tracked.
    if DEPTH.get() & FINALISER_WAITS != 0 && unsafe { object.as_ref() }.kind.row().tracked {
        // SAFETY: the count is zero.
        if unsafe { keep_for_finaliser(object) } {
            return;
        }
    }
    if depth >= NESTED_FREES {
        // When the thread is ending and its tables are gone, what is left is left to the operating system.
        let _ = HEAP.try_with(|heap| heap.waiting.borrow_mut().push(object));
        return;
    }
    DEPTH.set(DEPTH.get() + 1);
    // SAFETY: the count is zero.
    unsafe { free_now(object) };
    DEPTH.set(DEPTH.get() - 1);
    if depth == NESTED_FREES - 1 {
        free_waiting(depth);
    }
}

/// Revives an object until the finaliser that waits has run; `false` if too many wait already.
unsafe fn keep_for_finaliser(object: NonNull<Header>) -> bool {
    let kept = HEAP.try_with(|heap| {
        let mut queue = heap.finalizers.borrow_mut();
        if !matches!(queue.last(), Some(Queued::Rest(_))) {
            queue.push(Queued::Rest(Vec::new()));
        }
        let Some(Queued::Rest(rest)) = queue.last_mut() else { return false };
        if rest.len() >= MOST_KEPT {
            return false;
        }
        // SAFETY: a live object, whose only reference this is.
        rest.push(unsafe { Value::from_header(object) });
        true
    });
    kept.unwrap_or(false)
}

#[cold]
fn free_waiting(depth: u32) {
    while let Ok(Some(next)) = HEAP.try_with(|heap| heap.waiting.borrow_mut().pop()) {
        let waits = DEPTH.get() & FINALISER_WAITS;
        DEPTH.set((depth + 1) | waits);
        // SAFETY: as in `free`; it waited with a count of zero.
        unsafe { free_now(next) };
        DEPTH.set(depth | (DEPTH.get() & FINALISER_WAITS));
    }
}

unsafe fn free_now(object: NonNull<Header>) {
    // SAFETY: live until the table's function frees it.
    let kind = unsafe { object.as_ref().kind };
    // SAFETY: the table entry belongs to the kind.
    unsafe { (TABLE[kind as usize].free)(object) }
}

/// How many objects of tracked kinds this thread has.
pub fn tracked() -> isize {
    TRACKED.get()
}

/// Frees an object of kind `T` whose count is zero. Stands in the table of kinds.
///
/// # Safety
/// The object is of that kind, its count is zero.
pub(super) unsafe fn free_object<T: HeapKind>(object: NonNull<Header>) {
    let object = object.cast::<Object<T>>();
    // SAFETY: still live.
    let header = unsafe { &object.as_ref().header };
    let borrowed = ManuallyDrop::new(Ref(object));
    if T::goes_quietly(&borrowed) && header.flags.get() & (IDENTIFIED | super::weak::WATCHED) == 0 {
        // SAFETY: the count is zero, and nobody is to be told.
        return unsafe { take_apart::<T>(object, false) };
    }
    if matches!(T::KIND, Kind::Generator) && header.flags.get() & super::weak::WATCHED != 0 {
        // As CPython does: who watches a generator hears of its end before its `finally` runs.
        super::weak::gone(object.cast());
    }
    if T::wants_finalizer(&borrowed) {
        queue_finalizer(borrowed.value());
        return;
    }
    if let Some(will) = T::last_will(&borrowed) {
        queue_finalizer(will);
        return;
    }
    T::last_words(&borrowed);
    if header.flags.get() & IDENTIFIED != 0 {
        identity::forget(object.as_ptr() as usize);
    }
    if header.flags.get() & super::weak::WATCHED != 0 {
        super::weak::gone(object.cast());
    }
    // SAFETY: the count is zero, and all has been said.
    unsafe { take_apart::<T>(object, false) }
}

/// Gives up a reference, mostly the last one to an object of kind `T` that goes quietly: then it is freed without asking the
/// table of kinds how.
#[inline]
pub(super) fn release_quiet<T: HeapKind>(value: Value) {
    if let Some(object) = value.get::<T>()
        && object.header().count() == 1
        && object.header().flags.get() & (IDENTIFIED | super::weak::WATCHED) == 0
        && T::goes_quietly(object.reference())
    {
        let last = value.header_ptr().cast::<Object<T>>();
        std::mem::forget(value);
        // SAFETY: that was the last reference, and nobody is to be told.
        unsafe {
            last.as_ref().header.count.set(0);
            take_apart::<T>(last, true);
        }
    } else {
        value.release();
    }
}

/// Gives up all that an object refers to, and its memory. `bare`: its trailing values are no objects.
///
/// # Safety
/// Nobody refers to it any more.
#[inline(always)]
unsafe fn take_apart<T: HeapKind>(object: NonNull<Object<T>>, bare: bool) {
    // SAFETY: promised by the caller. The drop of the body gives up its references.
    unsafe {
        let aux = object.as_ref().header.aux.get() as usize;
        if T::TRAILING.size() == size_of::<Value>() && T::TRAILING.align() == align_of::<Value>() {
            let first = ManuallyDrop::new(Ref(object)).trailing::<Value>();
            debug_assert!(!bare || (0..aux).all(|n| !(*first.add(n)).is_object()));
            let aux = if bare { 0 } else { aux };
            // Tuples and frames from the end, as CPython does: what finalisers print shows the order.
            for n in 0..aux {
                let from_the_end = matches!(T::KIND, Kind::Tuple | Kind::Generator);
                let index = if from_the_end { aux - 1 - n } else { n };
                first.add(index).drop_in_place();
            }
        }
        T::drop_trailing(&ManuallyDrop::new(Ref(object)));
        (&raw mut (*object.as_ptr()).body).drop_in_place();
        if T::TRACKED {
            TRACKED.set(TRACKED.get() - 1);
            super::pool::free_found(object.as_ptr().cast(), layout_of::<T>(aux));
        } else {
            super::pool::free(object.as_ptr().cast(), layout_of::<T>(aux));
        }
    }
}

/// Queue an object whose finaliser has to run as Python code at the next instruction boundary.
pub fn queue_finalizer(object: Value) {
    // At the end of the thread there is nobody left to run it: then the object just goes.
    if HEAP.try_with(|heap| heap.finalizers.borrow_mut().push(Queued::Finaliser(object))).is_ok() {
        DEPTH.set(DEPTH.get() | FINALISER_WAITS);
        attention::finaliser_waits();
    }
}

/// The finalisers that wait, oldest first; they are the caller's now. A list among them is what goes when those before it
/// have run.
pub fn take_finalizers() -> Vec<Value> {
    let waiting = HEAP.with(|heap| std::mem::take(&mut *heap.finalizers.borrow_mut()));
    DEPTH.set(DEPTH.get() & !FINALISER_WAITS);
    attention::finalisers_taken(waiting.iter().filter(|queued| matches!(queued, Queued::Finaliser(_))).count());
    let in_turn = |queued| match queued {
        Queued::Finaliser(object) => object,
        // A list gives up its items from the last to the first.
        Queued::Rest(objects) => Value::list(objects.into_iter().rev().collect()),
    };
    waiting.into_iter().map(in_turn).collect()
}

/// A float whose exponent does not fit a value.
#[cold]
#[inline(never)]
pub(super) fn boxed_float(f: f64) -> Value {
    Ref::new(super::float::Float(f)).into_value()
}
