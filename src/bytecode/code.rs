//! A compiled body as plain data.

use super::op::{Op, Reg};
use crate::source::{Place, Source, Span, Warning};
use crate::text::{self, escape};
use num_bigint::BigInt;
use std::rc::Rc;

/// What sort of body this is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum CodeKind {
    /// A file, a Markdown block, one input at the prompt: names are globals.
    Module,
    /// Code for `exec` and `eval`: names live in the namespace in register 0.
    Namespace,
    /// A class body: names live in the namespace in register 0.
    Class,
    /// `def`, `lambda`, and the hidden functions of generator expressions and annotations.
    Function,
}

/// Properties of a body that calls and resumptions look at.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct CodeFlags {
    /// It contains `yield`: calling it makes a generator (with `coroutine`, an async generator).
    pub generator: bool,
    /// `async def`: calling it makes a coroutine.
    pub coroutine: bool,
    /// `await` takes the generators it makes (`types.coroutine`).
    pub awaitable: bool,
    /// It comes from the prelude and is hidden from tracebacks and traces.
    pub hidden: bool,
    /// It is defined inside another function.
    pub nested: bool,
    /// It is an expression for `eval`.
    pub expression: bool,
    /// It is an input at the prompt: values of expression statements are shown.
    pub interactive: bool,
}

/// How many parameters of each kind; their registers come first, in this order: positional-only, positional, keyword-only,
/// `*args`, `**kwargs`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Parameters {
    /// Positional-only.
    pub posonly: u16,
    /// All that may be given by position, positional-only ones included.
    pub positional: u16,
    /// Keyword-only.
    pub kwonly: u16,
    /// Is there a `*args`?
    pub varargs: bool,
    /// Is there a `**kwargs`?
    pub varkw: bool,
}

impl Parameters {
    /// How many registers the parameters fill.
    pub fn count(&self) -> usize {
        (self.positional + self.kwonly) as usize + self.varargs as usize + self.varkw as usize
    }
}

/// Where a function being made finds the cell of one of its free variables.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Capture {
    /// In this register of the frame that makes it.
    Local(Reg),
    /// Among the free variables of the function that makes it.
    Free(u16),
}

/// A constant of the program.
#[derive(Clone, Debug)]
pub enum Constant {
    None,
    True,
    False,
    Ellipsis,
    Int(i64),
    BigInt(Rc<BigInt>),
    Float(f64),
    /// The imaginary part of a complex number whose real part is 0.
    Complex(f64),
    /// WTF-8.
    Str(Rc<[u8]>),
    Bytes(Rc<[u8]>),
    Tuple(Rc<[Constant]>),
    FrozenSet(Rc<[Constant]>),
    Code(Rc<Code>),
}

impl Constant {
    /// Is it the same constant, of the same type, down to the sign of a zero?
    pub fn same_as(&self, other: &Constant) -> bool {
        let all = |one: &[Constant], other: &[Constant]| {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.same_as(other))
        };
        match (self, other) {
            (Constant::None, Constant::None)
            | (Constant::True, Constant::True)
            | (Constant::False, Constant::False)
            | (Constant::Ellipsis, Constant::Ellipsis) => true,
            (Constant::Int(one), Constant::Int(other)) => one == other,
            (Constant::BigInt(one), Constant::BigInt(other)) => one == other,
            (Constant::Float(one), Constant::Float(other)) | (Constant::Complex(one), Constant::Complex(other)) => {
                one.to_bits() == other.to_bits()
            }
            (Constant::Str(one), Constant::Str(other)) | (Constant::Bytes(one), Constant::Bytes(other)) => one == other,
            (Constant::Tuple(one), Constant::Tuple(other)) | (Constant::FrozenSet(one), Constant::FrozenSet(other)) => {
                all(one, other)
            }
            (Constant::Code(one), Constant::Code(other)) => one.same_as(other),
            _ => false,
        }
    }
}

/// A place in the code that looks a name up and remembers where it found it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Site {
    /// Constant index of the name.
    pub name: u16,
}

/// A stretch of instructions whose exceptions go to `target`. Inner stretches stand before the ones around them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Handler {
    /// First instruction covered.
    pub start: u32,
    /// First instruction no longer covered.
    pub end: u32,
    /// Where control goes.
    pub target: u32,
    /// The register that receives the exception. Temporaries from here on are dropped first.
    pub reg: Reg,
}

/// Where in the code a variable of a comprehension has its value.
#[derive(Clone)]
pub struct Stretch {
    /// The first instruction.
    pub start: u32,
    /// The first instruction behind it.
    pub end: u32,
    /// The local register; its name follows a dot.
    pub reg: Reg,
    /// The first temporary of the comprehension, which goes before its variables do.
    pub first: Reg,
}

/// A compiled body.
#[derive(Clone)]
pub struct Code {
    /// `co_name`
    pub name: Rc<str>,
    /// `co_qualname`
    pub qualname: Rc<str>,
    /// The text it was compiled from.
    pub source: Rc<Source>,
    /// Line of the definition (of the first decorator, if there is one): `co_firstlineno`.
    pub first_line: u32,
    /// What sort of body.
    pub kind: CodeKind,
    /// What calling it makes.
    pub flags: CodeFlags,
    /// Its parameters.
    pub parameters: Parameters,
    /// Names of the local registers, in order. Those that a program cannot name begin with a dot.
    pub locals: Vec<Rc<str>>,
    /// Registers of the variables that are not in cells, in the order in which the code first mentions them; a name that only
    /// comprehensions have is there by one of theirs.
    pub variables: Vec<Reg>,
    /// Local registers that hold cells.
    pub cells: Vec<Reg>,
    /// Names of the free variables.
    pub free: Vec<Rc<str>>,
    /// Where the function that makes this one finds those.
    pub captures: Vec<Capture>,
    /// Locals and temporaries together.
    pub registers: u16,
    /// The instructions.
    pub ops: Vec<Op>,
    /// For each instruction, the expression or statement that an error there points at.
    pub spans: Vec<Span>,
    /// Exception handlers, innermost first.
    pub handlers: Vec<Handler>,
    /// The variables of comprehensions, inner ones first.
    pub comprehensions: Vec<Stretch>,
    /// Constants.
    pub constants: Vec<Constant>,
    /// Name look-ups.
    pub sites: Vec<Site>,
    /// The docstring, as WTF-8.
    pub doc: Option<Rc<[u8]>>,
    /// As in `-O`: 0, 1 or 2.
    pub optimized: u8,
    /// What is to be said about the text before the code first runs; only the code of a whole text has any.
    pub warnings: Vec<Warning>,
    /// The definition, if its body is left out: parameters, names and docstring are there, the instructions are none of the
    /// function's. It is compiled when the function is first called or looked at.
    pub left_out: Option<Span>,
}

/// The number of an instruction that is none: the body has not begun.
pub const NOT_BEGUN: usize = u32::MAX as usize;

impl Code {
    /// Are the two the same body, as `==` on code objects has it: wherever they come from, what they run is the same, on the
    /// same lines?
    pub fn same_as(&self, other: &Code) -> bool {
        if std::ptr::eq(self, other) {
            return true;
        }
        let first = |code: &Code| code.spans.first().map_or(0, |span| span.start);
        let (mine, yours) = (first(self), first(other));
        let marked = |code: &Code| code.ops.iter().any(|op| matches!(op, Op::Nop { .. }));
        // The same text with marks is the same body. A mark may keep a jump that is none without it.
        let differs_by_marks = marked(self) != marked(other);
        let written = |op: &Op| !(differs_by_marks && matches!(op, Op::Nop { .. } | Op::Jump { .. }));
        let instructions = |code: &'_ Code| -> Vec<(Op, Span)> {
            code.ops.iter().copied().zip(code.spans.iter().copied()).filter(|(op, _)| written(op)).collect()
        };
        let bodies = || {
            let (one, two) = (instructions(self), instructions(other));
            let same = |((a, at), (b, there)): (&(Op, Span), &(Op, Span))| {
                // With marks the distances of jumps differ.
                let same_op =
                    if differs_by_marks { std::mem::discriminant(a) == std::mem::discriminant(b) } else { a == b };
                same_op
                    && at.start.wrapping_sub(mine) == there.start.wrapping_sub(yours)
                    && at.end.wrapping_sub(mine) == there.end.wrapping_sub(yours)
            };
            one.len() == two.len() && one.iter().zip(&two).all(same)
        };
        self.name == other.name
            && self.first_line == other.first_line
            && self.kind == other.kind
            && self.flags == other.flags
            && self.parameters == other.parameters
            && self.left_out.is_none()
            && other.left_out.is_none()
            && self.sites == other.sites
            && self.locals == other.locals
            && self.free == other.free
            && self.cells == other.cells
            && (differs_by_marks || self.handlers == other.handlers)
            && self.doc == other.doc
            && self.constants.len() == other.constants.len()
            && bodies()
            && self.constants.iter().zip(&other.constants).all(|(one, two)| one.same_as(two))
    }

    /// The name of a local variable, of a comprehension's too; none for what a program cannot name.
    pub fn variable(&self, reg: Reg) -> Option<&str> {
        let name = &**self.locals.get(reg.index())?;
        if reg.index() < self.parameters.count() {
            return Some(name);
        }
        let of_comprehension = || self.comprehensions.iter().any(|stretch| stretch.reg == reg);
        match name.strip_prefix('.') {
            Some(name) => of_comprehension().then_some(name),
            None => Some(name),
        }
    }

    /// The register of the function's own local `name`, if there is code for it.
    pub fn local(&self, name: &str) -> Option<usize> {
        let index = self.locals.iter().position(|known| &**known == name)?;
        let reg = Reg(index as u16);
        (self.variables.contains(&reg) || self.cells.contains(&reg)).then_some(index)
    }

    /// `co_varnames`
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.variables.iter().filter_map(|reg| self.variable(*reg))
    }

    /// What an error at instruction `index` points at; before the first, the line of the definition as a whole. What stands
    /// nowhere is taken to be where the one before it is.
    pub fn span(&self, index: usize) -> Span {
        let until = self.spans.get(..=index).unwrap_or_default();
        until.iter().rfind(|span| **span != Span::NOWHERE).copied().unwrap_or_else(|| {
            let start = self.source.line_start(self.first_line).unwrap_or_default() as usize;
            Span::new(start, start)
        })
    }

    /// The line of instruction `index`; `None` if it stands nowhere.
    pub fn line(&self, index: usize) -> Option<u32> {
        (self.spans.get(index) != Some(&Span::NOWHERE)).then(|| self.place(index).line)
    }

    /// Where the source of instruction `index` begins.
    pub fn place(&self, index: usize) -> Place {
        self.source.place(self.span(index).start)
    }

    /// The name that site `index` looks up.
    pub fn site_name(&self, index: u16) -> String {
        self.sites.get(index as usize).map_or_else(|| "?".to_owned(), |site| self.constant_str(site.name))
    }

    /// A string constant, without quotes.
    pub fn constant_str(&self, index: u16) -> String {
        match self.constants.get(index as usize) {
            Some(Constant::Str(text)) => String::from_utf8_lossy(text).into_owned(),
            other => format!("{other:?}"),
        }
    }

    /// A constant as the disassembler shows it.
    pub fn constant_text(&self, index: u16) -> String {
        self.constants.get(index as usize).map_or_else(|| "?".to_owned(), Constant::to_string)
    }
}

/// As Python's `repr` shows it.
impl std::fmt::Display for Constant {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let listed = |items: &[Constant]| items.iter().map(Constant::to_string).collect::<Vec<_>>().join(", ");
        match self {
            Constant::None => f.write_str("None"),
            Constant::True => f.write_str("True"),
            Constant::False => f.write_str("False"),
            Constant::Ellipsis => f.write_str("Ellipsis"),
            Constant::Int(value) => write!(f, "{value}"),
            Constant::BigInt(value) => write!(f, "{value}"),
            Constant::Float(value) => f.write_str(&text::float::repr(*value)),
            Constant::Complex(imaginary) => f.write_str(&text::complex::repr(0.0, *imaginary)),
            Constant::Str(text) => f.write_str(&escape::repr_str(text)),
            Constant::Bytes(bytes) => f.write_str(&escape::repr_bytes(bytes)),
            Constant::Tuple(items) if items.len() == 1 => write!(f, "({},)", listed(items)),
            Constant::Tuple(items) => write!(f, "({})", listed(items)),
            Constant::FrozenSet(items) => write!(f, "frozenset({{{}}})", listed(items)),
            Constant::Code(code) => write!(f, "<code {}>", code.qualname),
        }
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Code({})", self.qualname)
    }
}
