"""`from None` hides what was being handled."""

try:
    {}["key"]
except KeyError:
    raise LookupError("nothing by that name") from None
