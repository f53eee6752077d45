//! What CPython's `site` adds to the builtins for people at the prompt: `exit`, `quit`, `help`, `copyright`, `credits`,
//! `license`. Each is an object that says what it is for when it is shown.

use super::{getsets, install_getsets, install_methods, natives};
use crate::object::{Foreign, NativeObject, Ref, Type, TypeFlags, Value, intern};
use crate::vm::arguments::arg;
use crate::vm::{NativeResult, Vm};

/// One of them.
struct Notice {
    name: &'static str,
    /// What it shows.
    text: &'static str,
}

impl NativeObject for Notice {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

natives! {
    QUITTER {
        /// Leave the program.
        "__call__(self, code=None)" => quit;
        "__repr__(self, /)" => show;
    }
    PRINTER {
        /// Print the text.
        "__call__(self)" => print;
        "__repr__(self, /)" => show;
    }
    HELPER {
        /// Describe an object.
        "__call__(self, /, *args, **kwds)" => help;
        "__repr__(self, /)" => show;
    }
}

getsets! {
    ATTRIBUTES {
        "name" => name;
    }
}

/// Put them into the builtins.
pub fn install(vm: &mut Vm) {
    let class = |vm: &Vm, name| {
        let made = Type::new(name, vec![vm.types.object.clone()], vec![vm.types.object.clone()], TypeFlags::FINAL);
        made.dict.set_str(&vm.names.module, Value::object(intern(b"_sitebuiltins")));
        made
    };
    let (quitter, printer, helper) = (class(vm, "Quitter"), class(vm, "_Printer"), class(vm, "_Helper"));
    install_methods(&quitter, QUITTER);
    install_getsets(&quitter, ATTRIBUTES);
    install_methods(&printer, PRINTER);
    install_methods(&helper, HELPER);
    let put = |class: &Ref<Type>, name: &'static str, text| {
        vm.builtins.set_str(&intern(name.as_bytes()), Foreign::value(class, Notice { name, text }));
    };
    put(&quitter, "exit", "Use exit() or Ctrl-D (i.e. EOF) to exit");
    put(&quitter, "quit", "Use quit() or Ctrl-D (i.e. EOF) to exit");
    put(&helper, "help", "Type help() for interactive help, or help(object) for help about object.");
    put(&printer, "copyright", "Copyright of pyield: its authors. See LICENSE-MIT and LICENSE-APACHE.");
    put(&printer, "credits", "pyield is an interpreter for the language of the Python Software Foundation.");
    put(&printer, "license", "MIT or Apache 2.0, as you like.");
}

fn notice(value: &Value) -> Option<&Notice> {
    value.foreign::<Notice>()
}

fn show(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::str(notice(&args[0]).map_or("", |notice| notice.text)))
}

fn name(_: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::str(notice(me).map_or("", |notice| notice.name)))
}

fn quit(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let code = arg(args, 1).cloned().unwrap_or(Value::NONE);
    Err(vm.raise_with(&vm.types.system_exit, vec![code]))
}

fn print(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let text = show(vm, args)?;
    match vm.builtins.get_str(&intern(b"print")) {
        Some(print) => vm.tail_call(print, vec![text]),
        None => Ok(Value::NONE),
    }
}

fn help(vm: &mut Vm, args: &[Value]) -> NativeResult {
    // The helper itself, what it is asked about, and the keyword arguments.
    let about = args.get(1..args.len().saturating_sub(1)).unwrap_or_default();
    vm.tail_prelude("help_about", vec![Value::tuple(about.to_vec())])
}
