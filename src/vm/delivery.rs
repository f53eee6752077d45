//! Getting results to where they are wanted, and starting what has to run first.

use super::binding::{Arguments, split};
use super::construct::PLAIN_WITH_INIT;
use super::frame::{Delivery, To};
use super::{Exit, Outcome, Vm};
use crate::bytecode::{Op, Reg};
use crate::object::{Kind, Value};

impl Vm {
    /// Write a register of the running frame.
    #[inline]
    pub(super) fn set_register(&mut self, register: Reg, value: Value) {
        if register.is_none() {
            return;
        }
        // SAFETY: the compiler names only registers below `code.registers`, which the frame has.
        let old = unsafe { self.base.add(register.index()).replace(value) };
        drop(old);
    }

    /// A copy of a register of the running frame.
    #[inline]
    pub(super) fn register(&self, register: Reg) -> Value {
        // SAFETY: as in `set_register`.
        unsafe { (*self.base.add(register.index())).clone() }
    }

    /// Take a register's value, leaving none.
    #[inline]
    pub(super) fn take_register(&mut self, register: Reg) -> Value {
        // SAFETY: as in `set_register`.
        unsafe { self.base.add(register.index()).replace(Value::EMPTY) }
    }

    /// The exception of an exit that raises.
    pub fn exception_of(&self, exit: Exit) -> Value {
        match exit {
            Exit::Raise(exception) => exception,
            _ => self.internal("an error was expected here"),
        }
    }

    /// A `SystemError`: one of our own promises broke.
    pub(super) fn internal(&self, message: &str) -> Value {
        crate::object::Exception::of(&self.types.system_error, vec![Value::str(message)]).into_value()
    }

    /// Go on as a native's exit asks.
    pub(super) fn exit(&mut self, exit: Exit, to: To) -> Result<(), Value> {
        match exit {
            Exit::Raise(exception) => {
                // What waits on the held values for a result must not wait any more.
                self.abandon(to);
                Err(exception)
            }
            Exit::Call(call) => self.invoke_owned(call.callee, call.args, call.keywords, to),
            Exit::Resume(resumption) => self.resume_for(*resumption, to),
            Exit::Ask(ask) => self.asked(*ask, to),
        }
    }

    /// What [`Delivery::Send`] holds goes.
    fn drop_held(&mut self, to: To) {
        if to.jump != 0 {
            drop(self.held.pop());
        }
        drop(self.held.pop());
    }

    /// Give up what a delivery holds: its result will not come.
    pub(super) fn abandon(&mut self, to: To) {
        match to.delivery {
            Delivery::Init | Delivery::AsyncCall => drop(self.held.pop()),
            Delivery::Send => self.drop_held(to),
            Delivery::Unwinding => {
                self.pc = self.pc.wrapping_offset(to.jump as isize);
                drop(self.held.pop());
            }
            Delivery::NextDefault => {
                drop(self.held.pop());
                drop(self.held.pop());
            }
            Delivery::Fold => self.abandon_fold(to),
            Delivery::Operator => {
                if let Some(pending) = self.operators.pop() {
                    self.abandon(pending.to);
                }
            }
            _ => {}
        }
    }

    /// A result is there: into a register, into a decision, or on to the next step.
    pub(super) fn deliver(&mut self, value: Value, to: To) -> Result<(), Value> {
        match to.delivery {
            Delivery::Call => self.set_register(to.dst, value),
            Delivery::Discard | Delivery::Between => drop(value),
            Delivery::Drive => return self.came_out(Outcome::Returned(value), to),
            Delivery::Unwinding => {
                self.goes_on = true;
                self.pc = self.pc.wrapping_offset(to.jump as isize);
                return Err(self.held.pop().unwrap_or_default());
            }
            Delivery::Truth | Delivery::JumpIf | Delivery::JumpIfNot => return self.truth_returned(value, to),
            Delivery::Operator => return self.operator_returned(value),
            Delivery::ForCall | Delivery::For => {
                self.set_register(to.dst, value);
                self.pc = self.pc.wrapping_offset(to.jump as isize);
            }
            Delivery::Send => {
                self.drop_held(to);
                self.set_register(to.dst, value);
            }
            Delivery::SendKept => {
                drop(self.take_register(Reg(to.jump as u16)));
                self.set_register(to.dst, value);
            }
            Delivery::NextDefault => {
                self.abandon(to);
                self.set_register(to.dst, value);
            }
            Delivery::Init => {
                let instance = self.held.pop().unwrap_or_default();
                if !value.is_none() {
                    let message = format!("__init__() should return None, not '{}'", self.type_name(&value));
                    return Err(self.exception_of(self.type_error(message)));
                }
                self.set_register(to.dst, instance);
            }
            Delivery::Answer => return self.answered(value, to),
            Delivery::Iterator => {
                if !self.is_iterator(&value) {
                    let message = format!("iter() returned non-iterator of type '{}'", self.type_name(&value));
                    return Err(self.exception_of(self.type_error(message)));
                }
                self.set_register(to.dst, value);
            }
            Delivery::Awaitable => {
                if value.is_kind(Kind::Generator) && self.is_awaitable_generator(&value) {
                    return Err(self.exception_of(self.type_error("__await__() returned a coroutine")));
                }
                if !self.is_iterator(&value) {
                    let name = self.type_name(&value);
                    let message = format!("__await__() returned non-iterator of type '{name}'");
                    return Err(self.exception_of(self.type_error(message)));
                }
                self.set_register(to.dst, value);
            }
            Delivery::Fold => return self.fold_yielded(value, to),
            Delivery::AsyncCall | Delivery::AsyncDelegate => return self.step_awaits(value, &to),
            Delivery::DelegateCall | Delivery::DelegateThrow | Delivery::Delegate => {
                return self.delegate_yielded(value);
            }
            Delivery::Unpack => {
                if let Some(items) = value.get::<crate::object::Tuple>() {
                    for (n, item) in items.items().iter().enumerate().take(to.jump as usize) {
                        self.set_register(to.dst.plus(n), item.clone());
                    }
                }
            }
            Delivery::Entry => {
                if !self.thread_ended() {
                    self.result = Some(Ok(value));
                }
            }
        }
        Ok(())
    }

    /// Has it a `__next__`?
    pub(super) fn is_iterator(&self, value: &Value) -> bool {
        match value.kind() {
            Some(Kind::ListIter | Kind::RangeIter | Kind::Iter) => true,
            Some(Kind::Generator) => !self.is_coroutine(value) && !self.is_async_generator(value),
            _ => self.class_of(value).lookup(&self.names.next).is_some_and(|method| !method.is_none()),
        }
    }

    /// Call `callee` with these values; see [`Vm::invoke`].
    pub(super) fn invoke_with<const N: usize>(
        &mut self,
        callee: Value,
        mut args: [Value; N],
        to: To,
    ) -> Result<(), Value> {
        self.invoke(callee, Arguments { positional: &mut args, names: &[], named: &mut [] }, to)
    }

    /// Call a special method that was found on the class of the first value. What is no plain function is bound as reading
    /// it from that value would bind it.
    pub(super) fn invoke_special<const N: usize>(
        &mut self,
        method: Value,
        args: [Value; N],
        to: To,
    ) -> Result<(), Value> {
        if Vm::is_plain_method(&method) {
            return self.invoke_with(method, args, to);
        }
        let call = std::iter::once(method).chain(args).collect();
        let result = self.tail_prelude("call_special", call);
        self.complete(result, to)
    }

    /// Call `callee`; what it comes to goes where `to` says. A native runs here; a function written in Python is put on the
    /// control stack and runs when this has returned.
    pub(super) fn invoke(&mut self, callee: Value, args: Arguments<'_>, to: To) -> Result<(), Value> {
        match callee.kind() {
            Some(Kind::Function) => return self.call_function(callee, args, to),
            Some(Kind::Native) => {
                return match self.call_native(&callee, args) {
                    Ok(value) => self.deliver(value, to),
                    Err(exit) => self.exit(exit, to),
                };
            }
            Some(Kind::Type) => {
                if let Some(class) = callee.get::<crate::object::Type>()
                    && class.constructor.get() == PLAIN_WITH_INIT
                {
                    return self.construct_with_init(&class, args, to);
                }
            }
            Some(Kind::Foreign) if args.names.is_empty() => {
                let known = callee.get::<crate::object::Foreign>();
                if let Some(value) = known.and_then(|foreign| foreign.object().called(args.positional)) {
                    return self.deliver(value, to);
                }
            }
            _ => {}
        }
        let (args, keywords) = args.into_owned();
        self.invoke_owned(callee, args, keywords, to)
    }

    /// As [`Vm::invoke`], for anything that can be called: bound methods and objects with `__call__` come down to functions,
    /// and natives are carried out one after the other when each asks for the next.
    pub(super) fn invoke_owned(
        &mut self,
        mut callee: Value,
        mut args: Vec<Value>,
        mut keywords: Vec<(Value, Value)>,
        to: To,
    ) -> Result<(), Value> {
        let mut rounds = 0;
        loop {
            rounds += 1;
            if rounds > self.recursion_limit {
                self.abandon(to);
                let message = "maximum recursion depth exceeded while calling a Python object";
                return Err(self.exception_of(self.recursion_error(message)));
            }
            match callee.kind() {
                Some(Kind::Function) => {
                    let (names, mut named) = split(keywords);
                    let args = Arguments { positional: &mut args, names: &names, named: &mut named };
                    return self.call_function(callee, args, to);
                }
                Some(Kind::Native) => {
                    let (names, mut named) = split(keywords);
                    let given = Arguments { positional: &mut args, names: &names, named: &mut named };
                    match self.call_native(&callee, given) {
                        Ok(value) => return self.deliver(value, to),
                        Err(Exit::Call(call)) => {
                            (callee, args, keywords) = (call.callee, call.args, call.keywords);
                        }
                        Err(exit) => return self.exit(exit, to),
                    }
                }
                Some(Kind::Method) => {
                    let Some(method) = callee.to_ref::<crate::object::Method>() else { continue };
                    args.insert(0, method.receiver.clone());
                    callee = method.function.clone();
                }
                Some(Kind::StaticMethod) => {
                    let Some(method) = callee.to_ref::<crate::object::descriptor::StaticMethod>() else { continue };
                    callee = method.function.clone();
                }
                Some(Kind::Type) => return self.construct(callee, args, keywords, to),
                _ => {
                    let class = self.class_of(&callee);
                    let Some(method) = class.lookup(&self.names.call) else {
                        self.abandon(to);
                        let message = format!("'{}' object is not callable", self.type_name(&callee));
                        return Err(self.exception_of(self.type_error(message)));
                    };
                    match self.bind(&method, &callee, &class) {
                        Ok(bound) => callee = bound,
                        // What is to be called is for Python code to say.
                        Err(Exit::Call(_)) => {
                            args.splice(..0, [method, callee]);
                            callee = match self.prelude_function("call_special") {
                                Ok(function) => function,
                                Err(exit) => return self.exit(exit, to),
                            };
                        }
                        Err(exit) => return self.exit(exit, to),
                    }
                }
            }
        }
    }

    /// The instruction before `pc`: the one that is being carried out.
    pub(super) fn current_op(&self) -> Op {
        // SAFETY: `pc` is saved before anything that can ask, and stands after the instruction being carried out.
        unsafe { *self.pc.sub(1) }
    }
}
