//! `dict` and its views.

use super::items::exit;
use super::order::{self, class_getitem, contains as contains_method, delitem, equate, getitem, iter, len, setitem};
use super::set;
use super::{
    getsets, install_class_methods, install_functions, install_getsets, install_methods, install_static, natives, quick,
};
use crate::object::dict::{DictView, Lookup, MappingProxy, ViewKind};
use crate::object::hashing::{self, Hashed};
use crate::object::iter::{Iter, IterState, PairStep, Step};
use crate::object::{Dict, Kind, Ref, Set, Tuple, Type, TypeFlags, Value};
use crate::vm::arguments::{arg, is_iterator};
use crate::vm::{Exit, Fold, NativeResult, Vm};

natives! {
    NEW {
        "__new__(cls, /, *args, **kwargs)" => new;
    }
    CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => class_getitem;
        /// Create a new dictionary with keys from iterable and values set to value.
        "fromkeys(cls, iterable, value=None, /)" => fromkeys;
    }
    pub METHODS {
        "__init__(self, /, *args, **kwargs)" => init;
        /// Remove all items from the dict.
        "clear(self, /)" => clear;
        /// Return a shallow copy of the dict.
        "copy(self, /)" => copy;
        /// Return the value for key if key is in the dictionary, else default.
        "get(self, key, default=None, /)" => get, quick::dict_get;
        /// Return a set-like object providing a view on the dict's items.
        "items(self, /)" => items_view;
        /// Return a set-like object providing a view on the dict's keys.
        "keys(self, /)" => keys_view;
        /// Remove the key and return its value, or default if it is not there.
        "pop(self, key, default=None, /)" => pop, quick::dict_pop;
        /// Remove and return a (key, value) pair, the last one inserted.
        "popitem(self, /)" => popitem;
        /// Insert key with a value of default if key is not in the dictionary; return the value for key.
        "setdefault(self, key, default=None, /)" => setdefault, quick::dict_setdefault;
        /// Update the dict from a mapping or an iterable of pairs, and from keyword arguments.
        "update(self, /, *args, **kwargs)" => update;
        /// Return an object providing a view on the dict's values.
        "values(self, /)" => values_view;
        "__getitem__(self, key, /)" => getitem_or_missing;
        "__setitem__(self, key, value, /)" => setitem;
        "__delitem__(self, key, /)" => delitem;
        "__len__(self, /)" => len;
        "__contains__(self, key, /)" => contains_method;
        "__iter__(self, /)" => iter;
        /// Return a reverse iterator over the dict keys.
        "__reversed__(self, /)" => reversed;
        "__eq__(self, other, /)" => eq;
        "__ne__(self, other, /)" => ne;
        "__lt__(self, other, /)" => not_ordered;
        "__le__(self, other, /)" => not_ordered;
        "__gt__(self, other, /)" => not_ordered;
        "__ge__(self, other, /)" => not_ordered;
        "__or__(self, other, /)" => or;
        "__ror__(self, other, /)" => ror;
        "__ior__(self, other, /)" => ior;
        /// Return the size of the dict in memory, in bytes.
        "__sizeof__(self, /)" => sizeof;
    }
    VIEW_METHODS {
        "__len__(self, /)" => len;
        "__iter__(self, /)" => iter;
        /// Return a reverse iterator over the view.
        "__reversed__(self, /)" => view_reversed;
    }
    SET_VIEW_METHODS {
        "__contains__(self, item, /)" => contains_method;
        /// Return True if the view and the given iterable have a null intersection.
        "isdisjoint(self, other, /)" => view_isdisjoint;
        "__and__(self, other, /)" => view_and;
        "__rand__(self, other, /)" => view_rand;
        "__or__(self, other, /)" => view_or;
        "__ror__(self, other, /)" => view_ror;
        "__sub__(self, other, /)" => view_sub;
        "__rsub__(self, other, /)" => view_rsub;
        "__xor__(self, other, /)" => view_xor;
        "__rxor__(self, other, /)" => view_rxor;
        "__eq__(self, other, /)" => view_eq;
        "__ne__(self, other, /)" => view_ne;
        "__lt__(self, other, /)" => view_lt;
        "__le__(self, other, /)" => view_le;
        "__gt__(self, other, /)" => view_gt;
        "__ge__(self, other, /)" => view_ge;
    }
    PRELUDE {
        /// `dict(source)`
        "_dict_make(cls, source=(), /)" => make;
        "_dict_next(dict, hash, entry, /)" => dict_next;
        "_dict_key(dict, entry, /)" => dict_key;
        "_dict_value(dict, entry, /)" => dict_value;
        "_dict_set(dict, entry, value, /)" => dict_set;
        "_dict_push(dict, key, hash, value, /)" => dict_push;
        "_dict_delete(dict, entry, /)" => dict_delete;
        "_dict_hashes(dict, /)" => dict_hashes;
        "_view_source(view, /)" => view_source;
        "_view_dict(view, /)" => view_dict;
        "_plain_entries(mapping, /)" => plain_entries;
    }
}

getsets! {
    VIEW_ATTRIBUTES {
        "mapping" => view_mapping;
    }
}

pub fn install(vm: &mut Vm) {
    let class = vm.types.dict.clone();
    install_static(&class, NEW);
    install_class_methods(&class, CLASS_METHODS);
    install_methods(&class, METHODS);
    class.dict.set_str(&vm.names.hash.clone(), Value::NONE);
    let views = [vm.types.dict_keys.clone(), vm.types.dict_items.clone(), vm.types.dict_values.clone()];
    for (n, class) in views.iter().enumerate() {
        install_methods(class, VIEW_METHODS);
        install_getsets(class, VIEW_ATTRIBUTES);
        if n < 2 {
            install_methods(class, SET_VIEW_METHODS);
            class.dict.set_str(&vm.names.hash.clone(), Value::NONE);
        }
    }
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// The hash of a value that is to be a key: `Ok(None)` when Python code must be asked.
pub fn key_hash(vm: &Vm, key: &Value) -> Result<Option<i64>, Exit> {
    hash_for(vm, key, "a dict key")
}

/// The hash of a value used as `role` says, or `TypeError`.
pub fn hash_for(vm: &Vm, key: &Value, role: &str) -> Result<Option<i64>, Exit> {
    match hashing::hash(key) {
        Hashed::Known(hash) => Ok(Some(hash)),
        Hashed::NeedsPython => Ok(None),
        Hashed::Unhashable(culprit) => {
            let (name, culprit) = (vm.type_name(key), vm.type_name(&culprit.0));
            Err(vm.type_error(format!("cannot use '{name}' as {role} (unhashable type: '{culprit}')")))
        }
        Hashed::TooDeep => Err(vm.recursion_error("maximum recursion depth exceeded")),
    }
}

/// What looking for a key natively came to.
pub enum Found {
    /// Its value.
    Value(Value),
    /// It is not there.
    Absent,
    /// Python code must be asked.
    NeedsPython,
}

/// Looks `key` up.
pub fn find(vm: &Vm, dict: &Dict, key: &Value) -> Result<Found, Exit> {
    let Some(hash) = key_hash(vm, key)? else { return Ok(Found::NeedsPython) };
    Ok(match dict.get(key, hash) {
        Ok(Some(value)) => Found::Value(value),
        Ok(None) => Found::Absent,
        Err(_) => Found::NeedsPython,
    })
}

/// `dict[key]`, for a plain dict.
pub fn get_item(vm: &mut Vm, container: &Value, key: &Value) -> NativeResult {
    let Some(dict) = container.get::<Dict>() else { return Ok(Value::NONE) };
    match find(vm, dict.body(), key)? {
        Found::Value(value) => Ok(value),
        Found::Absent => Err(vm.key_error(key)),
        Found::NeedsPython => vm.tail_prelude("dict_getitem", vec![container.clone(), key.clone()]),
    }
}

/// `dict[key] = value`
pub fn set_item(vm: &mut Vm, container: &Value, key: &Value, value: Value) -> Result<(), Exit> {
    let Some(dict) = container.get::<Dict>() else { return Ok(()) };
    let value = match key_hash(vm, key)? {
        Some(hash) => match dict.set(key, hash, value) {
            Ok(()) => return Ok(()),
            Err(value) => value,
        },
        None => value,
    };
    Err(exit(vm.tail_prelude("dict_setitem", vec![container.clone(), key.clone(), value])))
}

/// `del dict[key]`
pub fn del_item(vm: &mut Vm, container: &Value, key: &Value) -> Result<(), Exit> {
    let Some(dict) = container.get::<Dict>() else { return Ok(()) };
    if let Some(hash) = key_hash(vm, key)? {
        match dict.remove(key, hash) {
            Ok(Some(_)) => return Ok(()),
            Ok(None) => return Err(vm.key_error(key)),
            Err(_) => {}
        }
    }
    Err(exit(vm.tail_prelude("dict_delitem", vec![container.clone(), key.clone()])))
}

/// `key in dict`
pub fn contains(vm: &mut Vm, container: &Value, key: &Value) -> Result<bool, Exit> {
    let Some(dict) = container.get::<Dict>() else { return Ok(false) };
    match find(vm, dict.body(), key)? {
        Found::Value(_) => Ok(true),
        Found::Absent => Ok(false),
        Found::NeedsPython => Err(exit(vm.tail_prelude("dict_contains", vec![container.clone(), key.clone()]))),
    }
}

/// `item in view`
pub fn view_contains(vm: &mut Vm, container: &Value, view: &DictView, item: &Value) -> Result<bool, Exit> {
    let dict = view.dict.value();
    match view.kind {
        ViewKind::Keys => contains(vm, &dict, item),
        ViewKind::Values => {
            for (_, value) in view.dict.items() {
                match vm.native_same(&value, item)? {
                    Some(true) => return Ok(true),
                    Some(false) => {}
                    None => {
                        return Err(exit(vm.tail_prelude("iterable_contains", vec![container.clone(), item.clone()])));
                    }
                }
            }
            Ok(false)
        }
        ViewKind::Items => {
            let Some(pair) = item.native::<Tuple>() else { return Ok(false) };
            let [key, wanted] = pair.items() else { return Ok(false) };
            let found = find(vm, &view.dict, key)?;
            let same = match &found {
                Found::Value(value) => vm.native_same(value, wanted)?,
                Found::Absent => Some(false),
                Found::NeedsPython => None,
            };
            match same {
                Some(same) => Ok(same),
                None => Err(exit(vm.tail_prelude("items_contain", vec![dict, key.clone(), wanted.clone()]))),
            }
        }
    }
}

fn this(vm: &Vm, args: &[Value]) -> Result<Ref<Dict>, Exit> {
    args[0].native::<Dict>().map(|dict| dict.to_ref()).ok_or_else(|| order::uninitialised(vm, &args[0]))
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::make_instance(vm, &vm.types.dict, &args[0], Dict::empty().into_value())
}

/// `dict(source)`, made and filled in one.
fn make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = Dict::empty();
    let Some(source) = arg(args, 1) else { return Ok(dict.into_value()) };
    if Vm::drives(source) {
        return vm.tail_fold(source.clone(), Fold::Dict, dict.into_value());
    }
    match merge_natively(vm, &dict, source)? {
        None => Ok(dict.into_value()),
        // What was taken from an iterator is in the dict and in what is left to merge.
        Some(left) => vm.construct_in_python(&[args[0].clone(), left]),
    }
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    update_from(vm, args, "dict")
}

fn update(vm: &mut Vm, args: &[Value]) -> NativeResult {
    update_from(vm, args, "update")
}

/// `dict(source, **keywords)`, `update(source, **keywords)`; the keywords' dict comes last.
fn update_from(vm: &mut Vm, args: &[Value], name: &str) -> NativeResult {
    let dict = this(vm, args)?;
    let keywords = args.last().filter(|_| args.len() > 1).and_then(|last| last.to_ref::<Dict>());
    let sources = args.get(1..args.len() - 1).unwrap_or(&[]);
    if sources.len() > 1 {
        let given = sources.len();
        return Err(vm.type_error(format!("{name} expected at most 1 argument, got {given}")));
    }
    if let Some(source) = sources.first() {
        if Vm::drives(source) && keywords.as_ref().is_none_or(|keywords| keywords.is_empty()) {
            return vm.tail_fold(source.clone(), Fold::Update, dict.into_value());
        }
        let rest = keywords.as_ref().map_or(Value::NONE, |keywords| keywords.value());
        merge(vm, &dict, source, rest)?;
    }
    if let Some(keywords) = keywords
        && !merge_entries(&dict, &keywords)
    {
        return vm.tail_prelude("dict_update", vec![dict.into_value(), keywords.into_value(), Value::NONE]);
    }
    Ok(Value::NONE)
}

/// Is it a dict whose entries may be taken as they are?
fn plain_dict(vm: &Vm, source: &Value) -> Option<Ref<Dict>> {
    let dict = source.native::<Dict>()?.to_ref();
    if source.is_kind(Kind::Dict) {
        return Some(dict);
    }
    (!vm.class_of(source).flags().has(TypeFlags::CUSTOM_ITER)).then_some(dict)
}

/// The items of such a dict, in a list; `None` for any other object.
fn plain_entries(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(dict) = plain_dict(vm, &args[0]) else { return Ok(Value::NONE) };
    let pairs = dict.items().into_iter().map(|(key, value)| Value::tuple(vec![key, value]));
    Ok(Value::list(pairs.collect()))
}

/// Copies all entries of `source` over; `false` when Python code must be asked (what was copied stays).
fn merge_entries(dict: &Ref<Dict>, source: &Ref<Dict>) -> bool {
    if dict.is(source) {
        return true;
    }
    if dict.is_empty() && dict.table.borrow().end() == 0 {
        let table = source.table.borrow().clone();
        dict.touch();
        let old = std::mem::replace(&mut *dict.table.borrow_mut(), table);
        drop(old);
        return true;
    }
    // What is replaced is dropped last: a finaliser's turn comes when this is done.
    let mut replaced = Vec::new();
    let (source, mut table) = (source.table.borrow(), dict.table.borrow_mut());
    for entry in source.iter() {
        match table.find(&entry.key, entry.hash) {
            Lookup::Found(number) => replaced.push(table.set_value(number, entry.value.clone())),
            Lookup::Absent => {
                dict.touch();
                table.push(entry.key.clone(), entry.hash, entry.value.clone());
            }
            Lookup::NeedsPython => {
                drop(table);
                return false;
            }
        }
    }
    drop(table);
    true
}

/// Merges a mapping or an iterable of pairs. `rest` is a dict to be merged after it, should the prelude take over.
fn merge(vm: &mut Vm, dict: &Ref<Dict>, source: &Value, rest: Value) -> Result<(), Exit> {
    match merge_natively(vm, dict, source)? {
        None => Ok(()),
        Some(source) => Err(exit(vm.tail_prelude("dict_update", vec![dict.value(), source, rest]))),
    }
}

/// Merges a mapping or an iterable of pairs as far as that needs no Python code: what is still to be merged.
fn merge_natively(vm: &mut Vm, dict: &Ref<Dict>, source: &Value) -> Result<Option<Value>, Exit> {
    let proxied = source.get::<MappingProxy>();
    let mapping = proxied.as_ref().map_or(source, |proxy| &proxy.mapping);
    if let Some(other) = plain_dict(vm, mapping) {
        return Ok((!merge_entries(dict, &other)).then(|| source.clone()));
    }
    if let Some(iter) = source.get::<Iter>()
        && iter.gives_pairs()
    {
        return merge_pairs(vm, dict, source, &iter);
    }
    if !matches!(
        source.kind(),
        Some(Kind::List | Kind::Tuple | Kind::DictView | Kind::ListIter | Kind::Iter | Kind::Set)
    ) {
        return Ok(Some(source.clone()));
    }
    let Some(items) = vm.native_items(source)? else { return Ok(Some(source.clone())) };
    for item in &items {
        if !pair(item).is_some_and(|(key, value)| put(vm, dict, &key, &value)) {
            // All of them once more: an error names the number of the culprit.
            return Ok(Some(Value::list(items)));
        }
    }
    Ok(None)
}

/// Merges what a native iterator over pairs gives, without making tuples of them.
fn merge_pairs(vm: &mut Vm, dict: &Ref<Dict>, source: &Value, iter: &Iter) -> Result<Option<Value>, Exit> {
    let rest = |vm: &mut Vm, first: Value| {
        let mut items = vec![first];
        items.extend(vm.native_items(source)?.unwrap_or_default());
        Ok(Some(Value::list(items)))
    };
    for n in 0.. {
        vm.tick(n)?;
        match iter.step_pair() {
            PairStep::Pair(key, value) => {
                if !put(vm, dict, &key, &value) {
                    return rest(vm, Value::tuple(vec![key, value]));
                }
            }
            PairStep::Other(Step::End) => break,
            PairStep::Other(Step::Changed(what)) => return Err(vm.runtime_error(format!("{what} during iteration"))),
            PairStep::Other(Step::Item(item)) => return rest(vm, item),
            PairStep::NoPairs => {
                let Some(item) = vm.native_next(source)? else { break };
                return rest(vm, item);
            }
        }
    }
    Ok(None)
}

/// `dict[key] = value`; `false` when Python code must be asked, or the key has no hash.
fn put(vm: &Vm, dict: &Ref<Dict>, key: &Value, value: &Value) -> bool {
    let hash = key_hash(vm, key).ok().flatten();
    hash.is_some_and(|hash| dict.set(key, hash, value.clone()).is_ok())
}

/// The two parts of a pair, if it is a plain tuple or list of two.
fn pair(value: &Value) -> Option<(Value, Value)> {
    if let Some(tuple) = value.get::<Tuple>() {
        let [key, value] = tuple.items() else { return None };
        return Some((key.clone(), value.clone()));
    }
    let list = value.get::<crate::object::List>()?;
    let items = list.borrow();
    let [key, value] = &items[..] else { return None };
    Some((key.clone(), value.clone()))
}

fn fromkeys(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let value = arg(args, 2).cloned().unwrap_or(Value::NONE);
    if !args[0].to_ref::<Type>().is_some_and(|class| class.is(&vm.types.dict)) {
        vm.require_iterable(&args[1])?;
        return vm.tail_prelude("dict_fromkeys", vec![args[0].clone(), args[1].clone(), value]);
    }
    let items = vm.unsized_items_arg(args, 1)?;
    let dict = Dict::empty();
    for key in &items {
        let done = match key_hash(vm, key)? {
            Some(hash) => dict.set(key, hash, value.clone()).is_ok(),
            None => false,
        };
        if !done {
            // Those that know the hashes of their members are gone through again, another may be able to only once.
            let hashed = matches!(args[1].kind(), Some(Kind::Dict | Kind::Set));
            let items = if hashed { args[1].clone() } else { Value::list(items) };
            return vm.tail_prelude("dict_fromkeys", vec![args[0].clone(), items, value]);
        }
    }
    Ok(dict.into_value())
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = this(vm, args)?;
    dict.touch();
    let old = dict.table.borrow_mut().clear();
    drop(old);
    Ok(Value::NONE)
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(this(vm, args)?.copy().into_value())
}

fn get(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = this(vm, args)?;
    let default = arg(args, 2).cloned().unwrap_or(Value::NONE);
    match find(vm, &dict, &args[1])? {
        Found::Value(value) => Ok(value),
        Found::Absent => Ok(default),
        Found::NeedsPython => vm.tail_prelude("dict_get", vec![dict.into_value(), args[1].clone(), default]),
    }
}

fn getitem_or_missing(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if args[0].is_kind(Kind::Dict) {
        return getitem(vm, args);
    }
    let dict = this(vm, args)?;
    match find(vm, &dict, &args[1])? {
        Found::Value(value) => Ok(value),
        Found::Absent => {
            let Some(missing) = vm.class_of(&args[0]).lookup(&vm.names.missing) else {
                return Err(vm.key_error(&args[1]));
            };
            if let Some(value) = made_by_default(vm, &args[0], &missing)
                && let Ok(Some(hash)) = key_hash(vm, &args[1])
                && dict.set(&args[1], hash, value.clone()).is_ok()
            {
                return Ok(value);
            }
            vm.tail_prelude("dict_missing", args.to_vec())
        }
        Found::NeedsPython => {
            vm.tail_prelude("dict_getitem_or_missing", vec![args[0].clone(), dict.into_value(), args[1].clone()])
        }
    }
}

/// What `defaultdict` puts in the place of a missing key, if making it needs no Python code. `missing` is the `__missing__`
/// of the dict's class.
fn made_by_default(vm: &mut Vm, dict: &Value, missing: &Value) -> Option<Value> {
    if !vm.state.get(DEFAULT_MISSING).is_some_and(|known| known.is(missing))
        || vm.class_of(dict).flags().has(TypeFlags::CUSTOM_ITEM)
    {
        return None;
    }
    let factory = vm.load_attr(dict, &crate::object::intern(b"default_factory")).ok()?.to_ref::<Type>()?;
    let t = &vm.types;
    Some(match () {
        _ if factory.is(&t.int) => Value::small(0),
        _ if factory.is(&t.list) => Value::list(Vec::new()),
        _ if factory.is(&t.set) => Set::empty(false).into_value(),
        _ if factory.is(&t.dict) => Dict::empty().into_value(),
        _ if factory.is(&t.float) => Value::float(0.0),
        _ => return None,
    })
}

/// Under this name the machine keeps the `__missing__` of `defaultdict`.
pub const DEFAULT_MISSING: &str = "collections.defaultdict.__missing__";

fn pop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = this(vm, args)?;
    let default = arg(args, 2).cloned();
    if !dict.is_empty() {
        let removed = match key_hash(vm, &args[1])? {
            Some(hash) => dict.remove(&args[1], hash),
            None => Err(crate::object::dict::NeedsPython),
        };
        match removed {
            Ok(Some(entry)) => return Ok(entry.value),
            Ok(None) => {}
            Err(_) => {
                let mut call = vec![dict.into_value(), args[1].clone()];
                call.extend(default);
                return vm.tail_prelude("dict_pop", call);
            }
        }
    }
    default.ok_or_else(|| vm.key_error(&args[1]))
}

fn popitem(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = this(vm, args)?;
    let last = {
        let table = dict.table.borrow();
        (0..table.end()).rev().find(|number| table.entry(*number).is_some())
    };
    match last.and_then(|number| dict.remove_entry(number)) {
        Some(entry) => Ok(Value::tuple(vec![entry.key, entry.value])),
        None => Err(vm.raise(&vm.types.key_error, "popitem(): dictionary is empty")),
    }
}

fn setdefault(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = this(vm, args)?;
    let default = arg(args, 2).cloned().unwrap_or(Value::NONE);
    if let Some(hash) = key_hash(vm, &args[1])? {
        match dict.get(&args[1], hash) {
            Ok(Some(value)) => return Ok(value),
            Ok(None) => {
                dict.touch();
                dict.table.borrow_mut().push(args[1].clone(), hash, default.clone());
                return Ok(default);
            }
            Err(_) => {}
        }
    }
    vm.tail_prelude("dict_setdefault", vec![dict.into_value(), args[1].clone(), default])
}

/// A view of a dict.
pub fn view(dict: &Ref<Dict>, kind: ViewKind) -> Value {
    Value::object(Ref::new(DictView { dict: dict.clone(), kind }))
}

fn keys_view(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(view(&this(vm, args)?, ViewKind::Keys))
}

fn values_view(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(view(&this(vm, args)?, ViewKind::Values))
}

fn items_view(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(view(&this(vm, args)?, ViewKind::Items))
}

/// An iterator over a dict, backward.
pub fn reversed_over(dict: &Ref<Dict>, view: ViewKind) -> Value {
    let (end, length) = (dict.table.borrow().end(), dict.len());
    let name = match view {
        ViewKind::Keys => "dict_reversekeyiterator",
        ViewKind::Values => "dict_reversevalueiterator",
        ViewKind::Items => "dict_reverseitemiterator",
    };
    Iter::value(IterState::DictReversed { dict: dict.clone(), view, end, length }, name)
}

fn reversed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(reversed_over(&this(vm, args)?, ViewKind::Keys))
}

fn eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    equate(vm, args, Kind::Dict, true, "dict_eq")
}

fn ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    equate(vm, args, Kind::Dict, false, "dict_eq")
}

fn not_ordered(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::NOT_IMPLEMENTED)
}

fn or(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = this(vm, args)?;
    if args[1].native::<Dict>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    merged(vm, &dict, &args[1])
}

fn ror(vm: &mut Vm, args: &[Value]) -> NativeResult {
    this(vm, args)?;
    match args[1].native::<Dict>().map(|other| other.to_ref()) {
        Some(other) => merged(vm, &other, &args[0]),
        None => Ok(Value::NOT_IMPLEMENTED),
    }
}

fn merged(vm: &mut Vm, first: &Ref<Dict>, second: &Value) -> NativeResult {
    let result = first.copy();
    if plain_dict(vm, second).is_some_and(|second| merge_entries(&result, &second)) {
        return Ok(result.into_value());
    }
    vm.tail_prelude("dict_merged", vec![result.into_value(), second.clone()])
}

fn ior(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = this(vm, args)?;
    let source = match is_iterator(&args[1]) {
        true => vm.native_items(&args[1])?.map(Value::list),
        false => None,
    };
    let source = source.unwrap_or_else(|| args[1].clone());
    match merge(vm, &dict, &source, Value::NONE) {
        Ok(()) => Ok(args[0].clone()),
        Err(Exit::Call(_)) => vm.tail_prelude("dict_ior", vec![args[0].clone(), dict.into_value(), source]),
        Err(exit) => Err(exit),
    }
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(64 + 32 * this(vm, args)?.len()))
}

/// Merges `source` into a dict as `{**source}` does, for the VM: the result of a tail call means nothing.
pub fn update_with(vm: &mut Vm, dict: &Value, source: &Value) -> Result<(), Exit> {
    match dict.to_ref::<Dict>() {
        Some(dict) => merge(vm, &dict, source, Value::NONE),
        None => Ok(()),
    }
}

// Views.

fn this_view<'a>(vm: &Vm, args: &'a [Value]) -> Result<&'a DictView, Exit> {
    args[0].get::<DictView>().map(|view| view.body()).ok_or_else(|| order::uninitialised(vm, &args[0]))
}

fn view_reversed(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let view = this_view(vm, args)?;
    Ok(reversed_over(&view.dict, view.kind))
}

fn view_mapping(vm: &mut Vm, me: &Value) -> NativeResult {
    let view = this_view(vm, std::slice::from_ref(me))?;
    Ok(Value::object(Ref::new(MappingProxy { mapping: view.dict.value() })))
}

/// A new set of what the view shows.
fn set_of(vm: &mut Vm, view: &Value) -> Result<Value, Exit> {
    let result = Set::empty(false).into_value();
    let source = source_of(view);
    set::update_with(vm, &result, &source)?;
    Ok(result)
}

/// What a set of the view's items is made from: keys come from the dict itself, whose size is known beforehand.
fn source_of(view: &Value) -> Value {
    match view.get::<DictView>() {
        Some(keys) if keys.kind == ViewKind::Keys => keys.dict.value(),
        _ => view.clone(),
    }
}

fn view_source(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(source_of(&args[0]))
}

fn view_dict(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(args[0].get::<DictView>().map_or(Value::NONE, |view| view.dict.value()))
}

/// An operation that changes its first operand, as one that gives that operand.
fn changed(vm: &mut Vm, args: &[Value], method: fn(&mut Vm, &[Value]) -> NativeResult) -> NativeResult {
    method(vm, args).map(|_| args[0].clone())
}

/// `view op other` where `in_set` does it with sets: `other` must be iterable, the result is a set.
fn through_set(
    vm: &mut Vm,
    args: &[Value],
    function: &str,
    native: fn(&mut Vm, &[Value]) -> NativeResult,
) -> NativeResult {
    let plain = matches!(args[1].kind(), Some(Kind::Set | Kind::DictView | Kind::List | Kind::Tuple | Kind::Dict));
    if plain {
        match set_of(vm, &args[0]) {
            Ok(set) => match native(vm, &[set, args[1].clone()]) {
                Err(Exit::Call(_)) => {}
                done => return done,
            },
            Err(Exit::Call(_)) => {}
            Err(exit) => return Err(exit),
        }
    }
    vm.require_iterable(&args[1])?;
    vm.tail_prelude(function, args.to_vec())
}

fn view_and(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let length = view_length(&args[0]);
    let other = args[1].get::<Set>().map(|other| other.len());
    if other.is_some_and(|other| length <= other) {
        return match set::intersection(vm, &[args[1].clone(), args[0].clone()]) {
            Err(Exit::Call(_)) => vm.tail_prelude("view_and", args.to_vec()),
            done => done,
        };
    }
    if args[1].is_kind(Kind::DictView) && view_length(&args[1]) > length {
        return vm.tail_prelude("view_and", args.to_vec());
    }
    if !matches!(args[1].kind(), Some(Kind::DictView | Kind::Set)) {
        // Items are looked for in the view, one by one.
        vm.require_iterable(&args[1])?;
        return vm.tail_prelude("view_and", args.to_vec());
    }
    through_set(vm, args, "view_and", set::intersection)
}

fn view_length(view: &Value) -> usize {
    view.get::<DictView>().map_or(0, |view| view.dict.table.borrow().len())
}

fn view_rand(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.require_iterable(&args[1])?;
    vm.tail_prelude("view_and", args.to_vec())
}

fn view_or(vm: &mut Vm, args: &[Value]) -> NativeResult {
    through_set(vm, args, "view_or", |vm, args| changed(vm, args, set::update))
}

fn view_ror(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.require_iterable(&args[1])?;
    vm.tail_prelude("view_or", vec![args[1].clone(), args[0].clone()])
}

fn view_sub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    through_set(vm, args, "view_sub", |vm, args| changed(vm, args, set::difference_update))
}

fn view_rsub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.require_iterable(&args[1])?;
    vm.tail_prelude("view_sub", vec![args[1].clone(), args[0].clone()])
}

fn view_rxor(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.require_iterable(&args[1])?;
    vm.tail_prelude("view_xor", vec![args[1].clone(), args[0].clone()])
}

fn view_xor(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = |view: &Value| view.get::<DictView>().is_some_and(|view| view.kind == ViewKind::Items);
    if items(&args[0]) && items(&args[1]) {
        return vm.tail_prelude("view_xor", args.to_vec());
    }
    through_set(vm, args, "view_xor", |vm, args| changed(vm, args, set::symmetric_difference_update))
}

fn view_isdisjoint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !matches!(args[1].kind(), Some(Kind::Set | Kind::DictView)) {
        vm.require_iterable(&args[1])?;
    }
    vm.tail_prelude("view_isdisjoint", args.to_vec())
}

/// Does `b`, a set or set-like view, contain everything in `a`? `None` when Python code must be asked.
fn included(vm: &mut Vm, a: &Value, b: &Value) -> Result<Option<bool>, Exit> {
    for item in vm.native_items(a)?.unwrap_or_default() {
        match super::items::contains(vm, b, &item) {
            Ok(Some(true)) => {}
            Ok(_) => return Ok(Some(false)),
            Err(Exit::Call(_)) => return Ok(None),
            Err(exit) => return Err(exit),
        }
    }
    Ok(Some(true))
}

fn compare_views(vm: &mut Vm, args: &[Value], symbol: &str) -> NativeResult {
    let other = args[1].payload();
    let values = other.get::<DictView>().is_some_and(|view| view.kind == ViewKind::Values);
    if !matches!(other.kind(), Some(Kind::Set | Kind::DictView)) || values {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    let length = |value: &Value| super::items::length(value).unwrap_or(0);
    let (n, m) = (length(&args[0]), length(other));
    let answer = match symbol {
        "==" | "!=" if n != m => Some(false),
        "<=" if n > m => Some(false),
        "<" if n >= m => Some(false),
        ">=" if n < m => Some(false),
        ">" if n <= m => Some(false),
        ">=" | ">" => included(vm, other, &args[0])?,
        _ => included(vm, &args[0], other)?,
    };
    match answer {
        Some(answer) => Ok(Value::bool(answer != (symbol == "!="))),
        None => vm.tail_prelude("view_compare", vec![args[0].clone(), other.clone(), Value::str(symbol)]),
    }
}

fn view_eq(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare_views(vm, args, "==")
}

fn view_ne(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare_views(vm, args, "!=")
}

fn view_lt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare_views(vm, args, "<")
}

fn view_le(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare_views(vm, args, "<=")
}

fn view_gt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare_views(vm, args, ">")
}

fn view_ge(vm: &mut Vm, args: &[Value]) -> NativeResult {
    compare_views(vm, args, ">=")
}

// What the prelude walks a table with, entry by entry.

fn dict_arg(vm: &Vm, args: &[Value]) -> Result<Ref<Dict>, Exit> {
    this(vm, args)
}

fn number(value: &Value) -> usize {
    value.as_small().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}

fn hash_number(value: &Value) -> i64 {
    value.as_integer().and_then(|hash| hash.to_i64()).unwrap_or(0)
}

fn dict_next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = dict_arg(vm, args)?;
    let after = (!args[2].is_none()).then(|| number(&args[2]));
    let next = dict.table.borrow().next_candidate(hash_number(&args[1]), after);
    Ok(next.map_or(Value::NONE, Value::size))
}

fn dict_key(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = dict_arg(vm, args)?;
    Ok(dict.table.borrow().entry(number(&args[1])).map_or(Value::NONE, |entry| entry.key.clone()))
}

fn dict_value(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = dict_arg(vm, args)?;
    Ok(dict.table.borrow().entry(number(&args[1])).map_or(Value::NONE, |entry| entry.value.clone()))
}

fn dict_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = dict_arg(vm, args)?;
    let number = number(&args[1]);
    let exists = dict.table.borrow().entry(number).is_some();
    let old = if exists { dict.table.borrow_mut().set_value(number, args[2].clone()) } else { Value::NONE };
    drop(old);
    Ok(Value::NONE)
}

fn dict_push(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = dict_arg(vm, args)?;
    dict.touch();
    dict.table.borrow_mut().push(args[1].clone(), hash_number(&args[2]), args[3].clone());
    Ok(Value::NONE)
}

fn dict_delete(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = dict_arg(vm, args)?;
    let gone = dict.remove_entry(number(&args[1]));
    drop(gone);
    Ok(Value::NONE)
}

/// The hashes of the keys, in order.
fn dict_hashes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = dict_arg(vm, args)?;
    let hashes = dict.table.borrow().iter().map(|entry| Value::int(entry.hash)).collect();
    Ok(Value::list(hashes))
}
