//! Tuples whose items also have names: `time.struct_time`, `sys.version_info` and their like.

use super::{class, text};
use crate::builtins::{install_methods, install_static, natives};
use crate::object::descriptor::{GetSet, Getter};
use crate::object::{Instance, Ref, Tuple, Type, TypeFlags, Value, intern};
use crate::vm::{NativeResult, Vm};

/// One such class.
pub struct StructSequence {
    /// The module it belongs to.
    pub module: &'static str,
    /// Its name.
    pub name: &'static str,
    /// `module.name`: under this key the class is kept.
    pub key: &'static str,
    /// The names of its items.
    pub fields: &'static [&'static str],
    /// Names of values that are not items.
    pub hidden: &'static [&'static str],
    /// Can programs make objects of it?
    pub constructible: bool,
}

natives! {
    METHODS {
        "__repr__(self, /)" => repr;
        "__reduce__(self, /)" => reduce;
    }
    NEW {
        "__new__(cls, sequence=None, dict=None, /)" => new;
    }
    NO_NEW {
        "__new__(cls, /, *args, **kwargs)" => no_new;
    }
}

/// The class, made at its first use.
pub fn class_of(vm: &mut Vm, what: &'static StructSequence) -> Ref<Type> {
    if let Some(class) = vm.state.get(what.key).and_then(|class| class.to_ref::<Type>()) {
        return class;
    }
    let flags = TypeFlags::PAYLOAD.with(TypeFlags::SEQUENCE).with(TypeFlags::FINAL);
    let made = class(what.module, what.name, &vm.types.tuple, flags);
    for (name, get) in what.fields.iter().zip(FIELDS) {
        let name = intern(name.as_bytes());
        let getset = GetSet { name: name.clone(), doc: "", owner: made.clone(), get: *get, set: None };
        made.dict.set_str(&name, Value::object(Ref::new(getset)));
    }
    let set = |name: &str, value: Value| made.dict.set_str(&intern(name.as_bytes()), value);
    set("n_sequence_fields", Value::size(what.fields.len()));
    set("n_fields", Value::size(what.fields.len() + what.hidden.len()));
    set("n_unnamed_fields", Value::small(0));
    set("__match_args__", Value::tuple(what.fields.iter().map(|name| text(name)).collect()));
    set("_hidden_fields", Value::tuple(what.hidden.iter().map(|name| text(name)).collect()));
    install_methods(&made, METHODS);
    install_static(&made, if what.constructible { NEW } else { NO_NEW });
    vm.state.insert(what.key, made.value());
    made
}

/// An object of the class with these items and these hidden values.
pub fn value(vm: &mut Vm, what: &'static StructSequence, items: Vec<Value>, hidden: Vec<Value>) -> Value {
    let class = class_of(vm, what);
    let made = Instance::wrapping(&class, Value::tuple(items));
    for (name, value) in what.hidden.iter().zip(hidden) {
        made.set_attr(&intern(name.as_bytes()), value);
    }
    Value::object(made)
}

fn field<const N: usize>(vm: &mut Vm, value: &Value) -> NativeResult {
    match value.native::<Tuple>().and_then(|tuple| tuple.items().get(N).cloned()) {
        Some(item) => Ok(item),
        None => Err(vm.attribute_error("structure has no such field")),
    }
}

macro_rules! fields {
    ($($n:literal)*) => { &[$( field::<$n> ),*] };
}

static FIELDS: &[Getter] = fields!(0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25);

fn repr(vm: &mut Vm, args: &[Value]) -> NativeResult {
    vm.tail_prelude("structseq_repr", args.to_vec())
}

fn reduce(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let items = args[0].payload().clone();
    Ok(Value::tuple(vec![vm.class_of(&args[0]).value(), Value::tuple(vec![items])]))
}

fn no_new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let name = match args[0].get::<Type>() {
        Some(class) => qualified(&class.to_ref()),
        None => "object".to_owned(),
    };
    Err(vm.type_error(format!("cannot create '{name}' instances")))
}

/// `module.name` of a class made here.
fn qualified(class: &Ref<Type>) -> String {
    let module = class.dict.get_str(&intern(b"__module__"));
    let module = module.as_ref().and_then(|module| module.get::<crate::object::Str>());
    match module.map(|name| name.to_string_lossy().into_owned()) {
        Some(module) if module != "builtins" => format!("{module}.{}", class.name()),
        _ => class.name(),
    }
}

fn new(vm: &mut Vm, args: &[Value]) -> NativeResult {
    let Some(class) = args[0].to_ref::<Type>() else { return Err(vm.type_error("__new__() wants a class")) };
    if args.get(1).is_none_or(Value::is_undef) {
        return Err(vm.type_error("structseq() missing required argument 'sequence' (pos 1)"));
    }
    let mut items = vm.sequence_view_arg(args, 1, "constructor requires a sequence")?.to_vec();
    let number = |name: &str| {
        let found = class.dict.get_str(&intern(name.as_bytes()));
        found.and_then(|value| value.as_small()).map_or(0, |n| n as usize)
    };
    let (least, most) = (number("n_sequence_fields"), number("n_fields"));
    let name = qualified(&class);
    let given = items.len();
    if !(least..=most).contains(&given) {
        let wanted = match (least == most, given < least) {
            (true, _) => format!("a {least}"),
            (false, true) => format!("an at least {least}"),
            (false, false) => format!("an at most {most}"),
        };
        return Err(vm.type_error(format!("{name}() takes {wanted}-sequence ({given}-sequence given)")));
    }
    let beyond = items.split_off(least);
    let made = Instance::wrapping(&class, Value::tuple(items));
    let hidden = class.dict.get_str(&intern(b"_hidden_fields"));
    let hidden: Vec<Value> = hidden.and_then(|names| Some(names.get::<Tuple>()?.items().to_vec())).unwrap_or_default();
    let mut beyond = beyond.into_iter();
    for name in hidden.iter().filter_map(|name| name.to_ref::<crate::object::Str>()) {
        made.set_attr(&name, beyond.next().unwrap_or(Value::NONE));
    }
    Ok(Value::object(made))
}
