//! What a queue is: what is in it, who waits to put something in or take something out, and how much is not done with.
//!
//! `asyncio.Queue` derives from it. What is "plain" of it keeps its items in a deque and asks no method of a derived class; its
//! items go in and out here, and who has to wait for that stands in line. For all others there is Python code.

use super::core;
use super::future::{self, be_cancelled};
use super::wait::{Wait, What};
use super::{exception_of_class, fill, globals, tail_python};
use crate::builtins::{getsets, natives};
use crate::object::{Foreign, Instance, NativeObject, Ref, Slot, Type, Value};
use crate::stdlib::collections::{self, Deque};
use crate::vm::{AtOnce, Awaited, Exit, NativeResult, Vm};
use std::cell::Cell;

/// The state of a queue.
pub(super) struct Queue {
    /// Needs no method to be asked.
    plain: Cell<bool>,
    /// What it was told of its size, and for how many items that is room: endless if not above zero.
    maxsize: Slot,
    most: Cell<i64>,
    /// The items, a deque if it is plain.
    items: Slot,
    getters: Slot,
    putters: Slot,
    unfinished: Cell<i64>,
    shut: Cell<bool>,
    looped: Slot,
}

impl NativeObject for Queue {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.items, &self.getters, &self.putters, &self.looped, &self.maxsize]
            .into_iter()
            .for_each(|slot| slot.visit(see));
    }
    fn clear(&self) {
        self.items.set(Value::NONE);
        self.looped.set(Value::NONE);
    }
}

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    METHODS {
        /// Put an item in; QueueFull if there is no room.
        "put_nowait(self, item)" => put_nowait;
        /// Take an item out; QueueEmpty if there is none.
        "get_nowait(self)" => get_nowait;
    }
}

getsets! {
    ATTRIBUTES {
        "_plain" => plain, set_plain;
        "_maxsize" => maxsize, set_maxsize;
        "_queue" => items, set_items;
        "_getters" => getters;
        "_putters" => putters;
        "_unfinished_tasks" => unfinished, set_unfinished;
        "_is_shutdown" => shut, set_shut;
        "_loop" => looped, set_looped;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NEW, METHODS, ATTRIBUTES);
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let exact = globals(vm).queue.clone();
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("a class is needed")) };
    let [getters, putters] = [(); 2].map(|()| collections::empty(vm));
    let queue = Queue {
        plain: Cell::new(false),
        maxsize: Slot::new(Value::small(0)),
        most: Cell::new(0),
        items: Slot::new(Value::NONE),
        getters: Slot::new(getters),
        putters: Slot::new(putters),
        unfinished: Cell::new(0),
        shut: Cell::new(false),
        looped: Slot::new(Value::NONE),
    };
    let made = Foreign::value(&exact, queue);
    Ok(if class.is(&exact) { made } else { Value::object(Instance::wrapping(&class, made)) })
}

fn me<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Queue, Exit> {
    value.foreign::<Queue>().ok_or_else(|| vm.type_error("a Queue is needed"))
}

impl Queue {
    fn with_items<R>(&self, look: impl FnOnce(&Deque) -> R) -> Option<R> {
        self.items.with(|items| items.foreign::<Deque>().map(look))
    }

    fn count(&self) -> usize {
        self.with_items(Deque::count).unwrap_or(0)
    }

    /// Nothing of it is asked of methods of the program, nor are those told by such methods who wait.
    fn is_plain(&self) -> bool {
        self.plain.get() && self.looped.with(|looped| looped.is_none() || core::with_own_futures(looped).is_some())
    }

    fn is_full(&self) -> bool {
        self.most.get() > 0 && self.count() as i64 >= self.most.get()
    }
}

/// Take places off the line, up to the first that still waits: it is woken.
fn serve(vm: &mut Vm, line: &Slot) -> Result<(), Exit> {
    while let Some(place) = line.with(|line| line.foreign::<Deque>().and_then(Deque::pop_front)) {
        if future::of(&place).is_some_and(|place| !place.is_done()) {
            future::set_result(vm, &[place, Value::NONE])?;
            return Ok(());
        }
    }
    Ok(())
}

/// Put an item in where there is room; somebody who waits for one is woken.
fn push(vm: &mut Vm, queue: &Queue, item: Value) -> Result<(), Exit> {
    queue.with_items(|items| items.push_back(item));
    queue.unfinished.set(queue.unfinished.get() + 1);
    serve(vm, &queue.getters)
}

/// Take an item out; somebody who waits for room is woken.
fn pop(vm: &mut Vm, queue: &Queue) -> Result<Option<Value>, Exit> {
    let Some(item) = queue.with_items(Deque::pop_front).flatten() else { return Ok(None) };
    serve(vm, &queue.putters)?;
    Ok(Some(item))
}

fn put_nowait(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let queue = me(vm, &args[0])?;
    if let Some(none) = queue.move_item(What::Put, &args[1]) {
        return Ok(none);
    }
    if !queue.is_plain() || queue.shut.get() || queue.is_full() {
        return tail_python(vm, "queue_put_nowait", args.to_vec());
    }
    push(vm, queue, args[1].clone())?;
    Ok(Value::NONE)
}

fn get_nowait(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let queue = me(vm, &args[0])?;
    if let Some(item) = queue.move_item(What::Get, &Value::NONE) {
        return Ok(item);
    }
    if queue.is_plain()
        && let Some(item) = pop(vm, queue)?
    {
        return Ok(item);
    }
    tail_python(vm, "queue_get_nowait", args.to_vec())
}

// ---- awaited at once

/// `await queue.put(item)`
pub(super) fn put(vm: &mut Vm, args: &[Value]) -> Option<AtOnce> {
    let [me, item] = args else { return None };
    at_once(vm, me, What::Put, item)
}

/// `await queue.get()`
pub(super) fn get(vm: &mut Vm, args: &[Value]) -> Option<AtOnce> {
    let [me] = args else { return None };
    at_once(vm, me, What::Get, &Value::NONE)
}

// For each of them its own: most of what is asked is known then.
#[inline(always)]
fn at_once(vm: &mut Vm, value: &Value, what: What, item: &Value) -> Option<AtOnce> {
    let queue = value.foreign::<Queue>()?;
    match queue.move_item(what, item) {
        Some(result) => Some(AtOnce::Ends(result)),
        None => at_length(vm, value, queue, what, item),
    }
}

/// The same where somebody is to be woken, or has to wait.
#[inline(never)]
fn at_length(vm: &mut Vm, value: &Value, queue: &Queue, what: What, item: &Value) -> Option<AtOnce> {
    if !queue.is_plain() {
        return None;
    }
    if let Some(result) = carry_out(vm, queue, what, item) {
        return Some(match result {
            Ok(result) => AtOnce::Ends(result),
            Err(exception) => AtOnce::Raises(exception),
        });
    }
    let looped = vm.running_loop.clone();
    core::with_own_futures(&looped)?;
    if queue.looped.is_none() {
        queue.looped.set(looped.clone());
    } else if !queue.looped.with(|bound| bound.is(&looped)) {
        return None;
    }
    let place = stand_in(vm, queue, what, &looped)?;
    Some(AtOnce::Waits(Wait::value(vm, what, value.clone(), place, item.clone())))
}

/// Put the item in or take one out; `None` if that has to be waited for.
fn carry_out(vm: &mut Vm, queue: &Queue, what: What, item: &Value) -> Option<Result<Value, Value>> {
    let must_wait = if what == What::Put { queue.is_full() } else { queue.count() == 0 };
    if queue.shut.get() && (must_wait || what == What::Put) {
        let class = globals(vm).shut_down.get();
        return Some(Err(exception_of_class(class, Vec::new(), vm)));
    }
    if must_wait {
        return None;
    }
    let result = match what {
        What::Put => push(vm, queue, item.clone()).map(|()| Value::NONE),
        _ => pop(vm, queue).map(Option::unwrap_or_default),
    };
    Some(result.map_err(|exit| vm.exception_of(exit)))
}

impl Queue {
    /// The line in which one waits to do that.
    fn line(&self, what: What) -> &Slot {
        if what == What::Put { &self.putters } else { &self.getters }
    }

    /// Put the item in or take one out, if that can be done and nobody waits to be told of it. What that gives.
    #[inline(always)]
    fn move_item(&self, what: What, item: &Value) -> Option<Value> {
        let told = if what == What::Put { &self.getters } else { &self.putters };
        let nobody = told.with(|line| line.foreign::<Deque>().is_some_and(|line| line.count() == 0));
        if !nobody || !self.plain.get() || what == What::Put && self.shut.get() {
            return None;
        }
        self.items.with(
            #[inline(always)]
            |items| {
                let items = items.foreign::<Deque>()?;
                if what == What::Get {
                    return items.pop_front();
                }
                if self.most.get() > 0 && items.count() as i64 >= self.most.get() {
                    return None;
                }
                items.push_back(item.clone());
                self.unfinished.set(self.unfinished.get() + 1);
                Some(Value::NONE)
            },
        )
    }
}

/// A new place at the end of the line.
fn stand_in(vm: &mut Vm, queue: &Queue, what: What, looped: &Value) -> Option<Value> {
    let place = future::make(vm, looped);
    queue.line(what).with(|line| line.foreign::<Deque>().map(|line| line.push_back(place.clone())))?;
    Some(place)
}

/// Who waited was woken: perhaps somebody else has been faster.
pub(super) fn try_again(vm: &mut Vm, value: &Value, what: What, item: &Value) -> Awaited {
    let Some(queue) = value.foreign::<Queue>() else { return Awaited::Ends(Value::NONE) };
    match carry_out(vm, queue, what, item) {
        Some(Ok(result)) => Awaited::Ends(result),
        Some(Err(exception)) => Awaited::Raises(exception),
        None => {
            let looped = queue.looped.get();
            let Some(place) = stand_in(vm, queue, what, &looped) else { return Awaited::Ends(Value::NONE) };
            if let Some(place) = future::of(&place) {
                place.blocking.set(true);
            }
            Awaited::Hands(place)
        }
    }
}

/// Who waited there is gone.
pub(super) fn leave(value: &Value, what: What, place: &Value) {
    if let Some(queue) = value.foreign::<Queue>() {
        queue.line(what).with(|line| line.foreign::<Deque>().map(|line| line.remove_object(place)));
    }
}

/// Who waited gives up. Had it been woken before, it owes that to the next one in line.
pub(super) fn given_up(vm: &mut Vm, value: &Value, what: What, place: &Value) {
    let (Some(queue), Some(future)) = (value.foreign::<Queue>(), future::of(place)) else { return };
    if !future.is_done() {
        // The places were made by a loop of ours, which tells those who wait without asking anybody; so below.
        let _ = be_cancelled(vm, place, future, Value::NONE);
    }
    leave(value, what, place);
    let possible = if what == What::Put { !queue.is_full() } else { queue.count() > 0 };
    if !future.is_cancelled() && possible {
        let _ = serve(vm, queue.line(what));
    }
}

// ---- attributes

fn plain(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(me(vm, value)?.plain.get()))
}

fn set_plain(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let queue = me(vm, value)?;
    queue.plain.set(new.as_bool() == Some(true) && queue.with_items(|_| ()).is_some());
    Ok(Value::NONE)
}

fn maxsize(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.maxsize.get())
}

fn set_maxsize(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let queue = me(vm, value)?;
    match new.as_small() {
        Some(most) => queue.most.set(most),
        // A float, say: Python code compares.
        None => queue.plain.set(false),
    }
    queue.maxsize.set(new);
    Ok(Value::NONE)
}

fn items(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.items.get())
}

fn set_items(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    let queue = me(vm, value)?;
    queue.items.set(new);
    queue.plain.set(false);
    Ok(Value::NONE)
}

fn getters(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.getters.get())
}

fn putters(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.putters.get())
}

fn unfinished(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(me(vm, value)?.unfinished.get()))
}

fn set_unfinished(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.unfinished.set(new.as_small().unwrap_or(0));
    Ok(Value::NONE)
}

fn shut(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(me(vm, value)?.shut.get()))
}

fn set_shut(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.shut.set(new.as_bool() == Some(true));
    Ok(Value::NONE)
}

fn looped(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.looped.get())
}

fn set_looped(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.looped.set(new);
    Ok(Value::NONE)
}
