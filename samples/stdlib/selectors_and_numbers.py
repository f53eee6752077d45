"""Selectors of every kind, the numeric tower, and operators by the names of their methods."""

# oracle: 3.13
import numbers
import operator
import os
import selectors


def told(function, names):
    try:
        print("   ", function())
    except Exception as error:
        text = str(error)
        for number, name in names.items():
            text = text.replace(f"FD {number}", f"FD {name}")
            text = name + text.removeprefix(str(number)) if text.startswith(f"{number} ") else text
            text = text.replace(f"'{number} ", f"'{name} ")
        print("   ", type(error).__name__, text)


for kind in selectors.SelectSelector, selectors.PollSelector, selectors.EpollSelector:
    print(kind.__name__)
    read, write = os.pipe()
    names = {read: "READ", write: "WRITE"}
    with kind() as selector:
        print("   ", selector.register(read, selectors.EVENT_READ, "data").data, selector.select(0))
        os.write(write, b"x")
        print("   ", [(key.data, events) for key, events in selector.select(1)])
        print("   ", selector.modify(read, selectors.EVENT_READ, "other").data, selector.get_key(read).data)
        selector.register(write, selectors.EVENT_READ | selectors.EVENT_WRITE)
        print("   ", sorted(names[key.fd] for key, _ in selector.select(-1)), len(selector.get_map()))
        told(lambda: selector.register(read, 1), names)
        told(lambda: selector.register(read, 8), names)
        told(lambda: selector.register("text", 1), names)
        told(lambda: selector.unregister(write).events, names)
        told(lambda: selector.unregister(write), names)
        told(lambda: selector.modify(write, 1), names)
        told(lambda: selector.get_key(write), names)
        told(lambda: selector.register(-1, 1), names)
        print("   ", list(map(names.get, selector.get_map())), write in selector.get_map(), read in selector.get_map())
    print("   ", selector.get_map())
    told(lambda: selector.get_key(read), names)
    os.close(read)
    os.close(write)


class Half(numbers.Rational):
    numerator, denominator = 1, 2

    def _none(self, *others):
        return NotImplemented


for name in numbers.Rational.__abstractmethods__ - {"numerator", "denominator"}:
    setattr(Half, name, Half._none)
print(sorted(Half.__abstractmethods__) == sorted(numbers.Rational.__abstractmethods__ - {"numerator", "denominator"}))
for kind in numbers.Number, numbers.Complex, numbers.Real, numbers.Rational, numbers.Integral:
    print(kind.__name__, [isinstance(value, kind) for value in (1, 1.5, 1j, True, "1")], len(kind.__abstractmethods__))
print(sorted(numbers.Complex.__abstractmethods__))
print(numbers.Real.__dict__["imag"].fget(None), numbers.Integral.__dict__["denominator"].fget(None))
try:
    numbers.Complex.__add__(1, 2)
except NotImplementedError as error:
    print(repr(error))

print(operator.__add__ is operator.add, operator.__not__(1), operator.__and__(6, 3), operator.__ixor__(6, 3), operator.__call__(len, "ab"))
print(operator.__inv__(5), operator.__invert__(5), operator.__or__(4, 1), hasattr(operator, "__is__"), hasattr(operator, "___here"))
