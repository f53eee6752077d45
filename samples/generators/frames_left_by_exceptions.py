# Where a body stands that an exception has left, and what its frame shows: f_lineno of frames that are over.
import sys
import warnings


def told(function):
    try:
        function()
    except Exception as error:
        traceback = error.__traceback__.tb_next
    while traceback:
        frame, first = traceback.tb_frame, traceback.tb_frame.f_code.co_firstlineno
        print(function.__name__, frame.f_lineno - first, traceback.tb_lineno - first)
        traceback = traceback.tb_next


def in_handler():
    try:
        1 / 0
    except:
        1 / 0
        pass


def in_named_handler():
    try:
        1 / 0
    except Exception as error:
        1 / 0
        pass


def of_another_class():
    try:
        1 / 0
    except TypeError as error:
        pass


def in_finally():
    try:
        pass
    finally:
        1 / 0
        pass


def through_finally():
    try:
        1 / 0
    finally:
        pass
        x = 1


def handler_in_finally():
    try:
        pass
    finally:
        try:
            1 / 0
        except:
            1 / 0
            pass
        pass


def again():
    try:
        1 / 0
    except:
        x = 1
        raise


class Manager:
    def __enter__(self):
        pass

    def __exit__(self, *details):
        try:
            raise KeyError
        except KeyError:
            return False


def through_with():
    with Manager():
        x = 1
        1 / 0
        x = 2


for function in (
    in_handler, in_named_handler, of_another_class, in_finally, through_finally, handler_in_finally, again, through_with,
):
    told(function)


# Names that the program adds to a frame's variables.
def added():
    x = 1
    sys._getframe().f_locals["x"] = 2
    sys._getframe().f_locals["y"] = 3
    return x, locals(), eval("y"), dir()


print(added())


class Text(str):
    pass


class Same:
    def __hash__(self):
        return hash("x")

    def __eq__(self, other):
        return other == "x"


def by_equal_key(key):
    x = 1
    proxy = sys._getframe().f_locals
    proxy[key] = 2
    return x, list(proxy), proxy[key], key in proxy, proxy.get(key)


print(by_equal_key(Text("x")), by_equal_key(Same()))

proxy = sys._getframe().f_locals
print([list(sys._getframe().f_locals) for a in [0]], [type(sys._getframe().f_locals).__name__ for a in [0]])
kept = [sys._getframe().f_locals for a in [0]][0]
print(dict(kept), "a" in kept, len(kept))


class Body:
    x = 4
    print([sys._getframe().f_locals["a"] for a in [7]])
    print([list(sys._getframe().f_locals) for a in [0]], "x" in sys._getframe().f_locals)


def refused():
    proxy = sys._getframe().f_locals
    for attempt in (
        lambda: proxy[[]], lambda: [] in proxy, lambda: proxy.get([]), lambda: proxy.__setitem__([], 1),
        lambda: proxy.setdefault([], 1),    ):
        try:
            attempt()
        except TypeError as error:
            print(error)
    try:
        del sys._getframe().f_lineno
    except AttributeError as error:
        print(error)


refused()


# A value that was about to be returned, and another way out of a finally.
class Noisy:
    def __init__(self, name):
        self.name = name

    def __del__(self):
        print(self.name, "goes")


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    exec(compile("""
def replaced(flag):
    try:
        return Noisy("the first")
    finally:
        print("finally")
        if flag:
            print("replaces")
            return Noisy("the second")
""", "text", "exec"))


for flag in (True, False):
    result = replaced(flag)
    print("returned", result.name)
    del result


with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    exec(compile("""
def broken():
    for _ in range(1):
        try:
            return Noisy("the first")
        finally:
            break
    print("after the loop")
""", "text", "exec"))

broken()

print("comprehensions are left one after the other, each with its variables")


def noisy(name):
    yield Noisy(name)
    yield Noisy(name)


def fails_after(name):
    yield Noisy(name)
    raise ValueError


def left_once():
    for _ in noisy("outer"):
        found = {id(item): item for item in fails_after("inner")}


def left_twice():
    for _ in noisy("outer"):
        found = [(Noisy("in a tuple"), a, b, [c / 0 for c in noisy("c")]) for a in noisy("a") for b in noisy("b")]


def left_for_a_handler():
    for _ in noisy("outer"):
        try:
            found = [[c / 0 for b in [Noisy("b")] for c in noisy("c")] for a in noisy("a")]
        except TypeError:
            print("caught")


for leaves in left_once, left_twice, left_for_a_handler:
    print(leaves.__name__)
    try:
        leaves()
    except Exception as error:
        print(type(error).__name__)
