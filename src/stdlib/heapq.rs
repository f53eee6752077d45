//! `_heapq`: heaps whose items compare natively. All comparisons are made before anything moves, so that where one of them
//! needs Python code the prelude's twin (`heaps.py`) finds the heap as it was.

use super::module as new_module;
use crate::builtins::natives;
use crate::builtins::order::{Order, native_compare};
use crate::object::{List, Module, Ref, Value};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Push item onto heap, maintaining the heap invariant.
        "heappush(heap, item, /)" => heappush;
        /// Pop the smallest item off the heap, maintaining the heap invariant.
        "heappop(heap, /)" => heappop;
        /// Pop and return the current smallest value, and add the new item.
        "heapreplace(heap, item, /)" => heapreplace;
        /// Push item on the heap, then pop and return the smallest item from the heap.
        "heappushpop(heap, item, /)" => heappushpop;
        /// Transform list into a heap, in-place, in O(len(heap)) time.
        "heapify(heap, /)" => heapify;
        /// Push item onto max heap, maintaining the heap invariant.
        "heappush_max(heap, item, /)" => heappush_max;
        /// Maxheap variant of heappop.
        "heappop_max(heap, /)" => heappop_max;
        /// Maxheap variant of heapreplace.
        "heapreplace_max(heap, item, /)" => heapreplace_max;
        /// Maxheap variant of heappushpop.
        "heappushpop_max(heap, item, /)" => heappushpop_max;
        /// Maxheap variant of heapify.
        "heapify_max(heap, /)" => heapify_max;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_heapq", "Heap queues.", FUNCTIONS)
}

/// What stands at the top of a heap.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Top {
    Smallest,
    Largest,
}

use Top::{Largest, Smallest};

impl Top {
    /// Does `a` belong above `b`? `None` when Python code must be asked.
    fn above(self, vm: &Vm, a: &Value, b: &Value) -> Result<Option<bool>, Exit> {
        let (a, b) = if self == Smallest { (a, b) } else { (b, a) };
        Ok(native_compare(vm, a, b)?.map(|order| order == Order::Less))
    }
}

/// Places of a heap from one down to another, each the parent of the next.
struct Path {
    places: [usize; usize::BITS as usize],
    length: usize,
}

impl Path {
    fn places(&self) -> &[usize] {
        &self.places[..self.length]
    }

    /// Moves the item at the first place to the last, and those on the way up.
    fn go(&self, items: &mut [Value]) {
        for step in self.places().windows(2) {
            items.swap(step[0], step[1]);
        }
    }
}

/// The way of `item`, were it at the place `start` of a heap of these items: down to a leaf past the higher child each time,
/// and from there up again as far as it belongs.
fn descent(vm: &Vm, items: &[Value], start: usize, item: &Value, top: Top) -> Result<Option<Path>, Exit> {
    let mut path = Path { places: [start; usize::BITS as usize], length: 1 };
    let mut child = 2 * start + 1;
    while child < items.len() {
        if let Some(other) = items.get(child + 1) {
            match top.above(vm, &items[child], other)? {
                Some(true) => {}
                Some(false) => child += 1,
                None => return Ok(None),
            }
        }
        path.places[path.length] = child;
        path.length += 1;
        child = 2 * child + 1;
    }
    while path.length > 1 {
        match top.above(vm, item, &items[path.places[path.length - 1]])? {
            Some(true) => path.length -= 1,
            Some(false) => break,
            None => return Ok(None),
        }
    }
    Ok(Some(path))
}

fn list_of(vm: &Vm, args: &[Value], name: &str) -> Result<Ref<List>, Exit> {
    match args[0].native::<List>() {
        Some(list) => Ok(list.to_ref()),
        None => {
            let which = if args.len() > 1 { "argument 1" } else { "argument" };
            let type_name = vm.type_name(&args[0]);
            Err(vm.type_error(format!("{name}() {which} must be list, not {type_name}")))
        }
    }
}

/// The prelude's twin of a function takes the same arguments, and whether the largest is at the top.
fn in_python(vm: &mut Vm, twin: &str, args: &[Value], top: Top) -> NativeResult {
    let mut call = args.to_vec();
    call.push(Value::bool(top == Largest));
    vm.tail_prelude(twin, call)
}

fn push(vm: &mut Vm, args: &[Value], name: &str, top: Top) -> NativeResult {
    let heap = list_of(vm, args, name)?;
    let item = &args[1];
    let mut place = heap.len();
    while place > 0 {
        let parent = (place - 1) / 2;
        match top.above(vm, item, &heap.borrow()[parent])? {
            Some(true) => place = parent,
            Some(false) => break,
            None => return in_python(vm, "heap_push", args, top),
        }
    }
    let mut items = heap.borrow_mut();
    let mut at = items.len();
    items.push(item.clone());
    while at > place {
        items.swap(at, (at - 1) / 2);
        at = (at - 1) / 2;
    }
    Ok(Value::NONE)
}

fn pop(vm: &mut Vm, args: &[Value], name: &str, top: Top) -> NativeResult {
    let heap = list_of(vm, args, name)?;
    let path = match heap.borrow().split_last() {
        None => return Err(vm.index_error("index out of range")),
        Some((_, [])) => None,
        Some((last, rest)) => match descent(vm, rest, 0, last, top)? {
            Some(path) => Some(path),
            None => return in_python(vm, "heap_pop", args, top),
        },
    };
    let mut items = heap.borrow_mut();
    let last = items.pop().unwrap_or_default();
    let Some(path) = path else { return Ok(last) };
    let taken = std::mem::replace(&mut items[0], last);
    path.go(&mut items);
    Ok(taken)
}

fn replace(vm: &mut Vm, args: &[Value], name: &str, top: Top) -> NativeResult {
    let heap = list_of(vm, args, name)?;
    if heap.is_empty() {
        return Err(vm.index_error("index out of range"));
    }
    let Some(path) = descent(vm, &heap.borrow(), 0, &args[1], top)? else {
        return in_python(vm, "heap_replace", args, top);
    };
    let mut items = heap.borrow_mut();
    let taken = std::mem::replace(&mut items[0], args[1].clone());
    path.go(&mut items);
    Ok(taken)
}

fn push_pop(vm: &mut Vm, args: &[Value], name: &str, top: Top) -> NativeResult {
    let heap = list_of(vm, args, name)?;
    let first = heap.borrow().first().cloned();
    let Some(first) = first else { return Ok(args[1].clone()) };
    match top.above(vm, &first, &args[1])? {
        Some(true) => replace(vm, args, name, top),
        Some(false) => Ok(args[1].clone()),
        None => in_python(vm, "heap_push_pop", args, top),
    }
}

fn make(vm: &mut Vm, args: &[Value], name: &str, top: Top) -> NativeResult {
    let heap = list_of(vm, args, name)?;
    let mut items = heap.to_vec();
    for place in (0..items.len() / 2).rev() {
        match descent(vm, &items, place, &items[place], top)? {
            Some(path) => path.go(&mut items),
            None => return in_python(vm, "heap_make", args, top),
        }
    }
    let old = std::mem::replace(&mut *heap.borrow_mut(), items);
    drop(old);
    Ok(Value::NONE)
}

fn heappush(vm: &mut Vm, args: &[Value]) -> NativeResult {
    push(vm, args, "heappush", Smallest)
}

fn heappop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    pop(vm, args, "heappop", Smallest)
}

fn heapreplace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    replace(vm, args, "heapreplace", Smallest)
}

fn heappushpop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    push_pop(vm, args, "heappushpop", Smallest)
}

fn heapify(vm: &mut Vm, args: &[Value]) -> NativeResult {
    make(vm, args, "heapify", Smallest)
}

fn heappush_max(vm: &mut Vm, args: &[Value]) -> NativeResult {
    push(vm, args, "heappush_max", Largest)
}

fn heappop_max(vm: &mut Vm, args: &[Value]) -> NativeResult {
    pop(vm, args, "heappop_max", Largest)
}

fn heapreplace_max(vm: &mut Vm, args: &[Value]) -> NativeResult {
    replace(vm, args, "heapreplace_max", Largest)
}

fn heappushpop_max(vm: &mut Vm, args: &[Value]) -> NativeResult {
    push_pop(vm, args, "heappushpop_max", Largest)
}

fn heapify_max(vm: &mut Vm, args: &[Value]) -> NativeResult {
    make(vm, args, "heapify_max", Largest)
}
