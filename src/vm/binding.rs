//! Binding: which argument goes to which parameter (language reference 6.3.4), and what is said when they do not fit.

use super::misfit::Misfit;
use super::{Exit, Vm};
use crate::object::function::CodeObject;
use crate::object::native::{NativeFunction, Parameter};
use crate::object::{Dict, Function, Ref, Str, Tuple, Value};

/// The arguments of a call, where they stand. Binding may take them from there; what it leaves is the caller's to drop.
pub(super) struct Arguments<'a> {
    /// By position.
    pub positional: &'a mut [Value],
    /// The names of those by keyword.
    pub names: &'a [Value],
    /// Their values.
    pub named: &'a mut [Value],
}

impl Arguments<'_> {
    /// The arguments taken from where they stand: those by position, those by name.
    pub fn into_owned(self) -> (Vec<Value>, Vec<(Value, Value)>) {
        let positional = self.positional.iter_mut().map(std::mem::take).collect();
        let named = self.named.iter_mut().map(std::mem::take);
        (positional, self.names.iter().cloned().zip(named).collect())
    }
}

/// Names and values of keyword arguments apart.
pub(super) fn split(keywords: Vec<(Value, Value)>) -> (Vec<Value>, Vec<Value>) {
    if keywords.is_empty() { Default::default() } else { keywords.into_iter().unzip() }
}

impl Vm {
    /// Put arguments into the parameter registers at `base` (language reference 6.3.4).
    pub(super) fn bind_arguments(
        &mut self,
        function: &Ref<Function>,
        code: &Ref<CodeObject>,
        args: Arguments<'_>,
        base: *mut Value,
    ) -> Result<(), Exit> {
        let Arguments { positional: args, names, named: keywords } = args;
        let plain = if code.suspends { code.generator_arguments } else { code.plain_arguments };
        if names.is_empty() && plain as usize == args.len() {
            for (index, value) in args.iter_mut().enumerate() {
                // SAFETY: parameters come first among the registers, and the caller reserved all of them.
                drop(unsafe { base.add(index).replace(std::mem::take(value)) });
            }
            return Ok(());
        }
        if matches!(code.code.kind, crate::bytecode::CodeKind::Class | crate::bytecode::CodeKind::Namespace) {
            // The namespace of such a body is its register 0.
            let namespace = args.first_mut().map_or_else(|| function.globals.value(), std::mem::take);
            // SAFETY: such a body has at least this register.
            drop(unsafe { base.replace(namespace) });
            return Ok(());
        }
        let parameters = code.code.parameters;
        let positional = parameters.positional as usize;
        let named = positional + parameters.kwonly as usize;
        let given = args.len();
        // SAFETY: parameters come first among the registers, and the caller reserved all of them.
        let set = |index: usize, value: Value| unsafe { drop(base.add(index).replace(value)) };
        // SAFETY: as above.
        let is_set = |index: usize| unsafe { !(*base.add(index)).is_undef() };
        for index in 0..parameters.count() {
            set(index, Value::UNDEF);
        }
        let (fitting, extra) = args.split_at_mut(positional.min(given));
        for (index, value) in fitting.iter_mut().enumerate() {
            set(index, std::mem::take(value));
        }
        if parameters.varargs {
            set(named, Value::object(Ref::<Tuple>::build(extra.len(), |n| std::mem::take(&mut extra[n]))));
        }
        let varkw = parameters.varkw.then(|| (named + parameters.varargs as usize, Dict::empty()));
        if names.iter().any(|name| name.native::<Str>().is_none()) {
            return Err(self.type_error("keywords must be strings"));
        }
        for (name, value) in names.iter().zip(keywords) {
            let Some(text) = name.native::<Str>() else { return Err(self.type_error("keywords must be strings")) };
            let value = std::mem::take(value);
            let found = (parameters.posonly as usize..named)
                .find(|index| code.code.locals[*index].as_bytes() == text.as_bytes());
            match (found, &varkw) {
                (Some(index), _) if is_set(index) => {
                    let (function, name) = (self.qualname_of(function), text.to_string_lossy().into_owned());
                    let message = format!("{function}() got multiple values for argument '{name}'");
                    return Err(self.type_error(message));
                }
                (Some(index), _) => set(index, value),
                (None, Some((_, dict))) => dict.set_str(&text, value),
                (None, None) => {
                    let name = text.to_string_lossy().into_owned();
                    return Err(self.unexpected_keyword(function, code, &name, names));
                }
            }
        }
        if given > positional && !parameters.varargs {
            return Err(self.too_many_positional(function, code, given, names));
        }
        if let Some((index, dict)) = varkw {
            set(index, Value::object(dict));
        }
        if given < positional {
            let defaults = function.defaults.get();
            let defaults = defaults.get::<Tuple>().map_or(&[][..], |tuple| tuple.body_items());
            let first = positional - defaults.len().min(positional);
            let mut missing = Vec::new();
            for index in given..positional {
                if is_set(index) {
                    continue;
                }
                match index.checked_sub(first).and_then(|n| defaults.get(n)) {
                    Some(default) => set(index, default.clone()),
                    None => missing.push(index),
                }
            }
            if !missing.is_empty() {
                return Err(self.missing_arguments(function, code, &missing, "positional"));
            }
        }
        if parameters.kwonly > 0 {
            let defaults = function.kwdefaults.get().to_ref::<Dict>();
            let mut missing = Vec::new();
            for index in positional..named {
                if is_set(index) {
                    continue;
                }
                let name = &code.names[index];
                match defaults.as_ref().and_then(|defaults| defaults.get_str(name)) {
                    Some(default) => set(index, default),
                    None => missing.push(index),
                }
            }
            if !missing.is_empty() {
                return Err(self.missing_arguments(function, code, &missing, "keyword-only"));
            }
        }
        Ok(())
    }

    fn qualname_of(&self, function: &Ref<Function>) -> String {
        let name = function.qualname.get();
        name.get::<Str>().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
    }

    fn too_many_positional(
        &mut self,
        function: &Ref<Function>,
        code: &Ref<CodeObject>,
        given: usize,
        keywords: &[Value],
    ) -> Exit {
        let parameters = code.code.parameters;
        let most = parameters.positional as usize;
        let defaults = function.defaults.get().get::<Tuple>().map_or(0, |tuple| tuple.items().len());
        let takes =
            if defaults > 0 { format!("from {} to {most}", most - defaults.min(most)) } else { most.to_string() };
        let plural = if defaults > 0 || most != 1 { "s" } else { "" };
        let kwonly_names = most..most + parameters.kwonly as usize;
        let kwonly = keywords.iter().filter(|name| {
            let same = |index: usize| {
                name.get::<Str>().is_some_and(|name| name.as_bytes() == code.code.locals[index].as_bytes())
            };
            kwonly_names.clone().any(same)
        });
        let kwonly = kwonly.count();
        let was = if given == 1 && kwonly == 0 { "was" } else { "were" };
        let also = if kwonly > 0 {
            let (p, k) = (if given == 1 { "" } else { "s" }, if kwonly == 1 { "" } else { "s" });
            format!(" positional argument{p} (and {kwonly} keyword-only argument{k})")
        } else {
            String::new()
        };
        let name = self.qualname_of(function);
        self.type_error(format!("{name}() takes {takes} positional argument{plural} but {given}{also} {was} given"))
    }

    /// `keyword`, one of `names`, is no parameter that can be given by name.
    fn unexpected_keyword(
        &mut self,
        function: &Ref<Function>,
        code: &Ref<CodeObject>,
        keyword: &str,
        names: &[Value],
    ) -> Exit {
        let parameters = code.code.parameters;
        let function = self.qualname_of(function);
        let positional_only = &code.code.locals[..parameters.posonly as usize];
        let is_given = |parameter: &&std::rc::Rc<str>| {
            names.iter().any(|name| name.native::<Str>().is_some_and(|name| name.as_bytes() == parameter.as_bytes()))
        };
        let wrong: Vec<&str> = positional_only.iter().filter(is_given).map(|name| &**name).collect();
        if !wrong.is_empty() {
            let wrong = wrong.join(", ");
            return self.type_error(format!(
                "{function}() got some positional-only arguments passed as keyword arguments: '{wrong}'"
            ));
        }
        let named =
            &code.code.locals[parameters.posonly as usize..(parameters.positional + parameters.kwonly) as usize];
        self.no_such_keyword(&function, keyword, named.iter().map(|name| &**name))
    }

    /// A call has a keyword argument that there is none for; one of these may be meant.
    pub fn no_such_keyword<'n>(&self, function: &str, keyword: &str, names: impl Iterator<Item = &'n str>) -> Exit {
        let hint = crate::text::suggest::closest(keyword, names)
            .map_or_else(String::new, |name| format!(". Did you mean '{name}'?"));
        self.type_error(format!("{function}() got an unexpected keyword argument '{keyword}'{hint}"))
    }

    fn missing_arguments(
        &mut self,
        function: &Ref<Function>,
        code: &Ref<CodeObject>,
        missing: &[usize],
        sort: &str,
    ) -> Exit {
        let names: Vec<String> = missing.iter().map(|index| format!("'{}'", code.code.locals[*index])).collect();
        let list = match &names[..] {
            [one] => one.clone(),
            [one, two] => format!("{one} and {two}"),
            [most @ .., last] => format!("{}, and {last}", most.join(", ")),
            [] => String::new(),
        };
        let plural = if missing.len() == 1 { "" } else { "s" };
        let (name, count) = (self.qualname_of(function), missing.len());
        self.type_error(format!("{name}() missing {count} required {sort} argument{plural}: {list}"))
    }

    /// Arguments in the order of a native's signature.
    pub(super) fn bind_native(&mut self, native: &NativeFunction, args: Arguments<'_>) -> Result<Vec<Value>, Exit> {
        let signature = native.signature();
        let given = args.positional.len();
        if given > signature.positional && !signature.varargs {
            return Err(self.misfit(native, &args, Misfit::TooMany));
        }
        let mut bound: Vec<Value> = Vec::with_capacity(signature.parameters.len() + 1);
        let fitting = signature.positional.min(given);
        bound.extend(args.positional[..fitting].iter().cloned());
        // Keyword-only parameters come after the positional ones, `*args` after those.
        bound.resize_with(signature.parameters.len(), Value::default);
        let varkw = signature.varkw.then(Dict::empty);
        for (key, value) in args.names.iter().zip(args.named.iter()) {
            let Some(text) = key.native::<Str>() else { return Err(self.type_error("keywords must be strings")) };
            let found = (signature.posonly..signature.parameters.len())
                .find(|index| signature.parameters[*index].name.as_bytes() == text.as_bytes());
            match (found, &varkw) {
                (Some(index), _) if !bound[index].is_undef() => {
                    return Err(self.misfit(native, &args, Misfit::Repeated(index)));
                }
                (Some(index), _) => bound[index] = value.clone(),
                (None, Some(dict)) => dict.set_str(&text, value.clone()),
                (None, None) if self.leaves_keywords(native, &args) => {}
                (None, None) => return Err(self.misfit(native, &args, Misfit::Unexpected(&text))),
            }
        }
        let required = |(index, parameter): (usize, &Parameter)| parameter.required && bound[index].is_undef();
        if let Some(index) = signature.parameters.iter().enumerate().position(required) {
            return Err(self.misfit(native, &args, Misfit::Missing(index)));
        }
        bound.extend(args.positional[fitting..].iter().cloned());
        if let Some(dict) = varkw {
            bound.push(Value::object(dict));
        }
        Ok(bound)
    }
}
