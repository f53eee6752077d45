//! The manual page, made from the help text, which is written for people.

use super::help::{DESCRIPTION, ENVIRONMENT, EXAMPLES, EXIT_CODES, HELP, SUBCOMMANDS};
use super::options::{Entry, Scope, entries};
use std::fmt::Write;

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
    fn the_page_has_all_parts() {
        let page = manual();
        assert!(page.contains(".SS Of trace\n.TP\n\\fB\\-\\-format\\fR") && page.contains(".SH EXAMPLES"), "{page}");
        assert!(
            page.contains(".SH EXIT STATUS") && page.contains("\\-\\-virtual\\-time") && page.contains("PYTHONPATH")
        );
    }
}
