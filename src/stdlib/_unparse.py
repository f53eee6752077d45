"""`ast.unparse`: the text of a tree."""

from enum import IntEnum

_OPERATORS = {"Add": "+", "Sub": "-", "Mult": "*", "MatMult": "@", "Div": "/", "Mod": "%", "LShift": "<<", "RShift": ">>",
              "BitOr": "|", "BitXor": "^", "BitAnd": "&", "FloorDiv": "//", "Pow": "**"}
_COMPARISONS = {"Eq": "==", "NotEq": "!=", "Lt": "<", "LtE": "<=", "Gt": ">", "GtE": ">=", "Is": "is", "IsNot": "is not",
                "In": "in", "NotIn": "not in"}
_UNARY = {"Invert": "~", "Not": "not", "UAdd": "+", "USub": "-"}
# How strongly expressions hold together, weakest first.
_LEVELS = ("NAMED", "TUPLE", "YIELD", "TEST", "OR", "AND", "NOT", "CMP", "BOR", "BXOR", "BAND", "SHIFT", "ARITH", "TERM",
           "FACTOR", "POWER", "AWAIT", "ATOM")
_Level = IntEnum("_Level", _LEVELS)
_BINARY = {"+": "ARITH", "-": "ARITH", "*": "TERM", "@": "TERM", "/": "TERM", "%": "TERM", "<<": "SHIFT", ">>": "SHIFT",
           "|": "BOR", "^": "BXOR", "&": "BAND", "//": "TERM", "**": "POWER"}
_INFINITY = "1e309"


def unparse(node):
    """A text that has this tree."""
    if isinstance(node, list):
        return "\n".join(map(unparse, node))
    writer = _Writer()
    kind = type(node).__name__
    if kind in ("Module", "Interactive"):
        writer.docstring_or_body(node)
    elif kind == "Expression":
        return writer.expr(node.body, _Level.NAMED)
    elif hasattr(writer, "stmt_" + kind):
        writer.stmt(node)
    else:
        return writer.part(node)
    return "\n".join(writer.lines).lstrip("\n")


def _kind(node):
    return type(node).__name__


class _Writer:
    def __init__(self):
        self.lines = []
        self.depth = 0

    # ---- statements

    def line(self, text):
        self.lines.append("    " * self.depth + text)

    def block(self, body):
        self.depth += 1
        for stmt in body:
            self.stmt(stmt)
        self.depth -= 1

    def docstring_or_body(self, node):
        body = node.body
        if body and _kind(body[0]) == "Expr" and _kind(body[0].value) == "Constant" and isinstance(body[0].value.value, str):
            self.docstring(body[0].value.value)
            body = body[1:]
        for stmt in body:
            self.stmt(stmt)

    def docstring(self, text):
        shown, quotes = _quoted(text, ('"""', "'''"))
        first, *rest = f"{quotes}{shown}{quotes}".split("\n")
        self.line(first)
        self.lines += rest

    def definition(self, node):
        self.depth += 1
        self.docstring_or_body(node)
        self.depth -= 1

    def stmt(self, node):
        getattr(self, "stmt_" + _kind(node))(node)

    def stmt_Expr(self, node):
        self.line(self.expr(node.value, _Level.YIELD) if _kind(node.value) not in ("NamedExpr",) else
                  f"({self.expr(node.value, _Level.NAMED)})")

    def stmt_Pass(self, node):
        self.line("pass")

    def stmt_Break(self, node):
        self.line("break")

    def stmt_Continue(self, node):
        self.line("continue")

    def stmt_Return(self, node):
        self.line("return" + (" " + self.expr(node.value) if node.value else ""))

    def stmt_Delete(self, node):
        self.line("del " + ", ".join(self.expr(target) for target in node.targets))

    def stmt_Assign(self, node):
        targets = "".join(self.target(target) + " = " for target in node.targets)
        self.line(targets + self.expr(node.value))

    def target(self, node):
        return self.expr(node, _Level.TUPLE, bare=True)

    def stmt_AugAssign(self, node):
        self.line(f"{self.expr(node.target)} {_OPERATORS[_kind(node.op)]}= {self.expr(node.value)}")

    def stmt_AnnAssign(self, node):
        target = self.expr(node.target)
        if not node.simple and _kind(node.target) == "Name":
            target = f"({target})"
        text = f"{target}: {self.expr(node.annotation)}"
        self.line(text + (f" = {self.expr(node.value)}" if node.value else ""))

    def stmt_TypeAlias(self, node):
        self.line(f"type {self.expr(node.name)}{self.type_params(node)} = {self.expr(node.value)}")

    def stmt_Assert(self, node):
        self.line("assert " + self.expr(node.test) + (", " + self.expr(node.msg) if node.msg else ""))

    def stmt_Raise(self, node):
        text = "raise"
        if node.exc:
            text += " " + self.expr(node.exc)
        if node.cause:
            text += " from " + self.expr(node.cause)
        self.line(text)

    def stmt_Global(self, node):
        self.line("global " + ", ".join(node.names))

    def stmt_Nonlocal(self, node):
        self.line("nonlocal " + ", ".join(node.names))

    def stmt_Import(self, node):
        self.line("import " + ", ".join(map(self.part, node.names)))

    def stmt_ImportFrom(self, node):
        self.line(f"from {'.' * (node.level or 0)}{node.module or ''} import " + ", ".join(map(self.part, node.names)))

    def stmt_If(self, node):
        word = "if"
        while True:
            self.line(f"{word} {self.expr(node.test)}:")
            self.block(node.body)
            if len(node.orelse) != 1 or _kind(node.orelse[0]) != "If":
                break
            word, node = "elif", node.orelse[0]
        self.orelse(node.orelse)

    def orelse(self, body, word="else"):
        if body:
            self.line(word + ":")
            self.block(body)

    def stmt_While(self, node):
        self.line(f"while {self.expr(node.test)}:")
        self.block(node.body)
        self.orelse(node.orelse)

    def stmt_For(self, node, word="for"):
        self.line(f"{word} {self.target(node.target)} in {self.expr(node.iter)}:")
        self.block(node.body)
        self.orelse(node.orelse)

    def stmt_AsyncFor(self, node):
        self.stmt_For(node, "async for")

    def stmt_With(self, node, word="with"):
        self.line(f"{word} {', '.join(map(self.part, node.items))}:")
        self.block(node.body)

    def stmt_AsyncWith(self, node):
        self.stmt_With(node, "async with")

    def stmt_Try(self, node, word="except"):
        self.line("try:")
        self.block(node.body)
        for handler in node.handlers:
            text = word
            if handler.type:
                text += " " + self.expr(handler.type)
            if handler.name:
                text += " as " + handler.name
            self.line(text + ":")
            self.block(handler.body)
        self.orelse(node.orelse)
        self.orelse(node.finalbody, "finally")

    def stmt_TryStar(self, node):
        self.stmt_Try(node, "except*")

    def decorators(self, node):
        # Definitions stand apart.
        self.lines.append("")
        for decorator in node.decorator_list:
            self.line("@" + self.expr(decorator))

    def stmt_FunctionDef(self, node, word="def"):
        self.decorators(node)
        returns = f" -> {self.expr(node.returns)}" if node.returns else ""
        self.line(f"{word} {node.name}{self.type_params(node)}({self.part(node.args)}){returns}:")
        self.definition(node)

    def stmt_AsyncFunctionDef(self, node):
        self.stmt_FunctionDef(node, "async def")

    def stmt_ClassDef(self, node):
        self.decorators(node)
        args = [*map(self.expr, node.bases), *map(self.part, node.keywords)]
        self.line(f"class {node.name}{self.type_params(node)}{'(' + ', '.join(args) + ')' if args else ''}:")
        self.definition(node)

    def type_params(self, node):
        params = getattr(node, "type_params", None)
        return f"[{', '.join(map(self.part, params))}]" if params else ""

    def stmt_Match(self, node):
        self.line(f"match {self.expr(node.subject, _Level.TUPLE, bare=True)}:")
        self.depth += 1
        for case in node.cases:
            guard = f" if {self.expr(case.guard, _Level.NAMED)}" if case.guard else ""
            self.line(f"case {self.pattern(case.pattern)}{guard}:")
            self.block(case.body)
        self.depth -= 1

    # ---- patterns

    def pattern(self, node, level=_Level.TEST):
        kind = _kind(node)
        if kind == "MatchValue":
            return self.expr(node.value)
        if kind == "MatchSingleton":
            return repr(node.value)
        if kind == "MatchSequence":
            return f"[{', '.join(map(self.pattern, node.patterns))}]"
        if kind == "MatchStar":
            return "*" + (node.name or "_")
        if kind == "MatchMapping":
            parts = [f"{self.expr(key)}: {self.pattern(value)}" for key, value in zip(node.keys, node.patterns)]
            if node.rest:
                parts.append("**" + node.rest)
            return "{" + ", ".join(parts) + "}"
        if kind == "MatchClass":
            parts = [*map(self.pattern, node.patterns)]
            parts += [f"{name}={self.pattern(value)}" for name, value in zip(node.kwd_attrs, node.kwd_patterns)]
            return f"{self.expr(node.cls)}({', '.join(parts)})"
        if kind == "MatchAs":
            if node.pattern is None:
                return node.name or "_"
            text = f"{self.pattern(node.pattern, _Level.BOR)} as {node.name}"
            return f"({text})" if level > _Level.TEST else text
        text = " | ".join(self.pattern(each, _Level(_Level.BOR + 1)) for each in node.patterns)
        return f"({text})" if level > _Level.BOR else text

    # ---- parts that are neither statements nor expressions

    def part(self, node):
        kind = _kind(node)
        if kind == "alias":
            return node.name + (f" as {node.asname}" if node.asname else "")
        if kind == "keyword":
            return f"**{self.expr(node.value)}" if node.arg is None else f"{node.arg}={self.expr(node.value)}"
        if kind == "withitem":
            text = self.expr(node.context_expr)
            return text + (f" as {self.expr(node.optional_vars)}" if node.optional_vars else "")
        if kind == "arg":
            return node.arg + (f": {self.expr(node.annotation)}" if node.annotation else "")
        if kind == "arguments":
            return self.arguments(node)
        if kind == "comprehension":
            return self.comprehension(node)
        if kind == "TypeVar":
            text = node.name + (f": {self.expr(node.bound)}" if node.bound else "")
            return text + (f" = {self.expr(node.default_value)}" if node.default_value else "")
        if kind in ("ParamSpec", "TypeVarTuple"):
            text = ("**" if kind == "ParamSpec" else "*") + node.name
            return text + (f" = {self.expr(node.default_value)}" if node.default_value else "")
        if kind.startswith("Match"):
            return self.pattern(node)
        if kind in _OPERATORS:
            return ""
        return self.expr(node, _Level.NAMED)

    def arguments(self, node):
        parts = []
        plain = [*node.posonlyargs, *node.args]
        defaults = [None] * (len(plain) - len(node.defaults)) + node.defaults
        for number, (arg, default) in enumerate(zip(plain, defaults), 1):
            parts.append(self.part(arg) + (f"={self.expr(default)}" if default else ""))
            if number == len(node.posonlyargs):
                parts.append("/")
        if node.vararg:
            parts.append("*" + self.part(node.vararg))
        elif node.kwonlyargs:
            parts.append("*")
        for arg, default in zip(node.kwonlyargs, node.kw_defaults):
            parts.append(self.part(arg) + (f"={self.expr(default)}" if default else ""))
        if node.kwarg:
            parts.append("**" + self.part(node.kwarg))
        return ", ".join(parts)

    def comprehension(self, node):
        text = f"{'async for' if node.is_async else 'for'} {self.target(node.target)} in {self.expr(node.iter, _Level.OR)}"
        return text + "".join(f" if {self.expr(test, _Level.OR)}" for test in node.ifs)

    # ---- expressions

    def expr(self, node, level=_Level.TEST, bare=False):
        """The text of an expression, in parentheses where it would not hold together otherwise."""
        kind = _kind(node)
        if kind == "Tuple":
            return self.tuple(node, bare)
        own, text = getattr(self, "expr_" + kind)(node)
        return f"({text})" if own < level else text

    def tuple(self, node, bare):
        text = ", ".join(self.expr(item) for item in node.elts)
        if len(node.elts) == 1:
            text += ","
        return text if bare and node.elts else f"({text})"

    def expr_Name(self, node):
        return _Level.ATOM, node.id

    def expr_Constant(self, node):
        value = node.value
        if value is ...:
            return _Level.ATOM, "..."
        if isinstance(value, tuple):
            inside = ", ".join(self.constant(item) for item in value)
            return _Level.ATOM, f"({inside}{',' if len(value) == 1 else ''})"
        if getattr(node, "kind", None) == "u":
            return _Level.ATOM, "u" + repr(value)
        return _Level.ATOM, self.constant(value)

    def constant(self, value):
        if isinstance(value, (float, complex)):
            return repr(value).replace("inf", _INFINITY).replace("nan", f"({_INFINITY}-{_INFINITY})")
        return repr(value)

    def expr_NamedExpr(self, node):
        return _Level.NAMED, f"{self.expr(node.target)} := {self.expr(node.value)}"

    def expr_Yield(self, node):
        return _Level.YIELD, "yield" + (" " + self.expr(node.value) if node.value else "")

    def expr_YieldFrom(self, node):
        return _Level.YIELD, f"yield from {self.expr(node.value)}"

    def expr_Await(self, node):
        return _Level.AWAIT, f"await {self.expr(node.value, _Level.ATOM)}"

    def expr_Lambda(self, node):
        args = self.part(node.args)
        return _Level.TEST, f"lambda{' ' + args if args else ''}: {self.expr(node.body)}"

    def expr_IfExp(self, node):
        above = _Level(_Level.TEST + 1)
        return _Level.TEST, (f"{self.expr(node.body, above)} if {self.expr(node.test, above)} else "
                             f"{self.expr(node.orelse, _Level.TEST)}")

    def expr_BoolOp(self, node):
        own = _Level.AND if _kind(node.op) == "And" else _Level.OR
        word = " and " if own == _Level.AND else " or "
        return own, word.join(self.expr(value, _Level(own + 1)) for value in node.values)

    def expr_UnaryOp(self, node):
        sign = _UNARY[_kind(node.op)]
        own = _Level.NOT if sign == "not" else _Level.FACTOR
        return own, sign + (" " if sign == "not" else "") + self.expr(node.operand, own)

    def expr_BinOp(self, node):
        sign = _OPERATORS[_kind(node.op)]
        own = _Level[_BINARY[sign]]
        above = _Level(own + 1)
        if sign == "**":
            return own, f"{self.expr(node.left, above)} ** {self.expr(node.right, own)}"
        return own, f"{self.expr(node.left, own)} {sign} {self.expr(node.right, above)}"

    def expr_Compare(self, node):
        above = _Level(_Level.CMP + 1)
        parts = [self.expr(node.left, above)]
        for op, right in zip(node.ops, node.comparators):
            parts.append(f"{_COMPARISONS[_kind(op)]} {self.expr(right, above)}")
        return _Level.CMP, " ".join(parts)

    def expr_Call(self, node):
        func = self.expr(node.func, _Level.ATOM)
        args = [*(self.expr(arg) for arg in node.args), *map(self.part, node.keywords)]
        return _Level.ATOM, f"{func}({', '.join(args)})"

    def expr_Attribute(self, node):
        value = self.expr(node.value, _Level.ATOM)
        if _kind(node.value) == "Constant" and type(node.value.value) is int:
            value += " "
        return _Level.ATOM, f"{value}.{node.attr}"

    def expr_Subscript(self, node):
        inside = node.slice
        if _kind(inside) == "Tuple" and inside.elts:
            text = self.tuple(inside, True)
        else:
            text = self.expr(inside, _Level.NAMED)
        return _Level.ATOM, f"{self.expr(node.value, _Level.ATOM)}[{text}]"

    def expr_Slice(self, node):
        text = (self.expr(node.lower) if node.lower else "") + ":" + (self.expr(node.upper) if node.upper else "")
        return _Level.ATOM, text + (":" + self.expr(node.step) if node.step else "")

    def expr_Starred(self, node):
        return _Level.ATOM, "*" + self.expr(node.value, _Level.BOR)

    def expr_List(self, node):
        return _Level.ATOM, f"[{', '.join(self.expr(item) for item in node.elts)}]"

    def expr_Set(self, node):
        return _Level.ATOM, "{" + ", ".join(self.expr(item) for item in node.elts) + "}" if node.elts else "{*()}"

    def expr_Dict(self, node):
        parts = [f"{self.expr(key)}: {self.expr(value)}" if key is not None else f"**{self.expr(value, _Level.BOR)}"
                 for key, value in zip(node.keys, node.values)]
        return _Level.ATOM, "{" + ", ".join(parts) + "}"

    def comprehended(self, start, node, end, element):
        return _Level.ATOM, f"{start}{element} {' '.join(map(self.comprehension, node.generators))}{end}"

    def expr_ListComp(self, node):
        return self.comprehended("[", node, "]", self.expr(node.elt))

    def expr_SetComp(self, node):
        return self.comprehended("{", node, "}", self.expr(node.elt))

    def expr_GeneratorExp(self, node):
        return self.comprehended("(", node, ")", self.expr(node.elt))

    def expr_DictComp(self, node):
        return self.comprehended("{", node, "}", f"{self.expr(node.key)}: {self.expr(node.value)}")

    # ---- f-strings and t-strings

    def expr_JoinedStr(self, node, letter="f"):
        parts = []
        for value in node.values:
            parts.extend(self.string_part(value))
        quotes = _fitting(parts)
        out = []
        for text, is_code in parts:
            if is_code:
                out.append(text)
            else:
                out.append(_escaped(text, quotes).replace("{", "{{").replace("}", "}}"))
        return _Level.ATOM, letter + quotes + "".join(out) + quotes

    def expr_TemplateStr(self, node):
        return self.expr_JoinedStr(node, "t")

    def string_part(self, node):
        """The texts of a part, and whether each is code."""
        kind = _kind(node)
        if kind == "Constant":
            return [(node.value, False)]
        if kind == "JoinedStr":
            return [part for value in node.values for part in self.string_part(value)]
        inner = node.str if kind == "Interpolation" else self.expr(node.value, _Level(_Level.TEST + 1))
        if inner.startswith("{"):
            inner = " " + inner
        text = "{" + inner
        if node.conversion != -1:
            text += "!" + chr(node.conversion)
        if node.format_spec is not None:
            spec = "".join(part if is_code else part.replace("{", "{{").replace("}", "}}")
                           for part, is_code in self.string_part(node.format_spec))
            text += ":" + spec
        return [(text + "}", True)]

    def expr_FormattedValue(self, node):
        parts = self.string_part(node)
        quotes = _fitting(parts)
        return _Level.ATOM, "f" + quotes + parts[0][0] + quotes

    def expr_Interpolation(self, node):
        parts = self.string_part(node)
        quotes = _fitting(parts)
        return _Level.ATOM, "t" + quotes + parts[0][0] + quotes


def _fitting(parts):
    """Quotes that none of the parts holds, if there are such."""
    whole = "".join(text for text, _ in parts)
    several = any("\n" in text for text, is_code in parts if not is_code)
    for quotes in ("'''", '"""') if several else ("'", '"', '"""', "'''"):
        if quotes not in whole and not whole.endswith(quotes[0]):
            return quotes
    return "'"


def _escaped(text, quotes):
    out = []
    for c in text:
        if c == "\\":
            out.append("\\\\")
        elif c == "\n" and len(quotes) == 3:
            out.append(c)
        elif c == quotes and len(quotes) == 1:
            out.append("\\" + c)
        elif c.isprintable():
            out.append(c)
        else:
            out.append(c.encode("unicode_escape", "surrogatepass").decode() if not "\ud800" <= c <= "\udfff" else ascii(c)[1:-1])
    return "".join(out)


def _quoted(text, kinds):
    """A docstring, and the quotes around it."""
    shown = "".join(c if c == "\n" or c == "\t" or c.isprintable() and c != "\\" else c.encode("unicode_escape").decode()
                    for c in text)
    for quotes in kinds:
        if quotes not in shown:
            break
    else:
        quotes = kinds[0]
        shown = shown.replace('"', '\\"')
    if shown.endswith(quotes[0]):
        shown = shown[:-1] + "\\" + quotes[0]
    return shown, quotes
