//! The tree: data and constructors, no behaviour.
//!
//! Names are those of the language reference and of CPython's `ast` module, so that the two can be compared node for
//! node. Every node that `ast` gives a position to is a [`Node`], which holds the position once.

use crate::source::Span;
use num_bigint::BigInt;
use std::rc::Rc;

/// A piece of the tree and the stretch of source it covers.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<T> {
    /// What it is.
    pub kind: T,
    /// Where it stands.
    pub span: Span,
}

/// An identifier, NFKC-normalised, not yet mangled.
pub type Identifier = Rc<str>;
/// An expression where a size is needed.
pub type BoxExpr = Box<Node<Expr>>;
/// A block of statements.
pub type Body = Vec<Node<Stmt>>;

/// What a whole text parses to.
#[derive(Clone, Debug, PartialEq)]
pub enum Module {
    /// A file: `exec` mode.
    Module(Body),
    /// One statement at the prompt: `single` mode, in which expression statements show their value.
    Interactive(Body),
    /// One expression: `eval` mode.
    Expression(BoxExpr),
}

/// A statement.
#[derive(Clone, Debug, PartialEq)]
pub enum Stmt {
    /// `def` and `async def`.
    FunctionDef(Box<FunctionDef>),
    /// `class`.
    ClassDef(Box<ClassDef>),
    /// `return value`
    Return(Option<BoxExpr>),
    /// `del targets`
    Delete(Vec<Node<Expr>>),
    /// `a = b = value`
    Assign { targets: Vec<Node<Expr>>, value: BoxExpr },
    /// `type name[params] = value`
    TypeAlias { name: BoxExpr, type_params: Vec<Node<TypeParam>>, value: BoxExpr },
    /// `target op= value`
    AugAssign { target: BoxExpr, op: Operator, value: BoxExpr },
    /// `target: annotation = value`; `simple` when the target is a bare, unparenthesised name.
    AnnAssign { target: BoxExpr, annotation: BoxExpr, value: Option<BoxExpr>, simple: bool },
    /// `for` and `async for`
    For { target: BoxExpr, iter: BoxExpr, body: Body, orelse: Body, is_async: bool },
    /// `while`
    While { test: BoxExpr, body: Body, orelse: Body },
    /// `if`; an `elif` is an `If` alone in `orelse`.
    If { test: BoxExpr, body: Body, orelse: Body },
    /// `with` and `async with`
    With { items: Vec<WithItem>, body: Body, is_async: bool },
    /// `match`
    Match { subject: BoxExpr, cases: Vec<MatchCase> },
    /// `raise exc from cause`
    Raise { exc: Option<BoxExpr>, cause: Option<BoxExpr> },
    /// `try`; `star` for `except*`.
    Try { body: Body, handlers: Vec<Node<ExceptHandler>>, orelse: Body, finalbody: Body, star: bool },
    /// `assert test, msg`
    Assert { test: BoxExpr, msg: Option<BoxExpr> },
    /// `import a.b as c`
    Import(Vec<Node<Alias>>),
    /// `from ..module import names`; one alias named `*` for a star import.
    ImportFrom { module: Option<Identifier>, names: Vec<Node<Alias>>, level: u32 },
    /// `global names`
    Global(Vec<Identifier>),
    /// `nonlocal names`
    Nonlocal(Vec<Identifier>),
    /// An expression for its effect.
    Expr(BoxExpr),
    /// `pass`
    Pass,
    /// `break`
    Break,
    /// `continue`
    Continue,
}

/// A function definition.
#[derive(Clone, Debug, PartialEq)]
pub struct FunctionDef {
    pub name: Identifier,
    pub type_params: Vec<Node<TypeParam>>,
    pub args: Arguments,
    pub body: Body,
    pub decorators: Vec<Node<Expr>>,
    pub returns: Option<BoxExpr>,
    pub is_async: bool,
}

/// A class that has this body and nothing more.
pub fn class_around(name: &str, body: Body) -> Body {
    let span = body.first().map_or(Span::default(), |first| first.span);
    let class = ClassDef {
        name: name.into(),
        type_params: Vec::new(),
        bases: Vec::new(),
        keywords: Vec::new(),
        body,
        decorators: Vec::new(),
    };
    vec![Node { kind: Stmt::ClassDef(Box::new(class)), span }]
}

/// A class definition.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassDef {
    pub name: Identifier,
    pub type_params: Vec<Node<TypeParam>>,
    pub bases: Vec<Node<Expr>>,
    pub keywords: Vec<Node<Keyword>>,
    pub body: Body,
    pub decorators: Vec<Node<Expr>>,
}

/// The parameters of a function or lambda.
///
/// `defaults` belong to the last of `posonlyargs + args`; `kw_defaults` stand one to one beside `kwonlyargs`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Arguments {
    pub posonlyargs: Vec<Node<Arg>>,
    pub args: Vec<Node<Arg>>,
    pub vararg: Option<Box<Node<Arg>>>,
    pub kwonlyargs: Vec<Node<Arg>>,
    pub kw_defaults: Vec<Option<Node<Expr>>>,
    pub kwarg: Option<Box<Node<Arg>>>,
    pub defaults: Vec<Node<Expr>>,
}

/// One parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Arg {
    pub name: Identifier,
    pub annotation: Option<BoxExpr>,
}

/// `arg=value`, or `**value` when `arg` is absent.
#[derive(Clone, Debug, PartialEq)]
pub struct Keyword {
    pub arg: Option<Identifier>,
    pub value: Node<Expr>,
}

/// `name as asname` of an import; `name` may be dotted, or `*`.
#[derive(Clone, Debug, PartialEq)]
pub struct Alias {
    pub name: Identifier,
    pub asname: Option<Identifier>,
}

/// `context as target` of a `with`.
#[derive(Clone, Debug, PartialEq)]
pub struct WithItem {
    pub context: Node<Expr>,
    pub target: Option<Node<Expr>>,
}

/// `except type as name: body`
#[derive(Clone, Debug, PartialEq)]
pub struct ExceptHandler {
    pub type_: Option<BoxExpr>,
    pub name: Option<Identifier>,
    pub body: Body,
}

/// `case pattern if guard: body`
#[derive(Clone, Debug, PartialEq)]
pub struct MatchCase {
    pub pattern: Node<Pattern>,
    pub guard: Option<BoxExpr>,
    pub body: Body,
}

/// A pattern of a `case`.
#[derive(Clone, Debug, PartialEq)]
pub enum Pattern {
    /// A literal or dotted name, compared with `==`.
    Value(BoxExpr),
    /// `None`, `True`, `False`, compared with `is`.
    Singleton(Constant),
    Sequence(Vec<Node<Pattern>>),
    /// `{keys: patterns, **rest}`
    Mapping {
        keys: Vec<Node<Expr>>,
        patterns: Vec<Node<Pattern>>,
        rest: Option<Identifier>,
    },
    /// `cls(patterns, kwd_attrs=kwd_patterns)`
    Class {
        cls: BoxExpr,
        patterns: Vec<Node<Pattern>>,
        kwd_attrs: Vec<Identifier>,
        kwd_patterns: Vec<Node<Pattern>>,
    },
    /// `*name` in a sequence; `*_` has no name.
    Star(Option<Identifier>),
    /// `pattern as name`; a bare name has no pattern; `_` has neither.
    As {
        pattern: Option<Box<Node<Pattern>>>,
        name: Option<Identifier>,
    },
    Or(Vec<Node<Pattern>>),
}

/// A type parameter (PEP 695, PEP 696).
#[derive(Clone, Debug, PartialEq)]
pub enum TypeParam {
    TypeVar { name: Identifier, bound: Option<BoxExpr>, default: Option<BoxExpr> },
    ParamSpec { name: Identifier, default: Option<BoxExpr> },
    TypeVarTuple { name: Identifier, default: Option<BoxExpr> },
}

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// `a and b and c`, `a or b or c`: one node per run of the same operator.
    BoolOp {
        op: BoolOp,
        values: Vec<Node<Expr>>,
    },
    /// `target := value`
    NamedExpr {
        target: BoxExpr,
        value: BoxExpr,
    },
    BinOp {
        left: BoxExpr,
        op: Operator,
        right: BoxExpr,
    },
    UnaryOp {
        op: UnaryOp,
        operand: BoxExpr,
    },
    Lambda {
        args: Box<Arguments>,
        body: BoxExpr,
    },
    /// `body if test else orelse`
    IfExp {
        test: BoxExpr,
        body: BoxExpr,
        orelse: BoxExpr,
    },
    /// A key of `None` is a `**value`.
    Dict {
        keys: Vec<Option<Node<Expr>>>,
        values: Vec<Node<Expr>>,
    },
    Set(Vec<Node<Expr>>),
    ListComp {
        elt: BoxExpr,
        generators: Vec<Comprehension>,
    },
    SetComp {
        elt: BoxExpr,
        generators: Vec<Comprehension>,
    },
    DictComp {
        key: BoxExpr,
        value: BoxExpr,
        generators: Vec<Comprehension>,
    },
    GeneratorExp {
        elt: BoxExpr,
        generators: Vec<Comprehension>,
    },
    Await(BoxExpr),
    Yield(Option<BoxExpr>),
    YieldFrom(BoxExpr),
    /// `left op comparator op comparator ...`
    Compare {
        left: BoxExpr,
        ops: Vec<CmpOp>,
        comparators: Vec<Node<Expr>>,
    },
    Call {
        func: BoxExpr,
        args: Vec<Node<Expr>>,
        keywords: Vec<Node<Keyword>>,
    },
    /// One `{value!conversion:format_spec}` of an f-string.
    FormattedValue {
        value: BoxExpr,
        conversion: Option<Conversion>,
        format_spec: Option<BoxExpr>,
    },
    /// An f-string: constants (strings) and `FormattedValue`s in turn.
    JoinedStr(Vec<Node<Expr>>),
    /// One `{...}` of a t-string (PEP 750); `text` is the source of the expression.
    Interpolation {
        value: BoxExpr,
        text: Rc<str>,
        conversion: Option<Conversion>,
        format_spec: Option<BoxExpr>,
    },
    /// A t-string.
    TemplateStr(Vec<Node<Expr>>),
    Constant(Constant),
    Attribute {
        value: BoxExpr,
        attr: Identifier,
    },
    Subscript {
        value: BoxExpr,
        slice: BoxExpr,
    },
    Starred(BoxExpr),
    Name(Identifier),
    List(Vec<Node<Expr>>),
    Tuple(Vec<Node<Expr>>),
    Slice {
        lower: Option<BoxExpr>,
        upper: Option<BoxExpr>,
        step: Option<BoxExpr>,
    },
}

/// A literal value. Adjacent string literals are already joined.
#[derive(Clone, Debug, PartialEq)]
pub enum Constant {
    None,
    True,
    False,
    Ellipsis,
    /// A string, in WTF-8: UTF-8 in which a lone surrogate `\ud800` may stand as its three bytes.
    Str(Rc<[u8]>),
    Bytes(Rc<[u8]>),
    Int(i64),
    /// An integer beyond `i64`.
    BigInt(Rc<BigInt>),
    Float(f64),
    /// The imaginary part.
    Complex(f64),
}

/// `for target in iter if ...` of a comprehension.
#[derive(Clone, Debug, PartialEq)]
pub struct Comprehension {
    pub target: Node<Expr>,
    pub iter: Node<Expr>,
    pub ifs: Vec<Node<Expr>>,
    pub is_async: bool,
}

/// `!s`, `!r`, `!a`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Conversion {
    Str,
    Repr,
    Ascii,
}

/// `and`, `or`
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoolOp {
    And,
    Or,
}

/// A binary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operator {
    Add,
    Sub,
    Mult,
    MatMult,
    Div,
    Mod,
    Pow,
    LShift,
    RShift,
    BitOr,
    BitXor,
    BitAnd,
    FloorDiv,
}

/// A unary operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnaryOp {
    Invert,
    Not,
    UAdd,
    USub,
}

/// A comparison operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CmpOp {
    Eq,
    NotEq,
    Lt,
    LtE,
    Gt,
    GtE,
    Is,
    IsNot,
    In,
    NotIn,
}
