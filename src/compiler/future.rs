//! `from __future__ import`: what may be asked for, and where.

use super::error::{Result, syntax_error};
use crate::source::Span;
use crate::syntax::ast::{Alias, Constant, Expr, Node, Stmt};

/// Names that it accepts: all of them have become the language, or change nothing here.
const FEATURES: [&str; 10] = [
    "nested_scopes",
    "generators",
    "division",
    "absolute_import",
    "with_statement",
    "print_function",
    "unicode_literals",
    "barry_as_FLUFL",
    "generator_stop",
    "annotations",
];

/// Refuses features that do not exist. Such imports stand at the beginning of a file, after its docstring at most; where
/// the last of them ends is the answer.
pub(super) fn check(body: &[Node<Stmt>]) -> Result<u32> {
    let mut end = 0;
    for (at, stmt) in body.iter().enumerate() {
        match &stmt.kind {
            Stmt::Expr(value) if at == 0 && matches!(value.kind, Expr::Constant(Constant::Str(_))) => {}
            Stmt::ImportFrom { module: Some(module), names, level: 0 } if &**module == "__future__" => {
                features(names)?;
                end = stmt.span.end;
            }
            _ => break,
        }
    }
    Ok(end)
}

fn features(names: &[Node<Alias>]) -> Result {
    for alias in names {
        let feature = &*alias.kind.name;
        if feature == "braces" {
            return syntax_error(alias.span, "not a chance");
        }
        if !FEATURES.contains(&feature) {
            return syntax_error(alias.span, format!("future feature {feature} is not defined"));
        }
    }
    Ok(())
}

/// Refuses an import from `module` at `span` when it is one of these, and the beginning of the file ended before it.
pub(super) fn check_place(span: Span, module: Option<&str>, level: u32, end: u32) -> Result {
    if module == Some("__future__") && level == 0 && span.end > end {
        return syntax_error(span, "from __future__ imports must occur at the beginning of the file");
    }
    Ok(())
}
