//! What a shell and `man` are told of the command line: both are made from the help text, which is written for people.

use super::explain;
use super::help::{DESCRIPTION, ENVIRONMENT, EXAMPLES, EXIT_CODES, HELP, SUBCOMMANDS};
use crate::trace::Verb;
use std::fmt::Write;

/// Options that are described together.
struct Entry<'a> {
    /// What they are for.
    scope: Scope,
    /// Each with the word for its value, if it takes one.
    options: Vec<(&'a str, Option<&'a str>)>,
    says: &'a str,
}

/// Whom options are for, in the order of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Scope {
    Documents,
    Programs,
    Traces,
    Python,
}

impl Scope {
    const ALL: [Scope; 4] = [Scope::Programs, Scope::Python, Scope::Documents, Scope::Traces];

    /// That of a paragraph of the help.
    fn of(paragraph: &str) -> Scope {
        match paragraph {
            _ if paragraph.starts_with("A file that ends in .md") => Scope::Documents,
            _ if paragraph.starts_with("trace ") => Scope::Traces,
            _ if paragraph.starts_with("Options, as python3") => Scope::Python,
            _ => Scope::Programs,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Scope::Documents => "Of run, for documents",
            Scope::Programs => "For all programs",
            Scope::Traces => "Of trace",
            Scope::Python => "As python3 has them",
        }
    }
}

/// The lines of the help that describe options: `-c cmd : what it does`.
fn entries() -> Vec<Entry<'static>> {
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

/// The options of some kinds, as words.
fn words(scopes: &[Scope]) -> String {
    let entries = entries();
    let wanted = entries.iter().filter(|entry| scopes.contains(&entry.scope));
    let mut words: Vec<&str> = Vec::new();
    for (option, _) in wanted.flat_map(|entry| &entry.options) {
        if !words.contains(option) {
            words.push(option);
        }
    }
    words.join(" ")
}

/// All options, each once, with what it does.
fn options() -> Vec<(&'static str, Option<&'static str>, &'static str)> {
    let mut all: Vec<(&str, Option<&str>, &str)> = Vec::new();
    for entry in entries() {
        for (option, value) in entry.options {
            if !all.iter().any(|(known, _, _)| *known == option) {
                all.push((option, value, entry.says));
            }
        }
    }
    all
}

/// The completions for a shell; `None` for one that is not known.
pub fn completions(shell: &str) -> Option<String> {
    match shell {
        "bash" => Some(bash()),
        "zsh" => Some(zsh()),
        "fish" => Some(fish()),
        _ => None,
    }
}

fn names() -> String {
    SUBCOMMANDS.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(" ")
}

/// The values an option may have, if they are few: `a|b|c`, or what is described elsewhere.
fn choices(option: &str, value: Option<&str>) -> Option<String> {
    let listed = || value.filter(|value| value.contains('|')).map(|value| value.replace('|', " "));
    match option {
        "-W" => Some("default error ignore always module once".to_owned()),
        "-X" => Some("dev utf8 int_max_str_digits= cpu_count=".to_owned()),
        "--format" => listed().map(|formats| formats + " recording"),
        _ => listed(),
    }
}

fn bash() -> String {
    let mut cases = String::new();
    for (option, value, _) in options() {
        if let Some(choices) = choices(option, value) {
            let _ =
                writeln!(cases, "        {option}) COMPREPLY=($(compgen -W \"{choices}\" -- \"$word\")); return ;;");
        }
    }
    let events = Verb::ALL.iter().map(|verb| verb.word()).collect::<Vec<_>>().join(" ");
    let codes = explain::codes().map(|(code, _)| code).collect::<Vec<_>>().join(" ");
    let (programs, python) = (words(&[Scope::Programs]), words(&[Scope::Python]));
    format!(
        r#"# Completions of pyield for bash: source this, or put it into ~/.local/share/bash-completion/completions/pyield
_pyield() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" before="${{COMP_WORDS[COMP_CWORD-1]}}" options
    # What stands behind "=" is a word of its own.
    if [[ "$word" == "=" ]]; then
        word=""
    elif [[ "$before" == "=" ]]; then
        before="${{COMP_WORDS[COMP_CWORD-2]}}"
    fi
    case "$before" in
{cases}        --events) COMPREPLY=($(compgen -W "{events}" -- "$word")); return ;;
        explain) COMPREPLY=($(compgen -W "--list {codes}" -- "$word")); return ;;
        completions) COMPREPLY=($(compgen -W "bash zsh fish" -- "$word")); return ;;
    esac
    if [[ "$word" == -* ]]; then
        case "${{COMP_WORDS[1]}}" in
            trace) options="{} {programs} {python}" ;;
            run) options="{} {programs} {python}" ;;
            tokens|ast|dis) options="-c" ;;
            explain|completions|man) options="" ;;
            *) options="{programs} {python}" ;;
        esac
        COMPREPLY=($(compgen -W "$options" -- "$word"))
    elif (( COMP_CWORD == 1 )); then
        COMPREPLY=($(compgen -W "{}" -- "$word") $(compgen -f -- "$word"))
    else
        COMPREPLY=($(compgen -f -- "$word"))
    fi
}}
complete -o filenames -F _pyield pyield
"#,
        words(&[Scope::Traces]),
        words(&[Scope::Documents]),
        names()
    )
}

fn zsh() -> String {
    let plain = |text: &str| {
        text.replace('\\', "\\\\").replace('\'', "'\\''").replace('[', "\\[").replace(']', "\\]").replace(':', "\\:")
    };
    let mut out = String::from(
        "#compdef pyield\n# Completions of pyield for zsh: put this into a directory of $fpath, as _pyield\n_pyield() {\n    local -a commands\n    commands=(\n",
    );
    for (name, says) in SUBCOMMANDS {
        let _ = writeln!(out, "        '{name}:{}'", plain(says));
    }
    out.push_str("    )\n    _arguments -S \\\n");
    for (option, value, says) in options() {
        let value = match (value, choices(option, value)) {
            (_, Some(choices)) => format!(":value:({choices})"),
            (Some(value), None) => format!(":{value}:_files"),
            (None, _) => String::new(),
        };
        let _ = writeln!(out, "        '{option}[{}]{value}' \\", plain(says));
    }
    out.push_str("        '1: :{ _describe command commands; _files }' \\\n        '*: :_files'\n}\n_pyield \"$@\"\n");
    out
}

fn fish() -> String {
    let plain = |text: &str| text.replace('\\', "\\\\").replace('\'', "\\'");
    let mut out =
        String::from("# Completions of pyield for fish: put this into ~/.config/fish/completions/pyield.fish\n");
    for (name, says) in SUBCOMMANDS {
        let _ = writeln!(out, "complete -c pyield -n __fish_use_subcommand -a {name} -d '{}'", plain(says));
    }
    for (option, value, says) in options() {
        let flag = match option.strip_prefix("--") {
            Some(long) => format!("-l {long}"),
            None if option.len() == 2 => format!("-s {}", &option[1..]),
            None => format!("-o {}", &option[1..]),
        };
        let value = match (value, choices(option, value)) {
            (_, Some(choices)) => format!(" -x -a '{choices}'"),
            (Some(_), None) => " -r".to_owned(),
            (None, _) => String::new(),
        };
        let _ = writeln!(out, "complete -c pyield {flag}{value} -d '{}'", plain(says));
    }
    out.push_str("complete -c pyield -n '__fish_seen_subcommand_from completions' -x -a 'bash zsh fish'\n");
    for (code, title) in explain::codes() {
        let title = plain(title);
        let _ = writeln!(out, "complete -c pyield -n '__fish_seen_subcommand_from explain' -x -a {code} -d '{title}'");
    }
    out
}

/// The man page, as `roff`.
pub fn manual() -> String {
    let plain =
        |text: &str| text.replace('\\', "\\e").replace('-', "\\-").replace("\n.", "\n\\&.").replace("\n'", "\n\\&'");
    let mut out = format!(
        ".TH PYIELD 1 \"\" \"pyield {}\" \"User Commands\"\n.SH NAME\npyield \\- a Python in which every frame can be suspended\n.SH SYNOPSIS\n.nf\n",
        env!("CARGO_PKG_VERSION")
    );
    for line in HELP.lines().take_while(|line| !line.is_empty()) {
        let line = line.strip_prefix("usage: ").unwrap_or(line).trim();
        let _ = writeln!(out, "{}", plain(line));
    }
    let _ = write!(out, ".fi\n.SH DESCRIPTION\n{}\n.SH COMMANDS\n", plain(DESCRIPTION.trim_end()));
    for (name, says) in SUBCOMMANDS {
        let _ = writeln!(out, ".TP\n.B {name}\n{}", plain(says));
    }
    out.push_str(".SH OPTIONS\n");
    let (entries, mut last) = (entries(), None);
    for (scope, Entry { options, says, .. }) in Scope::ALL
        .iter()
        .flat_map(|scope| entries.iter().filter(|entry| entry.scope == *scope).map(move |e| (scope, e)))
    {
        if last != Some(*scope) {
            let _ = writeln!(out, ".SS {}", scope.title());
            last = Some(*scope);
        }
        let shown: Vec<String> = options
            .iter()
            .map(|(option, value)| match value {
                Some(value) => format!("\\fB{}\\fR \\fI{}\\fR", plain(option), plain(value)),
                None => format!("\\fB{}\\fR", plain(option)),
            })
            .collect();
        let _ = writeln!(out, ".TP\n{}\n{}", shown.join(", "), plain(says));
    }
    for (title, text) in [("EXIT STATUS", EXIT_CODES), ("ENVIRONMENT", ENVIRONMENT)] {
        let _ = writeln!(out, ".SH {title}");
        for (name, says) in text.lines().filter_map(|line| line.split_once(" : ")) {
            let _ = writeln!(out, ".TP\n.B {}\n{}", plain(name.trim()), plain(says));
        }
    }
    out.push_str(".SH EXAMPLES\n");
    for (command, says) in EXAMPLES {
        let _ = writeln!(out, ".TP\n.B {}\n{}", plain(command), plain(says));
    }
    out.push_str(".SH SEE ALSO\n.BR python3 (1)\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_option_is_told() {
        let all = options();
        let find = |wanted: &str| all.iter().find(|(option, _, _)| *option == wanted).map(|(_, value, _)| *value);
        assert_eq!(find("-c"), Some(Some("cmd")));
        assert_eq!(find("--shared"), Some(None));
        assert_eq!(find("--format"), Some(Some("text|jsonl|mermaid|perfetto|dot|html")));
        assert_eq!(find("--depth"), Some(Some("n")));
        assert_eq!(find("--events"), Some(Some("a,b")));
        let of_trace = words(&[Scope::Traces]);
        assert!(
            of_trace.contains("--locals") && !of_trace.contains("--shared") && !of_trace.contains("-c "),
            "{of_trace}"
        );
        for shell in ["bash", "zsh", "fish"] {
            let text = completions(shell).unwrap_or_default();
            assert!(text.contains("trace") && text.contains("virtual-time") && text.contains("perfetto"), "{shell}");
        }
        assert!(completions("tcsh").is_none());
        let page = manual();
        assert!(page.contains(".SS Of trace\n.TP\n\\fB\\-\\-format\\fR") && page.contains(".SH EXAMPLES"), "{page}");
        assert!(
            page.contains(".SH EXIT STATUS") && page.contains("\\-\\-virtual\\-time") && page.contains("PYTHONPATH")
        );
    }
}
