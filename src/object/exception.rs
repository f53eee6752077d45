//! Exceptions and tracebacks.

use super::class::{Type, TypeFlags};
use super::dict::Dict;
use super::function::{CodeObject, Function};
use super::heap::{HeapKind, Ref};
use super::kind::Kind;
use super::slot::Slot;
use super::tuple::Tuple;
use super::value::Value;
use std::cell::{Cell, UnsafeCell};

/// An instance of `BaseException` or a subclass, written in Python or not.
///
/// What it refers to is dropped in the order of the fields, which is CPython's.
pub struct Exception {
    class: UnsafeCell<Ref<Type>>,
    /// What its class declares beside `args`, and what `__slots__` of its class made room for, once there is any.
    pub members: Slot,
    /// Its other attributes, once it has any.
    pub dict: Slot,
    /// `args`, a tuple.
    pub args: Slot,
    /// `__traceback__`, or `None`.
    pub traceback: Slot,
    /// `__cause__`, or `None`.
    pub cause: Slot,
    /// `__context__`, or `None`.
    pub context: Slot,
    /// `__suppress_context__`
    pub suppress_context: Cell<bool>,
}

/// `header.flags`: the finaliser has run or is queued.
pub const FINALIZED: u8 = 1;

impl HeapKind for Exception {
    const KIND: Kind = Kind::Exception;
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.class().show(see);
        for slot in [&object.args, &object.cause, &object.context, &object.traceback, &object.dict, &object.members] {
            slot.visit(see);
        }
    }
    fn clear(object: &Ref<Self>) {
        for slot in [&object.cause, &object.context, &object.traceback] {
            slot.set(Value::NONE);
        }
        object.args.set(Value::tuple(Vec::new()));
        object.dict.set(Value::UNDEF);
        object.members.set(Value::UNDEF);
    }
    fn wants_finalizer(object: &Ref<Self>) -> bool {
        let flags = &object.header().flags;
        if !object.class().flags().has(TypeFlags::DEL) || flags.get() & FINALIZED != 0 {
            return false;
        }
        flags.set(flags.get() | FINALIZED);
        true
    }
}

impl Exception {
    /// An exception of this class with these `args`.
    pub fn of(class: &Ref<Type>, args: Vec<Value>) -> Ref<Exception> {
        Ref::new(Exception {
            class: UnsafeCell::new(class.clone()),
            members: Slot::default(),
            dict: Slot::default(),
            args: Slot::new(Value::tuple(args)),
            traceback: Slot::new(Value::NONE),
            cause: Slot::new(Value::NONE),
            context: Slot::new(Value::NONE),
            suppress_context: Cell::new(false),
        })
    }

    /// Its class.
    pub fn class(&self) -> &Ref<Type> {
        // SAFETY: `set_class` keeps the old class alive.
        unsafe { &*self.class.get() }
    }

    /// Make it an instance of another class of exceptions.
    pub fn set_class(&self, class: Ref<Type>) {
        // SAFETY: the old class is kept alive for good, since borrowed views of it may exist.
        let old = unsafe { std::mem::replace(&mut *self.class.get(), class) };
        std::mem::forget(old);
    }

    /// Argument `n`, if there are so many.
    pub fn arg(&self, n: usize) -> Option<Value> {
        self.args.get().get::<Tuple>().and_then(|args| args.items().get(n).cloned())
    }

    /// The dict of its other attributes, made now if there is none.
    pub fn dict(&self) -> Ref<Dict> {
        dict_in(&self.dict)
    }

    /// What its class declares and `__slots__` made room for, by name; made now if there is none.
    pub fn members(&self) -> Ref<Dict> {
        dict_in(&self.members)
    }
}

/// The dict that a place holds, made now if it is empty.
pub(super) fn dict_in(place: &Slot) -> Ref<Dict> {
    if let Some(dict) = place.get().to_ref::<Dict>() {
        return dict;
    }
    let dict = Dict::empty();
    place.set(dict.value());
    dict
}

/// One entry of a traceback.
pub struct Traceback {
    /// The entry further in, or `None`.
    pub next: Slot,
    /// The body that was running.
    pub function: Ref<Function>,
    /// Number of the instruction it was at.
    pub index: u32,
    /// How many records of the control stack lay below it.
    pub level: u32,
    /// The line that the program says it was at; 0 in a traceback that the program did not make.
    pub line: u32,
    /// The instruction at which the exception left it, maybe after handlers that sent that on; `tb_lasti` as the program gave
    /// it in a traceback that the program made.
    pub left_at: Cell<u32>,
    /// What its locals held when the exception left it, a tuple; or the frame object that has them.
    pub locals: Slot,
}

impl Traceback {
    /// An entry for a body at instruction `index`, `level` records up the control stack; `next` is further in.
    pub fn at(function: Ref<Function>, index: usize, level: usize, next: Value) -> Traceback {
        let (next, locals) = (Slot::new(next), Slot::default());
        let (index, level, left_at) = (index as u32, level as u32, Cell::new(index as u32));
        Traceback { next, function, index, level, line: 0, left_at, locals }
    }

    /// The code that was running.
    pub fn code(&self) -> &Ref<CodeObject> {
        self.function.code()
    }
}

impl HeapKind for Traceback {
    const KIND: Kind = Kind::Traceback;
    const TRACKED: bool = true;
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        object.next.visit(see);
        object.function.show(see);
        object.locals.visit(see);
    }
    fn clear(object: &Ref<Self>) {
        object.next.set(Value::NONE);
        object.locals.set(Value::UNDEF);
    }
}
