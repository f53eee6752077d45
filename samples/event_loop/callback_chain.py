"""What coroutines save us from: each step of a story in a function of its own, its state passed by hand."""

ready = []


def later(callback, *args):
    ready.append((callback, args))


def start(name):
    state = {"name": name, "lines": []}
    later(first_step, state)


def first_step(state):
    state["lines"].append("first")
    later(second_step, state, 2)


def second_step(state, number):
    state["lines"].append(f"step {number}")
    if number < 3:
        later(second_step, state, number + 1)
    else:
        later(finish, state)


def finish(state):
    print(state["name"], state["lines"])


start("one")
start("two")
turns = 0
while ready:
    callback, args = ready.pop(0)
    callback(*args)
    turns += 1
print("turns:", turns)
