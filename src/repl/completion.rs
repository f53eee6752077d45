//! Completion of names and attributes.
//!
//! Only what is there is looked at: namespaces, instances' own attributes, classes. No property is asked, no `__dir__` or
//! `__getattr__` called: pressing Tab runs nothing of the program.

use crate::interpreter::Interpreter;
use crate::object::kind::KINDS;
use crate::object::{Dict, Instance, Module, Ref, Str, Type, Value, intern};
use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::Validator;
use rustyline::{Context, Helper};

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "type", "while", "with", "yield",
];

/// Where names are found.
pub struct Names {
    globals: Ref<Dict>,
    builtins: Ref<Dict>,
    classes: [Ref<Type>; KINDS],
    int: Ref<Type>,
    float: Ref<Type>,
}

impl Names {
    /// The names of a program.
    pub fn of(interpreter: &Interpreter) -> Names {
        let types = &interpreter.vm.types;
        Names {
            globals: interpreter.globals(),
            builtins: interpreter.vm.builtins.clone(),
            classes: types.by_kind(),
            int: types.int.clone(),
            float: types.float.clone(),
        }
    }

    fn lookup(&self, name: &str) -> Option<Value> {
        let name = intern(name.as_bytes());
        self.globals.get_str(&name).or_else(|| self.builtins.get_str(&name))
    }

    /// The names of the attributes of `value`.
    fn attributes(&self, value: &Value) -> Vec<String> {
        let mut names = Vec::new();
        if let Some(module) = value.get::<Module>() {
            names.extend(keys(&module.dict));
        }
        let class = if let Some(instance) = value.get::<Instance>() {
            names.extend(instance.attributes().iter().filter_map(|(name, _)| text(name)));
            Some(instance.class().clone())
        } else if let Some(class) = value.to_ref::<Type>() {
            Some(class)
        } else {
            self.class_of(value)
        };
        if let Some(class) = class {
            for class in class.mro.borrow().iter().chain([&class]) {
                names.extend(keys(&class.dict));
            }
        }
        names
    }

    fn class_of(&self, value: &Value) -> Option<Ref<Type>> {
        match value.kind() {
            Some(kind) => self.classes.get(kind as usize).cloned(),
            None if value.is_small() => Some(self.int.clone()),
            None if value.is_inline_float() => Some(self.float.clone()),
            None => None,
        }
    }

    /// The value of an attribute that lies there ready.
    fn attribute(&self, value: &Value, name: &str) -> Option<Value> {
        let name = intern(name.as_bytes());
        if let Some(module) = value.get::<Module>() {
            return module.dict.get_str(&name);
        }
        if let Some(instance) = value.get::<Instance>() {
            return instance.get_attr(&name);
        }
        value.get::<Type>().and_then(|class| class.reference().lookup(&name))
    }

    /// Where the name before `pos` begins, and what it may become.
    fn candidates(&self, line: &str, pos: usize) -> (usize, Vec<String>) {
        let before = line.get(..pos).unwrap_or(line);
        let word = before.rsplit(|letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '.')).next();
        let word = word.unwrap_or("");
        let (start, all) = match word.rsplit_once('.') {
            None => {
                let keywords = KEYWORDS.iter().map(|word| (*word).to_owned());
                let names = keys(&self.globals).into_iter().chain(keys(&self.builtins)).chain(keywords);
                (word, names.collect::<Vec<_>>())
            }
            Some((path, start)) => {
                let mut parts = path.split('.');
                let mut value = parts.next().and_then(|name| self.lookup(name));
                for name in parts {
                    value = value.and_then(|value| self.attribute(&value, name));
                }
                (start, value.map(|value| self.attributes(&value)).unwrap_or_default())
            }
        };
        let hidden = |name: &str| name.starts_with('_') && !start.starts_with('_');
        let mut found: Vec<String> = all.into_iter().filter(|name| name.starts_with(start) && !hidden(name)).collect();
        found.sort();
        found.dedup();
        (pos - start.len(), found)
    }
}

fn keys(dict: &Ref<Dict>) -> Vec<String> {
    dict.keys().iter().filter_map(text).collect()
}

fn text(name: &Value) -> Option<String> {
    name.get::<Str>().map(|name| name.to_string_lossy().into_owned())
}

impl Completer for Names {
    type Candidate = String;

    fn complete(&self, line: &str, pos: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<String>)> {
        let before = line.get(..pos).unwrap_or(line);
        if before.trim().is_empty() {
            // At the beginning of a line Tab indents.
            return Ok((pos, vec!["    ".to_owned()]));
        }
        Ok(self.candidates(line, pos))
    }
}

impl Helper for Names {}
impl Hinter for Names {
    type Hint = String;
}
impl Highlighter for Names {}
impl Validator for Names {}
