//! Iteration and unpacking.

use super::frame::{Delivery, To};
use super::{Exit, NativeResult, Vm};
use crate::bytecode::{Op, Reg};
use crate::object::iter::{native_iter, payload_iter};
use crate::object::{Generator, Kind, List, Tuple, TypeFlags, Value};

impl Vm {
    /// Is it a coroutine (or made to be awaited by `types.coroutine`)?
    pub fn is_coroutine(&self, value: &Value) -> bool {
        let code = value.get::<Generator>().and_then(|generator| generator.code().cloned());
        code.is_some_and(|code| code.code.flags.coroutine && !code.code.flags.generator)
    }

    /// `iter(value)`, ending as a native does; the VM checks what `__iter__` returns.
    pub fn iter_of(&mut self, value: &Value) -> NativeResult {
        if let Some(iter) = native_iter(value) {
            return Ok(iter);
        }
        if value.is_kind(Kind::Generator) {
            let class = self.class_of(value);
            if class.lookup(&self.names.iter).is_some() {
                return Ok(value.clone());
            }
            return Err(self.type_error(format!("'{}' object is not iterable", self.type_name(value))));
        }
        let class = self.class_of(value);
        if value.is_kind(Kind::Instance)
            && !class.flags().has(TypeFlags::CUSTOM_ITER)
            && let Some(iter) = payload_iter(value.payload())
        {
            return Ok(iter);
        }
        match class.lookup(&self.names.iter) {
            Some(method) if !method.is_none() => self.tail_method(method, value, &[]),
            None if class.lookup(&self.names.getitem).is_some() => {
                self.tail_prelude("iterate_sequence", vec![value.clone()])
            }
            _ => Err(self.type_error(format!("'{}' object is not iterable", self.type_name(value)))),
        }
    }

    /// `GetIter`
    pub(super) fn get_iter(&mut self, value: Value, dst: Reg) -> Result<(), Value> {
        match self.iter_of(&value) {
            Ok(iter) => {
                self.set_register(dst, iter);
                Ok(())
            }
            Err(exit) => self.exit(exit, To::by(Delivery::Iterator, dst)),
        }
    }

    /// `ForIter`, for anything that the run loop does not step itself.
    pub(super) fn for_iter(&mut self, iter: Reg, dst: Reg, jump: i32) -> Result<(), Value> {
        let iterator = self.register(iter);
        match iterator.kind() {
            Some(Kind::ListIter | Kind::RangeIter | Kind::Iter) => {
                match self.native_next(&iterator).map_err(|exit| self.exception_of(exit))? {
                    Some(item) => {
                        self.set_register(dst, item);
                        self.pc = self.pc.wrapping_offset(jump as isize);
                    }
                    None => drop(self.take_register(iter)),
                }
                Ok(())
            }
            Some(Kind::Generator) => self.resume_generator(
                &iterator,
                super::Resume::Send(Value::NONE),
                To { delivery: Delivery::For, dst, jump },
            ),
            _ => {
                let class = self.class_of(&iterator);
                match class.lookup(&self.names.next) {
                    Some(method) if !method.is_none() => {
                        let to = To { delivery: Delivery::ForCall, dst, jump };
                        match self.invoke_special(method, [iterator], to) {
                            // A native `__next__` raises at once; one in Python raises while it runs, see `unwind`.
                            Err(exception) if self.is_stop_iteration(&exception) => {
                                drop(self.take_register(iter));
                                Ok(())
                            }
                            other => other,
                        }
                    }
                    _ => Err(self.exception_of(
                        self.type_error(format!("'{}' object is not an iterator", self.shown_class(&class))),
                    )),
                }
            }
        }
    }

    /// Is it a `StopIteration`?
    pub(super) fn is_stop_iteration(&self, exception: &Value) -> bool {
        self.is_instance(exception, &self.types.stop_iteration)
    }

    /// The end of a `for` whose `__next__` raised `StopIteration` in Python code: drop its iterator.
    pub(super) fn end_for(&mut self) {
        if let Op::ForIter { iter, .. } = self.current_op() {
            drop(self.take_register(iter));
        }
    }

    /// `UnpackSequence`
    pub(super) fn unpack(&mut self, value: Value, window: Reg, count: usize) -> Result<(), Value> {
        let items = if let Some(tuple) = value.get::<Tuple>() {
            Some(tuple.items().to_vec())
        } else if let Some(list) = value.get::<List>() {
            Some(list.to_vec())
        } else if matches!(value.kind(), Some(Kind::Str | Kind::Dict | Kind::Set | Kind::Bytes)) {
            self.native_items(&value).map_err(|exit| self.exception_of(exit))?
        } else {
            None
        };
        let Some(items) = items else {
            self.unpackable(&value)?;
            let result = self.tail_prelude("unpack", vec![value, Value::size(count)]);
            return self.complete(result, To { delivery: Delivery::Unpack, dst: window, jump: count as i32 });
        };
        if items.len() != count {
            return Err(self.exception_of(self.wrong_count(items.len(), count, &value)));
        }
        for (n, item) in items.into_iter().enumerate() {
            self.set_register(window.plus(n), item);
        }
        Ok(())
    }

    /// Is it an instance of a class with `__iter__ = None`?
    pub(super) fn says_no_iteration(&self, value: &Value) -> bool {
        let class = self.class_of(value);
        class.flags().has(TypeFlags::HEAP) && class.lookup(&self.names.iter).is_some_and(|method| method.is_none())
    }

    /// `TypeError` for what cannot be unpacked: it has no iteration, or its class says that it has none.
    fn unpackable(&mut self, value: &Value) -> Result<(), Value> {
        let Err(exit) = self.require_iterable(value) else { return Ok(()) };
        if self.says_no_iteration(value) {
            return Err(self.exception_of(exit));
        }
        let message = format!("cannot unpack non-iterable {} object", self.type_name(value));
        Err(self.exception_of(self.type_error(message)))
    }

    fn wrong_count(&self, got: usize, wanted: usize, value: &Value) -> Exit {
        if got < wanted {
            return self.value_error(format!("not enough values to unpack (expected {wanted}, got {got})"));
        }
        let sized = matches!(value.kind(), Some(Kind::Tuple | Kind::List | Kind::Dict));
        let shown = if sized { format!(", got {got}") } else { String::new() };
        self.value_error(format!("too many values to unpack (expected {wanted}{shown})"))
    }

    /// `UnpackEx`
    pub(super) fn unpack_ex(&mut self, value: Value, window: Reg, before: usize, after: usize) -> Result<(), Value> {
        let items = match value.kind() {
            Some(Kind::Generator | Kind::Instance | Kind::Foreign | Kind::ListIter | Kind::RangeIter | Kind::Iter) => {
                None
            }
            _ => self.native_items(&value).map_err(|exit| self.exception_of(exit))?,
        };
        let Some(mut items) = items else {
            self.unpackable(&value)?;
            let result = self.tail_prelude("unpack_ex", vec![value, Value::size(before), Value::size(after)]);
            let jump = (before + 1 + after) as i32;
            return self.complete(result, To { delivery: Delivery::Unpack, dst: window, jump });
        };
        if items.len() < before + after {
            let (wanted, got) = (before + after, items.len());
            let message = format!("not enough values to unpack (expected at least {wanted}, got {got})");
            return Err(self.exception_of(self.value_error(message)));
        }
        let tail = items.split_off(items.len() - after);
        let middle = items.split_off(before);
        for (n, item) in items.into_iter().enumerate() {
            self.set_register(window.plus(n), item);
        }
        self.set_register(window.plus(before), Value::list(middle));
        for (n, item) in tail.into_iter().enumerate() {
            self.set_register(window.plus(before + 1 + n), item);
        }
        Ok(())
    }

    /// Call method `name` of `receiver`'s class for its effect.
    pub(super) fn call_method(&mut self, receiver: Value, name: &str, args: Vec<Value>, to: To) -> Result<(), Value> {
        let name = crate::object::intern(name.as_bytes());
        match self.load_attr(&receiver, &name) {
            Ok(method) => self.invoke_owned(method, args, Vec::new(), to),
            Err(exit) => self.exit(exit, to),
        }
    }
}
