# oracle: 3.13
"""At the end of the program its globals are garbage as a whole: finalisers run, oldest first, and find them in place."""


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name, later, helper())


def helper():
    return "helped"


def suspended(name):
    try:
        yield
    finally:
        print("finally", name, later, helper())


one = Named("a global")
two = suspended("a suspended global")
next(two)
cycle = Named("in a cycle")
cycle.me = cycle
listed = [Named("in a list that knows itself")]
listed.append(listed)
unreachable = Named("garbage before the end")
unreachable.me = unreachable
del unreachable
later = "is there"
