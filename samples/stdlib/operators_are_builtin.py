# A function of `operator` in a class is no method, like any builtin function.
import functools
import operator


class Sum:
    combine = operator.add
    fold = functools.reduce

    def of(self, items):
        return self.fold(self.combine, items)


print(Sum().of([1, 2, 3]), Sum().of("abc"), operator.add)
for call in (operator.add, operator.neg, lambda: operator.add(1), functools.reduce):
    try:
        call()
    except TypeError as error:
        print(error)
print(operator.length_hint(iter([1, 2])), operator.length_hint(5, 3), operator.call(max, 1, 2))
