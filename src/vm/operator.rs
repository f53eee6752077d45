//! What operators mean on objects.

use super::Vm;
use crate::object::Value;

/// A binary operator or comparison.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Operation {
    Add,
}

pub(super) fn native_truth(_: &Vm, _: &Value) -> Option<bool> {
    None
}
