//! Short descriptions of values that are the same in every run: no addresses, no more than so many items.

use super::recorder::Recorder;
use super::recording::{Piece, int};
use crate::object::{
    Dict, Exception, Foreign, Function, Generator, Instance, Kind, List, Method, NativeFunction, Ref, Str, Tuple, Type,
    Value, identity::number_of_word,
};
use crate::text::{escape, float};
use std::borrow::Cow;

/// Longer descriptions are cut.
pub(super) const LONGEST: usize = 60;

/// This many items of a container are shown.
const MOST: usize = 8;

/// Of longer texts only the beginning is looked at.
const SEEN: usize = 1 << 10;

/// Appends a text, cut if it is too long.
pub(super) fn cut_to(text: &str) -> Option<&str> {
    if text.len() <= LONGEST {
        return None;
    }
    text.char_indices().nth(LONGEST).map(|(cut, _)| &text[..cut])
}

/// What a value is, if that is said in a few bytes: `None` or a number that may be small.
#[inline(always)]
pub(super) fn briefly(value: &Value) -> Option<(u64, usize)> {
    match value.as_small() {
        Some(i) => Some(int(i)),
        None if value.is_none() => Some((Piece::None as u64, 1)),
        None => None,
    }
}

impl Recorder {
    /// Writes what a value is; containers to a depth of two.
    #[inline]
    pub(super) fn value(&mut self, value: &Value) {
        match briefly(value) {
            Some((piece, length @ ..=8)) => self.ink.word(piece, length),
            _ if value.is_kind(Kind::Foreign) => self.object(value),
            _ => self.describe(value, 0),
        }
    }

    /// Writes what values are, and how many.
    pub(super) fn values(&mut self, values: &[Value]) {
        self.ink.number(values.len() as u64);
        values.iter().for_each(|value| self.value(value));
    }

    /// The object that an event is about.
    #[inline(always)]
    pub(super) fn object(&mut self, value: &Value) {
        match value.get::<Foreign>() {
            Some(foreign) if foreign.word.get() != 0 => self.named(foreign.number.get(), foreign.word.get()),
            _ => self.find_object(value),
        }
    }

    #[inline(never)]
    fn find_object(&mut self, value: &Value) {
        if let Some(generator) = value.get::<Generator>() {
            // One that is over has no code any more.
            return match generator.code() {
                Some(code) => {
                    let code = self.code(code);
                    self.ink.frame(generator.number.get(), code);
                }
                None => self.named(generator.number.get(), number_of_word("generator")),
            };
        }
        let Some(foreign) = value.native::<Foreign>() else { return self.describe(value, 0) };
        if foreign.word.get() == 0 {
            self.words.find(&foreign, value);
        }
        self.named(foreign.number.get(), foreign.word.get());
    }

    fn describe_all<'a>(&mut self, values: impl Iterator<Item = &'a Value>, more: bool, depth: usize) {
        for (n, value) in values.enumerate() {
            if n > 0 {
                self.ink.literally(", ");
            }
            self.describe(value, depth);
        }
        if more {
            self.ink.literally(", ...");
        }
    }

    /// A text that is cut if it is too long.
    fn leaf(&mut self, text: &str) {
        match cut_to(text) {
            Some(cut) => self.ink.words(&format!("{cut}...")),
            None => self.ink.words(text),
        }
    }

    /// A string in its quotes.
    fn string(&mut self, text: &Ref<Str>) {
        let plain = |byte: &u8| (b' '..0x7f).contains(byte) && !matches!(byte, b'\\' | b'\'');
        match text.as_str() {
            Some(text) if text.len() + 2 <= LONGEST && text.as_bytes().iter().all(plain) => {
                self.ink.words_between(b'\'', text, b'\'');
            }
            _ => self.leaf(&escape::repr_str(&beginning(text.as_bytes()))),
        }
    }

    /// The name of the class of what has no description.
    fn instance(&mut self, class: &Type) {
        class.with_name(|name| match name.len() + 2 <= LONGEST {
            true => self.ink.words_between(b'<', name, b'>'),
            false => self.leaf(&format!("<{name}>")),
        });
    }

    fn describe(&mut self, value: &Value, depth: usize) {
        if let Some(i) = value.as_small() {
            return self.ink.int(i);
        }
        if value.is_none() {
            return self.ink.piece(Piece::None);
        }
        if let Some(f) = value.as_float() {
            return self.leaf(&float::repr(f));
        }
        if let Some(b) = value.as_bool() {
            return self.leaf(if b { "True" } else { "False" });
        }
        let Some(kind) = value.kind() else { return self.leaf(&format!("{value:?}")) };
        match kind {
            Kind::Generator | Kind::Foreign => self.object(value),
            Kind::Instance if value.native::<Foreign>().is_some() => self.object(value),
            Kind::Str => value.get::<Str>().into_iter().for_each(|text| self.string(&text)),
            Kind::Bytes => {
                let shown = crate::object::equality::with_bytes(value, |bytes| escape::repr_bytes(&beginning(bytes)));
                self.leaf(&shown);
            }
            Kind::Function => {
                let function = value.get::<Function>();
                self.leaf(function.as_ref().map_or("", |function| short(&function.code().code.qualname)));
            }
            Kind::Native => {
                let native = value.get::<NativeFunction>();
                native.into_iter().for_each(|native| self.leaf(&native.name.to_string_lossy()));
            }
            Kind::Type => value.get::<Type>().into_iter().for_each(|class| class.with_name(|name| self.leaf(name))),
            Kind::Instance => value.get::<Instance>().into_iter().for_each(|object| self.instance(object.class())),
            Kind::BigInt => {
                self.leaf(&value.as_integer().map_or_else(String::new, |i| i.to_big().to_string()));
            }
            Kind::Tuple | Kind::List | Kind::Dict if depth < 2 => self.container(value, depth),
            // They may hold themselves.
            Kind::Exception | Kind::Method if depth < 4 => self.container(value, depth),
            _ => self.leaf(&format!("<{kind:?}>").to_lowercase()),
        }
    }

    /// What has other values in it.
    fn container(&mut self, value: &Value, depth: usize) {
        self.ink.piece(Piece::Open);
        if let Some(tuple) = value.get::<Tuple>() {
            let items = tuple.items();
            self.ink.literally("(");
            self.describe_all(items.iter().take(MOST), items.len() > MOST, depth + 1);
            self.ink.literally(if items.len() == 1 { ",)" } else { ")" });
        } else if let Some(list) = value.get::<List>() {
            self.ink.literally("[");
            self.describe_all(list.borrow().iter().take(MOST), list.len() > MOST, depth + 1);
            self.ink.literally("]");
        } else if let Some(dict) = value.get::<Dict>() {
            self.ink.literally("{");
            for (n, entry) in dict.table.borrow().iter().take(MOST).enumerate() {
                self.ink.literally(if n == 0 { "" } else { ", " });
                self.describe(&entry.key, depth + 1);
                self.ink.literally(": ");
                self.describe(&entry.value, depth + 1);
            }
            self.ink.literally(if dict.len() > MOST { ", ...}" } else { "}" });
        } else if let Some(exception) = value.get::<Exception>() {
            exception.class().with_name(|name| self.ink.words(name));
            self.ink.literally("(");
            if let Some(args) = exception.args.get().get::<Tuple>() {
                let items = args.items();
                self.describe_all(items.iter().take(MOST), items.len() > MOST, depth + 1);
            }
            self.ink.literally(")");
        } else if let Some(method) = value.get::<Method>() {
            self.describe(&method.function, depth + 1);
        }
        self.ink.piece(Piece::Close);
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
