"""A method of a builtin class under another name, or from another class, is asked like one written in Python."""


class Record(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


record = Record()
record.name = "Ann"
print(record, record.name, vars(record))


class Token(list):
    __eq__ = object.__eq__
    __hash__ = object.__hash__


one, other = Token([1]), Token([1])
print(one == other, one == one, len({one, other, one}))
