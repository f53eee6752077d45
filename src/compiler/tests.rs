//! Disassemblies, one construct each.

use super::{CompileError, ErrorKind, Target, compile, compile_within};
use crate::bytecode::disassemble;
use crate::source::Source;
use crate::syntax::{Mode, parse};

/// What the function `f` of `text` compiles to, instructions only.
fn code_of(text: &str) -> String {
    let source = Source::new("test.py", text);
    let module = parse(&source, Mode::Exec).expect("the test program parses");
    let code = compile(&module, &source, Target::Module).expect("the test program compiles");
    let all = disassemble(&code);
    let block = all.split("\n\n").find(|block| block.starts_with("f (")).unwrap_or(&all);
    let lines = block.trim_end().lines().map(|line| line.get(6..).unwrap_or(line).trim_end());
    lines.skip(1).collect::<Vec<_>>().join("\n")
}

fn error_of(text: &str) -> CompileError {
    let source = Source::new("test.py", text);
    let module = parse(&source, Mode::Exec).expect("the test program parses");
    compile(&module, &source, Target::Module).err().unwrap_or_else(|| panic!("this is malformed: {text}"))
}

#[test]
fn arithmetic_works_on_locals_in_place() {
    insta::assert_snapshot!(code_of("def f(a, b):\n    c = a + b * 2\n    return c - 1.5\n"), @r"
    0  MulI               dst=r3 left=r1 value=2
    1  Add                dst=r2 left=r0 right=r3
    2  LoadConst          dst=r3 value=1.5
    3  Sub                dst=r3 left=r2 right=r3
    4  Return             src=r3 end=r4
    ");
}

#[test]
fn a_while_loop_tests_at_the_bottom() {
    insta::assert_snapshot!(code_of("def f(n):\n    s = 0\n    while n > 0:\n        s += n\n        n -= 1\n    return s\n"), @r"
    0  LoadInt            dst=r1 value=0
    1  Jump               target=@4
    2  Add                dst=r1 left=r1 right=r0
    3  SubI               dst=r0 left=r0 value=1
    4  JumpGtI            left=r0 value=0 target=@2
    5  Return             src=r1 end=r2
    ");
}

#[test]
fn constants_of_a_loop_are_loaded_before_it() {
    insta::assert_snapshot!(code_of("def f(n):\n    while n < 1000000:\n        n = n * 1.5\n"), @r"
    0  LoadConst          dst=r1 value=1.5
    1  LoadConst          dst=r2 value=1000000
    2  Jump               target=@4
    3  Mul                dst=r0 left=r0 right=r1
    4  JumpLt             left=r0 right=r2 target=@3
    5  ReturnNone         end=r3
    ");
}

#[test]
fn a_for_loop_with_break_drops_its_iterator() {
    insta::assert_snapshot!(code_of("def f(xs):\n    for x in xs:\n        if x:\n            break\n"), @r"
    0  GetIter            dst=r2 src=r0
    1  Jump               target=@3
    2  JumpIf             cond=r1 target=@4
    3  ForIter            dst=r1 iter=r2 target=@2
    4  Unbind             reg=r2
    5  ReturnNone         end=r2
    ");
}

#[test]
fn swapping_needs_one_temporary() {
    insta::assert_snapshot!(code_of("def f(a, b):\n    a, b = b, a\n"), @r"
    0  Move               dst=r2 src=r0
    1  Move               dst=r0 src=r1
    2  Move               dst=r1 src=r2
    3  ReturnNone         end=r2
    ");
}

#[test]
fn a_later_assignment_does_not_change_an_earlier_operand() {
    insta::assert_snapshot!(code_of("def f(x):\n    return x + (x := 5)\n"), @r"
    0  Move               dst=r1 src=r0
    1  LoadInt            dst=r0 value=5
    2  Add                dst=r1 left=r1 right=r0
    3  Return             src=r1 end=r2
    ");
}

#[test]
fn what_may_be_answered_in_place_is_tried_first() {
    insta::assert_snapshot!(code_of("def f(d, key):\n    return d.get(key, 0) + len(key)\n"), @r"
     0  LoadInt            dst=r5 value=0
     1  CallMethodQuick2   obj=r0 name=get target=@6
     2  QuickArgs          dst=r2 first=r1 second=r5
     3  LoadMethod         window=r2 obj=r0 name=get
     4  Move               dst=r4 src=r1
     5  CallMethod         argc=2 window=r2 dst=r2
     6  CallQuick1         name=len target=@11
     7  QuickArgs          dst=r3 first=r1 second=-
     8  LoadGlobal         dst=r3 name=len
     9  Move               dst=r4 src=r1
    10  Call               argc=1 window=r3 dst=r3
    11  Add                dst=r2 left=r2 right=r3
    12  Return             src=r2 end=r3
    ");
    // What calls on the way is evaluated after the name is looked up.
    insta::assert_snapshot!(code_of("def f(key):\n    return len(key())\n"), @r"
    0  LoadGlobal         dst=r1 name=len
    1  Move               dst=r2 src=r0
    2  Call               argc=0 window=r2 dst=r2
    3  Call               argc=1 window=r1 dst=r1
    4  Return             src=r1 end=r2
    ");
}

#[test]
fn an_attribute_may_be_updated_in_place() {
    insta::assert_snapshot!(code_of("def f(self, n):\n    self.at += 1\n    self.total -= n\n"), @r"
    0  AddAttrI           obj=r0 value=1 name=at
    1  GetAttr            dst=r2 obj=r0 name=at
    2  AddI               dst=r2 left=r2 value=1
    3  SetAttr            obj=r0 value=r2 name=at
    4  SubAttr            obj=r0 value=r1 name=total
    5  GetAttr            dst=r2 obj=r0 name=total
    6  Sub                dst=r2 left=r2 right=r1
    7  SetAttr            obj=r0 value=r2 name=total
    8  ReturnNone         end=r2
    ");
}

#[test]
fn methods_are_called_in_a_window() {
    insta::assert_snapshot!(code_of("def f(xs, x):\n    xs.extend(x)\n    return xs.pop(key=1)\n"), @r"
    0  LoadMethod         window=r2 obj=r0 name=extend
    1  Move               dst=r4 src=r1
    2  CallMethod         argc=1 window=r2 dst=-
    3  LoadMethod         window=r2 obj=r0 name=pop
    4  LoadInt            dst=r4 value=1
    5  CallMethodKw       argc=1 window=r2 names=('key',)
    6  Return             src=r2 end=r3
    ");
}

#[test]
fn a_name_that_may_be_missing_is_checked_once() {
    insta::assert_snapshot!(code_of("def f(a):\n    if a:\n        b = 1\n    g(b)\n    return b\n"), @r"
    0  JumpIfNot          cond=r0 target=@2
    1  LoadInt            dst=r1 value=1
    2  LoadGlobal         dst=r2 name=g
    3  CheckBound         reg=r1
    4  Move               dst=r3 src=r1
    5  Call               argc=1 window=r2 dst=-
    6  Return             src=r1 end=r2
    ");
}

#[test]
fn finally_is_written_once_for_each_way_out() {
    insta::assert_snapshot!(code_of("def f(a):\n    try:\n        return a()\n    finally:\n        b()\n"), @r"
        0  Move               dst=r1 src=r0
        1  Call               argc=0 window=r1 dst=r1
        2  LoadGlobal         dst=r2 name=b
        3  Call               argc=0 window=r2 dst=-
        4  Return             src=r1 end=r2
        5  PushExc            saved=r2 exc=r1
        6  LoadGlobal         dst=r3 name=b
        7  Call               argc=0 window=r3 dst=-
        8  PopExc             saved=r2 raised=r1
        9  Reraise            exc=r1
       10  PopExc             saved=r2 raised=r3
       11  Reraise            exc=r3
    handler 0..2 -> @5 into r1
    handler 6..8 -> @10 into r3
    ");
}

#[test]
fn except_binds_and_unbinds_its_name() {
    insta::assert_snapshot!(code_of("def f(a):\n    try:\n        a()\n    except E as e:\n        b(e)\n"), @r"
        0  Move               dst=r2 src=r0
        1  Call               argc=0 window=r2 dst=-
        2  ReturnNone         end=r2
        3  PushExc            saved=r3 exc=r2
        4  LoadGlobal         dst=r4 name=E
        5  JumpIfNotMatch     exc=r2 type_=r4 target=@16
        6  Move               dst=r1 src=r2
        7  LoadGlobal         dst=r4 name=b
        8  Move               dst=r5 src=r1
        9  Call               argc=1 window=r4 dst=-
       10  Unbind             reg=r1
       11  PopExc             saved=r3 raised=-
       12  ReturnNone         end=r2
       13  Unbind             reg=r1
       14  PopExc             saved=r3 raised=r4
       15  Reraise            exc=r4
       16  PopExc             saved=r3 raised=r2
       17  Reraise            exc=r2
       18  PopExc             saved=r3 raised=r4
       19  Reraise            exc=r4
       20  ReturnNone         end=r2
    handler 0..2 -> @3 into r2
    handler 7..10 -> @13 into r4
    handler 4..7 -> @18 into r4
    ");
}

#[test]
fn a_yield_inside_a_handler_puts_the_exception_aside() {
    insta::assert_snapshot!(code_of("def f(a):\n    try:\n        a()\n    except:\n        yield 1\n"), @r"
        0  Move               dst=r1 src=r0
        1  CallFromGen        argc=0 window=r1 dst=-
        2  ReturnNone         end=r1
        3  PushExc            saved=r2 exc=r1
        4  Unbind             reg=r1
        5  LoadInt            dst=r3 value=1
        6  ExcSwapOut         kept=r4 outer=r2
        7  Yield              dst=- value=r3
        8  ExcSwapIn          kept=r4 outer=r2
        9  Jump               target=@11
       10  ExcSwapInRaise     kept=r4 outer=r2 exc=r5
       11  PopExc             saved=r2 raised=-
       12  ReturnNone         end=r1
       13  PopExc             saved=r2 raised=r3
       14  Reraise            exc=r3
       15  PopExc             saved=r2 raised=r3
       16  Reraise            exc=r3
       17  ReturnNone         end=r1
    handler 0..2 -> @3 into r1
    handler 7..8 -> @10 into r5
    handler 5..11 -> @13 into r3
    handler 4..5 -> @15 into r3
    ");
}

#[test]
fn with_calls_exit_either_way() {
    insta::assert_snapshot!(code_of("def f(a):\n    with a as b:\n        b()\n"), @r"
        0  LoadSpecial        window=r2 obj=r0 name=__exit__
        1  LoadSpecial        window=r4 obj=r0 name=__enter__
        2  CallMethod         argc=0 window=r4 dst=r4
        3  Move               dst=r1 src=r4
        4  Move               dst=r4 src=r1
        5  Call               argc=0 window=r4 dst=-
        6  LoadNone           dst=r4
        7  LoadNone           dst=r5
        8  LoadNone           dst=r6
        9  CallMethod         argc=3 window=r2 dst=-
       10  ReturnNone         end=r2
       11  PushExc            saved=r5 exc=r4
       12  Move               dst=r6 src=r2
       13  Move               dst=r7 src=r3
       14  LoadType           dst=r8 src=r4
       15  Move               dst=r9 src=r4
       16  LoadTraceback      dst=r10 exc=r4
       17  CallMethod         argc=3 window=r6 dst=r6
       18  JumpIf             cond=r6 target=@21
       19  PopExc             saved=r5 raised=r4
       20  Reraise            exc=r4
       21  Unbind             reg=r4
       22  PopExc             saved=r5 raised=-
       23  Unbind             reg=r3
       24  Unbind             reg=r2
       25  ReturnNone         end=r2
       26  PopExc             saved=r5 raised=r6
       27  Reraise            exc=r6
       28  ReturnNone         end=r2
    handler 3..6 -> @11 into r4
    handler 12..19 -> @26 into r6
    ");
}

#[test]
fn a_comprehension_runs_in_the_frame() {
    insta::assert_snapshot!(code_of("def f(xs):\n    return [x * x for x in xs if x > 1]\n"), @r"
    0  GetIter            dst=r3 src=r0
    1  BuildList          dst=r2 window=r4 count=0
    2  Jump               target=@6
    3  JumpNotGtI         left=r1 value=1 target=@6
    4  Mul                dst=r4 left=r1 right=r1
    5  ListAppend         list=r2 value=r4
    6  ForIter            dst=r1 iter=r3 target=@3
    7  Unbind             reg=r1
    8  Return             src=r2 end=r3
    ");
}

#[test]
fn awaiting_delegates() {
    insta::assert_snapshot!(code_of("async def f(a):\n    return await a\n"), @r"
    0  GetAwaitable       dst=r2 src=r0
    1  YieldFrom          dst=r1 iter=r2
    2  Return             src=r1 end=r2
    ");
}

#[test]
fn names_are_decided_by_scope() {
    let text = "def f(a):\n    b = 1\n    def g():\n        nonlocal b\n        b = a + c\n    class C:\n        d = a\n        def m(self): return __class__\n";
    let source = Source::new("test.py", text);
    let module = parse(&source, Mode::Exec).expect("the test program parses");
    let guard = super::error::StackGuard::new(1 << 20);
    let (scopes, _) =
        super::collect::scopes_of(&module, Target::Module, guard).expect("the test program has good names");
    insta::assert_snapshot!(scopes.print(), @r"
    Module <module>: f=Global
      Function f: a=Cell(r0) b=Cell(r1) g=Local(r2) C=Local(r3)
        Function g: b=Free(1) a=Free(0) c=Global
        Class C: a=NameOrFree(0) d=Name m=Name __class__=Name
          Function m: self=Local(r0) __class__=Free(0)
    ");
}

#[test]
fn errors_are_worded_as_cpython_words_them() {
    // Message, then offsets of first and last column, as CPython 3.14 gives them on one line.
    let cases = [
        ("def f(a):\n global a", "name 'a' is parameter and global", "global a"),
        ("def f():\n x=1\n global x", "name 'x' is assigned to before global declaration", "global x"),
        ("def f():\n x\n global x", "name 'x' is used prior to global declaration", "global x"),
        ("def f():\n nonlocal x", "no binding for nonlocal 'x' found", "nonlocal x"),
        ("nonlocal x", "nonlocal declaration not allowed at module level", "nonlocal x"),
        ("def f(x):\n nonlocal x", "name 'x' is parameter and nonlocal", "nonlocal x"),
        ("def f():\n from a import *", "import * only allowed at module level", "*"),
        ("return 1", "'return' outside function", "return 1"),
        ("class A:\n return", "'return' outside function", "return"),
        ("yield", "'yield' outside function", "yield"),
        ("class A:\n yield 1", "'yield' outside function", "yield 1"),
        ("def f():\n await x", "'await' outside async function", "await x"),
        ("await x", "'await' outside function", "await x"),
        ("async def f():\n yield 1\n return 2", "'return' with value in async generator", "return 2"),
        ("break", "'break' outside loop", "break"),
        ("continue", "'continue' not properly in loop", "continue"),
        ("for x in y:\n def g(): break", "'break' outside loop", "break"),
        (
            "def f():\n [x async for x in y]",
            "asynchronous comprehension outside of an asynchronous function",
            "[x async for x in y]",
        ),
        ("[(yield) for x in y]", "'yield' inside list comprehension", "yield"),
        ("[x:=1 for x in y]", "assignment expression cannot rebind comprehension iteration variable 'x'", "x"),
        (
            "class A:\n [x:=1 for y in z]",
            "assignment expression within a comprehension cannot be used in a class body",
            "x",
        ),
        ("[i for i in (x:=2)]", "assignment expression cannot be used in a comprehension iterable expression", "x:=2"),
        ("*a", "can't use starred expression here", "*a"),
        ("*a,*b=c", "multiple starred expressions in assignment", "*a,*b"),
        ("x=*a", "can't use starred expression here", "*a"),
        ("def f():\n async with x: pass", "'async with' outside async function", "async with x: pass"),
        ("def f():\n async for x in y: pass", "'async for' outside async function", "async for x in y: pass"),
        ("match x:\n case a: pass\n case b: pass", "name capture 'a' makes remaining patterns unreachable", "a"),
        ("match x:\n case _: pass\n case b: pass", "wildcard makes remaining patterns unreachable", "_"),
        ("match x:\n case [a,a]: pass", "multiple assignments to name 'a' in pattern", "a"),
        ("match x:\n case [a]|[b]: pass", "alternative patterns bind different names", "[a]|[b]"),
        ("match x:\n case A(x=1,x=2): pass", "attribute name repeated in class pattern: x", "2"),
        ("match x:\n case {1:a,1:b}: pass", "mapping pattern checks duplicate key (1)", "{1:a,1:b}"),
        ("match x:\n case [*a,*b]: pass", "multiple starred names in sequence pattern", "[*a,*b]"),
        ("def f():\n x:int\n global x", "annotated name 'x' can't be global", "global x"),
        ("def f():\n global x\n x:int", "annotated name 'x' can't be global", "x:int"),
        ("def f():\n global x\n nonlocal x", "name 'x' is nonlocal and global", "global x"),
        ("from __future__ import nope", "future feature nope is not defined", "nope"),
        ("def f(x:(yield)):0", "yield expression cannot be used within an annotation", "yield"),
        ("class A:\n x:(y:=1)", "named expression cannot be used within an annotation", "y:=1"),
        ("type X=(yield)", "yield expression cannot be used within a type alias", "yield"),
        (
            "for x in y:\n try:\n  pass\n except* A:\n  break",
            "'break', 'continue' and 'return' cannot appear in an except* block",
            "break",
        ),
        ("async def f():\n yield from x", "'yield from' inside async function", "yield from x"),
    ];
    for (text, message, place) in cases {
        let error = error_of(text);
        let source = Source::new("test.py", text);
        assert_eq!((error.message.as_str(), source.slice(error.span)), (message, place), "{text}");
        assert_eq!(error.kind, ErrorKind::Syntax);
    }
}

#[test]
fn nesting_too_deep_is_an_error_and_not_an_overflow() {
    let text = format!("x = {}1{}", "[".repeat(150), "]".repeat(150));
    let source = Source::new("test.py", text);
    let module = parse(&source, Mode::Exec).expect("the test program parses");
    let error =
        compile_within(&module, Vec::new(), &source, Target::Module, 8 * 1024).expect_err("8 KiB are not enough");
    assert_eq!(error.kind, ErrorKind::Recursion);
    assert_eq!(error.message, "maximum recursion depth exceeded during compilation");
}

#[test]
fn more_parameters_than_registers_are_an_error() {
    let parameters: Vec<String> = (0..70_000).map(|number| format!("a{number}")).collect();
    let source = Source::new("test.py", format!("def f({}): pass", parameters.join(",")));
    let module = parse(&source, Mode::Exec).expect("the test program parses");
    let error = compile(&module, &source, Target::Module).expect_err("there are not as many registers");
    assert_eq!(error.message, "too many names, constants or operands in one body of code");
}

#[test]
fn long_chains_need_no_stack() {
    let sum = format!("x = 1{}\n", " + a".repeat(20_000));
    let calls = format!("x = a{}\n", ".b()[c].d".repeat(2_000));
    let elifs = format!("if a: pass\n{}", "elif b: pass\n".repeat(900));
    for text in [sum, calls, elifs] {
        let source = Source::new("test.py", text);
        let module = parse(&source, Mode::Exec).expect("the test program parses");
        compile(&module, &source, Target::Module).expect("long is not deep");
        // Dropping the tree is the parser's affair.
        std::mem::forget(module);
    }
}

#[test]
fn far_jumps_go_by_way_of_an_island() {
    let text = format!("def f(a):\n    while a:\n        if b:\n{}", "            a()\n".repeat(20_000));
    let source = Source::new("test.py", text);
    let module = parse(&source, Mode::Exec).expect("the test program parses");
    compile(&module, &source, Target::Module).expect("distances do not limit a program");
}
