//! The words of Python, named once.
//!
//! Logos recognises them, the grammar uses them as terminals, and messages and `pyield tokens` call them by their text.

use logos::Logos;

macro_rules! tokens {
    (
        words { $($word:ident = $text:tt)* }
        shapes { $($(#[$attr:meta])* $shape:ident = $name:tt)* }
    ) => {
        /// One word of a program. What stands in it (a name, a number, a string) is read from the source by its span.
        #[derive(Logos, Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[logos(skip r"[ \t\x0C]+")]
        #[logos(skip(r"#[^\r\n]*", allow_greedy = true))]
        #[logos(skip r"\\(\r\n|\r|\n)")]
        pub enum Token {
            $(#[doc = $text] #[token($text)] $word,)*
            $($(#[$attr])* $shape,)*
        }

        impl Token {
            /// The word itself, or a name for the kind of word it is.
            pub fn text(self) -> &'static str {
                match self {
                    $(Token::$word => $text,)*
                    $(Token::$shape => $name,)*
                }
            }
        }
    };
}

tokens! {
    words {
        False = "False" None = "None" True = "True"
        And = "and" As = "as" Assert = "assert" Async = "async" Await = "await" Break = "break" Class = "class"
        Continue = "continue" Def = "def" Del = "del" Elif = "elif" Else = "else" Except = "except"
        Finally = "finally" For = "for" From = "from" Global = "global" If = "if" Import = "import" In = "in"
        Is = "is" Lambda = "lambda" Nonlocal = "nonlocal" Not = "not" Or = "or" Pass = "pass" Raise = "raise"
        Return = "return" Try = "try" While = "while" With = "with" Yield = "yield"

        LeftParen = "(" RightParen = ")" LeftBracket = "[" RightBracket = "]" LeftBrace = "{" RightBrace = "}"
        Comma = "," Colon = ":" Semicolon = ";" Dot = "." Ellipsis = "..." Arrow = "->" At = "@" Equal = "="
        Walrus = ":=" Bang = "!"

        Plus = "+" Minus = "-" Star = "*" DoubleStar = "**" Slash = "/" DoubleSlash = "//" Percent = "%"
        Bar = "|" Ampersand = "&" Caret = "^" Tilde = "~" LeftShift = "<<" RightShift = ">>"
        Less = "<" Greater = ">" EqualEqual = "==" NotEqual = "!=" LessEqual = "<=" GreaterEqual = ">="
        LessGreater = "<>"

        PlusEqual = "+=" MinusEqual = "-=" StarEqual = "*=" SlashEqual = "/=" DoubleSlashEqual = "//="
        PercentEqual = "%=" AtEqual = "@=" BarEqual = "|=" AmpersandEqual = "&=" CaretEqual = "^="
        LeftShiftEqual = "<<=" RightShiftEqual = ">>=" DoubleStarEqual = "**="
    }
    shapes {
        /// An identifier. Every character beyond ASCII counts here; the lexer then asks Unicode.
        #[regex(r"[a-zA-Z_\u{80}-\u{10FFFF}][a-zA-Z0-9_\u{80}-\u{10FFFF}]*")]
        Name = "name"
        /// The first digit of a number; the lexer reads on.
        #[regex(r"[0-9]|\.[0-9]")]
        Number = "number"
        /// The prefix and opening quote of a string or bytes literal; the lexer reads on.
        #[regex(r#"([rR]|[bB]|[uU]|[bB][rR]|[rR][bB])?("""|'''|"|')"#)]
        String = "string"
        /// The prefix and opening quote of an f-string.
        #[regex(r#"([fF]|[fF][rR]|[rR][fF])("""|'''|"|')"#)]
        FStringStart = "f-string start"
        /// The prefix and opening quote of a t-string.
        #[regex(r#"([tT]|[tT][rR]|[rR][tT])("""|'''|"|')"#)]
        TStringStart = "t-string start"
        /// Text between the fields of an f-string or t-string, doubled braces and escapes as written.
        StringMiddle = "f-string middle"
        /// The closing quote of an f-string or t-string.
        StringEnd = "f-string end"
        /// The end of a line; after layout, the end of a logical line.
        #[regex(r"\r\n|\r|\n")]
        Newline = "newline"
        /// Layout: a block begins.
        Indent = "indent"
        /// Layout: a block ends.
        Dedent = "dedent"
        /// `match` where it begins a statement.
        Match = "match"
        /// `case` where it begins a clause.
        Case = "case"
        /// `type` where it begins a statement.
        Type = "type"
        /// The `(` around the items of a `with`.
        WithParen = "with ("
        /// A character no word of Python begins with.
        #[regex(r"[$?`\\]")]
        Unknown = "unknown"
        /// Put before the tokens to choose what is parsed: a file.
        StartExec = "start of file"
        /// Put before the tokens to choose what is parsed: one statement at the prompt.
        StartSingle = "start of statement"
        /// Put before the tokens to choose what is parsed: an expression.
        StartEval = "start of expression"
    }
}

impl Token {
    /// Whether this is an opening bracket.
    pub fn opens(self) -> bool {
        matches!(self, Token::LeftParen | Token::LeftBracket | Token::LeftBrace | Token::WithParen)
    }

    /// Whether an expression may begin with this word.
    pub fn begins_expression(self) -> bool {
        use Token::*;
        matches!(
            self,
            False
                | None
                | True
                | Await
                | Lambda
                | Not
                | Yield
                | LeftParen
                | LeftBracket
                | LeftBrace
                | Ellipsis
                | Plus
                | Minus
                | Tilde
                | Star
                | Name
                | Number
                | String
                | FStringStart
                | TStringStart
                | Match
                | Case
                | Type
        )
    }
}
