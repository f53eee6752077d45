//! What is Python, but rarely what was meant: told as `SyntaxWarning`s, in the words of CPython.

use crate::source::{Span, Warning};
use crate::syntax::ast::{CmpOp, Constant, Expr, Node, Stmt};

/// Collects warnings while the tree is walked.
#[derive(Default)]
pub(super) struct Dubious {
    warnings: Vec<Warning>,
    /// Those of jumps: CPython comes upon them first.
    jumps: Vec<Warning>,
    /// What a jump would leave.
    place: Place,
}

/// Where a statement stands, as far as jumps out of a `finally` are concerned.
#[derive(Clone, Copy, Default)]
pub(super) struct Place {
    /// In the `finally` of a `try` of this function.
    in_finally: bool,
    /// In a loop that stands in that `finally`.
    in_loop: bool,
}

impl Dubious {
    fn warn(&mut self, span: Span, message: impl Into<String>) {
        self.warnings.push(Warning::new(span, message));
    }

    /// What was found, in the order in which CPython tells it.
    pub fn into_warnings(self) -> Vec<Warning> {
        [self.jumps, self.warnings].concat()
    }

    /// What comes now stands in no `finally`: the body of a function or class. The answer is for [`Dubious::leave`].
    pub fn enter_scope(&mut self) -> Place {
        std::mem::take(&mut self.place)
    }

    /// What comes now stands in a `finally`.
    pub fn enter_finally(&mut self) -> Place {
        std::mem::replace(&mut self.place, Place { in_finally: true, in_loop: false })
    }

    /// What comes now stands in a loop.
    pub fn enter_loop(&mut self) -> Place {
        let place = self.place;
        self.place.in_loop = true;
        place
    }

    /// What was entered is over.
    pub fn leave(&mut self, place: Place) {
        self.place = place;
    }

    /// `return`, `break` or `continue`, which in a `finally` swallows an exception.
    pub fn jump(&mut self, stmt: &Node<Stmt>) {
        let what = match &stmt.kind {
            Stmt::Return(_) => "return",
            Stmt::Break => "break",
            Stmt::Continue => "continue",
            _ => return,
        };
        if self.place.in_finally && !self.place.in_loop {
            self.jumps.push(Warning::new(stmt.span, format!("'{what}' in a 'finally' block")));
        }
    }

    /// `assert (x, "message")`
    pub fn assertion(&mut self, span: Span, test: &Node<Expr>) {
        if matches!(&test.kind, Expr::Tuple(items) if !items.is_empty()) {
            self.warn(span, "assertion is always true, perhaps remove parentheses?");
        }
    }

    /// `x is 1`
    pub fn comparison(&mut self, span: Span, left: &Node<Expr>, ops: &[CmpOp], comparators: &[Node<Expr>]) {
        let mut left = left;
        for (op, right) in ops.iter().zip(comparators) {
            if matches!(op, CmpOp::Is | CmpOp::IsNot)
                && let Some(literal) = [left, right].into_iter().find(|side| is_literal(side))
            {
                let type_name = type_name(literal).unwrap_or_default();
                let (is, equal) = if *op == CmpOp::Is { ("is", "==") } else { ("is not", "!=") };
                return self.warn(span, format!("\"{is}\" with '{type_name}' literal. Did you mean \"{equal}\"?"));
            }
            left = right;
        }
    }

    /// `[(1, 2) (3, 4)]`
    pub fn call(&mut self, function: &Node<Expr>) {
        let never_callable = matches!(
            function.kind,
            Expr::Constant(_)
                | Expr::Tuple(_)
                | Expr::List(_)
                | Expr::ListComp { .. }
                | Expr::Dict { .. }
                | Expr::DictComp { .. }
                | Expr::Set(_)
                | Expr::SetComp { .. }
                | Expr::GeneratorExp { .. }
                | Expr::JoinedStr(_)
                | Expr::TemplateStr(_)
        );
        if let (true, Some(name)) = (never_callable, type_name(function)) {
            self.warn(function.span, format!("'{name}' object is not callable; perhaps you missed a comma?"));
        }
    }

    /// `[[1] [2, 3]]`
    pub fn subscript(&mut self, span: Span, value: &Node<Expr>, index: &Node<Expr>) {
        let Some(name) = type_name(value) else { return };
        let never_subscriptable = match &value.kind {
            Expr::Constant(constant) => !matches!(constant, Constant::Str(_) | Constant::Bytes(_)),
            Expr::Set(_)
            | Expr::SetComp { .. }
            | Expr::GeneratorExp { .. }
            | Expr::TemplateStr(_)
            | Expr::Lambda { .. } => true,
            _ => false,
        };
        if never_subscriptable {
            return self.warn(span, format!("'{name}' object is not subscriptable; perhaps you missed a comma?"));
        }
        let by_number = matches!(name, "str" | "bytes" | "tuple" | "list");
        match type_name(index) {
            Some(wrong) if by_number && !matches!(wrong, "int" | "bool") => {
                let message =
                    format!("{name} indices must be integers or slices, not {wrong}; perhaps you missed a comma?");
                self.warn(span, message);
            }
            _ => {}
        }
    }
}

/// Is it an object whose identity says nothing? The names of singletons are not.
fn is_literal(e: &Node<Expr>) -> bool {
    match &e.kind {
        Expr::Constant(constant) => {
            !matches!(constant, Constant::None | Constant::True | Constant::False | Constant::Ellipsis)
        }
        Expr::Tuple(items) => items.iter().all(|item| matches!(item.kind, Expr::Constant(_)) || is_literal(item)),
        _ => false,
    }
}

/// The type of what `e` makes, where its form decides that.
fn type_name(e: &Node<Expr>) -> Option<&'static str> {
    Some(match &e.kind {
        Expr::Tuple(_) => "tuple",
        Expr::List(_) | Expr::ListComp { .. } => "list",
        Expr::Dict { .. } | Expr::DictComp { .. } => "dict",
        Expr::Set(_) | Expr::SetComp { .. } => "set",
        Expr::GeneratorExp { .. } => "generator",
        Expr::Lambda { .. } => "function",
        Expr::TemplateStr(_) => "string.templatelib.Template",
        Expr::JoinedStr(_) | Expr::Constant(Constant::Str(_)) => "str",
        Expr::Constant(Constant::Bytes(_)) => "bytes",
        Expr::Constant(Constant::None) => "NoneType",
        Expr::Constant(Constant::True | Constant::False) => "bool",
        Expr::Constant(Constant::Ellipsis) => "ellipsis",
        Expr::Constant(Constant::Int(_) | Constant::BigInt(_)) => "int",
        Expr::Constant(Constant::Float(_)) => "float",
        Expr::Constant(Constant::Complex(_)) => "complex",
        _ => return None,
    })
}
