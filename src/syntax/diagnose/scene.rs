//! Where the parser stopped, and ways to look around from there.

use super::super::ast::{Expr, Module, Node, UnaryOp};
use super::super::error::SyntaxError;
use super::super::lexer::Lexeme;
use super::super::parser::{Mode, run};
use super::super::token::Token;
use crate::source::{Source, Span};

/// Where the parser stopped, and all that is known there.
pub(super) struct Scene<'s> {
    pub(super) source: &'s Source,
    pub(super) tokens: &'s [Lexeme],
    /// A bracket that the text never closes.
    pub(super) open_bracket: Option<(char, Span)>,
    /// The token that did not fit; the number of tokens when the text ended too early.
    pub(super) at: usize,
    /// What would have fitted.
    pub(super) expected: Vec<String>,
}

/// A bracket that is open where the parser stopped.
#[derive(Clone, Copy)]
pub(super) struct Open {
    /// Which token it is.
    pub(super) at: usize,
    /// It is the brace of a replacement field.
    pub(super) field: bool,
    /// It is a field whose format specification has begun.
    pub(super) in_spec: bool,
}

impl Scene<'_> {
    pub(super) fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).map(|lexeme| lexeme.0)
    }

    pub(super) fn before(&self) -> Option<Token> {
        self.token(self.at.checked_sub(1)?)
    }

    pub(super) fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |lexeme| self.source.slice(lexeme.1))
    }

    /// Where token `at` stands for a reader: a NEWLINE at the end of its line, the end of the text after the last line.
    pub(super) fn span(&self, at: usize) -> Span {
        match self.tokens.get(at) {
            Some((Token::Newline, span)) => {
                let line = self.source.place(span.start).line;
                let start = self.source.line_start(line).unwrap_or(span.start) as usize;
                let end = start + self.source.line(line).map_or(0, str::len);
                Span::new(end, end + 1)
            }
            Some((Token::Dedent, _)) | None => self.span_of_end(at),
            Some((_, span)) => *span,
        }
    }

    fn span_of_end(&self, at: usize) -> Span {
        let next = self.tokens[at.min(self.tokens.len())..].iter().find(|lexeme| lexeme.0 != Token::Dedent);
        if let Some((_, span)) = next {
            return *span;
        }
        let text = self.source.text();
        let end = text.strip_suffix('\n').unwrap_or(text);
        let end = end.strip_suffix('\r').unwrap_or(end).len();
        Span::new(end, end + 1)
    }

    /// From the first token of `from` to the last before `to`.
    pub(super) fn range(&self, from: usize, to: usize) -> Span {
        self.tokens[from].1.to(self.tokens[to.max(from + 1) - 1].1)
    }

    /// Whether only the end of the text stands at and after token `at`.
    pub(super) fn at_end(&self, at: usize) -> bool {
        self.tokens[at.min(self.tokens.len())..].iter().all(|lexeme| lexeme.0 == Token::Dedent)
    }

    /// The first token of the logical line that token `at` stands in.
    pub(super) fn line_begin(&self, at: usize) -> usize {
        let line = |lexeme: &Lexeme| matches!(lexeme.0, Token::Newline | Token::Indent | Token::Dedent);
        self.tokens[..at].iter().rposition(line).map_or(0, |before| before + 1)
    }

    /// The first token of the statement that token `at` stands in, which may come after a semicolon.
    pub(super) fn statement_begin(&self, at: usize) -> usize {
        let begin = self.line_begin(at);
        let mut depth = 0;
        let mut found = begin;
        for here in begin..at {
            match self.tokens[here].0 {
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace | Token::WithParen => depth += 1,
                Token::RightParen | Token::RightBracket | Token::RightBrace => depth -= 1,
                Token::Semicolon if depth == 0 => found = here + 1,
                _ => {}
            }
        }
        found
    }

    /// The brackets that are open before token `at`, outermost first.
    pub(super) fn open_brackets(&self, at: usize) -> Vec<Open> {
        let mut open: Vec<Open> = Vec::new();
        // For each f-string that is open: how many brackets were open where it began.
        let mut strings: Vec<usize> = Vec::new();
        for here in self.line_begin(at)..at {
            let in_text = strings.last().is_some_and(|depth| {
                open.len() == *depth || open.last().is_some_and(|last| last.in_spec && open.len() > *depth)
            });
            match self.tokens[here].0 {
                Token::FStringStart | Token::TStringStart => strings.push(open.len()),
                Token::StringEnd => {
                    strings.pop();
                }
                Token::LeftParen | Token::LeftBracket | Token::LeftBrace | Token::WithParen => {
                    open.push(Open { at: here, field: in_text, in_spec: false });
                }
                Token::RightParen | Token::RightBracket | Token::RightBrace => {
                    open.pop();
                }
                Token::Colon => {
                    if let Some(last) = open.last_mut().filter(|last| last.field) {
                        last.in_spec = true;
                    }
                }
                _ => {}
            }
        }
        open
    }

    pub(super) fn enclosing(&self) -> Option<Open> {
        self.open_brackets(self.at).last().copied()
    }

    pub(super) fn expects(&self, word: &str) -> bool {
        self.expected.iter().any(|expected| expected.trim_matches('"') == word)
    }

    pub(super) fn error(&self, span: Span, message: impl Into<String>) -> SyntaxError {
        let error = SyntaxError::new(span, message);
        if self.at_end(self.at) { error.at_end() } else { error }
    }

    /// The expression that tokens `from` to `to` are, if they are one.
    pub(super) fn expression(&self, from: usize, to: usize) -> Option<Node<Expr>> {
        if from >= to {
            return None;
        }
        match run(self.source, Mode::Eval, &self.tokens[from..to]) {
            Ok(Module::Expression(expr)) => Some(*expr),
            _ => None,
        }
    }

    /// The longest expression that begins with token `from`, and where it ends. `stop` says which tokens outside
    /// brackets end it.
    pub(super) fn longest(&self, from: usize, stop: fn(Token) -> bool) -> Option<(Node<Expr>, usize)> {
        let mut depth = 0;
        let mut end = from;
        for (token, _) in &self.tokens[from..] {
            match token {
                Token::LeftParen
                | Token::LeftBracket
                | Token::LeftBrace
                | Token::FStringStart
                | Token::TStringStart => {
                    depth += 1;
                }
                Token::RightParen | Token::RightBracket | Token::RightBrace | Token::StringEnd if depth > 0 => {
                    depth -= 1;
                }
                Token::RightParen | Token::RightBracket | Token::RightBrace | Token::Newline | Token::Semicolon => {
                    break;
                }
                token if depth == 0 && stop(*token) => break,
                _ => {}
            }
            end += 1;
        }
        // A long line is not searched to the bitter end.
        let shortest = end.saturating_sub(64).max(from);
        (shortest + 1..=end).rev().find_map(|end| Some((self.expression(from, end)?, end)))
    }

    /// The first token of the operand chain that ends before token `to`, back to what must stand before an expression.
    pub(super) fn expression_begin(&self, to: usize) -> usize {
        let mut depth = 0;
        let mut here = to;
        while here > 0 {
            match self.tokens[here - 1].0 {
                Token::RightParen | Token::RightBracket | Token::RightBrace | Token::StringEnd => depth += 1,
                Token::LeftParen
                | Token::LeftBracket
                | Token::LeftBrace
                | Token::WithParen
                | Token::FStringStart
                | Token::TStringStart
                    if depth == 0 =>
                {
                    break;
                }
                Token::LeftParen
                | Token::LeftBracket
                | Token::LeftBrace
                | Token::FStringStart
                | Token::TStringStart => depth -= 1,
                _ if depth > 0 => {}
                Token::Star | Token::DoubleStar
                    if here < 2
                        || matches!(
                            self.tokens[here - 2].0,
                            Token::Comma | Token::LeftParen | Token::LeftBracket | Token::LeftBrace
                        ) =>
                {
                    break;
                }
                // A decorator, not a product.
                Token::At if here == 1 || self.line_begin(here) == here - 1 => break,
                token if ends_disjunction(token) => break,
                _ => {}
            }
            here -= 1;
        }
        here
    }
}

/// Whether a statement that begins with this word has a colon after its head.
pub(super) fn is_header(token: Token) -> bool {
    use Token::*;
    matches!(token, If | Elif | Else | While | For | With | Try | Except | Finally | Def | Class | Match | Case)
}

/// Whether a disjunction cannot contain this word outside brackets, so that it ends, or begins, beside it.
pub(super) fn ends_disjunction(token: Token) -> bool {
    use Token::*;
    matches!(
        token,
        Comma
            | Colon
            | Semicolon
            | Equal
            | Walrus
            | Newline
            | Indent
            | Dedent
            | If
            | Else
            | For
            | Lambda
            | Yield
            | From
            | Return
            | Assert
            | Del
            | Raise
            | While
            | Elif
            | With
            | Import
            | As
            | Async
            | Match
            | Case
            | Type
            | Arrow
            | Bang
    ) || token.text().len() >= 2 && token.text().ends_with('=') && !is_comparison(token)
}

/// Whether a word stands between or before operands that bind tighter than `not`.
pub(super) fn is_operator(token: Token) -> bool {
    use Token::*;
    matches!(
        token,
        Plus | Minus
            | Tilde
            | Star
            | Slash
            | DoubleSlash
            | Percent
            | At
            | DoubleStar
            | Bar
            | Ampersand
            | Caret
            | LeftShift
            | RightShift
    )
}

pub(super) fn is_comparison(token: Token) -> bool {
    use Token::*;
    matches!(token, EqualEqual | NotEqual | Less | LessEqual | Greater | GreaterEqual | In | Is | Not | And | Or)
}

/// Whether an expression is a `bitwise_or` of the grammar, or tighter.
pub(super) fn is_bitwise(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::Compare { .. }
            | Expr::BoolOp { .. }
            | Expr::UnaryOp { op: UnaryOp::Not, .. }
            | Expr::IfExp { .. }
            | Expr::Lambda { .. }
    )
}
