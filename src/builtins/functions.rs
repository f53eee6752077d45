//! Builtin functions over containers and iterables: `len`, `sum`, `min`, `max`, `any`, `all`; and the natives with which
//! the prelude looks up special methods.

use super::iterators::iterates_natively;
use super::order::{Relation, native_compare};
use super::sort::keys_of;
use super::{install_functions, items, natives, quick};
use crate::object::float::{CompensatedSum, Complex};
use crate::object::string::intern_str;
use crate::object::{Dict, Integer, Kind, Str, TypeFlags, Value};
use crate::vm::arguments::{Items, arg};
use crate::vm::{Exit, Fold, NativeResult, Question, Vm};
use num_bigint::BigInt;

natives! {
    FUNCTIONS {
        /// Return True if bool(x) is True for all values x in the iterable.
        "all(iterable, /)" => all;
        /// Return True if bool(x) is True for any x in the iterable.
        "any(iterable, /)" => any;
        /// Return the number of items in a container.
        "len(obj, /)" => len, quick::len;
        /// With a single iterable argument, return its biggest item; with two or more, the largest argument.
        "max(*args, **kwargs)" => max, quick::max;
        /// With a single iterable argument, return its smallest item; with two or more, the smallest argument.
        "min(*args, **kwargs)" => min, quick::min;
        /// Return the sum of a start value (default: 0) plus an iterable of numbers.
        "sum(iterable, /, start=0)" => sum;
    }
    PRELUDE {
        "_special(object, name, /)" => special;
        "_has_special(object, name, /)" => has_special;
        "_sum(items, start, /)" => sum_natively;
        "_hash_tuple(hashes, /)" => hash_tuple;
        "_hash_slice(hashes, /)" => hash_slice;
        "_type_name(object, /)" => type_name;
        "_index(object, /)" => index;
        "_fold(generator, number, state, aside=None, /)" => fold;
    }
}

pub fn install(vm: &mut Vm) {
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn len(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(length) = items::length(&args[0]) {
        return Ok(Value::size(length));
    }
    let class = vm.class_of(&args[0]);
    if !class.flags().has(TypeFlags::CUSTOM_BOOL)
        && let Some(length) = items::length(args[0].payload())
    {
        return Ok(Value::size(length));
    }
    match class.lookup(&vm.names.len) {
        None => Err(vm.type_error(format!("object of type '{}' has no len()", vm.type_name(&args[0])))),
        Some(method) if method.is_kind(Kind::Native) => vm.tail_call(method, args.to_vec()),
        Some(_) => vm.ask(Question::Len, &args[0]),
    }
}

/// Goes through what needs no Python code: the answer `wanted` if an item has that truth.
fn quantify(vm: &mut Vm, args: &[Value], wanted: bool, in_python: &str) -> NativeResult {
    let container = matches!(
        args[0].kind(),
        Some(Kind::List | Kind::Tuple | Kind::Set | Kind::Dict | Kind::DictView | Kind::Str | Kind::Bytes)
    );
    if container && let Some(items) = vm.native_view(&args[0])? {
        let mut unknown = false;
        for item in items.iter() {
            match vm.native_truth(item) {
                Some(truth) if truth == wanted => return Ok(Value::bool(wanted)),
                Some(_) => {}
                None => {
                    unknown = true;
                    break;
                }
            }
        }
        if !unknown {
            return Ok(Value::bool(!wanted));
        }
    }
    if Vm::drives(&args[0]) {
        return vm.tail_fold(args[0].clone(), if wanted { Fold::Any } else { Fold::All }, Value::NONE);
    }
    vm.require_iterable(&args[0])?;
    vm.tail_prelude(in_python, args.to_vec())
}

fn all(vm: &mut Vm, args: &[Value]) -> NativeResult {
    quantify(vm, args, false, "all_of")
}

fn any(vm: &mut Vm, args: &[Value]) -> NativeResult {
    quantify(vm, args, true, "any_of")
}

fn max(vm: &mut Vm, args: &[Value]) -> NativeResult {
    extreme(vm, args, "max", Relation::Greater)
}

fn min(vm: &mut Vm, args: &[Value]) -> NativeResult {
    extreme(vm, args, "min", Relation::Less)
}

fn extreme(vm: &mut Vm, args: &[Value], name: &str, wanted: Relation) -> NativeResult {
    let Some((keywords, given)) = args.split_last() else { return Ok(Value::NONE) };
    let (mut key, mut default) = (Value::NONE, None);
    // A few plain arguments are the usual ones.
    if given.len() > 1
        && keywords.get::<Dict>().is_some_and(|keywords| keywords.is_empty())
        && let Best::Item(place) = best(vm, given, wanted)?
    {
        return Ok(given[place].clone());
    }
    if given.is_empty() {
        return Err(vm.type_error(format!("{name} expected at least 1 argument, got 0")));
    }
    for (keyword, value) in keywords.get::<Dict>().map_or_else(Vec::new, |keywords| keywords.items()) {
        match keyword.get::<Str>().map(|keyword| keyword.to_string_lossy().into_owned()).as_deref() {
            Some("key") => key = value,
            Some("default") => default = Some(value),
            Some(other) => {
                return Err(vm.no_such_keyword(name, other, ["key", "default"].into_iter()));
            }
            None => {}
        }
    }
    let iterable = match given {
        [iterable] => iterable.clone(),
        _ if default.is_some() => {
            let message = format!("Cannot specify a default for {name}() with multiple positional arguments");
            return Err(vm.type_error(message));
        }
        several => Value::tuple(several.to_vec()),
    };
    if key.is_none() && Vm::drives(&iterable) {
        let fold = if wanted == Relation::Greater { Fold::Max } else { Fold::Min };
        return vm.tail_fold_with(iterable, fold, Value::NONE, default.unwrap_or(Value::UNDEF));
    }
    let mut used_up = None;
    if key.is_none() && iterates_natively(vm, &iterable) && !vm.is_long_range(&iterable) {
        let items = vm.native_view(&iterable)?;
        if let Some(items) = items {
            match best(vm, &items, wanted)? {
                Best::Item(place) => return Ok(items[place].clone()),
                Best::Nothing => return default.ok_or_else(|| empty(vm, name)),
                // What was an iterator is used up: Python code goes on with what it gave.
                Best::Unknown => {
                    if let Items::Own(items) = items {
                        used_up = Some(Value::list(items));
                    }
                }
            }
        }
    }
    if !key.is_none()
        && (iterable.is_kind(Kind::List) || iterable.is_kind(Kind::Tuple))
        && let Some(items) = vm.native_items(&iterable)?
    {
        let keys = keys_of(vm, &key, &items)?;
        if !keys.is_empty() {
            if keys.len() == items.len()
                && let Best::Item(place) = best(vm, &keys, wanted)?
            {
                return Ok(items[place].clone());
            }
            let largest = Value::bool(wanted == Relation::Greater);
            return vm.tail_prelude("extreme_of", vec![Value::list(items), Value::list(keys), key, largest]);
        }
    }
    vm.require_iterable(&iterable)?;
    let mut call = vec![used_up.unwrap_or(iterable), key, Value::bool(wanted == Relation::Greater)];
    call.extend(default);
    vm.tail_prelude("extreme", call)
}

fn empty(vm: &Vm, name: &str) -> Exit {
    vm.value_error(format!("{name}() iterable argument is empty"))
}

enum Best {
    /// The one at this place.
    Item(usize),
    Nothing,
    Unknown,
}

fn best(vm: &Vm, items: &[Value], wanted: Relation) -> Result<Best, Exit> {
    if items.is_empty() {
        return Ok(Best::Nothing);
    }
    let mut best = 0;
    for (place, item) in items.iter().enumerate().skip(1) {
        match native_compare(vm, item, &items[best])? {
            Some(order) if wanted.holds(order) => best = place,
            Some(_) => {}
            None => return Ok(Best::Unknown),
        }
    }
    Ok(Best::Item(best))
}

fn sum(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.require_iterable(&args[0])?;
    let start = arg(args, 1).cloned().unwrap_or(Value::small(0));
    let better = match start.payload().kind() {
        Some(Kind::Str) => Some("strings [use ''"),
        Some(Kind::Bytes) => Some("bytes [use b''"),
        Some(Kind::ByteArray) => Some("bytearray [use b''"),
        _ => None,
    };
    if let Some(better) = better {
        let complaint = format!("sum() can't sum {better}.join(seq) instead]");
        // That there is an iterator is seen before.
        return match iterates_natively(vm, &args[0]) {
            true => Err(vm.type_error(complaint)),
            false => vm.tail_prelude("sum_refused", vec![args[0].clone(), Value::str(complaint)]),
        };
    }
    let numeric = start.as_float().is_some() || (start.is_integer() && !start.is_kind(Kind::Instance));
    if !numeric || vm.is_long_range(&args[0]) {
        return vm.tail_prelude("sum_up", vec![args[0].clone(), start]);
    }
    if Vm::drives(&args[0]) {
        return vm.tail_fold(args[0].clone(), Fold::Sum, start);
    }
    let items = vm.unsized_view_arg(args, 0)?;
    let (total, taken) = add_up(vm, start, &items)?;
    if taken == items.len() {
        return Ok(total);
    }
    vm.tail_prelude("sum_up", vec![Value::list(items[taken..].to_vec()), total])
}

fn sum_natively(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = vm.native_items(&args[0])?.unwrap_or_default();
    let (total, taken) = add_up(vm, args[1].clone(), &items)?;
    Ok(Value::tuple(vec![total, Value::size(taken)]))
}

/// A number that can be added natively; a start that meets none stays what it is, were it a bool.
fn is_number(value: &Value) -> bool {
    plain_integer(value).is_some() || value.as_float().is_some() || value.get::<Complex>().is_some()
}

/// An exact int or bool.
fn plain_integer(value: &Value) -> Option<Integer<'_>> {
    if value.is_kind(Kind::Instance) { None } else { value.as_integer() }
}

/// Adds up as long as there are plain numbers: the total and how many items were taken. Floats are added with a
/// compensation for what rounding lost, as Python has done since 3.12.
fn add_up(vm: &Vm, start: Value, items: &[Value]) -> Result<(Value, usize), Exit> {
    let mut taken = 0;
    let mut total = start;
    if let Some(first) = plain_integer(&total).filter(|_| items.first().is_some_and(is_number)) {
        let mut word = first.to_i64();
        let mut large = if word.is_none() { Some(first.to_big()) } else { None };
        while let Some(item) = items.get(taken).and_then(plain_integer) {
            match (&mut large, word, item) {
                (None, Some(sum), Integer::Small(i)) => match sum.checked_add(i) {
                    Some(sum) => word = Some(sum),
                    None => large = Some(BigInt::from(sum) + i),
                },
                (None, sum, Integer::Big(_)) => large = Some(item.to_big() + sum.unwrap_or(0)),
                (Some(sum), _, Integer::Small(i)) => *sum += i,
                (Some(sum), _, Integer::Big(_)) => *sum += item.to_big(),
                (None, None, Integer::Small(i)) => word = Some(i),
            }
            taken += 1;
        }
        total = match large {
            Some(large) => Value::big(large),
            None => Value::int(word.unwrap_or(0)),
        };
        match (items.get(taken).and_then(Value::as_float), &total) {
            (Some(f), total_int) => match total_int.as_integer().and_then(|i| i.to_f64()) {
                Some(whole) => {
                    total = Value::float(whole + f);
                    taken += 1;
                }
                None => return Err(vm.overflow_error("int too large to convert to float")),
            },
            (None, whole) if items.get(taken).is_some_and(|item| item.get::<Complex>().is_some()) => {
                let Some(whole) = whole.as_integer().and_then(|whole| whole.to_f64()) else {
                    return Err(vm.overflow_error("int too large to convert to float"));
                };
                let (total, more) = add_up_complex((whole, 0.0), &items[taken..]);
                return Ok((total, taken + more));
            }
            (None, _) => return Ok((total, taken)),
        }
    }
    let Some(start) = total.as_float() else { return Ok((total, taken)) };
    let mut sum = CompensatedSum::new(start);
    while let Some(item) = items.get(taken) {
        sum.add(match (item.as_float(), plain_integer(item)) {
            (Some(f), _) => f,
            (None, Some(Integer::Small(i))) => i as f64,
            _ => break,
        });
        taken += 1;
    }
    match items.get(taken).and_then(|item| item.get::<Complex>()) {
        Some(_) => {
            let (total, more) = add_up_complex((sum.total(), 0.0), &items[taken..]);
            Ok((total, taken + more))
        }
        None => Ok((Value::float(sum.total()), taken)),
    }
}

/// Adds up complex numbers, and real ones among them, each part with its own compensation.
fn add_up_complex(start: (f64, f64), items: &[Value]) -> (Value, usize) {
    let (mut real, mut imag) = (CompensatedSum::new(start.0), CompensatedSum::new(start.1));
    let mut taken = 0;
    while let Some(item) = items.get(taken) {
        match (item.get::<Complex>(), item.as_float(), plain_integer(item)) {
            (Some(complex), _, _) => {
                real.add(complex.re);
                imag.add(complex.im);
            }
            (None, Some(f), _) => real.add(f),
            (None, None, Some(Integer::Small(i))) => real.add(i as f64),
            _ => break,
        }
        taken += 1;
    }
    (Complex::value(real.total(), imag.total()), taken)
}

fn fold(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args[1].as_small().and_then(Vm::fold_number) {
        Some(fold) => {
            let aside = arg(args, 3).cloned().unwrap_or(Value::UNDEF);
            vm.tail_fold_with(args[0].clone(), fold, args[2].clone(), aside)
        }
        None => Err(vm.system_error("no such fold")),
    }
}

fn index(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.integer_arg(args, 0)?;
    Ok(args[0].payload().clone())
}

/// A special method of an object as its class has it, bound to it; `None` if there is none or it is `None`.
fn special(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]);
    let method = args[1].get::<Str>().and_then(|name| class.lookup(&intern_str(&name)));
    match method {
        Some(method) if !method.is_none() => vm.bind(&method, &args[0], &class),
        _ => Ok(Value::NONE),
    }
}

/// Has the class of an object this special method? `None` there counts as not.
fn has_special(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]);
    let method = args[1].get::<Str>().and_then(|name| class.lookup(&intern_str(&name)));
    Ok(Value::bool(method.is_some_and(|method| !method.is_none())))
}

fn hash_tuple(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let hashes = vm.native_items(&args[0])?.unwrap_or_default();
    let hashes: Vec<i64> = hashes.iter().filter_map(|hash| hash.as_integer()?.to_i64()).collect();
    Ok(Value::int(crate::text::hash::hash_tuple(hashes)))
}

fn hash_slice(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let hashes = vm.native_items(&args[0])?.unwrap_or_default();
    let hashes: Vec<i64> = hashes.iter().filter_map(|hash| hash.as_integer()?.to_i64()).collect();
    Ok(Value::int(crate::text::hash::hash_slice(hashes)))
}

/// The name of an object's class, as messages show it.
fn type_name(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::str(vm.type_name(&args[0])))
}
