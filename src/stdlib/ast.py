"""Programs as trees."""

import re
import sys
from _prelude import _syntax_tree

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000
PyCF_OPTIMIZED_AST = 0x8400

# Each sort of node: its ancestor, and its fields. A field may be lacking (?), be a list (*), or be a node of these classes.
_GRAMMAR = """
mod AST
Module mod body* type_ignores*
Interactive mod body*
Expression mod body
FunctionType mod argtypes* returns
stmt AST
FunctionDef stmt name args body* decorator_list* returns? type_comment? type_params*
AsyncFunctionDef stmt name args body* decorator_list* returns? type_comment? type_params*
ClassDef stmt name bases* keywords* body* decorator_list* type_params*
Return stmt value?
Delete stmt targets*
Assign stmt targets* value type_comment?
TypeAlias stmt name type_params* value
AugAssign stmt target op value
AnnAssign stmt target annotation value? simple
For stmt target iter body* orelse* type_comment?
AsyncFor stmt target iter body* orelse* type_comment?
While stmt test body* orelse*
If stmt test body* orelse*
With stmt items* body* type_comment?
AsyncWith stmt items* body* type_comment?
Match stmt subject cases*
Raise stmt exc? cause?
Try stmt body* handlers* orelse* finalbody*
TryStar stmt body* handlers* orelse* finalbody*
Assert stmt test msg?
Import stmt names*
ImportFrom stmt module? names* level?
Global stmt names*
Nonlocal stmt names*
Expr stmt value
Pass stmt
Break stmt
Continue stmt
expr AST
BoolOp expr op values*
NamedExpr expr target value
BinOp expr left op right
UnaryOp expr op operand
Lambda expr args body
IfExp expr test body orelse
Dict expr keys* values*
Set expr elts*
ListComp expr elt generators*
SetComp expr elt generators*
DictComp expr key value generators*
GeneratorExp expr elt generators*
Await expr value
Yield expr value?
YieldFrom expr value
Compare expr left ops* comparators*
Call expr func args* keywords*
FormattedValue expr value conversion format_spec?
Interpolation expr value str conversion format_spec?
JoinedStr expr values*
TemplateStr expr values*
Constant expr value kind?
Attribute expr value attr ctx
Subscript expr value slice ctx
Starred expr value ctx
Name expr id ctx
List expr elts* ctx
Tuple expr elts* ctx
Slice expr lower? upper? step?
expr_context AST
Load expr_context
Store expr_context
Del expr_context
boolop AST
And boolop
Or boolop
operator AST
Add operator
Sub operator
Mult operator
MatMult operator
Div operator
Mod operator
Pow operator
LShift operator
RShift operator
BitOr operator
BitXor operator
BitAnd operator
FloorDiv operator
unaryop AST
Invert unaryop
Not unaryop
UAdd unaryop
USub unaryop
cmpop AST
Eq cmpop
NotEq cmpop
Lt cmpop
LtE cmpop
Gt cmpop
GtE cmpop
Is cmpop
IsNot cmpop
In cmpop
NotIn cmpop
comprehension AST target iter ifs* is_async
excepthandler AST
ExceptHandler excepthandler type? name? body*
arguments AST posonlyargs* args* vararg? kwonlyargs* kw_defaults* kwarg? defaults*
arg AST arg annotation? type_comment?
keyword AST arg? value
alias AST name asname?
withitem AST context_expr optional_vars?
match_case AST pattern guard? body*
pattern AST
MatchValue pattern value
MatchSingleton pattern value
MatchSequence pattern patterns*
MatchMapping pattern keys* patterns* rest?
MatchClass pattern cls patterns* kwd_attrs* kwd_patterns*
MatchStar pattern name?
MatchAs pattern pattern? name?
MatchOr pattern patterns*
type_ignore AST
TypeIgnore type_ignore lineno tag
type_param AST
TypeVar type_param name bound? default_value?
ParamSpec type_param name default_value?
TypeVarTuple type_param name default_value?
"""

_PLACED = {"stmt", "expr", "excepthandler", "arg", "keyword", "alias", "pattern", "type_param"}
_PLACE = ("lineno", "col_offset", "end_lineno", "end_col_offset")


class AST:
    """A node."""

    _fields = ()
    _attributes = ()
    __match_args__ = ()
    _lists = frozenset()
    _optional = frozenset()

    def __init__(self, *args, **kwargs):
        cls = type(self)
        fields = cls._fields
        if len(args) > len(fields):
            plural = "" if len(fields) == 1 else "s"
            raise TypeError(f"{cls.__name__} constructor takes at most {len(fields)} positional argument{plural}")
        given = set()
        for name, value in zip(fields, args):
            given.add(name)
            setattr(self, name, value)
        for name, value in kwargs.items():
            if name in given:
                raise TypeError(f"{cls.__name__} got multiple values for argument {name!r}")
            if name not in fields and name not in cls._attributes:
                _warn(f"{cls.__name__}.__init__ got an unexpected keyword argument {name!r}. "
                      "Support for arbitrary keyword arguments is deprecated and will be removed in Python 3.15.")
            given.add(name)
            setattr(self, name, value)
        for name in fields:
            if name in given:
                continue
            if name in cls._lists:
                setattr(self, name, [])
            elif name == "ctx":
                self.ctx = _LOAD
            elif name not in cls._optional:
                _warn(f"{cls.__name__}.__init__ missing 1 required positional argument: {name!r}. "
                      "This will become an error in Python 3.15.")

    def __repr__(self):
        return _shown(self, 3)

    def __reduce_ex__(self, protocol):
        return _remade, (type(self), self.__dict__)

    def __replace__(self, /, **changes):
        cls = type(self)
        for name in changes:
            if name not in cls._fields and name not in cls._attributes:
                raise TypeError(f"{cls.__name__}.__replace__ got an unexpected keyword argument {name!r}.")
        made = cls.__new__(cls)
        made.__dict__.update(self.__dict__, **changes)
        return made


def _warn(message):
    import warnings

    warnings.warn(message, DeprecationWarning, stacklevel=3)


def _remade(cls, attributes):
    made = cls.__new__(cls)
    made.__dict__.update(attributes)
    return made


def _shown(value, depth):
    if isinstance(value, AST):
        fields = value._fields
        if depth <= 0:
            return f"{type(value).__name__}(...)"
        shown = ", ".join(f"{name}={_shown(getattr(value, name), depth - 1)}" for name in fields if hasattr(value, name))
        return f"{type(value).__name__}({shown})"
    if isinstance(value, (list, tuple)):
        if len(value) > 2:
            return f"[{_shown(value[0], depth)}, ..., {_shown(value[-1], depth)}]"
        return f"[{', '.join(_shown(item, depth) for item in value)}]"
    return repr(value)


def _make_classes():
    made = {"AST": AST}
    for line in _GRAMMAR.split("\n"):
        if not line:
            continue
        name, base, *fields = line.split()
        names = tuple(field.rstrip("?*") for field in fields)
        attributes = {"_fields": names, "__match_args__": names, "__module__": "ast",
                      "_lists": frozenset(field[:-1] for field in fields if field.endswith("*")),
                      "_optional": frozenset(field[:-1] for field in fields if field.endswith("?"))}
        if name in _PLACED:
            attributes["_attributes"] = _PLACE
            attributes["end_lineno"] = attributes["end_col_offset"] = None
        for field in attributes["_optional"]:
            attributes[field] = None
        made[name] = type(name, (made[base],), attributes)
    return made


_classes = _make_classes()
globals().update(_classes)
_LOAD, _STORE, _DEL = _classes["Load"](), _classes["Store"](), _classes["Del"]()
# Nodes without fields are the same wherever they stand.
_single = {name: cls() for name, cls in _classes.items() if not cls._fields and not cls._attributes and name[0].isupper()
           and name != "AST"}
_single.update(Load=_LOAD, Store=_STORE, Del=_DEL)
_NUMBERS = {("AnnAssign", "simple"), ("ImportFrom", "level"), ("FormattedValue", "conversion"),
            ("Interpolation", "conversion"), ("comprehension", "is_async")}
_WITH_CONTEXT = {"Attribute", "Subscript", "Starred", "Name", "List", "Tuple"}


def _node(tree):
    """The nodes of a tree as the parser gives it."""
    if type(tree) is list:
        return [_node(item) for item in tree]
    if type(tree) is not tuple:
        return tree
    name, place, *rest = tree
    made = object.__new__(_classes[name])
    attributes = made.__dict__
    for field, value in zip(rest[::2], rest[1::2]):
        if field in ("op", "ops"):
            value = _single[value] if field == "op" else [_single[each] for each in value]
        elif (name, field) in _NUMBERS:
            value = int(value)
        elif field == "str" and name == "Interpolation":
            value = re.sub(r"\\u\{([0-9a-f]+)\}|\\(.)", _unescaped, value)
        elif not (field == "value" and name in ("Constant", "MatchSingleton")):
            value = _node(value)
        attributes[field] = value
    if name in _WITH_CONTEXT:
        attributes["ctx"] = _LOAD
    if place is not None:
        attributes.update(zip(_PLACE, place))
    _complete(name, attributes)
    return made


def _unescaped(match):
    if match[1]:
        return chr(int(match[1], 16))
    return {"n": "\n", "t": "\t", "r": "\r"}.get(match[2], match[2])


def _complete(name, attributes):
    """What the parser leaves to its reader: which expressions are targets, and fields that are always empty."""
    if name in ("Assign", "Delete"):
        for target in attributes["targets"]:
            _turn(target, _STORE if name == "Assign" else _DEL)
    elif name in ("For", "AsyncFor", "AugAssign", "AnnAssign", "NamedExpr", "comprehension"):
        _turn(attributes["target"], _STORE)
    elif name == "TypeAlias":
        _turn(attributes["name"], _STORE)
    elif name == "withitem" and attributes["optional_vars"] is not None:
        _turn(attributes["optional_vars"], _STORE)
    elif name == "Module":
        attributes["type_ignores"] = []
    cls = _classes[name]
    for field in cls._fields:
        if field not in attributes:
            attributes[field] = [] if field in cls._lists else None


def _turn(target, context):
    kind = type(target).__name__
    if kind in _WITH_CONTEXT:
        target.ctx = context
    if kind in ("List", "Tuple"):
        for item in target.elts:
            _turn(item, context)
    elif kind == "Starred":
        _turn(target.value, context)


def parse(source, filename="<unknown>", mode="exec", *, type_comments=False, feature_version=None, optimize=-1):
    """The tree of a text."""
    if isinstance(source, AST):
        return source
    return compile(source, filename, mode, PyCF_ONLY_AST)


def _compile(source, file, mode, flags, optimize):
    """`compile` where a tree goes in or comes out."""
    if isinstance(source, AST):
        wanted = {"exec": "Module", "eval": "Expression", "single": "Interactive"}.get(mode)
        if wanted is None:
            raise ValueError("compile() mode must be 'exec', 'eval' or 'single'")
        if type(source).__name__ != wanted:
            raise TypeError(f"expected {wanted} node, got {type(source).__name__}")
        _check(source)
        if flags & PyCF_ONLY_AST:
            return source
        return compile(unparse(source), file, mode, flags, optimize=optimize)
    if not flags & PyCF_ONLY_AST:
        # Something that is no text, and no tree either.
        raise TypeError("compile() arg 1 must be a string, bytes or AST object")
    if mode == "func_type":
        raise NotImplementedError("trees of comments that tell types")
    if mode not in ("exec", "eval", "single"):
        raise ValueError("compile() mode must be 'exec', 'eval', 'single' or 'func_type'")
    return _node(_syntax_tree(source, file, mode))


def _check(tree):
    """Nodes have the fields they need, and places."""
    for node in walk(tree):
        cls = type(node)
        for field in cls._fields:
            if not hasattr(node, field):
                raise TypeError(f'required field "{field}" missing from {cls.__name__}')
        if cls._attributes and not hasattr(node, "lineno"):
            raise TypeError(f'required field "lineno" missing from {_root(cls).__name__}')
        if _is_empty(node):
            raise ValueError(f"empty body on {cls.__name__}")


def _root(cls):
    return next(each for each in cls.__mro__ if each.__base__ is AST)


def _is_empty(node):
    return type(node).__name__ in ("FunctionDef", "AsyncFunctionDef", "ClassDef", "For", "While", "If", "With") \
        and not node.body


def dump(node, annotate_fields=True, include_attributes=False, *, indent=None, show_empty=False):
    """The tree as text."""
    if not isinstance(node, AST):
        raise TypeError(f"expected AST, got {type(node).__name__!r}")
    if indent is not None and not isinstance(indent, str):
        indent = " " * indent

    def shown(node, level):
        """The text, and whether it is short."""
        if indent is not None:
            level += 1
            start, separator = "\n" + indent * level, ",\n" + indent * level
        else:
            start, separator = "", ", "
        if isinstance(node, AST):
            cls = type(node)
            args, simple, in_order = [], True, annotate_fields
            # Empty fields are shown where something follows that is known by its place.
            held_back = []
            for name in node._fields:
                try:
                    value = getattr(node, name)
                except AttributeError:
                    in_order = True
                    continue
                if value is None and getattr(cls, name, ...) is None:
                    in_order = True
                    continue
                if not show_empty and value == []:
                    if not in_order:
                        held_back.append("[]")
                    continue
                args += held_back
                held_back = []
                text, is_simple = shown(value, level)
                simple = simple and is_simple
                args.append(f"{name}={text}" if in_order else text)
            if include_attributes and node._attributes:
                for name in node._attributes:
                    try:
                        value = getattr(node, name)
                    except AttributeError:
                        continue
                    if value is None and getattr(cls, name, ...) is None:
                        continue
                    text, is_simple = shown(value, level)
                    simple = simple and is_simple
                    args.append(f"{name}={text}")
            if simple and len(args) <= 3:
                return f"{cls.__name__}({', '.join(args)})", not args
            return f"{cls.__name__}({start}{separator.join(args)})", False
        if isinstance(node, list):
            if not node:
                return "[]", True
            return f"[{start}{separator.join(shown(item, level)[0] for item in node)}]", False
        return repr(node), True

    return shown(node, 0)[0]


def literal_eval(node_or_string):
    """The value of an expression of literals."""
    if isinstance(node_or_string, str):
        node_or_string = parse(node_or_string.lstrip(" \t"), mode="eval").body
    elif isinstance(node_or_string, _classes["Expression"]):
        node_or_string = node_or_string.body

    def refuse(node):
        message = "malformed node or string"
        if line := getattr(node, "lineno", None):
            message += f" on line {line}"
        raise ValueError(f"{message}: {node!r}")

    def number(node):
        if type(node).__name__ != "Constant" or type(node.value) not in (int, float, complex):
            refuse(node)
        return node.value

    def signed(node):
        if type(node).__name__ == "UnaryOp" and type(node.op).__name__ in ("UAdd", "USub"):
            operand = number(node.operand)
            return +operand if type(node.op).__name__ == "UAdd" else -operand
        return number(node)

    def value(node):
        kind = type(node).__name__
        if kind == "Constant":
            return node.value
        if kind == "Tuple":
            return tuple(map(value, node.elts))
        if kind == "List":
            return list(map(value, node.elts))
        if kind == "Set":
            return set(map(value, node.elts))
        if kind == "Call" and type(node.func).__name__ == "Name" and node.func.id == "set" \
                and node.args == node.keywords == []:
            return set()
        if kind == "Dict":
            if len(node.keys) != len(node.values):
                refuse(node)
            return dict(zip(map(value, node.keys), map(value, node.values)))
        if kind == "BinOp" and type(node.op).__name__ in ("Add", "Sub"):
            left, right = signed(node.left), number(node.right)
            if isinstance(left, (int, float)) and isinstance(right, complex):
                return left + right if type(node.op).__name__ == "Add" else left - right
        return signed(node)

    return value(node_or_string)


def copy_location(new_node, old_node):
    """Give a node the place of another."""
    for name in _PLACE:
        if name in old_node._attributes and name in new_node._attributes:
            value = getattr(old_node, name, None)
            if value is not None or (hasattr(old_node, name) and name.startswith("end_")):
                setattr(new_node, name, value)
    return new_node


def fix_missing_locations(node):
    """Give the nodes without places those of the nodes around them."""

    def fix(node, line, column, end_line, end_column):
        if "lineno" in node._attributes:
            if not hasattr(node, "lineno"):
                node.lineno = line
            else:
                line = node.lineno
        if "end_lineno" in node._attributes:
            if getattr(node, "end_lineno", None) is None:
                node.end_lineno = end_line
            else:
                end_line = node.end_lineno
        if "col_offset" in node._attributes:
            if not hasattr(node, "col_offset"):
                node.col_offset = column
            else:
                column = node.col_offset
        if "end_col_offset" in node._attributes:
            if getattr(node, "end_col_offset", None) is None:
                node.end_col_offset = end_column
            else:
                end_column = node.end_col_offset
        for child in iter_child_nodes(node):
            fix(child, line, column, end_line, end_column)

    fix(node, 1, 0, 1, 0)
    return node


def increment_lineno(node, n=1):
    """Move a tree down by so many lines."""
    for child in walk(node):
        if isinstance(child, _classes["TypeIgnore"]) or "lineno" in child._attributes:
            child.lineno = getattr(child, "lineno", 0) + n
        if "end_lineno" in child._attributes and (end := getattr(child, "end_lineno", 0)) is not None:
            child.end_lineno = end + n
    return node


def iter_fields(node):
    """The names and values of the fields that are there."""
    for name in node._fields:
        try:
            yield name, getattr(node, name)
        except AttributeError:
            pass


def iter_child_nodes(node):
    """The nodes right below one."""
    for name, value in iter_fields(node):
        if isinstance(value, AST):
            yield value
        elif isinstance(value, list):
            for item in value:
                if isinstance(item, AST):
                    yield item


def walk(node):
    """All nodes of a tree, those above first."""
    from collections import deque

    waiting = deque([node])
    while waiting:
        node = waiting.popleft()
        waiting.extend(iter_child_nodes(node))
        yield node


def get_docstring(node, clean=True):
    """The docstring of a module, class or function."""
    if type(node).__name__ not in ("AsyncFunctionDef", "FunctionDef", "ClassDef", "Module"):
        raise TypeError(f"{type(node).__name__!r} can't have docstrings")
    if not (node.body and isinstance(node.body[0], _classes["Expr"])):
        return None
    first = node.body[0].value
    if not (isinstance(first, _classes["Constant"]) and isinstance(first.value, str)):
        return None
    if clean:
        import inspect

        return inspect.cleandoc(first.value)
    return first.value


def _lines(source, most=None):
    lines = re.findall(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$", source)
    return lines if most is None else lines[:most]


def get_source_segment(source, node, *, padded=False):
    """The text of a node."""
    try:
        if node.end_lineno is None or node.end_col_offset is None:
            return None
        first, last, start, end = node.lineno - 1, node.end_lineno - 1, node.col_offset, node.end_col_offset
    except AttributeError:
        return None
    lines = _lines(source, last + 1)
    if first == last:
        return lines[first].encode()[start:end].decode()
    before = lines[first].encode()[:start].decode()
    padding = re.sub(r"[^\f\t]", " ", before) if padded else ""
    return "".join([padding + lines[first].encode()[start:].decode(), *lines[first + 1:last],
                    lines[last].encode()[:end].decode()])


def compare(a, b, /, *, compare_attributes=False):
    """Are two trees the same?"""
    if type(a) is not type(b):
        return False
    if isinstance(a, AST):
        names = list(a._fields)
        if a._fields != b._fields:
            return False
        if compare_attributes:
            if a._attributes != b._attributes:
                return False
            names += a._attributes
        for name in names:
            x, y = getattr(a, name, AST), getattr(b, name, AST)
            if x is AST and y is AST:
                continue
            if not compare(x, y, compare_attributes=compare_attributes):
                return False
        return True
    if isinstance(a, list):
        return len(a) == len(b) and all(compare(x, y, compare_attributes=compare_attributes) for x, y in zip(a, b))
    return a == b


class NodeVisitor:
    """Goes through a tree, and calls `visit_NAME` for each node of class NAME."""

    def visit(self, node):
        """Visit a node."""
        return getattr(self, "visit_" + type(node).__name__, self.generic_visit)(node)

    def generic_visit(self, node):
        """Visit the nodes below one."""
        for _, value in iter_fields(node):
            for below in value if isinstance(value, list) else (value,):
                if isinstance(below, AST):
                    self.visit(below)


class NodeTransformer(NodeVisitor):
    """The same, where what a method gives takes the place of the node."""

    def generic_visit(self, node):
        for name, old in iter_fields(node):
            if isinstance(old, list):
                new = []
                for item in old:
                    if isinstance(item, AST):
                        item = self.visit(item)
                        if item is None:
                            continue
                        if not isinstance(item, AST):
                            new.extend(item)
                            continue
                    new.append(item)
                old[:] = new
            elif isinstance(old, AST):
                new = self.visit(old)
                if new is None:
                    delattr(node, name)
                else:
                    setattr(node, name, new)
        return node


def unparse(ast_obj):
    """A text that has this tree."""
    from _unparse import unparse

    return unparse(ast_obj)


def main(args=None):
    """The command line."""
    import argparse

    parser = argparse.ArgumentParser()
    parser.add_argument("infile", nargs="?", default="-", help="the file to parse; defaults to stdin")
    parser.add_argument("-m", "--mode", default="exec", choices=("exec", "single", "eval", "func_type"))
    parser.add_argument("-a", "--include-attributes", action="store_true")
    parser.add_argument("-i", "--indent", type=int, default=3)
    parser.add_argument("--show-empty", default=False, action="store_true")
    args = parser.parse_args(args)
    if args.infile == "-":
        name, source = "<stdin>", sys.stdin.read()
    else:
        name = args.infile
        with open(name, "rb") as file:
            source = file.read()
    tree = parse(source, name, args.mode)
    print(dump(tree, include_attributes=args.include_attributes, indent=args.indent, show_empty=args.show_empty))


if __name__ == "__main__":
    # The classes of nodes are those of the module that is imported.
    import ast

    ast.main()
