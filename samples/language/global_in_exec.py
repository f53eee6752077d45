"""Where code runs with locals of its own, `global` in a function inside makes the name global outside it too."""

SOURCE = """
counted = 1
other = 1
def read():
    global counted
    return counted
def shadow():
    counted = 2
    def inner():
        global counted
        def innermost():
            return counted
        return innermost()
    return inner()
counted = counted + 1
result = read(), shadow()
"""

space, local = {}, {}
exec(SOURCE, space, local)
print(sorted(name for name in space if name != "__builtins__"), sorted(local))
print(space["counted"], local["result"])


def run():
    exec("def get():\n    global from_exec\n    return from_exec\nfrom_exec = 'set'\nprint(get())")
    print("from_exec" in locals(), "from_exec" in globals())


run()

space, local = {}, {}
exec("names = [last := item for item in (1, 2)]\ndef f(): pass", space, local)
print(sorted(name for name in space if name != "__builtins__"), sorted(local))

for source in (
    "[i for i in (lambda: (j := i))()]",
    "{i for i in range((lambda j=(k := 1): j)())}",
    "class F:\n    [__x := 1 for __x in y]",
):
    try:
        compile(source, "<source>", "exec")
    except SyntaxError as error:
        print(error)
