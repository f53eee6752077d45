//! `set` and `frozenset`.

use super::dict::hash_for;
use super::items::exit;
use crate::object::dict::Lookup;
use crate::object::{Set, Value};
use crate::vm::{Exit, Vm};

/// The hash of a value that is to be a member: `Ok(None)` when Python code must be asked.
pub fn member_hash(vm: &Vm, member: &Value) -> Result<Option<i64>, Exit> {
    hash_for(vm, member, "a set element")
}

/// The hash to look for: a set is looked for as if it were a frozenset.
pub fn sought_hash(vm: &Vm, member: &Value) -> Result<Option<i64>, Exit> {
    match member.native::<Set>() {
        Some(set)
            if !set.frozen
                && !matches!(crate::object::hashing::hash(member), crate::object::hashing::Hashed::NeedsPython) =>
        {
            Ok(Some(crate::text::hash::hash_frozenset(set.table.borrow().hashes())))
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
