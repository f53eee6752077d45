"""`yield from` a range yields its numbers."""


def there_and_back(stop):
    yield from range(stop)
    yield from range(stop, -1, -1)


print(*there_and_back(3))
