//! `_traceback`: what the entries of a traceback say, their excerpts, and suggestions, for `traceback` (in Python).

use super::{module as new_module, text};
use crate::builtins::{finalizers, natives, traceback};
use crate::object::{List, Module, Ref, Str, Traceback, Value};
use crate::source::{Source, Span};
use crate::vm::{NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// What an entry says: file, line, name, last line, first and last column (in bytes), the lines; or `None` when it
        /// is of hidden code.
        "entry(traceback, /)" => entry;
        /// A line of the source that a code object comes from, if it may be shown.
        "line(code, number, /)" => line;
        /// Some lines of source with what is underlined in them, from a byte of the first to a byte of the last.
        "excerpt(lines, start, end, /)" => excerpt;
        /// The line of a `SyntaxError` and its carets.
        "syntax_excerpt(text, offset, end_offset, same_line, /)" => syntax_excerpt;
        /// The name in a list that a misspelt one may have meant, or `None`.
        "closest(wrong, names, /)" => closest;
        /// What is to be said of an error that nobody caught, behind its text.
        "explanation(text, /)" => finalizers::explanation;
        /// Is this a module of Python's standard library?
        "is_standard_module(name, /)" => is_standard_module;
        /// The keyword that a name in the last line may have meant: first and last column, keyword; or `None`.
        "misspelt(snippet, /)" => misspelt;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_traceback", "", FUNCTIONS)
}

fn number(number: usize) -> Value {
    Value::small(number as i64)
}

fn string(vm: &Vm, value: &Value) -> Result<String, crate::vm::Exit> {
    value
        .native::<Str>()
        .map(|text| text.to_string_lossy().into_owned())
        .ok_or_else(|| vm.type_error("a str is needed"))
}

fn entry(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(entry) = args[0].get::<Traceback>() else {
        return Err(vm.type_error("a traceback is needed"));
    };
    if entry.code().hidden {
        return Ok(Value::NONE);
    }
    let code = &entry.code().code;
    let span = code.span(entry.index as usize);
    let (start, end) = (code.source.place(span.start), code.source.place(span.end.max(span.start)));
    let lines = match code.source.is_quotable() {
        true => {
            let lines: Vec<&str> = (start.line..=end.line).map(|line| code.source.line(line).unwrap_or("")).collect();
            Value::str(lines.join("\n"))
        }
        false => Value::NONE,
    };
    Ok(Value::tuple(vec![
        Value::str(code.source.name()),
        number(start.line as usize),
        text(&code.name),
        number(end.line as usize),
        number(start.column as usize),
        number(end.column as usize),
        lines,
    ]))
}

fn line(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (Some(code), Some(number)) = (args[0].get::<crate::object::CodeObject>(), args[1].as_small()) else {
        return Err(vm.type_error("a code object and a number are needed"));
    };
    let source = &code.code.source;
    let line = u32::try_from(number).ok().and_then(|number| source.line(number)).filter(|_| source.is_quotable());
    Ok(line.map_or(Value::NONE, Value::str))
}

fn excerpt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let lines = string(vm, &args[0])?;
    let column = |n: usize| args[n].as_small().and_then(|column| usize::try_from(column).ok()).unwrap_or(0);
    let last = lines.rfind('\n').map_or(0, |before| before + 1);
    // Columns that are none of these lines mean their end.
    let boundary = |at: usize| if lines.is_char_boundary(at) { at } else { lines.len() };
    let span = Span::new(boundary(column(1)), boundary(last + column(2)));
    Ok(Value::str(traceback::excerpt(&Source::new("", lines), span).unwrap_or_default()))
}

fn syntax_excerpt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = string(vm, &args[0])?;
    let end = args[2].as_small();
    Ok(Value::str(traceback::syntax_excerpt(
        &text,
        args[1].as_small(),
        (args[3].as_bool() == Some(true)).then_some(end),
    )))
}

fn closest(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let wrong = string(vm, &args[0])?;
    let names = args[1].get::<List>().map(|names| names.to_vec()).unwrap_or_default();
    let names: Vec<String> = names.iter().filter_map(traceback::text_of).collect();
    Ok(traceback::closest(&wrong, &names).map_or(Value::NONE, Value::str))
}

fn is_standard_module(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = string(vm, &args[0])?;
    Ok(Value::bool(traceback::is_standard_module(&name)))
}

fn misspelt(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let snippet = string(vm, &args[0])?;
    let Some((bytes, keyword)) = traceback::misspelt(&snippet) else { return Ok(Value::NONE) };
    let last = snippet.lines().last().unwrap_or_default();
    let column = |at: usize| number(last.get(..at).map_or(0, |before| before.chars().count() + 1));
    Ok(Value::tuple(vec![column(bytes.start), column(bytes.end), text(keyword)]))
}
