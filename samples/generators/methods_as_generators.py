"""`__iter__` written as a generator: a new walk for every loop."""


class Team:
    def __init__(self, *names):
        self.names = names

    def __iter__(self):
        for name in self.names:
            yield name.title()

    def pairs(self):
        for first in self:
            for second in self:
                if first < second:
                    yield first, second


team = Team("ada", "grace", "edsger")
print(list(team))
for pair in team.pairs():
    print(*pair, sep=" and ")
