//! What may be given next in the call that is being typed: `f(1, ` shows the parameters that are left.
//!
//! As for completion, only what lies there ready is looked at; nothing of the program runs.

use super::completion::{Names, chain, dotted, load};
use crate::builtins::function::shown_signature;
use crate::interpreter::Interpreter;
use crate::object::descriptor::{ClassMethod, StaticMethod};
use crate::object::{Dict, Function, Instance, Method, Module, NativeFunction, Str, Tuple, Type, Value, intern};

/// Longer texts of defaults are not shown.
const LONGEST: usize = 20;

/// The parameters that are left to be given at the end of the text, if a call of something known has come to its next argument.
pub fn rest_of_call(interpreter: &mut Interpreter, text: &str) -> Option<String> {
    let call = open_call(text)?;
    load(interpreter, chain(call.before));
    let (callee, bound) = callee(&Names::of(interpreter), call.before)?;
    let parameters = parameters(interpreter, &callee, bound)?;
    let space = if text.ends_with(',') { " " } else { "" };
    Some(format!("{space}{})", left(&parameters, &call).join(", ")))
}

/// What arguments may be called that come next, with the `=` behind the name, if a call of something known has come to its
/// next argument.
pub fn keywords(interpreter: &mut Interpreter, text: &str) -> Vec<String> {
    let named = |interpreter: &mut Interpreter| {
        let call = open_call(text)?;
        load(interpreter, chain(call.before));
        let (callee, bound) = callee(&Names::of(interpreter), call.before)?;
        let mut parameters = parameters(interpreter, &callee, bound)?;
        let mut given = call.given;
        parameters.retain(|parameter| {
            let by_position = parameter.kind.is_positional();
            let is_given = by_position && given > 0 || call.named.contains(&&*parameter.name);
            given -= usize::from(by_position && given > 0);
            matches!(parameter.kind, Kind::Position | Kind::Keyword) && !is_given
        });
        Some(parameters.into_iter().map(|parameter| parameter.name + "=").collect())
    };
    named(interpreter).unwrap_or_default()
}

/// A call whose next argument is to come.
struct Call<'t> {
    /// What stands before its bracket: what is called, as a dotted name, is the end of it.
    before: &'t str,
    /// How many arguments stand there by position.
    given: usize,
    /// The names of the others.
    named: Vec<&'t str>,
}

/// The call at the end of the text, if its next argument is to come.
fn open_call(text: &str) -> Option<Call<'_>> {
    if !text.trim_end_matches(' ').ends_with(['(', ',']) {
        return None;
    }
    // Brackets that are open: where they stand, and where the items in them begin.
    let mut open: Vec<(usize, Vec<usize>)> = Vec::new();
    let mut string: Option<&str> = None;
    let mut at = 0;
    while let Some(letter) = text[at..].chars().next() {
        let rest = &text[at..];
        let mut width = letter.len_utf8();
        match string {
            Some(quote) if rest.starts_with(quote) => (string, width) = (None, quote.len()),
            Some(_) if letter == '\\' => width += rest[1..].chars().next().map_or(0, char::len_utf8),
            Some(quote) if letter == '\n' && quote.len() == 1 => string = None,
            Some(_) => {}
            None => match letter {
                '#' => width = rest.find('\n').unwrap_or(rest.len()),
                '"' | '\'' => {
                    width = if rest.starts_with("\"\"\"") || rest.starts_with("'''") { 3 } else { 1 };
                    string = Some(&rest[..width]);
                }
                '(' | '[' | '{' => open.push((at, vec![at + 1])),
                ')' | ']' | '}' => drop(open.pop()),
                ',' => open.iter_mut().next_back().into_iter().for_each(|(_, items)| items.push(at + 1)),
                _ => {}
            },
        }
        at += width;
    }
    let (bracket, items) = open.pop().filter(|_| string.is_none())?;
    let before = &text[..bracket];
    let name = dotted(before);
    let first = before[..before.len() - name.len()].split_whitespace().next_back();
    if !text[bracket..].starts_with('(') || name.is_empty() || matches!(first, Some("def" | "class")) {
        return None;
    }
    let mut call = Call { before, given: 0, named: Vec::new() };
    for pair in items.windows(2) {
        let item = text[pair[0]..pair[1] - 1].trim();
        match item.split_once('=') {
            // How many these are is not known.
            _ if item.starts_with('*') => return None,
            Some((name, value)) if !value.starts_with('=') && is_name(name.trim()) => call.named.push(name.trim()),
            _ => call.given += 1,
        }
    }
    Some(call)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}

/// What a dotted name means that is called, and whether its first argument is there already.
fn callee(names: &Names, before: &str) -> Option<(Value, bool)> {
    let name = chain(before);
    let Some((path, last)) = name.rsplit_once('.') else { return Some((names.value(name)?, false)) };
    let owner = names.value(path).or_else(|| names.literal(path, before))?;
    let last = intern(last.as_bytes());
    if let Some(module) = owner.get::<Module>() {
        return Some((module.dict.get_str(&last)?, false));
    }
    if let Some(own) = owner.get::<Instance>().and_then(|instance| instance.get_attr(&last)) {
        return Some((own, false));
    }
    let (class, through_class) = match owner.to_ref::<Type>() {
        Some(class) => (class, true),
        None => (names.class_of(&owner), false),
    };
    let found = class.lookup(&last)?;
    if let Some(method) = found.get::<StaticMethod>() {
        return Some((method.function.clone(), false));
    }
    if let Some(method) = found.get::<ClassMethod>() {
        return Some((method.function.clone(), true));
    }
    Some((found, !through_class))
}

/// A parameter: what is shown of it, and how it is given.
struct Parameter {
    name: String,
    default: Option<String>,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    PositionOnly,
    Position,
    Rest,
    Keyword,
    Keywords,
}

impl Kind {
    fn is_positional(self) -> bool {
        matches!(self, Kind::PositionOnly | Kind::Position)
    }
}

/// The parameters of something that can be called; `bound`: without the first.
fn parameters(interpreter: &mut Interpreter, callee: &Value, bound: bool) -> Option<Vec<Parameter>> {
    let (callee, bound) = match callee.get::<Method>() {
        Some(method) => (method.function.clone(), true),
        None => (callee.clone(), bound),
    };
    let mut found = if let Some(function) = callee.get::<Function>() {
        of_function(interpreter, &function)
    } else if let Some(native) = callee.get::<NativeFunction>() {
        // A method that is found in a class has its receiver in front, which is not shown of functions.
        of_native(native.def.signature)
    } else if let Some(class) = callee.to_ref::<Type>() {
        let init = class.lookup(&intern(b"__init__")).filter(|init| init.get::<Function>().is_some());
        let new = || class.lookup(&intern(b"__new__"));
        let made = init.or_else(|| {
            let new = new()?;
            Some(new.get::<StaticMethod>().map_or(new.clone(), |method| method.function.clone()))
        })?;
        return parameters(interpreter, &made, true);
    } else {
        return None;
    };
    if bound && found.first().is_some_and(|first| first.kind.is_positional()) {
        found.remove(0);
    }
    Some(found)
}

fn of_function(interpreter: &mut Interpreter, function: &Function) -> Vec<Parameter> {
    let code = function.code().code.clone();
    let counts = code.parameters;
    let (positional, named) = (counts.positional as usize, (counts.positional + counts.kwonly) as usize);
    let defaults = function.defaults.get();
    let defaults = defaults.get::<Tuple>().map_or(Vec::new(), |tuple| tuple.items().to_vec());
    let keywords = function.kwdefaults.get().to_ref::<Dict>();
    let mut found = Vec::new();
    for (index, name) in code.locals.iter().take(counts.count()).enumerate() {
        let (kind, default) = match index {
            _ if index < positional => {
                let first = positional.saturating_sub(defaults.len());
                let only = index < counts.posonly as usize;
                let kind = if only { Kind::PositionOnly } else { Kind::Position };
                (kind, index.checked_sub(first).and_then(|n| defaults.get(n)).cloned())
            }
            _ if index < named => {
                let default = keywords.as_ref().and_then(|defaults| defaults.get_str(&intern(name.as_bytes())));
                (Kind::Keyword, default)
            }
            _ if index == named && counts.varargs => (Kind::Rest, None),
            _ => (Kind::Keywords, None),
        };
        let default = default.map(|default| shown(interpreter, &default));
        found.push(Parameter { name: name.to_string(), default, kind });
    }
    // `*args` stands before what can only be given by name.
    if let Some(at) = found.iter().position(|parameter| parameter.kind == Kind::Rest) {
        let rest = found.remove(at);
        found.insert(positional, rest);
    }
    found
}

/// A default that shows itself without the program's help.
fn shown(interpreter: &mut Interpreter, value: &Value) -> String {
    let plain = value.as_small().is_some()
        || value.as_float().is_some()
        || value.is_none()
        || value.as_bool().is_some()
        || value.get::<Str>().is_some();
    let hook = interpreter.vm.hooks.repr;
    let text = if plain { hook(&mut interpreter.vm, value).ok().flatten() } else { None };
    let text = text.map(|text| String::from_utf8_lossy(&text).into_owned());
    text.filter(|text| text.chars().count() <= LONGEST).unwrap_or_else(|| "...".to_owned())
}

/// Of a native, from its row: `name(self, a, b=1, /, *, c=None)`.
fn of_native(signature: &str) -> Vec<Parameter> {
    /// What is taken by those of whose parameters nothing is told elsewhere.
    const TAKEN: &[(&str, &str)] = &[
        ("max(*args, **kwargs)", "(*args, key=None, default=...)"),
        ("min(*args, **kwargs)", "(*args, key=None, default=...)"),
    ];
    let taken = || TAKEN.iter().find(|(row, _)| *row == signature).map(|(_, taken)| *taken);
    let shown = shown_signature(signature).or_else(taken).unwrap_or(signature);
    let inside = shown.split_once('(').map_or("", |(_, rest)| rest);
    let inside = inside.strip_suffix(')').unwrap_or(inside);
    let inside = inside.strip_prefix("$module, ").unwrap_or(inside);
    let inside = inside.strip_prefix("/, ").unwrap_or(inside);
    let mut found = Vec::new();
    let mut by_name = false;
    for part in inside.split(", ").map(str::trim).filter(|part| !part.is_empty()) {
        let (name, default) = part.split_once('=').map_or((part, None), |(name, default)| (name, Some(default)));
        let kind = match name {
            "*" => {
                by_name = true;
                continue;
            }
            "/" => {
                found.iter_mut().for_each(|before: &mut Parameter| before.kind = Kind::PositionOnly);
                continue;
            }
            _ if name.starts_with("**") => Kind::Keywords,
            _ if name.starts_with('*') => Kind::Rest,
            _ if by_name => Kind::Keyword,
            _ => Kind::Position,
        };
        by_name |= kind == Kind::Rest;
        let name = name.trim_start_matches('*').to_owned();
        found.push(Parameter { name, default: default.map(str::to_owned), kind });
    }
    found
}

/// Those that are not given yet, as they are written.
fn left(parameters: &[Parameter], call: &Call<'_>) -> Vec<String> {
    let mut shown = Vec::new();
    let mut starred = false;
    let mut position = 0;
    for parameter in parameters {
        if parameter.kind.is_positional() {
            position += 1;
        }
        if (parameter.kind.is_positional() && position <= call.given) || call.named.contains(&&*parameter.name) {
            continue;
        }
        if parameter.kind == Kind::Keyword && !std::mem::replace(&mut starred, true) {
            shown.push("*".to_owned());
        }
        starred |= parameter.kind == Kind::Rest;
        let stars = match parameter.kind {
            Kind::Rest => "*",
            Kind::Keywords => "**",
            Kind::PositionOnly | Kind::Position | Kind::Keyword => "",
        };
        let default = parameter.default.as_ref().map_or_else(String::new, |default| format!("={default}"));
        shown.push(format!("{stars}{}{default}", parameter.name));
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::rest_of_call;
    use crate::host::FakeHost;
    use crate::interpreter::Interpreter;

    #[test]
    fn what_is_left_is_shown() {
        let mut interpreter = Interpreter::new(Box::new(FakeHost::new()));
        let text = "def f(a, b=2, *rest, key='x', **more): pass\ndef g(a, *, key=None, other=[]): pass\n\
                    class A:\n  def __init__(self, size): pass\n  def grow(self, by=1): pass\n\
                    \x20 @staticmethod\n  def s(x): pass\n  @classmethod\n  def c(cls, y): pass\n\
                    \x20 @property\n  def loud(self): raise SystemExit\n\
                    a = A(1)\nimport math\n";
        assert!(interpreter.run(&crate::source::Source::new("<test>", text)).is_ok());
        for (typed, shown) in [
            ("f(", Some("a, b=2, *rest, key='x', **more)")),
            ("x = f(1, ", Some("b=2, *rest, key='x', **more)")),
            ("f((1, 2), [3, 4],", Some(" *rest, key='x', **more)")),
            ("f(1, key=3, ", Some("b=2, *rest, **more)")),
            ("f(')', ", Some("b=2, *rest, key='x', **more)")),
            ("g(", Some("a, *, key=None, other=...)")),
            ("print(g(1, ", Some("*, key=None, other=...)")),
            ("A(", Some("size)")),
            ("a.grow(", Some("by=1)")),
            ("A.grow(", Some("self, by=1)")),
            ("a.s(", Some("x)")),
            ("A.c(", Some("y)")),
            ("print(", Some("*args, sep=' ', end='\\n', file=None, flush=False)")),
            ("sorted(", Some("iterable, *, key=None, reverse=False)")),
            ("math.hypot(", Some("*coordinates)")),
            ("'-'.join(", Some("iterable)")),
            ("f(1", None),
            ("f(1)", None),
            ("f(*x, ", None),
            ("f[1, ", None),
            ("def f(", None),
            ("a.loud(", None),
            ("unknown(", None),
            ("(1, ", None),
            ("'f(", None),
            ("# f(", None),
        ] {
            assert_eq!(rest_of_call(&mut interpreter, typed).as_deref(), shown, "{typed}");
        }
    }
}
