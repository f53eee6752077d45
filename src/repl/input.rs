//! Is what was typed a whole input, and how far is its next line indented? The parser says the first; nothing is guessed
//! from colons.

use super::completion::open_string;
use crate::source::Source;
use crate::syntax::ast::{Module, Stmt};
use crate::syntax::{Mode, parse};

/// What some lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// They can be run.
    Whole,
    /// They are wrong, or more than one statement, whatever follows.
    Wrong,
    /// More must follow, or may.
    Unfinished,
}

/// What these lines are. The last one ends in a line end.
pub fn input(text: &str) -> Input {
    if says_nothing(text) || is_command(text) {
        return Input::Whole;
    }
    match parse(&Source::new("<input>", text), Mode::Single) {
        Err(error) if error.incomplete => Input::Unfinished,
        // A backslash takes the end of its line into a string.
        Err(_) if text.ends_with("\\\n") && open_string(text).is_some() => Input::Unfinished,
        Err(_) => Input::Wrong,
        // A block may always go on: an empty line ends it.
        Ok(Module::Interactive(body)) if body.last().is_some_and(|last| has_block(&last.kind)) => {
            match text.lines().last().is_some_and(|line| line.trim().is_empty()) {
                true => Input::Whole,
                false => Input::Unfinished,
            }
        }
        Ok(_) => Input::Whole,
    }
}

/// Is there nothing to run: blank lines and comments only?
pub fn says_nothing(text: &str) -> bool {
    text.lines().all(|line| line.trim().is_empty() || line.trim_start().starts_with('#'))
}

/// Is it for the prompt itself (`:help`, `name?`)? No statement of Python looks like that.
pub fn is_command(text: &str) -> bool {
    let line = text.trim();
    !line.contains('\n') && (line.starts_with(':') || line == "?" || asks_about(line).is_some())
}

/// What `name?`, `?name`, `name??` or `??name` asks about, and whether its source is wanted.
pub fn asks_about(line: &str) -> Option<(&str, bool)> {
    let line = line.trim();
    let (name, marks) = match line.trim_end_matches('?') {
        name if name.len() < line.len() => (name, line.len() - name.len()),
        _ => {
            let name = line.trim_start_matches('?');
            (name, line.len() - name.len())
        }
    };
    let plain = !name.trim().is_empty() && !name.contains(['#', '"', '\'', '?']);
    (plain && matches!(marks, 1 | 2)).then(|| (name.trim(), marks == 2))
}

/// The white space that the line after `text` is to begin with.
pub fn indentation(text: &str) -> String {
    /// One step.
    const STEP: &str = "    ";
    let line = text.rsplit('\n').next().unwrap_or("");
    let indent: String = line.chars().take_while(|letter| matches!(letter, ' ' | '\t')).collect();
    let code = line.split_once(" #").map_or(line, |(code, _)| code).trim();
    let leaves = ["return", "pass", "raise", "break", "continue"];
    let word = code.split(|letter: char| !letter.is_alphanumeric() && letter != '_').next().unwrap_or("");
    if code.ends_with([':', '(', '[', '{']) {
        indent + STEP
    } else if leaves.contains(&word) {
        indent.strip_suffix(STEP).unwrap_or(&indent).to_owned()
    } else {
        indent
    }
}

fn has_block(statement: &Stmt) -> bool {
    matches!(
        statement,
        Stmt::FunctionDef(_)
            | Stmt::ClassDef(_)
            | Stmt::For { .. }
            | Stmt::While { .. }
            | Stmt::If { .. }
            | Stmt::With { .. }
            | Stmt::Match { .. }
            | Stmt::Try { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::{Input::*, asks_about, indentation, input};

    #[test]
    fn the_parser_decides() {
        for text in [
            "1\n",
            "x = (1,\n2)\n",
            "\n",
            "if x:\n  y\n\n",
            "# note\n",
            "'''a\nb'''\n",
            "x; y\n",
            ":help\n",
            "len?\n",
            "?\n",
            "x = 'a\\\nb'\n",
            "await f()\n",
        ] {
            assert_eq!(input(text), Whole, "{text}");
        }
        for text in ["x = $\n", "x = 1\ny = 2\n", "if x:\n  y\n else:\n"] {
            assert_eq!(input(text), Wrong, "{text}");
        }
        for text in [
            "if x:\n",
            "if x: y\n",
            "def f():\n  pass\n",
            "x = (1,\n",
            "'''a\n",
            "x = 1 + \\\n",
            "x = 'a\\\n",
            "@f\n",
            "try:\n  x\n",
        ] {
            assert_eq!(input(text), Unfinished, "{text}");
        }
    }

    #[test]
    fn the_next_line_is_indented() {
        for (text, indent) in [
            ("def f():", 4),
            ("def f():\n    if x:  # why", 8),
            ("def f():\n    return 1", 0),
            ("for x in y:\n    z", 4),
            ("x = [", 4),
            ("x", 0),
        ] {
            assert_eq!(indentation(text), " ".repeat(indent), "{text}");
        }
    }

    #[test]
    fn questions() {
        assert_eq!(asks_about("len?"), Some(("len", false)));
        assert_eq!(asks_about("??a.b"), Some(("a.b", true)));
        assert_eq!(asks_about("'why?'"), None);
        assert_eq!(asks_about("x"), None);
        assert_eq!(asks_about("?"), None);
    }
}
