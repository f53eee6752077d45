# `SyntaxWarning`s of code that was just compiled.


def tell_dubious(warnings, result):
    import warnings as module

    for message, file, line, text, place in warnings:
        name = file.removesuffix('.py') or '<unknown>'
        try:
            module._give(message, SyntaxWarning, file, line, name, None, text)
        except SyntaxWarning:
            # A filter makes it an error: then it is one of the syntax.
            raise SyntaxError(message, (file, *place)) from None
    return result


def tell_dubious_then_call(warnings, function, args):
    tell_dubious(warnings, None)
    return function(*args)
