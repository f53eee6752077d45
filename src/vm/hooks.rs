//! The few functions of the builtins that instructions need directly. The machine names no builtin method; whoever fills
//! the builtin classes sets these too.

use super::limits::Limit;
use super::{Driven, Exit, NativeResult, Outcome, Vm};
use crate::object::{Generator, Ref, Value};

type Format = fn(&mut Vm, &Value, Option<u8>, &[u8]) -> NativeResult;
type Repr = fn(&mut Vm, &Value) -> Result<Option<Vec<u8>>, Exit>;
type GetItem = fn(&mut Vm, &Value, &Value) -> Result<Option<Value>, Exit>;
type SetItem = fn(&mut Vm, &Value, &Value, Value) -> Result<bool, Exit>;
type DelItem = fn(&mut Vm, &Value, &Value) -> Result<bool, Exit>;
/// What `await f(...)` comes to without making a coroutine; `None` where `f` is to be called as ever.
pub type Form = fn(&mut Vm, &[Value]) -> Option<AtOnce>;
type Drive = fn(&mut Vm, &Value, Outcome) -> Driven;
type Contains = fn(&mut Vm, &Value, &Value) -> Result<Option<bool>, Exit>;

/// Functions that the builtins provide.
pub struct Hooks {
    /// `format(value, spec)` after a conversion (`b's'`, `b'r'`, `b'a'`): what an f-string puts in a replacement field.
    pub format_value: Format,
    /// `repr(value)` as far as it needs no Python code.
    pub repr: Repr,
    /// `container[key]`; `None` when it is no native container.
    pub get_item: GetItem,
    /// `container[key] = value`; `false` when it is no native container that can be assigned to.
    pub set_item: SetItem,
    /// `del container[key]`; `false` when it is no native container that can be deleted from.
    pub del_item: DelItem,
    /// `item in container` (container first); `None` when it is no native container.
    pub contains: Contains,
    /// Is the first larger (smaller, unless the third says so) than the second? `None` when Python code must be asked.
    pub is_beyond: fn(&Value, &Value, bool) -> Option<bool>,
    /// `len(container)`; `None` when it is no native container.
    pub length: fn(&Value) -> Option<usize>,
    /// What `await` on such an object ([`crate::object::NativeObject::is_awaited`]) does next.
    pub awaited: fn(&mut Vm, &Value) -> Awaited,
    /// An exception is thrown in where such an object is awaited: it is not waited for any more.
    pub thrown: fn(&mut Vm, &Value, &Value),
    /// What `await f(...)` comes to without making a coroutine, for each `f` that has such a form: its qualified name, and the
    /// form, which is given the arguments.
    pub at_once: &'static [(&'static str, Form)],
    /// What a driver wants next, told what came of the last.
    pub drive: Drive,
    /// What a driver makes of what a generator that it had resumed has yielded, in the common cases.
    pub pass_on: fn(&mut Vm, &Value, &Value) -> Passed,
    /// The program has reached a limit, and will be ended; it still stands where it was.
    pub limit_reached: fn(&mut Vm, Limit),
    /// What is said of errors that nobody caught, behind their text: lines, or nothing.
    pub explain: fn(&str) -> String,
    /// What the module whose driver that is shares among its objects.
    pub shared_by_drivers: Value,
}

/// What `await` on an object of a module written in Rust does next.
pub enum Awaited {
    /// It hands the object to whoever resumed the coroutine, and waits.
    Waits,
    /// It hands this to whoever resumed the coroutine, and waits.
    Hands(Value),
    /// It is over, and comes to this.
    Ends(Value),
    /// It raises this.
    Raises(Value),
}

/// What a driver makes of what a generator that it had resumed has yielded.
pub enum Passed {
    /// It has seen to it, and this generator, which may go on ([`Vm::may_go_on`]), is to be resumed with `None`. The driver
    /// keeps it.
    To(Ref<Generator>),
    /// It has seen to it, and must be asked what is next.
    Done,
    /// It has done nothing, and must be told.
    Not,
}

/// What awaiting the coroutine of a function comes to.
pub enum AtOnce {
    /// It returns this without having waited.
    Ends(Value),
    /// It raises this without having waited.
    Raises(Value),
    /// It gives others a turn, and returns `None`.
    Turn,
    /// It waits: awaiting this object, which is one of [`crate::object::NativeObject::is_awaited`], does the same.
    Waits(Value),
}

impl Default for Hooks {
    fn default() -> Hooks {
        Hooks {
            format_value: |vm, _, _, _| Err(vm.system_error("no builtins")),
            repr: |_, _| Ok(None),
            get_item: |_, _, _| Ok(None),
            set_item: |_, _, _, _| Ok(false),
            del_item: |_, _, _| Ok(false),
            contains: |_, _, _| Ok(None),
            is_beyond: |_, _, _| None,
            length: |_| None,
            awaited: |_, _| Awaited::Ends(Value::NONE),
            thrown: |_, _, _| {},
            at_once: &[],
            drive: |_, _, _| Driven::Ends(Ok(Value::NONE)),
            pass_on: |_, _, _| Passed::Not,
            limit_reached: |_, _| {},
            explain: |_| String::new(),
            shared_by_drivers: Value::NONE,
        }
    }
}
