//! Code objects in print, for `pyield dis`.

use super::{Code, Constant, Op};
use std::fmt::Write;

/// The body and all bodies inside it, an instruction a line: line of source, index, name, operands.
pub fn disassemble(code: &Code) -> String {
    let mut out = String::new();
    write_code(&mut out, code);
    let mut waiting: Vec<_> = inner(code).collect();
    waiting.reverse();
    while let Some(code) = waiting.pop() {
        out.push('\n');
        write_code(&mut out, code);
        let mut deeper: Vec<_> = inner(code).collect();
        deeper.reverse();
        waiting.extend(deeper);
    }
    out
}

fn inner(code: &Code) -> impl Iterator<Item = &Code> {
    code.constants.iter().filter_map(|constant| match constant {
        Constant::Code(code) => Some(&**code),
        _ => None,
    })
}

fn write_code(out: &mut String, code: &Code) {
    let locals = code.locals.join(" ");
    let _ = write!(out, "{} ({} registers", code.qualname, code.registers);
    let _ = if locals.is_empty() { writeln!(out, ")") } else { writeln!(out, "; locals {locals})") };
    let mut line = 0;
    for (index, op) in code.ops.iter().enumerate() {
        let now = code.place(index).line;
        let shown = if now == line { String::new() } else { now.to_string() };
        line = now;
        let mut operands = String::new();
        let _ = op.write_operands(&mut operands, code);
        let row = format!("{shown:>5} {index:>5}  {:<18}{}", op.name(), resolve(&operands, index));
        let _ = writeln!(out, "{}", row.trim_end());
    }
    for handler in &code.handlers {
        let _ = writeln!(
            out,
            "      handler {}..{} -> @{} into {:?}",
            handler.start, handler.end, handler.target, handler.reg
        );
    }
}

/// Instruction `index` as the listing of the same code without marks has it: its number there, its name, its operands.
pub fn instruction(code: &Code, index: usize) -> String {
    let Some(op) = code.ops.get(index) else { return String::new() };
    let number = |index: usize| index - code.ops.iter().take(index).filter(|op| matches!(op, Op::Nop { .. })).count();
    let mut operands = String::new();
    let _ = op.write_operands(&mut operands, code);
    let operands = resolve_by(&operands, |distance| number((index as i64 + 1 + distance).max(0) as usize) as i64);
    format!("{} {}{operands}", number(index), op.name()).trim_end().to_owned()
}

/// The name and the operands of instruction `index`.
pub fn instruction_parts(code: &Code, index: usize) -> (&'static str, String) {
    let Some(op) = code.ops.get(index) else { return ("", String::new()) };
    let mut operands = String::new();
    let _ = op.write_operands(&mut operands, code);
    (op.name(), resolve(&operands, index).trim().to_owned())
}

/// Turns a jump distance `{n}` into the index it leads to.
fn resolve(operands: &str, index: usize) -> String {
    resolve_by(operands, |distance| index as i64 + 1 + distance)
}

fn resolve_by(operands: &str, target: impl Fn(i64) -> i64) -> String {
    let Some((before, rest)) = operands.rsplit_once("target={") else { return operands.to_owned() };
    let Some((distance, after)) = rest.split_once('}') else { return operands.to_owned() };
    let distance: i64 = distance.parse().unwrap_or(0);
    format!("{before}target=@{}{after}", target(distance))
}
