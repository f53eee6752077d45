"""`__getattr__` answers for what is missing, `__setattr__` and `__delattr__` for every change."""


class Proxy:
    def __init__(self, target):
        object.__setattr__(self, "target", target)
        object.__setattr__(self, "log", [])

    def __getattr__(self, name):
        self.log.append("get " + name)
        return getattr(self.target, name)

    def __setattr__(self, name, value):
        self.log.append(f"set {name}={value}")
        setattr(self.target, name, value)

    def __delattr__(self, name):
        self.log.append("del " + name)
        delattr(self.target, name)


class Target:
    colour = "blue"


proxy = Proxy(Target())
print(proxy.colour)
proxy.size = 5
print(proxy.size)
del proxy.size
print(hasattr(proxy, "size"), getattr(proxy, "nothing", None))
print(proxy.log)


class Every:
    def __getattribute__(self, name):
        if name.startswith("_"):
            return super().__getattribute__(name)
        return f"<{name}>"


print(Every().anything, Every().__class__.__name__)


class Listed:
    def __dir__(self):
        return ["b", "a"]


print(dir(Listed()))
