//! What may the text before the cursor become? Names, attributes, keywords, modules, keys, paths.
//!
//! Only what is there is looked at: namespaces, instances' own attributes, classes. No property is asked, no `__dir__` or
//! `__getattr__` called: pressing Tab runs nothing of the program.

use super::commands::Takes;
use super::editor::Found;
use super::signature;
use crate::interpreter::Interpreter;
use crate::object::descriptor::Member;
use crate::object::{Bytes, Dict, Function, Instance, List, Module, Ref, Str, Tuple, Type, Value, intern};
use crate::syntax::ast::{Expr, Module as Tree, Node, Stmt};
use crate::syntax::{Mode, parse};
use crate::vm::{Found as Located, Vm};
use std::path::{Path, PathBuf};

const KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "case", "class", "continue", "def",
    "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "type", "while", "with", "yield",
];

/// What the text may become: the byte where the unfinished word begins, and what may stand there. The codes are those that
/// can be explained.
pub fn complete(interpreter: &mut Interpreter, text: &str, codes: &[&str]) -> Found {
    let (start, mut found) = match text.strip_prefix(':').map(|_| text.split_once(' ')) {
        Some(None) => (0, starting(super::commands::words(), text)),
        Some(Some((command, operand))) => {
            let word = operand.trim_start();
            let start = text.len() - word.len();
            match super::commands::takes(command) {
                Takes::Code => code(interpreter, text, start),
                Takes::File => paths(interpreter, word, text.len()),
                Takes::Mistake => (start, starting(codes.iter().copied(), &word.to_ascii_uppercase())),
                Takes::Words(words) => (start, starting(words.iter().copied(), word)),
            }
        }
        None => code(interpreter, text, 0),
    };
    found.sort();
    found.dedup();
    (start, found)
}

/// What may be at the end of the code that begins at `from`.
fn code(interpreter: &mut Interpreter, text: &str, from: usize) -> Found {
    let code = &text[from..];
    let line = code.rsplit('\n').next().unwrap_or(code);
    let offset = text.len() - line.len();
    if let Some(quote) = open_string(code) {
        return match field(code, quote) {
            Some(field) => self::code(interpreter, text, from + field),
            None => in_string(interpreter, text, from + quote),
        };
    }
    match imported(interpreter, line) {
        Some((start, found)) => (offset + start, found),
        None => key(interpreter, text).unwrap_or_else(|| name(interpreter, text)),
    }
}

fn starting(all: impl IntoIterator<Item = impl Into<String>>, start: &str) -> Vec<String> {
    all.into_iter().map(Into::into).filter(|name| name.starts_with(start)).collect()
}

/// A module of the library may have a part of itself only when somebody asks for that. It is asked for the one that is named here,
/// which runs nothing of the program.
pub(super) fn load(interpreter: &mut Interpreter, path: &str) {
    let mut parts = path.split('.');
    let Some((first, name)) = parts.next().zip(parts.next()) else { return };
    let names = Names::of(interpreter);
    let Some(found) = names.lookup(first) else { return };
    let Some(module) = found.get::<Module>() else { return };
    if module.get(name).is_some() || !names.attributes(&found).iter().any(|known| known == name) {
        return;
    }
    let is_of_library =
        |function: &Value| function.get::<Function>().is_some_and(|function| !function.code().is_of_program());
    if let Some(asked) = module.get("__getattr__").filter(is_of_library) {
        // Without it there is only less to be shown.
        let _ = interpreter.vm.call(&asked, vec![Value::str(name)]);
    }
}

/// The unfinished dotted name at the end.
pub(super) fn dotted(text: &str) -> &str {
    let other = |letter: char| !(letter.is_alphanumeric() || letter == '_' || letter == '.');
    text.rsplit(other).next().unwrap_or("")
}

/// The same, where items of what it names may be taken by numbers and strings that stand there: `a.b['c'][0].d`.
pub(super) fn chain(text: &str) -> &str {
    let mut start = text.len();
    loop {
        start -= dotted(&text[..start]).len();
        let Some(inside) = text[..start].strip_suffix(']') else { break };
        let opening = match inside.chars().last() {
            Some(quote @ ('"' | '\'')) => {
                inside[..inside.len() - 1].rfind(quote).and_then(|at| text[..at].strip_suffix('['))
            }
            _ => inside
                .rsplit_once('[')
                .map(|(before, _)| before)
                .filter(|before| key_in(&text[before.len() + 1..]).is_some()),
        };
        match opening {
            // A list that is written down is no item of anything.
            Some(before) if before.ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | ']')) => {
                start = before.len();
            }
            _ => break,
        }
    }
    &text[start..]
}

/// The number or string at the beginning of a text, and what follows.
fn key_in(text: &str) -> Option<(Value, &str)> {
    if let Some(quote) = text.chars().next().filter(|first| matches!(first, '"' | '\'')) {
        let (content, rest) = text[1..].split_once(quote)?;
        return (!content.contains('\\')).then(|| (Value::str(content), rest));
    }
    let end = text.find(|letter: char| !(letter.is_ascii_digit() || letter == '-')).unwrap_or(text.len());
    Some((Value::int(text[..end].parse().ok()?), &text[end..]))
}

/// Where the string begins that is open at the end of the text, if one is: the place of its quote.
pub(super) fn open_string(text: &str) -> Option<usize> {
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        match open {
            Some((_, quote)) if rest.starts_with(quote) => {
                at += quote.len();
                open = None;
                continue;
            }
            Some(_) if letter == '\\' => at += 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            Some((_, quote)) if letter == '\n' && quote.len() == 1 => {
                open = None;
                at += 1;
            }
            Some(_) => at += letter.len_utf8(),
            None if letter == '#' => at += rest.find('\n').unwrap_or(rest.len()),
            None if matches!(letter, '"' | '\'') => {
                let length = if rest.starts_with("\"\"\"") || rest.starts_with("'''") { 3 } else { 1 };
                open = Some((at, &rest[..length]));
                at += length;
            }
            None => at += letter.len_utf8(),
        }
    }
    open.map(|(at, _)| at)
}

/// The letters before a quote.
fn prefix(text: &str, quote: usize) -> &str {
    let before = &text[..quote];
    &before[before.trim_end_matches(|letter: char| letter.is_ascii_alphabetic()).len()..]
}

/// Where the code begins of the replacement field in which an open string ends, if it has such fields.
fn field(text: &str, quote: usize) -> Option<usize> {
    if !prefix(text, quote).contains(['f', 'F', 't', 'T']) {
        return None;
    }
    let mut open = Vec::new();
    let mut letters = text[quote..].char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '{' if open.is_empty() && letters.next_if(|(_, next)| *next == '{').is_some() => {}
            '{' => open.push(quote + at + 1),
            '}' => drop(open.pop()),
            _ => {}
        }
    }
    open.first().copied()
}

/// In a string: a key, if it stands in a subscript of a dict, else a path.
fn in_string(interpreter: &mut Interpreter, text: &str, quote: usize) -> Found {
    let mark = &text[quote..quote + 1];
    let content = &text[quote + 1..];
    let prefix = prefix(text, quote);
    if let Some(before) = text[..quote - prefix.len()].trim_end().strip_suffix('[')
        && let Some(dict) = Names::of(interpreter).value(chain(before))
        && let Some(dict) = dict.native::<Dict>()
    {
        let bytes = prefix.eq_ignore_ascii_case("b");
        let keys = dict.keys();
        let keys = keys.iter().filter(|key| key.get::<Bytes>().is_some() == bytes);
        let keys = keys.filter_map(|key| plain_key(key, mark)).filter(|key| key.starts_with(content));
        return (quote + 1, keys.map(|key| format!("{key}{mark}]")).collect());
    }
    paths(interpreter, content, text.len())
}

/// The paths that begin like this one, which ends at `end`.
fn paths(interpreter: &mut Interpreter, content: &str, end: usize) -> Found {
    let (directory, start) = content.rsplit_once('/').map_or(("", content), |(directory, start)| (directory, start));
    let place = match (directory, content.contains('/')) {
        ("", true) => PathBuf::from("/"),
        ("", false) => PathBuf::from("."),
        (directory, _) => match directory.strip_prefix('~') {
            Some(rest) => {
                let home = interpreter.vm.host.env_get("HOME".as_ref()).unwrap_or_default();
                Path::new(&home).join(rest.trim_start_matches('/'))
            }
            None => PathBuf::from(directory),
        },
    };
    let names = interpreter.vm.host.list_dir(&place).unwrap_or_default();
    let mut found = Vec::new();
    for name in names {
        let Some(name) = name.to_str() else { continue };
        if name.starts_with(start) && (!name.starts_with('.') || start.starts_with('.')) {
            let slash = if interpreter.vm.host.is_dir(&place.join(name)) { "/" } else { "" };
            found.push(format!("{name}{slash}"));
        }
    }
    (end - start.len(), found)
}

/// A key that can stand between such quotes as it is.
fn plain_key(key: &Value, mark: &str) -> Option<String> {
    let key = match key.get::<Bytes>() {
        Some(key) => String::from_utf8(key.data.to_vec()).ok().filter(|key| key.is_ascii())?,
        None => key.get::<Str>()?.to_string_lossy().into_owned(),
    };
    (!key.contains(mark) && !key.contains(['\\', '\n'])).then_some(key)
}

/// After `name[`, and a number that is begun there: the keys of a dict.
fn key(interpreter: &Interpreter, text: &str) -> Option<Found> {
    let start = text.trim_end_matches(|letter: char| letter.is_ascii_digit() || letter == '-').len();
    let dict = Names::of(interpreter).value(chain(text[..start].strip_suffix('[')?))?;
    let keys = dict.native::<Dict>()?.keys();
    let shown = |key: &Value| match key.as_small() {
        Some(number) => Some(format!("{number}]")),
        None => {
            let prefix = if key.get::<Bytes>().is_some() { "b" } else { "" };
            ["'", "\""].iter().find_map(|mark| Some(format!("{prefix}{mark}{}{mark}]", plain_key(key, mark)?)))
        }
    };
    Some((start, starting(keys.iter().filter_map(shown), &text[start..])))
}

/// After `import` and `from`: modules; after `from module import`: what is in it.
fn imported(interpreter: &mut Interpreter, line: &str) -> Option<(usize, Vec<String>)> {
    let line_start = line.trim_start();
    let word = dotted(line);
    let start = line.len() - word.len();
    let words: Vec<&str> = line[..start].split_whitespace().collect();
    if line_start.starts_with("from ") && words.contains(&"import") {
        let module = *words.get(1)?;
        let found = interpreter.vm.modules.get_str(&intern(module.as_bytes()));
        let mut names = match found.filter(|found| found.get::<Module>().is_some()) {
            Some(found) => Names::of(interpreter).attributes(&found),
            None => not_imported(interpreter, module),
        };
        let package = format!("{module}.");
        let parts = modules(interpreter, &package).into_iter();
        names.extend(parts.filter_map(|part| part.strip_prefix(&package).map(str::to_owned)));
        let hidden = |name: &String| name.starts_with('_') && !word.starts_with('_');
        return Some((start, starting(names.into_iter().filter(|name| !hidden(name)), word)));
    }
    match words.as_slice() {
        ["from", _] => return Some((start, starting(["import"], word))),
        ["from"] | ["import"] => {}
        ["import", .., last] if last.ends_with(',') => {}
        // The name behind it is the program's.
        ["import", .., "as"] => return Some((start, Vec::new())),
        ["import", .., _] => return Some((start, starting(["as"], word))),
        _ => return None,
    }
    Some((start, starting(modules(interpreter, word), word)))
}

/// What a module has that is not imported, by its text: it is not run for that.
fn not_imported(interpreter: &mut Interpreter, name: &str) -> Vec<String> {
    match interpreter.find(name) {
        Ok(Some(Located::Native(module))) => Names::of(interpreter).attributes(&module),
        Ok(Some(Located::Python { code, .. })) => match parse(&code.source, Mode::Exec) {
            Ok(Tree::Module(body)) => {
                let mut names = Vec::new();
                defined(&body, &mut names);
                names
            }
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The names that a block defines.
fn defined(body: &[Node<Stmt>], names: &mut Vec<String>) {
    let mut put = |name: &str| names.push(name.to_owned());
    for statement in body {
        match &statement.kind {
            Stmt::FunctionDef(function) => put(&function.name),
            Stmt::ClassDef(class) => put(&class.name),
            Stmt::Assign { targets, .. } => targets.iter().filter_map(name_of).for_each(&mut put),
            Stmt::AnnAssign { target, .. } => name_of(target).into_iter().for_each(&mut put),
            Stmt::TypeAlias { name, .. } => name_of(name).into_iter().for_each(&mut put),
            Stmt::Import(all) => {
                for alias in all {
                    let first = alias.kind.name.split('.').next().unwrap_or("");
                    put(alias.kind.asname.as_deref().unwrap_or(first));
                }
            }
            Stmt::ImportFrom { names: all, .. } => {
                for alias in all.iter().filter(|alias| &*alias.kind.name != "*") {
                    put(alias.kind.asname.as_deref().unwrap_or(&alias.kind.name));
                }
            }
            _ => {}
        }
    }
    for statement in body {
        match &statement.kind {
            Stmt::If { body, orelse, .. } => [body, orelse].into_iter().for_each(|body| defined(body, names)),
            Stmt::Try { body, orelse, .. } => [body, orelse].into_iter().for_each(|body| defined(body, names)),
            _ => {}
        }
    }
}

fn name_of(target: &Node<Expr>) -> Option<&str> {
    match &target.kind {
        Expr::Name(name) => Some(name),
        _ => None,
    }
}

/// The modules that could be imported: our own, and what lies on `sys.path`; those of a package with a dot.
pub fn modules(interpreter: &mut Interpreter, word: &str) -> Vec<String> {
    let package = word.rsplit_once('.').map(|(package, _)| package);
    let known: Vec<String> = interpreter.known_modules();
    let mut found: Vec<String> = known
        .into_iter()
        .filter(|name| match package {
            Some(package) => name.strip_prefix(package).is_some_and(|rest| rest.starts_with('.')),
            None => !name.contains('.'),
        })
        .filter(|name| !name.starts_with('_') || word.starts_with('_'))
        .collect();
    for directory in interpreter.search_path() {
        let place = package.map_or(directory.clone(), |package| directory.join(package.replace('.', "/")));
        let place = if place.as_os_str().is_empty() { PathBuf::from(".") } else { place };
        for entry in interpreter.vm.host.list_dir(&place).unwrap_or_default() {
            let Some(entry) = entry.to_str() else { continue };
            let name = match entry.strip_suffix(".py") {
                Some(name) => name,
                None if interpreter.vm.host.is_file(&place.join(entry).join("__init__.py")) => entry,
                None => continue,
            };
            if name.chars().all(|letter| letter.is_alphanumeric() || letter == '_') && !name.starts_with("__") {
                found.push(package.map_or(name.to_owned(), |package| format!("{package}.{name}")));
            }
        }
    }
    found
}

/// A name, or an attribute of what a dotted name means. Where an argument begins it may be the name of one.
fn name(interpreter: &mut Interpreter, text: &str) -> Found {
    let word = chain(text);
    load(interpreter, word);
    let arguments = signature::keywords(interpreter, &text[..text.len() - word.len()]);
    let names = Names::of(interpreter);
    let (start, all): (_, Vec<String>) = match word.rsplit_once('.') {
        None if word.is_empty() || word.ends_with(']') => return (text.len(), Vec::new()),
        None => {
            let keywords = KEYWORDS.iter().map(|word| (*word).to_owned());
            let known = keys(&names.globals).into_iter().chain(keys(&names.builtins));
            (word, arguments.into_iter().chain(known).chain(keywords).collect())
        }
        Some((path, start)) => {
            let value = names.value(path).or_else(|| names.literal(path, text));
            (start, value.map(|value| names.attributes(&value)).unwrap_or_default())
        }
    };
    let hidden = |name: &String| name.starts_with('_') && !start.starts_with('_');
    (text.len() - start.len(), starting(all.into_iter().filter(|name| !hidden(name)), start))
}

/// Where names are found.
pub(super) struct Names<'i> {
    globals: Ref<Dict>,
    builtins: Ref<Dict>,
    vm: &'i Vm,
}

impl Names<'_> {
    /// The names of a program.
    pub fn of(interpreter: &Interpreter) -> Names<'_> {
        let vm = &interpreter.vm;
        Names { globals: interpreter.globals(), builtins: vm.builtins.clone(), vm }
    }

    fn lookup(&self, name: &str) -> Option<Value> {
        let name = intern(name.as_bytes());
        self.globals.get_str(&name).or_else(|| self.builtins.get_str(&name))
    }

    /// What a dotted name means, or an item of that ([`chain`]).
    pub fn value(&self, path: &str) -> Option<Value> {
        let cut = |text: &str| text.find(['.', '[']).unwrap_or(text.len());
        let (first, mut rest) = path.split_at(cut(path));
        let mut value = self.lookup(first)?;
        while !rest.is_empty() {
            if let Some(behind) = rest.strip_prefix('.') {
                let (name, behind) = behind.split_at(cut(behind));
                (value, rest) = (self.attribute(&value, name)?, behind);
            } else {
                let (key, behind) = key_in(rest.strip_prefix('[')?)?;
                (value, rest) = (item(&value, &key)?, behind.strip_prefix(']')?);
            }
        }
        Some(value)
    }

    /// `''.` and `[].` and `{}.`: a value of the class of a literal.
    pub fn literal(&self, path: &str, text: &str) -> Option<Value> {
        if !path.is_empty() {
            return None;
        }
        let before = text.strip_suffix(dotted(text))?;
        // Behind a name brackets are a call, or an item.
        let is = |brackets: &str| {
            let name = |last: char| last.is_alphanumeric() || matches!(last, '_' | ')' | ']');
            before.strip_suffix(brackets).is_some_and(|before| !before.ends_with(name))
        };
        match before.chars().last()? {
            '"' | '\'' => Some(Value::str("")),
            ']' => is("[]").then(|| Value::list(Vec::new())),
            '}' => is("{}").then(|| Dict::empty().value()),
            ')' => is("()").then(|| Value::tuple(Vec::new())),
            _ => None,
        }
    }

    /// The names of the attributes of `value`.
    fn attributes(&self, value: &Value) -> Vec<String> {
        let mut names = Vec::new();
        if let Some(module) = value.get::<Module>() {
            names.extend(keys(&module.dict));
            // It may load what it has only when that is asked for.
            let all = module.get("__all__").unwrap_or_default();
            let all = all
                .get::<List>()
                .map(|all| all.borrow().clone())
                .or_else(|| Some(all.get::<Tuple>()?.items().to_vec()));
            names.extend(all.iter().flatten().filter_map(text));
            return names;
        }
        let class = if let Some(instance) = value.get::<Instance>() {
            names.extend(instance.attributes().iter().filter_map(|(name, _)| text(name)));
            instance.class().clone()
        } else if let Some(class) = value.to_ref::<Type>() {
            class
        } else {
            self.class_of(value)
        };
        for class in class.mro.borrow().iter().chain([&class]) {
            names.extend(keys(&class.dict));
        }
        names
    }

    /// The class of `value`.
    pub fn class_of(&self, value: &Value) -> Ref<Type> {
        self.vm.class_of(value)
    }

    /// The value of an attribute that lies there ready.
    fn attribute(&self, value: &Value, name: &str) -> Option<Value> {
        let name = intern(name.as_bytes());
        if let Some(module) = value.get::<Module>() {
            return module.dict.get_str(&name);
        }
        let Some(instance) = value.get::<Instance>() else {
            return value.get::<Type>().and_then(|class| class.reference().lookup(&name));
        };
        if let Some(own) = instance.get_attr(&name) {
            return Some(own);
        }
        let found = instance.class().lookup(&name)?;
        if let Some(slot) = found.get::<Member>() {
            return slot.get(value);
        }
        // What is asked when it is read is not read.
        let reads = self.class_of(&found).lookup(&intern(b"__get__")).is_some();
        (!reads || found.get::<Function>().is_some()).then_some(found)
    }
}

/// An item of a list, a tuple or a dict.
fn item(value: &Value, key: &Value) -> Option<Value> {
    if let Some(dict) = value.native::<Dict>() {
        return match key.to_ref::<Str>() {
            Some(key) => dict.get_str(&key),
            None => dict.items().into_iter().find(|(known, _)| known.is(key)).map(|(_, value)| value),
        };
    }
    let place = |length: usize| {
        let at = key.as_small()?;
        usize::try_from(if at < 0 { at.checked_add_unsigned(length as u64)? } else { at }).ok()
    };
    if let Some(list) = value.native::<List>() {
        let items = list.borrow();
        return items.get(place(items.len())?).cloned();
    }
    let tuple = value.native::<Tuple>()?;
    tuple.items().get(place(tuple.items().len())?).cloned()
}

fn keys(dict: &Ref<Dict>) -> Vec<String> {
    dict.keys().iter().filter_map(text).collect()
}

fn text(name: &Value) -> Option<String> {
    name.get::<Str>().map(|name| name.to_string_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::complete;
    use crate::host::FakeHost;
    use crate::interpreter::Interpreter;

    #[test]
    fn what_is_there_is_offered() {
        let mut interpreter = Interpreter::new(Box::new(FakeHost::new()));
        let text = "class A:\n  size = 1\n  @property\n  def loud(self): raise SystemExit\n\
                    a = A()\na.own = 'x'\n\
                    class S:\n  __slots__ = ('kept',)\ns = S()\ns.kept = 'x'\nb = {b'raw': 1, 12: 2, 123: 3}\nd = {'alpha': 1, 'beta': 2, 3: 4}\nn = {'list': [1, {'inner': 'x'}]}\nimport math, asyncio\n\
                    def f(first, /, size=1, *, colour=None): pass\nq = {\"a'b\": 1}\n";
        assert!(interpreter.run(&crate::source::Source::new("<test>", text)).is_ok());
        for (typed, found) in [
            ("pri", vec!["print"]),
            ("x = whi", vec!["while"]),
            ("a.o", vec!["own"]),
            ("a.l", vec!["loud"]),
            ("a.own.upp", vec!["upper"]),
            ("math.facto", vec!["factorial"]),
            ("d['al", vec!["alpha']"]),
            ("d[", vec!["'alpha']", "'beta']", "3]"]),
            ("n['list'][-1]['in", vec!["inner']"]),
            ("n['list'][-1]['inner'].casef", vec!["casefold"]),
            ("f(n['list'][0].bit_c", vec!["bit_count"]),
            ("n['list'][", vec![]),
            ("import itert", vec!["itertools"]),
            ("from math import sqr", vec!["sqrt"]),
            ("''.casef", vec!["casefold"]),
            (":he", vec![":help"]),
            ("q[", vec!["\"a'b\"]"]),
            ("f(colo", vec!["colour="]),
            ("print(f(1, si", vec!["size="]),
            ("f(1, size=2, siz", vec![]),
            ("f(fir", vec![]),
            ("f(1, size=enum", vec!["enumerate"]),
            ("print('a', en", vec!["end=", "enumerate"]),
            ("sorted([1], ke", vec!["key="]),
            ("max([1], defau", vec!["default="]),
            ("s.kept.upp", vec!["upper"]),
            ("a.size.bit_c", vec!["bit_count"]),
            ("b[b'r", vec!["raw']"]),
            ("b[12", vec!["123]", "12]"]),
            ("b[", vec!["123]", "12]", "b'raw']"]),
            ("super().", vec![]),
            ("f'{a.o", vec!["own"]),
            ("f'{{a.o", vec![]),
            ("f\"{n['li", vec!["list']"]),
            ("import math as ", vec![]),
            ("import math a", vec!["as"]),
            ("from json import dum", vec!["dump", "dumps"]),
            ("from cmath import phas", vec!["phase"]),
            ("from asyncio import task", vec!["tasks"]),
            ("asyncio.Queue.put_now", vec!["put_nowait"]),
            (":step a.o", vec!["own"]),
            (":load /no", vec![]),
            (":trace o", vec!["off", "on"]),
            (":explain PY10", vec!["PY101", "PY102"]),
            (":explain  py2", vec!["PY201"]),
            (":tasks o", vec![]),
        ] {
            assert_eq!(complete(&mut interpreter, typed, &["PY101", "PY102", "PY201"]).1, found, "{typed}");
        }
    }
}
