//! `await f(...)` of functions that mostly come to an end without waiting, or wait for something that the machine knows.
//!
//! `asyncio.sleep`, the `get` of a queue, the `acquire` of a lock are functions written in Python. Where their coroutine is
//! awaited in the expression that makes it, nobody ever sees it: a native form of the function ([`super::Hooks::at_once`]) is
//! asked first, and mostly no coroutine is made. Whoever makes the coroutine for something else (a task, say) gets it as ever.
//! Such a function is marked by the state of its header.

use super::{AtOnce, Vm};
use crate::bytecode::{Op, Reg};
use crate::object::{CodeObject, Function, Ref, Value};

/// What became of a call that was awaited at once.
pub(super) enum Immediate {
    /// It is over or waits, or raised this.
    Stands(Result<(), Value>),
    /// It gives others a turn: the delegation that is next has to [`Vm::pause`], with this as its iterator.
    Pauses(Reg),
}

impl Vm {
    /// From now on an `await` of a call of the function asks its native form of this number first.
    pub fn ask_at_once(function: &Ref<Function>, number: u16) {
        let code = function.code().code.clone();
        // A call whose coroutine the run loop makes by itself asks nobody.
        function.set_code(CodeObject::load_to_bind(&code));
        function.header().state.set(number);
    }

    /// The function is called, whose native form has this number, with these arguments and for the register `to`. What became
    /// of the call, if it was awaited at once.
    #[inline(never)]
    pub(super) fn await_at_once(&mut self, number: u16, args: &[Value], to: Reg) -> Option<Immediate> {
        if self.pc.is_null() {
            return None;
        }
        // SAFETY: the pc stands behind the call, and there is always an instruction behind one that has a result.
        let Op::GetAwaitable { dst: iter, src, .. } = (unsafe { *self.pc }) else { return None };
        // SAFETY: behind that always comes the delegation, and behind that another instruction.
        let (wait, then) = unsafe { (*self.pc.add(1), *self.pc.add(2)) };
        let Op::YieldFrom { dst, .. } = wait else { return None };
        if src != to || matches!(then, Op::ExcSwapIn { .. }) {
            return None;
        }
        match (self.hooks.at_once)(self, number, args)? {
            AtOnce::Ends(value) => {
                self.pc = self.pc.wrapping_add(2);
                self.set_register(dst, value);
            }
            AtOnce::Waits(object) => {
                self.pc = self.pc.wrapping_add(1);
                self.sent = Value::NONE;
                self.observe_wait(&object);
                self.set_register(iter, object);
            }
            AtOnce::Turn => {
                let first_temporary = self.running_code().locals as usize;
                if !dst.is_none() && dst.index() < first_temporary {
                    // A variable keeps its value if the turn never ends.
                    return None;
                }
                self.pc = self.pc.wrapping_add(1);
                return Some(Immediate::Pauses(iter));
            }
            AtOnce::Raises(exception) => return Some(Immediate::Stands(Err(exception))),
        }
        Some(Immediate::Stands(Ok(())))
    }

    /// A delegation to `None` gives others a turn. It is over before it is suspended, as a bare `yield` is: what is sent in is
    /// nobody's.
    pub(super) fn pause(&mut self, iter: Reg) -> Result<(), Value> {
        drop(self.take_register(iter));
        if let Op::YieldFrom { dst, .. } = self.current_op() {
            self.set_register(dst, Value::NONE);
        }
        self.yield_value(Value::NONE)
    }
}
