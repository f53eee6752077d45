"""The third edition: what dies where, contexts, hooks, warnings, reports, and everything that suspended frames show."""

from .author import ERRORS, Author

STAGE = '''

import contextvars, gc, warnings, weakref

var = contextvars.ContextVar("var", default="unset")
contexts = [contextvars.Context(), contextvars.copy_context()]
box, refs, kept = [], [], []


def report(unraisable):
    log("unraisable", story(unraisable.exc_value), "|", handling())


def show(message, category, filename, lineno, file=None, line=None):
    # Which line of the library it is, is nobody's business.
    log("warning", category.__name__, message, ".." if "contextlib" in filename else lineno)


sys.unraisablehook = report
warnings.showwarning = show
warnings.simplefilter("always")
warnings.simplefilter("ignore", SyntaxWarning)


def first(agen):
    log("first", agen.__name__)


def final(agen):
    log("final", agen.__name__, state(agen), "|", handling())
    pool["s1"] = agen.aclose()


class Keeper:
    """One whose end does something."""

    def __init__(self, name, what=None):
        self.name, self.what = name, what

    def __del__(self):
        log("finalised", self.name, "|", handling())
        if self.what is not None:
            act(f"end of {self.name}", self.what)


class Refusing:
    """An exception class that cannot be made, or makes something else."""

    def __new__(cls, *args):
        raise Oops("not made")


class Broken(Exception):
    def __init__(self, *args):
        raise KeyError("not made", *args)


class Other(Exception):
    def __new__(cls, *args):
        return object()


def started(target):
    """It, after a first step."""
    act("step", lambda: target.send(None))
    return target


def dropping(target, error=None):
    held = [target]
    target = None
    log("dropping", len(held))
    if error is not None:
        try:
            raise error
        finally:
            error = None
    held = None
    log("dropped")


def trace(e):
    places, tb = [], e and e.__traceback__
    while tb is not None:
        if "contextlib" not in tb.tb_frame.f_code.co_filename:
            places.append(f"{tb.tb_frame.f_code.co_name}:{tb.tb_lineno}")
        tb = tb.tb_next
    return " ".join(places)


def traced(label, what):
    try:
        return act(label, lambda: trying(label, what))
    finally:
        log(label, "over")


def trying(label, what):
    try:
        return what()
    except BaseException as e:
        log(label, trace(e))
        raise


def keeping(label, what):
    try:
        return act(label, lambda: what())
    except BaseException as e:
        kept.append(e)


def catching(label, what):
    try:
        log(label, "catches", type(what()).__name__)
    except BaseException as e:
        kept.append(e)
        log(label, "kept", story(e))


def run(coroutine):
    """To its end, as a loop would."""
    got = []
    for _ in range(8):
        try:
            got.append(coroutine.send(None))
        except StopIteration as stop:
            got.append(stop.value)
            break
    return tuple(map(str, got))


async def collect(agen):
    return [item async for item in agen]


def write(target, value):
    frame_of(target).f_locals["x"] = value
    return frame_of(target).f_locals["x"]


def details(target):
    about = [type(target).__name__]
    for name in dir(type(target)):
        if name[:3] in ("gi_", "cr_", "ag_") and name[3:] not in ("frame", "code"):
            value = getattr(target, name)
            if name == "cr_origin":
                value = value and [where[1:] for where in value][:1]
            elif not isinstance(value, bool):
                value = type(value).__name__
            about.append((name, value))
    f = frame_of(target)
    about.append((target.__name__, target.__qualname__, repr(target).split(" at ")[0]))
    about.append((f is frame_of(target), f and f.f_back and f.f_back.f_code.co_name, f and sorted(f.f_locals)))
    return tuple(about)


def where(target):
    """What inspect says."""
    what = []
    for ask in (inspect.isgenerator, inspect.iscoroutine, inspect.isasyncgen, inspect.isawaitable):
        what.append(ask(target))
    for kind, ask in (("gi_", inspect.getgeneratorstate), ("cr_", inspect.getcoroutinestate), ("ag_", inspect.getasyncgenstate)):
        if hasattr(target, kind + "frame"):
            what.append(ask(target))
    if inspect.isgenerator(target):
        what.append(sorted(inspect.getgeneratorlocals(target)))
    return tuple(what)
'''


class Wider(Author):
    """Writes one program of the third edition."""

    def setting(self, lines):
        return super().setting(lines) + STAGE

    def statement(self, index, size, where):
        if not self.chance(22):
            return super().statement(index, size, where)
        self.random.choice([self.context, self.holding, self.holding, self.handled, self.given])(index, size, where)

    def context(self, index, size, where):
        number = self.number()
        forms = [
            [f"token = var.set({number})"],
            ["act(me, lambda: var.reset(token))"],
            ['log(me, "var", var.get())'],
            [f"token = var.set({number})", f"x = {self.asked(index)}", 'log(me, "var", var.get())', "act(me, lambda: var.reset(token))"],
            [f"r = act(me, lambda: contexts[{number % 2}].run(next, {self.callee(index, ['gen']) or 'Steps(2)'}))"],
            [f"act(me, lambda: contexts[{number % 2}].run(log, var.get()))"],
        ]
        for line in self.random.choice(forms):
            self.line(line)

    def held(self, index):
        """Something that is worth being dropped."""
        number = self.number()
        kinds = ["gen", "coro", "agen"]
        made = self.callee(index, kinds)
        choices = [f"Keeper('keeper{number}')", f"Steps({number})", f"Keeper('keeper{number}', lambda: {self.step()})"]
        if made:
            choices += [made, f"started({made})", f"started({made})", f"[{made}, Keeper('keeper{number}')]"]
        return self.random.choice(choices)

    def step(self):
        return f"pool[{self.random.choice(list(self.pool))!r}].{self.random.choice(['send(None)', 'close()', 'throw(Oops(0))'])}"

    def holding(self, index, size, where):
        number = self.number()
        forms = [
            [f"held = {self.held(index)}"],
            [f"held = {self.held(index)}", "held.itself = held"] if self.chance(10) else ["held = None"],
            [f"held = {self.held(index)}", "del held", f"held = {self.asked(index)}"],
            [f"held = {{1: {self.held(index)}}}", f"x = {self.asked(index)}", "held = None"],
            [f"dropping({self.held(index)})"],
            [f"act(me, lambda: dropping({self.held(index)}, Oops({number})))"],
            [f"dropping({self.held(index)}, Oops({number}))"],
            [f"raise Oops({number}, {self.held(index)})"],
            [f"x = ({self.held(index)}, {self.asked(index)})[1]"],
            [f"{self.held(index)}"],
            [f"for held in {self.held(index)}, {self.held(index)}:", '    log(me, "held", type(held).__name__)', f"    x = {self.asked(index)}"],
            [f"box.append({self.held(index)})"],
            ["box.clear()"],
            [f"box.append(locals())"],
            [f"held = lambda: x", f"box.append(held)"],
        ]
        for line in self.random.choice(forms):
            self.line(line)

    def handled(self, index, size, where):
        """What one can do to an exception while it is handled."""
        number = self.number()
        if "except" not in where:
            forms = [
                'log(me, "trace", trace(sys.exception()))',
                f"catching(me, lambda: {self.step()})",
                "kept.clear()",
                "raise kept.pop()" if self.chance(30) else "kept.clear()",
                f"raise {self.error()} from (kept and kept[-1] or None)" if self.chance(30) else "kept.clear()",
            ]
        else:
            forms = [
                'log(me, "trace", trace(e))',
                'log(me, "same", e is sys.exception())',
                "kept.append(e)",
                "e = None",
                "e.__traceback__ = None",
                "e.__context__ = None",
                f"e.add_note('note{number}')",
                f"e.args = ({number},)",
                "raise e.with_traceback(None)" if self.chance(30) else "e.with_traceback(None)",
                f"raise {self.error()} from e" if self.chance(30) else "kept.clear()",
                f"dropping(e, {self.error()})" if self.chance(30) else "dropping(e)",
            ]
        self.line(self.random.choice(forms))

    def given(self, index, size, where):
        """What is yielded and returned is itself something that suspends."""
        made = self.callee(index, ["gen", "coro", "agen"]) or "Keeper('given')"
        kind = self.functions[index][1]
        forms = [f"x = {self.asked(index)}", f"held = act(me, lambda: {made})"]
        if kind != "coro":
            forms += [f"x = yield {made}", f"x = yield started({made})"]
        if kind != "agen" and "group" not in where:
            forms += [f"return {made}"] if self.chance(30) else []
        if kind == "gen":
            forms += ["r = yield from (x or ())", "r = yield from held"]
        else:
            forms += ["r = await held", "r = [item async for item in held]", f"r = await anext(held, {self.number()})"]
        self.line(self.random.choice(forms))

    def function(self, index):
        place = len(self.lines)
        super().function(index)
        begins = next(n for n, line in enumerate(self.lines[place:], place) if line == "    x = r = e = None")
        self.lines[begins] = "    x = r = e = held = token = None"

    def operation(self, who, targets):
        if not self.chance(40):
            return super().operation(who, targets)
        target = self.random.choice(targets)
        kind = self.pool[target][1] if target in self.pool else "step"
        whom = f"pool[{target!r}]"
        number = self.number()
        value = self.random.choice(["None", "1", "2", "None"])
        resume = self.random.choice([f"send({value})", "send(None)", f"throw({self.error()})", "close()"])
        error = self.random.choice(ERRORS)
        does = [
            f"contexts[{number % 2}].run({whom}.send, {value})",
            f"box.append(pool.pop({target!r}))",
            f"box.append([{whom}])",
            "box.clear()",
            "box and box.pop() and None",
            f"refs.append(weakref.ref({whom}, lambda ref: log('weak {number}', ref() is None, handling())))",
            "refs.clear()",
            "kept.clear()",
            "trace(kept[-1])",
            f"{whom}.throw({error}, {number})",
            f"{whom}.throw({error}, {error}({number}), None)",
            f"{whom}.throw({error}({number}), None, None)",
            f"{whom}.throw({self.random.choice(['1', 'int', 'None', 'Refusing', 'Broken', 'Other', 'Oops(1), 2', 'Oops, None, 1', 'Oops, (1, 2)'])})",
            f"setattr({whom}, '__name__', 'renamed')",
            f"setattr({whom}, '__qualname__', {self.random.choice(['1', repr('x.y')])})",
            f"details({whom})",
            f"details({whom})",
            f"where({whom})",
            f"where({whom})",
            f"write({whom}, {number})",
            f"put({target!r}, {whom})",
            f"pool.update({target}={self.random.choice(list(self.pool))!r} in pool and pool[{self.random.choice(list(self.pool))!r}])",
            f"pool.update({target}=Keeper('in the pool', lambda: {self.step()}))" if self.chance(30) else "[gc.collect()] and None",
            f"list({whom})",
            f"dropping(pool.pop({target!r}))",
            f"dropping(pool.pop({target!r}), Oops({number}))",
        ]
        if kind == "coro":
            does += [f"put('s0', {whom}.__await__())", f"run({whom})", f"run({whom})"] * 2
        elif kind == "agen":
            does += [
                f"put('s0', anext({whom}, 'default'))",
                f"put('s1', anext({whom}))",
                f"run(collect({whom}))",
                f"run({whom}.asend({value}))",
                f"run({whom}.athrow({self.error()}))",
                f"run({whom}.aclose())",
                f"put('s1', collect({whom}))",
                f"put('s0', {whom}.athrow({error}, {number}))",
                f"put('s0', {whom}.athrow({self.random.choice(['1', 'int', 'Broken', 'Other'])}))",
            ]
        elif kind == "step":
            does += [f"{whom}.__await__() is {whom}", f"run({whom})", f"iter({whom}) is {whom}", f"next({whom})"]
        act = self.random.choice(["act"] * 4 + ["traced", "traced", "catching"])
        what = self.random.choice([self.random.choice(does)] * 3 + [f"{whom}.{resume}"])
        self.line(f'{act}(f"{{{who}}} {number}", lambda: {what})')

    def program(self):
        lines = super().program().splitlines()
        place = lines.index('main = "main"')
        if any(kind == "agen" for _, kind in self.functions) and self.chance(30):
            given = self.random.choice(["firstiter=first", "finalizer=final", "first, final", "first, final"])
            lines.insert(place, f"sys.set_asyncgen_hooks({given})")
        if any(kind == "coro" for _, kind in self.functions) and self.chance(15):
            lines.insert(place, f"sys.set_coroutine_origin_tracking_depth({self.random.choice([1, 1, 2])})")
        for name in ("box", "refs", "kept"):
            lines.append(f'log("drops {name}")')
            lines.append(f"{name}.clear()")
        lines.append('log("var", var.get())')
        return "\n".join(lines) + "\n"
