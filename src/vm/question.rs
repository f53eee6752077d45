//! `len`, `hash`, `repr`, `str` and `bool` of objects whose class says so in Python.
//!
//! The native ends by asking the machine to call the method ([`Exit::Ask`]). What comes back is looked at as it is
//! delivered ([`Delivery::Answer`]): mostly it is what it must be, and goes where the result of the native was to go. What
//! is not, and results that are wanted anywhere but in a register, are left to the prelude.

use super::frame::{Delivery, To};
use super::{Exit, NativeResult, Vm};
use crate::object::hashing::{self, Hashed};
use crate::object::{Kind, Ref, Str, Value};

/// A special method whose result a builtin function gives on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Question {
    /// `__len__`: an int that is not negative and fits a machine word.
    Len,
    /// `__hash__`: an int, of which the hash is taken.
    Hash,
    /// `__repr__`: a string.
    Repr,
    /// `__str__`: a string.
    Str,
    /// `__bool__`: `True` or `False`.
    Bool,
}

const ALL: [Question; 5] = [Question::Len, Question::Hash, Question::Repr, Question::Str, Question::Bool];

/// A special method that a native asks for.
#[derive(Debug)]
pub struct Ask {
    /// Which it is.
    pub special: Question,
    /// The function.
    pub method: Value,
    /// The object.
    pub object: Value,
}

impl Question {
    fn name(self, vm: &Vm) -> &Ref<Str> {
        match self {
            Question::Len => &vm.names.len,
            Question::Hash => &vm.names.hash,
            Question::Repr => &vm.names.repr,
            Question::Str => &vm.names.str_,
            Question::Bool => &vm.names.bool_,
        }
    }

    /// The prelude's function of the object, and the one of what the method returned.
    fn in_prelude(self) -> (&'static str, &'static str) {
        match self {
            Question::Len => ("len_of", "checked_len"),
            Question::Hash => ("hash_of", "checked_hash"),
            Question::Repr => ("repr_of", "checked_repr"),
            Question::Str => ("str_of", "checked_str"),
            Question::Bool => ("to_bool", "checked_bool"),
        }
    }

    /// The result of the native, if the method's is what it must be and that is seen at once.
    fn result(self, answer: &Value) -> Option<Value> {
        let fits = match self {
            Question::Len => answer.as_small().is_some_and(|length| length >= 0),
            Question::Repr | Question::Str => answer.is_kind(Kind::Str),
            Question::Bool => answer.as_bool().is_some(),
            Question::Hash => match hashing::hash(answer) {
                Hashed::Known(hash) if answer.is_small() => return Some(Value::int(hash)),
                _ => false,
            },
        };
        fits.then(|| answer.clone())
    }
}

impl Vm {
    /// End a native with what the special method of `object` gives.
    pub fn ask(&mut self, special: Question, object: &Value) -> NativeResult {
        match self.class_of(object).lookup(special.name(self)) {
            Some(method) if method.is_kind(Kind::Function) => {
                Err(Exit::Ask(Box::new(Ask { special, method, object: object.clone() })))
            }
            _ => self.tail_prelude(special.in_prelude().0, vec![object.clone()]),
        }
    }

    /// The method is called; what it gives goes where `to` says.
    pub(super) fn asked(&mut self, ask: Ask, to: To) -> Result<(), Value> {
        if to.delivery == Delivery::Call {
            let to = To { delivery: Delivery::Answer, dst: to.dst, jump: ask.special as i32 };
            return self.invoke_with(ask.method, [ask.object], to);
        }
        let result = self.tail_prelude(ask.special.in_prelude().0, vec![ask.object]);
        self.complete(result, to)
    }

    /// The method has returned.
    pub(super) fn answered(&mut self, answer: Value, to: To) -> Result<(), Value> {
        let special = ALL[to.jump as usize % ALL.len()];
        if let Some(result) = special.result(&answer) {
            self.set_register(to.dst, result);
            return Ok(());
        }
        let result = self.tail_prelude(special.in_prelude().1, vec![answer]);
        self.complete(result, To::register(to.dst))
    }
}
