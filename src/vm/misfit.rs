//! The texts of `TypeError` when arguments do not fit the signature of a native.
//!
//! CPython has three ways to say it, by how the function was declared: all parameters positional-only (`pop expected at
//! most 1 argument, got 2`; with a single one `list.append() takes exactly one argument`), some of them by name
//! (`replace() takes at least 2 positional arguments`), constructors (`list expected at most 1 argument`). What an operator
//! calls has no name at all (`expected 1 argument, got 2`).

use super::binding::Arguments;
use super::{Exit, Vm};
use crate::object::native::{NativeFunction, Parameter, Signature};
use crate::object::{Ref, Str, Type, TypeFlags};

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
    /// Is `int` itself called? Its arguments by position are taken apart elsewhere than those of its subclasses.
    plain_int: bool,
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
        self.signature.is_positional()
    }

    /// The number of positional arguments of a function without names for them is wrong.
    fn wrong_number(&self) -> String {
        let (most, least, given) = (self.most(), self.least(), self.given);
        let (short, full) = (&self.short, &self.full);
        if self.operator {
            let (bound, count) = match (least, most) {
                (least, most) if least == most => ("", most),
                (least, _) if given < least => ("at least ", least),
                (_, most) => ("at most ", most),
            };
            // Those with several are taken apart by a function that puts the name in front.
            let name = if least == most && most < 2 { String::new() } else { format!("{short} ") };
            return format!("{name}expected {bound}{count} argument{}, got {given}", plural(count));
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
            (least, _) if given < least => {
                format!("{short} expected at least {least} argument{}, got {given}", plural(least))
            }
            (_, most) => format!("{short} expected at most {most} argument{}, got {given}", plural(most)),
        }
    }

    fn too_many(&self) -> String {
        if self.only_positional() || self.signature.posonly == self.signature.positional && self.signature.varkw {
            return self.wrong_number();
        }
        let (short, most) = (&self.short, self.most());
        let all = self.signature.parameters.len() - self.receiver;
        let total = self.given + self.named;
        let bound = |least, most| if least < most { "at most" } else { "exactly" };
        if self.plain_int && self.named == 0 {
            return self.wrong_number();
        }
        if total > all {
            let sort = if self.given == 0 { "keyword " } else { "" };
            let bound = bound(self.least(), all);
            return format!("{short}() takes {bound} {all} {sort}argument{} ({total} given)", plural(all));
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

    fn given_twice(&self, index: usize) -> String {
        let (short, name) = (&self.short, self.signature.parameters[index].name);
        if index < self.signature.positional {
            let position = index + 1 - self.receiver;
            return format!("argument for {short}() given by name ('{name}') and position ({position})");
        }
        format!("{short}() got multiple values for argument '{name}'")
    }

    /// There is no parameter of this name; a parameter without a name that was not given is worse.
    fn unexpected(&self, keyword: &str) -> String {
        if self.operator {
            return format!("wrapper {}() takes no keyword arguments", self.short);
        }
        if self.only_positional() {
            return format!("{}() takes no keyword arguments", self.full);
        }
        let first = self.receiver + self.given;
        let unnamed = self.receiver..self.signature.posonly;
        match unnamed.into_iter().find(|index| *index >= first && self.signature.parameters[*index].required) {
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

impl Vm {
    /// The `TypeError` for arguments that do not fit a native's signature, worded as CPython words it for that sort of
    /// signature.
    pub(super) fn misfit(&mut self, native: &NativeFunction, args: &Arguments<'_>, why: Misfit<'_>) -> Exit {
        let signature = native.signature();
        let is_method = signature.parameters.first().is_some_and(|first| matches!(first.name, "self" | "cls"));
        let receiver = is_method as usize;
        let plain = native.name.to_string_lossy();
        let constructor = matches!(&*plain, "__new__" | "__init__");
        let made = args.positional.first().filter(|_| constructor).map(|first| {
            let class = first.to_ref::<Type>().unwrap_or_else(|| self.class_of(first));
            let builtin = class.mro.borrow().iter().find(|class| !class.flags().has(TypeFlags::HEAP)).cloned();
            // Only sets say whom they make; the others say who they are.
            match builtin.map(|builtin| builtin.name()) {
                Some(builtin) if builtin == "type" => "type.__new__".to_owned(),
                Some(builtin) if !matches!((&*builtin, &why), ("set" | "frozenset", Misfit::TooMany)) => builtin,
                _ => class.name(),
            }
        });
        let full = match (&made, native.owner.get().get::<Type>()) {
            (Some(made), _) => made.clone(),
            (None, Some(owner)) => format!("{}.{plain}", owner.name()),
            (None, None) => plain.clone().into_owned(),
        };
        let short = made.unwrap_or_else(|| plain.into_owned());
        let given = args.positional.len() - receiver.min(args.positional.len());
        let operator = native.is_slot() && !constructor;
        let plain_int = constructor && args.positional.first().is_some_and(|first| first.is(&self.types.int.value()));
        let named = args.named.len();
        let called = Called { signature, short, full, constructor, operator, plain_int, receiver, given, named };
        let message = match why {
            Misfit::TooMany => called.too_many(),
            Misfit::Repeated(index) => called.given_twice(index),
            Misfit::Unexpected(keyword) => called.unexpected(&keyword.to_string_lossy()),
            Misfit::Missing(index) => called.missing(index),
        };
        self.type_error(message)
    }
}
