"""A triple-quoted string without its end."""

text = '''goes on
and on
