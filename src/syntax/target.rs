//! What may stand where something is bound, and what is said when something else does.
//!
//! The grammar reads targets as expressions; here they are looked at again.

use super::ast::{Constant, Expr, Node, UnaryOp};
use super::error::{Checked, refuse};

/// What an expression is called in messages.
pub fn describe(expr: &Expr) -> &'static str {
    match expr {
        Expr::Attribute { .. } => "attribute",
        Expr::Subscript { .. } => "subscript",
        Expr::Starred(_) => "starred",
        Expr::Name(_) => "name",
        Expr::List(_) => "list",
        Expr::Tuple(_) => "tuple",
        Expr::Lambda { .. } => "lambda",
        Expr::Call { .. } => "function call",
        Expr::BoolOp { .. } | Expr::BinOp { .. } | Expr::UnaryOp { .. } => "expression",
        Expr::GeneratorExp { .. } => "generator expression",
        Expr::Yield(_) | Expr::YieldFrom(_) => "yield expression",
        Expr::Await(_) => "await expression",
        Expr::ListComp { .. } => "list comprehension",
        Expr::SetComp { .. } => "set comprehension",
        Expr::DictComp { .. } => "dict comprehension",
        Expr::Dict { .. } => "dict literal",
        Expr::Set(_) => "set display",
        Expr::JoinedStr(_) | Expr::FormattedValue { .. } => "f-string expression",
        Expr::TemplateStr(_) | Expr::Interpolation { .. } => "t-string expression",
        Expr::Constant(Constant::None) => "None",
        Expr::Constant(Constant::True) => "True",
        Expr::Constant(Constant::False) => "False",
        Expr::Constant(Constant::Ellipsis) => "ellipsis",
        Expr::Constant(_) => "literal",
        Expr::Compare { .. } => "comparison",
        Expr::IfExp { .. } => "conditional expression",
        Expr::NamedExpr { .. } => "named expression",
        Expr::Slice { .. } => "slice",
    }
}

/// The first part of `target` that cannot be bound.
pub fn unbindable(target: &Node<Expr>, starred: bool) -> Option<&Node<Expr>> {
    match &target.kind {
        Expr::Name(_) | Expr::Attribute { .. } | Expr::Subscript { .. } => None,
        Expr::List(items) | Expr::Tuple(items) => items.iter().find_map(|item| unbindable(item, starred)),
        Expr::Starred(value) if starred => unbindable(value, starred),
        _ => Some(target),
    }
}

/// Refuses the target of a `for`, a `with` or a comprehension that cannot be bound.
pub fn check_bound(target: &Node<Expr>) -> Checked<()> {
    match unbindable(target, true) {
        None => Ok(()),
        Some(part) => refuse(part.span, format!("cannot assign to {}", describe(&part.kind))),
    }
}

/// Refuses a target of `del` that cannot be unbound.
pub fn check_deleted(target: &Node<Expr>) -> Checked<()> {
    match unbindable(target, false) {
        None => Ok(()),
        Some(part) => refuse(part.span, format!("cannot delete {}", describe(&part.kind))),
    }
}

/// Refuses the target of an assignment that cannot be bound. `value` is what is assigned, if this is the only target:
/// then a comparison may have been meant.
pub fn check_assigned(target: &Node<Expr>, value: Option<&Node<Expr>>) -> Checked<()> {
    let Some(part) = unbindable(target, true) else { return Ok(()) };
    let what = describe(&part.kind);
    if let (Expr::Tuple(items), Some(value)) = (&target.kind, value)
        && let Some(Node { kind: Expr::Name(_), span }) = items.last()
        && span.end == target.span.end
        && begins_comparison(value)
    {
        // CPython looks at the last of several targets as if an expression began there.
        return refuse(span.to(value.span), "invalid syntax. Maybe you meant '==' or ':=' instead of '='?");
    }
    // Only what stands directly before the `=` can be the left side of a comparison.
    let beside = part.span.end == target.span.end;
    let hint = match value {
        Some(value) if beside && comparable(&part.kind) && begins_comparison(value) => {
            " here. Maybe you meant '==' instead of '='?"
        }
        _ => "",
    };
    refuse(part.span, format!("cannot assign to {what}{hint}"))
}

/// Whether `expr` could stand left of `==` as it is.
fn comparable(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::Compare { .. }
            | Expr::BoolOp { .. }
            | Expr::UnaryOp { op: UnaryOp::Not, .. }
            | Expr::IfExp { .. }
            | Expr::Lambda { .. }
            | Expr::GeneratorExp { .. }
            | Expr::Constant(Constant::None | Constant::True | Constant::False)
    )
}

/// Whether `value`, as written, begins with something that could stand right of `==`.
fn begins_comparison(value: &Node<Expr>) -> bool {
    let mut value = value;
    loop {
        value = match &value.kind {
            Expr::Tuple(items) => match items.first() {
                Some(first) if first.span.start == value.span.start => first,
                _ => return true,
            },
            Expr::IfExp { body: first, .. } | Expr::Compare { left: first, .. } => first,
            Expr::BoolOp { values, .. } => &values[0],
            Expr::Yield(_) | Expr::YieldFrom(_) | Expr::Lambda { .. } | Expr::Starred(_) => return false,
            Expr::UnaryOp { op, .. } => return *op != UnaryOp::Not,
            _ => return true,
        };
    }
}
