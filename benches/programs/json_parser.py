"""A parser for JSON written in Python: indexing strings, slices, dicts, recursion."""

ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\", "/": "/"}


class Parser:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def blank(self):
        text = self.text
        while self.at < len(text) and text[self.at] in " \n\t\r":
            self.at += 1

    def value(self):
        self.blank()
        first = self.text[self.at]
        if first == "{":
            return self.object()
        if first == "[":
            return self.array()
        if first == '"':
            return self.string()
        for word, meaning in (("true", True), ("false", False), ("null", None)):
            if self.text.startswith(word, self.at):
                self.at += len(word)
                return meaning
        return self.number()

    def object(self):
        result = {}
        self.at += 1
        self.blank()
        while self.text[self.at] != "}":
            self.blank()
            key = self.string()
            self.blank()
            if self.text[self.at] != ":":
                raise ValueError(f"no colon at {self.at}")
            self.at += 1
            result[key] = self.value()
            self.blank()
            if self.text[self.at] == ",":
                self.at += 1
        self.at += 1
        return result

    def array(self):
        result = []
        self.at += 1
        self.blank()
        while self.text[self.at] != "]":
            result.append(self.value())
            self.blank()
            if self.text[self.at] == ",":
                self.at += 1
                self.blank()
        self.at += 1
        return result

    def string(self):
        self.at += 1
        start = self.at
        parts = []
        while True:
            c = self.text[self.at]
            if c == '"':
                parts.append(self.text[start : self.at])
                self.at += 1
                return "".join(parts)
            if c == "\\":
                parts.append(self.text[start : self.at])
                parts.append(ESCAPES[self.text[self.at + 1]])
                self.at += 2
                start = self.at
            else:
                self.at += 1

    def number(self):
        start = self.at
        text = self.text
        while self.at < len(text) and text[self.at] in "+-0123456789.eE":
            self.at += 1
        word = text[start : self.at]
        return float(word) if "." in word or "e" in word else int(word)


def write(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f'"{key}": {write(item)}' for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(write, value)) + "]"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
    if value is None:
        return "null"
    if value is True or value is False:
        return "true" if value else "false"
    return repr(value)


def main():
    row = {"name": "a \"quoted\" name", "sizes": [1, 22, 333, 4.5, -6e3], "open": True, "none": None, "deep": {"x": {"y": []}}}
    text = write([row] * 250)
    total = 0
    for _ in range(70):
        total += len(write(Parser(text).value()))
    print(total)


main()
