//! What displays, comprehensions, calls with stars and f-strings put together.

use super::frame::To;
use super::{Exit, Fold, Vm};
use crate::bytecode::{Flags, Op, Reg};
use crate::object::{Dict, Function, Kind, List, Ref, Set, Str, Type, Value};

impl Vm {
    /// `{...}` of these members.
    pub(super) fn build_set(&mut self, members: Vec<Value>, dst: Reg) -> Result<(), Value> {
        let set = Set::empty(false);
        for member in &members {
            let hash = self.native_hash(member).map_err(|exit| self.unhashable_member(exit, member))?;
            let done = hash.is_some_and(|hash| {
                !matches!(set.table.borrow_mut().add(member.clone(), hash), crate::object::dict::Lookup::NeedsPython)
            });
            if !done {
                let result = self.tail_prelude("build_set", vec![Value::list(members)]);
                return self.complete(result, To::register(dst));
            }
        }
        self.set_register(dst, Value::object(set));
        Ok(())
    }

    /// `{k: v, ...}` of these keys and values in turn.
    pub(super) fn build_map(&mut self, items: Vec<Value>, dst: Reg) -> Result<(), Value> {
        let dict = Dict::empty();
        for pair in items.chunks_exact(2) {
            let hash = self.native_hash(&pair[0]).map_err(|exit| self.unhashable_key(exit, &pair[0]))?;
            if hash.is_none_or(|hash| dict.set(pair[0].clone(), hash, pair[1].clone()).is_err()) {
                let result = self.tail_prelude("build_map", vec![Value::list(items)]);
                return self.complete(result, To::register(dst));
            }
        }
        self.set_register(dst, Value::object(dict));
        Ok(())
    }

    /// `SetAdd`
    pub(super) fn set_add(&mut self, set: Value, member: Value) -> Result<(), Value> {
        let hash = self.native_hash(&member).map_err(|exit| self.unhashable_member(exit, &member))?;
        if let (Some(hash), Some(table)) = (hash, set.get::<Set>()) {
            let outcome = table.table.borrow_mut().add(member.clone(), hash);
            if !matches!(outcome, crate::object::dict::Lookup::NeedsPython) {
                return Ok(());
            }
        }
        self.call_method(set, "add", vec![member], To::DISCARD)
    }

    /// `MapAdd`
    pub(super) fn map_add(&mut self, dict: Value, key: Value, value: Value) -> Result<(), Value> {
        let hash = self.native_hash(&key).map_err(|exit| self.unhashable_key(exit, &key))?;
        if let (Some(hash), Some(table)) = (hash, dict.get::<Dict>())
            && table.set(key.clone(), hash, value.clone()).is_ok()
        {
            return Ok(());
        }
        self.call_method(dict, "__setitem__", vec![key, value], To::DISCARD)
    }

    /// `ListExtend`
    pub(super) fn list_extend(&mut self, list: Value, iterable: Value) -> Result<(), Value> {
        match self.native_items(&iterable) {
            Ok(Some(items)) => {
                if let Some(list) = list.get::<List>() {
                    list.borrow_mut().extend(items);
                }
                Ok(())
            }
            Ok(None) => {
                if let Err(exit) = self.require_iterable(&iterable) {
                    if self.says_no_iteration(&iterable) {
                        return Err(self.exception_of(exit));
                    }
                    let got = self.type_name(&iterable);
                    let message = match self.call_ahead() {
                        Some(callee) => {
                            format!("{} argument after * must be an iterable, not {got}", self.callee_name(&callee))
                        }
                        None => format!("Value after * must be an iterable, not {got}"),
                    };
                    return Err(self.exception_of(self.type_error(message)));
                }
                if Vm::drives(&iterable) {
                    return self.start_fold(iterable, Fold::Extend, list, To::DISCARD);
                }
                let result = self.tail_prelude("list_fill", vec![list, iterable]);
                self.complete(result, To::DISCARD)
            }
            Err(exit) => self.exit(exit, To::DISCARD),
        }
    }

    /// What the instructions ahead call with the list that is being filled, for messages.
    fn call_ahead(&self) -> Option<Value> {
        let code = self.running_code();
        let from = code.index_of(self.pc);
        let Op::ListExtend { list, .. } = self.current_op() else { return None };
        if self.register(list).get::<List>().is_some_and(|list| !list.borrow().is_empty()) {
            return None;
        }
        for op in code.code.ops.get(from..)?.iter().take(64) {
            match op {
                Op::CallEx { window, .. } if window.plus(1) == list => return Some(self.register(*window)),
                // It is not the only one.
                Op::ListExtend { list: other, .. } | Op::ListAppend { list: other, .. } if *other == list => {
                    return None;
                }
                _ => {}
            }
        }
        None
    }

    /// `DictUpdate`
    pub(super) fn dict_update(&mut self, dict: Value, mapping: Value) -> Result<(), Value> {
        let has_keys =
            mapping.is_kind(Kind::Dict) || self.class_of(&mapping).lookup(&crate::object::intern(b"keys")).is_some();
        if !has_keys {
            let message = format!("'{}' object is not a mapping", self.type_name(&mapping));
            return Err(self.exception_of(self.type_error(message)));
        }
        self.call_method(dict, "update", vec![mapping], To::DISCARD)
    }

    /// `DictMerge`
    pub(super) fn dict_merge(&mut self, dict: Value, mapping: Value, callee: Value) -> Result<(), Value> {
        if let (Some(into), Some(from)) = (dict.get::<Dict>(), mapping.get::<Dict>()) {
            let items = from.items();
            let simple = items.iter().all(|(key, _)| key.is_kind(Kind::Str));
            if simple {
                for (key, value) in items {
                    let Some(name) = key.get::<Str>() else { continue };
                    if into.get_str(&name).is_some() {
                        let (callee, name) = (self.callee_name(&callee), name.to_string_lossy().into_owned());
                        let message = format!("{callee} got multiple values for keyword argument '{name}'");
                        return Err(self.exception_of(self.type_error(message)));
                    }
                    into.set_str(&name, value);
                }
                return Ok(());
            }
        }
        let name = Value::str(self.callee_name(&callee));
        let result = self.tail_prelude("merge_keywords", vec![dict, mapping, name]);
        self.complete(result, To::DISCARD)
    }

    /// What messages about a call name: `module.qualname()`.
    fn callee_name(&mut self, callee: &Value) -> String {
        let (name, module) = match callee.kind() {
            Some(Kind::Function) => match callee.get::<Function>() {
                Some(function) => (function.qualname.get(), function.module.get()),
                None => (Value::NONE, Value::NONE),
            },
            Some(Kind::Native) => match callee.get::<crate::object::NativeFunction>() {
                Some(native) => (native.name.value(), native.module.get()),
                None => (Value::NONE, Value::NONE),
            },
            Some(Kind::Type) => match callee.get::<Type>() {
                Some(class) => (class.qualname.get(), class.lookup(&self.names.module).unwrap_or(Value::NONE)),
                None => (Value::NONE, Value::NONE),
            },
            Some(Kind::StaticMethod) => match callee.get::<crate::object::descriptor::StaticMethod>() {
                Some(method) => return self.callee_name(&method.function.clone()),
                None => (Value::NONE, Value::NONE),
            },
            Some(Kind::Method) => match callee.get::<crate::object::Method>() {
                Some(method) => return self.callee_name(&method.function.clone()),
                None => (Value::NONE, Value::NONE),
            },
            _ => return format!("{} object", self.type_name(callee)),
        };
        let text = |value: &Value| value.get::<Str>().map(|s| s.to_string_lossy().into_owned());
        let name = text(&name).unwrap_or_else(|| "?".to_owned());
        match text(&module) {
            Some(module) if module != "builtins" => format!("{module}.{name}()"),
            _ => format!("{name}()"),
        }
    }

    /// `FormatValue`
    pub(super) fn format_field(&mut self, value: Value, spec: Value, flags: Flags, dst: Reg) -> Result<(), Value> {
        let conversion = match flags.0 & 0x30 {
            0x10 => Some(b's'),
            0x20 => Some(b'r'),
            0x30 => Some(b'a'),
            _ => None,
        };
        if spec.is_undef() && conversion.is_none() && value.is_kind(Kind::Str) {
            self.set_register(dst, value);
            return Ok(());
        }
        if spec.is_undef()
            && conversion.is_none()
            && let Some(i) = value.as_small()
        {
            self.set_register(dst, Value::object(Ref::<Str>::decimal(i)));
            return Ok(());
        }
        let text = spec.native::<Str>().map_or_else(Vec::new, |spec| spec.as_bytes().to_vec());
        let result = (self.hooks.format_value)(self, &value, conversion, &text);
        self.complete(result, To::register(dst))
    }

    fn unhashable_member(&self, exit: Exit, member: &Value) -> Value {
        let exception = self.exception_of(exit);
        if self.is_instance(&exception, &self.types.type_error) {
            let (name, why) = (self.type_name(member), first_text(&exception));
            let message = format!("cannot use '{name}' as a set element ({why})");
            return self.exception_of(self.type_error(message));
        }
        exception
    }

    /// `TypeError` for a key without hash, worded for dicts.
    pub fn unhashable_key(&self, exit: Exit, key: &Value) -> Value {
        let exception = self.exception_of(exit);
        if self.is_instance(&exception, &self.types.type_error) {
            let (name, why) = (self.type_name(key), first_text(&exception));
            let message = format!("cannot use '{name}' as a dict key ({why})");
            return self.exception_of(self.type_error(message));
        }
        exception
    }
}

/// The text an exception was made with.
fn first_text(exception: &Value) -> String {
    let text = exception.get::<crate::object::Exception>().and_then(|exception| exception.arg(0));
    text.as_ref()
        .and_then(|text| text.get::<Str>())
        .map_or_else(String::new, |text| text.to_string_lossy().into_owned())
}
