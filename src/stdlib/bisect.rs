//! `bisect`: places in sorted lists. Where items compare in Python, or a key is worked out, the prelude searches.

use super::module as new_module;
use crate::builtins::natives;
use crate::builtins::order::{Order, native_compare};
use crate::object::{List, Module, Ref, Tuple, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Return the index where to insert item x in list a, after all items equal to it.
        "bisect_right(a, x, lo=0, hi=None, *, key=None)" => bisect_right;
        /// Return the index where to insert item x in list a, before all items equal to it.
        "bisect_left(a, x, lo=0, hi=None, *, key=None)" => bisect_left;
        /// Insert item x in list a, after all items equal to it.
        "insort_right(a, x, lo=0, hi=None, *, key=None)" => insort_right;
        /// Insert item x in list a, before all items equal to it.
        "insort_left(a, x, lo=0, hi=None, *, key=None)" => insort_left;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_bisect", "Places in sorted lists.", FUNCTIONS)
}

/// Before or after the items that are equal.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// Where to search, as the arguments `lo` and `hi` have it.
fn bounds(vm: &mut Vm, args: &[Value]) -> Result<(usize, Option<usize>), Exit> {
    let low = if arg(args, 2).is_some() { vm.index_arg(args, 2)? } else { 0 };
    let Ok(low) = usize::try_from(low) else { return Err(vm.value_error("lo must be non-negative")) };
    let high = match arg_or_none(args, 3) {
        None => None,
        Some(_) => match vm.index_arg(args, 3)? {
            -1 => None,
            high => Some(usize::try_from(high).unwrap_or(0)),
        },
    };
    Ok((low, high))
}

/// The place; `None` when Python code must be asked.
fn search(
    vm: &Vm,
    items: &[Value],
    x: &Value,
    bounds: (usize, Option<usize>),
    side: Side,
) -> Result<Option<usize>, Exit> {
    let (mut low, mut high) = (bounds.0, bounds.1.unwrap_or(items.len()));
    while low < high {
        let middle = low + (high - low) / 2;
        let Some(item) = items.get(middle) else { return Ok(None) };
        let (a, b) = if side == Side::Left { (item, x) } else { (x, item) };
        let Some(order) = native_compare(vm, a, b)? else { return Ok(None) };
        if (order == Order::Less) == (side == Side::Left) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Ok(Some(low))
}

fn place(vm: &mut Vm, args: &[Value], bounds: (usize, Option<usize>), side: Side) -> Result<Option<usize>, Exit> {
    if arg_or_none(args, 4).is_some() {
        return Ok(None);
    }
    if let Some(list) = args[0].get::<List>() {
        return search(vm, &list.borrow(), &args[1], bounds, side);
    }
    match args[0].get::<Tuple>() {
        Some(tuple) => search(vm, tuple.items(), &args[1], bounds, side),
        None => Ok(None),
    }
}

fn in_python(vm: &mut Vm, twin: &str, args: &[Value], bounds: (usize, Option<usize>), side: Side) -> NativeResult {
    let key = arg_or_none(args, 4).cloned().unwrap_or(Value::NONE);
    let (low, high) = (Value::size(bounds.0), bounds.1.map_or(Value::NONE, Value::size));
    vm.tail_prelude(twin, vec![args[0].clone(), args[1].clone(), low, high, key, Value::bool(side == Side::Left)])
}

fn bisect(vm: &mut Vm, args: &[Value], side: Side) -> NativeResult {
    let bounds = bounds(vm, args)?;
    match place(vm, args, bounds, side)? {
        Some(place) => Ok(Value::size(place)),
        None => in_python(vm, "bisect_place", args, bounds, side),
    }
}

fn insort(vm: &mut Vm, args: &[Value], side: Side) -> NativeResult {
    let bounds = bounds(vm, args)?;
    match (args[0].get::<List>(), place(vm, args, bounds, side)?) {
        (Some(list), Some(place)) => {
            let place = place.min(list.len());
            list.borrow_mut().insert(place, args[1].clone());
            Ok(Value::NONE)
        }
        _ => in_python(vm, "bisect_insert", args, bounds, side),
    }
}

fn bisect_right(vm: &mut Vm, args: &[Value]) -> NativeResult {
    bisect(vm, args, Side::Right)
}

fn bisect_left(vm: &mut Vm, args: &[Value]) -> NativeResult {
    bisect(vm, args, Side::Left)
}

fn insort_right(vm: &mut Vm, args: &[Value]) -> NativeResult {
    insort(vm, args, Side::Right)
}

fn insort_left(vm: &mut Vm, args: &[Value]) -> NativeResult {
    insort(vm, args, Side::Left)
}
