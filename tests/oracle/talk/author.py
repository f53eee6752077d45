"""The author of conversations: from a seed, functions that suspend and a main part that resumes them."""

import random
from functools import cached_property

from .stage import PREAMBLE, WIDER

ERRORS = ["Oops", "ValueError", "StopIteration", "GeneratorExit", "KeyError", "Dire", "StopAsyncIteration"]
CATCHES = ["Oops", "ValueError", "Exception", "BaseException", "GeneratorExit", "(KeyError, StopIteration)", "RuntimeError"]


class Author:
    """Writes one program."""

    def __init__(self, seed, plain, edition=2):
        self.edition = edition
        self.random = random.Random(seed)
        self.lines = []
        self.depth = 0
        self.numbers = 0
        self.functions = []
        kinds = ["gen"] if plain else ["gen", "gen", "coro", "agen"]
        for index in range(self.random.randint(2, 5)):
            self.functions.append((f"g{index}", self.random.choice(kinds)))
        self.pool = {}
        for index in range(self.random.randint(2, 4)):
            self.pool[f"p{index}"] = self.random.choice(self.functions)

    def number(self):
        self.numbers += 1
        return self.numbers

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def line(self, text):
        self.lines.append("    " * self.depth + text)

    def error(self):
        if self.edition > 1 and self.chance(15):
            return self.composed_error()
        return f"{self.random.choice(ERRORS)}({self.number()})"

    def composed_error(self):
        first, second = (f"{self.random.choice(ERRORS)}({self.number()})" for _ in range(2))
        return self.random.choice(
            [
                f"noted({first}, 'note{self.number()}')",
                f"chained({first}, {second})",
                f"BaseExceptionGroup('g', [{first}, {second}])",
            ]
        )

    def block(self, index, size, where):
        """Statements in the body of function `index`; `where` says what is allowed: "except" and "loop"."""
        self.depth += 1
        for _ in range(self.random.randint(1, size)):
            self.statement(index, size - 1, where)
        self.depth -= 1

    def statement(self, index, size, where):
        choices = [(self.pause, 30), (self.delegate, 18), (self.note, 6), (self.leave, 7), (self.side, 6)]
        if size > 0:
            choices += [(self.guarded, 26), (self.room, 10), (self.loop, 10)]
        if self.edition > 1:
            choices += [(self.expression, 14), (self.comprehension, 8), (self.lookaround, 4)]
            if size > 0:
                choices += [(self.scene, 8), (self.match, 8), (self.guarded_group, 6), (self.local_function, 3)]
        kinds, weights = zip(*choices)
        self.random.choices(kinds, weights)[0](index, size, where)

    def note(self, index, size, where):
        self.line('log(me, "handling", handling())')

    def pause(self, index, size, where):
        kind = self.functions[index][1]
        number = self.number()
        how = f"yield {number}"
        if kind == "coro" or kind == "agen" and self.chance(40):
            how = "await " + self.random.choice([f"Pause({number})", f"pause({number})", f"Ready({number % 4})"])
        self.line(f"x = {how}")
        self.line(f'log(me, "got", x, "|", handling())')

    def lookaround(self, index, size, where):
        self.line(f'log(me, {self.random.choice(["callers()", "sorted(locals())"])})')

    def asked(self, index):
        """An expression that suspends, in parentheses."""
        kind = self.functions[index][1]
        number = self.number()
        if kind == "coro" or kind == "agen" and self.chance(40):
            return f"(await Pause({number}))"
        if kind == "gen" and self.chance(25):
            return f"(yield from {self.random.choice([f'Steps({number % 3})', f'Partner({number % 4})', 'iter(range(2))'])})"
        return f"(yield {number})"

    def expression(self, index, size, where):
        """Suspensions within larger expressions, whose other parts are kept meanwhile."""
        one, two, three = (self.asked(index) for _ in range(3))
        number = self.number()
        forms = [
            f"x = [{one}, {two}, {number}]",
            f"x = (Steps({number}), {one}, Steps({number + 1}))[1]",
            f"x = {{{number}: {one}, 'b': {two}}}",
            f'x = f"{{{one}}}-{{{two}!r:>5}}"',
            f"x = {one} if {two} else {three}",
            f"x = {one} or {two} and {three}",
            f"x = 0 < {number} < ({one} or 0) < ({two} or 5)",
            f"x = max({one} or 1, *[{two} or 2, 3], key=lambda v, k={three}: -v)",
            f"d = {{}}; d[{one}] = {two}; x = d.pop({three}, 'nothing')",
            f"d = [1, 2, 3]; d[{one} or 0] += {two} or 5; x = d",
            f"x = y = {one}",
            f"x, *y = {one}, {two}, {three}",
            f"x = (y := {one}, y)",
            f"assert {one}, {two}",
            f"x = str({one}).join(['a', str({two})])",
            f"x = sum([{one} or 1, {two} or 2], start={three} or 3)",
            f"x = -({one} or 1) + ({two} or 2) * ({three} or 3)",
            f"x = (lambda a=({one}): (a, {number}))()",
            f"raise Oops({one}) from {self.error()}",
            f"raise {one} or Oops({number})",
        ]
        if self.functions[index][1] != "agen" and "group" not in where:
            forms += [f"return {one}", f"return ({one}, {two})"]
        self.line("if x:" if self.chance(30) else "if True:")
        self.line("    " + self.random.choice(forms))
        self.line('log(me, "x", x)')

    def comprehension(self, index, size, where):
        kind = self.functions[index][1]
        inner = self.callee(index, ["gen"]) or self.from_pool(["gen"]) or "Steps(2)"
        forms = [
            f"[(v, handling()) for v in {inner}]",
            f"{{str(v): v for v in {inner}}}",
            f"[v for v in [{self.asked(index)}, 2] for w in {inner}]",
            f"list(v for v in (n for n in {inner}))",
            f"next((v for v in {inner} if v == {self.number()}), 'none')",
            f"any(v == 2 for v in {inner})",
            f"tuple(map(str, {inner}))",
            f"[*{inner}, {self.asked(index)}]",
            f"sorted((str(v) for v in {inner}), key=lambda v: (len(v), v))",
        ]
        if kind == "gen":
            forms += [f"(yield from (v for v in {inner}))", f"(yield from [v for v in {inner}])"]
        else:
            later = self.callee(index, ["agen"]) or self.from_pool(["agen"]) or "Later(2)"
            forms += [
                f"[v async for v in {later}]",
                f"[(v, await Pause(v)) async for v in {later} if await Pause(1)]",
                f"[await Pause(v) for v in {inner}]",
                f"{{v async for v in (str(n) async for n in {later})}}",
                f"[v for v in {inner} if await pause(v)]",
                f"await anext({later})",
                f"await anext({later}, 'none')",
            ] * 2
        self.line(f"x = {self.random.choice(forms)}")
        self.line('log(me, "x", sorted(x) if isinstance(x, set) else x)')

    def scene(self, index, size, where):
        swallow = self.random.choice(["", "", ", Exception", ", (Oops, GeneratorExit)", f", {self.random.choice(CATCHES)}"])
        awaited = self.functions[index][1] != "gen" and self.chance(50)
        what = f'{"ascene" if awaited else "scene"}("scene{self.number()}"{swallow})'
        if not awaited and self.chance(20):
            what = f"stage({self.callee(index, ['gen']) or 'Partner(2)'})"
        elif not awaited and self.chance(20):
            what = f"contextlib.closing({self.callee(index, ['gen']) or 'Partner(2)'})"
        elif not awaited and self.chance(20):
            what = f"contextlib.suppress({self.random.choice(CATCHES)})"
        self.line(f'{"async " if awaited else ""}with {what} as room:')
        self.line('    log(me, "in", type(room).__name__)')
        self.block(index, size, where - {"loop"})

    def match(self, index, size, where):
        self.line(f"match {self.random.choice([self.asked(index), 'x', f'({self.asked(index)}, x)'])}:")
        self.depth += 1
        cases = ["None", "1 | 2", "int(n) if n > 2", "[a, *b]", "str()", "Oops(args=[n])", f"n if {self.asked(index)}"]
        for case in self.random.sample(cases, 2):
            self.line(f"case {case}:")
            self.block(index, size, where)
        self.line("case _:")
        self.block(index, size, where)
        self.depth -= 1

    def guarded_group(self, index, size, where):
        self.line("try:")
        self.block(index, size, where - {"loop"})
        for caught in self.random.sample(["Oops", "ValueError", "(KeyError, StopIteration)", "Exception", "Dire"], 2):
            self.line(f"except* {caught} as e:")
            self.line('    log(me, "caught group", story(e), "|", handling())')
            self.block(index, size, where - {"loop"} | {"except", "group"})
        if self.chance(30):
            self.line("finally:")
            self.line('    log(me, "finally", handling())')
            self.block(index, size, where - {"loop"})

    def local_function(self, index, size, where):
        """A generator in a closure, in a lambda, in a class."""
        number = self.number()
        forms = [
            [f"local = lambda: ((yield x), (yield {number}))"],
            ["def local():", "    nonlocal x", f"    x = yield {number}", "    return x"],
            ["class Local:", "    def local(self):", "        got = yield __class__.__name__, x", "        return got"],
        ]
        form = self.random.choice(forms)
        for line in form:
            self.line(line)
        call = "Local().local()" if "class Local:" in form else "local()"
        if self.functions[index][1] == "gen":
            self.line(f"r = yield from {call}")
        else:
            self.line(f"r = list({call})")
        self.line('log(me, "result", r)')

    def callee(self, index, kinds):
        """A call of a function further down, of one of these kinds."""
        below = [name for name, kind in self.functions[index + 1 :] if kind in kinds]
        return f"{self.random.choice(below)}()" if below else None

    def from_pool(self, kinds):
        known = [name for name, (_, kind) in self.pool.items() if kind in kinds]
        return f"pool.get({self.random.choice(known)!r})" if known else None

    def delegate(self, index, size, where):
        kind = self.functions[index][1]
        own = "gen" if kind == "gen" else "coro"
        choices = [self.callee(index, [own])] * 3 + [self.from_pool([own])] * 2
        if kind == "gen":
            number = self.random.randint(0, 3)
            choices += [f"Steps({number})", f"Partner({number})", f"Partner({number})", f"[{number}, {number + 1}]"]
            choices += [f"iter(range({number}))", f"(str(i) for i in range({number}))", f"map(str, range({number}))"]
        else:
            choices += [f"Ready({self.random.randint(0, 3)})"]
            stepped = self.callee(index, ["agen"]) or self.from_pool(["agen"])
            if stepped:
                choices += [f"{stepped}.__anext__()", f"{stepped}.asend(None)", f"{stepped}.aclose()"]
                choices += [f"{stepped}.athrow({self.error()})", f"anext({stepped}, 'default')"]
        target = self.random.choice([choice for choice in choices if choice])
        self.line(f"r = {'yield from' if kind == 'gen' else 'await'} {target}")
        self.line('log(me, "result", r)')

    def leave(self, index, size, where):
        kind = self.functions[index][1]
        choices = [f"raise {self.error()}", "return" if kind == "agen" else f"return {self.number()}"]
        if "group" in where:
            choices = [f"raise {self.error()}"]
        if "except" in where:
            choices += ["raise", f"raise {self.error()} from e", f"raise {self.error()} from None", "raise e"]
        if "loop" in where:
            choices += ["break", "continue"]
        self.line(f"if {self.random.choice(['True', 'x', 'not x', 'x == 1', 'x == 2'])}:")
        self.line(f"    {self.random.choice(choices)}")

    def side(self, index, size, where):
        self.operation("me", list(self.pool))

    def guarded(self, index, size, where):
        self.line("try:")
        self.block(index, size, where)
        catches = self.random.sample(CATCHES, self.random.randint(0, 2))
        for caught in catches:
            self.line(f"except {caught} as e:")
            self.line('    log(me, "caught", story(e), "|", handling())')
            self.block(index, size, where | {"except"})
        if catches and self.chance(25):
            self.line("else:")
            self.block(index, size, where)
        if not catches or self.chance(35):
            self.line("finally:")
            self.line('    log(me, "finally", handling())')
            # What leaves a finally block early is a warning in 3.14.
            self.block(index, size, where - {"loop"})

    def room(self, index, size, where):
        extra = self.random.choice(["", "", ", Exception", ", GeneratorExit", f", None, {self.random.choice(ERRORS)}"])
        awaited = self.functions[index][1] != "gen" and self.chance(50)
        self.line(f'{"async " if awaited else ""}with Room("room{self.number()}"{extra}):')
        self.block(index, size, where - {"loop"})

    def loop(self, index, size, where):
        kind = self.functions[index][1]
        prefix = ""
        iterable = self.random.choice(["range(2)", self.callee(index, ["gen"]), self.from_pool(["gen"]), "Steps(2)"])
        if kind != "gen" and self.chance(60):
            prefix = "async "
            iterable = self.random.choice([self.callee(index, ["agen"]), self.from_pool(["agen"]), "Later(2)"])
        iterable = iterable or ("Later(1)" if prefix else "range(1)")
        self.line(f"{prefix}for x in {iterable}:")
        self.line('    log(me, "item", x)')
        self.block(index, size, where | {"loop"})
        if self.chance(20):
            self.line("else:")
            self.block(index, size, where)

    def function(self, index):
        name, kind = self.functions[index]
        self.line(f"{'def' if kind == 'gen' else 'async def'} {name}():")
        self.depth += 1
        self.line(f'me = fresh("{name}")')
        self.line("x = r = e = None")
        self.line('log(me, "begins", handling())')
        self.depth -= 1
        start = len(self.lines)
        self.block(index, 4, frozenset())
        self.depth += 1
        if kind != "coro" and not any("yield" in line for line in self.lines[start:]):
            self.line(f"x = yield {self.number()}")
        self.line('log(me, "ends", handling())')
        if kind != "agen":
            self.line(f'return {self.number()}')
        self.depth -= 1
        self.line("")
        self.line("")

    def operation(self, who, targets):
        """One thing done to something in the pool."""
        target = self.random.choice(targets)
        kind = self.pool[target][1] if target in self.pool else "step"
        value = self.random.choice(["None", "1", "2", "3", "None"])
        thrown = self.random.choice([self.error(), self.error(), self.random.choice(ERRORS)])
        whom = f"pool[{target!r}]"
        simple = [f"{whom}.send({value})"] * 4 + [f"{whom}.throw({thrown})"] * 3 + [f"{whom}.close()"] * 2
        simple += [f"pool.pop({target!r}, None) and None", f"state({whom})", f"state({whom})"]
        if self.edition > 1:
            simple += [f"frame({whom})", f"frame({whom})", f"clear({whom})", f"{whom}.throw({self.composed_error()})"]
        if kind == "gen":
            simple += [f"next({whom})"] * 4 + [f"next({whom}, 'default')", f"list({whom})", f"[*zip({whom}, 'ab')]"]
        elif kind == "agen":
            steps = [f"asend({value})", f"athrow({thrown})", "aclose()", "__anext__()", "__anext__()"]
            simple = [f"put({self.random.choice(['s0', 's1'])!r}, {whom}.{step})" for step in steps * 2]
            simple += [f"state({whom})", f"pool.pop({target!r}, None) and None"]
            if self.edition > 1:
                simple += [f"frame({whom})", f"clear({whom})"]
        self.line(f'act(f"{{{who}}} {self.number()}", lambda: {self.random.choice(simple)})')

    def setting(self, lines):
        """What stands before the conversation: the same for all of an edition."""
        return f"LINES = {lines}\n" + PREAMBLE + (WIDER if self.edition > 1 else "")

    @cached_property
    def text(self):
        """The conversation itself."""
        return self.program()

    def whole(self, lines):
        """A program of its own."""
        return self.setting(lines) + "\n\n" + self.text

    def program(self):
        """The functions, and who resumes them."""
        self.lines = []
        for index in range(len(self.functions)):
            self.function(index)
        for name, (function, _) in self.pool.items():
            self.line(f"pool[{name!r}] = {function}()")
        targets = list(self.pool)
        if any(kind == "agen" for _, kind in self.pool.values()):
            targets += ["s0", "s1", "s0", "s1"]
        self.line('main = "main"')
        for _ in range(self.random.randint(6, 22)):
            if self.chance(12):
                self.line("try:")
                self.line(f"    raise {self.error()}")
                self.line("except BaseException as outer:")
                self.depth += 1
                self.operation("main", targets)
                self.line('log("main handles", handling())')
                self.depth -= 1
            elif self.chance(8):
                name, (function, _) = self.random.choice(list(self.pool.items()))
                self.line(f"pool[{name!r}] = {function}()")
            else:
                self.operation("main", targets)
        self.line('log("main handles", handling())')
        self.line("for name in list(pool):")
        self.line('    log("drop", name, state(pool[name]))')
        self.line("    del pool[name]")
        self.line('log("end", handling())')
        return "\n".join(self.lines) + "\n"
