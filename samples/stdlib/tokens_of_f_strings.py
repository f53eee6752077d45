"""tokenize: f-strings and t-strings, also inside each other, over several lines, and broken ones."""

import io
import token
import tokenize

for text in (
    "f'{'a'}'\n",
    "f'{d['k']:{'>'}3}'\n",
    'f"a{{b}}c{x!r:>{w}.3f}d{y=}"\n',
    'f"""one\n{a}\ntwo{b:\n}"""\n',
    "f'{x:%H:%M}' 'y' rf'\\{a}\\d{{'\n",
    "t'{a}b'\n",
    'f\'{(lambda x: 1)(2)} {d["a"]} {a!=b}\'\n',
    'f\'{f"{1}"}\'\n',
    "f''\n",
    "f'{\n a\n }'\n",
    "f'{x:{y}}}}'\n",
    "f'\\N{DASH}x{a}'\n",
    "rf'\\N{D}'\n",
    "f'{a:{{}}}'\n",
    "f'{x!r:a{{b'\n",
    "f'abc\n",
    "f'''abc\n",
    "f'{a'\n",
    "f'{a:b\n",
    "f'x}'\n",
    "(f'a'\nf'''b\nc''')\n",
    "f'{{{x}}}'\n",
    "f'a\\\nb{x}'\n",
    "f'''{a:x\ny}'''\n",
    "f'{a:}'\n",
):
    print("==", repr(text))
    try:
        for t in tokenize.generate_tokens(io.StringIO(text).readline):
            print(token.tok_name[t.type], repr(t.string), t.start, t.end, repr(t.line))
    except tokenize.TokenError as error:
        print(type(error).__name__, error)
