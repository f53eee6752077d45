//! Frames as programs see them: `sys._getframe`, `gi_frame`, `tb_frame`.
//!
//! A frame object is a view, made when somebody asks. Of a body that runs or is suspended it shows the present state; what
//! `f_locals` gives is a snapshot. When a body has ended with an exception, its locals live on in the traceback; when it has
//! returned, the view knows what they held when it was made.

use super::{getsets, install_getsets, install_methods, natives};
use crate::bytecode::CodeKind;
use crate::object::{
    Dict, Foreign, Function, Generator, GeneratorState, NativeObject, Ref, Traceback, Tuple, Type, TypeFlags, Value,
};
use crate::vm::bodies::Body;
use crate::vm::{Exit, NativeResult, Vm};
use std::cell::RefCell;

natives! {
    METHODS {
        "__repr__(self, /)" => repr;
        /// Drop the variables of a frame that is over.
        "clear(self, /)" => clear;
    }
}

getsets! {
    ATTRIBUTES {
        "f_code" => f_code;
        "f_lineno" => f_lineno;
        "f_lasti" => f_lasti;
        "f_globals" => f_globals;
        "f_builtins" => f_builtins;
        "f_locals" => f_locals;
        "f_back" => f_back;
        "f_generator" => f_generator;
        "f_trace" => f_trace;
    }
}

/// Under this name the machine keeps the class `frame`.
const FRAME: &str = "frame class";

/// What a frame object shows.
enum Shown {
    /// A body on the control stack: by the address of its registers and its level one knows whether it still is there.
    Body { base: usize, level: usize },
    /// The frame of a generator.
    Generator(Ref<Generator>),
    /// A body that an exception has left.
    Left,
}

struct View {
    function: Ref<Function>,
    shown: Shown,
    /// The instruction it was at when the view was made.
    index: usize,
    /// What its locals held then.
    locals: RefCell<Vec<Value>>,
}

impl NativeObject for View {
    fn visit(&self, see: &mut dyn FnMut(&Value)) {
        self.function.show(see);
        if let Shown::Generator(generator) = &self.shown {
            generator.show(see);
        }
        self.locals.borrow().iter().for_each(see);
    }
    fn clear(&self) {
        self.locals.take();
    }
}

/// Make the class.
pub fn install(vm: &mut Vm) {
    let object = vm.types.object.clone();
    let ancestors = object.mro.borrow().clone();
    let frame = Type::new("frame", vec![object], ancestors, TypeFlags::FINAL);
    install_methods(&frame, METHODS);
    install_getsets(&frame, ATTRIBUTES);
    vm.state.insert(FRAME, frame.into_value());
}

/// The class `frame`.
pub fn class(vm: &Vm) -> Result<Ref<Type>, Exit> {
    let class = vm.state.get(FRAME).and_then(|class| class.to_ref::<Type>());
    class.ok_or_else(|| vm.system_error("there is no class of frames"))
}

fn value(vm: &Vm, view: View) -> NativeResult {
    Ok(Foreign::value(&class(vm)?, view))
}

/// The frame of a body that runs.
pub fn of_body(vm: &Vm, body: &Body) -> NativeResult {
    if let Some(generator) = body.generator() {
        return of_generator(vm, &generator);
    }
    // SAFETY: the body is on the control stack.
    let locals = RefCell::new(unsafe { vm.locals_at(&body.function, body.base) });
    let shown = Shown::Body { base: body.base.addr(), level: body.level };
    value(vm, View { function: body.function.clone(), shown, index: body.index, locals })
}

/// The frame of a generator; `None` when that is over.
pub fn of_generator(vm: &Vm, generator: &Ref<Generator>) -> NativeResult {
    let function = generator.function().filter(|_| generator.state() != GeneratorState::Closed);
    let Some(function) = function.cloned() else { return Ok(Value::NONE) };
    let shown = Shown::Generator(generator.clone());
    value(vm, View { function, shown, index: 0, locals: RefCell::default() })
}

/// The frame of a traceback's entry.
pub fn of_traceback(vm: &Vm, entry: &Ref<Traceback>) -> NativeResult {
    let locals = entry.locals.get();
    let Some(locals) = locals.get::<Tuple>() else {
        // It has not ended that way: it is still there, or has returned since.
        if let Some(body) = vm.bodies().find(|body| body.function.is(&entry.function)) {
            return of_body(vm, &body);
        }
        let (function, index) = (entry.function.clone(), entry.index as usize);
        return value(vm, View { function, shown: Shown::Left, index, locals: RefCell::default() });
    };
    let (function, index) = (entry.function.clone(), entry.index as usize);
    value(vm, View { function, shown: Shown::Left, index, locals: RefCell::new(locals.items().to_vec()) })
}

fn view<'a>(vm: &mut Vm, value: &'a Value) -> Result<&'a View, Exit> {
    value.foreign::<View>().ok_or_else(|| vm.type_error("a frame was expected"))
}

impl View {
    /// Where it stands on the control stack, if it runs.
    fn position(&self, vm: &Vm) -> Option<usize> {
        vm.bodies().position(|body| match &self.shown {
            Shown::Body { base, level } => {
                body.base.addr() == *base && body.level == *level && body.function.is(&self.function)
            }
            Shown::Generator(generator) => body.base == generator.registers(),
            Shown::Left => false,
        })
    }

    /// The instruction it is at.
    fn index(&self, vm: &Vm) -> usize {
        if let Some(body) = self.position(vm).and_then(|place| vm.bodies().nth(place)) {
            return body.index;
        }
        match &self.shown {
            Shown::Generator(generator) => {
                let at = self.function.code().index_of(generator.pc.get());
                let behind = generator.state() != GeneratorState::Created && generator.delegate().is_none();
                at.saturating_sub(behind as usize)
            }
            _ => self.index,
        }
    }

    fn line(&self, vm: &Vm) -> u32 {
        let code = &self.function.code().code;
        let index = self.index(vm);
        match &self.shown {
            Shown::Generator(generator) if generator.state() == GeneratorState::Created => code.first_line,
            _ => code.place(index).line,
        }
    }

    fn locals(&self, vm: &Vm) -> Vec<Value> {
        match &self.shown {
            Shown::Generator(generator) if generator.state() != GeneratorState::Closed => {
                // SAFETY: the registers of a generator, which this view keeps alive.
                unsafe { vm.locals_at(&self.function, generator.registers()) }
            }
            Shown::Body { .. } => match self.position(vm).and_then(|place| vm.bodies().nth(place)) {
                // SAFETY: the registers of a body that is on the control stack.
                Some(body) => unsafe { vm.locals_at(&body.function, body.base) },
                None => self.locals.borrow().clone(),
            },
            _ => self.locals.borrow().clone(),
        }
    }
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = view(vm, &args[0])?;
    let code = &frame.function.code().code;
    let line = frame.line(vm);
    let address = crate::object::heap::identity(&args[0]);
    let (file, name) = (code.source.name(), &code.name);
    Ok(Value::str(format!("<frame at {address:#x}, file '{file}', line {line}, code {name}>")))
}

fn clear(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let frame = view(vm, &args[0])?;
    if frame.position(vm).is_some() {
        return Err(vm.runtime_error("cannot clear an executing frame"));
    }
    if let Shown::Generator(generator) = &frame.shown {
        match generator.state() {
            GeneratorState::Created => generator.finish(),
            GeneratorState::Suspended => return Err(vm.runtime_error("cannot clear a suspended frame")),
            GeneratorState::Running | GeneratorState::Closed => {}
        }
    }
    frame.locals.take();
    Ok(Value::NONE)
}

fn f_code(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.function.code().value())
}

fn f_lineno(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::int(view(vm, value)?.line(vm) as i64))
}

fn f_lasti(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(Value::size(view(vm, value)?.index(vm)))
}

fn f_globals(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.function.globals.value())
}

fn f_builtins(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(view(vm, value)?.function.builtins.value())
}

fn f_locals(vm: &mut Vm, value: &Value) -> NativeResult {
    let frame = view(vm, value)?;
    match frame.function.code().code.kind {
        CodeKind::Module => Ok(frame.function.globals.value()),
        CodeKind::Class | CodeKind::Namespace => {
            let namespace = frame.locals(vm).into_iter().next();
            Ok(namespace.unwrap_or_else(|| Dict::empty().into_value()))
        }
        CodeKind::Function => {
            let locals = frame.locals(vm);
            Ok(vm.variables(&frame.function, &locals).into_value())
        }
    }
}

fn f_back(vm: &mut Vm, value: &Value) -> NativeResult {
    let Some(place) = view(vm, value)?.position(vm) else { return Ok(Value::NONE) };
    match vm.bodies().skip(place + 1).find(|body| !body.function.code().hidden) {
        Some(body) => of_body(vm, &body),
        None => Ok(Value::NONE),
    }
}

fn f_generator(vm: &mut Vm, value: &Value) -> NativeResult {
    Ok(match &view(vm, value)?.shown {
        Shown::Generator(generator) => generator.value(),
        _ => Value::NONE,
    })
}

fn f_trace(_: &mut Vm, _: &Value) -> NativeResult {
    Ok(Value::NONE)
}
