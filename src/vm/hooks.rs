//! The few functions of the builtins that instructions need directly. The machine names no builtin method; whoever fills
//! the builtin classes sets these too.

use super::{Exit, NativeResult, Vm};
use crate::object::Value;

/// Functions that the builtins provide.
pub struct Hooks {
    /// `format(value, spec)` after a conversion (`b's'`, `b'r'`, `b'a'`): what an f-string puts in a replacement field.
    pub format_value: fn(&mut Vm, &Value, Option<u8>, &[u8]) -> NativeResult,
    /// `repr(value)` as far as it needs no Python code.
    pub repr: fn(&mut Vm, &Value) -> Result<Option<Vec<u8>>, Exit>,
}

impl Default for Hooks {
    fn default() -> Hooks {
        Hooks { format_value: |vm, _, _, _| Err(vm.system_error("no builtins")), repr: |_, _| Ok(None) }
    }
}
