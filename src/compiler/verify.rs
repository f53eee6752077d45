//! A check of finished code, run in debug builds: what the VM takes for granted must hold.

use super::assembler::short_target;
use crate::bytecode::{Code, Op, Role};

/// What is wrong with `code`, if anything.
pub(super) fn complaint(code: &Code) -> Option<String> {
    let count = code.ops.len();
    if code.spans.len() != count {
        return Some("not every instruction has a place".to_owned());
    }
    if !code.ops.last().is_some_and(op_ends) {
        return Some(format!("{}: control runs off the end", code.qualname));
    }
    for (at, op) in code.ops.iter().enumerate() {
        let mut op = *op;
        let mut wrong = None;
        op.registers_mut(&mut |role, reg| {
            let absent = reg.is_none();
            let window_at_end = role == Role::Window && reg.index() == code.registers as usize;
            if !absent && reg.index() >= code.registers as usize && !window_at_end {
                wrong = Some(format!("{}: register {reg:?} of instruction {at} does not exist", code.qualname));
            }
        });
        if wrong.is_some() {
            return wrong;
        }
        if let Some(distance) = distance(&mut op) {
            let target = at as i64 + 1 + distance;
            if target < 0 || target >= count as i64 {
                return Some(format!("{}: instruction {at} jumps out of the code", code.qualname));
            }
        }
    }
    for handler in &code.handlers {
        let inside = handler.start < handler.end && handler.end as usize <= count && (handler.target as usize) < count;
        if !inside || handler.reg.index() >= code.registers as usize {
            return Some(format!("{}: handler {handler:?} is out of range", code.qualname));
        }
        if handler.reg.index() < code.locals.len() {
            return Some(format!("{}: handler {handler:?} would overwrite a local", code.qualname));
        }
    }
    unbalanced(code)
}

pub(super) fn op_ends(op: &Op) -> bool {
    matches!(
        op,
        Op::Return { .. }
            | Op::ReturnNone { .. }
            | Op::Raise { .. }
            | Op::RaiseFrom { .. }
            | Op::RaiseCurrent { .. }
            | Op::Reraise { .. }
            | Op::ExcSwapInRaise { .. }
            | Op::Jump { .. }
    )
}

pub(super) fn can_raise(op: &Op) -> bool {
    !matches!(
        op,
        Op::Nop { .. } | Op::PushExc { .. } | Op::PopExc { .. } | Op::Unbind { .. } | Op::Move { .. } | Op::Jump { .. }
    )
}

pub(super) fn distance(op: &mut Op) -> Option<i64> {
    if let Op::Jump { target, .. } = op {
        return Some(*target as i64);
    }
    short_target(op).map(|target| *target as i64)
}

/// Follows every path and counts handlers entered and left: two paths to one place must agree, and a return must have
/// left all of them.
fn unbalanced(code: &Code) -> Option<String> {
    let mut depths: Vec<Option<i32>> = vec![None; code.ops.len()];
    let mut waiting = vec![(0usize, 0i32)];
    while let Some((at, depth)) = waiting.pop() {
        match depths.get(at) {
            None => continue,
            Some(Some(known)) if *known == depth => continue,
            Some(Some(known)) => {
                return Some(format!("{}: instruction {at} is reached in {known} and {depth} handlers", code.qualname));
            }
            Some(None) => depths[at] = Some(depth),
        }
        let mut op = code.ops[at];
        let after = match op {
            Op::PushExc { .. } => depth + 1,
            Op::PopExc { .. } => depth - 1,
            _ => depth,
        };
        let returns = matches!(op, Op::Return { .. } | Op::ReturnNone { .. });
        if after < 0 || (returns && after != 0) {
            return Some(format!("{}: {after} handlers are open after instruction {at}", code.qualname));
        }
        let handler = code.handlers.iter().find(|handler| (handler.start..handler.end).contains(&(at as u32)));
        if let (Some(handler), true) = (handler, can_raise(&op)) {
            waiting.push((handler.target as usize, depth));
        }
        if let Some(distance) = distance(&mut op) {
            waiting.push(((at as i64 + 1 + distance) as usize, after));
        }
        if !op_ends(&op) {
            waiting.push((at + 1, after));
        }
    }
    None
}
