//! `_codecs`: the encodings of [`crate::text::codec`] for `codecs.py`, which has those written in Python and the rest.

use super::{module as new_module, str_of, text};
use crate::builtins::natives;
use crate::builtins::text::buffer_arg;
use crate::object::{Module, Ref, Str, Value};
use crate::text::codec::{self, Encoding, Errors, Failure};
use crate::vm::{NativeResult, Vm};

natives! {
    FUNCTIONS {
        /// The name of a native encoding, or `None`.
        "name_of(encoding, /)" => name_of;
        /// Is the handler of errors a native one?
        "is_native(errors, /)" => is_native;
        /// Decode what is complete: the text, and how many bytes it took.
        "decode_part(data, encoding, errors, final, /)" => decode_part;
        /// The character of a name of the Unicode database, or `None`.
        "character(name, /)" => character;
    }
}

pub fn module(_: &mut Vm) -> Ref<Module> {
    new_module("_codecs", "", FUNCTIONS)
}

fn name_of(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = str_of(vm, &args[0], "lookup() argument must be str, not {}")?;
    Ok(Encoding::lookup(name.as_bytes()).map_or(Value::NONE, |encoding| text(encoding.codec_name())))
}

fn is_native(_: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bool(args[0].native::<Str>().is_some_and(|name| Errors::lookup(name.as_bytes()).is_some())))
}

fn decode_part(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let encoding = str_of(vm, &args[1], "an encoding is a str, not {}")?;
    let errors = str_of(vm, &args[2], "errors must be str, not {}")?;
    let (Some(encoding), Some(errors)) = (Encoding::lookup(encoding.as_bytes()), Errors::lookup(errors.as_bytes()))
    else {
        return Err(vm.lookup_error("unknown encoding"));
    };
    let complete = args[3].as_bool() == Some(true);
    let decoded = codec::decode(&buffer_arg(vm, &args[0])?, encoding, errors, complete);
    match decoded {
        Ok((decoded, used)) => Ok(Value::tuple(vec![Value::str(decoded), Value::size(used)])),
        Err(Failure::Unicode(error)) => {
            let place = (Value::size(error.start), Value::size(error.end));
            let object = Value::bytes(buffer_arg(vm, &args[0])?.to_vec());
            let details = vec![text(error.encoding), object, place.0, place.1, text(error.reason)];
            Err(vm.raise_with(&vm.types.unicode_decode_error, details))
        }
        Err(Failure::Other(error)) => Err(vm.text_error(error)),
    }
}

fn character(_: &mut Vm, args: &[Value]) -> NativeResult {
    let name = args[0].native::<Str>().map(|name| name.to_string_lossy().into_owned());
    let found = name.and_then(|name| unicode_names2::character(&name));
    Ok(found.map_or(Value::NONE, |c| Value::str(c.to_string())))
}
