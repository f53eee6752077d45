//! The lines of source that a traceback entry shows, and what it underlines in them.
//!
//! The underline says more than where the instruction is: `~~^~~` marks the operator of a binary operation, `~~~^^^` the
//! brackets of a call or a subscript. Which characters those are, our own parser says. Underlining a whole line would say
//! nothing, so it is left out. Lines in the middle of a long expression are skipped.

use crate::source::{Place, Source, Span};
use crate::syntax::ast::{Expr, Module, Node, Stmt};
use crate::syntax::{Mode, parse};
use std::rc::Rc;
use unicode_width::UnicodeWidthChar;

/// A character of an excerpt: line and column, both from 0.
type Position = (usize, usize);

/// The part of an expression that its underline points out: from, up to and not including.
struct Anchor {
    left: Position,
    right: Position,
}

/// The lines around `span` with what is underlined, each indented by four; `None` when there is no text to show.
pub fn excerpt(source: &Source, span: Span) -> Option<String> {
    let (from, to) = (source.place(span.start), source.place(span.end.max(span.start)));
    let originals: Vec<&str> = (from.line..=to.line).map(|line| source.line(line).unwrap_or("").trim_end()).collect();
    if originals.iter().all(|line| line.is_empty()) {
        return None;
    }
    let (texts, margin) = without_common_indentation(&originals);
    let lines: Vec<Vec<char>> = texts.iter().map(|line| line.chars().collect()).collect();
    let last = lines.len() - 1;
    let column = |place: Place, line: &str| {
        let before = line.get(..place.column as usize).unwrap_or(line);
        before.chars().count().saturating_sub(margin)
    };
    let (start, end) = (column(from, originals[0]), column(to, originals[last]));

    let anchor = anchor(&segment(&lines, start, end));
    // An instruction that stands for nothing in the text points nowhere.
    let underlined = span.end > span.start && worth_underlining(&texts, &lines, start, end, anchor.is_some());
    // Columns of the anchor's first line count from the segment's start, which is inside the excerpt's first line.
    let cell = |(line, column): Position| (line, width(&lines[line], if line == 0 { column + start } else { column }));
    let anchor = anchor.map(|anchor| (cell(anchor.left), cell(anchor.right)));
    let (start_cell, end_cell) = (width(&lines[0], start), width(&lines[last], end));

    let underline = |number: usize| -> String {
        let line = &lines[number];
        let indent = line.iter().take_while(|letter| letter.is_whitespace()).count();
        let length = if number == last { end_cell } else { width(line, line.len()) };
        let mark = |cell: usize| match anchor {
            _ if cell < indent || (number == 0 && cell < start_cell) => ' ',
            Some((left, right)) if (number, cell) < left || (number, cell) >= right => '~',
            _ => '^',
        };
        (0..length).map(mark).collect()
    };
    let mut shown: Vec<String> = Vec::new();
    let show = |number: usize, shown: &mut Vec<String>| {
        shown.push(texts[number].to_owned());
        if underlined {
            shown.push(underline(number));
        }
    };
    let mut before = None;
    for number in significant(last, anchor.map(|(left, right)| (left.0, right.0))) {
        match before.map_or(1, |before| number - before) {
            1 => {}
            2 => show(number - 1, &mut shown),
            distance => shown.push(format!("...<{} lines>...", distance - 1)),
        }
        show(number, &mut shown);
        before = Some(number);
    }
    let shown: Vec<&str> = shown.iter().map(String::as_str).collect();
    Some(without_common_indentation(&shown).0.iter().map(|line| format!("    {line}\n")).collect())
}

/// The lines that are worth showing: the first, the last, and those around both ends of the anchor.
fn significant(last: usize, anchor: Option<(usize, usize)>) -> Vec<usize> {
    let mut lines = vec![0, last];
    for line in anchor.iter().flat_map(|(left, right)| [*left, *right]) {
        lines.extend([line.saturating_sub(1), line, line + 1]);
    }
    lines.retain(|line| *line <= last);
    lines.sort_unstable();
    lines.dedup();
    lines
}

/// The lines without the white space that all of them begin with, and how many characters that is. Blank lines do not
/// count, and become empty.
fn without_common_indentation<'a>(lines: &[&'a str]) -> (Vec<&'a str>, usize) {
    let indentation = |line: &'a str| &line[..line.len() - line.trim_start_matches([' ', '\t']).len()];
    let blank = |line: &str| line.chars().all(char::is_whitespace);
    let mut common: Option<&str> = None;
    for line in lines.iter().copied().filter(|line| !blank(line)) {
        let mine = indentation(line);
        let shared =
            common.map_or(mine.len(), |common| common.bytes().zip(mine.bytes()).take_while(|(a, b)| a == b).count());
        common = Some(&mine[..shared]);
    }
    let margin = common.map_or(0, str::len);
    (lines.iter().map(|line| if blank(line) { "" } else { &line[margin..] }).collect(), margin)
}

/// Cells that the first `count` characters of a line take on a terminal.
fn width(line: &[char], count: usize) -> usize {
    if line.iter().all(char::is_ascii) {
        return count;
    }
    line.iter().take(count).map(|letter| if letter.width() == Some(2) { 2 } else { 1 }).sum()
}

/// The characters from column `start` of the first line to column `end` of the last one.
fn segment(lines: &[Vec<char>], start: usize, end: usize) -> Vec<Vec<char>> {
    let mut lines = lines.to_vec();
    if let Some(last) = lines.last_mut() {
        last.truncate(end);
    }
    if let Some(first) = lines.first_mut() {
        first.drain(..start.min(first.len()));
    }
    lines
}

/// Does an underline say more than the line does?
fn worth_underlining(texts: &[&str], lines: &[Vec<char>], start: usize, end: usize, anchored: bool) -> bool {
    let source = Source::new("", texts.join("\n"));
    if let Ok(Module::Module(body)) = parse(&source, Mode::Exec) {
        let Some(statement) = body.first() else { return false };
        // `name(...)` returned, or a call assigned to a name: that the call failed is plain.
        let call = match &statement.kind {
            Stmt::Return(Some(value)) => match &value.kind {
                Expr::Call { func, .. } if matches!(func.kind, Expr::Name(_)) => Some(value.span),
                _ => None,
            },
            Stmt::Assign { targets, value } if matches!(value.kind, Expr::Call { .. }) => match targets.as_slice() {
                [target] if matches!(target.kind, Expr::Name(_)) => Some(value.span),
                _ => None,
            },
            _ => None,
        };
        if let Some(span) = call {
            let (from, to) = (source.place(span.start), source.place(span.end));
            let whole = (from.line, to.line) == (1, lines.len() as u32);
            if whole && (from.column as usize, to.column as usize) == (start, end) {
                return false;
            }
        }
    }
    let visible = |letters: &[char]| letters.iter().any(|letter| !letter.is_whitespace());
    let (first, last) = (&lines[0], &lines[lines.len() - 1]);
    anchored || visible(&first[..start.min(first.len())]) || visible(&last[end.min(last.len())..])
}

/// What the underline of an expression points out: the operator, the brackets and what is in them.
fn anchor(segment: &[Vec<char>]) -> Option<Anchor> {
    let lines: Vec<String> = segment.iter().map(|line| line.iter().collect()).collect();
    // In brackets it is an expression even where it runs over several lines. They take a line of their own.
    let source = Source::new("", format!("(\n{}\n)", lines.join("\n")));
    let Ok(Module::Module(body)) = parse(&source, Mode::Exec) else { return None };
    let [Node { kind: Stmt::Expr(expression), .. }] = body.as_slice() else { return None };
    let text = Text { source: &source, lines: segment };
    let whole_end = text.position(expression.span.end)?;
    match &expression.kind {
        Expr::BinOp { left, right, .. } => {
            let at = text.valid(text.position(left.span.end)?)?;
            let left = text.skip_until(at, |letter| !letter.is_whitespace() && letter != ')')?;
            let after = (left.0, left.1 + 1);
            let two = text.at(after).is_some_and(|letter| !letter.is_whitespace() && letter != '\\' && letter != '#')
                && after < text.position(right.span.start)?;
            Some(Anchor { left, right: if two { (after.0, after.1 + 1) } else { after } })
        }
        Expr::Subscript { value, .. } => {
            let at = text.valid(text.position(value.span.end)?)?;
            Some(Anchor { left: text.skip_until(at, |letter| letter == '[')?, right: whole_end })
        }
        Expr::Call { func, .. } => {
            let at = text.valid(text.position(func.span.end)?)?;
            Some(Anchor { left: text.skip_until(at, |letter| letter == '(')?, right: whole_end })
        }
        _ => None,
    }
}

/// The text of a segment and the source it was parsed as.
struct Text<'a> {
    source: &'a Rc<Source>,
    lines: &'a [Vec<char>],
}

impl Text<'_> {
    /// Where a byte of the source stands in the segment.
    fn position(&self, offset: u32) -> Option<Position> {
        let place = self.source.place(offset);
        let before = self.source.line(place.line)?.get(..place.column as usize)?;
        Some(((place.line as usize).checked_sub(2)?, before.chars().count()))
    }

    fn at(&self, (line, column): Position) -> Option<char> {
        self.lines.get(line)?.get(column).copied()
    }

    /// The same place, or the next line's beginning when the line ends there.
    fn valid(&self, (mut line, mut column): Position) -> Option<Position> {
        while column >= self.lines.get(line)?.len() {
            (line, column) = (line + 1, 0);
        }
        Some((line, column))
    }

    /// The next character for which `stop` holds, outside of comments.
    fn skip_until(&self, mut at: Position, stop: fn(char) -> bool) -> Option<Position> {
        loop {
            at = match self.at(at)? {
                '\\' | '#' => self.valid((at.0 + 1, 0))?,
                letter if stop(letter) => return Some(at),
                _ => self.valid((at.0, at.1 + 1))?,
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt for the part of `text` that stands between `«` and `»`.
    fn shown(text: &str) -> String {
        let (start, rest) = (text.find('«').unwrap_or(0), text.replacen('«', "", 1));
        let end = rest.find('»').unwrap_or(rest.len());
        excerpt(&Source::new("f.py", rest.replacen('»', "", 1)), Span::new(start, end)).unwrap_or_default()
    }

    #[test]
    fn operators_calls_and_subscripts() {
        assert_eq!(shown("x = «1 ** 2 // 'a'» @ 3"), "    x = 1 ** 2 // 'a' @ 3\n        ~~~~~~~^^~~~~\n");
        assert_eq!(shown("    return «(a) + b» * 2"), "    return (a) + b * 2\n           ~~~~^~~\n");
        assert_eq!(shown("del «{}[1]»"), "    del {}[1]\n        ~~^^^\n");
        assert_eq!(shown("«foo(1)» (2)"), "    foo(1) (2)\n    ~~~^^^\n");
        assert_eq!(shown("x = «a.b».c"), "    x = a.b.c\n        ^^^\n");
    }

    #[test]
    fn an_underline_that_says_nothing_is_left_out() {
        assert_eq!(shown("«raise ValueError(1)»"), "    raise ValueError(1)\n");
        assert_eq!(shown("x = «foo()»; y = 1"), "    x = foo(); y = 1\n");
        assert_eq!(shown("return «foo(1)»"), "    return foo(1)\n");
        assert_eq!(shown("return «a.foo(1)»"), "    return a.foo(1)\n           ~~~~~^^^\n");
        assert_eq!(shown("«foo()»"), "    foo()\n    ~~~^^\n");
    }

    #[test]
    fn wide_characters_take_two_cells() {
        let expected = "    说 = 1; return 说 + \"中文字\" + f(1)[2]\n                   ~~~^~~~~~~~~~\n";
        assert_eq!(shown("说 = 1; return «说 + \"中文字\"» + f(1)[2]"), expected);
    }

    #[test]
    fn long_expressions_are_cut() {
        let text = "    return («1 +\n            2 +\n            3 +\n            4 + foo(\n                1,\n                \
                    2,\n                3) +\n            \"a\"»)\n";
        let expected = "    return (1 +\n            ~~~\n    ...<4 lines>...\n                2,\n                ~~\n                \
                        3) +\n                ~~~^\n            \"a\")\n            ~~~\n";
        assert_eq!(shown(text), expected);
        let text = "    x = «foo2(\n         1,\n         2,\n         3,\n         4,\n         5,\n       )»\n";
        let expected = "    x = foo2(\n         1,\n    ...<3 lines>...\n         5,\n       )\n";
        assert_eq!(shown(text), expected);
    }
}
