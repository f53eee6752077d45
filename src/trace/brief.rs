//! Short descriptions of values that are the same in every run: no addresses, no more than so many items.

use super::recorder::Names;
use crate::object::{
    Dict, Exception, Foreign, Function, Instance, Kind, List, Method, NativeFunction, Str, Tuple, Type, Value,
};
use crate::text::{escape, float};

/// Longer descriptions are cut.
const LONGEST: usize = 60;

/// This many items of a container are shown.
const MOST: usize = 8;

impl Names {
    /// Describes a value; containers to a depth of two.
    pub(super) fn brief(&mut self, value: &Value) -> String {
        self.described(value, 0)
    }

    fn described(&mut self, value: &Value, depth: usize) -> String {
        if let Some(i) = value.as_small() {
            return i.to_string();
        }
        if let Some(f) = value.as_float() {
            return float::repr(f);
        }
        if let Some(b) = value.as_bool() {
            return if b { "True" } else { "False" }.to_owned();
        }
        let Some(kind) = value.kind() else {
            return if value.is_none() { "None".to_owned() } else { format!("{value:?}") };
        };
        let text = match kind {
            Kind::Str => value.get::<Str>().map(|s| escape::repr_str(s.as_bytes())),
            Kind::Bytes => Some(crate::object::equality::with_bytes(value, escape::repr_bytes)),
            Kind::Generator | Kind::Foreign => Some(self.name(value).to_string()),
            Kind::Tuple | Kind::List if depth < 2 => {
                let (open, close, items) = match value.get::<Tuple>() {
                    Some(tuple) => ("(", if tuple.items().len() == 1 { ",)" } else { ")" }, tuple.items().to_vec()),
                    None => ("[", "]", value.get::<List>().map_or_else(Vec::new, |list| list.to_vec())),
                };
                let shown: Vec<String> = items.iter().take(MOST).map(|item| self.described(item, depth + 1)).collect();
                let more = if items.len() > MOST { ", ..." } else { "" };
                Some(format!("{open}{}{more}{close}", shown.join(", ")))
            }
            Kind::Dict if depth < 2 => value.get::<Dict>().map(|dict| {
                let items = dict.items();
                let pair = |(k, v): &(Value, Value)| (k.clone(), v.clone());
                let pairs: Vec<_> = items.iter().take(MOST).map(pair).collect();
                let shown: Vec<String> = pairs
                    .iter()
                    .map(|(k, v)| format!("{}: {}", self.described(k, depth + 1), self.described(v, depth + 1)))
                    .collect();
                format!("{{{}{}}}", shown.join(", "), if items.len() > MOST { ", ..." } else { "" })
            }),
            Kind::Exception => value.get::<Exception>().map(|exception| {
                let args = exception.args.get();
                let args = args.get::<Tuple>().map_or_else(Vec::new, |args| args.items().to_vec());
                let shown: Vec<String> = args.iter().map(|arg| self.described(arg, depth + 1)).collect();
                format!("{}({})", exception.class().name(), shown.join(", "))
            }),
            Kind::Function => value.get::<Function>().map(|function| short(&function.code().code.qualname).to_owned()),
            Kind::Native => value.get::<NativeFunction>().map(|native| native.name.to_string_lossy().into_owned()),
            Kind::Method => value.get::<Method>().map(|method| self.described(&method.function, depth + 1)),
            Kind::Type => value.get::<Type>().map(|class| class.name()),
            Kind::Instance if value.native::<Foreign>().is_some() => Some(self.name(value).to_string()),
            Kind::Instance => value.get::<Instance>().map(|instance| format!("<{}>", instance.class().name())),
            Kind::BigInt => value.as_integer().map(|i| i.to_big().to_string()),
            _ => None,
        };
        let text = text.unwrap_or_else(|| format!("<{kind:?}>").to_lowercase());
        match text.char_indices().nth(LONGEST) {
            Some((cut, _)) => format!("{}...", &text[..cut]),
            None => text,
        }
    }
}

/// A qualified name without what is obvious.
pub(super) fn short(qualname: &str) -> &str {
    qualname.rsplit_once("<locals>.").map_or(qualname, |(_, name)| name)
}
