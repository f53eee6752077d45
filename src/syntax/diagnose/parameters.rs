//! Mistakes among the parameters of a function.

use super::super::ast::Expr;
use super::super::error::SyntaxError;
use super::super::lexer::Lexeme;
use super::super::token::Token;
use super::scene::Scene;
use crate::source::Span;

impl Scene<'_> {
    pub(super) fn in_parameters(&self, header: usize) -> Option<SyntaxError> {
        let here = self.token(self.at)?;
        if here == Token::RightBracket && self.before() == Some(Token::LeftBracket) {
            let named = matches!(self.token(header)?, Token::Def | Token::Class | Token::Type) && self.at == header + 3;
            if named {
                let close = self.tokens[self.at].1;
                let place = match self.token(header)? {
                    Token::Type => Span { end: self.span(self.at + 1).start, ..close },
                    _ => Span { end: close.start, ..close },
                };
                return Some(self.error(place, "Type parameter list cannot be empty"));
            }
        }
        let lambda = self.tokens[..self.at].iter().rposition(|lexeme| lexeme.0 == Token::Lambda);
        let in_lambda = lambda.is_some_and(|lambda| {
            lambda >= self.line_begin(self.at)
                && self.tokens[lambda + 1..self.at].iter().all(|lexeme| {
                    matches!(
                        lexeme.0,
                        Token::Name
                            | Token::Comma
                            | Token::Equal
                            | Token::Star
                            | Token::DoubleStar
                            | Token::Slash
                            | Token::Number
                    )
                })
        });
        let in_def = self.token(header)? == Token::Def
            && self.open_brackets(self.at).len() == 1
            && self
                .enclosing()
                .is_some_and(|open| open.at <= header + 2 || self.token(open.at - 1) == Some(Token::RightBracket));
        if !in_lambda && !in_def {
            return None;
        }
        let equal = self.before() == Some(Token::Equal);
        if equal
            && !(in_lambda && here == Token::Colon)
            && matches!(here, Token::RightParen | Token::Comma | Token::Colon)
        {
            return Some(self.error(self.tokens[self.at - 1].1, "expected default value expression"));
        }
        if here == Token::LeftParen && matches!(self.before(), Some(Token::LeftParen | Token::Comma | Token::Lambda)) {
            let close = self.tokens[self.at..].iter().position(|lexeme| lexeme.0 == Token::RightParen)?;
            let inside = &self.tokens[self.at + 1..self.at + close];
            let names =
                inside.iter().all(|lexeme| matches!(lexeme.0, Token::Name | Token::Comma)) && !inside.is_empty();
            let what = if in_lambda { "Lambda expression" } else { "Function" };
            let span = self.range(self.at, self.at + close + 1);
            return names.then(|| self.error(span, format!("{what} parameters cannot be parenthesized")));
        }
        if here == Token::Star && self.before() == Some(Token::Slash) {
            return Some(self.error(self.tokens[self.at].1, "expected comma between / and *"));
        }
        if here == Token::Equal {
            let separates = |lexeme: &Lexeme| matches!(lexeme.0, Token::Comma | Token::LeftParen | Token::Lambda);
            let parameter = self.tokens[..self.at].iter().rposition(separates)? + 1;
            let what = match self.token(parameter)? {
                Token::Star => "positional",
                Token::DoubleStar => "keyword",
                _ => return None,
            };
            let message = format!("var-{what} argument cannot have default value");
            return Some(self.error(self.tokens[self.at].1, message));
        }
        None
    }

    /// `[*T: int]`
    pub(super) fn bound_of_many(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let star = self.at.checked_sub(2)?;
        let header = open.at.checked_sub(2)?;
        let what = match self.token(star)? {
            Token::Star => "TypeVarTuple",
            Token::DoubleStar => "ParamSpec",
            _ => return None,
        };
        let listed = self.token(open.at)? == Token::LeftBracket
            && matches!(self.token(header)?, Token::Def | Token::Class | Token::Type);
        if !listed || self.token(self.at)? != Token::Colon {
            return None;
        }
        let (bound, _) = self.longest(self.at + 1, |token| matches!(token, Token::Comma | Token::Equal))?;
        let kind = if matches!(bound.kind, Expr::Tuple(_)) { "constraints" } else { "bound" };
        let place = self.tokens[self.at].1.to(bound.span);
        Some(self.error(place, format!("cannot use {kind} with {what}")))
    }
}
