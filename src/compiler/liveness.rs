//! Which locals are read again: the code of an adaptor hands its last reference to an item out, as native code would.

use super::verify::{can_raise, distance, op_ends};
use crate::bytecode::{Code, Flags, Op, Reg, Role};

/// Where the generator `code` yields or passes on a local that it does not read again, it gives that up. Its parameters,
/// which an adaptor begins again with, stay.
pub fn hand_over(code: &mut Code) {
    if !code.flags.generator {
        return;
    }
    let own = code.parameters.count()..code.locals.len();
    for at in 0..code.ops.len() {
        let src = match code.ops[at] {
            Op::Yield { value: src, .. } | Op::YieldInto { value: src, .. } | Op::Move { src, .. } => src,
            _ => continue,
        };
        if own.contains(&src.index()) && !code.cells.contains(&src) && !is_read_behind(code, at, src) {
            let flags = code.ops[at].flags_mut();
            *flags = flags.with(Flags(1));
        }
    }
}

/// Does anything that can follow instruction `at` read `reg` before that is written?
fn is_read_behind(code: &Code, at: usize, reg: Reg) -> bool {
    let mut seen = vec![false; code.ops.len()];
    let mut waiting = Vec::new();
    follow(code, at, &mut waiting);
    while let Some(at) = waiting.pop() {
        let Some(known) = seen.get_mut(at).filter(|known| !**known) else { continue };
        *known = true;
        let (mut read, mut written) = (false, false);
        let mut op = code.ops[at];
        if let Op::UnpackSequence { src, window, count, .. } = op
            && src != reg
            && (window.index()..window.index() + count as usize).contains(&reg.index())
        {
            continue;
        }
        op.registers_mut(&mut |role, used| {
            if *used == reg {
                written |= role == Role::Dst;
                read |= role != Role::Dst;
            }
        });
        if read {
            return true;
        }
        if !written {
            follow(code, at, &mut waiting);
        }
    }
    false
}

/// The instructions that can follow the one at `at`.
fn follow(code: &Code, at: usize, next: &mut Vec<usize>) {
    let mut op = code.ops[at];
    let covers = |start: u32, end: u32| (start..end).contains(&(at as u32));
    if let (Some(handler), true) =
        (code.handlers.iter().find(|handler| covers(handler.start, handler.end)), can_raise(&op))
    {
        next.push(handler.target as usize);
    }
    if let Some(distance) = distance(&mut op) {
        next.push((at as i64 + 1 + distance) as usize);
    }
    if !op_ends(&op) {
        next.push(at + 1);
    }
}
