//! `itertools`: the classes. What they do are generators of the prelude in the guise of these classes, so that stepping
//! one is an ordinary resume, and whatever is called on the way can be suspended.

use super::inspect::local_of;
use super::{class, kept_class, module as new_module};
use crate::builtins::{install_class_methods, install_methods, install_static, natives};
use crate::object::{Kind, Module, Ref, Type, TypeFlags, Value};
use crate::vm::arguments::{arg, arg_or_none};
use crate::vm::{NativeResult, Resume, Vm};

natives! {
    FUNCTIONS {
        /// Independent iterators over the items of one iterable.
        "tee(iterable, n=2, /)" => tee;
    }
    METHODS {
        "__iter__(self, /)" => iter;
        "__next__(self, /)" => next;
    }
    COUNT {
        "__new__(cls, start=0, step=1)" => count;
    }
    COUNT_METHODS {
        "__repr__(self, /)" => count_repr;
    }
    CYCLE {
        "__new__(cls, iterable, /)" => cycle;
    }
    REPEAT {
        "__new__(cls, object, times=None)" => repeat;
    }
    REPEAT_METHODS {
        "__repr__(self, /)" => repeat_repr;
        "__length_hint__(self, /)" => repeat_length_hint;
    }
    ACCUMULATE {
        "__new__(cls, iterable, func=None, *, initial=None)" => accumulate;
    }
    CHAIN {
        "__new__(cls, *iterables)" => chain;
    }
    CHAIN_CLASS_METHODS {
        /// The items of the iterables that an iterable gives.
        "from_iterable(cls, iterable, /)" => from_iterable;
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    COMPRESS {
        "__new__(cls, data, selectors)" => compress;
    }
    DROPWHILE {
        "__new__(cls, predicate, iterable, /)" => dropwhile;
    }
    TAKEWHILE {
        "__new__(cls, predicate, iterable, /)" => takewhile;
    }
    FILTERFALSE {
        "__new__(cls, function, iterable, /)" => filterfalse;
    }
    STARMAP {
        "__new__(cls, function, iterable, /)" => starmap;
    }
    GROUPBY {
        "__new__(cls, iterable, key=None)" => groupby;
    }
    ISLICE {
        "__new__(cls, iterable, stop, *rest)" => islice;
    }
    PAIRWISE {
        "__new__(cls, iterable, /)" => pairwise;
    }
    BATCHED {
        "__new__(cls, iterable, n, *, strict=False)" => batched;
    }
    PRODUCT {
        "__new__(cls, *iterables, repeat=1)" => product;
    }
    PERMUTATIONS {
        "__new__(cls, iterable, r=None)" => permutations;
    }
    COMBINATIONS {
        "__new__(cls, iterable, r)" => combinations;
    }
    COMBINATIONS_WITH_REPLACEMENT {
        "__new__(cls, iterable, r)" => combinations_with_replacement;
    }
    ZIP_LONGEST {
        "__new__(cls, *iterables, fillvalue=None)" => zip_longest;
    }
    NOT_MADE {
        "__new__(cls, /, *args, **kwargs)" => not_made;
    }
}

/// The classes, with their constructors.
static CLASSES: &[(&str, &[crate::object::native::NativeDef])] = &[
    ("accumulate", ACCUMULATE),
    ("batched", BATCHED),
    ("chain", CHAIN),
    ("combinations", COMBINATIONS),
    ("combinations_with_replacement", COMBINATIONS_WITH_REPLACEMENT),
    ("compress", COMPRESS),
    ("count", COUNT),
    ("cycle", CYCLE),
    ("dropwhile", DROPWHILE),
    ("filterfalse", FILTERFALSE),
    ("groupby", GROUPBY),
    ("islice", ISLICE),
    ("pairwise", PAIRWISE),
    ("permutations", PERMUTATIONS),
    ("product", PRODUCT),
    ("repeat", REPEAT),
    ("starmap", STARMAP),
    ("takewhile", TAKEWHILE),
    ("zip_longest", ZIP_LONGEST),
];

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("itertools", "Iterators over iterators.", FUNCTIONS);
    for (name, constructor) in CLASSES {
        let made = iterator_class(vm, name, constructor);
        match *name {
            "count" => install_methods(&made, COUNT_METHODS),
            "repeat" => install_methods(&made, REPEAT_METHODS),
            "chain" => install_class_methods(&made, CHAIN_CLASS_METHODS),
            _ => {}
        }
        module.set(name, made.into_value());
    }
    module.set("_grouper", grouper_class(vm).into_value());
    module.set("_tee", tee_class(vm).into_value());
    module
}

fn iterator_class(vm: &mut Vm, name: &str, constructor: &'static [crate::object::native::NativeDef]) -> Ref<Type> {
    let made = class("itertools", name, &vm.types.object, TypeFlags::default());
    made.layout.set(Some(Kind::Generator));
    install_methods(&made, METHODS);
    install_static(&made, constructor);
    made
}

fn grouper_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "itertools._grouper", |vm| iterator_class(vm, "_grouper", NOT_MADE))
}

fn tee_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "itertools._tee", |vm| iterator_class(vm, "_tee", NOT_MADE))
}

fn not_made(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.type_error("itertools makes objects of this class itself"))
}

fn iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_resume(args[0].clone(), Resume::Send(Value::NONE), None)
}

/// An optional argument, or a default.
fn given(args: &[Value], n: usize, default: Value) -> Value {
    arg(args, n).cloned().unwrap_or(default)
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let call = vec![args[0].clone(), given(args, 1, Value::small(0)), given(args, 2, Value::small(1))];
    vm.tail_prelude("itertools_count", call)
}

fn count_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let part = |name| local_of(&args[0], name).unwrap_or(Value::NONE);
    vm.tail_prelude("itertools_count_repr", vec![part("current"), part("step")])
}

fn cycle(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_cycle", args.to_vec())
}

fn repeat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let times = match arg(args, 2) {
        None => Value::NONE,
        Some(_) => Value::int(vm.index_arg(args, 2)?.max(0)),
    };
    vm.tail_prelude("itertools_repeat", vec![args[0].clone(), args[1].clone(), times])
}

fn repeat_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let part = |name| local_of(&args[0], name).unwrap_or(Value::NONE);
    vm.tail_prelude("itertools_repeat_repr", vec![part("item"), part("times")])
}

fn repeat_length_hint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match local_of(&args[0], "times") {
        Some(times) if times.is_none() => Err(vm.type_error("len() of unsized object")),
        Some(times) => Ok(times),
        None => Ok(Value::small(0)),
    }
}

fn accumulate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let call = vec![args[0].clone(), args[1].clone(), given(args, 2, Value::NONE), given(args, 3, Value::NONE)];
    vm.tail_prelude("itertools_accumulate", call)
}

fn chain(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let iterables = Value::tuple(args[1..].to_vec());
    vm.tail_prelude("itertools_chain", vec![args[0].clone(), iterables])
}

fn from_iterable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_chain", args.to_vec())
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("alias_of", args.to_vec())
}

fn compress(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_compress", args.to_vec())
}

fn dropwhile(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_dropwhile", args.to_vec())
}

fn takewhile(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_takewhile", args.to_vec())
}

fn filterfalse(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_filterfalse", args.to_vec())
}

fn starmap(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_starmap", args.to_vec())
}

fn groupby(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let grouper = grouper_class(vm).into_value();
    let key = given(args, 2, Value::NONE);
    vm.tail_prelude("itertools_groupby", vec![args[0].clone(), args[1].clone(), key, grouper])
}

/// A bound of a slice: `None`, or an int of at least `least`.
fn slice_bound(
    vm: &mut Vm,
    args: &[Value],
    n: usize,
    least: i64,
    complaint: &str,
) -> Result<Option<i64>, crate::vm::Exit> {
    if arg_or_none(args, n).is_none() {
        return Ok(None);
    }
    let Some(number) = args[n].as_integer() else {
        if vm.class_of(&args[n]).lookup(&vm.names.index).is_some() {
            return Err(vm.retry(args, n, "index"));
        }
        return Err(vm.value_error(complaint));
    };
    match number.to_i64() {
        Some(number) if number >= least => Ok(Some(number)),
        _ => Err(vm.value_error(complaint)),
    }
}

fn islice(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let indices = "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    let stops = "Stop argument for islice() must be None or an integer: 0 <= x <= sys.maxsize.";
    if args.len() > 5 {
        return Err(vm.type_error(format!("islice expected at most 4 arguments, got {}", args.len() - 1)));
    }
    let (start, stop) = if args.len() == 3 {
        (None, slice_bound(vm, args, 2, 0, stops)?)
    } else {
        let stop = slice_bound(vm, args, 3, 0, stops)?;
        (slice_bound(vm, args, 2, 0, indices)?, stop)
    };
    let step = slice_bound(vm, args, 4, 1, "Step for islice() must be a positive integer or None.")?;
    let stop = stop.map_or(Value::NONE, Value::int);
    let (start, step) = (Value::int(start.unwrap_or(0)), Value::int(step.unwrap_or(1)));
    vm.tail_prelude("itertools_islice", vec![args[0].clone(), args[1].clone(), start, stop, step])
}

fn pairwise(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_pairwise", args.to_vec())
}

fn batched(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if vm.index_arg(args, 2)? < 1 {
        return Err(vm.value_error("n must be at least one"));
    }
    let strict = given(args, 3, Value::FALSE);
    vm.tail_prelude("itertools_batched", vec![args[0].clone(), args[1].clone(), args[2].clone(), strict])
}

fn product(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // After the class come the iterables, then, as the last, the keyword-only `repeat`: see `split_keyword`.
    let (iterables, repeat) = split_keyword(args);
    let call = vec![args[0].clone(), Value::tuple(iterables), repeat.unwrap_or(Value::small(1))];
    vm.tail_prelude("itertools_product", call)
}

/// For a native with `*args` and one keyword-only parameter: the positional arguments and the keyword's value.
fn split_keyword(args: &[Value]) -> (Vec<Value>, Option<Value>) {
    match args.get(1..) {
        Some([keyword, rest @ ..]) => (rest.to_vec(), Some(keyword.clone()).filter(|value| !value.is_undef())),
        _ => (Vec::new(), None),
    }
}

/// `r` may be `None`, for all.
fn permutations(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(r) = arg_or_none(args, 2) {
        if !r.is_integer() {
            return Err(vm.type_error("Expected int as r"));
        }
        if vm.index_arg(args, 2)? < 0 {
            return Err(vm.value_error("r must be non-negative"));
        }
    }
    let r = given(args, 2, Value::NONE);
    vm.tail_prelude("itertools_permutations", vec![args[0].clone(), args[1].clone(), r])
}

fn combinations(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if vm.index_arg(args, 2)? < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    vm.tail_prelude("itertools_combinations", args.to_vec())
}

fn combinations_with_replacement(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if vm.index_arg(args, 2)? < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    vm.tail_prelude("itertools_combinations_with_replacement", args.to_vec())
}

fn zip_longest(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (iterables, fill) = split_keyword(args);
    vm.tail_prelude(
        "itertools_zip_longest",
        vec![args[0].clone(), Value::tuple(iterables), fill.unwrap_or(Value::NONE)],
    )
}

fn tee(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let n = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { 2 };
    if n < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    let class = tee_class(vm).into_value();
    vm.tail_prelude("itertools_tee", vec![class, args[0].clone(), Value::int(n)])
}
