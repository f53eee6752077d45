//! What `gather` knows of its children: which they are, and how many are not done.
//!
//! Most children are coroutines or futures, each given once, and all but the last come to a result: that much is seen to here. What
//! is left is Python, in `tasks.py`.

use super::core::{self, Core};
use super::future::{self, Future, State};
use super::{fill, globals, tail_python, task};
use crate::builtins::{getsets, natives};
use crate::object::{Foreign, Kind, List, Method, NativeObject, Ref, Slot, Tuple, Type, Value};
use crate::stdlib::contextvars;
use crate::vm::{Exit, NativeResult, Vm};
use rustc_hash::FxHashSet;
use std::cell::Cell;

/// The children of a call of `gather`.
pub(super) struct Gathering {
    /// A list of futures, in the order in which they were given.
    children: Slot,
    /// What `gather` gives; `None` while the children are still being collected.
    outer: Slot,
    /// How many are not done.
    left: Cell<usize>,
    return_exceptions: Cell<bool>,
}

impl NativeObject for Gathering {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.children.visit(see);
        self.outer.visit(see);
    }
    fn clear(&self) {
        self.children.set(Value::NONE);
        self.outer.set(Value::NONE);
    }
}

natives! {
    NEW {
        "__new__(cls, return_exceptions, /)" => new;
    }
    METHODS {
        /// Take on the first of what was given, as far as nothing is special about it; how many that were.
        "begin(self, given, loop, child_is_done, /)" => begin;
        /// One of the children is done.
        "child_is_done(self, child, /)" => child_is_done;
    }
}

getsets! {
    ATTRIBUTES {
        "children" => children;
        "outer" => outer, set_outer;
        "left" => left, set_left;
        "return_exceptions" => return_exceptions;
        "_stands_for" => outer;
    }
}

pub(super) fn install(class: &Ref<Type>) {
    fill(class, NEW, METHODS, ATTRIBUTES);
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let gathering = Gathering {
        children: Slot::new(Value::list(Vec::new())),
        outer: Slot::new(Value::NONE),
        left: Cell::new(0),
        return_exceptions: Cell::new(vm.native_truth(&args[1]).unwrap_or(true)),
    };
    Ok(Foreign::value(&globals(vm).gathering, gathering))
}

fn me<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Gathering, Exit> {
    value.foreign::<Gathering>().ok_or_else(|| vm.type_error("a Gathering is needed"))
}

fn begin(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (children, looped) = (me(vm, &args[0])?.children.get(), &args[2]);
    let plain = core::plain(looped).is_some_and(|core| core.makes_plain_tasks(looped) && !core.closed.get());
    let (Some(given), Some(children)) = (args[1].get::<Tuple>().filter(|_| plain), children.get::<List>()) else {
        return Ok(Value::small(0));
    };
    let mut known = FxHashSet::with_capacity_and_hasher(given.items().len(), Default::default());
    children.borrow_mut().reserve(given.items().len());
    let maker = task::maker(vm);
    for (number, item) in given.items().iter().enumerate() {
        vm.tick(number)?;
        if !known.insert(item.bits()) {
            break;
        }
        let child = match future::of(item) {
            Some(future) if item.is_kind(Kind::Foreign) && !future.is_done() && future.looped.get().is(looped) => {
                item.clone()
            }
            None if vm.is_coroutine(item) => {
                let made = task::make(vm, looped, item, None, None, Some(&maker))?;
                // Nobody else knows of the task: nobody is to be told that it was lost.
                task::part(vm, &made)?.0.log_destroyed.set(false);
                made
            }
            _ => break,
        };
        let context = contextvars::share_current(vm);
        if let Some(future) = future::of(&child) {
            future.gathered.set(future.subscribe(args[3].clone(), context) || future.gathered.get());
        }
        children.borrow_mut().push(child);
    }
    let count = children.borrow().len();
    Ok(Value::size(count))
}

impl Gathering {
    /// The child is done: no more has to be known of it, if this says so.
    fn counts(&self, child: &Future) -> bool {
        let well = match child.state.get() {
            State::Finished => true,
            State::Failed => self.return_exceptions.get(),
            State::Pending | State::Cancelled => false,
        };
        let waited_for = self.outer.with(|outer| future::of(outer).is_some_and(|outer| !outer.is_done()));
        let left = self.left.get();
        let counts = well && waited_for && left > 1;
        if counts {
            self.left.set(left - 1);
        }
        counts
    }
}

fn child_is_done(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let gathering = me(vm, &args[0])?;
    if future::of(&args[1]).is_some_and(|child| gathering.counts(child)) {
        return Ok(Value::NONE);
    }
    tail_python(vm, "child_is_done", args.to_vec())
}

/// The loop comes to an [`Entry::Gathered`](super::core::Entry): a handle, if Python code has to be run for it.
pub(super) fn tell(vm: &mut Vm, core: &Core, looped: &Value, child: Value) -> Option<Value> {
    let future = future::of(&child)?;
    let (callback, context) = future.take_first();
    let method = callback.get::<Method>()?;
    if method.receiver.foreign::<Gathering>().is_some_and(|gathering| gathering.counts(future)) {
        return None;
    }
    Some(future::handle_of(vm, core, looped, callback.clone(), &child, context))
}

// ---- attributes

fn children(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.children.get())
}

fn outer(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(me(vm, value)?.outer.get())
}

fn set_outer(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.outer.set(new);
    Ok(Value::NONE)
}

fn left(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::size(me(vm, value)?.left.get()))
}

fn set_left(vm: &mut Vm, value: &Value, new: Value) -> NativeResult {
    me(vm, value)?.left.set(new.as_small().and_then(|left| usize::try_from(left).ok()).unwrap_or(0));
    Ok(Value::NONE)
}

fn return_exceptions(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(me(vm, value)?.return_exceptions.get()))
}
