//! Short descriptions of values that are the same in every run: no addresses, no more than so many items.

use super::recorder::Names;
use super::words::{Words, number};
use crate::object::dict::Entry;
use crate::object::{
    Dict, Exception, Foreign, Function, Instance, Kind, List, Method, NativeFunction, Str, Tuple, Type, Value,
};
use crate::text::{escape, float};
use std::borrow::Cow;

/// Longer descriptions are cut.
const LONGEST: usize = 60;

/// This many items of a container are shown.
const MOST: usize = 8;

/// Of longer texts only the beginning is looked at.
const SEEN: usize = 1 << 10;

impl Names {
    /// Describes a value; containers to a depth of two.
    pub(super) fn brief(&mut self, value: &Value) -> Words {
        if value.is_none() {
            return "None".into();
        }
        if matches!(value.kind(), Some(Kind::Generator)) {
            return self.name(value).into();
        }
        self.in_words(|names, out| names.describe(value, 0, out))
    }

    /// Describes values, with commas between.
    pub(super) fn briefs(&mut self, values: &[Value]) -> Words {
        self.in_words(|names, out| names.describe_all(values.iter(), false, 0, out))
    }

    /// What is written, as words.
    pub(super) fn in_words(&mut self, write: impl FnOnce(&mut Names, &mut String)) -> Words {
        let mut out = std::mem::take(&mut self.scratch);
        out.clear();
        write(self, &mut out);
        let words = Words::from(&*out);
        self.scratch = out;
        words
    }

    fn describe_all<'a>(
        &mut self,
        values: impl Iterator<Item = &'a Value>,
        more: bool,
        depth: usize,
        out: &mut String,
    ) {
        for (n, value) in values.enumerate() {
            out.push_str(if n == 0 { "" } else { ", " });
            self.describe(value, depth, out);
        }
        out.push_str(if more { ", ..." } else { "" });
    }

    /// Appends what the value is; no longer than [`LONGEST`] says.
    pub(super) fn describe(&mut self, value: &Value, depth: usize, out: &mut String) {
        let start = out.len();
        if let Some(i) = value.as_small() {
            out.push_str(if i < 0 { "-" } else { "" });
            return number(i.unsigned_abs(), out);
        }
        self.describe_fully(value, depth, out);
        if out.len() - start > LONGEST
            && let Some((cut, _)) = out[start..].char_indices().nth(LONGEST)
        {
            out.truncate(start + cut);
            out.push_str("...");
        }
    }

    fn describe_fully(&mut self, value: &Value, depth: usize, out: &mut String) {
        if let Some(f) = value.as_float() {
            return out.push_str(&float::repr(f));
        }
        if let Some(b) = value.as_bool() {
            return out.push_str(if b { "True" } else { "False" });
        }
        let Some(kind) = value.kind() else {
            return out.push_str(&if value.is_none() { "None".to_owned() } else { format!("{value:?}") });
        };
        match kind {
            Kind::Str => {
                if let Some(text) = value.get::<Str>() {
                    out.push_str(&escape::repr_str(&beginning(text.as_bytes())));
                }
            }
            Kind::Bytes => {
                let shown = crate::object::equality::with_bytes(value, |bytes| escape::repr_bytes(&beginning(bytes)));
                out.push_str(&shown);
            }
            Kind::Generator | Kind::Foreign => out.push_str(&self.name(value)),
            Kind::Instance if value.native::<Foreign>().is_some() => out.push_str(&self.name(value)),
            Kind::Tuple if depth < 2 => {
                let Some(tuple) = value.get::<Tuple>() else { return };
                let items = tuple.items();
                out.push('(');
                self.describe_all(items.iter().take(MOST), items.len() > MOST, depth + 1, out);
                out.push_str(if items.len() == 1 { ",)" } else { ")" });
            }
            Kind::List if depth < 2 => {
                let Some(list) = value.get::<List>() else { return };
                let items: Vec<Value> = list.borrow().iter().take(MOST).cloned().collect();
                out.push('[');
                self.describe_all(items.iter(), list.len() > MOST, depth + 1, out);
                out.push(']');
            }
            Kind::Dict if depth < 2 => {
                let Some(dict) = value.get::<Dict>() else { return };
                let pair = |entry: &Entry| (entry.key.clone(), entry.value.clone());
                let pairs: Vec<_> = dict.table.borrow().iter().take(MOST).map(pair).collect();
                out.push('{');
                for (n, (key, value)) in pairs.iter().enumerate() {
                    out.push_str(if n == 0 { "" } else { ", " });
                    self.describe(key, depth + 1, out);
                    out.push_str(": ");
                    self.describe(value, depth + 1, out);
                }
                out.push_str(if dict.len() > MOST { ", ...}" } else { "}" });
            }
            Kind::Exception => {
                let Some(exception) = value.get::<Exception>() else { return };
                out.push_str(&exception.class().name());
                out.push('(');
                if let Some(args) = exception.args.get().get::<Tuple>() {
                    self.describe_all(args.items().iter(), false, depth + 1, out);
                }
                out.push(')');
            }
            Kind::Function => {
                if let Some(function) = value.get::<Function>() {
                    out.push_str(short(&function.code().code.qualname));
                }
            }
            Kind::Native => {
                if let Some(native) = value.get::<NativeFunction>() {
                    out.push_str(&native.name.to_string_lossy());
                }
            }
            Kind::Method => {
                if let Some(method) = value.get::<Method>() {
                    self.describe(&method.function, depth + 1, out);
                }
            }
            Kind::Type => out.push_str(&value.get::<Type>().map_or_else(String::new, |class| class.name())),
            Kind::Instance => {
                let class = value.get::<Instance>().map_or_else(String::new, |instance| instance.class().name());
                out.push_str(&format!("<{class}>"));
            }
            Kind::BigInt => {
                out.push_str(&value.as_integer().map_or_else(String::new, |i| i.to_big().to_string()));
            }
            _ => out.push_str(&format!("<{kind:?}>").to_lowercase()),
        }
    }
}

/// As much of a text as is shown of it, and more; with the quotes that stand in the rest, which decide on those around it.
fn beginning(text: &[u8]) -> Cow<'_, [u8]> {
    if text.len() <= SEEN {
        return text.into();
    }
    let mut cut = SEEN;
    while cut > SEEN - 4 && text[cut] & 0xC0 == 0x80 {
        cut -= 1;
    }
    let (shown, rest) = text.split_at(cut);
    let mut shown = shown.to_vec();
    shown.extend([b'\'', b'"'].into_iter().filter(|quote| memchr::memchr(*quote, rest).is_some()));
    shown.into()
}

/// A qualified name without what is obvious.
pub(super) fn short(qualname: &str) -> &str {
    qualname.rsplit_once("<locals>.").map_or(qualname, |(_, name)| name)
}
