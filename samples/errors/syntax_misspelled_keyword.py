"""A keyword that is nearly right."""

whille True:
    pass
