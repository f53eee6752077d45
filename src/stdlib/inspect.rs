//! `_inspect`: what functions, code and suspended frames say about themselves, for `inspect` (in Python).

use super::{module as new_module, text};
use crate::builtins::natives;
use crate::bytecode::{Op, instruction_parts};
use crate::object::generator::GeneratorState;
use crate::object::{CodeObject, Dict, Function, Generator, Module, Ref, Str, Value, function, intern};
use crate::vm::{NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// The names of a function's parameters: positional-only, positional, keyword-only (tuples), `*args`, `**kwargs`.
        "parameters(function, /)" => parameters;
        /// What a call makes: "", "generator", "coroutine", "async_generator".
        "makes(function, /)" => makes;
        /// Where a generator or coroutine stands: "CREATED", "SUSPENDED", "RUNNING", "CLOSED".
        "state(generator, /)" => state;
        /// Is it a generator that `await` drives as it is?
        "awaitable(generator, /)" => awaitable;
        /// The cells of a function's free variables, by name.
        "closure(function, /)" => closure;
        /// First line and file of a function or code object.
        "place(function, /)" => place;
        /// The instructions of a code object: name and operands of each.
        "instructions(code, /)" => instructions;
        /// The text of a module of the library that is written in Python.
        "library_text(name, /)" => library_text;
        /// The names of all instructions there are.
        "operations()" => operations;
    }
}

/// The module.
pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_inspect", "", FUNCTIONS)
}

fn code_of(value: &Value) -> Option<Ref<CodeObject>> {
    match value.get::<Function>() {
        Some(function) => Some(function.code().clone()),
        None => match value.get::<Generator>() {
            Some(generator) => generator.reference().code().cloned(),
            None => value.to_ref::<CodeObject>(),
        },
    }
}

fn code(vm: &Vm, value: &Value) -> Result<Ref<CodeObject>, crate::vm::Exit> {
    code_of(value).ok_or_else(|| vm.type_error("a function or code object is needed"))
}

fn awaitable(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(vm.is_awaitable_generator(&args[0])))
}

fn parameters(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = code(vm, &args[0])?;
    let p = code.code.parameters;
    let names: Vec<Value> = code.code.locals.iter().take(p.count()).map(|name| text(name)).collect();
    let group = |from: usize, to: usize| Value::tuple(names.get(from..to).unwrap_or_default().to_vec());
    let (posonly, positional) = (p.posonly as usize, p.positional as usize);
    let keywords = positional + p.kwonly as usize;
    let one = |at: usize, there: bool| names.get(at).filter(|_| there).cloned().unwrap_or(Value::NONE);
    Ok(Value::tuple(vec![
        group(0, posonly),
        group(posonly, positional),
        group(positional, keywords),
        one(keywords, p.varargs),
        one(keywords + usize::from(p.varargs), p.varkw),
    ]))
}

fn makes(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = match args[0].to_ref::<Function>() {
        Some(function) => Some(vm.whole_code(&function)?),
        None => code_of(&args[0]),
    };
    let flags = code.map(|code| code.code.flags).unwrap_or_default();
    Ok(text(match (flags.coroutine, flags.generator) {
        (false, false) => "",
        (false, true) => "generator",
        (true, false) => "coroutine",
        (true, true) => "async_generator",
    }))
}

fn state(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(generator) = args[0].get::<Generator>() else {
        return Err(vm.type_error("a generator or coroutine is needed"));
    };
    let generator = generator.reference();
    if vm.is_running(generator) {
        return Ok(text("RUNNING"));
    }
    Ok(text(match generator.state() {
        GeneratorState::Created => "CREATED",
        GeneratorState::Suspended => "SUSPENDED",
        GeneratorState::Running => "RUNNING",
        GeneratorState::Closed => "CLOSED",
    }))
}

/// The local variables of a generator that is not running: names and values.
fn variables(generator: &Value) -> Vec<(String, Value)> {
    let Some(generator) = generator.get::<Generator>() else { return Vec::new() };
    let generator = generator.reference();
    if !matches!(generator.state(), GeneratorState::Created | GeneratorState::Suspended) {
        return Vec::new();
    }
    let Some(code) = generator.code() else { return Vec::new() };
    let content = |value: Value| match value.get::<function::Cell>() {
        Some(cell) => cell.content.get(),
        None => value,
    };
    let mut found = Vec::new();
    for (number, name) in code.code.locals.iter().enumerate() {
        if !name.starts_with('.')
            && let Ok(number) = u16::try_from(number)
        {
            found.push((name.to_string(), content(generator.register(crate::bytecode::Reg(number)))));
        }
    }
    if let Some(function) = generator.function() {
        for (name, cell) in code.code.free.iter().zip(function.closure.iter()) {
            found.push((name.to_string(), cell.content.get()));
        }
    }
    found.retain(|(_, value)| !value.is_undef());
    found
}

/// A local variable of a generator that is not running.
pub fn local_of(generator: &Value, name: &str) -> Option<Value> {
    variables(generator).into_iter().find(|(known, _)| known == name).map(|(_, value)| value)
}

fn closure(_: &mut Vm, args: &[Value]) -> NativeResult {
    let dict = Dict::empty();
    if let Some(function) = args[0].get::<Function>() {
        for (name, cell) in function.code().code.free.iter().zip(function.closure.iter()) {
            let content = cell.content.get();
            if !content.is_undef() {
                dict.set_str(&intern(name.as_bytes()), content);
            }
        }
    }
    Ok(dict.into_value())
}

fn instructions(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = code(vm, &args[0])?;
    let row = |index: usize| {
        let (name, operands) = instruction_parts(&code.code, index);
        Value::tuple(vec![text(name), Value::str(operands)])
    };
    Ok(Value::list((0..code.code.ops.len()).map(row).collect()))
}

fn library_text(_: &mut Vm, args: &[Value]) -> NativeResult {
    let name = args[0].native::<Str>().map(|name| name.to_string_lossy().into_owned());
    Ok(name.and_then(|name| super::python(&name)).map_or(Value::NONE, |(text, _)| Value::str(text)))
}

fn operations(_: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(Value::list(Op::TABLE.iter().map(|(name, _)| text(name)).collect()))
}

fn place(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = code(vm, &args[0])?;
    Ok(Value::tuple(vec![Value::size(code.code.first_line as usize), Value::str(code.code.source.name())]))
}
