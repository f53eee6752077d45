//! What `posix` knows of other processes. Python code (`subprocess.py`, `os.py`) looks at what programs give, and waits.

use super::host_error;
use crate::builtins::natives;
use crate::host::Program;
use crate::object::{Bytes, List, Tuple, Value};
use crate::vm::{Exit, NativeResult, Vm};
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::path::PathBuf;

natives! {
    pub FUNCTIONS {
        /// Start a program; its number. All texts are bytes, lists are lists, and -1 stands for a descriptor or group not given.
        "_start(path, arguments, variables, directory, streams, inherited, session, group, /)" => start;
        /// Number and status of a child that has ended, this one or (-1) any; None while it runs.
        "_take_ended(pid, /)" => take_ended;
        /// A descriptor that becomes readable when the process has ended.
        "pidfd_open(pid, flags=0)" => pidfd_open;
    }
}

fn text(vm: &Vm, value: &Value) -> Result<OsString, Exit> {
    match value.native::<Bytes>() {
        Some(bytes) if bytes.data.contains(&0) => Err(vm.value_error("embedded null byte")),
        Some(bytes) => Ok(OsString::from_vec(bytes.data.to_vec())),
        None => Err(vm.type_error("bytes are needed")),
    }
}

fn items(vm: &Vm, value: &Value) -> Result<Vec<Value>, Exit> {
    match (value.get::<List>(), value.get::<Tuple>()) {
        (Some(list), _) => Ok(list.borrow().to_vec()),
        (None, Some(tuple)) => Ok(tuple.items().to_vec()),
        (None, None) => Err(vm.type_error("a list is needed")),
    }
}

fn number(vm: &Vm, value: &Value) -> Result<i32, Exit> {
    let number = value.as_small().and_then(|number| i32::try_from(number).ok());
    number.ok_or_else(|| vm.type_error("a small int is needed"))
}

fn start(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let path = PathBuf::from(text(vm, &args[0])?);
    let arguments = items(vm, &args[1])?.iter().map(|value| text(vm, value)).collect::<Result<Vec<_>, _>>()?;
    let pair = |value: &Value| match items(vm, value)?.as_slice() {
        [name, value] => Ok((text(vm, name)?, text(vm, value)?)),
        _ => Err(vm.type_error("pairs are needed")),
    };
    let variables = match args[2].is_none() {
        true => None,
        false => Some(items(vm, &args[2])?.iter().map(pair).collect::<Result<Vec<_>, _>>()?),
    };
    let directory = if args[3].is_none() { None } else { Some(PathBuf::from(text(vm, &args[3])?)) };
    let numbers =
        |vm: &Vm, value: &Value| items(vm, value)?.iter().map(|fd| number(vm, fd)).collect::<Result<Vec<_>, _>>();
    let given = |number: i32| (number >= 0).then_some(number);
    let [input, output, errors] = numbers(vm, &args[4])?[..] else {
        return Err(vm.type_error("three descriptors are needed"));
    };
    let inherited = if args[5].is_none() { None } else { Some(numbers(vm, &args[5])?) };
    let program = Program {
        path: &path,
        arguments: &arguments,
        variables: variables.as_deref(),
        directory: directory.as_deref(),
        streams: [input, output, errors].map(given),
        inherited: inherited.as_deref(),
        session: args[6].as_bool() == Some(true),
        group: given(number(vm, &args[7])?),
    };
    let started = vm.host.start(&program).map_err(|error| host_error(vm, error))?;
    Ok(Value::small(i64::from(started)))
}

fn take_ended(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let process = number(vm, &args[0])?;
    match vm.host.take_ended((process > 0).then_some(process)).map_err(|error| host_error(vm, error))? {
        None => Ok(Value::NONE),
        Some((process, status)) => {
            Ok(Value::tuple(vec![Value::small(i64::from(process)), Value::small(i64::from(status))]))
        }
    }
}

fn pidfd_open(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let process = vm.index_arg(args, 0)?;
    let process = i32::try_from(process).unwrap_or(-1);
    let fd = vm.host.watch_process(process).map_err(|error| host_error(vm, error))?;
    Ok(Value::small(i64::from(fd)))
}
