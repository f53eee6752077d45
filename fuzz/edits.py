"""The samples with bytes and lines changed, cut, doubled and moved, through every window."""

from pathlib import Path

SAMPLES = Path(__file__).parent.parent / "samples"
PIECES = [b"(", b")", b"[", b"{", b"}", b":", b"\n", b" ", b"\t", b"\"", b"'", b"\"\"\"", b"f'", b"f'{", b"\\", b"#", b"\x00", b"\xff",
          b"\xc3\xa9", b"\xf0\x9f\x98\x80", b"=", b":=", b"*", b"**", b"yield ", b"yield from ", b"await ", b"async ", b"lambda: ",
          b"return ", b"del ", b"global ", b"nonlocal ", b"except* ", b"finally:", b"else:", b"match ", b"case _:", b"type X = ",
          b"9" * 5000, b"0x", b"1e999", b"1_000", b"\\N{DASH}", b"\\u", b"\r", b"\x0c", b"...", b"->", b"!r", b"!", b"@", b";",
          b"class C: ", b"def f(): ", b"for x in y: ", b"with a: ", b"break", b"continue", b"__class__", b"super()", b"import ",
          b"from . import *", b"raise ", b"assert ", b"# coding: utf-7\n", b"t'{x}'", b"~", b"if ", b"in ", b"is not "]


class Maker:
    name = "edits"

    def __init__(self, _):
        self.samples = [path.read_bytes() for path in sorted(SAMPLES.rglob("*.py"))]
        # These wait for what does not come.
        self.samples = [text for text in self.samples if b"socket" not in text]

    def make(self, random):
        text = random.choice(self.samples)
        for _ in range(random.choice([1, 1, 2, 3, 8, 30])):
            start = random.randrange(len(text) + 1)
            end = min(len(text), start + random.choice([0, 1, 1, 2, 5, 20]))
            kind = random.randrange(5)
            if kind == 0:
                text = text[:start] + text[end:]
            elif kind == 1:
                text = text[:start] + random.choice(PIECES) + text[start:]
            elif kind == 2:
                text = text[:start] + random.choice(PIECES) + text[end:]
            elif kind == 3:
                text = text[:start] + bytes([random.randrange(256)]) + text[end:]
            else:
                other = random.choice(self.samples).splitlines(keepends=True) or [b"\n"]
                lines = text.splitlines(keepends=True)
                lines.insert(random.randrange(len(lines) + 1), random.choice(other))
                text = b"".join(lines)
        window = random.choice(["run", "run", "run", "tokens", "ast", "dis", "trace"])
        return window, b"", text.splitlines(keepends=True)
