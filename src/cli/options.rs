//! The options as data. The help text, which is written for people, is the one list of them: the manual page and what shells offer
//! are read from it.

use super::help::{HELP, IMPLEMENTATION};

/// Options that are described together.
pub struct Entry<'a> {
    /// What they are for.
    pub scope: Scope,
    /// Each with the word for its value, if it takes one.
    pub options: Vec<(&'a str, Option<&'a str>)>,
    pub says: &'a str,
}

/// Whom options are for, in the order of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Documents,
    Programs,
    Traces,
    Python,
}

impl Scope {
    pub const ALL: [Scope; 4] = [Scope::Programs, Scope::Python, Scope::Documents, Scope::Traces];

    /// That of a paragraph of the help.
    fn of(paragraph: &str) -> Scope {
        match paragraph {
            _ if paragraph.starts_with("A file that ends in .md") => Scope::Documents,
            _ if paragraph.starts_with("trace ") => Scope::Traces,
            _ if paragraph.starts_with("Options, as python3") => Scope::Python,
            _ => Scope::Programs,
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Scope::Documents => "Of run, for documents",
            Scope::Programs => "For all programs",
            Scope::Traces => "Of trace",
            Scope::Python => "As python3 has them",
        }
    }
}

/// The lines of the help that describe options: `-c cmd : what it does`.
pub fn entries() -> Vec<Entry<'static>> {
    let lines = HELP.split("\n\n").flat_map(|paragraph| paragraph.lines().map(|line| (Scope::of(paragraph), line)));
    let described = lines
        .filter_map(|(scope, line)| Some((scope, line.split_once(" : ").filter(|(left, _)| left.starts_with('-'))?)));
    described
        .map(|(scope, (left, says))| {
            let mut options: Vec<(&str, Option<&str>)> = Vec::new();
            for word in left.split(' ').map(|word| word.trim_end_matches(',')).filter(|word| !word.is_empty()) {
                match options.last_mut() {
                    Some((_, value @ None)) if !word.starts_with('-') => *value = Some(word),
                    _ if word.starts_with('-') && word.len() > 1 => options.push((word, None)),
                    _ => {}
                }
            }
            Entry { scope, options, says }
        })
        .filter(|entry| !entry.options.is_empty())
        .collect()
}

/// What an option is: its value's word, if it takes a value, and what it does.
#[derive(Clone, Copy)]
pub struct Described {
    pub option: &'static str,
    pub value: Option<&'static str>,
    pub says: &'static str,
}

/// The options of some kinds, each once, of the kind that comes first.
pub fn of(scopes: &[Scope]) -> Vec<Described> {
    let entries = entries();
    let mut all: Vec<Described> = Vec::new();
    for entry in scopes.iter().flat_map(|scope| entries.iter().filter(move |entry| entry.scope == *scope)) {
        for &(option, value) in &entry.options {
            if !all.iter().any(|known| known.option == option) {
                all.push(Described { option, value, says: brief(entry.says) });
            }
        }
    }
    all
}

/// The beginning of a description, before examples and what more is to be said.
fn brief(says: &str) -> &str {
    let end = ["; ", ": ", " ("].iter().filter_map(|mark| says.find(mark)).min();
    &says[..end.unwrap_or(says.len())]
}

/// The words that an option's value may be, where the help tells them: `a|b|c`.
pub fn choices(option: &str) -> Vec<&'static str> {
    let entries = entries();
    let values = entries.iter().flat_map(|entry| &entry.options).filter(|(known, _)| *known == option);
    let lists: Vec<&str> = values.filter_map(|(_, value)| *value).collect();
    // One word alone is a name for something, unless another line has a list.
    if !lists.iter().any(|list| list.contains('|')) {
        return Vec::new();
    }
    lists.iter().flat_map(|list| list.split('|')).collect()
}

/// What may stand behind `-X`, with what it does: `dev`, `cpu_count=`.
pub fn implementation() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = IMPLEMENTATION.lines().filter_map(|line| line.strip_prefix("-X ")?.split_once(" : "));
    lines.map(|(name, says)| (name.find('=').map_or(name, |at| &name[..=at]), brief(says)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_help_is_understood() {
        let all = of(&Scope::ALL);
        let find = |wanted: &str| all.iter().find(|known| known.option == wanted).map(|known| known.value);
        assert_eq!(find("-c"), Some(Some("cmd")));
        assert_eq!(find("--shared"), Some(None));
        assert_eq!(find("--depth"), Some(Some("n")));
        assert_eq!(find("--events"), Some(Some("a,b")));
        assert_eq!(find("--output"), Some(Some("file")));
        assert_eq!(choices("--format"), ["text", "jsonl", "mermaid", "perfetto", "dot", "html", "recording"]);
        assert_eq!(choices("--check-hash-based-pycs"), ["always", "default", "never"]);
        assert_eq!(choices("--depth"), [""; 0]);
        let names: Vec<&str> = implementation().map(|(name, _)| name).collect();
        assert_eq!(names, ["dev", "utf8", "int_max_str_digits=", "cpu_count="]);
        assert!(all.iter().all(|known| !known.says.is_empty() && known.says.len() < 120));
    }
}
