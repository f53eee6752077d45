"""`global` and `nonlocal` after the name was used, bound, annotated or declared in another way."""

BETWEEN = "pass", "x = 1", "print(x)", "x: int", "x: int = 1; print(x)", "x = 1; print(x)", "del x", "import x", "for x in (): pass", "global x", "nonlocal x", "global x; x = 1", "nonlocal x; x = 1", "nonlocal x; print(x)"

for between in BETWEEN:
    for declaration in "global x", "nonlocal x":
        for head in "def f():", "def f(x):", "class C:", "if 1:":
            code = f"def g():\n x = 1\n {head}\n  {between}\n  {declaration}\n"
            try:
                compile(code, "f", "exec")
                print(head, between, "|", declaration, ":", "ok")
            except SyntaxError as error:
                print(head, between, "|", declaration, ":", error)
