//! `itertools`: the classes. What they do are generators of the prelude in the guise of these classes, so that stepping
//! one is an ordinary resume, and whatever is called on the way can be suspended. Those that call nothing on the way are
//! native iterators ([`Adaptor`]) in the same guise.

use super::inspect::local_of;
use super::{class, kept_class, module as new_module};
use crate::builtins::{install_class_methods, install_methods, install_static, natives};
use crate::object::adaptor::Adaptor;
use crate::object::arithmetic::{self, Arith};
use crate::object::iter::{Iter, IterState, adapted, native_iter};
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
    TEE_NEW {
        "__new__(cls, iterable, /)" => tee_new;
    }
    NOT_MADE {
        "__new__(cls, /, *args, **kwargs)" => not_made;
    }
}

/// The classes, as the machine knows them, with their constructors.
static CLASSES: &[(&str, &[crate::object::native::NativeDef])] = &[
    ("itertools.accumulate", ACCUMULATE),
    ("itertools.batched", BATCHED),
    ("itertools.chain", CHAIN),
    ("itertools.combinations", COMBINATIONS),
    ("itertools.combinations_with_replacement", COMBINATIONS_WITH_REPLACEMENT),
    ("itertools.compress", COMPRESS),
    ("itertools.count", COUNT),
    ("itertools.cycle", CYCLE),
    ("itertools.dropwhile", DROPWHILE),
    ("itertools.filterfalse", FILTERFALSE),
    ("itertools.groupby", GROUPBY),
    ("itertools.islice", ISLICE),
    ("itertools.pairwise", PAIRWISE),
    ("itertools.permutations", PERMUTATIONS),
    ("itertools.product", PRODUCT),
    ("itertools.repeat", REPEAT),
    ("itertools.starmap", STARMAP),
    ("itertools.takewhile", TAKEWHILE),
    ("itertools.zip_longest", ZIP_LONGEST),
];

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("itertools", "Iterators over iterators.", FUNCTIONS);
    for (key, constructor) in CLASSES {
        let name = key.trim_start_matches("itertools.");
        let made = iterator_class(vm, name, constructor);
        // Native iterators are told by this name which class is theirs.
        vm.state.insert(key, made.value());
        match name {
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
    kept_class(vm, "itertools._tee", |vm| iterator_class(vm, "_tee", TEE_NEW))
}

fn not_made(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Err(vm.type_error("itertools makes objects of this class itself"))
}

fn iter(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let iterator = args[0].payload();
    if iterator.is_kind(Kind::Iter) {
        return vm.native_next(iterator)?.ok_or_else(|| vm.stop_iteration(Value::NONE));
    }
    vm.tail_resume(iterator.clone(), Resume::Send(Value::NONE), None)
}

/// A native iterator in place of an instance of the class of this name, if `adaptor` has one and the class is it and not
/// derived from it.
fn native(vm: &Vm, class: &Value, name: &'static str, adaptor: impl FnOnce() -> Option<Adaptor>) -> Option<Value> {
    let wanted = vm.state.get(name).is_some_and(|known| known.is(class));
    adapted(wanted.then(adaptor).flatten()?, name)
}

/// Each of these as a native iterator.
fn native_iters(iterables: &[Value]) -> Option<Vec<Value>> {
    iterables.iter().map(native_iter).collect()
}

/// The adaptor of a native iterator.
fn with_adaptor<R>(value: &Value, look: impl FnOnce(&Adaptor) -> Option<R>) -> Option<R> {
    match &*value.get::<Iter>()?.state.borrow() {
        IterState::Adaptor { adaptor, .. } => look(adaptor),
        _ => None,
    }
}

/// An optional argument, or a default.
fn given(args: &[Value], n: usize, default: Value) -> Value {
    arg(args, n).cloned().unwrap_or(default)
}

fn count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (next, step) = (given(args, 1, Value::small(0)), given(args, 2, Value::small(1)));
    let numbers = || matches!(arithmetic::binary(Arith::Add, &next, &step), Ok(Some(_)));
    let adaptor = || numbers().then(|| Adaptor::Count { next: next.clone(), step: step.clone() });
    if let Some(native) = native(vm, &args[0], "itertools.count", adaptor) {
        return Ok(native);
    }
    let call = vec![args[0].clone(), next, step];
    vm.tail_prelude("itertools_count", call)
}

fn count_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let parts = with_adaptor(args[0].payload(), |adaptor| match adaptor {
        Adaptor::Count { next, step } => Some(vec![next.clone(), step.clone()]),
        _ => None,
    });
    let part = |name| local_of(args[0].payload(), name).unwrap_or(Value::NONE);
    let mut shown = vec![Value::str(vm.class_of(&args[0]).name())];
    shown.extend(parts.unwrap_or_else(|| vec![part("current"), part("step")]));
    vm.tail_prelude("itertools_count_repr", shown)
}

fn cycle(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let adaptor = || Some(Adaptor::Cycle { source: Some(native_iter(&args[1])?), saved: Vec::new(), at: 0 });
    if let Some(native) = native(vm, &args[0], "itertools.cycle", adaptor) {
        return Ok(native);
    }
    vm.tail_prelude("itertools_cycle", args.to_vec())
}

fn repeat(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let times = match arg(args, 2) {
        None => Value::NONE,
        Some(_) => Value::int(vm.index_arg(args, 2)?.max(0)),
    };
    let adaptor = || Some(Adaptor::Repeat { item: args[1].clone(), left: times.as_small() });
    if (times.is_none() || times.is_small())
        && let Some(native) = native(vm, &args[0], "itertools.repeat", adaptor)
    {
        return Ok(native);
    }
    vm.tail_prelude("itertools_repeat", vec![args[0].clone(), args[1].clone(), times])
}

fn repeat_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let parts = with_adaptor(args[0].payload(), |adaptor| match adaptor {
        Adaptor::Repeat { item, left } => Some(vec![item.clone(), left.map_or(Value::NONE, Value::int)]),
        _ => None,
    });
    let part = |name| local_of(args[0].payload(), name).unwrap_or(Value::NONE);
    let mut shown = vec![Value::str(vm.class_of(&args[0]).name())];
    shown.extend(parts.unwrap_or_else(|| vec![part("item"), part("times")]));
    vm.tail_prelude("itertools_repeat_repr", shown)
}

fn repeat_length_hint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let left = with_adaptor(args[0].payload(), |adaptor| match adaptor {
        Adaptor::Repeat { left, .. } => Some(left.map_or(Value::NONE, Value::int)),
        _ => None,
    });
    match left.or_else(|| local_of(args[0].payload(), "times")) {
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
    // Each is asked for its iterator when its turn comes, but that there is a native one is seen here.
    let native_all = || native_iters(&args[1..]).is_some();
    let adaptor = || native_all().then(|| Adaptor::Chain { iterables: args[1..].to_vec(), next: 0, current: None });
    if let Some(native) = native(vm, &args[0], "itertools.chain", adaptor) {
        return Ok(native);
    }
    let iterables = Value::tuple(args[1..].to_vec());
    vm.tail_prelude("itertools_chain", vec![args[0].clone(), iterables])
}

fn from_iterable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("itertools_chain", args.to_vec())
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    crate::builtins::forwarded::alias_of(vm, &args[0], &args[1])
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
    let (start, step) = (start.unwrap_or(0), step.unwrap_or(1));
    // What has many items to pass does so where it can be interrupted.
    const FEW: i64 = 1 << 10;
    let adaptor = || Some(Adaptor::Slice { source: native_iter(&args[1])?, skip: start, step, left: stop });
    if start <= FEW
        && step <= FEW
        && stop.is_none_or(|stop| start <= stop)
        && let Some(native) = native(vm, &args[0], "itertools.islice", adaptor)
    {
        return Ok(native);
    }
    let stop = stop.map_or(Value::NONE, Value::int);
    let (start, step) = (Value::int(start), Value::int(step));
    vm.tail_prelude("itertools_islice", vec![args[0].clone(), args[1].clone(), start, stop, step])
}

fn pairwise(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let adaptor = || Some(Adaptor::Pairwise { source: native_iter(&args[1])?, before: None });
    if let Some(native) = native(vm, &args[0], "itertools.pairwise", adaptor) {
        return Ok(native);
    }
    vm.tail_prelude("itertools_pairwise", args.to_vec())
}

fn batched(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if vm.index_arg(args, 2)? < 1 {
        return Err(vm.value_error("n must be at least one"));
    }
    let strict = given(args, 3, Value::FALSE);
    vm.tail_prelude("itertools_batched", vec![args[0].clone(), args[1].clone(), args[2].clone(), strict])
}

/// Choices from more pools, or of more items, are made by the prelude.
const FEW_POOLS: i64 = 256;

/// The items of these iterables, if all are native. None is an iterator, of which items would be lost if another is not.
fn pools(vm: &mut Vm, iterables: &[Value]) -> Result<Option<Vec<Vec<Value>>>, crate::vm::Exit> {
    let waits = |value: &Value| {
        native_iter(value).is_none()
            || iterables.len() > 1 && matches!(value.kind(), Some(Kind::ListIter | Kind::RangeIter | Kind::Iter))
    };
    if iterables.iter().any(waits) {
        return Ok(None);
    }
    let mut pools = Vec::with_capacity(iterables.len());
    for iterable in iterables {
        match vm.native_items(iterable)? {
            Some(items) => pools.push(items),
            None => return Ok(None),
        }
    }
    Ok(Some(pools))
}

/// Choices of `r` items of one iterable, if it is native.
fn choices(
    vm: &mut Vm,
    args: &[Value],
    r: Option<&Value>,
    name: &'static str,
    adaptor: fn(Vec<Value>, usize) -> Adaptor,
) -> Result<Option<Value>, crate::vm::Exit> {
    let few = |r: i64| (0..=FEW_POOLS).contains(&r);
    let exact = vm.state.get(name).is_some_and(|known| known.is(&args[0]));
    if !exact || !r.is_none_or(|r| r.as_small().is_some_and(few)) {
        return Ok(None);
    }
    let Some(mut pools) = pools(vm, &args[1..2])? else { return Ok(None) };
    let pool = pools.pop().unwrap_or_default();
    let r = r.and_then(Value::as_small).map_or(pool.len(), |r| r as usize);
    Ok(adapted(adaptor(pool, r), name))
}

fn product(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // After the class come the iterables, then, as the last, the keyword-only `repeat`: see `split_keyword`.
    let (iterables, repeat) = split_keyword(args);
    let repeat = repeat.unwrap_or(Value::small(1));
    if let Some(times @ 1..=FEW_POOLS) = repeat.as_small()
        && iterables.len() as i64 * times <= FEW_POOLS
        && let Some(pools) = pools(vm, &iterables)?
    {
        let pools: Vec<Value> = pools.into_iter().map(Value::tuple).collect();
        let pools: Vec<Value> = (0..times).flat_map(|_| pools.iter().cloned()).collect();
        let adaptor = || Some(Adaptor::Product { pools: pools.clone(), chosen: Vec::new() });
        if let Some(native) = native(vm, &args[0], "itertools.product", adaptor) {
            return Ok(native);
        }
        let call = vec![args[0].clone(), Value::tuple(pools), Value::small(1)];
        return vm.tail_prelude("itertools_product", call);
    }
    let call = vec![args[0].clone(), Value::tuple(iterables), repeat];
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
    let adaptor = |pool, r| Adaptor::Permutations { pool, r, order: Vec::new(), left: Vec::new() };
    if let Some(native) = choices(vm, args, arg_or_none(args, 2), "itertools.permutations", adaptor)? {
        return Ok(native);
    }
    let r = given(args, 2, Value::NONE);
    vm.tail_prelude("itertools_permutations", vec![args[0].clone(), args[1].clone(), r])
}

fn combinations(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if vm.index_arg(args, 2)? < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    let adaptor = |pool, r| Adaptor::Combinations { pool, r, again: false, chosen: Vec::new() };
    if let Some(native) = choices(vm, args, Some(&args[2]), "itertools.combinations", adaptor)? {
        return Ok(native);
    }
    vm.tail_prelude("itertools_combinations", args.to_vec())
}

fn combinations_with_replacement(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if vm.index_arg(args, 2)? < 0 {
        return Err(vm.value_error("r must be non-negative"));
    }
    let adaptor = |pool, r| Adaptor::Combinations { pool, r, again: true, chosen: Vec::new() };
    if let Some(native) = choices(vm, args, Some(&args[2]), "itertools.combinations_with_replacement", adaptor)? {
        return Ok(native);
    }
    vm.tail_prelude("itertools_combinations_with_replacement", args.to_vec())
}

fn zip_longest(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (iterables, fill) = split_keyword(args);
    let fill = fill.unwrap_or(Value::NONE);
    let adaptor = || {
        let sources = native_iters(&iterables)?.into_iter().map(Some).collect();
        Some(Adaptor::ZipLongest { sources, fill: fill.clone() })
    };
    if let Some(native) = native(vm, &args[0], "itertools.zip_longest", adaptor) {
        return Ok(native);
    }
    vm.tail_prelude("itertools_zip_longest", vec![args[0].clone(), Value::tuple(iterables), fill])
}

fn tee_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = tee_class(vm).into_value();
    vm.tail_prelude("itertools_tee_one", vec![class, args[1].clone()])
}

fn tee(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let n = if arg(args, 1).is_some() { vm.index_arg(args, 1)? } else { 2 };
    if n < 0 {
        return Err(vm.value_error("n must be >= 0"));
    }
    let class = tee_class(vm).into_value();
    vm.tail_prelude("itertools_tee", vec![class, args[0].clone(), Value::int(n)])
}
