//! The texts of `TypeError` when arguments do not fit the signature of a native.
//!
//! CPython has four ways to say it, by how the function was declared: all parameters positional-only (`pop expected at
//! most 1 argument, got 2`; with a single one `list.append() takes exactly one argument`), some of them by name
//! (`replace() takes at least 2 positional arguments`), constructors (`list expected at most 1 argument`), what operators
//! call (`expected 1 argument, got 0`).

use super::binding::Arguments;
use super::{Exit, Vm};
use crate::object::descriptor::StaticMethod;
use crate::object::native::{NativeFunction, Parameter, Signature};
use crate::object::{Kind, Ref, Str, Type, TypeFlags, Value};

/// Why arguments do not fit a native's signature.
pub(super) enum Misfit<'a> {
    /// More by position than it takes.
    TooMany,
    /// This parameter is given twice.
    Repeated(usize),
    /// There is no parameter of this name.
    Unexpected(&'a Ref<Str>),
    /// This parameter must be given.
    Missing(usize),
}

/// What the texts say of a native: its names and the numbers of arguments, the receiver not counted.
struct Called<'a> {
    signature: &'a Signature,
    /// `append`, or the name of the class for a constructor.
    short: String,
    /// `list.append`
    full: String,
    constructor: bool,
    /// What an operator or a function like `repr` calls: its texts leave out the name.
    operator: bool,
    /// Is it `int` or `str` itself, which count arguments by position elsewhere than their subclasses do?
    counts_itself: bool,
    /// 1 if the first parameter is the receiver.
    receiver: usize,
    /// Arguments given by position.
    given: usize,
    /// Arguments given by name.
    named: usize,
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl Called<'_> {
    fn most(&self) -> usize {
        self.signature.positional - self.receiver
    }

    fn least(&self) -> usize {
        self.signature.required.saturating_sub(self.receiver)
    }

    fn only_positional(&self) -> bool {
        self.signature.posonly == self.signature.parameters.len() && !self.signature.varkw
    }

    /// The number of positional arguments of a function without names for them is wrong.
    fn wrong_number(&self) -> String {
        let (most, least, given) = (self.most(), self.least(), self.given);
        let (short, full) = (&self.short, &self.full);
        if self.operator {
            // Those with several are taken apart by functions that put the name in front.
            let named = if (least, most) == (2, 2) || short == "__get__" { format!("{short} ") } else { String::new() };
            let (bounds, count) = match (least, most) {
                _ if least == most => (most.to_string(), most),
                _ if named.is_empty() => (format!("{least} or {most}"), most),
                _ if given < least => (format!("at least {least}"), least),
                _ => (format!("at most {most}"), most),
            };
            return format!("{named}expected {bounds} argument{}, got {given}", plural(count));
        }
        match (least, most) {
            (0, 0) => format!("{full}() takes no arguments ({given} given)"),
            (1, 1) if !self.constructor && !self.signature.varargs && self.only_positional() => {
                format!("{full}() takes exactly one argument ({given} given)")
            }
            (least, most) if least == most && short == "type.__new__" => {
                format!("{short}() takes exactly {most} arguments ({given} given)")
            }
            _ if self.signature.varargs => {
                format!("{short} expected at least {least} argument{}, got {given}", plural(least))
            }
            (least, most) if least == most => format!("{short} expected {most} argument{}, got {given}", plural(most)),
            (_, most) if short == "super" => format!("super() expected at most {most} arguments, got {given}"),
            (least, _) if given < least => {
                format!("{short} expected at least {least} argument{}, got {given}", plural(least))
            }
            (_, most) => format!("{short} expected at most {most} argument{}, got {given}", plural(most)),
        }
    }

    fn too_many(&self) -> String {
        if self.named > 0 && (self.operator || self.only_positional()) {
            return self.no_keywords();
        }
        if self.only_positional() || self.signature.posonly == self.signature.positional && self.signature.varkw {
            return self.wrong_number();
        }
        let (short, most) = (&self.short, self.most());
        let all = self.signature.parameters.len() - self.receiver;
        let total = self.given + self.named;
        let bound = |least, most| if least < most { "at most" } else { "exactly" };
        if total > all {
            if self.counts_itself && self.named == 0 {
                return self.wrong_number();
            }
            let sort = if self.given == 0 { "keyword " } else { "" };
            return format!("{short}() takes at most {all} {sort}argument{} ({total} given)", plural(all));
        }
        if most == 0 {
            return format!("{short}() takes no positional arguments");
        }
        let (bound, given) = (bound(self.least(), most), self.given);
        format!("{short}() takes {bound} {most} positional argument{} ({given} given)", plural(most))
    }

    /// Parameter `index` has no value.
    fn missing(&self, index: usize) -> String {
        let (signature, short) = (self.signature, &self.short);
        let name = signature.parameters[index].name;
        if index < self.receiver && self.operator {
            let owner = self.full.rsplit_once('.').map_or("object", |(owner, _)| owner);
            return format!("descriptor '{short}' of '{owner}' object needs an argument");
        }
        if index < self.receiver {
            if self.constructor {
                return format!("{}(): not enough arguments", self.full);
            }
            return format!("unbound method {}() needs an argument", self.full);
        }
        if signature.varargs || self.only_positional() || signature.varkw && index < signature.posonly {
            return self.wrong_number();
        }
        if index < signature.posonly {
            let optional = |parameter: &Parameter| !parameter.required;
            let least = signature.parameters[self.receiver..signature.posonly]
                .iter()
                .position(optional)
                .unwrap_or(signature.posonly - self.receiver);
            let bound = if least < self.most() { "at least" } else { "exactly" };
            let given = self.given;
            return format!("{short}() takes {bound} {least} positional argument{} ({given} given)", plural(least));
        }
        if index >= signature.positional {
            return format!("{short}() missing required keyword-only argument: '{name}'");
        }
        format!("{short}() missing required argument '{name}' (pos {})", index + 1 - self.receiver)
    }

    fn given_twice(&self, index: usize, names: &[Value]) -> String {
        let (short, name) = (&self.short, self.signature.parameters[index].name);
        if self.given + self.named > self.signature.parameters.len() - self.receiver && !self.signature.varargs {
            return self.too_many();
        }
        if let Some(absent) = self.absent(names) {
            return self.missing(absent);
        }
        if index < self.signature.positional {
            let position = index + 1 - self.receiver;
            return format!("argument for {short}() given by name ('{name}') and position ({position})");
        }
        format!("{short}() got multiple values for argument '{name}'")
    }

    fn no_keywords(&self) -> String {
        if self.operator {
            return format!("wrapper {}() takes no keyword arguments", self.short);
        }
        format!("{}() takes no keyword arguments", self.full)
    }

    /// The first parameter that must be given, and is given neither by position nor by one of these names.
    fn absent(&self, names: &[Value]) -> Option<usize> {
        let is_named = |parameter: &Parameter| {
            names
                .iter()
                .any(|name| name.native::<Str>().is_some_and(|name| name.as_bytes() == parameter.name.as_bytes()))
        };
        (self.receiver + self.given..self.signature.parameters.len()).find(|index| {
            let parameter = &self.signature.parameters[*index];
            parameter.required && (*index < self.signature.posonly || !is_named(parameter))
        })
    }

    /// There is no parameter of this name; a parameter that must be given and was not is worse.
    fn unexpected(&self, keyword: &str, names: &[Value]) -> String {
        if self.operator || self.only_positional() {
            return self.no_keywords();
        }
        if !self.signature.varargs && self.given + self.named > self.signature.parameters.len() - self.receiver {
            return self.too_many();
        }
        match self.absent(names) {
            Some(index) => self.missing(index),
            None => {
                let known = self.signature.parameters[self.signature.posonly..].iter().map(|parameter| parameter.name);
                let hint = crate::text::suggest::closest(keyword, known);
                let hint = hint.map_or_else(String::new, |name| format!(". Did you mean '{name}'?"));
                format!("{}() got an unexpected keyword argument '{keyword}'{hint}", self.short)
            }
        }
    }
}

/// What `enumerate` itself says, which takes its arguments apart in a way of its own.
fn of_enumerate(given: usize, names: &[Value]) -> String {
    let text = |name: &Value| name.native::<Str>().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let names: Vec<String> = names.iter().map(text).collect();
    let total = given + names.len();
    let expected: &[&str] = match (given, names.len()) {
        (1, 1) => &["start"],
        (0, 1) => &["iterable"],
        (0, 2) if names[0] == "start" => &["start", "iterable"],
        (0, 2) => &["iterable", "start"],
        (0, _) => return "enumerate() missing required argument 'iterable'".to_owned(),
        _ => return format!("enumerate() takes at most 2 arguments ({total} given)"),
    };
    match names.iter().zip(expected).find(|(name, expected)| name != *expected) {
        Some((name, _)) => format!("'{name}' is an invalid keyword argument for enumerate()"),
        None => "enumerate() missing required argument 'iterable'".to_owned(),
    }
}

impl Vm {
    /// The `TypeError` for arguments that do not fit a native's signature, worded as CPython words it for that sort of
    /// signature.
    pub(super) fn misfit(&mut self, native: &NativeFunction, args: &Arguments<'_>, why: Misfit<'_>) -> Exit {
        let signature = native.signature();
        let is_method = signature.parameters.first().is_some_and(|first| matches!(first.name, "self" | "cls"));
        let receiver = is_method as usize;
        let plain = native.name.to_string_lossy();
        let constructor = matches!(&*plain, "__new__" | "__init__");
        let owner = if native.owner.is_none() { native.home.get() } else { native.owner.get() };
        let made = args.positional.first().filter(|_| constructor).map(|first| match first.to_ref::<Type>() {
            Some(class) => class,
            None => self.class_of(first),
        });
        // A class of the program goes by the name of the builtin class that makes its instances; only sets count for whom
        // they make.
        let made = made.map(|class| match owner.get::<Type>() {
            Some(owner) if owner.is(&self.types.type_) && &*plain == "__new__" => "type.__new__".to_owned(),
            Some(owner) if class.flags().has(TypeFlags::HEAP) => match (&*owner.name(), &why) {
                ("set" | "frozenset", Misfit::TooMany) if args.named.is_empty() => class.name(),
                (builtin, _) => builtin.to_owned(),
            },
            _ => class.name(),
        });
        let full = match (&made, owner.get::<Type>()) {
            (Some(made), _) => made.clone(),
            // A method of `type` that a class is asked for goes by the name of that class.
            (None, Some(owner)) => match args.positional.first().and_then(|first| first.to_ref::<Type>()) {
                Some(class) if owner.is(&self.types.type_) => format!("{}.{plain}", class.name()),
                _ => format!("{}.{plain}", owner.name()),
            },
            (None, None) => match native.module.get().get::<Str>().filter(|module| module.as_bytes() != b"builtins") {
                Some(module) => format!("{}.{plain}", module.to_string_lossy()),
                None => plain.clone().into_owned(),
            },
        };
        let short = made.unwrap_or_else(|| plain.into_owned());
        let given = args.positional.len() - receiver.min(args.positional.len());
        let operator = native.is_slot() && !constructor;
        let counts_itself = args.positional.first().is_some_and(|first| {
            constructor && (first.is(&self.types.int.value()) || first.is(&self.types.str_.value()))
        });
        let named = if self.leaves_keywords(native, args) { 0 } else { args.named.len() };
        let called = Called { signature, short, full, constructor, operator, counts_itself, receiver, given, named };
        let made_itself = args.positional.first().is_some_and(|first| first.is(&self.types.enumerate.value()));
        if constructor && made_itself {
            return self.type_error(of_enumerate(given, args.names));
        }
        let message = match why {
            Misfit::TooMany => called.too_many(),
            Misfit::Repeated(index) => called.given_twice(index, args.names),
            Misfit::Unexpected(keyword) => called.unexpected(&keyword.to_string_lossy(), args.names),
            Misfit::Missing(index) => called.missing(index),
        };
        self.type_error(message)
    }

    /// Does a constructor leave its keyword arguments to its counterpart, `__init__` or `__new__`, which a subclass has
    /// overridden?
    pub(super) fn leaves_keywords(&self, native: &NativeFunction, args: &Arguments<'_>) -> bool {
        let signature = native.signature();
        if signature.posonly != signature.parameters.len() && !signature.varargs {
            return false;
        }
        let Some(first) = args.positional.first() else { return false };
        let (class, counterpart) = match native.name.as_bytes() {
            b"__new__" => match first.to_ref::<Type>() {
                Some(class) => (class, &self.names.init),
                None => return false,
            },
            // Only lists do.
            b"__init__" if native.owner.get().is(&self.types.list.value()) => (self.class_of(first), &self.names.new),
            _ => return false,
        };
        let overridden = |method: Value| match method.get::<StaticMethod>() {
            Some(wrapped) => !wrapped.function.is_kind(Kind::Native),
            None => !method.is_kind(Kind::Native),
        };
        class.flags().has(TypeFlags::HEAP) && class.lookup(counterpart).is_some_and(overridden)
    }
}
