//! Frame objects: what programs see of a body (`sys._getframe`, `gi_frame`, `tb_frame`).
//!
//! A view is made when somebody asks for one, and there is one for each body. A plain body keeps its own in the slot below
//! its registers, where its callee stood: the next call writes its callee there, so no later body can be taken for an
//! earlier one. A generator keeps the view of its frame; the view knows the generator as long as that is not over.
//!
//! A view has no variables of its own while its body is there: it reads and writes registers. When the body ends, it leaves
//! its variables to whoever still holds the view ([`Vm::returns_watched`]) or, with an exception, to the traceback.

use super::Vm;
use super::bodies::Body;
use crate::bytecode::{CodeKind, NOT_BEGUN, Op, Reg};
use crate::object::function::Cell as Variable;
use crate::object::generator::VIEW;
use crate::object::{
    Dict, Foreign, Function, Generator, GeneratorState, NativeObject, Object, Ref, Slot, Str, Traceback, Tuple, Value,
};
use std::cell::{Cell, RefCell};

/// How many references to a view there are when nobody else has it: the ending body's, and the one at hand.
const BODY_AND_HERE: u32 = 2;

/// What a frame object shows.
pub enum Shown {
    /// A plain body: it is running as long as its slot holds the view.
    Plain,
    /// The frame of a generator: null when that is over or gone, which it says itself ([`NativeObject::outlive`]).
    Generator(Cell<*mut Object<Generator>>),
}

/// A frame object.
pub struct View {
    /// `f_trace` and what belongs to it.
    pub tracing: Tracing,
    /// Whose body it is.
    pub function: Ref<Function>,
    /// What it shows.
    pub shown: Shown,
    /// The instruction the body was at when it ended.
    index: Cell<usize>,
    /// What its variables held then.
    locals: RefCell<Vec<Value>>,
    /// Names that the program added to `f_locals`: a dict, if there are any.
    extra: Slot,
    /// The view of the caller of a body that has ended.
    back: Slot,
    /// Were the variables of the ended body given up?
    cleared: Cell<bool>,
}

/// What a program says about how a frame is to be traced.
pub struct Tracing {
    /// `f_trace`
    pub function: Slot,
    /// `f_trace_lines`
    pub lines: Cell<bool>,
    /// The mark of a line that the body was at last.
    pub last: Cell<Option<usize>>,
    /// It is to be seen at its definition.
    pub begins: Cell<bool>,
}

impl Default for Tracing {
    fn default() -> Tracing {
        Tracing {
            function: Slot::new(Value::NONE),
            lines: Cell::new(true),
            last: Cell::new(None),
            begins: Cell::new(false),
        }
    }
}

impl NativeObject for View {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.function.show(see);
        self.back.visit(see);
        self.locals.borrow().iter().for_each(&mut *see);
        self.extra.visit(see);
        self.tracing.function.visit(see);
    }
    fn clear(&self) {
        self.tracing.function.set(Value::NONE);
        // From the first to the last, as CPython's collector takes a frame apart.
        drop(self.locals.take());
        self.extra.set(Value::UNDEF);
        self.back.set(Value::NONE);
    }
    fn outlive(&self, index: usize, locals: Vec<Value>) {
        if let Shown::Generator(generator) = &self.shown {
            generator.set(std::ptr::null_mut());
        }
        self.index.set(index);
        drop(self.locals.replace(locals));
    }
}

impl Drop for View {
    fn drop(&mut self) {
        self.drop_locals();
    }
}

impl View {
    /// From the last to the first, as in any frame that is left.
    fn drop_locals(&self) {
        let mut locals = self.locals.take();
        while let Some(local) = locals.pop() {
            drop(local);
        }
    }

    fn of(function: Ref<Function>, shown: Shown, index: usize, locals: Vec<Value>) -> View {
        View {
            tracing: Tracing::default(),
            function,
            shown,
            index: Cell::new(index),
            locals: RefCell::new(locals),
            extra: Slot::default(),
            back: Slot::new(Value::NONE),
            cleared: Cell::new(false),
        }
    }

    /// The generator whose frame it is, if it is one's.
    pub fn generator(&self) -> Option<Ref<Generator>> {
        match &self.shown {
            Shown::Plain => None,
            Shown::Generator(generator) => {
                Ref::<Generator>::view(generator.get()).map(|generator| (*generator).clone())
            }
        }
    }

    /// As [`View::generator`], if that has not ended.
    fn living_generator(&self) -> Option<Ref<Generator>> {
        self.generator().filter(|generator| generator.state() != GeneratorState::Closed)
    }

    /// The view of the caller of a body that has ended.
    pub fn back(&self) -> Value {
        self.back.get()
    }

    /// Its body, if that runs: its place among the bodies, and the body.
    pub fn running(&self, vm: &Vm) -> Option<(usize, Body)> {
        let generator = self.generator();
        vm.bodies().enumerate().find(|(_, body)| match (&self.shown, &generator) {
            (Shown::Plain, _) => {
                body.slot().is_some_and(|slot| slot.foreign::<View>().is_some_and(|view| std::ptr::eq(view, self)))
            }
            (_, Some(generator)) => body.base == generator.registers(),
            _ => false,
        })
    }

    /// The instruction it is at.
    pub fn index(&self, vm: &Vm) -> usize {
        if let Some((_, body)) = self.running(vm) {
            return body.index;
        }
        match self.living_generator() {
            Some(generator) => {
                let at = self.function.code().index_of(generator.pc.get());
                let behind = generator.state() != GeneratorState::Created && generator.delegate().is_none();
                at.saturating_sub(behind as usize)
            }
            None => self.index.get(),
        }
    }

    /// The line it is at; `None` if that is nowhere.
    pub fn line(&self, vm: &Vm) -> Option<u32> {
        let code = &self.function.code().code;
        if self.tracing.begins.get() {
            // That of a module is no line.
            let nowhere = matches!(code.kind, CodeKind::Module | CodeKind::Namespace);
            return Some(if nowhere { 0 } else { code.first_line });
        }
        match self.generator() {
            Some(generator) if generator.state() == GeneratorState::Created => Some(code.first_line),
            _ => match self.index(vm) {
                NOT_BEGUN => Some(code.first_line),
                index => code.line(index),
            },
        }
    }

    /// The first of its registers, if they are there.
    fn registers(&self, vm: &Vm) -> Option<*mut Value> {
        match &self.shown {
            Shown::Generator(_) => self.living_generator().map(|generator| generator.registers()),
            Shown::Plain => self.running(vm).map(|(_, body)| body.base),
        }
    }

    /// What its locals hold.
    pub fn locals(&self, vm: &Vm) -> Vec<Value> {
        match self.registers(vm) {
            // SAFETY: the registers of a body that is there.
            Some(base) => unsafe { vm.locals_at(&self.function, base) },
            None => self.locals.borrow().clone(),
        }
    }

    /// Its variables by name, those that the program added last.
    pub fn variables(&self, vm: &Vm) -> Ref<Dict> {
        if self.cleared.get() {
            return Dict::empty();
        }
        let (locals, index) = (self.locals(vm), self.index(vm));
        let dict = match self.function.code().code.kind {
            CodeKind::Function => vm.variables(&self.function, &locals, index),
            _ => dict_of(Vm::comprehension_variables(&self.function, &locals, index)),
        };
        if let Some(extra) = self.extra.get().get::<Dict>() {
            for (name, value) in extra.items() {
                if let Ok(Some(hash)) = vm.native_hash(&name) {
                    // A name that cannot be compared without Python code was not accepted.
                    let _ = dict.set(&name, hash, value);
                }
            }
        }
        dict
    }

    /// Does its body, one whose other variables are in a dict, stand in a comprehension, which has variables of its own?
    pub fn is_in_comprehension(&self, vm: &Vm) -> bool {
        let has_own = || !Vm::comprehension_variables(&self.function, &self.locals(vm), self.index(vm)).is_empty();
        self.function.code().code.kind != CodeKind::Function && has_own()
    }

    /// The dict of the names that the program added, made now if there is none.
    pub fn extra(&self) -> Value {
        if self.extra.is_undef() {
            self.extra.set(Dict::empty().into_value());
        }
        self.extra.get()
    }

    /// Set the variable `name`; `false` if the body has none of this name.
    pub fn set_variable(&self, vm: &Vm, name: &str, value: Value) -> bool {
        let code = self.function.code();
        if let Some(index) = code.code.free.iter().position(|known| &**known == name) {
            if let Some(cell) = self.function.closure.get(index) {
                cell.content.set(value);
            }
            return true;
        }
        let Some(index) = code.code.local(name) else { return false };
        let shared = code.code.cells.contains(&Reg(index as u16));
        match self.registers(vm) {
            // SAFETY: as in `locals`.
            Some(base) => unsafe { vm.set_local_at(&self.function, base, index, shared, value) },
            None => {
                let mut locals = self.locals.borrow_mut();
                let Some(slot) = locals.get_mut(index) else { return true };
                match slot.get::<Variable>().filter(|_| shared) {
                    Some(cell) => cell.content.set(value),
                    None => *slot = value,
                }
            }
        }
        true
    }

    /// Has the body a variable of this name?
    pub fn has_variable(&self, name: &str) -> bool {
        let code = &self.function.code().code;
        code.free.iter().any(|known| &**known == name) || code.local(name).is_some()
    }

    /// A trace function is about to look at it, as it was a moment ago: called by the body of the view `back`, or not begun yet,
    /// if that is its own. `None`: that is over.
    pub fn is_seen(&self, me: &Value, back: Value) {
        self.tracing.begins.set(back.is(me));
        if !back.is(me) && (!back.is_none() || self.generator().is_some()) {
            self.back.set(back);
        }
    }

    /// Forget what the variables of a body that has ended held.
    pub fn forget(&self) {
        self.cleared.set(true);
        self.drop_locals();
        self.extra.set(Value::UNDEF);
    }

    /// A body whose variables are in a dict has ended at instruction `index`.
    pub(super) fn ended_at(&self, index: usize, back: Value) {
        self.back.set(back);
        self.index.set(index);
    }

    /// The body has ended at instruction `index`, its variables holding this.
    pub(super) fn keep(&self, index: usize, locals: Vec<Value>, back: Value) {
        if let Some(generator) = self.generator() {
            generator.set_detail(VIEW, Value::NONE);
        }
        self.back.set(back);
        self.outlive(index, locals);
    }
}

impl Vm {
    fn make_view(&self, view: View) -> Value {
        Foreign::value(&self.types.frame, view)
    }

    /// The view of a body that runs.
    pub fn view_of_body(&mut self, body: &Body) -> Value {
        if let Some(known) = body.view() {
            return known;
        }
        if let Some(generator) = body.generator() {
            return self.view_of_generator(&generator);
        }
        let code = body.function.code();
        let (index, locals) = match code.code.kind {
            CodeKind::Function => (body.index, Vec::new()),
            // Nobody watches the ends of these. They end behind their last statement, and their variables are in a dict.
            // SAFETY: the registers of a body that is there.
            _ => (code.code.ops.len().saturating_sub(1), unsafe { self.locals_at(&body.function, body.base) }),
        };
        let made = self.make_view(View::of(body.function.clone(), Shown::Plain, index, locals));
        body.put_in_slot(made.clone());
        if body.function.code().code.kind == CodeKind::Function {
            self.viewed_bodies += 1;
            self.watch_returns();
        }
        made
    }

    /// The view of a generator's frame; `None` when that is over.
    pub fn view_of_generator(&mut self, generator: &Ref<Generator>) -> Value {
        let shows = generator.state() != GeneratorState::Closed && generator.disguise().is_none();
        let Some(function) = generator.function().filter(|_| shows).cloned() else { return Value::NONE };
        if let Some(known) = generator.view_of_frame() {
            return known;
        }
        let shown = Shown::Generator(Cell::new(generator.as_ptr()));
        let made = self.make_view(View::of(function, shown, 0, Vec::new()));
        generator.set_detail(VIEW, made.clone());
        made
    }

    /// A body has ended at instruction `index`, its variables holding this: they are left to its view, if anybody else
    /// has that.
    pub(super) fn leave_to_view(&mut self, view: &Value, index: usize, locals: Vec<Value>, back: Value) {
        if let Some(shown) = view.foreign::<View>() {
            shown.keep(index, locals, back);
        }
    }

    /// The running body is about to return `value`: it leaves its variables to its view, if somebody has that.
    pub(super) fn leave_to_view_of_running(&mut self, value: &Value) {
        let code = self.running_code();
        let index = code.index_of(self.pc).saturating_sub(1);
        if let Some(view) = self.ending_view()
            && view.header().is_some_and(|header| header.count() > BODY_AND_HERE)
        {
            let back = self.waiting_view();
            let mut locals = self.take_locals(&code);
            if let Some(Op::Return { src, .. }) = code.code.ops.get(index)
                && let Some(returned) = locals.get_mut(src.index())
            {
                *returned = value.clone();
            }
            self.leave_to_view(&view, index, locals, back);
        }
    }

    /// The exceptions that a suspended generator is handling refer to its frame by their tracebacks, as in CPython: gone as it
    /// stands, it leaves to the frame what it held, those exceptions too, and only the collector finds that.
    pub fn handled_refer_to_frame(&mut self, generator: &Ref<Generator>) {
        for place in generator.places_handled() {
            place.locals.set(self.view_of_generator(generator));
        }
    }

    /// The view of the body that a traceback's entry is about.
    pub fn view_of_traceback(&mut self, entry: &Ref<Traceback>) -> Value {
        let kept = entry.locals.get();
        if kept.foreign::<View>().is_some() {
            return kept;
        }
        let locals = kept.get::<Tuple>().map(|locals| locals.items().to_vec());
        if locals.is_none() {
            // It has not ended that way: it is still there, or has returned since.
            let there = self.bodies().find(|body| {
                body.function.is(&entry.function)
                    && (body.level == entry.level as usize || body.function.code().suspends)
            });
            if let Some(body) = there {
                return self.view_of_body(&body);
            }
        }
        let (function, index) = (entry.function.clone(), entry.left_at.get() as usize);
        let made = self.make_view(View::of(function, Shown::Plain, index, locals.unwrap_or_default()));
        entry.locals.set(made.clone());
        made
    }

    /// The view of the running body, which is about to end, if it has one.
    pub(super) fn ending_view(&mut self) -> Option<Value> {
        let body = self.bodies().next()?;
        let view = body.view()?;
        let code = body.function.code();
        if !code.suspends && code.code.kind == CodeKind::Function {
            self.viewed_bodies = self.viewed_bodies.saturating_sub(1);
            self.watch_returns();
        }
        Some(view)
    }

    /// The view of the body that waits for the running one, which is about to end.
    pub(super) fn waiting_view(&mut self) -> Value {
        let waiting = self.bodies().skip(1).find(|body| !body.function.code().hidden);
        waiting.map_or(Value::NONE, |body| self.view_of_body(&body))
    }

    /// Is there nobody who has a view of a body that runs, or wants to know where coroutines are made?
    #[inline]
    pub(super) fn only_the_observer_watches(&self) -> bool {
        self.viewed_bodies == 0 && self.origin_depth == 0
    }

    /// Say whether somebody wants to know of each return.
    pub(super) fn watch_returns(&mut self) {
        self.returns_watched = self.observer.is_some() || !self.only_the_observer_watches();
    }
}

/// The variables of comprehensions as a dict.
pub fn dict_of(variables: Vec<(Ref<Str>, Value)>) -> Ref<Dict> {
    let dict = Dict::empty();
    for (name, value) in variables {
        dict.set_str(&name, value);
    }
    dict
}

/// The text of a name, if it is one.
pub fn name_of(name: &Value) -> Option<String> {
    name.native::<Str>().map(|name| name.to_string_lossy().into_owned())
}
