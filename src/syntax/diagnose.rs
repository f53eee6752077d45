//! Why the parser could not go on, in CPython's words.
//!
//! The parser says at which token it stopped and what it could have gone on with. From these and the tokens around, the
//! functions here find out what was meant. Each recognises one mistake and is silent about all others; [`Scene::explain`]
//! asks them in the order in which CPython would have found out.

use super::ast::{Constant, Expr, Module, Node, UnaryOp};
use super::error::SyntaxError;
use super::lexer::Lexeme;
use super::parser::{Mode, Tokens, run};
use super::target::{describe, unbindable};
use super::token::Token;
use crate::source::{Source, Span};
use lalrpop_util::ParseError;

/// The error to show for what the generated parser reports.
pub fn explain(source: &Source, tokens: &Tokens, error: ParseError<u32, Token, SyntaxError>) -> SyntaxError {
    let (found, expected) = match error {
        ParseError::User { error } => return error,
        ParseError::UnrecognizedToken { token: (start, token, end), expected } => {
            (Some((token, Span { start, end })), expected)
        }
        ParseError::ExtraToken { token: (start, token, end) } => (Some((token, Span { start, end })), Vec::new()),
        ParseError::UnrecognizedEof { expected, .. } => (None, expected),
        ParseError::InvalidToken { .. } => (None, Vec::new()),
    };
    let position = found.and_then(|found| tokens.tokens.iter().position(|lexeme| *lexeme == found));
    // Dedents at the end of the text share one place: the first of them is where the parser stopped.
    let at = position.unwrap_or(tokens.tokens.len());
    let scene = Scene { source, tokens: &tokens.tokens, open_bracket: tokens.open_bracket, at, expected };
    scene.explain()
}

/// Where the parser stopped, and all that is known there.
struct Scene<'s> {
    source: &'s Source,
    tokens: &'s [Lexeme],
    /// A bracket that the text never closes.
    open_bracket: Option<(char, Span)>,
    /// The token that did not fit; the number of tokens when the text ended too early.
    at: usize,
    /// What would have fitted.
    expected: Vec<String>,
}

/// A bracket that is open where the parser stopped.
#[derive(Clone, Copy)]
struct Open {
    /// Which token it is.
    at: usize,
    /// It is the brace of a replacement field.
    field: bool,
    /// It is a field whose format specification has begun.
    in_spec: bool,
}

impl Scene<'_> {
    fn explain(&self) -> SyntaxError {
        self.never_closed()
            .or_else(|| self.indentation())
            .or_else(|| self.missing_block())
            .or_else(|| self.in_statement())
            .or_else(|| self.in_expression())
            .or_else(|| self.in_field())
            .unwrap_or_else(|| self.invalid_syntax())
    }

    // What stands where

    fn token(&self, at: usize) -> Option<Token> {
        self.tokens.get(at).map(|lexeme| lexeme.0)
    }

    fn before(&self) -> Option<Token> {
        self.token(self.at.checked_sub(1)?)
    }

    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |lexeme| self.source.slice(lexeme.1))
    }

    /// Where token `at` stands for a reader: a NEWLINE at the end of its line, the end of the text after the last line.
    fn span(&self, at: usize) -> Span {
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
    fn range(&self, from: usize, to: usize) -> Span {
        self.tokens[from].1.to(self.tokens[to.max(from + 1) - 1].1)
    }

    /// Whether only the end of the text stands at and after token `at`.
    fn at_end(&self, at: usize) -> bool {
        self.tokens[at.min(self.tokens.len())..].iter().all(|lexeme| lexeme.0 == Token::Dedent)
    }

    /// The first token of the logical line that token `at` stands in.
    fn line_begin(&self, at: usize) -> usize {
        let line = |lexeme: &Lexeme| matches!(lexeme.0, Token::Newline | Token::Indent | Token::Dedent);
        self.tokens[..at].iter().rposition(line).map_or(0, |before| before + 1)
    }

    /// The first token of the statement that token `at` stands in, which may come after a semicolon.
    fn statement_begin(&self, at: usize) -> usize {
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
    fn open_brackets(&self, at: usize) -> Vec<Open> {
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

    fn enclosing(&self) -> Option<Open> {
        self.open_brackets(self.at).last().copied()
    }

    fn expects(&self, word: &str) -> bool {
        self.expected.iter().any(|expected| expected.trim_matches('"') == word)
    }

    fn error(&self, span: Span, message: impl Into<String>) -> SyntaxError {
        let error = SyntaxError::new(span, message);
        if self.at_end(self.at) { error.at_end() } else { error }
    }

    /// The expression that tokens `from` to `to` are, if they are one.
    fn expression(&self, from: usize, to: usize) -> Option<Node<Expr>> {
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
    fn longest(&self, from: usize, stop: fn(Token) -> bool) -> Option<(Node<Expr>, usize)> {
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
    fn expression_begin(&self, to: usize) -> usize {
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
                token if ends_disjunction(token) => break,
                _ => {}
            }
            here -= 1;
        }
        here
    }

    // The mistakes

    fn invalid_syntax(&self) -> SyntaxError {
        if self.token(self.at) == Some(Token::Dedent) {
            let error = SyntaxError::indentation(self.span(self.at), "unexpected unindent");
            return if self.at_end(self.at) { error.at_end() } else { error };
        }
        if self.at_end(self.at) {
            let end = self.source.text().len();
            return self.error(Span::new(end, end), "invalid syntax");
        }
        self.error(self.span(self.at), "invalid syntax")
    }

    /// The text ends, or goes wrong on a later line, inside a bracket.
    fn never_closed(&self) -> Option<SyntaxError> {
        let (bracket, span) = self.open_bracket?;
        let error = SyntaxError::new(span, format!("'{bracket}' was never closed"));
        if self.at >= self.tokens.len() {
            return Some(error.at_end());
        }
        let line = |span: Span| self.source.place(span.start).line;
        let here = self.tokens[self.at];
        let later = line(here.1) > line(span);
        // In these cases CPython has read on to the end of the text before it gives up.
        let reads_on = match here.0 {
            Token::Equal => {
                let begin = self.expression_begin(self.at);
                let single = self.tokens[self.at + 1..].iter().all(|lexeme| lexeme.0 != Token::Equal);
                single && self.expression(begin, self.at).is_some()
            }
            token if token.opens() => here.1 == span && self.at + 1 == self.tokens.len(),
            token if token.begins_expression() && self.before().is_some_and(|before| !before.opens()) => {
                self.longest(self.at, |_| false).is_some_and(|(_, end)| end == self.tokens.len())
            }
            _ => false,
        };
        (later || reads_on).then_some(error)
    }

    fn indentation(&self) -> Option<SyntaxError> {
        let (token, _) = self.tokens.get(self.at)?;
        if *token != Token::Indent {
            return None;
        }
        let word = self.tokens.get(self.at + 1)?.1.start.saturating_sub(1);
        Some(SyntaxError::indentation(Span { start: word, end: word }, "unexpected indent"))
    }

    /// A line ends with a colon, and no block comes after it.
    fn missing_block(&self) -> Option<SyntaxError> {
        if !self.expects("indent") || self.at < 2 || self.token(self.at - 2)? != Token::Colon {
            return None;
        }
        let mut begin = self.line_begin(self.at - 1);
        if self.token(begin)? == Token::Async {
            begin += 1;
        }
        let what = match self.token(begin)? {
            Token::Def => "function definition".to_string(),
            Token::Class => "class definition".to_string(),
            Token::Except if self.token(begin + 1) == Some(Token::Star) => "'except*' statement".to_string(),
            token => format!("'{}' statement", token.text()),
        };
        let line = self.source.place(self.tokens[begin].1.start).line;
        let message = format!("expected an indented block after {what} on line {line}");
        let error = SyntaxError::indentation(self.span(self.at), message);
        Some(if self.at_end(self.at) { error.at_end() } else { error })
    }

    /// Mistakes in the frame of a statement.
    fn in_statement(&self) -> Option<SyntaxError> {
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
            Token::Def
                if self.token(header + 2) == Some(Token::LeftBracket)
                    && (self.at > header + 3 || self.token(self.at) != Some(Token::RightBracket))
                    && self.open_brackets(self.at).first().is_some_and(|open| open.at == header + 2) =>
            {
                return Some(self.error(self.tokens[header + 2].1, "expected '('"));
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
            Token::Yield if here == Some(Token::Equal) => {
                let span = self.range(begin, self.at);
                return Some(self.error(span, "assignment to yield expression not possible"));
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
            if !matches!(expr.kind, Expr::Name(_)) {
                let statement = if star == 1 { "except*" } else { "except" };
                let message = format!("cannot use {statement} statement with {}", describe(&expr.kind));
                return Some(self.error(expr.span, message));
            }
        }
        None
    }

    fn in_parameters(&self, header: usize) -> Option<SyntaxError> {
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
        if equal && matches!(here, Token::RightParen | Token::Comma | Token::Colon) {
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

    /// Mistakes inside expressions.
    fn in_expression(&self) -> Option<SyntaxError> {
        self.legacy_statement()
            .or_else(|| self.missing_else())
            .or_else(|| self.missing_comma())
            .or_else(|| self.assignment())
            .or_else(|| self.in_braces())
            .or_else(|| self.comprehension_target())
            .or_else(|| self.comprehension_in())
            .or_else(|| self.not_operand())
            .or_else(|| self.star_alone())
            .or_else(|| self.split_string())
    }

    /// `print x`
    fn legacy_statement(&self) -> Option<SyntaxError> {
        let name = self.text(self.at.checked_sub(1)?);
        if self.before()? != Token::Name || !matches!(name, "print" | "exec") {
            return None;
        }
        let (value, _) = self.longest(self.at, |token| matches!(token, Token::Equal | Token::Colon | Token::For))?;
        let span = self.tokens[self.at - 1].1.to(value.span);
        Some(self.error(span, format!("Missing parentheses in call to '{name}'. Did you mean {name}(...)?")))
    }

    /// `a if b` without an `else`
    fn missing_else(&self) -> Option<SyntaxError> {
        let here = self.token(self.at)?;
        if self.before()? == Token::Else {
            let begin = self.line_begin(self.at);
            if self.at - 1 > begin {
                let message = "expected expression after 'else', but statement is given";
                return Some(self.error(self.span(self.at), message));
            }
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
    fn missing_comma(&self) -> Option<SyntaxError> {
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
        if pattern || unpacked {
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
    fn assignment(&self) -> Option<SyntaxError> {
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

    /// Mistakes in a dict
    fn in_braces(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        if open.field || self.token(open.at)? != Token::LeftBrace || self.before()? != Token::Colon {
            return None;
        }
        let colon = self.tokens[self.at - 1].1;
        match self.token(self.at)? {
            Token::RightBrace | Token::Comma => {
                Some(self.error(colon, "expression expected after dictionary key and ':'"))
            }
            star @ (Token::Star | Token::DoubleStar) => {
                let (value, _) = self.longest(self.at + 1, |token| token == Token::Comma)?;
                let what = if star == Token::Star { "a starred expression" } else { "dict unpacking" };
                let span = self.tokens[self.at].1.to(value.span);
                let span = if star == Token::Star { span } else { self.tokens[self.at].1 };
                Some(self.error(span, format!("cannot use {what} in a dictionary value")))
            }
            _ => None,
        }
    }

    /// `[x, y for ...]`
    fn comprehension_target(&self) -> Option<SyntaxError> {
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
    fn comprehension_in(&self) -> Option<SyntaxError> {
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
    fn not_operand(&self) -> Option<SyntaxError> {
        if !is_operator(self.before()?) || self.token(self.at)? != Token::Not {
            return None;
        }
        let (value, _) =
            self.longest(self.at, |token| ends_disjunction(token) || matches!(token, Token::And | Token::Or))?;
        Some(self.error(value.span, "'not' after an operator must be parenthesized"))
    }

    /// A `*` among arguments or subscripts with nothing to unpack
    fn star_alone(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let star = self.at.checked_sub(1)?;
        let alone = self.token(star)? == Token::Star
            && matches!(self.token(star.checked_sub(1)?)?, Token::Comma | Token::LeftParen | Token::LeftBracket);
        let applied =
            open.at > 0 && matches!(self.token(open.at - 1)?, Token::Name | Token::RightParen | Token::RightBracket);
        let here = self.token(self.at)?;
        // Inside parentheses of its own, what is starred may be wrong further on.
        let inner = here == Token::Colon
            && self.token(open.at)? == Token::LeftParen
            && open.at > 0
            && self.token(open.at - 1)? == Token::Star;
        let ends = matches!(here, Token::RightParen | Token::RightBracket | Token::Colon);
        (alone && applied && ends || inner).then(|| self.error(self.span(self.at), "Invalid star expression"))
    }

    /// `"say "hi" to"`
    fn split_string(&self) -> Option<SyntaxError> {
        let strings = |token| matches!(token, Some(Token::String | Token::StringEnd | Token::FStringStart));
        let here = self.tokens.get(self.at)?;
        let (before, after) = (self.tokens.get(self.at.checked_sub(1)?)?, self.tokens.get(self.at + 1)?);
        let beside = before.1.end == here.1.start && here.1.end == after.1.start;
        (here.0 == Token::Name && beside && strings(self.before()) && strings(self.token(self.at + 1)))
            .then(|| self.error(here.1, "invalid syntax. Is this intended to be part of the string?"))
    }

    /// Mistakes in a replacement field
    fn in_field(&self) -> Option<SyntaxError> {
        let open = self.enclosing()?;
        let strings = |lexeme: &Lexeme| matches!(lexeme.0, Token::FStringStart | Token::TStringStart);
        if !open.field {
            return None;
        }
        let start = self.tokens[..open.at].iter().rposition(strings)?;
        let letter = if self.tokens[start].0 == Token::TStringStart { 't' } else { 'f' };
        let here = self.token(self.at)?;
        let span = self.span(self.at);
        let say = |message: &str| Some(self.error(span, format!("{letter}-string: {message}")));
        let inside = &self.tokens[open.at + 1..self.at];
        if let (Some(lambda), true) = (inside.iter().rposition(|lexeme| lexeme.0 == Token::Lambda), open.in_spec) {
            let colon = inside.iter().position(|lexeme| lexeme.0 == Token::Colon)?;
            let span = inside[lambda].1.to(inside[colon].1);
            let message = format!("{letter}-string: lambda expressions are not allowed without parentheses");
            return Some(self.error(span, message));
        }
        if inside.is_empty() {
            return match here {
                Token::RightBrace | Token::Bang | Token::Colon | Token::Equal => {
                    say(&format!("valid expression required before '{}'", here.text()))
                }
                _ => say("expecting a valid expression after '{'"),
            };
        }
        match self.before()? {
            _ if open.in_spec => say("expecting '}', or format specs"),
            Token::Bang => match here {
                Token::RightBrace | Token::Colon => say("missing conversion character"),
                _ => say(&format!(
                    "invalid conversion character '{}': expected 's', 'r', or 'a'",
                    self.source.slice(span)
                ))
                .map(|error| match here {
                    Token::Name => error,
                    _ => self.error(span, format!("{letter}-string: invalid conversion character")),
                }),
            },
            Token::Equal => say("expecting '!', or ':', or '}'"),
            Token::Name if inside.len() >= 2 && inside[inside.len() - 2].0 == Token::Bang => {
                say("expecting ':' or '}'")
            }
            _ => {
                // What comes after the longest thing that is an expression is what should not be there.
                let whole = (open.at + 2..=self.at).rev().find(|end| self.expression(open.at + 1, *end).is_some());
                let (place, message) = match whole {
                    Some(end) => (end, "expecting '=', or '!', or ':', or '}'"),
                    None => (open.at + 1, "expecting a valid expression after '{'"),
                };
                Some(self.error(self.span(place), format!("{letter}-string: {message}")))
            }
        }
    }
}

/// Whether a statement that begins with this word has a colon after its head.
fn is_header(token: Token) -> bool {
    use Token::*;
    matches!(token, If | Elif | Else | While | For | With | Try | Except | Finally | Def | Class | Match | Case)
}

/// Whether a disjunction cannot contain this word outside brackets, so that it ends, or begins, beside it.
fn ends_disjunction(token: Token) -> bool {
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
fn is_operator(token: Token) -> bool {
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

fn is_comparison(token: Token) -> bool {
    use Token::*;
    matches!(token, EqualEqual | NotEqual | Less | LessEqual | Greater | GreaterEqual | In | Is | Not | And | Or)
}

/// Whether an expression is a `bitwise_or` of the grammar, or tighter.
fn is_bitwise(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::Compare { .. }
            | Expr::BoolOp { .. }
            | Expr::UnaryOp { op: UnaryOp::Not, .. }
            | Expr::IfExp { .. }
            | Expr::Lambda { .. }
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Mode, SyntaxError, parse};
    use crate::source::Source;

    /// Line and column (in characters, from 1) of where the carets begin and end.
    type Carets = ((u32, i64), (u32, i64));

    /// Where CPython would draw carets for a place `line:offset-line:offset`: an end that says nothing is one on.
    fn carets(place: &str) -> Option<Carets> {
        let (start, end) = place.split_once('-')?;
        let point = |text: &str| -> Option<(u32, i64)> {
            let (line, column) = text.split_once(':')?;
            Some((line.parse().ok()?, column.parse().ok()?))
        };
        let (start, end) = (point(start)?, point(end)?);
        let silent = end.1 <= 0 || end == start;
        let end = if silent { (start.0, start.1 + 1) } else { end };
        Some((start, end))
    }

    fn place(source: &Source, error: &SyntaxError) -> String {
        let place = error.location(source);
        format!("{}:{}-{}:{}", place.line, place.offset, place.end_line, place.end_offset)
    }

    fn verdict(program: &str) -> String {
        let source = Source::new("<test>", program);
        match parse(&source, Mode::Exec) {
            Ok(_) => "fine".to_string(),
            Err(error) => format!("{} {} {}", error.kind.name(), place(&source, &error), error.message),
        }
    }

    /// Whether two verdicts are the same to whoever reads the message and the carets.
    fn agree(ours: &str, theirs: &str) -> bool {
        let parts = |verdict: &'_ str| -> Option<(String, Carets, String)> {
            let (kind, rest) = verdict.split_once(' ')?;
            let (place, message) = rest.split_once(' ')?;
            Some((kind.to_string(), carets(place)?, message.to_string()))
        };
        ours == theirs || parts(ours).is_some_and(|ours| parts(theirs) == Some(ours))
    }

    /// `expected/errors.txt` is written by `tests/oracle/syntax_errors.py`.
    #[test]
    fn says_what_cpython_says() {
        let text = match std::env::var("PYIELD_ERRORS") {
            Ok(path) => std::fs::read_to_string(path).expect("the file of errors can be read"),
            Err(_) => include_str!("expected/errors.txt").to_string(),
        };
        let mut differ = Vec::new();
        let entries: Vec<&str> = text.strip_prefix("-- ").unwrap_or(&text).split("\n-- ").collect();
        for entry in &entries {
            let (wanted, program) = entry.split_once('\n').unwrap_or((entry, ""));
            let found = verdict(&format!("{}\n", program.trim_end_matches('\n')));
            if !agree(&found, wanted) {
                differ.push(format!("{program}\n  ours:   {found}\n  theirs: {wanted}\n"));
            }
        }
        assert!(differ.is_empty(), "{} of {} differ:\n{}", differ.len(), entries.len(), differ.join("\n"));
    }
}
