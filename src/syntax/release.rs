//! Letting go of a deep tree.
//!
//! A chain of ten thousand additions is a tree ten thousand levels deep, and letting it go one level per call would need
//! more stack than a thread may have. So an expression first hands all that hangs below it to a list, and the list is
//! worked off. The same goes for a chain of `elif`, where each `If` stands alone in the `orelse` of the one before.

use super::ast::{Arguments, BoxExpr, Comprehension, Constant, Expr, Keyword, Node, Stmt};
use std::mem::{replace, take};

impl Drop for Expr {
    fn drop(&mut self) {
        if is_leaf(self) {
            return;
        }
        let mut waiting = Vec::new();
        empty(self, &mut waiting);
        while let Some(mut expr) = waiting.pop() {
            empty(&mut expr, &mut waiting);
        }
    }
}

impl Drop for Stmt {
    fn drop(&mut self) {
        let mut rest = orelse(self);
        while let Some(mut last) = rest.pop() {
            rest.append(&mut orelse(&mut last.kind));
        }
    }
}

/// The statements after the `else` of an `if`, taken out of it.
fn orelse(stmt: &mut Stmt) -> Vec<Node<Stmt>> {
    if let Stmt::If { orelse, .. } = stmt { take(orelse) } else { Vec::new() }
}

fn is_leaf(expr: &Expr) -> bool {
    matches!(expr, Expr::Name(_) | Expr::Constant(_))
}

fn take_node(node: &mut Node<Expr>, waiting: &mut Vec<Expr>) {
    if !is_leaf(&node.kind) {
        waiting.push(replace(&mut node.kind, Expr::Constant(Constant::None)));
    }
}

fn take_some<'n>(nodes: impl IntoIterator<Item = &'n mut BoxExpr>, waiting: &mut Vec<Expr>) {
    nodes.into_iter().for_each(|node| take_node(node, waiting));
}

fn take_nodes<'n>(nodes: impl IntoIterator<Item = &'n mut Node<Expr>>, waiting: &mut Vec<Expr>) {
    nodes.into_iter().for_each(|node| take_node(node, waiting));
}

fn take_keywords(keywords: &mut [Node<Keyword>], waiting: &mut Vec<Expr>) {
    take_nodes(keywords.iter_mut().map(|keyword| &mut keyword.kind.value), waiting);
}

fn take_generators(generators: &mut [Comprehension], waiting: &mut Vec<Expr>) {
    for generator in generators {
        take_nodes([&mut generator.target, &mut generator.iter], waiting);
        take_nodes(&mut generator.ifs, waiting);
    }
}

fn take_arguments(args: &mut Arguments, waiting: &mut Vec<Expr>) {
    take_nodes(&mut args.defaults, waiting);
    take_nodes(args.kw_defaults.iter_mut().flatten(), waiting);
}

/// Moves what hangs below `expr` to `waiting`.
fn empty(expr: &mut Expr, waiting: &mut Vec<Expr>) {
    match expr {
        Expr::Name(_) | Expr::Constant(_) => {}
        Expr::BoolOp { values, .. } => take_nodes(values, waiting),
        Expr::NamedExpr { target, value } => take_some([target, value], waiting),
        Expr::BinOp { left, right, .. } => take_some([left, right], waiting),
        Expr::UnaryOp { operand: value, .. }
        | Expr::Await(value)
        | Expr::YieldFrom(value)
        | Expr::Attribute { value, .. }
        | Expr::Starred(value) => take_node(value, waiting),
        Expr::Lambda { args, body } => {
            take_node(body, waiting);
            take_arguments(args, waiting);
        }
        Expr::IfExp { test, body, orelse } => take_some([test, body, orelse], waiting),
        Expr::Dict { keys, values } => {
            take_nodes(keys.iter_mut().flatten(), waiting);
            take_nodes(values, waiting);
        }
        Expr::Set(items)
        | Expr::List(items)
        | Expr::Tuple(items)
        | Expr::JoinedStr(items)
        | Expr::TemplateStr(items) => take_nodes(items, waiting),
        Expr::ListComp { elt, generators }
        | Expr::SetComp { elt, generators }
        | Expr::GeneratorExp { elt, generators } => {
            take_node(elt, waiting);
            take_generators(generators, waiting);
        }
        Expr::DictComp { key, value, generators } => {
            take_some([key, value], waiting);
            take_generators(generators, waiting);
        }
        Expr::Yield(value) => take_some(value, waiting),
        Expr::Compare { left, comparators, .. } => {
            take_node(left, waiting);
            take_nodes(comparators, waiting);
        }
        Expr::Call { func, args, keywords } => {
            take_node(func, waiting);
            take_nodes(args, waiting);
            take_keywords(keywords, waiting);
        }
        Expr::FormattedValue { value, format_spec, .. } | Expr::Interpolation { value, format_spec, .. } => {
            take_node(value, waiting);
            take_some(format_spec, waiting);
        }
        Expr::Subscript { value, slice } => take_some([value, slice], waiting),
        Expr::Slice { lower, upper, step } => take_some([lower, upper, step].into_iter().flatten(), waiting),
    }
}
