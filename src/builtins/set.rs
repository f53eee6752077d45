//! `set` and `frozenset`.
//!
//! Results come out in the order CPython's would, which depends on what is added to what; so each operation here follows
//! the same steps: which operand is copied, which one is walked.

use super::dict::hash_for;
use super::items::exit;
use super::iterators::iterates_natively;
use super::order::{self, class_getitem, comparisons, contains as contains_method, iter, len};
use super::{install_class_methods, install_functions, install_methods, install_static, natives, quick};
use crate::object::dict::Lookup;
use crate::object::hashing::{self, Hashed};
use crate::object::set::SetTable;
use crate::object::{Dict, Kind, Ref, Set, Value};
use crate::text::hash::hash_frozenset;
use crate::vm::arguments::arg;
use crate::vm::{Exit, Fold, NativeResult, Vm};
use std::borrow::Cow;
use std::cell::RefCell;

natives! {
    NEW_SET {
        "__new__(cls, /, *args, **kwargs)" => new_set;
    }
    NEW_FROZENSET {
        "__new__(cls, iterable=(), /)" => new_frozenset;
    }
    CLASS_METHODS {
        "__class_getitem__(cls, item, /)" => class_getitem;
    }
    METHODS {
        /// Return a shallow copy of a set.
        "copy(self, /)" => copy;
        /// Return a new set with elements in the set that are not in the others.
        "difference(self, /, *others)" => difference;
        /// Return a new set with elements common to the set and all others.
        "intersection(self, /, *others)" => intersection;
        /// Return True if two sets have a null intersection.
        "isdisjoint(self, other, /)" => isdisjoint;
        /// Report whether another set contains this set.
        "issubset(self, other, /)" => issubset;
        /// Report whether this set contains another set.
        "issuperset(self, other, /)" => issuperset;
        /// Return a new set with elements in either the set or other but not both.
        "symmetric_difference(self, other, /)" => symmetric_difference;
        /// Return a new set with elements from the set and all others.
        "union(self, /, *others)" => union;
        "__len__(self, /)" => len;
        "__contains__(self, item, /)" => contains_method;
        "__iter__(self, /)" => iter;
        "__and__(self, other, /)" => and;
        "__rand__(self, other, /)" => rand;
        "__or__(self, other, /)" => or;
        "__ror__(self, other, /)" => ror;
        "__sub__(self, other, /)" => sub;
        "__rsub__(self, other, /)" => rsub;
        "__xor__(self, other, /)" => xor;
        "__rxor__(self, other, /)" => rxor;
        "__eq__(self, other, /)" => eq;
        "__ne__(self, other, /)" => ne;
        "__lt__(self, other, /)" => lt;
        "__le__(self, other, /)" => le;
        "__gt__(self, other, /)" => gt;
        "__ge__(self, other, /)" => ge;
        "__reduce__(self, /)" => reduce;
        /// Return the size of the set in memory, in bytes.
        "__sizeof__(self, /)" => sizeof;
    }
    SET_METHODS {
        "__init__(self, iterable=(), /)" => init;
        /// Add an element to a set.
        "add(self, object, /)" => add, quick::set_add;
        /// Remove all elements from this set.
        "clear(self, /)" => clear;
        /// Remove an element from a set if it is a member.
        "discard(self, object, /)" => discard, quick::set_discard;
        /// Remove an element from a set; it must be a member.
        "remove(self, object, /)" => remove, quick::set_remove;
        /// Remove and return an arbitrary set element.
        "pop(self, /)" => pop;
        /// Update the set, adding elements from all others.
        "update(self, /, *others)" => update_with_any;
        /// Update the set, removing elements found in others.
        "difference_update(self, /, *others)" => difference_update;
        /// Update the set, keeping only elements found in it and all others.
        "intersection_update(self, /, *others)" => intersection_update;
        /// Update the set, keeping only elements found in either set, but not in both.
        "symmetric_difference_update(self, other, /)" => symmetric_difference_update;
        "__iand__(self, other, /)" => iand;
        "__ior__(self, other, /)" => ior;
        "__isub__(self, other, /)" => isub;
        "__ixor__(self, other, /)" => ixor;
    }
    FROZENSET_METHODS {
        "__hash__(self, /)" => hash;
    }
    PRELUDE {
        "_set_next(set, hash, place, /)" => set_next;
        "_set_key(set, place, /)" => set_key;
        "_set_push(set, key, hash, /)" => set_push;
        "_set_delete(set, place, /)" => set_delete;
        "_set_replace(set, other, /)" => set_replace;
        "_set_hashes(set, /)" => set_hashes;
        "_set_frozen(set, /)" => set_frozen;
        "_set_take(set, other, /)" => set_take;
        "_set_reserve(set, count, /)" => set_reserve;
        "_set_tidy(set, /)" => set_tidy;
        /// `set(iterable)`
        "_set_make(cls, iterable=(), /)" => make;
    }
}

comparisons!(Kind::Set, "set_eq", "set_order");

pub fn install(vm: &mut Vm) {
    let (set, frozenset) = (vm.types.set.clone(), vm.types.frozenset.clone());
    install_static(&set, NEW_SET);
    install_static(&frozenset, NEW_FROZENSET);
    for class in [&set, &frozenset] {
        install_class_methods(class, CLASS_METHODS);
        install_methods(class, METHODS);
    }
    install_methods(&set, SET_METHODS);
    set.dict.set_str(&vm.names.hash.clone(), Value::NONE);
    install_methods(&frozenset, FROZENSET_METHODS);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

/// The hash of a value that is to be a member: `Ok(None)` when Python code must be asked.
pub fn member_hash(vm: &Vm, member: &Value) -> Result<Option<i64>, Exit> {
    hash_for(vm, member, "a set element")
}

/// The hash to look for: a set is looked for as if it were a frozenset.
pub fn sought_hash(vm: &Vm, member: &Value) -> Result<Option<i64>, Exit> {
    match member.native::<Set>() {
        Some(set) if matches!(hashing::hash(member), Hashed::Unhashable(_)) => {
            Ok(Some(hash_frozenset(set.table.borrow().hashes())))
        }
        _ => member_hash(vm, member),
    }
}

/// `item in set`
pub fn contains(vm: &mut Vm, container: &Value, item: &Value) -> Result<bool, Exit> {
    let Some(set) = container.get::<Set>() else { return Ok(false) };
    let found = match sought_hash(vm, item)? {
        Some(hash) => set.table.borrow().find(item, hash),
        None => Lookup::NeedsPython,
    };
    match found {
        Lookup::Found(_) => Ok(true),
        Lookup::Absent => Ok(false),
        Lookup::NeedsPython => Err(exit(vm.tail_prelude("set_contains", vec![container.clone(), item.clone()]))),
    }
}

fn this(vm: &Vm, args: &[Value]) -> Result<Ref<Set>, Exit> {
    args[0].native::<Set>().map(|set| set.to_ref()).ok_or_else(|| order::uninitialised(vm, &args[0]))
}

fn wrap(table: SetTable, frozen: bool) -> Value {
    Value::object(Ref::new(Set { table: RefCell::new(table), frozen }))
}

fn table_of(table: SetTable) -> Ref<Set> {
    Ref::new(Set { table: RefCell::new(table), frozen: false })
}

/// A set's table replaced; the old members die when nothing is borrowed any more.
fn replace(set: &Set, table: SetTable) {
    let old = set.table.replace(table);
    drop(old);
}

/// Something whose items are to become, or be compared with, members.
enum Members {
    /// A set.
    Set(Ref<Set>),
    /// Anything else: items and their hashes, in order.
    Hashed(Vec<(Value, i64)>, bool),
    /// Python code must be asked, for the hash of an item.
    NeedsPython,
}

/// As [`members`] where they are only looked for: of one that cannot be hashed Python code tells.
fn sought(vm: &mut Vm, args: &[Value], n: usize) -> Result<Members, Exit> {
    match members(vm, args, n) {
        Err(Exit::Raise(_)) => Ok(Members::NeedsPython),
        other => other,
    }
}

/// The members of argument `n`. An iterable that is not native is made a list first.
fn members(vm: &mut Vm, args: &[Value], n: usize) -> Result<Members, Exit> {
    let value = &args[n];
    let plain =
        !value.is_kind(Kind::Instance) || !vm.class_of(value).flags().has(crate::object::TypeFlags::CUSTOM_ITER);
    if let Some(set) = value.payload().get::<Set>() {
        return Ok(Members::Set(set.to_ref()));
    }
    if plain && let Some(dict) = value.native::<Dict>() {
        let entries = dict.table.borrow().iter().map(|entry| (entry.key.clone(), entry.hash)).collect();
        return Ok(Members::Hashed(entries, value.is_kind(Kind::Dict)));
    }
    let items = vm.kept_items_arg(args, n)?;
    let mut hashed = Vec::with_capacity(items.len());
    for item in &items {
        match member_hash(vm, item)? {
            Some(hash) => hashed.push((item.clone(), hash)),
            None => return Ok(Members::NeedsPython),
        }
    }
    Ok(Members::Hashed(hashed, false))
}

/// Is an argument after the first gone through but once, so that a program sees how far? What stops early is left to the
/// prelude then, which takes no item more than it needs.
fn comes_once(vm: &Vm, args: &[Value]) -> bool {
    args.iter().skip(1).any(|value| {
        let payload = value.payload();
        matches!(payload.kind(), Some(Kind::ListIter | Kind::RangeIter | Kind::Iter)) || !iterates_natively(vm, value)
    })
}

/// The arguments after the first, with lists in place of iterators that can be gone through but once: what natives have begun
/// may have to be begun again in Python.
fn settled<'a>(vm: &mut Vm, args: &'a [Value]) -> Result<Cow<'a, [Value]>, Exit> {
    let once = |value: &Value| matches!(value.kind(), Some(Kind::ListIter | Kind::Iter));
    if !args.iter().skip(1).any(once) {
        return Ok(Cow::Borrowed(args));
    }
    let mut settled = args.to_vec();
    for n in 1..settled.len() {
        if once(&settled[n]) {
            let items = vm.kept_items_arg(&settled, n)?;
            settled[n] = Value::list(items);
        }
    }
    Ok(Cow::Owned(settled))
}

/// Adds the members; `false` when Python code must be asked.
fn add_all(table: &mut SetTable, members: &Members) -> bool {
    add_most(table, members).is_ok()
}

/// Adds the members, or those before the one that Python code must be asked about: how many these are.
fn add_most(table: &mut SetTable, members: &Members) -> Result<(), usize> {
    match members {
        Members::Set(other) => table.merge(&other.table.borrow()),
        Members::Hashed(items, from_dict) => {
            if *from_dict {
                table.reserve(items.len());
            }
            let asked = items.iter().position(|(key, hash)| table.add(key.clone(), *hash) == Lookup::NeedsPython);
            asked.map_or(Ok(()), Err)
        }
        Members::NeedsPython => Err(0),
    }
}

/// Shows the members and their hashes as long as `see` wants more.
fn each(members: &Members, mut see: impl FnMut(&Value, i64) -> bool) -> bool {
    match members {
        Members::Set(set) => set.table.borrow().iter().all(|(key, hash)| see(key, hash)),
        Members::Hashed(items, _) => items.iter().all(|(key, hash)| see(key, *hash)),
        Members::NeedsPython => true,
    }
}

/// A copy of a table as CPython makes one: dummies are gone, and with them the order may change.
fn copy_of(table: &SetTable) -> SetTable {
    let mut copy = SetTable::default();
    // An empty table takes what it is given without comparing anything.
    let _ = copy.merge(table);
    copy
}

fn new_set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    super::make_instance(vm, &vm.types.set, &args[0], Set::empty(false).into_value())
}

fn init(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = &*settled(vm, args)?;
    let set = this(vm, args)?;
    let Some(source) = arg(args, 1) else {
        replace(&set, SetTable::default());
        return Ok(Value::NONE);
    };
    if Vm::drives(source) {
        replace(&set, SetTable::default());
        return vm.tail_fold(source.clone(), Fold::Merge, set.into_value());
    }
    let mut table = SetTable::default();
    let members = members(vm, args, 1)?;
    if add_all(&mut table, &members) {
        replace(&set, table);
        return Ok(Value::NONE);
    }
    vm.tail_prelude("set_init", vec![set.into_value(), args[1].clone()])
}

/// Adds the items of a list or tuple that need no Python code to be hashed and compared; `false` if there is anything else.
fn add_simply(table: &mut SetTable, source: &Value) -> bool {
    let mut add = |item: &Value| {
        let hash = crate::object::quick::hash(item);
        hash.is_some_and(|hash| table.add(item.clone(), hash) != Lookup::NeedsPython)
    };
    match source.kind() {
        Some(Kind::List) => source.get::<crate::object::List>().is_some_and(|list| list.borrow().iter().all(&mut add)),
        Some(Kind::Tuple) => source.get::<crate::object::Tuple>().is_some_and(|tuple| tuple.items().iter().all(add)),
        _ => false,
    }
}

/// `set(iterable)`, made and filled in one.
fn make(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if let Some(source) = arg(args, 1).filter(|source| Vm::drives(source)) {
        return vm.tail_fold(source.clone(), Fold::Set, Set::empty(false).into_value());
    }
    let args = &*settled(vm, args)?;
    let mut table = SetTable::default();
    if let Some(source) = arg(args, 1)
        && !add_simply(&mut table, source)
    {
        table = SetTable::default();
        let members = members(vm, args, 1)?;
        if !add_all(&mut table, &members) {
            return vm.construct_in_python(args);
        }
    }
    Ok(wrap(table, false))
}

fn new_frozenset(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.types.frozenset.clone();
    if let Some(source) = arg(args, 1).filter(|source| Vm::drives(source))
        && args[0].is(&class.value())
    {
        return vm.tail_fold(source.clone(), Fold::Frozenset, Set::empty(false).into_value());
    }
    let args = &*settled(vm, args)?;
    let mut table = SetTable::default();
    if let Some(source) = arg(args, 1) {
        if source.get::<Set>().is_some_and(|set| set.frozen) {
            return super::make_instance(vm, &class, &args[0], source.clone());
        }
        let members = members(vm, args, 1)?;
        if !add_all(&mut table, &members) {
            return vm.tail_prelude("new_frozenset", args.to_vec());
        }
    }
    super::make_instance(vm, &class, &args[0], wrap(table, true))
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    if set.frozen && args[0].is_kind(Kind::Set) {
        return Ok(args[0].clone());
    }
    Ok(wrap(copy_of(&set.table.borrow()), set.frozen))
}

/// Goes on in Python: the prelude's `function(set, others...)`.
fn in_python(vm: &mut Vm, function: &str, args: &[Value]) -> NativeResult {
    let mut call = vec![args[0].payload().clone()];
    call.extend_from_slice(&args[1..]);
    vm.tail_prelude(function, call)
}

/// `set.union(*others)`
pub fn union(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = &*settled(vm, args)?;
    let set = this(vm, args)?;
    let mut table = copy_of(&set.table.borrow());
    for n in 1..args.len() {
        let members = members(vm, args, n)?;
        if !add_all(&mut table, &members) {
            return in_python(vm, "set_union", args);
        }
    }
    Ok(wrap(table, set.frozen))
}

/// `set.update(*others)`, called as a method: one generator is driven.
fn update_with_any(vm: &mut Vm, args: &[Value]) -> NativeResult {
    match args {
        [_, source] if Vm::drives(source) => {
            let set = this(vm, args)?;
            vm.tail_fold(source.clone(), Fold::Merge, set.into_value())
        }
        _ => update(vm, args),
    }
}

/// `set.update(*others)`
pub fn update(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = &*settled(vm, args)?;
    let set = this(vm, args)?;
    for n in 1..args.len() {
        let members = members(vm, args, n)?;
        if matches!(&members, Members::Set(other) if other.is(&set)) {
            continue;
        }
        let added = add_most(&mut set.table.borrow_mut(), &members);
        if let Err(done) = added {
            // Only members of sets and dicts can be some of them in already: what else there is goes in by position.
            let rest = Value::tuple(args[n + 1..].to_vec());
            let counted = matches!(&members, Members::Set(_) | Members::Hashed(_, true));
            let (source, done) = match (&members, counted) {
                (Members::Hashed(items, _), false) => {
                    (Value::list(items.iter().skip(done).map(|(key, _)| key.clone()).collect()), 0)
                }
                _ => (args[n].payload().clone(), done),
            };
            return vm.tail_prelude("set_update_on", vec![set.into_value(), source, Value::size(done), rest]);
        }
    }
    Ok(Value::NONE)
}

/// Adds the items of an iterable to `set`; for the VM's displays.
pub fn update_with(vm: &mut Vm, set: &Value, iterable: &Value) -> NativeResult {
    update(vm, &[set.clone(), iterable.clone()])
}

/// What is common to two tables; `None` when Python code must be asked.
fn common(table: &SetTable, other: &Members) -> Option<SetTable> {
    let mut result = SetTable::default();
    let mut look = |asked: &SetTable, key: &Value, hash: i64| match asked.find(key, hash) {
        Lookup::Found(_) => result.add(key.clone(), hash) != Lookup::NeedsPython,
        Lookup::Absent => true,
        Lookup::NeedsPython => false,
    };
    let known = match other {
        // The smaller set is walked.
        Members::Set(second) if second.len() > table.len() => {
            let second = second.table.borrow();
            table.iter().all(|(key, hash)| look(&second, key, hash))
        }
        _ => each(other, |key, hash| look(table, key, hash)),
    };
    known.then_some(result)
}

/// `set.intersection(*others)`
pub fn intersection(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if comes_once(vm, args) {
        return in_python(vm, "set_intersection", args);
    }
    let set = this(vm, args)?;
    match intersection_table(vm, &set, args)? {
        Some(table) => Ok(wrap(table, set.frozen)),
        None => in_python(vm, "set_intersection", args),
    }
}

fn intersection_table(vm: &mut Vm, set: &Set, args: &[Value]) -> Result<Option<SetTable>, Exit> {
    let mut table = None;
    for n in 1..args.len() {
        let members = sought(vm, args, n)?;
        if matches!(members, Members::NeedsPython) {
            return Ok(None);
        }
        let result = match &table {
            Some(table) => common(table, &members),
            None => common(&set.table.borrow(), &members),
        };
        match result {
            Some(result) => table = Some(result),
            None => return Ok(None),
        }
    }
    Ok(Some(table.unwrap_or_else(|| copy_of(&set.table.borrow()))))
}

fn intersection_update(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if comes_once(vm, args) {
        return in_python(vm, "set_intersection_update", args);
    }
    let set = this(vm, args)?;
    match intersection_table(vm, &set, args)? {
        Some(table) => {
            replace(&set, table);
            Ok(Value::NONE)
        }
        None => in_python(vm, "set_intersection_update", args),
    }
}

/// Takes the members out of `table`; `false` when Python code must be asked.
fn remove_all(table: &mut SetTable, members: &Members) -> bool {
    let known = each(members, |key, hash| match table.find(key, hash) {
        Lookup::Found(place) => {
            drop(table.remove(place));
            true
        }
        Lookup::Absent => true,
        Lookup::NeedsPython => false,
    });
    if known {
        table.tidy();
    }
    known
}

/// `set.difference(*others)`
pub fn difference(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = &*settled(vm, args)?;
    let set = this(vm, args)?;
    let mut table = None;
    for n in 1..args.len() {
        let members = members(vm, args, n)?;
        let result = match &table {
            Some(table) => without(table, &members),
            None => without(&set.table.borrow(), &members),
        };
        match result {
            Some(result) => table = Some(result),
            None => return in_python(vm, "set_difference", args),
        }
    }
    Ok(wrap(table.unwrap_or_else(|| copy_of(&set.table.borrow())), set.frozen))
}

/// What is in `table` and not in `other`; `None` when Python code must be asked.
fn without(table: &SetTable, other: &Members) -> Option<SetTable> {
    let walk = match other {
        Members::NeedsPython => return None,
        Members::Set(second) => second.len() >= table.len() >> 2,
        Members::Hashed(items, true) => items.len() >= table.len() >> 2,
        Members::Hashed(_, false) => false,
    };
    if !walk {
        let mut result = copy_of(table);
        return remove_all(&mut result, other).then_some(result);
    }
    let kept = |asked: &SetTable| {
        let mut result = SetTable::default();
        for (key, hash) in table.iter() {
            match asked.find(key, hash) {
                Lookup::Found(_) => {}
                Lookup::Absent if result.add(key.clone(), hash) != Lookup::NeedsPython => {}
                Lookup::Absent | Lookup::NeedsPython => return None,
            }
        }
        Some(result)
    };
    if let Members::Set(second) = other {
        return kept(&second.table.borrow());
    }
    let mut asked = SetTable::default();
    add_all(&mut asked, other).then(|| kept(&asked)).flatten()
}

/// `set.difference_update(*others)`
pub fn difference_update(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = &*settled(vm, args)?;
    let set = this(vm, args)?;
    for n in 1..args.len() {
        if args[n].payload().is(args[0].payload()) {
            replace(&set, SetTable::default());
            continue;
        }
        let members = members(vm, args, n)?;
        let mut table = set.table.borrow().clone();
        if matches!(members, Members::NeedsPython) || !remove_all(&mut table, &members) {
            return in_python(vm, "set_difference_update", args);
        }
        replace(&set, table);
    }
    Ok(Value::NONE)
}

/// `table ^ other`, of which the second has every member once; `None` when Python code must be asked.
fn toggled(mut table: SetTable, other: &Members) -> Option<SetTable> {
    let known = each(other, |key, hash| match table.find(key, hash) {
        Lookup::Found(place) => {
            drop(table.remove(place));
            true
        }
        Lookup::Absent => table.add(key.clone(), hash) != Lookup::NeedsPython,
        Lookup::NeedsPython => false,
    });
    known.then_some(table)
}

/// `set.symmetric_difference(other)`
pub fn symmetric_difference(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = &*settled(vm, args)?;
    let set = this(vm, args)?;
    let other = members(vm, args, 1)?;
    let mut copied = SetTable::default();
    let result = if add_all(&mut copied, &other) { toggled(copied, &Members::Set(set.clone())) } else { None };
    match result {
        Some(table) => Ok(wrap(table, set.frozen)),
        None => in_python(vm, "set_symmetric_difference", args),
    }
}

/// `set.symmetric_difference_update(other)`
pub fn symmetric_difference_update(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let args = &*settled(vm, args)?;
    let set = this(vm, args)?;
    let other = members(vm, args, 1)?;
    let mine = set.table.borrow().clone();
    let result = match &other {
        Members::Set(_) | Members::Hashed(_, true) => toggled(mine, &other),
        _ => {
            // Items that come more than once count once.
            let mut distinct = SetTable::default();
            let all = add_all(&mut distinct, &other);
            all.then(|| toggled(mine, &Members::Set(table_of(distinct)))).flatten()
        }
    };
    match result {
        Some(table) => {
            replace(&set, table);
            Ok(Value::NONE)
        }
        None => in_python(vm, "set_symmetric_difference_update", args),
    }
}

fn isdisjoint(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if comes_once(vm, args) {
        return in_python(vm, "set_isdisjoint", args);
    }
    let set = this(vm, args)?;
    let other = sought(vm, args, 1)?;
    if matches!(other, Members::NeedsPython) {
        return in_python(vm, "set_isdisjoint", args);
    }
    let table = set.table.borrow();
    let mut stopped = Lookup::Absent;
    let disjoint = each(&other, |key, hash| {
        stopped = table.find(key, hash);
        stopped == Lookup::Absent
    });
    drop(table);
    match stopped {
        Lookup::NeedsPython => in_python(vm, "set_isdisjoint", args),
        _ => Ok(Value::bool(disjoint)),
    }
}

fn within(small: &SetTable, large: &SetTable) -> Option<bool> {
    for (key, hash) in small.iter() {
        match large.find(key, hash) {
            Lookup::Found(_) => {}
            Lookup::Absent => return Some(false),
            Lookup::NeedsPython => return None,
        }
    }
    Some(true)
}

fn issubset(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if comes_once(vm, args) {
        return in_python(vm, "set_issubset", args);
    }
    let set = this(vm, args)?;
    let other = sought(vm, args, 1)?;
    let mut table = SetTable::default();
    let answer = match &other {
        Members::Set(other) => within(&set.table.borrow(), &other.table.borrow()),
        _ if add_all(&mut table, &other) => within(&set.table.borrow(), &table),
        _ => None,
    };
    match answer {
        Some(answer) => Ok(Value::bool(answer)),
        None => in_python(vm, "set_issubset", args),
    }
}

fn issuperset(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if comes_once(vm, args) {
        return in_python(vm, "set_issuperset", args);
    }
    let set = this(vm, args)?;
    let other = sought(vm, args, 1)?;
    let mut table = SetTable::default();
    let answer = match &other {
        Members::Set(other) => within(&other.table.borrow(), &set.table.borrow()),
        _ if add_all(&mut table, &other) => within(&table, &set.table.borrow()),
        _ => None,
    };
    match answer {
        Some(answer) => Ok(Value::bool(answer)),
        None => in_python(vm, "set_issuperset", args),
    }
}

/// Runs a method as an operator: both operands must be sets.
fn operator(
    vm: &mut Vm,
    args: &[Value],
    reflected: bool,
    method: fn(&mut Vm, &[Value]) -> NativeResult,
) -> NativeResult {
    // What the class says of iteration does not matter between sets.
    if args[..2].iter().any(|arg| arg.payload().get::<Set>().is_none()) {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    if reflected { method(vm, &[args[1].clone(), args[0].clone()]) } else { method(vm, args) }
}

fn and(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, false, intersection)
}

fn rand(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, true, intersection)
}

fn or(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, false, union)
}

fn ror(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, true, union)
}

fn sub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, false, difference)
}

fn rsub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, true, difference)
}

fn xor(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, false, symmetric_difference)
}

fn rxor(vm: &mut Vm, args: &[Value]) -> NativeResult {
    operator(vm, args, true, symmetric_difference)
}

/// Runs an updating method as an augmented operator, which gives the set itself.
fn augmented(
    vm: &mut Vm,
    args: &[Value],
    method: fn(&mut Vm, &[Value]) -> NativeResult,
    in_python: &str,
) -> NativeResult {
    if args[1].native::<Set>().is_none() {
        return Ok(Value::NOT_IMPLEMENTED);
    }
    match method(vm, args) {
        Ok(_) => Ok(args[0].clone()),
        Err(Exit::Call(_)) => {
            vm.tail_prelude(in_python, vec![args[0].clone(), args[0].payload().clone(), args[1].clone()])
        }
        Err(exit) => Err(exit),
    }
}

fn iand(vm: &mut Vm, args: &[Value]) -> NativeResult {
    augmented(vm, args, intersection_update, "set_iand")
}

fn ior(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    let Some(other) = args[1].native::<Set>().map(|other| other.to_ref()) else { return Ok(Value::NOT_IMPLEMENTED) };
    let added = if other.is(&set) { Ok(()) } else { set.table.borrow_mut().merge(&other.table.borrow()) };
    match added {
        Ok(()) => Ok(args[0].clone()),
        Err(done) => {
            let given = vec![args[0].clone(), set.into_value(), other.into_value(), Value::size(done)];
            vm.tail_prelude("set_ior", given)
        }
    }
}

fn isub(vm: &mut Vm, args: &[Value]) -> NativeResult {
    augmented(vm, args, difference_update, "set_isub")
}

fn ixor(vm: &mut Vm, args: &[Value]) -> NativeResult {
    augmented(vm, args, symmetric_difference_update, "set_ixor")
}

fn add(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    let added = match member_hash(vm, &args[1])? {
        Some(hash) => set.table.borrow_mut().add(args[1].clone(), hash),
        None => Lookup::NeedsPython,
    };
    match added {
        Lookup::NeedsPython => vm.tail_prelude("set_add", vec![set.into_value(), args[1].clone()]),
        _ => Ok(Value::NONE),
    }
}

/// `set.add(member)`, for the VM's displays and comprehensions.
pub fn add_to(vm: &mut Vm, set: &Value, member: &Value) -> NativeResult {
    add(vm, &[set.clone(), member.clone()])
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    replace(&set, SetTable::default());
    Ok(Value::NONE)
}

/// Takes a member out: was it there? `None` when Python code must be asked.
fn take(vm: &mut Vm, set: &Set, member: &Value) -> Result<Option<bool>, Exit> {
    let Some(hash) = sought_hash(vm, member)? else { return Ok(None) };
    let found = set.table.borrow().find(member, hash);
    match found {
        Lookup::Found(place) => {
            let gone = set.table.borrow_mut().remove(place);
            drop(gone);
            Ok(Some(true))
        }
        Lookup::Absent => Ok(Some(false)),
        Lookup::NeedsPython => Ok(None),
    }
}

fn discard(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    match take(vm, &set, &args[1])? {
        Some(_) => Ok(Value::NONE),
        None => vm.tail_prelude("set_discard", vec![set.into_value(), args[1].clone()]),
    }
}

fn remove(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    match take(vm, &set, &args[1])? {
        Some(true) => Ok(Value::NONE),
        Some(false) => Err(vm.key_error(&args[1])),
        None => vm.tail_prelude("set_remove", vec![set.into_value(), args[1].clone()]),
    }
}

fn pop(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let member = this(vm, args)?.table.borrow_mut().pop();
    member.ok_or_else(|| vm.raise(&vm.types.key_error, "pop from an empty set"))
}

fn hash(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::int(hash_frozenset(this(vm, args)?.table.borrow().hashes())))
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let class = vm.class_of(&args[0]);
    if class.flags().has(crate::object::TypeFlags::HEAP) {
        return vm.tail_prelude("set_reduce", vec![class.value(), args[0].clone()]);
    }
    let members = Value::list(this(vm, args)?.to_vec());
    Ok(Value::tuple(vec![class.value(), Value::tuple(vec![members]), Value::NONE]))
}

fn sizeof(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::size(200 + 16 * this(vm, args)?.len()))
}

// What the prelude walks a table with, place by place.

fn number(value: &Value) -> usize {
    value.as_small().and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}

fn hash_number(value: &Value) -> i64 {
    value.as_integer().and_then(|hash| hash.to_i64()).unwrap_or(0)
}

fn set_next(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    let after = (!args[2].is_none()).then(|| number(&args[2]));
    let next = set.table.borrow().next_candidate(hash_number(&args[1]), after);
    Ok(next.map_or(Value::NONE, Value::size))
}

fn set_key(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    Ok(set.table.borrow().member(SetTable::place_of(number(&args[1]))).map_or(Value::NONE, |(key, _)| key.clone()))
}

fn set_push(vm: &mut Vm, args: &[Value]) -> NativeResult {
    this(vm, args)?.table.borrow_mut().add_new(args[1].clone(), hash_number(&args[2]));
    Ok(Value::NONE)
}

fn set_delete(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let gone = this(vm, args)?.table.borrow_mut().remove(SetTable::place_of(number(&args[1])));
    drop(gone);
    Ok(Value::NONE)
}

/// Gives a set the members of another.
fn set_replace(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    let table = args[1].native::<Set>().map_or_else(SetTable::default, |other| other.table.borrow().clone());
    replace(&set, table);
    Ok(Value::NONE)
}

/// Members with their hashes, as pairs, in order.
fn set_hashes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    let pairs =
        set.table.borrow().iter().map(|(key, hash)| Value::tuple(vec![key.clone(), Value::int(hash)])).collect();
    Ok(Value::list(pairs))
}

/// A frozenset of a set's members.
fn set_frozen(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let table = this(vm, args)?.table.borrow().clone();
    Ok(wrap(table, true))
}

/// Gives an empty set the members of another as they stand there: was that all to be done?
fn set_take(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let set = this(vm, args)?;
    let other = this(vm, &args[1..])?;
    let done = set.is(&other) || {
        let (mut table, members) = (set.table.borrow_mut(), other.table.borrow());
        if !members.is_empty() {
            table.reserve(members.len());
        }
        (table.is_new() || members.is_empty()) && table.merge(&members).is_ok()
    };
    Ok(Value::bool(done))
}

/// Makes room as for so many members more.
fn set_reserve(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let count = args[1].as_small().and_then(|count| usize::try_from(count).ok()).unwrap_or(0);
    this(vm, args)?.table.borrow_mut().reserve(count);
    Ok(Value::NONE)
}

fn set_tidy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    this(vm, args)?.table.borrow_mut().tidy();
    Ok(Value::NONE)
}
