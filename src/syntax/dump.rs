//! The windows on this room: tokens and tree as text.

use super::ast::{Constant, Module};
use super::form::{Form, module_form};
use super::layout::Layout;
use super::soft;
use super::token::Token;
use crate::source::{Source, Span};
use std::fmt::Write;

/// The tokens of `source`, one a line: where it begins and ends, what it is, and the text of it where that says more.
/// A lexical error ends the list; then they are not all.
pub fn dump_tokens(source: &Source) -> (String, bool) {
    let mut out = String::new();
    let mut tokens = Vec::new();
    let mut error = None;
    for item in Layout::new(source) {
        match item {
            Ok(lexeme) => tokens.push(lexeme),
            Err(found) => error = Some(found),
        }
    }
    soft::resolve(source, &mut tokens);
    for (token, span) in tokens {
        let place = places(source, span);
        let text = match token {
            Token::Name | Token::Number | Token::String | Token::StringMiddle => {
                format!(" {:?}", source.slice(span))
            }
            Token::FStringStart | Token::TStringStart | Token::StringEnd | Token::Unknown => {
                format!(" {}", source.slice(span))
            }
            _ => String::new(),
        };
        let _ = writeln!(out, "{place:<12} {}{text}", token.text());
    }
    if let Some(error) = &error {
        let _ = writeln!(out, "{:<12} {error}", places(source, error.span));
    }
    (out, error.is_none())
}

fn places(source: &Source, span: Span) -> String {
    let (start, end) = (source.place(span.start), source.place(span.end));
    format!("{}:{}-{}:{}", start.line, start.column, end.line, end.column)
}

/// The tree as compact lisp: a line per statement, blocks indented, fields that say nothing left out.
pub fn dump_ast(module: &Module) -> String {
    let mut out = String::new();
    match module_form(module) {
        Form::Node { mut fields, .. } => match fields.pop() {
            Some((_, Form::List(stmts))) => stmts.iter().for_each(|stmt| {
                lisp(&mut out, stmt, 0);
                out.push('\n');
            }),
            Some((_, expr)) => {
                lisp(&mut out, &expr, 0);
                out.push('\n');
            }
            None => {}
        },
        form => lisp(&mut out, &form, 0),
    }
    out
}

/// Whether a field says nothing, so that the dump can do without it.
fn is_empty(form: &Form) -> bool {
    match form {
        Form::Absent => true,
        Form::List(items) => items.is_empty(),
        Form::Node { name: "arguments", fields, .. } => fields.iter().all(|(_, form)| is_empty(form)),
        _ => false,
    }
}

/// Whether a list holds things that stand on lines of their own.
fn is_block(field: &str, items: &[Form]) -> bool {
    matches!(field, "body" | "orelse" | "finalbody" | "handlers" | "cases")
        && matches!(items.first(), Some(Form::Node { .. }))
}

/// Whether a field always bears its name.
fn named(node: &str, field: &str) -> bool {
    matches!(field, "decorator_list" | "returns" | "type_params") || node == "arguments" && field != "args"
}

fn lisp(out: &mut String, form: &Form, indent: usize) {
    match form {
        Form::Absent => out.push('_'),
        Form::Word(word) => out.push_str(word),
        Form::Constant(value) => constant(out, value),
        Form::List(items) => {
            out.push('[');
            for (at, item) in items.iter().enumerate() {
                out.push_str(if at > 0 { " " } else { "" });
                lisp(out, item, indent);
            }
            out.push(']');
        }
        Form::Node { name: "Name" | "Constant", fields, .. } => lisp(out, &fields[0].1, indent),
        Form::Node { name: "Expr", fields, .. } => lisp(out, &fields[0].1, indent),
        Form::Node { name, fields, .. } => {
            let _ = write!(out, "({name}");
            // Fields that come first and always are known by their place, the others by their name.
            let mut in_place = true;
            for (field, form) in fields {
                match form {
                    Form::List(items) if is_block(field, items) => {
                        if *field != "body" {
                            let _ = write!(out, "\n{:1$}:{field}", "", indent + 1);
                        }
                        for item in items {
                            let _ = write!(out, "\n{:1$}", "", indent + 2);
                            lisp(out, item, indent + 2);
                        }
                    }
                    form if is_empty(form) => in_place &= *name == "arguments",
                    form => {
                        out.push(' ');
                        if !in_place || named(name, field) {
                            let _ = write!(out, ":{field} ");
                        }
                        lisp(out, form, indent);
                    }
                }
            }
            out.push(')');
        }
    }
}

fn constant(out: &mut String, value: &Constant) {
    let _ = match value {
        Constant::None => write!(out, "None"),
        Constant::True => write!(out, "True"),
        Constant::False => write!(out, "False"),
        Constant::Ellipsis => write!(out, "..."),
        Constant::Str(text) => write!(out, "{:?}", String::from_utf8_lossy(text)),
        Constant::Bytes(bytes) => write!(out, "b\"{}\"", bytes.escape_ascii()),
        Constant::Int(value) => write!(out, "{value}"),
        Constant::BigInt(value) => write!(out, "{value}"),
        Constant::Float(value) => write!(out, "{value:?}"),
        Constant::Complex(value) => write!(out, "{value:?}j"),
    };
}

/// The whole tree with every place, one node or word a line. `tests/oracle/ast_compare.py` writes the tree of
/// CPython's `ast` in the same form, so that the two can be compared byte for byte.
pub fn dump_ast_full(module: &Module, source: &Source) -> String {
    let mut out = String::new();
    full(&mut out, source, &module_form(module), 0);
    out
}

fn full(out: &mut String, source: &Source, form: &Form, indent: usize) {
    match form {
        Form::Absent => out.push_str("None\n"),
        Form::Word(word) => {
            let _ = writeln!(out, "{word}");
        }
        Form::Constant(value) => exact(out, value),
        Form::List(items) => {
            let _ = writeln!(out, "[{}]", items.len());
            for item in items {
                let _ = write!(out, "{:indent$}- ", "");
                full(out, source, item, indent + 1);
            }
        }
        Form::Node { name, span, fields } => {
            let place = span.map_or(String::new(), |span| format!(" {}", places(source, span)));
            let _ = writeln!(out, "{name}{place}");
            for (field, form) in fields {
                if *field == "type_params" && is_empty(form) {
                    continue;
                }
                let _ = write!(out, "{:indent$}{field}: ", "");
                full(out, source, form, indent + 1);
            }
        }
    }
}

/// A constant to the last bit.
fn exact(out: &mut String, value: &Constant) {
    let _ = match value {
        Constant::None => writeln!(out, "None"),
        Constant::True => writeln!(out, "True"),
        Constant::False => writeln!(out, "False"),
        Constant::Ellipsis => writeln!(out, "..."),
        Constant::Str(text) => writeln!(out, "str {}", text.escape_ascii()),
        Constant::Bytes(bytes) => writeln!(out, "bytes {}", bytes.escape_ascii()),
        Constant::Int(value) => writeln!(out, "int {value:x}"),
        Constant::BigInt(value) => writeln!(out, "int {:x}", **value),
        Constant::Float(value) => writeln!(out, "float {:016x}", value.to_bits()),
        Constant::Complex(value) => writeln!(out, "complex {:016x}", value.to_bits()),
    };
}

#[cfg(test)]
mod tests {
    use super::super::{Mode, parse};
    use super::*;

    /// Writes what `tests/oracle/ast_compare.py` compares: `PYIELD_AST_FILES` names a file of paths, one a line, and
    /// `PYIELD_AST_OUT` a folder for the dumps and for how long parsing took. Without them there is nothing to compare with.
    #[test]
    fn dumps_for_the_oracle() {
        let (Ok(list), Ok(out)) = (std::env::var("PYIELD_AST_FILES"), std::env::var("PYIELD_AST_OUT")) else { return };
        let list = std::fs::read_to_string(list).expect("the list of files can be read");
        let mut parsing = std::time::Duration::ZERO;
        for (at, path) in list.lines().enumerate() {
            let bytes = std::fs::read(path).expect("each file of the list can be read");
            let dump = match super::super::decode(&bytes) {
                Err(error) => format!("error {error}\n"),
                Ok(text) => {
                    let source = Source::new(path, text);
                    let start = std::time::Instant::now();
                    let tree = parse(&source, Mode::Exec);
                    parsing += start.elapsed();
                    match tree {
                        Ok(module) => dump_ast_full(&module, &source),
                        Err(error) => format!("error {} {error}\n", places(&source, error.span)),
                    }
                }
            };
            std::fs::write(format!("{out}/{at}.txt"), dump).expect("the dump can be written");
        }
        std::fs::write(format!("{out}/seconds"), parsing.as_secs_f64().to_string()).expect("the time can be written");
    }
}
