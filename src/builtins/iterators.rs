//! Iterators: `iter`, `next`, and the classes of what they give.
//!
//! Containers have native iterators, and `zip` and `enumerate` over native iterators are native too. `enumerate`, `zip`,
//! `reversed` over other things, `map`, `filter` and `iter(callable, sentinel)` are generators of the prelude behind the
//! class that programs see.

use super::{adaptor_state, iterator_state, order};
use super::{dict, install_functions, install_methods, install_static, natives, range, subclass_made};
use crate::object::dict::{DictView, ViewKind};
use crate::object::iter::{self, Iter, IterState, native_iter};
use crate::object::{Bytes, Dict, Generator, Kind, List, Range, Ref, Str, Tuple, TypeFlags, Value};
use crate::vm::arguments::arg;
use crate::vm::{NativeResult, Resume, Vm};

natives! {
    pub FUNCTIONS {
        /// Get an iterator from an object.
        "iter(object, sentinel=None, /)" => iter;
        /// Return the next item from the iterator, or default at its end.
        "next(iterator, default=None, /)" => next;
    }
    ITERATOR_METHODS {
        "__iter__(self, /)" => me;
        "__next__(self, /)" => step;
    }
    ADAPTOR_METHODS {
        "__iter__(self, /)" => me;
        "__next__(self, /)" => adaptor_step;
    }
    NEW_ENUMERATE {
        "__new__(cls, iterable, start=0)" => new_enumerate;
    }
    NEW_REVERSED {
        "__new__(cls, object, /)" => new_reversed;
    }
    NEW_MAP {
        "__new__(cls, /, *args, **kwargs)" => new_map;
    }
    NEW_FILTER {
        "__new__(cls, function, iterable, /)" => new_filter;
    }
    NEW_ZIP {
        "__new__(cls, *iterables, strict=False)" => new_zip;
    }
    PRELUDE {
        /// `map(function, iterable)`
        "_map_make(cls, function, iterable, /)" => make_map;
        /// `zip(*iterables)`
        "_zip_make(cls, *iterables)" => make_zip;
        "_steppable(iterator, /)" => steppable;
    }
}

pub fn install(vm: &mut Vm) {
    let t = &vm.types;
    let native = [
        &t.list_iterator,
        &t.range_iterator,
        &t.tuple_iterator,
        &t.str_iterator,
        &t.str_ascii_iterator,
        &t.bytes_iterator,
        &t.bytearray_iterator,
        &t.dict_keyiterator,
        &t.dict_valueiterator,
        &t.dict_itemiterator,
        &t.dict_reversekeyiterator,
        &t.dict_reversevalueiterator,
        &t.dict_reverseitemiterator,
        &t.set_iterator,
        &t.list_reverseiterator,
        &t.longrange_iterator,
        &t.reversed,
    ];
    for class in native {
        install_methods(class, ITERATOR_METHODS);
        install_methods(class, iterator_state::METHODS);
        install_methods(class, iterator_state::REDUCE);
    }
    let movable = [
        &t.list_iterator,
        &t.range_iterator,
        &t.longrange_iterator,
        &t.tuple_iterator,
        &t.str_iterator,
        &t.str_ascii_iterator,
        &t.bytes_iterator,
        &t.bytearray_iterator,
        &t.list_reverseiterator,
        &t.reversed,
    ];
    for class in movable {
        install_methods(class, iterator_state::SET_STATE);
    }
    for class in [&t.enumerate, &t.map, &t.filter, &t.zip, &t.callable_iterator, &t.sequence_iterator] {
        install_methods(class, ADAPTOR_METHODS);
    }
    for class in [&t.enumerate, &t.map, &t.filter, &t.zip, &t.callable_iterator, &t.sequence_iterator] {
        install_methods(class, iterator_state::REDUCE);
    }
    for class in [&t.map, &t.zip, &t.sequence_iterator] {
        install_methods(class, iterator_state::SET_STATE);
    }
    install_methods(&t.sequence_iterator, iterator_state::METHODS);
    install_static(&t.enumerate, NEW_ENUMERATE);
    install_static(&t.reversed, NEW_REVERSED);
    install_static(&t.map, NEW_MAP);
    install_static(&t.filter, NEW_FILTER);
    install_static(&t.zip, NEW_ZIP);
    install_functions(&vm.builtins.clone(), "builtins", FUNCTIONS);
    super::generator::shortcut(&vm.builtins, "next", crate::object::native::Shortcut::Next);
    let sequence_iterator = vm.types.sequence_iterator.value();
    let prelude = vm.prelude_globals();
    prelude.set_str(&crate::object::intern(b"_sequence_iterator"), sequence_iterator);
    install_functions(&prelude, "builtins", PRELUDE);
    adaptor_state::install(vm);
}

/// Does iterating over this value need no Python code?
pub fn iterates_natively(vm: &Vm, value: &Value) -> bool {
    match value.kind() {
        Some(Kind::Instance) => {
            !vm.class_of(value).flags().has(TypeFlags::CUSTOM_ITER) && native_iter(value.payload()).is_some()
        }
        Some(
            Kind::List
            | Kind::Range
            | Kind::Tuple
            | Kind::Str
            | Kind::Bytes
            | Kind::ByteArray
            | Kind::Dict
            | Kind::DictView
            | Kind::Set
            | Kind::ListIter
            | Kind::RangeIter
            | Kind::Iter,
        ) => true,
        Some(Kind::Foreign) => native_iter(value).is_some(),
        _ => false,
    }
}

fn iter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(sentinel) = arg(args, 1) {
        let class = vm.types.callable_iterator.value();
        return vm.tail_prelude("callable_iterator", vec![class, args[0].clone(), sentinel.clone()]);
    }
    if let Some(iterator) = native_iter(&args[0]) {
        return Ok(iterator);
    }
    if args[0].is_kind(Kind::Generator) {
        let class = vm.class_of(&args[0]);
        if class.lookup(&vm.names.iter).is_some() {
            return Ok(args[0].clone());
        }
    }
    vm.require_iterable(&args[0])?;
    vm.tail_prelude("iter_of", vec![args[0].clone()])
}

fn next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let default = arg(args, 1).cloned();
    match args[0].kind() {
        Some(Kind::ListIter | Kind::RangeIter | Kind::Iter) => match vm.native_next(&args[0])? {
            Some(item) => Ok(item),
            None => default.ok_or_else(|| vm.stop_iteration(Value::NONE)),
        },
        Some(Kind::Generator) if vm.class_of(&args[0]).lookup(&vm.names.next).is_some() => {
            vm.tail_resume(args[0].clone(), Resume::Send(Value::NONE), default)
        }
        _ => {
            let class = vm.class_of(&args[0]);
            let Some(method) = class.lookup(&vm.names.next) else {
                return Err(vm.type_error(format!("'{}' object is not an iterator", vm.shown_class(&class))));
            };
            match default {
                None if matches!(method.kind(), Some(Kind::Function | Kind::Native)) => {
                    vm.tail_call(method, vec![args[0].clone()])
                }
                None => vm.tail_prelude("next_of", vec![args[0].clone()]),
                Some(default) => vm.tail_prelude("next_or", vec![args[0].clone(), default]),
            }
        }
    }
}

fn me(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].clone())
}

fn step(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let iterator = args[0].payload();
    if iterator.is_kind(Kind::Generator) {
        return adaptor_step(vm, args);
    }
    match vm.native_next(iterator)? {
        Some(item) => Ok(item),
        None => Err(vm.stop_iteration(Value::NONE)),
    }
}

fn adaptor_step(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let generator = args[0].payload();
    if generator.is_kind(Kind::Iter) {
        return step(vm, args);
    }
    if generator.get::<Generator>().is_none() {
        return Err(order::uninitialised(vm, &args[0]));
    }
    vm.tail_resume(generator.clone(), Resume::Send(Value::NONE), None)
}

/// Can `for` step it as it stands, without calling `iter` on it with any effect?
fn steppable(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(matches!(args[0].kind(), Some(Kind::ListIter | Kind::RangeIter | Kind::Iter | Kind::Generator))))
}

fn new_enumerate(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.enumerate, &args[0])?;
    let start = match arg(args, 2) {
        Some(_) => Value::big(vm.integer_arg(args, 2)?.to_big()),
        None => Value::small(0),
    };
    if args[0].is(&vm.types.enumerate.value())
        && let (Some(source), Some(count)) = (native_iter(&args[1]), start.as_small())
        && let Some(enumerate) = iter::enumerate(&source, count)
    {
        return Ok(enumerate);
    }
    vm.require_iterable(&args[1])?;
    vm.tail_prelude("make_enumerate", vec![args[0].clone(), args[1].clone(), start])
}

/// A native iterator that goes backward over a native container.
pub fn native_reversed(value: &Value) -> Option<Value> {
    Some(match value.kind()? {
        Kind::List => {
            let list = value.to_ref::<List>()?;
            let end = list.len();
            Iter::value(IterState::ListReversed { list, end }, "list_reverseiterator")
        }
        Kind::Tuple => {
            let tuple = value.to_ref::<Tuple>()?;
            let end = tuple.items().len();
            Iter::value(IterState::TupleReversed { tuple, end }, "reversed")
        }
        Kind::Str => {
            let string = value.to_ref::<Str>()?;
            let end = string.chars();
            Iter::value(IterState::StrReversed { string, end }, "reversed")
        }
        Kind::Bytes => {
            let bytes = value.to_ref::<Bytes>()?;
            let end = bytes.data.len();
            Iter::value(IterState::BytesReversed { bytes, end }, "reversed")
        }
        Kind::Range => range::reversed_iterator(value.get::<Range>()?.body()),
        Kind::Dict => dict::reversed_over(&value.to_ref::<Dict>()?, ViewKind::Keys),
        Kind::DictView => {
            let view = value.get::<DictView>()?;
            dict::reversed_over(&view.dict, view.kind)
        }
        _ => return None,
    })
}

fn new_reversed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.reversed, &args[0])?;
    if args[0].is(&vm.types.reversed.value())
        && let Some(iterator) = native_reversed(&args[1])
    {
        return Ok(iterator);
    }
    let class = vm.class_of(&args[1]);
    let has_reversed = class.lookup(&vm.names.reversed);
    let sequence = class.lookup(&vm.names.getitem).is_some() && !args[1].payload().is_kind(Kind::Dict);
    if has_reversed.as_ref().is_some_and(Value::is_none) || (has_reversed.is_none() && !sequence) {
        return Err(vm.type_error(format!("'{}' object is not reversible", vm.shown_class(&class))));
    }
    vm.tail_prelude("make_reversed", args.to_vec())
}

/// The keyword dict that comes last, and what stands between class and it.
fn split_keywords(args: &[Value]) -> (&[Value], Option<Ref<Dict>>) {
    match args.split_last() {
        Some((last, rest)) if !rest.is_empty() => (&rest[1..], last.to_ref::<Dict>()),
        _ => (&[], None),
    }
}

fn new_map(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.map, &args[0])?;
    let (given, keywords) = split_keywords(args);
    let mut strict = Value::FALSE;
    if let Some(keywords) = keywords {
        strict = strict_keyword(vm, &keywords, "map")?;
    }
    if given.len() < 2 {
        return Err(vm.type_error("map() must have at least two arguments."));
    }
    for iterable in &given[1..] {
        vm.require_iterable(iterable)?;
    }
    let iterables = Value::list(given[1..].to_vec());
    vm.tail_prelude("make_map", vec![args[0].clone(), given[0].clone(), iterables, strict])
}

fn make_map(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match native_iter(&args[2]) {
        Some(iterator) => vm.tail_prelude("make_map_of_one", vec![args[0].clone(), args[1].clone(), iterator]),
        None => {
            vm.require_iterable(&args[2])?;
            let iterables = Value::list(vec![args[2].clone()]);
            vm.tail_prelude("make_map", vec![args[0].clone(), args[1].clone(), iterables, Value::FALSE])
        }
    }
}

fn strict_keyword(vm: &Vm, keywords: &Dict, function: &str) -> NativeResult {
    let mut strict = Value::FALSE;
    for (key, value) in keywords.items() {
        let name = key.get::<Str>().map_or_else(String::new, |key| key.to_string_lossy().into_owned());
        if name != "strict" {
            return Err(vm.type_error(format!("{function}() got an unexpected keyword argument '{name}'")));
        }
        strict = value;
    }
    Ok(strict)
}

fn new_filter(vm: &mut Vm, args: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.filter, &args[0])?;
    vm.require_iterable(&args[2])?;
    vm.tail_prelude("make_filter", args.to_vec())
}

fn new_zip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let [class, strict, iterables @ ..] = args else { return Err(vm.type_error("zip() needs a class")) };
    zip_of(vm, class, strict, iterables)
}

fn make_zip(vm: &mut Vm, args: &[Value]) -> NativeResult {
    zip_of(vm, &args[0], &Value::UNDEF, &args[1..])
}

fn zip_of(vm: &mut Vm, class: &Value, strict: &Value, iterables: &[Value]) -> NativeResult {
    subclass_made(vm, &vm.types.zip, class)?;
    let lenient = strict.is_undef() || vm.native_truth(strict) == Some(false);
    if lenient && class.is(&vm.types.zip.value()) {
        let sources: Option<Vec<Value>> = iterables.iter().map(native_iter).collect();
        if let Some(zip) = sources.and_then(|sources| iter::zip(&sources)) {
            return Ok(zip);
        }
    }
    for iterable in iterables {
        vm.require_iterable(iterable)?;
    }
    let strict = if strict.is_undef() { Value::FALSE } else { strict.clone() };
    vm.tail_prelude("make_zip", vec![class.clone(), Value::list(iterables.to_vec()), strict])
}
