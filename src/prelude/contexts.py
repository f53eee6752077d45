# Contexts of context variables: running something in one, and what is said of them.


def context_run(context, function, args, kwargs):
    _context_enter(context)
    try:
        return function(*args, **kwargs)
    finally:
        _context_exit(context)


def context_equal(mine, yours):
    return mine == yours


def contextvar_repr(var, default):
    shown = f" default={default[0]!r}" if default else ""
    return f"<ContextVar name={var.name!r}{shown} at {id(var):#x}>"


def contextvar_wants_token(given):
    raise TypeError(f"expected an instance of Token, got {given!r}")


def context_token_repr(token, used):
    return f"<Token{' used' if used else ''} var={token.var!r} at {id(token):#x}>"


def context_token_used(token):
    raise RuntimeError(f"{token!r} has already been used once")


def context_token_elsewhere(token, where):
    raise ValueError(f"{token!r} was created {'by' if where == 'ContextVar' else 'in'} a different {where}")
