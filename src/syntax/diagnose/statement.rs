//! Mistakes in the frame of a statement: its keywords, its colon, what it imports or catches.

use super::super::ast::Expr;
use super::super::error::SyntaxError;
use super::super::target::{describe, unbindable};
use super::super::token::Token;
use super::scene::{Scene, is_header};
use crate::source::Span;

impl Scene<'_> {
    /// Mistakes in the frame of a statement.
    pub(super) fn in_statement(&self) -> Option<SyntaxError> {
        if self.open_brackets(self.at).iter().any(|open| open.field) {
            return None;
        }
        let begin = self.statement_begin(self.at);
        let here = self.token(self.at);
        if self.expects("except") && self.expects("finally") && !self.expects("pass") {
            return Some(self.error(self.span(self.at), "expected 'except' or 'finally' block"));
        }
        let first = self.token(begin)?;
        let (header, keyword) = match first {
            Token::Async => (begin + 1, self.token(begin + 1)?),
            first => (begin, first),
        };
        let newline = here == Some(Token::Newline);
        match keyword {
            Token::Import | Token::From => {
                if let Some(error) = self.in_import(begin) {
                    return Some(error);
                }
            }
            Token::Def
                if self.token(header + 2) == Some(Token::LeftBracket)
                    && (self.at > header + 3 || self.token(self.at) != Some(Token::RightBracket))
                    && self.open_brackets(self.at).first().is_some_and(|open| open.at == header + 2) =>
            {
                return Some(self.error(self.tokens[header + 2].1, "expected '('"));
            }
            Token::Def
                if self.expects("(")
                    && self.at > header + 1
                    && !self.tokens[header..self.at].iter().any(|lexeme| lexeme.0 == Token::LeftParen) =>
            {
                return Some(self.error(self.span(self.at), "expected '('"));
            }
            Token::Def
                if self.expects(":") && self.before() == Some(Token::RightParen) && self.enclosing().is_none() =>
            {
                return Some(self.error(self.span(self.at), "expected ':'"));
            }
            Token::Def if self.before() == Some(Token::Arrow) => {
                return Some(self.error(self.tokens[self.at - 1].1, "expected ':'"));
            }
            Token::For if self.expects("in") && self.enclosing().is_none() => {
                let (target, _) = self.longest(header + 1, |token| matches!(token, Token::Colon | Token::In))?;
                let part = unbindable(&target, true).filter(|part| !matches!(part.kind, Expr::Compare { .. }))?;
                return Some(self.error(part.span, format!("cannot assign to {}", describe(&part.kind))));
            }
            Token::Else | Token::Try | Token::Finally if self.at == header + 1 => {
                return Some(self.error(self.span(self.at), "expected ':'"));
            }
            Token::Except => {
                if let Some(error) = self.in_except(begin) {
                    return Some(error);
                }
            }
            _ => {}
        }
        if newline && self.expects(":") && is_header(keyword) && self.enclosing().is_none() {
            return Some(self.error(self.span(self.at), "expected ':'"));
        }
        self.in_parameters(header)
    }

    fn in_import(&self, begin: usize) -> Option<SyntaxError> {
        let here = self.token(self.at);
        let newline = here == Some(Token::Newline);
        if newline && self.before() == Some(Token::Import) {
            let place = Span { end: self.span(self.at).start, ..self.span(self.at) };
            return Some(self.error(place, "Expected one or more names after 'import'"));
        }
        if newline && self.before() == Some(Token::Comma) && self.token(begin) == Some(Token::From) {
            let message = "trailing comma not allowed without surrounding parentheses";
            return Some(self.error(self.span(self.at), message));
        }
        if here == Some(Token::From) && self.token(begin) == Some(Token::Import) && self.before() != Some(Token::Import)
        {
            let rest = &self.tokens[self.at + 1..];
            let module = rest.iter().take_while(|lexeme| matches!(lexeme.0, Token::Name | Token::Dot)).count();
            let span = self.range(begin, self.at + 1 + module);
            return (module > 0).then(|| self.error(span, "Did you mean to use 'from ... import ...' instead?"));
        }
        // The target of an `as` is more than a name.
        let target = self.at.checked_sub(1)?;
        let from = if self.token(target)? == Token::As { self.at } else { target };
        if from > 0 && self.token(from - 1)? == Token::As {
            let (expr, end) = self.longest(from, |token| token == Token::Comma)?;
            let ends = matches!(self.token(end), Some(Token::Comma | Token::RightParen | Token::Newline));
            if !matches!(expr.kind, Expr::Name(_)) || !ends {
                let message = format!("cannot use {} as import target", describe(&expr.kind));
                return Some(self.error(expr.span, message));
            }
        }
        None
    }

    fn in_except(&self, begin: usize) -> Option<SyntaxError> {
        let star = usize::from(self.token(begin + 1) == Some(Token::Star));
        let types = begin + 1 + star;
        if star == 1 && self.at == types && matches!(self.token(self.at)?, Token::Colon | Token::Newline) {
            return Some(self.error(self.span(self.at), "expected one or more exception types"));
        }
        if self.token(self.at)? == Token::As && self.expression(types, self.at).is_some() {
            let message = "multiple exception types must be parenthesized when using 'as'";
            let end = self.tokens[self.at..].iter().position(|lexeme| lexeme.0 == Token::Colon);
            let end = end.map_or(self.at, |length| self.at + length);
            return Some(self.error(self.range(types, end), message));
        }
        let target = self.at.checked_sub(1)?;
        let from = if self.token(target)? == Token::As { self.at } else { target };
        if self.token(from.checked_sub(1)?)? == Token::As {
            let (expr, _) = self.longest(from, |token| matches!(token, Token::Colon | Token::Comma))?;
            let parenthesized = self.token(from) == Some(Token::LeftParen);
            if !matches!(expr.kind, Expr::Name(_)) || parenthesized {
                let statement = if star == 1 { "except*" } else { "except" };
                let message = format!("cannot use {statement} statement with {}", describe(&expr.kind));
                return Some(self.error(expr.span, message));
            }
        }
        None
    }

    /// `yield x = 1`
    pub(super) fn yield_assigned(&self) -> Option<SyntaxError> {
        if self.token(self.at)? != Token::Equal || self.enclosing().is_some() {
            return None;
        }
        let begin = self.tokens[..self.at].iter().rposition(|lexeme| lexeme.0 == Token::Yield)?;
        let starts = begin == self.statement_begin(self.at) || self.token(begin - 1)? == Token::Colon;
        let message = "assignment to yield expression not possible";
        starts.then(|| self.error(self.range(begin, self.at), message))
    }

    /// `elif` after the `else` of an `if`
    pub(super) fn elif_after_else(&self) -> Option<SyntaxError> {
        if self.token(self.at)? != Token::Elif {
            return None;
        }
        let last = self.header_before(self.at)?;
        let of_if = self.token(last)? == Token::Else
            && matches!(self.token(self.header_before(last)?)?, Token::If | Token::Elif);
        let message = "'elif' block follows an 'else' block";
        of_if.then(|| self.error(self.span(self.at), message))
    }

    /// The first token of the statement before token `at` in the same block.
    fn header_before(&self, at: usize) -> Option<usize> {
        let end = at.checked_sub(1)?;
        let mut depth = 0;
        for here in (0..=end).rev() {
            match self.tokens[here].0 {
                Token::Dedent => depth += 1,
                Token::Indent => depth -= 1,
                _ => {}
            }
            let starts = here == 0
                || matches!(self.tokens[here - 1].0, Token::Newline | Token::Dedent)
                || depth == 0 && self.tokens[here - 1].0 == Token::Indent;
            if depth == 0 && starts && !matches!(self.tokens[here].0, Token::Newline | Token::Dedent | Token::Indent) {
                return Some(here);
            }
        }
        None
    }
}
