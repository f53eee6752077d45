//! `_functools`: what `lru_cache` makes, and `partial`. The rest of `functools` is Python.
//!
//! Both end by calling the function they stand for in their place. A result to be remembered passes through the prelude
//! (`callables.py`), which also looks for keys that Python code hashes or compares.

use super::{class, kept_class, module as new_module};
use crate::builtins::object::dict_attribute;
use crate::builtins::{
    getsets, install_class_methods, install_functions, install_getsets, install_methods, install_static, natives,
};
use crate::object::quick;
use crate::object::{
    Dict, Foreign, Instance, Kind, Method, Module, NativeObject, Ref, Slot, Str, Tuple, Type, TypeFlags, Value, intern,
};
use crate::vm::arguments::arg;
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::Cell;

/// A function that remembers its results.
struct Cache {
    function: Slot,
    /// How many results are kept: the youngest. `None` for all.
    most: Option<usize>,
    typed: bool,
    hits: Cell<usize>,
    misses: Cell<usize>,
    /// In the order of use, the oldest first.
    results: Ref<Dict>,
    /// Stands in a key between the arguments by position and those by name.
    mark: Slot,
    /// The class of what `cache_info` gives.
    info: Slot,
}

impl NativeObject for Cache {
    fn called(&self, args: &[Value]) -> Option<Value> {
        if self.typed {
            return None;
        }
        let tuple;
        let key = match args {
            [one] if is_key(one) => one,
            _ => {
                tuple = Value::object(Ref::<Tuple>::from_slice(args));
                &tuple
            }
        };
        let hash = quick::hash(key)?;
        let result = self.results.get(key, hash).ok()??;
        self.hits.set(self.hits.get() + 1);
        if self.most.is_some() {
            refresh(self, key, hash);
        }
        Some(result)
    }
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.function, &self.mark, &self.info].into_iter().for_each(|slot| slot.visit(see));
        self.results.show(see);
    }
    fn clear(&self) {
        self.function.set(Value::NONE);
        <crate::object::Dict as crate::object::HeapKind>::clear(&self.results);
    }
}

/// A function with some of its arguments.
struct Partial {
    function: Slot,
    /// A tuple.
    args: Slot,
    /// A dict.
    keywords: Slot,
    /// How many of the arguments are `Placeholder`.
    holes: Cell<usize>,
}

impl NativeObject for Partial {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        [&self.function, &self.args, &self.keywords].into_iter().for_each(|slot| slot.visit(see));
    }
    fn clear(&self) {
        [&self.function, &self.args, &self.keywords].into_iter().for_each(|slot| slot.set(Value::NONE));
    }
}

natives! {
    FUNCTIONS {
        /// Say which object holds a place among the arguments of a partial.
        "_set_placeholder(placeholder, /)" => set_placeholder;
        /// Combine the items of an iterable, from the left, to one value.
        "reduce(function, iterable, /, initial=None)" => reduce;
        /// Convert a cmp= function into a key= function.
        "cmp_to_key(mycmp)" => cmp_to_key;
    }
    CACHE_NEW {
        "__new__(cls, user_function, maxsize, typed, cache_info_type)" => cache_new;
    }
    CACHE {
        "__call__(self, /, *args, **kwargs)" => cache_call;
        "__get__(self, instance, owner=None, /)" => get;
        /// Report cache statistics
        "cache_info(self, /)" => cache_info;
        /// Clear the cache and cache statistics
        "cache_clear(self, /)" => cache_clear;
        "__reduce__(self, /)" => cache_reduce;
        "__copy__(self, /)" => me;
        "__deepcopy__(self, memo, /)" => me;
    }
    PARTIAL_NEW {
        "__new__(cls, /, *args, **keywords)" => partial_new;
    }
    PARTIAL {
        "__call__(self, /, *args, **keywords)" => partial_call;
        "__get__(self, instance, owner=None, /)" => get;
        "__repr__(self, /)" => partial_repr;
        "__reduce__(self, /)" => partial_reduce;
        "__setstate__(self, state, /)" => partial_setstate;
    }
    PARTIAL_CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    PRELUDE {
        "_cache_results(cache, /)" => cache_results;
        "_cache_most(cache, /)" => cache_most;
        "_cache_count(cache, hit, /)" => cache_count;
        "_cache_store(cache, key, result, /)" => cache_store;
        "_partial_set(partial, function, args, keywords, /)" => partial_set;
    }
}

getsets! {
    PARTIAL_ATTRIBUTES {
        "func" => partial_function, crate::builtins::read_only;
        "args" => partial_args, crate::builtins::read_only;
        "keywords" => partial_keywords, crate::builtins::read_only;
    }
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
    let module = new_module("_functools", "", FUNCTIONS);
    let cache = class("functools", "_lru_cache_wrapper", &vm.types.object, TypeFlags::FINAL.with(TypeFlags::WEAK));
    install_methods(&cache, CACHE);
    install_static(&cache, CACHE_NEW);
    dict_attribute(&cache);
    module.set("_lru_cache_wrapper", cache.into_value());
    module.set("partial", partial_class(vm).into_value());
    module
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match arg(args, 2) {
        Some(initial) => vm.tail_prelude("reduce_from", vec![args[0].clone(), args[1].clone(), initial.clone()]),
        None => vm.tail_prelude("reduce", args[..2].to_vec()),
    }
}

fn cmp_to_key(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("cmp_to_key", args.to_vec())
}

fn partial_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "functools.partial", |vm| {
        let made = class("functools", "partial", &vm.types.object, TypeFlags::WEAK);
        made.layout.set(Some(Kind::Foreign));
        let doc = "Create a new function with partial application of the given arguments and keywords.";
        made.dict.set_str(&intern(b"__doc__"), Value::str(doc));
        install_methods(&made, PARTIAL);
        install_static(&made, PARTIAL_NEW);
        install_class_methods(&made, PARTIAL_CLASS_METHODS);
        install_getsets(&made, PARTIAL_ATTRIBUTES);
        dict_attribute(&made);
        made
    })
}

fn me(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

/// As a function in a class does: a method of the instance.
fn get(_: &mut Vm, args: &[Value]) -> NativeResult {
    if args[1].is_none() {
        return Ok(args[0].clone());
    }
    Ok(Method::bind(args[0].clone(), args[1].clone()))
}

/// The receiver, the arguments by position, the dict of those by name.
fn taken_apart(args: &[Value]) -> (&Value, &[Value], Ref<Dict>) {
    let (me, rest) = (&args[0], &args[1..]);
    match rest.split_last() {
        Some((last, given)) => (me, given, last.to_ref::<Dict>().unwrap_or_else(Dict::empty)),
        None => (me, &[], Dict::empty()),
    }
}

// ---- lru_cache

fn cache<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Cache, Exit> {
    value.foreign::<Cache>().ok_or_else(|| vm.type_error("a cached function is needed"))
}

fn cache_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !vm.is_callable(&args[1]) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    let most = match args[2].as_integer() {
        None if args[2].is_none() => None,
        None => return Err(vm.type_error("maxsize should be integer or None")),
        Some(size) => Some(size.to_i64().map_or(usize::MAX, |size| size.max(0) as usize)),
    };
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("__new__() wants a class")) };
    let made = Cache {
        function: Slot::new(args[1].clone()),
        most,
        typed: vm.native_truth(&args[3]).unwrap_or(true),
        hits: Cell::new(0),
        misses: Cell::new(0),
        results: Dict::empty(),
        mark: Slot::new(Value::object(Instance::of(&vm.types.object))),
        info: Slot::new(args[4].clone()),
    };
    Ok(Foreign::value(&class, made))
}

/// Is the only argument of a call itself what its result is kept under?
fn is_key(argument: &Value) -> bool {
    argument.is_small() || matches!(argument.kind(), Some(Kind::Str | Kind::BigInt))
}

/// Under what the result of a call is kept: the only argument itself, if it is an int or a string, else a tuple.
fn key_of(vm: &Vm, cache: &Cache, given: &[Value], keywords: &Dict) -> Value {
    if !cache.typed && keywords.is_empty() {
        return match given {
            [one] if is_key(one) => one.clone(),
            _ => Value::object(Ref::<Tuple>::from_slice(given)),
        };
    }
    let mut key = given.to_vec();
    let keywords = keywords.items();
    if !keywords.is_empty() {
        key.push(cache.mark.get());
        key.extend(keywords.iter().flat_map(|(name, value)| [name.clone(), value.clone()]));
    }
    if cache.typed {
        key.extend(given.iter().map(|value| vm.class_of(value).into_value()));
        key.extend(keywords.iter().map(|(_, value)| vm.class_of(value).into_value()));
    }
    Value::tuple(key)
}

fn cache_call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (me, given, keywords) = taken_apart(args);
    let cache = cache(vm, me)?;
    if cache.most == Some(0) {
        cache.misses.set(cache.misses.get() + 1);
        return vm.tail_call_kw(cache.function.get(), given.to_vec(), keywords.items());
    }
    let key = key_of(vm, cache, given, &keywords);
    let found = match vm.native_hash(&key)? {
        Some(hash) => cache.results.get(&key, hash).ok().map(|found| (found, hash)),
        None => None,
    };
    let twin = match found {
        Some((Some(result), hash)) => {
            cache.hits.set(cache.hits.get() + 1);
            if cache.most.is_some() {
                refresh(cache, &key, hash);
            }
            return Ok(result);
        }
        Some((None, _)) => {
            cache.misses.set(cache.misses.get() + 1);
            "cache_missed"
        }
        None => "cache_call",
    };
    if let ("cache_missed", [one]) = (twin, given)
        && keywords.is_empty()
    {
        return vm.tail_prelude("cache_missed_one", vec![me.clone(), key, cache.function.get(), one.clone()]);
    }
    let args = Value::object(Ref::<Tuple>::from_slice(given));
    vm.tail_prelude(twin, vec![me.clone(), key, cache.function.get(), args, keywords.into_value()])
}

/// A result that was asked for again is the youngest again.
fn refresh(cache: &Cache, key: &Value, hash: i64) {
    let is_youngest = cache.results.table.borrow().iter().next_back().is_some_and(|entry| entry.key.is(key));
    if !is_youngest && let Ok(Some(entry)) = cache.results.remove(key, hash) {
        cache.results.touch();
        cache.results.table.borrow_mut().push(entry.key, entry.hash, entry.value);
    }
}

fn cache_store(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [me, key, result] = args else { return Ok(Value::NONE) };
    let cache = cache(vm, me)?;
    let results = &cache.results;
    let known = match vm.native_hash(key)? {
        Some(hash) => results.get(key, hash).ok().map(|found| (found.is_some(), hash)),
        None => None,
    };
    let Some((known, hash)) = known else { return vm.tail_prelude("cache_store", args.to_vec()) };
    if !known && cache.most.is_some_and(|most| results.len() >= most) {
        let oldest = {
            let table = results.table.borrow();
            (0..table.end()).find(|number| table.entry(*number).is_some())
        };
        let gone = oldest.and_then(|number| results.remove_entry(number));
        drop(gone);
    }
    match results.set(key, hash, result.clone()) {
        Ok(()) => Ok(Value::NONE),
        Err(_) => vm.tail_prelude("cache_store", args.to_vec()),
    }
}

fn cache_results(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(cache(vm, &args[0])?.results.value())
}

fn cache_most(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(cache(vm, &args[0])?.most.map_or(Value::NONE, Value::size))
}

fn cache_count(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let cache = cache(vm, &args[0])?;
    let counter = if args[1].is(&Value::TRUE) { &cache.hits } else { &cache.misses };
    counter.set(counter.get() + 1);
    Ok(Value::NONE)
}

fn cache_info(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let cache = cache(vm, &args[0])?;
    let most = cache.most.map_or(Value::NONE, Value::size);
    let numbers = vec![Value::size(cache.hits.get()), Value::size(cache.misses.get()), most];
    vm.tail_call(cache.info.get(), [numbers, vec![Value::size(cache.results.len())]].concat())
}

fn cache_clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let cache = cache(vm, &args[0])?;
    cache.hits.set(0);
    cache.misses.set(0);
    cache.results.touch();
    let old = cache.results.table.borrow_mut().clear();
    drop(old);
    Ok(Value::NONE)
}

fn cache_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.load_attr(&args[0], &intern(b"__qualname__"))
}

// ---- partial

fn set_placeholder(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.state.insert("functools.Placeholder", args[0].clone());
    Ok(Value::NONE)
}

fn partial<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Partial, Exit> {
    value.foreign::<Partial>().ok_or_else(|| vm.type_error("a partial function is needed"))
}

fn items_of(tuple: &Slot) -> Vec<Value> {
    tuple.get().get::<Tuple>().map_or_else(Vec::new, |tuple| tuple.items().to_vec())
}

fn is_hole(vm: &Vm, value: &Value) -> bool {
    vm.state.get("functools.Placeholder").is_some_and(|placeholder| placeholder.is(value))
}

/// The arguments with their holes filled, from the left, as far as `given` goes; what is left of that comes after them.
fn filled(vm: &Vm, args: Vec<Value>, given: &[Value]) -> Vec<Value> {
    let mut given = given.iter().cloned();
    let fill = |value: Value| if is_hole(vm, &value) { given.next().unwrap_or(value) } else { value };
    let mut all: Vec<Value> = args.into_iter().map(fill).collect();
    all.extend(given);
    all
}

/// The keywords of a dict, then those of another, which win.
fn merged(first: &Slot, second: Ref<Dict>) -> Ref<Dict> {
    let first = first.get();
    let Some(first) = first.get::<Dict>().filter(|first| !first.is_empty()) else { return second };
    let all = first.copy();
    for (name, value) in second.items() {
        if let Some(name) = name.get::<Str>() {
            all.set_str(&name, value);
        }
    }
    all
}

fn partial_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (class, given, keywords) = taken_apart(args);
    let Some((function, given)) = given.split_first() else {
        return Err(vm.type_error("type 'partial' takes at least one argument"));
    };
    if !vm.is_callable(function) {
        return Err(vm.type_error("the first argument must be callable"));
    }
    if keywords.items().iter().any(|(_, value)| is_hole(vm, value)) {
        return Err(vm.type_error("Placeholder cannot be passed as a keyword argument"));
    }
    let (mut function, mut all, mut keywords) = (function.clone(), given.to_vec(), keywords);
    // A partial of a partial is one of the function itself, unless the inner one has attributes of its own.
    if given.last().is_none_or(|last| !is_hole(vm, last))
        && let Some(object) = function.to_ref::<Foreign>()
        && object.dict.is_undef()
        && let Some(inner) = object.downcast::<Partial>()
    {
        all = filled(vm, items_of(&inner.args), given);
        keywords = merged(&inner.keywords, keywords);
        function = inner.function.get();
    } else if !keywords.is_empty() {
        keywords = keywords.copy();
    }
    if all.last().is_some_and(|last| is_hole(vm, last)) {
        return Err(vm.type_error("trailing Placeholders are not allowed"));
    }
    let holes = all.iter().filter(|value| is_hole(vm, value)).count();
    let made = Partial {
        function: Slot::new(function),
        args: Slot::new(Value::tuple(all)),
        keywords: Slot::new(keywords.into_value()),
        holes: Cell::new(holes),
    };
    let exact = partial_class(vm);
    let made = Foreign::value(&exact, made);
    crate::builtins::make_instance(vm, &exact, class, made)
}

fn partial_call(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (me, given, keywords) = taken_apart(args);
    let partial = partial(vm, me)?;
    let holes = partial.holes.get();
    if given.len() < holes {
        let given = given.len();
        let message = format!("missing positional arguments in 'partial' call; expected at least {holes}, got {given}");
        return Err(vm.type_error(message));
    }
    let mut all = items_of(&partial.args);
    if holes > 0 {
        all = filled(vm, all, given);
    } else {
        all.extend_from_slice(given);
    }
    let keywords = merged(&partial.keywords, keywords).items();
    vm.tail_call_kw(partial.function.get(), all, keywords)
}

fn partial_function(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(partial(vm, value)?.function.get())
}

fn partial_args(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(partial(vm, value)?.args.get())
}

fn partial_keywords(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(partial(vm, value)?.keywords.get())
}

fn partial_repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("partial_repr", args.to_vec())
}

fn partial_reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("partial_reduce", args.to_vec())
}

fn partial_setstate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("partial_setstate", args.to_vec())
}

fn partial_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let partial = partial(vm, &args[0])?;
    partial.function.set(args[1].clone());
    partial.args.set(args[2].clone());
    partial.keywords.set(args[3].clone());
    partial.holes.set(items_of(&partial.args).iter().filter(|value| is_hole(vm, value)).count());
    Ok(Value::NONE)
}

fn class_getitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    crate::builtins::forwarded::alias_of(vm, &args[0], &args[1])
}
