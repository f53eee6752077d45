//! Constants known while compiling: literals, signs, small arithmetic, tuples of constants. Folding never raises; what
//! would raise, or grow large, is left to run.

use super::optimize;
use crate::bytecode::Constant;
use crate::syntax::ast::{self, Expr, Node, Operator, UnaryOp};
use num_bigint::BigInt;
use num_traits::{Signed, ToPrimitive, Zero};
use std::rc::Rc;

/// Folding looks this far into an expression: deeper ones are not constants that anyone wrote.
const DEPTH: usize = 12;
/// Integers are folded up to this many bits.
const MAX_BITS: u64 = 128;
/// Strings and tuples are folded up to this length.
const MAX_LENGTH: usize = 4096;

/// The value of `e`, if it is a constant.
pub(super) fn constant(e: &Node<Expr>) -> Option<Constant> {
    fold(e, DEPTH)
}

/// `e` as a small integer that fits into an instruction.
pub(super) fn small_int(e: &Node<Expr>) -> Option<i16> {
    match fold(e, 3)? {
        Constant::Int(value) => i16::try_from(value).ok(),
        _ => None,
    }
}

/// The literal as a constant of the code.
pub(super) fn literal(constant: &ast::Constant) -> Constant {
    match constant {
        ast::Constant::None => Constant::None,
        ast::Constant::True => Constant::True,
        ast::Constant::False => Constant::False,
        ast::Constant::Ellipsis => Constant::Ellipsis,
        ast::Constant::Str(text) => Constant::Str(text.clone()),
        ast::Constant::Bytes(bytes) => Constant::Bytes(bytes.clone()),
        ast::Constant::Int(value) => Constant::Int(*value),
        ast::Constant::BigInt(value) => Constant::BigInt(value.clone()),
        ast::Constant::Float(value) => Constant::Float(*value),
        ast::Constant::Complex(value) => Constant::Complex(*value),
    }
}

/// All of `items`, if every one is a constant.
pub(super) fn constants(items: &[Node<Expr>]) -> Option<Vec<Constant>> {
    items.iter().map(|item| fold(item, DEPTH)).collect()
}

/// Is the constant true?
pub(super) fn truth(constant: &Constant) -> bool {
    match constant {
        Constant::None | Constant::False => false,
        Constant::True | Constant::Ellipsis | Constant::Code(_) => true,
        Constant::Int(value) => *value != 0,
        Constant::BigInt(value) => !value.is_zero(),
        Constant::Float(value) | Constant::Complex(value) => *value != 0.0,
        Constant::Str(bytes) | Constant::Bytes(bytes) => !bytes.is_empty(),
        Constant::Tuple(items) | Constant::FrozenSet(items) => !items.is_empty(),
    }
}

fn fold(e: &Node<Expr>, depth: usize) -> Option<Constant> {
    let depth = depth.checked_sub(1)?;
    match &e.kind {
        Expr::Constant(constant) => Some(literal(constant)),
        Expr::Name(name) if &**name == "__debug__" => {
            Some(if optimize::debugs() { Constant::True } else { Constant::False })
        }
        Expr::UnaryOp { op, operand } => unary(*op, fold(operand, depth)?),
        Expr::BinOp { left, op, right } => binary(fold(left, depth)?, *op, fold(right, depth)?),
        Expr::Tuple(items) => {
            let items: Option<Vec<_>> = items.iter().map(|item| fold(item, depth)).collect();
            Some(Constant::Tuple(items?.into()))
        }
        _ => None,
    }
}

fn unary(op: UnaryOp, value: Constant) -> Option<Constant> {
    match (op, value) {
        (UnaryOp::Not, value) => Some(bool_constant(!truth(&value))),
        (UnaryOp::USub, Constant::Float(value)) => Some(Constant::Float(-value)),
        (UnaryOp::UAdd, Constant::Float(value)) => Some(Constant::Float(value)),
        (UnaryOp::USub, value) => Some(int_constant(-integer(&value)?)),
        (UnaryOp::UAdd, value) => Some(int_constant(integer(&value)?)),
        (UnaryOp::Invert, Constant::True | Constant::False) => None,
        (UnaryOp::Invert, value) => Some(int_constant(!integer(&value)?)),
    }
}

fn binary(left: Constant, op: Operator, right: Constant) -> Option<Constant> {
    if let (Constant::Str(text), Operator::Add, Constant::Str(more)) = (&left, op, &right) {
        return joined(text, more).map(Constant::Str);
    }
    if let (Constant::Bytes(text), Operator::Add, Constant::Bytes(more)) = (&left, op, &right) {
        return joined(text, more).map(Constant::Bytes);
    }
    if op == Operator::Mult {
        match (&left, &right) {
            (Constant::Str(text), times) | (times, Constant::Str(text)) => {
                return repeated(text, times).map(|bytes| Constant::Str(bytes.into()));
            }
            (Constant::Bytes(text), times) | (times, Constant::Bytes(text)) => {
                return repeated(text, times).map(|bytes| Constant::Bytes(bytes.into()));
            }
            _ => {}
        }
    }
    if matches!(left, Constant::Float(_)) || matches!(right, Constant::Float(_)) {
        return floats(float(&left)?, op, float(&right)?).map(Constant::Float);
    }
    integers(integer(&left)?, op, integer(&right)?)
}

fn joined(left: &[u8], right: &[u8]) -> Option<Rc<[u8]>> {
    (left.len() + right.len() <= MAX_LENGTH).then(|| [left, right].concat().into())
}

fn repeated(text: &[u8], times: &Constant) -> Option<Vec<u8>> {
    let Constant::Int(times) = times else { return None };
    let times = usize::try_from((*times).max(0)).ok()?;
    (text.len().checked_mul(times)? <= MAX_LENGTH).then(|| text.repeat(times))
}

fn floats(left: f64, op: Operator, right: f64) -> Option<f64> {
    match op {
        Operator::Add => Some(left + right),
        Operator::Sub => Some(left - right),
        Operator::Mult => Some(left * right),
        Operator::Div if right != 0.0 => Some(left / right),
        _ => None,
    }
}

fn integers(left: BigInt, op: Operator, right: BigInt) -> Option<Constant> {
    use num_integer::Integer;
    if left.bits() > MAX_BITS || right.bits() > MAX_BITS {
        return None;
    }
    let small = right.to_u32().filter(|value| (*value as u64) <= MAX_BITS);
    let value = match op {
        Operator::Add => left + right,
        Operator::Sub => left - right,
        Operator::Mult => left * right,
        Operator::FloorDiv if !right.is_zero() => left.div_floor(&right),
        Operator::Mod if !right.is_zero() => left.mod_floor(&right),
        Operator::BitAnd => left & right,
        Operator::BitOr => left | right,
        Operator::BitXor => left ^ right,
        Operator::LShift => left << small?,
        Operator::RShift => left >> small?,
        Operator::Pow if left.bits() * small? as u64 <= MAX_BITS => left.pow(small?),
        // Within 2**53 both are exact, and so is the rounding of the quotient.
        Operator::Div if !right.is_zero() && left.bits() <= 53 && right.bits() <= 53 => {
            return Some(Constant::Float(left.to_f64()? / right.to_f64()?));
        }
        _ => return None,
    };
    Some(int_constant(value))
}

fn integer(constant: &Constant) -> Option<BigInt> {
    match constant {
        Constant::Int(value) => Some((*value).into()),
        Constant::BigInt(value) => Some((**value).clone()),
        _ => None,
    }
}

fn float(constant: &Constant) -> Option<f64> {
    match constant {
        Constant::Float(value) => Some(*value),
        Constant::Int(value) if value.unsigned_abs() < 1 << 53 => Some(*value as f64),
        _ => None,
    }
}

fn int_constant(value: BigInt) -> Constant {
    match value.to_i64() {
        Some(value) => Constant::Int(value),
        None => Constant::BigInt(Rc::new(value)),
    }
}

/// `True` or `False`.
pub(super) fn bool_constant(value: bool) -> Constant {
    if value { Constant::True } else { Constant::False }
}

/// A docstring without the indentation that all its lines but the first share, as CPython stores it.
pub(super) fn clean_docstring(text: &Rc<[u8]>) -> Rc<[u8]> {
    let text = if text.contains(&b'\t') { expand_tabs(text) } else { text.clone() };
    let lines: Vec<&[u8]> = text.split(|byte| *byte == b'\n').collect();
    let spaces = |line: &[u8]| line.iter().take_while(|byte| **byte == b' ').count();
    let filled = lines.iter().skip(1).filter(|line| spaces(line) < line.len());
    let margin = filled.map(|line| spaces(line)).min().unwrap_or(0);
    let mut out = lines[0][spaces(lines[0])..].to_vec();
    for line in &lines[1..] {
        out.push(b'\n');
        out.extend_from_slice(&line[spaces(line).min(margin)..]);
    }
    out.into()
}

fn expand_tabs(text: &[u8]) -> Rc<[u8]> {
    let mut out = Vec::with_capacity(text.len() + 32);
    let mut column = 0;
    for byte in text {
        match byte {
            b'\t' => {
                let width = 8 - column % 8;
                out.resize(out.len() + width, b' ');
                column += width;
            }
            b'\n' | b'\r' => {
                out.push(*byte);
                column = 0;
            }
            // Bytes inside a character take no column of their own.
            _ => {
                out.push(*byte);
                column += (byte & 0xc0 != 0x80) as usize;
            }
        }
    }
    out.into()
}

/// Is the constant one that arithmetic in a loop is better off finding in a register?
pub(super) fn worth_pinning(constant: &Constant) -> bool {
    match constant {
        Constant::Float(_) => true,
        Constant::BigInt(value) => value.is_positive() || value.is_negative(),
        Constant::Int(value) => i16::try_from(*value).is_err(),
        _ => false,
    }
}
