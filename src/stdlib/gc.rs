//! `gc`: the cycle collector as programs see it. How it works stands in `object::collector` and `vm::collect`.

use super::module as new_module;
use crate::builtins::{install_functions, natives};
use crate::object::class::TypeFlags;
use crate::object::collector::{self, Age};
use crate::object::{Dict, Instance, Kind, Module, Ref, Tuple, Type, Value, intern};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::collect::{DEBUG_COLLECTABLE, DEBUG_SAVEALL, DEBUG_STATS, GENERATIONS};
use crate::vm::{NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// Enable automatic garbage collection.
        "enable()" => enable;
        /// Disable automatic garbage collection.
        "disable()" => disable;
        /// Returns true if automatic garbage collection is enabled.
        "isenabled()" => is_enabled;
        /// Run the garbage collector: over all objects, or over those of a generation. How many were unreachable.
        "collect(generation=2)" => collect;
        /// How many objects there are more than after the last collection, and how many collections there were.
        "get_count()" => get_count;
        /// For each generation a dict: how many collections there were, and how many objects they freed.
        "get_stats()" => get_stats;
        /// Set the debugging flags.
        "set_debug(flags, /)" => set_debug;
        /// The debugging flags.
        "get_debug()" => get_debug;
        /// Set the collection thresholds; 0 as the first disables collections.
        "set_threshold(*thresholds)" => set_threshold;
        /// The collection thresholds.
        "get_threshold()" => get_threshold;
        /// The objects that the collector looks at, or those of a generation.
        "get_objects(generation=None)" => get_objects;
        /// The objects that refer directly to any of these.
        "get_referrers(*objs)" => get_referrers;
        /// The objects that these refer to directly.
        "get_referents(*objs)" => get_referents;
        /// Does the collector look at the object?
        "is_tracked(obj, /)" => is_tracked;
        /// Has the finaliser of the object run?
        "is_finalized(obj, /)" => is_finalized;
        /// Let collections leave all present objects alone.
        "freeze()" => freeze;
        /// Let collections look at all objects again.
        "unfreeze()" => unfreeze;
        /// How many objects collections leave alone.
        "get_freeze_count()" => get_freeze_count;
    }
    PRELUDE {
        "_find_garbage(generation, /)" => find_garbage;
        "_next_doomed()" => next_doomed;
        "_clear_garbage()" => clear_garbage;
        "_collector_callbacks()" => callbacks;
        "_end_collection()" => end_collection;
    }
}

/// `DEBUG_UNCOLLECTABLE`: name what cannot be collected. There is no such thing.
const DEBUG_UNCOLLECTABLE: i64 = 4;

const DOC: &str = "Access to the collector of reference cycles.";

/// What the prelude needs.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "gc", PRELUDE);
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("gc", DOC, FUNCTIONS);
    module.set("callbacks", vm.collector.callbacks.clone());
    module.set("garbage", vm.collector.kept.clone());
    for (name, flag) in [
        ("DEBUG_STATS", DEBUG_STATS),
        ("DEBUG_COLLECTABLE", DEBUG_COLLECTABLE),
        ("DEBUG_UNCOLLECTABLE", DEBUG_UNCOLLECTABLE),
        ("DEBUG_SAVEALL", DEBUG_SAVEALL),
        ("DEBUG_LEAK", DEBUG_COLLECTABLE | DEBUG_UNCOLLECTABLE | DEBUG_SAVEALL),
    ] {
        module.set(name, Value::int(flag));
    }
    module
}

fn enable(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.collector.enabled = true;
    Ok(Value::NONE)
}

fn disable(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.collector.enabled = false;
    Ok(Value::NONE)
}

fn is_enabled(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.collector.enabled))
}

fn collect(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generation = match arg(args, 0) {
        Some(_) => vm.index_arg(args, 0)?,
        None => GENERATIONS as i64 - 1,
    };
    match usize::try_from(generation) {
        Ok(generation) if generation < GENERATIONS => vm.collect(generation),
        _ => Err(vm.value_error("invalid generation")),
    }
}

fn get_count(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let [(young, _), (middle, _), _] = vm.collector.statistics;
    let counts = [vm.collector.young() as usize, young, middle];
    Ok(Value::tuple(counts.into_iter().map(Value::size).collect()))
}

fn get_stats(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let of_generation = |(collections, collected)| {
        let dict = Dict::empty();
        for (name, value) in [("collections", collections), ("collected", collected), ("uncollectable", 0)] {
            dict.set_str(&intern(name.as_bytes()), Value::size(value));
        }
        dict.into_value()
    };
    Ok(Value::list(vm.collector.statistics.into_iter().map(of_generation).collect()))
}

fn set_debug(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.collector.debug = vm.index_arg(args, 0)?;
    Ok(Value::NONE)
}

fn get_debug(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::int(vm.collector.debug))
}

fn set_threshold(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !(1..=GENERATIONS).contains(&args.len()) {
        return Err(vm.type_error("gc.set_threshold requires 1 to 3 arguments"));
    }
    // As in CPython, the last of them means nothing.
    for n in 0..args.len() {
        let threshold = vm.index_arg(args, n)?;
        if n < GENERATIONS - 1 {
            vm.collector.threshold[n] = threshold;
        }
    }
    Ok(Value::NONE)
}

fn get_threshold(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::tuple(vm.collector.threshold.into_iter().map(Value::int).collect()))
}

fn get_objects(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let age = match arg_or_none(args, 0) {
        None => Age::Any,
        Some(generation) => {
            let Some(generation) = generation.as_integer() else {
                let message = format!("argument should be integer or None, not '{}'", vm.type_name(generation));
                return Err(vm.type_error(message));
            };
            match generation.to_i64() {
                Some(-1) => Age::Any,
                Some(0) => Age::Young,
                // As in CPython, nothing is in the middle.
                Some(1) => return Ok(Value::list(Vec::new())),
                Some(2) => Age::Old,
                Some(i64::MIN..0) => return Err(vm.value_error("generation parameter cannot be negative")),
                _ => {
                    let message = "generation parameter must be less than the number of available generations (3)";
                    return Err(vm.value_error(message));
                }
            }
        }
    };
    Ok(Value::list(collector::objects(age)))
}

fn get_referrers(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(collector::referrers(args)))
}

fn get_referents(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::list(args.iter().flat_map(collector::referents).collect()))
}

/// CPython tracks what may refer to something; a tuple that refers to nothing tracked it gives up.
fn is_tracked(_: &mut Vm, args: &[Value]) -> NativeResult {
    let object = &args[0];
    let tracked = |value: &Value| value.kind().is_some_and(|kind| kind.row().tracked);
    let answer = match object.kind() {
        Some(Kind::Tuple) => object.get::<Tuple>().is_some_and(|tuple| tuple.items().iter().any(tracked)),
        Some(Kind::Type) => object.get::<Type>().is_some_and(|class| class.flags().has(TypeFlags::HEAP)),
        Some(Kind::Instance) => {
            object.get::<Instance>().is_some_and(|instance| instance.class().flags().has(TypeFlags::HEAP))
        }
        _ => tracked(object),
    };
    Ok(Value::bool(answer))
}

fn is_finalized(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(collector::is_finalized(&args[0])))
}

fn freeze(_: &mut Vm, _: &[Value]) -> NativeResult {
    collector::freeze(true);
    Ok(Value::NONE)
}

fn unfreeze(_: &mut Vm, _: &[Value]) -> NativeResult {
    collector::freeze(false);
    Ok(Value::NONE)
}

fn get_freeze_count(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::size(collector::frozen()))
}

fn find_garbage(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generation = vm.index_arg(args, 0)? as usize;
    Ok(Value::list(vm.find_garbage(generation.min(GENERATIONS - 1))))
}

/// The next of the garbage to be finalised, in a list, or an empty one if others have to be before that; None at the end.
fn next_doomed(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(collector::next_doomed().map_or(Value::NONE, |next| Value::list(next.into_iter().collect())))
}

fn clear_garbage(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::size(vm.clear_garbage()))
}

fn end_collection(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.end_collection();
    Ok(Value::NONE)
}

fn callbacks(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.collector.callbacks.clone())
}
