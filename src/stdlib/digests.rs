//! `_digests`: the hash functions of `hashlib`.

use super::{class, kept_class, module as new_module};
use crate::builtins::natives;
use crate::builtins::text::buffer;
use crate::builtins::{getsets, install_getsets, install_methods};
use crate::object::{Foreign, Kind, Module, NativeObject, Ref, Type, TypeFlags, Value};
use crate::vm::{Exit, NativeResult, Vm};
use sha2::digest::DynDigest;
use std::cell::RefCell;

/// A hash of what has been seen so far.
struct Hash {
    function: &'static Function,
    state: RefCell<Box<dyn DynDigest>>,
}

impl NativeObject for Hash {
    fn visit(&self, _: &mut dyn FnMut(&Value)) {}
    fn clear(&self) {}
}

/// A hash function.
struct Function {
    name: &'static str,
    /// Bytes that it takes in at once.
    block: i64,
    start: fn() -> Box<dyn DynDigest>,
}

macro_rules! functions {
    ($($name:literal $block:literal $class:ty),* $(,)?) => {
        &[$(Function { name: $name, block: $block, start: || Box::new(<$class>::default()) }),*]
    };
}

static HASHES: &[Function] = functions! {
    "md5" 64 md5::Md5,
    "sha1" 64 sha1::Sha1,
    "sha224" 64 sha2::Sha224,
    "sha256" 64 sha2::Sha256,
    "sha384" 128 sha2::Sha384,
    "sha512" 128 sha2::Sha512,
    "sha3_224" 144 sha3::Sha3_224,
    "sha3_256" 136 sha3::Sha3_256,
    "sha3_384" 104 sha3::Sha3_384,
    "sha3_512" 72 sha3::Sha3_512,
};

natives! {
    FUNCTIONS {
        /// A hash of nothing so far.
        "start(name, /)" => start;
    }
    METHODS {
        /// Take more bytes in.
        "update(self, obj, /)" => update;
        /// The hash as bytes.
        "digest(self, /)" => digest;
        /// The hash as hexadecimal digits.
        "hexdigest(self, /)" => hexdigest;
        /// Another hash that goes on from here.
        "copy(self, /)" => copy;
        "__repr__(self, /)" => repr;
    }
}

getsets! {
    ATTRIBUTES {
        "name" => name;
        "digest_size" => digest_size;
        "block_size" => block_size;
    }
}

/// The module.
pub fn module(vm: &mut Vm) -> Ref<Module> {
    let module = new_module("_digests", "", FUNCTIONS);
    module.set("HASH", hash_class(vm).into_value());
    module
}

fn hash_class(vm: &mut Vm) -> Ref<Type> {
    kept_class(vm, "_hashlib.HASH", |vm| {
        let made = class("_hashlib", "HASH", &vm.types.object, TypeFlags::default());
        made.layout.set(Some(Kind::Foreign));
        install_methods(&made, METHODS);
        install_getsets(&made, ATTRIBUTES);
        made
    })
}

fn this<'a>(vm: &Vm, value: &'a Value) -> Result<&'a Hash, Exit> {
    value.foreign::<Hash>().ok_or_else(|| vm.type_error("a hash is needed"))
}

fn start(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = vm.str_arg(args, 0, "start")?;
    match HASHES.iter().find(|function| function.name.as_bytes() == name.as_bytes()) {
        Some(function) => {
            let hash = Hash { function, state: RefCell::new((function.start)()) };
            Ok(Foreign::value(&hash_class(vm), hash))
        }
        None => Ok(Value::NONE),
    }
}

fn update(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let hash = this(vm, &args[0])?;
    if args[1].native::<crate::object::Str>().is_some() {
        return Err(vm.type_error("Strings must be encoded before hashing"));
    }
    let Some(bytes) = buffer(&args[1]) else {
        return Err(vm.type_error("object supporting the buffer API required"));
    };
    hash.state.borrow_mut().update(&bytes);
    Ok(Value::NONE)
}

fn finished(hash: &Hash) -> Box<[u8]> {
    hash.state.borrow().box_clone().finalize()
}

fn digest(vm: &mut Vm, args: &[Value]) -> NativeResult {
    Ok(Value::bytes(finished(this(vm, &args[0])?)))
}

fn hexdigest(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let digits: String = finished(this(vm, &args[0])?).iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Value::str(digits))
}

fn copy(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let hash = this(vm, &args[0])?;
    let again = Hash { function: hash.function, state: RefCell::new(hash.state.borrow().box_clone()) };
    Ok(Foreign::value(&hash_class(vm), again))
}

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = this(vm, &args[0])?.function.name;
    Ok(Value::str(format!("<{name} _hashlib.HASH object @ {:#x}>", crate::object::identity(&args[0]))))
}

fn name(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::str(this(vm, me)?.function.name))
}

fn digest_size(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::size(this(vm, me)?.state.borrow().output_size()))
}

fn block_size(vm: &mut Vm, me: &Value) -> NativeResult {
    Ok(Value::int(this(vm, me)?.function.block))
}
