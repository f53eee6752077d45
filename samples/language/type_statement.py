"""The value of a `type` statement is computed when it is asked for."""

type Tree[T] = T | list[Tree[T]]
type Later = Missing

print(Tree, Tree.__type_params__, Tree.__value__, Tree[int])
try:
    Later.__value__
except NameError as error:
    print(error)
Missing = int
print(Later.__value__, Later | None)
try:
    Later[int]
except TypeError as error:
    print(error)
