//! Tests: code that goes one way or the other, with the comparison and the jump in one instruction where there is one.

use super::assembler::{Label, op};
use super::error::Result;
use super::expr::{compare_op, contains_constant};
use super::fold;
use super::function::Compiler;
use crate::bytecode::{Op, Reg};
use crate::source::Span;
use crate::syntax::ast::{self, BoolOp, CmpOp, Expr, Node, UnaryOp};

impl<'a> Compiler<'a> {
    /// Goes to `target` if the truth of `e` is `when`, else on.
    pub fn branch(&mut self, e: &'a Node<Expr>, when: bool, target: Label) -> Result {
        self.guard.check(e.span)?;
        let mark = self.function.registers.mark();
        match &e.kind {
            Expr::UnaryOp { op: UnaryOp::Not, operand } => self.branch(operand, !when, target)?,
            Expr::BoolOp { op, values } => self.branch_bool(*op, values, when, target)?,
            Expr::Compare { left, ops, comparators } => {
                self.branch_compare(e.span, left, ops, comparators, when, target)?
            }
            _ => match fold::constant(e) {
                Some(constant) => {
                    self.function.code.head_at(e.span);
                    if fold::truth(&constant) == when {
                        self.function.code.jump(target);
                    }
                }
                None => {
                    let cond = self.expr(e)?;
                    self.branch_on(e.span, cond, when, 0, target);
                }
            },
        }
        self.function.registers.release(mark);
        Ok(())
    }

    /// Goes to `target` if the truth of a register is `when`; it is kept if `keep` is 1.
    pub fn branch_on(&mut self, span: Span, cond: Reg, when: bool, keep: u8, target: Label) {
        let op = if when { op!(JumpIf { cond, target: 0 }) } else { op!(JumpIfNot { cond, target: 0 }) };
        self.function.code.branch(span, op, keep, target);
    }

    fn branch_bool(&mut self, op: BoolOp, values: &'a [Node<Expr>], when: bool, target: Label) -> Result {
        let decides = op == BoolOp::Or;
        if decides == when {
            return values.iter().try_for_each(|value| self.branch(value, when, target));
        }
        let Some((last, init)) = values.split_last() else { return Ok(()) };
        let passed = self.function.code.label();
        for value in init {
            self.branch(value, decides, passed)?;
        }
        self.branch(last, when, target)?;
        self.function.code.place(passed);
        Ok(())
    }

    fn branch_compare(
        &mut self,
        span: Span,
        left: &'a Node<Expr>,
        ops: &'a [CmpOp],
        comparators: &'a [Node<Expr>],
        when: bool,
        target: Label,
    ) -> Result {
        if let [op] = ops {
            let right = &comparators[0];
            let left = self.operand(left, &[right])?;
            return self.branch_pair(span, left, *op, right, when, target);
        }
        // In a chain, a failed comparison decides; operands that wait for the next one are then dropped.
        let passed = self.function.code.label();
        let failed = if when { passed } else { target };
        let mut left = self.operand(left, &[&comparators[0]])?;
        let mut drops = Vec::new();
        for (nth, (op, right)) in ops.iter().zip(comparators).enumerate() {
            let Some(later) = comparators.get(nth + 1) else {
                self.branch_pair(span, left, *op, right, when, target)?;
                break;
            };
            let right = self.operand(right, &[later])?;
            let exit = if right.is_temporary() { self.function.code.label() } else { failed };
            if right.is_temporary() {
                drops.push((exit, right));
            }
            self.branch_registers(span, left, *op, right, false, 2, exit);
            left = right;
        }
        if !drops.is_empty() {
            self.function.code.jump(passed);
            for (exit, right) in drops {
                self.function.code.place(exit);
                self.emit(span, op!(Unbind { reg: right }));
                self.function.code.jump(failed);
            }
        }
        self.function.code.place(passed);
        Ok(())
    }

    fn branch_pair(
        &mut self,
        span: Span,
        left: Reg,
        op: CmpOp,
        right: &'a Node<Expr>,
        when: bool,
        target: Label,
    ) -> Result {
        if matches!(op, CmpOp::Is | CmpOp::IsNot) && matches!(right.kind, Expr::Constant(ast::Constant::None)) {
            let jump = if (op == CmpOp::Is) == when {
                op!(JumpIfNone { cond: left, target: 0 })
            } else {
                op!(JumpIfNotNone { cond: left, target: 0 })
            };
            self.function.code.branch(span, jump, 0, target);
            return Ok(());
        }
        if let Some(jump) = fold::small_int(right).and_then(|value| immediate_jump(op, when, left, value)) {
            self.function.code.head_at(right.span);
            self.function.code.branch(span, jump, 0, target);
            return Ok(());
        }
        if let Expr::Constant(ast::Constant::Str(_)) = &right.kind
            && let Some(constant) = fold::constant(right)
        {
            self.function.code.head_at(right.span);
            let value = self.function.code.constant(constant);
            if let Some(jump) = constant_jump(op, when, left, value) {
                self.function.code.branch(span, jump, 0, target);
                return Ok(());
            }
        }
        let mark = self.function.registers.mark();
        if let Some(value) = self.constant_container(op, right) {
            self.function.code.head_at(right.span);
            let result = self.function.registers.temporary();
            self.emit(span, contains_constant(op, result, left, value));
            self.branch_on(span, result, when, 0, target);
            self.function.registers.release(mark);
            return Ok(());
        }
        let right = self.comparator(op, right)?;
        self.branch_registers(span, left, op, right, when, 0, target);
        Ok(())
    }

    /// Goes to `target` if the truth of the comparison is `when`. Operands whose bits are set in `keep` stay alive.
    #[allow(clippy::too_many_arguments)]
    fn branch_registers(&mut self, span: Span, left: Reg, op: CmpOp, right: Reg, when: bool, keep: u8, target: Label) {
        if let Some(jump) = register_jump(op, when, left, right) {
            self.function.code.branch(span, jump, keep, target);
            return;
        }
        let mark = self.function.registers.mark();
        let result = self.function.registers.temporary();
        self.function.code.emit_keeping(span, compare_op(op, result, left, right), keep);
        self.branch_on(span, result, when, 0, target);
        self.function.registers.release(mark);
    }
}

fn register_jump(op: CmpOp, when: bool, left: Reg, right: Reg) -> Option<Op> {
    let target = 0;
    Some(match (op, when) {
        (CmpOp::Is, true) | (CmpOp::IsNot, false) => op!(JumpIs { left, right, target }),
        (CmpOp::Is, false) | (CmpOp::IsNot, true) => op!(JumpIsNot { left, right, target }),
        (CmpOp::Lt, true) => op!(JumpLt { left, right, target }),
        (CmpOp::Lt, false) => op!(JumpNotLt { left, right, target }),
        (CmpOp::LtE, true) => op!(JumpLe { left, right, target }),
        (CmpOp::LtE, false) => op!(JumpNotLe { left, right, target }),
        (CmpOp::Eq, true) => op!(JumpEq { left, right, target }),
        (CmpOp::Eq, false) => op!(JumpNotEq { left, right, target }),
        (CmpOp::NotEq, true) => op!(JumpNe { left, right, target }),
        (CmpOp::NotEq, false) => op!(JumpNotNe { left, right, target }),
        (CmpOp::Gt, true) => op!(JumpGt { left, right, target }),
        (CmpOp::Gt, false) => op!(JumpNotGt { left, right, target }),
        (CmpOp::GtE, true) => op!(JumpGe { left, right, target }),
        (CmpOp::GtE, false) => op!(JumpNotGe { left, right, target }),
        (CmpOp::In | CmpOp::NotIn, _) => return None,
    })
}

fn constant_jump(op: CmpOp, when: bool, left: Reg, value: u16) -> Option<Op> {
    let target = 0;
    Some(match (op, when) {
        (CmpOp::Eq, true) => op!(JumpEqC { left, value, target }),
        (CmpOp::Eq, false) => op!(JumpNotEqC { left, value, target }),
        (CmpOp::NotEq, true) => op!(JumpNeC { left, value, target }),
        (CmpOp::NotEq, false) => op!(JumpNotNeC { left, value, target }),
        _ => return None,
    })
}

fn immediate_jump(op: CmpOp, when: bool, left: Reg, value: i16) -> Option<Op> {
    let target = 0;
    Some(match (op, when) {
        (CmpOp::Lt, true) => op!(JumpLtI { left, value, target }),
        (CmpOp::Lt, false) => op!(JumpNotLtI { left, value, target }),
        (CmpOp::LtE, true) => op!(JumpLeI { left, value, target }),
        (CmpOp::LtE, false) => op!(JumpNotLeI { left, value, target }),
        (CmpOp::Eq, true) => op!(JumpEqI { left, value, target }),
        (CmpOp::Eq, false) => op!(JumpNotEqI { left, value, target }),
        (CmpOp::NotEq, true) => op!(JumpNeI { left, value, target }),
        (CmpOp::NotEq, false) => op!(JumpNotNeI { left, value, target }),
        (CmpOp::Gt, true) => op!(JumpGtI { left, value, target }),
        (CmpOp::Gt, false) => op!(JumpNotGtI { left, value, target }),
        (CmpOp::GtE, true) => op!(JumpGeI { left, value, target }),
        (CmpOp::GtE, false) => op!(JumpNotGeI { left, value, target }),
        _ => return None,
    })
}
