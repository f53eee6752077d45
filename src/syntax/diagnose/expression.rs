//! Mistakes inside expressions.

use super::super::ast::{Constant, Expr};
use super::super::error::SyntaxError;
use super::super::target::describe;
use super::super::token::Token;
use super::scene::{Scene, ends_disjunction, is_bitwise, is_comparison, is_operator};
use crate::source::Span;

impl Scene<'_> {
    /// `print x`
    pub(super) fn legacy_statement(&self) -> Option<SyntaxError> {
        // After `print not` the parser still hopes for an `in`.
        let word = self.at.checked_sub(1 + usize::from(self.before()? == Token::Not))?;
        let name = self.text(word);
        if self.token(word)? != Token::Name || !matches!(name, "print" | "exec") {
            return None;
        }
        let (value, _) = self.longest(word + 1, |token| matches!(token, Token::Equal | Token::For))?;
        let span = self.tokens[word].1.to(value.span);
        Some(self.error(span, format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?")))
    }

    /// `a if b` without an `else`
    pub(super) fn missing_else(&self) -> Option<SyntaxError> {
        let here = self.token(self.at)?;
        if self.before()? == Token::Else {
            let begin = self.line_begin(self.at);
            if self.at - 1 > begin {
                let message = "expected expression after 'else', but statement is given";
                return Some(self.error(self.span(self.at), message));
            }
        }
        let statement = matches!(here, Token::Pass | Token::Break | Token::Continue);
        if statement && self.token(self.at + 1) == Some(Token::If) && self.at > self.statement_begin(self.at) {
            let message = "expected expression before 'if', but statement is given";
            return Some(self.error(self.span(self.at), message));
        }
        if !self.expects("else") || matches!(here, Token::Colon | Token::Else) {
            return None;
        }
        let test = self.expression_begin(self.at);
        if test < 2 || self.token(test - 1)? != Token::If {
            return None;
        }
        let body = self.expression_begin(test - 1);
        let (_, _) = (self.expression(body, test - 1)?, self.expression(test, self.at)?);
        Some(self.error(self.range(body, self.at), "expected 'else' after 'if' expression"))
    }

    /// Two expressions side by side inside brackets
    pub(super) fn missing_comma(&self) -> Option<SyntaxError> {
        let here = self.token(self.at)?;
        let open = self.enclosing()?;
        if open.in_spec
            || !here.begins_expression() && here != Token::Not
            || here == Token::Yield
            || here == Token::Star
        {
            return None;
        }
        let begin = self.expression_begin(self.at);
        if begin >= self.at || begin <= open.at {
            return None;
        }
        let header = self.statement_begin(self.at);
        let header = header + usize::from(self.token(header)? == Token::Async);
        let parameters = self.token(header)? == Token::Def && self.open_brackets(self.at).len() == 1;
        let pattern = self.token(header)? == Token::Case
            && self.tokens[header..self.at].iter().all(|lexeme| !matches!(lexeme.0, Token::If | Token::Colon));
        let unpacked = self.token(open.at)? == Token::LeftBrace && self.token(begin - 1)? == Token::DoubleStar;
        let imported = matches!(self.token(header)?, Token::From | Token::Import);
        let converted = open.field && self.token(begin - 1)? == Token::Bang;
        if pattern || unpacked || imported || converted {
            return None;
        }
        if parameters && !matches!(self.token(begin - 1)?, Token::Equal | Token::Colon) {
            return None;
        }
        // After `in` and `if` of a comprehension, and after the `if` of a conditional, CPython does not look.
        if matches!(self.token(begin - 1)?, Token::If | Token::For | Token::In) {
            return None;
        }
        if self.tokens[open.at..self.at].iter().any(|lexeme| lexeme.0 == Token::For) {
            let mut after_for = false;
            for (token, _) in &self.tokens[open.at + 1..self.at] {
                after_for |= *token == Token::For;
            }
            if after_for && !self.tokens[begin..self.at].iter().any(|lexeme| lexeme.0 == Token::For) {
                let between = &self.tokens[open.at + 1..begin];
                if between.iter().any(|lexeme| lexeme.0 == Token::For) {
                    return None;
                }
            }
        }
        let soft = matches!(self.text(begin), "match" | "case" | "type" | "_" | "print" | "exec");
        let beside_string = self.token(begin)? == Token::Name
            && matches!(self.token(begin + 1), Some(Token::String | Token::FStringStart | Token::TStringStart));
        if soft || beside_string {
            return None;
        }
        let first = self.expression(begin, self.at)?;
        if self.is_dict(open.at, begin) {
            let last = self.tokens[self.at - 1].1.end;
            let place = Span { start: last - 1, end: last };
            return Some(self.error(place, "':' expected after dictionary key"));
        }
        if matches!(first.kind, Expr::Lambda { .. } | Expr::Tuple(_) | Expr::IfExp { .. })
            && first.span.start == self.tokens[begin].1.start
            && !matches!(self.token(begin)?, Token::LeftParen)
        {
            return None;
        }
        let (_, end) = self.longest(self.at, |token| {
            matches!(token, Token::Comma | Token::Equal | Token::Colon | Token::For | Token::Async | Token::Walrus)
        })?;
        let span = self.range(begin, end);
        Some(self.error(span, "invalid syntax. Perhaps you forgot a comma?"))
    }

    /// `=` or `:=` where no assignment may stand
    pub(super) fn assignment(&self) -> Option<SyntaxError> {
        let here = self.token(self.at)?;
        if !matches!(here, Token::Equal | Token::Walrus) {
            return None;
        }
        let begin = self.expression_begin(self.at);
        let target = self.expression(begin, self.at)?;
        let is_name = matches!(target.kind, Expr::Name(_)) && self.at == begin + 1;
        if here == Token::Walrus {
            let what = describe(&target.kind);
            let message = format!("cannot use assignment expressions with {what}");
            return (!is_name).then(|| self.error(target.span, message));
        }
        let before = begin.checked_sub(1).and_then(|before| self.token(before));
        let named = matches!(
            before,
            Some(
                Token::If
                    | Token::Elif
                    | Token::While
                    | Token::LeftParen
                    | Token::LeftBracket
                    | Token::LeftBrace
                    | Token::Comma
                    | Token::At
                    | Token::Match
            )
        );
        if !named || !is_bitwise(&target.kind) {
            return None;
        }
        let stop = |token| ends_disjunction(token) || is_comparison(token);
        let (value, end) = self.longest(self.at + 1, stop)?;
        if !is_bitwise(&value.kind) || matches!(self.token(end), Some(Token::Equal | Token::Walrus)) {
            return None;
        }
        if is_name {
            let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
            return Some(self.error(self.range(begin, end), message));
        }
        let singleton = matches!(
            target.kind,
            Expr::List(_)
                | Expr::Tuple(_)
                | Expr::GeneratorExp { .. }
                | Expr::Constant(Constant::True | Constant::False | Constant::None)
        );
        let message = format!("cannot assign to {} here. Maybe you meant '==' instead of '='?", describe(&target.kind));
        (!singleton).then(|| self.error(target.span, message))
    }

    /// Is token `begin` where a key stands in the dict that opens at `open`, which has a pair before it?
    fn is_dict(&self, open: usize, begin: usize) -> bool {
        let brace = self.token(open) == Some(Token::LeftBrace) && self.token(begin - 1) == Some(Token::Comma);
        let mut depth = 0;
        brace
            && self.tokens[open + 1..begin].iter().any(|(token, _)| {
                match token {
                    token if token.opens() => depth += 1,
                    Token::RightParen | Token::RightBracket | Token::RightBrace => depth -= 1,
                    _ => {}
                }
                depth == 0 && *token == Token::Colon
            })
    }

    /// Mistakes in a dict
    pub(super) fn in_braces(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let pattern = self.token(self.statement_begin(self.at)) == Some(Token::Case);
        if pattern || open.field || self.token(open.at)? != Token::LeftBrace || self.before()? != Token::Colon {
            return None;
        }
        let colon = self.tokens[self.at - 1].1;
        match self.token(self.at)? {
            Token::RightBrace | Token::Comma => {
                Some(self.error(colon, "expression expected after dictionary key and ':'"))
            }
            Token::Star => {
                let (value, _) = self.longest(self.at + 1, |token| token == Token::Comma)?;
                let span = self.tokens[self.at].1.to(value.span);
                Some(self.error(span, "cannot use a starred expression in a dictionary value"))
            }
            _ => None,
        }
    }

    /// `[x, y for ...]`
    pub(super) fn comprehension_target(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let square = matches!(self.token(open.at)?, Token::LeftBracket | Token::LeftBrace) && !open.field;
        if !square
            || self.token(self.at)? != Token::For
            || !self.tokens[self.at..].iter().any(|next| next.0 == Token::In)
        {
            return None;
        }
        let begin = open.at + 1;
        let listed = self.expression(begin, self.at)?;
        let bare = matches!(listed.kind, Expr::Tuple(_)) && self.expression_begin(self.at) > begin;
        let message = "did you forget parentheses around the comprehension target?";
        bare.then(|| self.error(self.range(begin, self.at), message))
    }

    /// `[x for y if ...]`
    pub(super) fn comprehension_in(&self) -> Option<SyntaxError> {
        self.enclosing()?;
        let begin = self.expression_begin(self.at);
        let mut target = begin;
        while target > 0 && !matches!(self.token(target - 1)?, Token::For | Token::LeftParen | Token::LeftBracket) {
            target -= 1;
        }
        let after_for = target > 0 && self.token(target - 1)? == Token::For && target < self.at;
        let target = &self.tokens[target..self.at];
        let missing = after_for && self.expects("in") && target.iter().all(|lexeme| lexeme.0 != Token::In);
        missing.then(|| self.error(self.span(self.at), "'in' expected after for-loop variables"))
    }

    /// `1 + not x`
    pub(super) fn not_operand(&self) -> Option<SyntaxError> {
        let before = self.before()?;
        if !is_operator(before) || before == Token::DoubleStar || self.token(self.at)? != Token::Not {
            return None;
        }
        let (value, _) =
            self.longest(self.at, |token| ends_disjunction(token) || matches!(token, Token::And | Token::Or))?;
        Some(self.error(value.span, "'not' after an operator must be parenthesized"))
    }

    /// A `*` in brackets with nothing to unpack
    pub(super) fn star_alone(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let star = self.at.checked_sub(1)?;
        // Behind a comma only arguments and subscripts say more than that the syntax is wrong.
        let applied =
            open.at > 0 && matches!(self.token(open.at - 1)?, Token::Name | Token::RightParen | Token::RightBracket);
        let alone = self.token(star)? == Token::Star
            && match self.token(star.checked_sub(1)?)? {
                Token::LeftParen | Token::LeftBracket => true,
                Token::LeftBrace => !open.field,
                token => token == Token::Comma && applied,
            };
        let here = self.token(self.at)?;
        // Inside parentheses of its own, what is starred may be wrong further on.
        let inner = here == Token::Colon
            && self.token(open.at)? == Token::LeftParen
            && open.at > 0
            && self.token(open.at - 1)? == Token::Star;
        let ends = matches!(
            here,
            Token::RightParen | Token::RightBracket | Token::RightBrace | Token::Colon | Token::Comma | Token::For
        );
        (alone && ends || inner).then(|| self.error(self.span(self.at), "Invalid star expression"))
    }

    /// `"say "hi" to"`
    pub(super) fn split_string(&self) -> Option<SyntaxError> {
        let strings = |token| matches!(token, Some(Token::String | Token::StringEnd | Token::FStringStart));
        let here = self.tokens.get(self.at)?;
        (here.0 == Token::Name && strings(self.before()) && strings(self.token(self.at + 1)))
            .then(|| self.error(here.1, "invalid syntax. Is this intended to be part of the string?"))
    }

    /// `f(*a for a in b)`
    pub(super) fn starred_element(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let star = open.at + 1;
        if !matches!(self.token(self.at)?, Token::For | Token::Async) || self.token(star)? != Token::Star {
            return None;
        }
        let value = self.expression(star + 1, self.at)?;
        let span = self.tokens[star].1.to(value.span);
        Some(self.error(span, "iterable unpacking cannot be used in comprehension"))
    }

    /// `f(a=b for b in c)`
    pub(super) fn named_generator(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let value = self.expression_begin(self.at);
        let equal = value.checked_sub(1)?;
        let named = matches!(self.token(self.at)?, Token::For | Token::Async)
            && self.token(open.at)? == Token::LeftParen
            && self.token(equal)? == Token::Equal
            && self.token(equal.checked_sub(1)?)? == Token::Name
            && equal >= open.at + 2;
        self.expression(value, self.at)?;
        let message = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?";
        named.then(|| self.error(self.range(equal - 1, value), message))
    }

    /// `(**a)`
    pub(super) fn double_star(&self) -> Option<SyntaxError> {
        let pattern = self.token(self.statement_begin(self.at)) == Some(Token::Case);
        let here = self.token(self.at)? == Token::DoubleStar && self.before()? == Token::LeftParen;
        (here && !pattern).then(|| self.error(self.span(self.at), "cannot use double starred expression here"))
    }
}
