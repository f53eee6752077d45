//! Words to tokens: what line ends and indentation mean.
//!
//! An iterator over an iterator. Words come in with every line end; out go the same words with one NEWLINE per logical
//! line and an INDENT or DEDENT where a block begins or ends. The state is a stack of indents and a bracket depth.
//!
//! NEWLINE, INDENT and DEDENT have no width and stand where the last word ended, so that a construct which ends with
//! one ends, for every message and traceback, with its last word.

use super::error::{SyntaxError, SyntaxErrorKind};
use super::lexer::{Lexeme, Lexer};
use super::outline::Outline;
use super::token::Token;
use crate::source::{Source, Span, Warning};
use std::collections::VecDeque;

/// How deep blocks may be nested, as in CPython.
const MAX_INDENTS: usize = 100;
/// A tab goes on to the next multiple of this.
const TAB: usize = 8;

/// How far a line is indented: with tabs to the next multiple of eight, and with tabs of one column. Two lines that
/// compare differently under the two depend on the width of a tab, which is a `TabError`.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Indent {
    column: usize,
    narrow: usize,
}

/// The tokens of a text.
pub struct Layout<'s> {
    pub(super) source: &'s Source,
    pub(super) words: Lexer<'s>,
    indents: Vec<Indent>,
    depth: usize,
    /// The next word is the first of its line.
    at_line_start: bool,
    /// The logical line has a word already.
    in_line: bool,
    /// Where the last word ended.
    pub(super) last: u32,
    pub(super) ready: VecDeque<Lexeme>,
    /// Bodies are to be left out.
    pub(super) outline: Option<Outline>,
    /// What comes when no token is ready any more.
    error: Option<SyntaxError>,
    done: bool,
}

impl<'s> Layout<'s> {
    /// Lays out the words of `source`.
    pub fn new(source: &'s Source) -> Layout<'s> {
        Layout {
            source,
            words: Lexer::new(source),
            indents: vec![Indent { column: 0, narrow: 0 }],
            depth: 0,
            at_line_start: true,
            in_line: false,
            last: 0,
            ready: VecDeque::new(),
            outline: None,
            error: None,
            done: false,
        }
    }

    /// Lays out the words of the outline of `source`.
    pub fn outlining(source: &'s Source) -> Layout<'s> {
        Layout { outline: Some(Outline::default()), ..Layout::new(source) }
    }

    /// Lays out the words of a stretch of `source` that begins with the first word of a line.
    pub fn within(source: &'s Source, stretch: Span) -> Layout<'s> {
        let mut layout = Layout { words: Lexer::within(source, stretch), last: stretch.start, ..Layout::new(source) };
        layout.indents = vec![layout.measure(Span { start: stretch.start, end: stretch.start })];
        layout
    }

    /// How many blocks are open, with the text itself.
    pub(super) fn level(&self) -> usize {
        self.indents.len()
    }

    /// How far the innermost is indented.
    pub(super) fn column(&self) -> usize {
        self.indents.last().map_or(0, |indent| indent.column)
    }

    /// The innermost bracket that is open; at the end of the text, the one that was never closed.
    pub fn open_bracket(&self) -> Option<(char, Span)> {
        self.words.open_bracket()
    }

    /// What is dubious about the words.
    pub fn take_warnings(&mut self) -> Vec<Warning> {
        self.words.take_warnings()
    }

    pub(super) fn emit(&mut self, token: Token) {
        self.ready.push_back((token, Span { start: self.last, end: self.last }));
    }

    fn word(&mut self, (token, span): Lexeme) -> Result<(), SyntaxError> {
        if token == Token::Newline {
            if self.depth > 0 {
                return Ok(());
            }
            if self.in_line {
                self.emit(Token::Newline);
            }
            self.in_line = false;
            self.at_line_start = true;
            if self.outline.is_some() {
                self.line_of_outline(span.end as usize);
            }
            return Ok(());
        }
        if self.at_line_start && self.depth == 0 {
            self.indentation(span)?;
        }
        if let Some(outline) = &mut self.outline {
            outline.first.get_or_insert((token, span));
        }
        self.at_line_start = false;
        self.in_line = true;
        match token {
            Token::LeftParen | Token::LeftBracket | Token::LeftBrace => self.depth += 1,
            Token::RightParen | Token::RightBracket | Token::RightBrace => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.last = span.end;
        self.ready.push_back((token, span));
        Ok(())
    }

    /// Compares the indent of the line whose first word stands at `word` with the blocks that are open.
    fn indentation(&mut self, word: Span) -> Result<(), SyntaxError> {
        let indent = self.measure(word);
        let top = *self.indents.last().expect("the first indent is never popped");
        if indent.column > top.column {
            if indent.narrow <= top.narrow {
                return Err(self.tab_error(word));
            }
            if self.indents.len() >= MAX_INDENTS {
                return Err(SyntaxError::indentation(self.rest_of_line(word), "too many levels of indentation"));
            }
            self.indents.push(indent);
            self.emit(Token::Indent);
            return Ok(());
        }
        while self.indents.len() > 1 && self.indents.last().is_some_and(|open| open.column > indent.column) {
            self.indents.pop();
            self.emit(Token::Dedent);
        }
        let open = *self.indents.last().expect("the first indent is never popped");
        if open.column != indent.column {
            let message = "unindent does not match any outer indentation level";
            return Err(SyntaxError::indentation(self.rest_of_line(word), message));
        }
        if open.narrow != indent.narrow {
            return Err(self.tab_error(word));
        }
        Ok(())
    }

    /// The indent of the line in which `word` comes first. A backslash may join it to lines before it: the first of
    /// those that has an indent decides.
    fn measure(&self, word: Span) -> Indent {
        let mut start = self.source.place(word.start);
        let text = self.source.text();
        let mut before = word.start as usize - start.column as usize;
        while before > 0 && ends_with_continuation(&text[..before]) {
            start = self.source.place(before as u32 - 1);
            before -= 1 + start.column as usize;
        }
        let mut indent = Indent { column: 0, narrow: 0 };
        let mut joined = None;
        for byte in text[before..word.start as usize].bytes() {
            match byte {
                b' ' => indent = Indent { column: indent.column + 1, narrow: indent.narrow + 1 },
                b'\t' => {
                    indent = Indent { column: (indent.column / TAB + 1) * TAB, narrow: indent.narrow + 1 };
                }
                b'\x0c' => indent = Indent { column: 0, narrow: 0 },
                b'\\' if indent.column > 0 => joined = joined.or(Some(indent)),
                b'\n' | b'\r' => indent = Indent { column: 0, narrow: 0 },
                _ => {}
            }
        }
        joined.unwrap_or(indent)
    }

    fn tab_error(&self, word: Span) -> SyntaxError {
        let message = "inconsistent use of tabs and spaces in indentation";
        let start = word.start - self.source.place(word.start).column;
        let place = Span { start, end: start };
        SyntaxError { kind: SyntaxErrorKind::TabError, ..SyntaxError::new(place, message) }
    }

    /// From the end of the line that `word` stands in: where CPython's tokenizer points when it gives up a line.
    fn rest_of_line(&self, word: Span) -> Span {
        let line = self.source.place(word.start).line;
        let start = self.source.line_start(line).unwrap_or(word.start) as usize;
        let length = self.source.line(line).map_or(0, str::len);
        Span::new(start + length, start + length)
    }

    fn finish(&mut self) -> Result<(), SyntaxError> {
        self.done = true;
        if self.depth > 0 {
            // The parser decides whether this or an earlier mistake is worth the reader's attention.
            return Ok(());
        }
        if self.in_line {
            self.emit(Token::Newline);
        }
        for _ in 1..self.indents.len() {
            self.emit(Token::Dedent);
        }
        Ok(())
    }
}

/// Whether `text` ends with a backslash and a line end.
fn ends_with_continuation(text: &str) -> bool {
    let line = text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    line.or_else(|| text.strip_suffix('\r')).is_some_and(|line| {
        let last = line.rsplit(['\n', '\r']).next().unwrap_or("");
        // Only a line of nothing but white space and the backslash belongs to the indentation.
        last.trim_start_matches([' ', '\t', '\x0c']) == "\\"
    })
}

impl Iterator for Layout<'_> {
    type Item = Result<Lexeme, SyntaxError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(lexeme) = self.ready.pop_front() {
                return Some(Ok(lexeme));
            }
            if self.done {
                return self.error.take().map(Err);
            }
            let step = match self.words.next() {
                Some(Ok(lexeme)) => self.word(lexeme),
                Some(Err(error)) => {
                    // The indent of a line counts even if its first word cannot be read.
                    let indented = self.at_line_start && self.depth == 0;
                    let indent = if indented { self.indentation(error.span) } else { Ok(()) };
                    indent.and(Err(error))
                }
                None => self.finish(),
            };
            if let Err(error) = step {
                self.done = true;
                self.error = Some(error);
            }
        }
    }
}
