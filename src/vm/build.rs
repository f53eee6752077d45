//! What displays, comprehensions, calls with stars and f-strings put together.

use super::frame::To;
use super::{Exit, Fold, Vm};
use crate::bytecode::{Flags, Op, Reg};
use crate::object::{Dict, Kind, List, Ref, Set, Str, Value};

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
            if hash.is_none_or(|hash| dict.set(&pair[0], hash, pair[1].clone()).is_err()) {
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
            && table.set(&key, hash, value.clone()).is_ok()
        {
            return Ok(());
        }
        self.call_method(dict, "__setitem__", vec![key, value], To::DISCARD)
    }

    /// `ListExtend`
    pub(super) fn list_extend(&mut self, list: Value, iterable: Value) -> Result<(), Value> {
        match self.sized_items(&iterable) {
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
                    if let Some(callee) = self.call_ahead() {
                        let result = self.tail_prelude("star_misfit", vec![callee, iterable]);
                        return self.complete(result, To::DISCARD);
                    }
                    let message = format!("Value after * must be an iterable, not {}", self.type_name(&iterable));
                    return Err(self.exception_of(self.type_error(message)));
                }
                let calls = self.call_ahead().is_some();
                if self.drives_unasked(&iterable) || (calls && Vm::drives(&iterable)) {
                    return self.start_fold(iterable, Fold::Extend, [list, Value::UNDEF], To::DISCARD);
                }
                let fill = if calls { "tuple_fill" } else { "list_fill" };
                let result = self.tail_prelude(fill, vec![list, iterable]);
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
        for op in code.code.ops.get(..from.saturating_sub(1))?.iter().rev().take(64) {
            match op {
                Op::BuildList { dst, .. } if *dst == list => break,
                // Nothing came of what stands before it.
                Op::ListExtend { list: other, .. } | Op::ListAppend { list: other, .. } if *other == list => {
                    return None;
                }
                _ => {}
            }
        }
        for op in code.code.ops.get(from..)?.iter().take(64) {
            match op {
                Op::CallEx { window, .. } if window.plus(1) == list => return Some(self.register(*window)),
                // It is not the only one.
                Op::ListExtend { list: other, .. } | Op::ListAppend { list: other, .. } if *other == list => {
                    return None;
                }
                // The register holds what the call ahead is given, which is another list.
                Op::BuildList { dst, .. } if *dst == list => return None,
                _ => {}
            }
        }
        None
    }

    /// `DictUpdate`
    pub(super) fn dict_update(&mut self, dict: Value, mapping: Value) -> Result<(), Value> {
        if mapping.is_kind(Kind::Dict) {
            return self.call_method(dict, "update", vec![mapping], To::DISCARD);
        }
        let result = self.tail_prelude("merge_mapping", vec![dict, mapping]);
        self.complete(result, To::DISCARD)
    }

    /// `DictMerge`
    pub(super) fn dict_merge(&mut self, dict: Value, mapping: Value, callee: Value) -> Result<(), Value> {
        if let (Some(into), Some(from)) = (dict.get::<Dict>(), mapping.get::<Dict>()) {
            let items = from.items();
            let is_new = |key: &Value| key.get::<Str>().is_some_and(|name| into.get_str(&name).is_none());
            if items.iter().all(|(key, _)| is_new(key)) {
                for (key, value) in items {
                    if let Some(name) = key.get::<Str>() {
                        into.set_str(&name, value);
                    }
                }
                return Ok(());
            }
        }
        let result = self.tail_prelude("merge_keywords", vec![dict, mapping, callee]);
        self.complete(result, To::DISCARD)
    }

    /// `FormatValue`
    pub(super) fn format_field(&mut self, value: Value, spec: Value, flags: Flags, dst: Reg) -> Result<(), Value> {
        let conversion = match flags.0 & 0x30 {
            0x10 => Some(b's'),
            0x20 => Some(b'r'),
            0x30 => Some(b'a'),
            _ => None,
        };
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
