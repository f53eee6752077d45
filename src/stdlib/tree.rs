//! What the module `ast` makes its nodes of: a tree of the parser as tuples and lists.

use crate::object::{Value, intern};
use crate::source::{Source, Span};
use crate::syntax::ast::{Constant, Module};
use crate::syntax::form::{Form, module_form};

/// The tree as values. A node is `(name, place, field, value, field, value, ...)`, its place four numbers or `None`.
pub fn value_of(module: &Module, source: &Source) -> Value {
    value(source, &module_form(module))
}

fn value(source: &Source, form: &Form<'_>) -> Value {
    match form {
        Form::Absent => Value::NONE,
        Form::Word(word) => Value::object(intern(word.as_bytes())),
        Form::Constant(constant) => constant_value(constant),
        Form::List(items) => Value::list(items.iter().map(|item| value(source, item)).collect()),
        Form::Node { name, span, fields } => {
            let mut node = vec![Value::object(intern(name.as_bytes())), place(source, *span)];
            for (field, form) in fields {
                node.extend([Value::object(intern(field.as_bytes())), value(source, form)]);
            }
            Value::tuple(node)
        }
    }
}

fn place(source: &Source, span: Option<Span>) -> Value {
    let Some(span) = span else { return Value::NONE };
    let (start, end) = (source.place(span.start), source.place(span.end));
    let numbers = [start.line, start.column, end.line, end.column];
    Value::tuple(numbers.into_iter().map(|number| Value::int(number as i64)).collect())
}

fn constant_value(constant: &Constant) -> Value {
    match constant {
        Constant::None => Value::NONE,
        Constant::True => Value::TRUE,
        Constant::False => Value::FALSE,
        Constant::Ellipsis => Value::ELLIPSIS,
        Constant::Str(text) => Value::str(&**text),
        Constant::Bytes(bytes) => Value::bytes(bytes.to_vec()),
        Constant::Int(number) => Value::int(*number),
        Constant::BigInt(number) => Value::big((**number).clone()),
        Constant::Float(number) => Value::float(*number),
        Constant::Complex(im) => crate::object::float::Complex::value(0.0, *im),
    }
}
