//! `await f(...)` of functions that mostly come to an end without waiting, or wait for something that the machine knows.
//!
//! `asyncio.sleep`, the `get` of a queue, the `acquire` of a lock are functions written in Python. Where their coroutine is
//! awaited in the expression that makes it, nobody ever sees it: a native form of the function ([`super::Form`]) is
//! asked first, and mostly no coroutine is made. Whoever makes the coroutine for something else (a task, say) gets it as ever.
//! Such a function is marked by the state of its header.

use super::{AtOnce, Vm};
use crate::bytecode::{Op, Reg};
use crate::object::{CodeObject, Function, Ref, Value};

/// A call that is awaited at once: what it comes to, and the registers of the delegation that is next.
pub(super) struct Immediate {
    made: AtOnce,
    dst: Reg,
    iter: Reg,
}

impl Vm {
    /// From now on an `await` of a call of the function asks its native form of this number first.
    pub fn ask_at_once(function: &Ref<Function>, number: u16) {
        let code = function.code().code.clone();
        // A call whose coroutine the run loop makes by itself asks nobody.
        function.set_code(CodeObject::load_to_bind(&code));
        function.header().state.set(number);
    }

    /// The function is called, whose native form has this number, with these arguments and for the register `to`. What the call
    /// comes to, if it is awaited at once.
    #[inline(always)]
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
        let (_, form) = self.hooks.at_once.get(usize::from(number).wrapping_sub(1))?;
        let made = form(self, args)?;
        // A variable keeps its value if the turn never ends.
        if matches!(made, AtOnce::Turn) && !dst.is_none() && dst.index() < self.running_locals() {
            return None;
        }
        Some(Immediate { made, dst, iter })
    }

    /// Such a call, made by the run loop.
    ///
    /// # Safety
    /// As for [`Vm::call_window`].
    #[inline(never)]
    pub(super) unsafe fn call_at_once(
        &mut self,
        number: u16,
        window: *mut Value,
        argc: usize,
        dst: Reg,
    ) -> Result<(), Value> {
        // SAFETY: promised by the caller.
        let args = unsafe { std::slice::from_raw_parts(window.add(1), argc) };
        let Some(immediate) = self.await_at_once(number, args, dst) else {
            // SAFETY: as above.
            return unsafe { self.call_as_ever(window, argc, dst) };
        };
        // SAFETY: as above. What nobody took dies with the call.
        unsafe { (0..=argc).for_each(|n| drop(window.add(n).replace(Value::EMPTY))) };
        if !matches!(immediate.made, AtOnce::Turn) {
            return self.settle(immediate);
        }
        self.pc = self.pc.wrapping_add(2);
        self.set_register(immediate.dst, Value::NONE);
        self.yield_value(Value::NONE)
    }

    /// Go on behind such a call, or at the delegation that is next.
    #[inline(never)]
    pub(super) fn settle(&mut self, Immediate { made, dst, iter }: Immediate) -> Result<(), Value> {
        match made {
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
                // What is next finds this there.
                self.pc = self.pc.wrapping_add(1);
                self.set_register(iter, Value::NONE);
            }
            AtOnce::Raises(exception) => return Err(exception),
        }
        Ok(())
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
