# Subclasses of Template say what a placeholder looks like.
from string import Template


class Percent(Template):
    delimiter = "%"
    idpattern = "[a-z]+_[a-z]+"


class At(Template):
    delimiter = "@"
    pattern = r"@(?:(?P<escaped>@)|(?P<named>[a-z.]+)|{(?P<braced>[a-z.]+)}|(?P<invalid>))"


for template, names in ((Percent("%a_b %% ${x}"), {"a_b": 1}), (At("@a.b @@ @{c}"), {"a.b": 1, "c": 2}), (At("@a @!"), {"a": 1})):
    print(template.is_valid(), template.get_identifiers(), template.safe_substitute(names))
    try:
        print(template.substitute(names))
    except ValueError as error:
        print(error)
