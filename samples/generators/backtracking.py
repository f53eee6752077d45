# Backtracking by copying the search where it stands. Where suspended frames cannot be copied, the choices so far are
# made again in a new one: the same, at a price.
from copy import copy


class Search:
    """A search that can be copied while it waits for a choice."""

    def __init__(self, function, *args):
        self.function, self.args, self.choices = function, args, []
        self.running = function(*args)
        self.options = next(self.running)

    def choose(self, choice):
        self.choices.append(choice)
        try:
            self.options = self.running.send(choice)
        except StopIteration as stop:
            self.options, self.result = None, stop.value

    def fork(self):
        fork = object.__new__(Search)
        fork.__dict__.update(self.__dict__, choices=list(self.choices))
        try:
            fork.running = copy(self.running)
        except TypeError:
            fork.running = self.function(*self.args)
            next(fork.running)
            for choice in self.choices:
                fork.running.send(choice)
        return fork


def solutions(search):
    if search.options is None:
        yield search.result
        return
    for option in search.options:
        branch = search.fork()
        branch.choose(option)
        yield from solutions(branch)


def queens(size):
    columns = ()
    for row in range(size):
        free = [
            column
            for column in range(size)
            if all(column != other and abs(column - other) != row - line for line, other in enumerate(columns))
        ]
        columns += ((yield free),)
    return columns


print(sum(1 for _ in solutions(Search(queens, 6))), next(solutions(Search(queens, 6))))


def digits(word, taken):
    """Numbers for letters, chosen in a delegate."""
    for letter in dict.fromkeys(word):
        if letter not in taken:
            choice = yield [digit for digit in range(4) if digit not in taken.values()]
            taken = {**taken, letter: choice}
    return taken


def puzzle(words):
    taken = {}
    for word in words:
        taken = yield from digits(word, taken)
    value = {word: int(''.join(str(taken[letter]) for letter in word)) for word in words}
    return value


for value in solutions(Search(puzzle, ['ab', 'ba', 'cd'])):
    if value['ab'] + value['cd'] == 33 and value['ab'] < value['ba']:
        print(value)
