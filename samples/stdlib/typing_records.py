"""Classes of `typing` that make records: NamedTuple, TypedDict, NewType."""
from typing import NamedTuple, NewType, NotRequired, TypedDict, get_type_hints


class Point(NamedTuple):
    x: int
    y: int = 0

    def norm(self):
        return abs(self.x) + abs(self.y)


class Movie(TypedDict):
    title: str
    year: NotRequired[int]


UserId = NewType("UserId", int)
print(Point(3), Point(3, -4).norm(), Point._field_defaults, Point.__orig_bases__[0].__name__)
print(Movie(title="x"), sorted(Movie.__required_keys__), sorted(Movie.__optional_keys__), get_type_hints(Movie))
print(UserId(5), UserId, UserId.__supertype__)
for attempt in (lambda: isinstance({}, Movie), lambda: Point()):
    try:
        attempt()
    except TypeError as error:
        print(error)
