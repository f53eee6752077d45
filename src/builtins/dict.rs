//! `dict` and its views.

use super::items::exit;
use crate::object::dict::{DictView, ViewKind};
use crate::object::hashing::{self, Hashed};
use crate::object::{Dict, Tuple, Value};
use crate::vm::{Exit, NativeResult, Vm};

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
        Err(()) => Found::NeedsPython,
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
        Some(hash) => match dict.set(key.clone(), hash, value) {
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
            Err(()) => {}
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
