//! The tree in one shape, for everything that only shows it.
//!
//! Every node becomes a name and fields, named and ordered as in CPython's `ast`; a printer then needs to know three
//! shapes instead of seventy kinds.

use super::ast::*;
use crate::source::Span;

/// A node, a list, or something written in one word.
pub enum Form<'t> {
    Node { name: &'static str, span: Option<Span>, fields: Vec<(&'static str, Form<'t>)> },
    List(Vec<Form<'t>>),
    Constant(&'t Constant),
    Word(String),
    Absent,
}

fn plain<'t>(name: &'static str, fields: Vec<(&'static str, Form<'t>)>) -> Form<'t> {
    Form::Node { name, span: None, fields }
}

fn word(text: impl Into<String>) -> Form<'static> {
    Form::Word(text.into())
}

fn optional<'t>(name: &Option<Identifier>) -> Form<'t> {
    name.as_ref().map_or(Form::Absent, |name| word(&**name))
}

fn words<'t>(names: &[Identifier]) -> Form<'t> {
    Form::List(names.iter().map(|name| word(&**name)).collect())
}

fn list<'t, T>(items: &'t [T], form: impl Fn(&'t T) -> Form<'t>) -> Form<'t> {
    Form::List(items.iter().map(form).collect())
}

fn maybe(expr: &Option<BoxExpr>) -> Form<'_> {
    expr.as_ref().map_or(Form::Absent, |node| expr_form(node))
}

fn body(stmts: &[Node<Stmt>]) -> Form<'_> {
    list(stmts, stmt_form)
}

fn exprs(nodes: &[Node<Expr>]) -> Form<'_> {
    list(nodes, expr_form)
}

/// A whole module.
pub fn module_form(module: &Module) -> Form<'_> {
    match module {
        Module::Module(stmts) => plain("Module", vec![("body", body(stmts))]),
        Module::Interactive(stmts) => plain("Interactive", vec![("body", body(stmts))]),
        Module::Expression(expr) => plain("Expression", vec![("body", expr_form(expr))]),
    }
}

/// One statement.
pub fn stmt_form(stmt: &Node<Stmt>) -> Form<'_> {
    let (name, fields): (_, Vec<(&'static str, Form)>) = match &stmt.kind {
        Stmt::FunctionDef(function) => (
            if function.is_async { "AsyncFunctionDef" } else { "FunctionDef" },
            vec![
                ("name", word(&*function.name)),
                ("args", arguments_form(&function.args)),
                ("body", body(&function.body)),
                ("decorator_list", exprs(&function.decorators)),
                ("returns", maybe(&function.returns)),
                ("type_params", list(&function.type_params, type_param_form)),
            ],
        ),
        Stmt::ClassDef(class) => (
            "ClassDef",
            vec![
                ("name", word(&*class.name)),
                ("bases", exprs(&class.bases)),
                ("keywords", list(&class.keywords, keyword_form)),
                ("body", body(&class.body)),
                ("decorator_list", exprs(&class.decorators)),
                ("type_params", list(&class.type_params, type_param_form)),
            ],
        ),
        Stmt::Return(value) => ("Return", vec![("value", maybe(value))]),
        Stmt::Delete(targets) => ("Delete", vec![("targets", exprs(targets))]),
        Stmt::Assign { targets, value } => ("Assign", vec![("targets", exprs(targets)), ("value", expr_form(value))]),
        Stmt::TypeAlias { name, type_params, value } => (
            "TypeAlias",
            vec![
                ("name", expr_form(name)),
                ("type_params", list(type_params, type_param_form)),
                ("value", expr_form(value)),
            ],
        ),
        Stmt::AugAssign { target, op, value } => (
            "AugAssign",
            vec![("target", expr_form(target)), ("op", word(format!("{op:?}"))), ("value", expr_form(value))],
        ),
        Stmt::AnnAssign { target, annotation, value, simple } => (
            "AnnAssign",
            vec![
                ("target", expr_form(target)),
                ("annotation", expr_form(annotation)),
                ("value", maybe(value)),
                ("simple", word(if *simple { "1" } else { "0" })),
            ],
        ),
        Stmt::For { target, iter, body: stmts, orelse, is_async } => (
            if *is_async { "AsyncFor" } else { "For" },
            vec![
                ("target", expr_form(target)),
                ("iter", expr_form(iter)),
                ("body", body(stmts)),
                ("orelse", body(orelse)),
            ],
        ),
        Stmt::While { test, body: stmts, orelse } => {
            ("While", vec![("test", expr_form(test)), ("body", body(stmts)), ("orelse", body(orelse))])
        }
        Stmt::If { test, body: stmts, orelse } => {
            ("If", vec![("test", expr_form(test)), ("body", body(stmts)), ("orelse", body(orelse))])
        }
        Stmt::With { items, body: stmts, is_async } => (
            if *is_async { "AsyncWith" } else { "With" },
            vec![("items", list(items, with_item_form)), ("body", body(stmts))],
        ),
        Stmt::Match { subject, cases } => {
            ("Match", vec![("subject", expr_form(subject)), ("cases", list(cases, case_form))])
        }
        Stmt::Raise { exc, cause } => ("Raise", vec![("exc", maybe(exc)), ("cause", maybe(cause))]),
        Stmt::Try { body: stmts, handlers, orelse, finalbody, star } => (
            if *star { "TryStar" } else { "Try" },
            vec![
                ("body", body(stmts)),
                ("handlers", list(handlers, handler_form)),
                ("orelse", body(orelse)),
                ("finalbody", body(finalbody)),
            ],
        ),
        Stmt::Assert { test, msg } => ("Assert", vec![("test", expr_form(test)), ("msg", maybe(msg))]),
        Stmt::Import(names) => ("Import", vec![("names", list(names, alias_form))]),
        Stmt::ImportFrom { module, names, level } => (
            "ImportFrom",
            vec![("module", optional(module)), ("names", list(names, alias_form)), ("level", word(level.to_string()))],
        ),
        Stmt::Global(names) => ("Global", vec![("names", words(names))]),
        Stmt::Nonlocal(names) => ("Nonlocal", vec![("names", words(names))]),
        Stmt::Expr(value) => ("Expr", vec![("value", expr_form(value))]),
        Stmt::Pass => ("Pass", vec![]),
        Stmt::Break => ("Break", vec![]),
        Stmt::Continue => ("Continue", vec![]),
    };
    Form::Node { name, span: Some(stmt.span), fields }
}

/// One expression.
pub fn expr_form(expr: &Node<Expr>) -> Form<'_> {
    let (name, fields): (_, Vec<(&'static str, Form)>) = match &expr.kind {
        Expr::BoolOp { op, values } => ("BoolOp", vec![("op", word(format!("{op:?}"))), ("values", exprs(values))]),
        Expr::NamedExpr { target, value } => {
            ("NamedExpr", vec![("target", expr_form(target)), ("value", expr_form(value))])
        }
        Expr::BinOp { left, op, right } => {
            ("BinOp", vec![("left", expr_form(left)), ("op", word(format!("{op:?}"))), ("right", expr_form(right))])
        }
        Expr::UnaryOp { op, operand } => {
            ("UnaryOp", vec![("op", word(format!("{op:?}"))), ("operand", expr_form(operand))])
        }
        Expr::Lambda { args, body } => ("Lambda", vec![("args", arguments_form(args)), ("body", expr_form(body))]),
        Expr::IfExp { test, body, orelse } => {
            ("IfExp", vec![("test", expr_form(test)), ("body", expr_form(body)), ("orelse", expr_form(orelse))])
        }
        Expr::Dict { keys, values } => (
            "Dict",
            vec![("keys", list(keys, |key| key.as_ref().map_or(Form::Absent, expr_form))), ("values", exprs(values))],
        ),
        Expr::Set(items) => ("Set", vec![("elts", exprs(items))]),
        Expr::ListComp { elt, generators } => {
            ("ListComp", vec![("elt", expr_form(elt)), ("generators", list(generators, comprehension_form))])
        }
        Expr::SetComp { elt, generators } => {
            ("SetComp", vec![("elt", expr_form(elt)), ("generators", list(generators, comprehension_form))])
        }
        Expr::DictComp { key, value, generators } => (
            "DictComp",
            vec![
                ("key", expr_form(key)),
                ("value", expr_form(value)),
                ("generators", list(generators, comprehension_form)),
            ],
        ),
        Expr::GeneratorExp { elt, generators } => {
            ("GeneratorExp", vec![("elt", expr_form(elt)), ("generators", list(generators, comprehension_form))])
        }
        Expr::Await(value) => ("Await", vec![("value", expr_form(value))]),
        Expr::Yield(value) => ("Yield", vec![("value", maybe(value))]),
        Expr::YieldFrom(value) => ("YieldFrom", vec![("value", expr_form(value))]),
        Expr::Compare { left, ops, comparators } => (
            "Compare",
            vec![
                ("left", expr_form(left)),
                ("ops", list(ops, |op| word(format!("{op:?}")))),
                ("comparators", exprs(comparators)),
            ],
        ),
        Expr::Call { func, args, keywords } => {
            ("Call", vec![("func", expr_form(func)), ("args", exprs(args)), ("keywords", list(keywords, keyword_form))])
        }
        Expr::FormattedValue { value, conversion, format_spec } => (
            "FormattedValue",
            vec![
                ("value", expr_form(value)),
                ("conversion", conversion_form(*conversion)),
                ("format_spec", maybe(format_spec)),
            ],
        ),
        Expr::JoinedStr(values) => ("JoinedStr", vec![("values", exprs(values))]),
        Expr::Interpolation { value, text, conversion, format_spec } => (
            "Interpolation",
            vec![
                ("value", expr_form(value)),
                ("str", word(text.escape_default().to_string())),
                ("conversion", conversion_form(*conversion)),
                ("format_spec", maybe(format_spec)),
            ],
        ),
        Expr::TemplateStr(values) => ("TemplateStr", vec![("values", exprs(values))]),
        Expr::Constant(value) => ("Constant", vec![("value", Form::Constant(value))]),
        Expr::Attribute { value, attr } => ("Attribute", vec![("value", expr_form(value)), ("attr", word(&**attr))]),
        Expr::Subscript { value, slice } => {
            ("Subscript", vec![("value", expr_form(value)), ("slice", expr_form(slice))])
        }
        Expr::Starred(value) => ("Starred", vec![("value", expr_form(value))]),
        Expr::Name(name) => ("Name", vec![("id", word(&**name))]),
        Expr::List(items) => ("List", vec![("elts", exprs(items))]),
        Expr::Tuple(items) => ("Tuple", vec![("elts", exprs(items))]),
        Expr::Slice { lower, upper, step } => {
            ("Slice", vec![("lower", maybe(lower)), ("upper", maybe(upper)), ("step", maybe(step))])
        }
    };
    Form::Node { name, span: Some(expr.span), fields }
}

/// A conversion as the code of its letter, -1 for none, as CPython keeps it.
fn conversion_form<'t>(conversion: Option<Conversion>) -> Form<'t> {
    word(match conversion {
        None => "-1",
        Some(Conversion::Str) => "115",
        Some(Conversion::Repr) => "114",
        Some(Conversion::Ascii) => "97",
    })
}

fn arguments_form(args: &Arguments) -> Form<'_> {
    plain(
        "arguments",
        vec![
            ("posonlyargs", list(&args.posonlyargs, arg_form)),
            ("args", list(&args.args, arg_form)),
            ("vararg", args.vararg.as_ref().map_or(Form::Absent, |arg| arg_form(arg))),
            ("kwonlyargs", list(&args.kwonlyargs, arg_form)),
            ("kw_defaults", list(&args.kw_defaults, |value| value.as_ref().map_or(Form::Absent, expr_form))),
            ("kwarg", args.kwarg.as_ref().map_or(Form::Absent, |arg| arg_form(arg))),
            ("defaults", exprs(&args.defaults)),
        ],
    )
}

fn arg_form(arg: &Node<Arg>) -> Form<'_> {
    let fields = vec![("arg", word(&*arg.kind.name)), ("annotation", maybe(&arg.kind.annotation))];
    Form::Node { name: "arg", span: Some(arg.span), fields }
}

fn keyword_form(keyword: &Node<Keyword>) -> Form<'_> {
    let fields = vec![("arg", optional(&keyword.kind.arg)), ("value", expr_form(&keyword.kind.value))];
    Form::Node { name: "keyword", span: Some(keyword.span), fields }
}

fn alias_form(alias: &Node<Alias>) -> Form<'_> {
    let fields = vec![("name", word(&*alias.kind.name)), ("asname", optional(&alias.kind.asname))];
    Form::Node { name: "alias", span: Some(alias.span), fields }
}

fn with_item_form(item: &WithItem) -> Form<'_> {
    plain(
        "withitem",
        vec![
            ("context_expr", expr_form(&item.context)),
            ("optional_vars", item.target.as_ref().map_or(Form::Absent, expr_form)),
        ],
    )
}

fn handler_form(handler: &Node<ExceptHandler>) -> Form<'_> {
    let fields = vec![
        ("type", maybe(&handler.kind.type_)),
        ("name", optional(&handler.kind.name)),
        ("body", body(&handler.kind.body)),
    ];
    Form::Node { name: "ExceptHandler", span: Some(handler.span), fields }
}

fn case_form(case: &MatchCase) -> Form<'_> {
    plain(
        "match_case",
        vec![("pattern", pattern_form(&case.pattern)), ("guard", maybe(&case.guard)), ("body", body(&case.body))],
    )
}

fn comprehension_form(generator: &Comprehension) -> Form<'_> {
    plain(
        "comprehension",
        vec![
            ("target", expr_form(&generator.target)),
            ("iter", expr_form(&generator.iter)),
            ("ifs", exprs(&generator.ifs)),
            ("is_async", word(if generator.is_async { "1" } else { "0" })),
        ],
    )
}

fn type_param_form(param: &Node<TypeParam>) -> Form<'_> {
    let (name, fields) = match &param.kind {
        TypeParam::TypeVar { name, bound, default } => {
            ("TypeVar", vec![("name", word(&**name)), ("bound", maybe(bound)), ("default_value", maybe(default))])
        }
        TypeParam::ParamSpec { name, default } => {
            ("ParamSpec", vec![("name", word(&**name)), ("default_value", maybe(default))])
        }
        TypeParam::TypeVarTuple { name, default } => {
            ("TypeVarTuple", vec![("name", word(&**name)), ("default_value", maybe(default))])
        }
    };
    Form::Node { name, span: Some(param.span), fields }
}

fn pattern_form(pattern: &Node<Pattern>) -> Form<'_> {
    let (name, fields) = match &pattern.kind {
        Pattern::Value(value) => ("MatchValue", vec![("value", expr_form(value))]),
        Pattern::Singleton(value) => ("MatchSingleton", vec![("value", Form::Constant(value))]),
        Pattern::Sequence(patterns) => ("MatchSequence", vec![("patterns", list(patterns, pattern_form))]),
        Pattern::Mapping { keys, patterns, rest } => (
            "MatchMapping",
            vec![("keys", exprs(keys)), ("patterns", list(patterns, pattern_form)), ("rest", optional(rest))],
        ),
        Pattern::Class { cls, patterns, kwd_attrs, kwd_patterns } => (
            "MatchClass",
            vec![
                ("cls", expr_form(cls)),
                ("patterns", list(patterns, pattern_form)),
                ("kwd_attrs", words(kwd_attrs)),
                ("kwd_patterns", list(kwd_patterns, pattern_form)),
            ],
        ),
        Pattern::Star(name) => ("MatchStar", vec![("name", optional(name))]),
        Pattern::As { pattern, name } => (
            "MatchAs",
            vec![
                ("pattern", pattern.as_ref().map_or(Form::Absent, |inner| pattern_form(inner))),
                ("name", optional(name)),
            ],
        ),
        Pattern::Or(patterns) => ("MatchOr", vec![("patterns", list(patterns, pattern_form))]),
    };
    Form::Node { name, span: Some(pattern.span), fields }
}
