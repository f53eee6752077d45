"""Context variables, contexts, tokens (PEP 567)."""
import contextvars
from contextvars import Context, ContextVar, Token, copy_context

var = ContextVar("var", default="default")
other = ContextVar("other")
print(var.name, var.get(), var.get("mine"), other.get(None))
try:
    other.get()
except LookupError as e:
    print(type(e).__name__, e.args[0] is other)

first = var.set("one")
second = var.set("two")
print(var.get(), first.old_value is Token.MISSING, second.old_value, second.var is var)
var.reset(second)
print(var.get())
with var.set("inside"):
    print(var.get())
print(var.get())


def attempt(function, *args, **kwargs):
    try:
        print(function(*args, **kwargs))
    except Exception as e:
        text = str(e).split(" at 0x")
        print(type(e).__name__, text[0], text[-1].partition(">")[2])


attempt(var.reset, second)
attempt(other.reset, first)
attempt(var.reset, 3)
attempt(ContextVar, 3)
attempt(Context, 1)
attempt(Token)
attempt(lambda: type("Mine", (ContextVar,), {}))

context = copy_context()
var.set("changed outside")


def inside(*args, **kwargs):
    print(args, kwargs, var.get())
    other.set("set inside")
    attempt(context.run, print)
    attempt(var.reset, first)
    return "result"


print(context.run(inside, 1, key=2))
print(var.get(), other.get("not set outside"), context[var], context[other], len(context))
print(var in context, context.get(other), sorted(v.name for v in context), sorted(context.values()))
attempt(lambda: context["var"])
attempt(lambda: 3 in context)
attempt(lambda: context[ContextVar("unknown")])
twin = context.copy()
print(twin == context, twin is context, Context() == context)
twin.run(var.set, "only in the twin")
print(twin == context, context[var], twin[var])


def steps(name):
    var.set(name)
    while True:
        yield var.get()


contexts = [(copy_context(), steps(name)) for name in "ab"]
for _ in range(2):
    print([context.run(next, generator) for context, generator in contexts], var.get())
try:
    Context().run(lambda: 1 / 0)
except ZeroDivisionError as e:
    print(var.get(), type(e).__name__)
print(ContextVar[int], hash(var) == hash(var))
