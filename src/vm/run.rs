//! The run loop: one arm per instruction, in the order of the table.
//!
//! An arm does the common case in place and hands everything else to a named function. Before it calls out it saves the
//! machine's state to [`Vm`] and loads it again after, because what it called may have put a frame on the control stack.
//!
//! **Invariants of the `unsafe` code here** (all of this file):
//! - `pc` points into `(*function).code().ops`, and `base` to `code.registers` valid values; the compiler names no
//!   register, constant or site beyond those of its code (checked by the verifier of the compiler's debug build).
//! - A register that is consumed is overwritten with [`Value::EMPTY`], so that every slot of a live frame may
//!   be dropped at any time.
//! - `function` is kept alive by the slot below `base` (plain calls) or by the generator whose registers `base` is.
//!
//! Loop shape, measured: instructions are read through a reference (`&*pc`), never copied, and a taken jump passes through
//! an empty `asm!`, without which LLVM turns it into a conditional move and every next fetch waits for the comparison. What a
//! step of a generator costs is how long its addresses take to arrive, one after the other: see `ForIter`.
#![allow(unsafe_op_in_unsafe_fn, clippy::undocumented_unsafe_blocks, clippy::pointers_in_nomem_asm_block)]

use super::attribute::{APPEND, CLASS_METHOD, CLASS_VALUE, METHOD, MODULE_ENTRY, OF_CLASS, PROPERTY, SLOT};
use super::construct::{self, CLASS_OF, EXCEPTION, NATIVE, PLAIN, PLAIN_WITH_INIT};
use super::frame::{Delivery, Frame, To};
use super::operator::Operation;
use super::resume::view;
use super::{Exit, Vm};
use crate::attention;
use crate::bytecode::{Capture, Flags, Op, Reg};
use crate::memory;
use crate::object::arithmetic::Unary;
use crate::object::class::Shape;
use crate::object::float::Complex;
use crate::object::function::{Cell, CodeObject, Direct, Finding, SiteCache};
use crate::object::generator::{ASYNC_CLOSED, ASYNC_RUNNING, AWAITED, STARTED, end_generator};
use crate::object::iter::{Iter, ListIter, PairStep, RangeIter, Step};
use crate::object::native::{NativeFunction, QuickFn, Shortcut};
use crate::object::quick;
use crate::object::value::INT;
use crate::object::{
    Dict, Exception, Function, Generator, GeneratorState, Instance, Kind, List, Method, Module, Object, Ref, Slice,
    Str, Tuple, Type, TypeFlags, Value,
};
use std::hint::cold_path;
use std::mem::MaybeUninit;

/// The same address, of which the compiler does not know that it is; under miri `$checked`, which it will turn out to be. No
/// instruction is made of it.
macro_rules! unrelated {
    ($address:ident, $checked:ident) => {{
        if cfg!(miri) {
            $checked
        } else {
            let mut address = $address;
            core::arch::asm!("/* {0} */", inout(reg) address, options(nomem, nostack, preserves_flags));
            address
        }
    }};
}

/// Keeps a taken jump a real branch; see the head of the file.
macro_rules! real_branch {
    ($pc:ident) => {
        #[cfg(not(miri))]
        core::arch::asm!("/* {0} */", inout(reg) $pc, options(nomem, nostack, preserves_flags));
    };
}

#[inline(always)]
fn body<T: crate::object::HeapKind>(value: &Value) -> *const Object<T> {
    value.header_ptr().as_ptr().cast::<Object<T>>()
}

#[inline(always)]
fn kind_is(value: &Value, kind: Kind) -> bool {
    value.is_object() && unsafe { value.header_ptr().as_ref().kind == kind }
}

/// The tag of an inline integer, as one.
const TAG: i64 = INT as i64;

#[inline(always)]
fn both_small(a: &Value, b: &Value) -> bool {
    a.bits() & b.bits() & INT == INT
}

#[inline(always)]
fn both_floats(a: &Value, b: &Value) -> bool {
    a.bits().wrapping_add(1) & b.bits().wrapping_add(1) & 2 != 0
}

#[inline(always)]
fn float_pair(a: &Value, b: &Value) -> Option<(f64, f64)> {
    if a.is_inline_float() {
        if b.is_inline_float() {
            return Some((a.inline_float(), b.inline_float()));
        }
        return b.as_small().map(|b| (a.inline_float(), b as f64));
    }
    if b.is_inline_float() {
        return a.as_small().map(|a| (a as f64, b.inline_float()));
    }
    None
}

/// As [`float_pair`], only for ints that are exactly a float: a comparison must not be of rounded numbers.
#[inline(always)]
fn exact_float_pair(a: &Value, b: &Value) -> Option<(f64, f64)> {
    let exact = |value: &Value| {
        if value.is_inline_float() {
            return Some(value.inline_float());
        }
        value.as_small().filter(|i| i.unsigned_abs() <= 1 << 53).map(|i| i as f64)
    };
    if a.is_inline_float() || b.is_inline_float() { Some((exact(a)?, exact(b)?)) } else { None }
}

/// A source operand: moved out of a temporary, copied from a local.
#[inline(always)]
unsafe fn operand(base: *mut Value, register: Reg, takes: bool) -> Value {
    let slot = base.add(register.index());
    if takes { slot.replace(Value::EMPTY) } else { (*slot).clone() }
}

impl Vm {
    /// Run until the frame entered from Rust is left; what it came to is in `result`.
    pub(super) fn run(&mut self) {
        // SAFETY: see the head of the file; the state was set up by `invoke`.
        unsafe {
            match self.is_observed() {
                true => run::<true>(self),
                false => run::<false>(self),
            }
        }
    }
}

/// `WATCHED`: an observer is told of the transfers of control that are carried out here. Who begins to watch while this runs
/// finds no room on the control stack, and so every transfer on its long way; see `Vm::observe`.
unsafe fn run<const WATCHED: bool>(vm: &mut Vm) {
    let mut pc: *const Op = vm.pc;
    let mut base: *mut Value = vm.base;
    let mut function: *const Object<Function> = vm.function;

    macro_rules! save {
        () => {
            vm.pc = pc;
            vm.base = base;
            vm.function = function;
        };
    }
    macro_rules! load {
        () => {
            pc = vm.pc;
            base = vm.base;
            function = vm.function;
        };
    }
    macro_rules! raise {
        ($exception:expr) => {{
            let exception = $exception;
            if !vm.raised(exception) {
                return;
            }
            load!();
            continue;
        }};
    }
    // Something that may put a frame on the control stack, raise, or leave the loop.
    macro_rules! slow {
        ($call:expr) => {{
            save!();
            match $call {
                Ok(()) => {
                    // A frame that is resumed in a handler first takes up the exception it handles.
                    if attention::wanted()
                        && (vm.result.is_some() || !matches!(&*vm.pc, Op::ExcSwapIn { .. }))
                        && let Err(exception) = vm.service()
                    {
                        raise!(exception);
                    }
                    if vm.result.is_some() {
                        return;
                    }
                    load!();
                    continue;
                }
                Err(exception) => raise!(exception),
            }
        }};
    }
    macro_rules! reg {
        ($r:expr) => {
            (*base.add($r.index()))
        };
    }
    macro_rules! set {
        ($r:expr, $value:expr) => {{
            let value: Value = $value;
            debug_assert!(!$r.is_none(), "a result that nobody wants is not stored");
            base.add($r.index()).replace(value).release();
        }};
    }
    // A result that may be wanted by nobody: then it is dropped now, so that its finaliser waits at this boundary already.
    macro_rules! give {
        ($r:expr, $value:expr) => {{
            let value: Value = $value;
            if $r.is_none() {
                value.release();
            } else {
                set!($r, value);
            }
        }};
    }
    // The end of an instruction: its result, in the place of what was there. Only where that was an object can anything have
    // become due.
    macro_rules! finish {
        ($r:expr, $value:expr) => {{
            let old = base.add($r.index()).replace($value);
            if old.is_object() {
                old.release();
                boundary!();
            } else {
                std::mem::forget(old);
            }
            continue;
        }};
    }
    // The same where the instruction gives up `$operand`, its operand number `$n`, if that is a temporary.
    macro_rules! finish_giving_up {
        ($flags:ident, $n:expr, $operand:expr, $dst:expr, $value:expr) => {{
            let value: Value = $value;
            if $flags.takes($n) {
                consume!($flags, $n, $operand);
                set!($dst, value);
                boundary!();
                continue;
            }
            finish!($dst, value)
        }};
    }
    // Drop what is in the `$count` slots from `$first` on.
    macro_rules! clear {
        ($first:expr, $count:expr) => {
            for n in 0..$count {
                let slot = $first.add(n);
                if (*slot).is_object() {
                    slot.replace(Value::EMPTY).release();
                }
            }
        };
    }
    macro_rules! code {
        () => {
            (**(*function).body.code())
        };
    }
    // The end of an instruction that may have dropped the last reference to something.
    macro_rules! boundary {
        () => {
            if attention::wanted() {
                cold_path();
                slow!(vm.service());
            }
        };
    }
    // The same where a generator has just gone on: one that stands in a handler first takes up the exception it handles.
    macro_rules! boundary_of_resumed {
        () => {
            if attention::wanted() && !matches!(&*pc, Op::ExcSwapIn { .. }) {
                cold_path();
                slow!(vm.service());
            }
        };
    }
    macro_rules! jump {
        ($target:expr) => {{
            let distance = $target as isize;
            pc = pc.offset(distance);
            real_branch!(pc);
            if distance < 0 {
                vm.countdown -= 1;
                if vm.countdown < 0 {
                    cold_path();
                    slow!(vm.service());
                }
            }
            continue;
        }};
    }
    // The next item of a loop, in the place of the one before: what goes with that goes before the body begins.
    macro_rules! next_item {
        ($dst:expr, $item:expr, $target:expr) => {{
            let old = base.add($dst.index()).replace($item);
            if old.is_object() {
                old.release();
                if attention::wanted() {
                    cold_path();
                    pc = pc.offset($target as isize);
                    slow!(vm.service());
                }
            } else {
                std::mem::forget(old);
            }
            jump!($target);
        }};
    }
    macro_rules! operate {
        ($operation:expr, $flags:ident, $dst:expr, $left:expr, $right:expr) => {{
            if matches!($operation, Operation::Add | Operation::Sub | Operation::Mul)
                && $flags.takes(0)
                && combine_in_place($operation, &reg!($left), &reg!($right))
            {
                let result = base.add($left.index()).replace(Value::EMPTY);
                consume!($flags, 1, $right);
                set!($dst, result);
                continue;
            }
            if let Some(arith) = $operation.arith()
                && let Some(result) = quick::arithmetic(arith, &reg!($left), &reg!($right))
            {
                consume!($flags, 0, $left);
                consume!($flags, 1, $right);
                set!($dst, result);
                continue;
            }
            let left = operand(base, *$left, $flags.takes(0));
            let right = operand(base, *$right, $flags.takes(1));
            slow!(vm.operate($operation, $flags.has(Flags::INPLACE), left, right, To::register(*$dst)))
        }};
    }
    macro_rules! arithmetic_with_float {
        ($operation:expr, $flags:ident, $dst:ident, $left:ident, $right:ident, $int:expr, $float:expr) => {{
            let (a, b) = (&reg!($left), &reg!($right));
            // Floats first: their work takes longer, so they feel a test in front of it more.
            if both_floats(a, b) {
                let float: fn(f64, f64) -> Option<f64> = $float;
                if let Some(result) = float(a.inline_float(), b.inline_float()) {
                    set!($dst, Value::float(result));
                    continue;
                }
            } else if both_small(a, b) {
                let int: fn(i64, i64) -> Option<i64> = $int;
                if let Some(bits) = int(a.bits() as i64, b.bits() as i64) {
                    set!($dst, Value::from_bits(bits as u64));
                    continue;
                }
            } else if let Some((x, y)) = float_pair(a, b) {
                let float: fn(f64, f64) -> Option<f64> = $float;
                if let Some(result) = float(x, y) {
                    set!($dst, Value::float(result));
                    continue;
                }
            }
            operate!($operation, $flags, $dst, $left, $right)
        }};
    }
    macro_rules! arithmetic {
        ($operation:expr, $flags:ident, $dst:ident, $left:ident, $right:ident, $int:expr) => {{
            let (a, b) = (&reg!($left), &reg!($right));
            if both_small(a, b) {
                let int: fn(i64, i64) -> Option<Value> = $int;
                if let Some(result) = int(a.bits() as i64 >> 2, b.bits() as i64 >> 2) {
                    set!($dst, result);
                    continue;
                }
            }
            operate!($operation, $flags, $dst, $left, $right)
        }};
    }
    macro_rules! arithmetic_immediate {
        ($operation:expr, $flags:ident, $dst:ident, $left:ident, $value:ident, $int:expr, $float:expr) => {{
            let a = &reg!($left);
            if a.is_small() {
                let int: fn(i64, i64) -> Option<i64> = $int;
                if let Some(bits) = int(a.bits() as i64, *$value as i64) {
                    set!($dst, Value::from_bits(bits as u64));
                    continue;
                }
            } else if a.is_inline_float() {
                let float: fn(f64, f64) -> Option<f64> = $float;
                if let Some(result) = float(a.inline_float(), *$value as f64) {
                    set!($dst, Value::float(result));
                    continue;
                }
            }
            let left = operand(base, *$left, $flags.takes(0));
            let right = Value::small(*$value as i64);
            slow!(vm.operate($operation, $flags.has(Flags::INPLACE), left, right, To::register(*$dst)))
        }};
    }
    macro_rules! compare {
        ($operation:expr, $flags:ident, $dst:ident, $left:ident, $right:ident, $op:tt) => {{
            let (a, b) = (&reg!($left), &reg!($right));
            if both_small(a, b) {
                set!($dst, Value::bool((a.bits() as i64) $op (b.bits() as i64)));
                continue;
            }
            if both_floats(a, b) {
                set!($dst, Value::bool(a.inline_float() $op b.inline_float()));
                continue;
            }
            if let Some(order) = quick::order(a, b, matches!($operation, Operation::Eq | Operation::Ne)) {
                consume!($flags, 0, $left);
                consume!($flags, 1, $right);
                set!($dst, Value::bool(order $op std::cmp::Ordering::Equal));
                continue;
            }
            if let Some((x, y)) = exact_float_pair(a, b) {
                set!($dst, Value::bool(x $op y));
                continue;
            }
            operate!($operation, $flags, $dst, $left, $right)
        }};
    }
    macro_rules! compare_jump {
        ($operation:expr, $delivery:expr, $flags:ident, $left:ident, $right:ident, $target:ident, $op:tt, $sense:expr) => {{
            let (a, b) = (&reg!($left), &reg!($right));
            if both_small(a, b) {
                if ((a.bits() as i64) $op (b.bits() as i64)) == $sense {
                    jump!(*$target);
                }
                continue;
            }
            if both_floats(a, b) {
                if (a.inline_float() $op b.inline_float()) == $sense {
                    jump!(*$target);
                }
                continue;
            }
            if let Some(order) = quick::order(a, b, matches!($operation, Operation::Eq | Operation::Ne)) {
                consume!($flags, 0, $left);
                consume!($flags, 1, $right);
                if (order $op std::cmp::Ordering::Equal) == $sense {
                    jump!(*$target);
                }
                continue;
            }
            if let Some((x, y)) = exact_float_pair(a, b) {
                if (x $op y) == $sense {
                    jump!(*$target);
                }
                continue;
            }
            let left = operand(base, *$left, $flags.takes(0));
            let right = operand(base, *$right, $flags.takes(1));
            slow!(vm.operate($operation, false, left, right, To::jump($delivery, *$target as i32)))
        }};
    }
    macro_rules! compare_jump_immediate {
        ($operation:expr, $delivery:expr, $flags:ident, $left:ident, $value:ident, $target:ident, $op:tt, $sense:expr) => {{
            let a = &reg!($left);
            if a.is_small() {
                if ((a.bits() as i64) $op Value::small(*$value as i64).bits() as i64) == $sense {
                    jump!(*$target);
                }
                continue;
            }
            if a.is_inline_float() {
                if (a.inline_float() $op (*$value as f64)) == $sense {
                    jump!(*$target);
                }
                continue;
            }
            let left = operand(base, *$left, $flags.takes(0));
            let right = Value::small(*$value as i64);
            slow!(vm.operate($operation, false, left, right, To::jump($delivery, *$target as i32)))
        }};
    }
    // `$left` and a string constant, which is interned.
    macro_rules! compare_jump_constant {
        ($operation:expr, $delivery:expr, $flags:ident, $left:ident, $value:ident, $target:ident, $sense:expr) => {{
            let (a, b) = (&reg!($left), code!().constants.get_unchecked(*$value as usize));
            if let Some(equal) = quick::equals_interned(a, b) {
                consume!($flags, 0, $left);
                if equal == $sense {
                    jump!(*$target);
                }
                continue;
            }
            let left = operand(base, *$left, $flags.takes(0));
            slow!(vm.operate($operation, false, left, b.clone(), To::jump($delivery, *$target as i32)))
        }};
    }
    macro_rules! truth_jump {
        ($delivery:expr, $flags:ident, $cond:ident, $target:ident, $sense:expr) => {{
            let value = &reg!($cond);
            let truth = if let Some(b) = value.as_bool() {
                b
            } else if value.is_none() {
                false
            } else if let Some(i) = value.as_small() {
                i != 0
            } else if let Some(truth) = quick::truth(value) {
                consume!($flags, 0, $cond);
                if truth == $sense {
                    jump!(*$target);
                }
                boundary!();
                continue;
            } else {
                let value = operand(base, *$cond, $flags.takes(0));
                slow!(vm.truth(value, To::jump($delivery, *$target as i32)))
            };
            if truth == $sense {
                jump!(*$target);
            }
            continue;
        }};
    }
    // A truth as a result. The jump behind it, if there is one on it, is carried out as well.
    macro_rules! truth {
        ($dst:expr, $truth:expr) => {{
            let truth: bool = $truth;
            let (wanted, distance) = match &*pc {
                Op::JumpIf { flags, cond, target } if *cond == *$dst && flags.takes(0) => (true, *target),
                Op::JumpIfNot { flags, cond, target } if *cond == *$dst && flags.takes(0) => (false, *target),
                _ => {
                    set!($dst, Value::bool(truth));
                    boundary!();
                    continue;
                }
            };
            pc = pc.add(1);
            if truth == wanted {
                pc = pc.offset(distance as isize);
                real_branch!(pc);
                if distance < 0 {
                    vm.countdown -= 1;
                    if vm.countdown < 0 {
                        slow!(vm.service());
                    }
                }
            }
            boundary!();
            continue;
        }};
    }
    // Drop what a consumed source operand holds.
    macro_rules! consume {
        ($flags:ident, $n:expr, $r:expr) => {
            if $flags.takes($n) && reg!($r).is_object() {
                base.add($r.index()).replace(Value::EMPTY).release();
            }
        };
    }
    // One more record on the control stack, which was seen not to be full.
    macro_rules! push_frame {
        ($frame:expr) => {{
            vm.frames.push_within($frame);
        }};
    }
    // Resume the generator at `$generator` (checked to be one that is suspended or new, and no delegate).
    macro_rules! resume {
        // The record of who waits for it.
        (@frame $generator:expr, $delivery:expr, $dst:expr, $jump:expr) => {
            resume!(@record $generator, $delivery, $dst, $jump);
            let code = &code!();
            if !code.suspends {
                vm.top = base.add(code.registers as usize);
            }
        };
        // Only that: where a plain body waits, `vm.top` is still to be told the end of its registers.
        (@record $generator:expr, $delivery:expr, $dst:expr, $jump:expr) => {
            push_frame!(Frame {
                pc,
                base,
                function,
                top: MaybeUninit::uninit(),
                generator: $generator,
                jump: $jump,
                dst: $dst,
                delivery: $delivery,
                crossed: false,
            });
        };
        // Control goes to where a generator stands.
        (@at $generator:expr) => {
            let leaf: *mut Object<Generator> = $generator;
            pc = (*leaf).body.pc.get();
            base = leaf.cast::<u8>().add(size_of::<Object<Generator>>()).cast::<Value>();
            function = match (*leaf).body.function() {
                Some(function) => function.as_ptr(),
                None => std::ptr::null(),
            };
        };
        // What its `yield` gives.
        (@given $value:expr) => {
            match &*pc.sub(1) {
                Op::Yield { .. } => $value.release(),
                Op::YieldInto { dst, .. } => set!(dst, $value),
                _ => vm.sent = $value,
            }
        };
        ($generator:expr, $delivery:expr, $dst:expr, $jump:expr, $value:expr) => {{
            let generator: *mut Object<Generator> = $generator;
            resume!(@frame generator, $delivery, $dst, $jump);
            let state = (*generator).header.state.replace(GeneratorState::Running as u16);
            // The innermost of the chain goes on. Most often that is the generator itself: then its address is known, and
            // nobody waits for it to be read.
            let mut leaf = (*generator).body.leaf.get();
            if leaf == generator {
                leaf = generator;
                real_branch!(leaf);
            } else if leaf.is_null() {
                leaf = vm.leaf_of(&std::mem::ManuallyDrop::new(Ref::from_ptr(generator))).as_ptr();
            }
            let by = (function, pc);
            resume!(@at leaf);
            let value: Value = $value;
            if WATCHED {
                let of_leaf = if leaf == generator { state } else { (*leaf).header.state.get() };
                vm.observe_sent(by, generator, leaf, of_leaf != GeneratorState::Created as u16, &value);
            }
            if state != GeneratorState::Created as u16 {
                resume!(@given value);
            }
            continue;
        }};
    }
    // Are there no more records to be had on the control stack, or is each transfer to take its long way?
    macro_rules! is_full {
        () => {
            if WATCHED { !vm.has_room_while_watched() } else { vm.frames.is_full() }
        };
    }
    // Does nobody have to be told of a yield or a return, or is that done here?
    macro_rules! may_hand_back {
        () => {
            if WATCHED { !vm.traced } else { vm.observer.is_none() }
        };
    }
    // May the run loop resume this value itself?
    macro_rules! resumable {
        ($value:expr) => {{
            let value: &Value = $value;
            kind_is(value, Kind::Generator) && {
                let generator = body::<Generator>(value);
                (*generator).header.state.get() <= GeneratorState::Suspended as u16
                    && (*generator).body.parent.get().is_null()
                    && !is_full!()
            }
        }};
    }
    // The running generator, resumed by the topmost record, hands control back: the waiting body goes on. Nobody watches.
    // `vm.top` is what it was, if a generator waits; a plain body has no use for it.
    macro_rules! hand_back {
        ($frame:ident) => {
            vm.frames.drop_last();
            pc = $frame.pc;
            base = $frame.base;
            function = $frame.function;
        };
    }
    // Is there nothing about the delegation whose `YieldFrom` is at `$at`, of the iterator in `$iter`, that the run loop does
    // not see to? In a handler, the exception being handled is exchanged.
    macro_rules! delegates_plainly {
        ($at:expr, $iter:expr) => {
            matches!(&*$at, Op::YieldFrom { iter, .. } if *iter == *$iter)
                && !matches!(&*$at.add(1), Op::ExcSwapIn { .. })
        };
    }
    // The body of a generator is over: what its registers below `$end` hold is given up, from the last to the first.
    macro_rules! close {
        ($generator:expr, $end:ident) => {{
            let mut slot = base.add($end.index());
            while slot != base {
                slot = slot.sub(1);
                if (*slot).is_object() {
                    slot.replace(Value::EMPTY).release();
                }
            }
            (*$generator).header.state.set(GeneratorState::Closed as u16);
        }};
    }
    // Run the body of `$function`, a function written in Python whose arguments are in place: the slot at `$place` holds
    // what keeps it alive.
    macro_rules! enter {
        ($function:expr, $code:expr, $place:expr, $dst:expr, $delivery:expr) => {{
            push_frame!(Frame {
                pc,
                base,
                function,
                top: MaybeUninit::new(vm.top),
                generator: std::ptr::null_mut(),
                jump: 0,
                dst: $dst,
                delivery: $delivery,
                crossed: false,
            });
            if WATCHED {
                vm.observe_call((function, pc), (*$function).body.code(), $place.add(1));
            }
            base = $place.add(1);
            function = $function;
            pc = $code.ops;
            // Whoever looks at its variables must see which have no value yet.
            for n in $code.plain_arguments..$code.locals {
                base.add(n as usize).write(Value::UNDEF);
            }
            continue;
        }};
    }
    // Are there a record on the control stack and `$needed` values at `$place` to be had? An observer has no records left,
    // so that what it watches takes the long way; see `Vm::observe`.
    macro_rules! has_room {
        ($place:expr, $needed:expr) => {
            !is_full!() && (vm.stack.limit as usize).wrapping_sub($place as usize) >= $needed * size_of::<Value>()
        };
    }
    // A native with its arguments in the order of its signature, in the slots at `$args`; `$window` is the first of
    // `$count` slots that die with the call.
    macro_rules! native_call {
        ($native:expr, $call:expr, $args:expr, $argc:expr, $window:expr, $count:expr, $dst:expr) => {{
            save!();
            vm.native = $native;
            let args = std::slice::from_raw_parts($args, $argc);
            let result = $call(vm, args);
            clear!($window, $count);
            match result {
                Ok(value) => {
                    give!($dst, value);
                    boundary!();
                    continue;
                }
                Err(Exit::Raise(exception)) => raise!(exception),
                Err(exit) => slow!(vm.exit(exit, To::register($dst))),
            }
        }};
    }
    // Is `$argc` at most `$wanted`, the arguments that a body takes by moving them, and that not `u32::MAX`: it takes none so?
    macro_rules! takes_all {
        ($wanted:expr, $argc:expr) => {
            $wanted.wrapping_sub($argc as u32) as i32 >= 0
        };
    }
    // A call of what stands at `$window` with the `$argc` values behind it. `$moves`: this frame's registers are on the
    // heap, so callee and arguments are moved to the value stack. `$bound`: the receiver was looked up, not given.
    macro_rules! call {
        ($window:expr, $argc:expr, $dst:expr, $moves:expr, $bound:expr) => {{
            let window: *mut Value = $window;
            let argc: usize = $argc;
            let dst: Reg = $dst;
            let callee = &*window;
            if kind_is(callee, Kind::Function) {
                let target = body::<Function>(callee);
                let code: &CodeObject = &**(*target).body.code();
                vm.countdown -= 1;
                if takes_all!(code.plain_arguments, argc) && vm.countdown >= 0 {
                    let place = if $moves { vm.top } else { window };
                    if has_room!(place, code.registers as usize + 1)
                        && (code.plain_arguments as usize == argc
                            || Vm::fill_defaults(&(*target).body, argc, code.plain_arguments as usize, place.add(1)))
                    {
                        if $moves {
                            for n in 0..=argc {
                                place.add(n).write(window.add(n).replace(Value::EMPTY));
                            }
                        }
                        enter!(target, code, place, dst, Delivery::Call)
                    }
                } else if code.collected_after as usize <= argc && vm.countdown >= 0 {
                    let place = if $moves { vm.top } else { window };
                    if has_room!(place, code.registers as usize + argc + 1)
                        && Vm::collect_arguments(code, window, argc, place)
                    {
                        enter!(target, code, place, dst, Delivery::Call)
                    }
                } else if takes_all!(code.generator_arguments, argc)
                    && vm.countdown >= 0
                    && if WATCHED { vm.only_the_observer_watches() } else { !vm.returns_watched }
                {
                    let view = std::mem::ManuallyDrop::new(Ref::<Function>::from_ptr(target.cast_mut()));
                    let generator = Generator::of(&view);
                    let registers = generator.registers();
                    let wanted = code.generator_arguments as usize;
                    if wanted == argc || Vm::fill_defaults(&(*target).body, argc, wanted, registers) {
                        for n in 0..argc {
                            registers.add(n).write(window.add(n + 1).replace(Value::EMPTY));
                        }
                        window.replace(Value::EMPTY).release();
                        if WATCHED {
                            vm.observe_create((function, pc), &generator);
                        }
                        if dst.is_none() {
                            drop(generator);
                        } else {
                            set!(dst, Value::object(generator));
                        }
                        boundary!();
                        continue;
                    }
                    generator.finish();
                }
            } else if kind_is(callee, Kind::Native) {
                let native: &NativeFunction = &(*body::<NativeFunction>(callee)).body;
                if !WATCHED && native.shortcut.get() == Shortcut::Throw && argc == 2 && resumable!(&*window.add(1)) {
                    // An exception for a generator that rests at a yield of its own.
                    let generator = body::<Generator>(&*window.add(1)).cast_mut();
                    let given = &*window.add(2);
                    let class = given.to_ref::<Type>();
                    let view = std::mem::ManuallyDrop::new(Ref::<Generator>::from_ptr(generator));
                    if (kind_is(given, Kind::Exception)
                        || class.is_some() && vm.is_exception_class(given) && vm.is_plain_exception_class(given))
                        && view.leaf.get() == generator
                        && (*generator).header.state.get() == GeneratorState::Suspended as u16
                        && matches!(&*view.pc.get().sub(1), Op::Yield { .. } | Op::YieldInto { .. })
                        && view.is_plain_generator()
                        && view.disguise().is_none()
                    {
                        let given = window.add(2).replace(Value::EMPTY);
                        let made = class.is_some();
                        let exception = match class {
                            Some(class) => Exception::of(&class, Vec::new()).into_value(),
                            None => given,
                        };
                        window.replace(Value::EMPTY).release();
                        vm.held.push(window.add(1).replace(Value::EMPTY));
                        // Whoever threw it has it until `throw` is over, and with it what its traceback refers to.
                        if !made {
                            vm.held.push(exception.clone());
                        }
                        resume!(@frame generator, Delivery::Send, dst, !made as i32);
                        (*generator).header.state.set(GeneratorState::Running as u16);
                        vm.pc = view.pc.get();
                        vm.base = view.registers();
                        vm.function = view.function().map_or(std::ptr::null(), |function| function.as_ptr());
                        // It keeps the context it has: what its thrower is handling has nothing to do with it.
                        vm.context_stands = true;
                        raise!(exception);
                    }
                }
                if native.shortcut.get() == Shortcut::Next
                    && argc == 2
                    && native.owner.is_none()
                    && resumable!(&*window.add(1))
                    && (*window.add(1)).get::<Generator>().is_some_and(|generator| generator.is_plain_generator())
                {
                    // `next(generator, default)`
                    let generator = body::<Generator>(&*window.add(1)).cast_mut();
                    vm.held.push(window.add(1).replace(Value::EMPTY));
                    vm.held.push(window.add(2).replace(Value::EMPTY));
                    window.replace(Value::EMPTY).release();
                    resume!(generator, Delivery::NextDefault, dst, 0, Value::NONE);
                }
                if matches!(native.shortcut.get(), Shortcut::Next | Shortcut::Send | Shortcut::SendToCoroutine)
                    && argc >= 1
                    && resumable!(&*window.add(1))
                {
                    let generator = body::<Generator>(&*window.add(1)).cast_mut();
                    let sends = native.shortcut.get() != Shortcut::Next;
                    let started = (*generator).header.state.get() == GeneratorState::Suspended as u16;
                    // What is called was not looked up on this object: it may be for the other kind.
                    let view = std::mem::ManuallyDrop::new(Ref::<Generator>::from_ptr(generator));
                    let coroutine = view.code().is_some_and(|code| code.code.flags.coroutine);
                    if argc == 1 + sends as usize
                        && (!sends || started || (*window.add(2)).is_none())
                        && coroutine == (native.shortcut.get() == Shortcut::SendToCoroutine)
                    {
                        let value = if sends { window.add(2).replace(Value::EMPTY) } else { Value::NONE };
                        window.replace(Value::EMPTY).release();
                        if !started {
                            let flags = &(*generator).header.flags;
                            flags.set(flags.get() | AWAITED);
                        }
                        // The generator stays in the window, which keeps it alive while it runs.
                        let kept = window.add(1).offset_from(base) as i32;
                        resume!(generator, Delivery::SendKept, dst, kept, value);
                    }
                }
                if native.accepts(argc) && ($bound || native.owner.is_none()) {
                    if let Some(quick) = native.def.quick
                        && let Some(value) = quick(std::slice::from_raw_parts(window.add(1), argc))
                    {
                        clear!(window, argc + 1);
                        give!(dst, value);
                        boundary!();
                        continue;
                    }
                    native_call!(window, (native.def.call), window.add(1), argc, window, argc + 1, dst)
                }
            } else if kind_is(callee, Kind::Method) {
                let method = &(*body::<Method>(callee)).body;
                if kind_is(&method.function, Kind::Native) {
                    // `send = generator.send; send(value)`: the receiver is in the method, which stays in the window.
                    let native: &NativeFunction = &(*body::<NativeFunction>(&method.function)).body;
                    if matches!(native.shortcut.get(), Shortcut::Next | Shortcut::Send | Shortcut::SendToCoroutine)
                        && resumable!(&method.receiver)
                    {
                        let generator = body::<Generator>(&method.receiver).cast_mut();
                        let sends = native.shortcut.get() != Shortcut::Next;
                        let started = (*generator).header.state.get() == GeneratorState::Suspended as u16;
                        if argc == sends as usize && (!sends || started || (*window.add(1)).is_none()) {
                            let value = if sends { window.add(1).replace(Value::EMPTY) } else { Value::NONE };
                            if !started {
                                let flags = &(*generator).header.flags;
                                flags.set(flags.get() | AWAITED);
                            }
                            let kept = window.offset_from(base) as i32;
                            resume!(generator, Delivery::SendKept, dst, kept, value);
                        }
                    }
                    if native.accepts(argc + 1) {
                        // `push = items.append; push(x)`: the receiver takes the place of the method, which lives on here.
                        let function = method.function.clone();
                        let receiver = method.receiver.clone();
                        drop(window.replace(receiver));
                        if let Some(quick) = native.def.quick
                            && let Some(value) = quick(std::slice::from_raw_parts(window, argc + 1))
                        {
                            clear!(window, argc + 1);
                            give!(dst, value);
                            boundary!();
                            continue;
                        }
                        let function = &function as *const Value as *mut Value;
                        native_call!(function, (native.def.call), window, argc + 1, window, argc + 1, dst)
                    }
                } else if kind_is(&method.function, Kind::Function) {
                    let target = body::<Function>(&method.function);
                    let code: &CodeObject = &**(*target).body.code();
                    let place = if $moves { vm.top } else { window };
                    if code.plain_arguments as usize == argc + 1 && has_room!(place, code.registers as usize + 2) {
                        // Make room for the receiver, from the last argument down.
                        for n in (1..=argc).rev() {
                            let value = window.add(n).replace(Value::EMPTY);
                            place.add(n + 1).write(value);
                        }
                        place.add(1).write(method.receiver.clone());
                        let function = method.function.clone();
                        window.replace(Value::EMPTY).release();
                        place.write(function);
                        enter!(target, code, place, dst, Delivery::Call)
                    }
                }
            } else if kind_is(callee, Kind::Type) {
                let class = &*std::mem::ManuallyDrop::new(Ref::<Type>::from_ptr(body::<Type>(callee).cast_mut()));
                match class.constructor.get() {
                    PLAIN_WITH_INIT => {
                        let init = class.init.get();
                        let target = body::<Function>(&init);
                        let code: &CodeObject = &**(*target).body.code();
                        let place = if $moves { vm.top } else { window };
                        if code.plain_arguments as usize == argc + 1 && has_room!(place, code.registers as usize + 2) {
                            let instance = Instance::of(class).into_value();
                            for n in (1..=argc).rev() {
                                let value = window.add(n).replace(Value::EMPTY);
                                place.add(n + 1).write(value);
                            }
                            place.add(1).write(instance.clone());
                            window.replace(Value::EMPTY).release();
                            place.write(init);
                            vm.held.push(instance);
                            enter!(target, code, place, dst, Delivery::Init)
                        }
                    }
                    PLAIN if argc == 0 => {
                        let instance = Instance::of(class).into_value();
                        window.replace(Value::EMPTY).release();
                        give!(dst, instance);
                        boundary!();
                        continue;
                    }
                    NATIVE => {
                        let new = class.init.as_ptr();
                        let native: &NativeFunction = &(*body::<NativeFunction>(&*new)).body;
                        if native.accepts(argc + 1) {
                            // The class stands where `__new__` wants it: in front of the arguments.
                            native_call!(new, (native.def.call), window, argc + 1, window, argc + 1, dst)
                        }
                    }
                    EXCEPTION => {
                        let args = (1..=argc).map(|n| window.add(n).replace(Value::EMPTY)).collect();
                        let exception = Exception::of(class, args).into_value();
                        window.replace(Value::EMPTY).release();
                        give!(dst, exception);
                        boundary!();
                        continue;
                    }
                    CLASS_OF if argc == 1 => {
                        let of = vm.class_of(&*window.add(1)).into_value();
                        window.replace(Value::EMPTY).release();
                        window.add(1).replace(Value::EMPTY).release();
                        give!(dst, of);
                        boundary!();
                        continue;
                    }
                    _ => {}
                }
            }
            if vm.countdown < 0 {
                cold_path();
                save!();
                // The call is carried out again after whatever waited.
                vm.pc = pc.sub(1);
                let (again, service) = (vm.pc, vm.service());
                if let Err(exception) = service {
                    vm.pc = again.add(1);
                    raise!(exception);
                }
                load!();
                continue;
            }
            slow!(vm.call_window(window, argc, dst))
        }};
    }
    // The running body ends with `$value`.
    macro_rules! leave {
        ($value:expr, $end:ident) => {{
            let value: Value = $value;
            let code = &code!();
            if code.suspends {
                let generator: *mut Object<Generator> = Ref::<Generator>::of_registers(base);
                debug_assert!(($end.index()..code.registers as usize).all(|n| !(*base.add(n)).is_object()));
                if may_hand_back!()
                    && (*generator).body.extra.is_undef()
                    && (*generator).header.flags.get() & STARTED == 0
                {
                    if WATCHED {
                        // Where it ended is told.
                        (*generator).body.pc.set(pc);
                    }
                    // A body that can yield has been resumed by somebody.
                    let frame = &*vm.frames.last_record();
                    let parent = (*generator).body.parent.get();
                    if frame.generator != generator && !parent.is_null() {
                        // Its delegator goes on, with this.
                        close!(generator, $end);
                        (*generator).body.parent.set(std::ptr::null_mut());
                        (*frame.generator).body.leaf.set(parent);
                        pc = (*parent).body.pc.get().add(1);
                        base = parent.cast::<u8>().add(size_of::<Object<Generator>>()).cast::<Value>();
                        function = match (*parent).body.function() {
                            Some(function) => function.as_ptr(),
                            None => std::ptr::null(),
                        };
                        if WATCHED {
                            vm.observe_finish((function, pc), &view(generator), &value, true);
                        }
                        let Op::YieldFrom { dst, iter, .. } = &*pc.sub(1) else { slow!(vm.delegate_ended(value)) };
                        end_generator(base.add(iter.index()).replace(Value::EMPTY));
                        give!(dst, value);
                        boundary!();
                        continue;
                    }
                    if matches!(frame.delivery, Delivery::For | Delivery::NextDefault) && parent.is_null() {
                        close!(generator, $end);
                        (*generator).body.leaf.set(generator);
                        let frame = *frame;
                        hand_back!(frame);
                        if WATCHED {
                            vm.observe_finish((function, pc), &view(generator), &value, false);
                        }
                        value.release();
                        if frame.delivery == Delivery::NextDefault {
                            let default = vm.held.pop().unwrap_or_default();
                            drop(vm.held.pop());
                            give!(frame.dst, default);
                            boundary!();
                            continue;
                        }
                        if let Op::ForIter { iter, .. } = &*pc.sub(1) {
                            end_generator(base.add(iter.index()).replace(Value::EMPTY));
                        }
                        boundary!();
                        continue;
                    }
                }
                slow!(vm.generator_returned(value))
            }
            if vm.returns_watched {
                save!();
                vm.returns(&value);
            }
            debug_assert!(($end.index()..code.registers as usize).all(|n| !(*base.add(n)).is_object()));
            // From the last to the first, as CPython does.
            let mut slot = base.add($end.index());
            while slot != base {
                slot = slot.sub(1);
                if (*slot).is_object() {
                    slot.replace(Value::EMPTY).release();
                }
            }
            base.sub(1).replace(Value::EMPTY).release();
            let Some(frame) = vm.frames.pop() else { return };
            pc = frame.pc;
            base = frame.base;
            function = frame.function;
            vm.top = frame.top.assume_init();
            if frame.crossed {
                vm.stack.leave();
            }
            if frame.delivery == Delivery::Call {
                give!(frame.dst, value);
                boundary!();
                continue;
            }
            slow!(vm.deliver(value, To { delivery: frame.delivery, dst: frame.dst, jump: frame.jump }))
        }};
    }
    macro_rules! call_method {
        ($window:expr, $argc:expr, $dst:expr, $moves:expr) => {{
            let window: *mut Value = base.add($window.index());
            if (*window).is_undef() {
                call!(window.add(1), $argc as usize, $dst, $moves, false)
            } else {
                call!(window, $argc as usize + 1, $dst, $moves, true)
            }
        }};
    }

    // The quick form `$quick` of a native, asked about `$object` and the first `$count` operands of the `QuickArgs` at `pc`,
    // or as many of all these as `$from` and `$given` say. Its answer ends the instruction, after `$give_up`.
    macro_rules! answer {
        // Copies without a count of their own: the registers hold the operands while the native looks at them.
        (@copy $value:expr) => {
            std::mem::ManuallyDrop::new(Value::from_bits($value.bits()))
        };
        (@operands 0, $object:expr, $first:ident, $second:ident) => {
            [answer!(@copy $object)]
        };
        (@operands 1, $object:expr, $first:ident, $second:ident) => {
            [answer!(@copy $object), answer!(@copy reg!($first))]
        };
        (@operands 2, $object:expr, $first:ident, $second:ident) => {
            [answer!(@copy $object), answer!(@copy reg!($first)), answer!(@copy reg!($second))]
        };
        (@consume 0, $takes:ident, $first:ident, $second:ident) => {};
        (@consume 1, $takes:ident, $first:ident, $second:ident) => {
            consume!($takes, 0, $first)
        };
        (@consume 2, $takes:ident, $first:ident, $second:ident) => {
            consume!($takes, 0, $first);
            consume!($takes, 1, $second)
        };
        ($quick:expr, $object:expr, $count:tt, $from:expr, $given:expr, $target:expr, $give_up:block) => {{
            #[allow(unused_variables)]
            let Op::QuickArgs { flags: takes, dst, first, second } = &*pc else { std::hint::unreachable_unchecked() };
            let operands = answer!(@operands $count, $object, first, second);
            let args = std::slice::from_raw_parts(operands.as_ptr().cast::<Value>().add($from), $given);
            if let Some(value) = $quick(args) {
                $give_up
                answer!(@consume $count, takes, first, second);
                give!(dst, value);
                // The ordinary call is behind us before anything else runs at this boundary.
                pc = pc.offset($target as isize);
                real_branch!(pc);
                boundary!();
                continue;
            }
        }};
    }
    macro_rules! call_quick {
        ($count:tt, $name:ident, $target:ident) => {{
            let site: &SiteCache = code!().sites.get_unchecked(*$name as usize);
            let globals: &Dict = &(*function).body.globals;
            let key = site.latest.key.get();
            let version = globals.version();
            if (key >> 32) as u32 == version && version != 0 {
                let builtins: &Dict = &(*function).body.builtins;
                let dict = if key as u32 == 0 { globals } else { builtins };
                if key as u32 == 0 || builtins.version() == key as u32 {
                    let callee = (*dict.table.as_ptr()).value(site.latest.found.get() as usize);
                    if let Some(direct) = site.direct.get() {
                        if direct.callee.is(callee) {
                            answer!((direct.quick), callee, $count, direct.skipped, direct.count, *$target, {});
                        }
                    } else {
                        note_direct(site, callee, $count);
                    }
                }
            }
            pc = pc.add(1);
        }};
    }
    macro_rules! call_method_quick {
        ($count:tt, $flags:ident, $obj:ident, $name:ident, $target:ident) => {{
            let object = &reg!($obj);
            if object.is_object() {
                let site: &SiteCache = code!().sites.get_unchecked(*$name as usize);
                let kind = object.header_ptr().as_ref().kind;
                if site.latest.key.get() == vm.method_key(object, kind)
                    && let Some(quick) = quick_of(&site.latest, $count + 1)
                {
                    answer!(quick, object, $count, 0, $count + 1, *$target, { consume!($flags, 0, $obj) });
                }
            }
            pc = pc.add(1);
        }};
    }
    // `obj.name`, an inline number in a slot of the instance, becomes what `$change` makes of it: and the three instructions
    // that would do it the long way are passed.
    macro_rules! update_attribute {
        ($flags:ident, $obj:ident, $name:ident, $change:expr) => {{
            let object = &reg!($obj);
            if kind_is(object, Kind::Instance) {
                let instance =
                    std::mem::ManuallyDrop::new(Ref::<Instance>::from_ptr(body::<Instance>(object).cast_mut()));
                let key = SLOT | instance.shape().id.get() as u64;
                let get: &SiteCache = code!().sites.get_unchecked(*$name as usize);
                let set: &SiteCache = code!().sites.get_unchecked(*$name as usize + 1);
                if get.latest.key.get() == key
                    && set.latest.key.get() == key
                    && let Some(place) = instance.slot_in_place(set.latest.found.get() as usize)
                {
                    let change = $change;
                    if let Some(new) = change(&*place) {
                        place.write(new);
                        consume!($flags, 0, $obj);
                        pc = pc.add(3);
                        boundary!();
                        continue;
                    }
                }
            }
        }};
    }

    // The fetch below takes 27 bytes. Where they lay across two lines of the instruction cache, programs took up to a fifth
    // longer. So this function is placed in relation to such a line, and moved on until they do not; see benches/README.md.
    #[cfg(all(target_arch = "x86_64", not(miri)))]
    core::arch::asm!(
        ".p2align 6",
        ".skip {}, 0x90",
        const if WATCHED { 242 } else { 226 },
        options(nomem, nostack, preserves_flags)
    );
    loop {
        let op = &*pc;
        pc = pc.add(1);
        match op {
            Op::Nop { .. } => slow!(vm.reached()),
            Op::Move { flags, dst, src } => {
                let value =
                    if flags.takes(0) { base.add(src.index()).replace(Value::EMPTY) } else { reg!(src).clone() };
                finish!(dst, value);
            }
            Op::LoadConst { dst, value, .. } => {
                let value = code!().constants.get_unchecked(*value as usize).clone();
                finish!(dst, value);
            }
            Op::LoadInt { dst, value, .. } => finish!(dst, Value::small(*value as i64)),
            Op::LoadNone { dst, .. } => {
                set!(dst, Value::NONE);
                boundary!();
            }
            Op::LoadTrue { dst, .. } => finish!(dst, Value::TRUE),
            Op::LoadFalse { dst, .. } => finish!(dst, Value::FALSE),
            Op::Unbind { reg, .. } => {
                set!(reg, Value::UNDEF);
                boundary!();
            }
            Op::CheckBound { reg, .. } => {
                if reg!(reg).is_undef() {
                    save!();
                    raise!(vm.unbound_local(*reg));
                }
            }
            Op::DelLocal { reg, .. } => {
                if reg!(reg).is_undef() {
                    save!();
                    raise!(vm.unbound_local(*reg));
                }
                set!(reg, Value::UNDEF);
                boundary!();
            }

            Op::MakeCell { reg, fresh, .. } => {
                let content = if *fresh != 0 { Value::UNDEF } else { base.add(reg.index()).replace(Value::EMPTY) };
                set!(reg, vm.new_cell(content));
            }
            Op::LoadCell { dst, cell, .. } => {
                let value = (*body::<Cell>(&reg!(cell))).body.content.get();
                if value.is_undef() {
                    save!();
                    raise!(vm.empty_cell(*cell));
                }
                set!(dst, value);
            }
            Op::StoreCell { flags, cell, src } => {
                let value = operand(base, *src, flags.takes(0));
                (*body::<Cell>(&reg!(cell))).body.content.set(value);
                boundary!();
            }
            Op::DelCell { cell, .. } => {
                let old = (*body::<Cell>(&reg!(cell))).body.content.take();
                if old.is_undef() {
                    save!();
                    raise!(vm.empty_cell(*cell));
                }
                drop(old);
                boundary!();
            }
            Op::LoadFree { dst, index, .. } => {
                let value = (&(*function).body.closure)[*index as usize].content.get();
                if value.is_undef() {
                    save!();
                    raise!(vm.empty_free(*index));
                }
                set!(dst, value);
            }
            Op::StoreFree { flags, index, src } => {
                let value = operand(base, *src, flags.takes(0));
                (&(*function).body.closure)[*index as usize].content.set(value);
                boundary!();
            }
            Op::DelFree { index, .. } => {
                let old = (&(*function).body.closure)[*index as usize].content.take();
                if old.is_undef() {
                    save!();
                    raise!(vm.empty_free(*index));
                }
                drop(old);
                boundary!();
            }
            Op::LoadFreeCell { dst, index, .. } => {
                let cell = (&(*function).body.closure)[*index as usize].value();
                set!(dst, cell);
            }

            Op::LoadGlobal { dst, name, .. } => {
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                let globals: &Dict = &(*function).body.globals;
                let key = site.latest.key.get();
                let version = globals.version();
                if (key >> 32) as u32 == version && version != 0 {
                    let dict = if key as u32 == 0 {
                        globals
                    } else {
                        let builtins: &Dict = &(*function).body.builtins;
                        if builtins.version() == key as u32 { builtins } else { slow!(vm.load_global(site, *dst)) }
                    };
                    let table = &*dict.table.as_ptr();
                    let value = table.value(site.latest.found.get() as usize).clone();
                    finish!(dst, value);
                }
                slow!(vm.load_global(site, *dst))
            }
            Op::StoreGlobal { flags, name, src } => {
                let value = operand(base, *src, flags.takes(0));
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                let globals: &Dict = &(*function).body.globals;
                let version = globals.version();
                if version != 0 && site.latest.key.get() == (version as u64) << 32 {
                    let old = (*globals.table.as_ptr()).set_value(site.latest.found.get() as usize, value);
                    drop(old);
                } else {
                    vm.store_global(globals, site, value);
                }
                boundary!();
            }
            Op::DelGlobal { name, .. } => {
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                match (*function).body.globals.remove_str(&site.name) {
                    Some(old) => drop(old),
                    None => {
                        save!();
                        raise!(vm.no_name(&site.name));
                    }
                }
                boundary!();
            }
            Op::LoadName { dst, name, .. } => slow!(vm.load_name(*name, *dst)),
            Op::LoadNameOrFree { dst, name, index, .. } => slow!(vm.load_name_or_free(*name, *index, *dst)),
            Op::StoreName { flags, name, src } => {
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.store_name(*name, value))
            }
            Op::DelName { name, .. } => slow!(vm.del_name(*name)),
            Op::LoadCommon { dst, which, .. } => {
                save!();
                let value = vm.common(*which);
                set!(dst, value);
            }
            Op::LoadPrelude { dst, name, .. } => slow!(vm.load_prelude(*name, *dst)),

            Op::Add { flags, dst, left, right } => {
                if dst == left && reg!(left).is_object() && make_one_string(&reg!(left), &reg!(right)) {
                    // `s += t`: where nobody else sees `s`, it grows in place. `t` comes first, for it may be `s`.
                    let more = operand(base, *right, flags.takes(1));
                    let mine = base.add(left.index()).replace(Value::EMPTY);
                    if let (Some(grown), Some(more)) = (mine.to_ref::<Str>(), more.get::<Str>()) {
                        drop(mine);
                        set!(dst, Value::object(grown.append(&more)));
                    }
                    continue;
                }
                arithmetic_with_float!(
                    Operation::Add,
                    flags,
                    dst,
                    left,
                    right,
                    |a, b| (a - TAG).checked_add(b),
                    |x, y| Some(x + y)
                )
            }
            Op::Sub { flags, dst, left, right } => {
                arithmetic_with_float!(
                    Operation::Sub,
                    flags,
                    dst,
                    left,
                    right,
                    |a, b| a.checked_sub(b - TAG),
                    |x, y| { Some(x - y) }
                )
            }
            Op::Mul { flags, dst, left, right } => arithmetic_with_float!(
                Operation::Mul,
                flags,
                dst,
                left,
                right,
                |a, b| (a - TAG).checked_mul(b >> 2).map(|product| product + TAG),
                |x, y| Some(x * y)
            ),
            Op::MatMul { flags, dst, left, right } => operate!(Operation::MatMul, flags, dst, left, right),
            Op::Div { flags, dst, left, right } => {
                let (a, b) = (&reg!(left), &reg!(right));
                if let Some((x, y)) = float_pair(a, b)
                    && y != 0.0
                {
                    set!(dst, Value::float(x / y));
                    continue;
                }
                if both_small(a, b) {
                    let (x, y) = (a.bits() as i64 >> 2, b.bits() as i64 >> 2);
                    if y != 0 && x.unsigned_abs() < 1 << 53 && y.unsigned_abs() < 1 << 53 {
                        set!(dst, Value::float(x as f64 / y as f64));
                        continue;
                    }
                }
                operate!(Operation::Div, flags, dst, left, right)
            }
            Op::Mod { flags, dst, left, right } => {
                arithmetic!(Operation::Mod, flags, dst, left, right, |a, b| (b != 0)
                    .then(|| Value::small(python_mod(a, b))))
            }
            Op::Pow { flags, dst, left, right } => operate!(Operation::Pow, flags, dst, left, right),
            Op::LShift { flags, dst, left, right } => {
                arithmetic!(Operation::LShift, flags, dst, left, right, |a, b| {
                    let fits = (0..60).contains(&b) && a.unsigned_abs() < 1 << (61 - b);
                    fits.then(|| Value::small(a << b))
                })
            }
            Op::RShift { flags, dst, left, right } => {
                arithmetic!(Operation::RShift, flags, dst, left, right, |a, b| (b >= 0)
                    .then(|| Value::small(a >> b.min(63))))
            }
            Op::BitOr { flags, dst, left, right } => {
                arithmetic!(Operation::BitOr, flags, dst, left, right, |a, b| Some(Value::small(a | b)))
            }
            Op::BitXor { flags, dst, left, right } => {
                arithmetic!(Operation::BitXor, flags, dst, left, right, |a, b| Some(Value::small(a ^ b)))
            }
            Op::BitAnd { flags, dst, left, right } => {
                arithmetic!(Operation::BitAnd, flags, dst, left, right, |a, b| Some(Value::small(a & b)))
            }
            Op::FloorDiv { flags, dst, left, right } => {
                arithmetic!(Operation::FloorDiv, flags, dst, left, right, |a, b| (b != 0)
                    .then(|| Value::int(python_floor_div(a, b))))
            }
            Op::AddI { flags, dst, left, value } => {
                arithmetic_immediate!(Operation::Add, flags, dst, left, value, |a, b| a.checked_add(b << 2), |x, y| {
                    Some(x + y)
                })
            }
            Op::SubI { flags, dst, left, value } => {
                arithmetic_immediate!(Operation::Sub, flags, dst, left, value, |a, b| a.checked_sub(b << 2), |x, y| {
                    Some(x - y)
                })
            }
            Op::MulI { flags, dst, left, value } => arithmetic_immediate!(
                Operation::Mul,
                flags,
                dst,
                left,
                value,
                |a, b| (a - TAG).checked_mul(b).map(|product| product + TAG),
                |x, y| Some(x * y)
            ),
            Op::ModI { flags, dst, left, value } => arithmetic_immediate!(
                Operation::Mod,
                flags,
                dst,
                left,
                value,
                |a, b| match b {
                    // Of a power of two: no division, which takes far longer than all the rest.
                    1.. if b & (b - 1) == 0 => Some(a & (b - 1) << 2 | TAG),
                    0 => None,
                    _ => Some(python_mod(a >> 2, b) << 2 | TAG),
                },
                |_, _| None
            ),
            Op::FloorDivI { flags, dst, left, value } => arithmetic_immediate!(
                Operation::FloorDiv,
                flags,
                dst,
                left,
                value,
                |a, b| match b {
                    1.. if b & (b - 1) == 0 => Some(a >> 2 >> b.trailing_zeros() << 2 | TAG),
                    0 | -1 => None,
                    _ => Some(python_floor_div(a >> 2, b) << 2 | TAG),
                },
                |_, _| None
            ),

            Op::Neg { flags, dst, src } => {
                let value = &reg!(src);
                if value.is_inline_float() {
                    set!(dst, Value::float(-value.inline_float()));
                    continue;
                }
                if value.is_small()
                    && let Some(bits) = (2 * TAG).checked_sub(value.bits() as i64)
                {
                    set!(dst, Value::from_bits(bits as u64));
                    continue;
                }
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.unary(Unary::Neg, value, To::register(*dst)))
            }
            Op::Pos { flags, dst, src } => {
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.unary(Unary::Pos, value, To::register(*dst)))
            }
            Op::Invert { flags, dst, src } => {
                if reg!(src).is_small() {
                    // All bits but those of the tag.
                    let bits = reg!(src).bits() ^ !3;
                    set!(dst, Value::from_bits(bits));
                    continue;
                }
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.unary(Unary::Invert, value, To::register(*dst)))
            }
            Op::Not { flags, dst, src } => {
                if let Some(b) = reg!(src).as_bool() {
                    set!(dst, Value::bool(!b));
                    continue;
                }
                if let Some(truth) = quick::truth(&reg!(src)) {
                    consume!(flags, 0, src);
                    set!(dst, Value::bool(!truth));
                    boundary!();
                    continue;
                }
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.truth(value, To { delivery: Delivery::Truth, dst: *dst, jump: 1 }))
            }

            Op::Lt { flags, dst, left, right } => compare!(Operation::Lt, flags, dst, left, right, <),
            Op::Le { flags, dst, left, right } => compare!(Operation::Le, flags, dst, left, right, <=),
            Op::Eq { flags, dst, left, right } => compare!(Operation::Eq, flags, dst, left, right, ==),
            Op::Ne { flags, dst, left, right } => compare!(Operation::Ne, flags, dst, left, right, !=),
            Op::Gt { flags, dst, left, right } => compare!(Operation::Gt, flags, dst, left, right, >),
            Op::Ge { flags, dst, left, right } => compare!(Operation::Ge, flags, dst, left, right, >=),
            Op::Is { flags, dst, left, right } => {
                let same = identical(&reg!(left), &reg!(right));
                consume!(flags, 0, left);
                consume!(flags, 1, right);
                set!(dst, Value::bool(same));
                boundary!();
            }
            Op::IsNot { flags, dst, left, right } => {
                let same = identical(&reg!(left), &reg!(right));
                consume!(flags, 0, left);
                consume!(flags, 1, right);
                set!(dst, Value::bool(!same));
                boundary!();
            }
            Op::In { flags, dst, left, right } => {
                if let Some(found) = quick::contains(&reg!(right), &reg!(left)) {
                    consume!(flags, 0, left);
                    consume!(flags, 1, right);
                    truth!(dst, found);
                }
                let left = operand(base, *left, flags.takes(0));
                let right = operand(base, *right, flags.takes(1));
                slow!(vm.contains(left, right, To::by(Delivery::Truth, *dst)))
            }
            Op::NotIn { flags, dst, left, right } => {
                if let Some(found) = quick::contains(&reg!(right), &reg!(left)) {
                    consume!(flags, 0, left);
                    consume!(flags, 1, right);
                    truth!(dst, !found);
                }
                let left = operand(base, *left, flags.takes(0));
                let right = operand(base, *right, flags.takes(1));
                slow!(vm.contains(left, right, To { delivery: Delivery::Truth, dst: *dst, jump: 1 }))
            }

            Op::InC { flags, dst, left, value } => {
                let container = code!().constants.get_unchecked(*value as usize);
                if let Some(found) = quick::contains(container, &reg!(left)) {
                    consume!(flags, 0, left);
                    truth!(dst, found);
                }
                let left = operand(base, *left, flags.takes(0));
                slow!(vm.contains(left, container.clone(), To::by(Delivery::Truth, *dst)))
            }
            Op::NotInC { flags, dst, left, value } => {
                let container = code!().constants.get_unchecked(*value as usize);
                if let Some(found) = quick::contains(container, &reg!(left)) {
                    consume!(flags, 0, left);
                    truth!(dst, !found);
                }
                let left = operand(base, *left, flags.takes(0));
                slow!(vm.contains(left, container.clone(), To { delivery: Delivery::Truth, dst: *dst, jump: 1 }))
            }

            Op::Jump { target, .. } => jump!(*target),
            Op::JumpIf { flags, cond, target } => truth_jump!(Delivery::JumpIf, flags, cond, target, true),
            Op::JumpIfNot { flags, cond, target } => truth_jump!(Delivery::JumpIfNot, flags, cond, target, false),
            Op::JumpIfNone { flags, cond, target } => {
                let is = reg!(cond).is_none();
                consume!(flags, 0, cond);
                if is {
                    jump!(*target);
                }
            }
            Op::JumpIfNotNone { flags, cond, target } => {
                let is = reg!(cond).is_none();
                consume!(flags, 0, cond);
                if !is {
                    jump!(*target);
                }
            }
            Op::JumpIs { flags, left, right, target } => {
                let same = identical(&reg!(left), &reg!(right));
                consume!(flags, 0, left);
                consume!(flags, 1, right);
                if same {
                    jump!(*target);
                }
            }
            Op::JumpIsNot { flags, left, right, target } => {
                let same = identical(&reg!(left), &reg!(right));
                consume!(flags, 0, left);
                consume!(flags, 1, right);
                if !same {
                    jump!(*target);
                }
            }
            Op::JumpLt { flags, left, right, target } => {
                compare_jump!(Operation::Lt, Delivery::JumpIf, flags, left, right, target, <, true)
            }
            Op::JumpNotLt { flags, left, right, target } => {
                compare_jump!(Operation::Lt, Delivery::JumpIfNot, flags, left, right, target, <, false)
            }
            Op::JumpLe { flags, left, right, target } => {
                compare_jump!(Operation::Le, Delivery::JumpIf, flags, left, right, target, <=, true)
            }
            Op::JumpNotLe { flags, left, right, target } => {
                compare_jump!(Operation::Le, Delivery::JumpIfNot, flags, left, right, target, <=, false)
            }
            Op::JumpEq { flags, left, right, target } => {
                compare_jump!(Operation::Eq, Delivery::JumpIf, flags, left, right, target, ==, true)
            }
            Op::JumpNotEq { flags, left, right, target } => {
                compare_jump!(Operation::Eq, Delivery::JumpIfNot, flags, left, right, target, ==, false)
            }
            Op::JumpNe { flags, left, right, target } => {
                compare_jump!(Operation::Ne, Delivery::JumpIf, flags, left, right, target, !=, true)
            }
            Op::JumpNotNe { flags, left, right, target } => {
                compare_jump!(Operation::Ne, Delivery::JumpIfNot, flags, left, right, target, !=, false)
            }
            Op::JumpGt { flags, left, right, target } => {
                compare_jump!(Operation::Gt, Delivery::JumpIf, flags, left, right, target, >, true)
            }
            Op::JumpNotGt { flags, left, right, target } => {
                compare_jump!(Operation::Gt, Delivery::JumpIfNot, flags, left, right, target, >, false)
            }
            Op::JumpGe { flags, left, right, target } => {
                compare_jump!(Operation::Ge, Delivery::JumpIf, flags, left, right, target, >=, true)
            }
            Op::JumpNotGe { flags, left, right, target } => {
                compare_jump!(Operation::Ge, Delivery::JumpIfNot, flags, left, right, target, >=, false)
            }
            Op::JumpEqC { flags, left, value, target } => {
                compare_jump_constant!(Operation::Eq, Delivery::JumpIf, flags, left, value, target, true)
            }
            Op::JumpNotEqC { flags, left, value, target } => {
                compare_jump_constant!(Operation::Eq, Delivery::JumpIfNot, flags, left, value, target, false)
            }
            Op::JumpNeC { flags, left, value, target } => {
                compare_jump_constant!(Operation::Ne, Delivery::JumpIf, flags, left, value, target, false)
            }
            Op::JumpNotNeC { flags, left, value, target } => {
                compare_jump_constant!(Operation::Ne, Delivery::JumpIfNot, flags, left, value, target, true)
            }
            Op::JumpLtI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Lt, Delivery::JumpIf, flags, left, value, target, <, true)
            }
            Op::JumpNotLtI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Lt, Delivery::JumpIfNot, flags, left, value, target, <, false)
            }
            Op::JumpLeI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Le, Delivery::JumpIf, flags, left, value, target, <=, true)
            }
            Op::JumpNotLeI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Le, Delivery::JumpIfNot, flags, left, value, target, <=, false)
            }
            Op::JumpEqI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Eq, Delivery::JumpIf, flags, left, value, target, ==, true)
            }
            Op::JumpNotEqI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Eq, Delivery::JumpIfNot, flags, left, value, target, ==, false)
            }
            Op::JumpNeI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Ne, Delivery::JumpIf, flags, left, value, target, !=, true)
            }
            Op::JumpNotNeI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Ne, Delivery::JumpIfNot, flags, left, value, target, !=, false)
            }
            Op::JumpGtI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Gt, Delivery::JumpIf, flags, left, value, target, >, true)
            }
            Op::JumpNotGtI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Gt, Delivery::JumpIfNot, flags, left, value, target, >, false)
            }
            Op::JumpGeI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Ge, Delivery::JumpIf, flags, left, value, target, >=, true)
            }
            Op::JumpNotGeI { flags, left, value, target } => {
                compare_jump_immediate!(Operation::Ge, Delivery::JumpIfNot, flags, left, value, target, >=, false)
            }

            Op::GetAttr { flags, dst, obj, name } => {
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                let object = &reg!(obj);
                if kind_is(object, Kind::Instance) {
                    let instance =
                        std::mem::ManuallyDrop::new(Ref::<Instance>::from_ptr(body::<Instance>(object).cast_mut()));
                    let id = instance.shape().id.get() as u64;
                    // By far the most: an attribute of a local, where it was the last time.
                    if site.latest.key.get() == SLOT | id
                        && !flags.takes(0)
                        && let Some(place) = instance.slot_in_place(site.latest.found.get() as usize)
                        && !(*place).is_undef()
                    {
                        finish!(dst, (*place).clone());
                    }
                    let finding = site.finding(SLOT | id);
                    let key = finding.key.get();
                    if key == SLOT | id {
                        let value = instance.slot(finding.found.get() as usize);
                        if !value.is_undef() {
                            finish_giving_up!(flags, 0, obj, dst, value);
                        }
                    } else if key == CLASS_VALUE | id {
                        let value = borrowed_word(finding);
                        finish_giving_up!(flags, 0, obj, dst, value);
                    } else if key == PROPERTY | id {
                        let getter = borrowed_word(finding);
                        let object = operand(base, *obj, flags.takes(0));
                        let target = body::<Function>(&getter);
                        let code: &CodeObject = (*target).body.code();
                        let mine = &code!();
                        let place = if mine.suspends { vm.top } else { base.add(mine.registers as usize) };
                        if code.plain_arguments == 1 && has_room!(place, code.registers as usize + 1) {
                            place.write(getter);
                            place.add(1).write(object);
                            enter!(target, code, place, *dst, Delivery::Call)
                        }
                        slow!(vm.invoke_with(getter, [object], To::register(*dst)));
                    }
                } else if let Some(value) = of_namespace(object, site) {
                    finish_giving_up!(flags, 0, obj, dst, value);
                }
                let object = operand(base, *obj, flags.takes(0));
                slow!(vm.get_attr(object, site, To::register(*dst)))
            }
            Op::SetAttr { flags, obj, value, name } => {
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                let object = &reg!(obj);
                if kind_is(object, Kind::Instance) {
                    let instance =
                        std::mem::ManuallyDrop::new(Ref::<Instance>::from_ptr(body::<Instance>(object).cast_mut()));
                    let id = instance.shape().id.get() as u64;
                    if site.latest.key.get() == SLOT | id
                        && !flags.takes(0)
                        && let Some(place) = instance.slot_in_place(site.latest.found.get() as usize)
                    {
                        let old = place.replace(operand(base, *value, flags.takes(1)));
                        if old.is_object() {
                            old.release();
                            boundary!();
                        } else {
                            std::mem::forget(old);
                        }
                        continue;
                    }
                    let finding = site.finding(SLOT | id);
                    let key = finding.key.get();
                    if key == SLOT | id {
                        let value = operand(base, *value, flags.takes(1));
                        instance.set_slot(finding.found.get() as usize, value);
                        consume!(flags, 0, obj);
                        boundary!();
                        continue;
                    } else if key == APPEND | id {
                        let value = operand(base, *value, flags.takes(1));
                        let shape = finding.word.get() as *const Shape;
                        instance.append_slot(shape, finding.found.get() as usize, value);
                        consume!(flags, 0, obj);
                        boundary!();
                        continue;
                    }
                }
                let object = operand(base, *obj, flags.takes(0));
                let value = operand(base, *value, flags.takes(1));
                slow!(vm.set_attr(object, value, site))
            }
            Op::AddAttrI { flags, obj, value, name } => {
                update_attribute!(flags, obj, name, |old: &Value| {
                    if old.is_small() {
                        (old.bits() as i64).checked_add((*value as i64) << 2).map(|bits| Value::from_bits(bits as u64))
                    } else if old.is_inline_float() {
                        Some(Value::float(old.inline_float() + *value as f64))
                    } else {
                        None
                    }
                })
            }
            Op::AddAttr { flags, obj, value, name } => {
                let value = &reg!(value);
                update_attribute!(flags, obj, name, |old: &Value| {
                    if both_small(old, value) {
                        let sum = (old.bits() as i64 - TAG).checked_add(value.bits() as i64)?;
                        return Some(Value::from_bits(sum as u64));
                    }
                    let (x, y) = float_pair(old, value)?;
                    Some(Value::float(x + y))
                })
            }
            Op::SubAttr { flags, obj, value, name } => {
                let value = &reg!(value);
                update_attribute!(flags, obj, name, |old: &Value| {
                    if both_small(old, value) {
                        let difference = (old.bits() as i64).checked_sub(value.bits() as i64 - TAG)?;
                        return Some(Value::from_bits(difference as u64));
                    }
                    let (x, y) = float_pair(old, value)?;
                    Some(Value::float(x - y))
                })
            }
            Op::DelAttr { flags, obj, name } => {
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                let object = operand(base, *obj, flags.takes(0));
                slow!(vm.del_attr(object, site))
            }
            Op::LoadMethod { flags, window, obj, name } => {
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                let object = &reg!(obj);
                if object.is_object() {
                    let header = object.header_ptr().as_ref();
                    let expected = if header.kind == Kind::Instance {
                        let instance =
                            std::mem::ManuallyDrop::new(Ref::<Instance>::from_ptr(body::<Instance>(object).cast_mut()));
                        let id = instance.shape().id.get() as u64;
                        let finding = site.finding(METHOD | id);
                        if finding.key.get() != METHOD | id {
                            let own = match finding.key.get() {
                                key if key == SLOT | id => instance.slot(finding.found.get() as usize),
                                key if key == CLASS_VALUE | id => borrowed_word(finding),
                                _ => Value::UNDEF,
                            };
                            if !own.is_undef() {
                                consume!(flags, 0, obj);
                                set!(window, Value::UNDEF);
                                set!(window.plus(1), own);
                                boundary!();
                                continue;
                            }
                        }
                        METHOD | id
                    } else if matches!(header.kind, Kind::Module | Kind::Type) {
                        if let Some(value) = of_namespace(object, site) {
                            consume!(flags, 0, obj);
                            set!(window, Value::UNDEF);
                            set!(window.plus(1), value);
                            boundary!();
                            continue;
                        }
                        if header.kind == Kind::Module {
                            0
                        } else {
                            CLASS_METHOD | (*body::<Type>(object)).body.version() as u64
                        }
                    } else {
                        vm.method_key(object, header.kind)
                    };
                    let finding = site.finding(expected);
                    if finding.key.get() == expected {
                        let method = borrowed_word(finding);
                        let object = operand(base, *obj, flags.takes(0));
                        let place = base.add(window.index());
                        place.replace(method).release();
                        place.add(1).replace(object).release();
                        continue;
                    }
                }
                let object = operand(base, *obj, flags.takes(0));
                slow!(vm.load_method(object, site, *window))
            }
            Op::LoadSpecial { window, obj, name, .. } => {
                let site: &SiteCache = code!().sites.get_unchecked(*name as usize);
                let object = reg!(obj).clone();
                let expected = match object.kind() {
                    Some(Kind::Instance) => {
                        let instance = std::mem::ManuallyDrop::new(Ref::<Instance>::from_ptr(
                            body::<Instance>(&object).cast_mut(),
                        ));
                        METHOD | instance.shape().id.get() as u64
                    }
                    Some(Kind::Module | Kind::Type) | None => 0,
                    Some(kind) => vm.method_key(&object, kind),
                };
                let finding = site.finding(expected);
                if finding.key.get() == expected {
                    let place = base.add(window.index());
                    place.replace(borrowed_word(finding)).release();
                    place.add(1).replace(object).release();
                    continue;
                }
                slow!(vm.load_special(object, site, *window))
            }
            Op::GetItem { flags, dst, obj, key } => {
                let (object, index) = (&reg!(obj), &reg!(key));
                if let Some(i) = index.as_small()
                    && kind_is(object, Kind::List)
                {
                    let items = &*(*body::<List>(object)).body.as_vec_ptr();
                    let at = if i < 0 { i + items.len() as i64 } else { i };
                    if let Some(item) = items.get(at as usize) {
                        finish_giving_up!(flags, 0, obj, dst, item.clone());
                    }
                }
                if let Some(byte) = quick::character(object, index) {
                    finish_giving_up!(flags, 0, obj, dst, (*vm.characters)[byte as usize & 0x7F].clone());
                }
                if let Some(item) = quick::item(object, index) {
                    consume!(flags, 0, obj);
                    consume!(flags, 1, key);
                    set!(dst, item);
                    boundary!();
                    continue;
                }
                let object = operand(base, *obj, flags.takes(0));
                let key = operand(base, *key, flags.takes(1));
                slow!(vm.get_item(object, key, To::register(*dst)))
            }
            Op::GetItemI { flags, dst, obj, value } => {
                let object = &reg!(obj);
                let i = *value as i64;
                if kind_is(object, Kind::List) {
                    let items = &*(*body::<List>(object)).body.as_vec_ptr();
                    let at = if i < 0 { i + items.len() as i64 } else { i };
                    if let Some(item) = items.get(at as usize) {
                        finish_giving_up!(flags, 0, obj, dst, item.clone());
                    }
                } else if kind_is(object, Kind::Tuple) {
                    let tuple = std::mem::ManuallyDrop::new(Ref::<Tuple>::from_ptr(body::<Tuple>(object).cast_mut()));
                    let at = if i < 0 { i + tuple.items().len() as i64 } else { i };
                    if let Some(item) = tuple.items().get(at as usize) {
                        let item = item.clone();
                        finish_giving_up!(flags, 0, obj, dst, item);
                    }
                }
                if let Some(item) = quick::item(object, &Value::small(i)) {
                    finish_giving_up!(flags, 0, obj, dst, item);
                }
                let object = operand(base, *obj, flags.takes(0));
                slow!(vm.get_item(object, Value::small(i), To::register(*dst)))
            }
            Op::SetItem { flags, obj, key, value } => {
                let (object, index) = (&reg!(obj), &reg!(key));
                if let Some(i) = index.as_small()
                    && kind_is(object, Kind::List)
                {
                    let items = (*body::<List>(object)).body.as_vec_ptr();
                    let at = if i < 0 { i + (*items).len() as i64 } else { i };
                    if (at as usize) < (*items).len() {
                        let value = operand(base, *value, flags.takes(2));
                        (*items).as_mut_ptr().add(at as usize).replace(value).release();
                        consume!(flags, 0, obj);
                        boundary!();
                        continue;
                    }
                }
                let mut new = operand(base, *value, flags.takes(2));
                if kind_is(object, Kind::Dict) {
                    match quick::store(object, index, new) {
                        Ok(()) => {
                            consume!(flags, 0, obj);
                            consume!(flags, 1, key);
                            boundary!();
                            continue;
                        }
                        Err(back) => new = back,
                    }
                }
                let object = operand(base, *obj, flags.takes(0));
                let key = operand(base, *key, flags.takes(1));
                slow!(vm.set_item(object, key, new))
            }
            Op::DelItem { flags, obj, key } => {
                let object = operand(base, *obj, flags.takes(0));
                let key = operand(base, *key, flags.takes(1));
                slow!(vm.del_item(object, key))
            }
            Op::GetSlice { flags, dst, obj, window } => {
                let parts = base.add(window.index());
                if let Some(items) = quick::slice(&reg!(obj), &*parts.cast::<[Value; 3]>()) {
                    consume!(flags, 0, obj);
                    set!(dst, items);
                    boundary!();
                    continue;
                }
                let object = operand(base, *obj, flags.takes(0));
                let key = slice_of(parts);
                slow!(vm.get_item(object, key, To::register(*dst)))
            }
            Op::SetSlice { flags, obj, value, window } => {
                let parts = base.add(window.index());
                if quick::store_slice(&reg!(obj), &*parts.cast::<[Value; 3]>(), &reg!(value)) {
                    consume!(flags, 1, value);
                    consume!(flags, 0, obj);
                    boundary!();
                    continue;
                }
                let value = operand(base, *value, flags.takes(1));
                let object = operand(base, *obj, flags.takes(0));
                let key = slice_of(parts);
                slow!(vm.set_item(object, key, value))
            }
            Op::BuildSlice { dst, window, .. } => {
                let slice = slice_of(base.add(window.index()));
                set!(dst, slice);
            }

            Op::Call { argc, window, dst, .. } => {
                call!(base.add(window.index()), *argc as usize, *dst, false, false)
            }
            Op::CallFromGen { argc, window, dst, .. } => {
                call!(base.add(window.index()), *argc as usize, *dst, true, false)
            }
            Op::CallMethod { argc, window, dst, .. } => {
                call_method!(window, *argc, *dst, false)
            }
            Op::CallMethodFromGen { argc, window, dst, .. } => call_method!(window, *argc, *dst, true),
            Op::CallQuick1 { name, target, .. } => call_quick!(1, name, target),
            Op::CallQuick2 { name, target, .. } => call_quick!(2, name, target),
            Op::CallMethodQuick0 { flags, obj, name, target } => call_method_quick!(0, flags, obj, name, target),
            Op::CallMethodQuick1 { flags, obj, name, target } => call_method_quick!(1, flags, obj, name, target),
            Op::CallMethodQuick2 { flags, obj, name, target } => call_method_quick!(2, flags, obj, name, target),
            // It belongs to the instruction before.
            Op::QuickArgs { .. } => {}
            Op::CallKw { argc, window, names, .. } => slow!(vm.call_kw(*window, *argc as usize, *names, false)),
            Op::CallMethodKw { argc, window, names, .. } => slow!(vm.call_kw(*window, *argc as usize, *names, true)),
            Op::CallEx { flags, window, dst } => {
                let slots: *mut Value = base.add(window.index());
                let (callee, given) = (&*slots, &*slots.add(1));
                let named = flags.has(Flags::KEYWORDS);
                // `f(*args)` of a function written in Python, all of whose arguments are in a tuple: they are copied to their
                // places.
                if kind_is(callee, Kind::Function)
                    && kind_is(given, Kind::Tuple)
                    && (!named
                        || kind_is(&*slots.add(2), Kind::Dict) && (*body::<Dict>(&*slots.add(2))).body.is_empty())
                {
                    let target = body::<Function>(callee);
                    let code: &CodeObject = (*target).body.code();
                    let items = std::mem::ManuallyDrop::new(Ref::<Tuple>::from_ptr(body::<Tuple>(given).cast_mut()));
                    let items: &[Value] = items.items();
                    vm.countdown -= 1;
                    if code.plain_arguments as usize == items.len() && vm.countdown >= 0 {
                        let moves = code!().suspends;
                        let place = if moves { vm.top } else { slots };
                        if has_room!(place, code.registers as usize + 1) {
                            let given = slots.add(1).replace(Value::EMPTY);
                            if named {
                                slots.add(2).replace(Value::EMPTY).release();
                            }
                            for (n, item) in items.iter().enumerate() {
                                place.add(n + 1).write(item.clone());
                            }
                            if moves {
                                place.write(slots.replace(Value::EMPTY));
                            }
                            given.release();
                            enter!(target, code, place, *dst, Delivery::Call)
                        }
                    } else if code.generator_arguments as usize == items.len()
                        && vm.countdown >= 0
                        && !vm.returns_watched
                    {
                        let view = std::mem::ManuallyDrop::new(Ref::<Function>::from_ptr(target.cast_mut()));
                        let generator = Generator::of(&view);
                        let registers = generator.registers();
                        for (n, item) in items.iter().enumerate() {
                            registers.add(n).write(item.clone());
                        }
                        clear!(slots, 2 + named as usize);
                        give!(dst, Value::object(generator));
                        boundary!();
                        continue;
                    }
                }
                slow!(vm.call_ex(*window, named, *dst))
            }
            Op::Return { src, end, .. } => {
                let value = base.add(src.index()).replace(Value::EMPTY);
                leave!(value, end)
            }
            Op::ReturnNone { end, .. } => leave!(Value::NONE, end),

            Op::MakeFunction { flags, dst, code, window } => {
                save!();
                let made = vm.make_function(*flags, *code, *window);
                finish!(dst, made);
            }

            Op::BuildTuple { dst, window, count, .. } => {
                let first = base.add(window.index());
                if let Op::Yield { flags, value, .. } = &*pc
                    && *count == 2
                    && *value == *dst
                    && flags.takes(0)
                    && vm.observer.is_none()
                    && let Some(frame) = vm.frames.last()
                    && frame.delivery == Delivery::Fold
                    && vm.folds_pair(&*first, &*first.add(1), frame.jump)
                {
                    // `dict((k, v) for ...)`: no tuple is made only to be taken apart.
                    pc = pc.add(1);
                    clear!(first, 2);
                    boundary_of_resumed!();
                    continue;
                }
                let tuple = Ref::<Tuple>::build(*count as usize, |n| first.add(n).replace(Value::EMPTY));
                finish!(dst, Value::object(tuple));
            }
            Op::BuildList { dst, window, count, .. } => {
                let first = base.add(window.index());
                let items = (0..*count as usize).map(|n| first.add(n).replace(Value::EMPTY)).collect();
                finish!(dst, Value::list(items));
            }
            Op::BuildSet { dst, window, count, .. } => {
                let first = base.add(window.index());
                let items = (0..*count as usize).map(|n| first.add(n).replace(Value::EMPTY)).collect();
                slow!(vm.build_set(items, *dst))
            }
            Op::BuildMap { dst, window, count, .. } => {
                let first = base.add(window.index());
                let parts = std::slice::from_raw_parts_mut(first, *count as usize * 2);
                if let Some(dict) = quick::dict_of(parts) {
                    parts.iter_mut().for_each(|part| drop(std::mem::replace(part, Value::EMPTY)));
                    set!(dst, dict);
                    boundary!();
                    continue;
                }
                let items = (0..*count as usize * 2).map(|n| first.add(n).replace(Value::EMPTY)).collect();
                slow!(vm.build_map(items, *dst))
            }
            Op::BuildString { dst, window, count, .. } => {
                let parts = std::slice::from_raw_parts_mut(base.add(window.index()), *count as usize);
                let text = Ref::<Str>::concat_all(parts);
                parts.iter_mut().for_each(|part| drop(std::mem::replace(part, Value::EMPTY)));
                finish!(dst, Value::object(text));
            }
            Op::ListAppend { flags, list, value } => {
                let value = operand(base, *value, flags.takes(0));
                (*(*body::<List>(&reg!(list))).body.as_vec_ptr()).push(value);
            }
            Op::ListExtend { flags, list, iterable } => {
                let iterable = operand(base, *iterable, flags.takes(0));
                if kind_is(&iterable, Kind::Tuple)
                    && matches!(&*pc, Op::CallEx { window, .. } if window.plus(1) == *list)
                    && (*(*body::<List>(&reg!(list))).body.as_vec_ptr()).is_empty()
                {
                    // `f(*args)`: a tuple will do as it is.
                    set!(list, iterable);
                    continue;
                }
                let list = reg!(list).clone();
                slow!(vm.list_extend(list, iterable))
            }
            Op::SetAdd { flags, set, value } => {
                if quick::add_member(&reg!(set), &reg!(value)) {
                    consume!(flags, 0, value);
                    continue;
                }
                let value = operand(base, *value, flags.takes(0));
                let set = reg!(set).clone();
                slow!(vm.set_add(set, value))
            }
            Op::SetUpdate { flags, set, iterable } => {
                let iterable = operand(base, *iterable, flags.takes(0));
                let set = reg!(set).clone();
                slow!(vm.call_method(set, "update", vec![iterable], To::DISCARD))
            }
            Op::MapAdd { flags, dict, key, value } => {
                let value = operand(base, *value, flags.takes(1));
                match quick::store(&reg!(dict), &reg!(key), value) {
                    Ok(()) => {
                        consume!(flags, 0, key);
                        boundary!();
                    }
                    Err(value) => {
                        let key = operand(base, *key, flags.takes(0));
                        let dict = reg!(dict).clone();
                        slow!(vm.map_add(dict, key, value))
                    }
                }
            }
            Op::DictUpdate { flags, dict, mapping } => {
                let mapping = operand(base, *mapping, flags.takes(0));
                let dict = reg!(dict).clone();
                slow!(vm.dict_update(dict, mapping))
            }
            Op::DictMerge { flags, dict, mapping, callee } => {
                let mapping = operand(base, *mapping, flags.takes(0));
                if kind_is(&mapping, Kind::Dict) && (*body::<Dict>(&mapping)).body.is_empty() {
                    // `f(**keywords)` where there are none.
                    mapping.release();
                    boundary!();
                    continue;
                }
                let (dict, callee) = (reg!(dict).clone(), reg!(callee).clone());
                slow!(vm.dict_merge(dict, mapping, callee))
            }
            Op::ListToTuple { flags, dst, list } => {
                let list = operand(base, *list, flags.takes(0));
                let tuple = Value::tuple(construct::spread(&list));
                set!(dst, tuple);
            }
            Op::UnpackSequence { flags, src, window, count } => {
                let value = operand(base, *src, flags.takes(0));
                if kind_is(&value, Kind::Tuple) {
                    let tuple = std::mem::ManuallyDrop::new(Ref::<Tuple>::from_ptr(body::<Tuple>(&value).cast_mut()));
                    if tuple.items().len() == *count as usize {
                        for (n, item) in tuple.items().iter().enumerate() {
                            set!(window.plus(n), item.clone());
                        }
                        drop(value);
                        boundary!();
                        continue;
                    }
                }
                slow!(vm.unpack(value, *window, *count as usize))
            }
            Op::UnpackEx { flags, before, after, src, window } => {
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.unpack_ex(value, *window, *before as usize, *after as usize))
            }

            Op::GetIter { flags, dst, src } => {
                let value = &reg!(src);
                if kind_is(value, Kind::Generator) && (*body::<Generator>(value)).body.is_plain_generator() {
                    let value = operand(base, *src, flags.takes(0));
                    set!(dst, value);
                    continue;
                }
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.get_iter(value, *dst))
            }
            Op::ForIter { flags, dst, iter, target } => {
                let iterator = &reg!(iter);
                if kind_is(iterator, Kind::Generator) {
                    let mut generator = body::<Generator>(iterator).cast_mut();
                    // In a chain of generators each would wait for the instruction and the register of the one before to be
                    // read. So it goes on with whom it resumed last, and that it is the same is seen meanwhile.
                    if flags.has(Flags::SUSPENDS) {
                        let source = &(*Ref::<Generator>::of_registers(base)).body.source;
                        let known = source.get();
                        let guess = unrelated!(known, generator);
                        if known == generator {
                            generator = guess;
                        } else {
                            cold_path();
                            source.set(generator);
                        }
                    }
                    let rests = &*generator;
                    if rests.header.state.get() == GeneratorState::Suspended as u16
                        && rests.body.leaf.get() == generator
                        && !is_full!()
                        && matches!(&*rests.body.pc.get().sub(1), Op::Yield { .. })
                    {
                        // It is suspended in its own frame, and nobody relies on where it stands. No back edge is counted: between
                        // two yields of its own in a loop without end, the generator has one.
                        resume!(@record generator, Delivery::For, *dst, *target as i32);
                        if !flags.has(Flags::SUSPENDS) {
                            vm.top = base.add(code!().registers as usize);
                        }
                        rests.header.state.set(GeneratorState::Running as u16);
                        if WATCHED {
                            vm.observe_next((function, pc), generator);
                        }
                        resume!(@at generator);
                        continue;
                    }
                    cold_path();
                    if rests.header.state.get() <= GeneratorState::Suspended as u16
                        && rests.body.leaf.get() == generator
                        && !is_full!()
                    {
                        // The same, not at a `yield` whose value nobody wants; or it has not begun.
                        resume!(@frame generator, Delivery::For, *dst, *target as i32);
                        let state = rests.header.state.replace(GeneratorState::Running as u16);
                        if WATCHED {
                            vm.observe_sent(
                                (function, pc),
                                generator,
                                generator,
                                state != GeneratorState::Created as u16,
                                &Value::NONE,
                            );
                        }
                        resume!(@at generator);
                        if state != GeneratorState::Created as u16 {
                            if matches!(&*pc, Op::YieldFrom { .. }) {
                                vm.countdown -= 1;
                                if vm.countdown < 0 {
                                    attention::ask();
                                }
                            }
                            resume!(@given Value::NONE);
                        }
                        continue;
                    }
                    if resumable!(iterator) {
                        resume!(generator, Delivery::For, *dst, *target as i32, Value::NONE);
                    }
                }
                // Without this, the test above would go into a table with those below.
                real_branch!(pc);
                if kind_is(iterator, Kind::RangeIter) {
                    let range: &RangeIter = &(*body::<RangeIter>(iterator)).body;
                    let left = range.left.get();
                    if left > 0 {
                        range.left.set(left - 1);
                        let item = range.next.get();
                        range.next.set(item.wrapping_add(range.step));
                        // Only ranges between inline ints have this iterator.
                        next_item!(dst, Value::small(item), *target);
                    }
                } else if kind_is(iterator, Kind::ListIter) {
                    let list_iter: &ListIter = &(*body::<ListIter>(iterator)).body;
                    let list = &*list_iter.list.as_ptr();
                    if kind_is(list, Kind::List) {
                        let items = &*(*body::<List>(list)).body.as_vec_ptr();
                        let next = list_iter.next.get();
                        if let Some(item) = items.get(next) {
                            let item = item.clone();
                            list_iter.next.set(next + 1);
                            next_item!(dst, item, *target);
                        }
                    }
                } else if kind_is(iterator, Kind::Iter) {
                    let iterator = &(*body::<Iter>(iterator)).body;
                    // `for a, b in ...` over what gives pairs: no tuple is made only to be taken apart.
                    let first = pc.offset(*target as isize);
                    let step = match &*first {
                        Op::UnpackSequence { flags, count: 2, src, window } if src == dst && flags.takes(0) => {
                            match iterator.step_pair() {
                                PairStep::Pair(a, b) => {
                                    let place = base.add(window.index());
                                    place.replace(a).release();
                                    place.add(1).replace(b).release();
                                    jump!(*target + 1);
                                }
                                PairStep::Other(step) => step,
                                PairStep::NoPairs => iterator.step(),
                            }
                        }
                        _ => iterator.step(),
                    };
                    match step {
                        Step::Item(item) => next_item!(dst, item, *target),
                        Step::End => {
                            set!(iter, Value::EMPTY);
                            boundary!();
                            continue;
                        }
                        Step::Changed(what) => {
                            save!();
                            let exit = vm.changed_size(what);
                            raise!(vm.exception_of(exit));
                        }
                    }
                }
                slow!(vm.for_iter(*iter, *dst, *target as i32))
            }
            Op::Yield { flags, value, dst } | Op::YieldInto { flags, value, dst } => {
                // A body that can yield has been resumed by somebody.
                let frame = vm.frames.last_record();
                if if WATCHED {
                    (*frame).delivery == Delivery::For && may_hand_back!()
                } else {
                    (*frame).delivery == vm.yielded_at_once
                } {
                    let generator: *mut Object<Generator> = Ref::<Generator>::of_registers(base);
                    let value = operand(base, *value, flags.takes(0));
                    (*generator).body.pc.set(pc);
                    (*(*frame).generator).header.state.set(GeneratorState::Suspended as u16);
                    let frame = *frame;
                    if WATCHED {
                        vm.observe_yield_to_for(pc, &view(generator), &frame, &value);
                    }
                    hand_back!(frame);
                    let old = base.add(frame.dst.index()).replace(value);
                    pc = pc.offset(frame.jump as isize);
                    if old.is_object() {
                        cold_path();
                        old.release();
                        boundary!();
                    } else {
                        std::mem::forget(old);
                    }
                    real_branch!(pc);
                    continue;
                }
                // Without this, the test above would go into a table with those below.
                real_branch!(pc);
                if may_hand_back!() {
                    let frame = &*frame;
                    match frame.delivery {
                        Delivery::SendKept | Delivery::Send | Delivery::NextDefault => {
                            let generator: *mut Object<Generator> = Ref::<Generator>::of_registers(base);
                            let value = operand(base, *value, flags.takes(0));
                            (*generator).body.pc.set(pc);
                            (*frame.generator).header.state.set(GeneratorState::Suspended as u16);
                            let frame = *frame;
                            if WATCHED {
                                vm.observe_yield(pc, &view(generator), &frame, &value);
                            }
                            hand_back!(frame);
                            if frame.delivery == Delivery::SendKept {
                                base.add(frame.jump as usize).replace(Value::EMPTY).release();
                            } else {
                                // A native stood in for the generator, and held it, and the default if there is one, or
                                // what was thrown.
                                drop(vm.held.pop());
                                if frame.delivery == Delivery::NextDefault || frame.jump != 0 {
                                    drop(vm.held.pop());
                                }
                            }
                            give!(frame.dst, value);
                            boundary!();
                            continue;
                        }
                        Delivery::Fold => {
                            let jump = frame.jump;
                            if vm.folds(&reg!(value), jump) {
                                if WATCHED {
                                    let generator: *mut Object<Generator> = Ref::<Generator>::of_registers(base);
                                    (*generator).body.pc.set(pc);
                                    vm.observe_fold(&view(generator), &reg!(value));
                                }
                                consume!(flags, 0, value);
                                give!(dst, Value::NONE);
                                boundary_of_resumed!();
                                continue;
                            }
                        }
                        _ => {}
                    }
                }
                let value = operand(base, *value, flags.takes(0));
                slow!(vm.yield_value(value))
            }
            Op::AsyncYield { flags, value, .. } => {
                let value = operand(base, *value, flags.takes(0));
                if may_hand_back!()
                    && let Some(frame) = vm.frames.last().copied()
                    && frame.delivery == Delivery::AsyncDelegate
                    && let Op::YieldFrom { dst, iter, .. } = &*frame.pc.sub(1)
                    && kind_is(&*frame.base.add(iter.index()), Kind::Generator)
                {
                    // An item for a step that nobody has seen: the generator stands in its place.
                    let generator: *mut Object<Generator> = Ref::<Generator>::of_registers(base);
                    (*generator).body.pc.set(pc);
                    let header = &(*frame.generator).header;
                    header.state.set(GeneratorState::Suspended as u16);
                    header.flags.set(header.flags.get() & !ASYNC_RUNNING);
                    if WATCHED {
                        vm.observe_yield(pc, &view(generator), &frame, &value);
                    }
                    hand_back!(frame);
                    base.add(iter.index()).replace(Value::EMPTY).release();
                    give!(dst, value);
                    boundary!();
                    continue;
                }
                slow!(vm.yield_async(value))
            }
            Op::GetYieldFromIter { flags, dst, src } => {
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.get_delegate(value, *dst))
            }
            Op::GetAwaitable { flags, dst, src } => {
                let value = &reg!(src);
                if kind_is(value, Kind::Generator)
                    && !is_full!()
                    && delegates_plainly!(pc, dst)
                    && let Some(frame) = vm.frames.last()
                {
                    let inner = body::<Generator>(value).cast_mut();
                    let me: *mut Object<Generator> = Ref::<Generator>::of_registers(base);
                    let depth = (*me).body.depth.get();
                    if (*inner).header.state.get() == GeneratorState::Created as u16
                        && let Some(target) = (*inner).body.function()
                        && target.code().coroutine
                        && depth as usize + vm.frames.len() <= vm.recursion_limit
                    {
                        // A coroutine that has not begun, delegated to at once.
                        let target = target.as_ptr();
                        let root = frame.generator;
                        if *src != *dst {
                            let value = operand(base, *src, flags.takes(0));
                            set!(dst, value);
                        }
                        (*inner).body.depth.set(depth + 1);
                        (*me).body.pc.set(pc);
                        (*inner).body.parent.set(me);
                        (*inner).body.leaf.set(std::ptr::null_mut());
                        let header = &(*inner).header;
                        header.flags.set(header.flags.get() | AWAITED);
                        // In a chain only the outermost says whether it runs.
                        header.state.set(GeneratorState::Suspended as u16);
                        (*root).body.leaf.set(inner);
                        if WATCHED {
                            vm.observe_delegate(&view(me), &view(inner).value());
                        }
                        drop(std::mem::replace(&mut vm.sent, Value::NONE));
                        pc = (*inner).body.pc.get();
                        base = inner.cast::<u8>().add(size_of::<Object<Generator>>()).cast::<Value>();
                        function = target;
                        continue;
                    }
                }
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.get_awaitable(value, *dst))
            }
            Op::YieldFrom { iter, .. } => slow!(vm.yield_from(*iter)),
            Op::GetAIter { flags, dst, src } => {
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.get_aiter(value, *dst))
            }
            Op::GetANext { dst, iter, .. } => {
                let value = reg!(iter).clone();
                if kind_is(&value, Kind::Generator) && !is_full!() && delegates_plainly!(pc, dst) {
                    // An async generator that rests between two items: it stands in the place of the step, see `async_step`.
                    let generator = body::<Generator>(&value).cast_mut();
                    let header = &(*generator).header;
                    if header.state.get() == GeneratorState::Suspended as u16
                        && header.flags.get() & (STARTED | ASYNC_RUNNING | ASYNC_CLOSED) == STARTED
                        && (*generator).body.parent.get().is_null()
                        && let Op::AsyncYield { dst: sent, .. } = &*(*generator).body.pc.get().sub(1)
                        && let Some(target) = (*generator).body.function()
                    {
                        header.flags.set(header.flags.get() | ASYNC_RUNNING);
                        header.state.set(GeneratorState::Running as u16);
                        set!(dst, value);
                        push_frame!(Frame {
                            pc: pc.add(1),
                            base,
                            function,
                            top: MaybeUninit::uninit(),
                            generator,
                            jump: 0,
                            dst: Reg::NONE,
                            delivery: Delivery::AsyncDelegate,
                            crossed: false,
                        });
                        if WATCHED {
                            vm.observe_sent((function, pc.add(1)), generator, generator, true, &Value::NONE);
                        }
                        drop(std::mem::replace(&mut vm.sent, Value::NONE));
                        pc = (*generator).body.pc.get();
                        base = generator.cast::<u8>().add(size_of::<Object<Generator>>()).cast::<Value>();
                        function = target.as_ptr();
                        give!(sent, Value::NONE);
                        boundary_of_resumed!();
                        continue;
                    }
                }
                slow!(vm.get_anext(value, *dst))
            }

            Op::Raise { flags, exc } => {
                let exc = operand(base, *exc, flags.takes(0));
                slow!(vm.raise_statement(exc, None))
            }
            Op::RaiseFrom { flags, exc, cause } => {
                let exc = operand(base, *exc, flags.takes(0));
                let cause = operand(base, *cause, flags.takes(1));
                slow!(vm.raise_statement(exc, Some(cause)))
            }
            Op::RaiseCurrent { .. } => {
                save!();
                let exception = vm.handled.clone();
                if exception.is_none() {
                    let exit = vm.runtime_error("No active exception to reraise");
                    raise!(vm.exception_of(exit));
                }
                if !vm.raised_again(exception) {
                    return;
                }
                load!();
            }
            Op::Reraise { exc, .. } => {
                save!();
                let exception = vm.take_register(*exc);
                if !vm.unwind(exception, false) {
                    return;
                }
                load!();
            }
            Op::PushExc { saved, exc, .. } => {
                let exception = reg!(exc).clone();
                let before = std::mem::replace(&mut vm.handled, exception);
                set!(saved, before);
            }
            Op::PopExc { saved, raised, .. } => {
                let before = base.add(saved.index()).replace(Value::EMPTY);
                let handled = std::mem::replace(&mut vm.handled, before);
                if handled.header().is_some_and(|header| header.count() > 1)
                    && (raised.is_none() || !reg!(raised).is(&handled))
                    && !vm.only_thrower_has(&handled)
                {
                    save!();
                    vm.exception_stays(&handled);
                }
                drop(handled);
                boundary!();
            }
            Op::ExcSwapOut { kept, outer, .. } => {
                let outer = base.add(outer.index()).replace(Value::NONE);
                let handled = std::mem::replace(&mut vm.handled, outer);
                set!(kept, handled);
            }
            Op::ExcSwapIn { kept, outer, .. } => {
                save!();
                vm.swap_in(*kept, *outer);
                boundary!();
            }
            Op::ExcSwapInRaise { kept, outer, exc, .. } => {
                save!();
                let exception = vm.take_register(*exc);
                if vm.swap_in(*kept, *outer) {
                    vm.set_context(&exception);
                }
                if !vm.unwind(exception, false) {
                    return;
                }
                load!();
            }
            Op::JumpIfNotMatch { flags, exc, type_, target } => {
                let wanted = operand(base, *type_, flags.takes(0));
                save!();
                match vm.exception_matches(&reg!(exc), &wanted) {
                    Ok(true) => vm.observe_match(&reg!(exc)),
                    Ok(false) => jump!(*target),
                    Err(exception) => raise!(exception),
                }
            }
            Op::LoadTraceback { dst, exc, .. } => {
                let traceback = match reg!(exc).get::<crate::object::Exception>() {
                    Some(exception) => exception.traceback.get(),
                    None => Value::NONE,
                };
                set!(dst, traceback);
            }
            Op::LoadType { dst, src, .. } => {
                let class = vm.class_of(&reg!(src)).into_value();
                set!(dst, class);
            }
            Op::EndAsyncFor { exc, .. } => {
                save!();
                let exception = vm.take_register(*exc);
                if !vm.is_instance(&exception, &vm.types.stop_async_iteration) {
                    if !vm.unwind(exception, false) {
                        return;
                    }
                    load!();
                }
            }

            Op::FormatValue { flags, dst, src, spec } => {
                let plain = spec.is_none() && flags.0 & Flags::ASCII.0 == 0;
                if plain && (kind_is(&reg!(src), Kind::Str) || flags.has(Flags::PART) && reg!(src).is_small()) {
                    let value = operand(base, *src, flags.takes(0));
                    set!(dst, value);
                    boundary!();
                    continue;
                }
                let value = operand(base, *src, flags.takes(0));
                let spec = if spec.is_none() { Value::UNDEF } else { operand(base, *spec, flags.takes(1)) };
                slow!(vm.format_field(value, spec, *flags, *dst))
            }
            Op::ImportName { dst, name, window, .. } => slow!(vm.import_name(*name, *window, *dst)),
            Op::ImportFrom { dst, module, name, .. } => {
                let module = reg!(module).clone();
                slow!(vm.import_from(module, *name, *dst))
            }
            Op::ImportStar { flags, module } => {
                let module = operand(base, *module, flags.takes(0));
                slow!(vm.import_star(module))
            }
            Op::PrintExpr { flags, src } => {
                let value = operand(base, *src, flags.takes(0));
                slow!(vm.print_expression(value))
            }
            Op::MatchSequence { dst, src, .. } => {
                let yes = vm.matches_flag(&reg!(src), crate::object::TypeFlags::SEQUENCE);
                set!(dst, Value::bool(yes));
            }
            Op::MatchMapping { dst, src, .. } => {
                let yes = vm.matches_flag(&reg!(src), crate::object::TypeFlags::MAPPING);
                set!(dst, Value::bool(yes));
            }
            Op::GetLen { dst, src, .. } => {
                let value = reg!(src).clone();
                slow!(vm.get_len(value, *dst))
            }
        }
    }
}

#[inline(always)]
fn identical(a: &Value, b: &Value) -> bool {
    a.is(b)
}

/// The value an inline cache remembers: kept alive by the class it was found in, as long as the key matches.
#[inline(always)]
unsafe fn borrowed_word(finding: &Finding) -> Value {
    let word = std::mem::ManuallyDrop::new(Value::from_bits(finding.word.get()));
    (*word).clone()
}

/// `a op b` of complex numbers into `a`, which the instruction gives up, if nobody else has it.
#[inline(never)]
unsafe fn combine_in_place(operation: Operation, a: &Value, b: &Value) -> bool {
    if !kind_is(a, Kind::Complex) || !kind_is(b, Kind::Complex) || a.header_ptr().as_ref().count() != 1 {
        return false;
    }
    // SAFETY: `a` has one reference, the register's; so it is not `b`, and nobody looks at it meanwhile.
    let x: *mut Complex = &raw mut (*body::<Complex>(a).cast_mut()).body;
    let y: &Complex = &(*body::<Complex>(b)).body;
    let (re, im) = match operation {
        Operation::Add => ((*x).re + y.re, (*x).im + y.im),
        Operation::Sub => ((*x).re - y.re, (*x).im - y.im),
        _ => ((*x).re * y.re - (*x).im * y.im, (*x).re * y.im + (*x).im * y.re),
    };
    // What is no number may be an infinity after all.
    if re.is_nan() && im.is_nan() {
        return false;
    }
    ((*x).re, (*x).im) = (re, im);
    true
}

/// Notes what `callee`, called with `argc` arguments from this site, is to be asked first. Not before it has been called once,
/// for what its quick form answers is not known before.
#[cold]
#[inline(never)]
unsafe fn note_direct(site: &SiteCache, callee: &Value, argc: usize) {
    let (native, of_class) = match callee.kind() {
        Some(Kind::Native) => (callee.clone(), false),
        Some(Kind::Type) => match callee.get::<Type>() {
            Some(class) if class.constructor.get() == NATIVE && !class.flags().has(TypeFlags::HEAP) => {
                (class.init.get(), true)
            }
            Some(class) if class.constructor.get() == 0 => return,
            _ => (Value::UNDEF, false),
        },
        _ => (Value::UNDEF, false),
    };
    let count = argc + of_class as usize;
    let direct = match native.get::<NativeFunction>() {
        Some(native) if native.answers(count) => native.def.quick.map(|quick| Direct {
            callee: callee.clone(),
            quick,
            skipped: 1 - of_class as usize,
            count,
        }),
        // Not called yet.
        Some(native) if native.def.quick.is_some() => return,
        _ => None,
    };
    let nothing = || Direct { callee: Value::UNDEF, quick: |_| None, skipped: 0, count: 0 };
    let _ = site.direct.set(Box::new(direct.unwrap_or_else(nothing)));
}

/// The quick form of the method a site remembers, asked about `argc` arguments; noted beside the method when it is first
/// wanted. `None` until the method has been called once, for its signature is not known before.
#[inline(always)]
unsafe fn quick_of(finding: &Finding, argc: usize) -> Option<QuickFn> {
    let noted = finding.found.get();
    if noted == 0 {
        note_quick(finding, argc);
    }
    // SAFETY: with the key of a builtin class's method goes zero, which is `None`, or what was put there below.
    std::mem::transmute::<usize, Option<QuickFn>>(noted as usize)
}

#[cold]
unsafe fn note_quick(finding: &Finding, argc: usize) {
    let method = std::mem::ManuallyDrop::new(Value::from_bits(finding.word.get()));
    if let Some(native) = method.get::<NativeFunction>()
        && native.accepts(argc)
    {
        finding.found.set(native.def.quick.map_or(0, |quick| quick as usize as u64));
    }
}

/// A slice object of the three values from `parts` on, which move into it.
#[inline(never)]
unsafe fn slice_of(parts: *mut Value) -> Value {
    let part = |n: usize| parts.add(n).replace(Value::EMPTY);
    Value::object(Ref::new(Slice { start: part(0), stop: part(1), step: part(2) }))
}

/// What a site remembers of a module or a class.
#[inline(never)]
unsafe fn of_namespace(object: &Value, site: &SiteCache) -> Option<Value> {
    match object.kind()? {
        Kind::Module => {
            let dict: &Dict = &(*body::<Module>(object)).body.dict;
            let finding = site.finding(MODULE_ENTRY | dict.version() as u64);
            let same = finding.key.get() == MODULE_ENTRY | dict.version() as u64 && dict.version() != 0;
            same.then(|| (*dict.table.as_ptr()).value(finding.found.get() as usize).clone())
        }
        Kind::Type => {
            let version = (*body::<Type>(object)).body.version();
            let finding = site.finding(OF_CLASS | version as u64);
            (finding.key.get() == OF_CLASS | version as u64).then(|| borrowed_word(finding))
        }
        _ => None,
    }
}

/// `a % b` with the sign of `b`.
#[inline(always)]
fn python_mod(a: i64, b: i64) -> i64 {
    let r = a.wrapping_rem(b);
    if r != 0 && (r ^ b) < 0 { r + b } else { r }
}

/// `a // b`, rounded down.
#[inline(always)]
fn python_floor_div(a: i64, b: i64) -> i64 {
    let q = a.wrapping_div(b);
    if a.wrapping_rem(b) != 0 && (a ^ b) < 0 { q - 1 } else { q }
}

impl Vm {
    /// A function of the code constant, closed over what its captures name.
    fn make_function(&mut self, flags: Flags, code: u16, window: Reg) -> Value {
        // SAFETY: see the head of the file.
        let (outer, constant) = unsafe {
            let outer = &(*self.function).body;
            (outer, outer.code().constants[code as usize].clone())
        };
        let Some(code) = constant.to_ref::<CodeObject>() else { return Value::NONE };
        let captures = code.code.captures.iter().map(|capture| match capture {
            Capture::Local(reg) => self.register(*reg).to_ref::<Cell>(),
            Capture::Free(index) => outer.closure.get(*index as usize).cloned(),
        });
        let closure: Vec<Ref<Cell>> = captures.flatten().collect();
        let made = Function::new(code, outer.globals.clone(), outer.builtins.clone(), closure.into_boxed_slice());
        if let Some(module) = outer.globals.get_str(&self.names.name) {
            made.module.set(module);
        }
        let mut next = window;
        for (flag, slot) in [
            (Flags::DEFAULTS, &made.defaults),
            (Flags::KW_DEFAULTS, &made.kwdefaults),
            (Flags::ANNOTATE, &made.annotate),
        ] {
            if flags.has(flag) {
                slot.set(self.take_register(next));
                next = next.plus(1);
            }
        }
        Value::object(made)
    }
}

/// Are these two strings, and is there room for both in one?
#[inline(always)]
fn make_one_string(a: &Value, b: &Value) -> bool {
    let (Some(a), Some(b)) = (a.get::<Str>(), b.get::<Str>()) else { return false };
    let size = a.as_bytes().len() + b.as_bytes().len();
    size <= Str::LONGEST && memory::fits(size)
}
