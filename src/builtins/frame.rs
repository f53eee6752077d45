//! The attributes of frame objects: `sys._getframe`, `gi_frame`, `tb_frame`. What a frame object is stands in `vm::view`.

use super::function::BYTES_OF_INSTRUCTION;
use super::{getsets, install_functions, install_getsets, install_methods, natives};
use crate::bytecode::{CodeKind, NOT_BEGUN};
use crate::object::{CodeObject, Dict, GeneratorState, Ref, Value};
use crate::vm::view::{View, name_of};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    METHODS {
        "__repr__(self, /)" => repr;
        /// Drop the variables of a frame that is over.
        "clear(self, /)" => clear;
    }
    PRELUDE {
        "_frame_variables(frame, /)" => variables;
        "_frame_extra(frame, /)" => extra;
        "_frame_has(frame, name, /)" => has;
        "_frame_set(frame, name, value, /)" => set;
        "_trace_function()" => trace_function;
        "_end_trace()" => end_trace;
        "_profile_function()" => profile_function;
        "_end_profile()" => end_profile;
        "_handed_over()" => handed_over;
        "_is_handing_over(yes, /)" => is_handing_over;
        "_frame_is_seen(frame, back, /)" => is_seen;
        "_monitor_of(tool, event, /)" => monitor_of;
        "_monitor_answers(answer, tool, event, code, place, /)" => monitor_answers;
    }
}

getsets! {
    ATTRIBUTES {
        "f_code" => f_code;
        "f_lineno" => f_lineno, set_line;
        "f_lasti" => f_lasti;
        "f_globals" => f_globals;
        "f_builtins" => f_builtins;
        "f_locals" => f_locals;
        "f_back" => f_back;
        "f_generator" => f_generator;
        "f_trace" => f_trace, set_trace;
        "f_trace_lines" => traces_lines, set_traces_lines;
        "f_trace_opcodes" => traces_opcodes, set_traces_opcodes;
    }
}

/// Fill the class.
pub fn install(vm: &mut Vm) {
    let frame = vm.types.frame.clone();
    install_methods(&frame, METHODS);
    install_getsets(&frame, ATTRIBUTES);
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn view<'a>(vm: &Vm, value: &'a Value) -> Result<&'a View, Exit> {
    value.foreign::<View>().ok_or_else(|| {
        let got = vm.type_name(value);
        vm.type_error(format!("expect frame, not {got}"))
    })
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = view(vm, &args[0])?;
    let code = &frame.function.code().code;
    let line = frame.line(vm).map_or(-1, i64::from);
    let address = crate::object::identity(&args[0]);
    let (file, name) = (code.source.name(), &code.name);
    Ok(Value::str(format!("<frame at {address:#x}, file '{file}', line {line}, code {name}>")))
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = view(vm, &args[0])?;
    if frame.running(vm).is_some() {
        return Err(vm.runtime_error("cannot clear an executing frame"));
    }
    if let Some(generator) = frame.generator() {
        if vm.is_running(&generator) {
            return Err(vm.runtime_error("cannot clear an executing frame"));
        }
        match generator.state() {
            // A coroutine that was never awaited is only complained about.
            GeneratorState::Created if vm.is_coroutine(&generator.value()) => {
                return vm.tail_prelude("warn_never_awaited", vec![generator.value()]);
            }
            // Whoever finalises such async generators decides.
            GeneratorState::Created if vm.async_finalizer(&generator.value()).is_some() => {
                return vm.tail_prelude("finalize", vec![generator.into_value()]);
            }
            GeneratorState::Created => {
                vm.end_created(&generator);
                return Ok(Value::NONE);
            }
            GeneratorState::Suspended => return Err(vm.runtime_error("cannot clear a suspended frame")),
            GeneratorState::Running | GeneratorState::Closed => {}
        }
    }
    frame.forget();
    Ok(Value::NONE)
}

fn f_code(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.function.code().value())
}

fn f_lineno(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.line(vm).map_or(Value::NONE, |line| Value::int(line as i64)))
}

fn f_lasti(vm: &mut Vm, value: &Value) -> NativeResult {
    let index = view(vm, value)?.index(vm);
    Ok(Value::size(if index == NOT_BEGUN { 0 } else { BYTES_OF_INSTRUCTION * index }))
}

/// There is no trace function.
fn set_line(vm: &mut Vm, value: &Value, line: Value) -> NativeResult {
    if line.is_undef() {
        return Err(vm.attribute_error("cannot delete attribute"));
    }
    if line.as_integer().is_none() {
        return Err(vm.value_error("lineno must be an integer"));
    }
    let frame = view(vm, value)?;
    if !vm.is_handing_over() || frame.running(vm).is_none() || frame.tracing.function.get().is_none() {
        return Err(vm.value_error("f_lineno can only be set in a trace function"));
    }
    let code = &frame.function.code().code;
    let last = (0..code.ops.len()).map(|index| code.place(index).line).max();
    let Some(line) = line.as_small() else { return Err(vm.value_error("lineno out of range")) };
    if line < i64::from(code.first_line) {
        return Err(vm.value_error(format!("line {line} comes before the current code block")));
    }
    if last.is_none_or(|last| line > i64::from(last)) {
        return Err(vm.value_error(format!("line {line} comes after the current code block")));
    }
    Err(vm.not_implemented_error("pyield cannot let another line of a function come next"))
}

fn f_globals(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.function.globals.value())
}

fn f_builtins(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.function.builtins.value())
}

fn f_locals(vm: &mut Vm, value: &Value) -> NativeResult {
    let frame = view(vm, value)?;
    if frame.is_in_comprehension(vm) {
        return vm.tail_prelude("frame_locals", vec![value.clone()]);
    }
    match frame.function.code().code.kind {
        CodeKind::Module => Ok(frame.function.globals.value()),
        CodeKind::Class | CodeKind::Namespace => {
            let namespace = frame.locals(vm).into_iter().next();
            Ok(namespace.unwrap_or_else(|| Dict::empty().into_value()))
        }
        CodeKind::Function => vm.tail_prelude("frame_locals", vec![value.clone()]),
    }
}

fn f_back(vm: &mut Vm, value: &Value) -> NativeResult {
    let frame = view(vm, value)?;
    let Some((place, _)) = frame.running(vm) else { return Ok(frame.back()) };
    let back = vm.bodies().skip(place + 1).find(|body| !body.function.code().hidden);
    Ok(back.map_or(Value::NONE, |body| vm.view_of_body(&body)))
}

fn f_generator(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.generator().map_or(Value::NONE, Ref::into_value))
}

fn trace_function(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.trace_function())
}

fn end_trace(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.set_trace_function(Value::NONE);
    Ok(Value::NONE)
}

fn profile_function(vm: &mut Vm, _: &[Value]) -> NativeResult {
    Ok(vm.profile_function())
}

fn end_profile(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.set_profile_function(Value::NONE);
    Ok(Value::NONE)
}

fn handed_over(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.hands_over(false);
    Ok(Value::NONE)
}

fn is_handing_over(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let before = vm.is_handing_over();
    vm.hands_over(args[0].as_bool() == Some(true));
    Ok(Value::bool(before))
}

fn is_seen(vm: &mut Vm, args: &[Value]) -> NativeResult {
    view(vm, &args[0])?.is_seen(&args[0], args[1].clone());
    Ok(Value::NONE)
}

fn monitor_of(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (tool, event) = (number(vm, args, 0)?, number(vm, args, 1)?);
    Ok(vm.monitor_of(tool, event))
}

/// A callback has given `answer`.
fn monitor_answers(vm: &mut Vm, args: &[Value]) -> NativeResult {
    if !vm.state.get(DISABLE).is_some_and(|disable| disable.is(&args[0])) {
        return Ok(Value::NONE);
    }
    let (tool, event, place) = (number(vm, args, 1)?, number(vm, args, 2)?, number(vm, args, 4)?);
    if let Some(code) = args[3].to_ref::<CodeObject>() {
        vm.silence(tool, event, &code, place)?;
    }
    Ok(Value::NONE)
}

fn number(vm: &mut Vm, args: &[Value], at: usize) -> Result<usize, Exit> {
    Ok(usize::try_from(vm.index_arg(args, at)?).unwrap_or_default())
}

/// Under this key `sys.monitoring.DISABLE` is kept.
pub const DISABLE: &str = "sys.monitoring.DISABLE";

fn f_trace(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.tracing.function.get())
}

fn set_trace(vm: &mut Vm, value: &Value, function: Value) -> NativeResult {
    let frame = view(vm, value)?;
    frame.tracing.function.set(if function.is_undef() { Value::NONE } else { function });
    if !frame.tracing.function.get().is_none() {
        let function = frame.function.clone();
        vm.follow(&function);
    }
    Ok(Value::NONE)
}

fn traces_lines(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::bool(view(vm, value)?.tracing.lines.get()))
}

fn set_traces_lines(vm: &mut Vm, value: &Value, yes: Value) -> NativeResult {
    if yes.is_undef() {
        return Err(vm.type_error("can't delete numeric/char attribute"));
    }
    let yes = truth(vm, &yes)?;
    view(vm, value)?.tracing.lines.set(yes);
    Ok(Value::NONE)
}

fn traces_opcodes(vm: &mut Vm, value: &Value) -> NativeResult {
    view(vm, value)?;
    Ok(Value::FALSE)
}

fn set_traces_opcodes(vm: &mut Vm, value: &Value, yes: Value) -> NativeResult {
    if truth(vm, &yes)? {
        return Err(vm.not_implemented_error("pyield tells a trace function of lines, not of instructions"));
    }
    view(vm, value)?;
    Ok(Value::NONE)
}

fn truth(vm: &Vm, value: &Value) -> Result<bool, Exit> {
    value.as_bool().ok_or_else(|| vm.type_error("attribute value type must be bool"))
}

// ---- what `FrameLocalsProxy` stands on

fn variables(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(view(vm, &args[0])?.variables(vm).into_value())
}

fn extra(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(view(vm, &args[0])?.extra())
}

fn has(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = view(vm, &args[0])?;
    Ok(Value::bool(name_of(&args[1]).is_some_and(|name| frame.has_variable(&name))))
}

/// Set a variable; `False` if there is none of this name.
fn set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = view(vm, &args[0])?;
    let Some(name) = name_of(&args[1]) else { return Ok(Value::FALSE) };
    Ok(Value::bool(frame.set_variable(vm, &name, args[2].clone())))
}
