//! The keyword that a misspelt one may have been: `whille` for `while`.
//!
//! Each name in the line of the error is replaced by the keywords that look like it, until the text can be parsed that far.

use super::suggest;
use crate::source::Source;
use crate::syntax::{Mode, parse};
use std::ops::Range;

const KEYWORDS: [&str; 35] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal",
    "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

/// Longer texts are not searched.
const LONGEST: usize = 1024;
/// So many names are tried, and so many keywords for each.
const MOST_NAMES: usize = 10;
const MOST_KEYWORDS: usize = 3;

/// Which bytes of the last line of `snippet` should be which keyword. The snippet is the line of the error and the
/// statement before it.
pub fn misspelt(snippet: &str) -> Option<(Range<usize>, &'static str)> {
    if snippet.len() > LONGEST {
        return None;
    }
    let (before, line) = snippet.rsplit_once('\n').map_or(("", snippet), |(before, line)| (before, line));
    let plain = names(line).into_iter().filter(|name| !KEYWORDS.contains(&&line[name.clone()]));
    for name in plain.take(MOST_NAMES) {
        for keyword in similar(&line[name.clone()]) {
            let changed = format!("{before}\n{}{keyword}{}\n", &line[..name.start], &line[name.end..]);
            let source = Source::new("", without_indentation(&changed));
            if parse(&source, Mode::Exec).map_or_else(|error| error.incomplete, |_| true) {
                return Some((name, keyword));
            }
        }
    }
    None
}

/// The keywords that look like `name`, the most similar first.
fn similar(name: &str) -> Vec<&'static str> {
    let all: Vec<String> = KEYWORDS.iter().map(|word| (*word).to_owned()).collect();
    let closest = suggest::closest(name, &all);
    let mut found: Vec<&'static str> = KEYWORDS.into_iter().filter(|word| Some(*word) == closest).collect();
    let letters: Vec<char> = name.chars().collect();
    let mut ranked: Vec<(usize, &'static str)> = Vec::new();
    for word in KEYWORDS {
        let other: Vec<char> = word.chars().collect();
        // Twice what they have in common, of all letters of both, in thousandths.
        let score = 2000 * common(&other, &letters) / (letters.len() + other.len());
        if score >= 500 {
            ranked.push((score, word));
        }
    }
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    found.extend(ranked.into_iter().map(|(_, word)| word).take(MOST_KEYWORDS));
    found.truncate(MOST_KEYWORDS);
    found
}

/// Letters in common: the longest run that both have, and what is left and right of it in both.
fn common(a: &[char], b: &[char]) -> usize {
    let (mut best, mut at) = (0, (0, 0));
    for i in 0..a.len() {
        for j in 0..b.len() {
            let run = a[i..].iter().zip(&b[j..]).take_while(|(x, y)| x == y).count();
            if run > best {
                (best, at) = (run, (i, j));
            }
        }
    }
    if best == 0 {
        return 0;
    }
    let (i, j) = at;
    best + common(&a[..i], &b[..j]) + common(&a[i + best..], &b[j + best..])
}

/// Where names stand in a line, outside of strings and comments.
fn names(line: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut letters = line.char_indices().peekable();
    while let Some((start, letter)) = letters.next() {
        match letter {
            '#' => break,
            '"' | '\'' => while letters.next().is_some_and(|(_, other)| other != letter) {},
            _ if letter.is_alphanumeric() || letter == '_' => {
                let mut end = start + letter.len_utf8();
                while let Some((at, more)) = letters.next_if(|(_, more)| more.is_alphanumeric() || *more == '_') {
                    end = at + more.len_utf8();
                }
                if !letter.is_numeric() {
                    found.push(start..end);
                }
            }
            _ => {}
        }
    }
    found
}

/// The lines without the indentation that all of them have.
fn without_indentation(text: &str) -> String {
    let indentation = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let filled = text.lines().filter(|line| !line.trim().is_empty());
    let margin = filled.map(indentation).min().unwrap_or(0);
    text.lines().map(|line| format!("{}\n", line.get(margin..).unwrap_or(""))).collect()
}

#[cfg(test)]
mod tests {
    use super::misspelt;

    fn meant(snippet: &str) -> &'static str {
        misspelt(snippet).map_or("", |(_, word)| word)
    }

    #[test]
    fn keywords_that_are_nearly_right() {
        for (snippet, word) in [
            ("whille True:", "while"),
            ("fro x in y: pass", "for"),
            ("def f():\n  retrun 1", "return"),
            ("x = 1\nimprot os", "import"),
            ("for x im range(10):", "in"),
            ("asnyc def f(): pass", "async"),
            ("x = 1 iff y else 2", "if"),
            ("with open(f) ass f:", "as"),
            ("if x:\n  pass\nelseif y:", "elif"),
            ("x = nott y", "not"),
            ("lambd x: 1", "lambda"),
            ("foo bar", ""),
            ("elf x: pass", ""),
            ("xx yield", ""),
            ("1 +", ""),
        ] {
            assert_eq!(meant(snippet), word, "{snippet}");
        }
    }
}
