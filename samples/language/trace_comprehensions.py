"""The lines of comprehensions over several lines, in the order in which a trace function is told of them."""

import sys


def events_of(function):
    events = []
    first = function.__code__.co_firstlineno

    def tracer(frame, event, argument):
        if frame.f_code.co_filename != __file__:
            return None
        name = frame.f_code.co_name
        events.append(f"{frame.f_lineno - first}" if event == "line" else f"{event}:{name}:{frame.f_lineno - first}")
        return tracer

    sys.settrace(tracer)
    try:
        result = function()
        if hasattr(result, "cr_code"):
            try:
                result.send(None)
            except StopIteration:
                pass
    finally:
        sys.settrace(None)
    return [event for event in events if ":events_of:" not in event]


class A:
    pass


async def agen():
    for i in range(3):
        yield i


async def zero():
    return 0


def one_test():
    return [
        x
        for x in range(4)
        if x % 2
    ]


def two_tests():
    return [
        x
        for x in range(4)
        if x % 2
        if x % 3
    ]


def nested():
    return [
        x + y
        for x in range(2)
        for y in range(2)
    ]


def nested_with_tests():
    return [
        x + y
        for x in range(3)
        if x
        for y in range(2)
        if y
    ]


def a_dict():
    return {
        x:
        x * x
        for x in range(3)
        if x
    }


def a_set():
    return {
        x
        for x
        in range(3)
        if x
        and x > 1
    }


def a_generator():
    return list(
        x
        for x in range(3)
        if x
    )


def an_element_of_two_lines():
    r = [
        (x,
         x + 1)
        for x in
        range(3)
    ]
    return r


async def over_async_items():
    return [
        x
        async for x in agen()
        if x
    ]


async def with_awaits():
    return [
        await zero()
        for x in range(2)
        if
        not await zero()
    ]


async def an_async_generator():
    return [y async for y in (
        x
        async for x in agen()
        if x
    )]


def element_first():
    return [x
            for x in (1, 2) if x > 1]


def test_last():
    return [x for x in (1, 2)
            if x > 1]


def a_choice():
    return [x if
            x else
            5
            for x in (0, 2)]


def either_and_both():
    return [
        x
        for x in range(3)
        if x or
        not x
        if x
        and x
    ]


def one_in_another():
    return [[y
             for y in (1, 2)]
            for x in (1, 2)]


def with_a_cell():
    return [
        (lambda:
            x)()
        for x in (1, 2)
    ]


def over_nothing():
    return [
        x
        for x in []
    ]


def pairs():
    return [
        a + b
        for a, b
        in [(1, 2), (3, 4)]
    ]


def into_an_attribute():
    a = A()
    for a.b in (1, 2):
        pass


def into_a_cell():
    x = 0
    for q in (1, 2):
        lambda: q


def names_alone():
    x = 1
    x
    5
    ...
    "abc"
    (x,
     x)
    return x


def loops_over_them():
    for x in (1,
              2): x
    for x in [y for y in (1, 2)]:
        x


def in_calls():
    x = [y for y in (1, 2)
         if y]
    z = {y: 1
         for y in x}
    return sorted(z,
        key=lambda k:
            -k)


for function in [
    one_test,
    two_tests,
    nested,
    nested_with_tests,
    a_dict,
    a_set,
    a_generator,
    an_element_of_two_lines,
    over_async_items,
    with_awaits,
    an_async_generator,
    element_first,
    test_last,
    a_choice,
    either_and_both,
    one_in_another,
    with_a_cell,
    over_nothing,
    pairs,
    into_an_attribute,
    into_a_cell,
    names_alone,
    loops_over_them,
    in_calls,
]:
    print(function.__name__, *events_of(function))
