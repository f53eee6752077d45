"""A template string keeps its parts apart."""
from string.templatelib import Interpolation, Template


def html(template):
    out = []
    for part in template:
        match part:
            case str():
                out.append(part)
            case Interpolation(value, _, conversion, spec):
                value = repr(value) if conversion == "r" else value
                out.append(format(value, spec).replace("<", "&lt;"))
    return "".join(out)


name = "<Ann>"
template = t"<p>{name} is {3.14159:.2f} {name!r}</p>"
print(html(template))
print(template.strings, template.values)
print(template.interpolations[1])
print(t"a{1}" + t"b{2}", type(template) is Template)
try:
    template + "text"
except TypeError as error:
    print(error)
