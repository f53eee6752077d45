//! `sys.monitoring`: tools that are told of what happens (PEP 669). What they are told, and when, is in `vm::monitoring`.

use super::{module as new_module, namespace};
use crate::builtins::{frame::DISABLE, natives};
use crate::object::{CodeObject, Dict, Instance, Module, Ref, Str, Value, intern};
use crate::vm::monitoring::{EVENTS, MISSING, TOOLS, check_events};
use crate::vm::{Exit, NativeResult, Vm};

natives! {
    FUNCTIONS {
        "use_tool_id(tool_id, name, /)" => use_tool_id;
        "clear_tool_id(tool_id, /)" => clear_tool_id;
        "free_tool_id(tool_id, /)" => free_tool_id;
        "get_tool(tool_id, /)" => get_tool;
        "register_callback(tool_id, event, func, /)" => register_callback;
        "get_events(tool_id, /)" => get_events;
        "set_events(tool_id, event_set, /)" => set_events;
        "get_local_events(tool_id, code, /)" => get_local_events;
        "set_local_events(tool_id, code, event_set, /)" => set_local_events;
        "restart_events()" => restart_events;
        "_all_events()" => all_events;
    }
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("sys.monitoring", "", FUNCTIONS);
    for (name, number) in [("DEBUGGER_ID", 0), ("COVERAGE_ID", 1), ("PROFILER_ID", 2), ("OPTIMIZER_ID", 5)] {
        module.set(name, Value::small(number));
    }
    let disable = Value::object(Instance::of(&vm.types.object));
    vm.state.insert(DISABLE, disable.clone());
    module.set("DISABLE", disable);
    let missing = Value::object(Instance::of(&vm.types.object));
    vm.state.insert(MISSING, missing.clone());
    module.set("MISSING", missing);
    let events = EVENTS.iter().enumerate().map(|(bit, name)| (*name, Value::small(1 << bit)));
    let events = events.chain([("NO_EVENTS", Value::small(0))]).collect();
    module.set("events", namespace::value(vm, events));
    module
}

/// A number of a tool.
fn tool(vm: &mut Vm, args: &[Value]) -> Result<usize, Exit> {
    let number = vm.index_arg(args, 0)?;
    let tool = usize::try_from(number).ok().filter(|tool| *tool < TOOLS);
    tool.ok_or_else(|| vm.value_error(format!("invalid tool {number} (must be between 0 and 5)")))
}

/// The number of a tool that there is.
fn tool_in_use(vm: &mut Vm, args: &[Value]) -> Result<usize, Exit> {
    let tool = tool(vm, args)?;
    match vm.tool_name(tool) {
        Some(_) => Ok(tool),
        None => Err(vm.value_error(format!("tool {tool} is not in use"))),
    }
}

fn code(vm: &Vm, args: &[Value]) -> Result<Ref<CodeObject>, Exit> {
    args[1].to_ref::<CodeObject>().ok_or_else(|| vm.type_error("code must be a code object"))
}

fn use_tool_id(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tool = tool(vm, args)?;
    if args[1].get::<Str>().is_none() {
        return Err(vm.value_error("tool name must be a str"));
    }
    match vm.use_tool(tool, args[1].clone()) {
        true => Ok(Value::NONE),
        false => Err(vm.value_error(format!("tool {tool} is already in use"))),
    }
}

fn clear_tool_id(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tool = tool(vm, args)?;
    vm.clear_tool(tool, false);
    Ok(Value::NONE)
}

fn free_tool_id(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tool = tool(vm, args)?;
    vm.clear_tool(tool, true);
    Ok(Value::NONE)
}

fn get_tool(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tool = tool(vm, args)?;
    Ok(vm.tool_name(tool).unwrap_or(Value::NONE))
}

fn register_callback(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (tool, event) = (tool(vm, args)?, vm.index_arg(args, 1)?);
    if !(event as u64).is_power_of_two() {
        return Err(vm.value_error("The callback can only be set for one event at a time"));
    }
    let bit = event.trailing_zeros() as usize;
    if bit >= EVENTS.len() {
        return Err(vm.value_error(format!("invalid event {event}")));
    }
    Ok(vm.set_monitor(tool, bit, args[2].clone()))
}

fn get_events(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let tool = tool(vm, args)?;
    Ok(Value::int(i64::from(vm.monitored_by(tool))))
}

fn set_events(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (tool, events) = (tool_in_use(vm, args)?, vm.index_arg(args, 1)?);
    let events = check_events(vm, events, false)?;
    vm.set_monitored(tool, events);
    Ok(Value::NONE)
}

fn get_local_events(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (tool, code) = (tool(vm, args)?, code(vm, args)?);
    Ok(Value::int(i64::from(vm.monitored_in(tool, &code))))
}

fn set_local_events(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let (tool, code) = (tool_in_use(vm, args)?, code(vm, args)?);
    let events = vm.index_arg(args, 2)?;
    let events = check_events(vm, events, true)?;
    vm.set_monitored_in(tool, &code, events);
    Ok(Value::NONE)
}

fn restart_events(vm: &mut Vm, _: &[Value]) -> NativeResult {
    vm.restart_monitored();
    Ok(Value::NONE)
}

/// Which tools want which events, of all code.
fn all_events(vm: &mut Vm, _: &[Value]) -> NativeResult {
    let all = Dict::empty();
    for (bit, name) in EVENTS.iter().enumerate() {
        let tools = (0..TOOLS).filter(|tool| vm.monitored_by(*tool) >> bit & 1 != 0);
        let tools = tools.fold(0, |tools, tool| tools | 1 << tool);
        if tools != 0 {
            all.set_str(&intern(name.as_bytes()), Value::small(tools));
        }
    }
    Ok(all.into_value())
}
