"""What an assignment drops is finalised before the next line, whatever is assigned."""


class Named:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print("del", self.name)


def say(text):
    print(text)


def assignments(rounds):
    for _ in range(rounds):
        x = Named("before a list")
        x = [1]
        say("list")
        x = Named("before a tuple")
        x = (_, 1)
        say("tuple")
        x = Named("before a constant")
        x = "text"
        say("constant")
        x = Named("before an int")
        x = 1
        say("int")
        x = Named("before True")
        x = True
        say("True")
        x = Named("before a text")
        x = f"{_}!"
        say("text")
        x = Named("before a function")
        x = lambda: 1
        say("function")
        x = Named("before a dict")
        x = {_: 1}
        say("dict")
        x = Named("before a name")
        x = say
        say("name")


assignments(2)
