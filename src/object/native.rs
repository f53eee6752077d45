//! Functions written in Rust.
//!
//! A native is known by its name and its place in a table, never by a closure (law 3). Its signature is written as Python
//! would write it; arity, keywords, defaults and the texts of `TypeError` come from there.

use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::slot::Slot;
use super::string::{Str, intern};
use super::value::Value;
use crate::vm::{NativeResult, Vm};
use std::cell::{Cell, OnceCell};

/// The Rust side of a native: receives its arguments in the order of its signature; optional ones that were not given are
/// missing at the end or [`Value::UNDEF`]. `*args` come as they are, after the parameters before them; with `**kwargs` a
/// dict is always the last argument.
pub type NativeFn = fn(&mut Vm, &[Value]) -> NativeResult;

/// One row of a method table.
pub struct NativeDef {
    /// `name(self, a, b=1, /, *, c=None)`
    pub signature: &'static str,
    /// What it does.
    pub call: NativeFn,
    /// What `help()` says.
    pub doc: &'static str,
    /// The common cases, if they are worth a way of their own.
    pub quick: Option<QuickFn>,
}

/// Answers the common cases of a native without a machine: `None`, with nothing done, for all others. Receives as many
/// arguments as the native takes.
pub type QuickFn = fn(&[Value]) -> Option<Value>;

/// One parameter of a native.
pub struct Parameter {
    /// Its name.
    pub name: &'static str,
    /// Must it be given?
    pub required: bool,
}

/// A signature, taken apart.
pub struct Signature {
    /// Parameters that may be given by position, then keyword-only ones.
    pub parameters: Vec<Parameter>,
    /// How many of them are positional-only.
    pub posonly: usize,
    /// How many of them may be given by position.
    pub positional: usize,
    /// Fewest positional arguments.
    pub required: usize,
    /// Is there a `*args`?
    pub varargs: bool,
    /// Is there a `**kwargs`?
    pub varkw: bool,
}

impl Signature {
    /// Takes `name(...)` apart: the name, the signature.
    pub fn parse(text: &'static str) -> (&'static str, Signature) {
        let (name, rest) = text.split_once('(').unwrap_or((text, ")"));
        let inside = rest.rsplit_once(')').map_or(rest, |(inside, _)| inside);
        let mut signature =
            Signature { parameters: Vec::new(), posonly: 0, positional: 0, required: 0, varargs: false, varkw: false };
        let mut keyword_only = false;
        for part in inside.split(',').map(str::trim).filter(|part| !part.is_empty()) {
            match part {
                "/" => signature.posonly = signature.parameters.len(),
                "*" => keyword_only = true,
                _ if part.starts_with("**") => signature.varkw = true,
                _ if part.starts_with('*') => {
                    signature.varargs = true;
                    keyword_only = true;
                }
                _ => {
                    let (name, required) = match part.split_once('=') {
                        Some((name, _)) => (name.trim(), false),
                        None => (part, true),
                    };
                    signature.parameters.push(Parameter { name, required });
                    if !keyword_only {
                        signature.positional += 1;
                        signature.required += required as usize;
                    }
                }
            }
        }
        (name, signature)
    }
}

/// A function written in Rust, as an object.
pub struct NativeFunction {
    /// `__name__`
    pub name: Ref<Str>,
    /// Its row.
    pub def: &'static NativeDef,
    /// Taken apart when it is first called: a program calls few of those there are.
    signature: OnceCell<Signature>,
    /// The class it is a method of (its receiver must be of that class), or `None`.
    pub owner: Slot,
    /// The class it is a static or class method of, or `None`.
    pub home: Slot,
    /// `__module__`, or `None`.
    pub module: Slot,
    /// Fewest and most positional arguments it can be called with as they stand; `fewest` is the larger when they always
    /// have to be bound, and until the first call.
    fewest: Cell<usize>,
    most: Cell<usize>,
    /// How many positional arguments the quick form may be asked about; nothing until the first call.
    answers: Cell<(usize, usize)>,
    /// Does the run loop do what this native asks for itself?
    pub shortcut: Cell<Shortcut>,
    /// Is its code Python? Then nobody may answer in its place.
    pub in_python: Cell<bool>,
}

/// Natives that only resume a generator: the run loop spares them the detour through a tail call.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Shortcut {
    /// No.
    None,
    /// `next(generator)`, `generator.__next__()`
    Next,
    /// `generator.send(value)`
    Send,
    /// `coroutine.send(value)`
    SendToCoroutine,
    /// `generator.throw(exception)`
    Throw,
}

impl NativeFunction {
    /// The object of a row; `owner` is the class it is a method of, or `None`.
    pub fn new(def: &'static NativeDef, owner: Value) -> Ref<NativeFunction> {
        let name = def.signature.split_once('(').map_or(def.signature, |(name, _)| name);
        Ref::new(NativeFunction {
            name: intern(name.as_bytes()),
            def,
            signature: OnceCell::new(),
            fewest: Cell::new(usize::MAX),
            most: Cell::new(0),
            answers: Cell::new((usize::MAX, 0)),
            owner: Slot::new(owner),
            home: Slot::new(Value::NONE),
            module: Slot::new(Value::NONE),
            shortcut: Cell::new(Shortcut::None),
            in_python: Cell::new(false),
        })
    }

    /// What it takes.
    pub fn signature(&self) -> &Signature {
        self.signature.get_or_init(|| {
            let (_, s) = Signature::parse(self.def.signature);
            // With `*args` the keyword-only parameters stand in front of them, so binding has to make room.
            let needs_binding = s.varkw
                || (s.varargs && s.parameters.len() > s.positional)
                || s.parameters[s.positional..].iter().any(|parameter| parameter.required);
            self.answers.set((s.required, if s.varargs { usize::MAX } else { s.positional }));
            if !needs_binding {
                self.fewest.set(s.required);
                self.most.set(if s.varargs { usize::MAX } else { s.positional });
            }
            s
        })
    }

    /// Is it what an operator or a function like `repr` calls, and not a method that is called by its name?
    pub fn is_slot(&self) -> bool {
        const NAMED: &[&[u8]] = &[
            b"__alloc__",
            b"__bytes__",
            b"__ceil__",
            b"__class_getitem__",
            b"__complex__",
            b"__dir__",
            b"__enter__",
            b"__exit__",
            b"__floor__",
            b"__format__",
            b"__getnewargs__",
            b"__getstate__",
            b"__init_subclass__",
            b"__instancecheck__",
            b"__length_hint__",
            b"__mro_entries__",
            b"__new__",
            b"__prepare__",
            b"__reduce__",
            b"__reduce_ex__",
            b"__reversed__",
            b"__round__",
            b"__setstate__",
            b"__sizeof__",
            b"__subclasscheck__",
            b"__subclasses__",
            b"__subclasshook__",
            b"__trunc__",
        ];
        let name = self.name.as_bytes();
        // These can also be called by their names.
        let named_too = |owner: &str| match name {
            b"__getitem__" => matches!(owner, "list" | "dict"),
            b"__contains__" => matches!(owner, "dict" | "set" | "frozenset"),
            _ => false,
        };
        if self.owner.get().get::<super::class::Type>().is_some_and(|owner| named_too(&owner.name())) {
            return false;
        }
        !self.owner.is_none() && name.starts_with(b"__") && name.ends_with(b"__") && !NAMED.contains(&name)
    }

    /// As [`NativeFunction::answers`], also before the first call.
    pub fn takes(&self, count: usize) -> bool {
        self.signature();
        self.answers(count)
    }

    /// May its quick form be asked about this many positional arguments, just as they were given?
    #[inline(always)]
    pub fn answers(&self, count: usize) -> bool {
        let (fewest, most) = self.answers.get();
        fewest <= count && count <= most
    }

    /// Does it accept this many positional arguments and nothing else, as far as is known before [`Self::signature`] was
    /// first asked for?
    #[inline(always)]
    pub fn accepts(&self, count: usize) -> bool {
        self.fewest.get() <= count && count <= self.most.get()
    }
}

impl HeapKind for NativeFunction {
    const KIND: Kind = Kind::Native;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.owner.visit(see);
        object.home.visit(see);
        object.module.visit(see);
    }
    fn clear(_: &Ref<Self>) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_come_apart() {
        let (name, s) = Signature::parse("sort(self, /, *, key=None, reverse=False)");
        assert_eq!((name, s.posonly, s.positional, s.required, s.parameters.len()), ("sort", 1, 1, 1, 3));
        let (_, s) = Signature::parse("print(*args, sep=' ', **rest)");
        assert!(s.varargs && s.varkw && s.positional == 0);
    }
}
