//! What the iterator adaptors of the prelude hold: generators behind the classes that programs see (`prelude/adaptors.py`).

use super::{install_functions, natives};
use crate::bytecode::Reg;
use crate::object::{Generator, GeneratorState, Value};
use crate::vm::{NativeResult, Vm};

natives! {
    PRELUDE {
        /// Which function of the prelude steps it, whether an item of it is out, and what its parameters hold: nothing when
        /// it is over for good.
        "_adaptor_state(iterator, /)" => state;
        /// Have another value in the place of a parameter.
        "_adaptor_set(iterator, number, value, /)" => set;
    }
}

/// The functions that `prelude/adaptors.py` calls.
pub fn install(vm: &mut Vm) {
    install_functions(&vm.prelude_globals(), "builtins", PRELUDE);
}

fn state(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(generator) = args[0].payload().to_ref::<Generator>() else {
        return Ok(Value::tuple(vec![Value::str(""), Value::small(0), Value::tuple(Vec::new())]));
    };
    let Some(code) = generator.code() else { return Err(vm.system_error("an adaptor without code")) };
    let count = match generator.state() {
        GeneratorState::Closed => 0,
        _ => code.code.parameters.count() as u16,
    };
    let held = (0..count).map(|number| generator.register(Reg(number))).collect();
    let out = generator.state() == GeneratorState::Suspended;
    Ok(Value::tuple(vec![Value::str(&*code.code.name), Value::small(out as i64), Value::tuple(held)]))
}

fn set(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let number = args[1].as_small().and_then(|number| u16::try_from(number).ok());
    let (Some(generator), Some(number)) = (args[0].payload().to_ref::<Generator>(), number) else {
        return Err(vm.system_error("no adaptor"));
    };
    generator.set_value_at(number as usize, args[2].clone());
    Ok(Value::NONE)
}
