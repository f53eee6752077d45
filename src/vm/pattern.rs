//! What a `case` asks of its subject.

use super::frame::To;
use super::{Question, Vm};
use crate::bytecode::Reg;
use crate::object::{Kind, TypeFlags, Value};

impl Vm {
    /// Does a value's class count as a sequence or mapping in patterns?
    pub(super) fn matches_flag(&self, value: &Value, flag: TypeFlags) -> bool {
        let class = self.class_of(value);
        let text = matches!(value.payload().kind(), Some(Kind::Str | Kind::Bytes | Kind::ByteArray));
        !text && class.pattern().has(flag)
    }

    /// `GetLen`
    pub(super) fn get_len(&mut self, value: Value, dst: Reg) -> Result<(), Value> {
        if !value.is_kind(Kind::Instance)
            && let Some(length) = (self.hooks.length)(&value)
        {
            self.set_register(dst, Value::size(length));
            return Ok(());
        }
        let class = self.class_of(&value);
        match class.lookup(&self.names.len) {
            Some(method) if method.is_kind(Kind::Native) => self.invoke_special(method, [value], To::register(dst)),
            Some(_) => {
                // What the program's method gives may be no length.
                let result = self.ask(Question::Len, &value);
                self.complete(result, To::register(dst))
            }
            None => {
                let message = format!("object of type '{}' has no len()", self.type_name(&value));
                Err(self.exception_of(self.type_error(message)))
            }
        }
    }
}
