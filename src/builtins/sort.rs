//! Sorting: a stable merge sort of our own.
//!
//! It finds runs that are in order already, extends short ones by binary insertion and merges neighbours. It never assumes
//! that the comparison makes sense: whatever it answers, the result is a permutation of the items and nothing panics. Where
//! `<` needs Python code the prelude's twin of it does the work (`sort_order`).

use super::order::{Order, native_compare};
use super::{install_functions, natives};
use crate::object::{Dict, Kind, List, Ref, Str, Tuple, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{Exit, NativeResult, Vm, call_quickly};
use std::cmp::Ordering;

natives! {
    FUNCTIONS {
        /// Return a new list containing all items from the iterable in ascending order.
        "sorted(iterable, /, **kwargs)" => sorted;
    }
    PRELUDE {
        "_sorted_by(values, keys, reverse, /)" => sorted_by;
        "_list_put(list, items, /)" => list_put;
    }
}

pub fn install(vm: &mut Vm) {
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// Keys of one class that Rust can compare: then its own stable sort serves, and neither fails nor runs other code.
#[derive(Clone, Copy)]
enum Alike {
    /// Ints of one word.
    Ints,
    /// Floats, none of them a NaN.
    Floats,
    /// Strings.
    Strings,
    /// Tuples of nothing but ints of one word and strings, one or the other at each place.
    Tuples,
}

impl Alike {
    fn of(keys: &[Value]) -> Option<Alike> {
        // Looking at the last one first finds most mixtures at once.
        let last = keys.last()?;
        let is_number = |key: &Value| key.as_float().is_some_and(|f| !f.is_nan());
        if last.is_small() && keys.iter().all(Value::is_small) {
            Some(Alike::Ints)
        } else if last.is_kind(Kind::Str) && keys.iter().all(|key| key.is_kind(Kind::Str)) {
            Some(Alike::Strings)
        } else if last.is_kind(Kind::Tuple) && are_tuples_alike(keys) {
            Some(Alike::Tuples)
        } else if is_number(last) && keys.iter().all(is_number) {
            Some(Alike::Floats)
        } else {
            None
        }
    }

    /// Sorts the keys themselves.
    fn sort(self, keys: &mut Vec<Value>, reverse: bool) {
        match self {
            // Ints all have the same tag, so their words are in the order of the ints.
            Alike::Ints => stable(keys, reverse, |a, b| (a.bits() as i64).cmp(&(b.bits() as i64))),
            Alike::Floats => stable(keys, reverse, |a, b| order_of_floats(&a.as_float(), &b.as_float())),
            Alike::Strings | Alike::Tuples => *keys = picked(keys, &self.places(keys, reverse)),
        }
    }

    /// The order the keys are to stand in, as numbers of theirs.
    fn places(self, keys: &[Value], reverse: bool) -> Vec<usize> {
        match self {
            Alike::Ints => places(keys.iter().map(|key| key.bits() as i64), reverse, |a, b| a.0.cmp(&b.0)),
            Alike::Floats => places(keys.iter().map(Value::as_float), reverse, |a, b| order_of_floats(&a.0, &b.0)),
            Alike::Strings | Alike::Tuples => places(keys.iter().map(beginning), reverse, |a, b| {
                a.0.cmp(&b.0).then_with(|| order_of_plain(&keys[a.1], &keys[b.1]))
            }),
        }
    }
}

/// May they be ordered by [`order_of_plain`]?
fn are_tuples_alike(keys: &[Value]) -> bool {
    // For each place in a tuple: do strings stand there?
    let mut strings: Vec<bool> = Vec::new();
    keys.iter().all(|key| {
        key.get::<Tuple>().is_some_and(|tuple| {
            tuple.items().iter().enumerate().all(|(place, item)| {
                let is_string = item.is_kind(Kind::Str);
                if place == strings.len() {
                    strings.push(is_string);
                }
                (is_string || item.is_small()) && strings[place] == is_string
            })
        })
    })
}

fn order_of_floats(a: &Option<f64>, b: &Option<f64>) -> Ordering {
    a.partial_cmp(b).unwrap_or(Ordering::Equal)
}

/// The order of two strings, two ints of one word, or two tuples of such.
fn order_of_plain(a: &Value, b: &Value) -> Ordering {
    if let (Some(a), Some(b)) = (a.get::<Str>(), b.get::<Str>()) {
        return a.as_bytes().cmp(b.as_bytes());
    }
    match (a.get::<Tuple>(), b.get::<Tuple>()) {
        (Some(a), Some(b)) => {
            let (a, b) = (a.items(), b.items());
            let differing = a.iter().zip(b).map(|(x, y)| if x.is(y) { Ordering::Equal } else { order_of_plain(x, y) });
            differing.into_iter().find(|order| order.is_ne()).unwrap_or_else(|| a.len().cmp(&b.len()))
        }
        _ => (a.bits() as i64).cmp(&(b.bits() as i64)),
    }
}

/// A number that says which of two such keys comes first, unless it is the same for both: what they begin with. So most
/// comparisons of a sort do not look at the keys, which lie anywhere in memory.
fn beginning(key: &Value) -> u128 {
    let Some(tuple) = key.get::<Tuple>() else { return first_bytes(key) };
    match tuple.items() {
        [] => 0,
        // What follows counts only once the first items are known to be equal.
        [number, second, ..] if number.is_small() => first_bytes(number) | first_bytes(second) >> 64,
        [first, ..] => first_bytes(first),
    }
}

fn first_bytes(item: &Value) -> u128 {
    let Some(text) = item.get::<Str>() else { return ((item.bits() ^ 1 << 63) as u128) << 64 };
    let mut bytes = [0; 16];
    for (to, byte) in bytes.iter_mut().zip(text.as_bytes()) {
        *to = *byte;
    }
    u128::from_be_bytes(bytes)
}

fn places<K>(
    keys: impl Iterator<Item = K>,
    reverse: bool,
    order: impl Fn(&(K, usize), &(K, usize)) -> Ordering,
) -> Vec<usize> {
    let mut keyed: Vec<(K, usize)> = keys.zip(0..).collect();
    stable(&mut keyed, reverse, order);
    keyed.into_iter().map(|(_, place)| place).collect()
}

/// Sorting the reversed items and reversing the result keeps equal ones in their order.
fn stable<T>(items: &mut [T], reverse: bool, order: impl Fn(&T, &T) -> Ordering) {
    if reverse {
        items.reverse();
    }
    items.sort_by(order);
    if reverse {
        items.reverse();
    }
}

/// The order the keys are to stand in, as numbers of theirs; `None` when Python code must be asked.
pub fn order_of(vm: &mut Vm, keys: &[Value], reverse: bool) -> Result<Option<Vec<usize>>, Exit> {
    if let Some(alike) = Alike::of(keys) {
        return Ok(Some(alike.places(keys, reverse)));
    }
    let mut order: Vec<usize> = (0..keys.len()).collect();
    if reverse {
        order.reverse();
    }
    let mut step = 0;
    let mut less = |a: &usize, b: &usize| {
        vm.tick(step)?;
        step += 1;
        Ok(native_compare(vm, &keys[*a], &keys[*b])?.map(|order| order == Order::Less))
    };
    if merge_sort(&mut order, &mut less)?.is_none() {
        return Ok(None);
    }
    if reverse {
        order.reverse();
    }
    Ok(Some(order))
}

/// Sorts the items; `false`, and they are as they were, when Python code must be asked.
fn sort_items(vm: &mut Vm, items: &mut Vec<Value>, reverse: bool) -> Result<bool, Exit> {
    if let Some(alike) = Alike::of(items) {
        alike.sort(items, reverse);
        return Ok(true);
    }
    let Some(order) = order_of(vm, items, reverse)? else { return Ok(false) };
    *items = picked(items, &order);
    Ok(true)
}

/// Shorter runs are extended to at least this many items.
const MIN_RUN: usize = 32;

/// Sorts by `less`, whose answer may be `None` ("cannot say"): then the result is `None` and the order of the items is any.
pub fn merge_sort<T: Clone, E>(
    items: &mut [T],
    less: &mut impl FnMut(&T, &T) -> Result<Option<bool>, E>,
) -> Result<Option<()>, E> {
    macro_rules! less {
        ($a:expr, $b:expr) => {
            match less($a, $b)? {
                Some(answer) => answer,
                None => return Ok(None),
            }
        };
    }
    let length = items.len();
    let smallest = if length < 64 { length } else { MIN_RUN };
    // Ends of the runs found so far; each run begins where the one before it ends.
    let mut ends: Vec<usize> = vec![0];
    let mut start = 0;
    while start < length {
        let mut end = match count_run(&mut items[start..], less)? {
            Some(count) => start + count,
            None => return Ok(None),
        };
        let least = (start + smallest).min(length);
        while end < least {
            let (mut low, mut high) = (start, end);
            while low < high {
                let middle = low + (high - low) / 2;
                if less!(&items[end], &items[middle]) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            items[low..=end].rotate_right(1);
            end += 1;
        }
        ends.push(end);
        start = end;
        // A run is merged with the one before it as long as it is no shorter than half of that.
        while ends.len() > 2 {
            let (first, second, third) = (ends[ends.len() - 3], ends[ends.len() - 2], ends[ends.len() - 1]);
            if (third - second) * 2 < second - first && third < length {
                break;
            }
            if merge(items, first, second, third, less)?.is_none() {
                return Ok(None);
            }
            let last = ends.len() - 2;
            ends.remove(last);
        }
    }
    Ok(Some(()))
}

/// How many items at the start are in order; a descending run is turned round. Equal neighbours may be part of either, and
/// keep their order.
fn count_run<T, E>(
    items: &mut [T],
    less: &mut impl FnMut(&T, &T) -> Result<Option<bool>, E>,
) -> Result<Option<usize>, E> {
    macro_rules! less {
        ($a:expr, $b:expr) => {
            match less(&items[$a], &items[$b])? {
                Some(answer) => answer,
                None => return Ok(None),
            }
        };
    }
    let length = items.len();
    let mut end = 1;
    while end < length && !less!(end, end - 1) {
        end += 1;
    }
    if end >= length {
        return Ok(Some(length));
    }
    // The item at `end` is smaller than the one before it.
    if end > 1 {
        if less!(0, end - 1) {
            return Ok(Some(end));
        }
        // Up to here all are equal: they may begin a descending run.
        items[..end].reverse();
    }
    end += 1;
    let mut equal = 0;
    while end < length {
        if less!(end, end - 1) {
            items[end - 1 - equal..end].reverse();
            equal = 0;
        } else if less!(end - 1, end) {
            break;
        } else {
            equal += 1;
        }
        end += 1;
    }
    items[end - 1 - equal..end].reverse();
    items[..end].reverse();
    while end < length && !less!(end, end - 1) {
        end += 1;
    }
    Ok(Some(end))
}

/// Merges the runs `first..second` and `second..third`.
fn merge<T: Clone, E>(
    items: &mut [T],
    first: usize,
    second: usize,
    third: usize,
    less: &mut impl FnMut(&T, &T) -> Result<Option<bool>, E>,
) -> Result<Option<()>, E> {
    match less(&items[second], &items[second - 1])? {
        None => return Ok(None),
        // Already in order.
        Some(false) => return Ok(Some(())),
        Some(true) => {}
    }
    let left: Vec<T> = items[first..second].to_vec();
    let (mut from_left, mut from_right, mut to) = (0, second, first);
    while from_left < left.len() && from_right < third {
        match less(&items[from_right], &left[from_left])? {
            None => return Ok(None),
            Some(true) => {
                items.swap(to, from_right);
                from_right += 1;
            }
            Some(false) => {
                items[to] = left[from_left].clone();
                from_left += 1;
            }
        }
        to += 1;
    }
    for item in &left[from_left..] {
        items[to] = item.clone();
        to += 1;
    }
    Ok(Some(()))
}

/// `reverse=`, whose truth may need Python code.
fn reverse_arg(vm: &mut Vm, args: &[Value], n: usize) -> Result<bool, Exit> {
    match arg(args, n) {
        None => Ok(false),
        Some(value) => match vm.native_truth(value) {
            Some(reverse) => Ok(reverse),
            None => Err(vm.retry(args, n, "to_bool")),
        },
    }
}

fn sorted(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let mut items = vm.items_arg(args, 0)?;
    let (mut key, mut reverse) = (Value::NONE, Value::FALSE);
    if let Some(keywords) = args.last().and_then(|last| last.get::<Dict>()) {
        for (name, value) in keywords.items() {
            match name.get::<Str>().map(|name| name.to_string_lossy().into_owned()).as_deref() {
                Some("key") => key = value,
                Some("reverse") => reverse = value,
                other => {
                    let name = other.unwrap_or_default();
                    return Err(vm.no_such_keyword("sort", name, ["key", "reverse"].into_iter()));
                }
            }
        }
    }
    let Some(backwards) = vm.native_truth(&reverse) else {
        return vm.tail_prelude("sorted_list", vec![Value::list(items), key, reverse]);
    };
    if key.is_none() && sort_items(vm, &mut items, backwards)? {
        return Ok(Value::list(items));
    }
    sort_by_key(vm, List::from_vec(Vec::new()), items, key, backwards, true)
}

fn picked(items: &[Value], order: &[usize]) -> Vec<Value> {
    order.iter().filter_map(|n| items.get(*n).cloned()).collect()
}

/// `list.sort`
pub fn list_sort(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(list) = args[0].native::<List>().map(|list| list.to_ref()) else { return Ok(Value::NONE) };
    let reverse = reverse_arg(vm, args, 2)?;
    let key = arg_or_none(args, 1).cloned();
    if key.is_none() {
        let alike = Alike::of(&list.borrow());
        if let Some(alike) = alike {
            alike.sort(&mut list.borrow_mut(), reverse);
            return Ok(Value::NONE);
        }
        let mut items = list.to_vec();
        if sort_items(vm, &mut items, reverse)? {
            replace(&list, items);
            return Ok(Value::NONE);
        }
    }
    // The list is empty while keys and comparisons run, so that what they do to it is noticed and does no harm.
    let items = replace(&list, Vec::new());
    sort_by_key(vm, list, items, key.unwrap_or(Value::NONE), reverse, false)
}

/// Puts the items in the order of their keys into the empty list; that is the result, or `None`, as asked for. Where Python
/// code must be asked, the prelude does it.
fn sort_by_key(
    vm: &mut Vm,
    list: Ref<List>,
    items: Vec<Value>,
    key: Value,
    reverse: bool,
    gives_list: bool,
) -> NativeResult {
    let mut keys = Vec::new();
    if !key.is_none() {
        let outcome = keys_of(vm, &key, &items).and_then(|found| {
            keys = found;
            if keys.len() < items.len() { Ok(None) } else { order_of(vm, &keys, reverse) }
        });
        let sorted = match outcome {
            Ok(None) => None,
            Ok(Some(order)) => Some((picked(&items, &order), Ok(()))),
            Err(exit) => Some((items.clone(), Err(exit))),
        };
        if let Some((sorted, outcome)) = sorted {
            let untouched = replace(&list, sorted).capacity() == 0;
            outcome?;
            if !untouched {
                return Err(vm.value_error("list modified during sort"));
            }
            return Ok(if gives_list { list.into_value() } else { Value::NONE });
        }
    }
    let name = if gives_list { "list_sorted" } else { "list_sort" };
    vm.tail_prelude(name, vec![list.into_value(), key, Value::bool(reverse), Value::list(items), Value::list(keys)])
}

fn replace(list: &Ref<List>, items: Vec<Value>) -> Vec<Value> {
    std::mem::replace(&mut *list.borrow_mut(), items)
}

/// `values` in the order of their keys, as a list; `None` when Python code must be asked.
fn sorted_by(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (Some(values), Some(keys)) = (args[0].get::<List>(), args[1].get::<List>()) else { return Ok(Value::NONE) };
    let (values, keys) = (values.borrow(), keys.borrow());
    match order_of(vm, &keys, args[2].is(&Value::TRUE))? {
        Some(order) => Ok(Value::list(picked(&values, &order))),
        None => Ok(Value::NONE),
    }
}

/// The keys of the first items, as far as a native gives them without a machine.
pub fn keys_of(vm: &mut Vm, key: &Value, items: &[Value]) -> Result<Vec<Value>, Exit> {
    let mut keys = Vec::new();
    for (n, item) in items.iter().enumerate() {
        vm.tick(n)?;
        match call_quickly(key, item) {
            Some(key) => keys.push(key),
            None => break,
        }
    }
    Ok(keys)
}

/// Gives a list the items of another, which loses them; was it still empty?
fn list_put(_: &mut Vm, args: &[Value]) -> NativeResult {
    let (Some(list), Some(items)) = (args[0].get::<List>(), args[1].get::<List>()) else { return Ok(Value::FALSE) };
    let items = replace(&items, Vec::new());
    let old = replace(&list, items);
    // Room for items shows that there were some, even if they are gone again.
    Ok(Value::bool(old.capacity() == 0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sort(items: &mut [(i64, usize)]) {
        let sorted = merge_sort(items, &mut |a, b| Ok::<_, ()>(Some(a.0 < b.0)));
        assert_eq!(sorted, Ok(Some(())));
    }

    #[test]
    fn sorts_and_keeps_equal_items_in_order() {
        let mut seed = 12345_u64;
        for length in (0..200).chain([1000, 5000]) {
            let mut next = || {
                seed = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
                (seed >> 33) as i64
            };
            let keys: Vec<i64> = (0..length).map(|_| next() % (length as i64 / 3 + 1)).collect();
            let mut items: Vec<_> = keys.iter().copied().zip(0..).collect();
            let mut expected = items.clone();
            expected.sort();
            sort(&mut items);
            assert_eq!(items, expected);
        }
    }

    #[test]
    fn senseless_comparisons_do_no_harm() {
        for length in [0, 1, 2, 10, 63, 64, 65, 300, 2000] {
            let mut items: Vec<usize> = (0..length).collect();
            let mut calls = 0_u32;
            let mut senseless = |_: &usize, _: &usize| {
                calls = calls.wrapping_mul(1664525).wrapping_add(1013904223);
                Ok::<_, ()>(Some(calls & 0x10000 != 0))
            };
            assert_eq!(merge_sort(&mut items, &mut senseless), Ok(Some(())));
            items.sort();
            assert!(items.into_iter().eq(0..length), "a permutation");
        }
    }
}
