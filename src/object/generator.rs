//! Generators, coroutines, async generators: a frame that can be suspended is an object that owns its registers.
//!
//! Resuming points the run loop at [`Generator::pc`] and at the registers that trail the object; nothing is copied.
//!
//! **Delegation.** While a generator delegates to another one directly, [`Generator::leaf`] of the outermost points to the
//! innermost and each delegate's [`Generator::parent`] points to its delegator. A `leaf` may be out of date (a delegate
//! ended or was resumed from the side): it is checked and repaired when it is used, in `vm::resume`. A delegate is kept
//! alive by a register of its delegator; a running generator by a register of its resumer. Below the outermost, where
//! nobody keeps `leaf` up to date, it is null; a delegator that leaves its delegation, or is freed, takes the `parent` of its
//! delegate back. So neither address outlives what it is the address of, and a generator that is its own `leaf` may be
//! resumed without asking who delegates to it: nobody relies on where it stands.

use super::class::Type;
use super::exception::{Exception, Traceback};
use super::foreign::Foreign;
use super::function::{CodeObject, Function, HAS_MADE};
use super::heap::{HeapKind, Object, Ref};
use super::identity::Number;
use super::kind::{Kind, visit_trailing};
use super::slot::Slot;
use super::tuple::Tuple;
use super::value::Value;
use crate::bytecode::{Op, Reg};
use std::alloc::Layout;
use std::cell::{Cell, UnsafeCell};
use std::ptr::NonNull;

/// Where a generator stands. Kept in `header.state`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum GeneratorState {
    /// Never resumed; its arguments are in its registers.
    Created = 0,
    /// At a `yield`; `pc` is the instruction after it (at a delegation: the delegation itself).
    Suspended = 1,
    /// On the control stack, or delegating to one that is.
    Running = 2,
    /// Returned, raised or closed: it has no registers in use.
    Closed = 3,
}

/// `header.flags`: a coroutine whose loss before its first step is worth a warning has been stepped or closed.
pub const AWAITED: u8 = 1;
/// `header.flags`: its finaliser has run or is queued.
pub const FINALIZED: u8 = 2;
/// `header.flags`: an async generator that has been iterated.
pub const STARTED: u8 = 4;
/// `header.flags`: an async generator, one of whose steps has begun and is not over (`ag_running`).
pub const ASYNC_RUNNING: u8 = 8;
/// `header.flags`: an async generator that has come to its end, or is being closed.
pub const ASYNC_CLOSED: u8 = 16;
/// `header.flags`: an async generator that a hook of the program wants to finalise.
pub const HOOKED: u8 = 32;
/// `header.flags` of what is no async generator: an iterator adaptor whose parameters are all its state: neither an exception nor a return ends it, it begins again.
pub const LASTING: u8 = STARTED;

/// What [`Generator::detail`] knows: names that the program gave to this one generator.
pub const NAME: usize = 0;
/// See [`NAME`].
pub const QUALNAME: usize = 1;
/// The hook of the program that finalises an async generator.
pub const FINALIZER: usize = 2;
/// The calls in which a coroutine was made.
pub const ORIGIN: usize = 3;
/// The frame object, once somebody has asked for it.
pub const VIEW: usize = 4;

/// How many references to its frame object there are when nobody else has it: its own, and the one at hand.
const OWN_AND_HERE: u32 = 2;

/// A generator, coroutine or async generator. `header.aux` registers trail the object.
pub struct Generator {
    /// Where it goes on.
    pub pc: Cell<*const Op>,
    function: UnsafeCell<Option<Ref<Function>>>,
    /// The innermost generator of the chain that begins here, itself if it does not delegate.
    pub leaf: Cell<*mut Object<Generator>>,
    /// The generator that delegates to this one, or null.
    pub parent: Cell<*mut Object<Generator>>,
    /// What most have not: the class that an adaptor shows, or a tuple of details.
    pub extra: Slot,
    /// Whom a `for` of its body resumed last. That one may be gone: the address is compared, and followed only where it is that
    /// of one that is there.
    pub source: Cell<*mut Object<Generator>>,
    /// How many generators delegate to this one, directly or through others.
    pub depth: Cell<u32>,
    /// By what recorders tell it from others.
    pub number: Number,
}

impl HeapKind for Generator {
    const KIND: Kind = Kind::Generator;
    const TRACKED: bool = true;
    const ORDERED: bool = true;
    const TRAILING: Layout = Layout::new::<Value>();
    fn visit(object: &Ref<Self>, see: &mut dyn FnMut(&Value)) {
        if let Some(function) = object.function() {
            function.show(see);
        }
        visit_trailing(object, see);
        object.extra.visit(see);
    }
    fn clear(object: &Ref<Self>) {
        if object.state() != GeneratorState::Running {
            Self::last_words(object);
            object.finish();
            object.extra.set(Value::UNDEF);
        }
    }
    #[inline(always)]
    fn goes_quietly(object: &Ref<Self>) -> bool {
        object.state() == GeneratorState::Closed && object.extra.is_undef()
    }
    fn wants_finalizer(object: &Ref<Self>) -> bool {
        let wants = !object.has_flag(FINALIZED) && object.needs_finalizer();
        if wants {
            object.set_flag(FINALIZED);
        }
        wants
    }
    fn last_will(object: &Ref<Self>) -> Option<Value> {
        // In a tuple, which has no finaliser of its own.
        object.has_will().then(|| Value::tuple(vec![object.value()]))
    }
    fn last_words(object: &Ref<Self>) {
        if let Some(view) = object.view_of_frame()
            && let Some(shown) = view.get::<Foreign>()
        {
            // Whoever else has it finds there what the frame held.
            let (index, held) = if view.header().is_some_and(|header| header.count() > OWN_AND_HERE) {
                object.held_at_its_end()
            } else {
                (0, Vec::new())
            };
            shown.object().outlive(index, held);
        }
        if matches!(object.state(), GeneratorState::Created | GeneratorState::Suspended) {
            object.show(&mut super::identity::goes_unfinished);
        }
        if object.state() == GeneratorState::Suspended
            && let Some(Op::YieldFrom { iter, .. }) = object.next_op()
        {
            object.leave_delegate(iter);
        }
    }
}

impl Generator {
    /// A generator of `function`, not started; its registers are all free.
    #[inline(never)]
    pub fn of(function: &Ref<Function>) -> Ref<Generator> {
        let code = function.code();
        let flags = &function.header().flags;
        flags.set(flags.get() | HAS_MADE);
        let generator = Ref::allocate(
            Generator {
                pc: Cell::new(code.ops),
                function: UnsafeCell::new(Some(function.clone())),
                leaf: Cell::new(std::ptr::null_mut()),
                parent: Cell::new(std::ptr::null_mut()),
                source: Cell::new(std::ptr::null_mut()),
                extra: Slot::default(),
                depth: Cell::new(0),
                number: Number::default(),
            },
            code.registers as usize,
        );
        generator.leaf.set(generator.as_ptr());
        // Whoever looks at its variables while it is suspended must see which have no value yet.
        let first = generator.registers();
        for index in code.parameters as usize..code.locals as usize {
            // SAFETY: the locals come first among the registers, empty values that own nothing.
            unsafe { first.add(index).write(Value::UNDEF) };
        }
        generator
    }

    /// Is it a generator, not a coroutine or an async generator?
    #[inline(always)]
    pub fn is_plain_generator(&self) -> bool {
        self.function().is_some_and(|function| !function.code().code.flags.coroutine)
    }

    /// Its function, while it has not finished.
    #[inline(always)]
    pub fn function(&self) -> Option<&Ref<Function>> {
        // SAFETY: taken out only by `finish`, when nothing runs in it.
        unsafe { (*self.function.get()).as_ref() }
    }
}

/// Gives up a reference to a generator whose body has just come to its end. Mostly it is the last.
#[inline]
pub fn end_generator(generator: Value) {
    super::heap::release_quiet::<Generator>(generator);
}

impl Ref<Generator> {
    fn from_nonnull(object: NonNull<Object<Generator>>) -> Ref<Generator> {
        // SAFETY: used for a view that is never dropped.
        unsafe { Ref::from_ptr(object.as_ptr()) }
    }

    /// A view of a generator known by the address that another one keeps; `None` for null.
    pub fn view(address: *mut Object<Generator>) -> Option<std::mem::ManuallyDrop<Ref<Generator>>> {
        // SAFETY: `leaf` and `parent` of a living generator are null or the address of a living one, and the view is never
        // dropped.
        NonNull::new(address).map(|object| std::mem::ManuallyDrop::new(Ref::from_nonnull(object)))
    }

    /// Is this bit of `header.flags` set?
    pub fn has_flag(&self, flag: u8) -> bool {
        self.header().flags.get() & flag != 0
    }

    /// Set a bit of `header.flags`.
    pub fn set_flag(&self, flag: u8) {
        self.header().flags.set(self.header().flags.get() | flag);
    }

    /// Clear a bit of `header.flags`.
    pub fn clear_flag(&self, flag: u8) {
        self.header().flags.set(self.header().flags.get() & !flag);
    }

    /// Where it stands.
    #[inline(always)]
    pub fn state(&self) -> GeneratorState {
        match self.header().state.get() {
            0 => GeneratorState::Created,
            1 => GeneratorState::Suspended,
            2 => GeneratorState::Running,
            _ => GeneratorState::Closed,
        }
    }

    /// Say where it stands.
    #[inline(always)]
    pub fn set_state(&self, state: GeneratorState) {
        self.header().state.set(state as u16);
    }

    /// Address of its first register.
    #[inline(always)]
    pub fn registers(&self) -> *mut Value {
        self.trailing::<Value>()
    }

    /// Its code, while it has not finished.
    pub fn code(&self) -> Option<&Ref<CodeObject>> {
        self.function().map(|function| function.code())
    }

    /// One of the things that most generators have not.
    pub fn detail(&self, which: usize) -> Option<Value> {
        if self.extra.is_undef() {
            return None;
        }
        let extra = self.extra.get();
        extra.get::<Tuple>()?.items().get(which).filter(|detail| !detail.is_none()).cloned()
    }

    /// Give it one of the things that most generators have not.
    pub fn set_detail(&self, which: usize, detail: Value) {
        let extra = self.extra.get();
        let mut details = match extra.get::<Tuple>() {
            Some(known) => known.items().to_vec(),
            None => self.function().map_or(vec![Value::NONE; 2], |f| vec![f.name.get(), f.qualname.get()]),
        };
        if details.len() <= which {
            details.resize(which + 1, Value::NONE);
        }
        details[which] = detail;
        self.extra.set(Value::tuple(details));
    }

    /// The object that shows its frame to the program, if there is one.
    #[inline(always)]
    pub fn view_of_frame(&self) -> Option<Value> {
        if self.extra.is_undef() { None } else { self.detail(VIEW) }
    }

    /// The generator whose trailing registers begin at `base`.
    ///
    /// # Safety
    /// `base` is the register base of a running generator.
    #[inline(always)]
    pub unsafe fn of_registers(base: *mut Value) -> *mut Object<Generator> {
        // SAFETY: registers begin where `Object<Generator>` ends.
        unsafe { base.cast::<u8>().sub(size_of::<Object<Generator>>()).cast() }
    }

    /// The instruction it goes on at.
    fn next_op(&self) -> Option<Op> {
        let code = self.code()?;
        code.code.ops.get(code.index_of(self.pc.get())).copied()
    }

    /// The iterator it delegates to, if it is suspended at a delegation.
    pub fn delegate(&self) -> Option<Value> {
        if self.state() == GeneratorState::Created || self.state() == GeneratorState::Closed {
            return None;
        }
        match self.next_op() {
            Some(Op::YieldFrom { iter, .. }) => {
                Some(self.register(iter)).filter(|iter| iter.is_object() && !iter.is_kind(Kind::Tuple))
            }
            _ => None,
        }
    }

    /// From now on it is delegated to: where its chain ends, only the outermost knows.
    pub fn forget_leaf(&self) {
        self.leaf.set(std::ptr::null_mut());
    }

    /// The iterator in a register is delegated to no more.
    pub fn leave_delegate(&self, iter: Reg) {
        let delegate = self.register(iter);
        if let Some(inner) = delegate.get::<Generator>()
            && inner.parent.get() == self.as_ptr()
        {
            inner.parent.set(std::ptr::null_mut());
            // It may have begun to delegate meanwhile, of which only the outermost was told.
            inner.leaf.set(std::ptr::null_mut());
        }
    }

    /// Give up the iterator it delegates to: resumed, it goes on as if that had never been there.
    pub fn drop_delegate(&self) {
        if let Some(Op::YieldFrom { iter, .. }) = self.next_op() {
            // SAFETY: as in `register`.
            drop(unsafe { self.registers().add(iter.index()).replace(Value::EMPTY) });
            self.leaf.set(self.as_ptr());
        }
    }

    /// After [`Ref::drop_delegate`]: keep what it delegated to until it goes on, in a tuple, which is no iterator.
    pub fn hold_delegate(&self, delegate: &Value) {
        if let Some(Op::YieldFrom { iter, .. }) = self.next_op().filter(|_| delegate.is_object()) {
            // SAFETY: as in `register`.
            drop(unsafe { self.registers().add(iter.index()).replace(Value::tuple(vec![delegate.clone()])) });
        }
    }

    /// It is suspended: where the exceptions that its frame holds say that they passed through it, but do not refer to it.
    /// The one that it handles is not held by the frame: it goes with the generator, unless a variable has it.
    pub fn places_handled(&self) -> Vec<Ref<Traceback>> {
        let (GeneratorState::Suspended, Some(code)) = (self.state(), self.code()) else { return Vec::new() };
        let handled = self.place_of_handled();
        let place = |index| {
            let handled = self.value_at(index).filter(|_| handled != Some(index))?;
            let mut entry = handled.get::<Exception>()?.traceback.get().to_ref::<Traceback>()?;
            // It may have been thrown into others since.
            while !(entry.function.code().is(code) && entry.locals.is_undef()) {
                entry = entry.next.get().to_ref::<Traceback>()?;
            }
            Some(entry)
        };
        (0..code.registers as usize).filter_map(place).collect()
    }

    /// Its finaliser has run, and still it handles exceptions: when it goes, they have its frame.
    pub fn has_will(&self) -> bool {
        self.has_flag(FINALIZED) && !self.places_handled().is_empty()
    }

    /// It is suspended: the register in which it keeps the exception that it handles, if it handles one.
    fn place_of_handled(&self) -> Option<usize> {
        let code = self.code()?;
        let index = code.index_of(self.pc.get());
        let resumes = index + matches!(code.code.ops.get(index), Some(Op::YieldFrom { .. })) as usize;
        match code.code.ops.get(resumes) {
            Some(Op::ExcSwapIn { kept, .. }) => Some(kept.index()),
            _ => None,
        }
    }

    /// Where it stands, and what its frame holds: it goes now, as it is, and somebody has its frame object. In CPython, too,
    /// what a suspended frame held then lives on with that, temporaries and all.
    fn held_at_its_end(&self) -> (usize, Vec<Value>) {
        let Some(code) = self.code() else { return (0, Vec::new()) };
        match self.state() {
            GeneratorState::Created => (0, self.locals_of_created()),
            GeneratorState::Suspended => {
                let behind = self.delegate().is_none();
                let index = code.index_of(self.pc.get()).saturating_sub(behind as usize);
                let first = self.registers();
                // SAFETY: `aux` values trail the object, and nothing runs in it.
                let take = |index| unsafe { first.add(index).replace(Value::EMPTY) };
                let _handled = self.place_of_handled().map(take);
                (index, (0..self.header().aux.get() as usize).map(take).collect())
            }
            GeneratorState::Running | GeneratorState::Closed => (0, Vec::new()),
        }
    }

    /// A generator of the same function that has not begun, whose parameters are what those of this one are now.
    pub fn twin(&self) -> Option<Ref<Generator>> {
        let twin = Generator::of(self.function()?);
        twin.set_flag(self.header().flags.get() & LASTING);
        twin.take_parameters_of(self);
        Some(twin)
    }

    /// Give the parameters the values of those of another generator of the same function.
    pub fn take_parameters_of(&self, other: &Ref<Generator>) {
        let (Some(code), Some(others)) = (self.code(), other.code()) else { return };
        if !code.is(others) {
            return;
        }
        for index in 0..code.code.parameters.count() {
            let value = other.value_at(index).unwrap_or_default();
            // SAFETY: parameters come first among the registers; a body that waits reads them again when it goes on.
            drop(unsafe { self.registers().add(index).replace(value) });
        }
    }

    /// A copy of what a register holds.
    pub fn register(&self, register: Reg) -> Value {
        debug_assert!(register.index() < self.header().aux.get() as usize);
        // SAFETY: the compiler never names a register beyond those of the code.
        unsafe { (*self.registers().add(register.index())).clone() }
    }

    /// What a register holds, if that is a value of the program.
    pub fn value_at(&self, index: usize) -> Option<Value> {
        if index >= self.header().aux.get() as usize {
            return None;
        }
        // SAFETY: `aux` values trail the object.
        Some(unsafe { (*self.registers().add(index)).clone() }).filter(|value| !value.is_undef())
    }

    /// What the variables of one that has not begun hold.
    pub fn locals_of_created(&self) -> Vec<Value> {
        let locals = self.code().map_or(0, |code| code.locals as usize);
        (0..locals).map(|index| self.value_at(index).unwrap_or(Value::UNDEF)).collect()
    }

    /// Put a value into a register of a generator that does not run.
    pub fn set_value_at(&self, index: usize, value: Value) {
        if index < self.header().aux.get() as usize && self.state() != GeneratorState::Running {
            // SAFETY: as in `value_at`; nothing borrows a register of a frame that does not run.
            drop(unsafe { self.registers().add(index).replace(value) });
        }
    }

    /// A generator that stands where this one does, and whose registers hold the same; this one does not run.
    pub fn fork(&self) -> Option<Ref<Generator>> {
        let count = self.header().aux.get() as usize;
        let fork = Ref::with_trailing(
            Generator {
                pc: Cell::new(self.pc.get()),
                function: UnsafeCell::new(Some(self.function()?.clone())),
                leaf: Cell::new(std::ptr::null_mut()),
                parent: Cell::new(std::ptr::null_mut()),
                source: Cell::new(std::ptr::null_mut()),
                extra: Slot::new(self.extra.get()),
                depth: Cell::new(0),
                number: Number::default(),
            },
            count,
        );
        fork.leaf.set(fork.as_ptr());
        if fork.view_of_frame().is_some() {
            fork.set_detail(VIEW, Value::NONE);
        }
        for index in 0..count {
            // SAFETY: as many values trail both objects; those of the new one are empty and own nothing.
            unsafe { fork.registers().add(index).write((*self.registers().add(index)).clone()) };
        }
        fork.set_state(self.state());
        let kept = AWAITED | STARTED | ASYNC_CLOSED | HOOKED;
        fork.set_flag(self.header().flags.get() & kept);
        Some(fork)
    }

    /// Make it run another function of the same code: the same body over other cells. It does not run now.
    pub fn set_function(&self, function: Ref<Function>) {
        if self.state() != GeneratorState::Running && self.code().is_some_and(|code| code.is(function.code())) {
            // SAFETY: nothing runs in it, so nothing refers to the inside.
            drop(unsafe { (*self.function.get()).replace(function) });
        }
    }

    /// The registers that hold the iterators of the `for` loops it is in, and the one it delegates to.
    pub fn live_iterators(&self) -> Vec<usize> {
        let Some(code) = self.code() else { return Vec::new() };
        let next = code.index_of(self.pc.get()) as isize;
        if self.state() == GeneratorState::Created {
            // A generator expression is given the iterator of its first `for`.
            let given = &*code.code.name == "<genexpr>";
            return if given { vec![0] } else { Vec::new() };
        }
        // At a delegation it stands at the instruction, else after it.
        let at = if matches!(self.next_op(), Some(Op::YieldFrom { .. })) { next } else { next - 1 };
        let mut live = Vec::new();
        for (number, op) in (0..).zip(code.code.ops.iter()) {
            match op {
                // The bottom of a loop, whose top is its target.
                Op::ForIter { iter, target, .. } if (number + 1 + *target as isize..=number).contains(&at) => {
                    live.push(iter.index());
                }
                Op::YieldFrom { iter, .. } if number == at => live.push(iter.index()),
                Op::GetANext { iter, .. } if self.register(*iter).is_kind(Kind::Generator) => live.push(iter.index()),
                _ => {}
            }
        }
        live
    }

    /// It is over: give up registers and function.
    pub fn finish(&self) {
        self.set_state(GeneratorState::Closed);
        let first = self.registers();
        let count = self.header().aux.get() as usize;
        // In the order of any frame that is left: the last first.
        for index in (0..count).rev() {
            // SAFETY: `aux` values trail the object.
            drop(unsafe { first.add(index).replace(Value::EMPTY) });
        }
        // The function stays: `gi_code` and the name come from it.
    }

    /// Is it an iterator adaptor that neither an exception nor its own end is the end of?
    pub fn begins_again(&self) -> bool {
        self.has_flag(LASTING) && self.is_plain_generator()
    }

    /// Is it such an adaptor, and fetching an item? Whoever asks it for one now gets that from a twin.
    pub fn is_asked_again(&self) -> bool {
        self.begins_again() && self.state() == GeneratorState::Running
    }

    /// Begin again, with the parameters as they are now.
    pub fn begin_again(&self) {
        let Some(code) = self.code() else { return };
        let (parameters, locals) = (code.code.parameters.count(), code.locals as usize);
        let first = self.registers();
        for index in (parameters..self.header().aux.get() as usize).rev() {
            // SAFETY: `aux` values trail the object.
            drop(unsafe {
                let empty = if index < locals { Value::UNDEF } else { Value::EMPTY };
                first.add(index).replace(empty)
            });
        }
        self.pc.set(code.ops);
        self.set_state(GeneratorState::Created);
    }

    /// If it is dropped now, does Python code have to run (a `finally`, a `with`, a delegate's)? A coroutine that was
    /// never awaited wants a warning, which is written there too.
    fn needs_finalizer(&self) -> bool {
        if self.has_flag(HOOKED) && !self.has_flag(ASYNC_CLOSED) && self.state() != GeneratorState::Closed {
            return true;
        }
        if self.view_of_frame().is_some() && self.state() != GeneratorState::Closed {
            // Its variables are left to the frame object.
            return true;
        }
        match self.state() {
            GeneratorState::Created => self.code().is_some_and(|code| {
                code.code.flags.coroutine && !code.code.flags.generator && self.header().flags.get() & AWAITED == 0
            }),
            GeneratorState::Suspended => self.would_catch(),
            GeneratorState::Running | GeneratorState::Closed => false,
        }
    }

    /// Does anything of its own code run when an exception is thrown in where it is suspended?
    fn would_catch(&self) -> bool {
        let Some(code) = self.code() else { return false };
        let index = code.index_of(self.pc.get());
        let at = match code.code.ops.get(index) {
            Some(Op::YieldFrom { .. }) => return true,
            _ => index.saturating_sub(1) as u32,
        };
        code.code.handlers.iter().any(|handler| (handler.start..handler.end).contains(&at))
    }

    /// Is it suspended where nothing would run if it were closed, and does nobody delegate to it?
    pub fn closes_quietly(&self) -> bool {
        self.state() == GeneratorState::Suspended && !self.would_catch() && self.parent.get().is_null()
    }

    /// Close it where it is suspended, if [`Generator::closes_quietly`]. Its frame object, if it has one, and where it stood.
    pub fn close_quietly(&self) -> Option<(Option<Value>, usize, Vec<Value>)> {
        if !self.closes_quietly() {
            return None;
        }
        let view = self.view_of_frame();
        let (index, held) = if view.is_some() { self.held_at_its_end() } else { (0, Vec::new()) };
        self.finish();
        Some((view, index, held))
    }

    /// For an iterator adaptor of the prelude (`map`, `enumerate`), the class that programs see.
    pub fn disguise(&self) -> Option<Ref<Type>> {
        self.extra.get().to_ref::<Type>()
    }
}
