# A star with nothing behind it.
for text in (
    "[*]", "(*)", "{*}", "[*,]", "f(*)", "[*, 1]", "(*, 1)", "{*, 1}", "[1, *]", "[* for x in y]", "x[*]", "(*)()", "f(*, a)",
    "f(a, *)", "f(**)", "[**]", "a, *", "*, a", "x = *",
):
    try:
        compile(text, "text", "exec")
    except SyntaxError as error:
        print(text, error, error.offset, error.end_offset)

for statement in ("from . import x", "from .x import y"):
    try:
        exec(statement, {})
    except KeyError as error:
        print(error)
