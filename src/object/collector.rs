//! The cycle collector: finds the objects that only refer to each other.
//!
//! Trial deletion, as in CPython: of every object's count the references are taken away that the looked-at objects account
//! for themselves ([`HeapKind::visit`] shows them). Who is left with some is referred to from outside (a register, a
//! global of the machine, a Rust variable), and so is what can be reached from there; the rest is garbage. A frame that
//! runs is no object, so what its registers hold is referred to from outside; a suspended one belongs to its generator.
//!
//! Garbage goes in two steps with Python code between them (PEP 442): [`unreachable`] finds it and says which finalisers
//! and callbacks have to run; when they have run, [`clear`] takes what is still garbage apart. Both steps run while no
//! instruction is being carried out, so nothing holds a borrow of an object's inside. The machine's part is `vm::collect`.
//!
//! **Invariant.** An object's `mark` holds when it was created, if its kind is [`HeapKind::ORDERED`], beside the bits below;
//! within a function of this file it may hold a count of references in place of it.

use super::heap::{Header, Ref};
use super::kind::Kind;
use super::value::Value;
use super::weak::{self, WATCHED, WeakRef};
use super::{
    Dict, Exception, Function, Generator, GeneratorState, Instance, Type, TypeFlags, exception, generator, instance,
    pool,
};
use crate::attention;
use rustc_hash::FxHashMap;
use std::cell::{Cell, RefCell};
use std::ptr::NonNull;

/// In a mark: the object is one of those looked at, and the rest is a count of references.
const LOOKED_AT: u32 = 1 << 31;
/// In a mark: the object is no garbage, whatever refers to it (`gc.freeze`).
const FROZEN: u32 = 1 << 30;
/// In a mark: the object has outlived a collection.
const OLD: u32 = 1 << 29;
/// In a mark: when it was created.
const AGE: u32 = OLD - 1;
/// The count of an object that is referred to from outside.
const REACHED: u32 = LOOKED_AT - 1;

thread_local! {
    static CREATED: Cell<u32> = const { Cell::new(0) };
}

/// The mark of an object that is created now.
#[inline(always)]
pub(super) fn next_mark() -> u32 {
    let now = CREATED.get().wrapping_add(1);
    CREATED.set(now);
    now & AGE
}

/// An object that is looked at.
struct Suspect {
    object: NonNull<Header>,
    mark: u32,
}

impl Suspect {
    fn mark(&self) -> &Cell<u32> {
        // SAFETY: suspects are alive as long as nothing is freed, and nothing is while they are looked at.
        unsafe { &self.object.as_ref().mark }
    }

    fn count(&self) -> u32 {
        // SAFETY: as above.
        unsafe { self.object.as_ref() }.count()
    }

    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        // SAFETY: as above.
        let (object, kind) = unsafe { (Value::view(self.object), self.object.as_ref().kind) };
        (kind.row().visit)(&object, see);
    }

    fn value(&self) -> Value {
        // SAFETY: as above.
        unsafe { Value::from_header(self.object) }
    }
}

/// Every object that can take part in cycles, but those that have one of the bits `spared` in their marks.
fn everything(spared: u32) -> Vec<Suspect> {
    let mut all = Vec::new();
    pool::each(|address| {
        let Some(object) = NonNull::new(address.cast::<Header>()) else { return };
        // SAFETY: only objects are allocated in the pool, and those in use are live.
        let header = unsafe { object.as_ref() };
        if header.kind.row().tracked && header.mark.get() & spared == 0 {
            all.push(Suspect { object, mark: header.mark.get() });
        }
    });
    all
}

/// The mark of an object that is looked at.
fn mark_of(value: &Value) -> Option<&Cell<u32>> {
    value.header().map(|header| &header.mark).filter(|mark| mark.get() & LOOKED_AT != 0)
}

/// Leaves those of the objects that nothing else refers to; `held` references to each do not count. The marks of what is
/// left still say that it is looked at.
fn only_garbage(mut suspects: Vec<Suspect>, held: u32) -> Vec<Suspect> {
    for suspect in &suspects {
        let count = (suspect.count() - held).min(REACHED);
        suspect.mark().set(LOOKED_AT | count);
    }
    for suspect in &suspects {
        suspect.visit(&mut |value| {
            if let Some(mark) = mark_of(value) {
                debug_assert!(mark.get() != LOOKED_AT, "{value:?} is shown more often than it is referred to");
                mark.set(mark.get() - 1);
            }
        });
    }
    let mut open = Vec::new();
    for suspect in &suspects {
        if matches!(suspect.mark().get() & !LOOKED_AT, 1..REACHED) {
            suspect.mark().set(LOOKED_AT | REACHED);
            open.push(suspect.object);
        }
        while let Some(object) = open.pop() {
            Suspect { object, mark: 0 }.visit(&mut |value| {
                if let Some(mark) = mark_of(value)
                    && mark.get() != LOOKED_AT | REACHED
                {
                    mark.set(LOOKED_AT | REACHED);
                    open.push(value.header_ptr());
                }
            });
        }
    }
    suspects.retain(|suspect| {
        let garbage = suspect.mark().get() == LOOKED_AT;
        if !garbage {
            suspect.mark().set(suspect.mark | OLD);
        }
        garbage
    });
    suspects
}

/// What a first look found.
#[derive(Default)]
pub struct Found {
    /// The garbage, oldest first.
    pub garbage: Vec<Value>,
    /// Weak references whose callbacks have to be called.
    pub waiting: Vec<Value>,
    /// The finalisers of garbage that have to run, in this order.
    pub finalizable: Vec<Due>,
}

/// Garbage whose finaliser is to run.
pub enum Due {
    /// What stands at this place, unless it goes before.
    At(usize),
    /// One that is asked but once whether it has a finaliser, and was: it stays until its turn.
    Asked(Value),
}

/// Garbage while its finalisers run. It is not kept alive: one finaliser may drop what another object of the garbage held,
/// which then goes, and is finalised, there and then.
#[derive(Default)]
struct Doomed {
    objects: Vec<Option<NonNull<Header>>>,
    places: FxHashMap<usize, usize>,
    /// Whose finalisers are still to run, the last first.
    finalizable: Vec<Due>,
}

thread_local! {
    static DOOMED: RefCell<Doomed> = RefCell::default();
}

/// From now on this is garbage that is not kept alive. What goes until [`still_unreachable`] leaves it (see [`spare`]).
pub fn doom(garbage: Vec<Value>, mut finalizable: Vec<Due>) {
    finalizable.reverse();
    DOOMED.with_borrow_mut(|doomed| {
        doomed.places = garbage.iter().map(|object| object.header_ptr().as_ptr() as usize).zip(0..).collect();
        doomed.objects = garbage.iter().map(|object| Some(object.header_ptr())).collect();
        doomed.finalizable = finalizable;
    });
    garbage.iter().for_each(|object| weak::watch(object.header_ptr()));
}

/// The next object whose finaliser is to run; it counts as having run then. `Some(None)`: first those that wait already.
pub fn next_doomed() -> Option<Option<Value>> {
    loop {
        let due = DOOMED.with_borrow_mut(|doomed| doomed.finalizable.pop())?;
        let place = match due {
            Due::At(place) => place,
            Due::Asked(object) => return Some(Some(object)),
        };
        let Some(object) = DOOMED.with_borrow(|doomed| doomed.objects.get(place).copied().flatten()) else { continue };
        // SAFETY: what is freed leaves the list before.
        let object = unsafe { Value::from_header(object) };
        if object.kind().is_some_and(|kind| (kind.row().wants_finalizer)(&object)) {
            return Some(Some(object));
        }
        if let Some(generator) = ends_quietly(&object) {
            // What it holds goes before the next finaliser runs.
            generator.close_quietly();
            if attention::wanted() {
                return Some(None);
            }
        }
    }
}

/// Is it garbage whose finalisers run?
pub(super) fn is_doomed(object: NonNull<Header>) -> bool {
    DOOMED.try_with(|doomed| doomed.borrow().places.contains_key(&(object.as_ptr() as usize))).unwrap_or(false)
}

/// An object is about to be freed: it is no garbage that a collection has to see to.
pub(super) fn spare(object: NonNull<Header>) {
    // When the thread is ending and its tables are gone, nobody will look.
    let _ = DOOMED.try_with(|doomed| {
        let mut doomed = doomed.borrow_mut();
        if let Some(place) = doomed.places.remove(&(object.as_ptr() as usize)) {
            doomed.objects[place] = None;
        }
    });
}

/// The garbage that has not gone by itself while finalisers ran.
pub fn left_of_doomed() -> Vec<Value> {
    let doomed = DOOMED.take();
    // SAFETY: what was freed has left the list.
    doomed.objects.into_iter().flatten().map(|object| unsafe { Value::from_header(object) }).collect()
}

/// Finds the garbage: among all objects, or among those that have not outlived a collection yet. Weak references to it are
/// empty afterwards.
pub fn unreachable(young_only: bool) -> Found {
    let suspects = everything(if young_only { FROZEN | OLD } else { FROZEN });
    let mut garbage = only_garbage(suspects, 0);
    let now = CREATED.get();
    garbage.sort_by_key(|suspect| std::cmp::Reverse(now.wrapping_sub(suspect.mark) & AGE));
    let mut found = Found::default();
    for suspect in &garbage {
        // Garbage does not hear of other garbage.
        let hears = |watcher: &Ref<WeakRef>| watcher.header().mark.get() & LOOKED_AT == 0;
        found.waiting.extend(forget_watchers(suspect).into_iter().filter(hears).map(Ref::into_value));
    }
    for suspect in &garbage {
        suspect.mark().set(suspect.mark | OLD);
        found.garbage.push(suspect.value());
    }
    let mut heard = !found.waiting.is_empty();
    for (place, object) in found.garbage.iter().enumerate() {
        if !object.kind().is_some_and(|kind| (kind.row().wants_finalizer)(object)) {
            if ends_quietly(object).is_some() {
                found.finalizable.push(Due::At(place));
            }
            continue;
        }
        heard = true;
        match finalized_flag(object) {
            // It counts as finalised when it is its turn.
            Some((flags, bit)) => {
                flags.set(flags.get() & !bit);
                found.finalizable.push(Due::At(place));
            }
            None => found.finalizable.push(Due::Asked(object.clone())),
        }
    }
    if !heard {
        found.finalizable.clear();
    }
    found
}

/// A suspended frame of which nothing runs when it ends. Where finalisers run, it ends in its turn, as in CPython.
fn ends_quietly(object: &Value) -> Option<Ref<Generator>> {
    let quiet = |it: &Ref<Generator>| it.state() == GeneratorState::Suspended && !it.has_flag(generator::FINALIZED);
    object.to_ref::<Generator>().filter(quiet)
}

/// Where an object says that its finaliser has run.
fn finalized_flag(object: &Value) -> Option<(&Cell<u8>, u8)> {
    let bit = match object.kind()? {
        Kind::Instance => instance::FINALIZED,
        Kind::Exception => exception::FINALIZED,
        Kind::Generator => generator::FINALIZED,
        Kind::Type => super::class::FINALIZED,
        _ => return None,
    };
    Some((&object.header()?.flags, bit))
}

/// The generators, coroutines and async generators of a function.
pub fn generators_of(function: &Ref<Function>) -> Vec<Ref<Generator>> {
    let of_function = |suspect: Suspect| {
        let generator = suspect.value().to_ref::<Generator>()?;
        generator.function().is_some_and(|own| own.is(function)).then_some(generator)
    };
    everything(0).into_iter().filter_map(of_function).collect()
}

fn forget_watchers(suspect: &Suspect) -> Vec<Ref<WeakRef>> {
    // SAFETY: suspects are alive.
    let watched = unsafe { suspect.object.as_ref() }.flags.get() & WATCHED != 0;
    if watched { weak::forget(suspect.object) } else { Vec::new() }
}

/// Of garbage whose finalisers have run, what is still garbage: not referred to by anything but itself and `garbage`.
/// Those that finalisers have had watch it hear of its end, unless they are garbage themselves.
pub fn still_unreachable(garbage: Vec<Value>) -> Vec<Value> {
    let suspect = |value: &Value| {
        let mark = value.header().map_or(0, |header| header.mark.get());
        Suspect { object: value.header_ptr(), mark }
    };
    let left = only_garbage(garbage.iter().map(suspect).collect(), 1);
    let mut unheard = Vec::new();
    for suspect in &left {
        for watcher in WeakRef::all(&suspect.value()) {
            if watcher.header().mark.get() & LOOKED_AT != 0 {
                unheard.push(watcher.callback.replace(Value::NONE));
            }
        }
    }
    left.iter().for_each(|suspect| suspect.mark().set(suspect.mark));
    left.iter().map(Suspect::value).collect()
}

/// Is there an object that has a finaliser, or a callback that waits for one's end? If not, nobody can tell whether garbage
/// is found.
pub fn anyone_would_know() -> bool {
    let mut known = false;
    pool::each(|address| {
        let Some(object) = NonNull::new(address.cast::<Header>()).filter(|_| !known) else { return };
        // SAFETY: only objects are allocated in the pool, and those in use are live.
        let value = unsafe { Value::view(object) };
        let has_del = |class: &Ref<Type>| class.flags().has(TypeFlags::DEL);
        known = match value.kind() {
            Some(Kind::Instance) => value.get::<Instance>().is_some_and(|instance| has_del(instance.class())),
            Some(Kind::Exception) => value.get::<Exception>().is_some_and(|exception| has_del(exception.class())),
            Some(Kind::Type) => value.get::<Type>().is_some_and(|class| class.is_finalized_by_its_class()),
            Some(Kind::Generator) => value.to_ref::<Generator>().is_some_and(|it| it.state() != GeneratorState::Closed),
            Some(Kind::WeakRef) => value.get::<WeakRef>().is_some_and(|weak| !weak.callback.is_none()),
            Some(Kind::AsyncStep) => true,
            _ => false,
        };
    });
    known
}

/// From now on what can be reached from `roots` counts as created after everything else, in the order in which it is reached:
/// what is near before what is far. Lists and tuples are looked through from their end, as in CPython.
pub fn renumber(roots: &[Value]) {
    let all = everything(0);
    all.iter().for_each(|suspect| suspect.mark().set(LOOKED_AT));
    let mut line = std::collections::VecDeque::new();
    let mut reached = 0;
    let mut stand_in_line = |value: &Value, line: &mut std::collections::VecDeque<NonNull<Header>>| {
        if let Some(mark) = mark_of(value)
            && mark.get() == LOOKED_AT
            && reached < AGE
        {
            reached += 1;
            mark.set(LOOKED_AT | reached);
            line.push_back(value.header_ptr());
        }
    };
    roots.iter().for_each(|root| stand_in_line(root, &mut line));
    let mut items = Vec::new();
    while let Some(object) = line.pop_front() {
        let next = Suspect { object, mark: 0 };
        // SAFETY: nothing is freed meanwhile.
        if matches!(unsafe { object.as_ref() }.kind, Kind::List | Kind::Tuple) {
            next.visit(&mut |value| items.push(value.header().map(|_| value.header_ptr())));
            for item in items.drain(..).rev().flatten() {
                // SAFETY: as above.
                let item = unsafe { Value::view(item) };
                stand_in_line(&item, &mut line);
            }
        } else {
            next.visit(&mut |value| stand_in_line(value, &mut line));
        }
    }
    let before = CREATED.get();
    CREATED.set(before.wrapping_add(reached));
    for suspect in &all {
        let age = match suspect.mark().get() & AGE {
            0 => suspect.mark & AGE,
            rank => before.wrapping_add(rank) & AGE,
        };
        suspect.mark().set(suspect.mark & !AGE | age);
    }
}

/// Take garbage apart.
pub fn clear(garbage: Vec<Value>) {
    let take_apart = |object: &Value| {
        if let Some(kind) = object.kind() {
            (kind.row().clear)(object);
        }
    };
    // A generator that has a will goes by that, if nothing but the garbage had it; a tuple of that goes only here.
    let (with_will, others): (Vec<Value>, Vec<Value>) = garbage.into_iter().partition(has_will);
    others.iter().for_each(take_apart);
    drop(others);
    let still_held = |object: &&Value| object.header().is_some_and(|header| header.count() > 1);
    with_will.iter().filter(still_held).for_each(take_apart);
}

fn has_will(object: &Value) -> bool {
    object.to_ref::<Generator>().is_some_and(|generator| generator.has_will())
}

/// Which objects are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Age {
    Any,
    /// Those that have not outlived a collection yet.
    Young,
    /// Those that have.
    Old,
}

/// The objects that can take part in cycles.
pub fn objects(age: Age) -> Vec<Value> {
    let meant = |suspect: &Suspect| match age {
        Age::Any => true,
        Age::Young => suspect.mark & (OLD | FROZEN) == 0,
        Age::Old => suspect.mark & (OLD | FROZEN) == OLD,
    };
    everything(0).into_iter().filter(meant).map(|suspect| suspect.value()).collect()
}

/// Those of the objects that refer to one of `targets`.
pub fn referrers(targets: &[Value]) -> Vec<Value> {
    let refers = |suspect: &Suspect| {
        let mut found = false;
        suspect.visit(&mut |value| found |= targets.iter().any(|target| target.is(value)));
        found
    };
    everything(0).into_iter().filter(refers).map(|suspect| suspect.value()).collect()
}

/// What an object refers to.
pub fn referents(object: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    let mut see = |value: &Value| {
        if !value.is_undef() {
            all.push(value.clone());
        }
    };
    match object.kind() {
        // A register without a value is a float.
        Some(Kind::Generator) => (Kind::Generator.row().visit)(object, &mut |value| {
            if value.is_object() {
                see(value);
            }
        }),
        // Keys that are all strings are no concern of a collector.
        Some(Kind::Dict) => {
            let items = object.get::<Dict>().map(|dict| dict.items()).unwrap_or_default();
            let plain = items.iter().all(|(key, _)| key.is_kind(Kind::Str));
            for (key, value) in &items {
                if !plain {
                    see(key);
                }
                see(value);
            }
        }
        // Neither the class that is not its own nor what is not there.
        Some(kind @ (Kind::WeakRef | Kind::Property)) => (kind.row().visit)(object, &mut |value| {
            if !value.is_none() && !value.is_kind(Kind::Type) {
                see(value);
            }
        }),
        Some(kind) if kind.row().tracked => (kind.row().visit)(object, &mut see),
        _ => {}
    }
    all
}

/// From now on no object that there is counts as garbage, or any does.
pub fn freeze(frozen: bool) {
    for suspect in everything(0) {
        suspect.mark().set(if frozen { suspect.mark | FROZEN } else { suspect.mark & !FROZEN });
    }
}

/// How many objects are exempt.
pub fn frozen() -> usize {
    everything(0).iter().filter(|suspect| suspect.mark & FROZEN != 0).count()
}

/// Has the finaliser of this object run?
pub fn is_finalized(object: &Value) -> bool {
    finalized_flag(object).is_some_and(|(flags, bit)| flags.get() & bit != 0)
}
