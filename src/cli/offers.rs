//! What a shell may offer for the word of the command line that is being typed.
//!
//! The scripts of the shells ([`super::shells`]) know nothing of options: they ask `pyield completions --offer WORDS`, so that
//! what is offered is what this very program takes, whatever the shell. The answer is a line for each word that the last of the
//! words may become, with a tab and a description behind it where there is one; and `:files` where files may stand, `:programs`
//! where those come first that are programs or documents.

use super::arguments::{Options, is_command, is_document};
use super::explain;
use super::help::{SUBCOMMANDS, usage};
use super::options::{self, Described, Scope};
use super::run::{prepared, real_host};
use super::shells::SHELLS;
use crate::repl;
use crate::stdlib;
use crate::trace::Verb;
use std::ffi::{OsStr, OsString};

/// What `-W` takes first.
const ACTIONS: &[&str] = &["default", "error", "ignore", "always", "module", "once"];

/// What the last of the words behind `pyield` may become.
pub fn offers(words: &[OsString]) -> String {
    let words: Vec<String> = words.iter().map(|word| word.to_string_lossy().into_owned()).collect();
    let (word, before) = words.split_last().map_or(("", &[][..]), |(word, before)| (word.as_str(), before));
    let (command, behind) = match before.split_first() {
        Some((first, behind)) if is_command(first) => (Some(first.as_str()), behind),
        _ => (None, before),
    };
    let mut offers = Offers { word, out: String::new() };
    match command {
        None | Some("run" | "trace" | "repl") => match place(command, behind) {
            Place::Program => offers.program(command, behind),
            Place::Value(option) => offers.values(command, option, ""),
            Place::Form => offers.options(&form(behind)),
            Place::Flags => offers.options(&options::of(&[Scope::Documents])),
            Place::Files => offers.files(":files"),
            Place::Nothing => {}
        },
        Some("explain") if behind.is_empty() => {
            offers.add("--list", "all of them");
            explain::codes().for_each(|(code, title)| offers.add(code, title));
        }
        Some("completions") if behind.is_empty() => SHELLS.iter().for_each(|shell| offers.add(shell, "")),
        Some("tokens" | "ast" | "dis") if behind.is_empty() => {
            let form = usage(command);
            let mut known = options::of(&[Scope::Python]);
            known.retain(|known| {
                matches!(known.option, "-h" | "--help") || form.split_whitespace().any(|word| word == known.option)
            });
            offers.options(&known);
        }
        _ => {}
    }
    offers.out
}

/// What `trace` takes behind its file, with this much of it there already.
fn form(behind: &[String]) -> Vec<Described> {
    let given = behind.iter().any(|word| word == "--format" || word.starts_with("--format="));
    let mut known = options::of(&[Scope::Traces]);
    known.retain(|known| is_output(known.option) || !given && known.option == "--format");
    known
}

/// What is to come next of a command that takes a program.
#[derive(Debug, PartialEq)]
enum Place<'a> {
    /// An option, or the program.
    Program,
    /// The value of an option.
    Value(&'a str),
    /// Behind the file of `trace`: the form of the view, or arguments of the program.
    Form,
    /// Behind a document: which of its blocks, and how, or arguments.
    Flags,
    /// A file, or an argument of the program, which may be one.
    Files,
    /// Nothing that is known.
    Nothing,
}

/// Which options stand where the program is yet to come.
fn scopes(command: Option<&str>) -> &'static [Scope] {
    match command {
        Some("run") => &[Scope::Documents, Scope::Programs, Scope::Python],
        Some("trace") => &[Scope::Traces, Scope::Programs, Scope::Python],
        _ => &[Scope::Programs, Scope::Python],
    }
}

/// What is to come behind these words of a command, which are read as [`super::arguments`] reads them.
fn place<'a>(command: Option<&str>, behind: &'a [String]) -> Place<'a> {
    if command == Some("trace") && behind.first().is_some_and(|word| word == "diff") {
        return if behind.len() < 3 { Place::Files } else { Place::Nothing };
    }
    let known = options::of(scopes(command));
    let takes_value = |option: &str| known.iter().any(|known| known.option == option && known.value.is_some());
    let mut rest = behind;
    while let [word, others @ ..] = rest {
        rest = others;
        if word == "--" {
            return Place::Files;
        }
        if !word.starts_with('-') || word == "-" {
            return behind_program(command, word, rest);
        }
        // Of letters that stand together the first that takes a value takes the rest of them, or else the next word.
        let letters = word.strip_prefix('-').filter(|letters| !letters.starts_with('-'));
        let (option, attached) = match letters.and_then(|letters| Some((letters, letters.find(['c', 'm', 'W', 'X'])?)))
        {
            Some((letters, at)) if !takes_value(word) => (letter(&letters[at..]), at + 1 < letters.len()),
            _ if takes_value(word) => (word.as_str(), false),
            _ => continue,
        };
        if !attached {
            let [_, others @ ..] = rest else { return Place::Value(option) };
            rest = others;
        }
        if matches!(option, "-c" | "-m") {
            return Place::Files;
        }
    }
    Place::Program
}

/// The option that a letter stands for which takes a value.
fn letter(letters: &str) -> &'static str {
    match letters.chars().next() {
        Some('c') => "-c",
        Some('m') => "-m",
        Some('W') => "-W",
        _ => "-X",
    }
}

/// What is to come behind a program and some words more.
fn behind_program<'a>(command: Option<&str>, program: &str, rest: &'a [String]) -> Place<'a> {
    match (command, rest) {
        (Some("repl"), _) => Place::Nothing,
        (Some("trace"), _) if program == "-" => Place::Files,
        (Some("trace"), [option]) if option == "--format" => Place::Value(option),
        (Some("trace"), [option, _, last]) if option == "--format" && is_output(last) => Place::Value(last),
        (Some("trace"), [option, last]) if option.starts_with("--format=") && is_output(last) => Place::Value(last),
        (Some("trace"), []) => Place::Form,
        (Some("trace"), [option, _]) if option == "--format" => Place::Form,
        (Some("trace"), [option]) if option.starts_with("--format=") => Place::Form,
        (Some("run"), [.., last]) if last == "--block" && is_document(OsStr::new(program)) => Place::Nothing,
        (Some("run"), _) if is_document(OsStr::new(program)) => Place::Flags,
        _ => Place::Files,
    }
}

fn is_output(option: &str) -> bool {
    matches!(option, "-o" | "--output")
}

/// What is offered for a word.
struct Offers<'a> {
    word: &'a str,
    out: String,
}

impl Offers<'_> {
    /// A word, if that is what is being typed.
    fn add(&mut self, offer: &str, says: &str) {
        if offer.starts_with(self.word) {
            let mark = if says.is_empty() { "" } else { "\t" };
            self.out.push_str(&format!("{offer}{mark}{says}\n"));
        }
    }

    fn files(&mut self, which: &str) {
        self.out.push_str(which);
        self.out.push('\n');
    }

    /// An option, or the program, or, where nothing stands before it, a command.
    fn program(&mut self, command: Option<&str>, behind: &[String]) {
        if self.word.starts_with('-') {
            return self.begun(command);
        }
        match (command, behind) {
            (None, []) => SUBCOMMANDS.iter().for_each(|(name, says)| self.add(name, says)),
            (Some("trace"), []) => self.add("diff", "where two traces part"),
            (Some("repl"), _) => return,
            _ => {}
        }
        self.files(":programs");
    }

    /// What begins like an option: an option, or one with its value.
    fn begun(&mut self, command: Option<&str>) {
        let word = self.word;
        let known = options::of(scopes(command));
        if let Some((option, _)) = word.split_once('=').filter(|(option, _)| option.starts_with("--")) {
            let takes_value = known.iter().any(|known| known.option == option && known.value.is_some());
            return if takes_value {
                self.values(command, option, &word[..=option.len()])
            };
        }
        if !word.starts_with("--") && word.len() > 2 {
            let at = word.find(['c', 'm', 'W', 'X']).filter(|at| at + 1 < word.len());
            if let Some(at) = at.filter(|_| !known.iter().any(|known| known.option == word)) {
                return self.values(command, letter(&word[at..]), &word[..=at]);
            }
        }
        self.options(&known);
    }

    fn options(&mut self, known: &[Described]) {
        if !self.word.starts_with('-') {
            return self.files(":files");
        }
        known.iter().for_each(|known| self.add(known.option, known.says));
    }

    /// What an option may be given, behind what stands before that in the word.
    fn values(&mut self, command: Option<&str>, option: &str, before: &str) {
        let known = options::of(scopes(command));
        let choices = options::choices(option);
        let value = known.iter().find(|known| known.option == option).and_then(|known| known.value);
        match (option, value) {
            _ if !choices.is_empty() => choices.iter().for_each(|choice| self.add(&format!("{before}{choice}"), "")),
            ("-W", _) => ACTIONS.iter().for_each(|action| self.add(&format!("{before}{action}"), "")),
            ("-X", _) => options::implementation().for_each(|(name, says)| self.add(&format!("{before}{name}"), says)),
            ("-m", _) => {
                modules(&self.word[before.len()..]).iter().for_each(|name| self.add(&format!("{before}{name}"), ""))
            }
            ("--events", _) => {
                // A list: what stands before the last comma stays, and is not offered again.
                let given = &self.word[before.len()..];
                let kept = given.rfind(',').map_or("", |at| &given[..=at]);
                let others =
                    Verb::ALL.iter().map(|verb| verb.word()).filter(|word| !kept.split(',').any(|one| one == *word));
                others.for_each(|word| self.add(&format!("{before}{kept}{word}"), ""));
            }
            (_, Some("file")) => self.files(":files"),
            _ => {}
        }
    }
}

/// The modules that `-m` can run: those of the library that do something then, and those that lie where they would be found.
fn modules(word: &str) -> Vec<String> {
    let options = Options::default();
    let mut host = real_host(&options);
    let directory = host.current_dir().ok();
    let mut interpreter = prepared(host, &options, OsStr::new("-m"), directory);
    let mut names = repl::modules(&mut interpreter, word);
    names.retain(|name| runs(name));
    names.sort_unstable();
    names.dedup();
    names
}

/// Does a module do something when it is run, as far as the library's are concerned?
fn runs(name: &str) -> bool {
    match stdlib::python(name) {
        // These are the prompt.
        _ if matches!(name, "asyncio" | "code") => true,
        Some((_, true)) => stdlib::python(&format!("{name}.__main__")).is_some(),
        Some((text, false)) => text.contains("__main__"),
        None => !stdlib::public_names().any(|known| known == name),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::arguments::arguments;

    /// What is offered for the last word of a line, without what is said of it.
    fn offered(line: &str) -> String {
        let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        let lines = offers(&words);
        lines.lines().map(|line| line.split('\t').next().unwrap_or("")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn commands_and_their_options() {
        assert_eq!(offered("t"), "trace tokens :programs");
        assert_eq!(offered("--t"), "--timeout");
        assert_eq!(offered("--fo"), "");
        assert_eq!(offered("trace --fo"), "--format");
        assert_eq!(offered("trace --l"), "--lines --locals");
        assert_eq!(offered("run --l"), "--list");
        assert_eq!(offered("run --fo"), "");
        assert_eq!(offered("trace -O --seed 1 --no"), "--no-fold");
        assert_eq!(offered("repl --s"), "--seed");
        assert_eq!(offered("repl x"), "");
        assert_eq!(offered("dis -"), "-c -h --help");
        assert_eq!(offered("dis "), ":files");
        assert_eq!(offered("man -"), "");
        assert_eq!(offered("completions "), "bash zsh fish");
        assert_eq!(offered("explain PY10"), (101..=109).map(|n| format!("PY{n}")).collect::<Vec<_>>().join(" "));
        // The command stands first, or it is a file.
        assert_eq!(offered("-O t"), ":programs");
    }

    #[test]
    fn what_is_offered_is_taken() {
        for command in [None, Some("run"), Some("trace"), Some("repl")] {
            for known in options::of(scopes(command)) {
                let value = known.value.map(|value| match (options::choices(known.option).first(), value) {
                    (Some(choice), _) => *choice,
                    (None, "a,b") => "send,yield",
                    (None, "time") => "2s",
                    (None, "opt") => "dev",
                    (None, _) => "1",
                });
                let words = command.into_iter().chain([known.option]).chain(value).chain(["notes.md"]);
                if let Err(mistake) = arguments(words.map(OsString::from).collect()) {
                    assert!(!mistake.contains("nknown"), "{command:?} {}: {mistake}", known.option);
                }
            }
        }
    }

    #[test]
    fn values() {
        assert_eq!(offered("trace --format h"), "html");
        assert_eq!(offered("trace --format=h"), "--format=html");
        assert_eq!(offered("trace --events send,r"), "send,return send,raise send,run send,ready");
        assert_eq!(offered("trace --events=y"), "--events=yield");
        assert_eq!(offered("trace --events send,se"), "");
        for nothing in ["--seed ", "--timeout=", "trace --depth ", "trace --function f", "-c ", "run --block "] {
            assert_eq!(offered(nothing), "", "{nothing}");
        }
        assert_eq!(offered("trace -o "), ":files");
        assert_eq!(offered("trace --output="), ":files");
        assert_eq!(offered("-X c"), "cpu_count=");
        assert_eq!(offered("-BXd"), "-BXdev");
        assert_eq!(offered("-Wi"), "-Wignore");
        assert_eq!(offered("-u -W a"), "always");
        assert_eq!(offered("-m timei"), "timeit");
        assert_eq!(offered("trace -mtimei"), "-mtimeit");
        assert_eq!(offered("-m json."), "json.tool");
        assert_eq!(offered("--check-hash-based-pycs n"), "never");
    }

    #[test]
    fn behind_the_program() {
        assert_eq!(offered("a.py --s"), ":files");
        assert_eq!(offered("a.py "), ":files");
        assert_eq!(offered("-c pass -"), ":files");
        assert_eq!(offered("-Ic pass -"), ":files");
        assert_eq!(offered("-m timeit -"), ":files");
        assert_eq!(offered("-- -"), ":files");
        assert_eq!(offered("trace a.py -"), "--format -o --output");
        assert_eq!(offered("trace a.py --format d"), "dot");
        assert_eq!(offered("trace a.py --format html -"), "-o --output");
        assert_eq!(offered("trace a.py --format=html -o "), ":files");
        assert_eq!(offered("trace a.py x -"), ":files");
        assert_eq!(offered("run a.md --sh"), "--shared");
        assert_eq!(offered("run a.md --block "), "");
        assert_eq!(offered("run a.py --sh"), ":files");
        assert_eq!(offered("trace diff a "), ":files");
        assert_eq!(offered("trace diff a b "), "");
    }
}
