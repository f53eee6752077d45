//! Is what was typed a whole input? The parser says so; nothing is guessed from colons.

use crate::source::Source;
use crate::syntax::ast::{Module, Stmt};
use crate::syntax::{Mode, parse};

/// What some lines are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Input {
    /// They can be run, or are wrong whatever follows.
    Whole,
    /// More must follow, or may.
    Unfinished,
}

/// What these lines are. The last one ends in a line end.
pub fn input(text: &str) -> Input {
    if says_nothing(text) {
        return Input::Whole;
    }
    match parse(&Source::new("<input>", text), Mode::Single) {
        Err(error) if error.incomplete => Input::Unfinished,
        Err(_) => Input::Whole,
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
    use super::{Input::*, input};

    #[test]
    fn the_parser_decides() {
        for text in ["1\n", "x = (1,\n2)\n", "\n", "x = $\n", "if x:\n  y\n\n", "# note\n", "'''a\nb'''\n", "x; y\n"] {
            assert_eq!(input(text), Whole, "{text}");
        }
        for text in
            ["if x:\n", "if x: y\n", "def f():\n  pass\n", "x = (1,\n", "'''a\n", "x = 1 + \\\n", "@f\n", "try:\n  x\n"]
        {
            assert_eq!(input(text), Unfinished, "{text}");
        }
    }
}
