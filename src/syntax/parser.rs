//! Tokens to tree: the generated parser, and what is said when it cannot go on.

use super::ast::Module;
use super::construct::Context;
use super::depth;
use super::diagnose;
use super::error::{SyntaxError, SyntaxErrorKind};
use super::layout::Layout;
use super::lexer::Lexeme;
use super::soft;
use super::token::Token;
use crate::source::{Source, Span, Warning};
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
    /// What is dubious about them.
    pub warnings: Vec<Warning>,
}

/// All tokens of a text, or those before a lexical error, and that error.
fn tokens(source: &Source, layout: &mut Layout) -> (Tokens, Option<SyntaxError>) {
    let mut tokens = Vec::new();
    let mut error = None;
    for item in layout.by_ref() {
        match item {
            Ok(lexeme) => tokens.push(lexeme),
            Err(found) => error = Some(found),
        }
    }
    soft::resolve(source, &mut tokens);
    let (open_bracket, warnings) = (layout.open_bracket(), layout.take_warnings());
    (Tokens { tokens, open_bracket, warnings }, error)
}

/// The error to show for a text with a lexical error. CPython prefers most errors of its tokenizer to one of its
/// parser, even if that stands before; but an unexpected indent ends all reading, and a few errors of the tokenizer
/// count only where the parser comes to them.
fn first_error(source: &Source, mode: Mode, tokens: &Tokens, lexical: SyntaxError) -> SyntaxError {
    let Err(error) = run(source, mode, &tokens.tokens) else { return lexical };
    if matches!(error, ParseError::UnrecognizedEof { .. }) {
        return lexical;
    }
    let weak = matches!(lexical.kind, SyntaxErrorKind::IndentationError | SyntaxErrorKind::TabError)
        || lexical.message.starts_with("unexpected ")
        || lexical.message.ends_with("-string: expecting '}'")
        || lexical.message.ends_with("-string: single '}' is not allowed");
    let indent = matches!(error, ParseError::UnrecognizedToken { token: (_, Token::Indent, _), .. });
    if !weak && !indent {
        return lexical;
    }
    let before = Tokens { tokens: tokens.tokens.clone(), open_bracket: None, warnings: Vec::new() };
    let found = diagnose::explain(source, &before, error);
    // At the very end of the tokens, what the parser missed may be what the lexer could not read.
    if found.incomplete { lexical } else { found }
}

/// The tree of `source`.
pub fn parse(source: &Source, mode: Mode) -> Result<Module, SyntaxError> {
    parse_noting(source, mode, &mut Vec::new())
}

/// The tree of `source`; what is dubious about it comes into `warnings`.
pub fn parse_noting(source: &Source, mode: Mode, warnings: &mut Vec<Warning>) -> Result<Module, SyntaxError> {
    parse_layout(source, mode, &mut Layout::new(source), warnings)
}

/// The tree of the outline of a file of ours, and the definitions whose bodies are left out.
pub fn outline(source: &Source) -> Result<(Module, Vec<Span>), SyntaxError> {
    let mut layout = Layout::outlining(source);
    let tree = parse_layout(source, Mode::Exec, &mut layout, &mut Vec::new())?;
    Ok((tree, layout.outline.map(|outline| outline.left_out).unwrap_or_default()))
}

/// The tree of a definition that stands somewhere in a file, as a file of its own.
pub fn parse_definition(source: &Source, definition: Span) -> Result<Module, SyntaxError> {
    parse_layout(source, Mode::Exec, &mut Layout::within(source, definition), &mut Vec::new())
}

fn parse_layout(
    source: &Source,
    mode: Mode,
    layout: &mut Layout,
    warnings: &mut Vec<Warning>,
) -> Result<Module, SyntaxError> {
    let (tokens, error) = tokens(source, layout);
    if let Some(error) = error {
        return Err(first_error(source, mode, &tokens, error));
    }
    let cx = Context::new(source);
    let parsed = run_in(&cx, mode, &tokens.tokens);
    let module = parsed.map_err(|error| diagnose::explain(source, &tokens, error))?;
    warnings.extend(tokens.warnings);
    warnings.extend(cx.into_warnings());
    if mode == Mode::Single {
        single(source, &tokens.tokens, &module)?;
    }
    depth::check(source, module)
}

/// Refuses a second statement at the prompt. Statements between semicolons are one line, and so one statement.
fn single(source: &Source, tokens: &[Lexeme], module: &Module) -> Result<(), SyntaxError> {
    let Module::Interactive(body) = module else { return Ok(()) };
    let Some(first) = body.first() else {
        let end = source.text().len();
        return Err(SyntaxError::new(Span::new(end, end), "invalid syntax").at_end());
    };
    // The first statement ends with the first NEWLINE that no block is open at, or with its last block.
    let mut depth = 0;
    for (at, (token, span)) in tokens.iter().enumerate() {
        match token {
            Token::Indent => depth += 1,
            Token::Dedent => depth -= 1,
            _ => {}
        }
        let begins_line = at > 0 && matches!(tokens[at - 1].0, Token::Newline | Token::Dedent);
        let ahead = body.iter().any(|stmt| stmt.span.start == span.start);
        if depth == 0 && begins_line && ahead && span.start > first.span.start && span.end > span.start {
            let message = "multiple statements found while compiling a single statement";
            return Err(SyntaxError::new(*span, message));
        }
    }
    Ok(())
}

/// What the generated parser makes of `tokens`.
pub(super) fn run(
    source: &Source,
    mode: Mode,
    tokens: &[Lexeme],
) -> Result<Module, ParseError<u32, Token, SyntaxError>> {
    run_in(&Context::new(source), mode, tokens)
}

fn run_in(cx: &Context, mode: Mode, tokens: &[Lexeme]) -> Result<Module, ParseError<u32, Token, SyntaxError>> {
    let start = match mode {
        Mode::Exec => Token::StartExec,
        Mode::Single => Token::StartSingle,
        Mode::Eval => Token::StartEval,
    };
    let words = tokens.iter().map(|(token, span)| Ok((span.start, *token, span.end)));
    let stream = std::iter::once(Ok((0, start, 0))).chain(words);
    super::python::TopParser::new().parse(cx, stream)
}

#[cfg(test)]
mod tests {
    use super::super::dump_ast;
    use super::*;

    /// How many texts are put together; a hundred times as many have been tried.
    const ROUNDS: usize = 20_000;

    fn parsed(program: &str, mode: Mode) -> Result<Module, SyntaxError> {
        parse(&Source::new("<test>", program), mode)
    }

    /// The prompt reads on exactly while more text could make the input whole.
    #[test]
    fn incomplete_input_is_known() {
        for program in [
            "if x:\n",
            "def f(\n",
            "x = [1,\n",
            "try:\n    pass\n",
            "'''a\n",
            "f'''{a",
            "@d\n",
            "class A:\n    def f():\n",
            "x = \\\n",
            "if x:\n    pass\nelse:\n",
            "match x:\n",
            "x = {",
            "f(a,\n",
        ] {
            let error = parsed(program, Mode::Single).expect_err(program);
            assert!(error.incomplete, "{program:?}: {error:?}");
        }
        for program in
            ["x = \n", "if x\n", "a b\n", "'a\n", ")\n", "1 +\n", "if x:\npass\n", "f(a b)\n", "for\n", "x = )\n"]
        {
            let error = parsed(program, Mode::Single).expect_err(program);
            assert!(!error.incomplete, "{program:?}: {error:?}");
        }
    }

    /// Long and deep programs are parsed or refused, and let go, on a small native stack.
    #[test]
    fn deep_programs_need_no_native_stack() {
        let body = || {
            let many = 100_000;
            let chain = |unit: &str| format!("x = a{}\n", unit.repeat(many));
            for program in
                [chain("+1"), chain(".b"), chain("[0]"), chain("()"), chain(" or b"), chain(" < b"), chain(",b")]
            {
                assert!(parsed(&program, Mode::Exec).is_ok(), "{}", &program[..20]);
            }
            for unit in ["not ", "-", "lambda: ", "a if b else ", "a ** ", "lambda x=", "await "] {
                let program = format!("x = {}a\n", unit.repeat(many));
                let error = parsed(&program, Mode::Exec).expect_err(unit);
                assert!(matches!(error.kind, SyntaxErrorKind::MemoryError | SyntaxErrorKind::SyntaxError), "{error:?}");
            }
            for unit in ["(", "[", "{", "f(", "a[", "{1:"] {
                let program = format!("x = {}\n", unit.repeat(many));
                let error = parsed(&program, Mode::Exec).expect_err(unit);
                assert_eq!(error.message, "too many nested parentheses");
            }
            let elifs = format!("if a: pass\n{}", "elif b: pass\n".repeat(many));
            let error = parsed(&elifs, Mode::Exec).expect_err("a chain of elif is nested");
            assert_eq!(error.kind, SyntaxErrorKind::MemoryError);
            let broken = format!("x = a{}) b\n", "+1".repeat(many));
            assert!(parsed(&broken, Mode::Exec).is_err());
            let broken = format!("x = a{} b\n", "+1".repeat(many));
            assert!(parsed(&broken, Mode::Exec).is_err());
            let blocks: String = (0..150).map(|depth| format!("{}if x:\n", " ".repeat(depth))).collect();
            let error = parsed(&blocks, Mode::Exec).expect_err("blocks are nested too deep");
            assert_eq!(error.message, "too many levels of indentation");
            let strings = "f\"{".repeat(many);
            assert!(parsed(&strings, Mode::Exec).is_err());
        };
        let thread = std::thread::Builder::new().stack_size(256 * 1024).spawn(body);
        thread.expect("a thread can be started").join().expect("the thread ends");
    }

    #[test]
    fn modes_differ_in_what_they_accept() {
        assert!(parsed("1 + 1\n\n", Mode::Eval).is_ok());
        assert!(parsed("x = 1", Mode::Eval).is_err());
        assert!(matches!(parsed("x; y\n", Mode::Single), Ok(Module::Interactive(body)) if body.len() == 2));
        let error = parsed("x\ny\n", Mode::Single).expect_err("two statements");
        assert_eq!(error.message, "multiple statements found while compiling a single statement");
    }

    #[test]
    fn the_dump_is_compact_lisp() {
        let program =
            "@d\ndef f(a, b=1, *c):\n    if a:\n        return a.b[1:2], *c\n    else:\n        x = f'{a!r:>3}'\n";
        let module = parsed(program, Mode::Exec).expect("the program is whole");
        let expected = "\
(FunctionDef f (arguments [(arg a) (arg b)] :vararg (arg c) :defaults [1])
  (If a
    (Return (Tuple [(Subscript (Attribute a b) (Slice 1 2)) (Starred c)]))
   :orelse
    (Assign [x] (JoinedStr [(FormattedValue a 114 (JoinedStr [\">3\"]))]))) :decorator_list [d])
";
        assert_eq!(dump_ast(&module), expected);
    }

    /// Whatever is put together from the pieces of programs, the parser answers, and points into the text.
    #[test]
    fn any_text_has_an_answer() {
        const PIECES: &[&str] = &[
            "x", "é", "1", "0x", "1_", ".", "...", " ", "  ", "\t", "\n", "\r\n", "\r", "\x0c", "\\", "\\\n", "#",
            "\"", "'", "\"\"\"", "f\"", "f'''", "rf'", "t\"", "b'", "{", "}", "(", ")", "[", "]", ":", ":=", "=", "==",
            "!", "!r", ",", ";", "*", "**", "@", "->", "+", "-", "if ", "else", "elif ", "for ", "in ", "is ", "not ",
            "lambda ", "yield ", "await ", "async ", "def ", "class ", "with ", "as ", "try", "except ", "finally",
            "match ", "case ", "type ", "_", "import ", "from ", "return ", "print ", "None", "\\N{", "\\x", "\\u12",
            "€", "\u{a0}", "\0", "\u{feff}", "\n    ", ":\n  ", "del ", "raise ", "while ", "pass\n",
        ];
        let mut state = 0x9e37_79b9_7f4a_7c15_u64;
        let mut random = |below: usize| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            (state % below as u64) as usize
        };
        for _ in 0..ROUNDS {
            let program: String = (0..1 + random(24)).map(|_| PIECES[random(PIECES.len())]).collect();
            let source = Source::new("<test>", program.as_str());
            for mode in [Mode::Exec, Mode::Single, Mode::Eval] {
                if let Err(error) = parse(&source, mode) {
                    let end = program.len() as u32 + 1;
                    assert!(error.span.start <= error.span.end && error.span.end <= end, "{program:?}: {error:?}");
                    error.location(&source);
                }
            }
            super::super::dump_tokens(&source);
        }
    }
}
