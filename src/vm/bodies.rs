//! What is running, seen from the side: the bodies on the control stack, from the inside out.
//!
//! A generator that delegates directly has no record of its own there; it is found through its delegate.

use super::Vm;
use super::resume::view;
use super::view::View;
use crate::bytecode::{Op, Reg, Stretch};
use crate::object::function::Cell;
use crate::object::{Dict, Function, Generator, Object, Ref, Str, Value, intern};
use std::mem::ManuallyDrop;

/// A body that runs, or waits for one further in.
pub struct Body {
    /// Its function.
    pub function: Ref<Function>,
    /// Its registers, valid until control returns to it or to one further out.
    pub base: *mut Value,
    /// Number of the instruction it is at.
    pub index: usize,
    /// How many records of the control stack lie below it.
    pub level: usize,
}

impl Body {
    /// The generator whose frame it is.
    pub fn generator(&self) -> Option<Ref<Generator>> {
        if !self.function.code().suspends {
            return None;
        }
        // SAFETY: the registers of such a body trail its generator, which is alive while it is on the control stack.
        let generator = view(unsafe { Ref::of_registers(self.base) });
        Some((*generator).clone())
    }

    /// What stands in the slot below the registers of a plain body: its callee or, once there is one, its view.
    pub(super) fn slot(&self) -> Option<Value> {
        // SAFETY: a plain call has its callee, or what took its place, in the slot below its registers.
        (!self.function.code().suspends).then(|| unsafe { (*self.base.sub(1)).clone() })
    }

    /// Its frame object, if one has been asked for.
    pub fn view(&self) -> Option<Value> {
        match self.generator() {
            Some(generator) => generator.view_of_frame(),
            None => self.slot().filter(|slot| slot.foreign::<View>().is_some()),
        }
    }

    /// Let a view, which keeps the callee alive, take its place in the slot of a plain body.
    pub(super) fn put_in_slot(&self, view: Value) {
        // SAFETY: as in `slot`; the callee is kept alive by the view, until the body ends and drops that.
        drop(unsafe { self.base.sub(1).replace(view) });
    }
}

/// See [`Vm::bodies`].
pub struct Bodies<'a> {
    vm: &'a Vm,
    next: Option<(*const Object<Function>, *mut Value, *const Op)>,
    level: usize,
    /// The next one waits at a delegation: its pc is at that, not behind it.
    delegates: bool,
}

/// A body as long as nothing runs: its function is held by the control stack alone.
pub(super) struct Standing {
    pub(super) function: ManuallyDrop<Ref<Function>>,
    pub(super) base: *mut Value,
    pub(super) index: usize,
    pub(super) level: usize,
}

impl Iterator for Bodies<'_> {
    type Item = Body;

    fn next(&mut self) -> Option<Body> {
        let Standing { function, base, index, level } = self.step()?;
        Some(Body { function: (*function).clone(), base, index, level })
    }
}

impl Bodies<'_> {
    /// The next one, to be looked at only.
    pub(super) fn step(&mut self) -> Option<Standing> {
        loop {
            let (function, base, pc) = self.next?;
            let (level, delegates) = (self.level, std::mem::take(&mut self.delegates));
            if function.is_null() {
                self.step_out();
                continue;
            }
            // SAFETY: functions on the control stack are kept alive by their frames; the view is not dropped.
            let function = ManuallyDrop::new(unsafe { Ref::from_ptr(function.cast_mut()) });
            let code = function.code();
            let index = code.index_of(pc).saturating_sub(!delegates as usize);
            let delegator = if code.suspends && level > 0 {
                // SAFETY: the registers of such a body trail its generator, which is alive while it is on the control stack.
                let generator = view(unsafe { Ref::of_registers(base) });
                let direct = self.vm.frames[level - 1].generator != generator.as_ptr();
                Ref::<Generator>::view(generator.parent.get()).filter(|_| direct)
            } else {
                None
            };
            match delegator {
                Some(delegator) => {
                    let function = delegator.function().map_or(std::ptr::null(), |function| function.as_ptr());
                    self.next = Some((function, delegator.registers(), delegator.pc.get()));
                    self.delegates = true;
                }
                None => self.step_out(),
            }
            return Some(Standing { function, base, index, level });
        }
    }

    fn step_out(&mut self) {
        self.next = self.level.checked_sub(1).map(|below| {
            let record = &self.vm.frames[below];
            self.level = below;
            (record.function, record.base, record.pc)
        });
    }
}

impl Vm {
    /// What is running, from the inside out, hidden bodies included.
    pub fn bodies(&self) -> Bodies<'_> {
        let next = Some((self.function, self.base, self.pc));
        Bodies { vm: self, next, level: self.frames.len(), delegates: false }
    }

    /// Where each body stands that is not hidden, from the inside out, as data: file, line, name, and what it is a method of
    /// (its first variable, if that is called `self`).
    pub(super) fn stand(&self) -> Value {
        let place = |body: Body| {
            let code = &body.function.code().code;
            let is_method = code.locals.first().is_some_and(|name| &**name == "self");
            // SAFETY: the registers of a body that is there.
            let locals = unsafe { self.locals_at(&body.function, body.base) };
            let me = locals.into_iter().next().filter(|me| is_method && !me.is_undef()).unwrap_or(Value::NONE);
            let me = me.get::<Cell>().map_or(me.clone(), |cell| cell.content.get());
            let (file, line) = (Value::str(code.source.name()), i64::from(code.place(body.index).line));
            Value::tuple(vec![file, Value::small(line), Value::str(&*code.qualname), me])
        };
        Value::list(self.bodies().filter(|body| !body.function.code().hidden).map(place).collect())
    }

    /// The `depth`-th body from the inside that is not hidden.
    pub fn visible_body(&self, depth: usize) -> Option<Body> {
        self.bodies().filter(|body| !body.function.code().hidden).nth(depth)
    }

    /// The variables of the comprehensions that a function is in when it is at instruction `at`, in the order in which their
    /// names first appear in its comprehensions.
    pub fn comprehension_variables(function: &Ref<Function>, locals: &[Value], at: usize) -> Vec<(Ref<Str>, Value)> {
        let code = &function.code().code;
        let here = |stretch: &&Stretch| (stretch.start as usize..stretch.end as usize).contains(&at);
        let mut here: Vec<_> = code.comprehensions.iter().rev().filter(here).collect();
        if here.len() > 1 {
            let rank = |reg: Reg| code.variables().position(|name| code.variable(reg) == Some(name));
            here.sort_by_cached_key(|stretch| rank(stretch.reg));
        }
        here.into_iter()
            .filter_map(|stretch| {
                let value = locals.get(stretch.reg.index())?;
                let value = match value.get::<Cell>().filter(|_| code.cells.contains(&stretch.reg)) {
                    Some(cell) => cell.content.get(),
                    None => value.clone(),
                };
                (!value.is_undef()).then_some((intern(code.variable(stretch.reg)?.as_bytes()), value))
            })
            .collect()
    }

    /// The variables of a function that is at instruction `at` and whose locals are `locals`, as a dict; cells are looked
    /// into.
    pub fn variables(&self, function: &Ref<Function>, locals: &[Value], at: usize) -> Ref<Dict> {
        let code = function.code();
        let dict = Dict::empty();
        let set = |name: &str, value: Value| {
            if !value.is_undef() && (!name.starts_with('.') || name == ".0") {
                let name: Ref<Str> = intern(name.as_bytes());
                dict.set_str(&name, value);
            }
        };
        // In CPython's order: what closures share comes last, by name, unless it is a parameter. A variable of a comprehension
        // hides one of the same name.
        let parameters = code.code.parameters.count();
        let is_shared = |index: usize| code.code.cells.contains(&Reg(index as u16));
        let mut shared: Vec<usize> =
            (parameters..code.code.locals.len().min(locals.len())).filter(|index| is_shared(*index)).collect();
        shared.sort_by_key(|index| &code.code.locals[*index]);
        let set_local = |index: usize| {
            let (Some(name), Some(value)) = (code.code.locals.get(index), locals.get(index)) else { return };
            match value.get::<Cell>().filter(|_| is_shared(index)) {
                Some(cell) => set(name, cell.content.get()),
                None => set(name, value.clone()),
            }
        };
        let of_comprehensions = Vm::comprehension_variables(function, locals, at);
        for reg in &code.code.variables {
            let name = code.code.variable(*reg);
            match of_comprehensions
                .iter()
                .find(|(inner, _)| name.is_some_and(|name| inner.as_bytes() == name.as_bytes()))
            {
                Some((name, value)) => dict.set_str(name, value.clone()),
                // One that closures share has a register of its own.
                None => set_local(code.code.locals.iter().position(|own| Some(&**own) == name).unwrap_or(reg.index())),
            }
        }
        shared.into_iter().for_each(set_local);
        for (name, cell) in code.code.free.iter().zip(function.closure.iter()) {
            set(name, cell.content.get());
        }
        // What is shared may have the name of a variable of a comprehension, too, which hides it.
        of_comprehensions.iter().for_each(|(name, value)| dict.set_str(name, value.clone()));
        dict
    }

    /// Copies of the locals of a body whose registers begin at `base`.
    ///
    /// # Safety
    /// `base` is the register base of a body of this function that runs, waits or is suspended.
    pub unsafe fn locals_at(&self, function: &Ref<Function>, base: *mut Value) -> Vec<Value> {
        // SAFETY: a frame has a register for each local, always a valid value.
        (0..function.code().locals as usize).map(|index| unsafe { (*base.add(index)).clone() }).collect()
    }

    /// Set a local of such a body; one that is `shared` with closures lies in a cell.
    ///
    /// # Safety
    /// As for [`Vm::locals_at`].
    pub(super) unsafe fn set_local_at(
        &self,
        function: &Ref<Function>,
        base: *mut Value,
        index: usize,
        shared: bool,
        value: Value,
    ) {
        if index >= function.code().locals as usize {
            return;
        }
        // SAFETY: as in `locals_at`.
        let held = unsafe { (*base.add(index)).clone() };
        match held.get::<Cell>().filter(|_| shared) {
            Some(cell) => cell.content.set(value),
            // SAFETY: as above.
            None => drop(unsafe { base.add(index).replace(value) }),
        }
    }
}
