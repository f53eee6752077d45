//! The instruction table: enum, operands, names and explanations of every instruction, in one place.
//!
//! **Registers.** A frame has `code.registers` of them: first the locals (parameters first), then temporaries. An operand
//! of role `Src` is read in place; when it names a temporary the instruction *consumes* it (the value dies or moves
//! there), when it names a local the local keeps it. Which of the two is a bit in the instruction's flags, set by the
//! assembler, so the VM never compares register numbers. `Reg` operands are read or updated and stay. `Dst` operands are
//! written, dropping what they held. `Window` operands are the first of several consecutive registers, all temporaries,
//! all consumed.
//!
//! **Jumps** count instructions from the one after the jump.

use std::fmt;

/// A register of the frame.
///
/// While a function is being compiled, temporaries are numbered from [`Reg::TEMPORARY`]; the assembler moves them behind
/// the locals.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Reg(pub u16);

impl Reg {
    /// No register: the result is not wanted, or the operand is absent.
    pub const NONE: Reg = Reg(u16::MAX);
    /// First temporary, before assembly.
    pub const TEMPORARY: u16 = 0x8000;

    /// The number as an index.
    #[inline(always)]
    pub fn index(self) -> usize {
        self.0 as usize
    }

    /// The register `n` places further. Beyond the last one there is none; code that would need it is refused when it is
    /// assembled, for having too many.
    pub fn plus(self, n: usize) -> Reg {
        Reg((self.index() + n).min(Reg::NONE.index() - 1) as u16)
    }

    /// Is this the mark for "no register"?
    #[inline(always)]
    pub fn is_none(self) -> bool {
        self == Reg::NONE
    }

    /// Is this a temporary of a function that is not assembled yet?
    pub fn is_temporary(self) -> bool {
        self.0 >= Reg::TEMPORARY && !self.is_none()
    }
}

impl fmt::Debug for Reg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            u16::MAX => write!(f, "-"),
            n if n >= Reg::TEMPORARY => write!(f, "t{}", n - Reg::TEMPORARY),
            n => write!(f, "r{n}"),
        }
    }
}

/// How an instruction uses a register operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Role {
    /// Written.
    Dst,
    /// Read; consumed when it is a temporary.
    Src,
    /// Read or updated in place, kept.
    Reg,
    /// First of consecutive registers.
    Window,
}

impl Op {
    /// Does it call what its window holds?
    pub fn calls(&self) -> bool {
        matches!(
            self,
            Op::Call { .. }
                | Op::CallFromGen { .. }
                | Op::CallMethod { .. }
                | Op::CallMethodFromGen { .. }
                | Op::CallKw { .. }
                | Op::CallMethodKw { .. }
                | Op::CallEx { .. }
        )
    }

    /// Does it try a call with the operands of the `QuickArgs` behind it?
    pub fn tries_call(&self) -> bool {
        matches!(
            self,
            Op::CallQuick1 { .. }
                | Op::CallQuick2 { .. }
                | Op::CallMethodQuick0 { .. }
                | Op::CallMethodQuick1 { .. }
                | Op::CallMethodQuick2 { .. }
        )
    }
}

/// Bits that modify an instruction. The lowest three say which `Src` operands (in table order) are consumed.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u8);

impl Flags {
    /// Nothing set.
    pub const NONE: Flags = Flags(0);
    /// Arithmetic: the augmented form, `x += y`.
    pub const INPLACE: Flags = Flags(0x80);
    /// A temporary read by this instruction is *not* consumed (`and`, `or`, chained comparison).
    pub const KEEP: Flags = Flags(0x40);
    /// `YieldFrom`: this is an `await`.
    pub const AWAIT: Flags = Flags(0x20);
    /// `GetAwaitable`: what `__aenter__` gave.
    pub const ENTERS: Flags = Flags(0x80);
    /// `GetAwaitable`: what `__aexit__` gave.
    pub const EXITS: Flags = Flags(0x40);
    /// `MakeFunction`: a tuple of positional defaults is given.
    pub const DEFAULTS: Flags = Flags(0x80);
    /// `MakeFunction`: a dict of keyword defaults is given.
    pub const KW_DEFAULTS: Flags = Flags(0x40);
    /// `MakeFunction`: the function that computes the annotations is given.
    pub const ANNOTATE: Flags = Flags(0x20);
    /// `CallEx`: a dict of keyword arguments is given.
    pub const KEYWORDS: Flags = Flags(0x80);
    /// `FormatValue`: `!s`.
    pub const STR: Flags = Flags(0x10);
    /// `FormatValue`: `!r`.
    pub const REPR: Flags = Flags(0x20);
    /// `FormatValue`: `!a`.
    pub const ASCII: Flags = Flags(0x30);
    /// `Reraise`: the exception left a handler unfinished, or a `with`: the body stands where it left that.
    pub const UNFINISHED: Flags = Flags(0x80);
    /// `FormatValue`: the result is a part of a `BuildString`, which takes an inline int as it is and writes its digits itself.
    pub const PART: Flags = Flags(0x80);

    /// `ForIter`: the registers of its body are those of a generator.
    pub const SUSPENDS: Flags = Flags(0x80);

    /// `Nop`: control comes to a line.
    pub const LINE: Flags = Flags(0x80);
    /// `Nop`: the instruction behind it is to be counted.
    pub const INSTRUCTION: Flags = Flags(0x40);
    /// `Nop`: the instruction behind it calls, or the one before it has.
    pub const CALLS: Flags = Flags(0x20);

    /// Is every bit of `other` set?
    #[inline(always)]
    pub fn has(self, other: Flags) -> bool {
        self.0 & other.0 == other.0
    }

    /// Is source operand `n` consumed?
    #[inline(always)]
    pub fn takes(self, n: u8) -> bool {
        self.0 & (1 << n) != 0
    }

    /// Both sets of bits.
    pub const fn with(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }
}

impl fmt::Debug for Flags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:#04x}", self.0)
    }
}

/// Things an instruction loads by number rather than by name, because a program cannot rebind them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u16)]
pub enum Common {
    AssertionError,
    NotImplementedError,
    /// `builtins.__build_class__`
    BuildClass,
    /// The empty tuple's type and friends are ordinary names; `StopAsyncIteration` is needed by `async for`.
    StopAsyncIteration,
}

macro_rules! role {
    (Dst, $at:expr, $visit:ident) => {
        $visit(Role::Dst, $at)
    };
    (Src, $at:expr, $visit:ident) => {
        $visit(Role::Src, $at)
    };
    (Reg, $at:expr, $visit:ident) => {
        $visit(Role::Reg, $at)
    };
    (Window, $at:expr, $visit:ident) => {
        $visit(Role::Window, $at)
    };
    ($other:ident, $at:expr, $visit:ident) => {{
        let _ = $at;
    }};
}

macro_rules! field_type {
    (Dst) => {
        Reg
    };
    (Src) => {
        Reg
    };
    (Reg) => {
        Reg
    };
    (Window) => {
        Reg
    };
    (Const) => {
        u16
    };
    (Site) => {
        u16
    };
    (Index) => {
        u16
    };
    (Count) => {
        u16
    };
    (Imm) => {
        i16
    };
    (Label) => {
        i16
    };
    (FarLabel) => {
        i32
    };
    (Argc) => {
        u8
    };
    ($other:ident) => {
        $other
    };
}

macro_rules! show {
    (Const, $f:ident, $code:ident, $name:ident, $v:expr) => {
        write!($f, " {}={}", stringify!($name), $code.constant_text(*$v))
    };
    (Site, $f:ident, $code:ident, $name:ident, $v:expr) => {
        write!($f, " {}={}", stringify!($name), $code.site_name(*$v))
    };
    (Label, $f:ident, $code:ident, $name:ident, $v:expr) => {
        write!($f, " {}={{{}}}", stringify!($name), *$v as i32)
    };
    (FarLabel, $f:ident, $code:ident, $name:ident, $v:expr) => {
        write!($f, " {}={{{}}}", stringify!($name), *$v)
    };
    ($other:ident, $f:ident, $code:ident, $name:ident, $v:expr) => {
        write!($f, " {}={:?}", stringify!($name), $v)
    };
}

macro_rules! instructions {
    ($( $(#[doc = $doc:literal])+ $name:ident { $( $field:ident : $role:ident ),* $(,)? } )*) => {
        /// One instruction: eight bytes, read in place by the run loop.
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[repr(u8)]
        pub enum Op {
            $( $(#[doc = $doc])+ $name { flags: Flags, $( $field: field_type!($role) ),* }, )*
        }

        impl Op {
            /// The name in the table.
            pub fn name(&self) -> &'static str {
                match self { $( Op::$name { .. } => stringify!($name), )* }
            }

            /// Every name with its explanation, in table order: the source of `docs/OPCODES.md`.
            pub const TABLE: &'static [(&'static str, &'static str)] =
                &[ $( (stringify!($name), concat!($( $doc, "\n" ),+)), )* ];

            /// The modifying bits.
            pub fn flags_mut(&mut self) -> &mut Flags {
                match self { $( Op::$name { flags, .. } => flags, )* }
            }

            /// Visit every register operand, in table order.
            #[allow(unused_variables)]
            pub fn registers_mut(&mut self, visit: &mut dyn FnMut(Role, &mut Reg)) {
                match self { $( Op::$name { flags, $( $field ),* } => { $( role!($role, $field, visit); )* } )* }
            }

            /// The operands in print; jump distances stand as `{n}`, resolved by the disassembler.
            #[allow(unused_variables)]
            pub(super) fn write_operands(&self, f: &mut String, code: &super::Code) -> fmt::Result {
                use fmt::Write;
                match self { $( Op::$name { flags, $( $field ),* } => { $( show!($role, f, code, $field, $field)?; )* } )* }
                Ok(())
            }
        }
    };
}

instructions! {
    /// Do nothing; but who follows the code is told that control is here. Only code that is followed has any.
    Nop {}
    /// `dst = src`
    Move { dst: Dst, src: Src }
    /// `dst = constant`
    LoadConst { dst: Dst, value: Const }
    /// `dst = value`, a small integer.
    LoadInt { dst: Dst, value: Imm }
    /// `dst = None`
    LoadNone { dst: Dst }
    /// `dst = True`
    LoadTrue { dst: Dst }
    /// `dst = False`
    LoadFalse { dst: Dst }
    /// Leave `reg` without a value, dropping what it held. Used at entry for locals that may be read before they are
    /// assigned, and for iterators and saved values that die on a `break` or `return`.
    Unbind { reg: Reg }
    /// Raise `UnboundLocalError` if `reg` has no value.
    CheckBound { reg: Reg }
    /// `del local`: raise `UnboundLocalError` if it has no value, else leave it without one.
    DelLocal { reg: Reg }

    /// Wrap what `reg` holds (its parameter, or nothing) into a new cell. `fresh` 1: start without a value.
    MakeCell { reg: Reg, fresh: Count }
    /// `dst = ` content of the cell in `cell`; `UnboundLocalError` when empty.
    LoadCell { dst: Dst, cell: Reg }
    /// Content of the cell in `cell` `= src`
    StoreCell { cell: Reg, src: Src }
    /// Empty the cell in `cell`.
    DelCell { cell: Reg }
    /// `dst = ` content of free variable `index` of the running function; `NameError` when empty.
    LoadFree { dst: Dst, index: Index }
    /// Content of free variable `index` `= src`
    StoreFree { index: Index, src: Src }
    /// Empty free variable `index`.
    DelFree { index: Index }
    /// `dst =` the cell itself of free variable `index` (a class body hands on `__class__` this way).
    LoadFreeCell { dst: Dst, index: Index }

    /// `dst = ` global or builtin of that name.
    LoadGlobal { dst: Dst, name: Site }
    /// Global of that name `= src`
    StoreGlobal { name: Site, src: Src }
    /// `del` of a global.
    DelGlobal { name: Site }
    /// `dst = ` the name in the namespace (register 0 of class bodies and of `exec` code), else global, else builtin.
    LoadName { dst: Dst, name: Const }
    /// `dst = ` the name in the namespace, else the content of free variable `index`.
    LoadNameOrFree { dst: Dst, name: Const, index: Index }
    /// The name in the namespace `= src`
    StoreName { name: Const, src: Src }
    /// `del` of a name in the namespace.
    DelName { name: Const }
    /// `dst = ` something that a program cannot rebind; `which` is a [`Common`].
    LoadCommon { dst: Dst, which: Index }
    /// `dst = ` the prelude's function of that name.
    LoadPrelude { dst: Dst, name: Const }

    /// `dst = left + right`
    Add { dst: Dst, left: Src, right: Src }
    /// `dst = left - right`
    Sub { dst: Dst, left: Src, right: Src }
    /// `dst = left * right`
    Mul { dst: Dst, left: Src, right: Src }
    /// `dst = left @ right`
    MatMul { dst: Dst, left: Src, right: Src }
    /// `dst = left / right`
    Div { dst: Dst, left: Src, right: Src }
    /// `dst = left % right`
    Mod { dst: Dst, left: Src, right: Src }
    /// `dst = left ** right`
    Pow { dst: Dst, left: Src, right: Src }
    /// `dst = left << right`
    LShift { dst: Dst, left: Src, right: Src }
    /// `dst = left >> right`
    RShift { dst: Dst, left: Src, right: Src }
    /// `dst = left | right`
    BitOr { dst: Dst, left: Src, right: Src }
    /// `dst = left ^ right`
    BitXor { dst: Dst, left: Src, right: Src }
    /// `dst = left & right`
    BitAnd { dst: Dst, left: Src, right: Src }
    /// `dst = left // right`
    FloorDiv { dst: Dst, left: Src, right: Src }
    /// `dst = left + value`
    AddI { dst: Dst, left: Src, value: Imm }
    /// `dst = left - value`
    SubI { dst: Dst, left: Src, value: Imm }
    /// `dst = left * value`
    MulI { dst: Dst, left: Src, value: Imm }
    /// `dst = left % value`
    ModI { dst: Dst, left: Src, value: Imm }
    /// `dst = left // value`
    FloorDivI { dst: Dst, left: Src, value: Imm }

    /// `dst = -src`
    Neg { dst: Dst, src: Src }
    /// `dst = +src`
    Pos { dst: Dst, src: Src }
    /// `dst = ~src`
    Invert { dst: Dst, src: Src }
    /// `dst = not src`
    Not { dst: Dst, src: Src }

    /// `dst = left < right`
    Lt { dst: Dst, left: Src, right: Src }
    /// `dst = left <= right`
    Le { dst: Dst, left: Src, right: Src }
    /// `dst = left == right`
    Eq { dst: Dst, left: Src, right: Src }
    /// `dst = left != right`
    Ne { dst: Dst, left: Src, right: Src }
    /// `dst = left > right`
    Gt { dst: Dst, left: Src, right: Src }
    /// `dst = left >= right`
    Ge { dst: Dst, left: Src, right: Src }
    /// `dst = left is right`
    Is { dst: Dst, left: Src, right: Src }
    /// `dst = left is not right`
    IsNot { dst: Dst, left: Src, right: Src }
    /// `dst = left in right`
    In { dst: Dst, left: Src, right: Src }
    /// `dst = left in value`, a constant.
    InC { dst: Dst, left: Src, value: Const }
    /// `dst = left not in value`, a constant.
    NotInC { dst: Dst, left: Src, value: Const }
    /// `dst = left not in right`
    NotIn { dst: Dst, left: Src, right: Src }

    /// Go to `target`.
    Jump { target: FarLabel }
    /// Go to `target` if `cond` is true.
    JumpIf { cond: Src, target: Label }
    /// Go to `target` if `cond` is false.
    JumpIfNot { cond: Src, target: Label }
    /// Go to `target` if `cond` is `None`.
    JumpIfNone { cond: Src, target: Label }
    /// Go to `target` if `cond` is not `None`.
    JumpIfNotNone { cond: Src, target: Label }
    /// Go to `target` if `left is right`.
    JumpIs { left: Src, right: Src, target: Label }
    /// Go to `target` if `left is not right`.
    JumpIsNot { left: Src, right: Src, target: Label }
    /// Go to `target` if `left < right`.
    JumpLt { left: Src, right: Src, target: Label }
    /// Go to `target` unless `left < right`.
    JumpNotLt { left: Src, right: Src, target: Label }
    /// Go to `target` if `left <= right`.
    JumpLe { left: Src, right: Src, target: Label }
    /// Go to `target` unless `left <= right`.
    JumpNotLe { left: Src, right: Src, target: Label }
    /// Go to `target` if `left == right`.
    JumpEq { left: Src, right: Src, target: Label }
    /// Go to `target` unless `left == right`.
    JumpNotEq { left: Src, right: Src, target: Label }
    /// Go to `target` if `left != right`.
    JumpNe { left: Src, right: Src, target: Label }
    /// Go to `target` unless `left != right`.
    JumpNotNe { left: Src, right: Src, target: Label }
    /// Go to `target` if `left > right`.
    JumpGt { left: Src, right: Src, target: Label }
    /// Go to `target` unless `left > right`.
    JumpNotGt { left: Src, right: Src, target: Label }
    /// Go to `target` if `left >= right`.
    JumpGe { left: Src, right: Src, target: Label }
    /// Go to `target` unless `left >= right`.
    JumpNotGe { left: Src, right: Src, target: Label }
    /// Go to `target` if `left == value`, a string.
    JumpEqC { left: Src, value: Const, target: Label }
    /// Go to `target` unless `left == value`, a string.
    JumpNotEqC { left: Src, value: Const, target: Label }
    /// Go to `target` if `left != value`, a string.
    JumpNeC { left: Src, value: Const, target: Label }
    /// Go to `target` unless `left != value`, a string.
    JumpNotNeC { left: Src, value: Const, target: Label }
    /// Go to `target` if `left < value`.
    JumpLtI { left: Src, value: Imm, target: Label }
    /// Go to `target` unless `left < value`.
    JumpNotLtI { left: Src, value: Imm, target: Label }
    /// Go to `target` if `left <= value`.
    JumpLeI { left: Src, value: Imm, target: Label }
    /// Go to `target` unless `left <= value`.
    JumpNotLeI { left: Src, value: Imm, target: Label }
    /// Go to `target` if `left == value`.
    JumpEqI { left: Src, value: Imm, target: Label }
    /// Go to `target` unless `left == value`.
    JumpNotEqI { left: Src, value: Imm, target: Label }
    /// Go to `target` if `left != value`.
    JumpNeI { left: Src, value: Imm, target: Label }
    /// Go to `target` unless `left != value`.
    JumpNotNeI { left: Src, value: Imm, target: Label }
    /// Go to `target` if `left > value`.
    JumpGtI { left: Src, value: Imm, target: Label }
    /// Go to `target` unless `left > value`.
    JumpNotGtI { left: Src, value: Imm, target: Label }
    /// Go to `target` if `left >= value`.
    JumpGeI { left: Src, value: Imm, target: Label }
    /// Go to `target` unless `left >= value`.
    JumpNotGeI { left: Src, value: Imm, target: Label }

    /// `dst = obj.name`
    GetAttr { dst: Dst, obj: Src, name: Site }
    /// `obj.name = value`
    SetAttr { obj: Src, value: Src, name: Site }
    /// `obj.name += value`, where that is a number in the instance and remains one; then control goes to what follows the
    /// `GetAttr`, `AddI` and `SetAttr` that come next, else to these. They have the look-ups `name` and the one after it.
    AddAttrI { obj: Src, value: Imm, name: Site }
    /// The same for `obj.name += value` with a register, before a `GetAttr`, `Add` and `SetAttr`.
    AddAttr { obj: Src, value: Reg, name: Site }
    /// The same for `obj.name -= value` with a register, before a `GetAttr`, `Sub` and `SetAttr`.
    SubAttr { obj: Src, value: Reg, name: Site }
    /// `del obj.name`
    DelAttr { obj: Src, name: Site }
    /// Look `obj.name` up for a call. A function of the class: it goes to `window`, `obj` to `window + 1`. Anything else:
    /// `window` stays without a value and the attribute goes to `window + 1`. `CallMethod` tells the two apart.
    LoadMethod { window: Window, obj: Src, name: Site }
    /// As `LoadMethod`, for a statement, which looks on the type only, never on the instance.
    LoadSpecial { window: Window, obj: Reg, name: Site }
    /// `dst = obj[key]`
    GetItem { dst: Dst, obj: Src, key: Src }
    /// `dst = obj[value]`
    GetItemI { dst: Dst, obj: Src, value: Imm }
    /// `obj[key] = value`
    SetItem { obj: Src, key: Src, value: Src }
    /// `del obj[key]`
    DelItem { obj: Src, key: Src }
    /// `dst = obj[R[window]:R[window+1]:R[window+2]]`
    GetSlice { dst: Dst, obj: Src, window: Window }
    /// `obj[R[window]:R[window+1]:R[window+2]] = value`
    SetSlice { obj: Src, value: Src, window: Window }
    /// `dst = slice(R[window], R[window+1], R[window+2])`
    BuildSlice { dst: Dst, window: Window }

    /// `dst = R[window](R[window+1], ..., R[window+argc])`
    Call { argc: Argc, window: Window, dst: Dst }
    /// As `Call`, in a frame whose registers are on the heap (generators, coroutines).
    CallFromGen { argc: Argc, window: Window, dst: Dst }
    /// Call what `LoadMethod` left in `window` and `window + 1` with the `argc` values from `window + 2` on.
    CallMethod { argc: Argc, window: Window, dst: Dst }
    /// As `CallMethod`, in a frame whose registers are on the heap.
    CallMethodFromGen { argc: Argc, window: Window, dst: Dst }
    /// If the global or builtin `name` is a native whose quick form answers for the first operand of the `QuickArgs` that
    /// follows, `dst` of that is the answer, and control goes to `target`; else to what follows the `QuickArgs`.
    CallQuick1 { name: Site, target: Label }
    /// The same for both operands.
    CallQuick2 { name: Site, target: Label }
    /// The same for the method `name` of `obj`, which is called without arguments.
    CallMethodQuick0 { obj: Src, name: Site, target: Label }
    /// The same, called with the first operand.
    CallMethodQuick1 { obj: Src, name: Site, target: Label }
    /// The same, called with both.
    CallMethodQuick2 { obj: Src, name: Site, target: Label }
    /// The operands of the instruction before, which reads them; never carried out itself.
    QuickArgs { dst: Reg, first: Src, second: Src }
    /// As `Call`; `argc` counts all arguments, the last of them are keyword arguments named by the tuple `names`. The
    /// result goes to `window`.
    CallKw { argc: Argc, window: Window, names: Const }
    /// As `CallMethod`; `argc` counts all arguments but the receiver, the last of them named by the tuple `names`. The
    /// result goes to `window`.
    CallMethodKw { argc: Argc, window: Window, names: Const }
    /// `dst = R[window](*R[window+1], **R[window+2])`: a tuple or list, and with `KEYWORDS` a dict.
    CallEx { window: Window, dst: Dst }
    /// Leave this frame with `src`; nothing is left in registers from `end` on.
    Return { src: Reg, end: Window }
    /// Leave this frame with `None`.
    ReturnNone { end: Window }

    /// `dst = ` a function of the code constant `code`, closed over what `code.captures` names. With `DEFAULTS`,
    /// `KW_DEFAULTS`, `ANNOTATE` these stand in consecutive registers from `window`, in this order, only those given.
    MakeFunction { dst: Dst, code: Const, window: Window }

    /// `dst = (R[window], ..., )`, `count` values.
    BuildTuple { dst: Dst, window: Window, count: Count }
    /// `dst = [R[window], ...]`, `count` values.
    BuildList { dst: Dst, window: Window, count: Count }
    /// `dst = {R[window], ...}`, `count` values.
    BuildSet { dst: Dst, window: Window, count: Count }
    /// `dst = {R[window]: R[window+1], ...}`, `count` pairs.
    BuildMap { dst: Dst, window: Window, count: Count }
    /// `dst = ` the strings from `window` on, `count` of them, joined.
    BuildString { dst: Dst, window: Window, count: Count }
    /// `list.append(value)`, in comprehensions and displays.
    ListAppend { list: Reg, value: Src }
    /// `list.extend(iterable)`, in displays and calls with `*`.
    ListExtend { list: Reg, iterable: Src }
    /// `set.add(value)`
    SetAdd { set: Reg, value: Src }
    /// `set.update(iterable)`
    SetUpdate { set: Reg, iterable: Src }
    /// `dict[key] = value`, in comprehensions and displays.
    MapAdd { dict: Reg, key: Src, value: Src }
    /// `dict.update(mapping)`, for `**` in a display.
    DictUpdate { dict: Reg, mapping: Src }
    /// `dict.update(mapping)` for `**` in a call of `R[callee]`: a repeated key is a `TypeError`.
    DictMerge { dict: Reg, mapping: Src, callee: Reg }
    /// `dst = tuple(list)`
    ListToTuple { dst: Dst, list: Src }
    /// `R[window], ... = src`: exactly `count` values. The window may be locals or temporaries; all are written.
    UnpackSequence { src: Src, window: Window, count: Count }
    /// `R[window], ..., *rest, ... = src`: `before` values, the list of the middle ones, `after` values.
    UnpackEx { before: Argc, after: Argc, src: Src, window: Window }

    /// `dst = iter(src)`
    GetIter { dst: Dst, src: Src }
    /// The bottom of a `for`: an item goes to `dst` and control to `target` (the loop's top); at the end `iter` is
    /// dropped and control falls through.
    ForIter { dst: Dst, iter: Reg, target: Label }
    /// Suspend, handing `value` to whoever resumed this frame. Nobody wants what is sent on resumption: there is no `dst`.
    Yield { dst: Dst, value: Src }
    /// The same, and what is sent lands in `dst`.
    YieldInto { dst: Dst, value: Src }
    /// In an async generator: suspend, handing out `value` as the item of the iteration.
    AsyncYield { dst: Dst, value: Src }
    /// `dst = ` the iterator that `yield from src` drives: `src` itself if it is a generator (or a coroutine where this
    /// frame may delegate to one), else `iter(src)`.
    GetYieldFromIter { dst: Dst, src: Src }
    /// `dst = ` the iterator that `await src` drives.
    GetAwaitable { dst: Dst, src: Src }
    /// Delegate to `iter` until it ends: what it yields goes out, what is sent or thrown in goes to it. Then drop `iter`;
    /// `dst = ` its return value.
    YieldFrom { dst: Dst, iter: Reg }
    /// `dst = aiter(src)`, for `async for`.
    GetAIter { dst: Dst, src: Src }
    /// `dst = ` the awaitable of `anext(iter)`, ready for `YieldFrom`.
    GetANext { dst: Dst, iter: Reg }

    /// `raise exc`
    Raise { exc: Src }
    /// `raise exc from cause`
    RaiseFrom { exc: Src, cause: Src }
    /// `raise` alone: the exception being handled, again.
    RaiseCurrent {}
    /// Go on raising `exc` after a handler declined it or a `finally` ran: context and traceback stay as they are.
    Reraise { exc: Reg }
    /// Entry of a handler: `saved = ` the exception handled so far; `exc` is the one handled now.
    PushExc { saved: Dst, exc: Reg }
    /// End of a handler: the exception handled is again what `saved` says; `saved` is consumed. `raised` is what goes on from
    /// here, if an exception does.
    PopExc { saved: Reg, raised: Reg }
    /// Before suspending inside a handler: `kept = ` the exception handled now; the one handled is `outer` again (the
    /// `saved` of this frame's outermost active handler).
    ExcSwapOut { kept: Dst, outer: Reg }
    /// After resuming inside a handler: the reverse. `outer = ` the resumer's, the one handled is `kept`, consumed; nothing
    /// if nothing is kept. It stands behind every delegation inside a handler, which swaps out as it suspends.
    ExcSwapIn { kept: Reg, outer: Dst }
    /// Target of a handler that covers just one suspension inside a handler: an exception thrown in. As `ExcSwapIn` and, if
    /// something was kept, with the exception handled as context of `exc`; then raise `exc`.
    ExcSwapInRaise { kept: Reg, outer: Dst, exc: Reg }
    /// Go to `target` unless `exc` matches `type`, a class or tuple of classes. `exc` stays.
    JumpIfNotMatch { exc: Reg, type_: Src, target: Label }
    /// `dst = ` the traceback of exception `exc`, for `__exit__`.
    LoadTraceback { dst: Dst, exc: Reg }
    /// `dst = type(src)`; `src` stays.
    LoadType { dst: Dst, src: Reg }
    /// End of `async for`: drop everything if `exc` is a `StopAsyncIteration`, else raise it on.
    EndAsyncFor { exc: Reg }

    /// `dst = format(src, spec)`, after `!s`, `!r` or `!a` if the flags say so. `spec` may be absent.
    FormatValue { dst: Dst, src: Src, spec: Src }
    /// `dst = __import__(name, globals, locals, R[window] (fromlist or None), R[window+1] (level))`
    ImportName { dst: Dst, name: Const, window: Window }
    /// `dst = module.name`, or the submodule of that name; `module` stays.
    ImportFrom { dst: Dst, module: Reg, name: Const }
    /// `from module import *` into the namespace of this frame.
    ImportStar { module: Src }
    /// Show the value of an expression statement typed at the prompt.
    PrintExpr { src: Src }
    /// `dst = ` is it a sequence, in the sense of `case [...]`? `src` stays.
    MatchSequence { dst: Dst, src: Reg }
    /// `dst = ` is it a mapping, in the sense of `case {...}`? `src` stays.
    MatchMapping { dst: Dst, src: Reg }
    /// `dst = len(src)`; `src` stays.
    GetLen { dst: Dst, src: Reg }
}

const _: () = assert!(size_of::<Op>() == 8, "an instruction is read on every step");
