//! Tokens to tree: the generated parser, and what is said when it cannot go on.

use super::ast::Module;
use super::construct::Context;
use super::depth;
use super::diagnose;
use super::error::SyntaxError;
use super::layout::Layout;
use super::lexer::Lexeme;
use super::soft;
use super::token::Token;
use crate::source::{Source, Span};
use lalrpop_util::ParseError;

/// What a text is expected to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// A file.
    Exec,
    /// One statement at the prompt.
    Single,
    /// One expression.
    Eval,
}

/// The tokens of a text that has no lexical error.
pub(super) struct Tokens {
    pub tokens: Vec<Lexeme>,
    /// A bracket that is still open at the end.
    pub open_bracket: Option<(char, Span)>,
}

/// All tokens of `source`. CPython, too, prefers an error of its tokenizer to one of its parser, wherever it stands.
pub(super) fn tokens(source: &Source) -> Result<Tokens, SyntaxError> {
    let mut layout = Layout::new(source);
    let mut tokens = layout.by_ref().collect::<Result<Vec<_>, _>>()?;
    soft::resolve(source, &mut tokens);
    Ok(Tokens { tokens, open_bracket: layout.open_bracket() })
}

/// The tree of `source`.
pub fn parse(source: &Source, mode: Mode) -> Result<Module, SyntaxError> {
    let tokens = tokens(source)?;
    let module = run(source, mode, &tokens.tokens).map_err(|error| diagnose::explain(source, mode, &tokens, error))?;
    depth::check(source, module)
}

/// What the generated parser makes of `tokens`.
pub(super) fn run(
    source: &Source,
    mode: Mode,
    tokens: &[Lexeme],
) -> Result<Module, ParseError<u32, Token, SyntaxError>> {
    let start = match mode {
        Mode::Exec => Token::StartExec,
        Mode::Single => Token::StartSingle,
        Mode::Eval => Token::StartEval,
    };
    let words = tokens.iter().map(|(token, span)| Ok((span.start, *token, span.end)));
    let stream = std::iter::once(Ok((0, start, 0))).chain(words);
    super::python::TopParser::new().parse(&Context::new(source), stream)
}
